package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// peers are other programs that make feeds of articles. Each writes all of
// them in full into one Atom and one RSS feed; none has a way to do less when
// nothing changed.
//
//go:embed peers
var peerFiles embed.FS

// A peer is one of them, ready to be run over a corpus.
type peer struct {
	name    string
	command command
	outputs []string // the feeds that it must write
	// How many times faster we should and must be, how many times smaller, and
	// how many times faster when nothing changed: goal, limit.
	faster, smaller, unchanged [2]float64
}

// peerTrials are those of the peers that are on this machine.
func (b *workbench) peerTrials() []trial {
	return []trial{
		b.peerTrial("Hugo", b.hugo),
		b.peerTrial("npm's feed", b.npmFeed),
		b.peerTrial("feedgenerator", b.feedgenerator),
	}
}

// errAbsent says of a peer that it is not on this machine.
var errAbsent = errors.New("not here")

// peerTrial pairs a peer with our build of as much, and with our run over
// nothing new, which a peer answers by doing all again.
func (b *workbench) peerTrial(name string, prepare func(context.Context, corpus) (peer, error)) trial {
	title := "against " + name + ", " + count(b.sizes.medium())
	return trial{title, func(ctx context.Context) ([]row, error) {
		c, s, err := b.standingSite(ctx, "news", b.sizes.medium())
		if err != nil {
			return nil, err
		}
		p, err := prepare(ctx, c)
		if errors.Is(err, errAbsent) {
			b.note("%s is not on this machine.", name)
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if err := b.prove(ctx, p, c.n); err != nil {
			if ctx.Err() == nil {
				b.note("%s does not do it here: %s", name, firstLine(err))
				err = nil
			}
			return nil, err
		}
		t, err := b.rounds(ctx, b.pairs, p.command, b.cold(c, everyday), b.again(c, s, everyday))
		if err != nil {
			return nil, err
		}
		rows := []row{p.row(title+": all feeds, cold", milliseconds, t[1].times(), t[0].times(), " × faster", p.faster)}
		if t[0][0].peak > 0 {
			rows = append(rows, p.row(title+": peak memory", mebibytes, t[1].peaks(), t[0].peaks(), " × less", p.smaller))
		}
		return append(rows, p.row(title+": nothing changed", milliseconds, t[2].times(), t[0].times(), " × faster", p.unchanged)), nil
	}}
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// row is one in which the ratio is theirs ÷ ours.
func (p peer) row(name string, u unit, ours, theirs []float64, reading string, bounds [2]float64) row {
	r := row{
		Case: name, Unit: u, Ours: spreadOf(ours), Than: p.name, Theirs: spreadOf(theirs),
		Ratio: spreadOf(pairwise(theirs, ours, ratio)), Reading: reading,
	}
	r.Goal, r.Limit = atLeast(r.Ratio.Median, bounds[0]), atLeast(r.Ratio.Median, bounds[1])
	return r
}

// prove runs a peer once and counts what it wrote.
func (b *workbench) prove(ctx context.Context, p peer, n int) error {
	if _, err := b.run(ctx, p.command); err != nil {
		return err
	}
	for _, name := range p.outputs {
		if _, err := b.output(ctx, b.self, "errand-count", name, fmt.Sprint(n)); err != nil {
			return err
		}
	}
	return nil
}

// countErrand holds a feed to its number of articles: file, number.
func countErrand(_ context.Context, args []string) error {
	data, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	return expect(bytes.Count(data, []byte("</entry>"))+bytes.Count(data, []byte("</item>")), args[1])
}

// peerDir is where a peer has its files and writes.
func (b *workbench) peerDir(name string) (string, error) {
	dir := filepath.Join(b.work, "peers", name)
	return dir, os.MkdirAll(dir, 0o755)
}

// script lays an embedded script down in a folder.
func script(dir, name string) (string, error) {
	data, err := peerFiles.ReadFile("peers/" + name)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, name)
	return file, os.WriteFile(file, data, 0o644)
}

func both(dir string) []string {
	return []string{filepath.Join(dir, "atom.xml"), filepath.Join(dir, "rss.xml")}
}

// feedgenerator is Python's library, from Django.
func (b *workbench) feedgenerator(ctx context.Context, c corpus) (p peer, err error) {
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if _, err := b.output(ctx, python, "-c", "import feedgenerator"); err != nil {
			continue
		}
		dir, err := b.peerDir("feedgenerator")
		if err != nil {
			return p, err
		}
		file, err := script(dir, "generate.py")
		return peer{
			"feedgenerator", command{args: []string{python, file, c.dir, dir}}, both(dir),
			[2]float64{2.5, 2}, [2]float64{1.5, 1}, [2]float64{50, 30},
		}, err
	}
	return p, errAbsent
}

