package ledger

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"

	"seedfeed/feed/article"
)

// Feed is what is remembered of a feed itself, or of a document of its archive.
type Feed struct {
	Name    string // empty for the main feed, else <kind>/<name>, or archive/<number>
	Title   string
	Updated time.Time // the run that last changed its content; zero before the first
	Lang    string
}

// Feeds tells of all feeds that were published.
func (l *Ledger) Feeds() ([]Feed, error) {
	var feeds []Feed
	err := l.each("SELECT name, title, updated, lang FROM feed ORDER BY name", func(s *sqlite.Stmt) error {
		feeds = append(feeds, Feed{s.ColumnText(0), s.ColumnText(1), instant(s.ColumnInt64(2)), s.ColumnText(3)})
		return nil
	})
	return feeds, err
}

func (l *Ledger) putFeed(f Feed) error {
	return l.exec(`INSERT INTO feed (name, title, updated, lang) VALUES (?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET title = excluded.title, updated = excluded.updated, lang = excluded.lang
		WHERE (title, updated, lang) IS NOT (excluded.title, excluded.updated, excluded.lang)`, f.Name, f.Title, f.Updated.Unix(), f.Lang)
}

// Hash is what a document's content is known by.
type Hash = [sha256.Size]byte

// Document is what is remembered of a document of a feed.
type Document struct {
	Name    string
	Recipe  int64 // fingerprint of all that it was made of; 0 if something was missing
	Hash    Hash  // of what it has to be
	Before  Hash  // of what stood there before, until it is published; else zero
	Size    int64 // as it was published
	ModTime time.Time
}

// Pending reports whether a document was not seen to be published.
func (d Document) Pending() bool { return d.ModTime.IsZero() }

// Documents tells of all documents of feeds.
func (l *Ledger) Documents() ([]Document, error) {
	var documents []Document
	err := l.each("SELECT name, recipe, hash, before, size, mtime_ns FROM document ORDER BY name", func(s *sqlite.Stmt) error {
		d := Document{Name: s.ColumnText(0), Recipe: s.ColumnInt64(1), Size: s.ColumnInt64(4)}
		s.ColumnBytes(2, d.Hash[:])
		s.ColumnBytes(3, d.Before[:])
		if ns := s.ColumnInt64(5); ns != 0 {
			d.ModTime = time.Unix(0, ns)
		}
		documents = append(documents, d)
		return nil
	})
	return documents, err
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

// Archived yields the items of a document of the archive, the last released first.
func (l *Ledger) Archived(number int) iter.Seq2[Item, error] {
	last := int64(number) * ArchiveSize
	return l.items(fmt.Sprintf("number > %d AND number <= %d AND state = 'standing' ORDER BY number DESC", last-ArchiveSize, last))
}

// Due yields the items whose page has to be written or, if they no longer
// stand, removed: all of them if the pages were made with another recipe.
func (l *Ledger) Due(recipe int64, all bool) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		made, err := l.Recipes()
		if err != nil {
			yield(Item{}, err)
			return
		}
		where := "due"
		if all || made.Pages != recipe {
			where = "due OR state = 'standing'"
		}
		l.items(where + " ORDER BY number")(yield)
	}
}

// Stray are the files under out/ that went with an item and do no more.
func (l *Ledger) Stray() ([]string, error) {
	var names []string
	err := l.each("SELECT name FROM stray ORDER BY name", func(s *sqlite.Stmt) error {
		names = append(names, s.ColumnText(0))
		return nil
	})
	return names, err
}

// Recipes are fingerprints of what feeds and pages were made with; 0 before that.
type Recipes struct{ Feeds, Pages int64 }

// Recipes tells with what the last run made its feeds and pages.
func (l *Ledger) Recipes() (r Recipes, err error) {
	err = l.each("SELECT name, CAST(value AS INTEGER) FROM setting WHERE name IN ('feeds', 'pages')", func(s *sqlite.Stmt) error {
		if s.ColumnText(0) == "feeds" {
			r.Feeds = s.ColumnInt64(1)
		} else {
			r.Pages = s.ColumnInt64(1)
		}
		return nil
	})
	return r, err
}

func (l *Ledger) putRecipes(r Recipes) error {
	made, err := l.Recipes()
	if err != nil || made == r {
		return err
	}
	return l.exec("INSERT OR REPLACE INTO setting VALUES ('feeds', ?), ('pages', ?)", fmt.Sprint(r.Feeds), fmt.Sprint(r.Pages))
}

