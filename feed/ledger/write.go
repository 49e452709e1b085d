package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
)

// writer writes what a run has decided.
type writer struct {
	*Ledger
	lost       string // the era of ids, if a ledger was lost
	pages, ids names  // taken in this run
	archives   map[int]Archive
	put        *sqlite.Stmt
}

// names are some that are taken, by half of their SHA-256: there may be a million.
type names map[[16]byte]struct{}

func (n names) has(name string) bool { _, taken := n[nameKey(name)]; return taken }
func (n names) take(name string)     { n[nameKey(name)] = struct{}{} }

func nameKey(name string) [16]byte {
	sum := sha256.Sum256([]byte(name))
	return [16]byte(sum[:])
}

// write puts what was decided into the transaction: what is known already, then
// the items new to the ledger in their order.
func (l *Ledger) write(found, fresh []*Reading) error {
	items, err := l.count(found, fresh)
	if err != nil {
		return err
	}
	w := &writer{Ledger: l, pages: names{}, ids: names{}, archives: map[int]Archive{}}
	if w.lost, err = l.value("SELECT value FROM setting WHERE name = 'lost'"); err != nil {
		return err
	}
	if err := w.writeKnown(items); err != nil {
		return err
	}
	if err := w.writeNew(found, fresh); err != nil {
		return err
	}
	if err := w.writeArchives(); err != nil {
		return err
	}
	if err := l.writeSeeds(); err != nil {
		return err
	}
	if err := l.writeTroubles(); err != nil {
		return err
	}
	if c := l.census; c.New+c.Changed+c.Gone > 0 {
		return l.exec("INSERT INTO run VALUES (?, ?, ?, ?)", l.run.Now.Unix(), c.New, c.Changed, c.Gone)
	}
	return nil
}

// count gives what has none its number, in the order of release: first what was
// published before the ledger was lost. It returns what is known, in that order.
func (l *Ledger) count(found, fresh []*Reading) ([]*known, error) {
	number, err := l.number("SELECT max(number) FROM item")
	if err != nil {
		return nil, err
	}
	if number == 0 { // nothing is known that may have a published archive's numbers
		number = l.restore()
	}
	next := func() int64 { number++; return number }
	for _, r := range found {
		r.number = next()
	}
	for _, k := range slices.Backward(l.recalled) {
		if k.Number == 0 {
			k.Number = next()
			l.known[k.Number] = k
		}
	}
	for _, r := range fresh {
		r.number = next()
	}
	return slices.SortedFunc(maps.Values(l.known), func(a, b *known) int { return cmp.Compare(a.Number, b.Number) }), nil
}

// restore gives the items of a published archive their numbers back. What comes
// next goes into a document of its own, for the last one may have gaps.
func (l *Ledger) restore() (last int64) {
	for _, k := range l.recalled {
		if k.place > 0 {
			k.Number = k.place
			l.known[k.Number] = k
			last = max(last, int64(k.ArchiveOf())*ArchiveSize)
		}
	}
	return last
}

// writeKnown writes what changed of known items, and what happened to them. Paths
// are let go of first, for two items may have changed places.
func (w *writer) writeKnown(items []*known) error {
	for _, k := range items {
		w.pages.take(fold(k.Page))
		w.ids.take(k.ID)
	}
	for _, r := range w.readings {
		if r.pin != "" {
			w.ids.take(r.pin)
		}
	}
	leave := w.conn.Prep("UPDATE item SET path = '' WHERE number = ?")
	for _, k := range items {
		if k.before.Number != 0 && (k.row.Path != k.before.Path || k.row.state != k.before.state) {
			leave.BindInt64(1, k.Number)
			if err := w.step(leave); err != nil {
				return err
			}
		}
	}
	for _, k := range items {
		if err := w.writeItem(k, w.lost); err != nil {
			return err
		}
	}
	return w.touchNeighbours(items)
}

// writeNew writes the items of new readings, each by itself: there may be more
// of them than memory holds.
func (w *writer) writeNew(found, fresh []*Reading) error {
	indexes, err := w.dropIndexes(len(found) + len(fresh))
	if err != nil {
		return err
	}
	for i, r := range slices.Concat(found, fresh) {
		k, err := w.newItem(r)
		if err != nil {
			return err
		}
		era := w.lost
		if i < len(found) {
			era = "" // its page tells that it had the first
		}
		if err := w.writeItem(k, era); err != nil {
			return err
		}
		if err := w.touchNeighbours([]*known{k}); err != nil {
			return err
		}
		r.facts = nil
	}
	for _, index := range indexes {
		if err := w.exec(index); err != nil {
			return err
		}
	}
	return nil
}

