package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
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

func reading(t testing.TB, path string, a *article.Article) *Reading {
	t.Helper()
	r := NewReading(seed.Document{File: seed.File{Path: path}}, a, nil, now)
	f, err := readFacts(r.record)
	if err != nil {
		t.Fatal(err)
	}
	r.facts = f
	r.titleKey = article.Key(f.title)
	return r
}

func remembered(t testing.TB, a *article.Article) *known {
	k := &known{}
	k.fill(reading(t, "a.txt", a))
	return k
}

func story(title, date string, body ...string) *article.Article {
	a := &article.Article{Title: title, Body: body}
	if date != "" {
		a.Stated.Time, _ = time.Parse(time.DateOnly, date)
	}
	return a
}

const river = "The river fell below the old bridge on Tuesday, and the ferry went back to work."

func TestAlike(t *testing.T) {
	first := story("River falls below the bridge", "", river, "It had stood idle for eleven days.")
	k := remembered(t, first)
	for _, tt := range []struct {
		name string
		b    *article.Article
		want bool
	}{
		{"the same text is alike", first, true},
		{"a corrected word leaves it alike", story(first.Title, "", river, "It had stood idle for twelve days."), true},
		{"another title does", story("Ferry sails again", "", first.Body...), true},
		{"so does a new paragraph", story(first.Title, "", append([]string{"Passengers cheered from both banks as the first cars rolled on."}, first.Body...)...), true},
		{"another spelling does", story(strings.ToUpper(first.Title), "", first.Body...), true},
		{"another story is not", story("Choir sings in the empty pool", "", "Eighty singers found that nothing in town echoes half as well as the drained pool."), false},
		{"nor is one of the same title only", story(first.Title, "", "Eighty singers found that nothing in town echoes half as well as the drained pool."), false},
		{"nothing is like a text without letters", story("", ""), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, share := range []float64{inPlace, moved} {
				if got := k.alike(reading(t, "a.txt", tt.b), share); got != tt.want {
					t.Errorf("alike by %.2f = %v, want %v", share, got, tt.want)
				}
			}
		})
	}
}

const prices = "Gold closed at 2310 a mark, silver at 27, copper at 413 and tin at 88; the bank of the harbour gives no warranty for these prices."

func TestKin(t *testing.T) {
	k := remembered(t, story("Prices of the day", "2026-03-03", prices))
	today := strings.NewReplacer("2310", "2298", "27", "31", "413", "409", "88", "90").Replace(prices)
	for _, tt := range []struct {
		name string
		b    *article.Article
		kin  bool
		here bool // at the same place it is another version
	}{
		{"a corrected figure on the same day", story("Prices of the day", "2026-03-03", strings.Replace(prices, "413", "431", 1)), true, true},
		{"all figures corrected on the same day", story("Prices of the day", "2026-03-03", today), true, true},
		{"the next day's issue", story("Prices of the day", "2026-03-04", today), false, false},
		{"an issue that says no day", story("Prices of the day", "", today), false, false},
		{"another title on the same day", story("What the market says", "2026-03-03", prices), true, true},
		{"another title on no day", story("What the market says", "", prices), false, true},
		{"the same text on another day", story("Prices of the day", "2026-03-05", prices), false, true},
		{"much of it under another title", story("What the market says", "", prices[:100], "The harbour master told the rest."), false, true},
		{"some of it under another title", story("What the market says", "", prices[:45], "The rest was told by the harbour master, who had not been asked for any of it."), false, false},
		{"some of it under the same", story("Prices of the day", "", prices[:45], "The rest was told by the harbour master, who had not been asked for any of it."), false, true},
		{"much of it on another day", story("Prices of the day", "2026-03-05", prices[:100], "The harbour master told the rest."), false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := reading(t, "a.txt", tt.b)
			if got := k.kin(r, moved); got != tt.kin {
				t.Errorf("kin = %v, want %v", got, tt.kin)
			}
			if got := k.stays(r); got != tt.here {
				t.Errorf("stays = %v, want %v", got, tt.here)
			}
		})
	}
}

