package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A trial is a case, or some that are measured together.
type trial struct {
	name string // of its first row
	run  func(context.Context) ([]row, error)
}

// trials are all that were asked for, in the order of the table. The bounds are
// those that this project has set itself, ratios but for what stands alone.
func (b *workbench) trials() []trial {
	medium, large := b.sizes.medium(), b.sizes.large()
	all := []trial{
		b.unchanged("news", medium),
		b.unchanged("news", large),
		b.untouched(large),
		b.oneChanged(large),
		b.unchanged("mixed", medium),
		b.coldFeeds("news", medium),
		b.coldFeeds("news", large),
		b.coldFeeds("mixed", medium),
		b.coldPages(medium),
		b.coldArchives(large),
		b.start(),
		b.binary(),
		b.growth("cold"),
		b.growth("nothing changed"),
	}
	if b.million {
		all = append(all, b.aMillion())
	}
	if b.peers {
		all = append(all, b.peerTrials()...)
	}
	return all
}

func (b *workbench) runCases(ctx context.Context) error {
	found := false
	for _, t := range b.trials() {
		if !strings.Contains(t.name, b.cases) {
			continue
		}
		found = true
		fmt.Fprintf(b.log, "%s ", t.name)
		start := time.Now()
		rows, err := t.run(ctx)
		b.Rows = append(b.Rows, rows...)
		if err != nil {
			fmt.Fprintln(b.log)
			return err
		}
		fmt.Fprintf(b.log, " %.0f s\n", time.Since(start).Seconds())
	}
	if !found {
		return fmt.Errorf("no case's name contains %q", b.cases)
	}
	return nil
}

