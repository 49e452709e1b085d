package article

import (
	"fmt"
	"iter"
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
	cueSuffix
	cueOutlet
	cueAgency
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
)

// cueSections names the kinds as the language files do.
var cueSections = map[string]cueKind{
	"source": cueSource, "reports": cueReports, "according": cueAccording, "origin": cueOrigin,
	"stop": cueStop, "suffix": cueSuffix, "outlet": cueOutlet, "agency": cueAgency, "reporter": cueReporter, "office": cueOffice,
	"byline": cueByline, "staff": cueStaff, "and": cueAnd, "for": cueFor, "published": cuePublished,
	"updated": cueUpdated, "end": cueEnd, "share": cueShare, "comments": cueComments,
	"related": cueRelated, "teaser": cueTeaser, "caption": cueCaption, "code": cueCode,
	"tags": cueTags, "lead": cueLead, "kicker": cueKicker, "section": cueSection, "rights": cueRights,
}

// kinds is a set of cue kinds.
type kinds uint32

func kindsOf(list ...cueKind) (set kinds) {
	for _, k := range list {
		set |= 1 << k
	}
	return set
}

// anyKind are all of them.
const anyKind = ^kinds(0)

func (ks kinds) has(k cueKind) bool { return ks&(1<<k) != 0 }

// cue is one phrase, folded: its literal parts with anything between them.
type cue struct {
	kind   cueKind
	phrase string   // as the file has it, for people
	first  string   // the first of parts
	parts  []string // without the space before a gap
	glued  []bool   // the gap behind a part may go on with its word: "ل…"
	before bool     // something stands before the first part
	after  bool     // something stands behind the last part
	colon  bool     // a colon must follow
}

// cues holds the phrases of a language by the first word of their first part,
// so that a word costs one look-up whatever their number. Most words of a story
// find nothing, and few get as far as that.
type cues struct {
	byWord  map[string]*sameWord
	words   *wordFilter
	endings []cue // of compounds: "…zeitung"
	tails   *wordFilter
	tail    int // how many bytes of their ends are in tails; 0 if one of them may not be the end of a word
}

// sameWord are the phrases with one first word.
type sameWord struct {
	phrases []cue
	heads   []head // what follows the word in each of them
	kinds   kinds
}

// head is up to eight bytes to compare with a text at once.
type head struct{ bytes, mask uint64 }

// headOf are the first bytes of s.
func headOf(s string) (h head) {
	if len(s) >= 8 {
		return head{uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56, ^uint64(0)}
	}
	for i := range len(s) {
		h.bytes |= uint64(s[i]) << (8 * i)
		h.mask |= 0xFF << (8 * i)
	}
	return h
}

// wordFilter is a set of words that has some more in it than were put in: it
// spares most look-ups.
type wordFilter [256]uint64

func (f *wordFilter) add(slot uint32) { f[slot>>6] |= 1 << (slot & 63) }

func (f *wordFilter) has(slot uint32) bool { return f[slot>>6]&(1<<(slot&63)) != 0 }

// slotOf is a word's place in the filter, by its length and some of its bytes.
func slotOf(word string) uint32 {
	n := len(word)
	h := uint32(n)<<24 ^ uint32(word[0])<<16 ^ uint32(word[n/2])<<8 ^ uint32(word[n-1])
	if n > 3 {
		h += uint32(word[1])<<12 ^ uint32(word[n-3])<<20
	}
	return h * 0x9E3779B1 >> 18 // Fibonacci hashing, to fourteen bits
}

// add files a phrase. "…" in it stands for anything, a colon at its end must follow in the text.
func (c *cues) add(k cueKind, phrase string) error {
	q, err := parseCue(k, phrase)
	if err != nil {
		return err
	}
	first, _ := utf8.DecodeRuneInString(q.parts[0])
	if compound := strings.HasPrefix(phrase, "…") && !strings.HasPrefix(phrase, "… "); compound && inWord(first) && !spaceless(first) {
		c.addEnding(q)
		return nil
	}
	if c.byWord == nil {
		c.byWord, c.words = make(map[string]*sameWord, 1024), new(wordFilter)
	}
	w := firstWord(q.first)
	same := c.byWord[w]
	if same == nil {
		same = new(sameWord)
		c.byWord[w] = same
		c.words.add(slotOf(w))
	}
	same.phrases = append(same.phrases, q)
	same.heads = append(same.heads, headOf(q.first[len(w):]))
	same.kinds |= kindsOf(k)
	return nil
}

