package syndication

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Clean is plain text as every reader and every XML parser can take it: UTF-8,
// in one line, without control characters. XML 1.0 (section 2.2) forbids most
// of them even as references, and one such byte makes a whole feed unreadable.
func Clean(s string) string {
	if s = strings.TrimFunc(s, isBlank); isClean(s) {
		return s
	}
	return cleaned(s)
}

func cleaned(s string) string {
	s = strings.Map(legal, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.FieldsFunc(s, isBlank), " ")
}

// isClean reports whether Clean would change nothing, as it is with most texts.
func isClean(s string) bool {
	blank := true // the start is no place for another
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case 0xC3 <= c && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // 0xC2 begins controls, too
			i += 2
		case ' ' < c && c < 0x7F:
			i++
		case c == ' ' && !blank:
			i++
			blank = true
			continue
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || isBlank(r) || legal(r) < 0 {
				return false
			}
			i += size
		}
		blank = false
	}
	return !blank || s == ""
}

// legal drops C0 and C1 controls and the two noncharacters XML forbids.
func legal(r rune) rune {
	switch {
	case isBlank(r):
		return r
	case r < 0x20, 0x7F <= r && r <= 0x9F, r == 0xFFFE, r == 0xFFFF:
		return -1
	}
	return r
}

// isBlank is what HTML collapses: no-break and ideographic spaces are text.
func isBlank(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r'
}

// locale is how a text is written: its language, which may be unknown, and its
// direction, "rtl", "ltr" or unknown.
type locale struct{ lang, dir string }

func localeOf(lang, dir string) locale {
	if dir != "rtl" && dir != "ltr" {
		dir = ""
	}
	return locale{lang: primary(lang), dir: dir}
}

// primary is a language tag's first part, in lower case, and empty if it can't
// be one: some readers know a right-to-left language as "fa", not as "fa-IR".
func primary(tag string) string {
	tag = strings.ToLower(tag)
	if end := strings.IndexFunc(tag, notLetter); end >= 0 {
		tag = tag[:end]
	}
	if len(tag) != 2 && len(tag) != 3 {
		return ""
	}
	return tag
}

// registered is a language as readers and validators know it: some know only
// the codes of ISO 639-1 and 639-2, so a language that has none goes by its
// macrolanguage, which covers it (RFC 5646, section 4.1.2).
func registered(tag string) string {
	lang := primary(tag)
	if macro, ok := macrolanguages[lang]; ok {
		return macro
	}
	return lang
}

// macrolanguages are those of ISO 639-3 for what this program tells apart or
// people are likely to write; empty for what is no language.
var macrolanguages = map[string]string{
	"ckb": "ku", "kmr": "ku", "sdh": "ku",
	"acm": "ar", "aeb": "ar", "afb": "ar", "ajp": "ar", "apc": "ar", "arb": "ar", "arq": "ar", "ary": "ar", "arz": "ar",
	"azb": "az", "azj": "az",
	"pes": "fa", "prs": "fa",
	"pbt": "ps", "pbu": "ps", "pst": "ps",
	"pnb": "lah", "uzn": "uz", "uzs": "uz",
	"und": "", "mis": "", "zxx": "", // which say that there is none to be told
	"cmn": "zh", "hak": "zh", "nan": "zh", "wuu": "zh", "yue": "zh",
}

func notLetter(r rune) bool { return r < 'a' || r > 'z' }

// orAuto leaves a direction that is not known to the reader.
func (l locale) orAuto() string {
	if l.dir == "" {
		return "auto"
	}
	return l.dir
}

// rlm turns a line that opens with it from right to left.
const rlm = "\u200F"

// mark keeps a right-to-left text that opens with Latin letters from being set
// left to right: many readers drop dir and go by the first strong letter.
func (l locale) mark(s string) string {
	if l.dir == "rtl" && opensLeftToRight(s) {
		return rlm + s
	}
	return s
}

// unmark takes away what mark added, and nothing else.
func (l locale) unmark(s string) string {
	if bare, ok := strings.CutPrefix(s, rlm); ok && l.mark(Clean(bare)) == s {
		return bare
	}
	return s
}

// opensLeftToRight reports whether the first strong letter runs left to right
// (Unicode Standard Annex 9, rule P2).
func opensLeftToRight(s string) bool {
	for _, r := range s {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			return true
		case bidi.R, bidi.AL:
			return false
		}
	}
	return false
}

// join makes one name of several.
func (l locale) join(names []string) string {
	return strings.Join(names, l.comma())
}

// split undoes join. A name that can't be told from a list of names stays whole.
func (l locale) split(joined string) []string {
	names := CleanAll(strings.Split(joined, l.comma()))
	if l.join(names) != joined {
		return []string{joined}
	}
	return names
}

// comma is what stands between names in a language.
func (l locale) comma() string {
	switch l.lang {
	case "ja", "zh":
		return "、"
	case "ar", "arz", "azb", "ckb", "fa", "ks", "pnb", "prs", "ps", "sd", "ug", "ur":
		return "، "
	}
	return ", "
}
