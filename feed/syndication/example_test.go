package syndication_test

import (
	"fmt"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/syndication"
)

func Example() {
	day := time.Date(2025, 3, 21, 9, 30, 0, 0, time.UTC)
	news := channel.Channel{
		ID:      "urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11",
		Title:   "News",
		Base:    "https://news.example.org/",
		Lang:    "en",
		Updated: day,
		Pages:   true,
	}
	rain := channel.Entry{
		Item: ledger.Item{
			ID:        "urn:uuid:00000000-0000-5000-8000-000000000001",
			Page:      "articles/rain.html",
			Published: day,
			Updated:   day,
		},
		Article: &article.Article{
			Title: "Rain at last",
			Lang:  "en",
			Dir:   "ltr",
			Body:  []string{"It fell all night."},
		},
	}
	document, err := syndication.RSS(news, syndication.Tell(news, []channel.Entry{rain}))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(document))
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
	//   <channel>
	//     <title>News</title>
	//     <description>News</description>
	//     <link>https://news.example.org/index.html</link>
	//     <language>en</language>
	//     <lastBuildDate>Fri, 21 Mar 2025 09:30:00 +0000</lastBuildDate>
	//     <generator>seedfeed</generator>
	//     <atom:link rel="self" type="application/rss+xml" href="https://news.example.org/rss.xml"></atom:link>
	//     <dc:identifier>urn:uuid:6f9b1c1e-2f5a-4a39-9a5e-0d6a3a7c1b11</dc:identifier>
	//     <item>
	//       <title>Rain at last</title>
	//       <link>https://news.example.org/articles/rain.html</link>
	//       <description></description>
	//       <guid isPermaLink="false">urn:uuid:00000000-0000-5000-8000-000000000001</guid>
	//       <pubDate>Fri, 21 Mar 2025 09:30:00 +0000</pubDate>
	//       <content:encoded>&lt;p dir=&#34;ltr&#34; lang=&#34;en&#34;&gt;It fell all night.&lt;/p&gt;</content:encoded>
	//     </item>
	//   </channel>
	// </rss>
}
