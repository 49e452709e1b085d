package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
)

func TestEveryStopIsSaid(t *testing.T) {
	said := map[string]bool{}
	for s := feed.StopRecall; s <= feed.StopNotify; s++ {
		said[doing(s)] = true
	}
	if len(said) != int(feed.StopNotify)+1 {
		t.Errorf("%d sayings for %d stops", len(said), feed.StopNotify+1)
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

// journey moves a bar as a build does; the counts of pages are a guess.
func journey(b *bar) {
	b.move(feed.StopList, 0, 0)
	for done := 0; done <= 100_000; done += 25_000 {
		b.move(feed.StopRead, done, 100_000)
	}
	for done := range 12 {
		b.move(feed.StopPages, done, 10)
		b.move(feed.StopArchive, done, 20)
	}
	b.move(feed.StopPublish, 0, 0)
	b.move(feed.StopNotify, 0, 3)
}

func TestTheBarIsDrawnAfterAWhileOnly(t *testing.T) {
	var out bytes.Buffer
	b := newBar(&out, time.Now, time.Hour)
	journey(b)
	b.hide()
	if out.Len() > 0 {
		t.Errorf("a short build drew %q", out.String())
	}
}

func TestTheBarLeavesNothingBehind(t *testing.T) {
	var out bytes.Buffer
	b := newBar(&out, time.Now, 0)
	journey(b)
	b.hide()
	drawn := out.Len()
	b.move(feed.StopNotify, 0, 1)
	got := out.String()
	for _, want := range []string{"listing seeds", "reading", "pages", "archive", "publishing", "telling the hub"} {
		if !strings.Contains(got, want) {
			t.Errorf("it never said %q", want)
		}
	}
	if onScreen(got) != "" || out.Len() > drawn || strings.Contains(got, "\x1b") || strings.Contains(got, "\n") {
		t.Errorf("a long build leaves %q of %q", onScreen(got), got)
	}
	for _, part := range strings.Split(got, "\r") {
		if len(part) >= narrowest {
			t.Errorf("a line of %d columns: %q", len(part), part)
		}
	}
}
