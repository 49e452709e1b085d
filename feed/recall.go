package feed

import (
	"errors"
	"fmt"
	"io/fs"

	"seedfeed/feed/ledger"
	"seedfeed/feed/syndication"
)

// ErrPast says that the published feeds can't be read back. To go on would give
// every article a new id, and subscribers all of them again.
var ErrPast = errors.New("the published feed can't be read back")

// Recall reads the past of a store back from its published feed: ids, dates and
// order. Atom says most; if it is gone or damaged, RSS says nearly as much.
func Recall(out Store) (past ledger.Past, lang string, err error) {
	var damaged []error
	for _, d := range []struct {
		name string
		read func([]byte) (syndication.Published, error)
	}{{syndication.AtomName, syndication.ReadAtom}, {syndication.RSSName, syndication.ReadRSS}} {
		content, err := out.Read(d.name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return ledger.Past{}, "", err
		}
		p, err := d.read(content)
		if err == nil && p.ID != "" {
			return ledger.Past{Collection: p.ID, Updated: p.Updated, Entries: p.Entries}, p.Lang, nil
		}
		damaged = append(damaged, fmt.Errorf("%w: %s: %w", ErrPast, d.name, err))
	}
	return ledger.Past{}, "", errors.Join(damaged...)
}
