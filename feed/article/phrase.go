package article

import (
	"strings"
	"unicode/utf8"
)

// Folded is a text in the form in which words are compared: in lower case, with
// ASCII digits and single spaces, Persian yeh and kaf, without vowel marks and
// joiners.
func Folded(s string) string { return strings.TrimSpace(fold(s)) }

// Phrase is a word or some words to be looked for in texts. It is found as
// fold has it, and at the bounds of words: "bread" is not in "breadth", but
// "bread*" is, and "*bread" in "gingerbread". What a zero-width non-joiner parts
// counts as words, too: "کتاب" is in "کتاب‌ها". Scripts that put no spaces between
// words have no such bounds.
type Phrase struct {
	joined, parted string // folded: with ZWNJ left out, and as a space
	before, after  bool   // a word may begin before it, and go on after it
}

const zwnj = "\u200C"

// NewPhrase makes a phrase ready to be looked for.
func NewPhrase(s string) Phrase {
	bare := strings.TrimSpace(s)
	p := Phrase{before: strings.HasPrefix(bare, "*"), after: strings.HasSuffix(bare, "*")}
	bare = strings.Trim(bare, "*")
	p.joined, p.parted = fold(bare), fold(strings.ReplaceAll(bare, zwnj, " "))
	return p
}

// In reports whether an article has the phrase in its title, lead or body.
func (p Phrase) In(a *Article) bool {
	if p.joined == "" {
		return false
	}
	if p.inText(a.Title) || p.inText(a.Kicker) || p.inText(a.Summary) {
		return true
	}
	for _, text := range a.Body {
		if p.inText(text) {
			return true
		}
	}
	return false
}

func (p Phrase) inText(text string) bool {
	return p.inFolded(fold(text), p.joined) || strings.Contains(text, zwnj) && p.inFolded(fold(strings.ReplaceAll(text, zwnj, " ")), p.parted)
}

func (p Phrase) inFolded(text, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(phrase)
		if (p.before || bound(text, start)) && (p.after || bound(text, end)) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

// bound reports whether a word begins or ends in a folded text at i.
func bound(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return i == 0 || i == len(text) || !inWord(before) || !inWord(after) || spaceless(before) || spaceless(after)
}
