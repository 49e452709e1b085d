package ledger

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// TestWhatIsCountedAlong goes through some runs in which seeds come, change and
// go, and holds what is counted and looked up ahead against all items.
func TestWhatIsCountedAlong(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	l := open(t)
	if err := l.Recall(Past{}, ""); err != nil {
		t.Fatal(err)
	}
	seeds := map[string]int{} // versions, by path
	for run := range 8 {
		for range 150 {
			path := fmt.Sprintf("%03d.txt", r.IntN(300))
			switch {
			case r.IntN(8) == 0 && run > 0:
				delete(seeds, path)
			default:
				seeds[path]++
			}
		}
		runOver(t, l, seeds, now.Add(time.Duration(run)*24*time.Hour))
		if err := l.Commit(Outcome{Feeds: []Feed{{Updated: now}}}); err != nil {
			t.Fatal(err)
		}
		if err := l.Settle(nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		l.work = work{}
	}
}

func runOver(t *testing.T, l *Ledger, seeds map[string]int, at time.Time) {
	t.Helper()
	var listing seed.Listing
	for path, version := range seeds {
		state := seed.State{Size: int64(version), ModTime: now.Add(time.Duration(version) * time.Hour)}
		listing.Files = append(listing.Files, seed.File{Path: path, State: state})
	}
	slices.SortFunc(listing.Files, func(a, b seed.File) int { return strings.Compare(a.Path, b.Path) })
	work, err := l.Compare(listing, Run{Now: at, Zone: time.UTC, AllowShrink: true, Reader: func(string) int64 { return 1 }})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range work.Read {
		a := story("Title of "+f.Path, "", strings.Repeat(f.Path+" again ", 30), fmt.Sprint("version ", seeds[f.Path]))
		day := f.Path[2] - '0' // many of one date
		a.Stated = article.Stated{Time: now.AddDate(0, 0, -int(day)*20)}
		if err := l.Remember(NewReading(seed.Document{File: f, Sum: [16]byte{byte(seeds[f.Path])}}, a, nil, at)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Decide(); err != nil {
		t.Fatal(err)
	}
	var items []Item
	for it, err := range l.Newest() {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, it)
	}
	if len(items) != len(seeds) {
		t.Fatalf("%d items of %d seeds", len(items), len(seeds))
	}
	checkStock(t, l, items)
	checkNeighbours(t, l, items)
}

func checkStock(t *testing.T, l *Ledger, items []Item) {
	t.Helper()
	const days = 90
	stock, err := l.Stock(days)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]Archive, len(stock.Archives))
	recent := 0
	newest := slices.MaxFunc(items, func(a, b Item) int { return a.Published.Compare(b.Published) }).Published
	for _, it := range items {
		want[it.ArchiveOf()-1].Items++
		want[it.ArchiveOf()-1].Print += it.Print()
		if newest.Sub(it.Published) < days*24*time.Hour {
			recent++
		}
	}
	if !slices.Equal(stock.Archives, want) {
		t.Errorf("the archive holds %v, want %v", stock.Archives, want)
	}
	for _, q := range stock.Quarters {
		recent -= q.Items
		if q.Begin.Truncate(15*time.Minute) != q.Begin {
			t.Errorf("a quarter begins at %v", q.Begin)
		}
	}
	if recent != 0 {
		t.Errorf("%d recent items are in no quarter", recent)
	}
}

func checkNeighbours(t *testing.T, l *Ledger, items []Item) {
	t.Helper()
	dated := slices.SortedFunc(slices.Values(items), func(a, b Item) int {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Page, b.Page))
	})
	check := func(i int) {
		older, newer, err := l.Neighbours(dated[i])
		if err != nil {
			t.Fatal(err)
		}
		wantOlder, wantNewer := "", ""
		if i > 0 {
			wantOlder = dated[i-1].Page
		}
		if i+1 < len(dated) {
			wantNewer = dated[i+1].Page
		}
		if older.Page != wantOlder || newer.Page != wantNewer {
			t.Fatalf("beside %d are %q and %q, want %q and %q", i, older.Page, newer.Page, wantOlder, wantNewer)
		}
	}
	for i := range dated {
		check(i)
	}
	for i := range dated {
		check((i * 37) % len(dated))
	}
	for i := range slices.Backward(dated) {
		check(i)
	}
}
