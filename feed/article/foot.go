package article

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What a site puts behind a story's credit at the most: lines, and words in a line.
const footLines, footWords = 6, 12

// footFurniture are the lines that stand in a foot, if the story went before.
var footFurniture = []Role{RoleCredit, RoleTags, RoleDate, RoleByline, RoleEditor, RoleRights, RoleShare}

// trimFoot drops what follows the story's last sentence if it is a handful of
// words: prompts that the language's file doesn't know, and the headlines of
// other stories. Behind the foot's furniture that goes for any few words, right
// behind the story only for what can hardly be its last line.
func (r *reading) trimFoot() {
	r.trimBehindCredit()
	prose := r.prose(r.title + 1)
	last := len(prose)
	for last > 0 && !r.tells(prose[last-1]) {
		last--
	}
	if !r.closed(prose[:last]) {
		return
	}
	var tail []int // right behind the story
	foot := false
	for i := prose[last-1] + 1; i < r.end; i++ {
		switch l := &r.lines[i]; {
		case l.role != RoleBody:
			foot = foot || slices.Contains(footFurniture, l.role)
		case !foot:
			tail = append(tail, i)
		case l.wordCount() <= footWords && !ends(l.text):
			l.is(RoleAfterword, "a few words behind the foot")
		}
	}
	undangling := func(i int) bool { return !r.dangles(i) && !r.datesPage(i) }
	if len(tail) > 0 && len(tail) <= mostDangling && !slices.ContainsFunc(tail, undangling) && r.apart(prose[last-1], tail) {
		for _, i := range tail {
			r.lines[i].is(RoleAfterword, "a few words behind the story's last sentence")
		}
	}
}

// datesPage reports whether a line names the printed page: "X (8 May 2023, p. 4)".
func (r *reading) datesPage(i int) bool {
	l := &r.lines[i]
	if l.wordCount() > footWords || ends(l.text) || !strings.HasSuffix(l.form(), ")") {
		return false
	}
	_, _, _, ok := readDate(l.form(), r.lang, &r.dates)
	return ok
}

// trimBehindCredit drops what follows the foot's credit or tags if it is nothing
// but prompts, whatever the story before is: verses have no sentences.
func (r *reading) trimBehindCredit() {
	foot := r.end - 1
	for foot > r.title && r.lines[foot].role != RoleCredit && r.lines[foot].role != RoleTags {
		foot--
	}
	tail := r.prose(foot + 1)
	story := r.proseBetween(r.title+1, foot)
	if len(tail) > footLines || len(story) == 0 || len(story) == 1 && !r.tellsStory(story[0]) || !r.allPrompts(tail) {
		return
	}
	for _, i := range tail {
		r.lines[i].is(RoleAfterword, "a few words behind the foot")
	}
}

// allPrompts reports whether lines behind the foot can be prompts: short and
// no sentences, unless one stands behind a prompt that is known.
func (r *reading) allPrompts(tail []int) bool {
	for _, i := range tail {
		l := &r.lines[i]
		if l.wordCount() > footWords || ends(l.text) && r.lines[i-1].role != RoleShare {
			return false
		}
	}
	return true
}

// tells reports whether a line is a sentence of a story, and no prompt that ends
// with a mark.
func (r *reading) tells(i int) bool {
	l := &r.lines[i]
	if len(l.text) > maxFurniture {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.form(), "\"' "))
	return ends(l.text) && last != '?' && l.wordCount() > mostLabel
}

// What may dangle behind a story: lines, and words in a line.
const mostDangling, danglingWords = 3, 8

// dangles reports whether a line can be a prompt behind the story: a few words
// without a full stop, no item of a list, no score or phone number.
func (r *reading) dangles(i int) bool {
	l := &r.lines[i]
	if len(l.text) > maxFurniture || l.wordCount() > danglingWords {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.form())
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.form(), "([\""))
	sentence := strings.Contains(l.form(), ". ") || strings.Contains(l.form(), "! ")
	return !sentence && (last == '?' || last == '!' || last == ':' || !ends(l.text)) && inWord(first) && strings.IndexFunc(l.form(), isDecimal) < 0
}

// closed reports whether most paragraphs of a story end as sentences do, and
// the last one does: no verses, no list.
func (r *reading) closed(story []int) bool {
	n := 0
	for _, i := range story {
		if ends(r.lines[i].text) {
			n++
		}
	}
	return n > 1 && n*2 > len(story) && ends(r.lines[story[len(story)-1]].text)
}

// apart reports whether furniture stands beside a story's tail, between it and
// the last sentence or right behind it, or at least somewhere on the page.
func (r *reading) apart(sentence int, tail []int) bool {
	after := tail[len(tail)-1] + 1
	scraped := slices.ContainsFunc(r.lines, func(l line) bool { return l.role == RoleShare })
	return scraped || tail[0] > sentence+1 || after < len(r.lines)
}
