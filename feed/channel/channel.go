// Package channel decides which items stand in which document.
//
// Items (no bodies) and rules go in; Channels come out. It is pure: what stands
// in a document depends on the items alone, never on the clock.
package channel

import (
	"cmp"
	"time"

	"seedfeed/feed/ledger"
)

// Kind is what a feed is made of. The main feed has none.
type Kind string

const (
	BySource Kind = "source" // of one outlet
	ByLang   Kind = "lang"
	ByFolder Kind = "folder" // of the seeds, and those below it
	ByTag    Kind = "tag"
	ByQuery  Kind = "query" // what its owner asked for
)

// Channel is one feed as its documents (Atom, RSS, JSON, index page) share it,
// or one document of its archive.
type Channel struct {
	Kind        Kind
	Name        string // with Kind: its folder is feeds/<kind>/<name>/
	ID          string // urn:uuid:…, never changes
	Title       string
	Description string
	Author      string // of the whole; empty: its title speaks for it
	Copyright   string
	Icon, Logo  string    // addresses of pictures: a small square one, and one twice as wide as high
	Hub         string    // address of a WebSub hub that is told of every change
	Base        string    // the public address of out/, with a slash at its end
	Lang        string    // of most items; empty when it can't be told
	Updated     time.Time // the run that last changed its content
	Pages       bool      // articles have pages of their own to link to
	Retired     bool      // it is no longer asked for: its documents say so, and hold nothing
	Archive     int       // the number of this document of the archive, from 1; 0 is the current one
	Archives    int       // how many there are
	Complete    bool      // it holds everything there is
	Parts       []Part    // of the main one: the feeds beside it
	Items       []*ledger.Item
}

// Part is a feed beside the main one.
type Part struct {
	Kind   Kind
	Title  string
	Folder string // under out/, with a slash at its end
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

// column is a channel that is being filled.
type column struct {
	Channel
	rule  Rule
	lang  string    // its owner's word; empty: that of most items
	since time.Time // the window opens
	size  int       // of the items so far, in bytes
	found int       // items that are the channel's, whether they stand in it or not
	left  int       // items inside the window that found no room
	shut  bool      // no more come
}

// take offers the column its next item, the newest released or really updated
// first, and reports whether it stands in the channel.
func (c *column) take(it *ledger.Item) bool {
	if c.found++; c.found == 1 {
		c.since = it.Fresh().Add(-c.rule.Window)
	}
	if c.shut {
		return false
	}
	c.size += it.Size + perItem
	switch n := len(c.Items); {
	case c.rule.Limit == 0 || n < c.rule.Limit:
	case it.Fresh().Before(c.since):
		c.shut = true
		return false
	case c.left > 0 || n >= MostItems || c.size > MostBytes:
		c.left++
		return false
	}
	c.Items = append(c.Items, it)
	return true
}

// finish is the channel once all items were offered.
func (c *column) finish() Channel {
	if c.Tongue(); c.lang != "" {
		c.Lang = c.lang
	}
	c.Complete = c.found == len(c.Items)
	return c.Channel
}

// Tongue sets the language that the channel's items have made it.
func (c *Channel) Tongue() { c.Lang = cmp.Or(language(c.Items, c.Lang), c.Lang) }

// language is that of most items. A feed's language changes only on a clear
// margin: readers file feeds by it.
func language(items []*ledger.Item, before string) string {
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
