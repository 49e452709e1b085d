package site

import (
	"bytes"
	"html/template"
	"strings"
	"sync"
	"testing"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

// proof writes a page with html/template, which knows by itself what in which
// place has to be escaped.
var proof = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"path":   relative,
		"attr":   func(m markup) template.HTMLAttr { return template.HTMLAttr(m) },
		"data":   func(m markup) template.JS { return template.JS(m) },
		"style":  func() template.CSS { return template.CSS(style) },
		"script": func() template.JS { return template.JS(script) },
	}).ParseGlob("testdata/*.html"))
})

// isProven holds a page against what the proof writes of the same view.
func isProven(t testing.TB, got []byte, name string, view any) {
	t.Helper()
	var want bytes.Buffer
	if err := proof().ExecuteTemplate(&want, name, view); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Errorf("the page is\n%s\nwant\n%s", got, want.Bytes())
	}
}

var nasty = []string{
	"", "plain", `"quotes" & 'apostrophes' <b>`, "</script></title><script>alert(1)</script>", "<!-- --> ]]>", "\x00\x01\x7f\u0080", "a\u2028b\u2029c",
	"\xff\xc0\xafbad\xed\xa0\x80", "سلام \u202eRTL\u202c دنیا", "+ADw-script+AD4-", "javascript:alert(1)", "https://h.example/a?b=c&d='e'(f)%zz%41#g+h",
	"HTTPS://x.example/", "http\u017f://x.example/", "MailTo:a@b", "mailto:a@b", "//h/x", "a:b/c", "a/b:c", "{{.}} `x`", "\ufeff\ufffe\ufdd0", "new\nline", "100%", "%4", "%41", "&amp;&#39;",
}

func FuzzSheet(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	page := template.Must(template.New("").Parse(`<title>{{.}}</title><p title="{{.}}">{{.}}</p><a href="{{.}}">`))
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		if err := page.Execute(&want, s); err != nil {
			t.Fatal(err)
		}
		var got sheet
		got.put("<title>").text(s).put(`</title><p title="`).text(s).put(`">`).text(s).put(`</p><a href="`).address(s).put(`">`)
		if !bytes.Equal(got.html, want.Bytes()) {
			t.Errorf("%q is\n%s\nwant\n%s", s, got.html, want.Bytes())
		}
	})
}

// FuzzPage puts strings in all places of a page where strings can stand.
func FuzzPage(f *testing.F) {
	for i, s := range nasty {
		next := func(n int) string { return nasty[(i+n)%len(nasty)] }
		f.Add(s, s, s, s, byte(i))
		f.Add(s, next(3), next(5), next(7), byte(i*11))
	}
	f.Fuzz(func(t *testing.T, a, b, c, d string, shape byte) {
		bit := func(n int) bool { return shape>>n&1 == 1 }
		ch := channel.Channel{Title: a, Base: b, Lang: c, Description: d, Pages: bit(0)}
		e := channel.Entry{Item: ledger.Item{Page: a, Published: march, Updated: march}, Article: &article.Article{Title: b, Summary: c, Kicker: d, Lang: a, Dir: b, Link: c,
			Authors: []string{d, a}, Tags: []string{b, c}, Body: []string{d, a}, Source: article.Source{Name: b, URL: c}}}
		if bit(1) {
			e.Article.Kind = article.Lead
		}
		if bit(2) {
			e.Item.Updated = march.Add(40 * time.Hour)
			ch.Icon, ch.Stylesheet = b+c, d
		}
		if bit(3) {
			e.Item.Enclosed = ledger.MediaList([]ledger.Media{{Name: d, Type: "image/png", Size: 1}, {Name: c, Type: "audio/" + a, Size: 1 << 30}, {Name: b, Type: "video/mp4"}, {Name: a, Type: d}})
		}
		if bit(4) {
			e.Article.Link, e.Article.Source.URL, ch.Base = "https://example.org/"+c, "http://example.org/?"+d, "https://example.org/"
		}
		if bit(5) {
			e.Article.Lang, e.Article.Dir = "", "rtl"
		}
		p, err := newPage(ch, e, ledger.Neighbour{Page: c, Title: d, Lang: a}, ledger.Neighbour{Page: b, Title: c})
		if err != nil {
			t.Fatal(err)
		}
		isProven(t, p.html(), "page.html", p)
	})
}

