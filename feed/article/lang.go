package article

import (
	"cmp"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// sampleLines is how many lines of a text are looked at to tell its language,
// sampleBytes how much of all of them, and longLine what makes a line count as
// one of the story.
const sampleLines, sampleBytes, longLine = 8, 720, 80

// evidence is what each word of a text must give a language on the average, at
// least; with its letters in threes, which all languages share, enough is more.
const evidence, enough = 0.08, 1.3

// detect tells the language that most of a text is in, by the name of its word
// file, and its direction. Scripts come first: some are written by one language
// alone; among the languages of a script, their letters and most frequent words
// decide.
func detect(lines []string) (key, dir string) {
	sample := sampleOf(lines)
	script := mainScript(sample)
	dir = "ltr"
	if script == "Arabic" || script == "Hebrew" || script == "Syriac" || script == "Thaana" {
		dir = "rtl"
	}
	return cmp.Or(bestOf(script, sample), soleLanguage[script]), dir
}

// soleLanguage names the language of news in scripts that hardly serve another.
var soleLanguage = map[string]string{
	"Japanese": "ja", "Han": "zh-Hans", "Hangul": "ko", "Hebrew": "he", "Greek": "el", "Thai": "th", "Georgian": "ka", "Ethiopic": "am", "Devanagari": "hi",
	"Armenian": "hy", "Bengali": "bn", "Tamil": "ta", "Telugu": "te", "Khmer": "km", "Lao": "lo",
}

// sampleOf joins the openings of lines from the whole length of a text, of long
// ones if it has them: neither a foreign quotation nor a cookie notice must decide.
func sampleOf(lines []string) string {
	shortest, count := longLine, countFrom(lines, longLine)
	if count == 0 {
		shortest, count = 1, countFrom(lines, 1)
	}
	var b strings.Builder
	b.Grow(sampleBytes + sampleLines)
	i, step := 0, 1+count/sampleLines
	for _, l := range lines {
		if len(l) < shortest {
			continue
		}
		if i%step == 0 {
			writeCut(&b, l, sampleBytes/min(count, sampleLines))
			b.WriteByte('\n')
		}
		i++
	}
	return b.String()
}

// writeCut writes the first n bytes of a text, and a replacement character for
// each byte of a letter that is cut.
func writeCut(b *strings.Builder, s string, n int) {
	if len(s) <= n {
		b.WriteString(s)
		return
	}
	whole := n
	for whole > 0 && n-whole < utf8.UTFMax && !utf8.RuneStart(s[whole]) {
		whole--
	}
	if utf8.FullRuneInString(s[whole:n]) { // not cut, or nothing valid
		whole = n
	}
	b.WriteString(s[:whole])
	for range n - whole {
		b.WriteRune(utf8.RuneError)
	}
}

// countFrom counts the lines of so many bytes at least.
func countFrom(lines []string, bytes int) (n int) {
	for _, l := range lines {
		if len(l) >= bytes {
			n++
		}
	}
	return n
}

// scripts are known by number. Latin is 0, the other ones stand in no order.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Latin", unicode.Latin}, {"Arabic", unicode.Arabic}, {"Cyrillic", unicode.Cyrillic}, {"Han", unicode.Han},
	{"Hiragana", unicode.Hiragana}, {"Katakana", unicode.Katakana}, {"Hebrew", unicode.Hebrew}, {"Hangul", unicode.Hangul},
	{"Devanagari", unicode.Devanagari}, {"Greek", unicode.Greek}, {"Thai", unicode.Thai}, {"Bengali", unicode.Bengali},
	{"Tamil", unicode.Tamil}, {"Telugu", unicode.Telugu}, {"Ethiopic", unicode.Ethiopic}, {"Georgian", unicode.Georgian},
	{"Armenian", unicode.Armenian}, {"Khmer", unicode.Khmer}, {"Lao", unicode.Lao}, {"Syriac", unicode.Syriac}, {"Thaana", unicode.Thaana},
}

// blockSize is a length that no two scripts share a block of, but for a few
// signs: a script is looked up by the block a letter stands in.
const blockSize = 16

// noScript marks a block without letters of any script.
const noScript = 0xFF

// scriptBlocks tells the script of every block in the first 64 Ki code points.
var scriptBlocks = sync.OnceValue(func() *[0x10000 / blockSize]uint8 {
	var blocks [0x10000 / blockSize]uint8
	for i := range blocks {
		blocks[i] = noScript
	}
	for n, s := range scripts {
		for _, t := range s.table.R16 {
			for r := int(t.Lo); r <= int(t.Hi); r += int(t.Stride) {
				blocks[r/blockSize] = uint8(n)
			}
		}
	}
	return &blocks
})

