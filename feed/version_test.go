package feed

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/site"
	"seedfeed/feed/syndication"
)

var update = flag.Bool("update", false, "write testdata/versions.txt anew")

// TestVersionsTellOfEveryChange fails when the program reads or writes in
// another way than its version says: without a new one, what stands in ledgers
// and feeds out there would stay as it was after an upgrade.
func TestVersionsTellOfEveryChange(t *testing.T) {
	reading, entries := readings(t)
	feeds, pages := sha256.New(), sha256.New()
	c := channel.Channel{ID: "urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11", Title: "All <of> them", Base: "https://example.org/", Lang: "fa", Updated: start, Pages: true}
	write(t, feeds, c, syndication.Tell(c, entries), syndication.Atom, syndication.RSS, syndication.JSON)
	c.Tally, c.Parts = channel.Tally{Total: 9, Last: 20500, Days: [90]int{3: 2, 89: 7}}, []channel.Part{{Kind: channel.ByTag, Title: "All <of> them – a", Folder: "feeds/tag/a/", Count: 3}}
	languages, err := os.ReadDir("site/words")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages {
		c.Lang = strings.TrimSuffix(lang.Name(), ".toml")
		write(t, pages, c, entries, site.Index)
	}
	for _, e := range entries {
		page, err := site.Page(c, e, ledger.Neighbour{}, ledger.Neighbour{Page: "articles/a/b.html", Title: "A", Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		pages.Write(page)
	}
	got := fmt.Sprintf("article %s %x\nsyndication %s %x\nsite %s %x\n",
		article.Version, reading.Sum(nil)[:8], syndication.Version, feeds.Sum(nil)[:8], site.Version, pages.Sum(nil)[:8])
	const name = "testdata/versions.txt"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("read or written in another way: raise the Version of the package whose line differs, then run with -update\n%swant\n%s", got, want)
	}
}

// readings reads all sample articles, and takes the words themselves into the sum.
func readings(t *testing.T) (hash.Hash, []channel.Entry) {
	sum := sha256.New()
	var entries []channel.Entry
	root := os.DirFS("article")
	for _, pattern := range []string{"words/*.txt", "testdata/articles/*.txt"} {
		names, err := fs.Glob(root, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(name, "words/") {
				sum.Write(text)
				continue
			}
			a, err := article.Read(strings.ToValidUTF8(string(text), "\uFFFD"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(sum, "%+v\n", *a)
			day := start.Add(-time.Duration(len(entries)) * time.Hour)
			entries = append(entries, channel.Entry{Article: a, Item: ledger.Item{ID: "urn:x:" + name, Page: "articles/" + name + ".html", Published: day, Updated: day, Lang: a.Lang}})
		}
	}
	return sum, entries
}

func write[E any](t *testing.T, sum hash.Hash, c channel.Channel, entries E, writers ...func(channel.Channel, E) ([]byte, error)) {
	t.Helper()
	for _, w := range writers {
		document, err := w(c, entries)
		if err != nil {
			t.Fatal(err)
		}
		sum.Write(document)
	}
}
