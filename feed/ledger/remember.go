package ledger

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// Reading is what a run read of a seed, and what the ledger keeps of that. There
// may be as many as there are seeds: it holds no more in memory than what they
// are told apart by.
type Reading struct {
	file  *seed.File
	again bool // it was read so soon after a change that another may have gone unseen
	fixed bool // the date is its owner's word
	text  int64
	shown int64
	pin   string // the id that front matter asks for
	*unkept
	at note // where its facts and its article are written down

	// By the time of the run.
	published int64 // in seconds since 1970, as are the others
	held      bool  // back
	until     int64 // 0 for a draft

	// What Decide finds out.
	*facts            // while they are needed
	here     *known   // the item whose seed stood here
	same     *known   // the item of the same text
	item     *known   // the item that it is, if that is known
	copy     bool     // of same, copyOf or origin
	copyOf   *known   // what it was a copy of before
	copied   int64    // fingerprint of that copy's text
	origin   *Reading // what has the same text in this run
	number   int64    // of its new item
	released int64    // of that
}

// unkept is what of a reading is no longer needed once it is remembered.
type unkept struct {
	record record
	when   article.Stated
	draft  bool
}

// racy is how close to a file's time its reading may lie without being sure:
// some file systems count in steps of 2 seconds.
const racy = 2 * time.Second

// desk is what a reading is made with. It is kept from one text to the next.
type desk struct {
	text []byte
	sketcher
}

var desks = sync.Pool{New: func() any { return new(desk) }}

// NewReading makes a reading of what was understood of a document at an instant
// of the wall clock; phrases are those that were looked for and found in it. It
// may run beside others.
func NewReading(doc seed.Document, a *article.Article, phrases []string, at time.Time) *Reading {
	file := doc.File
	age := at.Sub(changed(&file))
	media := endings(doc.Media)
	d := desks.Get().(*desk)
	defer desks.Put(d)
	d.text = appendShown(d.text[:0], a, media)
	shown := fingerprint(d.text)
	d.text = appendStory(d.text[:0], a)
	r := &Reading{
		file: &file, again: -racy < age && age < racy, fixed: a.Fixed,
		text: fingerprint(d.text), shown: shown,
		pin:    strings.Clone(a.ID), // a part of a text holds all of it in memory
		unkept: &unkept{when: a.Stated, draft: a.Draft},
	}
	f := facts{
		bytes: bytesOf(doc), title: a.Title, stated: statedAs(a.Stated), lang: a.Lang, source: a.Source.Name,
		authors: ListOf(a.Authors), tags: ListOf(a.Tags), phrases: ListOf(phrases), media: media, size: sizeOf(a),
	}
	f.sketch, f.figures = d.sketches(d.text)
	r.record = newRecord(f, a)
	return r
}

// changed is when a file or one beside it was last written.
func changed(f *seed.File) time.Time {
	t := f.ModTime
	for _, m := range f.Media {
		t = later(t, m.ModTime)
	}
	return t
}

// bytesOf tells a file and those beside it from what they were before.
func bytesOf(doc seed.Document) string {
	if len(doc.Media) == 0 {
		return string(doc.Sum[:])
	}
	return string(binary.BigEndian.AppendUint64(doc.Sum[:], uint64(doc.MediaPrint())))
}

// shape is what a subscriber sees of a file before it is opened.
func shape(m Media) string {
	return path.Ext(m.Name) + " " + m.Type + " " + strconv.FormatInt(m.Size, 10)
}

// statedAs is a date as a text states it, no more exact than that.
func statedAs(s article.Stated) string {
	switch {
	case s.IsZero():
		return ""
	case !s.Clock:
		return s.Time.Format(time.DateOnly)
	case s.Zoned:
		return s.Time.Format(time.RFC3339)
	}
	return s.Time.Format("2006-01-02T15:04:05")
}

// Remember takes in what was read of one seed.
func (l *Ledger) Remember(r *Reading) error {
	if err := l.begin(); err != nil {
		return err
	}
	at, err := l.notes.put(r.record)
	if err != nil {
		return err
	}
	records.Put(&r.record)
	r.at = at
	r.date(l.run)
	r.unkept, r.file = nil, l.listed(r.file)
	l.readings = append(l.readings, r)
	return nil
}

// listed is a file as it was listed, if it is still so: then it need not be kept
// twice. Readings come in the order of the listing.
func (l *Ledger) listed(f *seed.File) *seed.File {
	for len(l.unpassed) > 0 && l.unpassed[0].Path < f.Path {
		l.unpassed = l.unpassed[1:]
	}
	if len(l.unpassed) > 0 && l.unpassed[0].Path == f.Path && l.unpassed[0].Same(f.State) && slices.Equal(l.unpassed[0].Media, f.Media) {
		return &l.unpassed[0]
	}
	return f
}

// factsOf are a reading's, from the notes.
func (l *Ledger) factsOf(r *Reading) (*facts, error) {
	b, err := l.notes.get(r.at)
	if err != nil {
		return nil, err
	}
	return readFacts(b)
}

// articleOf is what a reading was read as, from the notes.
func (l *Ledger) articleOf(r *Reading) (*article.Article, error) {
	b, err := l.notes.get(r.at)
	if err != nil {
		return nil, err
	}
	return readArticle(b)
}

// Fail takes in that a seed could not be read. Its item stays as it was. What
// the system refused is tried again by the next run, another text is not.
func (l *Ledger) Fail(f seed.File, reason error) error {
	if err := l.begin(); err != nil {
		return err
	}
	var errno syscall.Errno
	again := errors.As(reason, &errno) || errors.Is(reason, fs.ErrNotExist)
	l.trouble(f.Path, reason.Error(), false)
	l.unread = append(l.unread, seed.Unreadable{Path: f.Path, Err: reason})
	if l.holding { // what its owner wished of it can't be read either
		if err := l.exec("DELETE FROM held WHERE path = ?", f.Path); err != nil {
			return err
		}
	}
	return l.putSeed(&f, again, isBad)
}

// putSeed remembers how a file was when it was read.
func (l *Ledger) putSeed(f *seed.File, again bool, is seedState) error {
	size := f.Size
	if again {
		size = -1
	}
	s := l.conn.Prep(`INSERT INTO seed (path, size, mtime_ns, ctime_ns, reader, state, media) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE
		SET size = excluded.size, mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns, reader = excluded.reader, state = excluded.state, media = excluded.media
		WHERE (size, mtime_ns, ctime_ns, reader, state, media) IS NOT (excluded.size, excluded.mtime_ns, excluded.ctime_ns, excluded.reader, excluded.state, excluded.media)`)
	bindAll(s, f.Path, size, nano(f.ModTime), nano(f.Changed), l.run.Reader(f.Path), string(is), f.MediaPrint())
	return l.step(s)
}
