package article

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// label is what a person says that a text means. It is written from the text
// and from how sites are laid out, never from what the program read.
type label struct {
	Path, Lang, Dir, Title, Summary string
	Kicker                          any         // a text; the examples have lists, which nobody compares
	SummaryKind                     SummaryKind `json:"summary_kind"`
	Source                          *Source
	Authors, Tags                   []string
	Published                       string   // as exact as the text: a day, a minute, or RFC 3339
	Boilerplate                     []string // whole lines that end up nowhere
	BodyFirst                       string   `json:"body_first"`
	BodyLast                        string   `json:"body_last"`
	Paragraphs                      int      `json:"body_paragraphs"`
	Note                            string   // what is hard about it
	Misread                         string   // what the program is known to get wrong
}

func TestTheSampleSeedsAreReadAsTheyAreMeant(t *testing.T) {
	testLabels(t, filepath.Join("testdata", "samples.jsonl"), filepath.Join("..", "..", "seeds"))
}

func TestArticlesAreReadAsTheyAreMeant(t *testing.T) {
	testLabels(t, filepath.Join("testdata", "articles", "labels.jsonl"), filepath.Join("testdata", "articles"))
}

// testLabels reads every text in a folder and compares it with its label.
func testLabels(t *testing.T, labels, folder string) {
	want := readLabels(t, labels)
	root := os.DirFS(folder)
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		text, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		l, ok := want[path]
		delete(want, path)
		t.Run(path, func(t *testing.T) {
			if !ok {
				t.Fatal("nobody says what it means")
			}
			wrong := l.compare(read(t, strings.TrimPrefix(string(text), "\ufeff")))
			switch {
			case l.Misread == "" && len(wrong) > 0:
				t.Error(strings.Join(wrong, "\n"))
			case l.Misread != "" && len(wrong) == 0:
				t.Errorf("it is read right now: take %q off its label", l.Misread)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for path := range want {
		t.Errorf("%s: there is no such text", path)
	}
}

func readLabels(t *testing.T, name string) map[string]label {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	labels := map[string]label{}
	in := bufio.NewScanner(f)
	for in.Scan() {
		var l label
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		labels[l.Path] = l
	}
	if in.Err() != nil || len(labels) == 0 {
		t.Fatalf("%s: %d labels, %v", name, len(labels), in.Err())
	}
	return labels
}

// compare lists what the article says otherwise than its label.
func (l label) compare(a *Article) (wrong []string) {
	source := Source{}
	if l.Source != nil {
		source = *l.Source
	}
	first, last := "", ""
	if n := len(a.Body); n > 0 && l.BodyFirst != "" {
		first, last = a.Body[0], a.Body[n-1]
	}
	for _, f := range []struct{ field, got, want string }{
		{"language", a.Lang + " " + a.Dir, l.Lang + " " + l.Dir},
		{"title", a.Title, l.Title},
		{"kicker", a.Kicker, l.kicker(a)},
		{"summary", strings.TrimSuffix(a.Summary, "…"), strings.TrimSuffix(l.Summary, "…")},
		{"kind of summary", string(a.Kind), l.kind()},
		{"source", a.Source.Name, source.Name},
		{"kind of source", string(a.Source.Kind), string(source.Kind)},
		{"address of the source", a.Source.URL, source.URL},
		{"authors", strings.Join(a.Authors, " + "), strings.Join(l.Authors, " + ")},
		{"published", l.precision(a.Stated), l.Published},
		{"tags", strings.Join(a.Tags, " + "), strings.Join(l.Tags, " + ")},
		{"paragraphs", strconv.Itoa(len(a.Body)), strconv.Itoa(l.Paragraphs)},
		{"first paragraph", first, l.BodyFirst},
		{"last paragraph", last, l.BodyLast},
	} {
		if got := strings.Join(strings.Fields(f.got), " "); got != strings.Join(strings.Fields(f.want), " ") {
			wrong = append(wrong, fmt.Sprintf("%s = %q, want %q", f.field, f.got, f.want))
		}
	}
	return wrong
}

// kind is that of the summary, if there is one.
func (l label) kind() string {
	if l.Summary == "" {
		return ""
	}
	return string(l.SummaryKind)
}

// kicker is what is wanted; where the label has no single text, what was read.
func (l label) kicker(a *Article) string {
	if text, ok := l.Kicker.(string); ok {
		return strings.TrimRight(text, " :：؛")
	}
	return a.Kicker
}

// precision writes a date as exactly as it is stated, in the zone of the label.
func (l label) precision(s Stated) string {
	switch {
	case s.IsZero():
		return ""
	case s.Zoned:
		if want, err := time.Parse(time.RFC3339, l.Published); err == nil {
			return s.Time.In(want.Location()).Format(time.RFC3339)
		}
		return s.Time.Format(time.RFC3339)
	case s.Clock:
		return s.Time.Format("2006-01-02T15:04")
	}
	return s.Time.Format("2006-01-02")
}
