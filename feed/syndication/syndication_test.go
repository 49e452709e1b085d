package syndication

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

var update = flag.Bool("update", false, "write the golden files")

const (
	base       = "https://news.example.org/feeds/"
	collection = "urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11"
)

var day = time.Date(2025, 3, 21, 9, 30, 0, 0, time.UTC)

// id is the n-th item's; in the program the ledger gives it.
func id(n int) string { return fmt.Sprintf("urn:uuid:00000000-0000-5000-8000-%012d", n) }

func entry(n int, a article.Article) channel.Entry {
	published := day.Add(-time.Duration(n) * time.Hour)
	return channel.Entry{
		Item: ledger.Item{
			ID:        id(n),
			Page:      fmt.Sprintf("articles/%d.html", n),
			Published: published,
			Updated:   published.Add(7 * time.Minute),
			Lang:      a.Lang,
		},
		Article: &a,
	}
}

// mixed is a Persian feed with guests.
func mixed() (channel.Channel, []channel.Entry) {
	c := channel.Channel{
		ID:          collection,
		Title:       "خبرهای آزمایشی",
		Description: "خبرهایی که هرگز رخ ندادند",
		Base:        base,
		Lang:        "fa-IR",
		Updated:     day,
		Pages:       true,
		Author:      "تحریریه",
		Copyright:   "© R&D <2025>",
		Icon:        base + "icon.png",
		Logo:        base + "logo.png",
		Hub:         "https://hub.example/",
		Archives:    3,
	}
	enclosed := ledger.MediaList([]ledger.Media{
		{Name: "media/نان.jpg", Type: "image/jpeg", Size: 4711},
		{Name: "media/نان.mp3", Type: "audio/mpeg", Size: 123456},
		{Name: "media/نان.pdf", Type: "application/pdf", Size: 99},
	})
	list := []channel.Entry{
		entry(1, article.Article{
			Title: "بهارنارنج\u200cها در شیراز زودتر شکفتند", Summary: "باغ\u200cهای شیراز امسال دو هفته زودتر گل دادند.", Kind: article.Lead,
			Source: article.Source{Name: "خبرگزاری نارنج", URL: "https://narenj.example/خبر?شماره=۱"}, Authors: []string{"مریم رضایی", "علی کاظمی"},
			Lang: "fa", Dir: "rtl", Tags: []string{"شیراز", "بهار", "شیراز"},
			Body: []string{"NASA می\u200cگوید دما بالاتر بود.", "باغبان\u200cها «غافلگیر» شدند & خندیدند."},
		}),
		entry(2, article.Article{
			Title: "BBC و چند شبکهٔ دیگر: نان گران نشد", Summary: "IMF نظر دیگری دارد.", Kind: article.Derived,
			Source: article.Source{Name: "روزنامهٔ سنگک"},
			Lang:   "fa", Dir: "rtl", Body: []string{"IMF نظر دیگری دارد.", "نانوایان خوشحال\u200cاند."},
		}),
		entry(3, article.Article{
			Title: "R&D's <b> tag: 3 < 5 & \"fine\"", Summary: "The lab's <script> ran.", Kind: article.Derived,
			Source: article.Source{Name: "Q&A Weekly", URL: "https://qa.example/?a=1&b=2"}, Authors: []string{"Ann Example", "Bob O'Neil", "C. & Sons"},
			Lang: "en", Dir: "ltr", Tags: []string{"R&D", "a < b", "AT&amp;T"}, Link: "https://lab.example/a b/\"c\"?x=ü&y=2",
			Body: []string{"The lab's <script> ran.", "Form\x0Cfeed, \x00NUL, \uFFFE and ]]> are no trouble."},
		}),
		entry(4, article.Article{
			Title: "גשם ראשון ירד בחיפה", Summary: "הרחובות הוצפו לשעה.", Kind: article.Lead,
			Lang: "he", Dir: "rtl", Authors: []string{"דנה לוי", "יואב כהן"}, Body: []string{"איש לא נפגע."},
		}),
		entry(5, article.Article{
			Title: "桜、例年より早く満開", Summary: "気象台が発表した。", Kind: article.Derived,
			Source: article.Source{Name: "さくら通信", URL: "ftp://sakura.example/"}, Authors: []string{"山田花子", "鈴木一郎"},
			Lang: "ja", Dir: "ltr", Body: []string{"気象台が発表した。", "花見客でにぎわった。"},
		}),
		entry(6, article.Article{Title: "تنها یک تیتر", Lang: "fa", Dir: "rtl"}),
		entry(7, article.Article{Title: "…", Summary: "№ 7", Kind: article.Lead}),
	}
	list[1].Item.Enclosed = enclosed
	return c, list
}

