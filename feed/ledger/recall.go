package ledger

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"github.com/gofrs/uuid/v5"
	"zombiezen.com/go/sqlite"
)

// Past is what a published feed tells.
type Past struct {
	Collection string // the feed's id, urn:uuid:…; empty before the first run
	Updated    time.Time
	Lang       string
	Entries    []Entry                 // in the feed's order
	Archives   iter.Seq2[int, []Entry] // the documents of its archive by their numbers, the last first; may be nil
}

// tables hold what belongs to one collection.
var tables = []string{"setting", "seed", "copy", "held", "trouble", "text", "feed", "document", "history", "run", "item", "stray", "ping", "archive"}

// Recall takes over what was published: ids, dates and order of all that stands
// in the feed and its archive. What the ledger says otherwise of these was
// another's, or came from a backup: what subscribers hold counts. All seeds are
// read again. Without a past the collection gets a new random id, or the pinned one.
func (l *Ledger) Recall(past Past, pinned string) error {
	if err := l.found(past.Collection, pinned); err != nil || past.Collection == "" {
		return err
	}
	if err := l.begin(); err != nil {
		return err
	}
	l.past = past.Updated
	for _, query := range []string{"UPDATE seed SET size = -1", "DELETE FROM document", "DELETE FROM feed"} {
		if err := l.exec(query); err != nil {
			return err
		}
	}
	if err := l.exec("INSERT OR REPLACE INTO setting VALUES ('lost', ?)", fmt.Sprint(past.Updated.Unix())); err != nil {
		return err
	}
	if err := l.putFeed(Feed{Updated: past.Updated, Lang: past.Lang}); err != nil {
		return err
	}
	items := past.items()
	published := map[string]bool{}
	for _, k := range items {
		published[k.ID] = true
	}
	for _, k := range items {
		if err := l.recall(k, published); err != nil {
			return err
		}
	}
	return l.countArchives()
}

// items are what a published feed and its archive tell of, the newest first.
// Only those of the feed itself keep their text.
func (p Past) items() []*known {
	var items, archived []*known
	byID := map[string]*known{}
	for _, e := range p.Entries {
		k := newKnown(e)
		items = append(items, k)
		byID[k.ID] = k
	}
	var newest time.Time // in the archive alone
	last := int64(0)     // and the highest number of an item as new as that
	for number, entries := range p.archives() {
		for i, e := range entries {
			place := int64((number-1)*ArchiveSize + len(entries) - i)
			if k := byID[e.Item.ID]; k != nil {
				k.place = cmp.Or(k.place, place)
				continue
			}
			k := newKnown(e)
			k.place, k.Released, k.article = place, k.Published, nil
			archived = append(archived, k)
			byID[k.ID] = k
			if fresh := k.Fresh(); fresh.After(newest) {
				newest, last = fresh, place
			}
		}
	}
	order(items, newest, last)
	return append(items, archived...)
}

func (p Past) archives() iter.Seq2[int, []Entry] {
	if p.Archives == nil {
		return func(func(int, []Entry) bool) {}
	}
	return p.Archives
}

// order gives the items of a feed, the newest first, one release time, so that
// all of them stand in it still and above what does not: that they stood there
// is all that can be known. Their numbers keep the order; where an old item had
// come back above newer ones, as an update does, a second more does.
func order(items []*known, newest time.Time, last int64) {
	for _, k := range items {
		if fresh := later(k.Published, k.Updated); fresh.After(newest) {
			newest, last = fresh, 0
		}
	}
	for _, k := range slices.Backward(items) {
		place := cmp.Or(k.place, math.MaxInt64)
		if place < last {
			newest = newest.Add(time.Second)
		}
		k.Released, last = newest, place
	}
}

// found gives the collection its id: the pinned one, that of the published feed,
// the one it has or a new one. A feed of another collection takes the ledger's place.
func (l *Ledger) found(published, pinned string) error {
	var err error
	before, id := l.collection, l.collection
	if published != "" {
		if id, err = parseID(published); err != nil {
			return err
		}
		if id != before && !before.IsNil() && pinned == "" {
			if err := l.wipe(); err != nil {
				return err
			}
		}
	}
	if pinned != "" {
		id, err = parseID(pinned)
	} else if id.IsNil() {
		id, err = uuid.NewV4()
	}
	if err != nil || id == before {
		return err
	}
	if err := l.begin(); err != nil {
		return err
	}
	l.collection = id
	return l.exec("INSERT OR REPLACE INTO setting VALUES ('collection', ?)", urn(id))
}

func (l *Ledger) wipe() error {
	if err := l.begin(); err != nil {
		return err
	}
	for _, table := range tables {
		if err := l.exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	return nil
}

// recall takes over an item: it is the ledger's of that id; else the one of the
// same page or story, which another ledger gave its id to; else a new one.
func (l *Ledger) recall(k *known, published map[string]bool) error {
	number := int64(0)
	for _, by := range []struct {
		where string
		value any
	}{{"id = ?", k.ID}, {"folded = ?", fold(k.Page)}, {"text = ? AND state <> 'gone'", k.text}} {
		err := l.each("SELECT number, id FROM item WHERE "+by.where, func(s *sqlite.Stmt) error {
			if id := s.ColumnText(1); number == 0 && (id == k.ID || !published[id]) {
				number = s.ColumnInt64(0)
			}
			return nil
		}, by.value)
		if err != nil {
			return err
		}
	}
	if number == 0 {
		l.recalled = append(l.recalled, k)
		return nil
	}
	if k.article == nil { // in the archive: nothing tells when it was released
		return l.exec("UPDATE item SET id = ?, published = ?, updated = ?, fresh = max(released, ?), bytes = x'', shown = ? WHERE number = ?",
			k.ID, k.Published.Unix(), k.Updated.Unix(), k.Updated.Unix(), k.shown, number)
	}
	return l.exec("UPDATE item SET id = ?, published = ?, updated = ?, released = ?, fresh = ?, bytes = x'', shown = ? WHERE number = ?",
		k.ID, k.Published.Unix(), k.Updated.Unix(), k.Released.Unix(), k.Fresh().Unix(), k.shown, number)
}

// newKnown is the item that a published entry tells of.
func newKnown(e Entry) *known {
	story := storyOf(e.Article)
	k := &known{article: e.Article}
	k.row = row{Item: e.Item, state: "standing", due: true, title: e.Article.Title, seen: e.Item.Published.Unix()}
	k.shown = fingerprint(appendShown(nil, e.Article, e.Item.Media()))
	k.Source, k.Authors, k.Tags = e.Article.Source.Name, ListOf(e.Article.Authors), ListOf(e.Article.Tags)
	k.text, k.Lang, k.Size = fingerprint(story), e.Article.Lang, sizeOf(e.Article)
	k.sketch, k.figures = new(sketcher).sketches(story)
	return k
}
