package syndication

import (
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gofrs/uuid/v5"
	"github.com/gorilla/feeds"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
)

const atomNamespace = "http://www.w3.org/2005/Atom"

// atomFeed adds to feeds.AtomFeed what RFC 4287 knows beyond it. encoding/xml
// takes an outer field over an embedded one of the same name.
type atomFeed struct {
	feeds.AtomFeed
	Lang      string           `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Links     []feeds.AtomLink `xml:"link"`
	Generator string           `xml:"generator"`
	Entries   []*atomEntry     `xml:"entry"`
}

// atomEntry has its source last: a reader was seen to take the source's link
// for the entry's own when it came first.
type atomEntry struct {
	feeds.AtomEntry
	Lang       string           `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	Links      []feeds.AtomLink `xml:"link"`
	Categories []atomCategory   `xml:"category"`
	Source     *atomSource      `xml:"source"`
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
func Atom(c channel.Channel, entries []channel.Entry) ([]byte, error) {
	title := clean(c.Title)
	feed := &atomFeed{
		AtomFeed: feeds.AtomFeed{
			Xmlns:    atomNamespace,
			Title:    title,
			Id:       clean(c.ID),
			Updated:  stamp(c.Updated, time.RFC3339),
			Subtitle: clean(c.Description),
			Author:   person(title), // speaks for entries without a byline (section 4.1.1)
		},
		Lang: primary(c.Lang),
		Links: []feeds.AtomLink{
			{Rel: "self", Type: "application/atom+xml", Href: c.URL(AtomName)},
			{Rel: "alternate", Type: "text/html", Href: c.URL(IndexName)},
		},
		Generator: generator,
	}
	for _, e := range entries {
		feed.Entries = append(feed.Entries, newAtomEntry(c.ID, tell(c, e)))
	}
	return document(feed)
}

func newAtomEntry(collection string, s story) *atomEntry {
	entry := &atomEntry{
		AtomEntry: feeds.AtomEntry{
			Title:     s.title,
			Id:        s.id,
			Published: stamp(s.published, time.RFC3339),
			Updated:   stamp(s.updated, time.RFC3339),
			Content:   &feeds.AtomContent{Type: "html", Content: s.content},
		},
		Lang:   s.lang,
		Links:  atomLinks(s),
		Source: newAtomSource(collection, s),
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

// outletID is the same for an outlet however its name is spelled. An id that
// was pinned need not be a UUID; then it is a URI to make one of.
func outletID(collection, name string) string {
	namespace, err := uuid.FromString(collection)
	if err != nil {
		namespace = uuid.NewV5(uuid.NamespaceURL, collection)
	}
	return "urn:uuid:" + uuid.NewV5(namespace, "source/"+article.Key(name)).String()
}

// ReadAtom reads back a document that Atom wrote. What is missing or unreadable
// in it stays empty.
func ReadAtom(data []byte) (Published, error) {
	var feed atomFeed
	if err := xml.Unmarshal(data, &feed); err != nil {
		return Published{}, fmt.Errorf("read Atom feed: %w", err)
	}
	var base string
	for _, link := range feed.Links {
		if link.Rel == "self" {
			base = baseOf(link.Href, AtomName)
		}
	}
	var stories []story
	for _, entry := range feed.Entries {
		stories = append(stories, entry.story())
	}
	return Published{
		ID:      feed.Id,
		Lang:    feed.Lang,
		Updated: instant(feed.Updated, time.RFC3339),
		Entries: recallAll(stories, base),
	}, nil
}

// story undoes newAtomEntry.
func (e *atomEntry) story() story {
	s := story{
		id:        e.Id,
		title:     e.Title,
		published: instant(e.Published, time.RFC3339),
		updated:   instant(e.Updated, time.RFC3339),
	}
	if e.Content != nil {
		s.content = e.Content.Content
	}
	if e.Summary != nil {
		s.summary = e.Summary.Content
	}
	if e.Author != nil {
		s.author = e.Author.Name
	}
	if e.Source != nil {
		s.outlet.name = e.Source.Title
	}
	for _, link := range e.Links {
		switch link.Rel {
		case "alternate":
			s.link = link.Href
		case "via":
			s.outlet.url = link.Href
		}
	}
	for _, category := range e.Categories {
		s.tags = append(s.tags, category.Term)
	}
	return s
}
