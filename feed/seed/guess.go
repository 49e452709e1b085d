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
// 2 to 5 for a byte beyond ASCII, in any other about none.
type charset struct {
	name      string
	encoding  encoding.Encoding
	doubt     float64 // bits that a reading must save before it counts
	languages string  // their codes in the table of languages
}

const (
	likely   = 0.0
	unlikely = 1.0  // it must read better than in a likely one
	noASCII  = 30.0 // its texts have next to none: a dozen stray bytes find letters in any table
)

const central = "pl cs sk hu ro hr sl"

// charsets have ASCII in common. Of two that read alike the first is taken.
var charsets = []charset{
	{"windows-1252", charmap.Windows1252, likely, "und en fr de es pt it ca nl da sv fi is"},
	// Reads iso-8859-9 as well: it only has quotes and dashes on top.
	{"windows-1254", charmap.Windows1254, unlikely, "tr"},
	{"windows-1250", charmap.Windows1250, unlikely, central},
	{"iso-8859-2", charmap.ISO8859_2, unlikely, central},
	{"windows-1251", charmap.Windows1251, noASCII, "ru uk be bg sr"},
	{"koi8-r", charmap.KOI8R, noASCII, "ru bg"},
	{"koi8-u", charmap.KOI8U, noASCII, "uk be"},
	{"windows-1253", charmap.Windows1253, noASCII, "el"},
	{"windows-1255", charmap.Windows1255, noASCII, "he"},
	{"windows-1256", charmap.Windows1256, noASCII, "ar fa ur"},
	{"windows-874", charmap.Windows874, noASCII, "th"},
	{"gb18030", simplifiedchinese.GB18030, noASCII, "zh-Hans zh-Hant"},
	{"big5", traditionalchinese.Big5, noASCII, "zh-Hant"},
	{"shift_jis", japanese.ShiftJIS, noASCII, "ja"},
	{"euc-jp", japanese.EUCJP, noASCII, "ja"},
	{"euc-kr", korean.EUCKR, noASCII, "ko"},
}

// wideCharsets have zero bytes, at least in blanks and line feeds.
var wideCharsets = []charset{
	{"utf-16le", utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), noASCII, "mul"},
	{"utf-16be", utf.UTF16(utf.BigEndian, utf.IgnoreBOM), noASCII, "mul"},
}

const (
	sampleSize = 6 * blockSize // bytes that tell enough, and take a millisecond or two
	blockSize  = 256           // even, to keep pairs of bytes together
	luck       = 8.0           // bits by which another language may fit a headline's ASCII better
)

// guess is the charset in which raw reads best as text, if it does in any: it
// must save a bit for every byte beyond ASCII.
func guess(raw []byte, among []charset) (best charset, ok bool) {
	sample := sampleOf(raw)
	misfit, least := misfits(sample), float64(countBeyondASCII(sample))
	top := -luck
	for _, c := range among {
		counts, strain, err := c.tally(sample)
		if err != nil {
			continue
		}
		for _, code := range strings.Fields(c.languages) {
			saved := 8*float64(len(sample)) - strain - languages()[code].cost(counts)
			worth := saved - c.doubt - misfit[code]
			if saved >= max(c.doubt, least) && worth > top {
				best, top, ok = c, worth, true
			}
		}
	}
	return best, ok
}

// sampleOf leaves out what has next to nothing beyond ASCII, compared with the
// rest: a long English head shall not hide what comes behind.
func sampleOf(raw []byte) []byte {
	densest := 0
	for block := range slices.Chunk(raw, blockSize) {
		densest = max(densest, countBeyondASCII(block))
	}
	var sample []byte
	for block := range slices.Chunk(raw, blockSize) {
		if countBeyondASCII(block)*4 > densest {
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
// that neighbours cost on top of what they do alone.
func (c charset) tally(sample []byte) (counts map[rune]int, strain float64, err error) {
	text, err := c.encoding.NewDecoder().Bytes(sample)
	counts = make(map[rune]int)
	last := glyph{r: ' '}
	for _, r := range string(text) {
		counts[r]++
		next := glyph{r, unicode.IsLetter(r), unicode.IsUpper(r)}
		strain += last.clash(next)
		last = next
	}
	return counts, strain, err
}

// glyph is a character among its neighbours.
type glyph struct {
	r               rune
	letter, capital bool
}

// isLatin holds as far as our charsets have Latin letters.
func (a glyph) isLatin() bool { return a.r < 0x250 }

func (a glyph) isASCII() bool { return a.r < utf8.RuneSelf }

// clash is what it costs that b comes right behind a.
func (a glyph) clash(b glyph) float64 {
	switch {
	case a.isASCII() && b.isASCII():
		return 0
	case a.letter && b.letter:
		return a.caseClash(b) + a.scriptClash(b)
	case b.capital:
		return 0.5
	case a.letter && !a.isASCII() && !b.isASCII() && (a.capital || unicode.IsSymbol(b.r)):
		return 6 // Â» and â€ are UTF-8 misread
	}
	return 0
}

// caseClash: koi8-r and windows-1251 have each other's capitals for small
// letters.
func (a glyph) caseClash(b glyph) float64 {
	switch {
	case !b.capital:
		return 0
	case a.capital:
		return 0.25
	}
	return 10
}

// scriptClash: a word mixes ASCII letters with others only in Latin script, and
// has few others in a row there.
func (a glyph) scriptClash(b glyph) float64 {
	switch {
	case a.isLatin() != b.isLatin():
		return 6
	case a.isLatin() && !a.isASCII() && !b.isASCII():
		return 1
	}
	return 0
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
