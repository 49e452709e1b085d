// Package channel decides which items stand in which document.
//
// Items (no bodies) and rules go in; Channels come out. It is pure: what stands
// in a document depends on the items alone, never on the clock.
package channel

import (
	"iter"
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

// Arrange puts the items that a rule asks for into the channel; they come with
// the newest released or really updated first. It tells how many fell inside
// the window and found no room.
func (c *Channel) Arrange(newest iter.Seq2[ledger.Item, error], rule Rule) (left int, err error) {
	c.Items = nil
	size := 0
	var since time.Time
	for it, err := range newest {
		if err != nil {
			return 0, err
		}
		if len(c.Items) == 0 {
			since = it.Fresh().Add(-rule.Window)
		}
		size += it.Size + perItem
		switch n := len(c.Items); {
		case rule.Limit == 0 || n < rule.Limit:
			c.Items = append(c.Items, it)
		case it.Fresh().Before(since):
			c.Lang = language(c.Items, c.Lang)
			return left, nil
		case left > 0 || n >= MostItems || size > MostBytes:
			left++
		default:
			c.Items = append(c.Items, it)
		}
	}
	c.Lang = language(c.Items, c.Lang)
	return left, nil
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
