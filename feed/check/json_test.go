package check

import (
	"strings"
	"testing"
)

func TestBrokenJSON(t *testing.T) {
	const item1 = "item 1 (urn:uuid:00000000-0000-5000-8000-000000000001): "
	testBroken(t, "feed.json", jsonFeedText, []brokenCase{
		{"an empty file", jsonFeedText, "", "line 1: not well-formed: unexpected end of JSON input"},
		{"a comma too many", `"fa",`, `"fa",,`, "line 8: not well-formed: invalid character ',' looking for beginning of object key string"},
		{"another version", "version/1.1", "version/1", `feed: the version is "https://jsonfeed.org/version/1"`},
		{"a title that is a number", `"title": "خبرهای باران"`, `"title": 5`, `line 3: "title" is a number, which it may not be`},
		{"no title", `"title": "خبرهای باران",`, "", "feed: there is no title"},
		{"no address of its own", `"feed_url": "https://news.example.org/feed.json",`, "", "feed: there is no feed_url"},
		{"another's address as its own", "org/feed.json", "org/feeds/feed.json", `feed: its own address is given as "https://news.example.org/feeds/feed.json", which is not that of feed.json`},
		{"an archive that is itself", "archive/0003.json", "feed.json", `feed: next_url leads back to "https://news.example.org/feed.json"`},
		{"an archive that is not there", "0003.json", "lost.json", "feed: warning: next_url leads to archive/lost.json, which is not there"},
		{"a hub without a type", `"type": "WebSub", `, "", "feed: a hub has no type or no url"},
		{"an author without a name", `"name": "News"`, "", "feed: an author has no name"},
		{"a language that is none", `"language": "fa"`, `"language": "xx"`, `feed: language is "xx", which is no language`},
		{"items that are none", `"items": [`, `"items": null, "more": [`, "feed: there are no items, not even an empty list"},
		{"a reference to a control character", `\u0622`, `\u0000`, "line 16: the character U+0000 may not stand in a feed"},
		{"half a surrogate pair", `\udf27`, "", "line 16: the character U+D83C may not stand in a feed"},
		{"an item without an id", `"id": "urn:uuid:00000000-0000-5000-8000-000000000001",`, "", "item 1: the id is empty"},
		{"an id that is a number", `"id": "urn:uuid:00000000-0000-5000-8000-000000000001",`, `"id": 7,`, `line 14: "items.id" is a number, which it may not be`},
		{"an item without content", `"content_html"`, `"content"`, item1 + "there is neither content_html nor content_text"},
		{"a script in content", `باران\nآمد`, "<script>", item1 + "content_html holds a <script>"},
		{"a relative address", "https://news.example.org/articles/rain.html", "articles/rain.html", item1 + `url is "articles/rain.html", which is relative`},
		{"a date that is none", "2026-03-20T08:00:00Z", "2026-03-20", item1 + `date_published is "2026-03-20", which is no date of RFC 3339`},
		{"an item changed before it was published", "2026-03-20T09:00:00Z", "2026-03-20T07:59:59Z", item1 + "warning: updated is before published, by 1s"},
		{"an attachment without an address", `"url": "https://news.example.org/media/rain.mp3", `, "", item1 + "an attachment has no url"},
		{"an attachment without a type", `, "mime_type": "audio/mpeg"`, "", item1 + "an attachment has no mime_type"},
		{"an attachment of less than nothing", `"size_in_bytes": 12`, `"size_in_bytes": -1`, item1 + "an attachment has -1 bytes"},
		{"an attachment that is not there", "rain.mp3", "lost.mp3", item1 + "warning: an attachment leads to media/lost.mp3, which is not there"},
	})
	t.Run("an id twice", func(t *testing.T) {
		doubled := strings.ReplaceAll(jsonOf(2), "000000000002", "000000000001")
		checkFinds(t, "feed.json", doubled, "item 2 (urn:uuid:00000000-0000-5000-8000-000000000001): its id is that of item 1, too")
	})
}
