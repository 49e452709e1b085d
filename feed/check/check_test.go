package check

import (
	"strings"
	"testing"
	"time"
)

const base = "https://news.example.org/"

// now is the time of every test.
var now = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// site has all that the documents below link to.
func site() Site {
	return Site{
		Base: base,
		Has:  func(name string) bool { return !strings.Contains(name, "lost") },
		Page: func(id string) (string, bool) { return "articles/rain.html", !strings.Contains(id, "999") },
		Now:  now,
	}
}

// Good documents, one of each kind. An exclamation mark stands where the
// benchmark puts long texts.
const (
	atomFeed = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="fa">
  <title>خبرهای باران</title>
  <id>urn:uuid:5c4f0d0e-0000-4000-8000-00000000feed</id>
  <updated>2026-03-21T09:30:00Z</updated>
  <subtitle>R&amp;D</subtitle>
  <author><name>News</name></author>
  <icon>https://news.example.org/media/icon.png</icon>
  <link rel="alternate" type="text/html" href="https://news.example.org/index.html"/>
  <link rel="self" type="application/atom+xml" href="https://news.example.org/atom.xml"/>
  <link rel="hub" href="https://hub.example/"/>
  <link rel="prev-archive" href="https://news.example.org/archive/0003.atom.xml"/>
  <generator>seedfeed</generator>
  <entry>
    <title>باران آمد</title>
    <id>urn:uuid:00000000-0000-5000-8000-000000000001</id>
    <published>2026-03-20T08:00:00+03:30</published>
    <updated>2026-03-20T09:00:00Z</updated>
    <summary>It rained.</summary>
    <content type="html">&lt;p dir="rtl"&gt;باران &amp;amp; باد &lt;a href="https://wind.example/"&gt;آمد&lt;/a&gt;!&lt;/p&gt;</content>
    <link rel="alternate" href="https://news.example.org/articles/rain.html"/>
    <link rel="enclosure" type="audio/mpeg" length="12" href="https://news.example.org/media/rain.mp3"/>
    <category term="هوا"/>
    <media:content url="https://news.example.org/media/rain.jpg" type="image/jpeg" medium="image" fileSize="9"/>
    <source><id>urn:uuid:5c4f0d0e-0000-5000-8000-00000000beef</id><title>Wind</title><updated>2026-03-20T09:00:00Z</updated></source>
  </entry>
</feed>
`
	rssFeed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:fh="http://purl.org/syndication/history/1.0">
<channel>
<title>Rain &#x26; wind</title>
<description>خبرهای باران</description>
<link>https://news.example.org/index.html</link>
<language>fa</language>
<lastBuildDate>Sat, 21 Mar 2026 09:30:00 +0000</lastBuildDate>
<image><url>https://news.example.org/media/logo.png</url><title>Rain</title><link>https://news.example.org/index.html</link></image>
<atom:link rel="self" type="application/rss+xml" href="https://news.example.org/rss.xml"></atom:link>
<atom:link rel="hub" href="https://hub.example/"></atom:link>
<dc:identifier>urn:uuid:5c4f0d0e-0000-4000-8000-00000000feed</dc:identifier>
<fh:complete></fh:complete>
<item>
<title>باران آمد</title>
<link>https://news.example.org/articles/rain.html</link>
<description>It rained &amp;lt;b&amp;gt;.</description>
<guid isPermaLink="false">urn:uuid:00000000-0000-5000-8000-000000000001</guid>
<pubDate>Fri, 20 Mar 2026 08:00:00 GMT</pubDate>
<enclosure url="https://news.example.org/media/rain.mp3" length="0" type="audio/mpeg"></enclosure>
<content:encoded>&lt;p dir="rtl"&gt;باران آمد!&lt;/p&gt;</content:encoded>
<dc:creator>مریم</dc:creator>
<dc:language>en</dc:language>
<category>هوا</category>
<source url="https://wind.example/">Wind</source>
<media:content url="https://news.example.org/media/rain.jpg" type="image/jpeg" fileSize="9"></media:content>
</item>
</channel></rss>
`
	jsonFeedText = `{
 "version": "https://jsonfeed.org/version/1.1",
 "title": "خبرهای باران",
 "home_page_url": "https://news.example.org/index.html",
 "feed_url": "https://news.example.org/feed.json",
 "next_url": "https://news.example.org/archive/0003.json",
 "icon": "https://news.example.org/media/logo.png",
 "language": "fa",
 "authors": [{"name": "News"}],
 "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
 "_seedfeed": {"id": "urn:uuid:5c4f0d0e-0000-4000-8000-00000000feed"},
 "items": [
  {
   "id": "urn:uuid:00000000-0000-5000-8000-000000000001",
   "url": "https://news.example.org/articles/rain.html",
   "title": "باران \u0622مد \ud83c\udf27",
   "content_html": "<p dir=\"rtl\">باران\nآمد!</p>",
   "date_published": "2026-03-20T08:00:00Z",
   "date_modified": "2026-03-20T09:00:00Z",
   "tags": ["هوا"],
   "language": "en",
   "attachments": [{"url": "https://news.example.org/media/rain.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}]
  }
 ]
}
`
	opmlText = `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><!-- seedfeed -->
<head><title>Feeds</title><dateCreated>Fri, 20 Mar 2026 08:00:00 GMT</dateCreated></head>
<body>
<outline text="All" type="rss" xmlUrl="https://news.example.org/atom.xml" htmlUrl="https://news.example.org/index.html" language="fa"/>
<outline text="Tags">
<outline text="هوا" type="rss" xmlUrl="https://news.example.org/feeds/tag/x/atom.xml"/>
</outline>
</body>
</opml>
`
	indexText = `<!DOCTYPE html>
<html lang="fa-IR" dir="rtl">
<head>
<meta name="generator" content="seedfeed">
<title>خبرهای باران</title>
<link rel="alternate" type="application/atom+xml" title="Atom" href="https://news.example.org/atom.xml">
</head>
<body><a href="rss.xml">RSS</a> <a href="#top">Top</a> <a href="mailto:news@example.org">Mail</a>
<a href="articles/rain.html">باران</a></body>
</html>
`
)

