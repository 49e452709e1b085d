package article

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text to the form in which words are compared: lower case, ASCII
// digits, one kind of dash, quote, comma and colon, Persian yeh and kaf, bare
// alef, no vowel marks, tatweel, joiners or direction marks, single spaces, NFC.
// The text that is published is never folded.
func fold(s string) string {
	table := foldings()
	var buffer [512]byte
	folded := buffer[:0]
	if len(s) > len(buffer) {
		folded = make([]byte, 0, len(s))
	}
	space, composed := false, true
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		if r >= 0x0300 {
			composed = composed && !combines(r)
		}
		i += size
		if r = folding(r, table); r == ' ' {
			space = len(folded) > 0
			continue
		}
		if r < 0 {
			continue
		}
		if space {
			folded = append(folded, ' ')
			space = false
		}
		folded = utf8.AppendRune(folded, r)
	}
	if !composed && !norm.NFC.IsNormalString(s) {
		return fold(norm.NFC.String(s))
	}
	return string(folded)
}

// decode is utf8.DecodeRuneInString for s[i:], quick for the two bytes that most
// letters beyond ASCII take.
func decode(s string, i int) (r rune, size int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return rune(c), 1
	}
	if c >= 0xC2 && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
		return rune(c&0x1F)<<6 | rune(s[i+1]&0x3F), 2
	}
	return utf8.DecodeRuneInString(s[i:])
}

// folding looks up what foldRune says.
func folding(r rune, table *foldTable) rune {
	switch {
	case r < lastCommon:
		return table.letters[r]
	case 0x2000 <= r && r < lastGeneral:
		return table.marks[r-0x2000]
	}
	return foldRune(r)
}

// stretch is where in a text a stretch of its folded form begins and ends.
func stretch(s string, from, to int) (start, end int) {
	table := foldings()
	start, end = len(s), len(s)
	n, space := 0, false // of the folded form so far
	place := func(r rune, i int) bool {
		if r = folding(r, table); r == ' ' {
			space = n > 0
			return true
		}
		if r < 0 {
			return true
		}
		if space {
			n++
			space = false
		}
		n += utf8.RuneLen(r)
		if n > from && start == len(s) {
			start = i
		}
		if n > to {
			end = i
		}
		return n <= to
	}
	if isComposed(s) {
		for i, r := range s {
			if !place(r, i) {
				break
			}
		}
		return start, max(start, end)
	}
	var it norm.Iter
	for it.InitString(norm.NFC, s); !it.Done(); {
		i := it.Pos()
		for _, r := range string(it.Next()) {
			if !place(r, i) {
				return start, max(start, end)
			}
		}
	}
	return start, max(start, end)
}

// isComposed reports whether a text is in NFC.
func isComposed(s string) bool {
	for _, r := range s {
		if combines(r) {
			return norm.NFC.IsNormalString(s)
		}
	}
	return true
}

// combines reports whether a rune may be one that NFC joins to the one before.
func combines(r rune) bool {
	return r >= 0x0300 && (r < 0x0370 || 0x0653 <= r && r <= 0x0655 || 0x0900 <= r && r < 0x2000 || 0x3099 <= r && r <= 0x309A || 0xD7B0 <= r && r <= 0xD7FF)
}

// lastCommon bounds the scripts that are written with letters, from Latin to
// Thai. What their signs are is looked up.
const lastCommon = 0x0E80

// lastGeneral bounds the block of general punctuation.
const lastGeneral = 0x2070

type foldTable struct {
	letters [lastCommon]rune
	marks   [lastGeneral - 0x2000]rune
}

var foldings = sync.OnceValue(func() *foldTable {
	var table foldTable
	for r := range table.letters {
		table.letters[r] = foldRune(rune(r))
	}
	for r := range table.marks {
		table.marks[r] = foldRune(rune(0x2000 + r))
	}
	return &table
})

