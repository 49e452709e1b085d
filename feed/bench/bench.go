package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A workbench is what the cases share.
type workbench struct {
	options
	*lab
	report
	self     string // this very command
	program  string // the one under test
	corpora  string // folder of corpora
	work     string // folder of what is thrown away
	built    map[string]site
	archives bool // the program can leave the archives out
	find     bool // there is a find that prints sizes and times
}

// bench runs the cases that are asked for and prints what they found. What was
// found before an error or a signal is printed, too.
func bench(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	b, err := newWorkbench(ctx, o, stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.clear()) }()
	b.explain()
	err = b.runCases(ctx)
	b.noteLeastPeak(ctx)
	b.Machine, b.Date, b.Pairs = machine(b.work), today(), o.pairs
	if o.json {
		return errors.Join(err, b.writeJSON(stdout))
	}
	return errors.Join(err, b.writeTable(stdout))
}

func newWorkbench(ctx context.Context, o options, stderr io.Writer) (b *workbench, err error) {
	b = &workbench{options: o, built: map[string]site{}}
	dir := o.dir
	if dir == "" {
		dir, err = os.MkdirTemp("", "seedfeed-bench-")
	} else if dir, err = filepath.Abs(dir); err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.clear())
		}
	}()
	if b.corpora = dir; o.dir != "" {
		dir, err = os.MkdirTemp(dir, "run-")
	}
	b.work = dir
	if err != nil {
		return nil, err
	}
	if b.lab, err = newLab(b.work, o.cpu, stderr); err != nil {
		return nil, err
	}
	if b.self, err = os.Executable(); err != nil {
		return nil, err
	}
	if err := b.getProgram(ctx); err != nil {
		return nil, err
	}
	version, err := b.output(ctx, "find", "--version")
	b.find = err == nil && strings.Contains(version, "GNU findutils")
	return b, nil
}

// explain says what the table's letters stand for.
func (b *workbench) explain() {
	b.note("S looks at every file (`find -printf`), R reads every file, stream writes all of them in full into one " +
		"Atom and one RSS feed, pages writes a small page for each besides; see feed/bench/floor.go.")
	if b.lab.cpu {
		b.note("Times are the processors', of all threads together, and not the clock's.")
	}
	if !b.archives {
		b.note("This program can't leave its archives out: it writes them where R does not ask for them.")
	}
}

// noteLeastPeak says which peaks can't be told from nothing: Linux counts for a
// process what the one that started it held.
func (b *workbench) noteLeastPeak(ctx context.Context) {
	s, err := b.run(ctx, command{args: []string{b.self, "errand-nothing"}})
	if err == nil && s.peak > 0 {
		b.note("A peak of memory below %s can't be seen: a process that does nothing has it, too.", mebibytes.format(float64(s.peak)/(1<<20)))
	}
}

// clear removes all that was made but the corpora that are to be kept.
func (b *workbench) clear() error {
	if b.work == "" {
		return nil
	}
	return os.RemoveAll(b.work)
}

// getProgram builds the program under test, and asks it what it can do.
func (b *workbench) getProgram(ctx context.Context) error {
	var err error
	if b.bin != "" {
		b.program, err = filepath.Abs(b.bin)
	} else {
		b.program, err = b.build(ctx)
	}
	if err != nil {
		return err
	}
	help, err := b.output(ctx, b.program, "--help")
	b.archives = strings.Contains(help, "--archive")
	return err
}

// build builds as one who gives the program to others does.
func (b *workbench) build(ctx context.Context) (string, error) {
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	program := filepath.Join(b.work, "seedfeed.exe") // a name that every system starts
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	c.Dir = filepath.Dir(strings.TrimSpace(string(mod)))
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=") // the same program everywhere
	if said, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, said)
	}
	return program, nil
}

