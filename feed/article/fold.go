package article

import (
	"bytes"
	"iter"
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
	var room [768]byte
	folded := appendFolded(room[:0], s)
	if string(folded) == s {
		return s // without a copy
	}
	return string(folded)
}

// appendFolded appends a text's folded form.
func appendFolded(dst []byte, s string) []byte {
	start := len(dst)
	last, combined := byte(' '), false // white space at the start is left out, too
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			if c = byte(foldings[c]); c != ' ' || last != ' ' {
				last = c
				dst = append(dst, c)
			}
			continue
		}
		r, size := decode(s, i)
		combined = combined || combines(r)
		i += size
		if lastTabled <= r && r < 0xD7A4 { // Han, Hangul
			last = 0
			dst = append(dst, s[i-size:i]...)
			continue
		}
		switch r = foldRune(r); {
		case r == ' ' && last == ' ' || r < 0:
		case r < utf8.RuneSelf:
			last = byte(r)
			dst = append(dst, last)
		case r < 0x800:
			last = 0x80 | byte(r&0x3F)
			dst = append(dst, 0xC0|byte(r>>6), last)
		default:
			last = 0
			dst = utf8.AppendRune(dst, r)
		}
	}
	if combined && !inNFC(s, true) {
		return appendFolded(dst[:start], norm.NFC.String(s))
	}
	if last == ' ' && len(dst) > start {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// decode is utf8.DecodeRuneInString for s[i:], quick for the two or three bytes
// that most letters beyond ASCII take.
func decode(s string, i int) (r rune, size int) {
	c := s[i]
	switch {
	case c < utf8.RuneSelf:
		return rune(c), 1
	case c >= 0xC2 && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		return rune(c&0x1F)<<6 | rune(s[i+1]&0x3F), 2
	case c&0xF0 == 0xE0 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
		if r = rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F); r >= 0x800 && (r < 0xD800 || r > 0xDFFF) {
			return r, 3
		}
	}
	return utf8.DecodeRuneInString(s[i:])
}

// stretch is where in a text a stretch of its folded form begins and ends.
func stretch(s string, from, to int) (start, end int) {
	start, end = len(s), len(s)
	n, space := 0, false // of the folded form so far
	place := func(r rune, i int) bool {
		if r = foldRune(r); r == ' ' {
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
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			if r, size = decode(s, i); combines(r) {
				return inNFC(s, false)
			}
		}
		i += size
	}
	return true
}

// inNFC reports whether a text is in NFC, but for letters in one with their
// nukta if those are fine: fold has them in its table. It asks the library only
// about texts with marks that may be joined to the sign before, or may be out of
// their order: most have none.
func inNFC(s string, nuktas bool) bool {
	const most = 16 // marks in a row; some more and the library parts them
	marks := joinings()
	last, run, before := uint8(0), 0, rune(0)
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		i += size
		switch class := marks.of(r); {
		case r == utf8.RuneError && size == 1:
			return norm.NFC.IsNormalString(s)
		case class == 0:
			last, run = 0, 0
		case nuktas && hasNukta(r), r == nukta && last == 0 && i > size && !takesNukta(before):
			last, run = nuktaClass, 1
		case class == joins || class < last || run == most:
			return norm.NFC.IsNormalString(s)
		default:
			last = class
			run++
		}
		before = r
	}
	return true
}

// The nukta, and its canonical combining class.
const nukta, nuktaClass = 0x093C, 7

// hasNukta reports whether a rune is a Devanagari letter with a nukta that NFC
// parts from it, takesNukta whether it is one that NFC joins it to.
func hasNukta(r rune) bool   { return 0x0958 <= r && r <= 0x095F }
func takesNukta(r rune) bool { return r == 0x0928 || r == 0x0930 || r == 0x0933 }

// joinTable tells the canonical combining class of each sign.
type joinTable [lastTabled]uint8

// joins marks the signs that NFC may change, in place of their class.
const joins = 0xFF

// joinings is made for the first text with combining marks.
var joinings = sync.OnceValue(func() *joinTable {
	var table joinTable
	for i := range table {
		s := "a" + string(rune(i))
		if norm.NFC.QuickSpanString(s) < len(s) {
			table[i] = joins
		} else {
			table[i] = norm.NFC.PropertiesString(s[1:]).CCC()
		}
	}
	return &table
})

// of is a sign's class, joins where it is not known.
func (t *joinTable) of(r rune) uint8 {
	switch {
	case r < lastTabled:
		return t[r]
	case r < 0xA000, 0xAC00 <= r && r < 0xD7A4, 0xFF01 <= r && r <= 0xFF5E, r == utf8.RuneError: // Han, Hangul, full-width ASCII
		return 0
	}
	return joins
}

// combines reports whether a rune may be one that NFC joins to the one before.
func combines(r rune) bool {
	return r >= 0x0300 && (r < 0x0370 || 0x0653 <= r && r <= 0x0655 || 0x0900 <= r && r < 0x2000 || 0x3099 <= r && r <= 0x309A || 0xD7B0 <= r && r <= 0xD7FF)
}

// lastTabled bounds the signs that are looked up: Han follows, and Hangul.
const lastTabled = 0x3400

