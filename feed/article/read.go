package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Read understands a text in two steps: every line gets the role that its own
// words suggest, then its place among the others decides, and the roles are
// folded into the article.
func Read(text string) *Article {
	lines := unwrap(split(text))
	key, dir := detect(lines)
	lang, _, _ := strings.Cut(key, "-")
	r := reading{scanner: &scanner{lang, wordsOf(key), rules}, title: -1, end: -1}
	r.scanAll(lines)
	r.article = &Article{Lang: lang, Dir: dir}
	if !r.single() {
		r.takeLink()
		r.findTitle()
		r.findRepeats()
		r.cutTitle()
		r.findEnd()
		r.findLead()
		r.findBody()
		r.takeMeta()
	}
	r.report()
	return r.article
}

// wordsOf is a language's vocabulary. An unknown language has none: nothing but
// signs gives its lines away.
func wordsOf(lang string) *vocabulary {
	if l := languageOf(lang); l != nil {
		return l.words()
	}
	return newVocabulary()
}

// reading is a text half understood.
type reading struct {
	*scanner
	lines   []line // those that are not blank
	article *Article
	title   int // the title's index in lines, -1 if none
	end     int // the index behind the last line that can be story
}

func (r *reading) scanAll(texts []string) {
	r.lines = make([]line, 0, len(texts)/2+1)
	for i, text := range texts {
		if text == "" {
			continue
		}
		r.lines = append(r.lines, line{n: i + 1, text: text})
		r.scan(&r.lines[len(r.lines)-1])
	}
	r.end = len(r.lines)
	for i := range r.lines[:max(0, len(r.lines)-1)] {
		if l, next := &r.lines[i], &r.lines[i+1]; l.label && next.wordCount() <= mostOutlet && !ends(next.text) && next.role != RoleHeading {
			next.credit = r.named(next.text)
			next.credit.Kind = CreditLine
			next.is(RoleCredit, "the name under a credit's label")
		}
	}
}

