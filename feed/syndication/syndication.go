// Package syndication writes a Channel as feeds, and reads its own feeds back.
//
// A channel.Channel and its entries go in; a whole Atom (RFC 4287), RSS 2.0 or
// JSON Feed 1.1 document comes out, of what is current or of an archive (RFC
// 5005, section 4). On its way an entry becomes a story: the words that all
// formats say, cleaned of what XML forbids. A format only chooses their places.
// OPML lists all channels.
//
//	Entry → Tell → story → Atom, RSS, JSON
//	Entry ← recall ← story ← ReadAtom, ReadRSS
//
// The way back is for a memory that was lost: written again, what ReadAtom
// gives is the same Atom document, byte for byte. Two marks in the content make
// that possible, which a reader may throw away without harm: class="lead" on a
// lead, which is no part of the body, and class="source" on the line that
// credits the outlet.
//
// gorilla/feeds is the model and the writer. Its types carry all that they can;
// the types here embed them and add or hide what they lack or get wrong.
//
// The package is pure: the same values give the same bytes.
package syndication

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed/channel"
)

// The vocabularies that fill the formats' gaps, and their prefixes.
const (
	atomNamespace    = "http://www.w3.org/2005/Atom"              // atom
	contentNamespace = "http://purl.org/rss/1.0/modules/content/" // content
	dcNamespace      = "http://purl.org/dc/elements/1.1/"         // dc
	historyNamespace = "http://purl.org/syndication/history/1.0"  // fh, RFC 5005
	mediaNamespace   = "http://search.yahoo.com/mrss/"            // media
)

// generator has no version: an upgrade must not rewrite every feed.
const generator = "seedfeed"

// Version is that of the documents written here: it changes whenever the same
// entries give other bytes, so that feeds are written again after an upgrade.
const Version = "2"

// Published is what one of our own documents still tells of a lost memory.
// What a feed does not say is empty: an item's path, release and size, and its
// page if its article links elsewhere.
type Published struct {
	ID      string
	Title   string
	Lang    string
	Updated time.Time
	Entries []channel.Entry
}

// baseOf is the base URL that a document of the main feed was written under, by
// its own address: the base of today may be another.
func baseOf(self string) string {
	base := self[:strings.LastIndexByte(self, '/')+1]
	return strings.TrimSuffix(base, "archive/")
}

// relation is a link of a whole document.
type relation struct{ rel, href string }

// relations are a document's links to itself, the index page, its hub and the
// parts of its archive.
func relations(c channel.Channel, document string) []relation {
	links := []relation{{"self", c.URL(c.File(document))}}
	if c.Archive == 0 && c.Hub != "" && !c.Retired {
		links = append(links, relation{"hub", c.Hub})
	}
	if c.Archive > 0 {
		links = append(links, relation{"current", c.URL(c.FileOf(0, document))})
	}
	if n := previous(c); n > 0 {
		links = append(links, relation{"prev-archive", c.URL(c.FileOf(n, document))})
	}
	if c.Archive > 0 && c.Archive < c.Archives {
		links = append(links, relation{"next-archive", c.URL(c.FileOf(c.Archive+1, document))})
	}
	return links
}

// previous is the document of the archive before a document, 0 if there is none.
func previous(c channel.Channel) int {
	if c.Archive > 0 {
		return c.Archive - 1
	}
	return c.Archives
}

// home is the address of the page that shows a channel.
func home(c channel.Channel) string { return c.URL(c.FileOf(0, channel.Index)) }

// about is what a channel says of itself.
func about(c channel.Channel) string {
	if !c.Retired {
		return Clean(c.Description)
	}
	return "This feed is no longer published. Its articles are in the whole one: " + channel.Channel{Base: c.Base}.URL(channel.Atom)
}

// presence is an empty element.
type presence struct{}

// presentIf is an element that stands there or not.
func presentIf(is bool) *presence {
	if is {
		return &presence{}
	}
	return nil
}

// write makes a whole file of a feed, of that many bytes or so.
func write(feed feeds.XmlFeed, size int) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(size)
	if err := feeds.WriteXML(feed, &b); err != nil {
		return nil, fmt.Errorf("write feed: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// stamp tells an instant in whole seconds of UTC, and nothing of the zero time.
func stamp(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(layout)
}

// instant reads a stamp; one that can't be read is the zero time.
func instant(s, layout string) time.Time {
	t, err := time.Parse(layout, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
