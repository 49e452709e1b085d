package article

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Reader reads texts with what their owner knows of them beforehand. Without
// that, the zero Reader reads any text.
type Reader struct {
	Source string         // credited where a text names none
	Author string         // of texts that name none
	Lang   string         // of texts whose language can't be told
	Zone   *time.Location // of times that state none; nil leaves them without
	own    cues           // phrases besides those of the language
}

// Drop names the phrases of lines to drop, among an owner's cues.
const Drop = "drop"

// AddCue adds a phrase to a section of the word files ("source", "byline",
// "teaser", …), or to Drop.
func (rd *Reader) AddCue(section, phrase string) error {
	kind, known := cueSections[section]
	if section == Drop {
		kind, known = cueShare, true
	}
	if !known {
		return fmt.Errorf("no kind of cue is called %q; there are %s and %s", section,
			strings.Join(slices.Sorted(maps.Keys(cueSections)), ", "), Drop)
	}
	return rd.own.add(kind, phrase)
}

// Read understands a text of which nothing is known beforehand.
func Read(text string) (*Article, error) { return new(Reader).Read(text) }

// Read understands a text in two steps: every line gets the role that its own
// words suggest, then its place among the others decides, and the roles are
// folded into the article. What front matter says wins. It is the only thing
// that can be wrong (ErrFront).
func (rd *Reader) Read(text string) (*Article, error) {
	given, err := frontMatter(text)
	if err != nil {
		return nil, err
	}
	r := readings.Get().(*reading)
	defer r.free()
	r.texts = split(r.texts[:0], text)
	rd.open(r, given)
	if !r.single() {
		r.takeLink()
		r.findTitle()
		r.findRepeats()
		r.cutTitle()
		r.findEnd()
		r.clearHead()
		r.findLead()
		r.findBody()
		r.takeMeta()
	}
	if err := r.obey(); err != nil {
		return nil, err
	}
	rd.fill(r)
	r.report()
	return r.article, nil
}

// open tells the language and looks at every line.
func (rd *Reader) open(r *reading, given front) {
	text := unwrap(r.texts[given.lines:])
	key, dir := detect(text)
	if asked := cmp.Or(given.lang, rd.Lang); given.lang != "" || key == "" {
		if code, _, _ := strings.Cut(key, "-"); asked != "" && asked != code {
			key, dir = asked, Direction(asked)
		}
	}
	lang, _, _ := strings.Cut(key, "-")
	r.scanner = scanner{lang: lang, vocabulary: wordsOf(key), own: &rd.own, rules: rules, room: r.room[:0]}
	r.given, r.title, r.end = given, none, none
	r.article = &Article{Lang: lang, Dir: dir}
	r.scanAll(text)
}

// fill puts in what the owner knows of all texts.
func (rd *Reader) fill(r *reading) {
	a := r.article
	if rd.Source != "" && a.Source.Name == "" && r.given.source == nil {
		a.Source = Source{Name: rd.Source, Kind: CreditLine}
	}
	if rd.Author != "" && len(a.Authors) == 0 && !r.given.hasAuthors {
		a.Authors = []string{rd.Author}
	}
	if rd.Zone != nil && !a.Stated.IsZero() && !a.Stated.Zoned {
		a.Stated.Time, a.Stated.Zoned = a.Stated.In(rd.Zone), true
	}
}

// wordsOf is a language's vocabulary. In an unknown one hardly more than signs
// gives its lines away.
func wordsOf(key string) *vocabulary {
	for _, known := range []string{key, anyLanguage} {
		if l := languageOf(known); l != nil {
			return l.words()
		}
	}
	return newVocabulary()
}

// reading is a text half understood.
type reading struct {
	scanner
	given   front
	texts   []string // the lines of the text, blank ones included
	folds   []byte   // room to fold them in
	lines   []line   // those that are not blank
	article *Article
	title   int    // the title's index in lines, none if it is not among them
	end     int    // the index behind the last line that can be story
	story   string // the folded beginning of its long paragraphs, once asked for
}

// none is an index that no line has.
const none = -1

