package syndication

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
)

// atomFeed adds to feeds.AtomFeed what RFC 4287 knows beyond it. encoding/xml
// takes an outer field over an embedded one of the same name.
type atomFeed struct {
	feeds.AtomFeed
	History   string           `xml:"xmlns:fh,attr,omitempty"`
	Media     string           `xml:"xmlns:media,attr,omitempty"`
	Lang      string           `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Links     []feeds.AtomLink `xml:"link"`
	Generator string           `xml:"generator"`
	Complete  *presence        `xml:"fh:complete"`
	Archive   *presence        `xml:"fh:archive"`
	Entries   []*atomEntry     `xml:"entry"`
}

// atomEntry has its source last: a reader was seen to take the source's link
// for the entry's own when it came first. What of feeds.AtomEntry follows the
// content there does so here.
type atomEntry struct {
	feeds.AtomEntry
	Content    atomContent        `xml:"content"`
	Published  string             `xml:"published,omitempty"`
	Summary    *feeds.AtomSummary `xml:"summary"`
	Author     *feeds.AtomAuthor  `xml:"author"`
	Lang       string             `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Links      []feeds.AtomLink   `xml:"link"`
	Categories []atomCategory     `xml:"category"`
	Pictures   []mediaContent     `xml:"media:content"`
	Source     *atomSource        `xml:"source"`
}