// foldTable says what each sign counts as: ' ' for white space, nothing if it
// doesn't count.
type foldTable [lastTabled]uint16

const nothing = 0xFFFF

// foldRune is what a rune counts as when words are compared, ' ' for white
// space, -1 for nothing.
func foldRune(r rune) rune {
	if r >= lastTabled {
		return foldRare(r)
	}
	if same := foldings[r]; same != nothing {
		return rune(same)
	}
	return -1
}

// foldRare is what a rune beyond the tables counts as.
func foldRare(r rune) rune {
	switch {
	case r < 0xD7A4: // Han, Hangul
		return r
	case 0xFF01 <= r && r <= 0xFF5E: // full-width ASCII
		return foldRune(r - 0xFEE0)
	case r == 0xFEFF:
		return -1
	case unicode.Is(unicode.Nd, r):
		return '0' + digit(r)
	}
	if same, ok := alike[r]; ok {
		return same
	}
	return unicode.ToLower(r)
}

// foldings is fold's table. What stands further down goes before.
var foldings = func() *foldTable {
	var table foldTable
	for r := range table {
		table[r] = uint16(r)
	}
	for _, c := range unicode.CaseRanges {
		for r := c.Lo; r <= c.Hi && r < lastTabled; r++ {
			table[r] = uint16(unicode.ToLower(rune(r)))
		}
	}
	for r := range runesOf(unicode.Nd) {
		table[r] = uint16('0' + digit(r))
	}
	for _, u := range unseen {
		for r := u[0]; r <= u[1]; r++ {
			table[r] = nothing
		}
	}
	for r := range runesOf(unicode.White_Space) {
		table[r] = ' '
	}
	for r, same := range alike {
		if r < lastTabled {
			table[r] = uint16(same)
		}
	}
	return &table
}()

// runesOf goes through the runes of a range table that are looked up.
func runesOf(table *unicode.RangeTable) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for _, t := range table.R16 {
			for r := rune(t.Lo); r <= rune(t.Hi) && r < lastTabled; r += rune(t.Stride) {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// unseen are the runes that leave no mark of their own in a word: joiners,
// direction marks, tatweel, Arabic and Hebrew vowel points, and the nukta, which
// is often left out.
var unseen = [][2]rune{
	{0x00AD, 0x00AD}, {0x0640, 0x0640}, {0x0670, 0x0670}, {0x093C, 0x093C}, {0x064B, 0x065F},
	{0x0591, 0x05BD}, {0x05BF, 0x05C2}, {0x05C4, 0x05C7},
	{0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2069},
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
	'ς':      'σ',
	'\u0958': 'क', '\u0959': 'ख', '\u095A': 'ग', '\u095B': 'ज', '\u095C': 'ड', '\u095D': 'ढ', '\u095E': 'फ', '\u095F': 'य', // without their nukta
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
func Key(s string) string {
	var room [512]byte
	return string(AppendKey(room[:0], s))
}

// AppendKey appends the key of a line to dst: what Key gives, without a string
// for each line.
func AppendKey(dst []byte, s string) []byte {
	start := len(dst)
	dst = appendFolded(dst, s)
	return dst[:start+len(squeeze(dst[start:]))]
}

// squeeze makes a key of a folded text, in its place.
func squeeze(folded []byte) []byte {
	key := folded[:0]
	for more := true; more; {
		var word []byte
		word, folded, more = bytes.Cut(folded, space)
		key = append(key, word...)
	}
	key = bytes.TrimRightFunc(key, unicode.IsPunct)
	if bytes.Contains(key, dotless) {
		key = append(key[:0], bytes.ReplaceAll(key, dotless, dotted)...)
	}
	return key
}

// In Turkish capitals I stands for the letter without a dot, elsewhere for the
// one with it: in a key they are the same.
var space, dotless, dotted = []byte(" "), []byte("ı"), []byte("i")

// Signs that make a word in scripts without spaces: of Han and kana, and of the
// Thai and its neighbours, whose vowels count.
const denseWord, thaiWord = 2, 5

// wordCount counts the words of a text; in scripts without spaces, what would be
// as long.
func wordCount(s string) int {
	n, dense, thai, in := 0, 0, 0, false
	for _, r := range s {
		switch {
		case r < 0x0E00:
			if r == ' ' || r == '\t' || r == 0x00A0 {
				in = false
			} else if !in {
				n++
				in = true
			}
		case r < 0x1800 && (spaceless(r) || unicode.IsMark(r)):
			thai++
			in = false
		case r == 0x3000:
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
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = decode(s, i)
		}
		if !inWord(r) || r >= 0x0E00 && spaceless(r) {
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
	if r < lastTabled {
		return r >= 0 && wordSigns[r]
	}
	return inRareWord(r)
}

// inRareWord says it of runes beyond the tables.
func inRareWord(r rune) bool { return r < 0xD7A4 || unicode.In(r, wordTables...) }

var wordTables = []*unicode.RangeTable{unicode.L, unicode.Nd, unicode.M}

// wordSigns is what inWord says of common scripts, to look up.
var wordSigns = func() *[lastTabled]bool {
	var signs [lastTabled]bool
	for _, table := range wordTables {
		for r := range runesOf(table) {
			signs[r] = true
		}
	}
	signs['\''] = true
	return &signs
}()
