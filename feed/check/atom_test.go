package check

import (
	"strings"
	"testing"
)

// entry1 is the place of the only entry.
const entry1 = "entry 1 (urn:uuid:00000000-0000-5000-8000-000000000001): "

func TestBrokenAtom(t *testing.T) {
	testBroken(t, "atom.xml", atomFeed, []brokenCase{
		{"an empty file", atomFeed, "", `line 1: not well-formed: there is no element`},
		{"a cut file", "</feed>", "", `line 28: not well-formed: <feed> is never closed`},
		{"a text", atomFeed, "Not found", `line 1: not well-formed: the text "Not found" stands outside all elements`},
		{"tags that cross", "</author>", "</autor>", `line 7: not well-formed: <author> is closed by </autor>`},
		{"an end without a beginning", "</feed>", "</feed></feed>", `line 27: not well-formed: </feed> ends nothing`},
		{"two roots", "</feed>", "</feed><feed/>", `line 27: not well-formed: <feed> stands after the end of the document`},
		{"a declaration that comes late", "<?xml", "<!-- --><?xml", `line 1: not well-formed: the XML declaration does not stand first`},
		{"an attribute twice", `rel="hub"`, `rel="hub" rel="hub"`, `line 11: not well-formed: <link> has two attributes "rel"`},
		{"a prefix nobody declared", "<icon>", "<x:y/><icon>", `line 8: not well-formed: the prefix "x" of <x:y> is not declared`},
		{"an entity of HTML", "R&amp;D", "R&nbsp;D", `line 6: not well-formed: invalid character entity &nbsp;`},
		{"a bare ampersand", "R&amp;D", "R&D", `line 6: not well-formed: invalid character entity &D (no semicolon)`},
		{"another encoding", `"UTF-8"`, `"windows-1256"`, `line 1: not well-formed: xml: opening charset "windows-1256": the encoding "windows-1256" is not UTF-8`},
		{"a byte that is no UTF-8", "R&amp;D", "R\xE3D", `line 6: the byte 0xE3 is not UTF-8`},
		{"a control character", "R&amp;D", "R\x0BD", `line 6: the character U+000B may not stand in a feed`},
		{"a noncharacter", "R&amp;D", "R\uFFFED", `line 6: the character U+FFFE may not stand in a feed`},
		{"a reference to a control character", "R&amp;D", "R&#x1F;D", `line 6: not well-formed: illegal character code U+001F`},
		{"another format", atomFeed, "<rss/>", `line 1: the document is a <rss xmlns="">, not a <feed xmlns="http://www.w3.org/2005/Atom">`},
		{"another namespace", `xmlns="http://www.w3.org/2005/Atom"`, `xmlns="http://purl.org/atom/ns#"`, `line 2: the document is a <feed xmlns="http://purl.org/atom/ns#">, not a <feed xmlns="http://www.w3.org/2005/Atom">`},
		{"a feed without a title", "<title>خبرهای باران</title>", "", `line 2: <feed> has no <title>`},
		{"a feed with two titles", "<title>خبرهای باران</title>", "<title>a</title><title>b</title>", `line 2: <feed> has more than one <title>`},
		{"an empty title", "خبرهای باران", " ", `line 3: warning: <title> is empty`},
		{"a feed without an id", "<id>urn:uuid:5c4f0d0e-0000-4000-8000-00000000feed</id>", "", `line 2: <feed> has no <id>`},
		{"an id without a scheme", "urn:uuid:5c4f0d0e-0000-4000-8000-00000000feed", "rain", `line 4: the id "rain" is not absolute`},
		{"an id that is no UUID", "00000000feed", "feed", `line 4: warning: the id "urn:uuid:5c4f0d0e-0000-4000-8000-feed" is no UUID`},
		{"a feed without a date", "<updated>2026-03-21T09:30:00Z</updated>", "", `line 2: <feed> has no <updated>`},
		{"a date without a zone", "2026-03-21T09:30:00Z", "2026-03-21T09:30:00", `line 5: updated is "2026-03-21T09:30:00", which is no date of RFC 3339`},
		{"a day that never was", "2026-03-21T09:30:00Z", "2026-02-30T09:30:00Z", `line 5: updated is "2026-02-30T09:30:00Z", which is no date of RFC 3339`},
		{"an hour of one digit", "2026-03-21T09:30:00Z", "2026-03-21T9:30:00Z", `line 5: updated is "2026-03-21T9:30:00Z", which is no date of RFC 3339`},
		{"a date before all feeds", "2026-03-21T09:30:00Z", "1970-01-01T00:00:00Z", `line 5: warning: updated is before 1990: 1970-01-01T00:00:00Z`},
		{"the date of nothing", "2026-03-21T09:30:00Z", "0001-01-01T00:00:00Z", `line 5: warning: updated is before 1990: 0001-01-01T00:00:00Z`},
		{"a date that has not come", "2026-03-21T09:30:00Z", "2026-04-01T12:10:01Z", `line 5: warning: updated is in the future: 2026-04-01T12:10:01Z`},
		{"no author anywhere", "<author><name>News</name></author>", "", `entry 1 (urn:uuid:00000000-0000-5000-8000-000000000001): neither the feed nor the entry has an <author>`},
		{"an author without a name", "<name>News</name>", "<email>news@example.org</email>", `line 7: <author> has no <name>`},
		{"an author's address that is none", "</name>", "</name><email>news</email>", `line 7: the e-mail address of an author is "news", which is no e-mail address`},
		{"no link to itself", `rel="self"`, `rel="related"`, `line 2: there is no link rel="self"`},
		{"a link to another document as its own", `org/atom.xml"`, `org/feeds/atom.xml"`, `line 2: its own address is given as "https://news.example.org/feeds/atom.xml", which is not that of atom.xml`},
		{"a link without an address", `href="https://hub.example/"`, ``, `line 11: the link rel="hub" has no href`},
		{"a relative link", "https://hub.example/", "/hub", `line 11: the link rel="hub" is "/hub", which is relative`},
		{"a link that is not of the web", "https://hub.example/", "ftp://hub.example/", `line 11: the link rel="hub" is "ftp://hub.example/", which is not of the web`},
		{"a link without a host", "https://hub.example/", "https:///x", `line 11: the link rel="hub" is "https:///x", which names no host`},
		{"a link with a space", "https://hub.example/", "https://hub.example/ x", `line 11: the link rel="hub" is "https://hub.example/ x", which holds a character that has to be percent-encoded`},
		{"a link with a stray percent sign", "https://hub.example/", "https://hub.example/5%", `line 11: the link rel="hub" is "https://hub.example/5%", which holds a stray %`},
		{"a relation nobody knows", `rel="hub"`, `rel="hubb"`, `line 11: warning: "hubb" is no relation of a link`},
		{"a type that is none", `type="text/html"`, `type="html"`, `line 9: the type of the link rel="alternate" is "html", which is no media type`},
		{"a self link of another type", "application/atom+xml", "text/xml", `line 2: warning: the link rel="self" is of type "text/xml"`},
		{"two pages of one type", `<link rel="hub"`, `<link type="text/html"`, `line 2: there are two links rel="alternate" of one type and language`},
		{"an archive that is not there", "0003.atom.xml", "lost.atom.xml", `line 2: warning: the link rel="prev-archive" leads to archive/lost.atom.xml, which is not there`},
		{"an icon that is not there", "icon.png", "lost.png", `line 8: warning: <icon> leads to media/lost.png, which is not there`},
		{"an archive that is complete", "<generator>", `<complete xmlns="http://purl.org/syndication/history/1.0"/><generator>`, `line 2: it is complete, and still has an archive`},
		{"a current document that says it is an archive", "<generator>", `<archive xmlns="http://purl.org/syndication/history/1.0"/><generator>`, `line 2: it has <fh:archive> without standing in the archive`},
		{"a document that is its own archive", "archive/0003.atom.xml", "atom.xml", `line 2: the link rel="prev-archive" leads to the document itself`},
		{"a language that is none", `xml:lang="fa"`, `xml:lang="xx"`, `line 2: xml:lang is "xx", which is no language`},
		{"a language with its region", `xml:lang="fa"`, `xml:lang="fa-IR"`, `line 2: warning: xml:lang is "fa-IR", where readers want "fa"`},
		{"an element nobody knows", "<subtitle>R&amp;D</subtitle>", "<tagline/>", `line 2: warning: <tagline> is unknown in <feed>`},
		{"metadata behind an entry", "</feed>", "<rights>x</rights></feed>", `line 27: warning: <rights> stands behind an entry`},

		{"an entry without an id", "<id>urn:uuid:00000000-0000-5000-8000-000000000001</id>", "", `entry 1: <entry> has no <id>`},
		{"an entry with an empty id", "urn:uuid:00000000-0000-5000-8000-000000000001", "", `entry 1: the id is empty`},
		{"an id that the ledger does not know", "000000000001", "000000000999", `entry 1 (urn:uuid:00000000-0000-5000-8000-000000000999): the ledger does not know the id`},
		{"a page that is another's", "articles/rain.html", "articles/wind.html", entry1 + `warning: it leads to articles/wind.html, and the ledger knows it by articles/rain.html`},
		{"an entry without a title", "<title>باران آمد</title>", "", entry1 + `<entry> has no <title>`},
		{"an entry without its change", "<updated>2026-03-20T09:00:00Z</updated>\n    <summary>", "<summary>", entry1 + `<entry> has no <updated>`},
		{"an entry changed before it was published", "2026-03-20T09:00:00Z</updated>\n    <summary>", "2026-03-20T04:00:00Z</updated><summary>", entry1 + `warning: updated is before published, by 30m0s`},
		{"a Persian date", "2026-03-20T08:00:00+03:30", "۱۴۰۴/۱۲/۲۹", entry1 + `published is "۱۴۰۴/۱۲/۲۹", which is no date of RFC 3339`},
		{"a category without a term", `term="هوا"`, ``, entry1 + `<category> has no term`},
		{"a category of nothing", `term="هوا"`, `term=""`, entry1 + `warning: <category> has an empty term`},
		{"a summary of an unknown type", "<summary>", `<summary type="markdown">`, entry1 + `<summary> is of type "markdown"`},
		{"a length that is no number", `length="12"`, `length="-1"`, entry1 + `the length of the link rel="enclosure" is "-1", which is no number`},
		{"a file that is not there", "rain.mp3", "lost.mp3", entry1 + `warning: a link leads to media/lost.mp3, which is not there`},
		{"a picture that is not there", "rain.jpg", "lost.jpg", entry1 + `warning: <media:content> leads to media/lost.jpg, which is not there`},
		{"a picture without an address", `url="https://news.example.org/media/rain.jpg"`, "", entry1 + `<media:content> has no url`},
		{"a source without an id", "<id>urn:uuid:5c4f0d0e-0000-5000-8000-00000000beef</id>", "", entry1 + `<source> has no <id>`},
		{"a relative address in content", "https://wind.example/", "wind.html", entry1 + `warning: the content holds the relative address "wind.html"`},
		{"a link in content to what is not there", "https://wind.example/", base + "articles/lost.html", entry1 + `warning: a link in the content leads to articles/lost.html, which is not there`},
		{"a script in content", "&amp;amp;", "&lt;script&gt;x&lt;/script&gt;", entry1 + `the content holds a <script>`},
		{"a handler in content", "a href=", "a OnClick=&#34;x()&#34; href=", entry1 + `the content holds an onclick handler`},
		{"a style in content", "a href=", "a style=&#34;color:red&#34; href=", entry1 + `warning: the content holds a style attribute, which readers throw away`},
		{"a program as an address", "https://wind.example/", "Java&#9;script:x()", entry1 + `the content links to a program: "Javascript:x()"`},
		{"a control character as a reference in content", "&amp;amp;", "&amp;#11;", entry1 + `the content holds a reference to a character that may not stand in a feed`},
		{"content that is escaped twice", `&lt;p dir="rtl"&gt;باران &amp;amp; باد &lt;a href="https://wind.example/"&gt;آمد&lt;/a&gt;!&lt;/p&gt;`, `&amp;lt;p&amp;gt;باران&amp;lt;/p&amp;gt;`, entry1 + `the content is escaped twice: readers show its tags`},
	})
}

