package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What the floor of pages writes is whole: all articles, newest first, well formed.
func TestStream(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	const n = 3*bite + 5
	if err := writeCorpus(t.Context(), "news", in, n, 1); err != nil {
		t.Fatal(err)
	}
	if err := stream(in, "197", out, true); err != nil {
		t.Fatal(err)
	}
	for file, mark := range map[string]string{"atom.xml": "<entry><id>urn:example:", "rss.xml": "<item><guid>urn:example:"} {
		data, err := os.ReadFile(filepath.Join(out, file))
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		parts := strings.Split(string(data), mark)[1:]
		if len(parts) != n {
			t.Fatalf("%s has %d articles", file, len(parts))
		}
		for i, p := range parts {
			if want := filepath.Base(newsName(n - 1 - i)); !strings.HasPrefix(p, want) {
				t.Fatalf("%s: article %d is %.20s, want %s", file, i, p, want)
			}
		}
	}
	pages, err := filepath.Glob(filepath.Join(out, "pages", "*", "*.html"))
	if err != nil || len(pages) != n {
		t.Errorf("%d pages, error %v", len(pages), err)
	}
	if err := stream(in, "5", out, false); err == nil {
		t.Error("197 files are taken for 5")
	}
}

// Floors read and find everything.
func TestErrandsCount(t *testing.T) {
	in := t.TempDir()
	if err := writeCorpus(t.Context(), "mixed", in, 100, 1); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"errand-stat", "errand-read"} {
		if err := errands[name](t.Context(), []string{in, "100", ""}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := errands[name](t.Context(), []string{in, "99", ""}); err == nil {
			t.Errorf("%s finds 99 in 100", name)
		}
	}
}

func TestReadFile(t *testing.T) {
	for _, size := range []int{0, 1, 15, 16, 17, 5000} {
		name := filepath.Join(t.TempDir(), "a")
		want := bytes.Repeat([]byte("x"), size)
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := readFile(name, make([]byte, 3, 16))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %d, error %v", size, len(got), err)
		}
	}
}

func TestAppendEscaped(t *testing.T) {
	if got := string(appendEscaped(nil, []byte(`a & <b> "c" و`), once)); got != `a &amp; &lt;b&gt; "c" و` {
		t.Error(got)
	}
	if got := string(appendParagraphs(nil, []byte("a\n\n<b"), twice)); got != "&lt;p&gt;a&lt;/p&gt;\n&lt;p&gt;&amp;lt;b&lt;/p&gt;\n" {
		t.Error(got)
	}
}
