package syndication

import (
	"encoding/xml"

	"seedfeed/feed/channel"
)

// opml is an OPML 2.0 document. It has no element for its generator, so a
// comment tells it as ours.
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Mark    string    `xml:",comment"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// outline is a feed, or a group of them.
type outline struct {
	Text        string    `xml:"text,attr"`
	Title       string    `xml:"title,attr,omitempty"`
	Type        string    `xml:"type,attr,omitempty"`
	XMLURL      string    `xml:"xmlUrl,attr,omitempty"`
	HTMLURL     string    `xml:"htmlUrl,attr,omitempty"`
	Description string    `xml:"description,attr,omitempty"`
	Language    string    `xml:"language,attr,omitempty"`
	Feeds       []outline `xml:"outline"`
}

// FeedXml makes an opml a feeds.XmlFeed.
func (o *opml) FeedXml() interface{} { return o }

// groups are the kinds of feeds and what people call them.
var groups = []struct {
	kind channel.Kind
	name string
}{
	{channel.ByQuery, "Selections"},
	{channel.BySource, "Sources"},
	{channel.ByLang, "Languages"},
	{channel.ByFolder, "Folders"},
	{channel.ByTag, "Tags"},
}

// OPML is the list of all channels, the further ones in groups by their kind.
// The first is the main one. Those no longer asked for are left out.
func OPML(channels []channel.Channel) ([]byte, error) {
	main := channels[0]
	document := &opml{Version: "2.0", Mark: " " + generator + " ", Title: clean(main.Title), Body: []outline{newOutline(main)}}
	for _, g := range groups {
		group := outline{Text: g.name}
		for _, c := range channels[1:] {
			if c.Kind == g.kind && !c.Retired {
				group.Feeds = append(group.Feeds, newOutline(c))
			}
		}
		if len(group.Feeds) > 0 {
			document.Body = append(document.Body, group)
		}
	}
	return write(document)
}

// newOutline names the Atom document, which every reader takes; the type is
// "rss" for all formats (OPML 2.0, "Subscription lists").
func newOutline(c channel.Channel) outline {
	title := clean(c.Title)
	return outline{
		Text: title, Title: title, Type: "rss", XMLURL: c.URL(c.File(channel.Atom)), HTMLURL: home(c),
		Description: about(c), Language: registered(c.Lang),
	}
}
