package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bars part the fields of a folded line.
const bars = "|•·"

func isBar(r rune) bool { return strings.ContainsRune(bars, foldRune(r)) }

// fieldRoles are the roles that a line of several fields may get, by their weight.
var fieldRoles = []Role{RoleDate, RoleByline, RoleCredit, RoleTags, RoleUpdated, RoleCaption, RoleCode, RoleEditor, RoleRights, RoleCrumbs, RoleShare}

// fields: a line of several fields split by bars or wide gaps is read field by field. The
// line is furniture if all of them are.
func (s *scanner) fields(l *line) bool {
	parts := strings.FieldsFunc(l.text, isBar)
	if len(parts) < 2 {
		parts = splitWide(l.text)
	}
	return s.readFields(l, parts, false)
}

// splitWide splits a text at its wide gaps: ideographic spaces, or several.
func splitWide(text string) (parts []string) {
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(strings.ReplaceAll(text, "\u00a0", " "), "  ", wideSpace), func(r rune) bool { return string(r) == wideSpace }) {
		parts = append(parts, part)
	}
	return parts
}

const wideSpace = "\u3000"

// dashedFields: the same of dashes between spaces. What stands between them must
// say by itself what it is.
func (s *scanner) dashedFields(l *line) bool {
	if !strings.Contains(l.clues.folded, " - ") {
		return false
	}
	return s.readFields(l, splitDashes(l.text), true)
}

// readFields reads a line by its parts; strict wants each of them to say by
// itself what it is.
func (s *scanner) readFields(l *line, parts []string, strict bool) bool {
	if len(parts) < 2 {
		return false
	}
	before := *l
	if f, ok := s.readEach(l, parts, strict); ok {
		if role := f.role(l.n == 1, strict); role != roleNothing {
			return l.is(role, "several fields")
		}
	}
	*l = before
	return false
}

// fieldSet is what a line's fields are.
type fieldSet struct {
	roles          map[Role]bool
	names, numbers int // of the fields that can stand beside others only
}

// readEach takes over what the fields say; ok is false if one can be story.
func (s *scanner) readEach(l *line, parts []string, strict bool) (set fieldSet, ok bool) {
	set.roles = map[Role]bool{}
	for i, p := range parts {
		f := line{text: strings.TrimSpace(p)}
		if i > 0 && isClock(fold(f.text)) { // the time of the date before it
			f = line{text: parts[i-1] + " " + f.text}
			l.stated = Stated{}
		}
		role, ok := s.field(&f)
		switch {
		case !ok, strict && role == roleNothing:
			return set, false
		case role == roleBeside && f.clues.signs&signDigit != 0:
			set.numbers++
		case role == roleBeside:
			set.names++
		case role != roleNothing:
			set.roles[role] = true
		}
		l.merge(&f)
	}
	return set, true
}

// role is that of the weightiest field. Where the text begins, a name and a
// number may be a title: "Rain comes | 5 min".
func (set fieldSet) role(opensText, strict bool) Role {
	if len(set.roles) == 0 && set.names+set.numbers > 0 && opensText && set.numbers > 1 { // elsewhere they may be scores
		return RoleCode
	}
	if set.names > 0 && opensText && len(set.roles) < 2 {
		return roleNothing
	}
	for _, r := range fieldRoles {
		if set.roles[r] && (set.names == 0 || (r == RoleDate || r == RoleUpdated) && !strict || len(set.roles) > 1) {
			return r
		}
	}
	return roleNothing
}

// splitDashes splits a text at its dashes between spaces.
func splitDashes(text string) []string {
	var parts []string
	from := 0
	for i, c := range text {
		if (c == '-' || c >= utf8.RuneSelf && foldRune(c) == '-') && i > from && spaced(text, i, len(string(c))) {
			parts = append(parts, text[from:i])
			from = i + len(string(c))
		}
	}
	return append(parts, text[from:])
}

// A field can be of no weight, or be bearable beside a date only.
const (
	roleNothing Role = ""
	roleBeside  Role = "beside a date"
)

