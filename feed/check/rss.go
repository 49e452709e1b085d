package check

import "strings"

const (
	ruleRSS       = "RSS 2.0, channel"
	ruleItem      = "RSS 2.0, item"
	ruleEnclosure = "RSS 2.0, enclosure"
	ruleGUID      = "RSS 2.0, guid"
)

// What RSS has in a channel and an item. A guid is optional there, but readers
// take an item without one for another whenever anything of it changes.
var (
	rssChannelParts = []part{{"title", 1, 1}, {"link", 1, 1}, {"description", 1, 1}, {"language", 0, 1}, {"copyright", 0, 1},
		{"managingEditor", 0, 1}, {"webMaster", 0, 1}, {"pubDate", 0, 1}, {"lastBuildDate", 0, 1}, {"category", 0, many},
		{"generator", 0, 1}, {"docs", 0, 1}, {"cloud", 0, 1}, {"ttl", 0, 1}, {"image", 0, 1}, {"rating", 0, 1}, {"textInput", 0, 1},
		{"skipHours", 0, 1}, {"skipDays", 0, 1}, {"item", 0, many}}
	rssItemParts = []part{{"title", 0, 1}, {"link", 0, 1}, {"description", 0, 1}, {"author", 0, 1}, {"category", 0, many},
		{"comments", 0, 1}, {"enclosure", 0, 1}, {"guid", 1, 1}, {"pubDate", 0, 1}, {"source", 0, 1}}
	rssImageParts = []part{{"url", 1, 1}, {"title", 1, 1}, {"link", 1, 1}, {"width", 0, 1}, {"height", 0, 1}, {"description", 0, 1}}
)

// twice is what says the same in RSS's own words and in another vocabulary's.
type twice struct{ core, space, other string }

var (
	twiceInChannel = []twice{{"language", dcSpace, "language"}, {"managingEditor", dcSpace, "creator"}, {"pubDate", dcSpace, "date"},
		{"category", dcSpace, "subject"}, {"copyright", dcSpace, "rights"}, {"webMaster", dcSpace, "publisher"},
		{"lastBuildDate", termsSpace, "modified"}}
	twiceInItem = []twice{{"author", dcSpace, "creator"}, {"pubDate", dcSpace, "date"}, {"category", dcSpace, "subject"},
		{"source", dcSpace, "source"}, {"guid", atomSpace, "id"}, {"pubDate", atomSpace, "published"}}
)

func rssDocument(r *report) {
	r.ascii = true
	rss := r.root("RSS 2.0", "", "rss")
	if rss == nil {
		return
	}
	if version, _ := rss.attr("version"); version != "2.0" {
		r.broken("RSS 2.0", "the version is %s", quote(version))
	}
	r.parts(rss, "RSS 2.0", "", []part{{"channel", 1, 1}})
	if channel := rss.child("", "channel"); channel != nil {
		r.line = channel.line
		r.rssChannel(channel)
	}
}

func (r *report) rssChannel(channel *element) {
	r.parts(channel, ruleRSS, "", rssChannelParts)
	r.saidTwice(channel, twiceInChannel)
	var links []link
	for _, l := range channel.all(atomSpace, "link") {
		r.line = l.line
		links = append(links, r.atomLink(l))
	}
	r.line = channel.line
	r.feedLinks(channel, links, "application/rss+xml")
	items := 0
	for _, c := range channel.children {
		if r.line = c.line; c.name.Space == "" && c.name.Local == "item" {
			items++
			continue
		} else if items > 0 {
			r.doubtful("W3C feed validator, MisplacedItem", "<%s> stands behind an item", c.name.Local)
		}
		r.rssAbout(c)
	}
	for i, item := range channel.all("", "item") {
		r.enter("item", i, item.child("", "guid").value())
		r.rssItem(item)
	}
	r.leave()
}

// rssAbout is an element of a channel that is no item.
func (r *report) rssAbout(e *element) {
	value, what := e.value(), "<"+e.name.Local+">"
	if e.name.Space == dcSpace && e.name.Local == "language" {
		r.language(what, value)
	}
	if e.name.Space != "" {
		return
	}
	switch e.name.Local {
	case "title":
		if value == "" {
			r.doubtful("W3C feed validator, NotBlank", "<title> is empty")
		}
	case "link":
		if r.address(ruleRSS, what, value, true) {
			r.follow(what, value)
		}
	case "language":
		r.language(what, value)
	case "pubDate", "lastBuildDate":
		r.instant822(ruleRSS, what, value)
	case "managingEditor", "webMaster":
		r.email(ruleRSS, what, value)
	case "ttl":
		r.size(ruleRSS, what, value)
	case "image":
		r.rssImage(e)
	}
}

