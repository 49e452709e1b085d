package article

import "slices"

// findLead looks for the paragraph that sums the story up. Of two that may be
// it, the one with the better reason is; the other is story.
func (r *reading) findLead() {
	if r.given.summary != "" {
		r.takeGiven()
		return
	}
	c := best(r.leads())
	if c == nil {
		return
	}
	l := &r.lines[c.line]
	l.is(RoleLead, c.why())
	r.article.Summary, r.article.Kind = l.text, Lead
	if l.rest != "" {
		r.article.Summary = l.rest
	}
}

// takeGiven takes the summary that front matter gives. A paragraph that says the
// same is no longer in the body; any other one is story.
func (r *reading) takeGiven() {
	r.article.Summary, r.article.Kind = r.given.summary, Lead
	key := Key(r.given.summary)
	for i := r.title + 1; i < r.end; i++ {
		if l := &r.lines[i]; l.role == RoleLead || l.role == RoleBody && len(l.text) <= 2*len(r.given.summary) && l.key() == key {
			l.is(RoleLead, "the summary of the front matter")
		}
	}
}

// leads lists the paragraphs that may be the lead: the one between the title
// and its repeat, those with a label, the only one before the head's furniture,
// the one before a paragraph that opens with an attribution or a dateline.
func (r *reading) leads() (list []candidate) {
	give := func(line int, points float64, why string) {
		list = append(list, candidate{line, points, []reason{{points, why}}})
	}
	start := r.title + 1
	if again := r.firstRepeat(); again > 0 {
		between := r.proseBetween(start, again)
		if len(between) == 1 && len(r.prose(again)) > 0 {
			give(between[0], 4, "stands between the title and its repeat")
		}
		if len(between) == 0 {
			start = again + 1
		}
	}
	for i := start; i < r.end; i++ {
		if l := &r.lines[i]; l.role == RoleLead {
			give(i, 3, l.why)
			l.is(RoleBody, "a further summary")
		}
	}
	prose := r.prose(start)
	if len(prose) < 2 || r.openingOf(&r.lines[prose[0]]).opens {
		return list
	}
	if l := &r.lines[prose[0]]; l.wordCount() <= 2 && !ends(l.text) {
		return list // a prompt that the language's file doesn't know
	}
	if r.furnitureBetween(prose[0], prose[1]) {
		give(prose[0], 2, "stands between the title and the head's furniture")
	}
	if r.openingOf(&r.lines[prose[1]]).opens {
		give(prose[0], 1, "stands before a paragraph that opens with an attribution")
	}
	return list
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