// foldRune is what a rune counts as when words are compared, ' ' for white
// space, -1 for nothing.
func foldRune(r rune) rune {
	if 0x3400 <= r && r < 0xD7A4 { // Han, Hangul
		return r
	}
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
	case r == 0x00AD, r == 0x0640, r == 0x0670, r == 0xFEFF, r == 0x093C, // the last is the nukta, often left out
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
	'ς': 'σ',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '־': '-',
	'“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"', '״': '"',
	'‘': '\'', '’': '\'', '‚': '\'', '‛': '\'', 'ʼ': '\'', '׳': '\'',
	'،': ',', '、': ',', '､': ',', '؛': ';', '؟': '?', '。': '.', '｡': '.', '۔': '.',
	'፣': ',', '፤': ';', '፦': ':', '፡': ' ',
	'│': '|', '丨': '|', 'ⓒ': '©', '┃': '|', '¦': '|', '❘': '|', '︰': ':', '﹕': ':', '∶': ':',
	'【': '[', '】': ']', '〔': '[', '〕': ']', '［': '[', '］': ']',
}

// Key is what two spellings of one line have in common: its folded words without
// white space and closing punctuation.
func Key(s string) string { return squeeze(fold(s)) }

// squeeze makes a key of a folded text.
func squeeze(folded string) string {
	key := strings.TrimRightFunc(strings.ReplaceAll(folded, " ", ""), unicode.IsPunct)
	return strings.ReplaceAll(key, dotless, dotted)
}

// In Turkish capitals I stands for the letter without a dot, elsewhere for the
// one with it: in a key they are the same.
const dotless, dotted = "ı", "i"

// Signs that make a word in scripts without spaces: of Han and kana, and of the
// Thai and its neighbours, whose vowels count.
const denseWord, thaiWord = 2, 5

// wordCount counts the words of a text; in scripts without spaces, what would be
// as long.
func wordCount(s string) int {
	n, dense, thai, in := 0, 0, 0, false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == 0x00A0 || r == 0x3000:
			in = false
		case 0x0E00 <= r && r < 0x1800 && (spaceless(r) || unicode.IsMark(r)):
			thai++
			in = false
		case spaceless(r):
			dense++
			in = false
		case !in:
			n++
			in = true
		}
	}
	return n + (dense+denseWord-1)/denseWord + (thai+thaiWord-1)/thaiWord
}

// spaceless reports whether a rune is of a script that puts no spaces between
// words: Thai and Lao, Burmese, Khmer, kana and Han (Unicode's blocks).
func spaceless(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r < 0x0F00, 0x1000 <= r && r < 0x10A0, 0x1780 <= r && r < 0x1800:
		return true
	case r < 0x3005:
		return false
	}
	return r <= 0x3007 || 0x3041 <= r && r < 0x3100 || 0x31F0 <= r && r < 0x3200 || 0x3400 <= r && r < 0xA000 ||
		0xF900 <= r && r < 0xFB00 || 0xFF66 <= r && r < 0xFFA0 || 0x20000 <= r && r < 0x40000
}

// firstWord is what a phrase or a line is looked up by: its first word, in
// scripts without spaces its first sign.
func firstWord(s string) string {
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		if r >= 0x0E00 && spaceless(r) || !inWord(r) {
			if i == 0 {
				return s[:size]
			}
			return s[:i]
		}
		i += size
	}
	return s
}

// inWord reports whether a rune stands within words.
func inWord(r rune) bool {
	if r < lastCommon {
		return r >= 0 && wordSigns[r]
	}
	return 0x3400 <= r && r < 0xD7A4 || unicode.In(r, wordTables...)
}

var wordTables = []*unicode.RangeTable{unicode.L, unicode.Nd, unicode.M}

// wordSigns is what inWord says of common scripts, to look up.
var wordSigns = func() *[lastCommon]bool {
	var signs [lastCommon]bool
	for _, table := range wordTables {
		for _, t := range table.R16 {
			for r := int(t.Lo); r <= int(t.Hi) && r < lastCommon; r += int(t.Stride) {
				signs[r] = true
			}
		}
	}
	signs['\''] = true
	return &signs
}()
