package article

import "slices"

// headFurniture are the lines that part a lead from the body.
var headFurniture = []Role{RoleByline, RoleDate, RoleUpdated, RoleCaption, RoleShare, RoleCode, RoleEditor}

// clearHead takes out what only its neighbours give away: a name or a place
// beside the date, the credit of a picture.
func (r *reading) clearHead() {
	r.clearMenu()
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

// clearMenu takes out the few words that stand between a page's title and the
// same above the story: a lead is longer.
func (r *reading) clearMenu() {
	for i := r.title + 1; i < r.firstRepeat(); i++ {
		if l := &r.lines[i]; l.role == RoleBody && l.wordCount() <= mostLabel && !ends(l.text) {
			l.is(RoleCrumbs, "a few words between the title and its repeat")
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
