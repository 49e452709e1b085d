package check

import (
	"strings"
	"time"
)

const (
	ruleHistory  = "RFC 5005, section 4"
	ruleComplete = "RFC 5005, section 2"
	ruleAtomLink = "RFC 4287, section 4.2.7"
	ruleMedia    = "Media RSS, media:content"
)

// What Atom has in a feed, an entry and an entry's source (RFC 4287, section 4.1
// and 4.2.11).
var (
	atomFeedParts = []part{{"id", 1, 1}, {"title", 1, 1}, {"updated", 1, 1}, {"author", 0, many}, {"category", 0, many},
		{"contributor", 0, many}, {"generator", 0, 1}, {"icon", 0, 1}, {"link", 0, many}, {"logo", 0, 1}, {"rights", 0, 1},
		{"subtitle", 0, 1}, {"entry", 0, many}}
	atomEntryParts = []part{{"id", 1, 1}, {"title", 1, 1}, {"updated", 1, 1}, {"author", 0, many}, {"category", 0, many},
		{"content", 0, 1}, {"contributor", 0, many}, {"link", 0, many}, {"published", 0, 1}, {"rights", 0, 1}, {"source", 0, 1},
		{"summary", 0, 1}}
	atomSourceParts = []part{{"id", 1, 1}, {"title", 1, 1}, {"updated", 1, 1}, {"author", 0, many}, {"category", 0, many},
		{"contributor", 0, many}, {"generator", 0, 1}, {"icon", 0, 1}, {"link", 0, many}, {"logo", 0, 1}, {"rights", 0, 1},
		{"subtitle", 0, 1}}
	atomPersonParts = []part{{"name", 1, 1}, {"uri", 0, 1}, {"email", 0, 1}}
)

func atomDocument(r *report) {
	feed := r.root("RFC 4287, section 4.1.1", atomSpace, "feed")
	if feed == nil {
		return
	}
	r.parts(feed, "RFC 4287, section 4.1.1", atomSpace, atomFeedParts)
	entries := 0
	var links []link
	for _, e := range feed.children {
		r.line = e.line
		switch {
		case e.name.Space != atomSpace:
		case e.name.Local == "entry":
			entries++
		case entries > 0:
			r.doubtful("W3C feed validator, MisplacedMetadata", "<%s> stands behind an entry", e.name.Local)
		}
		if e.name.Space == atomSpace && e.name.Local == "link" {
			links = append(links, r.atomLink(e))
		}
	}
	r.line = feed.line
	r.alternates(links)
	r.feedLinks(feed, links, "application/atom+xml")
	r.atomCommon(feed)
	if id := feed.child(atomSpace, "id"); id != nil {
		r.line = id.line
		r.identifier("RFC 4287, section 4.2.6", id.value())
	}
	authored := feed.child(atomSpace, "author") != nil
	for i, e := range feed.all(atomSpace, "entry") {
		r.enter("entry", i, e.child(atomSpace, "id").value())
		r.atomEntry(e, authored)
	}
	r.leave()
}

// atomEntry is RFC 4287, section 4.1.2.
func (r *report) atomEntry(e *element, authored bool) {
	const rule = "RFC 4287, section 4.1.2"
	r.parts(e, rule, atomSpace, atomEntryParts)
	r.atomCommon(e)
	if !authored && e.child(atomSpace, "author") == nil && e.child(atomSpace, "source").child(atomSpace, "author") == nil {
		r.broken(rule, "neither the feed nor the entry has an <author>")
	}
	var links []link
	for _, l := range e.all(atomSpace, "link") {
		links = append(links, r.atomLink(l))
	}
	own := r.alternates(links)
	for _, l := range links {
		r.follow("a link", l.href)
	}
	if e.child(atomSpace, "id") != nil {
		if r.identity(r.id, own) {
			r.identifier("RFC 4287, section 4.2.6", r.id)
		}
	}
	r.atomContent(e, own)
	r.atomSource(e)
	r.pictures(e)
}

