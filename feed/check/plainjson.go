package check

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// plainJSON reads a document in plain JSON, as seedfeed writes it: only names
// that the specification has, none of them twice, and every value of its kind.
// Like plain it is for speed alone, and leaves the rest to encoding/json. Values
// are parts of the document, or of one that holds all strings with escapes.
//
// The document is known for UTF-8 without characters that XML forbids.
type plainJSON struct {
	content string
	at      int  // what is read next
	rare    bool // it is not plain
	names   []string
	texts   strings.Builder
}

// feedOfPlain is the document's feed, if the document is plain.
func feedOfPlain(content string) (feed jsonFeed, ok bool) {
	p := &plainJSON{content: content}
	p.feed(&feed)
	p.blanks()
	return feed, !p.rare && p.at == len(content)
}

func (p *plainJSON) feed(f *jsonFeed) {
	p.object(func(name string) {
		switch name {
		case "version":
			f.Version = p.text()
		case "title":
			f.Title = p.text()
		case "home_page_url":
			f.HomePageURL = p.given()
		case "feed_url":
			f.FeedURL = p.text()
		case "description":
			f.Description = p.text()
		case "next_url":
			f.NextURL = p.given()
		case "icon":
			f.Icon = p.given()
		case "favicon":
			f.Favicon = p.given()
		case "authors":
			f.Authors = listOf(p, p.author)
		case "language":
			f.Language = p.given()
		case "expired":
			f.Expired = p.literal("true")
		case "hubs":
			f.Hubs = listOf(p, p.hub)
		case "items":
			items := listOf(p, p.item)
			f.Items = &items
		case "_seedfeed":
			p.object(func(name string) {
				p.text()
				p.rare = p.rare || name != "id"
			})
		default:
			p.rare = true
		}
	})
}

func (p *plainJSON) item(i *jsonItem) {
	p.object(func(name string) {
		switch name {
		case "id":
			i.ID = p.text()
		case "url":
			i.URL = p.given()
		case "external_url":
			i.ExternalURL = p.given()
		case "title":
			i.Title = p.text()
		case "content_html":
			i.ContentHTML = p.given()
		case "summary":
			i.Summary = p.text()
		case "image":
			i.Image = p.given()
		case "date_published":
			i.Published = p.given()
		case "date_modified":
			i.Modified = p.given()
		case "authors":
			i.Authors = listOf(p, p.author)
		case "tags":
			i.Tags = listOf(p, func(tag *string) { *tag = p.text() })
		case "language":
			i.Language = p.given()
		case "attachments":
			i.Attachments = listOf(p, p.attachment)
		default:
			p.rare = true
		}
	})
}

func (p *plainJSON) author(a *jsonAuthor) {
	p.object(func(name string) {
		a.Name = p.text()
		p.rare = p.rare || name != "name"
	})
}

func (p *plainJSON) hub(h *jsonHub) {
	p.object(func(name string) {
		switch name {
		case "type":
			h.Type = p.text()
		case "url":
			h.URL = p.text()
		default:
			p.rare = true
		}
	})
}

func (p *plainJSON) attachment(a *jsonAttachment) {
	p.object(func(name string) {
		switch name {
		case "url":
			a.URL = p.text()
		case "mime_type":
			a.Type = p.text()
		case "size_in_bytes":
			size := p.number()
			a.Size = &size
		default:
			p.rare = true
		}
	})
}

// object reads an object, and has each member read by its name.
func (p *plainJSON) object(member func(name string)) {
	first := len(p.names)
	p.members('{', '}', func() {
		name := p.text()
		p.rare = p.rare || slices.Contains(p.names[first:], name)
		p.names = append(p.names, name)
		p.expect(':')
		member(name)
	})
	p.names = p.names[:first]
}

// listOf reads an array, and has each element read; an empty one is not nil.
func listOf[E any](p *plainJSON, element func(*E)) []E {
	list := []E{}
	p.members('[', ']', func() {
		list = append(list, *new(E))
		element(&list[len(list)-1])
	})
	return list
}

// members reads what stands between brackets.
func (p *plainJSON) members(open, end byte, member func()) {
	p.expect(open)
	if p.next(end) {
		return
	}
	for !p.rare {
		member()
		if !p.next(',') {
			p.expect(end)
			return
		}
	}
}

func (p *plainJSON) blanks() {
	for p.at < len(p.content) && strings.IndexByte(" \n\t\r", p.content[p.at]) >= 0 {
		p.at++
	}
}

// next skips a sign if it comes next.
func (p *plainJSON) next(sign byte) bool {
	p.blanks()
	if p.at == len(p.content) || p.content[p.at] != sign {
		return false
	}
	p.at++
	return true
}

func (p *plainJSON) expect(sign byte) {
	if !p.next(sign) {
		p.rare = true
	}
}

// literal reads a word, the only one that is plain where it stands.
func (p *plainJSON) literal(word string) bool {
	p.blanks()
	if !strings.HasPrefix(p.content[p.at:], word) {
		p.rare = true
		return false
	}
	p.at += len(word)
	return true
}

// number reads a count.
func (p *plainJSON) number() int64 {
	p.blanks()
	digits := p.content[p.at:]
	digits = digits[:len(digits)-len(strings.TrimLeft(digits, "0123456789"))]
	p.at += len(digits)
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > math.MaxInt64 || digits[0] == '0' && digits != "0" {
		p.rare = true
	}
	return int64(n)
}

// given is a string that may be left out.
func (p *plainJSON) given() *string {
	text := p.text()
	return &text
}

// text reads a string.
func (p *plainJSON) text() string {
	p.expect('"')
	rest := p.content[p.at:]
	end := strings.IndexByte(rest, '"')
	if p.rare || end < 0 {
		p.rare = true
		return ""
	}
	if strings.IndexByte(rest[:end], '\\') >= 0 {
		return p.escaped()
	}
	p.at += end + 1
	return p.inLine(rest[:end])
}

// inLine is a part of a string, which holds no control characters.
func (p *plainJSON) inLine(part string) string {
	if strings.IndexByte(part, '\n') >= 0 || strings.IndexByte(part, '\t') >= 0 || strings.IndexByte(part, '\r') >= 0 {
		p.rare = true
	}
	return part
}

// escaped reads a string with escapes, from its first character on.
func (p *plainJSON) escaped() string {
	if p.texts.Len() == 0 {
		p.texts.Grow(len(p.content) - p.at) // nothing grows by its escapes
	}
	start, end := p.texts.Len(), p.at
	for !p.rare {
		if p.at >= end { // the quotation mark was escaped
			size := strings.IndexByte(p.content[p.at:], '"')
			if size < 0 {
				break
			}
			end = p.at + size
		}
		slash := strings.IndexByte(p.content[p.at:end], '\\')
		if slash < 0 {
			p.texts.WriteString(p.inLine(p.content[p.at:end]))
			p.at = end + 1
			return p.texts.String()[start:]
		}
		p.texts.WriteString(p.inLine(p.content[p.at : p.at+slash]))
		p.at += slash
		p.escape()
	}
	p.rare = true
	return ""
}

// escapes are those of one letter.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'n': '\n', 't': '\t', 'r': '\r'}

// escape reads an escape. Those of characters beyond 16 bits are not plain.
func (p *plainJSON) escape() {
	rest := p.content[p.at:]
	if c := escapes[rest[1]]; c != 0 {
		p.texts.WriteByte(c)
		p.at += 2
		return
	}
	c := reference(rest)
	if c < 0 || !inXML(c) {
		p.rare = true
		return
	}
	p.texts.WriteRune(c)
	p.at += 6
}
