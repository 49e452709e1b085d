package ledger

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// Reading is what a run read of a seed, and what the ledger keeps of that. It
// holds the text only until it is remembered.
type Reading struct {
	file     seed.File
	again    bool // it was read so soon after a change that another may have gone unseen
	bytes    string
	text     int64
	shown    int64
	sketch   sketch
	figures  sketch
	title    string
	titleKey string
	stated   string
	when     article.Stated
	fixed    bool
	draft    bool
	pin      string // the id that front matter asks for
	lang     string
	source   string
	authors  List
	tags     List
	phrases  List
	media    []seed.Media
	changed  time.Time // when the file or one beside it was last written
	size     int
	article  []byte // as JSON, for the time being

	// What Decide finds out.
	here   *known   // the item whose seed stood here
	same   *known   // the item of the same text
	item   *known   // the item that it is
	copy   bool     // of same, copyOf or origin
	copyOf *known   // what it was a copy of before
	copied int64    // fingerprint of that copy's text
	origin *Reading // what has the same text in this run
}

// racy is how close to a file's time its reading may lie without being sure:
// some file systems count in steps of 2 seconds.
const racy = 2 * time.Second

// NewReading makes a reading of what was understood of a document at an instant
// of the wall clock; phrases are those that were looked for and found in it. It
// may run beside others.
func NewReading(doc seed.Document, a *article.Article, phrases []string, at time.Time) (*Reading, error) {
	bare := *a
	bare.Lines = nil // they are for people; nobody looks back
	encoded, err := json.Marshal(&bare)
	if err != nil {
		return nil, fmt.Errorf("remember %q: %w", doc.Path, err)
	}
	changed := doc.ModTime
	for _, m := range doc.Media {
		changed = later(changed, m.ModTime)
	}
	age := at.Sub(changed)
	story := storyOf(a)
	r := &Reading{ // with copies of what it keeps: a part of a text holds all of it in memory
		file: doc.File, again: -racy < age && age < racy, bytes: bytesOf(doc),
		text: fingerprint(story), shown: fingerprint(shownOf(a, shapes(doc.Media))), title: strings.Clone(a.Title), titleKey: article.Key(a.Title),
		stated: statedAs(a.Stated), when: a.Stated, fixed: a.Fixed, draft: a.Draft, pin: strings.Clone(a.ID),
		lang: strings.Clone(a.Lang), source: strings.Clone(a.Source.Name), authors: ListOf(a.Authors), tags: ListOf(a.Tags), phrases: ListOf(phrases),
		media: doc.Media, changed: changed, size: sizeOf(a), article: encoded,
	}
	r.sketch, r.figures = sketches(story)
	return r, nil
}

// bytesOf tells a file and those beside it from what they were before.
func bytesOf(doc seed.Document) string {
	if len(doc.Media) == 0 {
		return string(doc.Sum[:])
	}
	return string(binary.BigEndian.AppendUint64(doc.Sum[:], uint64(doc.MediaPrint())))
}

// shapes are what a subscriber sees of files before they are opened.
func shapes(media []seed.Media) []string {
	list := make([]string, len(media))
	for i, m := range media {
		list[i] = shape(m.Ending, m.Type, m.Size)
	}
	return list
}

func shape(ending, kind string, size int64) string { return fmt.Sprint(ending, " ", kind, " ", size) }

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
	if len(l.readings) == 0 {
		if err := l.exec("CREATE TEMP TABLE IF NOT EXISTS told (path TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID"); err != nil {
			return err
		}
	}
	s := l.conn.Prep("INSERT OR REPLACE INTO temp.told VALUES (?, ?)")
	bindAll(s, r.file.Path, string(r.article))
	if err := l.step(s); err != nil {
		return err
	}
	r.article = nil
	l.readings = append(l.readings, r)
	return nil
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
	return l.putSeed(f, again, isBad)
}

// putSeed remembers how a file was when it was read.
func (l *Ledger) putSeed(f seed.File, again bool, is seedState) error {
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
