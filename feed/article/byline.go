package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// editor: staff, desks, editors, translators: no authors, and nothing to print.
func (s *scanner) editor(l *line) bool {
	if q := l.covered(cueStaff); q != nil {
		return l.is(RoleEditor, "staff, no author: "+q.phrase)
	}
	end, q := l.opens(cueStaff)
	if q == nil || l.wordCount() > 10 || ends(l.text) {
		return false
	}
	rest := strings.TrimLeft(l.clues.folded[end:l.to], " ")
	if rest != "" && !q.colon && !strings.ContainsRune(":=/-", rune(rest[0])) && !s.isName(strings.TrimSpace(l.original(end, l.to))) {
		return false
	}
	return l.is(RoleEditor, "staff, no author: "+q.phrase)
}

// byline: "By Jane Doe", "نویسنده: …", "… 記者".
func (s *scanner) byline(l *line) bool {
	if l.wordCount() > 14 {
		return false
	}
	name, phrase := bylineName(l)
	if name == "" {
		return false
	}
	if strings.Trim(fold(name), "0123456789") == "" {
		return l.is(RoleCode, "the number of who wrote it")
	}
	name, outlet := s.splitOutlet(name)
	l.names = s.authors(name)
	said := s.lookAt(name)
	switch at, _ := said.clues.find(cueStaff, 0); {
	case l.names != nil && !strings.Contains(l.clues.folded, ":") && !fullNames(l.names):
		return false // "Von Wölfen und Menschen" is a title
	case l.names != nil:
	case at == 0:
		return l.is(RoleEditor, "a desk, no author")
	case said.clues.kinds.has(cueOffice) && strings.Contains(l.clues.folded, ":"):
		return l.is(RoleEditor, "an office, no author")
	case said.tiles(cueAgency) > 0, said.clues.kinds.has(cueOutlet) && !mostlyLower(name):
		outlet = name
	default:
		return false
	}
	if outlet != "" {
		l.credit, l.bare = Source{Name: cleanName(outlet), Kind: CreditLine}, true
	}
	return l.is(RoleByline, "names the author: "+phrase)
}

// fullNames reports whether one of the names has several words, as far as the
// script shows them.
func fullNames(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		first, _ := utf8.DecodeRuneInString(n)
		return strings.Contains(n, " ") || spaceless(first) || unicode.Is(unicode.Hangul, first)
	})
}

// bylineName is what stands where a byline has the name.
func bylineName(l *line) (name, phrase string) {
	end := 0
	for _, c := range l.clues.list {
		if c.kind != cueByline || c.at != l.from || c.before || c.end <= end {
			continue
		}
		switch len(c.parts) {
		case 1:
			end, phrase = c.end, c.phrase
		case 2: // "By Jane Doe in London"
			if i := strings.Index(l.clues.folded[c.end:l.to], c.parts[1]); i > 0 {
				return strings.TrimSpace(l.original(c.end, c.end+i)), c.phrase
			}
		}
	}
	if end > 0 {
		to := l.to
		for _, c := range l.clues.list { // "Text: X Photo: Y"
			if (c.kind == cueCaption || c.kind == cueStaff) && c.at > end+1 && strings.HasPrefix(strings.TrimLeft(l.clues.folded[c.at+len(c.first):], " "), ":") {
				to = min(to, c.at)
			}
		}
		name := strings.Trim(l.original(end, to), " :：=＝-–—\u00a0\u3000")
		for c := range l.clues.behind(cueByline) { // "기자명 … 기자"
			if c.at > end && c.end == l.to && len(c.parts) == 1 {
				name = strings.TrimSpace(l.original(end, c.at))
			}
		}
		return name, phrase
	}
	for c := range l.clues.behind(cueByline) {
		if rest := l.clues.folded[c.end:]; len(c.parts) == 1 && !c.after && bare(rest) == "" {
			return strings.TrimSpace(l.original(l.from, c.at)), c.phrase
		}
	}
	return "", ""
}

