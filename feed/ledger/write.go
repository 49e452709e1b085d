package ledger

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
)

// write puts what was decided into the transaction: the items new to the ledger
// in their order, then all that changed.
func (l *Ledger) write(unnumbered []*known) error {
	number, err := l.number("SELECT max(number) FROM item")
	if err != nil {
		return err
	}
	if number == 0 { // nothing is known that may have a published archive's numbers
		number = l.restore()
	}
	for _, k := range unnumbered {
		if k.Number == 0 {
			number++
			k.Number = number
			l.known[number] = k
		}
	}
	items := slices.SortedFunc(maps.Values(l.known), func(a, b *known) int { return cmp.Compare(a.Number, b.Number) })
	if err := l.christen(items); err != nil {
		return err
	}
	for _, k := range items {
		if k.enclose(); k.Enclosed == k.before.Enclosed {
			continue
		}
		if err := l.writeStray(k.before.Enclosed, k.Enclosed); err != nil {
			return err
		}
	}
	if err := l.writeItems(items); err != nil {
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

// christen gives the items that have none an id and a page, both of the path at
// first sight. An item taken back from a feed may have the one without the other.
func (l *Ledger) christen(items []*known) error {
	lost, err := l.value("SELECT value FROM setting WHERE name = 'lost'")
	if err != nil {
		return err
	}
	pages, ids := map[string]bool{}, map[string]bool{}
	for _, k := range items {
		pages[fold(k.Page)], ids[k.ID] = true, true
	}
	for _, k := range items {
		n := 1
		if k.ID == "" {
			era := lost
			if k.old {
				era = "" // its page tells that it had the first
			}
			err := l.unused("id", ids, func() string { k.ID = l.id(k.Path, n, era); n++; return k.ID })
			if err != nil {
				return err
			}
			n-- // the page has the same number, if that is free
		}
		if k.Page == "" && k.Path != "" {
			err := l.unused("folded", pages, func() string { k.Page = PageName(k.Path, n); n++; return fold(k.Page) })
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// unused asks for names until one is taken neither in the ledger nor in this run.
func (l *Ledger) unused(column string, names map[string]bool, next func() string) error {
	for {
		name := next()
		taken, err := l.number("SELECT 1 FROM item WHERE "+column+" = ?", name)
		if err != nil {
			return err
		}
		if taken == 0 && !names[name] {
			names[name] = true
			return nil
		}
	}
}

// fold is a page's name on file systems that know no case.
func fold(page string) string { return strings.ToLower(page) }

// writeItems writes the rows that changed, and what happened to them. Paths are
// let go of first, for two items may have changed places.
func (l *Ledger) writeItems(items []*known) error {
	leave := l.conn.Prep("UPDATE item SET path = '' WHERE number = ?")
	for _, k := range items {
		if k.before.Number != 0 && (k.row.Path != k.before.Path || k.row.state != k.before.state) {
			leave.BindInt64(1, k.Number)
			if err := l.step(leave); err != nil {
				return err
			}
		}
	}
	put := l.conn.Prep(`INSERT INTO item (` + rowColumns + `, folded, fresh)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (number) DO UPDATE SET id = excluded.id, path = excluded.path, state = excluded.state, page = excluded.page, due = excluded.due,
		published = excluded.published, updated = excluded.updated, released = excluded.released, title = excluded.title, lang = excluded.lang,
		size = excluded.size, stated = excluded.stated, bytes = excluded.bytes, text = excluded.text, shown = excluded.shown,
		sketch = excluded.sketch, figures = excluded.figures, source = excluded.source, authors = excluded.authors, tags = excluded.tags,
		phrases = excluded.phrases, enclosed = excluded.enclosed, folded = excluded.folded, fresh = excluded.fresh`)
	for _, k := range items {
		if k.row == k.before {
			continue
		}
		k.row.bind(put)
		put.BindText(25, cmp.Or(fold(k.Page), k.ID))
		put.BindInt64(26, k.Fresh().Unix())
		if err := l.step(put); err != nil {
			return err
		}
		if err := l.writeArticle(k); err != nil {
			return err
		}
		for _, e := range k.events {
			if err := l.exec("INSERT INTO history VALUES (?, ?, ?, ?)", k.Number, l.run.Now.Unix(), e[0], e[1]); err != nil {
				return err
			}
		}
	}
	return l.touchNeighbours(items)
}

// touchNeighbours has the pages done again that link to an item which came, went,
// or has another date or title now.
func (l *Ledger) touchNeighbours(items []*known) error {
	if l.empty {
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
		media := make([]Media, len(k.taken.media))
		for i, m := range k.taken.media {
			media[i] = Media{Name: MediaName(k.Page, m.Ending), Type: m.Type, Size: m.Size}
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
		switch _, holds := r.heldUntil(l.run); {
		case r.copy:
			is = isCopy
		case holds:
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
	switch k := r.original(); {
	case k != nil:
		return l.exec("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", r.file.Path, k.Number, r.text)
	case r.copyOf != nil:
		return l.exec("DELETE FROM copy WHERE path = ?", r.file.Path)
	}
	return nil
}

// original is the item that a reading is a copy of, or nil.
func (r *Reading) original() *known {
	switch {
	case !r.copy:
		return nil
	case r.origin != nil:
		return r.origin.item
	case r.same != nil:
		return r.same
	}
	return r.copyOf
}

// writeHeld remembers until when a seed is held back.
func (l *Ledger) writeHeld(r *Reading, held bool) error {
	if !held {
		if !l.holding {
			return nil
		}
		return l.exec("DELETE FROM held WHERE path = ?", r.file.Path)
	}
	until, _ := r.heldUntil(l.run)
	if until.IsZero() {
		return l.exec("INSERT OR REPLACE INTO held VALUES (?, NULL)", r.file.Path)
	}
	return l.exec("INSERT OR REPLACE INTO held VALUES (?, ?)", r.file.Path, until.Unix())
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
