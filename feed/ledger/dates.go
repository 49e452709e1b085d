package ledger

import (
	"time"

	"seedfeed/feed/article"
)

// ahead is how far a stated date may lie after the run and still be meant:
// somewhere it is tomorrow already.
const ahead = 26 * time.Hour

// earliest is the first year that a file's own time is believed for: before, it
// is a clock that was never set.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// published is an article's date at first sight: the one it states, else its
// file's, else the run's.
func published(stated article.Stated, modTime time.Time, run Run) time.Time {
	now := second(run.Now)
	if t := stated.In(run.Zone); !t.IsZero() && !t.After(now.Add(ahead)) {
		return earlier(second(t), now)
	}
	if t := second(modTime); !t.Before(earliest) && !t.After(now) {
		return t
	}
	return now
}

// date tells when an article was published, and whether and until when its owner
// does not want it to be seen yet.
func (r *Reading) date(run Run) {
	r.published = published(r.when, r.file.ModTime, run).Unix()
	due := r.when.In(run.Zone)
	if !r.when.Clock {
		due = due.Add(-12 * time.Hour) // noon stands for the day: it is due when that begins
	}
	switch {
	case r.draft:
		r.held = true
	case r.fixed && due.After(run.Now):
		r.held, r.until = true, due.Unix()
	}
}

// second is a time as a feed can write it.
func second(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func clamp(t, low, high time.Time) time.Time {
	if t = earlier(t, high); t.Before(low) {
		return low
	}
	return t
}
