package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Floors are the least work by which something like it could be done: no
// settings, no memory of earlier runs, no doubts. All of them work in pairs.
const floorWorkers = 2

// An entry is a file that was found.
type entry struct {
	folder, name string
	modTime      int64 // nanoseconds; 0 if it was not asked for
}

func (e entry) path() string { return e.folder + string(filepath.Separator) + e.name }

// list finds all files below root, level by level.
func list(root string, withTimes bool) ([]entry, error) {
	var all []entry
	for level := []string{root}; len(level) > 0; {
		files, folders := make([][]entry, len(level)), make([][]string, len(level))
		err := inParallel(len(level), 1, func(i int, _ *worker) (err error) {
			files[i], folders[i], err = listFolder(level[i], withTimes)
			return err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, slices.Concat(files...)...)
		level = slices.Concat(folders...)
	}
	return all, nil
}

// A worker has a buffer that it uses again for every file.
type worker struct{ buf []byte }

// inParallel calls do for 0 to n-1, in bites of so many, and stops at an error.
func inParallel(n, bite int, do func(i int, w *worker) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, floorWorkers)
	for k := range errs {
		wg.Go(func() {
			w := worker{make([]byte, 0, 64<<10)}
			for errs[k] == nil {
				first := int(next.Add(int64(bite))) - bite
				if first >= n {
					return
				}
				for i := first; i < min(first+bite, n) && errs[k] == nil; i++ {
					errs[k] = do(i, &w)
				}
			}
		})
	}
	wg.Wait()
	return cmp.Or(errs...)
}

const bite = 64

// statErrand looks at every file, as find does: folder, number of files.
func statErrand(_ context.Context, args []string) error {
	files, err := list(args[0], true)
	if err != nil {
		return err
	}
	return expect(len(files), args[1])
}

// readErrand reads every file and forgets it: folder, number of files.
func readErrand(_ context.Context, args []string) error {
	files, err := list(args[0], false)
	if err != nil {
		return err
	}
	err = inParallel(len(files), bite, func(i int, w *worker) (err error) {
		w.buf, err = readFile(files[i].path(), w.buf)
		return err
	})
	if err != nil {
		return err
	}
	return expect(len(files), args[1])
}

// streamErrand writes every article in full into one Atom and one RSS feed:
// folder, number of files, folder to write in.
func streamErrand(_ context.Context, args []string) error {
	return stream(args[0], args[1], args[2], false)
}

// pagesErrand writes a small page for each article besides.
func pagesErrand(_ context.Context, args []string) error {
	return stream(args[0], args[1], args[2], true)
}

// expect holds a floor to what it had to do.
func expect(got int, want string) error {
	if n, err := strconv.Atoi(want); err != nil || got != n {
		return fmt.Errorf("%d articles, not %s", got, want)
	}
	return nil
}

// stream reads the newest first, and writes in that order what its workers
// made of a chunk of articles each.
func stream(in, want, out string, pages bool) error {
	files, err := list(in, true)
	if err != nil {
		return err
	}
	if err := expect(len(files), want); err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.modTime, a.modTime), strings.Compare(a.name, b.name))
	})
	if err := makePageFolders(out, len(files), pages); err != nil {
		return err
	}
	atom, err := os.Create(filepath.Join(out, "atom.xml"))
	if err != nil {
		return err
	}
	defer atom.Close()
	rss, err := os.Create(filepath.Join(out, "rss.xml"))
	if err != nil {
		return err
	}
	defer rss.Close()

	s := streamer{files: files, out: out, pages: pages}
	err = errors.Join(write(atom, atomHead), write(rss, rssHead))
	for c := range s.chunks() {
		if err = errors.Join(err, c.err); err == nil {
			err = errors.Join(write(atom, c.atom), write(rss, c.rss))
		}
	}
	return errors.Join(err, write(atom, atomFoot), write(rss, rssFoot), atom.Close(), rss.Close())
}

func write[T string | []byte](f *os.File, text T) error {
	_, err := f.Write([]byte(text))
	return err
}

func makePageFolders(out string, n int, pages bool) error {
	if !pages {
		return os.MkdirAll(out, 0o755)
	}
	for first := 0; first < n; first += inFolder {
		if err := os.MkdirAll(pageFolder(out, first), 0o755); err != nil {
			return err
		}
	}
	return nil
}

func pageFolder(out string, i int) string {
	return filepath.Join(out, "pages", fmt.Sprintf("%04d", i/inFolder))
}

// A chunk is what some articles that follow each other become.
type chunk struct {
	atom, rss, page []byte
	err             error
}

type streamer struct {
	files []entry
	out   string
	pages bool
}

