package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line while it is being read.
type line struct {
	n        int // counted from 1
	text     string
	clues    clues // of the folded text; it is looked at if the line is short
	from, to int   // the folded text without the brackets around all of it
	words    int   // of the text, once asked for
	role     Role
	why      string
	stated   Stated   // a date of publication it states
	labelled bool     // and calls it that
	names    []string // the authors it names
	credit   Source   // the outlet it names
	bare     bool     // the outlet stands there without a label
	labels   bool     // a credit's label alone: the name is on the next line
	tags     []string
	tagged   bool     // a label of tags alone: they are on the next lines
	rest     string   // what follows a label that is no part of the text ("Summary: …")
	heading  bool     // closes the body
	squeezed string   // the key of the text, once asked for
	length   answer   // whether it is as long as a paragraph
	again    answer   // whether its words come again as a line below
	opened   *opening // what it opens with, once asked for
}

func (l *line) is(r Role, why string) bool {
	l.role, l.why = r, why
	return true
}

// form is the folded text.
func (l *line) form() string {
	if l.clues.folded == "" {
		l.clues.folded = fold(l.text)
	}
	return l.clues.folded
}

// key is what another spelling of the line has in common with it.
func (l *line) key() string {
	if l.squeezed == "" {
		var room [2 * maxFurniture]byte
		l.squeezed = string(squeeze(append(room[:0], l.form()...)))
	}
	return l.squeezed
}

// wordCount is how many words the line has.
func (l *line) wordCount() int {
	if l.words == 0 {
		l.words = wordCount(l.text)
	}
	return l.words
}

// opens is the longest phrase of a kind that the line starts with, within its
// brackets, and where it ends in the folded text; 0 if there is none.
func (l *line) opens(k cueKind) (end int, q *cue) {
	if !l.clues.kinds.has(k) {
		return 0, nil
	}
	n, q := l.clues.at(k, l.from)
	if q == nil {
		return 0, nil
	}
	return l.from + n, q
}

// covered is the phrase of a kind that is all there is on the line, but for
// punctuation and counts around it; nil if none is.
func (l *line) covered(k cueKind) *cue {
	if !l.clues.kinds.has(k) {
		return nil
	}
	from, to := core(l.clues.folded)
	if q := l.clues.is(k, from, to); q != nil {
		return q
	}
	return l.clues.is(k, 0, len(l.clues.folded)) // "A+ A-"
}

// original is the text behind a stretch of the folded text.
func (l *line) original(from, to int) string {
	start, end := stretch(l.text, from, to)
	return l.text[start:end]
}

// scanner gives each line the role that its own words suggest. What a line is
// in the end depends on where it stands, too: place decides that.
type scanner struct {
	lang string
	*vocabulary
	own   *cues // the owner's
	rules []rule
	room  []clue // for the clues of its lines
}

// maxFurniture is the most characters a line may have that is anything but prose.
const maxFurniture = 200

// long reports whether a line has more.
func (l *line) long() bool {
	if l.length == unasked {
		l.length = no
		if len(l.text) > maxFurniture && (len(l.text) > 3*maxFurniture || utf8.RuneCountInString(l.text) > maxFurniture) {
			l.length = yes
		}
	}
	return l.length == yes
}

// rule is one way to tell what a line is by itself. It is asked only if the
// line has a phrase of its kinds, or one of its signs.
type rule struct {
	kinds kinds
	signs signs
	fits  func(s *scanner, l *line) bool
}

// rules stand from the surest to the vaguest: the first that fits gives the role.
var rules = []rule{
	{signs: signAddress, fits: (*scanner).address},
	{kinds: kindsOf(cueEnd), signs: signHash, fits: (*scanner).endMark},
	{kinds: kindsOf(cueComments, cueShare, cueRelated, cueTeaser), fits: (*scanner).prompt},
	{kinds: kindsOf(cueRights), signs: signRights, fits: (*scanner).rights},
	{kinds: kindsOf(cueTeaser), fits: (*scanner).teaser},
	{signs: signBar, fits: (*scanner).fields},
	{kinds: kindsOf(cueTags), signs: signHash, fits: (*scanner).tagList},
	{kinds: kindsOf(cueCode), signs: signDash, fits: (*scanner).code},
	{kinds: kindsOf(cuePublished), fits: (*scanner).dateLabel},
	{kinds: kindsOf(cueUpdated), fits: (*scanner).updated},
	{signs: signDigit, fits: (*scanner).dated},
	{signs: signDash, fits: (*scanner).dashedFields},
	{kinds: kindsOf(cueCaption), signs: signArrow, fits: (*scanner).caption},
	{kinds: kindsOf(cueSection), signs: signCrumb, fits: (*scanner).crumbs},
	{kinds: kindsOf(cueStaff), fits: (*scanner).editor},
	{kinds: kindsOf(cueByline), fits: (*scanner).byline},
	{kinds: kindsOf(cueSource), fits: (*scanner).creditLine},
	{kinds: kindsOf(cueAgency), signs: signBracket, fits: (*scanner).bareCredit},
	{kinds: kindsOf(cueLead), fits: (*scanner).labelledLead},
}

