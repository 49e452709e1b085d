package feed

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
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
	seeds   fs.FS
	memory  Memory
	out     Store
	listing seed.Listing
	late    []ledger.Item // whose pages could not be written
	report  Report
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
	if b.Pages {
		r.HasPage = func(name string) bool {
			info, err := b.out.Stat(name)
			return err == nil && info.Mode().IsRegular()
		}
	}
	return r
}

// reader is a fingerprint of what reads the seed at path.
func (b *build) reader(path string) int64 {
	if b.Reader == nil {
		return ledger.Fingerprint(article.Version)
	}
	return b.Reader(path)
}

// recipe is a fingerprint of what the feeds are made with, pageRecipe of the
// pages; without pages that is 0.
func (b *build) recipe() int64 {
	return ledger.Fingerprint(syndication.Version, site.Version, b.Title, b.Base, b.ID, fmt.Sprint(b.Limit, b.Window, b.Pages))
}

func (b *build) pageRecipe() int64 {
	if !b.Pages {
		return 0
	}
	return ledger.Fingerprint(site.Version, b.Title, b.Base)
}

// allStands reports whether feeds and index stand as they were published, and
// nothing they depend on is another.
func (b *build) allStands() bool {
	made, err := b.memory.PageRecipe()
	if err != nil || made != b.pageRecipe() || b.Full {
		return false
	}
	for _, d := range documents {
		was, err := b.memory.Document(d.name)
		if err != nil || was.Recipe != b.recipe() {
			return false
		}
		if info, err := b.out.Stat(d.name); err != nil || !stands(was, info) {
			return false
		}
	}
	return true
}

