package check

import (
	"strings"
	"testing"
)

func TestBrokenPages(t *testing.T) {
	testBroken(t, "index.html", indexText, []brokenCase{
		{"no title", "خبرهای باران", "", "line 1: warning: the page has no title"},
		{"no word of seedfeed", `content="seedfeed"`, `content="other"`, "line 1: warning: the page does not say that seedfeed made it"},
		{"no feed to find", "application/atom+xml", "text/html", "line 1: warning: readers find no feed on the page"},
		{"a feed at a relative address", `href="https://news.example.org/atom.xml"`, `href="atom.xml"`, `line 6: warning: the link to the feed is "atom.xml", which is relative`},
		{"a feed that is not there", base + "atom.xml", base + "feeds/lost/atom.xml", "line 6: warning: the link to the feed leads to feeds/lost/atom.xml, which is not there"},
		{"a page that is not there", "articles/rain.html", "articles/lost.html", "line 9: warning: a link leads to articles/lost.html, which is not there"},
		{"a language that is none", `lang="fa-IR"`, `lang="xx"`, `line 2: lang is "xx", which is no language`},
		{"a script", "<body>", "<body><script>x</script>", "line 8: the page holds a script that its policy does not name"},
		{"data that the policy does not name", "<body>", `<body><script type="application/ld+json">{}</script>`, "line 8: the page holds a script that its policy does not name"},
		{"a script from elsewhere", "<body>", `<body><script src="x.js"></script>`, "line 8: the page asks for a script"},
		{"a handler", "<body>", "<body onload=x>", "line 8: the page holds an onload handler"},
		{"a program as an address", "articles/rain.html", "javascript:x()", `line 9: the page links to a program: "javascript:x()"`},
		{"a control character", "RSS", "R\x00SS", "line 8: the character U+0000 may not stand in a feed"},
	})
	checkFinds(t, "articles/2026/rain.html", strings.Replace(indexText, `"rss.xml"`, `"../../lost.html"`, 1), "line 8: warning: a link leads to lost.html, which is not there")
}