// scan looks at one line by itself.
func (s *scanner) scan(l *line) {
	l.role, l.why = RoleBody, Prose
	if l.long() {
		s.scanLong(l)
		return
	}
	s.look(l)
	for i := range s.rules {
		if r := &s.rules[i]; (l.clues.kinds&r.kinds != 0 || l.clues.signs&r.signs != 0) && r.fits(s, l) {
			return
		}
	}
}

// scanLong looks at a line that is as long as a paragraph: it may be labelled as
// the lead, or be what its owner wants to be dropped.
func (s *scanner) scanLong(l *line) {
	const label = 48 // bytes that a label takes, at most
	head := line{text: strings.ToValidUTF8(l.text[:label], "")}
	head.clues = clues{folded: fold(head.text), list: s.spare()}
	head.clues.look(0, 1, kindsOf(cueLead), []*cues{&s.cues, s.own}) // it begins the line
	head.to = len(head.clues.folded)
	if rest, phrase, ok := head.value(cueLead); ok && rest != "" && !strings.HasSuffix(phrase, withoutColon) {
		l.rest = strings.TrimSpace(l.text[strings.Index(l.text, rest):])
		l.is(RoleLead, "labelled as the summary: "+phrase)
		return
	}
	if !s.own.empty() {
		l.clues = look(nil, l.form(), s.own)
		s.prompt(l)
	}
}

// look finds the phrases that a line holds.
func (s *scanner) look(l *line) {
	l.clues = look(s.spare(), l.form(), &s.cues, s.own)
	s.take(l.clues.list)
	l.from, l.to = insideBrackets(l.clues.folded)
	if l.from == 0 {
		l.from = pictographs(l.clues.folded)
	}
	if strings.Contains(l.text, wideSpace) || strings.Contains(l.text, "  ") || strings.Contains(l.text, "\u00a0\u00a0") {
		l.clues.signs |= signBar
	}
}

// spare is the room that is left for clues, take what was used of it. It saves
// an allocation or more a line.
func (s *scanner) spare() []clue { return s.room[len(s.room):] }

func (s *scanner) take(used []clue) {
	if len(used) <= cap(s.room)-len(s.room) {
		s.room = s.room[:len(s.room)+len(used)]
	}
}

// pictographs is how much of a text the signs take that a messenger's channel
// puts before a line.
func pictographs(folded string) (n int) {
	for i, r := range folded {
		switch {
		case r > 0x2100 && !inWord(r) && unicode.Is(unicode.So, r), unicode.Is(unicode.Mn, r):
		case r == ' ' && i > 0:
		default:
			return i
		}
	}
	return 0
}

// lookAt looks at a piece of a line as at a line.
func (s *scanner) lookAt(text string) *line {
	l := &line{text: text}
	s.look(l)
	return l
}

// is finds the phrase of a kind that covers the whole of a folded text.
func (s *scanner) is(k cueKind, text string) *cue {
	f := lookFor(s.spare(), kindsOf(k), text, &s.cues, s.own)
	return f.is(k, 0, len(text))
}

// value is what follows a label of a kind at the start of a line, and a colon or
// dash behind it, within the brackets around both.
func (l *line) value(k cueKind) (value, phrase string, ok bool) {
	end, q := l.opens(k)
	if q == nil {
		return "", "", false
	}
	rest := strings.TrimSpace(l.original(end, l.to))
	trimmed := strings.TrimSpace(strings.TrimLeft(rest, ":：﹕=＝-–—|/ \u00a0\u3000"))
	if trimmed == rest && rest != "" && !q.colon {
		return rest, q.phrase + withoutColon, true
	}
	return trimmed, q.phrase, true
}

// withoutColon is noted of a label that is followed by nothing but the value.
const withoutColon = " (without a colon)"

// insideBrackets is where a folded text begins and ends within the brackets or
// slashes that stand around all of it.
func insideBrackets(folded string) (from, to int) {
	to = len(folded)
	if to < 2 {
		return 0, to
	}
	closing := byte(0)
	switch folded[0] {
	case '(':
		closing = ')'
	case '[':
		closing = ']'
	case '/':
		closing = '/'
	default:
		return 0, to
	}
	inner := folded[1 : to-1]
	if folded[to-1] != closing || strings.IndexByte(inner, folded[0]) >= 0 {
		return 0, to
	}
	from = to - 1 - len(strings.TrimLeft(inner, " "))
	return from, from + len(strings.TrimSpace(inner))
}