// addEnding files the end of compounds.
func (c *cues) addEnding(q cue) {
	tail := min(len(q.first), 8)
	if len(q.parts) > 1 || q.after || firstWord(q.first) != q.first {
		tail = 0
	}
	if len(c.endings) > 0 {
		tail = min(tail, c.tail)
	}
	c.endings = append(c.endings, q)
	if tail == 0 {
		c.tail = 0
		return
	}
	if c.tails == nil || tail < c.tail { // shorter ones: all anew
		c.tails, c.tail = new(wordFilter), tail
		for i := range c.endings {
			c.tails.add(tailSlot(c.endings[i].first, tail))
		}
		return
	}
	c.tails.add(tailSlot(q.first, tail))
}

// tailSlot is the place of a word's last n bytes in a filter.
func tailSlot(word string, n int) uint32 {
	return uint32(headOf(word[len(word)-n:]).bytes * 0x9E3779B97F4A7C15 >> 50)
}

// empty reports whether there are no phrases.
func (c *cues) empty() bool { return len(c.byWord) == 0 && len(c.endings) == 0 }

func parseCue(k cueKind, phrase string) (cue, error) {
	q := cue{kind: k, phrase: phrase}
	folded := fold(phrase)
	folded, q.colon = strings.CutSuffix(folded, ":")
	q.colon = q.colon && k != cueCaption // it asks for more itself, but not always a colon: "(photo X)"
	first := true
	for part := range strings.SplitSeq(folded, "…") {
		if len(q.parts) == 0 {
			part = strings.TrimLeft(part, " ")
		}
		switch {
		case part != "":
			bare := strings.TrimRight(part, " ")
			q.parts = append(q.parts, bare)
			q.glued = append(q.glued, bare == part)
			q.after = false
		case first:
			q.before = true
		default:
			q.after = true
		}
		first = false
	}
	if len(q.parts) == 0 || len(q.parts) > 3 {
		return q, fmt.Errorf("%q has no words, or too many gaps", phrase)
	}
	q.first = q.parts[0]
	return q, nil
}

// clue is a phrase found in a text: where its first part begins and ends.
type clue struct {
	*cue
	at, end int
}

// clues are what a folded text gives away: the phrases in it by their places,
// and the signs among its letters. It is looked at once, whatever is asked later.
type clues struct {
	folded string
	list   []clue
	kinds  kinds
	signs  signs
}

// A long line gives itself away by how it begins or ends: so much of either is
// looked at, in bytes.
const longText, lookHead, lookTail = 180, 64, 100

// look finds the phrases of all kinds, and of some lists, in a folded text. It
// puts them into room as long as there is any.
func look(room []clue, text string, lists ...*cues) clues {
	if len(text) <= longText {
		return lookFor(room, anyKind, text, lists...)
	}
	f := clues{folded: text, list: room}
	f.look(0, lookHead, anyKind, lists)
	tail := len(text) - lookTail
	tail += strings.IndexByte(text[tail:], ' ') + 1
	for !utf8.RuneStart(text[tail]) {
		tail++
	}
	f.look(tail, len(text), anyKind, lists)
	return f
}

// lookFor finds the phrases of some kinds wherever they stand.
func lookFor(room []clue, wanted kinds, text string, lists ...*cues) clues {
	f := clues{folded: text, list: room}
	f.look(0, len(text), wanted, lists)
	return f
}

// look finds the phrases that begin within a stretch of the text.
func (f *clues) look(from, to int, wanted kinds, lists []*cues) {
	text := f.folded
	to = min(to, len(text))
	compounds := false // there may be some
	for i := from; i < to; {
		w := firstWord(text[i:])
		f.signs |= signOf(w)
		slot := slotOf(w)
		for _, c := range lists {
			compounds = compounds || c.mayEnd(w)
			if c.words == nil || !c.words.has(slot) {
				continue
			}
			if same := c.byWord[w]; same != nil && same.kinds&wanted != 0 {
				f.take(same, i, len(w), wanted)
			}
		}
		for i += len(w); i < len(text) && text[i] == ' '; i++ {
		}
	}
	if compounds {
		f.lookForEndings(from, to, wanted, lists)
	}
}

// mayEnd reports whether a word may end as one of the compounds does, or be
// such an end.
func (c *cues) mayEnd(word string) bool {
	return len(c.endings) > 0 && len(word) >= c.tail && (c.tail == 0 || c.tails.has(tailSlot(word, c.tail)))
}

func (f *clues) lookForEndings(from, to int, wanted kinds, lists []*cues) {
	text := f.folded
	for _, c := range lists {
		for j := range c.endings {
			if q := &c.endings[j]; wanted.has(q.kind) {
				if i := strings.LastIndex(text[from:to], q.first); from+i > 0 && i >= 0 {
					f.check(q, from+i)
				}
			}
		}
	}
}

