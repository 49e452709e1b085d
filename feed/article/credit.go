package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// creditLine: "Source: X", "منبع: X", also in brackets; a label alone takes the
// next line.
func (s *scanner) creditLine(l *line) bool {
	name, phrase, ok := l.value(cueSource)
	if !ok {
		return false
	}
	if name == "" {
		l.labels = true
		return l.is(RoleCredit, "a credit's label: "+phrase)
	}
	if wordCount(name) > 10 || ends(name) && strings.ContainsAny(strings.TrimRight(name, ".。"), " ") && wordCount(name) > 6 {
		return false
	}
	said := ends(name) && (wordCount(phrase) < 5 || mostlyLower(name)) // "originally published by X." says it all
	if strings.HasSuffix(phrase, withoutColon) && (wordCount(name) > 5 || said) {
		return false
	}
	l.credit = s.named(name)
	l.credit.Kind = CreditLine
	if wordCount(l.credit.Name) > 2 && mostlyLower(l.credit.Name) { // "Source: minister to quit"
		l.credit = Source{}
		return false
	}
	return l.credit.Name != "" && l.is(RoleCredit, "names the source: "+phrase)
}

// bareCredit: a name alone on its line in slashes or brackets, or a known agency's.
func (s *scanner) bareCredit(l *line) bool {
	if l.tiles(cueAgency) > 0 {
		l.credit, l.bare = Source{Name: cleanName(l.text), Kind: CreditLine}, true
		return l.is(RoleCredit, "a known agency alone")
	}
	if l.from == 0 || l.from == l.to {
		return false
	}
	inner := l.original(l.from, l.to)
	slashes := l.clues.folded[0] == '/' && wordCount(inner) <= 2 // "/x/": agencies write themselves as they like
	if wordCount(inner) > 4 || ends(inner) || strings.ContainsAny(l.clues.folded, "0123456789:") || !slashes && !s.outletLike(inner) {
		return false
	}
	l.credit = s.named(inner)
	l.credit.Kind, l.bare = CreditLine, true
	return l.is(RoleCredit, "a name alone in brackets or slashes")
}

// noOutlet are the phrases that are no outlet's name in brackets.
var noOutlet = []cueKind{cueKicker, cueSection, cueShare, cueCaption, cueEnd, cueStaff}

// outletLike reports whether a name in brackets may be an outlet's: not a word
// in lower case, not an office, not a remark that the language knows.
func (s *scanner) outletLike(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	l := s.lookAt(name)
	if !unicode.IsLetter(r) || unicode.IsLower(r) || spaceless(r) && !l.clues.kinds.has(cueOutlet) {
		return false
	}
	for _, k := range noOutlet {
		if l.clues.is(k, 0, len(l.clues.folded)) != nil {
			return false
		}
	}
	return !l.clues.has(cueOffice)
}

// named reads a name with the address that may stand beside it. A translator or
// editor behind it is no part of it.
func (s *scanner) named(text string) Source {
	src := Source{}
	if l := s.lookAt(text); strings.ContainsAny(l.clues.folded, ":=") {
		if i, _ := l.clues.find(cueStaff, 0); i > 0 {
			text = l.original(0, i)
		}
	}
	if i := strings.Index(text, "http"); i >= 0 {
		address, rest := text[i:], ""
		if end := strings.IndexFunc(address, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()（）<>[]،,、」", r) }); end >= 0 {
			address, rest = address[:end], strings.TrimLeft(address[end:], ")）>]、،, ")
		}
		if isURL(address) {
			src.URL = address
			text = strings.TrimRight(text[:i], " (（<[،,、-–") + " " + rest
		}
	}
	src.Name = cleanName(s.insideQuotes(text))
	return src.withName()
}

// insideQuotes is the part of a name in quotation marks if nothing but a type
// word stands before it: «X» of "the newspaper «X»".
func (s *scanner) insideQuotes(name string) string {
	quoted := inQuotes(name)
	if i := strings.Index(name, quoted); i > 0 {
		if before := s.lookAt(strings.TrimRight(name[:i], " «“„‘\"")); before.clues.is(cueOutlet, 0, len(before.clues.folded)) != nil {
			return quoted
		}
	}
	return name
}

// cleanName is a name as written, without end punctuation; of one in quotation
// marks only what is inside.
func cleanName(name string) string {
	name = strings.TrimFunc(name, func(r rune) bool { return marginal(r) || strings.ContainsRune(".,،;؛:：/|-–—。", r) })
	for _, pair := range []string{`""`, "“”", "«»", "《》", "„“", "”“", "「」", "『』", "‘’", "''", "()"} {
		open, size := utf8.DecodeRuneInString(pair)
		if inner, ok := strings.CutPrefix(name, string(open)); ok {
			if i := strings.Index(inner, pair[size:]); i > 0 {
				return inner[:i]
			}
		}
	}
	if strings.ContainsAny(name, "()（）") && strings.Count(name, "(") != strings.Count(name, ")") {
		name = strings.Trim(name, "()（） ")
	}
	return name
}