func must(t testing.TB, data []byte, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func atom(t testing.TB, c channel.Channel, entries ...channel.Entry) []byte {
	t.Helper()
	data, err := Atom(c, Tell(c, entries))
	return must(t, data, err)
}

func rss(t testing.TB, c channel.Channel, entries ...channel.Entry) []byte {
	t.Helper()
	data, err := RSS(c, Tell(c, entries))
	return must(t, data, err)
}

func jsonFeedOf(t testing.TB, c channel.Channel, entries ...channel.Entry) []byte {
	t.Helper()
	data, err := JSON(c, Tell(c, entries))
	return must(t, data, err)
}

func opmlOf(t testing.TB, channels ...channel.Channel) []byte {
	t.Helper()
	data, err := OPML(channels, func(k channel.Kind) string { return map[channel.Kind]string{channel.BySource: "Sources"}[k] })
	return must(t, data, err)
}

// archived is a document amid the archive of a channel.
func archived(c channel.Channel) channel.Channel {
	c.Archive, c.Archives = 2, 3
	return c
}

func TestGolden(t *testing.T) {
	c, entries := mixed()
	old := archived(c)
	part, retired := c, c
	part.Kind, part.Name, part.Title, part.Complete = channel.BySource, "سنگک", "خبرهای آزمایشی – سنگک", true
	retired.Kind, retired.Name, retired.Retired, retired.Complete, retired.Archives = channel.ByTag, "r&d", true, true, 0
	for name, got := range map[string][]byte{
		"mixed.atom.xml":   atom(t, c, entries...),
		"mixed.rss.xml":    rss(t, c, entries...),
		"mixed.json":       jsonFeedOf(t, c, entries...),
		"archive.atom.xml": atom(t, old, entries[1]),
		"archive.rss.xml":  rss(t, old, entries[1]),
		"archive.json":     jsonFeedOf(t, old, entries[1]),
		"empty.atom.xml":   atom(t, retired),
		"empty.rss.xml":    rss(t, retired),
		"empty.json":       jsonFeedOf(t, retired),
		"opml.xml":         opmlOf(t, c, part, retired),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what it was; got:\n%s", name, got)
			}
		})
	}
}

func TestAtomComesBack(t *testing.T) {
	c, entries := mixed()
	first := atom(t, c, entries...)
	p, err := ReadAtom(first)
	if err != nil {
		t.Fatal(err)
	}
	if second := atom(t, c, p.Entries...); !bytes.Equal(first, second) {
		t.Errorf("written again:\n%s\nwant:\n%s", second, first)
	}
	if p.ID != c.ID || p.Lang != "fa" || !p.Updated.Equal(c.Updated) {
		t.Errorf("feed came back as %q %q %v", p.ID, p.Lang, p.Updated)
	}
	comparable := []int{0, 1, 3} // what cleaning changed in the others is gone for good
	for _, i := range comparable {
		want := *entries[i].Article
		want.Source.URL = channel.WebAddress(want.Source.URL)
		want.Tags = CleanAll(want.Tags)
		if got := *p.Entries[i].Article; !reflect.DeepEqual(got, want) {
			t.Errorf("article %d came back as\n%+v, want\n%+v", i, got, want)
		}
		if got, want := p.Entries[i].Item, entries[i].Item; !reflect.DeepEqual(got, want) {
			t.Errorf("item %d came back as\n%+v, want\n%+v", i, got, want)
		}
	}
	if got, want := p.Entries[2].Article.Link, "https://lab.example/a%20b/%22c%22?x=%C3%BC&y=2"; got != want || p.Entries[2].Item.Page != "" {
		t.Errorf("own link came back as %q, page %q, want %q and no page", got, p.Entries[2].Item.Page, want)
	}
}

