package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
	"seedfeed/feed/site"
)

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
	made, err := b.memory.Recipes()
	if err != nil {
		return err
	}
	for it, err := range b.memory.Due(recipe, b.Full) {
		if err = errors.Join(err, ctx.Err()); err == nil {
			err = archiveBefore(it.ArchiveOf())
		}
		if err == nil {
			err = b.page(layout.Channels[0], it)
		}
		switch {
		case errors.Is(err, errNoText):
			if !b.awaited(it) {
				b.late = append(b.late, it)
			}
		case err != nil:
			return err
		}
	}
	if err := archiveBefore(len(layout.Archives) + 1); err != nil {
		return err
	}
	if err := b.removeStray(); err != nil {
		return err
	}
	if made.Pages == recipe && !b.Full {
		return nil
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

// awaited reports whether an item's seed is among what can't be read today: it
// is read again as soon as it can be, and its page is due then by itself.
func (b *build) awaited(it ledger.Item) bool {
	return it.Path == "" || slices.ContainsFunc(b.report.Trouble, func(t ledger.Trouble) bool {
		return t.Path == it.Path || t.Dir && strings.HasPrefix(it.Path, t.Path+"/")
	})
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
	older, newer, err := b.memory.Neighbours(it)
	if err != nil {
		return err
	}
	page, err := site.Page(main, e, older, newer)
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
		b.dropped = append(b.dropped, name)
	}
	return err
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
