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
	"iter"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// Memory is all that a build asks of its memory.
type Memory interface {
	// Collection is the id of the collection and its main feed, empty before the first run.
	Collection() string
	// Recall takes over what was published, if that is not what is remembered.
	Recall(past ledger.Past, pinned string) error
	// Compare tells which seeds have to be read.
	Compare(listing seed.Listing, run ledger.Run) (ledger.Work, error)
	// Remember takes in what was read of a seed, Fail why it could not be.
	Remember(r *ledger.Reading) error
	Fail(f seed.File, reason error) error
	// Decide tells which items those are, and what became of the others.
	Decide() (ledger.Census, error)

	// Newest yields the items of the feed, Due those whose pages are to be done.
	Newest() iter.Seq2[ledger.Item, error]
	Due(recipe int64, all bool) iter.Seq2[ledger.Item, error]
	HasPage(name string) (bool, error)
	PageRecipe() (int64, error)
	// Text is the article of an item, nil if its seed has to be read for it.
	Text(item ledger.Item) (*article.Article, error)
	Feed() (ledger.Feed, error)
	Document(name string) (ledger.Document, error)

	// Commit keeps what was decided, for good; Settle that it was published.
	Commit(o ledger.Outcome) error
	Settle(documents []ledger.Document, late []ledger.Item) error
}

// Store is all that a build asks of the place it publishes to. What is staged
// appears when Publish says so, whole or not at all.
type Store interface {
	Read(name string) ([]byte, error)
	Stat(name string) (fs.FileInfo, error)
	Stage(name string, content []byte) (changed bool, err error)
	Own(name string)
	Remove(name string) error
	Sweep(dir string, keep func(name string) bool) error
	Publish() (written int, err error)
	Discard() error
}

// Options says what to build.
type Options struct {
	Title   string         // of the feed
	Base    string         // the public address of the store, with a slash at its end
	ID      string         // pins the collection's id, urn:uuid:…; empty for that of the published feed or a random one
	Limit   int            // at least the newest so many items stand in the feed; 0 means all
	Window  time.Duration  // and all that came so long before the newest
	Pages   bool           // write a page for each article
	Settle  time.Duration  // a file younger than this may still be being written
	MaxSize int64          // of a seed, in bytes
	Zone    *time.Location // of dates that state none
	Now     time.Time      // the time of the run, as documents state it
	Clock   seed.Clock     // the wall clock, to wait for young files by

	Begin       func() error // is called before the first thing is done, if there is any to do; may be nil
	Full        bool         // read and render all again
	AllowShrink bool         // many articles may vanish at once

	// Read understands the text of the seed at path; nil means article.Read.
	Read func(path, text string) (*article.Article, error)
	// Reader is a fingerprint of what Read depends on besides the text; nil if
	// that is nothing.
	Reader func(path string) int64
}

// Report says what a build did.
type Report struct {
	ledger.Census
	Collection string   // its id
	First      bool     // nothing was remembered or published before
	Idle       bool     // nothing was new
	Warnings   []string // for people, one a line
	Written    int      // files
}

// ErrNoArticles says that there is nothing to publish. Where every article is
// held back there is: an empty feed.
var ErrNoArticles = errors.New("no article found")

// Build reads what is new under seeds and publishes what that touches. If it
// fails, the store and the memory are as they were.
func Build(ctx context.Context, o Options, seeds fs.FS, memory Memory, out Store) (Report, error) {
	b := build{Options: o, seeds: seeds, memory: memory, out: out}
	err := b.run(ctx)
	if err == nil {
		return b.report, nil
	}
	return b.report, errors.Join(err, out.Discard())
}

func (b *build) run(ctx context.Context) (err error) {
	// 1 what is new
	if err = b.recall(); err != nil {
		return err
	}
	b.report.Collection = b.memory.Collection()
	if b.listing, err = seed.List(b.seeds, b.MaxSize); err != nil {
		return err
	}
	work, err := b.memory.Compare(b.listing, b.facts())
	if err != nil {
		return err
	}
	if b.report.Census = work.Census; work.None && b.allStands() {
		b.report.Idle = true
		return nil
	}
	if b.Begin != nil {
		if err = b.Begin(); err != nil {
			return err
		}
	}
	if err = b.understand(ctx, seed.Settle(ctx, b.seeds, work.Read, b.Settle, b.Clock)); err != nil {
		return err
	}
	if b.report.Census, err = b.memory.Decide(); err != nil {
		return err
	}
	b.warnOf(b.report.Census)

	// 2 what it touches
	main, err := b.arrange()
	if err != nil {
		return err
	}
	if err = b.pages(ctx, main); err != nil {
		return err
	}
	documents, err := b.documents(&main)
	if err != nil {
		return err
	}
	return b.publish(main, documents)
}
