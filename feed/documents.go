package feed

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/site"
	"seedfeed/feed/syndication"
)

// documents are the files that show a channel; subscribers fetch the feeds, and
// an archive has only these.
var documents = []struct {
	name   string
	feed   bool
	render func(channel.Channel, []channel.Entry, syndication.Stories) ([]byte, error)
}{
	{channel.Atom, true, written(syndication.Atom)},
	{channel.RSS, true, written(syndication.RSS)},
	{channel.JSON, true, written(syndication.JSON)},
	{channel.Index, false, func(c channel.Channel, entries []channel.Entry, _ syndication.Stories) ([]byte, error) {
		return site.Index(c, entries)
	}},
}

func written(write func(channel.Channel, syndication.Stories) ([]byte, error)) func(channel.Channel, []channel.Entry, syndication.Stories) ([]byte, error) {
	return func(c channel.Channel, _ []channel.Entry, stories syndication.Stories) ([]byte, error) {
		return write(c, stories)
	}
}

// documentsOf are those that a channel has.
func documentsOf(c channel.Channel) int {
	if c.Archive > 0 {
		return len(documents) - 1
	}
	return len(documents)
}

// documents stages what has changed of all feeds.
func (b *build) documents(ctx context.Context, layout channel.Layout) error {
	b.outcome.Recipes = b.recipes()
	for i, c := range layout.Channels {
		b.at(StopDocuments, i, len(layout.Channels))
		prints := int64(0)
		for _, it := range c.Items {
			prints += it.Print()
			b.outcome.Items = append(b.outcome.Items, it.Number)
		}
		recipe := b.recipe(c, prints)
		stands, err := b.standing(c, recipe)
		if err == nil && !stands {
			f := &folio{build: b, main: c}
			err = f.show(c, recipe)
			b.collect(f)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
	return b.lists(layout.Channels)
}

// lists stages what there is one of: the lists of all feeds, and the owner's stylesheet.
func (b *build) lists(channels []channel.Channel) error {
	main, f := channels[0], &folio{build: b}
	stage := func(name string, content []byte, err error) error {
		if err == nil {
			_, err = f.stage(name, content, b.outcome.Recipes.Feeds)
		}
		return err
	}
	defer b.collect(f)
	list, err := syndication.OPML(channels, func(k channel.Kind) string { return site.KindName(k, main.Lang) })
	err = stage(channel.OPML, list, err)
	if err == nil && len(channels) > 1 {
		list, err = site.Feeds(main)
		err = stage(channel.AllFeeds, list, err)
	}
	if name := b.Main.Stylesheet; err == nil && name != "" {
		if b.known[name].Name != "" {
			b.out.Own(name)
		}
		err = stage(name, b.Style, nil)
	}
	for name := range b.known { // one that is no longer asked for is somebody's own
		if path.Ext(name) == ".css" && name != b.Main.Stylesheet {
			b.dropped = append(b.dropped, name)
		}
	}
	return err
}

// show stages a channel's documents.
func (f *folio) show(c channel.Channel, recipe int64) error {
	f.texts = map[int64]*article.Article{}
	for _, it := range c.Items {
		if err := f.recallText(*it); err != nil {
			return err
		}
	}
	return f.document(c, recipe)
}

// document stages a channel's documents. Their date moves only if one of the
// feeds says something else than before.
func (f *folio) document(c channel.Channel, recipe int64) error {
	entries, whole, err := f.entries(c)
	if err != nil {
		return err
	}
	if !whole {
		recipe = 0
	}
	now := f.Now.UTC().Truncate(time.Second)
	if c.Updated.IsZero() {
		if c.Updated = f.dateOf(c); c.Updated.IsZero() {
			c.Updated = now // there was none
		}
	}
	stories := syndication.Tell(c, entries)
	contents, err := f.render(c, entries, stories)
	if err != nil {
		return err
	}
	if now.After(c.Updated) && f.changed(c, contents) {
		c.Updated = now
		if contents, err = f.render(c, entries, stories); err != nil {
			return err
		}
	}
	for i, content := range contents {
		name := c.File(documents[i].name)
		if documents[i].feed && f.known[name].Name != "" { // nobody writes a feed by hand in the place of ours
			f.out.Own(name)
		}
		changed, err := f.stage(name, content, recipe)
		if err != nil {
			return err
		}
		if changed && documents[i].feed && f.Main.Hub != "" && c.Archive == 0 && !c.Retired {
			f.made.outcome.Topics = append(f.made.outcome.Topics, c.URL(name))
		}
	}
	f.made.outcome.Feeds = append(f.made.outcome.Feeds, ledger.Feed{Name: c.Key(), Title: c.Title, Updated: c.Updated, Lang: c.Lang})
	return nil
}

// entries are a channel's. An item whose text can't be had today stands as it
// was published; only if it was not is the channel without it, and not whole.
func (f *folio) entries(c channel.Channel) (entries []channel.Entry, whole bool, err error) {
	whole = true
	for _, it := range c.Items {
		e, err := f.entry(*it)
		if errors.Is(err, errNoText) {
			a := f.published(c, it.ID)
			if a == nil {
				a = f.published(channel.Channel{Archive: it.ArchiveOf()}, it.ID)
			}
			if a != nil {
				e, err = channel.Entry{Item: *it, Article: a}, nil
			}
		}
		switch {
		case errors.Is(err, errNoText):
			f.warnf("%s: %v, so %s goes without it", it.Path, err, c.File(channel.Atom))
			whole = false
		case err != nil:
			return nil, false, err
		default:
			entries = append(entries, e)
		}
	}
	return entries, whole, nil
}

// published is an article as a channel's document tells it that stands there, nil
// if it doesn't. The last feed and the last document of the archive are kept:
// often several are missing.
func (b *build) published(c channel.Channel, id string) *article.Article {
	b.reread.Lock()
	defer b.reread.Unlock()
	name, last := c.File(channel.Atom), &b.standsThere[min(c.Archive, 1)]
	if last.name != name {
		last.name, last.articles = name, map[string]*article.Article{}
		content, err := b.out.Read(name)
		if err != nil {
			return nil
		}
		p, err := syndication.ReadAtom(content)
		if err != nil {
			return nil
		}
		for _, e := range p.Entries {
			last.articles[e.Item.ID] = e.Article
		}
	}
	return last.articles[id]
}

// render writes a channel's documents side by side, and proves each.
func (b *build) render(c channel.Channel, entries []channel.Entry, stories syndication.Stories) ([][]byte, error) {
	contents := make([][]byte, documentsOf(c))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range contents {
		group.Go(func() (err error) {
			name := c.File(documents[i].name)
			if contents[i], err = documents[i].render(c, entries, stories); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return b.prove(name, contents[i])
		})
	}
	return contents, group.Wait()
}

// changed reports whether a feed says something else than before: than was to
// be published last or, if the memory doesn't know, than stands there. One that
// was deleted by hand comes back as it was.
func (b *build) changed(c channel.Channel, contents [][]byte) bool {
	for i, content := range contents {
		if !documents[i].feed {
			continue
		}
		name := c.File(documents[i].name)
		before := b.known[name].Hash
		if b.known[name].Name == "" {
			published, err := b.out.Read(name)
			if err != nil {
				continue
			}
			before = sha256.Sum256(published)
		}
		if before != sha256.Sum256(content) {
			return true
		}
	}
	return false
}

// stage stages a document and notes what is to be remembered of it until it is
// published. It reports whether that changes anything.
func (f *folio) stage(name string, content []byte, recipe int64) (changed bool, err error) {
	d := ledger.Document{Name: name, Recipe: recipe, Hash: sha256.Sum256(content)}
	if changed, err = f.out.Stage(name, content); err != nil {
		return false, err
	}
	if changed {
		before, err := f.out.Read(name)
		switch {
		case err == nil:
			d.Before = sha256.Sum256(before)
		case !errors.Is(err, fs.ErrNotExist):
			return false, err
		}
	}
	f.made.outcome.Documents = append(f.made.outcome.Documents, d)
	return changed, nil
}

// settled is a file as it stands in the store.
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
func (b *build) publish() (err error) {
	if err = b.memory.Commit(b.outcome); err != nil {
		return err
	}
	if b.report.Written, err = b.out.Publish(); err != nil {
		return err
	}
	docs := slices.Clone(b.outcome.Documents)
	for _, name := range b.copies {
		docs = append(docs, ledger.Document{Name: name})
	}
	for i, d := range docs {
		if docs[i], err = b.settled(d); err != nil {
			return err
		}
	}
	return b.memory.Settle(docs, b.dropped, b.late)
}
