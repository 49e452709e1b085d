package cli

import (
	"fmt"
	"io"
	"math"
	"runtime"
	"time"

	"github.com/dustin/go-humanize"

	"seedfeed/feed"
)

// times tell where the time of a run goes: each moment belongs to the stop that
// was told of last.
type times struct {
	now   func() time.Time
	since time.Time
	stops []*stay // in the order in which they were come to
	last  *stay
}

// stay is how long a run was at a stop, and how much there was to do.
type stay struct {
	name  string
	took  time.Duration
	count int
}

// What a run does before and after the journey.
const (
	opening = "open"
	closing = "close"
)

// startTimes starts to measure.
func startTimes(now func() time.Time) *times {
	t := &times{now: now, since: now()}
	t.at(opening, 0)
	return t
}

// at says what the time belongs to from now on.
func (t *times) at(name string, count int) {
	t.stop()
	if t.last == nil || t.last.name != name {
		t.last = t.called(name)
	}
	t.last.count = count
}

// called is the stop of a name.
func (t *times) called(name string) *stay {
	for _, s := range t.stops {
		if s.name == name {
			return s
		}
	}
	s := &stay{name: name}
	t.stops = append(t.stops, s)
	return s
}

// stop gives the time until now to whom it belongs.
func (t *times) stop() {
	now := t.now()
	if t.last != nil {
		t.last.took += now.Sub(t.since)
	}
	t.since = now
}

// move takes in where a build is.
func (t *times) move(at feed.Stop, done, total int) {
	t.at(at.String(), max(done, total))
}

// seconds are the times by the names of the stops, for JSON.
func (t *times) seconds() map[string]float64 {
	if t == nil {
		return nil
	}
	m := map[string]float64{}
	for _, s := range t.stops {
		m[s.name] = math.Round(s.took.Seconds()*1e6) / 1e6
	}
	return m
}

// counted is what is counted at a stop.
func counted(name string) string {
	switch name {
	case feed.StopCompare.String(), feed.StopRead.String():
		return "seed"
	case feed.StopPages.String():
		return "article"
	case feed.StopArchive.String():
		return "part"
	case feed.StopDocuments.String():
		return "feed"
	case feed.StopPublish.String():
		return "file"
	}
	return "document"
}

// print writes a line a stop, the sum of them, and the memory that was needed.
func (t *times) print(w io.Writer, r feed.Report) {
	var total time.Duration
	for _, s := range t.stops {
		total += s.took
	}
	for _, s := range t.stops {
		count := s.count
		if s.name == feed.StopPublish.String() {
			count = r.Written
		}
		line := fmt.Sprintf("%-10s %9.3f s %3.0f %%", s.name, s.took.Seconds(), 100*s.took.Seconds()/max(total.Seconds(), 1e-9))
		if count > 0 {
			line += "  " + many(count, counted(s.name))
		}
		if s.name == feed.StopRead.String() && r.Bytes > 0 {
			line += ", " + humanize.Bytes(uint64(r.Bytes))
		}
		fmt.Fprintln(w, line)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	fmt.Fprintf(w, "%-10s %9.3f s        %s of memory, without the ledger's\n", "total", total.Seconds(), humanize.Bytes(memory.Sys))
}

// many is a number with what it counts, as count has it, for large ones.
func many(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return humanize.Comma(int64(n)) + " " + what
}
