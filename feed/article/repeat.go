package article

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// repeated reports whether the words of line i come again below it as a line,
// with or without a site's name.
func (r *reading) repeated(i int) bool {
	l := &r.lines[i]
	if l.again == unasked {
		l.again = no
		if r.comesAgain(i) {
			l.again = yes
		}
	}
	return l.again == yes
}

// answer is to a question that is asked once.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

func (r *reading) comesAgain(i int) bool {
	text := r.lines[i].text
	keys := []string{r.lines[i].key()}
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
const joined = 100

// repeats reports whether a line is a title by its key, alone or with a site's
// name or a label appended.
func repeats(l *line, k string) bool {
	if k == "" || len(l.text) < len(k)/2 || len(l.text) > len(k)+len(k)/2+joined {
		return false
	}
	same := l.key()
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

// mostPieces bounds the ways to part a line.
const mostPieces = 12

// pieces lists the ways to part a title from a site's name or a label: at a
// bar, at a dash between spaces, at a colon.
func pieces(text string) []piece {
	var list []piece
	for i, c := range text {
		if c < utf8.RuneSelf && inWord(c) || c == ' ' {
			continue
		}
		size := utf8.RuneLen(c)
		switch folded := foldRune(c); {
		case folded == '|', folded == '-' && spaced(text, i, size):
			left, right := strings.TrimRight(text[:i], "- "), strings.TrimLeft(text[i+size:], "- ")
			list = append(list, piece{kept: left, cut: right}, piece{kept: right, cut: left})
		case folded == ':':
			list = append(list, piece{kept: strings.TrimSpace(text[i+size:]), cut: strings.TrimSpace(text[:i]), label: true})
		}
		if len(list) > mostPieces {
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
	title := r.article.Title
	whole := Key(title)
	shorter := map[string]string{} // forms of the title by their keys
	longest, _ := r.cutBars(title)
	for _, p := range append(pieces(title), pieces(longest)...) {
		if wordCount(p.cut) <= mostOutlet && wordCount(p.kept) > 1 {
			shorter[Key(p.kept)] = p.kept
		}
	}
	for i := range r.lines {
		l := &r.lines[i]
		if i == r.title || l.role != RoleBody && l.role != RoleKicker || len(l.text) > len(title)+len(title)/2+joined {
			continue
		}
		form := ""
		if len(shorter) > 0 {
			form = shorter[l.key()]
		}
		if form == "" && !repeats(l, whole) {
			continue
		}
		l.is(RoleRepeat, "says the title again")
		if form != "" && len(form) < len(r.article.Title) {
			r.article.Title = form
		}
	}
}