// readings lends the room that reading takes.
var readings = sync.Pool{New: func() any { return &reading{scanner: scanner{room: make([]clue, 0, 96)}} }}

// mostKept is how many lines a text may have whose room is kept for another.
const mostKept = 1000

// free gives the room back, with nothing of the text in it.
func (r *reading) free() {
	if len(r.texts) > mostKept {
		return
	}
	clear(r.texts)
	clear(r.lines)
	clear(r.room[:cap(r.room)])
	*r = reading{scanner: scanner{room: r.room[:0]}, texts: r.texts[:0], folds: r.folds[:0], lines: r.lines[:0]}
	readings.Put(r)
}

func (r *reading) scanAll(texts []string) {
	for i, text := range texts {
		if text != "" {
			r.lines = append(r.lines, line{n: r.given.lines + i + 1, text: text})
		}
	}
	r.foldAll()
	for i := range r.lines {
		r.scan(&r.lines[i])
	}
	r.end = len(r.lines)
	r.takeTags()
	for i := range r.lines[:max(0, len(r.lines)-1)] {
		if l, next := &r.lines[i], &r.lines[i+1]; l.labels && next.wordCount() <= mostOutlet && !ends(next.text) && next.role != RoleHeading {
			next.credit = r.named(next.text)
			next.credit.Kind = CreditLine
			next.is(RoleCredit, "the name under a credit's label")
		}
	}
}

// foldAll folds all short lines into one string.
func (r *reading) foldAll() {
	for i := range r.lines {
		if l := &r.lines[i]; !l.long() {
			l.from = len(r.folds)
			r.folds = appendFolded(r.folds, l.text)
			l.to = len(r.folds)
		}
	}
	all := string(r.folds)
	for i := range r.lines {
		l := &r.lines[i]
		l.clues.folded = all[l.from:l.to]
		l.from, l.to = 0, 0
	}
}

// takeTags takes the lines under a label of tags, a tag each.
func (r *reading) takeTags() {
	const most, words = 12, 3
	for i := range r.lines {
		if !r.lines[i].tagged {
			continue
		}
		for j := i + 1; j < min(len(r.lines), i+1+most); j++ {
			l := &r.lines[j]
			if l.role != RoleBody || l.wordCount() > words || ends(l.text) {
				break
			}
			l.tags = splitTags(l.text)
			l.is(RoleTags, "under a label of tags")
		}
	}
}

// single reads a text of one line: its first sentence is the title, the rest
// one paragraph.
func (r *reading) single() bool {
	if len(r.lines) != 1 || r.given.title != "" {
		return len(r.lines) == 0
	}
	l := &r.lines[0]
	n := r.sentenceEnd(l.text)
	rest := strings.TrimSpace(l.text[n:])
	l.is(RoleTitle, "the only line")
	r.article.Title = strings.TrimSpace(l.text[:n])
	if rest == "" {
		return true
	}
	r.article.Body = []string{rest}
	r.article.Summary, r.article.Kind = r.derive(rest), Derived
	l.why = "the only line: its first sentence is the title, the rest the body"
	if r.article.Source = r.opening(rest).source; r.article.Source.Name == "" {
		r.article.Source = r.closingTag(rest)
	}
	return true
}

// takeLink: an address alone on the first line is the article's own.
func (r *reading) takeLink() {
	for i := range r.lines {
		if l := &r.lines[i]; l.role == RoleLink {
			if i > 0 {
				l.is(RoleCode, "an address alone")
				continue
			}
			r.article.Link = l.text
			l.why = "an address on the first line: the article's own"
		}
	}
}

// prose lists the lines from an index on that nothing speaks against.
func (r *reading) prose(from int) []int {
	list := make([]int, 0, max(r.end-from, 0))
	for i := from; i < r.end; i++ {
		if r.lines[i].role == RoleBody {
			list = append(list, i)
		}
	}
	return list
}

// firstProse is the first of those below the title, lastProse the last one; none
// if there is none.
func (r *reading) firstProse() int {
	for i := r.title + 1; i < r.end; i++ {
		if r.lines[i].role == RoleBody {
			return i
		}
	}
	return none
}

