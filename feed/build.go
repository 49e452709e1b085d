package feed

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// build is one run under way.
type build struct {
	Options
	seeds   fs.FS
	memory  Memory
	out     Store
	listing seed.Listing
	phrases []phrase
	wording int64                      // fingerprint of the phrases; 0 without any
	known   map[string]ledger.Document // as they were published
	lost    bool                       // the memory was taken back from what is published
	outcome ledger.Outcome
	dropped []string      // documents and feeds that are no more
	copies  []string      // files beside seeds that were copied
	late    []ledger.Item // whose pages could not be written
	report  Report

	reread      sync.Mutex
	standsThere [2]struct { // a published feed and a document of the archive that were asked for what can't be read
		name     string
		articles map[string]*article.Article
	}
}

// phrase is one that feeds are selected by.
type phrase struct {
	text string
	article.Phrase
}

func (b *build) warnf(format string, args ...any) {
	b.report.Warnings = append(b.report.Warnings, fmt.Sprintf(format, args...))
}

// warnOf tells of what the memory did not do as a text asked.
func (b *build) warnOf(c ledger.Census) {
	for _, r := range c.Redated {
		b.warnf("%s: the text now says %s; the article keeps %s, for only a date in front matter moves it", r.Path, r.Stated, r.Keeps.Format(time.RFC3339))
	}
	for _, d := range c.Clashes {
		b.warnf("%s: its id %q is that of %s already; it gets one of its own", d.Path, d.ID, d.First)
	}
}

// facts are what the memory must know of this run.
func (b *build) facts() ledger.Run {
	r := ledger.Run{Now: b.Now, Zone: b.Zone, Full: b.Full, AllowShrink: b.AllowShrink, Reader: b.reader}
	if b.Main.Pages {
		r.HasPage = func(name string) bool {
			info, err := b.out.Stat(name)
			return err == nil && info.Mode().IsRegular()
		}
	}
	return r
}

// reader is a fingerprint of what reads the seed at path.
func (b *build) reader(path string) int64 {
	print := ledger.Fingerprint(article.Version)
	if b.Reader != nil {
		print = b.Reader(path)
	}
	return print ^ b.wording
}

// understand reads seeds, several at a time, and has them remembered in their
// order. A seed that can't be read costs only itself.
func (b *build) understand(ctx context.Context, files []seed.File) error {
	read := func(f seed.File) result {
		at := b.Clock.Now()
		r := b.readOne(f)
		if r.err == nil {
			r.reading = ledger.NewReading(r.doc, r.article, b.found(r.article), at)
		}
		r.doc.Text, r.article = "", nil // they need not wait for their turn
		return r
	}
	return b.inOrder(ctx, files, read, func(r result) error {
		if r.err != nil {
			return b.memory.Fail(r.file, r.err)
		}
		b.report.Bytes += r.file.Size
		if r.doc.Warning != "" {
			b.warnf("%s: %s", r.doc.Path, r.doc.Warning)
		}
		return b.memory.Remember(r.reading)
	})
}

// result is what came of reading a seed.
type result struct {
	file    seed.File
	doc     seed.Document
	article *article.Article
	reading *ledger.Reading
	err     error
}

// readers is how many seeds are read at a time: more than there are processors,
// for a disk that is not in memory yet answers several at once.
func readers() int { return max(8, 2*runtime.GOMAXPROCS(0)) }

// inOrder reads seeds, several at a time, and hands each to keep in their order.
// Some hundred wait for their turn at the most.
func (b *build) inOrder(ctx context.Context, files []seed.File, read func(seed.File) result, keep func(result) error) error {
	const batch = 16
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	turns := make(chan chan []result, readers())
	var group errgroup.Group
	group.SetLimit(1 + readers())
	group.Go(func() error {
		defer close(turns)
		for files := range slices.Chunk(files, batch) {
			turn := make(chan []result, 1)
			select {
			case turns <- turn:
			case <-ctx.Done():
				return ctx.Err()
			}
			group.Go(func() error {
				results := make([]result, len(files))
				for i, f := range files {
					results[i] = read(f)
				}
				turn <- results
				return nil
			})
		}
		return nil
	})
	var failed error
	done := 0
	for turn := range turns {
		b.at(StopRead, done, len(files))
		for _, r := range <-turn {
			if failed == nil {
				failed = keep(r)
			}
			done++
		}
		if failed != nil {
			stop()
		}
	}
	b.at(StopRead, done, len(files))
	return cmp.Or(failed, group.Wait())
}

func (b *build) readOne(f seed.File) (r result) {
	r.file = f
	if r.doc, r.err = seed.Read(b.seeds, f, b.MaxSize); r.err != nil {
		return r
	}
	r.file = r.doc.File
	if r.article, r.err = b.readText(f.Path, r.doc.Text); r.err != nil {
		return r
	}
	if r.article.Title == "" {
		r.err = seed.ErrEmpty
	}
	return r
}

// found are the phrases that an article has.
func (b *build) found(a *article.Article) []string {
	var list []string
	for _, p := range b.phrases {
		if p.In(a) {
			list = append(list, p.text)
		}
	}
	return list
}

// readText reads a text. Should the reader break on one, it costs only that one.
func (b *build) readText(path, text string) (a *article.Article, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the reader broke on it (%v): please report it with the file", p)
		}
	}()
	if b.Read != nil {
		return b.Read(path, text)
	}
	return article.Read(text)
}