// splitOutlet parts an outlet that stands behind an author's name: after a bar
// or slash, in brackets, or after a comma if its words say that it is one.
func (s *scanner) splitOutlet(name string) (author, outlet string) {
	if i := strings.IndexAny(name, "/|(（／｜"); i > 0 && !strings.ContainsAny(fold(name[i+1:]), bars+"0123456789") {
		rest := strings.Trim(name[i:], "/|()（）／｜ ")
		if open := strings.LastIndexAny(rest, "(（"); open > 0 { // "Jane Doe / LONDON (X)"
			rest = strings.Trim(rest[open:], "(（ ")
		}
		if behind := s.lookAt(rest); name[i] == '/' && behind.clues.kinds&kindsOf(cueOutlet, cueAgency) == 0 && !cased(rest) {
			rest = "" // a place as well as an outlet
		}
		return strings.TrimSpace(name[:i]), s.notStaff(rest)
	}
	if parts := splitDashes(name); len(parts) > 1 && wordCount(parts[1]) <= mostOutlet {
		name = strings.TrimSpace(parts[0])
		if behind := s.lookAt(strings.TrimSpace(parts[1])); behind.clues.has(cueOutlet) {
			return name, s.notStaff(behind.text)
		} // else a place
	}
	l := s.lookAt(name)
	if i, n := l.clues.find(cueFor, 0); i >= 0 {
		return strings.TrimSpace(l.original(0, i)), s.notStaff(strings.TrimSpace(l.original(i+n, len(l.clues.folded))))
	}
	if i := strings.LastIndexAny(name, ",،"); i > 0 {
		rest := strings.TrimSpace(strings.TrimLeft(name[i:], ",، "))
		rest = strings.TrimSpace(splitDashes(rest)[0]) // "Jane Doe, X — London"
		second := s.lookAt(rest)
		if n, _ := second.clues.at(cueSection, 0); n > 0 || second.clues.has(cueOutlet) || strings.HasPrefix(second.clues.folded, "\"") || strings.HasPrefix(second.clues.folded, "the ") || endsLower(rest) {
			return strings.TrimSpace(name[:i]), s.notStaff(rest)
		}
	}
	return name, ""
}

// notStaff is a name unless it is a role: "Sports Editor".
func (s *scanner) notStaff(name string) string {
	if s.lookAt(name).clues.has(cueStaff) {
		return ""
	}
	return name
}

// authors splits a list of names at commas and the word "and"; nil if one of
// them can't be a name.
func (s *scanner) authors(list string) []string {
	var names []string
	for _, part := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",،、，;؛&", r) }) {
		for _, name := range s.splitAnd(part) {
			name = strings.Trim(name, " .:：*•\u00a0\u3000")
			if name == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(name)
			if _, q := s.lookAt(name).opens(cueStaff); (q != nil || unicode.IsLower(first)) && len(names) > 0 {
				continue // "Jane Doe, Staff Writer", "Jane Doe, in London"
			}
			if !s.isName(name) {
				return nil
			}
			names = append(names, name)
		}
	}
	return names
}

func (s *scanner) splitAnd(list string) []string {
	var names []string
	var current []string
	fields := strings.Fields(list)
	for i, w := range fields {
		rest, and := s.and(w)
		if glued := and && rest != "" && !strings.Contains(w, "-"); !and || glued && (len(current) < 2 || i == len(fields)-1) {
			current = append(current, w)
			continue
		}
		names = append(names, strings.Join(current, " "))
		current = nil
		if rest != "" {
			current = []string{rest}
		}
	}
	return append(names, strings.Join(current, " "))
}

// and reports whether a word is "and", or has it in front: with a hyphen in
// Hebrew, glued in Hebrew and Arabic, where only full names around it tell it
// from a name's own letter.
func (s *scanner) and(word string) (rest string, ok bool) {
	first, rest, hyphen := strings.Cut(word, "-")
	if s.is(cueAnd, fold(first)) != nil {
		return rest, true
	}
	r, size := utf8.DecodeRuneInString(word)
	if hyphen || (r != 'و' && r != 'ו') || s.is(cueAnd, string(r)) == nil {
		return "", false
	}
	return word[size:], utf8.RuneCountInString(word) > 3
}

// mostHan is the most signs of a name that is all in Han: longer ones are
// foreign, with a dot or kana in them.
const mostHan = 5

// isName reports whether a text can be a person's name: a few words that begin
// with capitals where the script has them, no digits, no staff.
func (s *scanner) isName(name string) bool {
	if wordCount(name) > 6 || utf8.RuneCountInString(name) > 50 || ends(name) {
		return false
	}
	if n := utf8.RuneCountInString(name); n > mostHan && strings.IndexFunc(name, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0 {
		return false
	}
	l := s.lookAt(name)
	_, staff := l.opens(cueStaff)
	_, office := l.opens(cueOffice)
	if staff != nil || office != nil || l.clues.has(cueOutlet) || l.tiles(cueAgency) > 0 || strings.ContainsAny(l.clues.folded, "0123456789:?!\"@#") {
		return false
	}
	return !mostlyLower(name)
}

// cased reports whether a text is in a script with capitals.
func cased(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }) >= 0
}

// endsLower reports whether a name begins with a capital and ends with a word
// that doesn't: no person's does.
func endsLower(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	last, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return unicode.IsUpper(first) && unicode.IsLower(last)
}

// mostlyLower reports whether fewer than half of the words begin with a capital,
// in a script that has them.
func mostlyLower(name string) bool {
	capitals, cased := 0, 0
	for w := range strings.FieldsSeq(name) {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "'’\"“„(«"))
		if unicode.IsLower(r) && utf8.RuneCountInString(w) <= 2 { // "Shore and Bridge", in many languages
			continue
		}
		if unicode.IsUpper(r) || unicode.IsLower(r) {
			cased++
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals*2 < cased
}
