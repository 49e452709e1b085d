package article

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// candidate is a line that may be the title, or the lead, with what speaks for
// and against it.
type candidate struct {
	line    int // its index in the text's lines
	points  float64
	reasons []reason
}

type reason struct {
	points float64
	text   string
}

func (c *candidate) give(points float64, text string) {
	c.points += points
	c.reasons = append(c.reasons, reason{points, text})
}

// why tells people how a candidate came by its points.
func (c *candidate) why() string {
	var b strings.Builder
	for i, r := range c.reasons {
		if i > 0 {
			b.WriteString(", ")
		}
		switch {
		case r.points > 0:
			b.WriteByte('+')
			fallthrough
		case r.points < 0:
			b.WriteString(strconv.FormatFloat(r.points, 'f', -1, 64))
			b.WriteByte(' ')
		}
		b.WriteString(r.text)
	}
	return b.String()
}

// best is the candidate with the most points, the first of several; nil if
// there is none.
func best(candidates []candidate) *candidate {
	if len(candidates) == 0 {
		return nil
	}
	c := slices.MaxFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.points, b.points) })
	return &c
}

// findTitle weighs the first lines of prose against each other. What stands
// above the best one is the kicker.
func (r *reading) findTitle() {
	candidates := r.titles()
	c := best(candidates)
	if r.given.title != "" {
		r.findGiven(candidates)
		return
	}
	if c == nil { // nothing but furniture: a plain title is better than none
		c = &candidate{reasons: []reason{{0, "the first line, as no other could be the title"}}}
	}
	r.takeTitle(c.line, c.why(), candidates)
}

func (r *reading) takeTitle(i int, why string, candidates []candidate) {
	r.title = i
	for _, above := range candidates {
		if above.line >= i {
			continue
		}
		switch l := &r.lines[above.line]; {
		case l.covered(cueStaff) != nil:
			l.is(RoleEditor, "what the author is")
		case r.namesAuthor(l.text):
			l.is(RoleByline, "the author, named again below")
		case !l.label() && l.wordCount() <= mostOutlet && (l.clues.has(cueOutlet) || r.namesSite(above.line, l.text)):
			l.is(RoleCrumbs, "the site's name")
		default: // the nearest is the kicker, the others may be a menu
			l.is(RoleKicker, "stands above the title: "+above.why())
			r.article.Kicker = strings.TrimRight(l.text, " :：؛;")
		}
	}
	for j := range r.lines[:i] { // "Latest news" above the title opens nothing
		if l := &r.lines[j]; l.role == RoleHeading {
			l.is(RoleKicker, "stands above the title")
			r.article.Kicker = cmp.Or(r.article.Kicker, l.text)
		}
	}
	r.lines[i].is(RoleTitle, why)
	r.article.Title = r.lines[i].text
}

// namesAuthor reports whether a byline names the author so.
func (r *reading) namesAuthor(name string) bool {
	folded := fold(name)
	return slices.ContainsFunc(r.lines, func(l line) bool {
		return slices.ContainsFunc(l.names, func(n string) bool { return fold(n) == folded })
	})
}

// findGiven finds the line that says the title front matter gives, if any does.
func (r *reading) findGiven(candidates []candidate) {
	r.article.Title = r.given.title
	key := Key(r.given.title)
	for _, c := range candidates {
		if repeats(&r.lines[c.line], key) {
			r.takeTitle(c.line, "says the title of the front matter", candidates)
			return
		}
	}
}

// mostTitles is how many lines of prose are looked at for the title: on real
// pages it is among the first five in nine of ten.
const mostTitles = 6

// titles lists the lines that may be the title: the first prose, and what is
// below as long as all above it can be kickers.
func (r *reading) titles() []candidate {
	var lines []int
	for i := 0; i < r.end && len(lines) < mostTitles; i++ {
		if r.lines[i].role != RoleBody {
			continue
		}
		if n := len(lines); n > 0 && !r.below(lines[n-1], i) {
			break
		}
		lines = append(lines, i)
	}
	if len(lines) == 1 {
		return []candidate{{line: lines[0], reasons: []reason{{0, "the first line that is no furniture"}}}}
	}
	var list []candidate
	headlines := 0
	for _, i := range lines {
		list = append(list, r.titleAt(i, len(list) > 0, headlines))
		if r.lines[i].wordCount() > mostLabel {
			headlines++
		}
	}
	return list
}