func TestPagesComeBackWhateverTheBaseIsNow(t *testing.T) {
	c, entries := mixed()
	c.Base = "http://localhost:8080/"
	fromAtom, atomErr := ReadAtom(atom(t, c, entries[0]))
	fromRSS, rssErr := ReadRSS(rss(t, c, entries[0]))
	if err := errors.Join(atomErr, rssErr); err != nil {
		t.Fatal(err)
	}
	for _, p := range []Published{fromAtom, fromRSS} {
		if got, want := p.Entries[0].Item.Page, entries[0].Item.Page; got != want {
			t.Errorf("page came back as %q, want %q", got, want)
		}
	}
}

func TestRSSComesBackButForUpdated(t *testing.T) {
	c, entries := mixed()
	fromAtom, err := ReadAtom(atom(t, c, entries...))
	if err != nil {
		t.Fatal(err)
	}
	fromRSS, err := ReadRSS(rss(t, c, entries...))
	if err != nil {
		t.Fatal(err)
	}
	for i := range fromAtom.Entries {
		fromAtom.Entries[i].Item.Updated = fromAtom.Entries[i].Item.Published
	}
	if !reflect.DeepEqual(fromRSS, fromAtom) {
		t.Errorf("RSS came back as\n%+v, Atom as\n%+v", fromRSS, fromAtom)
	}
}

