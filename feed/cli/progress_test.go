package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
)

func TestLineOfTheBar(t *testing.T) {
	for _, tt := range []struct {
		name        string
		at          feed.Stop
		done, total int
		passed      time.Duration
		columns     int
		want        string
	}{
		{"counts, bar and time left", feed.StopRead, 25_000, 100_000, 10 * time.Second, 79, "reading 25,000 of 100,000  [==========                              ]  30s left"},
		{"minutes", feed.StopPages, 100, 1000, 20 * time.Second, 79, "pages 100 of 1,000  [====                                    ]  3m0s left"},
		{"the bar is as wide as there is room", feed.StopRead, 50, 100, 10 * time.Second, 40, "reading 50 of 100  [====     ]  10s left"},
		{"where there is none, there is no bar", feed.StopRead, 50, 100, 10 * time.Second, 34, "reading 50 of 100  10s left"},
		{"nor the time left", feed.StopRead, 50, 100, 10 * time.Second, 24, "reading 50 of 100"},
		{"nor more than fits", feed.StopRead, 50, 100, 10 * time.Second, 10, "reading 50"},
		{"nor anything where nothing fits", feed.StopRead, 50, 100, 10 * time.Second, -1, ""},
		{"in the first second nobody can tell", feed.StopRead, 50, 100, time.Second / 2, 40, "reading 50 of 100  [=========          ]"},
		{"nothing is done yet", feed.StopRead, 0, 100, 10 * time.Second, 79, "reading"},
		{"all is done", feed.StopArchive, 7, 7, 10 * time.Second, 40, "archive 7 of 7  [======================]"},
		{"more than was guessed", feed.StopPages, 120, 100, 10 * time.Second, 79, "pages 120"},
		{"nothing to count", feed.StopDecide, 0, 0, 10 * time.Second, 79, "deciding what is new"},
	} {
		now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
		b := bar{now: func() time.Time { return now }}
		b.move(tt.at, 0, tt.total)
		now = now.Add(tt.passed)
		b.move(tt.at, tt.done, tt.total)
		if got := b.line(tt.columns); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

func TestEveryStopIsSaid(t *testing.T) {
	said := map[string]bool{}
	for s := feed.StopRecall; s <= feed.StopNotify; s++ {
		said[doing(s)] = true
	}
	if len(said) != int(feed.StopNotify)+1 {
		t.Errorf("%d sayings for %d stops", len(said), feed.StopNotify+1)
	}
}

func TestTheBarLeavesNothingBehind(t *testing.T) {
	var out bytes.Buffer
	b := bar{w: &out}
	for _, line := range []string{"a longer line", "short", ""} {
		b.draw(line)
	}
	if got, want := out.String(), "\ra longer line\r\rshort        \r\r     \r"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
}

// onScreen is what a terminal shows of a line in the end.
func onScreen(written string) string {
	var line []byte
	for _, part := range strings.Split(written, "\r") {
		line = append([]byte(part), line[min(len(part), len(line)):]...)
	}
	return strings.TrimRight(string(line), " ")
}

func TestTheBarIsDrawnAfterAWhileOnly(t *testing.T) {
	var out bytes.Buffer
	b := bar{w: &out, width: func() int { return 80 }, now: time.Now}
	hide := b.show(time.Hour, time.Hour)
	b.move(feed.StopRead, 1, 2)
	hide()
	if out.Len() > 0 {
		t.Errorf("a short build drew %q", out.String())
	}
	drawn := make(chan struct{}, 1)
	b.width = func() int {
		select {
		case drawn <- struct{}{}:
		default:
		}
		return 80
	}
	hide = b.show(0, time.Hour)
	<-drawn
	hide()
	if got := out.String(); !strings.Contains(got, "reading 1 of 2") || onScreen(got) != "" {
		t.Errorf("a long build drew %q, which leaves %q", got, onScreen(got))
	}
}