func (r *report) rssImage(e *element) {
	const rule = "RSS 2.0, image"
	r.parts(e, rule, "", rssImageParts)
	for _, name := range [...]string{"url", "link"} {
		address := e.child("", name)
		if address != nil && r.address(rule, "the "+name+" of <image>", address.value(), true) {
			r.follow("the "+name+" of <image>", address.value())
		}
	}
}

func (r *report) rssItem(e *element) {
	r.parts(e, ruleItem, "", rssItemParts)
	r.saidTwice(e, twiceInItem)
	title, description := e.child("", "title"), e.child("", "description")
	if title == nil && description == nil {
		r.broken(ruleItem, "there is neither a title nor a description")
	} else if title != nil && title.value() == "" {
		r.doubtful("W3C feed validator, NotBlank", "<title> is empty")
	}
	own := ""
	described := false
	for _, c := range e.children {
		switch c.name.Space {
		case "":
			described = described || c == description
			r.rssPart(c)
			if c.name.Local == "link" {
				own = c.value()
			}
		case contentSpace:
			if c.name.Local == "encoded" {
				r.html("content:encoded", c.value(), true)
				if !described {
					r.doubtful("W3C feed validator, NeedDescriptionBeforeContent", "content:encoded stands without a description before it")
				}
			}
		case dcSpace:
			if c.name.Local == "language" {
				r.language("dc:language", c.value())
			}
		case atomSpace:
			if c.name.Local == "link" {
				r.follow("a link", r.atomLink(c).href)
			}
		}
	}
	if e.child("", "guid") != nil {
		r.identity(r.id, own)
	}
	r.pictures(e)
}

// rssPart is one of RSS's own elements of an item.
func (r *report) rssPart(e *element) {
	value, what := e.value(), "<"+e.name.Local+">"
	switch e.name.Local {
	case "link", "comments":
		if r.address(ruleItem, what, value, true) {
			r.follow(what, value)
		}
	case "description":
		r.html(what, value, false)
	case "author":
		r.email("RSS 2.0, author", what, value)
	case "category":
		if value == "" {
			r.doubtful("W3C feed validator, NotBlank", "<category> is empty")
		}
	case "pubDate":
		r.instant822(ruleItem, what, value)
	case "guid":
		r.guid(e)
	case "source":
		if url, there := e.attr("url"); !there {
			r.broken("RSS 2.0, source", "<source> has no url")
		} else {
			r.address("RSS 2.0, source", "<source>", url, true)
		}
	case "enclosure":
		r.enclosure(e)
	}
}

// guid is an address unless it says that it is none.
func (r *report) guid(e *element) {
	value := e.value()
	switch permanent, given := e.attr("isPermaLink"); {
	case given && permanent != "true" && permanent != "false":
		r.broken(ruleGUID, "isPermaLink is %s, neither true nor false", quote(permanent))
	case value == "":
	case permanent != "false":
		r.address(ruleGUID, "the guid", value, true)
	case strings.HasPrefix(value, "urn:"):
		r.identifier(ruleGUID, value)
	}
}

// enclosure has to say all three; a length of 0 is one that is not known.
func (r *report) enclosure(e *element) {
	for _, name := range [...]string{"url", "length", "type"} {
		value, there := e.attr(name)
		what := "the " + name + " of <enclosure>"
		switch {
		case !there:
			r.broken(ruleEnclosure, "<enclosure> has no %s", name)
		case name == "length":
			r.size(ruleEnclosure, what, value)
		case name == "type":
			r.mediaType(ruleEnclosure, what, value)
		case r.address(ruleEnclosure, what, value, true):
			r.follow(what, value)
		}
	}
}

func (r *report) saidTwice(e *element, list []twice) {
	for _, t := range list {
		if e.child("", t.core) != nil && e.child(t.space, t.other) != nil {
			r.doubtful("W3C feed validator, DuplicateSemantics", "<%s> says again what <%s> says", t.other, t.core)
		}
	}
}