// take checks the phrases that begin with the word at a place.
func (f *clues) take(same *sameWord, at, word int, wanted kinds) {
	text := headOf(f.folded[at+word:])
	for i, h := range same.heads {
		if (text.bytes^h.bytes)&h.mask != 0 {
			continue
		}
		if q := &same.phrases[i]; wanted.has(q.kind) && (at > 0 || !q.before) {
			f.check(q, at)
		}
	}
}

func (f *clues) check(q *cue, at int) {
	if n := q.prefix(f.folded[at:]); n > 0 {
		f.list = append(f.list, clue{q, at, at + n})
		f.kinds |= kindsOf(q.kind)
	}
}

// at is the length of the longest phrase of a kind that begins at i, as far as
// its first part goes, and the phrase; 0 if there is none. A colon that it asks
// for is included.
func (f *clues) at(k cueKind, i int) (length int, q *cue) {
	for _, c := range f.list {
		if c.kind == k && c.at == i && !c.before && c.end-i > length {
			length, q = c.end-i, c.cue
		}
	}
	return length, q
}

// find is where the first phrase of a kind stands from i on, and how long it
// is; -1 if there is none.
func (f *clues) find(k cueKind, i int) (at, length int) {
	at = -1
	for _, c := range f.list {
		if c.kind == k && c.at >= i && !c.before && (at < 0 || c.at == at && c.end-at > length) {
			at, length = c.at, c.end-c.at
		}
	}
	return at, length
}

// has reports whether a phrase of a kind stands somewhere in the text as words
// of its own.
func (f *clues) has(k cueKind) bool {
	at, _ := f.find(k, 0)
	return at >= 0
}

// behind goes through the phrases of a kind with a gap before them ("… reports").
func (f *clues) behind(k cueKind) iter.Seq[clue] {
	return func(yield func(clue) bool) {
		for _, c := range f.list {
			if c.kind == k && c.before && !yield(c) {
				return
			}
		}
	}
}

// is finds the phrase of a kind that covers the text between two places, nil if
// none does.
func (f *clues) is(k cueKind, from, to int) *cue {
	if !f.kinds.has(k) {
		return nil
	}
	for _, c := range f.list {
		if c.kind == k && from <= c.at && c.at < to && c.before == (c.at > from) && c.covers(f.folded[c.at:to]) {
			return c.cue
		}
	}
	return nil
}

// signs is a set of the signs by which rules know their lines.
type signs uint16

const (
	signDigit signs = 1 << iota
	signBar
	signCrumb
	signBracket
	signAddress
	signHash
	signDash
	signRights
	signArrow
)

// signOf is the sign that a word is or begins with, 0 if none.
func signOf(word string) signs {
	switch word[0] {
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return signDigit
	case '|':
		return signBar
	case '>', '"': // » is folded
		return signCrumb
	case '/':
		return signCrumb | signBracket
	case '(', '[':
		return signBracket
	case '@', ':':
		return signAddress
	case '#':
		return signHash
	case '-':
		return signHash | signDash
	}
	switch word {
	case "•", "·":
		return signBar
	case "▲", "△", "◀":
		return signArrow
	case "›":
		return signCrumb
	case "©":
		return signRights
	case "元":
		return signDigit
	}
	return 0
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

// telling reports whether the phrase has so many words beside its gaps that no
// sentence of a story fits it.
func (q *cue) telling() bool {
	const many = 5
	n := 0
	for _, part := range q.parts {
		n += wordCount(part)
	}
	return n >= many
}

// bounded reports whether part i may end before rest: not in the midst of a
// word, unless the gap is glued to it as in "ل…".
func (q *cue) bounded(i int, rest string) bool {
	part := q.parts[i]
	gap := q.glued[i] && (i < len(q.parts)-1 || q.after)
	last, _ := utf8.DecodeLastRuneInString(part)
	next, _ := utf8.DecodeRuneInString(rest)
	return gap || rest == "" || !inWord(last) || !inWord(next) || spaceless(last) || spaceless(next)
}

// covers reports whether the phrase covers all of s, from its first part on.
func (q *cue) covers(s string) bool {
	if last := q.parts[len(q.parts)-1]; !q.after && !q.colon && !strings.HasSuffix(s, last) {
		return false
	}
	for i, part := range q.parts {
		at := strings.Index(s, part)
		if at < 0 || (i == 0) != (at == 0) {
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
