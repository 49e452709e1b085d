package article

import (
	"slices"
	"strings"
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
