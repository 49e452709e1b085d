package syndication

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
)

// strange is a feed made of any strings.
func strange(title, summary, body, name, address string, rtl, lead bool) (channel.Channel, channel.Entry) {
	a := article.Article{
		Title: title, Summary: summary, Kind: article.Derived, Dir: "ltr", Lang: "en",
		Source: article.Source{Name: name, URL: address}, Authors: []string{name, title},
		Tags: []string{name, title}, Link: address, Body: []string{body, name},
	}
	if rtl {
		a.Dir, a.Lang = "rtl", "fa"
	}
	if lead {
		a.Kind = article.Lead
	}
	c, _ := mixed()
	c.Title, c.Description = name, body
	return c, entry(1, a)
}

func addStrange(f *testing.F) {
	_, entries := mixed()
	for i, e := range entries {
		a := e.Article
		f.Add(a.Title, a.Summary, "body", a.Source.Name, a.Source.URL, a.Dir == "rtl", a.Kind == article.Lead)
		f.Add(a.Summary, "", "", "", a.Link, i%2 == 0, i%3 == 0)
	}
	f.Add("]]>", "&amp;lt;", "\r\n\x0C", "\xFF\uFFFE", base+"a.html", true, true)
	f.Add(rlm+" BBC", ", ,", "</p><p class=\"lead\">", "a، b", base+"../a", true, false)
}

func FuzzAtom(f *testing.F) {
	addStrange(f)
	f.Fuzz(func(t *testing.T, title, summary, body, name, address string, rtl, lead bool) {
		c, e := strange(title, summary, body, name, address, rtl, lead)
		first := atom(t, c, e)
		wellFormed(t, first)
		p, err := ReadAtom(first)
		checkTitle(t, p, err, e, first)
		if second := atom(t, c, p.Entries...); !bytes.Equal(first, second) {
			t.Fatalf("written again:\n%s\nwant:\n%s", second, first)
		}
	})
}

func FuzzRSS(f *testing.F) {
	addStrange(f)
	f.Fuzz(func(t *testing.T, title, summary, body, name, address string, rtl, lead bool) {
		c, e := strange(title, summary, body, name, address, rtl, lead)
		first := rss(t, c, e)
		wellFormed(t, first)
		p, err := ReadRSS(first)
		checkTitle(t, p, err, e, first)
		if second := rss(t, c, p.Entries...); !bytes.Equal(first, second) {
			t.Fatalf("written again:\n%s\nwant:\n%s", second, first)
		}
	})
}

// FuzzJSON: what stands aside while a document is encoded is in its place.
func FuzzJSON(f *testing.F) {
	addStrange(f)
	f.Fuzz(func(t *testing.T, title, summary, body, name, address string, rtl, lead bool) {
		c, e := strange(title, summary, body, name, address, rtl, lead)
		document := jsonFeedOf(t, c, e, e)
		var set bytes.Buffer
		if err := json.Indent(&set, document, "", " "); err != nil || !bytes.Equal(set.Bytes(), document) {
			t.Fatalf("%v in\n%s\nwant\n%s", err, document, set.Bytes())
		}
		var feed struct {
			Items []struct {
				Content string `json:"content_html"`
				Title   string
			}
		}
		if err := json.Unmarshal(document, &feed); err != nil || len(feed.Items) != 2 {
			t.Fatalf("%d items, error %v, of\n%s", len(feed.Items), err, document)
		}
		want := tell(c, e)
		for _, item := range feed.Items {
			if item.Content != want.content || item.Title != want.title {
				t.Fatalf("got %q and %q, want %q and %q", item.Title, item.Content, want.title, want.content)
			}
		}
	})
}

// FuzzRead reads any document: what comes back can be written, and is at rest
// after one round.
func FuzzRead(f *testing.F) {
	c, entries := mixed()
	for _, e := range entries {
		f.Add(atom(f, c, e))
		f.Add(rss(f, c, e))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func([]byte) (Published, error){ReadAtom, ReadRSS} {
			p, err := read(data)
			if err != nil {
				continue
			}
			first := atom(t, c, p.Entries...)
			wellFormed(t, first)
			wellFormed(t, rss(t, c, p.Entries...))
			again, err := ReadAtom(first)
			if err != nil {
				t.Fatal(err)
			}
			if second := atom(t, c, again.Entries...); !bytes.Equal(first, second) {
				t.Fatalf("written again:\n%s\nwant:\n%s", second, first)
			}
		}
	})
}

// FuzzClean: a text that is taken as it is would be cleaned to itself, and what
// is clean goes into XML and JSON as the standard library writes it.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", " ", "a b", "a  b", " a", "a ", "a\tb", "\u0085", "\u00A0é", "باران\u200c", "桜\uFFFD", "\xFF", "\xC3", "\uFFFE", "&'<\">\\\\\u2028\u2029", "‧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if want := cleaned(s); got != want {
			t.Fatalf("Clean(%q) = %q, want %q", s, got, want)
		}
		if again := cleaned(got); again != got || !isClean(got) {
			t.Fatalf("%q, which is clean, becomes %q", got, again)
		}
		content := got + "\n" + got
		var want bytes.Buffer
		if err := xml.EscapeText(&want, []byte(content)); err != nil || inXML(content) != want.String() {
			t.Fatalf("inXML(%q) = %q, want %q", content, inXML(content), want.String())
		}
		want.Reset()
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(content); err != nil || string(appendJSON(nil, content))+"\n" != want.String() {
			t.Fatalf("appendJSON(%q) = %q, want %q", content, appendJSON(nil, content), want.String())
		}
		checkIndent(t, []any{}, map[string]any{}, []any{1, got, map[string]any{got: content, "x": []any{nil}}})
	})
}

func checkIndent(t *testing.T, values ...any) {
	t.Helper()
	compact, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Indent(&want, compact, "", " "); err != nil {
		t.Fatal(err)
	}
	if got := lines(compact, nil); !bytes.Equal(got, want.Bytes()) {
		t.Fatalf("got\n%s\nwant\n%s", got, want.Bytes())
	}
}

func checkTitle(t *testing.T, p Published, err error, e channel.Entry, document []byte) {
	t.Helper()
	if err != nil || len(p.Entries) != 1 {
		t.Fatalf("%d entries, error %v, of\n%s", len(p.Entries), err, document)
	}
	l := localeOf(e.Article.Lang, e.Article.Dir)
	if got, want := p.Entries[0].Article.Title, l.unmark(Clean(e.Article.Title)); got != want {
		t.Fatalf("title came back as %q, want %q", got, want)
	}
}

func wellFormed(t *testing.T, document []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(document)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
	}
}