// mainScript is the script of most letters; "Japanese" where kana stand among the Han.
func mainScript(s string) string {
	const han, hiragana, katakana = 3, 4, 5
	blocks := scriptBlocks()
	var counts [noScript + 1]int
	for _, r := range s {
		if r >= 'A' && r < 0x10000 && r != 0x3000 {
			counts[blocks[r/blockSize]]++
		} else if r >= 0x20000 {
			counts[han]++
		}
	}
	kana := counts[hiragana] + counts[katakana]
	japanese := kana*20 > counts[han]
	if japanese {
		counts[han] += kana
		counts[hiragana], counts[katakana] = 0, 0
	}
	best := 0
	for i := range scripts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	switch {
	case counts[best] == 0:
		return ""
	case best == han && japanese:
		return "Japanese"
	}
	return scripts[best].name
}

// What speaks for a language: a word among its most frequent, a letter that only
// it has, a word that begins or ends as its words do, three letters in a row, by
// how frequent they are in it.
const byWord, byLetter, byEnding, byTrigram = 1.0, 0.4, 0.35, 0.15

// plain is the lead at which nothing more is asked: a headline is short, an
// article's words are enough.
const plain = 6

// bestOf is the language of a script that most words of a text speak for, empty
// if too few do.
func bestOf(script, text string) string {
	tongue, known := tongues()[script]
	if !known {
		return ""
	}
	t := tongue()
	var points [64]float64
	t.byLetters(text, &points)
	text = fold(text)
	words := t.count(text, &points, t.byWords)
	best, lead := leader(&points, len(t.keys))
	needed := evidence
	if lead < plain {
		t.count(text, &points, t.byEndings)
		if t.trigrams().heads != nil {
			t.count(text, &points, t.trigrams().vote)
			needed = enough
		}
		best, _ = leader(&points, len(t.keys))
	}
	if points[best] <= needed*float64(words) {
		return ""
	}
	return t.keys[best]
}

// leader is who has the most of n, and by how much.
func leader(points *[64]float64, n int) (best int, lead float64) {
	for i := 1; i < n; i++ {
		if points[i] > points[best] {
			best = i
		}
	}
	second := 0.0
	for i := range n {
		if i != best {
			second = max(second, points[i])
		}
	}
	return best, points[best] - second
}

// lastCommon bounds the scripts that are written with letters, from Latin to Thai.
const lastCommon = 0x0E80

// tongue is what the languages of one script are told by. Each is a bit: a
// word is looked up once, whatever their number.
type tongue struct {
	keys     []string // the names of their word files
	function map[string]uint64
	words    wordFilter // of function
	letters  [lastCommon]uint64
	signs    map[rune]uint64 // letters beyond
	endings  map[string]uint64
	openings map[string]uint64 // how words begin
	edges    wordFilter        // of both
	trigrams func() *trigrams
}

// trigrams holds how frequent three letters in a row are in each language of a
// script; "_" is either end of a word.
type trigrams struct {
	heads map[string]int32 // the first vote of three letters, counted from 1
	votes []vote
}

type vote struct {
	tongue, weight uint8
	next           int32 // 0 if it is the last
}

// add gives three letters a weight in a language.
func (t *trigrams) add(letters string, tongue, weight uint8) {
	t.votes = append(t.votes, vote{tongue, weight, t.heads[letters]})
	t.heads[letters] = int32(len(t.votes))
}

// vote adds the points that a word's letters give.
func (t *trigrams) vote(word string, points *[64]float64) {
	var room [64]byte
	padded := append(append(append(room[:0], '_'), word...), '_')
	for i, j := 0, trigramEnd(padded, 0); j > 0; j = trigramEnd(padded, i) {
		for v := t.heads[string(padded[i:j])]; v > 0; v = t.votes[v-1].next {
			points[t.votes[v-1].tongue] += byTrigram * float64(t.votes[v-1].weight)
		}
		_, size := utf8.DecodeRune(padded[i:])
		i += size
	}
}

// trigramEnd is where the three letters that begin at i end, 0 if they don't.
func trigramEnd(word []byte, i int) int {
	for range 3 {
		if i >= len(word) {
			return 0
		}
		_, size := utf8.DecodeRune(word[i:])
		i += size
	}
	return i
}