func TestAtomAndRSSSay(t *testing.T) {
	story := func(change func(*article.Article)) channel.Entry {
		a := article.Article{Title: "Rain", Summary: "It fell.", Kind: article.Derived, Lang: "en", Dir: "ltr", Body: []string{"It fell."}}
		change(&a)
		return entry(1, a)
	}
	for _, tt := range []struct {
		name      string
		entry     channel.Entry
		atom, rss string // stands in it; with ! in front, does not
	}{
		{"several authors are one element", story(func(a *article.Article) { a.Authors = []string{"A", "B"} }),
			"<name>A, B</name>", "<dc:creator>A, B</dc:creator>"},
		{"an article nobody signed has no author of its own", story(func(a *article.Article) {}),
			"!<name>A", "!dc:creator>"},
		{"a source without an address is dc:source in RSS", story(func(a *article.Article) { a.Source.Name = "X & Y" }),
			"<title>X &amp; Y</title>", "<dc:source>X &#x26; Y</dc:source>"},
		{"a source with an address is RSS's own", story(func(a *article.Article) { a.Source = article.Source{Name: "X", URL: "https://x.example/ن"} }),
			`<link href="https://x.example/%D9%86" rel="via"></link>`, `<source url="https://x.example/%D9%86">X</source>`},
		{"a person sees the source too", story(func(a *article.Article) { a.Source = article.Source{Name: "X", URL: "https://x.example/"} }),
			`: &lt;a href=&#34;https://x.example/&#34;&gt;X&lt;/a&gt;&lt;/p&gt;`, `: &lt;a href=&#34;https://x.example/&#34;&gt;X&lt;/a&gt;&lt;/p&gt;`},
		{"an address no browser opens is not linked", story(func(a *article.Article) { a.Source = article.Source{Name: "X", URL: "javascript:x()"} }),
			"!javascript", "!javascript"},
		{"a source without a name is none", story(func(a *article.Article) { a.Source.URL = "https://x.example/" }),
			"!<source>", "!<source"},
		{"an item in the feed's language does not repeat it", story(func(a *article.Article) { a.Lang = "fa" }),
			"!<entry xml:lang", "!dc:language"},
		{"an item in another language says so", story(func(a *article.Article) { a.Lang = "en-GB" }),
			`<entry xml:lang="en">`, "<dc:language>en</dc:language>"},
		{"markup in a title is text", story(func(a *article.Article) { a.Title = "<i>a</i> & &lt;b&gt;" }),
			"<title>&lt;i&gt;a&lt;/i&gt; &amp; &amp;lt;b&amp;gt;</title>", "<title>&#x3C;i&#x3E;a&#x3C;/i&#x3E; &#x26; &#x26;lt;b&#x26;gt;</title>"},
		{"markup in the body is text", story(func(a *article.Article) { a.Body = []string{"</p><script>x()</script>"} }),
			"&gt;&amp;lt;/p&amp;gt;&amp;lt;script&amp;gt;x()", "&gt;&amp;lt;/p&amp;gt;&amp;lt;script&amp;gt;x()"},
		{"a summary is text in Atom and HTML in RSS", story(func(a *article.Article) { a.Summary = "1 < 2" }),
			`<summary type="text">1 &lt; 2</summary>`, "<description>1 &amp;lt; 2</description>"},
		{"a right-to-left title that opens in Latin is marked", story(func(a *article.Article) { a.Title, a.Dir = "«BBC» نوشت", "rtl" }),
			"<title>\u200F«BBC» نوشت</title>", "<title>\u200F«BBC» نوشت</title>"},
		{"a left-to-right title is never marked", story(func(a *article.Article) { a.Title = "BBC نوشت" }),
			"<title>BBC نوشت</title>", "<title>BBC نوشت</title>"},
		{"a direction nobody knows is left to the reader", story(func(a *article.Article) { a.Dir = "up" }),
			"dir=&#34;auto&#34;", "dir=&#34;auto&#34;"},
		{"a language that readers don't know goes by the one that covers it", story(func(a *article.Article) { a.Lang = "ckb" }),
			`<entry xml:lang="ku">`, "<dc:language>ku</dc:language>"},
		{"but the text says what it is", story(func(a *article.Article) { a.Lang = "ckb" }),
			"lang=&#34;ckb&#34;", "lang=&#34;ckb&#34;"},
		{"a language that says that there is none is left out", story(func(a *article.Article) { a.Lang = "zxx" }),
			"!<entry xml:lang", "!dc:language"},
		{"a language that can't be one is left out", story(func(a *article.Article) { a.Lang = `"x"` }),
			"!lang=&#34;", "!lang=&#34;"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := mixed()
			c.Author = ""
			checkSays(t, "Atom", atom(t, c, tt.entry), tt.atom)
			checkSays(t, "RSS", rss(t, c, tt.entry), tt.rss)
		})
	}
}

func checkSays(t *testing.T, format string, document []byte, want string) {
	t.Helper()
	want, absent := strings.CutPrefix(want, "!")
	if bytes.Contains(document, []byte(want)) == absent {
		t.Errorf("%s: %q there: %t, want %t, in:\n%s", format, want, absent, !absent, document)
	}
}

func TestWithoutPagesThereIsNoLink(t *testing.T) {
	c, _ := mixed()
	c.Pages = false
	e := entry(1, article.Article{Title: "Rain", Lang: "fa"})
	_, inAtom, _ := bytes.Cut(atom(t, c, e), []byte("<entry"))
	_, inRSS, _ := bytes.Cut(rss(t, c, e), []byte("<item"))
	if bytes.Contains(inAtom, []byte("<link")) || bytes.Contains(inRSS, []byte("<link")) {
		t.Errorf("a link to nowhere in\n%s\n%s", inAtom, inRSS)
	}
}

