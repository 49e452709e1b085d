package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/gofrs/uuid/v5"
	"zombiezen.com/go/sqlite"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// match decides which item each reading is. The order is that of how much
// speaks for it: an id that front matter pins, the same text (at the same place
// or another), another version at the same place, another version of a text
// whose place is gone. What is none of these is new: when in doubt, new.
func (l *Ledger) match() error {
	l.indexRecalled()
	slices.SortFunc(l.readings, func(a, b *Reading) int { return strings.Compare(a.file.Path, b.file.Path) })
	for _, r := range l.readings {
		r.pin = l.pinned(r.pin)
	}
	if !l.empty { // else none of them has to be compared
		if err := l.loadKnown(); err != nil {
			return err
		}
	}
	l.matchPinned()
	if !l.empty {
		l.matchTexts()
		l.matchPlaces()
		l.matchLost()
		l.inherit()
	}
	l.markCopies()
	return nil
}

// indexRecalled makes what was taken back from a feed quick to find.
func (l *Ledger) indexRecalled() {
	l.texts, l.hasPages = map[int64][]*known{}, map[string]bool{}
	for _, k := range l.recalled {
		l.texts[k.text] = append(l.texts[k.text], k)
		l.hasPages[k.Page] = true
	}
}

// atPath finds the item whose seed stands at a path, by the index item_here.
const atPath = "path = ? AND path <> '' AND state <> 'gone'"

// loadKnown finds the items that the readings may be, and what to compare them by.
func (l *Ledger) loadKnown() (err error) {
	for _, r := range l.readings {
		if r.facts, err = l.factsOf(r); err != nil {
			return err
		}
		r.titleKey = article.Key(r.title)
	}
	for _, path := range l.gone {
		if err := l.load(func(k *known) { k.lost = true }, atPath, path); err != nil {
			return err
		}
	}
	recalled := l.recalledPlaces()
	for _, r := range l.readings {
		r.here = recalled(r.file.Path)
		if err := l.load(func(k *known) { r.here = k }, atPath, r.file.Path); err != nil {
			return err
		}
		if r.here == nil {
			// The last story that stood here; it may come back.
			err := l.load(func(k *known) { r.here = k }, "number = (SELECT max(number) FROM item WHERE path = ? AND state = 'gone')", r.file.Path)
			if err != nil {
				return err
			}
		}
		if r.here != nil && r.here.state != gone {
			r.here.owner = r
		}
		if err := l.loadOrigin(r, "path = ?", r.file.Path); err != nil {
			return err
		}
		if r.pin != "" {
			if err := l.load(func(*known) {}, "id = ?", r.pin); err != nil {
				return err
			}
		}
	}
	for _, r := range l.readings { // after all owners are known
		if err := l.loadSame(r); err != nil {
			return err
		}
		if r.same == nil && r.copyOf == nil {
			// The copy of what an item was before an edit may have moved.
			if err := l.loadOrigin(r, "text = ?", r.text); err != nil {
				return err
			}
		}
	}
	return nil
}

// load reads items; each is known once.
func (l *Ledger) load(found func(*known), where string, args ...any) error {
	return l.each("SELECT "+rowColumns+" FROM item WHERE "+where, func(s *sqlite.Stmt) error {
		k := l.known[s.ColumnInt64(0)]
		if k == nil {
			r := scanRow(s)
			k = &known{row: r, before: r}
			l.known[r.Number] = k
		}
		found(k)
		return nil
	}, args...)
}

// loadOrigin finds what a reading is known to be a copy of.
func (l *Ledger) loadOrigin(r *Reading, where string, value any) error {
	var item int64
	err := l.each("SELECT item, text FROM copy WHERE "+where, func(s *sqlite.Stmt) error {
		item, r.copied = s.ColumnInt64(0), s.ColumnInt64(1)
		return nil
	}, value)
	if err != nil || item == 0 {
		return err
	}
	return l.load(func(k *known) { r.copyOf = k }, "number = ?", item)
}

// loadSame finds the item that has a reading's text: better one at the same
// place than elsewhere, better one that stands than one that is gone.
func (l *Ledger) loadSame(r *Reading) error {
	better := func(k *known) {
		if r.same == nil || k == r.here || r.same != r.here && r.same.state == gone && k.state != gone {
			r.same = k
		}
	}
	for _, k := range l.texts[r.text] {
		better(k)
	}
	return l.load(better, "text = ?", r.text)
}

