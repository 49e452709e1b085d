package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The test binary is also the command that starts itself for an errand.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		if errand, ok := errands[os.Args[1]]; ok {
			exit(errand(context.Background(), os.Args[2:]))
		}
	}
	code := m.Run()
	os.RemoveAll(built.dir)
	os.Exit(code)
}

var built struct {
	sync.Once
	dir string
	err error
}

// program is seedfeed, built as for one's own use, which the build cache makes
// quick, and without the race detector, which would make every start slow.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program and starts many processes")
	}
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "bench-test-"); built.err != nil {
			return
		}
		build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(built.dir, "seedfeed.exe"), "seedfeed")
		build.Env = append(os.Environ(), "GOFLAGS=")
		if said, err := build.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w\n%s", err, said)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "seedfeed.exe")
}

// Fifty articles go through every case.
func TestBench(t *testing.T) {
	dir := t.TempDir()
	o := options{dir: dir, bin: program(t), pairs: 1, sizes: sizes{10, 50}, seed: 3, json: true}
	var stdout, stderr bytes.Buffer
	if err := bench(t.Context(), o, &stdout, &stderr); err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	var r report
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"nothing changed, 10", "nothing changed, 50", "one changed of 50", "nothing changed, 10, mixed texts",
		"cold, feeds of 50, 50", "cold, with pages and archives, 10", "cold, every article in archives, 50",
		"start-up (`--version`)", "size of the program", "growth, cold, 50", "growth, nothing changed, 50",
	} {
		i := slices.IndexFunc(r.Rows, func(r row) bool { return r.Case == want })
		if i < 0 || r.Rows[i].Ours.Median <= 0 {
			t.Errorf("%s is not measured", want)
		}
	}
	for _, name := range []string{"articles opened", "files written"} {
		for _, r := range r.Rows {
			if strings.Contains(r.Case, name) && r.Ours.Median != 0 {
				t.Errorf("%s: %v", r.Case, r.Ours.Median)
			}
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range left {
		left[i] = filepath.Base(left[i])
	}
	if want := []string{"mixed-10", "mixed-10.sealed", "news-10", "news-10.sealed", "news-50", "news-50.sealed"}; !slices.Equal(left, want) {
		t.Errorf("there are %v, want %v", left, want)
	}
}

// A signal ends the measuring, and nothing stays of what was not to be kept.
func TestBenchStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	o := options{bin: program(t), pairs: 1, sizes: sizes{10, 50}}
	var stdout bytes.Buffer
	err := bench(ctx, o, &stdout, writerFunc(func(p []byte) (int, error) {
		stop() // at the first word of progress
		return len(p), nil
	}))
	if err == nil || !strings.Contains(err.Error(), "stopped") {
		t.Errorf("error %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// What strace tells is read: a cold build opens every article and writes.
func TestTraceOfAColdBuild(t *testing.T) {
	ctx := t.Context()
	b, err := newWorkbench(ctx, options{dir: t.TempDir(), bin: program(t), pairs: 1, sizes: sizes{5, 10}}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer b.clear()
	if !b.canTrace(ctx) {
		t.Skip("no strace here")
	}
	c, err := b.corpus(ctx, "news", 10)
	if err != nil {
		t.Fatal(err)
	}
	s := b.site("traced")
	got, err := b.trace(ctx, c, s, b.again(c, s, everyday))
	if err != nil {
		t.Fatal(err)
	}
	if got.opened < 10 || got.written < 4 {
		t.Errorf("%d articles opened and %d calls that write", got.opened, got.written)
	}
}

func TestTraceCount(t *testing.T) {
	for _, test := range []struct {
		line            string
		opened, written int
	}{
		{`7 openat(AT_FDCWD</home>, "/in/0000/0000001.txt", O_RDONLY|O_CLOEXEC) = 4</in/0000/0000001.txt>`, 1, 0},
		{`7 openat(3</in/0000>, "0000001.txt", O_RDONLY|O_CLOEXEC <unfinished ...>`, 1, 0},
		{`7 <... openat resumed>) = 4</in/0000/0000001.txt>`, 0, 0},
		{`7 openat(AT_FDCWD</home>, "/in/0000", O_RDONLY|O_CLOEXEC|O_DIRECTORY) = 3</in/0000>`, 0, 0},
		{`7 openat(AT_FDCWD</home>, "/w/out/atom.xml", O_RDONLY|O_CLOEXEC) = 3</w/out/atom.xml>`, 0, 0},
		{`7 openat(AT_FDCWD</home>, "/w/out/atom.xml", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3</w/out/atom.xml>`, 0, 1},
		{`7 openat(AT_FDCWD</home>, "/w/out/.seedfeed.lock", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3</w/out/.seedfeed.lock>`, 0, 0},
		{`7 write(3</w/out/atom.xml>, ""..., 40) = 40`, 0, 1},
		{`7 write(3</w/state/seedfeed/out-1/ledger.db>, ""..., 40) = 40`, 0, 0},
		{`7 renameat(AT_FDCWD</home>, "/w/out/a.tmp", AT_FDCWD</home>, "/w/out/a") = 0`, 0, 1},
		{`7 unlinkat(AT_FDCWD</home>, "/w/out/a", 0) = 0`, 0, 1},
		{`7 --- SIGURG {si_signo=SIGURG} ---`, 0, 0},
	} {
		var got traced
		got.count(test.line, "/in", "/w/out")
		if got.opened != test.opened || got.written != test.written {
			t.Errorf("%s: %+v", test.line, got)
		}
	}
}

// Each peer that is here is given every article.
func TestPeers(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("no Python here")
	}
	o := options{dir: t.TempDir(), bin: program(t), pairs: 1, sizes: sizes{10, 50}, peers: true, cases: "feedgenerator"}
	var stdout bytes.Buffer
	if err := bench(t.Context(), o, &stdout, io.Discard); err != nil {
		t.Fatal(err)
	}
	if s := stdout.String(); !strings.Contains(s, "| against feedgenerator, 10: nothing changed |") && !strings.Contains(s, "feedgenerator is not on this machine") {
		t.Error(s)
	}
}

func TestNoSuchCase(t *testing.T) {
	o := options{dir: t.TempDir(), bin: program(t), pairs: 1, sizes: sizes{10, 50}, cases: "no such"}
	err := bench(t.Context(), o, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), `"no such"`) {
		t.Errorf("error %v", err)
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		args  string
		sizes string // empty if it is wrong usage
		pairs int
	}{
		{"", "1000,10000,100000", 5},
		{"-quick", "1000,10000", 3},
		{"-sizes 20,40 -pairs 1", "20,40", 1},
		{"-sizes 20", "", 0},
		{"-sizes 40,20", "", 0},
		{"-sizes 0,20", "", 0},
		{"-sizes a,b", "", 0},
		{"-pairs 0", "", 0},
		{"more", "", 0},
	} {
		o, err := parse(strings.Fields(test.args), io.Discard)
		if (err != nil) != (test.sizes == "") {
			t.Errorf("%s: error %v", test.args, err)
		}
		if err == nil && (o.sizes.String() != test.sizes || o.pairs != test.pairs) {
			t.Errorf("%s: %v, %d pairs", test.args, &o.sizes, o.pairs)
		}
	}
	if _, err := parse([]string{"-h"}, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: error %v", err)
	}
}
