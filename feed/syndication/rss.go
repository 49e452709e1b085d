package syndication

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed/channel"
)

// rssDocument is the <rss> element around the channel.
type rssDocument struct {
	feeds.RssFeedXml
	Atom    string      `xml:"xmlns:atom,attr"`
	DC      string      `xml:"xmlns:dc,attr"`
	History string      `xml:"xmlns:fh,attr,omitempty"`
	Media   string      `xml:"xmlns:media,attr,omitempty"`
	Channel *rssChannel `xml:"channel"`
}

// rssChannel adds to feeds.RssFeed the link to itself, and the id that Atom has
// and RSS lacks: it lets a lost memory be found again in rss.xml alone.
type rssChannel struct {
	Title       rssText `xml:"title"`
	Description rssText `xml:"description"`
	feeds.RssFeed
	Copyright *rssText   `xml:"copyright"`
	Image     *rssImage  `xml:"image"`
	Links     []rssLink  `xml:"atom:link"`
	ID        string     `xml:"dc:identifier,omitempty"`
	Creator   *rssText   `xml:"dc:creator"`
	Complete  *presence  `xml:"fh:complete"`
	Archive   *presence  `xml:"fh:archive"`
	Items     []*rssItem `xml:"item"`
}

// rssImage has the channel's own title and link, as RSS wants it.
type rssImage struct {
	URL   string  `xml:"url"`
	Title rssText `xml:"title"`
	Link  string  `xml:"link"`
}

// rssItem hides the plain source and category of feeds.RssItem, which hold too
// little, and its content, which goes out as CDATA: encoding/xml checks no
// character there.
type rssItem struct {
	Title rssText `xml:"title"`
	Link  string  `xml:"link,omitempty"`
	feeds.RssItem
	Content    rssText        `xml:"content:encoded"`
	Creator    *rssText       `xml:"dc:creator"` // author would have to be an e-mail address
	Language   string         `xml:"dc:language,omitempty"`
	Categories []rssText      `xml:"category"`
	Source     *rssSource     `xml:"source"`
	DCSource   *rssText       `xml:"dc:source"`
	Media      []mediaContent `xml:"media:content"`
}

// rssText is plain text where readers disagree on whether RSS means HTML. Hex
// references are what most of them show as they should (RSS Best Practices
// Profile, "Character Data").
type rssText struct {
	XML string `xml:",innerxml"`
}

func plain(s string) rssText { return rssText{hexReferences.Replace(s)} }

// plainOr is nil where there is nothing to say.
func plainOr(s string) *rssText {
	if s == "" {
		return nil
	}
	text := plain(s)
	return &text
}

var hexReferences = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

type rssLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type rssSource struct {
	URL string `xml:"url,attr"`
	rssText
}

// FeedXml makes an rssDocument a feeds.XmlFeed.
func (d *rssDocument) FeedXml() interface{} { return d }

// RSS is a channel's RSS 2.0 document.
func RSS(c channel.Channel, stories Stories) ([]byte, error) {
	title := Clean(c.Title)
	description := cmp.Or(about(c), title) // RSS wants one
	rss := &rssChannel{
		Title:       plain(title),
		Description: plain(description),
		RssFeed: feeds.RssFeed{
			Link:          home(c),
			Language:      registered(c.Lang),
			LastBuildDate: stamp(c.Updated, time.RFC1123Z),
			Generator:     generator,
		},
		Copyright: plainOr(Clean(c.Copyright)),
		ID:        Clean(c.ID),
		Creator:   plainOr(Clean(c.Author)),
		Complete:  presentIf(c.Complete),
		Archive:   presentIf(c.Archive > 0),
	}
	if address := channel.WebAddress(cmp.Or(c.Logo, c.Icon)); address != "" {
		rss.Image = &rssImage{address, plain(title), home(c)}
	}
	for _, r := range relations(c, channel.RSS) {
		link := rssLink{Rel: r.rel, Href: r.href}
		if r.rel != "hub" {
			link.Type = "application/rss+xml"
		}
		rss.Links = append(rss.Links, link)
	}
	document := &rssDocument{
		RssFeedXml: feeds.RssFeedXml{Version: "2.0", ContentNamespace: contentNamespace},
		Atom:       atomNamespace,
		DC:         dcNamespace,
		Channel:    rss,
	}
	if c.Complete || c.Archive > 0 {
		document.History = historyNamespace
	}
	for _, s := range stories {
		item := newRSSItem(s)
		if item.Media != nil {
			document.Media = mediaNamespace
		}
		rss.Items = append(rss.Items, item)
	}
	return write(document, stories.size())
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
		Content:  rssText{s.xml},
		Language: s.lang,
		Creator:  plainOr(s.author),
	}
	for _, tag := range s.tags {
		item.Categories = append(item.Categories, plain(tag))
	}
	item.credit(s.outlet)
	item.enclose(s.enclosures)
	return item
}

// enclose adds the files. RSS knows one enclosure (RSS Best Practices Profile,
// "enclosure"): the first that can be played or read; pictures and the rest are
// media.
func (i *rssItem) enclose(files []enclosure) {
	for _, e := range files {
		if i.Enclosure == nil && !e.isPicture() {
			i.Enclosure = &feeds.RssEnclosure{Url: e.url, Length: e.length(), Type: e.kind}
			continue
		}
		i.Media = append(i.Media, e.media())
	}
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
	Content    string         `xml:"encoded"`
	Creator    string         `xml:"creator"`
	Categories []string       `xml:"category"`
	Media      []mediaContent `xml:"http://search.yahoo.com/mrss/ content"`
	Source     struct {       // source or dc:source
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
			base = baseOf(link.Href)
		}
	}
	var stories []story
	for _, item := range rss.Items {
		stories = append(stories, item.story())
	}
	return Published{
		ID:      rss.ID,
		Title:   rss.Title,
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
	if e := i.Enclosure; e != nil {
		s.enclosures = append(s.enclosures, newEnclosure(e.Url, e.Type, e.Length))
	}
	for _, m := range i.Media {
		s.enclosures = append(s.enclosures, newEnclosure(m.URL, m.Type, m.Size))
	}
	return s
}
