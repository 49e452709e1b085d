package site

import (
	"bytes"
	"html/template"
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
	return template.Must(template.New("").Funcs(template.FuncMap{"path": relative}).ParseFiles("testdata/head.html", "testdata/page.html"))
})

func proven(t testing.TB, p *pageView) []byte {
	t.Helper()
	var b bytes.Buffer
	err := proof().ExecuteTemplate(&b, "page.html", struct {
		*pageView
		Style template.CSS
	}{p, style})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var nasty = []string{
	"", "plain", `"quotes" & 'apostrophes' <b>`, "</script></title><script>alert(1)</script>", "<!-- --> ]]>", "\x00\x01\x7f\u0080", "a\u2028b\u2029c",
	"\xff\xc0\xafbad\xed\xa0\x80", "سلام \u202eRTL\u202c دنیا", "+ADw-script+AD4-", "javascript:alert(1)", "https://h.example/a?b=c&d='e'(f)%zz%41#g+h",
	"HTTPS://x.example/", "mailto:a@b", "//h/x", "a:b/c", "a/b:c", "{{.}} `x`", "\ufeff\ufffe\ufdd0", "new\nline", "100%", "%4", "%41", "&amp;&#39;",
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
		if got, want := p.html(), proven(t, p); !bytes.Equal(got, want) {
			t.Errorf("the page is\n%s\nwant\n%s", got, want)
		}
	})
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