// FuzzIndex does the same to an index and the list of all feeds.
func FuzzIndex(f *testing.F) {
	for i, s := range nasty {
		next := func(n int) string { return nasty[(i+n)%len(nasty)] }
		f.Add(s, s, s, s, uint16(i))
		f.Add(s, next(3), next(5), next(7), uint16(i*2741))
	}
	for shape := range uint16(1 << 10) {
		f.Add("Harbour & Sea", "https://example.org/", "fa", "چراغ «دریا»", shape)
	}
	f.Fuzz(func(t *testing.T, a, b, c, d string, shape uint16) {
		bit := func(n int) bool { return shape>>n&1 == 1 }
		ch := channel.Channel{Title: a, Base: b, Lang: c, Author: d, Pages: bit(0), Retired: bit(1)}
		if bit(2) {
			ch.Kind, ch.Name, ch.Description = channel.Kind(d), a, b
		}
		if bit(3) {
			ch.Icon, ch.Stylesheet = b+c, d
		}
		if bit(4) {
			ch.Tally = channel.Tally{Total: 9, Last: 20517 - int(shape), Days: [90]int{0: 1, 7: int(shape), 89: 4}}
		}
		if bit(5) {
			ch.Base, ch.Zone = "https://example.org/", here.Zone
		}
		if bit(6) {
			for i, kind := range channel.Kinds {
				ch.Parts = append(ch.Parts, channel.Part{Kind: kind, Title: a + " – " + c, Folder: d, Count: i}, channel.Part{Kind: kind, Title: b, Folder: "feeds/" + c + "/", Count: int(shape)})
			}
		}
		if bit(7) {
			for range mostOfFeeds {
				ch.Parts = append(ch.Parts, channel.Part{Kind: channel.ByTag, Title: c, Folder: b})
			}
		}
		var entries []channel.Entry
		if bit(8) {
			entries = []channel.Entry{
				{Item: ledger.Item{Page: a, Published: march}, Article: &article.Article{Title: b, Summary: c, Lang: d, Dir: a, Link: b, Source: article.Source{Name: c}}},
				{Item: ledger.Item{Published: march}, Article: &article.Article{Title: d, Link: "https://example.org/" + a, Authors: []string{b, c}}},
				{Item: ledger.Item{Page: c, Published: march.AddDate(0, 0, -1)}, Article: &article.Article{Summary: d, Dir: "rtl"}},
			}
		}
		x, fs := newIndex(ch, entries), newFeeds(ch)
		isProven(t, x.html(), "index.html", x)
		isProven(t, fs.html(), "feeds.html", fs)
	})
}

// TestEveryLanguageIsProven writes all pages in all words.
func TestEveryLanguageIsProven(t *testing.T) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(file.Name(), ".toml")
		c, a := here, *lamp.Article
		c.Lang, a.Lang, a.Dir = lang, lang, article.Direction(lang)
		c.Tally = channel.Tally{Total: 9, Last: 20517, Days: [90]int{0: 1, 89: 4}}
		for i := range mostOfFeeds + 1 {
			c.Parts = append(c.Parts, channel.Part{Kind: channel.Kinds[i%2], Title: a.Title, Folder: "feeds/tag/a b/", Count: i}, channel.Part{Kind: channel.ByTag, Folder: "feeds/tag/نور/"})
		}
		e := channel.Entry{Item: lamp.Item, Article: &a}
		e.Item.Updated = march.AddDate(0, 0, 2)
		p, err := newPage(c, e, ledger.Neighbour{Page: "a.html"}, ledger.Neighbour{Page: "b.html", Lang: lang})
		if err != nil {
			t.Fatal(err)
		}
		isProven(t, p.html(), "page.html", p)
		further, retired := c, c
		further.Kind, further.Name, further.Parts = channel.ByTag, "نور", nil
		retired.Retired = true
		for _, x := range []*indexView{newIndex(c, []channel.Entry{e}), newIndex(further, nil), newIndex(retired, nil)} {
			isProven(t, x.html(), "index.html", x)
		}
		fs := newFeeds(c)
		isProven(t, fs.html(), "feeds.html", fs)
	}
}

func TestPagesSideBySide(t *testing.T) {
	want, err := Page(here, lamp, none, none)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if got, err := Page(here, lamp, none, none); err != nil || !bytes.Equal(got, want) {
					t.Errorf("another page, %v", err)
				}
			}
		})
	}
	group.Wait()
}
