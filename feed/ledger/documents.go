package ledger

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"zombiezen.com/go/sqlite"

	"seedfeed/feed/article"
)

// Feed is what is remembered of a feed itself.
type Feed struct {
	Updated time.Time // the run that last changed its content; zero before the first
	Lang    string
}

// Feed tells of the main feed.
func (l *Ledger) Feed() (f Feed, err error) {
	err = l.each("SELECT updated, lang FROM feed WHERE name = ''", func(s *sqlite.Stmt) error {
		f = Feed{instant(s.ColumnInt64(0)), s.ColumnText(1)}
		return nil
	})
	return f, err
}

func (l *Ledger) putFeed(f Feed) error {
	return l.exec(`INSERT INTO feed VALUES ('', ?, ?) ON CONFLICT (name) DO UPDATE SET updated = excluded.updated, lang = excluded.lang
		WHERE (updated, lang) IS NOT (excluded.updated, excluded.lang)`, f.Updated.Unix(), f.Lang)
}

// Hash is what a document's content is known by.
type Hash = [sha256.Size]byte

// Document is what is remembered of a document of a feed.
type Document struct {
	Name    string
	Recipe  int64 // fingerprint of the program and settings that made it
	Hash    Hash  // of what it has to be
	Before  Hash  // of what stood there before, until it is published; else zero
	Size    int64 // as it was published
	ModTime time.Time
}

// Pending reports whether a document was not seen to be published.
func (d Document) Pending() bool { return d.ModTime.IsZero() }

// Document tells of a document; the zero value without it.
func (l *Ledger) Document(name string) (d Document, err error) {
	err = l.each("SELECT name, recipe, hash, before, size, mtime_ns FROM document WHERE name = ?", func(s *sqlite.Stmt) error {
		d = Document{Name: s.ColumnText(0), Recipe: s.ColumnInt64(1), Size: s.ColumnInt64(4)}
		s.ColumnBytes(2, d.Hash[:])
		s.ColumnBytes(3, d.Before[:])
		if ns := s.ColumnInt64(5); ns != 0 {
			d.ModTime = time.Unix(0, ns)
		}
		return nil
	}, name)
	return d, err
}

func (l *Ledger) putDocument(d Document) error {
	var before []byte
	if d.Before != (Hash{}) {
		before = d.Before[:]
	}
	return l.exec(`INSERT INTO document VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
		recipe = excluded.recipe, hash = excluded.hash, before = excluded.before, size = excluded.size, mtime_ns = excluded.mtime_ns
		WHERE (recipe, hash, before, size, mtime_ns) IS NOT (excluded.recipe, excluded.hash, excluded.before, excluded.size, excluded.mtime_ns)`,
		d.Name, d.Recipe, d.Hash[:], before, d.Size, nano(d.ModTime))
}

// Newest yields the items that stand in feeds, the newest released or really
// updated first. Nothing may be written meanwhile.
func (l *Ledger) Newest() iter.Seq2[Item, error] {
	return l.items("state = 'standing' ORDER BY fresh DESC, number DESC")
}

// Due yields the items whose page has to be written or, if they no longer
// stand, removed: all of them if the pages were made with another recipe.
func (l *Ledger) Due(recipe int64, all bool) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		made, err := l.PageRecipe()
		if err != nil {
			yield(Item{}, err)
			return
		}
		where := "due"
		if all || made != recipe {
			where = "due OR state = 'standing'"
		}
		l.items(where + " ORDER BY number")(yield)
	}
}

// PageRecipe is the fingerprint of what the pages were made with.
func (l *Ledger) PageRecipe() (int64, error) {
	return l.number("SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'pages'")
}

// HasPage reports whether a page belongs to an item that stands in feeds.
func (l *Ledger) HasPage(name string) (bool, error) {
	n, err := l.number("SELECT 1 FROM item WHERE folded = ? AND page = ? AND state = 'standing'", fold(name), name)
	return n != 0, err
}