// TestASketchTellsTheShare holds sketches of long texts against the whole truth.
func TestASketchTellsTheShare(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int) string {
		letters := make([]rune, n)
		for i := range letters {
			letters[i] = 'a' + rune(r.IntN(26))
		}
		return string(letters)
	}
	for _, share := range []float64{0, 0.1, 0.33, 0.5, 0.8, 1} {
		sum, worst := 0.0, 0.0
		const rounds = 50
		for range rounds {
			a := text(3000)
			common := int(share * float64(len(a)))
			b := a[:common] + text(5000-common)
			x, _ := new(sketcher).sketches([]byte(a))
			y, _ := new(sketcher).sketches([]byte(b))
			got := x.share(y)
			sum += got
			worst = max(worst, math.Abs(got-share))
		}
		if mean := sum / rounds; math.Abs(mean-share) > 0.05 || worst > 0.25 {
			t.Errorf("of %.2f a sketch tells %.2f on average, and is wrong by %.2f at the most", share, mean, worst)
		}
	}
}

func TestRecallKeepsTheOrderOfTheFeed(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }
	past := Past{Collection: "urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11", Updated: at(10)}
	want := ""
	for i, d := range []int{1, 9, 9, 8, 2, 7} { // the first and the fifth came late, with old dates
		id := string(rune('a' + i))
		want += id
		past.Entries = append(past.Entries, Entry{Item{ID: id, Page: "articles/" + id + "/x.html", Published: at(d), Updated: at(d)}, story(id, "")})
	}
	l := open(t)
	if err := l.Recall(past, ""); err != nil {
		t.Fatal(err)
	}
	unreadable := seed.Listing{}
	for _, e := range past.Entries { // all of them may be unreadable, so they stay
		unreadable.Unreadable = append(unreadable.Unreadable, seed.Unreadable{Path: e.Item.ID, Err: errors.New("away"), Dir: true})
	}
	if _, err := l.Compare(unreadable, Run{Now: at(11), Zone: time.UTC, Reader: func(string) int64 { return 1 }}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Decide(); err != nil {
		t.Fatal(err)
	}
	got := ""
	for it, err := range l.Newest() {
		if err != nil {
			t.Fatal(err)
		}
		got += it.ID
	}
	if got != want {
		t.Errorf("order %q, want %q", got, want)
	}
}

func open(t testing.TB) *Ledger {
	t.Helper()
	l, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestRecallRefusesAnIDThatIsNone(t *testing.T) {
	if err := open(t).Recall(Past{Collection: "urn:uuid:nonsense"}, ""); err == nil {
		t.Error("no error")
	}
}

// TestAFullDiskKeepsTheLedgerAsItWas lets SQLite run out of pages.
func TestAFullDiskKeepsTheLedgerAsItWas(t *testing.T) {
	dir := t.TempDir()
	fill := func(n int) error {
		l, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if err := l.Recall(Past{}, ""); err != nil {
			t.Fatal(err)
		}
		if n > 1 {
			if err := l.exec("PRAGMA max_page_count = 60"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := l.Compare(seed.Listing{}, Run{Now: now, Zone: time.UTC, Reader: func(string) int64 { return 1 }}); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			name := fmt.Sprintf("%04d", i)
			if err := l.Remember(reading(t, name+".txt", story("Title "+name, "", strings.Repeat(name+" ", 50)))); err != nil {
				return err
			}
		}
		if _, err := l.Decide(); err != nil {
			return err
		}
		return l.Commit(Outcome{Feeds: []Feed{{Updated: now}}})
	}
	if err := fill(1); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(1000); sqlite.ErrCode(err).ToPrimary() != sqlite.ResultFull {
		t.Errorf("it says %v, want that the disk is full", err)
	}
	after, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the ledger changed (%v)", err)
	}
}

// TestNoQueryOfAnItemLooksThroughAll asks SQLite how it would go about those
// that are asked for each seed or in each run.
func TestNoQueryOfAnItemLooksThroughAll(t *testing.T) {
	l := open(t)
	for _, where := range []string{
		"item WHERE " + atPath,
		"item WHERE number = (SELECT max(number) FROM item WHERE path = ? AND state = 'gone')",
		"item WHERE text = ?", "item WHERE id = ?", "item WHERE folded = ?", "item WHERE number = ?",
		"item WHERE due", "item WHERE path = '' AND state <> 'gone'",
		"item WHERE folded = ? AND page = ? AND state = 'standing'",
		"item WHERE state = 'standing' ORDER BY fresh DESC, number DESC LIMIT 50",
		"item WHERE number > 50 AND number <= 100 AND state = 'standing' ORDER BY number DESC",
		"item WHERE " + isOlder, "item WHERE " + isNewer,
		"copy WHERE path = ?", "copy WHERE text = ?", "copy WHERE item = (SELECT number FROM item WHERE " + atPath + ")",
	} {
		err := l.each("EXPLAIN QUERY PLAN SELECT 1 FROM "+where, func(s *sqlite.Stmt) error {
			if step := s.ColumnText(3); strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "INDEX") || strings.Contains(step, "TEMP B-TREE") {
				t.Errorf("%s: %s", where, step)
			}
			return nil
		}, slices.Repeat([]any{"x"}, strings.Count(where, "?"))...)
		if err != nil {
			t.Errorf("%s: %v", where, err)
		}
	}
}

