package seed

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// charset is an encoding together with how text in it reads. All say nothing
// about ASCII: it is the same in every one of them.
type charset struct {
	name     string
	encoding encoding.Encoding
	script   *unicode.RangeTable
	frequent map[rune]bool // characters that make up most of a true text
	mixes    bool          // its words are of ASCII letters too: "müde"
}

// charsets are tried in this order; the first is taken if two read alike.
var charsets = []charset{
	{"windows-1256", charmap.Windows1256, unicode.Arabic, arabic, false},
	{"windows-1251", charmap.Windows1251, unicode.Cyrillic, cyrillic, false},
	{"gb18030", simplifiedchinese.GB18030, unicode.Han, chinese, false},
	{"windows-1252", charmap.Windows1252, unicode.Latin, western, true},
}

var (
	arabic = set("ابتدرسشعفقکكگلمنوهيیىةآأإجحخزصطپچژءئذہھےںٹڑ")
	// Small letters only: in the wrong encoding as many come out capital.
	cyrillic = set("абвгдежзийклмнопрстуфхцчшщыьэюяёіїєґў")
	western  = set("àâäáãåæçèéêëìíîïñòóôöõøœùúûüßÄÖÜÉÈÀÇØÅ" + "‘’“”„–—…«»•€£°©®™")
	// The commonest 300 are about two thirds of what a newspaper prints.
	chinese = set("的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年" +
		"过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日" +
		"者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产" +
		"或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处走各入几口认条平系气题活" +
		"更别打女变四总何电数安少报才结反受目太量再感建务做接必场件计管期市直资山金指许统区保至队形社便空治展科司五基书非则" +
		"界达光放强难权设式路记南品住告类求据程北边该交规万取领共确传师今院让带导争运者")
)

func set(chars string) map[rune]bool {
	m := make(map[rune]bool)
	for _, r := range chars {
		m[r] = true
	}
	return m
}

const (
	sampleSize = 64 << 10 // bytes that tell enough
	// Text scores 0.5 and more in its own encoding, 0.2 at most in another.
	plausible = 0.3
	// Fewer characters of a script that has no ASCII in it are no text but dirt:
	// a dozen bytes of anything find letters in some table.
	fewest = 12
)

// guess is the charset in which raw reads best as text, if it does in any.
func guess(raw []byte) (best charset, ok bool) {
	sample := sampleOf(raw)
	top := plausible
	for _, c := range charsets {
		text, err := c.encoding.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if score := c.score(text); score > top {
			best, top, ok = c, score, true
		}
	}
	return best, ok
}

// sampleOf opens at the first character beyond ASCII, which is where all the
// encodings part, two-byte ones in step.
func sampleOf(raw []byte) []byte {
	start := bytes.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf })
	raw = raw[max(start, 0):]
	return raw[:min(len(raw), sampleSize)]
}

// score is how well decoded text reads, 1 at best: the share of frequent
// characters, less that of foreign ones and of neighbours no word has.
func (c charset) score(text []byte) float64 {
	var sum, count int
	var last rune
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if worth, counts := c.worth(r); counts {
			sum += worth
			count++
		}
		if c.clash(last, r) {
			sum--
		}
		last = r
	}
	if count == 0 || count < fewest && !c.mixes {
		return 0
	}
	return float64(sum) / float64(count)
}

// worth is what a character says for the charset. Punctuation and blanks say
// nothing, ASCII neither; symbols, C1, private use and other scripts speak
// against it.
func (c charset) worth(r rune) (worth int, counts bool) {
	switch {
	case r < utf8.RuneSelf:
		return 0, false
	case c.frequent[r]:
		return 1, true
	case unicode.In(r, c.script):
		return 0, true
	case unicode.IsPunct(r), unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r):
		return 0, false
	}
	return -1, true
}

// clash reports whether two neighbours can't stand in one word: ASCII letters
// beside others, or, in a charset whose words mix them, two others in a row;
// and a capital behind a small letter.
func (c charset) clash(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf || !unicode.IsLetter(a) || !unicode.IsLetter(b) {
		return false
	}
	mixed := a < utf8.RuneSelf || b < utf8.RuneSelf
	return mixed != c.mixes || unicode.IsLower(a) && unicode.IsUpper(b)
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
