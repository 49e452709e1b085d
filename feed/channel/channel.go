// Package channel decides which items stand in which document.
//
// Items (no bodies) and rules go in; Channels come out. It is pure: what stands
// in a document depends on the items alone, never on the clock.
package channel

import (
	"slices"
	"time"

	"seedfeed/feed/ledger"
)

// Channel is one feed as its documents (Atom, RSS, index page) share it.
type Channel struct {
	ID          string // urn:uuid:…, never changes
	Title       string
	Description string
	Base        string    // the public address of out/, with a slash at its end
	Lang        string    // of most items; empty when it can't be told
	Updated     time.Time // the run that last changed its content
	Pages       bool      // articles have pages of their own to link to
	Items       []ledger.Item
}

// Entry is an item with its text.
type Entry = ledger.Entry

// Rule says how much stands in a document. The zero value puts everything in.
type Rule struct {
	Limit  int           // at least the newest so many; 0 means all, whatever their size
	Window time.Duration // and all that was released or updated so long before the newest
}

// What a document holds at the most beyond its limit: readers fetch it whole,
// again and again, and some refuse more.
const (
	MostItems = 500
	MostBytes = 2 << 20
)

// perItem is about what an item costs in a document besides its text, in bytes.
const perItem = 1500

// Arrange puts the items that a rule asks for into the channel, the newest
// released or really updated first. It tells how many fell inside the window
// and found no room.
func (c *Channel) Arrange(items []ledger.Item, rule Rule) (left int) {
	items = slices.Clone(items)
	slices.SortStableFunc(items, ledger.Item.Compare)
	n := len(items)
	if rule.Limit > 0 {
		n, left = rule.cut(items)
	}
	c.Items = items[:n]
	c.Lang = language(c.Items, c.Lang)
	return left
}

// cut is how many of the sorted items stand in a document, and how many more
// the window would have held.
func (r Rule) cut(items []ledger.Item) (n, left int) {
	if len(items) <= r.Limit {
		return len(items), 0
	}
	size := 0
	since := items[0].Fresh().Add(-r.Window)
	for n < len(items) && (n < r.Limit || !items[n].Fresh().Before(since)) {
		size += items[n].Size + perItem
		if n >= r.Limit && (n >= MostItems || size > MostBytes) {
			break
		}
		n++
	}
	for i := n; i < len(items) && !items[i].Fresh().Before(since); i++ {
		left++
	}
	return n, left
}

// language is that of most items. A feed's language changes only on a clear
// margin: readers file feeds by it.
func language(items []ledger.Item, before string) string {
	count := map[string]int{}
	most := ""
	for _, it := range items {
		count[it.Lang]++
		if c := count[it.Lang]; it.Lang != "" && (c > count[most] || most == "" || c == count[most] && it.Lang < most) {
			most = it.Lang
		}
	}
	if before != "" && most != before && count[before] > 0 && count[most]*10 < len(items)*6 {
		return before
	}
	return most
}
