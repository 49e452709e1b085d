package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A command is a process that is measured.
type command struct {
	args  []string
	dir   string       // where it runs; the lab's home if empty
	ready func() error // called before it and not measured; nil for nothing to do
	clean func() error // called after it and not measured
}

// A sample is what one run took.
type sample struct {
	time time.Duration
	peak int64 // of memory, in bytes; 0 where the system does not tell
}

// A series is the same command's runs.
type series []sample

// A lab runs commands, never two at once, in an environment that nothing of its
// user's reaches.
type lab struct {
	home string
	cpu  bool // time is the processors', not the clock's
	log  io.Writer
}

func newLab(dir string, cpu bool, log io.Writer) (*lab, error) {
	l := &lab{filepath.Join(dir, "home"), cpu, log}
	return l, os.MkdirAll(filepath.Join(l.home, "tmp"), 0o755)
}

// environment is all that children know of where they are.
func (l *lab) environment() []string {
	env := []string{
		"HOME=" + l.home, "USERPROFILE=" + l.home, "APPDATA=" + l.home, "LOCALAPPDATA=" + l.home,
		"XDG_CONFIG_HOME=" + filepath.Join(l.home, "config"),
		"XDG_CACHE_HOME=" + filepath.Join(l.home, "cache"),
		"XDG_STATE_HOME=" + filepath.Join(l.home, "state"),
		"XDG_DATA_HOME=" + filepath.Join(l.home, "data"),
		"TMPDIR=" + filepath.Join(l.home, "tmp"), "TMP=" + filepath.Join(l.home, "tmp"),
		"LC_ALL=C.UTF-8", "TZ=UTC",
	}
	for _, name := range []string{"PATH", "SystemRoot"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

func (l *lab) process(ctx context.Context, c command) *exec.Cmd {
	p := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	p.Env, p.Dir = l.environment(), c.dir
	if p.Dir == "" {
		p.Dir = l.home
	}
	return p
}

// output is what a command prints.
func (l *lab) output(ctx context.Context, args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	p := l.process(ctx, command{args: args})
	p.Stdout, p.Stderr = &stdout, &stderr
	err := failure(ctx, args, p.Run(), &stderr, &stdout)
	return stdout.String(), err
}

// run runs a command once.
func (l *lab) run(ctx context.Context, c command) (s sample, err error) {
	if c.ready != nil {
		if err := c.ready(); err != nil {
			return s, err
		}
	}
	var stderr bytes.Buffer
	p := l.process(ctx, c)
	p.Stderr = &stderr
	start := time.Now()
	err = p.Run()
	s.time = time.Since(start)
	if err := failure(ctx, c.args, err, &stderr); err != nil {
		return s, err
	}
	if l.cpu {
		s.time = p.ProcessState.UserTime() + p.ProcessState.SystemTime()
	}
	s.peak = peakMemory(p.ProcessState.SysUsage())
	if c.clean != nil {
		err = c.clean()
	}
	return s, err
}

// failure says which command failed, and its last words.
func failure(ctx context.Context, args []string, err error, said ...*bytes.Buffer) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return errors.New("stopped by a signal")
	}
	var words []byte
	for _, b := range said {
		words = append(words, b.Bytes()...)
	}
	words = bytes.TrimSpace(words[max(0, len(words)-2000):])
	return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, words)
}

// rounds runs the commands in turn, n times, after each has run once for
// nothing: that fills the page cache. Result i is of command i.
func (l *lab) rounds(ctx context.Context, n int, commands ...command) ([]series, error) {
	all := make([]series, len(commands))
	for round := range n + 1 {
		for i, c := range commands {
			s, err := l.run(ctx, c)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				all[i] = append(all[i], s)
			}
		}
		fmt.Fprint(l.log, ".")
	}
	return all, nil
}

// A spread is the middle of some figures and their ends.
type spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

func spreadOf(figures []float64) spread {
	if len(figures) == 0 {
		return spread{}
	}
	s := slices.Sorted(slices.Values(figures))
	middle := (s[(len(s)-1)/2] + s[len(s)/2]) / 2
	return spread{middle, s[0], s[len(s)-1]}
}

// times are how long the runs took, in milliseconds.
func (s series) times() []float64 {
	return s.figures(func(s sample) float64 { return float64(s.time) / float64(time.Millisecond) })
}

// peaks are the runs' peaks of memory, in MiB.
func (s series) peaks() []float64 {
	return s.figures(func(s sample) float64 { return float64(s.peak) / (1 << 20) })
}

func (s series) figures(of func(sample) float64) []float64 {
	var all []float64
	for _, one := range s {
		all = append(all, of(one))
	}
	return all
}

// pairwise combines figures that were measured one after the other.
func pairwise(a, b []float64, combine func(a, b float64) float64) []float64 {
	all := make([]float64, min(len(a), len(b)))
	for i := range all {
		all[i] = combine(a[i], b[i])
	}
	return all
}

func ratio(a, b float64) float64 { return a / b }

func difference(a, b float64) float64 { return a - b }