func TestPinned(t *testing.T) {
	l := open(t)
	for _, tt := range []struct {
		name, id, want string // an empty want: one of our own
	}{
		{"a web address stays", "https://harbour.example/?p=7#x", "https://harbour.example/?p=7#x"},
		{"what is not ASCII in it is encoded", "https://harbour.example/نان", "https://harbour.example/%D9%86%D8%A7%D9%86"},
		{"a tag stays", "tag:harbour.example,2026-03:lamp/7", "tag:harbour.example,2026-03:lamp/7"},
		{"a UUID gets its scheme", "6F9B1C1E-2f5a-4a39-9a5e-0d6a3a7c1b11", "urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11"},
		{"a URN stays", "urn:isbn:0451450523", "urn:isbn:0451450523"},
		{"a number is no id to a reader", "4711", ""},
		{"nor is a tag without a date", "tag:my lamp", ""},
		{"nor a UUID that is none", "urn:uuid:garbage", ""},
		{"nor a script", "javascript:x()", ""},
		{"nor an address without a host", "https:///x", ""},
		{"nothing pins nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := l.pinned(tt.id)
			if tt.want == "" && tt.id != "" {
				if again := l.pinned(tt.id); !strings.HasPrefix(got, "urn:uuid:") || got != again {
					t.Errorf("pinned(%q) = %q, again %q; want a UUID of the collection", tt.id, got, again)
				}
				return
			}
			if got != tt.want {
				t.Errorf("pinned(%q) = %q, want %q", tt.id, got, tt.want)
			}
		})
	}
}

func TestALedgerOfTheFirstVersionIsBroughtUpToDate(t *testing.T) {
	dir := t.TempDir()
	conn, err := sqlite.OpenConn(filepath.Join(dir, fileName), sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf(`%s; INSERT INTO seed VALUES ('a.txt', 10, 1, 1, 7, 'item');
		INSERT INTO item (number, id, path, state, page, folded, due, published, updated, released, fresh, seen, title, lang, size, stated, bytes, text, shown, sketch, figures)
		VALUES (1, 'urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11', 'a.txt', 'standing', 'articles/a.html', 'articles/a.html', 0, 5, 6, 7, 7, 5, 'A', 'en', 10, '', x'', 1, 2, x'', x'');
		PRAGMA application_id = %d; PRAGMA user_version = 1`, schema, application)
	if err := errors.Join(sqlitex.ExecuteScript(conn, script, nil), conn.Close()); err != nil {
		t.Fatal(err)
	}
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for it, err := range l.Newest() {
		if err != nil || it.Path != "a.txt" || it.Published.Unix() != 5 || it.Updated.Unix() != 6 || it.Source != "" {
			t.Errorf("the item became %+v (%v)", it, err)
		}
	}
	if size, err := l.number("SELECT size FROM seed"); err != nil || size != -1 {
		t.Errorf("its seed is not read again: size %d (%v)", size, err)
	}
}
