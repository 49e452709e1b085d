package channel

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"seedfeed/feed/ledger"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// every makes n items, the newest first, so far apart.
func every(gap time.Duration, n, size int) []ledger.Item {
	items := make([]ledger.Item, n)
	for i := range items {
		t := noon.Add(-time.Duration(i) * gap)
		items[i] = ledger.Item{Number: int64(n - i), ID: fmt.Sprint(i), Published: t, Updated: t, Released: t, Lang: "fa", Size: size}
	}
	return items
}

// newest yields items as the ledger does.
func newest(items []ledger.Item) iter.Seq2[ledger.Item, error] {
	slices.SortStableFunc(items, func(a, b ledger.Item) int { return b.Fresh().Compare(a.Fresh()) })
	return func(yield func(ledger.Item, error) bool) {
		for _, it := range items {
			if !yield(it, nil) {
				return
			}
		}
	}
}

// stockOf counts items as the ledger does.
func stockOf(items []ledger.Item) (s ledger.Stock) {
	const quarter = 15 * time.Minute
	times := map[time.Time]int{}
	for _, it := range items {
		for len(s.Archives) < it.ArchiveOf() {
			s.Archives = append(s.Archives, ledger.Archive{})
		}
		a := &s.Archives[it.ArchiveOf()-1]
		a.Items++
		a.Print += it.Print()
		times[it.Published.Truncate(quarter)]++
	}
	for _, t := range slices.SortedFunc(maps.Keys(times), time.Time.Compare) {
		s.Quarters = append(s.Quarters, ledger.Quarter{Begin: t, Items: times[t]})
	}
	return s
}

func TestArrange(t *testing.T) {
	for _, tt := range []struct {
		name       string
		items      []ledger.Item
		rule       Rule
		want, left int
	}{
		{"the newest up to the limit", every(24*time.Hour, 80, 1000), Rule{50, 48 * time.Hour}, 50, 0},
		{"all of the window, beyond the limit", every(time.Minute, 300, 1000), Rule{50, 48 * time.Hour}, 300, 0},
		{"no more than readers take", every(time.Minute, 900, 100), Rule{50, 48 * time.Hour}, 500, 400},
		{"no more bytes than readers take", every(time.Minute, 900, 20_000), Rule{50, 48 * time.Hour}, 97, 803},
		{"but never fewer than the limit", every(time.Minute, 90, 200_000), Rule{50, 48 * time.Hour}, 50, 40},
		{"without a limit everything", every(time.Minute, 900, 20_000), Rule{}, 900, 0},
		{"of few, all", every(100*time.Hour, 7, 100), Rule{50, 48 * time.Hour}, 7, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, err := Plan{Rule: tt.rule}.Arrange(newest(tt.items), stockOf(tt.items), nil)
			if err != nil {
				t.Fatal(err)
			}
			if c := l.Channels[0]; len(c.Items) != tt.want || l.Left != tt.left {
				t.Errorf("%d items, %d left out; want %d and %d", len(c.Items), l.Left, tt.want, tt.left)
			}
		})
	}
}

func TestArrangeOrders(t *testing.T) {
	items := every(time.Hour, 4, 100)
	items[3].Released = noon.Add(time.Minute)  // an old date, but it came last
	items[2].Updated = noon.Add(2 * time.Hour) // really edited
	l, err := Plan{Rule: Rule{Limit: 4}}.Arrange(newest(items), stockOf(items), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, it := range l.Channels[0].Items {
		got += it.ID
	}
	if got != "2301" {
		t.Errorf("order %s, want 2301", got)
	}
}

func TestLanguage(t *testing.T) {
	mixed := func(langs string) (items []*ledger.Item) {
		for _, l := range langs {
			items = append(items, &ledger.Item{Lang: map[rune]string{'f': "fa", 'e': "en", '-': ""}[l]})
		}
		return items
	}
	for _, tt := range []struct{ name, langs, before, want string }{
		{"that of most items", "ffe", "", "fa"},
		{"unknown ones don't count", "--e", "", "en"},
		{"none if none is known", "--", "", ""},
		{"a narrow majority changes nothing", "feeef" + "f" + "e", "fa", "fa"},
		{"a clear one does", "feeee", "fa", "en"},
		{"so does the end of the old language", "e---", "fa", "en"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := language(mixed(tt.langs), tt.before); got != tt.want {
				t.Errorf("language(%s) after %q = %q, want %q", tt.langs, tt.before, got, tt.want)
			}
		})
	}
}
