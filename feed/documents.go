package feed

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
	"seedfeed/feed/site"
	"seedfeed/feed/syndication"
)

// recipes are fingerprints of what feeds and pages are made with.
func (b *build) recipes() ledger.Recipes {
	plan, err := json.Marshal(b.Plan)
	if err != nil {
		panic(err) // it is texts and numbers
	}
	r := ledger.Recipes{Feeds: ledger.Fingerprint(syndication.Version, site.Version, string(plan), b.ID)}
	if b.Main.Pages {
		r.Pages = ledger.Fingerprint(site.Version, b.Main.Title, b.Main.Base)
	}
	return r
}

// recipe is a fingerprint of all that a channel's documents are made of, but for
// the date they bear.
func (b *build) recipe(c channel.Channel, items int64) int64 {
	if c.Archive > 0 { // what has no part in it
		c.Archives, c.Lang, c.Description = min(c.Archives, c.Archive+1), b.Main.Lang, b.Main.Description
	}
	c.Items, c.Updated = nil, time.Time{}
	about, err := json.Marshal(c)
	if err != nil {
		panic(err) // it is texts and numbers
	}
	return ledger.Fingerprint(syndication.Version, site.Version, string(about), fmt.Sprint(items))
}

// allStands reports whether feeds and index pages stand as they were published,
// and nothing they depend on is another. Archives and pages are believed to.
func (b *build) allStands() bool {
	made, err := b.memory.Recipes()
	if err != nil || made != b.recipes() || b.Full {
		return false
	}
	for name, was := range b.known {
		if was.Pending() {
			return false
		}
		if strings.HasPrefix(name, "archive/") || strings.HasPrefix(name, "media/") {
			continue
		}
		if info, err := b.out.Stat(name); err != nil || !stands(was, info) {
			return false
		}
	}
	return len(b.known) > 0
}

// arrange decides who stands in which feed.
func (b *build) arrange() (channel.Layout, error) {
	before, err := b.memory.Feeds()
	if err != nil {
		return channel.Layout{}, err
	}
	if b.lost {
		if before, err = b.furtherFeeds(before); err != nil {
			return channel.Layout{}, err
		}
	}
	plan := b.Plan
	plan.Main.ID = b.memory.Collection()
	layout, err := plan.Arrange(b.memory.Newest(), before)
	if err != nil {
		return layout, err
	}
	switch main := layout.Channels[0]; {
	case len(main.Items)+b.report.Held == 0:
		return layout, ErrNoArticles
	case layout.Left > 0 && b.report.New > 0:
		b.warnf("%d new articles found no room in the feed: beyond the newest %d it holds at most %d or %d MiB; they are in its archive",
			layout.Left, b.Rule.Limit, channel.MostItems, channel.MostBytes>>20)
	}
	for _, f := range before { // when all is put into one document
		var number int
		if _, err := fmt.Sscanf(f.Name, "archive/%d", &number); err == nil && number > len(layout.Archives) {
			err = b.dropArchive(channel.Channel{Archive: number})
			if err != nil {
				return layout, err
			}
		}
	}
	return layout, nil
}

