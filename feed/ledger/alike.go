package ledger

import (
	"crypto/sha256"
	"hash/maphash"
	"strings"

	"seedfeed/feed/article"
)

// shingle is the number of letters in the pieces that two texts are compared by.
const shingle = 6

// How much of the smaller text's pieces two versions of one story share. Two
// stories of one outlet share names and formulas, about a tenth. At the same
// place a third is enough; elsewhere, where less speaks for it, it takes half.
const (
	inPlace = 1.0 / 3
	moved   = 1.0 / 2
)

var shingleSeed = maphash.MakeSeed()

// alike reports whether two articles share so much that they are one story.
func alike(a, b *article.Article, share float64) bool {
	if a == nil || b == nil {
		return false
	}
	x, y := shingles(a), shingles(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	shared := 0
	for s := range x {
		if y[s] {
			shared++
		}
	}
	return len(y) == 0 || len(x) > 0 && float64(shared) > share*float64(len(x))
}

func shingles(a *article.Article) map[uint64]bool {
	letters := []rune(textOf(a))
	set := make(map[uint64]bool, len(letters))
	for i := 0; i+shingle <= len(letters); i++ {
		set[maphash.String(shingleSeed, string(letters[i:i+shingle]))] = true
	}
	return set
}

// identity is the same for two texts that differ in nothing but noise.
type identity [sha256.Size]byte

func identify(a *article.Article) identity { return sha256.Sum256([]byte(textOf(a))) }

// textOf is a story without the noise around it, folded.
func textOf(a *article.Article) string {
	var b strings.Builder
	b.WriteString(article.Key(a.Title))
	if a.Kind == article.Lead {
		b.WriteString(article.Key(a.Summary))
	}
	for _, p := range a.Body {
		b.WriteString(article.Key(p))
	}
	return b.String()
}

// sameToReader reports whether a subscriber sees no difference.
func sameToReader(a, b *article.Article) bool {
	return a != nil && shown(a) == shown(b)
}

// shown is all that a subscriber sees of an article. A feed keeps no more of its
// white space than a reader does.
func shown(a *article.Article) string {
	parts := []string{a.Title, a.Summary, string(a.Kind), a.Source.Name, a.Lang, strings.Join(a.Authors, ","), strings.Join(a.Tags, ",")}
	parts = append(parts, a.Body...)
	for i, p := range parts {
		parts[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(parts, "\n")
}

func sizeOf(a *article.Article) int {
	n := len(a.Title) + len(a.Summary)
	for _, p := range a.Body {
		n += len(p)
	}
	return n
}

func (n names) take(page string) bool {
	k := strings.ToLower(page)
	if n[k] {
		return false
	}
	n[k] = page != ""
	return true
}