// atomContent is HTML that is text of an XML document already.
type atomContent struct {
	XML  string `xml:",innerxml"`
	Type string `xml:"type,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// atomSource is the feed an entry came from (RFC 4287, section 4.2.11). Outlets
// are credited by name alone, so id and date are made for them.
type atomSource struct {
	ID      string          `xml:"id"`
	Title   string          `xml:"title"`
	Updated string          `xml:"updated"`
	Link    *feeds.AtomLink `xml:"link"`
}

// FeedXml makes an atomFeed a feeds.XmlFeed.
func (f *atomFeed) FeedXml() interface{} { return f }

// Atom is a channel's Atom document.
func Atom(c channel.Channel, stories Stories) ([]byte, error) {
	title := Clean(c.Title)
	feed := &atomFeed{
		AtomFeed: feeds.AtomFeed{
			Xmlns:    atomNamespace,
			Title:    title,
			Id:       Clean(c.ID),
			Updated:  stamp(c.Updated, time.RFC3339),
			Subtitle: about(c),
			Rights:   Clean(c.Copyright),
			Icon:     channel.WebAddress(c.Icon),
			Logo:     channel.WebAddress(c.Logo),
			Author:   person(cmp.Or(Clean(c.Author), title)), // speaks for entries without a byline (section 4.1.1)
		},
		Lang:      registered(c.Lang),
		Links:     []feeds.AtomLink{{Rel: "alternate", Type: "text/html", Href: home(c)}},
		Generator: generator,
		Complete:  presentIf(c.Complete),
		Archive:   presentIf(c.Archive > 0),
	}
	if c.Complete || c.Archive > 0 {
		feed.History = historyNamespace
	}
	for _, r := range relations(c, channel.Atom) {
		link := feeds.AtomLink{Rel: r.rel, Href: r.href}
		if r.rel != "hub" {
			link.Type = "application/atom+xml"
		}
		feed.Links = append(feed.Links, link)
	}
	for _, s := range stories {
		entry := newAtomEntry(c.ID, s)
		if entry.Pictures != nil {
			feed.Media = mediaNamespace
		}
		feed.Entries = append(feed.Entries, entry)
	}
	return write(feed, stories.size())
}

func newAtomEntry(collection string, s story) *atomEntry {
	entry := &atomEntry{
		AtomEntry: feeds.AtomEntry{
			Title:   s.title,
			Id:      s.id,
			Updated: stamp(s.updated, time.RFC3339),
		},
		Content:   atomContent{Type: "html", XML: s.xml},
		Published: stamp(s.published, time.RFC3339),
		Lang:      s.lang,
		Links:     atomLinks(s),
		Pictures:  s.pictures(),
		Source:    newAtomSource(collection, s),
	}
	if s.summary != "" {
		entry.Summary = &feeds.AtomSummary{Type: "text", Content: s.summary}
	}
	if s.author != "" {
		entry.Author = person(s.author)
	}
	for _, tag := range s.tags {
		entry.Categories = append(entry.Categories, atomCategory{Term: tag})
	}
	return entry
}

func atomLinks(s story) []feeds.AtomLink {
	var links []feeds.AtomLink
	if s.link != "" {
		links = append(links, feeds.AtomLink{Rel: "alternate", Href: s.link})
	}
	if s.outlet.url != "" {
		links = append(links, feeds.AtomLink{Rel: "via", Href: s.outlet.url})
	}
	for _, e := range s.enclosures {
		if !e.isPicture() {
			links = append(links, feeds.AtomLink{Rel: "enclosure", Type: e.kind, Length: e.length(), Href: e.url})
		}
	}
	return links
}

func newAtomSource(collection string, s story) *atomSource {
	if s.outlet.name == "" {
		return nil
	}
	source := &atomSource{
		ID:      outletID(collection, s.outlet.name),
		Title:   s.outlet.name,
		Updated: stamp(s.updated, time.RFC3339),
	}
	if s.outlet.url != "" {
		source.Link = &feeds.AtomLink{Rel: "alternate", Href: s.outlet.url}
	}
	return source
}

func person(name string) *feeds.AtomAuthor {
	return &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: name}}
}

// outletID is the same for an outlet however its name is spelled.
func outletID(collection, name string) string {
	return channel.DerivedID(collection, article.Key(name))
}

// readAtom and readEntry are what is read of an Atom document. encoding/xml
// writes a prefix as part of a name but reads it as a namespace, so the types
// that write can't read.
type readAtom struct {
	ID      string           `xml:"http://www.w3.org/2005/Atom id"`
	Title   string           `xml:"http://www.w3.org/2005/Atom title"`
	Lang    string           `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Updated string           `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []feeds.AtomLink `xml:"http://www.w3.org/2005/Atom link"`
	Entries []readEntry      `xml:"http://www.w3.org/2005/Atom entry"`
}

type readEntry struct {
	ID         string           `xml:"http://www.w3.org/2005/Atom id"`
	Title      string           `xml:"http://www.w3.org/2005/Atom title"`
	Published  string           `xml:"http://www.w3.org/2005/Atom published"`
	Updated    string           `xml:"http://www.w3.org/2005/Atom updated"`
	Content    string           `xml:"http://www.w3.org/2005/Atom content"`
	Summary    string           `xml:"http://www.w3.org/2005/Atom summary"`
	Author     string           `xml:"http://www.w3.org/2005/Atom author>name"`
	Source     string           `xml:"http://www.w3.org/2005/Atom source>title"`
	Links      []feeds.AtomLink `xml:"http://www.w3.org/2005/Atom link"`
	Categories []atomCategory   `xml:"http://www.w3.org/2005/Atom category"`
	Pictures   []mediaContent   `xml:"http://search.yahoo.com/mrss/ content"`
}

// ReadAtom reads back a document that Atom wrote. What is missing or unreadable
// in it stays empty.
func ReadAtom(data []byte) (Published, error) {
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		readAtom
	}
	if err := xml.Unmarshal(data, &feed); err != nil {
		return Published{}, fmt.Errorf("read Atom feed: %w", err)
	}
	var base string
	for _, link := range feed.Links {
		if link.Rel == "self" {
			base = baseOf(link.Href)
		}
	}
	var stories []story
	for _, entry := range feed.Entries {
		stories = append(stories, entry.story())
	}
	return Published{
		ID:      feed.ID,
		Title:   feed.Title,
		Lang:    feed.Lang,
		Updated: instant(feed.Updated, time.RFC3339),
		Entries: recallAll(stories, base),
	}, nil
}

// story undoes newAtomEntry.
func (e readEntry) story() story {
	s := story{
		id:        e.ID,
		title:     e.Title,
		summary:   e.Summary,
		content:   e.Content,
		author:    e.Author,
		outlet:    outlet{name: e.Source},
		published: instant(e.Published, time.RFC3339),
		updated:   instant(e.Updated, time.RFC3339),
	}
	for _, link := range e.Links {
		switch link.Rel {
		case "alternate":
			s.link = link.Href
		case "via":
			s.outlet.url = link.Href
		case "enclosure":
			s.enclosures = append(s.enclosures, newEnclosure(link.Href, link.Type, link.Length))
		}
	}
	for _, category := range e.Categories {
		s.tags = append(s.tags, category.Term)
	}
	for _, p := range e.Pictures {
		s.enclosures = append(s.enclosures, newEnclosure(p.URL, p.Type, p.Size))
	}
	return s
}
