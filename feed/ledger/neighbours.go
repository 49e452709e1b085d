package ledger

import (
	"cmp"
	"slices"

	"zombiezen.com/go/sqlite"
)

// Neighbour is an item as the page beside it shows it.
type Neighbour struct{ Page, Title, Lang string }

// The items next to a date and a page. Dates come first, as a reader expects;
// of one date it is the page's name, for a ledger that was lost and taken back
// knows no other order.
const (
	isOlder = "state = 'standing' AND (published, page) < (?, ?) ORDER BY published DESC, page DESC LIMIT 1"
	isNewer = "state = 'standing' AND (published, page) > (?, ?) ORDER BY published, page LIMIT 1"
)

// dateRow is items in the order of their dates: a part of it that was looked up, since whoever asks for
// the neighbours of one item often asks for those of the next.
type dateRow struct {
	items      []dated
	begin, end bool // nothing comes before, or behind
	ahead      int  // so many were looked up
}

// dated is an item in such a row.
type dated struct {
	published int64
	Neighbour
}

func (d dated) compare(e dated) int {
	return cmp.Or(cmp.Compare(d.published, e.published), cmp.Compare(d.Page, e.Page))
}

// mostAhead is how many items are looked up at once.
const mostAhead = 256

// Neighbours are the items that were published just before and just after one;
// empty where there is none. Nothing may have been decided between two calls.
func (l *Ledger) Neighbours(it Item) (older, newer Neighbour, err error) {
	own := dated{it.Published.Unix(), Neighbour{Page: it.Page}}
	r := &l.row
	i, found := slices.BinarySearchFunc(r.items, own, dated.compare)
	if !found || i == 0 && !r.begin || i == len(r.items)-1 && !r.end {
		if r.ahead = min(2*r.ahead, mostAhead); !found {
			r.ahead = 2
		}
		if err := l.look(own); err != nil {
			return Neighbour{}, Neighbour{}, err
		}
		i, _ = slices.BinarySearchFunc(r.items, own, dated.compare)
	}
	if i > 0 {
		older = r.items[i-1].Neighbour
	}
	if i+1 < len(r.items) {
		newer = r.items[i+1].Neighbour
	}
	return older, newer, nil
}

// look looks up an item, the one before it and some behind it.
func (l *Ledger) look(own dated) error {
	r := &l.row
	r.items = r.items[:0]
	take := func(s *sqlite.Stmt) error {
		r.items = append(r.items, dated{s.ColumnInt64(0), Neighbour{s.ColumnText(1), s.ColumnText(2), s.ColumnText(3)}})
		return nil
	}
	const query = "SELECT published, page, title, lang FROM item WHERE "
	if err := l.each(query+isOlder, take, own.published, own.Page); err != nil {
		return err
	}
	r.begin = len(r.items) == 0
	before := len(r.items)
	err := l.each(query+"state = 'standing' AND (published, page) >= (?, ?) ORDER BY published, page LIMIT ?", take, own.published, own.Page, r.ahead)
	r.end = len(r.items)-before < r.ahead
	return err
}
