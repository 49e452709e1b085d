package check_test

import (
	"fmt"

	"seedfeed/feed/check"
)

func Example() {
	document := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Feeds</title></head>
<body>
<outline text="News" type="rss" xmlUrl="atom.xml"/>
<outline text="Tags" type="rss" xmlUrl="https://news.example.org/feeds/tag/rain/atom.xml"/>
</body>
</opml>`
	site := check.Site{
		Base: "https://news.example.org/",
		Has:  func(name string) bool { return name == "atom.xml" },
	}
	for _, f := range site.Document("opml.xml", []byte(document)) {
		fmt.Println(f)
	}
	// Output:
	// opml.xml: line 5: xmlUrl is "atom.xml", which is relative (OPML 2.0, outline): run seedfeed --full; if this comes back, report it as a bug
	// opml.xml: line 6: warning: xmlUrl leads to feeds/tag/rain/atom.xml, which is not there (links lead somewhere): run seedfeed, and publish all of the folder
}