func (b *build) dropArchive(c channel.Channel) error {
	b.outcome.Dropped = append(b.outcome.Dropped, c.Key())
	for _, d := range documents {
		name := c.File(d.name)
		b.outcome.Dropped = append(b.outcome.Dropped, name)
		b.out.Own(name)
		if err := b.out.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// errNoText says that an item's text can't be had today.
var errNoText = errors.New("its seed can't be read")

// entry is an item with its text. Those of one document of the archive are at
// hand while it is their turn, so that page and archive cost one reading.
func (b *build) entry(it ledger.Item) (channel.Entry, error) {
	if b.recently != it.ArchiveOf() {
		b.recently, b.recent = it.ArchiveOf(), map[int64]*article.Article{}
	}
	a, err := b.recent[it.Number], error(nil)
	if a == nil {
		a, err = b.text(it)
	}
	if err != nil {
		return channel.Entry{}, err
	}
	b.recent[it.Number] = a
	return channel.Entry{Item: it, Article: a}, nil
}

// text is an item's article: remembered, else read.
func (b *build) text(it ledger.Item) (*article.Article, error) {
	a, err := b.memory.Text(it)
	if err != nil || a != nil {
		return a, err
	}
	f, listed := b.file(it.Path)
	if !listed {
		return nil, errNoText
	}
	r := b.readOne(f)
	if r.err != nil || !it.Tells(r.article) { // another text by now: the next run will see to it
		return nil, errNoText
	}
	return r.article, nil
}

// file is the seed at a path, as it was listed.
func (b *build) file(path string) (seed.File, bool) {
	i, listed := slices.BinarySearchFunc(b.listing.Files, path, func(f seed.File, path string) int { return strings.Compare(f.Path, path) })
	if !listed {
		return seed.File{}, false
	}
	return b.listing.Files[i], true
}

// pages stages, in the order of release, the pages that are due with the files
// beside their seeds, the removal of those whose items stand no more, and the
// archive. Where a text or file can't be had all stays as it is.
func (b *build) pages(ctx context.Context, layout channel.Layout) error {
	stale, err := b.staleArchives(layout)
	if err != nil {
		return err
	}
	archiveBefore := func(number int) error {
		for ; len(stale) > 0 && stale[0].Archive < number; stale = stale[1:] {
			if err := errors.Join(ctx.Err(), b.archive(stale[0], layout.Prints[stale[0].Archive-1])); err != nil {
				return err
			}
		}
		return nil
	}
	recipe := b.recipes().Pages
	for it, err := range b.memory.Due(recipe, b.Full) {
		if err = errors.Join(err, ctx.Err()); err == nil {
			err = archiveBefore(it.ArchiveOf())
		}
		if err == nil {
			err = b.page(layout.Channels[0], it)
		}
		if errors.Is(err, errNoText) {
			b.late = append(b.late, it)
		} else if err != nil {
			return err
		}
	}
	if err := archiveBefore(len(layout.Archives) + 1); err != nil {
		return err
	}
	if err := b.removeStray(); err != nil {
		return err
	}
	made, err := b.memory.Recipes()
	if err != nil || made.Pages == recipe && !b.Full {
		return err
	}
	var unknown error // then all is kept
	err = b.out.Sweep("articles", func(name string) bool {
		if !b.Main.Pages {
			return false
		}
		keep, asking := b.memory.HasPage(name)
		unknown = errors.Join(unknown, asking)
		return keep || unknown != nil
	})
	return errors.Join(err, unknown)
}

func (b *build) page(main channel.Channel, it ledger.Item) error {
	if it.Gone {
		return b.out.Remove(it.Page)
	}
	if err := b.enclose(it); err != nil || !b.Main.Pages {
		return err
	}
	e, err := b.entry(it)
	if err != nil {
		return err
	}
	page, err := site.Page(main, e)
	if err != nil {
		return fmt.Errorf("page of %q: %w", it.Path, err)
	}
	_, err = b.out.Stage(it.Page, page)
	return err
}

// enclose stages copies of the files that go with an item.
func (b *build) enclose(it ledger.Item) error {
	f, _ := b.file(it.Path)
	for _, m := range it.Media() {
		i := slices.IndexFunc(f.Media, func(s seed.Media) bool { return ledger.MediaName(it.Page, s.Ending) == m.Name && s.Size == m.Size })
		if i < 0 { // another by now: the next run will see to it
			return errNoText
		}
		if _, ours := b.known[m.Name]; ours {
			b.out.Own(m.Name)
		}
		source := f.Media[i]
		_, err := b.out.StageFile(m.Name, source.Size, source.ModTime, func() (io.ReadCloser, error) { return seed.OpenMedia(b.seeds, source) })
		var foreign *publish.ForeignError
		switch {
		case errors.Is(err, publish.ErrChanged), errors.As(err, &foreign):
			b.warnf("%s: the file beside it is not published: %v", it.Path, err)
			return errNoText
		case err != nil:
			return err
		}
		b.copies = append(b.copies, m.Name)
	}
	return nil
}

// removeStray removes copies of files that went with an item and do no more.
func (b *build) removeStray() error {
	names, err := b.memory.Stray()
	for _, name := range names {
		b.out.Own(name)
		err = errors.Join(err, b.out.Remove(name))
		b.outcome.Dropped = append(b.outcome.Dropped, name)
	}
	return err
}

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

// staleArchives are the documents of the archive that have to be written.
func (b *build) staleArchives(layout channel.Layout) ([]channel.Channel, error) {
	var stale []channel.Channel
	for i, c := range layout.Archives {
		stands, err := b.standing(c, b.recipe(c, layout.Prints[i]))
		if err != nil {
			return nil, err
		}
		if !stands {
			stale = append(stale, c)
		}
	}
	return stale, nil
}

// archive stages a document of the archive, in each format.
func (b *build) archive(c channel.Channel, items int64) error {
	recipe := b.recipe(c, items)
	for it, err := range b.memory.Archived(c.Archive) {
		if err != nil {
			return err
		}
		c.Items = append(c.Items, &it)
	}
	c.Tongue()
	return b.document(c, recipe)
}

// documents stages what has changed of all feeds.
func (b *build) documents(ctx context.Context, layout channel.Layout) error {
	b.outcome.Recipes = b.recipes()
	for _, c := range layout.Channels {
		prints := int64(0)
		for _, it := range c.Items {
			prints += it.Print()
			b.outcome.Items = append(b.outcome.Items, it.Number)
		}
		recipe := b.recipe(c, prints)
		stands, err := b.standing(c, recipe)
		if err == nil && !stands {
			err = b.document(c, recipe)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
	list, err := syndication.OPML(layout.Channels)
	if err != nil {
		return err
	}
	return b.stage(channel.OPML, list, b.outcome.Recipes.Feeds)
}

// standing reports whether a channel's documents stand as they were published
// and would be made of the same again.
func (b *build) standing(c channel.Channel, recipe int64) (bool, error) {
	if b.Full {
		return false, nil
	}
	for _, d := range documents[:documentsOf(c)] {
		name := c.File(d.name)
		was := b.known[name]
		if was.Recipe != recipe {
			return false, nil
		}
		info, err := b.out.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil || !stands(was, info) {
			return false, err
		}
	}
	return true, nil
}

// document stages a channel's documents. Their date moves only if one of the
// feeds says something else than before.
func (b *build) document(c channel.Channel, recipe int64) error {
	entries, whole, err := b.entries(c)
	if err != nil {
		return err
	}
	if !whole {
		recipe = 0
	}
	now := b.Now.UTC().Truncate(time.Second)
	if c.Updated.IsZero() {
		if c.Updated = b.dateOf(c); c.Updated.IsZero() {
			c.Updated = now // there was none
		}
	}
	stories := syndication.Tell(c, entries)
	contents, err := b.render(c, entries, stories)
	if err != nil {
		return err
	}
	if now.After(c.Updated) && b.changed(c, contents) {
		c.Updated = now
		if contents, err = b.render(c, entries, stories); err != nil {
			return err
		}
	}
	for i, content := range contents {
		name := c.File(documents[i].name)
		if documents[i].feed && b.known[name].Name != "" { // nobody writes a feed by hand in the place of ours
			b.out.Own(name)
		}
		if err := b.stage(name, content, recipe); err != nil {
			return err
		}
		if d := b.outcome.Documents[len(b.outcome.Documents)-1]; documents[i].feed && b.Main.Hub != "" && c.Archive == 0 && !c.Retired && d.Before != (ledger.Hash{}) {
			b.outcome.Topics = append(b.outcome.Topics, c.URL(name))
		}
	}
	b.outcome.Feeds = append(b.outcome.Feeds, ledger.Feed{Name: c.Key(), Title: c.Title, Updated: c.Updated, Lang: c.Lang})
	return nil
}

// entries are a channel's. An item whose text can't be had today stands as it
// was published; only if it was not is the channel without it, and not whole.
func (b *build) entries(c channel.Channel) (entries []channel.Entry, whole bool, err error) {
	var published map[string]*article.Article
	whole = true
	for _, it := range c.Items {
		e, err := b.entry(*it)
		if errors.Is(err, errNoText) {
			if published == nil {
				published = b.published(c)
			}
			if e.Item, e.Article = *it, published[it.ID]; e.Article != nil {
				err = nil
			}
		}
		switch {
		case errors.Is(err, errNoText):
			b.warnf("%s: %v, so %s goes without it", it.Path, err, c.File(channel.Atom))
			whole = false
		case err != nil:
			return nil, false, err
		default:
			entries = append(entries, e)
		}
	}
	return entries, whole, nil
}

// published are the articles of a channel's document as it stands, by their ids.
func (b *build) published(c channel.Channel) map[string]*article.Article {
	articles := map[string]*article.Article{}
	content, err := b.out.Read(c.File(channel.Atom))
	if err != nil {
		return articles
	}
	p, err := syndication.ReadAtom(content)
	if err != nil {
		return articles
	}
	for _, e := range p.Entries {
		articles[e.Item.ID] = e.Article
	}
	return articles
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
// published.
func (b *build) stage(name string, content []byte, recipe int64) error {
	d := ledger.Document{Name: name, Recipe: recipe, Hash: sha256.Sum256(content)}
	staged, err := b.out.Stage(name, content)
	if err != nil {
		return err
	}
	if staged {
		before, err := b.out.Read(name)
		switch {
		case err == nil:
			d.Before = sha256.Sum256(before)
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	b.outcome.Documents = append(b.outcome.Documents, d)
	return nil
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
	return b.memory.Settle(docs, b.late)
}

// dateOf is when a channel was updated, by its document as it stands.
func (b *build) dateOf(c channel.Channel) time.Time {
	content, err := b.out.Read(c.File(channel.Atom))
	if err != nil {
		return time.Time{}
	}
	p, err := syndication.ReadAtom(content)
	if err != nil {
		return time.Time{}
	}
	return p.Updated
}

// furtherFeeds adds the feeds that stand in the store to those remembered.
func (b *build) furtherFeeds(before []ledger.Feed) ([]ledger.Feed, error) {
	names, err := b.out.Names("feeds")
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, f := range before {
		known[f.Name] = true
	}
	for _, name := range names {
		key := strings.TrimPrefix(path.Dir(name), "feeds/")
		if path.Base(name) != channel.Atom || strings.Count(key, "/") != 1 || known[key] {
			continue
		}
		content, err := b.out.Read(name)
		if err != nil {
			return nil, err
		}
		if p, err := syndication.ReadAtom(content); err == nil {
			before = append(before, ledger.Feed{Name: key, Title: p.Title, Updated: p.Updated, Lang: p.Lang})
		}
	}
	slices.SortFunc(before, func(a, b ledger.Feed) int { return cmp.Compare(a.Name, b.Name) })
	return before, nil
}
