// Package feed turns a folder of articles into feeds that people subscribe to.
//
// An article makes one journey, and every stop is a package:
//
//	seed         a file becomes a Document: found, read once, decoded to UTF-8
//	article      a Document becomes an Article: title, lead, source, byline, body
//	ledger       an Article becomes an Item: its id and dates for good
//	channel      Items are arranged into Channels: who stands in which document
//	syndication  a Channel becomes atom.xml and rss.xml
//	site         a Channel becomes index.html and a page an article
//	publish      what changed appears in out/, whole or not at all
//
// Build walks it twice: once for what is new, once for what that touches.
package feed

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// Memory is all that a build asks of its memory.
type Memory interface {
	// Collection is the id of the collection and its main feed.
	Collection() string
	// Published is the run that last changed the feed, zero before the first.
	Published() time.Time
	// Compare lists the seeds that have to be read.
	Compare(listing seed.Listing) []seed.File
	// Remember takes in what was read of a seed.
	Remember(path string, modTime time.Time, a *article.Article)
	// Items tells who all of them are.
	Items(run ledger.Run) ([]ledger.Item, ledger.Census)
	// Entry is an item with its text.
	Entry(item ledger.Item) ledger.Entry
}

// Store is all that a build asks of the place it publishes to. What is staged
// appears when Publish says so, whole or not at all.
type Store interface {
	Read(name string) ([]byte, error)
	Has(name string) bool
	Stage(name string, content []byte) (changed bool, err error)
	Sweep(dir string, keep func(name string) bool) error
	Publish() (written int, err error)
	Discard() error
}

// Options says what to build.
type Options struct {
	Title   string         // of the feed
	Base    string         // the public address of the store, with a slash at its end
	Lang    string         // the feed's language before this run, empty if there was none
	Limit   int            // at least the newest so many items stand in the feed; 0 means all
	Window  time.Duration  // and all that came so long before the newest
	Pages   bool           // write a page for each article
	Settle  time.Duration  // a file younger than this may still be being written
	MaxSize int64          // of a seed, in bytes
	Zone    *time.Location // of dates that state none
	Now     time.Time      // the time of the run, as documents state it
	Clock   seed.Clock     // the wall clock, to wait for young files by

	// Read understands the text of the seed at path; nil means article.Read.
	Read func(path, text string) (*article.Article, error)
}

// Report says what a build did.
type Report struct {
	ledger.Census
	Unreadable []seed.Unreadable
	Warnings   []string // for people, one a line
	Written    int      // files
}

// ErrNoArticles says that no seed could be read, so nothing was published.
// Where every article is held back there are some: their feed is an empty one.
var ErrNoArticles = errors.New("no article found")

// Build reads what is new under seeds and publishes what that touches. If it
// fails, the store is as it was.
func Build(ctx context.Context, o Options, seeds fs.FS, memory Memory, out Store) (Report, error) {
	b := build{Options: o, seeds: seeds, memory: memory, out: out}

	// 1 what is new
	listing, err := seed.List(seeds, o.MaxSize)
	if err != nil {
		return b.report, err
	}
	listing.Files = seed.Settle(ctx, seeds, memory.Compare(listing), o.Settle, o.Clock)
	if err := b.understand(ctx, listing, memory.Remember); err != nil {
		return b.report, err
	}
	items, census := memory.Items(b.run())
	b.report.Census = census
	if len(items)+census.Held == 0 {
		return b.report, ErrNoArticles
	}

	// 2 what it touches
	main, left := b.arrange(items)
	if err := b.pages(ctx, main, items); err != nil {
		return b.report, errors.Join(err, out.Discard())
	}
	if err := b.documents(main); err != nil {
		return b.report, errors.Join(err, out.Discard())
	}
	b.report.Written, err = out.Publish()
	if left > 0 && b.report.Written > 0 {
		b.warnf("%d new articles found no room in the feed: beyond the newest %d it holds at most %d or %d MiB",
			left, b.Limit, channel.MostItems, channel.MostBytes>>20)
	}
	return b.report, err
}

// arrange makes the main channel of all items. It tells how many found no room.
func (b *build) arrange(items []ledger.Item) (c channel.Channel, left int) {
	c = channel.Channel{ID: b.memory.Collection(), Title: b.Title, Base: b.Base, Pages: b.Pages,
		Lang: b.Lang, Updated: b.memory.Published()}
	left = c.Arrange(items, channel.Rule{Limit: b.Limit, Window: b.Window})
	return c, left
}
