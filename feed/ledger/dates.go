package ledger

import (
	"cmp"
	"time"

	"seedfeed/feed/article"
)

// ahead is how far a stated date may lie after the run and still be meant:
// somewhere it is tomorrow already.
const ahead = 26 * time.Hour

// earliest is the first year that a file's own time is believed for: before, it
// is a clock that was never set.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// names holds the pages that are given away, in lower case: some file systems
// take A and a for the same.
type names map[string]bool

// settleKnown gives a known item its dates: published stays, updated moves only
// if both the seed and what a subscriber sees have changed. A seed older than
// the feed was in it as it is now, so a difference is the program's.
func (m *Memory) settleKnown(r *reading, run Run, census *Census) Item {
	it := r.item.Item
	if r.article.Fixed {
		it.Published = published(r.article.Stated, r.modTime, run)
		if it.Updated.Before(it.Published) {
			it.Updated = it.Published
		}
	}
	if !r.modTime.Truncate(time.Second).Before(m.published) && !sameToReader(r.item.Article, r.article) {
		it.Updated = clamp(second(r.modTime), it.Updated, second(run.Now))
		census.Changed++
		return it
	}
	census.Known++
	return it
}

// settleNew gives a new item its id, its page and its dates.
func (m *Memory) settleNew(r *reading, run Run, taken names, census *Census) Item {
	number := r.number + 1
	for m.byID[m.id(r.path, number)] != nil {
		number++
	}
	it := Item{ID: cmp.Or(m.pinned(r.article), m.id(r.path, number)), Published: published(r.article.Stated, r.modTime, run)}
	for n := number; ; n++ {
		if it.Page = PageName(r.path, n); taken.take(it.Page) {
			break
		}
	}
	it.Updated, it.Released = it.Published, it.Published
	switch late := !r.modTime.Truncate(time.Second).Before(m.published); {
	case m.published.IsZero(), late && run.HasPage == nil:
		census.New++
	case late && !run.HasPage(it.Page):
		census.New++
		it.Released = second(run.Now) // its date may be old: it reaches subscribers today all the same
	default:
		census.Known++
	}
	return it
}

// names are the pages of the known items. A feed does not name the page of an
// article that links elsewhere: it goes by the path again.
func (m *Memory) names() names {
	taken := names{}
	for _, r := range m.readings {
		if r.item != nil && r.item.Item.Page == "" {
			r.item.Item.Page = PageName(r.path, max(r.number, 1))
		}
	}
	for _, k := range m.known {
		taken.take(k.Item.Page)
	}
	return taken
}

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
