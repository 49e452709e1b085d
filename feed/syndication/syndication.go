// Package syndication writes a Channel as feeds, and reads its own feeds back.
//
// A channel.Channel and its entries go in; a whole Atom (RFC 4287) or RSS 2.0
// document comes out. On its way an entry becomes a story: the words that both
// formats say, cleaned of what XML forbids. A format only chooses their places.
//
//	Entry → tell → story → Atom, RSS
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

// The names of a channel's documents, which subscribers hold.
const (
	AtomName  = "atom.xml"
	RSSName   = "rss.xml"
	IndexName = "index.html"
)

// generator has no version: an upgrade must not rewrite every feed.
const generator = "seedfeed"

// Version is that of the documents written here: it changes whenever the same
// entries give other bytes, so that feeds are written again after an upgrade.
const Version = "1"

// Published is what one of our own documents still tells of a lost memory.
// What a feed does not say is empty: an item's path, release and size, and its
// page if its article links elsewhere.
type Published struct {
	ID      string
	Lang    string
	Updated time.Time
	Entries []channel.Entry
}

// baseOf is the base URL a document was written under, by its own address: the
// base of today may be another.
func baseOf(self, name string) string {
	base, ok := strings.CutSuffix(self, name)
	if !ok {
		return ""
	}
	return base
}

// document is a whole file of a feed.
func document(feed feeds.XmlFeed) ([]byte, error) {
	var b bytes.Buffer
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
