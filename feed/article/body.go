package article

import "slices"

// findBody settles what is story. A credit, byline, date or list of tags has
// its meaning in the head and foot only: within the story it is a paragraph.
func (r *reading) findBody() {
	r.trimFoot()
	first, last := r.firstProse(), r.lastProse()
	for i := first; i >= 0 && i < last; i++ {
		switch l := &r.lines[i]; l.role {
		case RoleCredit, RoleByline, RoleDate, RoleTags:
			l.is(RoleBody, "stands within the story: "+l.why)
		}
	}
	if story := r.prose(r.title + 1); len(story) > 0 {
		r.article.Body = make([]string, 0, len(story))
		for _, i := range story {
			r.article.Body = append(r.article.Body, r.lines[i].text)
		}
	}
	if r.article.Kind == NoSummary && len(r.article.Body) > 0 {
		r.article.Summary, r.article.Kind = r.derive(r.article.Body[0]), Derived
	}
}

// takeMeta gathers what the furniture says.
func (r *reading) takeMeta() {
	a := r.article
	var first opening
	if i := r.firstProse(); i != none {
		first = r.openingOf(&r.lines[i])
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
	last := r.lastProse()
	for i := range r.lines { // above the story it is a picture's
		if l := &r.lines[i]; l.role == RoleRights && l.credit.Name != "" && i > last {
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
