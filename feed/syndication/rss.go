package syndication

import (
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed/channel"
)

// The vocabularies that fill RSS 2.0's gaps.
const (
	contentNamespace = "http://purl.org/rss/1.0/modules/content/"
	dcNamespace      = "http://purl.org/dc/elements/1.1/"
)

// rssDocument is the <rss> element around the channel.
type rssDocument struct {
	feeds.RssFeedXml
	Atom    string      `xml:"xmlns:atom,attr"`
	DC      string      `xml:"xmlns:dc,attr"`
	Channel *rssChannel `xml:"channel"`
}

// rssChannel adds to feeds.RssFeed the link to itself, and the id that Atom has
// and RSS lacks: it lets a lost memory be found again in rss.xml alone.
type rssChannel struct {
	Title       rssText `xml:"title"`
	Description rssText `xml:"description"`
	feeds.RssFeed
	Self  rssLink    `xml:"atom:link"`
	ID    string     `xml:"dc:identifier,omitempty"`
	Items []*rssItem `xml:"item"`
}

// rssItem hides the plain source and category of feeds.RssItem, which hold too
// little, and its content, which goes out as CDATA: encoding/xml checks no
// character there.
type rssItem struct {
	Title rssText `xml:"title"`
	Link  string  `xml:"link,omitempty"`
	feeds.RssItem
	Content    string     `xml:"content:encoded"`
	Creator    *rssText   `xml:"dc:creator"` // author would have to be an e-mail address
	Language   string     `xml:"dc:language,omitempty"`
	Categories []rssText  `xml:"category"`
	Source     *rssSource `xml:"source"`
	DCSource   *rssText   `xml:"dc:source"`
}

// rssText is plain text where readers disagree on whether RSS means HTML. Hex
// references are what most of them show as they should (RSS Best Practices
// Profile, "Character Data").
type rssText struct {
	XML string `xml:",innerxml"`
}

func plain(s string) rssText { return rssText{hexReferences.Replace(s)} }

var hexReferences = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

type rssLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type rssSource struct {
	URL string `xml:"url,attr"`
	rssText
}

// FeedXml makes an rssDocument a feeds.XmlFeed.
func (d *rssDocument) FeedXml() interface{} { return d }

// RSS is a channel's RSS 2.0 document.
func RSS(c channel.Channel, entries []channel.Entry) ([]byte, error) {
	title, description := clean(c.Title), clean(c.Description)
	if description == "" {
		description = title // RSS wants one
	}
	rss := &rssChannel{
		Title:       plain(title),
		Description: plain(description),
		RssFeed: feeds.RssFeed{
			Link:          c.URL(IndexName),
			Language:      primary(c.Lang),
			LastBuildDate: stamp(c.Updated, time.RFC1123Z),
			Generator:     generator,
		},
		Self: rssLink{Rel: "self", Type: "application/rss+xml", Href: c.URL(RSSName)},
		ID:   clean(c.ID),
	}
	for _, e := range entries {
		rss.Items = append(rss.Items, newRSSItem(tell(c, e)))
	}
	return document(&rssDocument{
		RssFeedXml: feeds.RssFeedXml{Version: "2.0", ContentNamespace: contentNamespace},
		Atom:       atomNamespace,
		DC:         dcNamespace,
		Channel:    rss,
	})
}

func newRSSItem(s story) *rssItem {
	item := &rssItem{
		Title: plain(s.title),
		Link:  s.link,
		RssItem: feeds.RssItem{
			Description: escape(s.summary), // readers take it for HTML
			Guid:        &feeds.RssGuid{Id: s.id, IsPermaLink: "false"},
			PubDate:     stamp(s.published, time.RFC1123Z),
		},
		Content:  s.content,
		Language: s.lang,
	}
	if s.author != "" {
		creator := plain(s.author)
		item.Creator = &creator
	}
	for _, tag := range s.tags {
		item.Categories = append(item.Categories, plain(tag))
	}
	item.credit(s.outlet)
	return item
}

// credit names the outlet. RSS's own source must have an address, and only one
// of the two may stand there.
func (i *rssItem) credit(o outlet) {
	name := plain(o.name)
	switch {
	case o.name == "":
	case o.url == "":
		i.DCSource = &name
	default:
		i.Source = &rssSource{URL: o.url, rssText: name}
	}
}

// readChannel and readItem are what is read of an RSS document. encoding/xml
// writes a prefix as part of a name but reads it as a namespace, so the types
// that write can't read.
type readChannel struct {
	feeds.RssFeed
	Links []rssLink  `xml:"link"` // RSS's own, without a rel, and Atom's
	ID    string     `xml:"identifier"`
	Items []readItem `xml:"item"`
}

type readItem struct {
	feeds.RssItem
	Content    string   `xml:"encoded"`
	Creator    string   `xml:"creator"`
	Categories []string `xml:"category"`
	Source     struct { // source or dc:source
		URL  string `xml:"url,attr"`
		Name string `xml:",chardata"`
	} `xml:"source"`
}

// ReadRSS reads back a document that RSS wrote. RSS has one date for an item,
// so it was last updated when it was published.
func ReadRSS(data []byte) (Published, error) {
	var document struct {
		XMLName xml.Name    `xml:"rss"`
		Channel readChannel `xml:"channel"`
	}
	if err := xml.Unmarshal(data, &document); err != nil {
		return Published{}, fmt.Errorf("read RSS feed: %w", err)
	}
	rss := document.Channel
	var base string
	for _, link := range rss.Links {
		if link.Rel == "self" {
			base = baseOf(link.Href, RSSName)
		}
	}
	var stories []story
	for _, item := range rss.Items {
		stories = append(stories, item.story())
	}
	return Published{
		ID:      rss.ID,
		Lang:    rss.Language,
		Updated: instant(rss.LastBuildDate, time.RFC1123Z),
		Entries: recallAll(stories, base),
	}, nil
}

// story undoes newRSSItem.
func (i readItem) story() story {
	published := instant(i.PubDate, time.RFC1123Z)
	s := story{
		link:      i.Link,
		title:     i.Title,
		summary:   html.UnescapeString(i.Description),
		content:   i.Content,
		author:    i.Creator,
		outlet:    outlet{name: i.Source.Name, url: i.Source.URL},
		tags:      i.Categories,
		published: published,
		updated:   published,
	}
	if i.Guid != nil {
		s.id = i.Guid.Id
	}
	return s
}
