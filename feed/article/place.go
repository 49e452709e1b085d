package article

import (
	"slices"
)

// headFurniture are the lines that part a lead from the body.
var headFurniture = []Role{RoleByline, RoleDate, RoleUpdated, RoleCaption, RoleShare, RoleCode, RoleEditor}

// findLead looks for the paragraph that sums the story up: between title and
// repeat, under a label, before the head's furniture, or before a paragraph
// that opens with an attribution.
func (r *reading) findLead() {
	start := r.title + 1
	if again := r.firstRepeat(); again > 0 {
		between := r.proseBetween(start, again)
		if len(between) == 1 && len(r.prose(again)) > 0 {
			r.takeLead(between[0], "stands between the title and its repeat")
			return
		}
		if len(between) == 0 {
			start = again + 1
		}
	}
	if r.takeLabelledLead(start) {
		return
	}
	prose := r.prose(start)
	if len(prose) < 2 || r.opening(r.lines[prose[0]].text).opens {
		return
	}
	if r.furnitureBetween(prose[0], prose[1]) {
		r.takeLead(prose[0], "stands between the title and the head's furniture")
		return
	}
	if r.opening(r.lines[prose[1]].text).opens {
		r.takeLead(prose[0], "stands before a paragraph that opens with an attribution")
	}
}

func (r *reading) takeLead(i int, why string) {
	l := &r.lines[i]
	l.is(RoleLead, why)
	r.article.Summary, r.article.Kind = l.text, Lead
}

// takeLabelledLead takes the first paragraph that calls itself the summary; a
// further one is story.
func (r *reading) takeLabelledLead(start int) bool {
	for i := start; i < r.end; i++ {
		switch l := &r.lines[i]; {
		case l.role != RoleLead:
		case r.article.Kind == Lead:
			l.is(RoleBody, "a further summary")
		default:
			r.article.Summary, r.article.Kind = l.rest, Lead
		}
	}
	return r.article.Kind == Lead
}

func (r *reading) firstRepeat() int {
	for i := r.title + 1; i < r.end; i++ {
		if r.lines[i].role == RoleRepeat {
			return i
		}
	}
	return -1
}

func (r *reading) proseBetween(from, to int) []int {
	return slices.DeleteFunc(r.prose(from), func(i int) bool { return i >= to })
}

func (r *reading) furnitureBetween(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if slices.Contains(headFurniture, r.lines[i].role) {
			return true
		}
	}
	return false
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

// What a site puts behind a story at the most: lines, and words in a line.
const footLines, footWords = 5, 12

// footFurniture are the lines that stand in a foot, if the story went before.
var footFurniture = []Role{RoleCredit, RoleTags, RoleDate, RoleByline}

// trimFoot drops what follows the foot's credit or tags if it is a handful of
// words here and there: prompts that the language's file doesn't know.
func (r *reading) trimFoot() {
	foot := r.end - 1
	for foot > r.title && !slices.Contains(footFurniture, r.lines[foot].role) {
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

// takeMeta gathers what the furniture says.
func (r *reading) takeMeta() {
	a := r.article
	var first opening
	if len(a.Body) > 0 {
		first = r.opening(a.Body[0])
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
		if o := r.opening(r.article.Summary); o.source.Name != "" {
			return o.source
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
	if d := r.lines[r.title].stated; !d.IsZero() {
		return d
	}
	return first.stated
}
