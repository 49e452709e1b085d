package article

import (
	"strings"
	"unicode"
)

// sampleSize is how much of a text is looked at to tell its language, in bytes.
const sampleSize = 1200

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

// sampleOf joins lines from the whole length of a text, the longer ones first
// of all: a foreign quotation or a cookie notice must not decide.
func sampleOf(lines []string) string {
	var b strings.Builder
	for _, least := range []int{80, 0} {
		for _, l := range lines {
			if (len(l) >= 80) == (least == 80) && b.Len() < sampleSize {
				b.WriteString(l[:min(len(l), sampleSize)])
				b.WriteByte('\n')
			}
		}
		if b.Len() > sampleSize/4 {
			break
		}
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
	best, most := "", evidence*float64(len(words))
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = strings.TrimFunc(fold(w), unicode.IsPunct)
	}
	for code, l := range lexicon() {
		if l.script != script {
			continue
		}
		points := 0.0
		for i, w := range words {
			if strings.ContainsAny(w, l.letters) {
				points += 0.5
			}
			if l.function[folded[i]] {
				points++
			}
		}
		if points > most || points == most && code < best {
			best, most = code, points
		}
	}
	return best
}
