package site

import (
	"html/template"
	"strings"
	"sync"
)

// markup stands in a page as it is. Constants become it by themselves; a string,
// such as all that comes from a seed, does not compile in its place.
type markup string

// sheet is a page as it is being written. What it makes of strings is what
// html/template would; a test holds the two side by side.
type sheet struct{ html []byte }

// put writes what is markup.
func (s *sheet) put(m markup) *sheet {
	s.html = append(s.html, m...)
	return s
}

// text writes a string so that it is text, in an element or in a quoted attribute.
func (s *sheet) text(t string) *sheet {
	written := 0
	for i := range len(t) {
		escape := escapes[t[i]]
		if escape == "" {
			continue
		}
		s.html = append(append(s.html, t[written:i]...), escape...)
		written = i + 1
	}
	s.html = append(s.html, t[written:]...)
	return s
}

// escapes are what html/template writes for characters that could be markup, in
// UTF-7, too.
var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// address writes an address into a quoted attribute that leads there.
func (s *sheet) address(a string) *sheet {
	if !isPlainAddress(a) {
		return s.put(oddAddress(a))
	}
	return s.text(a)
}

// isPlainAddress reports whether there is nothing in an address to be encoded
// and no scheme but those of the web.
func isPlainAddress(a string) bool {
	for i := range len(a) {
		if !isPlain[a[i]] && !isEncodedByte(a[i:]) {
			return false
		}
	}
	return strings.HasPrefix(a, "https://") || strings.HasPrefix(a, "http://") || !strings.Contains(a, ":")
}

// isPlain tells the bytes that stand in addresses as they are (RFC 3986, sections
// 2.2 and 2.3), but for the apostrophe and parentheses.
var isPlain = func() (is [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!#$&*+,/:;=?@[]") {
		is[c] = true
	}
	return is
}()

// isEncodedByte reports whether an address goes on with one (RFC 3986, section 2.1).
func isEncodedByte(a string) bool {
	const digits = "0123456789abcdefABCDEF"
	return len(a) > 2 && a[0] == '%' && strings.IndexByte(digits, a[1]) >= 0 && strings.IndexByte(digits, a[2]) >= 0
}

// link is what html/template makes a link of.
var link = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Parse(linkOpen + "{{.}}" + linkEnd))
})

const linkOpen, linkEnd = `<a href="`, `">`

// oddAddress is an address that html/template is to judge: it encodes what is
// odd in it, and puts another in the place of one that could run something.
func oddAddress(a string) markup {
	var b strings.Builder
	if err := link().Execute(&b, a); err != nil {
		return ""
	}
	return markup(strings.TrimSuffix(strings.TrimPrefix(b.String(), linkOpen), linkEnd))
}
