package article

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
)

// Recurring finds the lines that come again in many articles: a site's own
// prompts and footers, in whatever language. It holds no text but of lines that
// did come again, a few bytes for any other.
type Recurring struct {
	seed     maphash.Seed
	articles int
	lines    map[uint64]*recurrence
	seen     map[uint64]bool // in the article at hand
}

type recurrence struct {
	articles int
	text     string // as a later article has it
	places   []Place
}

// Place is where a line stands.
type Place struct {
	Path string
	N    int // counted from 1
}

// Recurrence is a line that came again: the phrase that covers it, with "…" for
// the numbers in it, and in how many articles it stood as a part of the story.
type Recurrence struct {
	Phrase   string
	Articles int
	Places   []Place // two of them
}

// NewRecurring counts nothing yet.
func NewRecurring() *Recurring {
	return &Recurring{seed: maphash.MakeSeed(), lines: map[uint64]*recurrence{}, seen: map[uint64]bool{}}
}

// Articles is how many articles were counted.
func (r *Recurring) Articles() int { return r.articles }

// examples is how many places of a line are kept.
const examples = 2

// Add counts the lines that an article keeps as title, lead or body, each once.
func (r *Recurring) Add(path string, a *Article) {
	r.articles++
	clear(r.seen)
	for _, l := range a.Lines {
		if l.Role != RoleTitle && l.Role != RoleLead && l.Role != RoleBody {
			continue
		}
		key := maphash.String(r.seed, withoutNumbers(bare(fold(l.Text))))
		if r.seen[key] {
			continue
		}
		r.seen[key] = true
		r.count(key, l, path)
	}
}

func (r *Recurring) count(key uint64, l Line, path string) {
	c := r.lines[key]
	if c == nil {
		c = new(recurrence)
		r.lines[key] = c
	}
	c.articles++
	if c.articles > 1 && len(c.places) < examples {
		c.text = l.Text
		c.places = append(c.places, Place{path, l.N})
	}
}

// List gives the lines that came in so many articles at least, the commonest
// first.
func (r *Recurring) List(least int) []Recurrence {
	var list []Recurrence
	for _, c := range r.lines {
		if c.articles < max(least, examples) {
			continue
		}
		if phrase := phraseOf(c.text); phrase != "" {
			list = append(list, Recurrence{phrase, c.articles, c.places})
		}
	}
	slices.SortFunc(list, func(a, b Recurrence) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Phrase, b.Phrase))
	})
	return list
}

// withoutNumbers puts a "0" for each number of a folded text: what counts
// something is the same line in every article.
func withoutNumbers(folded string) string {
	if strings.IndexFunc(folded, isDecimal) < 0 {
		return folded
	}
	var b strings.Builder
	eachNumber(folded, isDecimal, func(text string, number bool) {
		if number {
			text = "0"
		}
		b.WriteString(text)
	})
	return b.String()
}

// eachNumber goes through a text and what is a number in it: digits, and marks
// between them ("1,204", "14:05").
func eachNumber(s string, digit func(rune) bool, take func(text string, number bool)) {
	for s != "" {
		start := strings.IndexFunc(s, digit)
		if start < 0 {
			take(s, false)
			return
		}
		if start > 0 {
			take(s[:start], false)
		}
		end := start
		for i, c := range s[start:] {
			if digit(c) {
				end = start + i + len(string(c))
			} else if !strings.ContainsRune(".,:/-٫٬،", c) {
				break
			}
		}
		take(s[start:end], true)
		s = s[end:]
	}
}

// phraseOf is the cue that covers a line: its words, with gaps for its numbers.
// A phrase has two gaps at the most, and a word at least.
func phraseOf(text string) string {
	l := line{text: text}
	from, to := core(l.form())
	if from == to {
		return ""
	}
	var b strings.Builder
	gaps := 0
	eachNumber(l.original(from, to), unicode.IsDigit, func(part string, number bool) {
		if number {
			part = "…"
			gaps++
		}
		b.WriteString(part)
	})
	phrase := b.String()
	if gaps > 2 {
		phrase = phrase[:strings.Index(phrase, "…")] + "…"
	}
	if strings.Trim(phrase, "… ") == "" {
		return ""
	}
	return phrase
}