// matchPinned finds the items whose ids front matter pins. If several seeds
// claim one id, the one that has it keeps it, else the first gets it.
func (l *Ledger) matchPinned() {
	byID, claimed := map[string]*known{}, map[string]*Reading{}
	for _, k := range l.all() {
		byID[k.ID] = k
		if k.owner != nil && k.owner.pin == k.ID {
			claimed[k.ID] = k.owner
		}
	}
	for _, r := range l.readings {
		k := byID[r.pin]
		switch first := claimed[r.pin]; {
		case r.pin == "":
		case first != nil && first != r:
			l.census.Clashes = append(l.census.Clashes, Clash{r.file.Path, r.pin, first.file.Path})
			r.pin = ""
		case k != nil && !k.free():
			l.census.Clashes = append(l.census.Clashes, Clash{r.file.Path, r.pin, k.Path})
			r.pin = ""
		default:
			claimed[r.pin] = r
			r.take(k)
			r.rename()
		}
	}
}

// rename gives the item that stood here the id that its front matter now pins.
// To subscribers it is another one; its page and dates stay.
func (r *Reading) rename() {
	if k := r.here; r.item == nil && k != nil && k.state != gone && k.stays(r) {
		if r.take(k); r.item == k {
			k.note("renamed", k.ID)
			k.ID = r.pin
		}
	}
}

// free reports whether an item may have another seed than before: nothing is
// known of the one it had.
func (k *known) free() bool { return k.state == gone || k.lost || k.owner != nil || k.Path == "" }

// all are the items this run may have to do with, in no order.
func (l *Ledger) all() []*known {
	list := slices.Collect(maps.Values(l.known))
	for _, k := range l.recalled {
		if k.Number == 0 {
			list = append(list, k)
		}
	}
	return list
}

// take makes a reading an item, if it is free.
func (r *Reading) take(k *known) {
	if k != nil && k.free() && k.taken == nil && r.item == nil {
		r.item, k.taken = k, r
	}
}

// open reports whether nothing is decided of a reading yet. One whose id is
// pinned is the item of that id or a new one.
func (r *Reading) open() bool { return r.item == nil && !r.copy && r.pin == "" }

// matchTexts finds the same texts: first those that stayed, then those that
// moved, as when an export numbers its files anew. A new file moved rather than
// that a copy came to stand for it.
func (l *Ledger) matchTexts() {
	for _, r := range l.readings {
		if r.open() && r.same != nil && r.same == r.here {
			r.take(r.same)
		}
	}
	for _, wasCopy := range []bool{false, true} {
		for _, r := range l.readings {
			if k := r.same; r.open() && k != nil && wasCopy == (r.copyOf == k) {
				if k.owner == nil || k.owner.left(k, r) {
					r.take(k)
				}
				r.copy = r.item == nil
			}
		}
	}
}

// left reports whether what was read at an item's place is not that item any
// more, so that the same text elsewhere is. But an edit stays the item, and the
// old text elsewhere is a backup of it: of a new file that has to be sure, a
// copy was one before.
func (r *Reading) left(k *known, elsewhere *Reading) bool {
	switch {
	case r.text == k.text:
		return false
	case r.pin != "" || r.same != nil:
		return true
	case elsewhere.copyOf == k:
		return k.conflicts(r) || !k.stays(r)
	}
	return !k.kin(r, surely)
}

// matchPlaces finds other versions where the items stood.
func (l *Ledger) matchPlaces() {
	for _, r := range l.readings {
		if k := r.here; r.open() && k != nil && (k.state != gone && k.stays(r) || k.state == gone && k.kin(r, moved)) {
			r.take(k)
		}
	}
}

// matchLost finds other versions of items whose place is gone, the most alike first.
func (l *Ledger) matchLost() {
	byTitle, byDay := map[string][]*known{}, map[string][]*known{}
	for _, k := range l.all() {
		if k.taken != nil || k.state == gone || !k.free() {
			continue
		}
		key := article.Key(k.title)
		byTitle[key] = append(byTitle[key], k)
		if len(k.stated) >= dayLength {
			day := k.stated[:dayLength]
			byDay[day] = append(byDay[day], k)
		}
	}
	if len(byTitle) == 0 {
		return
	}
	for _, r := range l.readings {
		if !r.open() || r.copyOf != nil && r.text == r.copied {
			continue
		}
		candidates := slices.Clone(few(byTitle[r.titleKey]))
		if len(r.stated) >= dayLength {
			candidates = append(candidates, few(byDay[r.stated[:dayLength]])...)
		}
		var best *known
		for _, k := range candidates {
			if k.taken == nil && k.kin(r, moved) && (best == nil || k.sketch.share(r.sketch) > best.sketch.share(r.sketch)) {
				best = k
			}
		}
		r.take(best)
	}
}