// manyItems are as many as it takes until an index is made faster anew.
const manyItems = 1000

// dropIndexes drops the indexes of an empty table that many items are to come
// into, and tells how to make them again: to sort all at once takes half the
// time of putting each into its place.
func (w *writer) dropIndexes(items int) (again []string, err error) {
	if !w.empty || items < manyItems {
		return nil, nil
	}
	var drop []string
	err = w.each("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'item' AND sql IS NOT NULL", func(s *sqlite.Stmt) error {
		drop, again = append(drop, "DROP INDEX "+s.ColumnText(0)), append(again, s.ColumnText(1))
		return nil
	})
	for _, query := range drop {
		if err == nil {
			err = w.exec(query)
		}
	}
	return again, err
}

// christen gives an item that has none an id and a page, both of the path at
// first sight. One taken back from a feed may have the one without the other.
func (w *writer) christen(k *known, era string) error {
	n := 1
	if k.ID == "" {
		if err := w.unused("id", w.ids, func() string { k.ID = w.id(k.Path, n, era); n++; return k.ID }); err != nil {
			return err
		}
		n-- // the page has the same number, if that is free
	}
	if k.Page == "" && k.Path != "" {
		return w.unused("folded", w.pages, func() string { k.Page = PageName(k.Path, n); n++; return fold(k.Page) })
	}
	return nil
}

// unused asks for names until one is taken neither in the ledger nor in this run.
func (w *writer) unused(column string, taken names, next func() string) error {
	for {
		name := next()
		n := int64(0)
		if !w.empty {
			var err error
			if n, err = w.number("SELECT 1 FROM item WHERE "+column+" = ?", name); err != nil {
				return err
			}
		}
		if n == 0 && !taken.has(name) {
			taken.take(name)
			return nil
		}
	}
}

// fold is a page's name on file systems that know no case.
func fold(page string) string { return strings.ToLower(page) }

// writeItem writes an item's row if that changed, and what happened to it.
func (w *writer) writeItem(k *known, era string) error {
	if err := w.christen(k, era); err != nil {
		return err
	}
	if k.enclose(); k.Enclosed != k.before.Enclosed {
		if err := w.writeStray(k.before.Enclosed, k.Enclosed); err != nil {
			return err
		}
	}
	if k.row == k.before {
		return nil
	}
	if w.put == nil {
		w.put = w.conn.Prep(`INSERT INTO item (` + rowColumns + `, folded, fresh)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (number) DO UPDATE SET id = excluded.id, path = excluded.path, state = excluded.state, page = excluded.page, due = excluded.due,
			published = excluded.published, updated = excluded.updated, released = excluded.released, title = excluded.title, lang = excluded.lang,
			size = excluded.size, stated = excluded.stated, bytes = excluded.bytes, text = excluded.text, shown = excluded.shown,
			sketch = excluded.sketch, figures = excluded.figures, source = excluded.source, authors = excluded.authors, tags = excluded.tags,
			phrases = excluded.phrases, enclosed = excluded.enclosed, folded = excluded.folded, fresh = excluded.fresh`)
	}
	k.row.bind(w.put)
	w.put.BindText(25, cmp.Or(fold(k.Page), k.ID))
	w.put.BindInt64(26, k.Fresh().Unix())
	if err := w.step(w.put); err != nil {
		return err
	}
	w.shelve(&k.before, -1)
	w.shelve(&k.row, 1)
	if err := w.writeArticle(k); err != nil {
		return err
	}
	for _, e := range k.events {
		if err := w.exec("INSERT INTO history VALUES (?, ?, ?, ?)", k.Number, w.run.Now.Unix(), e[0], e[1]); err != nil {
			return err
		}
	}
	return nil
}

// touchNeighbours has the pages done again that link to an item which came, went,
// or has another date or title now.
func (l *Ledger) touchNeighbours(items []*known) error {
	if l.first {
		return nil // all pages are due
	}
	touch := func(where string, r *row) error {
		return l.exec("UPDATE item SET due = 1 WHERE NOT due AND number = (SELECT number FROM item WHERE "+where+")", r.Published.Unix(), r.Page)
	}
	for _, k := range items {
		before, now := k.before.asNeighbour(), k.asNeighbour()
		if before == now {
			continue
		}
		for _, r := range []*row{&k.before, &k.row} {
			if r.state != standing || r == &k.before && before.place == now.place {
				continue
			}
			if err := errors.Join(touch(isOlder, r), touch(isNewer, r)); err != nil {
				return err
			}
		}
	}
	return nil
}