// field tells what one field is; ok is false if it can be story.
func (s *scanner) field(f *line) (role Role, ok bool) {
	s.scan(f)
	switch {
	case f.role != RoleBody:
		return f.role, true
	case f.covered(cueSection) != nil:
		return RoleCrumbs, true
	case f.wordCount() <= mostLabel && (hasClock(f.clues.folded) || s.namesDay(f.clues.folded)):
		return RoleDate, true // a day that can't be told: "yesterday, 19:22", "12 June, 8:30"
	case f.wordCount() <= mostOutlet && f.dated():
		return RoleDate, true // "published 3 days ago"
	case s.smallField(f):
		return roleNothing, true
	case f.wordCount() <= mostLabel && startsWithDigit(f.clues.folded) && !ends(f.text),
		f.wordCount() <= 3 && (s.isName(f.text) || f.clues.signs&signDigit != 0 && !ends(f.text)):
		return roleBeside, true // whoever it is, whatever it counts: a guessed author is worse than none
	}
	return roleNothing, false
}

// isClock reports whether a folded text is a time of day, with a word for the
// hour at most.
func isClock(folded string) bool {
	clock, _, _ := strings.Cut(folded, " ")
	return len(clock) >= len("1:00") && len(clock) <= len("10:00:00") && strings.Trim(clock, "0123456789:") == "" && strings.Contains(clock, ":") &&
		wordCount(folded) <= 3
}

// dated reports whether a field is labelled as a date, whatever it says.
func (l *line) dated() bool {
	_, q := l.opens(cuePublished)
	return q != nil && l.clues.signs&signDigit != 0
}

// namesDay reports whether a folded text has a number and the name of a month or
// of a weekday: a date without its year.
func (s *scanner) namesDay(folded string) bool {
	if strings.IndexFunc(folded, isDecimal) < 0 {
		return false
	}
	for i := range folded {
		if !beginsToken(folded, i) {
			continue
		}
		at := dateScan{line: folded, pos: i}
		if _, end := longest(&at, s.dates.Months); end > 0 {
			return true
		}
		if _, end := longest(&at, s.dates.Weekdays); end > 0 {
			return true
		}
	}
	return false
}

// hasClock reports whether a folded text ends with a time of day.
func hasClock(folded string) bool {
	i := strings.LastIndexByte(folded, ' ')
	return i > 0 && isClock(folded[i+1:])
}

// smallField reports whether a field says nothing of its own: a short label
// with its value.
func (s *scanner) smallField(f *line) bool {
	return f.wordCount() <= 4 && strings.ContainsAny(f.form(), ":=") && !ends(f.text)
}

// merge takes over what a field said.
func (l *line) merge(f *line) {
	if l.stated.IsZero() {
		l.stated, l.labelled = f.stated, f.labelled
	}
	if l.credit.Name == "" && f.role != RoleRights {
		l.credit, l.bare = f.credit, f.bare
	}
	l.names = append(l.names, f.names...)
	l.tags = append(l.tags, f.tags...)
}

// dated: a labelled date, or a line that is only a date, with its weekday,
// clock, a news code or a credit beside it.
func (s *scanner) dated(l *line) bool {
	if l.wordCount() > 24 {
		return false
	}
	folded := l.clues.folded
	label, _ := l.clues.at(cuePublished, 0)
	d, start, end, ok := readDate(folded, s.lang, &s.dates)
	if !ok {
		return s.undated(l, folded, label)
	}
	before, after := besides(folded, label, start, end)
	beside := wordCount(before) + wordCount(after)
	few := (beside <= 4 || beside <= 8 && !strings.ContainsAny(before+after, ",.;?!")) && !ends(l.text)
	switch {
	case before == "" && after == "":
	case l.clues.signs&signBar != 0:
		return false // read field by field
	case s.mergeSides(l, start, end):
	case after == "" && s.isPlace(l, start):
	case few && (d.Clock || s.weekday(before)) && !l.clues.kinds.has(cueCaption): // a zone in words, another calendar
	default:
		return false
	}
	l.stated, l.labelled = d, label > 0
	return l.is(RoleDate, "a date, and hardly anything else")
}

