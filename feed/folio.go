package feed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
	"seedfeed/feed/site"
)

// folio is what is made at one go of some items: their pages, and the documents
// of a channel. What needs the memory is gathered before, by the one that asks
// it; several folios are made side by side.
type folio struct {
	*build
	main    channel.Channel
	pages   []page
	archive *channel.Channel // one that is stale, with its items; nil if there is none
	recipe  int64            // of that
	texts   map[int64]*article.Article
	made    made
}

// page is one that is due.
type page struct {
	item         ledger.Item
	older, newer ledger.Neighbour
}

// made is what is to be remembered and said of a folio.
type made struct {
	outcome  ledger.Outcome
	copies   []string      // files beside seeds that were copied
	late     []ledger.Item // whose pages could not be written
	warnings []string
}

// errNoText says that an item's text can't be had today.
var errNoText = errors.New("its seed can't be read")

func (f *folio) warnf(format string, args ...any) {
	f.made.warnings = append(f.made.warnings, fmt.Sprintf(format, args...))
}

// gather asks the memory for all that pages and an archive are made of.
func (f *folio) gather(due []ledger.Item, archive *channel.Channel) error {
	f.texts = map[int64]*article.Article{}
	for _, it := range due {
		p := page{item: it}
		if !it.Gone && f.Main.Pages {
			var err error
			if p.older, p.newer, err = f.memory.Neighbours(it); err != nil {
				return err
			}
			if err := f.recallText(it); err != nil {
				return err
			}
		}
		f.pages = append(f.pages, p)
	}
	if archive == nil {
		return nil
	}
	c := *archive // its items go with the folio
	for it, err := range f.memory.Archived(c.Archive) {
		if err == nil {
			err = f.recallText(it)
		}
		if err != nil {
			return err
		}
		c.Items = append(c.Items, &it)
	}
	c.Tongue()
	f.archive = &c
	return nil
}

// recallText asks the memory for the text of an item.
func (f *folio) recallText(it ledger.Item) error {
	if f.texts[it.Number] != nil {
		return nil
	}
	a, err := f.memory.Text(it)
	if a != nil {
		f.texts[it.Number] = a
	}
	return err
}

// make stages the pages and the archive.
func (f *folio) make(ctx context.Context) error {
	for _, p := range f.pages {
		err := f.page(p)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errNoText):
			if !f.awaited(p.item) {
				f.made.late = append(f.made.late, p.item)
			}
		case err != nil:
			return err
		}
	}
	if f.archive == nil {
		return nil
	}
	return f.document(*f.archive, f.recipe)
}

func (f *folio) page(p page) error {
	it := p.item
	if it.Gone {
		return f.out.Remove(it.Page)
	}
	if err := f.enclose(it); err != nil || !f.Main.Pages {
		return err
	}
	e, err := f.entry(it)
	if err != nil {
		return err
	}
	content, err := site.Page(f.main, e, p.older, p.newer)
	if err != nil {
		return fmt.Errorf("page of %q: %w", it.Path, err)
	}
	_, err = f.out.Stage(it.Page, content)
	return err
}

// entry is an item with its text: remembered, else read.
func (f *folio) entry(it ledger.Item) (channel.Entry, error) {
	a := f.texts[it.Number]
	if a == nil {
		file, listed := f.file(it.Path)
		if !listed {
			return channel.Entry{}, errNoText
		}
		r := f.readOne(file)
		if r.err != nil || !it.Tells(r.article) { // another text by now: the next run will see to it
			return channel.Entry{}, errNoText
		}
		a = r.article
		f.texts[it.Number] = a
	}
	return channel.Entry{Item: it, Article: a}, nil
}

// enclose stages copies of the files that go with an item.
func (f *folio) enclose(it ledger.Item) error {
	if it.Enclosed == "" {
		return nil
	}
	file, _ := f.file(it.Path)
	for _, m := range it.Media() {
		i := slices.IndexFunc(file.Media, func(s seed.Media) bool { return ledger.MediaName(it.Page, s.Ending) == m.Name && s.Size == m.Size })
		if i < 0 { // another by now: the next run will see to it
			return errNoText
		}
		if _, ours := f.known[m.Name]; ours {
			f.out.Own(m.Name)
		}
		source := file.Media[i]
		_, err := f.out.StageFile(m.Name, source.Size, source.ModTime, func() (io.ReadCloser, error) { return seed.OpenMedia(f.seeds, source) })
		var foreign *publish.ForeignError
		switch {
		case errors.Is(err, publish.ErrChanged), errors.As(err, &foreign):
			f.warnf("%s: the file beside it is not published: %v", it.Path, err)
			return errNoText
		case err != nil:
			return err
		}
		f.made.copies = append(f.made.copies, m.Name)
	}
	return nil
}

// press makes folios side by side.
type press struct {
	*build
	ctx    context.Context
	group  *errgroup.Group
	folios []*folio // in their order
}

func (b *build) press(ctx context.Context) *press {
	p := &press{build: b}
	p.group, p.ctx = errgroup.WithContext(ctx)
	p.group.SetLimit(runtime.GOMAXPROCS(0))
	return p
}

// make has a folio made as soon as there is a hand for it.
func (p *press) make(f *folio) error {
	p.folios = append(p.folios, f)
	p.group.Go(func() error {
		err := f.make(p.ctx)
		f.pages, f.archive, f.texts = nil, nil, nil
		return err
	})
	return context.Cause(p.ctx) // the error of the first that failed
}

// close waits for all folios and takes in what was made, in their order.
func (p *press) close() error {
	err := p.group.Wait()
	for _, f := range p.folios {
		p.collect(f)
	}
	return err
}

// collect takes in what was made of a folio.
func (b *build) collect(f *folio) {
	m, o := f.made, &b.outcome
	o.Feeds = append(o.Feeds, m.outcome.Feeds...)
	o.Documents = append(o.Documents, m.outcome.Documents...)
	o.Topics = append(o.Topics, m.outcome.Topics...)
	b.copies = append(b.copies, m.copies...)
	b.late = append(b.late, m.late...)
	b.report.Warnings = append(b.report.Warnings, m.warnings...)
}