// Bounds of lines that stand above a title, in words.
const (
	mostLabel  = 4  // a genre, a section, an alert
	mostKicker = 8  // of any line above a title that comes again
	mostColon  = 10 // of one that ends with a colon
	mostTitle  = 30 // of a title under a kicker
)

// below reports whether the line at next may be the title although one stands
// above it. What costs most is asked last.
func (r *reading) below(above, next int) bool {
	l, n := &r.lines[above], &r.lines[next]
	switch words := l.wordCount(); {
	case words <= mostLabel && l.label():
		return true
	case colonEnd(l.form()):
		return words <= mostColon
	case words > mostKicker || n.wordCount() > mostTitle:
		return false
	case !ends(l.text) && (r.headline(next) || words <= mostLabel && n.wordCount() <= mostLabel && !ends(n.text)),
		!strings.HasSuffix(n.form(), ".") && r.repeated(next):
		return !r.repeated(above)
	default:
		return words <= mostOutlet && r.namesSite(above, l.text)
	}
}

// label reports whether a line is a genre, an alert or a section that its
// language knows.
func (l *line) label() bool { return l.covered(cueKicker) != nil || l.covered(cueSection) != nil }

func colonEnd(folded string) bool {
	return strings.HasSuffix(folded, ":") || strings.HasSuffix(folded, ";")
}

// titleAt weighs the line at i, with other candidates above it, some of them as
// long as headlines.
func (r *reading) titleAt(i int, above bool, headlines int) candidate {
	c := candidate{line: i}
	l := &r.lines[i]
	n := l.wordCount()
	if headlines > 0 {
		c.give(-1.5*float64(headlines), "below what can be the title")
	}
	if above {
		c.give(-1.5, "not the first line")
	}
	switch {
	case n <= mostLabel && l.label():
		c.give(-5, "a genre, an alert or a section")
	case colonEnd(l.form()) && n <= mostColon:
		c.give(-4, "ends with a colon")
	case n == 1:
		c.give(-3, "one word")
	case n == 2 || n <= mostLabel && shouted(l.text):
		c.give(-1.5, "a word or two, or a few in capitals")
	case n > mostLabel && n <= mostTitle:
		c.give(1, "as long as a headline")
	case n == mostLabel:
		c.give(0.5, "as long as a short headline")
	}
	if above && !r.headline(i) {
		c.give(-3, "not set apart from what follows")
	}
	if i+1 < len(r.lines) && r.lines[i+1].role == RoleCrumbs {
		c.give(-2, "above the way to the page")
	}
	if r.repeated(i) {
		c.give(4, "comes again below")
	}
	if n >= 2 && n <= mostTitle {
		if share := r.retold(i); share > 0 {
			c.give(share*1.5, "its words come again in the story")
		}
	}
	if n <= mostOutlet && !r.repeated(i) && r.namesSite(i, l.text) {
		c.give(-3, "names the site")
	}
	if len(c.reasons) == 0 {
		c.give(0, "the first line that is no furniture")
	}
	return c
}

// shouted reports whether a text is all in capitals.
func shouted(text string) bool { return strings.ToUpper(text) == text && strings.ToLower(text) != text }

// headline reports whether a line has the build of a title that stands alone:
// some words, no full stop, and no other few words right under it as in verses.
func (r *reading) headline(i int) bool {
	l := &r.lines[i]
	n := l.wordCount()
	alone := i+1 < len(r.lines) && (r.lines[i+1].n > l.n+1 || slices.Contains(headFurniture, r.lines[i+1].role) || r.lines[i+1].wordCount() > mostKicker)
	last, _ := utf8.DecodeLastRuneInString(l.form())
	return alone && n >= 3 && n <= 25 && (!ends(l.text) || last == '?' || last == '!') && last != ','
}

// Of a line's words, those of so many letters tell what it is about; they are
// compared by as many, whatever their endings. So much of a story is looked at,
// in bytes.
const tellingLetters, retoldBytes = 5, 1500

