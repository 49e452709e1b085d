package ledger

import (
	"cmp"
	"strings"
	"time"

	"seedfeed/feed/article"
)

// Item is what is remembered of an article: who it is and when it was. It holds no text.
type Item struct {
	ID        string    // urn:uuid:…, for good
	Path      string    // the seed's path under seeds/, with slashes, in NFC
	Page      string    // the page's name under out/, given once
	Published time.Time // frozen at first sight
	Updated   time.Time // the last change that a subscriber can see
	Released  time.Time // when subscribers got it first
	Lang      string
	Size      int // of the text, in bytes
}

// Fresh is what orders a feed: the newest released or really updated item comes first.
func (i Item) Fresh() time.Time {
	if i.Updated.After(i.Released) {
		return i.Updated
	}
	return i.Released
}

// Compare is negative if i stands before j in a feed, positive if behind it.
func (i Item) Compare(j Item) int {
	return cmp.Or(j.Fresh().Compare(i.Fresh()), j.Published.Compare(i.Published), strings.Compare(i.Path, j.Path))
}

// Entry is an item with its text.
type Entry struct {
	Item    Item
	Article *article.Article
}
