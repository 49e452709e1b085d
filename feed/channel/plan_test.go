package channel

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/ledger"
)

const collection = "urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11"

// library is items with all that feeds are selected by; the last is the newest.
func library() []ledger.Item {
	list := []ledger.Item{
		{Source: "BBC news", Lang: "en", Path: "wire/bbc/1.txt", Tags: "rain\nC++", Authors: "Ann Example", Phrases: "storm"},
		{Source: "خبرگزاری نارنج", Lang: "fa", Path: "wire/narenj/2.txt", Tags: "باران", Phrases: "storm\nice"},
		{Source: "BBC News", Lang: "en", Path: "wire/bbc/3.txt", Tags: "Rain\nrain"},
		{Source: "خبرگزاري نارنج", Lang: "fa", Path: "wire/narenj/4.txt", Tags: "باران"},
		{Source: "BBC News", Lang: "en", Path: "wire/bbc/5.txt", Tags: "rain"},
		{Source: "خبرگزاری نارنج", Lang: "fa", Path: "wire/narenj/6.txt"},
		{Lang: "fa", Path: "own/7.txt", Tags: "C++\nC"},
	}
	for i := range list {
		t := noon.AddDate(0, 0, i)
		list[i].Number, list[i].ID = int64(i+1), fmt.Sprint(i+1)
		list[i].Published, list[i].Updated, list[i].Released = t, t, t
	}
	return list
}

func arrange(t *testing.T, p Plan, items []ledger.Item, before ...ledger.Feed) Layout {
	t.Helper()
	p.Main.ID, p.Main.Title, p.Main.Base = collection, "News", base
	layout, err := p.Arrange(newest(items), stockOf(items), before)
	if err != nil {
		t.Fatal(err)
	}
	return layout
}