// retold is the share of a line's telling words that come again in the long
// paragraphs of the story, from 0 to 1, in quarters.
func (r *reading) retold(i int) float64 {
	story := r.opener(i)
	if story == "" {
		return 0
	}
	all, again := 0, 0
	form := r.lines[i].form()
	for j := 0; j < len(form); {
		w := firstWord(form[j:])
		j += len(w)
		stem, ok := stemOf(w, form[j:])
		if !ok {
			continue
		}
		all++
		if strings.Contains(story, stem) {
			again++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(4*again/all) / 4
}

// stemOf is what a word is compared by; in scripts without spaces two signs.
func stemOf(word, rest string) (stem string, ok bool) {
	first, _ := utf8.DecodeRuneInString(word)
	if spaceless(first) {
		next, size := utf8.DecodeRuneInString(rest)
		return word + rest[:size], spaceless(next)
	}
	n := 0
	for i := range word {
		if n++; n > tellingLetters {
			return word[:i], true
		}
	}
	return word, n == tellingLetters
}

// opener is the folded beginning of the story below a line: of its long
// paragraphs, which are no candidates.
func (r *reading) opener(i int) string {
	if r.story == "" {
		var b strings.Builder
		b.Grow(2 * retoldBytes)
		for j := range r.lines {
			if l := &r.lines[j]; l.role == RoleBody && len(l.text) > maxFurniture && j > i {
				writeCut(&b, l.text, retoldBytes/3)
				b.WriteByte('\n')
				if b.Len() > retoldBytes {
					break
				}
			}
		}
		r.story = fold(b.String())
	}
	return r.story
}

// cutTitle takes the wrapping off the title: what stands behind a bar, a date
// at either end, a site's name that the text knows.
func (r *reading) cutTitle() {
	if r.title == none {
		return
	}
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
		if !p.label && wordCount(p.kept) > 1 && r.namesSite(r.title, p.cut) {
			title = p.kept
			break
		}
	}
	r.article.Title = title
}

// cutBars is the longest piece between the bars of a title, and the date that
// another one holds.
func (r *reading) cutBars(title string) (longest string, stated Stated) {
	for p := range strings.FieldsFuncSeq(title, func(c rune) bool { return foldRune(c) == '|' }) {
		if p = strings.TrimSpace(p); len(p) == len(title) {
			return title, Stated{}
		}
		folded := fold(p)
		if d, start, end, ok := readDate(folded, r.lang, &r.dates); ok && bare(folded[:start]+folded[end:]) == "" {
			stated = d
		} else if utf8.RuneCountInString(p) > utf8.RuneCountInString(longest) {
			longest = p
		}
	}
	return longest, stated
}

// cutDate cuts a date from either end of a title, after or before a bar or
// dash, or in brackets.
func (r *reading) cutDate(title string) (string, Stated) {
	l := line{text: title}
	folded := l.form()
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
		return trim(l.original(end, len(folded))), d
	case bare(after) == "" && last(before):
		return trim(l.original(0, start)), d
	}
	return title, Stated{}
}

// namesSite reports whether the rest of the text knows a name in line i as an
// outlet's: a credit or a copyright line, a few words that are no sentence
// ("Subscribe to X"), an attribution in the opening.
func (r *reading) namesSite(i int, name string) bool {
	folded := fold(name)
	if folded == "" || wordCount(name) > mostOutlet {
		return false
	}
	prose := 0
	for j := range r.lines {
		l := &r.lines[j]
		switch {
		case j == i || l.role == RoleRepeat:
		case l.credit.Name != "" && fold(l.credit.Name) == folded:
			return true
		case l.role == RoleTags || l.role == RoleCrumbs:
		case len(l.text) <= maxFurniture && l.wordCount() <= footWords && (l.role != RoleBody || !ends(l.text)):
			if strings.Contains(l.form(), folded) {
				return true
			}
		case l.role == RoleBody && prose < 3:
			prose++
			if src := r.openingOf(l).source.Name; src != "" && fold(src) == folded {
				return true
			}
		}
	}
	return false
}
