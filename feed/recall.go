package feed

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"

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
	var damaged []error
	for _, feed := range []struct {
		name string
		read func([]byte) (syndication.Published, error)
	}{{syndication.AtomName, syndication.ReadAtom}, {syndication.RSSName, syndication.ReadRSS}} {
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
			return b.memory.Recall(ledger.Past{Collection: p.ID, Updated: p.Updated, Lang: p.Lang, Entries: p.Entries}, b.ID)
		}
		damaged = append(damaged, fmt.Errorf("%w: %s: %w", ErrPast, feed.name, err))
	}
	if len(damaged) > 0 && b.memory.Collection() == "" {
		return errors.Join(damaged...)
	}
	b.report.First = b.memory.Collection() == ""
	return b.memory.Recall(ledger.Past{}, b.ID)
}

// witness is what stands under a feed's name, and whether the memory knows it:
// it was published by it, or was about to be when a run was killed.
func (b *build) witness(name string) (content []byte, known bool, err error) {
	info, err := b.out.Stat(name)
	if err != nil {
		return nil, false, err
	}
	d, err := b.memory.Document(name)
	if err != nil {
		return nil, false, err
	}
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
