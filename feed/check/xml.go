package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
)

// The vocabularies of feeds.
const (
	atomSpace    = "http://www.w3.org/2005/Atom"
	contentSpace = "http://purl.org/rss/1.0/modules/content/"
	dcSpace      = "http://purl.org/dc/elements/1.1/"
	termsSpace   = "http://purl.org/dc/terms/"
	historySpace = "http://purl.org/syndication/history/1.0"
	mediaSpace   = "http://search.yahoo.com/mrss/"
	xmlSpace     = "http://www.w3.org/XML/1998/namespace"
)

// element is an element of an XML document. The document itself is one without
// a parent.
type element struct {
	tag      xml.Name // as it is written
	name     xml.Name // with its namespace
	attrs    []xml.Attr
	text     string
	children []*element
	parent   *element
	spaces   map[string]string // prefixes and their namespaces
	line     int
	pieces   []byte // of text, as long as it is read
}

// child is the first child of that name, nil if there is none, or no element.
func (e *element) child(space, local string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name.Local == local && c.name.Space == space {
			return c
		}
	}
	return nil
}

// all are the children of that name.
func (e *element) all(space, local string) []*element {
	var list []*element
	for _, c := range e.children {
		if c.name.Local == local && c.name.Space == space {
			list = append(list, c)
		}
	}
	return list
}

// value is an element's text without the blanks around it, and empty where
// there is no element.
func (e *element) value() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.text)
}

// attr is an attribute without a namespace.
func (e *element) attr(local string) (value string, there bool) { return e.attrIn("", local) }

func (e *element) attrIn(space, local string) (value string, there bool) {
	for _, a := range e.attrs {
		if a.Name.Local == local && a.Name.Space == space {
			return a.Value, true
		}
	}
	return "", false
}

// fault is where a document stops being XML.
type fault struct {
	line int
	what string
}

func (f *fault) Error() string { return f.what }

// parse reads an XML document as its root.
func parse(content []byte) (*element, error) {
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if root := parsePlain(string(content)); root != nil {
		return root, nil
	}
	return parseAny(content)
}

// parseAny is parse by encoding/xml. Token would take half as long again as
// RawToken, so tags and namespaces are matched here.
func parseAny(content []byte) (root *element, err error) {
	dec := xml.NewDecoder(bytes.NewReader(content))
	dec.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("the encoding %q is not UTF-8", label)
	}
	document := &element{}
	at := document
	for err == nil {
		var token xml.Token
		offset := dec.InputOffset()
		if token, err = dec.RawToken(); err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			at, err = at.open(t)
			at.line, _ = dec.InputPos()
		case xml.EndElement:
			at, err = at.close(t.Name)
		case xml.CharData:
			err = at.write(t)
		case xml.ProcInst:
			if t.Target == "xml" && offset > 0 {
				err = errors.New("the XML declaration does not stand first")
			}
		}
	}
	switch {
	case err != io.EOF:
	case at != document:
		err = fmt.Errorf("<%s> is never closed", written(at.tag))
	case len(document.children) == 0:
		err = errors.New("there is no element")
	default:
		return document.children[0], nil
	}
	line, _ := dec.InputPos()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return nil, &fault{syntax.Line, syntax.Msg}
	}
	return nil, &fault{line, err.Error()}
}

// open is the element that a start tag begins.
func (e *element) open(t xml.StartElement) (*element, error) {
	child := &element{tag: t.Name, attrs: t.Attr, parent: e, spaces: e.spaces}
	if e.parent == nil && len(e.children) > 0 {
		return child, fmt.Errorf("<%s> stands after the end of the document", written(t.Name))
	}
	e.children = append(e.children, child)
	return child, child.resolve()
}

