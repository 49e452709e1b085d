// Package ledger is the memory: which seeds changed, which item an article is,
// when it was published and last updated.
//
// What was read goes in; Items with ids and dates that never jump come out. The
// memory here is filled from the published feed and lives for one run: it knows
// for good what stands in that feed, and computes the rest anew from the
// collection's id and each seed's path. It keeps the texts of one run in memory.
package ledger

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/uuid/v5"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// Memory remembers what a published feed says.
type Memory struct {
	collection uuid.UUID
	published  time.Time // the run that last changed the feed; zero before the first
	known      []*known  // in the feed's order
	byID       map[string]*known
	numbered   map[string][]*known // further stories at a path, by the first one's page
	readings   []*reading
	entries    map[string]Entry // this run's, by id
}

// known is an item that stands in the published feed.
type known struct {
	Entry
	taken bool // some seed of this run is it
}

// reading is a seed as this run read it.
type reading struct {
	path       string
	modTime    time.Time
	article    *article.Article
	text       identity
	number     int // of the latest story known at this path, 0 if none is
	item       *known
	duplicates bool
}

// Past is what a published feed tells.
type Past struct {
	Collection string // the feed's id, urn:uuid:…; empty before the first run
	Updated    time.Time
	Entries    []Entry // in the feed's order
}

// Recall makes a memory of what was published. Without a past the collection
// gets a new random id.
func Recall(past Past) (*Memory, error) {
	m := &Memory{published: past.Updated, byID: map[string]*known{}, numbered: map[string][]*known{}, entries: map[string]Entry{}}
	var err error
	if past.Collection == "" {
		m.collection, err = uuid.NewV4()
	} else {
		m.collection, err = uuid.FromString(strings.TrimPrefix(past.Collection, "urn:uuid:"))
	}
	if err != nil {
		return nil, fmt.Errorf("collection id %q: %w", past.Collection, err)
	}
	for _, e := range past.Entries {
		k := &known{Entry: e}
		m.known = append(m.known, k)
		m.byID[e.Item.ID] = k
		if n := pageNumber(e.Item.Page); n > 1 {
			first := strings.TrimSuffix(pageStem(e.Item.Page), fmt.Sprintf("-%d", n))
			m.numbered[first] = append(m.numbered[first], k)
		}
	}
	m.recallOrder()
	return m, nil
}

// recallOrder gives the known items release times that keep them in the feed's
// order: an item of an old date stands above newer ones if it came later.
func (m *Memory) recallOrder() {
	for i := len(m.known) - 1; i >= 0; i-- {
		it := &m.known[i].Item
		it.Released = it.Published
		if i+1 < len(m.known) {
			if next := m.known[i+1].Item; it.Compare(next) >= 0 {
				it.Released = next.Fresh().Add(time.Nanosecond)
			}
		}
	}
}

// Collection is the collection's id, which is the main feed's.
func (m *Memory) Collection() string { return "urn:uuid:" + m.collection.String() }

// Published is the run that last changed the feed, zero before the first.
func (m *Memory) Published() time.Time { return m.published }

// Compare lists the seeds that have to be read: all of them, as a feed tells
// nothing of the state of files.
func (m *Memory) Compare(l seed.Listing) []seed.File { return l.Files }

// Remember takes in what was read of one seed.
func (m *Memory) Remember(path string, modTime time.Time, a *article.Article) {
	a.Lines = nil // they are for people; nobody looks back
	m.readings = append(m.readings, &reading{path: path, modTime: modTime, article: a, text: identify(a)})
}

// Entry is an item of this run with its text.
func (m *Memory) Entry(it Item) Entry { return m.entries[it.ID] }

// Run is what a run knows besides its seeds.
type Run struct {
	Now        time.Time
	Zone       *time.Location         // of dates that state none
	Unreadable []seed.Unreadable      // their items stay as they were
	HasPage    func(name string) bool // a page stands in out/; nil without pages
}

// Census counts the items of a run.
type Census struct {
	New, Changed, Known int
	Held                int // drafts, and those that are to come
}

// Items decides which item each seed is, and its dates. An article is matched
// in this order: same path and alike; same text elsewhere (moved); same title
// and alike elsewhere (moved and edited). Else it is new: when in doubt, new.
func (m *Memory) Items(run Run) ([]Item, Census) {
	slices.SortFunc(m.readings, func(a, b *reading) int { return strings.Compare(a.path, b.path) })
	var census Census
	census.Held = m.holdBack(run)
	m.matchPinned()
	m.matchPaths()
	matchMoved(m, identify, func(k *known, r *reading) bool { return true })
	matchMoved(m, func(a *article.Article) string { return article.Key(a.Title) }, func(k *known, r *reading) bool { return alike(k.Article, r.article, moved) })
	m.markDuplicates()
	names := m.names()
	var items []Item
	for _, r := range m.readings {
		if r.duplicates {
			continue
		}
		var it Item
		if r.item != nil {
			it = m.settleKnown(r, run, &census)
		} else {
			it = m.settleNew(r, run, names, &census)
		}
		it.Path, it.Lang, it.Size = r.path, r.article.Lang, sizeOf(r.article)
		m.entries[it.ID] = Entry{it, r.article}
		items = append(items, it)
	}
	for _, k := range m.unreadable(run.Unreadable) {
		m.entries[k.Item.ID] = k.Entry
		items = append(items, k.Item)
	}
	return items, census
}

