package check

import (
	"strings"
	"testing"
)

func TestBrokenOPML(t *testing.T) {
	testBroken(t, "opml.xml", opmlText, []brokenCase{
		{"another version", `<opml version="2.0">`, `<opml version="1.1">`, `line 2: the version is "1.1"`},
		{"no head", "<head><title>Feeds</title><dateCreated>Fri, 20 Mar 2026 08:00:00 GMT</dateCreated></head>", "", "line 2: <opml> has no <head>"},
		{"a date of another format", "Fri, 20 Mar 2026 08:00:00 GMT", "2026-03-20", `line 3: <dateCreated> is "2026-03-20", which is no date of RFC 822`},
		{"an empty body", opmlText[strings.Index(opmlText, "<outline"):strings.Index(opmlText, "</body>")], "", "line 4: <body> has no <outline>"},
		{"an outline without a text", `text="Tags"`, "", "line 6: <outline> has no text"},
		{"a feed without an address", `xmlUrl="https://news.example.org/feeds/tag/x/atom.xml"`, "", `line 7: <outline type="rss"> has no xmlUrl`},
		{"a feed at a relative address", `xmlUrl="https://news.example.org/feeds/tag/x/atom.xml"`, `xmlUrl="feeds/tag/x/atom.xml"`, `line 7: xmlUrl is "feeds/tag/x/atom.xml", which is relative`},
		{"a feed that is not there", "tag/x", "tag/lost", "line 7: warning: xmlUrl leads to feeds/tag/lost/atom.xml, which is not there"},
		{"a feed without a type", `type="rss" xmlUrl="https://news.example.org/feeds`, `xmlUrl="https://news.example.org/feeds`, "line 7: warning: <outline> has an xmlUrl without a type"},
		{"a language that is none", `language="fa"`, `language="xx"`, `line 5: language is "xx", which is no language`},
	})
}
