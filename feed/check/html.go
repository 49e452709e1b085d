package check

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// harmful are elements that readers throw away, often with what is inside.
var harmful = map[string]bool{
	"script": true, "style": true, "iframe": true, "object": true, "embed": true, "applet": true, "form": true,
	"base": true, "meta": true, "link": true, "frame": true, "frameset": true, "plaintext": true,
}

// markup is HTML inside a feed under examination. Of one kind of trouble it
// tells the first.
type markup struct {
	*report
	what string
	said map[string]bool
}

func (m *markup) say(s Severity, rule, remedy, format string, args ...any) {
	if m.said == nil {
		m.said = map[string]bool{}
	}
	if !m.said[format] {
		m.add(s, rule, remedy, "%s"+format, append([]any{m.what}, args...)...)
	}
	m.said[format] = true
}

// html holds HTML inside a feed against what readers show and can do harm. Full
// text that has no tag but shows some was escaped twice; a short text may speak
// of tags.
func (r *report) html(what, content string, full bool) {
	m := &markup{report: r, what: what}
	if rest, tagged := m.ordinary(content); rest != "" {
		m.any(rest, tagged, full)
	}
}

// any reads whatever HTML there is, behind a tag or not.
func (m *markup) any(content string, tagged, full bool) {
	var escaped string
	for z := html.NewTokenizer(strings.NewReader(content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if full && !tagged && opensWithTag(escaped) {
				m.say(Error, "content is escaped once", again, " is escaped twice: readers show its tags")
			}
			return
		case html.TextToken:
			raw := bytes.IndexByte(z.Raw(), '&') >= 0
			if text := z.Text(); raw {
				if forbidden(text) >= 0 {
					m.say(Error, "XML 1.0, section 2.2", again, " holds a reference to a character that may not stand in a feed")
				}
				if !tagged && escaped == "" {
					escaped = strings.TrimSpace(string(text))
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tagged = true
			m.tag(z)
		}
	}
}

// opensWithTag reports whether a text begins as HTML does.
func opensWithTag(text string) bool {
	if !strings.HasPrefix(text, "<") {
		return false
	}
	z := html.NewTokenizer(strings.NewReader(text))
	if z.Next() != html.StartTagToken {
		return false
	}
	name, _ := z.TagName()
	return atom.Lookup(name) != 0
}

// tag is a start tag of content.
func (m *markup) tag(z *html.Tokenizer) {
	name, more := z.TagName()
	if harmful[string(name)] {
		m.say(Error, "W3C feed validator, SecurityRisk", again, " holds a <%s>", name)
	}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch attr := string(key); {
		case isHandler(attr):
			m.say(Error, "W3C feed validator, SecurityRisk", again, " holds an %s handler", shorten(attr, 20))
		case attr == "style":
			m.say(Warning, "W3C feed validator, DangerousStyleAttr", again, " holds a style attribute, which readers throw away")
		case isAddress(attr):
			m.link(string(value))
		}
	}
}

func isHandler(attr string) bool { return len(attr) > 2 && attr[:2] == "on" }

func isAddress(attr string) bool { return attr == "href" || attr == "src" || attr == "poster" }

// ordinary reads HTML as seedfeed writes it: paragraphs, links and pictures, and
// of references only those that show what would be markup. From the first text
// or tag on that is anything else, the rest is for a tokenizer. It is for speed
// alone.
func (m *markup) ordinary(content string) (rest string, tagged bool) {
	known := "" // a tag without an address: most paragraphs begin alike
	for content != "" {
		text, tag := content, ""
		if at := strings.IndexByte(content, '<'); at >= 0 {
			text, tag = content[:at], content[at:]
		}
		if !harmless(text) || !tagged && strings.IndexByte(text, '&') >= 0 {
			break
		}
		if known != "" && strings.HasPrefix(tag, known) {
			content = tag[len(known):]
			continue
		}
		t, ok := ordinaryTag(tag)
		if !ok {
			break
		}
		if t.linked {
			m.link(t.address)
		} else if t.starts {
			known = tag[:t.size]
		}
		tagged = tagged || t.starts
		content = tag[t.size:]
	}
	return content, tagged
}

// harmless reports whether all references in a text are to what may stand there.
func harmless(text string) bool {
	for at := strings.IndexByte(text, '&'); at >= 0; at = strings.IndexByte(text, '&') {
		text = text[at+1:]
		if !strings.HasPrefix(text, "amp;") && !strings.HasPrefix(text, "lt;") && !strings.HasPrefix(text, "gt;") {
			return false
		}
	}
	return true
}

// smallTag is what ordinary has to know of a tag.
type smallTag struct {
	size    int
	starts  bool
	linked  bool // it has an address
	address string
}

var unescape = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// ordinaryTag is the tag that content, if there is any, begins with. It fails if
// the tag is not ordinary.
func ordinaryTag(content string) (t smallTag, ok bool) {
	if content == "" {
		return t, true
	}
	end := 0
	for end < len(content) && content[end] != ' ' && content[end] != '>' {
		end++
	}
	if end == len(content) {
		return t, false
	}
	switch content[:end] {
	case "</p", "</a":
		return smallTag{size: end + 1}, content[end] == '>'
	case "<p", "<a", "<img":
	default:
		return t, false
	}
	t = smallTag{starts: true, size: end}
	for content[t.size] == ' ' {
		if !t.attr(content) || t.size == len(content) {
			return t, false
		}
	}
	t.size++
	return t, content[t.size-1] == '>'
}

// attr reads an attribute of a tag.
func (t *smallTag) attr(content string) bool {
	attr := content[t.size+1:]
	equals := strings.IndexByte(attr, '=')
	if equals < 0 || !strings.HasPrefix(attr[equals:], `="`) {
		return false
	}
	key, rest := attr[:equals], attr[equals+len(`="`):]
	end := strings.IndexByte(rest, '"')
	if end < 0 {
		return false
	}
	value := rest[:end]
	t.size += 1 + len(key) + len(`="`) + end + 1
	switch key {
	case "href", "src":
		again := t.linked
		if t.linked, t.address = true, value; strings.IndexByte(value, '&') >= 0 {
			t.address = unescape.Replace(value)
		}
		return !again && harmless(value)
	case "class", "dir", "lang", "alt":
		return true
	}
	return false
}

// link is an address in content.
func (m *markup) link(address string) {
	address = bare(address)
	switch scheme := schemeOf(address); {
	case isHarmful(scheme):
		m.say(Error, "W3C feed validator, SecurityRisk", again, " links to a program: %s", quote(address))
	case scheme == "":
		m.say(Warning, "W3C feed validator, ContainsRelRef", "write whole addresses in the article", " holds the relative address %s", quote(address))
	case m.Has != nil:
		m.follow("a link in "+m.what, address)
	}
}

func isHarmful(scheme string) bool {
	switch strings.ToLower(scheme) {
	case "javascript", "vbscript", "data":
		return true
	}
	return false
}

// bare is an address as browsers take it: without blanks around it, and without
// line breaks and tabs anywhere (WHATWG URL, "basic URL parser").
func bare(address string) string {
	if strings.IndexFunc(address, func(c rune) bool { return c <= ' ' }) < 0 {
		return address
	}
	return strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' || c == '\t' {
			return -1
		}
		return c
	}, strings.TrimFunc(address, func(c rune) bool { return c <= ' ' }))
}