// shown is what other pages show of an item, and where it has its place among
// them; nothing, unless it stands.
type shown struct {
	Neighbour
	place time.Time
}

func (r *row) asNeighbour() shown {
	if r.state != standing {
		return shown{}
	}
	return shown{Neighbour{r.Page, r.title, r.Lang}, r.Published}
}

// enclose names the files that go with an item after its page, which is its own
// for good. What stands in no feed has none.
func (k *known) enclose() {
	switch {
	case k.state != standing:
		k.Enclosed = ""
	case k.taken != nil:
		media := slices.Clone(k.taken.media)
		for i := range media {
			media[i].Name = MediaName(k.Page, media[i].Name)
		}
		k.Enclosed = MediaList(media)
	}
}

// writeStray notes the files that an item had and has no more.
func (l *Ledger) writeStray(before, after List) error {
	for _, m := range (Item{Enclosed: before}).Media() {
		if err := l.exec("INSERT OR IGNORE INTO stray VALUES (?)", m.Name); err != nil {
			return err
		}
	}
	for _, m := range (Item{Enclosed: after}).Media() {
		if err := l.exec("DELETE FROM stray WHERE name = ?", m.Name); err != nil {
			return err
		}
	}
	return nil
}

// writeArticle keeps the article of an item that a feed tells and no seed does.
func (l *Ledger) writeArticle(k *known) error {
	if k.article == nil || k.taken != nil || k.state == gone {
		return nil
	}
	encoded, err := json.Marshal(k.article)
	if err != nil {
		return err
	}
	return l.exec("INSERT OR REPLACE INTO text VALUES (?, ?)", k.Number, string(encoded))
}

// writeSeeds remembers how the files were when they were read, and what they are.
func (l *Ledger) writeSeeds() error {
	for _, path := range l.gone {
		for _, table := range []string{"seed", "copy", "held"} {
			if err := l.exec("DELETE FROM "+table+" WHERE path = ?", path); err != nil {
				return err
			}
		}
	}
	for _, r := range l.readings {
		is := isItem
		switch {
		case r.copy:
			is = isCopy
		case r.held:
			is = isHeld
		}
		if err := l.writeOrigin(r); err != nil {
			return err
		}
		if err := l.writeHeld(r, is == isHeld); err != nil {
			return err
		}
		if err := l.putSeed(r.file, r.again, is); err != nil {
			return err
		}
	}
	return nil
}

// writeOrigin remembers whose copy a seed is.
func (l *Ledger) writeOrigin(r *Reading) error {
	switch number := r.original(); {
	case number != 0:
		return l.exec("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", r.file.Path, number, r.text)
	case r.copyOf != nil:
		return l.exec("DELETE FROM copy WHERE path = ?", r.file.Path)
	}
	return nil
}

// original is the number of the item that a reading is a copy of, or 0.
func (r *Reading) original() int64 {
	switch {
	case !r.copy:
		return 0
	case r.origin != nil && r.origin.item != nil:
		return r.origin.item.Number
	case r.origin != nil:
		return r.origin.number
	case r.same != nil:
		return r.same.Number
	}
	return r.copyOf.Number
}

// writeHeld remembers until when a seed is held back.
func (l *Ledger) writeHeld(r *Reading, held bool) error {
	if !held {
		if !l.holding {
			return nil
		}
		return l.exec("DELETE FROM held WHERE path = ?", r.file.Path)
	}
	if r.until == 0 {
		return l.exec("INSERT OR REPLACE INTO held VALUES (?, NULL)", r.file.Path)
	}
	return l.exec("INSERT OR REPLACE INTO held VALUES (?, ?)", r.file.Path, r.until)
}

// writeTroubles remembers what can't be read.
func (l *Ledger) writeTroubles() error {
	same := len(l.census.Trouble) == len(l.troubles)
	for _, t := range l.census.Trouble {
		same = same && !t.New
	}
	if same {
		return nil
	}
	if err := l.exec("DELETE FROM trouble"); err != nil {
		return err
	}
	for _, t := range l.census.Trouble {
		if err := l.exec("INSERT INTO trouble VALUES (?, ?, ?, ?)", t.Path, t.Reason, t.Dir, t.Since.Unix()); err != nil {
			return err
		}
	}
	return nil
}
