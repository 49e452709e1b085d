// Package feed turns a folder of articles into feeds that people subscribe to.
//
// An article makes one journey, and every stop is a package:
//
//	seed         a file becomes a Document: found, read once, decoded to UTF-8
//	article      a Document becomes an Article: title, lead, source, byline, body
//	ledger       an Article becomes an Item: its id and dates for good
//	channel      Items are arranged into Channels: who stands in which document
//	syndication  a Channel becomes atom.xml, rss.xml and feed.json
//	site         a Channel becomes index.html and a page an article
//	check        no document goes out that the specs would refuse
//	publish      what changed appears in out/, whole or not at all
//	hub          and is told to whoever waits for it
//
// Build walks it twice: once for what is new, once for what that touches.
package feed

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
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

	// Stock is what stands in feeds, in figures; its dates reach some days back.
	Stock(days int) (ledger.Stock, error)
	// Newest yields the items that stand in feeds, Archived those of a document
	// of the archive, Due those whose pages are to be done.
	Newest() iter.Seq2[ledger.Item, error]
	Archived(number int) iter.Seq2[ledger.Item, error]
	Due(recipe int64, all bool) iter.Seq2[ledger.Item, error]
	// Text is the article of an item, nil if its seed has to be read for it.
	Text(item ledger.Item) (*article.Article, error)
	// Neighbours are the items published just before and after one.
	Neighbours(item ledger.Item) (older, newer ledger.Neighbour, err error)
	// What was published, and made with what.
	HasPage(name string) (bool, error)
	Feeds() ([]ledger.Feed, error)
	Documents() ([]ledger.Document, error)
	Recipes() (ledger.Recipes, error)
	Stray() ([]string, error)

	// Commit keeps what was decided, for good; Settle that it was published.
	Commit(o ledger.Outcome) error
	Settle(documents []ledger.Document, dropped []string, late []ledger.Item) error

	Pings
}

// Pings are a memory's notifications that a hub has yet to get.
type Pings interface {
	Pings(now time.Time) ([]ledger.Ping, error)
	Pinged(p ledger.Ping) error
	PingFailed(p ledger.Ping, now time.Time) (again bool, err error)
}

// Store is all that a build asks of the place it publishes to. What is staged
// appears when Publish says so, whole or not at all. Read, Stat, Stage, StageFile,
// Own and Remove may be called by several goroutines.
type Store interface {
	Read(name string) ([]byte, error)
	Stat(name string) (fs.FileInfo, error)
	Names(dir string) ([]string, error)
	Stage(name string, content []byte) (changed bool, err error)
	StageFile(name string, size int64, modTime time.Time, open func() (io.ReadCloser, error)) (changed bool, err error)
	Own(name string)
	Remove(name string) error
	Sweep(dir string, keep func(name string) bool) error
	Publish() (written int, err error)
	Discard() error
}

// Options says what to build.
type Options struct {
	channel.Plan
	ID      string         // pins the collection's id, urn:uuid:…; empty for that of the published feed or a random one
	Settle  time.Duration  // a file younger than this may still be being written
	MaxSize int64          // of a seed, in bytes
	Zone    *time.Location // of dates that state none, and of the days that people see; nil is UTC
	Style   []byte         // the owner's stylesheet, which is published as Main.Stylesheet
	Now     time.Time      // the time of the run, as documents state it
	Clock   seed.Clock     // the wall clock, to wait for young files by

	Notify      func(ctx context.Context, topic string) error // tells a hub of a changed document; nil: nobody is told, or later
	Begin       func() error                                  // is called before the first thing is done, if there is any to do; may be nil
	Full        bool                                          // read and render all again
	AllowShrink bool                                          // many articles may vanish at once

	// Progress is told where the build is: what follows, until the next call, is
	// done at this stop, with done of total behind it; total is 0 where there is
	// nothing to count, and a guess for pages. Calls come one after the other; nil: nobody looks.
	Progress func(at Stop, done, total int)

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
	Bytes      int64    // of the seeds that were read
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
	for _, p := range b.Phrases() {
		b.phrases = append(b.phrases, phrase{p, article.NewPhrase(p)})
		b.wording ^= ledger.Fingerprint(p)
	}
	b.at(StopRecall, 0, 0)
	if err = b.recall(); err != nil {
		return err
	}
	b.report.Collection = b.memory.Collection()
	b.at(StopList, 0, 0)
	if b.listing, err = seed.List(b.seeds, b.MaxSize); err != nil {
		return err
	}
	b.at(StopCompare, 0, len(b.listing.Files))
	work, err := b.memory.Compare(b.listing, b.facts())
	if err != nil {
		return err
	}
	if b.report.Census = work.Census; work.None && b.allStands() {
		b.report.Idle = true
		return b.notify(ctx)
	}
	if b.Begin != nil {
		if err = b.Begin(); err != nil {
			return err
		}
	}
	b.at(StopSettle, 0, 0)
	if err = b.understand(ctx, seed.Settle(ctx, b.seeds, work.Read, b.Settle, b.Clock)); err != nil {
		return err
	}
	b.at(StopDecide, 0, 0)
	if b.report.Census, err = b.memory.Decide(); err != nil {
		return err
	}
	b.warnOf(b.report.Census)

	// 2 what it touches
	b.at(StopArrange, 0, 0)
	layout, err := b.arrange()
	if err != nil {
		return err
	}
	if err = b.pages(ctx, layout); err != nil {
		return err
	}
	if err = b.documents(ctx, layout); err != nil {
		return err
	}
	b.at(StopPublish, 0, 0)
	if err = b.publish(); err != nil {
		return err
	}
	return b.notify(ctx)
}