// understand reads seeds, several at a time, and has them remembered in their
// order. A seed that can't be read costs only itself.
func (b *build) understand(ctx context.Context, files []seed.File) error {
	return b.read(ctx, files, func(r result) error {
		if r.err != nil {
			return b.memory.Fail(r.file, r.err)
		}
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

// read reads seeds, several at a time, and hands each to keep in their order.
func (b *build) read(ctx context.Context, files []seed.File, keep func(result) error) error {
	const batch = 256 // so many texts wait for their turn at the most
	for files := range slices.Chunk(files, batch) {
		results := make([]result, len(files))
		var group errgroup.Group
		group.SetLimit(2 * runtime.GOMAXPROCS(0))
		for i, f := range files {
			group.Go(func() error {
				results[i] = b.readOne(f)
				return ctx.Err()
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
		for _, r := range results {
			if err := keep(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *build) readOne(f seed.File) (r result) {
	r.file = f
	at := b.Clock.Now()
	if r.doc, r.err = seed.Read(b.seeds, f, b.MaxSize); r.err != nil {
		return r
	}
	r.file = r.doc.File
	if r.article, r.err = b.readText(f.Path, r.doc.Text); r.err != nil {
		return r
	}
	if r.article.Title == "" {
		r.err = seed.ErrEmpty
		return r
	}
	r.reading, r.err = ledger.NewReading(r.doc, r.article, at)
	return r
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

// arrange makes the main channel.
func (b *build) arrange() (c channel.Channel, err error) {
	feed, err := b.memory.Feed()
	if err != nil {
		return c, err
	}
	c = channel.Channel{ID: b.memory.Collection(), Title: b.Title, Base: b.Base, Pages: b.Pages, Lang: feed.Lang, Updated: feed.Updated}
	left, err := c.Arrange(b.memory.Newest(), channel.Rule{Limit: b.Limit, Window: b.Window})
	switch {
	case err != nil:
		return c, err
	case len(c.Items)+b.report.Held == 0:
		return c, ErrNoArticles
	case left > 0 && b.report.New > 0:
		b.warnf("%d new articles found no room in the feed: beyond the newest %d it holds at most %d or %d MiB",
			left, b.Limit, channel.MostItems, channel.MostBytes>>20)
	}
	return c, nil
}

// errNoText says that an item's text can't be had today.
var errNoText = errors.New("its seed can't be read")

// entry is an item with its text: remembered, else of its seed.
func (b *build) entry(it ledger.Item) (channel.Entry, error) {
	a, err := b.memory.Text(it)
	if err != nil || a != nil {
		return channel.Entry{Item: it, Article: a}, err
	}
	i, listed := slices.BinarySearchFunc(b.listing.Files, it.Path, func(f seed.File, path string) int { return strings.Compare(f.Path, path) })
	if !listed {
		return channel.Entry{}, errNoText
	}
	r := b.readOne(b.listing.Files[i])
	if r.err != nil || !it.Tells(r.article) { // another text by now: the next run will see to it
		return channel.Entry{}, errNoText
	}
	return channel.Entry{Item: it, Article: r.article}, nil
}

// pages stages the pages that are due, and the removal of those whose items
// stand no more. A page of which the text can't be had stays as it is.
func (b *build) pages(ctx context.Context, c channel.Channel) error {
	recipe := b.pageRecipe()
	if b.Pages {
		for it, err := range b.memory.Due(recipe, b.Full) {
			if err = errors.Join(err, ctx.Err()); err == nil {
				err = b.page(c, it)
			}
			if errors.Is(err, errNoText) {
				b.late = append(b.late, it)
			} else if err != nil {
				return err
			}
		}
	}
	made, err := b.memory.PageRecipe()
	if err != nil || made == recipe && !b.Full {
		return err
	}
	var unknown error // then all is kept
	err = b.out.Sweep("articles", func(name string) bool {
		if !b.Pages {
			return false
		}
		keep, asking := b.memory.HasPage(name)
		unknown = errors.Join(unknown, asking)
		return keep || unknown != nil
	})
	return errors.Join(err, unknown)
}

func (b *build) page(c channel.Channel, it ledger.Item) error {
	if it.Gone {
		return b.out.Remove(it.Page)
	}
	e, err := b.entry(it)
	if err != nil {
		return err
	}
	page, err := site.Page(c, e)
	if err != nil {
		return fmt.Errorf("page of %q: %w", it.Path, err)
	}
	_, err = b.out.Stage(it.Page, page)
	return err
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
func (b *build) documents(c *channel.Channel) ([]ledger.Document, error) {
	entries, err := b.entries(c)
	if err != nil {
		return nil, err
	}
	was := make([]ledger.Document, len(documents))
	for i, d := range documents {
		if was[i], err = b.memory.Document(d.name); err != nil {
			return nil, err
		}
		if d.feed && was[i].Name != "" { // nobody writes a feed by hand in the place of ours
			b.out.Own(d.name)
		}
	}
	contents, err := render(*c, entries)
	if err != nil {
		return nil, err
	}
	if now := b.Now.UTC().Truncate(time.Second); now.After(c.Updated) && b.changed(c, was, contents) {
		c.Updated = now
		if contents, err = render(*c, entries); err != nil {
			return nil, err
		}
	}
	for i, d := range documents {
		if was[i], err = b.stage(d.name, contents[i]); err != nil {
			return nil, err
		}
	}
	return was, nil
}

// entries are a channel's, without those whose text can't be had.
func (b *build) entries(c *channel.Channel) ([]channel.Entry, error) {
	var entries []channel.Entry
	for _, it := range c.Items {
		e, err := b.entry(it)
		switch {
		case errors.Is(err, errNoText):
			b.warnf("%s: %v, so the feed goes without it", it.Path, err)
		case err != nil:
			return nil, err
		default:
			entries = append(entries, e)
		}
	}
	c.Items = c.Items[:0]
	for _, e := range entries {
		c.Items = append(c.Items, e.Item)
	}
	return entries, nil
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

// changed reports whether a feed says something else than before: than was to
// be published last or, if the memory doesn't know, than stands there. One that
// was deleted by hand comes back as it was.
func (b *build) changed(c *channel.Channel, was []ledger.Document, contents [][]byte) bool {
	for i, d := range documents {
		if !d.feed {
			continue
		}
		before := was[i].Hash
		if was[i].Name == "" {
			published, err := b.out.Read(d.name)
			if err != nil {
				continue
			}
			before = sha256.Sum256(published)
		}
		if before != sha256.Sum256(contents[i]) {
			return true
		}
	}
	return c.Updated.IsZero()
}

// stage stages a document and tells what is to be remembered of it until it is
// published.
func (b *build) stage(name string, content []byte) (ledger.Document, error) {
	d := ledger.Document{Name: name, Recipe: b.recipe(), Hash: sha256.Sum256(content)}
	staged, err := b.out.Stage(name, content)
	if err != nil || !staged {
		return d, err
	}
	before, err := b.out.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	d.Before = sha256.Sum256(before)
	return d, err
}

// settled is a document as it stands in the store.
func (b *build) settled(d ledger.Document) (ledger.Document, error) {
	info, err := b.out.Stat(d.Name)
	if err != nil {
		return d, err
	}
	d.Before, d.Size, d.ModTime = ledger.Hash{}, info.Size(), info.ModTime()
	return d, nil
}

// publish lets appear what is staged. The memory commits before, so that a run
// killed in between is made good by the next, and settles afterwards.
func (b *build) publish(c channel.Channel, docs []ledger.Document) error {
	err := b.memory.Commit(ledger.Outcome{
		Feed: ledger.Feed{Updated: c.Updated, Lang: c.Lang}, Items: c.Items, Documents: docs, Pages: b.pageRecipe(),
	})
	if err != nil {
		return err
	}
	if b.report.Written, err = b.out.Publish(); err != nil {
		return err
	}
	for i, d := range docs {
		if docs[i], err = b.settled(d); err != nil {
			return err
		}
	}
	return b.memory.Settle(docs, b.late)
}
