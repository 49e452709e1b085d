package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"zombiezen.com/go/sqlite"
)

// ErrNoLedger says that nothing is remembered yet.
var ErrNoLedger = errors.New("no ledger yet")

// Look opens the ledger in a directory to be asked, not to be written. It need
// not be one's own.
func Look(dir string) (*Ledger, error) {
	l := &Ledger{dir: dir}
	if _, err := os.Stat(l.name()); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = ErrNoLedger
		}
		return nil, fmt.Errorf("%q: %w", l.name(), err)
	}
	var err error
	if l.conn, err = sqlite.OpenConn(l.name(), sqlite.OpenReadOnly); err != nil {
		return nil, l.explain("open", err)
	}
	l.conn.SetBusyTimeout(patience)
	version, err := l.number("PRAGMA user_version")
	if code := sqlite.ErrCode(err).ToPrimary(); code == sqlite.ResultReadOnly || code == sqlite.ResultCantOpen {
		l.conn.Close() // a killed run's journal has to be played back
		return Open(dir)
	}
	if err == nil {
		err = l.recognise(int(version))
	}
	if err == nil && version == 0 {
		err = fmt.Errorf("%q: %w", l.name(), ErrNoLedger)
	}
	if err != nil {
		return nil, errors.Join(err, l.conn.Close())
	}
	return l, nil
}

// Status is what the ledger knows of a collection.
type Status struct {
	Name       string // of the ledger's file
	Collection string
	Seeds      int // files
	Articles   int // of these, with an item of their own in feeds
	Copies     int
	Gone       int // items whose seeds are gone
	Held       []Held
	Trouble    []Trouble
	Documents  []string
	Pings      int // notifications that a hub has yet to get
	Feed       Feed
	Ran        time.Time // the last run, which may have found nothing to do
	Changed    Change    // the last one that changed something
}

// Held is a seed that its owner holds back.
type Held struct {
	Path  string
	Until time.Time // zero for a draft
}

// Change is what a run did.
type Change struct {
	At                 time.Time
	New, Changed, Gone int
}

// Status tells what is known of the collection.
func (l *Ledger) Status() (Status, error) {
	s := Status{Name: l.name()}
	if info, err := os.Stat(filepath.Join(l.dir, ranName)); err == nil {
		s.Ran = info.ModTime()
	}
	var errs []error
	ask := func(query string, row func(*sqlite.Stmt)) {
		errs = append(errs, l.each(query, func(r *sqlite.Stmt) error { row(r); return nil }))
	}
	ask("SELECT value FROM setting WHERE name = 'collection'", func(r *sqlite.Stmt) { s.Collection = r.ColumnText(0) })
	ask("SELECT count(*), count(*) FILTER (WHERE state = 'copy') FROM seed", func(r *sqlite.Stmt) { s.Seeds, s.Copies = r.ColumnInt(0), r.ColumnInt(1) })
	ask("SELECT count(*) FILTER (WHERE state = 'standing'), count(*) FILTER (WHERE state = 'gone') FROM item", func(r *sqlite.Stmt) {
		s.Articles, s.Gone = r.ColumnInt(0), r.ColumnInt(1)
	})
	ask("SELECT path, until FROM held ORDER BY path", func(r *sqlite.Stmt) {
		h := Held{Path: r.ColumnText(0)}
		if !r.ColumnIsNull(1) {
			h.Until = instant(r.ColumnInt64(1))
		}
		s.Held = append(s.Held, h)
	})
	ask("SELECT path, reason, dir, since FROM trouble ORDER BY path", func(r *sqlite.Stmt) {
		s.Trouble = append(s.Trouble, Trouble{Path: r.ColumnText(0), Reason: r.ColumnText(1), Dir: r.ColumnBool(2), Since: instant(r.ColumnInt64(3))})
	})
	ask("SELECT count(*) FROM ping", func(r *sqlite.Stmt) { s.Pings = r.ColumnInt(0) })
	ask("SELECT name FROM document ORDER BY name", func(r *sqlite.Stmt) { s.Documents = append(s.Documents, r.ColumnText(0)) })
	ask("SELECT at, new, changed, gone FROM run ORDER BY rowid DESC LIMIT 1", func(r *sqlite.Stmt) {
		s.Changed = Change{instant(r.ColumnInt64(0)), r.ColumnInt(1), r.ColumnInt(2), r.ColumnInt(3)}
	})
	feeds, err := l.Feeds()
	for _, f := range feeds {
		if f.Name == "" {
			s.Feed = f
		}
	}
	return s, errors.Join(append(errs, err)...)
}

// ItemStatus is what the ledger knows of an item.
type ItemStatus struct {
	Item
	State   string // standing, held or gone
	Title   string
	Seen    time.Time
	Copies  []string // paths
	History []Event
}

// Event is what happened to an item once.
type Event struct {
	At     time.Time
	Event  string // updated, moved, redated, renamed, gone, back, held
	Detail string
}

// ItemsAt tells of the items that the seed at a path is, or was: the one that
// it is now comes first.
func (l *Ledger) ItemsAt(path string) ([]ItemStatus, error) {
	var list []ItemStatus
	err := l.each("SELECT "+rowColumns+` FROM item WHERE path = ?1 OR number = (SELECT item FROM copy WHERE path = ?1)
		ORDER BY state = 'gone', number DESC`, func(s *sqlite.Stmt) error {
		r := scanRow(s)
		list = append(list, ItemStatus{Item: r.Item, State: string(r.state), Title: r.title, Seen: instant(r.seen)})
		return nil
	}, path)
	for i := range list {
		it := &list[i]
		err = errors.Join(err,
			l.each("SELECT path FROM copy WHERE item = ? ORDER BY path", func(s *sqlite.Stmt) error {
				it.Copies = append(it.Copies, s.ColumnText(0))
				return nil
			}, it.Number),
			l.each("SELECT at, event, detail FROM history WHERE item = ? ORDER BY rowid", func(s *sqlite.Stmt) error {
				it.History = append(it.History, Event{instant(s.ColumnInt64(0)), s.ColumnText(1), s.ColumnText(2)})
				return nil
			}, it.Number))
	}
	return list, err
}
