package feed

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/syndication"
)

// ErrPast says that the published feeds can't be read back. To go on would give
// every article a new id, and subscribers all of them again.
var ErrPast = errors.New("the published feed can't be read back")

// recall makes the memory agree with what was published. If it does not know
// the feed that stands in the store (it was lost, another user built that feed,
// or a backup came back), it takes ids, dates and order over from there. Atom
// says most; if it is gone or damaged, RSS says nearly as much.
func (b *build) recall() error {
	if err := b.loadDocuments(); err != nil {
		return err
	}
	var damaged []error
	for _, feed := range readable {
		content, known, err := b.witness(feed.name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return err
		case known:
			return b.memory.Recall(ledger.Past{}, b.ID)
		}
		p, err := feed.read(content)
		if err == nil && p.ID != "" {
			return b.takeBack(p)
		}
		damaged = append(damaged, fmt.Errorf("%w: %s: %w", ErrPast, feed.name, err))
	}
	if len(damaged) > 0 && b.memory.Collection() == "" {
		return errors.Join(damaged...)
	}
	b.report.First = b.memory.Collection() == ""
	return b.memory.Recall(ledger.Past{}, b.ID)
}

// readable are the formats that are read back, the best first.
var readable = []struct {
	name string
	read func([]byte) (syndication.Published, error)
}{{channel.Atom, syndication.ReadAtom}, {channel.RSS, syndication.ReadRSS}}

// takeBack has the memory take over a published feed and its archive.
func (b *build) takeBack(p syndication.Published) error {
	b.lost = true
	err := b.memory.Recall(ledger.Past{Collection: p.ID, Updated: p.Updated, Lang: p.Lang, Entries: p.Entries, Archives: b.archives()}, b.ID)
	return errors.Join(err, b.loadDocuments())
}

// archives are the documents of the published archive, the last first. One that
// can't be read is warned of: what it alone tells is then known by pages and times.
func (b *build) archives() iter.Seq2[int, []ledger.Entry] {
	last := 0
	for b.hasArchive(last + 1) {
		last++
	}
	return func(yield func(int, []ledger.Entry) bool) {
		for n := last; n > 0; n-- {
			p, err := b.readArchive(n)
			if err != nil {
				b.warnf("%v", err)
				continue
			}
			if !yield(n, p.Entries) {
				return
			}
		}
	}
}

func (b *build) hasArchive(number int) bool {
	for _, format := range readable {
		if _, err := b.out.Stat(channel.Channel{}.FileOf(number, format.name)); err == nil {
			return true
		}
	}
	return false
}

// readArchive reads a document of the published archive, in whichever format it can.
func (b *build) readArchive(number int) (p syndication.Published, err error) {
	for _, format := range readable {
		name := channel.Channel{}.FileOf(number, format.name)
		content, reading := b.out.Read(name)
		if reading == nil {
			p, reading = format.read(content)
		}
		if reading == nil {
			return p, nil
		}
		err = errors.Join(err, fmt.Errorf("%s can't be read back: %w", name, reading))
	}
	return p, err
}

// loadDocuments asks the memory what was published.
func (b *build) loadDocuments() error {
	list, err := b.memory.Documents()
	b.known = map[string]ledger.Document{}
	for _, d := range list {
		b.known[d.Name] = d
	}
	return err
}

// witness is what stands under a feed's name, and whether the memory knows it:
// it was published by it, or was about to be when a run was killed.
func (b *build) witness(name string) (content []byte, known bool, err error) {
	info, err := b.out.Stat(name)
	if err != nil {
		return nil, false, err
	}
	d := b.known[name]
	if stands(d, info) {
		return nil, true, nil
	}
	if content, err = b.out.Read(name); err != nil {
		return nil, false, err
	}
	hash := sha256.Sum256(content)
	return content, d.Name != "" && (hash == d.Hash || hash == d.Before), nil
}

// stands reports whether a document is, by its stat, as it was published.
func stands(d ledger.Document, info fs.FileInfo) bool {
	return d.Name != "" && !d.Pending() && d.Size == info.Size() && d.ModTime.Equal(info.ModTime())
}