// atomCommon is what feeds, entries and sources have in common.
func (r *report) atomCommon(e *element) {
	if tag, there := e.attrIn(xmlSpace, "lang"); there && tag != "" {
		r.language("xml:lang", tag)
	}
	for _, c := range e.children {
		if c.name.Space != atomSpace {
			continue
		}
		r.line = c.line
		value := c.value()
		switch c.name.Local {
		case "title":
			if value == "" && len(c.children) == 0 {
				r.doubtful("W3C feed validator, NotBlank", "<title> is empty")
			}
			r.atomText(c)
		case "subtitle", "summary", "rights":
			r.atomText(c)
		case "author", "contributor":
			r.atomPerson(c)
		case "category":
			if term, there := c.attr("term"); !there {
				r.broken("RFC 4287, section 4.2.2", "<category> has no term")
			} else if term == "" {
				r.doubtful("RFC 4287, section 4.2.2", "<category> has an empty term")
			}
		case "icon", "logo":
			if r.address("RFC 4287, section 4.2.5", "<"+c.name.Local+">", value, false) {
				r.follow("<"+c.name.Local+">", value)
			}
		case "generator":
			if value == "" {
				r.doubtful("W3C feed validator, NotBlank", "<generator> is empty")
			}
		}
	}
	r.line = e.line
	r.atomDates(e)
}

func (r *report) atomDates(e *element) {
	var at [2]time.Time
	for i, name := range [...]string{"published", "updated"} {
		if date := e.child(atomSpace, name); date != nil {
			r.line = date.line
			at[i] = r.instant3339("RFC 4287, section 3.3", name, date.value())
		}
	}
	r.life(at[0], at[1])
}

// atomText is RFC 4287, section 3.1.
func (r *report) atomText(e *element) {
	switch kind, _ := e.attr("type"); kind {
	case "", "text", "xhtml":
	case "html":
		r.html(e.name.Local, e.value(), false)
	default:
		r.broken("RFC 4287, section 3.1.1", "<%s> is of type %s", e.name.Local, quote(kind))
	}
}

// atomPerson is RFC 4287, section 3.2.
func (r *report) atomPerson(e *element) {
	const rule = "RFC 4287, section 3.2"
	r.parts(e, rule, atomSpace, atomPersonParts)
	if name := e.child(atomSpace, "name"); name != nil && name.value() == "" {
		r.broken(rule, "the name of an %s is empty", e.name.Local)
	}
	if uri := e.child(atomSpace, "uri"); uri != nil {
		r.address(rule, "the address of an "+e.name.Local, uri.value(), false)
	}
	if email := e.child(atomSpace, "email"); email != nil {
		r.email(rule, "the e-mail address of an "+e.name.Local, email.value())
	}
}

// atomContent is RFC 4287, sections 4.1.2 and 4.1.3.
func (r *report) atomContent(e *element, own string) {
	content := e.child(atomSpace, "content")
	if content == nil {
		if own == "" {
			r.broken("RFC 4287, section 4.1.2", "there is neither content nor a link to it")
		}
		if e.child(atomSpace, "summary") == nil {
			r.doubtful("W3C feed validator, MissingTextualContent", "there is neither content nor a summary")
		}
		return
	}
	if tag, there := content.attrIn(xmlSpace, "lang"); there && tag != "" {
		r.language("xml:lang", tag)
	}
	if src, elsewhere := content.attr("src"); elsewhere {
		r.address("RFC 4287, section 4.1.3.2", "src of <content>", src, false)
		return
	}
	switch kind, _ := content.attr("type"); {
	case kind == "html":
		r.html("the content", content.value(), true)
	case kind != "" && kind != "text" && kind != "xhtml":
		r.mediaType("RFC 4287, section 4.1.3.1", "type of <content>", kind)
	}
}

// atomSource is RFC 4287, section 4.2.11.
func (r *report) atomSource(e *element) {
	source := e.child(atomSpace, "source")
	if source == nil {
		return
	}
	r.parts(source, "RFC 4287, section 4.2.11", atomSpace, atomSourceParts)
	r.atomCommon(source)
	if id := source.child(atomSpace, "id"); id != nil {
		r.identifier("RFC 4287, section 4.2.6", id.value())
	}
	var links []link
	for _, l := range source.all(atomSpace, "link") {
		links = append(links, r.atomLink(l))
	}
	r.alternates(links)
	before := true
	for _, c := range e.children {
		switch {
		case c == source:
			before = false
		case !before && c.name.Space == atomSpace && c.name.Local == "link":
			r.doubtful("QuiteRSS takes the first link", "<source> stands before the entry's own <link>")
			return
		}
	}
}

// link is Atom's element, in whatever feed.
type link struct{ rel, href, kind, hreflang string }

func (l link) String() string { return `the link rel="` + l.rel + `"` }

// relations are the registered ones (RFC 4287, section 7.1, and later).
const relations = " alternate current describedby edit edit-media enclosure first hub last license next next-archive payment" +
	" prev-archive previous related replies search self service up via "

