package check

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// declaration is how a document begins that says what it is.
const declaration = `<?xml version="1.0" encoding="UTF-8"?>`

// plain reads a document in plain XML, which is what programs write: elements
// and attributes with ASCII names, text, references, comments. It is for speed
// alone: it knows nothing of errors, and whatever is not plain, broken or just
// rare, is for encoding/xml to judge. Names, values and texts are parts of the
// document, or of one that holds all texts with references.
//
// The document is known for UTF-8 without characters that XML forbids.
type plain struct {
	content  string
	at       int // what is read next
	element  *element
	line     int       // at counted
	counted  int       // how far lines are counted
	elements []element // unused yet
	attrs    []xml.Attr
	texts    strings.Builder
}

// parsePlain is the document's root, nil if the document is not plain.
func parsePlain(content string) *element {
	document := &element{}
	p := &plain{content: strings.TrimPrefix(content, declaration), element: document, line: 1}
	for p.at < len(p.content) {
		if !p.next() {
			return nil
		}
	}
	if p.element != document || len(document.children) == 0 {
		return nil
	}
	return document.children[0]
}

// next reads a tag, a comment or a text.
func (p *plain) next() bool {
	rest := p.content[p.at:]
	switch {
	case rest[0] != '<':
		return p.text()
	case strings.HasPrefix(rest, "</"):
		return p.end()
	case strings.HasPrefix(rest, "<!--"):
		size := strings.Index(rest[4:], "--") + 4 + len("-->")
		p.at += size
		return size > 6 && size <= len(rest) && rest[size-1] == '>'
	}
	p.at++
	return p.start()
}

// text reads up to the next tag.
func (p *plain) text() bool {
	size := strings.IndexByte(p.content[p.at:], '<')
	if size < 0 {
		size = len(p.content) - p.at
	}
	raw := p.content[p.at : p.at+size]
	p.at += size
	if p.element.text == "" && isBlank(raw) { // as before most tags
		return true
	}
	if strings.IndexByte(raw, '>') >= 0 && strings.Contains(raw, "]]>") {
		return false
	}
	text, ok := p.resolved(raw)
	e := p.element
	switch {
	case !ok:
		return false
	case e.text == "" && strings.TrimSpace(text) == "": // by references, or other blanks than those of XML
		return true
	case e.text != "" || e.parent == nil:
		return false
	}
	e.text = text
	return true
}

// isBlank reports whether a text is nothing but indentation.
func isBlank(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// end reads an end tag.
func (p *plain) end() bool {
	p.at += len("</")
	tag, ok := p.name()
	if !ok || p.element.tag != tag || p.element.parent == nil || !p.skip('>') {
		return false
	}
	p.element = p.element.parent
	return true
}

// start reads a start tag from its name on.
func (p *plain) start() bool {
	tag, ok := p.name()
	if !ok || p.element.parent == nil && len(p.element.children) > 0 {
		return false
	}
	first := len(p.attrs)
	for p.blank() {
		if !p.attr() {
			return false
		}
	}
	e := p.child(tag)
	if len(p.attrs) > first {
		e.attrs = p.attrs[first:len(p.attrs):len(p.attrs)]
	}
	if !p.skip('/') {
		p.element = e
	}
	if !p.skip('>') || e.resolve() != nil {
		return false
	}
	p.line += strings.Count(p.content[p.counted:p.at], "\n")
	p.counted, e.line = p.at, p.line
	return true
}

// child is a new element within the one that is read.
func (p *plain) child(tag xml.Name) *element {
	if len(p.elements) == 0 {
		p.elements = make([]element, 64)
	}
	e := &p.elements[0]
	p.elements = p.elements[1:]
	e.tag, e.parent, e.spaces = tag, p.element, p.element.spaces
	if p.element.children == nil {
		p.element.children = make([]*element, 0, 8)
	}
	p.element.children = append(p.element.children, e)
	return e
}

// blank skips the white space before an attribute, and reports whether there
// is an attribute.
func (p *plain) blank() bool {
	before := p.at
	for p.skip(' ') || p.skip('\n') || p.skip('\t') {
	}
	return p.at > before && p.at < len(p.content) && p.content[p.at] != '>' && p.content[p.at] != '/'
}

// attr reads an attribute.
func (p *plain) attr() bool {
	name, ok := p.name()
	if !ok || !p.skip('=') || p.at == len(p.content) {
		return false
	}
	quote := p.content[p.at]
	p.at++
	size := strings.IndexByte(p.content[p.at:], quote)
	if size < 0 || quote != '"' && quote != '\'' {
		return false
	}
	raw := p.content[p.at : p.at+size]
	p.at += size + 1
	value, ok := p.resolved(raw)
	p.attrs = append(p.attrs, xml.Attr{Name: name, Value: value})
	return ok && strings.IndexByte(raw, '<') < 0
}

func (p *plain) skip(c byte) bool {
	if p.at == len(p.content) || p.content[p.at] != c {
		return false
	}
	p.at++
	return true
}

// name reads the name of an element or attribute.
func (p *plain) name() (name xml.Name, ok bool) {
	name.Local, ok = p.word()
	if ok && p.skip(':') {
		name.Space = name.Local
		name.Local, ok = p.word()
	}
	return name, ok
}

// word reads a name without a colon.
func (p *plain) word() (word string, ok bool) {
	start := p.at
	for p.at < len(p.content) && inName(p.content[p.at], p.at > start) {
		p.at++
	}
	return p.content[start:p.at], p.at > start
}

// inName reports whether an ASCII character may stand in a name, or begin it.
func inName(c byte, inside bool) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || inside && ('0' <= c && c <= '9' || c == '-' || c == '.')
}

