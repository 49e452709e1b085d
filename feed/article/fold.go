package article

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text to the form in which words are compared: lower case, ASCII
// digits, one kind of dash, quote, comma and colon, Persian yeh and kaf, bare
// alef, no vowel marks, tatweel, joiners or direction marks, single spaces. The
// text that is published is never folded.
func fold(s string) string {
	folded, _ := foldAt(s, false)
	return folded
}

// foldAt folds s and, if asked, tells for every byte of the result where in s
// it came from (with one more entry for the end).
func foldAt(s string, track bool) (string, []int) {
	common := foldings()
	var b strings.Builder
	b.Grow(len(s))
	var at []int
	space, composed := false, true
	for i, r := range s {
		composed = composed && !combines(r)
		if r < lastCommon {
			r = common[r]
		} else {
			r = foldRune(r)
		}
		if r == ' ' {
			space = b.Len() > 0
			continue
		}
		if r < 0 {
			continue
		}
		before := b.Len()
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		for ; track && before < b.Len(); before++ {
			at = append(at, i)
		}
	}
	if !composed && !track && !norm.NFC.IsNormalString(s) {
		return foldAt(norm.NFC.String(s), false)
	}
	if track {
		at = append(at, len(s))
	}
	return b.String(), at
}

// combines reports whether a rune may be one that NFC joins to the one before.
func combines(r rune) bool {
	return 0x0300 <= r && r < 0x0370 || 0x0653 <= r && r <= 0x0655 || 0x0900 <= r && r < 0x2000 || 0x3099 <= r && r <= 0x309A || 0xD7B0 <= r && r <= 0xD7FF
}

// lastCommon bounds the scripts that most of the news is written in: Latin,
// Greek, Cyrillic, Hebrew, Arabic. Their folding is looked up.
const lastCommon = 0x0700

var foldings = sync.OnceValue(func() *[lastCommon]rune {
	var table [lastCommon]rune
	for r := range table {
		table[r] = foldRune(rune(r))
	}
	return &table
})

// foldRune is what a rune counts as when words are compared, ' ' for white
// space, -1 for nothing.
func foldRune(r rune) rune {
	if same, ok := alike[r]; ok {
		return same
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unseen(r):
		return -1
	case 0xFF01 <= r && r <= 0xFF5E: // full-width ASCII
		return foldRune(r - 0xFEE0)
	case unicode.Is(unicode.Nd, r):
		return '0' + digit(r)
	}
	return unicode.ToLower(r)
}

// unseen reports whether a rune leaves no mark of its own in a word: joiners,
// direction marks, tatweel, Arabic and Hebrew vowel points.
func unseen(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x0640, r == 0x0670, r == 0xFEFF,
		0x064B <= r && r <= 0x065F,
		0x0591 <= r && r <= 0x05BD, 0x05BF <= r && r <= 0x05C2, 0x05C4 <= r && r <= 0x05C7,
		0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069:
		return true
	}
	return false
}

// digit is the value of a decimal digit of any script: Unicode keeps the ten of
// a script together, zero first (Unicode 16, section 4.6).
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// alike holds the spellings of one and the same sign.
var alike = map[rune]rune{
	'ي': 'ی', 'ى': 'ی', 'ك': 'ک', 'أ': 'ا', 'إ': 'ا', 'ٱ': 'ا', 'ۀ': 'ه', 'ة': 'ه',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '־': '-',
	'“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"', '״': '"',
	'‘': '\'', '’': '\'', '‚': '\'', '‛': '\'', 'ʼ': '\'', '׳': '\'',
	'،': ',', '、': ',', '､': ',', '؛': ';', '؟': '?', '。': '.', '｡': '.', '۔': '.',
	'│': '|', '┃': '|', '¦': '|', '❘': '|', '︰': ':', '﹕': ':', '∶': ':',
	'【': '[', '】': ']', '〔': '[', '〕': ']', '［': '[', '］': ']',
}

// Key is what two spellings of one line have in common: its folded words without
// white space and closing punctuation.
func Key(s string) string { return squeeze(fold(s)) }

// squeeze makes a key of a folded text.
func squeeze(folded string) string {
	return strings.TrimRightFunc(strings.ReplaceAll(folded, " ", ""), unicode.IsPunct)
}

// wordCount counts the words of a text; every two signs of a script without
// spaces count as one.
func wordCount(s string) int {
	n, dense, in := 0, 0, false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == 0x00A0 || r == 0x3000:
			in = false
		case spaceless(r):
			dense++
			in = false
		case !in:
			n++
			in = true
		}
	}
	return n + (dense+1)/2
}

// spaceless reports whether a rune is of a script that puts no spaces between words.
func spaceless(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
