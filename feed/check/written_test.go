package check_test

import (
	"fmt"
	"testing"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/check"
	"seedfeed/feed/ledger"
	"seedfeed/feed/site"
	"seedfeed/feed/syndication"
)

// What seedfeed writes gives no finding, however its articles are.
func TestWrittenDocumentsGiveNoFinding(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*channel.Channel)
	}{
		{"a feed", func(*channel.Channel) {}},
		{"a feed with a hub and an archive", func(c *channel.Channel) { c.Hub, c.Archives = "https://hub.example/", 3 }},
		{"a feed that holds everything", func(c *channel.Channel) { c.Complete = true }},
		{"the first document of an archive", func(c *channel.Channel) { c.Archive, c.Archives = 1, 3 }},
		{"the last document of an archive", func(c *channel.Channel) { c.Archive, c.Archives = 3, 3 }},
		{"the only document of an archive", func(c *channel.Channel) { c.Archive, c.Archives = 1, 1 }},
		{"a feed of a tag in Persian", func(c *channel.Channel) { c.Kind, c.Name = channel.ByTag, "نان و باران (۲)" }},
		{"a feed of a tag that is called archive", func(c *channel.Channel) { c.Kind, c.Name = channel.ByTag, "archive" }},
		{"a retired feed", func(c *channel.Channel) { c.Kind, c.Name, c.Retired, c.Complete = channel.ByTag, "x", true, true }},
		{"a feed without pages", func(c *channel.Channel) { c.Pages = false }},
		{"a feed in no language", func(c *channel.Channel) { c.Lang, c.Author, c.Description = "", "", "" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := news()
			tt.change(&c)
			entries := stories()
			if c.Retired {
				entries = nil
			}
			told := syndication.Tell(c, entries)
			checkWritten(t, c, channel.Atom, told, syndication.Atom)
			checkWritten(t, c, channel.RSS, told, syndication.RSS)
			checkWritten(t, c, channel.JSON, told, syndication.JSON)
			if c.Archive == 0 {
				checkWritten(t, c, channel.Index, entries, site.Index)
			}
		})
	}
}

func TestWrittenListAndPagesGiveNoFinding(t *testing.T) {
	tag := news()
	tag.Kind, tag.Name = channel.ByTag, "نان"
	document, err := syndication.OPML([]channel.Channel{news(), tag}, func(k channel.Kind) string { return string(k) })
	checkNothing(t, channel.OPML, document, err)
	main := news()
	main.Parts = []channel.Part{{Kind: channel.ByTag, Title: "نان", Folder: tag.Folder(), Count: 3}}
	document, err = site.Feeds(main)
	checkNothing(t, channel.AllFeeds, document, err)
	for _, e := range stories() {
		document, err = site.Page(news(), e, ledger.Neighbour{Page: "articles/a.html", Title: "a", Lang: "fa"}, ledger.Neighbour{})
		checkNothing(t, e.Item.Page, document, err)
	}
}

func checkWritten[E any](t *testing.T, c channel.Channel, name string, entries E, write func(channel.Channel, E) ([]byte, error)) {
	t.Helper()
	document, err := write(c, entries)
	checkNothing(t, c.File(name), document, err)
}

func checkNothing(t *testing.T, name string, document []byte, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s := check.Site{
		Base: news().Base,
		Has:  func(string) bool { return true },
		Page: func(id string) (string, bool) {
			for _, e := range stories() {
				if e.Item.ID == id {
					return e.Item.Page, true
				}
			}
			return "", false
		},
		Now: news().Updated,
	}
	for _, f := range s.Document(name, document) {
		t.Errorf("%v\nin\n%s", f, document)
	}
}

func news() channel.Channel {
	return channel.Channel{
		ID: "urn:uuid:5c4f0d0e-0000-4000-8000-00000000feed", Title: "خبرهای باران & باد", Description: "R&D <b>", Author: "تحریریه",
		Copyright: "© <2026>", Icon: "https://news.example.org/icon.png", Logo: "https://news.example.org/out/media/logo.png",
		Base: "https://news.example.org/out/", Lang: "fa", Updated: time.Date(2026, 3, 21, 9, 30, 0, 0, time.UTC), Pages: true,
	}
}

// stories are articles as people write them, and as nobody should.
func stories() []channel.Entry {
	articles := []article.Article{
		{Title: "باران آمد", Summary: "BBC: خیابان ها خلوت شد.", Kind: article.Lead, Lang: "fa", Dir: "rtl", Body: []string{"باران بارید.", "باد وزید & رفت."},
			Authors: []string{"مریم رضایی", "علی"}, Tags: []string{"هوا", "R&D"}, Source: article.Source{Name: "خبرگزاری", URL: "https://خبر.example/باران؟"}},
		{Title: "Rain <b>at</b> last", Lang: "en", Dir: "ltr", Body: []string{"<p>It fell & fell.</p>", "]]> <script>x()</script>"}, Source: article.Source{Name: "Wind"}},
		{Title: "Elsewhere", Summary: "&lt;p&gt;", Lang: "en-GB", Dir: "ltr", Link: "https://wind.example/ä b?x=[1]&y=%zz#ü", Body: []string{"\u200Fx\u0085y\uFFFD"}},
		{Title: "Nowhere", Link: "javascript:alert(1)", Source: article.Source{Name: "Wind", URL: "/wind"}},
		{Title: "桜", Lang: "ja", Dir: "auto", Summary: "&#11;", Body: []string{"&lt;p&gt;"}},
	}
	var entries []channel.Entry
	for i := range articles {
		day := time.Date(2026, 3, 20-i, 8, 0, 0, 0, time.UTC)
		item := ledger.Item{
			ID:        fmt.Sprintf("urn:uuid:00000000-0000-5000-8000-%012d", i+1),
			Page:      fmt.Sprintf("articles/باران %d.html", i+1),
			Published: day, Updated: day.Add(time.Duration(i) * time.Hour), Lang: articles[i].Lang,
		}
		if i == 0 {
			item.Enclosed = ledger.MediaList([]ledger.Media{{Name: "media/باران.jpg", Type: "image/jpeg", Size: 9}, {Name: "media/a.mp3", Type: "audio/mpeg"}, {Name: "media/b.pdf", Type: "application/pdf", Size: 7}})
		}
		entries = append(entries, channel.Entry{Item: item, Article: &articles[i]})
	}
	return entries
}
