package article

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// cueKind is what a phrase gives away about the line or sentence it stands in.
type cueKind uint8

const (
	cueSource cueKind = iota
	cueReports
	cueAccording
	cueOrigin
	cueStop
	cueOutlet
	cueReporter
	cueOffice
	cueByline
	cueStaff
	cueAnd
	cueFor
	cuePublished
	cueUpdated
	cueEnd
	cueShare
	cueComments
	cueRelated
	cueTeaser
	cueCaption
	cueCode
	cueTags
	cueLead
	cueKicker
	cueSection
	cueRights
	cueKinds // how many there are
)

// cueSections names the kinds as the language files do.
var cueSections = map[string]cueKind{
	"source": cueSource, "reports": cueReports, "according": cueAccording, "origin": cueOrigin,
	"stop": cueStop, "outlet": cueOutlet, "reporter": cueReporter, "office": cueOffice,
	"byline": cueByline, "staff": cueStaff, "and": cueAnd, "for": cueFor, "published": cuePublished,
	"updated": cueUpdated, "end": cueEnd, "share": cueShare, "comments": cueComments,
	"related": cueRelated, "teaser": cueTeaser, "caption": cueCaption, "code": cueCode,
	"tags": cueTags, "lead": cueLead, "kicker": cueKicker, "section": cueSection, "rights": cueRights,
}

// cue is one phrase, folded: its literal parts with anything between them.
type cue struct {
	kind   cueKind
	phrase string   // as the file has it, for people
	parts  []string // without the space before a gap
	glued  []bool   // the gap behind a part may go on with its word: "ل…"
	before bool     // something stands before the first part
	after  bool     // something stands behind the last part
	colon  bool     // a colon must follow
}

// cues holds the phrases of a language by their first word, so that a line
// costs one look-up whatever their number. Most lines of a story find nothing.
type cues struct {
	starting map[string][]cue
	within   [cueKinds][]cue // those that begin with anything
}

// add files a phrase. "…" in it stands for anything, a colon at its end must follow in the text.
func (c *cues) add(k cueKind, phrase string) error {
	q := cue{kind: k, phrase: phrase}
	folded := fold(phrase)
	folded, q.colon = strings.CutSuffix(folded, ":")
	for i, part := range strings.Split(folded, "…") {
		switch {
		case part != "":
			bare := strings.TrimRight(part, " ")
			q.parts = append(q.parts, bare)
			q.glued = append(q.glued, bare == part)
			q.after = false
		case i == 0:
			q.before = true
		default:
			q.after = true
		}
	}
	if len(q.parts) == 0 || len(q.parts) > 3 {
		return fmt.Errorf("%q has no words, or too many gaps", phrase)
	}
	if q.before {
		c.within[k] = append(c.within[k], q)
		return nil
	}
	if c.starting == nil {
		c.starting = map[string][]cue{}
	}
	w := firstWord(q.parts[0])
	c.starting[w] = append(c.starting[w], q)
	return nil
}

// heads are the phrases that a text may start with.
func (c *cues) heads(s string) []cue { return c.starting[firstWord(s)] }

// at is the length of the longest phrase of a kind that s starts with, as far
// as its first part goes, and the phrase; 0 if there is none. A colon that it
// asks for is included.
func (c *cues) at(k cueKind, s string) (int, *cue) { return longestOf(c.heads(s), k, s) }

func longestOf(heads []cue, k cueKind, s string) (int, *cue) {
	best, found := 0, (*cue)(nil)
	for i := range heads {
		if q := &heads[i]; q.kind == k {
			if n := q.prefix(s); n > best {
				best, found = n, q
			}
		}
	}
	return best, found
}

// has reports whether a phrase of a kind stands somewhere in s as words of its own.
func (c *cues) has(k cueKind, s string) bool {
	at, _ := c.find(k, s)
	return at >= 0
}

// find is where the first phrase of a kind stands in s as words of its own, and
// how long it is; -1 if there is none.
func (c *cues) find(k cueKind, s string) (at, length int) {
	for i := 0; i < len(s); i += step(s[i:]) {
		if n, _ := c.at(k, s[i:]); n > 0 {
			return i, n
		}
	}
	return -1, 0
}

// step is the way from one word's start to the next.
func step(s string) int {
	n := len(firstWord(s))
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return max(n, 1)
}

// is finds the phrase of a kind that covers the whole of s, nil if none does.
func (c *cues) is(k cueKind, s string) *cue { return c.covering(c.heads(s), k, s) }

func (c *cues) covering(heads []cue, k cueKind, s string) *cue {
	for i := range heads {
		if q := &heads[i]; q.kind == k && q.whole(s) {
			return q
		}
	}
	for i := range c.within[k] {
		if q := &c.within[k][i]; q.whole(s) {
			return q
		}
	}
	return nil
}

// prefix is how much of s the phrase's first part takes, with the colon it may
// ask for; 0 if s does not start with it.
func (q *cue) prefix(s string) int {
	n := len(q.parts[0])
	if !strings.HasPrefix(s, q.parts[0]) || !q.bounded(0, s[n:]) {
		return 0
	}
	if q.colon {
		rest := strings.TrimLeft(s[n:], " ")
		if rest == "" || rest[0] != ':' && rest[0] != '=' {
			return 0
		}
		return len(s) - len(rest) + 1
	}
	return n
}

// loose reports whether the phrase has a gap before its end: a sentence of the
// story may fit it by chance.
func (q *cue) loose() bool { return q.before || len(q.parts) > 1 }

// bounded reports whether part i may end before rest: not in the midst of a
// word, unless the gap is glued to it as in "ل…".
func (q *cue) bounded(i int, rest string) bool {
	part := q.parts[i]
	gap := q.glued[i] && (i < len(q.parts)-1 || q.after)
	last, _ := utf8.DecodeLastRuneInString(part)
	next, _ := utf8.DecodeRuneInString(rest)
	return gap || rest == "" || !inWord(last) || !inWord(next) || spaceless(last) || spaceless(next)
}

// whole reports whether the phrase covers all of s.
func (q *cue) whole(s string) bool {
	if last := q.parts[len(q.parts)-1]; !q.after && !q.colon && !strings.HasSuffix(s, last) {
		return false
	}
	for i, part := range q.parts {
		at := strings.Index(s, part)
		if at < 0 || i == 0 && (at > 0) != q.before || i > 0 && at == 0 {
			return false
		}
		s = s[at+len(part):]
		if !q.bounded(i, s) {
			return false
		}
	}
	if q.after {
		return strings.TrimSpace(s) != ""
	}
	return s == "" || q.colon && strings.TrimLeft(s, " :=") == ""
}