func (l *Ledger) items(where string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		s, err := l.conn.Prepare("SELECT " + rowColumns + " FROM item WHERE " + where)
		if err != nil {
			yield(Item{}, l.explain("use", err))
			return
		}
		defer s.Reset()
		for {
			more, err := s.Step()
			if err != nil {
				yield(Item{}, l.explain("use", err))
				return
			}
			if !more {
				return
			}
			r := scanRow(s)
			r.Item.Gone = r.state != standing
			if !yield(r.Item, nil) {
				return
			}
		}
	}
}

// Text is the article of an item, if it was read in this run or stands in a
// feed; else nil.
func (l *Ledger) Text(it Item) (*article.Article, error) {
	var encoded string
	if len(l.readings) > 0 {
		var err error
		if encoded, err = l.value("SELECT article FROM temp.told WHERE path = ?", it.Path); err != nil {
			return nil, err
		}
	}
	if encoded == "" {
		var err error
		if encoded, err = l.value("SELECT article FROM text WHERE item = ?", it.Number); err != nil || encoded == "" {
			return nil, err
		}
	}
	a := new(article.Article)
	if err := json.Unmarshal([]byte(encoded), a); err != nil {
		return nil, &DamagedError{l.name(), fmt.Errorf("is damaged: the article of %q: %w", it.Path, err)}
	}
	return a, nil
}

// Outcome is what a run is about to publish.
type Outcome struct {
	Feed      Feed
	Items     []Item     // of the feed: their texts are kept
	Documents []Document // of the feed
	Pages     int64      // recipe of the pages
}

// Commit keeps all that was decided, for good. It is done before the first
// document is renamed into place.
func (l *Ledger) Commit(o Outcome) (err error) {
	if err = l.begin(); err != nil {
		return err
	}
	if err = l.keepTexts(o.Items); err != nil {
		return err
	}
	if err = l.putFeed(o.Feed); err != nil {
		return err
	}
	for _, d := range o.Documents {
		if err = l.putDocument(d); err != nil {
			return err
		}
	}
	if made, err := l.PageRecipe(); err != nil {
		return err
	} else if made != o.Pages {
		if err := l.exec("UPDATE item SET due = 1 WHERE state = 'standing'"); err != nil {
			return err
		}
		if err := l.exec("INSERT OR REPLACE INTO setting VALUES ('pages', ?)", fmt.Sprint(o.Pages)); err != nil {
			return err
		}
	}
	return l.commit()
}

// keepTexts keeps the articles of these items and no others.
func (l *Ledger) keepTexts(items []Item) error {
	for _, query := range []string{
		"CREATE TEMP TABLE IF NOT EXISTS stands (item INTEGER PRIMARY KEY)",
		"DELETE FROM temp.stands",
	} {
		if err := l.exec(query); err != nil {
			return err
		}
	}
	for _, it := range items {
		if err := l.exec("INSERT INTO temp.stands VALUES (?)", it.Number); err != nil {
			return err
		}
		if len(l.readings) == 0 {
			continue
		}
		err := l.exec(`INSERT INTO text SELECT ?, article FROM temp.told WHERE path = ?
			ON CONFLICT (item) DO UPDATE SET article = excluded.article WHERE article <> excluded.article`, it.Number, it.Path)
		if err != nil {
			return err
		}
	}
	return l.exec("DELETE FROM text WHERE item NOT IN temp.stands")
}

// Settle remembers that what was committed is published. Pages of late items
// stay due.
func (l *Ledger) Settle(documents []Document, late []Item) error {
	if err := l.begin(); err != nil {
		return err
	}
	for _, d := range documents {
		if err := l.putDocument(d); err != nil {
			return err
		}
	}
	if err := l.exec("UPDATE item SET due = 0 WHERE due"); err != nil {
		return err
	}
	for _, it := range late {
		if err := l.exec("UPDATE item SET due = 1 WHERE number = ?", it.Number); err != nil {
			return err
		}
	}
	return l.commit()
}

func (l *Ledger) commit() (err error) {
	l.end(&err)
	l.end = nil
	if err != nil {
		return l.explain("write", err)
	}
	return nil
}
