package article

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// clearHead takes out what only its neighbours give away: a name or a place
// beside the date, the credit of a picture.
func (r *reading) clearHead() {
	r.clearPictures()
	r.clearBetween()
	for i := r.title + 1; i < r.end; i++ {
		switch l := &r.lines[i]; {
		case l.role == RoleBody && len(l.text) > maxFurniture:
			return // the story
		case l.role != RoleBody || l.wordCount() > mostLabel || bare(l.form()) != l.form():
		case r.isName(l.text) && (r.dateAt(i-1) || r.dateAt(i+1)):
			l.is(RoleByline, "a name or a place beside the date")
		case r.furnished(i-1) && r.tellsStory(i+1):
			l.is(RoleShare, "a few words among the head's furniture")
		}
	}
}

// clearPictures takes out the source under a picture's caption, and a few words
// between the two.
func (r *reading) clearPictures() {
	story := r.end - 1 // the last line of it
	for story > 0 && r.lines[story].role != RoleBody {
		story--
	}
	for i := 1; i < r.end; i++ {
		if l := &r.lines[i]; l.role == RoleCredit && i < story {
			switch above := &r.lines[i-1]; {
			case i > 1 && r.lines[i-2].role == RoleCaption && above.role == RoleBody && r.dangles(i-1):
				above.is(RoleCaption, "what the picture shows, before its source")
				fallthrough
			case above.role == RoleCaption:
				l.credit = Source{}
				l.is(RoleCaption, "the source of the picture above")
			}
		}
	}
}

// mostBetween is how many lines of a few words between prompts are prompts.
const mostBetween = 3

// between are the lines that prompts stand among.
var between = []Role{RoleShare, RoleCode, RoleTeaser, RoleUpdated}

// among reports whether a line is one that prompts stand among; in the head,
// all its furniture is.
func (r *reading) among(i int, head bool) bool {
	role := r.lines[i].role
	return slices.Contains(between, role) || head && slices.Contains(headFurniture, role)
}

// fills reports whether a line between prompts can be one itself. In the head
// it may have some more words, and numbers; so it may among share prompts.
func (r *reading) fills(i int, head bool) bool {
	l := &r.lines[i]
	if head {
		return l.wordCount() <= mostOutlet && !ends(l.text)
	}
	shares := i > 0 && i+1 < len(r.lines) && r.lines[i-1].role == RoleShare && r.lines[i+1].role == RoleShare
	return r.dangles(i) && (shares || l.wordCount() <= mostLabel)
}

// clearBetween takes out a few words here and there between known prompts.
func (r *reading) clearBetween() {
	head := true
	for i := r.title + 1; i < r.end; i++ {
		head = head && !(r.lines[i].role == RoleBody && len(r.lines[i].text) > maxFurniture)
		n := 0
		for i+n < r.end && r.lines[i+n].role == RoleBody && r.fills(i+n, head) {
			n++
		}
		if n > 0 && n <= mostBetween && i > 0 && i+n < len(r.lines) &&
			r.among(i-1, head) && r.among(i+n, head) {
			for j := range n {
				r.lines[i+j].is(RoleShare, "a few words between prompts")
			}
		}
		i += n
	}
}

// furnished reports whether a line is furniture of the head.
func (r *reading) furnished(i int) bool {
	return i > r.title && slices.Contains(headFurniture, r.lines[i].role)
}

// tellsStory reports whether a line is a paragraph of the story, and no verse.
func (r *reading) tellsStory(i int) bool {
	return i < r.end && r.lines[i].role == RoleBody && len(r.lines[i].text) > longLine && ends(r.lines[i].text)
}

// dateAt reports whether a line is about the time of publication.
func (r *reading) dateAt(i int) bool {
	return i >= 0 && i < len(r.lines) && (r.lines[i].role == RoleDate || r.lines[i].role == RoleUpdated)
}

// findBody settles what is story. A credit, byline, date or list of tags has
// its meaning in the head and foot only: within the story it is a paragraph.
func (r *reading) findBody() {
	r.trimFoot()
	if prose := r.prose(r.title + 1); len(prose) > 0 {
		for i := prose[0]; i < prose[len(prose)-1]; i++ {
			switch l := &r.lines[i]; l.role {
			case RoleCredit, RoleByline, RoleDate, RoleTags:
				l.is(RoleBody, "stands within the story: "+l.why)
			}
		}
	}
	for _, i := range r.prose(r.title + 1) {
		r.article.Body = append(r.article.Body, r.lines[i].text)
	}
	if r.article.Kind == NoSummary && len(r.article.Body) > 0 {
		r.article.Summary, r.article.Kind = r.derive(r.article.Body[0]), Derived
	}
}

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
	if foot <= r.title || len(tail) > footLines || len(r.proseBetween(r.title+1, foot)) < 2 || !r.allPrompts(tail) {
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
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.form(), "\"' "))
	return len(l.text) > maxFurniture || ends(l.text) && last != '?' && l.wordCount() > mostLabel
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
	return !sentence && (last == '?' || last == ':' || !ends(l.text)) && inWord(first) && strings.IndexFunc(l.form(), isDecimal) < 0
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

// takeMeta gathers what the furniture says.
func (r *reading) takeMeta() {
	a := r.article
	var first opening
	if prose := r.prose(r.title + 1); len(prose) > 0 {
		first = r.openingOf(&r.lines[prose[0]])
	}
	for i := range r.lines {
		l := &r.lines[i]
		if l.role != RoleBody {
			a.Authors = append(a.Authors, l.names...)
			a.Tags = append(a.Tags, l.tags...)
		}
	}
	if len(a.Authors) == 0 {
		a.Authors = first.names
	}
	a.Authors, a.Tags = unique(a.Authors), unique(a.Tags)
	a.Source = r.source(first)
	a.Stated = r.published(first)
}

func unique(list []string) []string {
	if len(list) < 2 {
		return list
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s string) bool {
		k := fold(s)
		if seen[k] {
			return true
		}
		seen[k] = true
		return false
	})
}

// source decides who is credited: a labelled line, a bare line, an attribution
// in the text, a copyright line, nobody.
func (r *reading) source(first opening) Source {
	for _, labelled := range []bool{true, false} {
		for i := range r.lines {
			l := &r.lines[i]
			if l.credit.Name != "" && l.role != RoleBody && l.role != RoleRights && l.bare != labelled {
				return l.credit
			}
		}
	}
	if first.source.Name != "" {
		return first.source
	}
	if r.article.Kind == Lead {
		if src := r.opening(r.article.Summary).source; src.Name != "" {
			return src
		}
	}
	if n := len(r.article.Body); n > 0 {
		if src := r.closingTag(r.article.Body[n-1]); src.Name != "" {
			return src
		}
	}
	for i := range r.lines {
		if l := &r.lines[i]; l.role == RoleRights && l.credit.Name != "" {
			return l.credit
		}
	}
	return Source{}
}

// published is the date the text states for itself: a labelled one, one alone
// on its line, the title's, a full date in the dateline.
func (r *reading) published(first opening) Stated {
	for _, labelled := range []bool{true, false} {
		for i := range r.lines {
			l := &r.lines[i]
			if !l.stated.IsZero() && l.labelled == labelled && l.role != RoleBody && i != r.title {
				return l.stated
			}
		}
	}
	if r.title != none && !r.lines[r.title].stated.IsZero() {
		return r.lines[r.title].stated
	}
	return first.stated
}