// archives of the feeds above.
var (
	atomArchive = strings.NewReplacer(
		"2005/Atom\"", "2005/Atom\" xmlns:fh=\"http://purl.org/syndication/history/1.0\"",
		"/atom.xml", "/archive/0004.atom.xml",
		"<generator>", "<link rel=\"current\" href=\"https://news.example.org/atom.xml\"/><fh:archive/><generator>",
	).Replace(atomFeed)
	jsonArchive = strings.Replace(jsonFeedText, "0003", "0002", 1)
)

func TestGoodDocumentsGiveNoFinding(t *testing.T) {
	for _, tt := range []struct{ name, file, content string }{
		{"Atom", "atom.xml", atomFeed},
		{"Atom with a byte order mark", "atom.xml", "\uFEFF" + atomFeed},
		{"Atom of a further feed", "feeds/tag/باران/atom.xml", strings.ReplaceAll(atomFeed, "/atom.xml", "/feeds/tag/%D8%A8%D8%A7%D8%B1%D8%A7%D9%86/atom.xml")},
		{"Atom of a further feed that is called archive", "feeds/tag/archive/atom.xml", strings.ReplaceAll(atomFeed, "/atom.xml", "/feeds/tag/archive/atom.xml")},
		{"Atom of an archive", "archive/0004.atom.xml", atomArchive},
		{"an Atom feed without entries", "atom.xml", atomOf(0)},
		{"RSS", "rss.xml", rssFeed},
		{"an RSS feed without items", "rss.xml", rssOf(0)},
		{"JSON Feed", "feed.json", jsonFeedText},
		{"JSON Feed of an archive", "archive/0003.json", jsonArchive},
		{"a JSON Feed without items", "feed.json", jsonOf(0)},
		{"OPML", "opml.xml", opmlText},
		{"an index page", "index.html", indexText},
		{"an article's page", "articles/2026/rain.html", strings.Replace(indexText, `"rss.xml"`, `"../../rss.xml"`, 1)},
		{"a file that is no document", "media/rain.xml", "\x00"},
		{"a document in a folder of another", "old/atom.xml", "\x00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, f := range site().Document(tt.file, []byte(tt.content)) {
				t.Error(f)
			}
			s := site()
			s.Base = ""
			for _, f := range s.Document(tt.file, []byte(tt.content)) {
				t.Errorf("by its own address: %v", f)
			}
		})
	}
}

// brokenCase is a good document with one thing changed.
type brokenCase struct{ name, old, new, want string }

func testBroken(t *testing.T, file, good string, cases []brokenCase) {
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			if n := strings.Count(good, tt.old); n == 0 {
				t.Fatalf("the document holds no %q", tt.old)
			}
			checkFinds(t, file, strings.Replace(good, tt.old, tt.new, 1), tt.want)
		})
	}
}

// checkFinds holds the only finding, but for rule and remedy, against want.
func checkFinds(t *testing.T, file, content, want string) {
	t.Helper()
	found := site().Document(file, []byte(content))
	var got []string
	for _, f := range found {
		line := f.String()
		got = append(got, strings.TrimPrefix(line[:strings.LastIndex(line, " ("+f.Rule+")")], file+": "))
		if f.Rule == "" || f.Remedy == "" {
			t.Errorf("no rule or remedy in %q", line)
		}
	}
	if len(got) != 1 || got[0] != want {
		t.Errorf("Document(%q) finds\n%s\nwant\n%s\nin\n%s", file, strings.Join(got, "\n"), want, content)
	}
}
