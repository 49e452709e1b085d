package check

import "strings"

const (
	ruleOPML    = "OPML 2.0"
	ruleOutline = "OPML 2.0, outline"
)

func opmlDocument(r *report) {
	opml := r.root(ruleOPML, "", "opml")
	if opml == nil {
		return
	}
	if version, _ := opml.attr("version"); version != "2.0" {
		r.broken(ruleOPML, "the version is %s", quote(version))
	}
	r.parts(opml, ruleOPML, "", []part{{"head", 1, 1}, {"body", 1, 1}})
	if head := opml.child("", "head"); head != nil {
		for _, c := range head.children {
			if r.line = c.line; c.name.Local == "dateCreated" || c.name.Local == "dateModified" {
				r.instant822(ruleOPML, "<"+c.name.Local+">", c.value())
			}
		}
	}
	if body := opml.child("", "body"); body != nil {
		r.line = body.line
		r.parts(body, ruleOPML, "", []part{{"outline", 1, many}})
		r.outlines(body)
	}
}

func (r *report) outlines(e *element) {
	for _, o := range e.all("", "outline") {
		r.line = o.line
		r.outline(o)
		r.outlines(o)
	}
}

func (r *report) outline(e *element) {
	if text, there := e.attr("text"); !there {
		r.broken(ruleOutline, "<outline> has no text")
	} else if text == "" {
		r.doubtful(ruleOutline, "the text of <outline> is empty")
	}
	kind, _ := e.attr("type")
	address, there := e.attr("xmlUrl")
	switch {
	case there && r.address(ruleOutline, "xmlUrl", address, false):
		r.follow("xmlUrl", address)
	case !there && strings.EqualFold(kind, "rss"):
		r.broken(ruleOutline, `<outline type="rss"> has no xmlUrl`)
	}
	if there && kind == "" {
		r.doubtful("W3C feed validator, MissingOutlineType", "<outline> has an xmlUrl without a type")
	}
	if home, there := e.attr("htmlUrl"); there && r.address(ruleOutline, "htmlUrl", home, false) {
		r.follow("htmlUrl", home)
	}
	if tag, there := e.attr("language"); there {
		r.language("language", tag)
	}
}