// atomLink is RFC 4287, section 4.2.7.
func (r *report) atomLink(e *element) link {
	l := link{rel: "alternate"}
	if rel, given := e.attr("rel"); given {
		l.rel = strings.TrimPrefix(rel, "http://www.iana.org/assignments/relation/")
	}
	if l.rel == "" || !strings.Contains(relations, " "+l.rel+" ") && !isScheme(schemeOf(l.rel)) {
		r.doubtful(ruleAtomLink, "%s is no relation of a link", quote(l.rel))
	}
	what := l.String()
	href, there := e.attr("href")
	switch {
	case !there:
		r.broken(ruleAtomLink, "%s has no href", what)
	case r.address(ruleAtomLink, what, href, r.ascii):
		l.href = href
	}
	if kind, there := e.attr("type"); there {
		l.kind = kind
		r.mediaType(ruleAtomLink, "the type of "+what, kind)
	}
	if tag, there := e.attr("hreflang"); there {
		l.hreflang = tag
		r.language("hreflang", tag)
	}
	if length, there := e.attr("length"); there {
		r.size(ruleAtomLink, "the length of "+what, length)
	}
	return l
}

// alternates gives the address of what the links are of, which has one in every
// type and language.
func (r *report) alternates(links []link) (own string) {
	seen := map[link]bool{}
	for _, l := range links {
		if l.rel != "alternate" {
			continue
		}
		if own == "" {
			own = l.href
		}
		if l.href = ""; seen[l] {
			r.broken("RFC 4287, section 4.1.1", `there are two links rel="alternate" of one type and language`)
		}
		seen[l] = true
	}
	return own
}

// feedLinks are the links of a whole feed: to itself, its page, its hub and its
// archive. What they name under out/ must be there.
func (r *report) feedLinks(feed *element, links []link, kind string) {
	first := map[string]link{}
	for _, l := range links {
		if _, again := first[l.rel]; !again {
			first[l.rel] = l
		} else if l.rel == "self" {
			r.broken(ruleAtomLink, `there are two links rel="self"`)
		}
	}
	self, there := first["self"]
	switch {
	case !there:
		r.broken(ruleAtomLink, `there is no link rel="self"`)
	case self.href != "":
		r.settle(ruleAtomLink, self.href, r.name)
	}
	if self.kind != "" && self.kind != kind {
		r.doubtful(ruleAtomLink, `the link rel="self" is of type %s`, quote(self.kind))
	}
	for _, l := range links {
		if l.rel != "self" { // that the document is where it is, it knows
			r.follow(l.String(), l.href)
		}
	}
	r.history(feed, first, self.href)
}

// history is RFC 5005, sections 2 and 4.
func (r *report) history(feed *element, links map[string]link, self string) {
	archive, complete := feed.child(historySpace, "archive") != nil, feed.child(historySpace, "complete") != nil
	now, hasNow := links["current"]
	_, hasBefore := links["prev-archive"]
	_, hasAfter := links["next-archive"]
	switch {
	case archive && complete:
		r.broken(ruleComplete, "it is both a part of an archive and complete")
	case complete && (hasBefore || hasAfter):
		r.broken(ruleComplete, "it is complete, and still has an archive")
	}
	switch stands := isArchive(r.name); {
	case stands && !archive:
		r.broken(ruleHistory, "it stands in the archive without <fh:archive>")
	case archive && !stands:
		r.broken(ruleHistory, "it has <fh:archive> without standing in the archive")
	case archive && !hasNow:
		r.broken(ruleHistory, `there is no link rel="current"`)
	case archive && now.href != "" && r.base != "" && now.href != urlUnder(r.base, current(r.name)):
		r.broken(ruleHistory, `the link rel="current" leads to %s, not to %s`, quote(now.href), current(r.name))
	}
	for _, rel := range [...]string{"prev-archive", "next-archive"} {
		if l := links[rel]; self != "" && l.href == self {
			r.broken(ruleHistory, "the link rel=%q leads to the document itself", rel)
		}
	}
}

// pictures are the media:content of an entry or item.
func (r *report) pictures(e *element) {
	for _, m := range e.all(mediaSpace, "content") {
		if url, there := m.attr("url"); !there {
			r.broken(ruleMedia, "<media:content> has no url")
		} else if r.address(ruleMedia, "<media:content>", url, r.ascii) {
			r.follow("<media:content>", url)
		}
		if kind, there := m.attr("type"); there {
			r.mediaType(ruleMedia, "the type of <media:content>", kind)
		}
		if size, there := m.attr("fileSize"); there {
			r.size(ruleMedia, "the size of <media:content>", size)
		}
	}
}
