package article

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// sampleLines and sampleBytes are how much of a text is looked at to tell its
// language: so many lines, and so much of each.
const sampleLines, sampleBytes = 10, 160

// evidence is the least share of a text's words that must speak for a language.
const evidence = 0.08

// detect tells the language that most of a text is in, and its direction.
// Scripts come first: some are written by one language alone; among the
// languages of a script, their letters and most frequent words decide.
func detect(lines []string) (lang, dir string) {
	sample := sampleOf(lines)
	script := mainScript(sample)
	dir = "ltr"
	if script == "Arabic" || script == "Hebrew" || script == "Syriac" || script == "Thaana" {
		dir = "rtl"
	}
	if only, ok := soleLanguage[script]; ok {
		return only, dir
	}
	return bestOf(script, strings.Fields(sample)), dir
}

// soleLanguage names the language of news in scripts that hardly serve another.
var soleLanguage = map[string]string{
	"Japanese": "ja", "Han": "zh", "Hangul": "ko", "Hebrew": "he", "Greek": "el", "Thai": "th", "Georgian": "ka",
	"Armenian": "hy", "Bengali": "bn", "Tamil": "ta", "Telugu": "te", "Khmer": "km", "Lao": "lo",
}

// sampleOf joins the openings of lines from the whole length of a text, of long
// ones if it has them: neither a foreign quotation nor a cookie notice must decide.
func sampleOf(lines []string) string {
	long := slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return len(l) < sampleBytes/2 })
	if len(long) == 0 {
		long = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return l == "" })
	}
	var b strings.Builder
	for i := 0; i < len(long); i += 1 + len(long)/sampleLines {
		b.WriteString(long[i][:min(len(long[i]), sampleBytes)])
		b.WriteByte('\n')
	}
	return b.String()
}

// scripts are told apart in this order.
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

// mainScript is the script of most letters; "Japanese" where kana stand among the Han.
func mainScript(s string) string {
	counts := make([]int, len(scripts))
	last := 0
	for _, r := range s {
		if r < 'A' || !unicode.IsLetter(r) {
			continue
		}
		if !unicode.Is(scripts[last].table, r) {
			for i := range scripts {
				if unicode.Is(scripts[i].table, r) {
					last = i
					break
				}
			}
		}
		counts[last]++
	}
	kana, han := counts[4]+counts[5], counts[3]
	if kana*20 > han {
		counts[3], counts[4], counts[5] = han+kana, 0, 0
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	switch {
	case counts[best] == 0:
		return ""
	case best == 3 && kana*20 > han:
		return "Japanese"
	}
	return scripts[best].name
}

// bestOf is the language of a script that most words speak for, empty if too
// few do: its function words, and half as strongly the words with a letter that
// only it has.
func bestOf(script string, words []string) string {
	t := tongues()
	points := make([]float64, len(t.codes))
	for _, w := range words {
		for _, l := range t.function[strings.TrimFunc(fold(w), unicode.IsPunct)] {
			points[l]++
		}
		for _, l := range t.byLetter(w) {
			points[l] += 0.5
		}
	}
	best, most := "", evidence*float64(len(words))
	for l, code := range t.codes {
		if points[l] > most && t.scripts[l] == script {
			best, most = code, points[l]
		}
	}
	return best
}

// signs is what languages are told by: for each of them a number, which its
// words and letters lead to. A word is looked up once, whatever their number.
type signs struct {
	codes, scripts []string
	function       map[string][]uint8
	letters        map[rune][]uint8
}

var tongues = sync.OnceValue(func() *signs {
	languages := lexicon()
	t := &signs{codes: slices.Sorted(maps.Keys(languages)), function: map[string][]uint8{}, letters: map[rune][]uint8{}}
	for n, code := range t.codes {
		l := languages[code]
		t.scripts = append(t.scripts, l.script)
		for _, w := range l.function {
			t.function[w] = append(t.function[w], uint8(n))
		}
		for _, r := range l.letters {
			t.letters[r] = append(t.letters[r], uint8(n))
		}
	}
	return t
})

// byLetter lists the languages of the first letter in a word that betrays any.
func (t *signs) byLetter(word string) []uint8 {
	for _, r := range word {
		if r >= utf8.RuneSelf {
			if languages := t.letters[r]; languages != nil {
				return languages
			}
		}
	}
	return nil
}
