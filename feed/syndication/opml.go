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

// OPML is the list of all channels, the further ones in groups by their kind,
// which called names. The first is the main one. Those no longer asked for are
// left out.
func OPML(channels []channel.Channel, called func(channel.Kind) string) ([]byte, error) {
	main := channels[0]
	document := &opml{Version: "2.0", Mark: " " + generator + " ", Title: Clean(main.Title), Body: []outline{newOutline(main)}}
	for _, kind := range channel.Kinds {
		group := outline{Text: called(kind)}
		for _, c := range channels[1:] {
			if c.Kind == kind && !c.Retired {
				group.Feeds = append(group.Feeds, newOutline(c))
			}
		}
		if len(group.Feeds) > 0 {
			document.Body = append(document.Body, group)
		}
	}
	return write(document, 0)
}

// newOutline names the Atom document, which every reader takes; the type is
// "rss" for all formats (OPML 2.0, "Subscription lists").
func newOutline(c channel.Channel) outline {
	title := Clean(c.Title)
	return outline{
		Text: title, Title: title, Type: "rss", XMLURL: c.URL(c.File(channel.Atom)), HTMLURL: home(c),
		Description: about(c), Language: registered(c.Lang),
	}
}
