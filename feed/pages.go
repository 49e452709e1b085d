package feed

import (
	"context"
	"errors"
	"iter"
	"math"
	"slices"
	"strings"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

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
	made, err := b.memory.Recipes()
	if err != nil {
		return err
	}
	recipe := b.recipes().Pages
	press := b.press(ctx)
	err = b.folios(b.memory.Due(recipe, b.Full), b.duePages(b.Full || made.Pages != recipe), stale, layout, press)
	if failed := press.close(); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	if err := b.removeStray(); err != nil {
		return err
	}
	if made.Pages == recipe && !b.Full {
		return nil
	}
	return b.sweepPages()
}

// folios puts the items whose pages are due together with the stale document of
// the archive that they belong to, and has each such folio made.
func (b *build) folios(due iter.Seq2[ledger.Item, error], pages int, stale []channel.Channel, layout channel.Layout, press *press) error {
	done, archives := 0, len(stale)
	hand := func(items []ledger.Item, archive *channel.Channel) error {
		if len(items) > 0 && b.Main.Pages {
			b.at(StopPages, done, pages)
		} else {
			b.at(StopArchive, max(0, archives-len(stale)-1), archives)
		}
		done += len(items)
		f := &folio{build: b, main: layout.Channels[0]}
		if archive != nil {
			f.recipe = b.recipe(*archive, layout.Prints[archive.Archive-1])
		}
		if err := f.gather(items, archive); err != nil {
			return err
		}
		return press.make(f)
	}
	next := func(before int) (archive *channel.Channel) { // the next stale one, if it comes before that
		if len(stale) > 0 && stale[0].Archive < before {
			archive, stale = &stale[0], stale[1:]
		}
		return archive
	}
	for items, err := range byArchive(due) {
		if err != nil {
			return err
		}
		number := items[0].ArchiveOf()
		for archive := next(number); archive != nil; archive = next(number) {
			if err := hand(nil, archive); err != nil {
				return err
			}
		}
		if err := hand(items, next(number+1)); err != nil {
			return err
		}
	}
	for archive := next(math.MaxInt); archive != nil; archive = next(math.MaxInt) {
		if err := hand(nil, archive); err != nil {
			return err
		}
	}
	if b.Main.Pages {
		b.at(StopPages, done, done)
	}
	return nil
}

// byArchive puts items in the order of release together that belong to one
// document of the archive.
func byArchive(items iter.Seq2[ledger.Item, error]) iter.Seq2[[]ledger.Item, error] {
	return func(yield func([]ledger.Item, error) bool) {
		var together []ledger.Item
		for it, err := range items {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(together) > 0 && together[0].ArchiveOf() != it.ArchiveOf() {
				if !yield(together, nil) {
					return
				}
				together = nil
			}
			together = append(together, it)
		}
		if len(together) > 0 {
			yield(together, nil)
		}
	}
}

// sweepPages removes the pages that belong to nothing.
func (b *build) sweepPages() error {
	var unknown error // then all is kept
	err := b.out.Sweep("articles", func(name string) bool {
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