// What can't be told by one change of the good feed.
func TestBrokenEntries(t *testing.T) {
	const (
		link    = `<link rel="alternate" href="https://news.example.org/articles/rain.html"/>`
		source  = "<source><id>urn:x:y</id><title>Wind</title><updated>2026-03-20T09:00:00Z</updated></source>"
		content = `<content type="html">&lt;p&gt;x&lt;/p&gt;</content>`
		summary = "<summary>x</summary>"
	)
	for _, tt := range []struct{ name, parts, want string }{
		{"a source before the entry's links", content + source + link, "warning: <source> stands before the entry's own <link>"},
		{"two links to the article", content + link + link, `there are two links rel="alternate" of one type and language`},
		{"no content and no link", summary, "there is neither content nor a link to it"},
		{"no content and no summary", link, "warning: there is neither content nor a summary"},
		{"content of no type", `<content type="xml">x</content>` + link, `type of <content> is "xml", which is no media type`},
		{"content at a relative address", `<content src="x.html" type="text/html"/>` + link, `src of <content> is "x.html", which is relative`},
		{"two contents", content + content + link, "<entry> has more than one <content>"},
		{"content in a language that is none", `<content xml:lang="qq">x</content>` + link, `xml:lang is "qq", which is no language`},
		{"a link in a language that is none", content + `<link href="https://x.example/" hreflang="persian"/>`, `hreflang is "persian", which is no language`},
		{"a title with a program", content + link + `<rights type="html">&lt;a href="data:text/html,x"&gt;</rights>`, `rights links to a program: "data:text/html,x"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			entry := "<entry><title>x</title><id>urn:uuid:00000000-0000-5000-8000-000000000001</id><updated>2026-03-20T09:00:00Z</updated>" + tt.parts + "</entry>"
			head, _, _ := strings.Cut(atomFeed, "  <entry>")
			checkFinds(t, "atom.xml", head+entry+"</feed>", entry1+tt.want)
		})
	}
	t.Run("an id twice", func(t *testing.T) {
		doubled := strings.ReplaceAll(atomOf(2), "000000000002", "000000000001")
		checkFinds(t, "atom.xml", doubled, "entry 2 (urn:uuid:00000000-0000-5000-8000-000000000001): its id is that of entry 1, too")
	})
	t.Run("a feed of megabytes", func(t *testing.T) {
		checkFinds(t, "atom.xml", strings.Replace(atomFeed, "!", strings.Repeat("باران ", 300_000), 1), "feed: warning: the feed has 3.1 MiB")
	})
}

func TestBrokenArchives(t *testing.T) {
	testBroken(t, "archive/0004.atom.xml", atomArchive, []brokenCase{
		{"without its mark", "<fh:archive/>", "", "line 2: it stands in the archive without <fh:archive>"},
		{"without the current document", `rel="current"`, `rel="related"`, `line 2: there is no link rel="current"`},
		{"with another current document", `rel="current" href="https://news.example.org/atom.xml"`, `rel="current" href="https://news.example.org/rss.xml"`,
			`line 2: the link rel="current" leads to "https://news.example.org/rss.xml", not to atom.xml`},
		{"with a relative one before it", `https://news.example.org/archive/0003`, "0003", `line 12: the link rel="prev-archive" is "0003.atom.xml", which is relative`},
		{"that is the one before it", "0003", "0004", `line 2: the link rel="prev-archive" leads to the document itself`},
	})
	t.Run("that is complete", func(t *testing.T) {
		checkFinds(t, "archive/0004.atom.xml", strings.Replace(atomArchive, "<fh:archive/>", "<fh:archive/><fh:complete/>", 1), "line 2: it is both a part of an archive and complete")
	})
	testBroken(t, "archive/0003.json", jsonArchive, []brokenCase{
		{"that is followed by itself", "0002", "0003", `feed: next_url leads back to "https://news.example.org/archive/0003.json"`},
		{"that calls itself the feed", "org/feed.json", "org/archive/0003.json", `feed: its own address is given as "https://news.example.org/archive/0003.json", which is not that of feed.json`},
	})
}
