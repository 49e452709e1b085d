package ledger

import (
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// record writes a reading's facts and its article down, one after the other and
// without names: texts and lists with their length in front, numbers as varints.
// It never outlives the run that wrote it, so it has no version.
type record []byte

// errRecord says that notes were damaged on their way.
var errRecord = errors.New("notes of this run can't be read back")

func (w *record) int(n int64) { *w = binary.AppendVarint(*w, n) }

func (w *record) text(s string) {
	w.int(int64(len(s)))
	*w = append(*w, s...)
}

func (w *record) texts(list []string) {
	w.int(int64(len(list)))
	for _, s := range list {
		w.text(s)
	}
}

func (w *record) bool(is bool) {
	if is {
		w.int(1)
	} else {
		w.int(0)
	}
}

func (w *record) time(t time.Time) {
	_, offset := t.Zone()
	w.int(t.Unix())
	w.int(int64(t.Nanosecond()))
	w.int(int64(offset))
}

// recorded reads a record. Its texts are parts of it.
type recorded struct {
	rest string
	bad  bool // it ended too early
}

func (r *recorded) int() int64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		c := r.rest[i]
		n |= uint64(c&0x7F) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return int64(n>>1) ^ -int64(n&1)
		}
	}
	r.rest, r.bad = "", true
	return 0
}

func (r *recorded) text() (s string) {
	n := r.int()
	if n < 0 || n > int64(len(r.rest)) {
		r.rest, r.bad = "", true
		return ""
	}
	s, r.rest = r.rest[:n], r.rest[n:]
	return s
}

func (r *recorded) texts() (list []string) {
	n := r.int()
	if n < 0 || n > int64(len(r.rest)) {
		r.rest, r.bad = "", true
	} else if n > 0 {
		list = make([]string, n)
	}
	for i := range list {
		list[i] = r.text()
	}
	return list
}

func (r *recorded) bool() bool { return r.int() != 0 }

func (r *recorded) time() time.Time {
	t := time.Unix(r.int(), r.int()).UTC()
	if offset := r.int(); offset != 0 {
		t = t.In(time.FixedZone("", int(offset)))
	}
	return t
}

// facts are what of a reading stands in its item's row.
type facts struct {
	bytes   string
	sketch  sketch
	figures sketch
	title   string
	stated  string
	lang    string
	source  string
	authors List
	tags    List
	phrases List
	media   []Media // whose names are their endings
	size    int

	titleKey string // to compare by
}

func (w *record) facts(f facts) {
	for _, s := range [...]string{f.bytes, string(f.sketch), string(f.figures), f.title, f.stated, f.lang, f.source,
		string(f.authors), string(f.tags), string(f.phrases)} {
		w.text(s)
	}
	w.int(int64(f.size))
	w.int(int64(len(f.media)))
	for _, m := range f.media {
		w.text(m.Name)
		w.text(m.Type)
		w.int(m.Size)
	}
}

func (r *recorded) facts() (f facts) {
	f.bytes, f.sketch, f.figures = r.text(), sketch(r.text()), sketch(r.text())
	f.title, f.stated, f.lang, f.source = r.text(), r.text(), r.text(), r.text()
	f.authors, f.tags, f.phrases = List(r.text()), List(r.text()), List(r.text())
	f.size = int(r.int())
	for n := r.int(); n > 0 && !r.bad; n-- {
		f.media = append(f.media, Media{r.text(), r.text(), r.int()})
	}
	return f
}

// article writes all of an article but its lines, which are for people: nobody
// looks back at them.
func (w *record) article(a *article.Article) {
	for _, s := range [...]string{a.Title, a.Kicker, a.Summary, string(a.Kind), a.Source.Name, a.Source.URL, string(a.Source.Kind),
		a.Lang, a.Dir, a.Link, a.ID} {
		w.text(s)
	}
	w.time(a.Stated.Time)
	for _, is := range [...]bool{a.Stated.Clock, a.Stated.Zoned, a.Draft, a.Fixed} {
		w.bool(is)
	}
	w.texts(a.Authors)
	w.texts(a.Tags)
	w.texts(a.Body)
}

func (r *recorded) article() *article.Article {
	a := &article.Article{Title: r.text(), Kicker: r.text(), Summary: r.text(), Kind: article.SummaryKind(r.text())}
	a.Source = article.Source{Name: r.text(), URL: r.text(), Kind: article.SourceKind(r.text())}
	a.Lang, a.Dir, a.Link, a.ID = r.text(), r.text(), r.text(), r.text()
	a.Stated = article.Stated{Time: r.time(), Clock: r.bool(), Zoned: r.bool()}
	a.Draft, a.Fixed = r.bool(), r.bool()
	a.Authors, a.Tags, a.Body = r.texts(), r.texts(), r.texts()
	return a
}

// endings are media by what of them is known before their item has a page.
func endings(media []seed.Media) []Media {
	list := make([]Media, len(media))
	for i, m := range media {
		list[i] = Media{m.Ending, m.Type, m.Size}
	}
	return list
}

// records are those that were put down in the notes: the next one is written into them.
var records = sync.Pool{New: func() any { return new(record) }}

// newRecord writes down the facts, the article and how long the facts are.
func newRecord(f facts, a *article.Article) record {
	w := slices.Grow((*records.Get().(*record))[:0], f.size+1024)
	w.facts(f)
	size := len(w)
	w.article(a)
	return binary.LittleEndian.AppendUint32(w, uint32(size))
}

// parts are the facts and the article of a record.
func parts(b []byte) (facts, article []byte) {
	const length = 4
	end := len(b) - length
	size := binary.LittleEndian.Uint32(b[end:])
	return b[:size], b[size:end]
}

// readFacts reads the facts of a record, and holds no more than these in memory.
func readFacts(b []byte) (*facts, error) {
	head, _ := parts(b)
	r := recorded{rest: string(head)}
	f := r.facts()
	if r.bad {
		return nil, errRecord
	}
	return &f, nil
}

// readArticle reads the article of a record.
func readArticle(b []byte) (*article.Article, error) {
	_, body := parts(b)
	r := recorded{rest: string(body)}
	a := r.article()
	if r.bad {
		return nil, errRecord
	}
	return a, nil
}
