package syndication

import (
	"slices"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

// story is what both formats say of an entry, in its final words.
type story struct {
	id         string
	link       string // empty when there is nowhere to read it
	own        string // the address that the article has elsewhere
	title      string
	summary    string // plain text
	content    string // HTML
	xml        string // the same as text of an XML document
	lang       string // only where it is not the channel's
	author     string // all names in one: most readers show only the first or last of several
	outlet     outlet
	authors    []string // each by itself
	tags       []string
	enclosures []enclosure
	published  time.Time
	updated    time.Time
}

// outlet is the source an article is credited to.
type outlet struct{ name, url string }

// Stories are what a channel's entries say, told once for all formats.
type Stories []story

// size is about that of a document, in bytes: a bit more than it will have.
func (s Stories) size() int {
	const around, head = 2 << 10, 4 << 10 // what else an entry and a feed say
	size := head
	for i := range s {
		size += len(s[i].xml) + len(s[i].summary) + len(s[i].title) + around
	}
	return size
}

// Tell makes stories of a channel's entries.
func Tell(c channel.Channel, entries []channel.Entry) Stories {
	stories := make(Stories, len(entries))
	for i, e := range entries {
		stories[i] = tell(c, e)
	}
	return stories
}

// tell is an entry's story.
func tell(c channel.Channel, e channel.Entry) story {
	a := e.Article
	enclosures := enclosuresOf(c, e.Item)
	l := localeOf(a.Lang, a.Dir)
	o := outletOf(a.Source)
	s := story{
		id:         Clean(e.Item.ID),
		link:       c.Link(e),
		title:      l.mark(Clean(a.Title)),
		summary:    l.mark(Clean(a.Summary)),
		content:    content(a, o, enclosures),
		authors:    CleanAll(a.Authors),
		own:        channel.WebAddress(a.Link),
		enclosures: enclosures,
		outlet:     o,
		tags:       CleanAll(a.Tags),
		published:  e.Item.Published,
		updated:    e.Item.Updated,
	}
	s.xml = inXML(s.content)
	s.author = l.join(s.authors)
	if lang := registered(l.lang); lang != registered(c.Lang) {
		s.lang = lang
	}
	if s.updated.IsZero() {
		s.updated = s.published
	}
	return s
}

// recall is the entry that a story was told of.
func (s story) recall(base string) channel.Entry {
	paragraphs, l := parse(s.content)
	a := &article.Article{
		Title:   l.unmark(s.title),
		Summary: l.unmark(s.summary),
		Source:  article.Source{Name: s.outlet.name, URL: s.outlet.url},
		Authors: l.split(s.author),
		Lang:    l.lang,
		Dir:     l.dir,
		Tags:    s.tags,
	}
	a.Body, a.Kind = bodyOf(paragraphs, l)
	if a.Summary == "" {
		a.Kind = article.NoSummary
	}
	item := ledger.Item{
		ID:        s.id,
		Page:      channel.Channel{Base: base}.FileAt(s.link),
		Enclosed:  recallMedia(s.enclosures, base),
		Published: s.published,
		Updated:   s.updated,
		Lang:      l.lang,
	}
	if item.Page == "" {
		a.Link = s.link
	}
	return channel.Entry{Item: item, Article: a}
}

// recallAll skips what has no id: without one nobody can say whose memory it is.
func recallAll(stories []story, base string) []channel.Entry {
	var entries []channel.Entry
	for _, s := range stories {
		if s.id != "" {
			entries = append(entries, s.recall(base))
		}
	}
	return entries
}

func outletOf(s article.Source) outlet {
	name := Clean(s.Name)
	if name == "" {
		return outlet{}
	}
	return outlet{name: name, url: channel.WebAddress(s.URL)}
}

// CleanAll cleans each of some names, and drops the blank and the repeated.
func CleanAll(names []string) []string {
	var kept []string
	for _, name := range names {
		if name = Clean(name); name != "" && !slices.Contains(kept, name) {
			kept = append(kept, name)
		}
	}
	return kept
}