// undated: a label of publication whose date is written in a way nobody knows, or
// without its year; a day and a time alone.
func (s *scanner) undated(l *line, folded string, label int) bool {
	clock := clockIn(folded)
	if clock && l.wordCount() <= mostLabel && !ends(l.text) && (bare(folded) == "" || l.clues.kinds.has(cuePublished)) {
		return l.is(RoleDate, "a day without its year, and a time")
	}
	rest, colon := strings.CutPrefix(strings.TrimLeft(folded[label:], " "), ":")
	return label > 0 && (colon || s.namesDay(folded)) && strings.IndexFunc(rest, isDecimal) >= 0 && wordCount(rest) <= 10 &&
		l.is(RoleDate, "a labelled date that can't be read")
}

// clockIn reports whether a folded text holds what looks like a time of day: 18:05.
func clockIn(folded string) bool {
	for i := strings.IndexByte(folded, ':'); i > 0 && i+2 < len(folded); {
		if isDigit(folded[i-1]) && isDigit(folded[i+1]) && isDigit(folded[i+2]) {
			return true
		}
		next := strings.IndexByte(folded[i+1:], ':')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// dateMargin is what stands between a date and its neighbours.
const dateMargin = " ,:-|()[]/."

// besides is what a line says before and after its date, without the label.
func besides(folded string, label, start, end int) (before, after string) {
	before = strings.Trim(folded[:start], dateMargin)
	after = strings.Trim(folded[end:], dateMargin)
	name := strings.Trim(folded[:label], dateMargin)
	if strings.HasPrefix(name, before) {
		return "", after // the date may have taken the label's last word: "published on"
	}
	return strings.Trim(strings.TrimPrefix(before, name), dateMargin), after
}

// mergeSides takes over what stands beside a date if all of it is furniture.
func (s *scanner) mergeSides(l *line, start, end int) bool {
	var sides [2]*line
	for i, side := range []string{l.original(0, start), l.original(end, len(l.clues.folded))} {
		f := &line{text: strings.Trim(side, dateMargin+"،–—\u3000\u00a0")}
		s.cutLabel(f)
		if s.scan(f); bare(f.clues.folded) != "" && !beside(f) {
			return false
		}
		sides[i] = f
	}
	for _, f := range sides {
		l.merge(f)
	}
	return true
}

// isPlace reports whether what stands before a date is its place: "Paris, 4 May 2022".
func (s *scanner) isPlace(l *line, end int) bool {
	place, comma := strings.CutSuffix(strings.TrimRight(l.original(0, end), " "), ",")
	return comma && wordCount(place) <= 3 && s.isName(place)
}

// cutLabel takes the label of a date off the end of what stands before it:
// "Jane Doe Published".
func (s *scanner) cutLabel(f *line) {
	s.look(f)
	for _, c := range f.clues.list {
		if c.kind == cuePublished && c.at > 0 && c.end == len(f.clues.folded) {
			*f = line{text: strings.TrimSpace(f.original(0, c.at))}
			return
		}
	}
}

// weekday reports whether a folded text begins with a day of the week.
func (s *scanner) weekday(folded string) bool {
	_, end := longest(&dateScan{line: folded}, s.dates.Weekdays)
	return end > 0
}

// besideDate are what a date line may hold besides its date.
var besideDate = []Role{RoleCredit, RoleByline, RoleCode, RoleEditor, RoleDate, RoleUpdated, RoleShare, RoleHeading}

// beside reports whether what stands beside a date leaves it a date line.
func beside(f *line) bool {
	if end, q := f.opens(cuePublished); q != nil && bare(f.clues.folded[end:]) == "" {
		return true
	}
	at, _ := f.clues.find(cueUpdated, 0)
	return at == 0 || f.covered(cueSection) != nil || slices.Contains(besideDate, f.role)
}

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
