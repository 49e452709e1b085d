package seed

import (
	"context"
	"testing"
	"testing/fstest"
	"time"
)

// fakeClock passes only while someone sleeps.
type fakeClock struct {
	now    time.Time
	slept  []time.Duration
	during func() // what happens meanwhile
}

func (c *fakeClock) Clock() Clock {
	return Clock{
		Now: func() time.Time { return c.now },
		Sleep: func(_ context.Context, d time.Duration) {
			c.now = c.now.Add(d)
			c.slept = append(c.slept, d)
			if c.during != nil {
				c.during()
			}
		},
	}
}

func TestSettle(t *testing.T) {
	const quiet = 2 * time.Second
	for _, test := range []struct {
		name  string
		ages  []time.Duration
		quiet time.Duration
		want  time.Duration // slept
	}{
		{"no files, no wait", nil, quiet, 0},
		{"old files are not waited for", []time.Duration{time.Hour, quiet}, quiet, 0},
		{"the youngest is waited for", []time.Duration{time.Hour, time.Second, 1500 * time.Millisecond}, quiet, time.Second},
		{"a file of this moment is waited for", []time.Duration{0}, quiet, quiet},
		{"a file from the future is not waited for", []time.Duration{-time.Second, -time.Hour}, quiet, 0},
		{"three seconds are the most", []time.Duration{0}, time.Minute, 3 * time.Second},
		{"without a time to be quiet nothing is waited for", []time.Duration{0}, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys, files := fstest.MapFS{}, []File(nil)
			for i, age := range test.ages {
				name, at := string(rune('a'+i))+".txt", longAgo.Add(-age)
				fsys[name] = &fstest.MapFile{ModTime: at}
				files = append(files, File{Path: name, State: State{ModTime: at}, name: name})
			}
			clock := &fakeClock{now: longAgo}
			got := Settle(t.Context(), fsys, files, test.quiet, clock.Clock())
			if slept := clock.now.Sub(longAgo); slept != test.want || len(got) != len(files) {
				t.Errorf("Settle slept %v, want %v; %d files, want %d", slept, test.want, len(got), len(files))
			}
		})
	}
}

func TestSettleWaitsOnForAFileThatIsStillWritten(t *testing.T) {
	fsys := fstest.MapFS{"a.txt": text("a")}
	clock := &fakeClock{now: longAgo}
	clock.during = func() { fsys["a.txt"] = &fstest.MapFile{ModTime: clock.now} }
	files := []File{{Path: "a.txt", State: State{ModTime: longAgo}, name: "a.txt"}}

	files = Settle(t.Context(), fsys, files, 2*time.Second, clock.Clock())
	if slept := clock.now.Sub(longAgo); slept != longestWait || len(files) != 1 {
		t.Errorf("Settle slept %v and returned %v, want %v and the file", slept, files, longestWait)
	}
}

func TestSettleDropsAFileThatWentAway(t *testing.T) {
	clock := &fakeClock{now: longAgo}
	files := []File{{Path: "a.txt", State: State{ModTime: longAgo}, name: "a.txt"}}
	if files = Settle(t.Context(), fstest.MapFS{}, files, time.Second, clock.Clock()); len(files) != 0 {
		t.Errorf("Settle = %v, want none", files)
	}
}

func TestSettleEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	clock := &fakeClock{now: longAgo}
	files := []File{{Path: "a.txt", State: State{ModTime: longAgo}, name: "a.txt"}}
	if files = Settle(ctx, fstest.MapFS{}, files, time.Second, clock.Clock()); len(files) != 1 || clock.slept != nil {
		t.Errorf("Settle = %v after %v, want the file at once", files, clock.slept)
	}
}