// single reads a text of one line: its first sentence is the title, the rest
// one paragraph.
func (r *reading) single() bool {
	if len(r.lines) != 1 {
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

// findTitle takes the first prose that is no kicker.
func (r *reading) findTitle() {
	prose := r.prose(0)
	for i, at := range prose {
		l := &r.lines[at]
		if i+1 < len(prose) {
			if why, ok := r.kicker(at, prose[i+1]); ok {
				l.is(RoleKicker, why)
				if r.article.Kicker == "" {
					r.article.Kicker = strings.TrimRight(l.text, " :：؛;")
				}
				continue
			}
		}
		r.title = at
		l.is(RoleTitle, "the first line that is no furniture")
		r.article.Title = l.text
		return
	}
	// Nothing but furniture: a plain title is better than none.
	r.title = 0
	r.lines[0].is(RoleTitle, "the first line; no other could be the title")
	r.article.Title = r.lines[0].text
}

// prose lists the lines from an index on that nothing speaks against.
func (r *reading) prose(from int) []int {
	var list []int
	for i := from; i < r.end; i++ {
		if r.lines[i].role == RoleBody {
			list = append(list, i)
		}
	}
	return list
}

// kicker reports whether the line at i stands above the title at next: a genre
// or section, a short line that ends with a colon, or a short line above one
// that is repeated later.
func (r *reading) kicker(i, next int) (why string, ok bool) {
	l, below := &r.lines[i], &r.lines[next]
	n := l.wordCount()
	if q := l.covered(cueKicker); q != nil && n <= 4 {
		return "a genre or alert above the title: " + q.phrase, true
	}
	if q := l.covered(cueSection); q != nil && n <= 4 {
		return "a section above the title: " + q.phrase, true
	}
	if strings.HasSuffix(l.form(), ":") || strings.HasSuffix(l.form(), ";") {
		return "a short line above the title that ends with a colon", n <= 10
	}
	if n <= 8 && below.wordCount() <= 30 && !strings.HasSuffix(below.form(), ".") && !r.repeated(i) && r.repeated(next) {
		return "stands above a line that is repeated later", true
	}
	if (n <= 2 || n <= 4 && shouted(l.text)) && r.headline(next) && !ends(l.text) {
		return "a word or two alone above what can be a title", true
	}
	return "", false
}

// shouted reports whether a text is all in capitals.
func shouted(text string) bool { return strings.ToUpper(text) == text && strings.ToLower(text) != text }

// headline reports whether a line has the build of a title that stands alone:
// some words, no end of a sentence, no verse right under it.
func (r *reading) headline(i int) bool {
	l := &r.lines[i]
	n := l.wordCount()
	alone := i+1 < len(r.lines) && r.lines[i+1].n > l.n+1
	return alone && n >= 3 && n <= 25 && !ends(l.text) && !strings.HasSuffix(l.form(), ",")
}

// repeated reports whether the words of line i come again below it as a line,
// with or without a site's name.
func (r *reading) repeated(i int) bool {
	text := r.lines[i].text
	keys := []string{Key(text)}
	for _, p := range pieces(text) {
		if !p.label && wordCount(p.kept) > 2 && wordCount(p.cut) <= mostOutlet {
			keys = append(keys, Key(p.kept))
		}
	}
	for j := i + 1; j < len(r.lines); j++ {
		if slices.ContainsFunc(keys, func(k string) bool { return repeats(&r.lines[j], k) }) {
			return true
		}
	}
	return false
}

// joined is the most bytes that a site's name, a label or a date adds to a title.
const joined = 160

// repeats reports whether a line is a title by its key, alone or with a site's
// name or a label appended.
func repeats(l *line, k string) bool {
	if k == "" || len(l.text) < len(k) || len(l.text) > 2*len(k)+joined {
		return false
	}
	same := squeeze(l.form())
	if same == k {
		return true
	}
	if !strings.Contains(same, k) {
		return false
	}
	for _, p := range pieces(l.text) {
		if Key(p.kept) == k && wordCount(p.cut) <= mostOutlet {
			return true
		}
	}
	return false
}

// piece is one way to part a line from what was joined to it.
type piece struct {
	kept, cut string
	label     bool // cut stood in front with a colon
}

// pieces lists the ways to part a title from a site's name or a label: at a
// bar, at a dash between spaces, at a colon.
func pieces(text string) []piece {
	var list []piece
	for i, c := range text {
		size := len(string(c))
		switch {
		case foldRune(c) == '|', foldRune(c) == '-' && spaced(text, i, size):
			left, right := strings.TrimRight(text[:i], "- "), strings.TrimLeft(text[i+size:], "- ")
			list = append(list, piece{kept: left, cut: right}, piece{kept: right, cut: left})
		case strings.ContainsRune(":：", c):
			list = append(list, piece{kept: strings.TrimSpace(text[i+size:]), cut: strings.TrimSpace(text[:i]), label: true})
		}
		if len(list) > 12 {
			break
		}
	}
	return list
}

func spaced(text string, i, size int) bool {
	return i > 0 && i+size < len(text) && text[i-1] == ' ' && (text[i+size] == ' ' || text[i+size] == '-') // also " -- "
}

// findRepeats marks the lines that only say the title again. If a repeat lacks
// a site's name or a label that the title carries, the shorter form is the title.
func (r *reading) findRepeats() {
	title := r.lines[r.title].text
	whole := Key(title)
	shorter := map[string]string{} // forms of the title by their keys
	for _, p := range pieces(title) {
		if wordCount(p.cut) <= mostOutlet && wordCount(p.kept) > 1 {
			shorter[Key(p.kept)] = p.kept
		}
	}
	for i := range r.lines {
		l := &r.lines[i]
		if i == r.title || l.role != RoleBody && l.role != RoleKicker || len(l.text) > 2*len(title)+joined {
			continue
		}
		form := shorter[squeeze(l.form())]
		if form == "" && !repeats(l, whole) {
			continue
		}
		l.is(RoleRepeat, "says the title again")
		if form != "" && len(form) < len(r.article.Title) {
			r.article.Title = form
		}
	}
}

// cutTitle takes the wrapping off the title: what stands behind a bar, a date
// at either end, a site's name that the text knows.
func (r *reading) cutTitle() {
	l := &r.lines[r.title]
	title := r.article.Title
	longest, stated := r.cutBars(l.text)
	l.stated = stated
	if title == l.text && longest != "" {
		title = longest
	}
	if rest, d := r.cutDate(title); rest != "" && !d.IsZero() {
		title, l.stated = rest, d
	}
	for _, p := range pieces(title) {
		if !p.label && wordCount(p.kept) > 1 && r.namesSite(p.cut) {
			title = p.kept
			break
		}
	}
	r.article.Title = title
}

// cutBars is the longest piece between the bars of a title, and the date that
// another one holds.
func (r *reading) cutBars(title string) (longest string, stated Stated) {
	for _, p := range strings.FieldsFunc(title, func(c rune) bool { return foldRune(c) == '|' }) {
		p = strings.TrimSpace(p)
		folded := fold(p)
		if d, start, end, ok := readDate(folded, r.lang, &r.dates); ok && bare(folded[:start]+folded[end:]) == "" {
			stated = d
		} else if len([]rune(p)) > len([]rune(longest)) {
			longest = p
		}
	}
	return longest, stated
}

// cutDate cuts a date from either end of a title, after or before a bar or
// dash, or in brackets.
func (r *reading) cutDate(title string) (string, Stated) {
	folded, at := foldAt(title, true)
	d, start, end, ok := readDate(folded, r.lang, &r.dates)
	if !ok {
		return title, Stated{}
	}
	before, after := strings.TrimSpace(folded[:start]), strings.TrimSpace(folded[end:])
	joint := func(s string) bool { return s != "" && strings.ContainsRune("-|)(]:", rune(s[0])) }
	last := func(s string) bool { return s != "" && strings.ContainsRune("-|([", rune(s[len(s)-1])) }
	trim := func(s string) string {
		return strings.TrimFunc(s, func(c rune) bool {
			return unicode.IsSpace(c) || strings.ContainsRune("-–—―|｜│()[]（）:", c)
		})
	}
	switch {
	case bare(before) == "" && joint(after):
		return trim(title[at[end]:]), d
	case bare(after) == "" && last(before):
		return trim(title[:at[start]]), d
	}
	return title, Stated{}
}

// namesSite reports whether the text knows a name as an outlet's: a credit or a
// copyright line, a few words that are no sentence ("Subscribe to X"), an
// attribution in the opening.
func (r *reading) namesSite(name string) bool {
	folded := fold(name)
	if folded == "" || wordCount(name) > mostOutlet {
		return false
	}
	prose := 0
	for i := range r.lines {
		l := &r.lines[i]
		switch {
		case i == r.title || l.role == RoleRepeat:
		case l.credit.Name != "" && fold(l.credit.Name) == folded:
			return true
		case l.wordCount() <= footWords && (l.role != RoleBody || !ends(l.text)):
			if strings.Contains(l.form(), folded) {
				return true
			}
		case l.role == RoleBody && prose < 3:
			prose++
			if src := r.opening(l.text).source.Name; src != "" && fold(src) == folded {
				return true
			}
		}
	}
	return false
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
	i := strings.LastIndexAny(strings.TrimRight(end, "./ "), ".!?؟۔。！？")
	switch {
	case i >= 0:
		_, size := utf8.DecodeRuneInString(end[i:])
		i += size
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

// report copies the roles out, for inspect.
func (r *reading) report() {
	r.article.Lines = make([]Line, len(r.lines))
	for i := range r.lines {
		l := &r.lines[i]
		r.article.Lines[i] = Line{N: l.n, Role: l.role, Text: l.text, Why: l.why}
	}
}