// corpus is n documents of a kind. It is made if it is not there.
func (b *workbench) corpus(ctx context.Context, kind string, n int) (corpus, error) {
	c := corpus{kind, n, filepath.Join(b.corpora, fmt.Sprintf("%s-%d", kind, n))}
	ok, err := c.isSealed(b.seed)
	if ok || err != nil {
		return c, err
	}
	fmt.Fprintf(b.log, "%d articles of kind %s are being made\n", n, kind)
	if err := os.RemoveAll(c.dir); err != nil {
		return c, err
	}
	if _, err := b.output(ctx, b.self, "errand-corpus", kind, c.dir, fmt.Sprint(n), fmt.Sprint(b.seed)); err != nil {
		return c, err
	}
	return c, os.WriteFile(c.seal(), []byte(c.make(b.seed)), 0o644)
}

// A site is what the program made of a corpus, and where it remembers it.
type site struct{ out, state string }

// site is a new one's place.
func (b *workbench) site(name string) site {
	dir := filepath.Join(b.work, name)
	return site{filepath.Join(dir, "out"), filepath.Join(dir, "state")}
}

func (s site) remove() error { return os.RemoveAll(filepath.Dir(s.out)) }

// outline is which documents a site has besides its feeds.
type outline struct{ pages, archives bool }

// seedfeed is the command line that builds a site.
func (b *workbench) seedfeed(c corpus, s site, o outline, more ...string) []string {
	args := []string{
		b.program, "--in", c.dir, "--out", s.out, "--state", s.state,
		"--base-url", "https://news.example.org/", "--limit", "50",
	}
	if !o.pages {
		args = append(args, "--pages=false")
	}
	if !o.archives && b.archives {
		args = append(args, "--archive=false")
	}
	return append(args, more...)
}

// cold is a build that finds nothing of an earlier one.
func (b *workbench) cold(c corpus, o outline) command {
	s := b.site("cold")
	return command{args: b.seedfeed(c, s, o, "--quiet"), ready: s.remove, clean: s.remove}
}

// again is a build in a site that stands.
func (b *workbench) again(c corpus, s site, o outline) command {
	return command{args: b.seedfeed(c, s, o, "--quiet")}
}

// standing is a site that was built of a corpus and is up to date. Whoever is
// measured has done its work: every article was read, and a second run, which
// sees the corpus unchanged, writes nothing.
func (b *workbench) standing(ctx context.Context, c corpus, o outline) (site, error) {
	name := fmt.Sprintf("standing-%s-%d-%t-%t", c.kind, c.n, o.pages, o.archives)
	s, ok := b.built[name]
	if !ok {
		s = b.site(name)
		r, err := b.ask(ctx, b.seedfeed(c, s, o, "--json"))
		if err != nil {
			return s, err
		}
		if n := r.New + r.Copies; n != c.n || len(r.Unreadable) > 0 {
			return s, fmt.Errorf("%d of %d articles were read, %d could not be", n, c.n, len(r.Unreadable))
		}
		b.built[name] = s
	}
	r, err := b.ask(ctx, b.seedfeed(c, s, o, "--json"))
	if err == nil && (r.Known+r.Copies != c.n || r.Written != 0) {
		err = fmt.Errorf("with nothing changed, %d of %d articles were known and %d files written", r.Known+r.Copies, c.n, r.Written)
	}
	return s, err
}

// result is what the program says it did.
type result struct {
	New, Known, Copies, Written int
	Unreadable                  []any
}

func (b *workbench) ask(ctx context.Context, args []string) (r result, err error) {
	said, err := b.output(ctx, args...)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(said), &r)
}

// floor is a command of this package's own, into a new folder if it writes.
func (b *workbench) floor(errand string, c corpus) command {
	out := filepath.Join(b.work, "floor")
	remove := func() error { return os.RemoveAll(out) }
	return command{args: []string{b.self, errand, c.dir, fmt.Sprint(c.n), out}, ready: remove, clean: remove}
}

// walk is the floor of finding out that nothing changed.
func (b *workbench) walk(c corpus) command {
	if b.find {
		return command{args: []string{"find", c.dir, "-type", "f", "-printf", `%p %s %T@\n`}}
	}
	b.note("S is a walk of this package's own: no GNU find is there.")
	return b.floor("errand-stat", c)
}

// sizeOf is how many bytes stand in a folder.
func sizeOf(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
