package article

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// sample is what a person says that one of the sample seeds means.
type sample struct {
	Path, Lang, Dir, Title, Kicker, Kind, Summary, Source string
	SourceKind                                            string `json:"source_kind"`
	Authors, Tags                                         []string
	Published                                             string
	Body                                                  int // paragraphs
}

func samples(t *testing.T) map[string]sample {
	f, err := os.Open("testdata/samples.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := map[string]sample{}
	for in := bufio.NewScanner(f); in.Scan(); {
		var s sample
		if err := json.Unmarshal(in.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		want[s.Path] = s
	}
	return want
}

func TestTheSampleSeedsAreReadAsTheyAreMeant(t *testing.T) {
	want := samples(t)
	root := os.DirFS(filepath.Join("..", "..", "seeds"))
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		s, ok := want[path]
		if !ok {
			t.Errorf("%s: nobody says what it means", path)
			return nil
		}
		delete(want, path)
		t.Run(path, func(t *testing.T) { s.compare(t, Read(strings.TrimPrefix(string(text), "\ufeff"))) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for path := range want {
		t.Errorf("%s: no such sample", path)
	}
}

func (s sample) compare(t *testing.T, a *Article) {
	published := ""
	if !a.Stated.IsZero() {
		published = a.Stated.In(time.UTC).UTC().Format(time.RFC3339)
	}
	for _, f := range []struct{ field, got, want string }{
		{"language", a.Lang + " " + a.Dir, s.Lang + " " + s.Dir},
		{"title", a.Title, s.Title},
		{"kicker", a.Kicker, s.Kicker},
		{"kind of summary", string(a.Kind), s.Kind},
		{"source", a.Source.Name + " " + string(a.Source.Kind), s.Source + " " + s.SourceKind},
		{"published", published, s.Published},
	} {
		if f.got != f.want {
			t.Errorf("%s = %q, want %q", f.field, f.got, f.want)
		}
	}
	if !strings.HasPrefix(a.Summary, s.Summary) {
		t.Errorf("summary = %q, want it to start with %q", a.Summary, s.Summary)
	}
	if !slices.Equal(a.Authors, s.Authors) || !slices.Equal(a.Tags, s.Tags) {
		t.Errorf("authors %q and tags %q, want %q and %q", a.Authors, a.Tags, s.Authors, s.Tags)
	}
	if len(a.Body) != s.Body {
		t.Errorf("%d paragraphs, want %d: %q", len(a.Body), s.Body, a.Body)
	}
}
