package check

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

const (
	ruleHTML   = "HTML, the document's metadata"
	ruleScript = "Content Security Policy Level 3, script-src"
)

// feedTypes are the types by which readers find feeds on a page.
var feedTypes = []string{"application/atom+xml", "application/rss+xml", "application/feed+json"}

// visit is a page that is read from its beginning to its end.
type visit struct {
	*report
	inTitle, titled bool
	inScript        bool
	policy          string
	ours            bool // it says who made it
	found           bool // a feed, by whoever looks for one
}

// page is a document for people: the index of a feed, or an article.
func page(r *report) {
	v := &visit{report: r}
	z := html.NewTokenizer(bytes.NewReader(r.content))
	next := 1 // the line after the token
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		r.line = next
		next += bytes.Count(z.Raw(), []byte("\n"))
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			v.tag(z.Token())
		case html.EndTagToken:
			v.inTitle, v.inScript = false, false
		case html.TextToken:
			if v.inScript && !v.allows(z.Raw()) {
				v.broken(ruleScript, "the page holds a script that its policy does not name")
			}
			v.titled = v.titled || v.inTitle && len(bytes.TrimSpace(z.Raw())) > 0
		}
	}
	r.line = 1
	if !v.titled {
		r.doubtful(ruleHTML, "the page has no title")
	}
	if !v.ours {
		r.doubtful(ruleHTML, "the page does not say that seedfeed made it")
	}
	if !v.found {
		r.doubtful("RSS autodiscovery", "readers find no feed on the page")
	}
}

func (v *visit) tag(t html.Token) {
	attrs := map[string]string{}
	for _, a := range t.Attr {
		attrs[a.Key] = a.Val
		if isHandler(a.Key) {
			v.broken("W3C feed validator, SecurityRisk", "the page holds an %s handler", shorten(a.Key, 20))
		}
	}
	switch t.Data {
	case "html":
		if tag, there := attrs["lang"]; there && tag != "" {
			v.pageLanguage(tag)
		}
	case "title":
		v.inTitle = !v.titled
	case "meta":
		if strings.EqualFold(attrs["http-equiv"], "Content-Security-Policy") {
			v.policy = attrs["content"]
		}
		v.ours = v.ours || strings.EqualFold(attrs["name"], "generator") && strings.HasPrefix(attrs["content"], "seedfeed")
	case "script":
		if _, foreign := attrs["src"]; foreign {
			v.broken(ruleScript, "the page asks for a script")
		}
		v.inScript = true
	case "link":
		if strings.EqualFold(attrs["rel"], "alternate") && slices.Contains(feedTypes, attrs["type"]) {
			v.found = true
			v.discovery(attrs["href"])
			return
		}
		if strings.EqualFold(attrs["rel"], "icon") && strings.HasPrefix(attrs["href"], "data:image/") {
			return // nobody follows that
		}
	}
	for _, a := range t.Attr {
		if isAddress(a.Key) {
			v.open(a.Val)
		}
	}
}

// allows reports whether the page's policy names a script by its hash. What is
// no program, as data for search engines, is held to that as well.
func (v *visit) allows(script []byte) bool {
	sum := sha256.Sum256(script)
	return strings.Contains(v.policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
}

// pageLanguage may have a region: browsers know what to do with it.
func (v *visit) pageLanguage(tag string) {
	base, _, _ := strings.Cut(tag, "-")
	v.language("lang", base)
}

// discovery is a link by which readers find a feed. Some of them get relative
// ones wrong.
func (v *visit) discovery(address string) {
	const what = "the link to the feed"
	switch {
	case schemeOf(address) == "":
		v.doubtful("RSS autodiscovery", "%s is %s, which is relative", what, quote(address))
		v.open(address)
	case v.address("RSS autodiscovery", what, address, true):
		v.follow(what, address)
	}
}

// open follows a link as a visitor would. Relative ones are always ours.
func (v *visit) open(address string) {
	address = bare(address)
	scheme := schemeOf(address)
	switch {
	case isHarmful(scheme):
		v.broken("W3C feed validator, SecurityRisk", "the page links to a program: %s", quote(address))
	case scheme != "":
		v.follow("a link", address)
	case v.Has != nil:
		if name := nameFrom(v.name, address); name != "" && !v.Has(name) {
			v.add(Warning, "links lead somewhere", upload, "a link leads to %s, which is not there", name)
		}
	}
}
