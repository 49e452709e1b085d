package ledger

import (
	"strings"
	"testing"
	"time"

	"seedfeed/feed/article"
)

var now = time.Date(2026, 3, 4, 12, 0, 0, 500, time.UTC)

func TestPublished(t *testing.T) {
	day := func(y, m, d int) article.Stated {
		return article.Stated{Time: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)}
	}
	clock := func(t time.Time) article.Stated { return article.Stated{Time: t, Clock: true, Zoned: true} }
	morning := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	tehran := time.FixedZone("Tehran", 3*3600+1800)
	for _, tt := range []struct {
		name    string
		stated  article.Stated
		modTime time.Time
		now     time.Time
		want    string
	}{
		{"a stated time counts", clock(morning), now, now, "2026-03-04T08:00:00Z"},
		{"a day means noon in the zone", day(2026, 3, 3), now, now, "2026-03-03T08:30:00Z"},
		{"today's noon is not in the future", day(2026, 3, 4), morning, morning, "2026-03-04T08:00:00Z"},
		{"tomorrow is today somewhere", clock(now.Add(20 * time.Hour)), morning, now, "2026-03-04T12:00:00Z"},
		{"further ahead it is none", clock(now.Add(27 * time.Hour)), morning, now, "2026-03-04T08:00:00Z"},
		{"a year misread as 2062 is none", day(2062, 3, 3), morning, now, "2026-03-04T08:00:00Z"},
		{"without a date the file's time counts, in whole seconds", article.Stated{}, morning.Add(999 * time.Millisecond), now, "2026-03-04T08:00:00Z"},
		{"but not if its clock was never set", article.Stated{}, time.Unix(0, 0), now, "2026-03-04T12:00:00Z"},
		{"nor if it is ahead of the run", article.Stated{}, now.Add(time.Hour), now, "2026-03-04T12:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := published(tt.stated, tt.modTime, Run{Now: tt.now, Zone: tehran}).Format(time.RFC3339); got != tt.want {
				t.Errorf("published(%v, %v) = %s, want %s", tt.stated, tt.modTime, got, tt.want)
			}
		})
	}
}

func TestPageName(t *testing.T) {
	long := strings.Repeat("خ", 125) // 250 bytes
	for _, tt := range []struct {
		name, path string
		number     int
		want       string
	}{
		{"a page stands where its seed stood", "town/market.txt", 1, "articles/town/market.html"},
		{"the ending's case does not matter", "A.TXT", 1, "articles/A.html"},
		{"a second story gets a number", "latest.txt", 2, "articles/latest-2.html"},
		{"other scripts stay readable", "خبر.txt", 1, "articles/خبر.html"},
		{"controls and what Windows reserves are replaced", "a\nb:c?.txt", 1, "articles/a_b_c_.html"},
		{"a name of dots is one all the same", "....txt", 1, "articles/_.html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := PageName(tt.path, tt.number); got != tt.want {
				t.Errorf("PageName(%q, %d) = %q, want %q", tt.path, tt.number, got, tt.want)
			}
		})
	}
	for _, path := range []string{long + ".txt", long + "/" + long + ".txt"} {
		for _, element := range strings.Split(PageName(path, 1), "/") {
			if len(element) > 255 {
				t.Errorf("an element of PageName(%q) has %d bytes", path, len(element))
			}
		}
	}
	if PageName(long+"1.txt", 1) == PageName(long+"2.txt", 1) {
		t.Error("two long names share a page")
	}
}

func TestAlike(t *testing.T) {
	story := func(title string, body ...string) *article.Article { return &article.Article{Title: title, Body: body} }
	first := story("River falls below the bridge", "The river fell below the old bridge on Tuesday, and the ferry went back to work.", "It had stood idle for eleven days.")
	for _, tt := range []struct {
		name string
		b    *article.Article
		want bool
	}{
		{"the same text is alike", first, true},
		{"a corrected word leaves it alike", story(first.Title, first.Body[0], "It had stood idle for twelve days."), true},
		{"another title does", story("Ferry sails again", first.Body...), true},
		{"so does a new paragraph", story(first.Title, append([]string{"Passengers cheered from both banks as the first cars rolled on."}, first.Body...)...), true},
		{"another spelling does", story(strings.ToUpper(first.Title), first.Body...), true},
		{"another story is not", story("Choir sings in the empty pool", "Eighty singers found that nothing in town echoes half as well as the drained pool."), false},
		{"nor is one of the same title only", story(first.Title, "Eighty singers found that nothing in town echoes half as well as the drained pool."), false},
		{"nothing is like nothing known", nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, share := range []float64{inPlace, moved} {
				if got := alike(first, tt.b, share); got != tt.want {
					t.Errorf("alike by %.2f = %v, want %v", share, got, tt.want)
				}
			}
		})
	}
}

func TestRecallKeepsTheOrderOfTheFeed(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }
	var past Past
	for i, d := range []int{1, 9, 9, 8, 2, 7} { // the first and the fifth came late, with old dates
		past.Entries = append(past.Entries, Entry{Item{ID: string(rune('a' + i)), Published: at(d), Updated: at(d)}, &article.Article{}})
	}
	m, err := Recall(past)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(m.known); i++ {
		if m.known[i].Item.Compare(m.known[i-1].Item) <= 0 {
			t.Errorf("item %d would move above the one before it", i)
		}
	}
}

func TestRecallRefusesAnIDThatIsNone(t *testing.T) {
	if _, err := Recall(Past{Collection: "urn:uuid:nonsense"}); err == nil {
		t.Error("no error")
	}
}
