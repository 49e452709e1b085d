package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// The same number makes the same articles on every machine. Who changes them on
// purpose raises corpusVersion and writes the sums anew.
func TestCorpusIsDeterministic(t *testing.T) {
	l := testLibrary(t)
	want := map[string]string{
		"news":  "9b509e0d4bcb675e",
		"mixed": "409a4fed11d03444",
	}
	for kind, of := range makers {
		h := sha256.New()
		for i := range 500 {
			d := of(l, 1, i)
			fmt.Fprintf(h, "%s %d\n%s", d.name, len(d.data), d.data)
		}
		if got := hex.EncodeToString(h.Sum(nil))[:16]; got != want[kind] {
			t.Errorf("%s: %s, want %s", kind, got, want[kind])
		}
		if a, b := of(l, 1, 7), of(l, 2, 7); string(a.data) == string(b.data) {
			t.Errorf("%s: two seeds, one article", kind)
		}
	}
}

func testLibrary(t *testing.T) library {
	t.Helper()
	l, err := readLibrary()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A small corpus is the beginning of a large one, and times tell the newest.
func TestCorpusIsPrefix(t *testing.T) {
	for kind := range makers {
		few, many := written(t, kind, 40), written(t, kind, 400)
		if len(few) != 40 || len(many) != 400 {
			t.Errorf("%s: %d and %d articles", kind, len(few), len(many))
		}
		for name, data := range few {
			if many[name] != data {
				t.Errorf("%s: %s is another among many", kind, name)
			}
		}
	}
}

// written is what writeCorpus writes, by name: the time and the text.
func written(t *testing.T, kind string, n int) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := writeCorpus(t.Context(), kind, dir, n, 1); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var i int
		if _, err := fmt.Sscanf(path.Base(name), "%d.txt", &i); err != nil {
			return err
		}
		if !info.ModTime().Equal(bornAt(i)) {
			t.Errorf("%s is of %s", name, info.ModTime())
		}
		files[name] = info.ModTime().UTC().String() + "\n" + string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestNewsAreAsPromised(t *testing.T) {
	l := testLibrary(t)
	const n = 2000
	size, persian := 0, 0
	for i := range n {
		d := newsDocument(l, 1, i)
		size += len(d.data)
		if !utf8.Valid(d.data) || strings.Contains(string(d.data), "{") {
			t.Errorf("%s:\n%s", d.name, d.data)
		}
		if strings.Contains(string(d.data), "انتهای پیام/") {
			persian++
		}
		if got := strings.Count(string(d.data), "\n\n") + 1; got < 2+8+3 || got > 2+15+3 {
			t.Errorf("%s has %d paragraphs", d.name, got)
		}
	}
	if mean := size / n; mean < 3600 || mean > 4000 {
		t.Errorf("%d bytes an article", mean)
	}
	if share := 100 * persian / n; share < 37 || share > 43 {
		t.Errorf("%d %% Persian", share)
	}
	if last := bornAt(1_000_000); last.After(time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the last of a million is of %s", last)
	}
}

func TestMixedAreAsPromised(t *testing.T) {
	l := testLibrary(t)
	const n = 4000
	short, long, foreign, deep := 0, 0, 0, 0
	seen := map[string]bool{}
	for i := range n {
		d := mixedDocument(l, 1, i)
		switch {
		case len(d.data) <= 800:
			short++
		case len(d.data) >= 50_000:
			long++
		}
		if !utf8.Valid(d.data) {
			foreign++
		}
		deep = max(deep, strings.Count(d.name, "/"))
		if seen[string(d.data)] {
			t.Errorf("%s is a copy", d.name)
		}
		seen[string(d.data)] = true
	}
	if short < n*8/10 || long < 5 || long > n/50 || foreign < n/50 || deep != 12 {
		t.Errorf("%d short, %d long, %d not in UTF-8, %d levels", short, long, foreign, deep)
	}
}

// An edited corpus is put back, and has no seal meanwhile.
func TestCorpusEdited(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "news-3")
	c := corpus{"news", 3, dir}
	if err := writeCorpus(t.Context(), c.kind, c.dir, c.n, 1); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.seal(), []byte(c.make(1)), 0o644); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(c.file(1))
	if err != nil {
		t.Fatal(err)
	}
	err = c.edited(1, func(edit func(int, string) error) error {
		if ok, err := c.isSealed(1); ok || err != nil {
			t.Errorf("sealed %t, error %v", ok, err)
		}
		for _, more := range []string{"one", "two"} {
			if err := edit(1, more); err != nil {
				return err
			}
		}
		if data, err := os.ReadFile(c.file(1)); string(data) != string(before)+"onetwo" || err != nil {
			t.Errorf("%q, error %v", data, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(c.file(1))
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(c.file(1))
	if err != nil {
		t.Fatal(err)
	}
	if string(after) != string(before) || !info.ModTime().Equal(bornAt(1)) {
		t.Errorf("%q of %s", after, info.ModTime())
	}
	for seed, want := range map[uint64]bool{1: true, 2: false} {
		if ok, err := c.isSealed(seed); ok != want || err != nil {
			t.Errorf("seed %d: sealed %t, error %v", seed, ok, err)
		}
	}
}