func TestDescriptionStandsBeforeContent(t *testing.T) {
	c, entries := mixed()
	_, item, _ := bytes.Cut(rss(t, c, entries[0]), []byte("<item>"))
	if d, e := bytes.Index(item, []byte("<description>")), bytes.Index(item, []byte("<content:encoded>")); d < 0 || e < d {
		t.Errorf("description at %d, content:encoded at %d", d, e)
	}
}

func TestSourceStandsAfterLinks(t *testing.T) {
	c, entries := mixed()
	_, item, _ := bytes.Cut(atom(t, c, entries[0]), []byte("<entry>"))
	if l, s := bytes.Index(item, []byte("<link")), bytes.Index(item, []byte("<source>")); l < 0 || s < l {
		t.Errorf("first link at %d, source at %d", l, s)
	}
}

func TestDamagedDocuments(t *testing.T) {
	const feed = `<feed xmlns="http://www.w3.org/2005/Atom">`
	for _, tt := range []struct {
		name, atom string
		entries    int
		fails      bool
	}{
		{name: "nothing is an error", atom: "", fails: true},
		{name: "a text is an error", atom: "Not found", fails: true},
		{name: "a cut document is an error", atom: feed + "<entry><id>urn:x</id>", fails: true},
		{name: "another format is an error", atom: "<rss></rss>", fails: true},
		{name: "a foreign encoding is an error", atom: `<?xml version="1.0" encoding="koi8-r"?>` + feed + "</feed>", fails: true},
		{name: "an entry without an id is left out", atom: feed + "<entry><title>x</title></entry></feed>"},
		{name: "an entry with nothing but an id comes back", atom: feed + "<entry><id>urn:x</id></entry></feed>", entries: 1},
		{name: "unreadable dates are none", atom: feed + "<entry><id>urn:x</id><updated>today</updated></entry></feed>", entries: 1},
		{name: "HTML that never closes comes back", atom: feed + "<entry><id>urn:x</id><content>&lt;p&gt;&lt;p&gt;x&lt;a&gt;&lt;!--</content></entry></feed>", entries: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := ReadAtom([]byte(tt.atom))
			if (err != nil) != tt.fails || len(p.Entries) != tt.entries {
				t.Errorf("ReadAtom gave %d entries and the error %v, want %d, failing %t", len(p.Entries), err, tt.entries, tt.fails)
			}
		})
	}
	if _, err := ReadRSS([]byte("<feed></feed>")); err == nil {
		t.Error("ReadRSS took an Atom feed")
	}
}

func TestOutletID(t *testing.T) {
	same := func(a, b string) bool { return outletID(collection, a) == outletID(collection, b) }
	if !same("خبرگزاري  ايسنا\u200C", "خبرگزاری ایسنا") || !same("The Daily", "the  daily") {
		t.Error("spellings of one name got several ids")
	}
	if same("The Daily", "The Weekly") {
		t.Error("two outlets got one id")
	}
	if got := outletID("https://news.example.org/", "X"); !strings.HasPrefix(got, "urn:uuid:") {
		t.Errorf("a pinned id gave %q", got)
	}
}

func BenchmarkAtom(b *testing.B) { benchmark(b, Atom) }
func BenchmarkRSS(b *testing.B)  { benchmark(b, RSS) }
func BenchmarkJSON(b *testing.B) { benchmark(b, JSON) }

