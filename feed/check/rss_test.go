package check

import (
	"strings"
	"testing"
)

func TestBrokenRSS(t *testing.T) {
	const item1 = "item 1 (urn:uuid:00000000-0000-5000-8000-000000000001): "
	testBroken(t, "rss.xml", rssFeed, []brokenCase{
		{"another version", `version="2.0"`, `version="0.92"`, `line 2: the version is "0.92"`},
		{"a channel without a title", "<title>Rain &#x26; wind</title>", "", "line 3: <channel> has no <title>"},
		{"a channel without a link", "<link>https://news.example.org/index.html</link>\n", "", "line 3: <channel> has no <link>"},
		{"a channel without a description", "<description>خبرهای باران</description>", "", "line 3: <channel> has no <description>"},
		{"a channel with two", "<description>خبرهای باران</description>", "<description/><description/>", "line 3: <channel> has more than one <description>"},
		{"a channel link in Persian", "<link>https://news.example.org/index.html</link>\n", "<link>https://x.example/خبر</link>", `line 6: <link> is "https://x.example/خبر", which is not plain ASCII`},
		{"a page that is not there", "<link>https://news.example.org/index.html</link>\n", "<link>https://news.example.org/feeds/tag/lost/index.html</link>\n", "line 6: warning: <link> leads to feeds/tag/lost/index.html, which is not there"},
		{"a language that is a name", "<language>fa<", "<language>farsi<", `line 7: <language> is "farsi", which is no language`},
		{"a language said again", "<dc:identifier>", "<dc:language>fa</dc:language><dc:identifier>", "line 3: warning: <language> says again what <language> says"},
		{"an editor without an e-mail address", "<image>", "<managingEditor>News</managingEditor><image>", `line 9: <managingEditor> is "News", which is no e-mail address`},
		{"a picture without a title", "<title>Rain</title>", "", "line 9: <image> has no <title>"},
		{"a picture that is not there", "logo.png", "lost.png", "line 9: warning: the url of <image> leads to media/lost.png, which is not there"},
		{"no link to itself", `rel="self"`, `rel="related"`, `line 3: there is no link rel="self"`},
		{"a time to live that is no number", "<image>", "<ttl>an hour</ttl><image>", `line 9: <ttl> is "an hour", which is no number`},
		{"metadata behind the items", "</channel>", "<generator>x</generator></channel>", "line 28: warning: <generator> stands behind an item"},
		{"an element nobody knows", "<image>", "<summary>x</summary><image>", "line 3: warning: <summary> is unknown in <channel>"},

		{"an item without a guid", `<guid isPermaLink="false">urn:uuid:00000000-0000-5000-8000-000000000001</guid>`, "", "item 1: <item> has no <guid>"},
		{"an empty guid", `urn:uuid:00000000-0000-5000-8000-000000000001`, "", "item 1: the id is empty"},
		{"a guid that is taken for an address", ` isPermaLink="false"`, "", item1 + `the guid is "urn:uuid:00000000-0000-5000-8000-000000000001", which is not of the web`},
		{"a guid that may be one", `isPermaLink="false"`, `isPermaLink="no"`, item1 + `isPermaLink is "no", neither true nor false`},
		{"a guid that is no UUID", "0000-5000", "5000", `item 1 (urn:uuid:00000000-5000-8000-000000000001): warning: the id "urn:uuid:00000000-5000-8000-000000000001" is no UUID`},
		{"the wrong day of the week", "Fri, 20 Mar", "Thu, 20 Mar", item1 + `<pubDate> is "Thu, 20 Mar 2026 08:00:00 GMT", but that day is a Friday`},
		{"a day that never was", "Fri, 20 Mar", "Fri, 31 Feb", item1 + `<pubDate> is "Fri, 31 Feb 2026 08:00:00 GMT", which is no date of RFC 822`},
		{"a date of another format", "Fri, 20 Mar 2026 08:00:00 GMT", "2026-03-20T08:00:00Z", item1 + `<pubDate> is "2026-03-20T08:00:00Z", which is no date of RFC 822`},
		{"a year of two digits", "Mar 2026 08", "Mar 26 08", item1 + `warning: <pubDate> is "Fri, 20 Mar 26 08:00:00 GMT", which few readers take for a date`},
		{"an unknown zone", "GMT", "IRST", item1 + `warning: <pubDate> is "Fri, 20 Mar 2026 08:00:00 IRST", which few readers take for a date`},
		{"a date that has not come", "Fri, 20 Mar 2026", "Thu, 20 Mar 2031", item1 + "warning: <pubDate> is in the future: 2031-03-20T08:00:00Z"},
		{"a link in Persian", "articles/rain.html", "articles/باران.html", item1 + `<link> is "https://news.example.org/articles/باران.html", which is not plain ASCII`},
		{"an author that is a name", "<dc:creator>مریم</dc:creator>", "<author>مریم</author>", item1 + `<author> is "مریم", which is no e-mail address`},
		{"an author said again", "<dc:creator>", "<author>news@example.org (مریم)</author><dc:creator>", item1 + "warning: <creator> says again what <author> says"},
		{"a date said again", "<dc:creator>", "<dc:date>2026-03-20</dc:date><dc:creator>", item1 + "warning: <date> says again what <pubDate> says"},
		{"a source without an address", ` url="https://wind.example/"`, "", item1 + "<source> has no url"},
		{"an enclosure without a length", ` length="0"`, "", item1 + "<enclosure> has no length"},
		{"an enclosure of less than nothing", ` length="0"`, ` length="-1"`, item1 + `the length of <enclosure> is "-1", which is no number`},
		{"an enclosure without a type", ` type="audio/mpeg"`, "", item1 + "<enclosure> has no type"},
		{"an enclosure at a relative address", `<enclosure url="https://news.example.org/`, `<enclosure url="`, item1 + `the url of <enclosure> is "media/rain.mp3", which is relative`},
		{"two enclosures", "<enclosure", `<enclosure url="https://x.example/a" length="1" type="audio/mpeg"/><enclosure`, item1 + "<item> has more than one <enclosure>"},
		{"content without a description before it", "<description>It rained &amp;lt;b&amp;gt;.</description>", "", item1 + "warning: content:encoded stands without a description before it"},
		{"content that is escaped twice", `&lt;p dir="rtl"&gt;باران آمد!&lt;/p&gt;`, "&amp;lt;p&amp;gt;x", item1 + "content:encoded is escaped twice: readers show its tags"},
		{"a script in a description", "It rained", "&lt;script&gt;", item1 + "<description> holds a <script>"},
		{"an empty category", "<category>هوا<", "<category><", item1 + "warning: <category> is empty"},
		{"a language that is none", "<dc:language>en<", "<dc:language>xx<", item1 + `dc:language is "xx", which is no language`},
	})
	t.Run("neither a title nor a description", func(t *testing.T) {
		bare := strings.NewReplacer("<title>باران آمد</title>", "", "<description>It rained &amp;lt;b&amp;gt;.</description>", "", "content:encoded", "dc:relation").Replace(rssFeed)
		checkFinds(t, "rss.xml", bare, item1+"there is neither a title nor a description")
	})
}
