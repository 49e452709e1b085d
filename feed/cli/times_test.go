package cli

import (
	"strings"
	"testing"
	"time"

	"seedfeed/feed"
)

func TestTimesBelongToTheStopBefore(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	w := startTimes(func() time.Time { return now })
	pass := func(d time.Duration) { now = now.Add(d) }
	pass(100 * time.Millisecond)
	w.move(feed.StopRead, 0, 10_000)
	pass(time.Second)
	w.move(feed.StopRead, 10_000, 10_000)
	w.move(feed.StopPages, 0, 2)
	pass(time.Second)
	w.move(feed.StopArchive, 0, 1)
	pass(2 * time.Second)
	w.move(feed.StopPages, 1, 1)
	pass(400 * time.Millisecond)
	w.move(feed.StopPublish, 0, 0)
	pass(500 * time.Millisecond)
	w.stop()
	var out strings.Builder
	w.print(&out, feed.Report{Written: 7, Bytes: 37_800_000})
	got, total, _ := strings.Cut(out.String(), "total")
	want := `open           0.100 s   2 %
read           1.000 s  20 %  10,000 seeds, 38 MB
pages          1.400 s  28 %  1 article
archive        2.000 s  40 %  1 part
publish        0.500 s  10 %  7 files
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if !strings.HasPrefix(total, "          5.000 s        ") {
		t.Errorf("total%q", total)
	}
	if s := w.seconds(); s["pages"] != 1.4 || len(s) != 5 {
		t.Errorf("in seconds: %v", s)
	}
}
