package feed

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
	"seedfeed/feed/site"
	"seedfeed/feed/syndication"
)

// build is one run under way.
type build struct {
	Options
	seeds  fs.FS
	memory Memory
	out    Store
	pinned map[string]string // paths by the ids that front matter pins
	report Report
}

func (b *build) warnf(format string, args ...any) {
	b.report.Warnings = append(b.report.Warnings, fmt.Sprintf(format, args...))
}

// run is what the memory must know of this run.
func (b *build) run() ledger.Run {
	r := ledger.Run{Now: b.Now, Zone: b.Zone, Unreadable: b.report.Unreadable}
	if b.Pages {
		r.HasPage = b.out.Has
	}
	return r
}

// keeper takes in what was read of a seed.
type keeper func(path string, modTime time.Time, a *article.Article)

// understand reads the listed seeds, several at a time, and hands each to keep
// in the listing's order. A seed that can't be read costs only itself.
func (b *build) understand(ctx context.Context, listing seed.Listing, keep keeper) error {
	b.report.Unreadable = listing.Unreadable
	const batch = 256 // so many texts wait for their turn at the most
	for files := listing.Files; len(files) > 0; {
		n := min(batch, len(files))
		if err := b.readBatch(ctx, files[:n], keep); err != nil {
			return err
		}
		files = files[n:]
	}
	return nil
}

func (b *build) readBatch(ctx context.Context, files []seed.File, keep keeper) error {
	type result struct {
		doc     seed.Document
		article *article.Article
		err     error
	}
	results := make([]result, len(files))
	var group errgroup.Group
	group.SetLimit(2 * runtime.GOMAXPROCS(0))
	for i, f := range files {
		group.Go(func() error {
			r := &results[i]
			if r.doc, r.err = seed.Read(b.seeds, f, b.MaxSize); r.err == nil {
				r.article, r.err = b.readText(files[i].Path, r.doc.Text)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, r := range results {
		if r.err == nil && r.article.Title == "" {
			r.err = seed.ErrEmpty
		}
		if r.err != nil {
			b.report.Unreadable = append(b.report.Unreadable, seed.Unreadable{Path: files[i].Path, Err: r.err})
			continue
		}
		if r.doc.Warning != "" {
			b.warnf("%s: %s", files[i].Path, r.doc.Warning)
		}
		b.pin(files[i].Path, r.article)
		keep(r.doc.Path, r.doc.ModTime, r.article)
	}
	return nil
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

// pin warns of an id that two seeds claim: only the first has it.
func (b *build) pin(path string, a *article.Article) {
	if a.ID == "" {
		return
	}
	if first, taken := b.pinned[a.ID]; taken {
		b.warnf("%s: its id %q is that of %s already; it gets one of its own", path, a.ID, first)
		a.ID = ""
		return
	}
	if b.pinned == nil {
		b.pinned = map[string]string{}
	}
	b.pinned[a.ID] = path
}

// pages stages a page an article, and the removal of pages that have none any more.
func (b *build) pages(ctx context.Context, c channel.Channel, items []ledger.Item) error {
	keep := make(map[string]bool, len(items))
	for _, it := range items {
		if !b.Pages {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		keep[it.Page] = true
		page, err := site.Page(c, b.memory.Entry(it))
		if err != nil {
			return fmt.Errorf("page of %q: %w", it.Path, err)
		}
		if _, err := b.out.Stage(it.Page, page); err != nil {
			return err
		}
	}
	return b.out.Sweep("articles", func(name string) bool { return keep[name] || b.unreadablePage(name) })
}

// unreadablePage reports whether a page may belong to a seed that can't be read
// today: it stays.
func (b *build) unreadablePage(name string) bool {
	for _, u := range b.report.Unreadable {
		if ledger.MayBePage(name, u.Path, u.Dir) {
			return true
		}
	}
	return false
}

// documents are the files that show a channel; subscribers fetch the feeds.
var documents = []struct {
	name   string
	feed   bool
	render func(channel.Channel, []channel.Entry) ([]byte, error)
}{
	{syndication.AtomName, true, syndication.Atom},
	{syndication.RSSName, true, syndication.RSS},
	{syndication.IndexName, false, site.Index},
}

// documents stages a channel's documents. Their date moves only if one of the
// feeds says something else than before.
func (b *build) documents(c channel.Channel) error {
	entries := make([]channel.Entry, len(c.Items))
	for i, it := range c.Items {
		entries[i] = b.memory.Entry(it)
	}
	contents, err := render(c, entries)
	if err != nil {
		return err
	}
	if now := b.Now.UTC(); now.After(c.Updated) && b.changed(c, contents) {
		c.Updated = now
		if contents, err = render(c, entries); err != nil {
			return err
		}
	}
	for i, d := range documents {
		if _, err := b.out.Stage(d.name, contents[i]); err != nil {
			return err
		}
	}
	return nil
}

func render(c channel.Channel, entries []channel.Entry) ([][]byte, error) {
	contents := make([][]byte, len(documents))
	for i, d := range documents {
		var err error
		if contents[i], err = d.render(c, entries); err != nil {
			return nil, fmt.Errorf("%s: %w", d.name, err)
		}
	}
	return contents, nil
}

// changed reports whether a published feed differs from what it would be under
// its old date. One that was deleted by hand comes back as it was.
func (b *build) changed(c channel.Channel, contents [][]byte) bool {
	if c.Updated.IsZero() {
		return true
	}
	for i, d := range documents {
		before, err := b.out.Read(d.name)
		if err == nil && d.feed && !bytes.Equal(contents[i], before) {
			return true
		}
	}
	return false
}
