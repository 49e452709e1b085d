package seed

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf "golang.org/x/text/encoding/unicode"
)

// charset is an encoding and what may be written in it.
//
// Which one a text is in, we tell by how it reads in a language: every character
// costs as many bits as it is a surprise there, and a reading is worth what it
// saves of the 8 bits that each byte costs unread. In the true language that is
// 2 to 5 a byte beyond ASCII, in any other about nothing.
type charset struct {
	name      string
	encoding  encoding.Encoding
	doubt     float64 // bits that a reading must save before it counts
	languages string
}

const (
	likely  = 0.0
	seldom  = 1.0  // if it reads as well in a likely one, it is that
	earnest = 30.0 // next to no ASCII in it: a dozen stray bytes find letters in any table
)

// charsets have ASCII in common. Of two that read alike the first is taken.
var charsets = []charset{
	{"windows-1252", charmap.Windows1252, likely, "und en fr de es pt it ca nl da sv fi is"},
	// iso-8859-9, too: this has quotes where that has nothing that stands in a text.
	{"windows-1254", charmap.Windows1254, seldom, "tr"},
	{"windows-1250", charmap.Windows1250, seldom, "pl cs sk hu ro hr sl"},
	{"iso-8859-2", charmap.ISO8859_2, seldom, "pl cs sk hu ro hr sl"},
	{"windows-1251", charmap.Windows1251, earnest, "ru uk be bg sr"},
	{"koi8-r", charmap.KOI8R, earnest, "ru bg"},
	{"koi8-u", charmap.KOI8U, earnest, "uk be"},
	{"windows-1253", charmap.Windows1253, earnest, "el"},
	{"windows-1255", charmap.Windows1255, earnest, "he"},
	{"windows-1256", charmap.Windows1256, earnest, "ar fa ur"},
	{"windows-874", charmap.Windows874, earnest, "th"},
	{"gb18030", simplifiedchinese.GB18030, earnest, "zh-Hans zh-Hant"},
	{"big5", traditionalchinese.Big5, earnest, "zh-Hant"},
	{"shift_jis", japanese.ShiftJIS, earnest, "ja"},
	{"euc-jp", japanese.EUCJP, earnest, "ja"},
	{"euc-kr", korean.EUCKR, earnest, "ko"},
}

// wideCharsets have zero bytes, at least in blanks and line feeds.
var wideCharsets = []charset{
	{"utf-16le", utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), earnest, "mul"},
	{"utf-16be", utf.UTF16(utf.BigEndian, utf.IgnoreBOM), earnest, "mul"},
}

const (
	sampleSize = 4 << 10 // bytes that tell enough
	blockSize  = 256     // even, to keep pairs of bytes together
	luck       = 8.0     // bits by which a true language may be outdone in a headline
)

// guess is the charset in which raw reads best as text, if it does in any: it
// must save a bit for every byte beyond ASCII.
func guess(raw []byte, among []charset) (best charset, ok bool) {
	sample := sampleOf(raw)
	misfits, least := misfits(sample), float64(countBeyondASCII(sample))
	top := -luck
	for _, c := range among {
		counts, strain, err := c.tally(sample)
		if err != nil {
			continue
		}
		for _, code := range strings.Fields(c.languages) {
			saved := 8*float64(len(sample)) - strain - languages[code].cost(counts)
			worth := saved - c.doubt - misfits[code]
			if saved > max(c.doubt, least) && worth > top {
				best, top, ok = c, worth, true
			}
		}
	}
	return best, ok
}

// sampleOf leaves out what is all ASCII: a long English head shall not hide
// what comes behind.
func sampleOf(raw []byte) []byte {
	var sample []byte
	for block := range slices.Chunk(raw, blockSize) {
		if countBeyondASCII(block) > 0 {
			sample = append(sample, block...)
		}
		if len(sample) >= sampleSize {
			break
		}
	}
	return sample
}

// countBeyondASCII counts NUL as well: ASCII has it, but no text in ASCII.
func countBeyondASCII(raw []byte) (n int) {
	for _, b := range raw {
		if b == 0 || b >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// tally reads a sample: how often each character stands in it, and the bits
// that its neighbours cost.
func (c charset) tally(sample []byte) (counts map[rune]int, strain float64, err error) {
	text, err := c.encoding.NewDecoder().Bytes(sample)
	counts = make(map[rune]int)
	last := ' '
	for _, r := range string(text) {
		counts[r]++
		strain += clash(last, r)
		last = r
	}
	return counts, strain, err
}

// clash is what two neighbours cost on top of what they do alone.
func clash(a, b rune) float64 {
	switch {
	case a < utf8.RuneSelf && b < utf8.RuneSelf:
		return 0
	case unicode.IsLetter(a) && unicode.IsLetter(b):
		return caseClash(a, b) + scriptClash(a, b)
	case unicode.IsUpper(b):
		return 1.5
	case a >= utf8.RuneSelf && b >= utf8.RuneSelf && unicode.IsLetter(a) && (unicode.IsUpper(a) || unicode.IsSymbol(b)):
		return 6 // Â» and â€: UTF-8 misread
	}
	return 0
}

// caseClash of two letters: koi8-r and windows-1251 have each other's capitals
// for small letters.
func caseClash(a, b rune) float64 {
	switch {
	case !unicode.IsUpper(b):
		return 0
	case unicode.IsLower(a):
		return 10
	}
	return 0.5
}

// scriptClash of two letters: a word has ASCII letters and others in it only in
// Latin script, and there seldom two others in a row.
func scriptClash(a, b rune) float64 {
	switch {
	case isLatin(a) != isLatin(b):
		return 6
	case isLatin(a) && a >= utf8.RuneSelf && b >= utf8.RuneSelf:
		return 2
	}
	return 0
}

// isLatin tells a letter as far as our charsets have Latin ones.
func isLatin(letter rune) bool {
	return letter <= unicode.MaxLatin1 || unicode.Is(unicode.Latin, letter)
}

func (c charset) decode(raw []byte) (Document, error) {
	text, err := c.encoding.NewDecoder().Bytes(raw)
	if err != nil {
		return Document{}, fmt.Errorf("decode as %s: %w", c.name, err)
	}
	return Document{
		Text:     string(text),
		Encoding: c.name,
		Warning:  "not UTF-8: read as " + c.name,
	}, nil
}
