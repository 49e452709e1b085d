package ledger

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"

	"seedfeed/feed/article"
)

// Item is what is remembered of an article: who it is and when it was. It holds no text.
type Item struct {
	Number    int64     // in the order of release; 0 before it
	ID        string    // urn:uuid:…, for good
	Path      string    // the seed's path under seeds/, with slashes, in NFC
	Page      string    // the page's name under out/, given once
	Published time.Time // frozen at first sight
	Updated   time.Time // the last change that a subscriber can see
	Released  time.Time // when subscribers got it first
	Lang      string
	Source    string // the outlet's name
	Authors   List
	Tags      List
	Phrases   List // of those that feeds are selected by, the ones that its text holds
	Enclosed  List // the files that go with it; see Media
	Size      int  // of the text, in bytes
	Gone      bool // it stands in no feed

	text  int64 // fingerprint of its story
	shown int64 // fingerprint of all that a subscriber sees
}

// List is some texts of one line each, one a line, so that items can be compared.
type List string

// ListOf makes a list. A line end in a text becomes a space.
func ListOf(texts []string) List {
	lines := make([]string, len(texts))
	for i, t := range texts {
		lines[i] = strings.Join(strings.FieldsFunc(t, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	}
	return List(strings.Clone(strings.Join(lines, "\n"))) // of one text Join makes no copy, and that may be a part of a large one
}

// All are the texts of a list.
func (l List) All() []string {
	if l == "" {
		return nil
	}
	return strings.Split(string(l), "\n")
}

// Media is a file that goes with an item.
type Media struct {
	Name string // under out/
	Type string // "audio/mpeg"
	Size int64  // in bytes
}

// MediaList makes the list that Item.Media reads.
func MediaList(media []Media) List {
	lines := make([]string, len(media))
	for i, m := range media {
		lines[i] = fmt.Sprintf("%s\t%s\t%d", m.Name, m.Type, m.Size)
	}
	return ListOf(lines)
}

// Media are the files that go with the item.
func (i Item) Media() []Media {
	var media []Media
	for _, line := range i.Enclosed.All() {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			continue
		}
		size, _ := strconv.ParseInt(fields[2], 10, 64)
		media = append(media, Media{fields[0], fields[1], size})
	}
	return media
}

// Fresh is what orders a feed: the newest released or really updated item comes first.
func (i Item) Fresh() time.Time {
	if i.Updated.After(i.Released) {
		return i.Updated
	}
	return i.Released
}

// Print is a fingerprint of all that an entry says of the item and its text.
func (i Item) Print() int64 {
	b := make([]byte, 0, 512)
	b = append(append(append(append(b, i.ID...), '\n'), i.Page...), '\n')
	for _, n := range [...]int64{i.Published.Unix(), i.Updated.Unix(), i.shown} {
		b = append(strconv.AppendInt(b, n, 10), '\n')
	}
	h := fnv.New64a()
	h.Write(append(b, i.Enclosed...))
	return int64(h.Sum64())
}

// Tells reports whether an article tells the story that the item is known by.
func (i Item) Tells(a *article.Article) bool { return fingerprint(storyOf(a)) == i.text }

// Entry is an item with its text.
type Entry struct {
	Item    Item
	Article *article.Article
}

// state is where an item is.
type state string

const (
	standing state = "standing" // in feeds
	held     state = "held"     // back, by its owner
	gone     state = "gone"     // its seed is
)

// row is all that the ledger knows of an item. Rows of the same values are equal.
type row struct {
	Item
	state   state
	due     bool
	seen    int64
	title   string
	stated  string
	bytes   string // half of the SHA-256 of its file; empty if unknown
	sketch  sketch
	figures sketch
}

// known is an item that this run has to do with.
type known struct {
	row
	before  row              // as the ledger has it
	article *article.Article // of one taken back from a published feed
	owner   *Reading         // what was read at its path
	taken   *Reading         // the one that is it now
	lost    bool             // its file is gone
	place   int64            // the number that the published archive tells; 0 if none does
	events  [][2]string      // what happened to it in this run
}

const rowColumns = `number, id, path, state, page, due, published, updated, released, seen,
	title, lang, size, stated, bytes, text, shown, sketch, figures, source, authors, tags, phrases, enclosed`

// itemColumns are those of an Item.
const itemColumns = `number, id, path, state, page, published, updated, released, lang, size, text, shown,
	source, authors, tags, phrases, enclosed`

// scanItem reads the columns of itemColumns.
func scanItem(s *sqlite.Stmt) Item {
	return Item{
		Number: s.ColumnInt64(0), ID: s.ColumnText(1), Path: s.ColumnText(2), Gone: state(s.ColumnText(3)) != standing, Page: s.ColumnText(4),
		Published: instant(s.ColumnInt64(5)), Updated: instant(s.ColumnInt64(6)), Released: instant(s.ColumnInt64(7)),
		Lang: s.ColumnText(8), Size: s.ColumnInt(9), text: s.ColumnInt64(10), shown: s.ColumnInt64(11),
		Source: s.ColumnText(12), Authors: List(s.ColumnText(13)), Tags: List(s.ColumnText(14)), Phrases: List(s.ColumnText(15)), Enclosed: List(s.ColumnText(16)),
	}
}

// scanRow reads the columns of rowColumns.
func scanRow(s *sqlite.Stmt) row {
	return row{
		Item: Item{
			Number: s.ColumnInt64(0), ID: s.ColumnText(1), Path: s.ColumnText(2), Page: s.ColumnText(4),
			Published: instant(s.ColumnInt64(6)), Updated: instant(s.ColumnInt64(7)), Released: instant(s.ColumnInt64(8)),
			Lang: s.ColumnText(11), Size: s.ColumnInt(12), Source: s.ColumnText(19),
			Authors: List(s.ColumnText(20)), Tags: List(s.ColumnText(21)), Phrases: List(s.ColumnText(22)), Enclosed: List(s.ColumnText(23)), text: s.ColumnInt64(15), shown: s.ColumnInt64(16),
		},
		state: state(s.ColumnText(3)), due: s.ColumnBool(5), seen: s.ColumnInt64(9),
		title: s.ColumnText(10), stated: s.ColumnText(13), bytes: blob(s, 14),
		sketch: sketch(blob(s, 17)), figures: sketch(blob(s, 18)),
	}
}

// bind binds a row to the columns of rowColumns.
func (r *row) bind(s *sqlite.Stmt) {
	bindAll(s, r.Number, r.ID, r.Path, string(r.state), r.Page, r.due, r.Published.Unix(), r.Updated.Unix(), r.Released.Unix(), r.seen,
		r.title, r.Lang, int64(r.Size), r.stated, []byte(r.bytes), r.text, r.shown, []byte(r.sketch), []byte(r.figures),
		r.Source, string(r.Authors), string(r.Tags), string(r.Phrases), string(r.Enclosed))
}

func bindAll(s *sqlite.Stmt, values ...any) {
	for i, v := range values {
		switch v := v.(type) {
		case int64:
			s.BindInt64(i+1, v)
		case string:
			s.BindText(i+1, v)
		case bool:
			s.BindBool(i+1, v)
		case []byte:
			s.BindBytes(i+1, v)
		}
	}
}

func blob(s *sqlite.Stmt, column int) string {
	b := make([]byte, s.ColumnLen(column))
	return string(b[:s.ColumnBytes(column, b)])
}

// instant is a time as the ledger keeps it.
func instant(unix int64) time.Time { return time.Unix(unix, 0).UTC() }