// chunks gives all of them in order. Each worker makes every second one, and
// has two to fill, so that one can be written while it fills the other.
func (s *streamer) chunks() iter.Seq[*chunk] {
	return func(yield func(*chunk) bool) {
		var full, free [floorWorkers]chan *chunk
		for k := range floorWorkers {
			full[k], free[k] = make(chan *chunk, 2), make(chan *chunk, 2)
			free[k] <- new(chunk)
			free[k] <- new(chunk)
			go func() {
				buf := make([]byte, 0, 64<<10)
				for first := k * bite; first < len(s.files); first += floorWorkers * bite {
					c := <-free[k]
					buf = s.fill(c, first, buf)
					full[k] <- c
				}
			}()
		}
		for k, first := 0, 0; first < len(s.files); k, first = (k+1)%floorWorkers, first+bite {
			c := <-full[k]
			if !yield(c) {
				return // the process ends
			}
			free[k] <- c
		}
	}
}

func (s *streamer) fill(c *chunk, first int, buf []byte) []byte {
	c.atom, c.rss, c.err = c.atom[:0], c.rss[:0], nil
	for i := first; i < min(first+bite, len(s.files)) && c.err == nil; i++ {
		e := s.files[i]
		if buf, c.err = readFile(e.path(), buf); c.err != nil {
			break
		}
		if !utf8.Valid(buf) {
			c.err = fmt.Errorf("%s is not UTF-8", e.path())
			break
		}
		a := divide(buf)
		c.atom = appendEntry(c.atom, e, a)
		c.rss = appendItem(c.rss, e, a)
		if s.pages {
			c.page = appendPage(c.page[:0], a)
			stem := strings.TrimSuffix(e.name, ".txt")
			c.err = writeFile(filepath.Join(pageFolder(s.out, i), stem+".html"), c.page)
		}
	}
	return buf
}

// parts are a text's: its first paragraph, its second, and those after.
type parts struct{ title, lead, body []byte }

func divide(text []byte) parts {
	var p parts
	p.title, p.body, _ = bytes.Cut(text, blankLine)
	p.lead, p.body, _ = bytes.Cut(p.body, blankLine)
	return p
}

var blankLine = []byte("\n\n")

const (
	atomHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title><id>urn:example:all</id>` + "\n"
	atomFoot = "</feed>\n"
	rssHead  = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>All</title>` + "\n"
	rssFoot = "</channel></rss>\n"
)

func appendEntry(b []byte, e entry, p parts) []byte {
	b = append(b, "<entry><id>urn:example:"...)
	b = append(b, e.name...)
	b = append(b, "</id><title>"...)
	b = appendEscaped(b, p.title, once)
	b = append(b, "</title><updated>"...)
	b = time.Unix(0, e.modTime).UTC().AppendFormat(b, time.RFC3339)
	b = append(b, `</updated><link href="https://news.example.org/`...)
	b = append(b, e.name...)
	b = append(b, `"/><summary>`...)
	b = appendEscaped(b, p.lead, once)
	b = append(b, `</summary><content type="html">`...)
	b = appendParagraphs(b, p.body, twice)
	return append(b, "</content></entry>\n"...)
}

func appendItem(b []byte, e entry, p parts) []byte {
	b = append(b, "<item><guid>urn:example:"...)
	b = append(b, e.name...)
	b = append(b, "</guid><title>"...)
	b = appendEscaped(b, p.title, once)
	b = append(b, "</title><pubDate>"...)
	b = time.Unix(0, e.modTime).UTC().AppendFormat(b, time.RFC1123Z)
	b = append(b, "</pubDate><link>https://news.example.org/"...)
	b = append(b, e.name...)
	b = append(b, "</link><description>"...)
	b = appendEscaped(b, p.lead, once)
	b = append(b, "</description><content:encoded>"...)
	b = appendParagraphs(b, p.body, twice)
	return append(b, "</content:encoded></item>\n"...)
}

func appendPage(b []byte, p parts) []byte {
	b = append(b, "<!doctype html><meta charset=utf-8><title>"...)
	b = appendEscaped(b, p.title, once)
	b = append(b, "</title><h1>"...)
	b = appendEscaped(b, p.title, once)
	b = append(b, "</h1><p><b>"...)
	b = appendEscaped(b, p.lead, once)
	b = append(b, "</b></p>\n"...)
	return appendParagraphs(b, p.body, once)
}

// marks are how &, < and > are written, and a paragraph's beginning and end.
type marks struct{ amp, lt, gt, open, close string }

var (
	once  = &marks{"&amp;", "&lt;", "&gt;", "<p>", "</p>\n"}
	twice = &marks{"&amp;amp;", "&amp;lt;", "&amp;gt;", "&lt;p&gt;", "&lt;/p&gt;\n"} // markup within XML
)

func appendParagraphs(b, body []byte, m *marks) []byte {
	for more := len(body) > 0; more; {
		var p []byte
		p, body, more = bytes.Cut(body, blankLine)
		b = append(b, m.open...)
		b = appendEscaped(b, p, m)
		b = append(b, m.close...)
	}
	return b
}

func appendEscaped(b, text []byte, m *marks) []byte {
	done := 0
	for i, c := range text {
		if c > '>' || c != '&' && c != '<' && c != '>' {
			continue
		}
		b = append(b, text[done:i]...)
		switch c {
		case '&':
			b = append(b, m.amp...)
		case '<':
			b = append(b, m.lt...)
		default:
			b = append(b, m.gt...)
		}
		done = i + 1
	}
	return append(b, text[done:]...)
}
