package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

var (
	march = time.Date(2026, 3, 4, 22, 0, 0, 0, time.UTC) // the 5th in Tehran
	here  = channel.Channel{Title: "Harbour & Sea", Base: "https://example.org/news/", Lang: "fa", Pages: true, Zone: time.FixedZone("Tehran", 12600)}
	lamp  = channel.Entry{
		Item: ledger.Item{Page: "articles/دریا/چراغ #1.html", Published: march, Updated: march},
		Article: &article.Article{Title: `چراغ <script>alert("x")</script>`, Kind: article.Lead, Summary: "نفت با قایق آمد.", Lang: "fa", Dir: "rtl",
			Authors: []string{"Jane Doe"}, Tags: []string{"نور"}, Body: []string{"متن & <b>متن</b>."}, Source: article.Source{Name: "پیک دریا", URL: "javascript:alert(1)"}},
	}
	none ledger.Neighbour
)

func holds(t *testing.T, html []byte, err error, wants ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range wants {
		if !strings.Contains(string(html), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func lacks(t *testing.T, html []byte, nevers ...string) {
	t.Helper()
	for _, never := range nevers {
		if strings.Contains(string(html), never) {
			t.Errorf("the page holds %s", never)
		}
	}
}

func TestPage(t *testing.T) {
	html, err := Page(here, lamp, none, none)
	holds(t, html, err,
		`<html lang="fa" dir="rtl">`, `<a href="../../index.html">`, `<p class="lead">نفت با قایق آمد.</p>`,
		`<p>متن &amp; &lt;b&gt;متن&lt;/b&gt;.</p>`, `<time datetime="2026-03-05T01:30:00&#43;03:30">۱۴ اسفند ۱۴۰۴</time>`, `<bdi class="author">Jane Doe</bdi>`,
		`<li><bdi>نور</bdi></li>`, `<p>منبع: <bdi>پیک دریا</bdi></p>`, `<meta name="generator" content="seedfeed">`,
		`type="application/atom+xml"`, `href="https://example.org/news/atom.xml"`, `default-src &#39;none&#39;`, "– Harbour &amp; Sea</title>")
	lacks(t, html, "<script>", "javascript:", `class="beside"`, `rel="canonical"`, "modified_time")
}

func TestPageTellsMachines(t *testing.T) {
	e := lamp
	a := *lamp.Article
	a.Link = "https://origin.example/1?a=b&c=</script>"
	e.Article = &a
	e.Item.Updated = march.Add(time.Hour)
	e.Item.Enclosed = ledger.MediaList([]ledger.Media{{Name: "media/a.jpg", Type: "image/jpeg", Size: 10}})
	html, err := Page(here, e, none, none)
	holds(t, html, err, `<link rel="canonical" href="https://origin.example/1?a=b&amp;c=%3C/script%3E">`, `<meta property="og:type" content="article">`,
		`<meta property="og:title" content="چراغ &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;">`, `<meta property="og:url" content="https://origin.example/1?a=b&amp;c=%3C/script%3E">`,
		`<meta property="og:image" content="https://example.org/news/media/a.jpg">`, `<meta property="article:published_time" content="2026-03-05T01:30:00&#43;03:30">`,
		`<meta property="article:modified_time" content="2026-03-05T02:30:00&#43;03:30">`, `<meta property="article:tag" content="نور">`, `<meta name="author" content="Jane Doe">`)
	lacks(t, html, "به\u200cروزرسانی") // on the same day
	data := regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindSubmatch(html)
	var got map[string]any
	if data == nil {
		t.Fatal("there are no data")
	}
	if err := json.Unmarshal(data[1], &got); err != nil {
		t.Fatalf("%s: %v", data[1], err)
	}
	organization := func(name string) any { return map[string]any{"@type": "Organization", "name": name} }
	want := map[string]any{"@context": "https://schema.org", "@type": "NewsArticle", "headline": lamp.Article.Title, "description": "نفت با قایق آمد.", "inLanguage": "fa",
		"datePublished": "2026-03-05T01:30:00+03:30", "dateModified": "2026-03-05T02:30:00+03:30", "mainEntityOfPage": "https://origin.example/1?a=b&c=%3C/script%3E",
		"author": []any{map[string]any{"@type": "Person", "name": "Jane Doe"}}, "keywords": []any{"نور"}, "image": []any{"https://example.org/news/media/a.jpg"},
		"publisher": organization("Harbour & Sea"), "sourceOrganization": organization("پیک دریا")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the data are\n%v\nwant\n%v", got, want)
	}
	for _, script := range []string{string(data[1])} {
		if !strings.Contains(string(html), strings.ReplaceAll(strings.ReplaceAll(hash(script), "+", "&#43;"), "'", "&#39;")) {
			t.Error("the policy does not name the data")
		}
	}
}

func TestPageSaysWhenItWasUpdatedOnAnotherDay(t *testing.T) {
	e := lamp
	e.Item.Updated = march.Add(48 * time.Hour)
	html, err := Page(here, e, none, none)
	holds(t, html, err, `روزرسانی: <time datetime="2026-03-07T01:30:00&#43;03:30">۱۶ اسفند ۱۴۰۴</time>`)
}

func TestPageLinksToItsNeighbours(t *testing.T) {
	html, err := Page(here, lamp, ledger.Neighbour{Page: "articles/a b.html", Title: "<Before>", Lang: "en"}, ledger.Neighbour{Page: "articles/پس.html", Title: "پس", Lang: "fa"})
	holds(t, html, err, `<a rel="prev" href="../../articles/a%20b.html"><span>نوشتهٔ پیشین</span> <bdi lang="en" dir="ltr">&lt;Before&gt;</bdi></a>`,
		`<a rel="next" href="../../articles/%D9%BE%D8%B3.html"><span>نوشتهٔ بعدی</span> <bdi lang="fa" dir="rtl">پس</bdi></a>`)
}

func TestPageOfAnUnknownLanguage(t *testing.T) {
	e := lamp
	a := *lamp.Article
	e.Article = &a
	for _, test := range []struct {
		name, lang, dir string
		wants           []string
	}{
		{"one that can't be told", "", "ltr", []string{`<html lang="en" dir="ltr">`, `<article lang="">`, `>March 5, 2026</time>`}},
		{"one that we have no words in", "sd", "rtl", []string{`<html lang="sd" dir="rtl">`, `<article>`, ` lang="en" dir="ltr">March 5, 2026</time>`}},
	} {
		a.Lang, a.Dir = test.lang, test.dir
		html, err := Page(here, e, none, none)
		holds(t, html, err, test.wants...)
	}
}

func TestTurned(t *testing.T) {
	for _, test := range []struct{ name, text, dir, want string }{
		{"a paragraph like its article", "نفت آمد.", "rtl", ""},
		{"an English one amid Persian", `"Oil came," she said.`, "rtl", ` dir="ltr"`},
		{"a Persian one amid English", "«نفت آمد.»", "ltr", ` dir="rtl"`},
		{"one that only opens with a Latin name", "BBC گزارش داد که نفت آمد.", "rtl", ""},
		{"one that only opens with a Persian word", "قنات is the Persian word for it.", "ltr", ""},
		{"one without a letter", "1404 – 1405", "rtl", ""},
		{"none", "", "rtl", ""},
	} {
		if got := turned(test.text, test.dir); string(got) != test.want {
			t.Errorf("%s: turned(%q, %s) = %q, want %q", test.name, test.text, test.dir, got, test.want)
		}
	}
}

func TestIndex(t *testing.T) {
	html, err := Index(here, []channel.Entry{lamp})
	holds(t, html, err,
		`<html lang="fa" dir="rtl">`, `<h1><bdi>Harbour &amp; Sea</bdi></h1>`, `<article lang="fa" dir="rtl">`, `<h3><time datetime="2026-03-05">۱۴ اسفند ۱۴۰۴</time></h3>`,
		`<a href="articles/%D8%AF%D8%B1%DB%8C%D8%A7/%DA%86%D8%B1%D8%A7%D8%BA%20%231.html">`, `<a href="atom.xml" lang="en">Atom</a> <code dir="ltr">https://example.org/news/atom.xml</code>`,
		`<code dir="ltr">https://example.org/news/feed.json</code>`, "فیدخوان برنامه\u200cای است", `<p class="faint"><bdi>پیک دریا</bdi></p>`)
	lacks(t, html, "<svg viewBox=")
}

func TestIndexIsInOrderOfDaysAndSmall(t *testing.T) {
	var entries []channel.Entry
	for i := range 500 {
		e := lamp
		e.Item.Published = march.AddDate(0, 0, -(i*7)%50)
		entries = append(entries, e)
	}
	c := here
	for _, kind := range channel.Kinds {
		for i := range 100 {
			name := fmt.Sprintf("%s %d", strings.Repeat("نام دراز ", 5), i)
			c.Parts = append(c.Parts, channel.Part{Kind: kind, Title: name, Folder: "feeds/" + string(kind) + "/" + channel.FolderName(name) + "/", Count: i})
		}
	}
	html, err := Index(c, entries)
	holds(t, html, err)
	const most = 100_000
	if len(html) > most {
		t.Errorf("it has %d bytes", len(html))
	}
	days := regexp.MustCompile(`<h3><time datetime="(.*?)"`).FindAllSubmatch(html, -1)
	if len(days) < 4 {
		t.Errorf("it has %d days", len(days))
	}
	for i := 1; i < len(days); i++ {
		if bytes.Compare(days[i-1][1], days[i][1]) <= 0 {
			t.Errorf("%s comes after %s", days[i][1], days[i-1][1])
		}
	}
}

func TestIndexShowsTheFeeds(t *testing.T) {
	c := here
	for i := range 14 {
		c.Parts = append(c.Parts, channel.Part{Kind: channel.ByTag, Title: fmt.Sprintf("Harbour & Sea – tag %d", i), Folder: fmt.Sprintf("feeds/tag/tag-%d/", i), Count: 3 + i})
	}
	c.Parts = append(c.Parts, channel.Part{Kind: channel.ByQuery, Title: "Storms", Folder: "feeds/query/storms/", Count: 12})
	html, err := Index(c, nil)
	holds(t, html, err, `<a href="feeds/tag/tag-13/index.html"><bdi>tag 13</bdi></a> <span class="faint">۱۶</span>`, `<bdi>Storms</bdi></a> <span class="faint">۱۲</span>`,
		"<h3>گزیده\u200cها</h3>", "<h3>برچسب\u200cها</h3>", `<a href="feeds/index.html">همهٔ فیدها</a>`, `<a href="#feeds">فیدهای دیگر</a>`, `<a href="opml.xml">`, "هنوز نوشته\u200cای منتشر نشده است.")
	lacks(t, html, "tag 3<")
	html, err = Feeds(c)
	holds(t, html, err, `<a href="../feeds/tag/tag-0/index.html"><bdi>tag 0</bdi></a> <span class="faint">۳</span>`, `<a href="../index.html">`, `<a href="../opml.xml">`)
}

func TestIndexOfAFurtherFeed(t *testing.T) {
	c := here
	c.Kind, c.Name = channel.ByTag, "نور"
	html, err := Index(c, []channel.Entry{lamp})
	holds(t, html, err, `<a href="../../../index.html">همهٔ`, `<a href="../../../articles/`, `<a href="atom.xml"`, `/news/feeds/tag/%D9%86%D9%88%D8%B1/atom.xml</code>`)
	c.Retired = true
	html, err = Index(c, nil)
	holds(t, html, err, "این فید دیگر منتشر نمی\u200cشود.", `<a href="../../../index.html">`)
	lacks(t, html, "<code", "هنوز", "opml.xml")
}

func TestIndexShowsTheDays(t *testing.T) {
	c := here
	c.Tally = channel.Tally{Total: 9, Last: 20517, Days: [90]int{0: 1, 89: 4}} // 5 March 2026
	html, err := Index(c, nil)
	holds(t, html, err, `<path d="M0 48v-12h2v12zM267 48v-48h2v48z"/>`, "۰–۴", "<span>۱۵ آذر ۱۴۰۴</span> <span>۱۴ اسفند ۱۴۰۴</span>")
	c.Tally.Days[0] = 0
	html, err = Index(c, nil)
	holds(t, html, err)
	lacks(t, html, "<path d=")
}

func TestIndexWithoutPagesLinksToTheOriginal(t *testing.T) {
	c, e := here, lamp
	c.Pages = false
	a := *lamp.Article
	a.Link = "https://origin.example/1"
	e.Article = &a
	html, err := Index(c, []channel.Entry{e, lamp})
	holds(t, html, err, `<a href="https://origin.example/1">`)
	lacks(t, html, "articles/")
}

func TestPageShowsWhatGoesWithIt(t *testing.T) {
	e := lamp
	e.Item.Enclosed = ledger.MediaList([]ledger.Media{
		{Name: "media/دریا/چراغ.jpg", Type: "image/jpeg", Size: 10}, {Name: "media/دریا/چراغ.mp3", Type: "audio/mpeg", Size: 3 << 20}, {Name: "media/دریا/چراغ.pdf", Type: "application/pdf", Size: 100},
	})
	html, err := Page(here, e, none, none)
	const address = "../../media/%D8%AF%D8%B1%DB%8C%D8%A7/%DA%86%D8%B1%D8%A7%D8%BA"
	holds(t, html, err, `<img src="`+address+`.jpg" alt="چراغ &lt;script&gt;`, `<audio controls preload="none" src="`+address+`.mp3">`,
		`<a href="`+address+`.mp3"><bdi dir="ltr">چراغ.mp3</bdi></a> (3.0 MiB)`, `<a href="`+address+`.pdf"><bdi dir="ltr">چراغ.pdf</bdi></a> (100 B)`, "media-src &#39;self&#39;")
}

func TestStylesheetAndIconOfTheOwner(t *testing.T) {
	c := here
	c.Stylesheet, c.Icon = "my own.css", "https://example.org/news/icon.png"
	html, err := Page(c, lamp, none, none)
	holds(t, html, err, `</style>
<link rel="stylesheet" href="../../my%20own.css">`, `<link rel="icon" href="../../icon.png">`, "font-src &#39;self&#39;", "=&#39; &#39;self&#39;;")
	c.Icon = "https://elsewhere.example/icon.png" // nobody else is asked for anything
	html, err = Page(c, lamp, none, none)
	holds(t, html, err, `<link rel="icon" href="data:image/svg`)
	lacks(t, html, "elsewhere.example")
}

func TestDate(t *testing.T) {
	day := func(date string) time.Time {
		d, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, test := range []struct{ lang, date, want string }{
		{"fa", "2026-03-20", "۲۹ اسفند ۱۴۰۴"},
		{"fa", "2026-03-21", "۱ فروردین ۱۴۰۵"},
		{"fa", "2025-03-20", "۳۰ اسفند ۱۴۰۳"},
		{"en", "2026-03-04", "March 4, 2026"},
		{"de", "2026-03-04", "4. März 2026"},
		{"ar", "2026-03-04", "٤ مارس ٢٠٢٦"},
		{"ps", "2026-03-21", "۱ وری ۱۴۰۵"},
		{"th", "2026-03-04", "4 มีนาคม 2569"},
		{"ja", "2026-03-04", "2026年3月4日"},
		{"ru", "2026-03-04", "4 марта 2026\u00a0г."},
		{"xx", "2026-12-31", "December 31, 2026"},
	} {
		if got := wordsOf(test.lang).date(day(test.date)); got != test.want {
			t.Errorf("%s in %s is %q, want %q", test.date, test.lang, got, test.want)
		}
	}
}

// TestEveryLanguageHasAllWords reads what nobody reads before a reader does.
func TestEveryLanguageHasAllWords(t *testing.T) {
	files, err := fs.Glob(wordFiles, "words/*.toml")
	if err != nil || len(files) < 42 {
		t.Fatalf("there are %d files, %v; want those of 42 languages", len(files), err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(strings.TrimPrefix(file, "words/"), ".toml")
		t.Run(lang, func(t *testing.T) {
			text, err := fs.ReadFile(wordFiles, file)
			if err != nil {
				t.Fatal(err)
			}
			var w words
			if err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&w); err != nil {
				t.Fatal(err)
			}
			if article.LanguageName(lang) == lang {
				t.Error("texts in this language are not read")
			}
			if len(w.Months) != 12 || len([]rune(w.Digits)) != 10 {
				t.Errorf("it has %d months and %d digits", len(w.Months), len([]rune(w.Digits)))
			}
			for _, place := range []string{"{year}", "{month}", "{day}"} {
				if strings.Count(w.Date, place) != 1 {
					t.Errorf("date %q has not one %s", w.Date, place)
				}
			}
			if w.Calendar != "gregorian" && w.Calendar != "solar" && w.Calendar != "buddhist" {
				t.Errorf("calendar %q is none", w.Calendar)
			}
			v := reflect.ValueOf(w)
			for i := 1; i < v.NumField(); i++ { // the first is no word
				name := v.Type().Field(i).Name
				if said, is := v.Field(i).Interface().(string); is && name != "lang" && (said == "" || strings.TrimSpace(said) != said) {
					t.Errorf("%s is %q", name, said)
				}
			}
		})
	}
}
