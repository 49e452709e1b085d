package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"seedfeed/feed/article"
)

// How much of the smaller text's pieces two versions of one story share. Two
// stories of one outlet share names and formulas, about a tenth. At the same
// place under the same title or on the same day a third is enough; where less
// speaks for it, it takes half. Four fifths are an edit and not another story in
// its place, even if the old text now stands elsewhere too, as a backup does.
const (
	inPlace = 1.0 / 3
	moved   = 1.0 / 2
	surely  = 4.0 / 5
)

// shingle is the number of letters in the pieces that two texts are compared by.
const shingle = 6

// sketchSize is how many pieces a sketch keeps. The share it tells is right to
// some six hundredths, and a row has room for it.
const sketchSize = 64

// sketch is a text in small: its length in pieces, and those of them with the
// smallest hashes, in order, which are a fair sample (Broder, On the
// resemblance and containment of documents, 1997). It is a string of
// big-endian 32-bit numbers, so that rows compare and store as they are.
type sketch string

func newSketch(hashes []uint32) sketch {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(hashes)))
	for _, h := range hashes[:min(sketchSize, len(hashes))] {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return sketch(b)
}

func (s sketch) len() int        { return len(s)/4 - 1 }
func (s sketch) at(i int) uint32 { return binary.BigEndian.Uint32([]byte(s[4*i+4:])) }

// total is the number of different pieces of the whole text.
func (s sketch) total() int {
	if len(s) < 4 {
		return 0
	}
	return int(binary.BigEndian.Uint32([]byte(s[:4])))
}

// share is how much of the smaller text's pieces the other one has, 0 to 1.
func (s sketch) share(t sketch) float64 {
	if s.total() == 0 || t.total() == 0 {
		return 0
	}
	seen, both := 0, 0
	for i, j := 0, 0; seen < sketchSize && i < s.len() && j < t.len(); seen++ {
		switch a, b := s.at(i), t.at(j); {
		case a == b:
			both++
			i++
			j++
		case a < b:
			i++
		default:
			j++
		}
	}
	if seen < sketchSize && s.len() < sketchSize && t.len() < sketchSize {
		seen = s.len() + t.len() - both // both sketches are whole: it can be told exactly
	}
	alike := float64(both) / float64(seen)
	shared := alike / (1 + alike) * float64(s.total()+t.total())
	return min(1, shared/float64(min(s.total(), t.total())))
}

// sketches makes the two of a story: of its letters, and of its figures.
func sketches(story string) (words, figures sketch) {
	letters := make([]rune, 0, len(story))
	var number []rune
	var numbers []uint32
	for _, r := range story + " " {
		if unicode.IsDigit(r) {
			number = append(number, r)
			continue
		}
		if len(number) > 0 {
			numbers = append(numbers, piece(number))
			number = number[:0]
		}
		letters = append(letters, r)
	}
	letters = letters[:len(letters)-1]
	var pieces []uint32
	for i := 0; i+shingle <= len(letters); i++ {
		pieces = append(pieces, piece(letters[i:i+shingle]))
	}
	return newSketch(pieces), newSketch(numbers)
}

// piece is FNV-1a of some letters, stirred: of plain FNV the smallest are no
// fair sample.
func piece(letters []rune) uint32 {
	h := uint64(14695981039346656037)
	for _, r := range letters {
		h = (h ^ uint64(r)) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return uint32(h >> 32)
}

// Figures that have to be there before they tell a reissue.
const fewFigures = 3

// reissued reports whether a text is another issue of the same form, as
// yesterday's and today's prices are: nearly the same words, other figures.
func (k *known) reissued(r *Reading) bool {
	return !sameDay(k.stated, r.stated) && k.figures.total() >= fewFigures && r.figures.total() >= fewFigures &&
		k.figures.share(r.figures) < 1.0/2 && k.sketch.share(r.sketch) > surely
}

// alike reports whether a text may be another version of an item's.
func (k *known) alike(r *Reading, share float64) bool {
	return k.sketch.share(r.sketch) > share && !k.reissued(r)
}

// kin reports whether a text is an item's in another version, although its
// place does not tell: alike, with title or stated date the same and neither
// against it.
func (k *known) kin(r *Reading, share float64) bool {
	return !k.conflicts(r) && k.named(r) && k.alike(r, share)
}

// stays reports whether a text at an item's place is another version of it. If
// it states another day, that has to be sure: rather is it the next issue.
func (k *known) stays(r *Reading) bool {
	switch {
	case k.conflicts(r):
		return k.alike(r, surely)
	case k.named(r):
		return k.alike(r, inPlace)
	}
	return k.alike(r, moved)
}

// named reports whether a text has an item's title or stated date.
func (k *known) named(r *Reading) bool {
	return sameDay(k.stated, r.stated) || article.Key(k.title) == r.titleKey
}

// conflicts reports whether both state a day, and not the same.
func (k *known) conflicts(r *Reading) bool {
	return k.stated != "" && r.stated != "" && !sameDay(k.stated, r.stated)
}

// sameDay reports whether two stated dates are one day.
func sameDay(a, b string) bool {
	return len(a) >= dayLength && len(b) >= dayLength && a[:dayLength] == b[:dayLength]
}

const dayLength = len("2006-01-02")

// fingerprint is enough of a hash to tell texts apart.
func fingerprint(s string) int64 {
	sum := sha256.Sum256([]byte(s))
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// Fingerprint is a hash of all that something depends on.
func Fingerprint(parts ...string) int64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write(binary.AppendUvarint(nil, uint64(len(p))))
		h.Write([]byte(p))
	}
	return int64(h.Sum64())
}

// storyOf is a story without the noise around it, folded.
func storyOf(a *article.Article) string {
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

// shownOf is all that a subscriber sees of an article. A feed keeps no more of
// its white space than a reader does.
func shownOf(a *article.Article, media []string) string {
	parts := []string{a.Title, a.Summary, string(a.Kind), a.Source.Name, a.Lang, strings.Join(a.Authors, ","), strings.Join(a.Tags, ",")}
	parts = append(append(parts, media...), a.Body...)
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