// holdBack takes out what its owner does not want to be seen yet, and counts it.
func (m *Memory) holdBack(run Run) int {
	all := len(m.readings)
	m.readings = slices.DeleteFunc(m.readings, func(r *reading) bool {
		a := r.article
		due := a.Stated.In(run.Zone)
		if !a.Stated.Clock {
			due = due.Add(-12 * time.Hour) // noon stands for the day: it is due when that begins
		}
		return a.Draft || a.Fixed && due.After(run.Now)
	})
	return all - len(m.readings)
}

// matchPinned finds the stories whose ids front matter pins.
func (m *Memory) matchPinned() {
	for _, r := range m.readings {
		if id := m.pinned(r.article); id != "" {
			if k := m.byID[id]; k != nil && !k.taken {
				r.item, k.taken = k, true
			}
		}
	}
}

// pinned is the id that front matter asks for, empty if it doesn't: an IRI
// (RFC 4287, section 4.2.6) as it is, any other word by way of the collection.
func (m *Memory) pinned(a *article.Article) string {
	if a.ID == "" {
		return ""
	}
	if id, err := uuid.FromString(a.ID); err == nil {
		return "urn:uuid:" + id.String()
	}
	if u, err := url.Parse(a.ID); err == nil && u.IsAbs() && (u.Host != "" || u.Opaque != "") {
		return u.String()
	}
	return "urn:uuid:" + uuid.NewV5(m.collection, "id\n"+a.ID).String()
}

// matchPaths finds the stories that stand where they stood.
func (m *Memory) matchPaths() {
	for _, r := range m.readings {
		k, number := m.at(r.path)
		r.number = number
		if r.item == nil && r.article.ID == "" && k != nil && !k.taken && alike(k.Article, r.article, inPlace) {
			r.item, k.taken = k, true
		}
	}
}

// at is the latest story known at a path, and its number there. The first one's
// id comes of the path alone; a further one's of path and number, which its
// page's name shows.
func (m *Memory) at(path string) (*known, int) {
	latest, number := m.byID[m.id(path, 1)], 1
	if latest == nil {
		number = 0
	}
	for _, k := range m.numbered[pageStem(PageName(path, 1))] {
		if n := pageNumber(k.Item.Page); n > number && m.id(path, n) == k.Item.ID {
			latest, number = k, n
		}
	}
	return latest, number
}

// id is UUIDv5 of the collection and the path at first sight, with the number
// of the story at that path from the second on (RFC 9562, section 5.5).
func (m *Memory) id(path string, number int) string {
	name := path
	if number > 1 {
		name = fmt.Sprintf("%s\n%d", path, number)
	}
	return "urn:uuid:" + uuid.NewV5(m.collection, name).String()
}

// matchMoved finds the stories that stand elsewhere now, by what a text and
// its old self have in common.
func matchMoved[T comparable](m *Memory, common func(*article.Article) T, same func(*known, *reading) bool) {
	lost := map[T]*known{}
	for _, k := range m.known {
		if !k.taken {
			lost[common(k.Article)] = k
		}
	}
	if len(lost) == 0 {
		return
	}
	for _, r := range m.readings {
		if r.item != nil || r.article.ID != "" {
			continue
		}
		if k := lost[common(r.article)]; k != nil && !k.taken && same(k, r) {
			r.item, k.taken = k, true
		}
	}
}

// markDuplicates makes one item of the same text at several places: the known
// one, else the first by path.
func (m *Memory) markDuplicates() {
	first := map[identity]bool{}
	for _, r := range m.readings {
		if r.item != nil {
			first[r.text] = true
		}
	}
	for _, r := range m.readings {
		if r.item == nil && r.article.ID == "" {
			r.duplicates = first[r.text]
			first[r.text] = true
		}
	}
}

// unreadable lists the known items whose seeds can't be read today: unreadable is not deleted.
func (m *Memory) unreadable(list []seed.Unreadable) []*known {
	var kept []*known
	for _, u := range list {
		latest, _ := m.at(u.Path)
		for _, k := range m.known {
			if !k.taken && (k == latest || u.Dir && MayBePage(k.Item.Page, u.Path, true)) {
				k.taken = true
				k.Item.Path = u.Path
				kept = append(kept, k)
			}
		}
	}
	return kept
}
