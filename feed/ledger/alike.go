package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"

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
func fingerprint(text []byte) int64 {
	sum := sha256.Sum256(text)
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

// appendStory appends a story without the noise around it, folded.
func appendStory(b []byte, a *article.Article) []byte {
	b = article.AppendKey(b, a.Title)
	if a.Kind == article.Lead {
		b = article.AppendKey(b, a.Summary)
	}
	for _, p := range a.Body {
		b = article.AppendKey(b, p)
	}
	return b
}

// storyOf is a story by itself.
func storyOf(a *article.Article) []byte { return appendStory(make([]byte, 0, sizeOf(a)), a) }

// appendShown appends all that a subscriber sees of an article. A feed keeps no
// more of its white space than a reader does.
func appendShown(b []byte, a *article.Article, media []Media) []byte {
	b = appendFields(b, a.Title)
	line := func(text string) { b = appendFields(append(b, '\n'), text) }
	for _, text := range [...]string{a.Summary, string(a.Kind), a.Source.Name, a.Lang, strings.Join(a.Authors, ","), strings.Join(a.Tags, ",")} {
		line(text)
	}
	for _, m := range media {
		line(shape(m))
	}
	for _, p := range a.Body {
		line(p)
	}
	return b
}

// appendFields appends the words of a text with single spaces between them, as
// strings.Fields has them. Most texts are so already.
func appendFields(b []byte, text string) []byte {
	if isTidy(text) {
		return append(b, text...)
	}
	first := true
	for word := range strings.FieldsSeq(text) {
		if !first {
			b = append(b, ' ')
		}
		b = append(b, word...)
		first = false
	}
	return b
}

// isTidy reports whether a text has no white space but single blanks within it.
func isTidy(text string) bool {
	blank := true // before the first word there must be none either
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case c < ' ':
			return false // at least not to be told here
		case mayOpenSpace(c):
			if r, _ := utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(r) {
				return false
			}
		}
		blank = false
	}
	return !blank || text == ""
}

// mayOpenSpace reports whether a byte is the first of some white space beyond
// ASCII: U+0085, U+00A0, U+1680, those from U+2000 to U+205F, U+3000.
func mayOpenSpace(c byte) bool { return c == 0xC2 || c == 0xE1 || c == 0xE2 || c == 0xE3 }

func sizeOf(a *article.Article) int {
	n := len(a.Title) + len(a.Summary)
	for _, p := range a.Body {
		n += len(p)
	}
	return n
}