func BenchmarkReadAtom(b *testing.B) {
	c, entries := fifty()
	data := atom(b, c, entries...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadAtom(data); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmark(b *testing.B, write func(channel.Channel, Stories) ([]byte, error)) {
	c, entries := fifty()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := write(c, Tell(c, entries)); err != nil {
			b.Fatal(err)
		}
	}
}

// fifty is as much as a feed usually holds.
func fifty() (channel.Channel, []channel.Entry) {
	c, some := mixed()
	var entries []channel.Entry
	for i := range 50 {
		e := some[i%len(some)]
		a := *e.Article
		a.Body = append([]string{}, a.Body...)
		for range 8 {
			a.Body = append(a.Body, strings.Repeat("باران بارید و خیابان\u200cها خلوت شد. ", 10))
		}
		e.Item.ID, e.Article = id(i), &a
		entries = append(entries, e)
	}
	return c, entries
}

func TestDocumentsSay(t *testing.T) {
	for _, tt := range []struct {
		name            string
		change          func(*channel.Channel)
		atom, rss, json string // stands in it; with ! in front, does not
	}{
		{"a hub is told of in every format", func(c *channel.Channel) { c.Hub = "https://hub.example/" },
			`<link href="https://hub.example/" rel="hub">`, `<atom:link rel="hub" href="https://hub.example/">`, `"type": "WebSub",`},
		{"an archive has no hub: it is not what changes", func(c *channel.Channel) { c.Hub, c.Archive = "https://hub.example/", 1 },
			`!rel="hub"`, `!rel="hub"`, "!hubs"},
		{"without a hub there is none", func(c *channel.Channel) { c.Hub = "" }, `!rel="hub"`, `!rel="hub"`, "!hubs"},
		{"the last document of the archive comes before the current one", func(c *channel.Channel) { c.Archives = 12 },
			`archive/0012.atom.xml" rel="prev-archive"`, `rel="prev-archive" type="application/rss+xml" href="` + base + `archive/0012.rss.xml"`,
			`"next_url": "` + base + `archive/0012.json"`},
		{"the first of the archive has none before it", func(c *channel.Channel) { c.Archive, c.Archives = 1, 2 },
			`!rel="prev-archive"`, `!rel="prev-archive"`, "!next_url"},
		{"but one after it", func(c *channel.Channel) { c.Archive, c.Archives = 1, 2 },
			`archive/0002.atom.xml" rel="next-archive"`, `archive/0002.rss.xml"`, "!0002.json"},
		{"the last of the archive has none after it", func(c *channel.Channel) { c.Archive, c.Archives = 2, 2 },
			`!rel="next-archive"`, `!rel="next-archive"`, "!0003.json"},
		{"an archive says that it is one, and where the current one is", func(c *channel.Channel) { c.Archive, c.Archives = 2, 2 },
			`atom.xml" rel="current"`, "<fh:archive></fh:archive>", `"feed_url": "` + base + `feed.json"`},
		{"a feed that holds everything says so", func(c *channel.Channel) { c.Archives, c.Complete = 0, true },
			"<fh:complete></fh:complete>", "<fh:complete></fh:complete>", "!next_url"},
		{"an unset author is the title in Atom alone", func(c *channel.Channel) { c.Author = "" },
			"<name>خبرهای آزمایشی</name>", "!dc:creator", "!authors"},
		{"a further feed's address is its own", func(c *channel.Channel) { c.Kind, c.Name = channel.ByTag, "نان" },
			base + `feeds/tag/%D9%86%D8%A7%D9%86/atom.xml" rel="self"`, base + `feeds/tag/%D9%86%D8%A7%D9%86/rss.xml"`, base + "feeds/tag/%D9%86%D8%A7%D9%86/feed.json"},
		{"a feed that is no longer asked for says so", func(c *channel.Channel) { c.Kind, c.Name, c.Retired = channel.ByTag, "x", true },
			"<subtitle>This feed is no longer published.", "<description>This feed is no longer published.", `"expired": true`},
		{"an icon that no browser opens is left out", func(c *channel.Channel) { c.Icon, c.Logo = "javascript:x()", "/logo.png" },
			"!<icon>", "!<image>", "!icon"},
		{"a feed without items has a list of none", func(*channel.Channel) {}, "!<entry>", "!<item>", `"items": []`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := mixed()
			tt.change(&c)
			checkSays(t, "Atom", atom(t, c), tt.atom)
			checkSays(t, "RSS", rss(t, c), tt.rss)
			checkSays(t, "JSON", jsonFeedOf(t, c), tt.json)
		})
	}
}