// count is a number of articles in few letters: 10k.
func count(n int) string {
	if n >= 1000 && n%1000 == 0 {
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprint(n)
}

func suffix(kind string) string {
	if kind == "news" {
		return ""
	}
	return ", " + kind + " texts"
}

// against is a row of our times and others'.
func against(name string, ours, theirs series, than string, goal, limit float64) row {
	r := row{
		Case: name, Unit: milliseconds,
		Ours: spreadOf(ours.times()), Than: than, Theirs: spreadOf(theirs.times()),
		Ratio: spreadOf(pairwise(ours.times(), theirs.times(), ratio)),
	}
	if limit > 0 {
		r.Goal = atMost(r.Ratio.Median, goal, pieces)
		r.Limit = atMost(r.Ratio.Median, limit, pieces)
	}
	return r
}

// alone is a row of figures that stand for themselves.
func alone(name string, u unit, figures []float64, goal, limit float64) row {
	r := row{Case: name, Unit: u, Ours: spreadOf(figures)}
	if limit > 0 {
		r.Goal = atMost(r.Ours.Median, goal, u)
		r.Limit = atMost(r.Ours.Median, limit, u)
	}
	return r
}

// peakOf is a row of memory; none where the system does not tell it.
func peakOf(name string, s series, goal, limit float64) []row {
	if s[0].peak == 0 {
		return nil
	}
	return []row{alone("peak memory, "+name, mebibytes, s.peaks(), goal, limit)}
}

// everyday is what the cases about a site that stands have: all but pages.
var everyday = outline{archives: true}

// unchanged is a run over n articles of which none is new or changed.
func (b *workbench) unchanged(kind string, n int) trial {
	name := "nothing changed, " + count(n) + suffix(kind)
	return trial{name, func(ctx context.Context) ([]row, error) {
		c, s, err := b.standingSite(ctx, kind, n)
		if err != nil {
			return nil, err
		}
		t, err := b.rounds(ctx, b.pairs, b.walk(c), b.again(c, s, everyday))
		if err != nil {
			return nil, err
		}
		r := against(name, t[1], t[0], "S", 1.3, 2)
		if n < 10_000 { // less than starting takes
			r.Goal = verdict{"≤ S + 10 ms", r.Ours.Median <= r.Theirs.Median+10}
			r.Limit = verdict{}
		}
		rows := []row{r}
		if n == b.sizes.large() {
			rows = append(rows, peakOf(name, t[1], 64, 128)...)
		}
		return rows, nil
	}}
}

func (b *workbench) standingSite(ctx context.Context, kind string, n int) (corpus, site, error) {
	c, err := b.corpus(ctx, kind, n)
	if err != nil {
		return c, site{}, err
	}
	s, err := b.standing(ctx, c, everyday)
	return c, s, err
}

// untouched counts what a run over nothing new opens and writes.
func (b *workbench) untouched(n int) trial {
	name := "nothing changed, " + count(n) + ": articles opened"
	return trial{name, func(ctx context.Context) ([]row, error) {
		if !b.canTrace(ctx) {
			b.note("What a run opens and writes is counted where strace is installed; here it is not.")
			return nil, nil
		}
		c, s, err := b.standingSite(ctx, "news", n)
		if err != nil {
			return nil, err
		}
		t, err := b.trace(ctx, c, s, b.again(c, s, everyday))
		if err != nil {
			return nil, err
		}
		b.note("What is opened and written is counted by strace. The lock in out, which nobody is served, is not.")
		return []row{
			none(name, t.opened),
			none("nothing changed, "+count(n)+": files written or renamed in out", t.written),
		}, nil
	}}
}

// none is a row of what must not happen at all.
func none(name string, times int) row {
	r := alone(name, pieces, []float64{float64(times)}, 0, 0)
	r.Goal = verdict{"0", times == 0}
	r.Limit = r.Goal
	return r
}

// oneChanged is a run that finds one of n articles edited, beside one that
// finds nothing.
func (b *workbench) oneChanged(n int) trial {
	name := "one changed of " + count(n)
	return trial{name, func(ctx context.Context) (rows []row, err error) {
		c, s, err := b.standingSite(ctx, "news", n)
		if err != nil {
			return nil, err
		}
		err = c.edited(b.seed, func(edit func(int, string) error) error {
			rows, err = b.measureEdits(ctx, name, c, s, edit)
			return err
		})
		if err != nil {
			return nil, err
		}
		_, err = b.ask(ctx, b.seedfeed(c, s, everyday, "--json")) // all is as it was again
		return rows, err
	}}
}

func (b *workbench) measureEdits(ctx context.Context, name string, c corpus, s site, edit func(int, string) error) ([]row, error) {
	edits := 0
	changed := b.again(c, s, everyday)
	changed.ready = func() error {
		edits++
		return edit(edits*7919%c.n, fmt.Sprintf("\nAnd on day %d it was told again.\n", edits))
	}
	t, err := b.rounds(ctx, b.pairs, b.walk(c), b.again(c, s, everyday), changed)
	if err != nil {
		return nil, err
	}
	gap := alone(name+", more than nothing changed", milliseconds, pairwise(t[2].times(), t[1].times(), difference), 0, 0)
	gap.Goal = atMost(gap.Ours.Median, 60, milliseconds)

	whole := against(name, t[2], t[0], "S", 0, 0)
	whole.Limit = verdict{"≤ 2 S + 300 ms", whole.Ours.Median <= 2*whole.Theirs.Median+300}
	return []row{gap, whole}, nil
}

// coldFeeds builds feeds of the newest fifty, and neither pages nor archives.
func (b *workbench) coldFeeds(kind string, n int) trial {
	name := "cold, feeds of 50, " + count(n) + suffix(kind)
	return trial{name, func(ctx context.Context) ([]row, error) {
		c, err := b.corpus(ctx, kind, n)
		if err != nil {
			return nil, err
		}
		t, err := b.rounds(ctx, b.pairs, b.floor("errand-read", c), b.cold(c, outline{}))
		if err != nil {
			return nil, err
		}
		if kind == "mixed" { // a note is hardly read, and remembered like any article: no bounds are set
			return []row{against(name, t[1], t[0], "R", 0, 0)}, nil
		}
		rows := []row{against(name, t[1], t[0], "R", 5, 9)}
		if n == b.sizes.large() {
			rows = append(rows, peakOf(name, t[1], 64, 128)...)
		}
		return rows, nil
	}}
}

// coldPages builds all there is: feeds, archives and a page an article.
func (b *workbench) coldPages(n int) trial {
	name := "cold, with pages and archives, " + count(n)
	return trial{name, func(ctx context.Context) ([]row, error) {
		c, err := b.corpus(ctx, "news", n)
		if err != nil {
			return nil, err
		}
		t, err := b.rounds(ctx, b.pairs, b.floor("errand-pages", c), b.cold(c, outline{pages: true, archives: true}))
		if err != nil {
			return nil, err
		}
		return []row{against(name, t[1], t[0], "pages", 1.3, 2)}, nil
	}}
}

// coldArchives builds feeds and archives, so that every article is in full in
// Atom, RSS and JSON.
func (b *workbench) coldArchives(n int) trial {
	name := "cold, every article in archives, " + count(n)
	return trial{name, func(ctx context.Context) ([]row, error) {
		c, err := b.corpus(ctx, "news", n)
		if err != nil {
			return nil, err
		}
		b.note("Archives are of Atom, RSS and JSON; stream and the peers write Atom and RSS only.")
		t, err := b.rounds(ctx, b.pairs, b.floor("errand-stream", c), b.cold(c, everyday))
		if err != nil {
			return nil, err
		}
		rows := []row{against(name, t[1], t[0], "stream", 1.5, 3)}
		return append(rows, peakOf(name, t[1], 64, 128)...), nil
	}}
}

// start is how long the program takes to say its version, and a Go program
// that does nothing to do that.
func (b *workbench) start() trial {
	name := "start-up (`--version`)"
	return trial{name, func(ctx context.Context) ([]row, error) {
		nothing := command{args: []string{b.self, "errand-nothing"}}
		t, err := b.rounds(ctx, 10*b.pairs, nothing, command{args: []string{b.program, "--version"}})
		if err != nil {
			return nil, err
		}
		r := against(name, t[1], t[0], "nothing", 0, 0)
		r.Goal = atMost(r.Ours.Median, 6, milliseconds)
		r.Limit = atMost(r.Ours.Median, 12, milliseconds)
		return append([]row{r}, peakOf(name, t[1], 0, 0)...), nil
	}}
}

// binary is how large the program is.
func (b *workbench) binary() trial {
	name := "size of the program"
	return trial{name, func(context.Context) ([]row, error) {
		info, err := os.Stat(b.program)
		if err != nil {
			return nil, err
		}
		return []row{alone(name, megabytes, []float64{float64(info.Size()) / 1e6}, 14, 20)}, nil
	}}
}

// growth holds what an article costs among many to what it costs among few.
func (b *workbench) growth(of string) trial {
	name := "growth, " + of
	return trial{name, func(ctx context.Context) ([]row, error) {
		var commands []command
		for _, n := range b.sizes {
			c, err := b.corpus(ctx, "news", n)
			if err != nil {
				return nil, err
			}
			if of == "cold" {
				commands = append(commands, b.cold(c, outline{}))
				continue
			}
			s, err := b.standing(ctx, c, everyday)
			if err != nil {
				return nil, err
			}
			commands = append(commands, b.again(c, s, everyday))
		}
		t, err := b.rounds(ctx, min(b.pairs, 3), commands...)
		if err != nil {
			return nil, err
		}
		var rows []row
		for i := 1; i < len(t); i++ {
			rows = append(rows, growthRow(name, b.sizes[i-1], b.sizes[i], t[i-1], t[i]))
		}
		return rows, nil
	}}
}

func growthRow(name string, few, many int, fewer, more series) row {
	each := func(s series, n int) []float64 {
		return s.figures(func(s sample) float64 { return float64(s.time) / float64(time.Microsecond) / float64(n) })
	}
	a, z := each(fewer, few), each(more, many)
	return row{
		Case: name + ", " + count(many), Unit: microseconds,
		Ours: spreadOf(z), Than: count(few) + ":", Theirs: spreadOf(a),
		Ratio: spreadOf(pairwise(z, a, ratio)),
	}
}

// aMillion is the case for which one must have time.
func (b *workbench) aMillion() trial {
	name := "nothing changed, 1000k"
	return trial{name, func(ctx context.Context) ([]row, error) {
		c, err := b.corpus(ctx, "news", 1_000_000)
		if err != nil {
			return nil, err
		}
		o := outline{}
		s, err := b.standing(ctx, c, o)
		if err != nil {
			return nil, err
		}
		t, err := b.rounds(ctx, b.pairs, b.walk(c), b.again(c, s, o))
		if err != nil {
			return nil, err
		}
		size, err := sizeOf(s.state)
		if err != nil {
			return nil, err
		}
		rows := []row{against(name, t[1], t[0], "S", 1.3, 2)}
		rows = append(rows, peakOf(name, t[1], 300, 512)...)
		return append(rows, alone("size of the ledger, 1000k", megabytes, []float64{float64(size) / 1e6}, 0, 0)), nil
	}}
}

// canTrace reports whether the system's calls of a process can be listed.
func (b *workbench) canTrace(ctx context.Context) bool {
	if runtime.GOOS != "linux" {
		return false
	}
	_, err := b.output(ctx, "strace", "-qq", "-o", filepath.Join(b.home, "trace"), b.self, "errand-nothing")
	return err == nil
}