// HasPage reports whether a page belongs to an item that stands in feeds.
func (l *Ledger) HasPage(name string) (bool, error) {
	n, err := l.number("SELECT 1 FROM item WHERE folded = ? AND page = ? AND state = 'standing'", fold(name), name)
	return n != 0, err
}

func (l *Ledger) items(where string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		s, err := l.conn.Prepare("SELECT " + itemColumns + " FROM item WHERE " + where)
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
			if !yield(scanItem(s), nil) {
				return
			}
		}
	}
}

// Text is the article of an item, if it was read in this run or stands in a
// feed; else nil.
func (l *Ledger) Text(it Item) (*article.Article, error) {
	if r := l.readingAt(it.Path); r != nil {
		return l.articleOf(r)
	}
	encoded, err := l.value("SELECT article FROM text WHERE item = ?", it.Number)
	if err != nil || encoded == "" {
		return nil, err
	}
	a := new(article.Article)
	if err := json.Unmarshal([]byte(encoded), a); err != nil {
		return nil, &DamagedError{l.name(), fmt.Errorf("is damaged: the article of %q: %w", it.Path, err)}
	}
	return a, nil
}

// readingAt is what was read at a path in this run, or nil.
func (l *Ledger) readingAt(path string) *Reading {
	i, read := slices.BinarySearchFunc(l.readings, path, func(r *Reading, path string) int { return strings.Compare(r.file.Path, path) })
	if !read {
		return nil
	}
	return l.readings[i]
}

// Outcome is what a run is about to publish.
type Outcome struct {
	Feeds     []Feed     // that were made or changed
	Items     []int64    // numbers of all that stand in a current document: their texts are kept
	Documents []Document // that were made again
	Topics    []string   // addresses of changed documents that a hub is to be told of
	Recipes   Recipes
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
	for _, f := range o.Feeds {
		if err = l.putFeed(f); err != nil {
			return err
		}
	}
	for _, d := range o.Documents {
		if err = l.putDocument(d); err != nil {
			return err
		}
	}
	for _, topic := range o.Topics {
		if err = l.putPing(topic); err != nil {
			return err
		}
	}
	l.recipes = o.Recipes
	return l.commit()
}

// keepTexts keeps the articles of these items and no others.
func (l *Ledger) keepTexts(items []int64) error {
	for _, query := range []string{
		"CREATE TEMP TABLE IF NOT EXISTS stands (item INTEGER PRIMARY KEY)",
		"DELETE FROM temp.stands",
	} {
		if err := l.exec(query); err != nil {
			return err
		}
	}
	for _, number := range items {
		if err := l.exec("INSERT OR IGNORE INTO temp.stands VALUES (?)", number); err != nil {
			return err
		}
		if err := l.keepText(number); err != nil {
			return err
		}
	}
	return l.exec("DELETE FROM text WHERE item NOT IN temp.stands")
}

// keepText keeps the article of an item that was read in this run.
func (l *Ledger) keepText(number int64) error {
	if len(l.readings) == 0 {
		return nil
	}
	path, err := l.value("SELECT path FROM item WHERE number = ?", number)
	if err != nil {
		return err
	}
	r := l.readingAt(path)
	if r == nil {
		return nil
	}
	a, err := l.articleOf(r)
	if err != nil {
		return err
	}
	encoded, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("remember %q: %w", path, err)
	}
	return l.exec("INSERT INTO text VALUES (?, ?) ON CONFLICT (item) DO UPDATE SET article = excluded.article WHERE article <> excluded.article",
		number, string(encoded))
}

// Settle remembers that what was committed is published, and that the documents
// and feeds of the dropped names are no more. Pages of late items stay due.
func (l *Ledger) Settle(documents []Document, dropped []string, late []Item) error {
	if err := l.begin(); err != nil {
		return err
	}
	for _, d := range documents {
		if err := l.putDocument(d); err != nil {
			return err
		}
	}
	for _, name := range dropped {
		for _, table := range []string{"document", "feed"} {
			if err := l.exec("DELETE FROM "+table+" WHERE name = ?", name); err != nil {
				return err
			}
		}
	}
	if err := l.putRecipes(l.recipes); err != nil { // not before: until then all pages are due
		return err
	}
	for _, query := range []string{"UPDATE item SET due = 0 WHERE due", "DELETE FROM stray"} {
		if err := l.exec(query); err != nil {
			return err
		}
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
