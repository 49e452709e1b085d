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

// Kinds are all of them, in the order in which they are shown.
var Kinds = []Kind{ByQuery, BySource, ByLang, ByFolder, ByTag}

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
	Icon, Logo  string         // addresses of pictures: a small square one, and one twice as wide as high
	Hub         string         // address of a WebSub hub that is told of every change
	Base        string         // the public address of out/, with a slash at its end
	Lang        string         // of most items; empty when it can't be told
	Updated     time.Time      // the run that last changed its content
	Pages       bool           // articles have pages of their own to link to
	Stylesheet  string         // the name under out/ of one that its owner wrote for the pages; empty for none
	Zone        *time.Location `json:"-"` // of the days that people see; nil is UTC
	Retired     bool           // it is no longer asked for: its documents say so, and hold nothing
	Archive     int            // the number of this document of the archive, from 1; 0 is the current one
	Archives    int            // how many there are
	Complete    bool           // it holds everything there is
	Tally       Tally          // of all that is the channel's
	Parts       []Part         // of the main one: the feeds beside it
	Items       []*ledger.Item
}

// Part is a feed beside the main one.
type Part struct {
	Kind   Kind
	Title  string
	Folder string // under out/, with a slash at its end
	Count  int    // of its articles
}

// Tally counts articles, and how many of the last days were published on each.
type Tally struct {
	Total int
	Last  int     // the day of the newest, in days since 1970
	Days  [90]int // up to that
}

// add counts articles of a day.
func (t *Tally) add(day, articles int) {
	if ahead := day - t.Last; t.Total == 0 || ahead > 0 {
		kept := copy(t.Days[:], t.Days[min(max(ahead, 0), len(t.Days)):])
		clear(t.Days[kept:])
		t.Last = day
	}
	t.Total += articles
	if i := len(t.Days) - 1 - (t.Last - day); i >= 0 {
		t.Days[i] += articles
	}
}

// TallyDays is how many days a Tally reaches back, with a day for the zones.
const TallyDays = len(Tally{}.Days) + 1

// tallyOf counts all that stands in feeds.
func tallyOf(stock ledger.Stock, zone *time.Location) (t Tally) {
	for _, q := range stock.Quarters {
		t.add(dayOf(q.Begin, zone), q.Items)
	}
	t.Total = 0
	for _, a := range stock.Archives {
		t.Total += a.Items
	}
	return t
}

// dayOf is the day of a time in a zone, in days since 1970.
func dayOf(t time.Time, zone *time.Location) int {
	y, m, d := t.In(cmp.Or(zone, time.UTC)).Date()
	const seconds = 24 * 60 * 60
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / seconds)
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
	left  int       // items inside the window that found no room
	shut  bool      // no more come
}

// count offers a column whose tally is its own the next item, with its day.
func (c *column) count(it *ledger.Item, day int) {
	c.Tally.add(day, 1)
	c.take(it)
}

// take offers the column its next item, the newest released or really updated first.
func (c *column) take(it *ledger.Item) {
	if c.shut {
		return
	}
	if len(c.Items) == 0 {
		c.since = it.Fresh().Add(-c.rule.Window)
	}
	c.size += it.Size + perItem
	switch n := len(c.Items); {
	case c.rule.Limit == 0 || n < c.rule.Limit:
	case it.Fresh().Before(c.since):
		c.shut = true
		return
	case c.left > 0 || n >= MostItems || c.size > MostBytes:
		c.left++
		return
	}
	c.Items = append(c.Items, it)
}

// finish is the channel once all items were offered.
func (c *column) finish() Channel {
	if c.Tongue(); c.lang != "" {
		c.Lang = c.lang
	}
	c.Complete = c.Tally.Total == len(c.Items)
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