// npmFeed is the library of that name, from the folder that -node gives.
func (b *workbench) npmFeed(ctx context.Context, c corpus) (p peer, err error) {
	if b.node == "" {
		return p, errAbsent
	}
	root, err := filepath.Abs(b.node)
	if err != nil {
		return p, err
	}
	dir, err := b.peerDir("npm")
	if err != nil {
		return p, err
	}
	file, err := script(dir, "generate.mjs")
	if err != nil {
		return p, err
	}
	args := []string{"node", file, root, c.dir, dir}
	if _, err := b.output(ctx, "node", file, root); err != nil { // only loads the library
		return p, errAbsent
	}
	return peer{
		"npm feed", command{args: args}, both(dir),
		[2]float64{4, 3}, [2]float64{10, 8}, [2]float64{50, 30},
	}, nil
}

// hugo is given the same articles as Markdown with front matter, which is not
// measured, and makes no pages of them.
func (b *workbench) hugo(ctx context.Context, c corpus) (p peer, err error) {
	said, err := b.output(ctx, "hugo", "version")
	if err != nil {
		return p, errAbsent
	}
	dir, err := b.peerDir("hugo")
	if err != nil {
		return p, err
	}
	for name, file := range map[string]string{"hugo.toml": "config.toml", "hugo.atom": "layouts/index.atom.xml", "hugo.rss": "layouts/index.rss.xml"} {
		data, err := peerFiles.ReadFile("peers/" + name)
		if err != nil {
			return p, err
		}
		file = filepath.Join(dir, filepath.FromSlash(file))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, data, 0o644)); err != nil {
			return p, err
		}
	}
	if _, err := b.output(ctx, b.self, "errand-markdown", c.dir, filepath.Join(dir, "content")); err != nil {
		return p, err
	}
	public := filepath.Join(dir, "public")
	fresh := func() error {
		return errors.Join(os.RemoveAll(public), os.RemoveAll(filepath.Join(dir, "resources")))
	}
	version, _, _ := strings.Cut(strings.TrimPrefix(said, "hugo "), "-")
	version, _, _ = strings.Cut(version, "+")
	b.note("Hugo is %s; it makes feeds only, from Markdown made beforehand.", strings.TrimSpace(version))
	return peer{
		"Hugo", command{args: []string{"hugo", "--quiet"}, dir: dir, ready: fresh}, both(public),
		[2]float64{10, 8}, [2]float64{20, 10}, [2]float64{200, 100},
	}, nil
}

// markdownErrand writes the articles of a corpus of news as Markdown: folder,
// folder to write in.
func markdownErrand(_ context.Context, args []string) error {
	files, err := list(args[0], true)
	if err != nil {
		return err
	}
	return inParallel(len(files), bite, func(i int, w *worker) (err error) {
		e := files[i]
		if w.buf, err = readFile(e.path(), w.buf); err != nil {
			return err
		}
		folder := filepath.Join(args[1], filepath.Base(e.folder))
		name := filepath.Join(folder, strings.TrimSuffix(e.name, ".txt")+".md")
		return errors.Join(os.MkdirAll(folder, 0o755), os.WriteFile(name, markdown(e, divide(w.buf)), 0o644))
	})
}

func markdown(e entry, p parts) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: %s\ndate: %s\nsummary: %s\n---\n\n%s\n\n%s",
		strconv.Quote(string(p.title)), time.Unix(0, e.modTime).UTC().Format(time.RFC3339), strconv.Quote(string(p.lead)),
		html.EscapeString(string(p.lead)), html.EscapeString(string(p.body)))
	return b.Bytes()
}