// show tells which items stand in which further channel.
func show(l Layout) string {
	var lines []string
	for _, c := range l.Channels[1:] {
		line := c.Key() + ":"
		if c.Retired {
			line += " retired"
		}
		for _, it := range c.Items {
			line += " " + it.ID
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

var all = Rule{Limit: 50, Window: time.Hour}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		name   string
		kinds  []Kind
		before []string
		want   string
	}{
		{"a source is one however it is spelled", []Kind{BySource}, nil, "source/bbc-news: 5 3 1\nsource/خبرگزاری-نارنج: 6 4 2"},
		{"a folder has what stands below it", []Kind{ByFolder}, nil, "folder/wire: 6 5 4 3 2 1\nfolder/wire.bbc: 5 3 1\nfolder/wire.narenj: 6 4 2"},
		{"a tag that an article repeats counts once", []Kind{ByTag}, nil, "tag/rain: 5 3 1"},
		{"a feed that was published goes on with fewer than three", []Kind{ByTag}, []string{"tag/باران", "tag/c++"}, "tag/c++: 7 1\ntag/rain: 5 3 1\ntag/باران: 4 2"},
		{"even with none", []Kind{ByTag}, []string{"tag/snow"}, "tag/rain: 5 3 1\ntag/snow:"},
		{"one that is no longer asked for is retired", []Kind{ByLang}, []string{"tag/rain", "query/mine"}, "lang/en: 5 3 1\nlang/fa: 7 6 4 2\nquery/mine: retired\ntag/rain: retired"},
		{"neither the main feed nor its archive is", nil, []string{"", "archive/0001"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before []ledger.Feed
			for _, name := range tt.before {
				before = append(before, ledger.Feed{Name: name, Title: "What it was"})
			}
			if got := show(arrange(t, Plan{Rule: all, Split: tt.kinds}, library(), before...)); got != tt.want {
				t.Errorf("there are\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestFolderName(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"Latin is in lower case, with hyphens", "The Orchard  Wire", "the-orchard-wire"},
		{"Persian stays Persian", "خبرگزاری نارنج", "خبرگزاری-نارنج"},
		{"what a joiner parts stays parted", "هفته\u200cنامه", "هفته-نامه"},
		{"Arabic letters are as good as Persian ones", "کيک", "کیک"},
		{"signs that tell apart stay", "C++", "c++"},
		{"a slash would make a folder", "AC/DC", "ac.dc"},
		{"what some systems reserve is replaced", "a: b?", "a_-b_"},
		{"no name is hidden", ".NET", "_.net"},
		{"nor leads away", "..", "_"},
		{"nothing has a name, too", " ", "_"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := FolderName(tt.value); got != tt.want {
				t.Errorf("FolderName(%q) = %q, want %q", tt.value, got, tt.want)
			}
		})
	}
}

func TestSplitTitles(t *testing.T) {
	l := arrange(t, Plan{Rule: all, Split: []Kind{BySource, ByLang, ByTag}}, library(), ledger.Feed{Name: "tag/snow", Title: "News – Snow"})
	want := map[string]string{
		"source/bbc-news": "News – BBC News", "source/خبرگزاری-نارنج": "News – خبرگزاری نارنج", "lang/fa": "News – فارسی", "lang/en": "News – English",
		"tag/rain": "News – rain", "tag/snow": "News – Snow",
	}
	for _, c := range l.Channels[1:] {
		if c.Title != want[c.Key()] {
			t.Errorf("%s has the title %q, want %q", c.Key(), c.Title, want[c.Key()])
		}
		delete(want, c.Key())
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestEachFeedHasItsOwnIDForGood(t *testing.T) {
	ids := map[string]string{}
	for range 2 {
		for _, c := range arrange(t, Plan{Rule: all, Split: []Kind{BySource, ByLang, ByFolder}}, library()).Channels {
			if key, taken := ids[c.ID]; taken && key != c.Key() {
				t.Errorf("%s and %s have one id", key, c.Key())
			}
			ids[c.ID] = c.Key()
		}
	}
	if len(ids) != 8 || ids[collection] != "" {
		t.Errorf("%d ids, want 8: %v", len(ids), ids)
	}
}

func TestSelection(t *testing.T) {
	for _, tt := range []struct {
		name string
		Selection
		want string
	}{
		{"a source, however it is spelled", Selection{Sources: []string{"BBC NEWS"}}, "5 3 1"},
		{"one of several", Selection{Sources: []string{"bbc news", "خبرگزاري  نارنج"}}, "6 5 4 3 2 1"},
		{"a language", Selection{Langs: []string{"fa"}}, "7 6 4 2"},
		{"a folder with those below it", Selection{Folders: []string{"wire"}}, "6 5 4 3 2 1"},
		{"a folder within another", Selection{Folders: []string{"/wire/bbc/"}}, "5 3 1"},
		{"no folder whose name only begins so", Selection{Folders: []string{"wir"}}, ""},
		{"a tag", Selection{Tags: []string{"RAIN"}}, "5 3 1"},
		{"an author", Selection{Authors: []string{"ann example"}}, "1"},
		{"a phrase", Selection{Match: []string{"storm"}}, "2 1"},
		{"a phrase but not another", Selection{Match: []string{"storm"}, Exclude: []string{"ice"}}, "1"},
		{"all but a phrase", Selection{Exclude: []string{"storm"}}, "7 6 5 4 3"},
		{"all fields have to be met", Selection{Langs: []string{"en"}, Match: []string{"storm"}}, "1"},
		{"what is published since then", Selection{Since: noon.AddDate(0, 0, 4)}, "7 6 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := arrange(t, Plan{Rule: all, Feeds: []Feed{{Name: "My Own", Selection: tt.Selection}}}, library())
			if got, want := show(l), strings.TrimSpace("query/my-own: "+tt.want); strings.TrimSpace(got) != want {
				t.Errorf("there stand %q, want %q", got, want)
			}
		})
	}
}

func TestAFeedHasALimitOfItsOwn(t *testing.T) {
	two, none := 2, 0
	l := arrange(t, Plan{Rule: Rule{Limit: 4}, Feeds: []Feed{{Name: "a", Limit: &two, Selection: Selection{Folders: []string{"wire"}}},
		{Name: "b", Limit: &none, Title: "B", Lang: "de", Selection: Selection{Folders: []string{"wire"}}}}}, library())
	if got, want := show(l), "query/a: 6 5\nquery/b: 6 5 4 3 2 1"; got != want {
		t.Errorf("there stand\n%s\nwant\n%s", got, want)
	}
	a, b := l.Channels[1], l.Channels[2]
	if a.Complete || !b.Complete || a.Title != "News – a" || b.Title != "B" || b.Lang != "de" {
		t.Errorf("got %+v and %+v", a, b)
	}
}

func TestArchives(t *testing.T) {
	many := func(n int) []ledger.Item {
		items := every(time.Hour, n, 100)
		for i := range items {
			items[i].Number = int64(n - i)
		}
		return items
	}
	for _, tt := range []struct {
		name     string
		items    int
		limit    int
		before   []ledger.Feed
		archives int
		complete bool
	}{
		{"a feed that holds everything has none", 50, 50, nil, 0, true},
		{"one more, and there is one", 51, 50, nil, 1, false},
		{"what stands in the feed may stand in the archive, too", 100, 50, nil, 1, false},
		{"the second comes when something has left that the first is not for", 101, 50, nil, 2, false},
		{"with everything in one document there is none", 500, 0, nil, 0, true},
		{"the archive never gets shorter", 60, 50, []ledger.Feed{{Name: "archive/0003"}}, 3, false},
		{"even if the feed could hold everything again", 10, 50, []ledger.Feed{{Name: "archive/0001"}}, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := arrange(t, Plan{Rule: Rule{Limit: tt.limit}}, many(tt.items), tt.before...)
			main := l.Channels[0]
			if len(l.Archives) != tt.archives || main.Archives != tt.archives || main.Complete != tt.complete || len(l.Prints) < tt.archives {
				t.Errorf("%d documents of the archive, complete %t; want %d, %t", len(l.Archives), main.Complete, tt.archives, tt.complete)
			}
			stands := map[int64]bool{}
			for _, it := range main.Items {
				stands[it.Number] = true
			}
			for n := range int64(tt.items) {
				if it := (ledger.Item{Number: n + 1}); !stands[it.Number] && it.ArchiveOf() > len(l.Archives) {
					t.Fatalf("item %d stands nowhere", n+1)
				}
			}
		})
	}
}

func TestAnArchivesPrintIsThatOfItsItemsAlone(t *testing.T) {
	items := every(time.Hour, 120, 100)
	for i := range items {
		items[i].Number = int64(120 - i)
	}
	before := arrange(t, Plan{Rule: all}, slices.Clone(items)).Prints
	late := ledger.Item{ID: "late", Number: 121, Published: noon.AddDate(-12, 0, 0), Released: noon.Add(time.Hour)}
	if got := arrange(t, Plan{Rule: all}, append(slices.Clone(items), late)).Prints; got[0] != before[0] || got[1] != before[1] || got[2] == before[2] {
		t.Errorf("after an old article came late the prints are %v, before %v", got, before)
	}
	items[100].Updated = noon.Add(2 * time.Hour) // number 20
	if got := arrange(t, Plan{Rule: all}, items).Prints; got[0] == before[0] || got[1] != before[1] {
		t.Errorf("after an old one was updated the prints are %v, before %v", got, before)
	}
}
