package syndication

import (
	"strings"

	"golang.org/x/net/html"

	"seedfeed/feed/article"
)

// The classes of paragraphs that are no part of the body.
const (
	classLead    = "lead"
	classTitle   = "title" // stands in for a text that has nothing but its title
	classSource  = "source"
	classPicture = "picture"
)

// paragraph is one block of content HTML.
type paragraph struct {
	class string
	label string // before the text
	text  string
	href  string // what the text, without the label, links to
	image string // the address of a picture, with the text in its place
}

// content is the whole text of an article as HTML. A lead opens it: a reader
// that shows the content shows no summary beside it.
func content(a *article.Article, o outlet, enclosures []enclosure) string {
	l := localeOf(a.Lang, a.Dir)
	paragraphs := paragraphsOf(a)
	paragraphs[0].text = l.mark(paragraphs[0].text)
	if shown := pictures(a, enclosures); shown != nil {
		paragraphs = append(shown, paragraphs...)
	}
	if o.name != "" {
		label := article.SourceLabel(l.lang) + ": "
		paragraphs = append(paragraphs, paragraph{class: classSource, label: label, text: o.name, href: o.url})
	}
	const around = 64 // bytes of tags
	size := 0
	for _, p := range paragraphs {
		size += len(p.text) + len(p.href) + len(p.image) + around
	}
	var b strings.Builder
	b.Grow(size)
	for i, p := range paragraphs {
		if i > 0 {
			b.WriteByte('\n')
		}
		p.write(&b, l)
	}
	return b.String()
}

// pictures come first: many readers show the first picture beside the title.
func pictures(a *article.Article, enclosures []enclosure) []paragraph {
	var list []paragraph
	for _, e := range enclosures {
		if e.isPicture() {
			list = append(list, paragraph{class: classPicture, image: e.url, text: Clean(a.Title)})
		}
	}
	return list
}

// paragraphsOf is lead and body; an article without either tells its title, since
// an entry without text is none to many readers.
func paragraphsOf(a *article.Article) []paragraph {
	body := make([]paragraph, 1, 1+len(a.Body)+1) // the lead's place is the first; an outlet follows
	for _, text := range a.Body {
		if text = Clean(text); text != "" {
			body = append(body, paragraph{text: text})
		}
	}
	lead := Clean(a.Summary)
	switch {
	case lead != "" && (a.Kind == article.Lead || len(body) == 1):
		body[0] = paragraph{class: classLead, text: lead}
	case len(body) == 1:
		body[0] = paragraph{class: classTitle, text: Clean(a.Title)}
	default:
		return body[1:]
	}
	return body
}

// bodyOf undoes paragraphsOf, and tells what kind of summary goes with it.
func bodyOf(paragraphs []paragraph, l locale) ([]string, article.SummaryKind) {
	var body []string
	kind := article.Derived
	for _, p := range paragraphs {
		switch p.class {
		case classLead:
			kind = article.Lead
		case classTitle, classSource, classPicture:
		default:
			if body == nil && kind == article.Derived {
				p.text = l.unmark(p.text)
			}
			body = append(body, p.text)
		}
	}
	return body, kind
}

// write says direction and language on the block itself: readers drop wrappers.
func (p paragraph) write(b *strings.Builder, l locale) {
	b.WriteString("<p")
	attribute(b, "class", p.class)
	attribute(b, "dir", l.orAuto())
	attribute(b, "lang", l.lang)
	b.WriteByte('>')
	b.WriteString(escape(p.label))
	switch {
	case p.image != "":
		b.WriteString("<img")
		attribute(b, "src", p.image)
		b.WriteString(` alt="` + strings.ReplaceAll(escape(p.text), `"`, "&quot;") + `">`)
	case p.href == "":
		b.WriteString(escape(p.text))
	default:
		b.WriteString("<a")
		attribute(b, "href", p.href)
		b.WriteByte('>')
		b.WriteString(escape(p.text))
		b.WriteString("</a>")
	}
	b.WriteString("</p>")
}

// attribute needs no care for quotes: classes, directions and languages are
// letters, and in an address a quotation mark is percent-encoded.
func attribute(b *strings.Builder, name, value string) {
	if value != "" {
		b.WriteString(" ")
		b.WriteString(name)
		b.WriteString(`="`)
		b.WriteString(escape(value))
		b.WriteString(`"`)
	}
}

// escape makes plain text HTML. Quotation marks stay readable: text is no place
// where they mean anything.
func escape(text string) string { return htmlReferences.Replace(text) }

var htmlReferences = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// inXML makes content, which is clean, text of an XML document. It is what
// encoding/xml would write, which looks at every character, and takes far longer.
func inXML(content string) string {
	var b strings.Builder
	b.Grow(len(content) + len(content)/8)
	for content != "" {
		size := 0
		for size < len(content) && !inXMLEscaped[content[size]] {
			size++
		}
		b.WriteString(content[:size])
		if content = content[size:]; content != "" {
			b.WriteString(xmlReference(content[0]))
			content = content[1:]
		}
	}
	return b.String()
}

var inXMLEscaped = [256]bool{'&': true, '<': true, '>': true, '"': true, '\'': true, '\t': true, '\n': true, '\r': true}

func xmlReference(c byte) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '\t':
		return "&#x9;"
	case '\n':
		return "&#xA;"
	}
	return "&#xD;"
}

// parse undoes content, as far as the document is ours: the text of its
// paragraphs, whatever stands within them, and the locale of the first.
func parse(content string) ([]paragraph, locale) {
	var paragraphs []paragraph
	var l locale
	var text strings.Builder
	endParagraph := func() {
		if n := len(paragraphs); n > 0 {
			paragraphs[n-1].text = Clean(text.String())
		}
		text.Reset()
	}
	for z := html.NewTokenizer(strings.NewReader(content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			endParagraph()
			return paragraphs, l
		case html.TextToken:
			text.Write(z.Text())
		case html.StartTagToken:
			token := z.Token()
			if token.Data != "p" {
				continue
			}
			endParagraph()
			paragraphs = append(paragraphs, paragraph{class: attr(token, "class")})
			if len(paragraphs) == 1 {
				l = localeOf(attr(token, "lang"), attr(token, "dir"))
			}
		}
	}
}

func attr(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
