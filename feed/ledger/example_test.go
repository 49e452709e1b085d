package ledger_test

import (
	"fmt"
	"os"
	"testing/fstest"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

func Example() {
	dir, err := os.MkdirTemp("", "state")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	file := &fstest.MapFile{Data: []byte("The lamp is lit again\n\nIt was dark for nine years."), ModTime: noon}

	for i, path := range []string{"lamp.txt", "harbour/lamp.txt"} { // it moves between two runs
		l, err := ledger.Open(dir)
		if err == nil {
			err = build(l, fstest.MapFS{path: file}, noon.AddDate(0, 0, i))
			l.Close()
		}
		if err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// 1 new, 0 known
	// lamp.txt 2026-03-04 articles/lamp.html
	// 0 new, 1 known
	// harbour/lamp.txt 2026-03-04 articles/lamp.html
}

// build goes through a run as far as the ledger is concerned.
func build(l *ledger.Ledger, seeds fstest.MapFS, now time.Time) error {
	if err := l.Recall(ledger.Past{}, ""); err != nil { // nothing is published yet
		return err
	}
	listing, err := seed.List(seeds, seed.DefaultMaxSize)
	if err != nil {
		return err
	}
	work, err := l.Compare(listing, ledger.Run{Now: now, Zone: time.UTC, Reader: func(string) int64 { return 1 }})
	if err != nil {
		return err
	}
	for _, file := range work.Read {
		doc, err := seed.Read(seeds, file, seed.DefaultMaxSize)
		if err != nil {
			return err
		}
		a, err := article.Read(doc.Text)
		if err != nil {
			return err
		}
		if err := l.Remember(ledger.NewReading(doc, a, nil, now)); err != nil {
			return err
		}
	}
	census, err := l.Decide()
	if err != nil {
		return err
	}
	fmt.Printf("%d new, %d known\n", census.New, census.Known)
	for item, err := range l.Newest() {
		if err != nil {
			return err
		}
		fmt.Println(item.Path, item.Published.Format(time.DateOnly), item.Page)
	}
	return l.Commit(ledger.Outcome{Feeds: []ledger.Feed{{Updated: now}}})
}