// resolved is a text with what its references stand for. Carriage returns,
// which would be line feeds, are not plain.
func (p *plain) resolved(raw string) (text string, ok bool) {
	if strings.IndexByte(raw, '\r') >= 0 {
		return "", false
	}
	next := strings.IndexByte(raw, '&')
	if next < 0 {
		return raw, true
	}
	if p.texts.Len() == 0 {
		p.texts.Grow(len(p.content) - p.at) // nothing grows by its references
	}
	start := p.texts.Len()
	for ; next >= 0; next = strings.IndexByte(raw, '&') {
		p.texts.WriteString(raw[:next])
		c, size := character(raw[next:])
		if size == 0 {
			return "", false
		}
		p.texts.WriteRune(c)
		raw = raw[next+size:]
	}
	p.texts.WriteString(raw)
	return p.texts.String()[start:], true
}

// character is what a text begins with a reference to; the size is the
// reference's, 0 if it is not plain.
func character(text string) (c rune, size int) {
	switch {
	case strings.HasPrefix(text, "&lt;"):
		return '<', len("&lt;")
	case strings.HasPrefix(text, "&gt;"):
		return '>', len("&gt;")
	case strings.HasPrefix(text, "&amp;"):
		return '&', len("&amp;")
	case strings.HasPrefix(text, "&#34;"): // as Go writes quotation marks
		return '"', len("&#34;")
	case strings.HasPrefix(text, "&quot;"):
		return '"', len("&quot;")
	case strings.HasPrefix(text, "&apos;"):
		return '\'', len("&apos;")
	}
	digits, numeric := strings.CutPrefix(text[:min(len(text), len("&#x10FFFF;"))], "&#")
	end := strings.IndexByte(digits, ';')
	if !numeric || end < 0 {
		return 0, 0
	}
	base := 10
	hex, isHex := strings.CutPrefix(digits[:end], "x")
	if isHex {
		base = 16
	}
	n, err := strconv.ParseUint(hex, base, 21) // takes no sign and, with a base, no underscore
	if err != nil || !inXML(rune(n)) {
		return 0, 0
	}
	return rune(n), len("&#") + end + len(";")
}

// inXML reports whether XML 1.0 has a character (section 2.2).
func inXML(c rune) bool {
	switch {
	case c < ' ':
		return c == '\n' || c == '\t' || c == '\r'
	case 0xD800 <= c && c <= 0xDFFF:
		return false
	}
	return c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF
}