func (r *reading) lastProse() int {
	for i := r.end - 1; i > r.title; i-- {
		if r.lines[i].role == RoleBody {
			return i
		}
	}
	return none
}

// findEnd closes the story at its end mark, alone or glued to a paragraph, or
// at a heading of related items or comments. Behind it only credit, byline,
// date and tags are read.
func (r *reading) findEnd() {
	story := 0
	for i := r.title + 1; i < len(r.lines); i++ {
		l := &r.lines[i]
		if l.role == RoleBody {
			story++
			if text, cut := r.unglue(l.text); cut {
				l.text, l.why = text, "prose; an end mark was cut off its end"
				r.close(i + 1)
				return
			}
		}
		if l.heading && story > 0 && (l.role == RoleEnd || !r.goesOn(i+1, story)) {
			r.close(i + 1)
			return
		}
	}
}

// goesOn reports whether behind a heading in the head ("12 comments") so much
// more of the story follows than went before that it can't be the end.
func (r *reading) goesOn(from, before int) bool {
	sentences := 0
	for i := from; i < len(r.lines); i++ {
		if l := &r.lines[i]; l.role == RoleBody && ends(l.text) {
			sentences++
		}
	}
	return sentences > 2*before
}

func (r *reading) close(from int) {
	r.end = from
	for i := from; i < len(r.lines); i++ {
		if l := &r.lines[i]; l.role == RoleBody || l.role == RoleLead {
			l.is(RoleAfterword, "stands behind the end of the story")
		}
	}
}

// unglue cuts an end mark off a paragraph's last sentence. Behind a full stop
// any end mark counts; within a sentence only one with an agency's slash.
func (r *reading) unglue(text string) (string, bool) {
	const longest = 60 // bytes an end mark takes with its slashes and numbers
	from := max(0, len(text)-longest)
	for !utf8.RuneStart(text[from]) {
		from++
	}
	end := text[from:]
	i := lastStop(strings.TrimRight(end, "./ "))
	switch {
	case i > 0:
	case strings.Contains(end, "/"):
		i = strings.LastIndexByte(end[:max(strings.LastIndexByte(end, ' '), 0)], ' ')
	}
	if i <= 0 {
		return text, false
	}
	if tail := strings.TrimSpace(end[i:]); tail == "" || !r.ends(fold(tail)) {
		return text, false
	}
	return strings.TrimSpace(text[:from+i]), true
}

// lastStop is where the text behind the last full stop begins, -1 if there is none.
func lastStop(s string) int {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if closing(r) {
			return i
		}
		i -= size
	}
	return -1
}

// obey puts in what front matter says, over what was read.
func (r *reading) obey() error {
	a, f := r.article, &r.given
	a.Title, a.Link, a.ID, a.Draft = cmp.Or(f.title, a.Title), cmp.Or(f.link, a.Link), f.id, f.draft
	if f.source != nil {
		a.Source = *f.source
	}
	if f.hasAuthors {
		a.Authors = f.authors
	}
	if f.hasTags {
		a.Tags = f.tags
	}
	if f.date == "" {
		return nil
	}
	folded := fold(f.date)
	d, start, end, ok := readDate(folded, r.lang, &r.dates)
	if !ok || bare(folded[:start]+folded[end:]) != "" {
		return fmt.Errorf("%w: date %q has no day, month and year that can be read", ErrFront, f.date)
	}
	a.Stated, a.Fixed = d, true
	return nil
}

// report copies the roles out, for inspect.
func (r *reading) report() {
	r.article.Lines = make([]Line, 0, r.given.lines+len(r.lines))
	for i, l := range r.texts[:r.given.lines] {
		if l != "" {
			r.article.Lines = append(r.article.Lines, Line{N: i + 1, Role: RoleFront, Text: l, Why: "said by the text's owner"})
		}
	}
	for i := range r.lines {
		l := &r.lines[i]
		r.article.Lines = append(r.article.Lines, Line{N: l.n, Role: l.role, Text: l.text, Why: l.why})
	}
}