// resolve gives names their namespaces (Namespaces in XML 1.0, section 6).
func (e *element) resolve() (err error) {
	declared := false
	for _, a := range e.attrs {
		prefix := a.Name.Local
		switch {
		case a.Name.Space == "" && prefix == "xmlns":
			prefix = ""
		case a.Name.Space != "xmlns":
			continue
		}
		if !declared {
			declared, e.spaces = true, maps.Clone(e.spaces)
		}
		if e.spaces == nil {
			e.spaces = map[string]string{}
		}
		e.spaces[prefix] = a.Value
	}
	if e.name, err = e.full(e.tag, true); err != nil {
		return err
	}
	var seen map[xml.Name]bool // of many attributes; few are compared faster
	if len(e.attrs) > 16 {
		seen = map[xml.Name]bool{}
	}
	for i := range e.attrs {
		name := &e.attrs[i].Name
		if *name, err = e.full(*name, false); err != nil {
			return err
		}
		if seen[*name] || seen == nil && named(e.attrs[:i], *name) {
			return fmt.Errorf("<%s> has two attributes %q", written(e.tag), name.Local)
		}
		if seen != nil {
			seen[*name] = true
		}
	}
	return nil
}

// named reports whether one of a few attributes has that name.
func named(attrs []xml.Attr, name xml.Name) bool {
	for _, a := range attrs {
		if a.Name == name {
			return true
		}
	}
	return false
}

func (e *element) full(name xml.Name, isElement bool) (xml.Name, error) {
	switch prefix := name.Space; {
	case prefix == "xml":
		name.Space = xmlSpace
	case prefix == "xmlns" || prefix == "" && !isElement:
	case prefix == "" || e.spaces[prefix] != "":
		name.Space = e.spaces[prefix]
	default:
		return name, fmt.Errorf("the prefix %q of <%s> is not declared", prefix, written(e.tag))
	}
	return name, nil
}

// close is the element around the one that an end tag ends.
func (e *element) close(tag xml.Name) (*element, error) {
	if e.parent == nil {
		return e, fmt.Errorf("</%s> ends nothing", written(tag))
	}
	if e.tag != tag {
		return e, fmt.Errorf("<%s> is closed by </%s>", written(e.tag), written(tag))
	}
	e.text, e.pieces = string(e.pieces), nil
	return e.parent, nil
}

// write adds text, but for blanks before it.
func (e *element) write(text []byte) error {
	if len(e.pieces) == 0 && len(bytes.TrimSpace(text)) == 0 {
		return nil
	}
	if e.parent == nil {
		return fmt.Errorf("the text %s stands outside all elements", quote(strings.TrimSpace(string(text))))
	}
	e.pieces = append(e.pieces, text...)
	return nil
}

func written(tag xml.Name) string {
	if tag.Space == "" {
		return tag.Local
	}
	return tag.Space + ":" + tag.Local
}

// root is the document's root, which has to be an element of that name; nil,
// and said so, if there is none.
func (r *report) root(rule, space, local string) *element {
	root, err := parse(r.content)
	var f *fault
	switch {
	case errors.As(err, &f):
		r.line = f.line
		r.broken("XML 1.0", "not well-formed: %s", f.what)
		return nil
	case root.name != xml.Name{Space: space, Local: local}:
		r.line = root.line
		r.broken(rule, "the document is a <%s xmlns=%q>, not a <%s xmlns=%q>", root.name.Local, root.name.Space, local, space)
		return nil
	}
	r.line = root.line
	return root
}

// part is an element that another may or must have.
type part struct {
	name     string
	min, max int
}

// many is as often as one likes.
const many = 1 << 30

// parts holds the children that are of an element's own vocabulary against what
// the spec lists.
func (r *report) parts(e *element, rule, space string, list []part) {
	count := make([]int, len(list))
next:
	for _, c := range e.children {
		if c.name.Space != space {
			continue
		}
		for i, p := range list {
			if p.name == c.name.Local {
				count[i]++
				continue next
			}
		}
		r.doubtful(rule, "<%s> is unknown in <%s>", c.name.Local, e.name.Local)
	}
	for i, p := range list {
		switch {
		case count[i] < p.min:
			r.broken(rule, "<%s> has no <%s>", e.name.Local, p.name)
		case count[i] > p.max:
			r.broken(rule, "<%s> has more than one <%s>", e.name.Local, p.name)
		}
	}
}
