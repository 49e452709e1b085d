package article

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// split cuts a text into its cleaned lines and appends them to lines. A line ends at LF, CRLF, CR, NEL,
// U+2028 or U+2029 (Unicode 16, section 5.8, without form feed, which is a
// control character here). Blank lines are kept as empty strings.
func split(lines []string, text string) []string {
	for text != "" {
		i, n, plain := lineEnd(text)
		line := strings.TrimFunc(text[:i], marginal)
		if !plain {
			line = clean(line)
		}
		lines = append(lines, line)
		text = text[i+n:]
	}
	return lines
}

// lineEnd is where the first line ends and how many bytes its end takes. A
// plain line has nothing in it that would have to be cleaned.
func lineEnd(text string) (at, length int, plain bool) {
	plain = true
	for i := range len(text) {
		switch c := text[i]; {
		case c >= ' ' && c < 0xC2 && c != '&' && c != 0x7F, c > 0xC2 && c < 0xE2, c > 0xE2 && c != 0xEF:
		case c == '\n':
			return i, 1, plain
		case c == '\r':
			if strings.HasPrefix(text[i:], "\r\n") {
				return i, 2, plain
			}
			return i, 1, plain
		case strings.HasPrefix(text[i:], "\u0085"):
			return i, 2, plain
		case strings.HasPrefix(text[i:], "\u2028"), strings.HasPrefix(text[i:], "\u2029"):
			return i, 3, plain
		case c == 0xC2 && i+1 < len(text) && text[i+1] >= 0xA0:
		case c == 0xEF && i+2 < len(text) && text[i+1] != 0xBF: // full-width signs
		case c == 0xEF && i+2 < len(text) && text[i+2] < 0xBE:
		case c == 0xE2 && (i+2 >= len(text) || text[i+1] == 0x80 && text[i+2] < 0xA8 || text[i+1] > 0x81):
		default:
			plain = false
		}
	}
	return len(text), 0, plain
}

// clean decodes character references, takes out control characters and trims
// white space, zero-width and direction characters from both ends.
func clean(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = strings.TrimFunc(unescape(s), marginal)
	}
	if strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	return strings.TrimFunc(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case forbidden(r):
			return -1
		}
		return r
	}, s), marginal)
}

// forbidden reports whether a rune has no place in a line: controls, and the
// signs that turn the direction of what follows (UAX 9): they could disguise a
// title or a link.
func forbidden(r rune) bool {
	return unicode.IsControl(r) || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 || r == 0xFFFE || r == 0xFFFF
}

func marginal(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || 0x200B <= r && r <= 0x200F || 0x202A <= r && r <= 0x202E ||
		0x2060 <= r && r <= 0x2069 || r == 0xFEFF || r == 0x061C || r == 0x00AD
}

// unescape decodes the references that are closed by a semicolon; html alone
// would also take "&copy" out of the middle of an address.
func unescape(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			break
		}
		end := strings.IndexByte(s[i:min(len(s), i+32)], ';')
		b.WriteString(s[:i])
		if end < 0 {
			b.WriteByte('&')
			s = s[i+1:]
			continue
		}
		decoded := html.UnescapeString(s[i : i+end+1])
		if strings.HasSuffix(decoded, ";") { // not a reference, or one that took only a part
			b.WriteByte('&')
			s = s[i+1:]
			continue
		}
		b.WriteString(decoded)
		s = s[i+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// wrapped are the bounds of a hard-wrapped line, in characters.
const wrapMin, wrapMax = 50, 80

// unwrap joins the lines of hard-wrapped text: no line is longer than 80
// characters, two or more blocks between blank lines have several lines, and in
// those every line but the last has 50 to 80.
func unwrap(lines []string) []string {
	blocks, wrapped := 0, 0
	for i := 0; i < len(lines); {
		end := blockEnd(lines, i)
		switch block := lines[i:end]; {
		case !wraps(block):
			return lines
		case len(block) > 1:
			wrapped++
		}
		blocks++
		for i = end; i < len(lines) && lines[i] == ""; i++ {
		}
	}
	if wrapped < 2 {
		return lines
	}
	joined := make([]string, 0, len(lines))
	for i := 0; i < len(lines); {
		end := blockEnd(lines, i)
		if end == i {
			joined = append(joined, "")
			i++
			continue
		}
		joined = append(joined, strings.Join(lines[i:end], " "))
		for range lines[i+1 : end] { // lines keep their numbers
			joined = append(joined, "")
		}
		i = end
	}
	return joined
}

func blockEnd(lines []string, i int) int {
	for i < len(lines) && lines[i] != "" {
		i++
	}
	return i
}

func wraps(block []string) bool {
	for i, l := range block {
		if len(l) > utf8.UTFMax*wrapMax {
			return false
		}
		n := utf8.RuneCountInString(l)
		if n > wrapMax || n < wrapMin && i < len(block)-1 {
			return false
		}
	}
	return true
}
