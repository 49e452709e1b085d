package site

import (
	"strconv"
	"strings"
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

// number writes one.
func (s *sheet) number(n int) *sheet {
	s.html = strconv.AppendInt(s.html, int64(n), 10)
	return s
}

// address writes an address into a quoted attribute that leads there, or nowhere
// if it could run something.
func (s *sheet) address(a string) *sheet {
	if !isHarmless(a) {
		return s.put("#ZgotmplZ") // as html/template does
	}
	const hex = "0123456789abcdef"
	written := 0
	for i, c := range []byte(a) {
		if isPlain[c] || isEncodedByte(a[i:]) {
			continue
		}
		s.text(a[written:i])
		s.html = append(s.html, '%', hex[c>>4], hex[c&0xf])
		written = i + 1
	}
	return s.text(a[written:])
}

// isHarmless reports whether an address has no scheme, or one that opens a page
// or a letter.
func isHarmless(a string) bool {
	scheme, _, is := strings.Cut(a, ":")
	return !is || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "mailto")
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
