package ledger

import (
	"fmt"
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
	Entries    []Entry // in the feed's order
}

// tables hold what belongs to one collection.
var tables = []string{"setting", "seed", "copy", "held", "trouble", "text", "feed", "document", "history", "run", "item"}

// Recall takes over what was published: ids, dates and order of all that stands
// in the feed. What the ledger says otherwise of these was another's, or came
// from a backup: what subscribers hold counts. All seeds are read again.
// Without a past the collection gets a new random id, or the pinned one.
func (l *Ledger) Recall(past Past, pinned string) error {
	if err := l.found(past.Collection, pinned); err != nil || past.Collection == "" {
		return err
	}
	if err := l.begin(); err != nil {
		return err
	}
	l.past = past.Updated
	for _, query := range []string{"UPDATE seed SET size = -1", "DELETE FROM document"} {
		if err := l.exec(query); err != nil {
			return err
		}
	}
	if err := l.exec("INSERT OR REPLACE INTO setting VALUES ('lost', ?)", fmt.Sprint(past.Updated.Unix())); err != nil {
		return err
	}
	if err := l.putFeed(Feed{past.Updated, past.Lang}); err != nil {
		return err
	}
	entries := order(past.Entries)
	standing := map[string]bool{}
	for _, e := range entries {
		standing[e.Item.ID] = true
	}
	for _, e := range entries {
		if err := l.recall(e, standing); err != nil {
			return err
		}
	}
	return nil
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

// recall takes over an entry: the ledger's item of that id; else the one of the
// same page or story, which another ledger gave its id to; else a new one.
func (l *Ledger) recall(e Entry, published map[string]bool) error {
	k := newKnown(e)
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
	return l.exec("UPDATE item SET id = ?, published = ?, updated = ?, released = ?, fresh = ?, bytes = x'', shown = ? WHERE number = ?",
		k.ID, k.Published.Unix(), k.Updated.Unix(), k.Released.Unix(), k.Fresh().Unix(), k.shown, number)
}

// newKnown is the item that a published entry tells of.
func newKnown(e Entry) *known {
	story := storyOf(e.Article)
	k := &known{article: e.Article}
	k.row = row{Item: e.Item, state: "standing", due: true, title: e.Article.Title, shown: fingerprint(shownOf(e.Article)), seen: e.Item.Published.Unix()}
	k.text, k.Lang, k.Size = fingerprint(story), e.Article.Lang, sizeOf(e.Article)
	k.sketch, k.figures = sketches(story)
	return k
}

// order gives the entries of a feed one release time, that of the newest, so
// that all of them stand in it still and above what does not: that they stood
// there is all that can be known. Their numbers keep the order.
func order(entries []Entry) []Entry {
	entries = slices.Clone(entries)
	var newest time.Time
	for _, e := range entries {
		newest = later(newest, later(e.Item.Published, e.Item.Updated))
	}
	for i := range entries {
		entries[i].Item.Number, entries[i].Item.Released = 0, newest
	}
	return entries
}
