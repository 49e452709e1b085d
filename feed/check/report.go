package check

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// report is one document under examination, and what was found.
type report struct {
	Site
	name     string
	content  []byte
	base     string // Site.Base, or the one its own address gives; empty if there is none
	ascii    bool   // addresses are URIs: IRIs have no place in it
	findings []Finding

	line   int    // of what is looked at; 0 if that can't be told
	word   string // "entry" or "item", in which it is looked at; empty outside
	number int    // of that, from 1
	id     string // of that

	ids map[string]int // of entries, and which has it
}

// again is the remedy where seedfeed wrote what was found, or another damaged it.
const again = "run seedfeed --full; if this comes back, report it as a bug"

// broken adds an error that only a document written anew can mend.
func (r *report) broken(rule, format string, args ...any) {
	r.add(Error, rule, again, format, args...)
}

// doubtful is broken for a warning.
func (r *report) doubtful(rule, format string, args ...any) {
	r.add(Warning, rule, again, format, args...)
}

func (r *report) add(s Severity, rule, remedy, format string, args ...any) {
	r.findings = append(r.findings, Finding{r.name, r.place(), s, fmt.Sprintf(format, args...), rule, remedy})
}

// maxID is how much of an id is shown of a place.
const maxID = 100

func (r *report) place() string {
	switch {
	case r.number == 0 && r.line == 0:
		return "feed"
	case r.number == 0:
		return fmt.Sprintf("line %d", r.line)
	case r.id == "":
		return fmt.Sprintf("%s %d", r.word, r.number)
	}
	return fmt.Sprintf("%s %d (%s)", r.word, r.number, shorten(r.id, maxID))
}

// enter says that all that follows is of an entry, until leave.
func (r *report) enter(word string, index int, id string) {
	r.word, r.number, r.id = word, index+1, id
}

func (r *report) leave() { r.number = 0 }

// lineAt is the line of a place in the content.
func (r *report) lineAt(offset int) int {
	return bytes.Count(r.content[:min(offset, len(r.content))], []byte("\n")) + 1
}

// quote shows a value of the document, as far as it fits a line.
func quote(s string) string { return fmt.Sprintf("%q", shorten(s, 120)) }

func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

// characters reports whether the document is UTF-8 without what XML 1.0 forbids
// (section 2.2). If not, that is all there is to say: parsers stop there.
func (r *report) characters() bool {
	if wholesome(r.content) {
		return true
	}
	if at := invalidUTF8(r.content); at >= 0 {
		r.line = r.lineAt(at)
		r.broken("RFC 3629, section 3", "the byte 0x%02X is not UTF-8", r.content[at])
		return false
	}
	if at := forbidden(r.content); at >= 0 {
		c, _ := utf8.DecodeRune(r.content[at:])
		r.line = r.lineAt(at)
		r.broken("XML 1.0, section 2.2", "the character U+%04X may not stand in a feed", c)
		return false
	}
	return true
}

// Kinds of bytes that a character begins with.
const (
	rareByte  = iota // or no beginning: to be looked at closely
	asciiByte        // but for control characters
	twoBytes         // with any that goes on
	threeBytes
)

var kinds = func() (of [256]byte) {
	for c := range of {
		switch {
		case ' ' <= c && c < utf8.RuneSelf, c == '\n', c == '\t', c == '\r':
			of[c] = asciiByte
		case 0xC2 <= c && c <= 0xDF:
			of[c] = twoBytes
		case 0xE1 <= c && c <= 0xEC, c == 0xEE: // 0xE0 and 0xED begin what is no UTF-8, 0xEF noncharacters
			of[c] = threeBytes
		}
	}
	return of
}()

// wholesome reports in one pass whether all of the content is UTF-8 without what
// XML 1.0 forbids.
func wholesome(content []byte) bool {
	for i := 0; i < len(content); {
		rest := content[i:]
		switch kinds[rest[0]] {
		case asciiByte:
			for i++; i+8 <= len(content) && isPrintable(binary.LittleEndian.Uint64(content[i:])); i += 8 {
			}
		case twoBytes:
			if len(rest) < 2 || !goesOn(rest[1]) {
				return false
			}
			i += 2
		case threeBytes:
			if len(rest) < 3 || !goesOn(rest[1]) || !goesOn(rest[2]) {
				return false
			}
			i += 3
		default:
			c, size := utf8.DecodeRune(rest)
			if size == 1 || !inXML(c) {
				return false
			}
			i += size
		}
	}
	return true
}

func goesOn(c byte) bool { return c&0xC0 == 0x80 }

// isPrintable reports whether eight bytes at once are ASCII from the space on:
// none has its highest bit set, and none borrows it when a space is taken off.
func isPrintable(bytes uint64) bool {
	const spaces, highest = 0x2020202020202020, 0x8080808080808080
	return (bytes|(bytes-spaces))&highest == 0
}

// invalidUTF8 is where the first byte stands that is not UTF-8, -1 if all is.
func invalidUTF8(content []byte) int {
	if utf8.Valid(content) {
		return -1
	}
	for at := 0; ; {
		c, size := utf8.DecodeRune(content[at:])
		if c == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
}

// forbidden is where the first character stands that XML 1.0 forbids, -1 if
// there is none: surrogates are no UTF-8.
func forbidden(content []byte) int {
	first := -1
	for i, c := range content {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			first = i
			break
		}
	}
	for _, noncharacter := range []string{"\uFFFE", "\uFFFF"} {
		if at := bytes.Index(content, []byte(noncharacter)); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// settle finds the document's base by the address that it gives as its own, and
// holds that against where it stands.
func (r *report) settle(rule, own, name string) {
	r.base = cmp.Or(r.Base, baseOf(own, name))
	if own != urlUnder(r.base, name) {
		r.add(Error, rule, "run seedfeed with the --base-url that subscribers use", "its own address is given as %s, which is not that of %s", quote(own), name)
	}
}