// few keeps ten thousand stories of one title from being compared with as many.
func few(list []*known) []*known { return list[:min(len(list), 100)] }

// inherit gives the items that nobody took to their copies. A copy whose own
// text stayed is one still, even if the item's was edited since.
func (l *Ledger) inherit() {
	for _, r := range l.readings {
		if k := r.copyOf; r.open() && k != nil && r.text == r.copied {
			r.take(k)
			r.copy = r.item == nil
		}
	}
}

// markCopies makes one item of the same new text at several places: the first by path.
func (l *Ledger) markCopies() {
	first := map[int64]*Reading{}
	for _, r := range l.readings {
		if r.item != nil {
			first[r.text] = r
		}
	}
	for _, r := range l.readings {
		if r.held || !r.open() {
			continue // it may be released, or not
		}
		if first[r.text] == nil {
			first[r.text] = r
			continue
		}
		r.copy, r.origin = true, first[r.text]
	}
}

// goodID is an id that every reader takes as it is: a web address, a tag (RFC
// 4151) or a URN (RFC 8141) other than a UUID, in plain ASCII.
var goodID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(https?://[!#-.0-;=?-Z_a-z~][!#-;=?-Z_a-z~]*|tag:[\w.@-]+,\d{4}(-\d\d(-\d\d)?)?:[!#-;=?-Z_a-z~]*|urn:[a-tv-z0-9][a-z0-9-]+:[!#-;=?-Z_a-z~]+)$`)
})

// pinned is the id that front matter asks for: an IRI (RFC 4287, section
// 4.2.6) as it is, any other word by way of the collection.
func (l *Ledger) pinned(id string) string {
	if id == "" {
		return ""
	}
	if parsed, err := uuid.FromString(id); err == nil {
		return urn(parsed)
	}
	if goodID().MatchString(id) {
		return id
	}
	if address := webID(id); address != "" {
		return address
	}
	return urn(uuid.NewV5(l.collection, "id\n"+id))
}

// webID is a web address as an id: what is not ASCII in it encoded, all else as it is.
func webID(id string) string {
	u, err := url.Parse(id)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || !goodID().MatchString(u.String()) {
		return ""
	}
	return u.String()
}

// id is UUIDv5 of the collection and the path at first sight, with the number
// of the story at that path from the second on (RFC 9562, section 5.5). Once a
// ledger was lost nobody knows which of these were used, so they get the time
// of the loss as well.
func (l *Ledger) id(path string, number int, era string) string {
	name := path
	if number > 1 || era != "" {
		name = fmt.Sprintf("%s\n%d", path, number)
	}
	if era != "" {
		name += "\n" + era
	}
	return urn(uuid.NewV5(l.collection, name))
}

// recalledPlaces tells the latest story that a published feed knows at a path:
// by the id that is made of it, else by its page, whose name has the number of
// the story.
func (l *Ledger) recalledPlaces() func(path string) *known {
	byID, byPage := map[string]*known{}, map[string]*known{}
	for _, k := range l.recalled {
		byID[k.ID] = k
		stem, n := pageStem(k.Page), pageNumber(k.Page)
		if n > 1 {
			stem = strings.TrimSuffix(stem, fmt.Sprintf("-%d", n))
		}
		if first := byPage[stem]; k.Page != "" && (first == nil || n > pageNumber(first.Page)) {
			byPage[stem] = k
		}
	}
	return func(path string) *known {
		return cmp.Or(byPage[pageStem(PageName(path, 1))], byID[l.id(path, 1, "")])
	}
}

// mayBeUnreadable reports whether the seed of a recalled item may be one that
// can't be read today: unreadable is not deleted.
func (l *Ledger) mayBeUnreadable(k *known) bool {
	return slices.ContainsFunc(l.unread, func(u seed.Unreadable) bool {
		return MayBePage(k.Page, u.Path, u.Dir) || k.ID == l.id(u.Path, 1, "")
	})
}