// count adds the points that the words of a folded text give, and counts them.
func (t *tongue) count(text string, points *[64]float64, give func(word string, points *[64]float64)) (words int) {
	for i := 0; i < len(text); {
		w := firstWord(text[i:])
		i += len(w)
		if r, _ := utf8.DecodeRuneInString(w); inWord(r) {
			words++
			give(w, points)
		}
	}
	return words
}

func (t *tongue) byWords(word string, points *[64]float64) {
	if t.words.has(slotOf(word)) {
		award(t.function[word], byWord, points)
	}
}

// byLetters looks at a text as it is: folding would make one of two letters that
// tell neighbours apart.
func (t *tongue) byLetters(text string, points *[64]float64) {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
		case r < lastCommon:
			award(t.letters[r], byLetter, points)
		case len(t.signs) > 0:
			award(t.signs[r], byLetter, points)
		}
	}
}

// mostEnding is how many letters an ending or beginning has at the most.
const mostEnding = 5

func (t *tongue) byEndings(word string, points *[64]float64) {
	if len(t.endings)+len(t.openings) == 0 {
		return
	}
	for n, i := 0, len(word); n < mostEnding && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(word[:i])
		if i -= size; i > 0 {
			t.byEdge(t.endings, word[i:], points)
		}
	}
	n := 0
	for i := range word {
		if n > mostEnding {
			break
		}
		if n > 1 {
			t.byEdge(t.openings, word[:i], points)
		}
		n++
	}
}

func (t *tongue) byEdge(set map[string]uint64, edge string, points *[64]float64) {
	if t.edges.has(slotOf(edge)) {
		award(set[edge], byEnding, points)
	}
}

// award gives points to the languages of a set.
func award(set uint64, worth float64, points *[64]float64) {
	for ; set != 0; set &= set - 1 {
		points[bits.TrailingZeros64(set)] += worth
	}
}

// tongues makes, for each script, what its languages are told by.
var tongues = sync.OnceValue(func() map[string]func() *tongue {
	languages := map[string][]*language{}
	for _, l := range lexicon() {
		languages[l.script] = append(languages[l.script], l)
	}
	all := make(map[string]func() *tongue, len(languages))
	for script, list := range languages {
		all[script] = sync.OnceValue(func() *tongue { return newTongue(list) })
	}
	return all
})

func newTongue(languages []*language) *tongue {
	t := &tongue{trigrams: sync.OnceValue(func() *trigrams { return newTrigrams(languages) }),
		function: make(map[string]uint64, 256*len(languages)), signs: map[rune]uint64{}, endings: make(map[string]uint64, 32*len(languages)), openings: map[string]uint64{}}
	for i, l := range languages {
		t.keys = append(t.keys, l.key)
		bit := uint64(1) << i
		eachPhrase(textOf(l.key), func(section, phrase string) error { return t.add(bit, section, phrase) }) // its only error is the one that ends it
	}
	return t
}

func newTrigrams(languages []*language) *trigrams {
	t := &trigrams{}
	for i, l := range languages {
		_, section, ok := strings.Cut(textOf(l.key), "\n["+trigramSection+"]\n")
		if !ok {
			continue
		}
		if t.heads == nil {
			t.heads = make(map[string]int32, 1<<13)
		}
		for line := range strings.Lines(section) {
			weight, list, ok := strings.Cut(strings.TrimSpace(line), " ")
			if !ok || len(weight) != 1 || weight[0] < '1' || weight[0] > '9' {
				break
			}
			for letters := range strings.FieldsSeq(list) {
				t.add(letters, uint8(i), weight[0]-'0')
			}
		}
	}
	return t
}

// trigramSection is what the section of trigrams is called.
const trigramSection = "trigrams"

// add files one phrase of the sections that a language is told by.
func (t *tongue) add(bit uint64, section, phrase string) error {
	words := strings.FieldsSeq(fold(phrase))
	switch section {
	case "name", "script":
	case "letters":
		for _, r := range phrase {
			if r >= lastCommon {
				t.signs[r] |= bit
				continue
			}
			t.letters[r] |= bit
			t.letters[unicode.ToUpper(r)] |= bit
		}
	case "function":
		for w := range words {
			t.function[w] |= bit
			t.words.add(slotOf(w))
		}
	case "endings":
		for e := range words {
			set := t.endings
			if opening, opens := strings.CutSuffix(e, "-"); opens && opening != "" {
				e, set = opening, t.openings
			}
			set[e] |= bit
			t.edges.add(slotOf(e))
		}
	default:
		return errElsewhere
	}
	return nil
}
