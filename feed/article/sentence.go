package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	uax29 "github.com/clipperhouse/uax29/v2/words"
)

// summaryLength is the most that a derived summary holds, in code points.
const summaryLength = 280

// derive makes a summary of a paragraph: all of it if it is short, else its
// whole sentences that fit, else the words that fit.
func (v *vocabulary) derive(paragraph string) string {
	if utf8.RuneCountInString(paragraph) <= summaryLength {
		return paragraph
	}
	fit := 0
	for end := 0; end < len(paragraph); {
		end += v.sentenceEnd(paragraph[end:])
		if utf8.RuneCountInString(strings.TrimSpace(paragraph[:end])) > summaryLength {
			break
		}
		fit = end
	}
	if fit > 0 {
		return strings.TrimSpace(paragraph[:fit])
	}
	return cutWords(paragraph, summaryLength) + "…"
}

// cutWords is as many whole words of s as n code points hold, without closing
// punctuation. Word boundaries are UAX 29's: they split no grapheme, number or
// word with a joiner.
func cutWords(s string, n int) string {
	count, end := 0, 0
	for it := uax29.FromString(s); it.Next(); {
		count += utf8.RuneCountInString(it.Value())
		if count > n {
			break
		}
		end += len(it.Value())
	}
	if end == 0 { // one endless word
		return string([]rune(s)[:n])
	}
	return strings.TrimRightFunc(s[:end], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
}

// sentenceEnd is the length of the first sentence of s with the white space
// behind it.
func (v *vocabulary) sentenceEnd(s string) int {
	for i, r := range s {
		if !closing(r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(s) { // further marks, quotes and brackets belong to the sentence
			next, n := utf8.DecodeRuneInString(s[end:])
			if !closing(next) && !clasps(next) {
				break
			}
			end += n
		}
		rest := strings.TrimLeftFunc(s[end:], unicode.IsSpace)
		if rest == "" {
			return len(s)
		}
		if strings.ContainsRune("。！？", r) || len(rest) < len(s)-end && !(r == '.' && v.abbreviated(s[:i], rest)) {
			return len(s) - len(rest)
		}
	}
	return len(s)
}

// closing reports whether a rune ends sentences in some script.
func closing(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '؟', '۔', '。', '！', '？', '।', '॥', '።':
		return true
	}
	return false
}

// clasps reports whether a rune closes a quotation or a bracket, behind the
// sentence's own end.
func clasps(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '»', ')', ']', '」', '』', '）':
		return true
	}
	return false
}

// abbreviated reports whether the full stop between before and after ends no
// sentence: an initial, an ordinal, an abbreviation ("Dr."), or the sentence
// goes on in lower case.
func (v *vocabulary) abbreviated(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if unicode.IsLower(next) {
		return true
	}
	word := lastWord(before)
	first, _ := utf8.DecodeRuneInString(word)
	n := utf8.RuneCountInString(word)
	switch {
	case word == "":
		return false
	case unicode.IsDigit(first):
		return n <= 2
	}
	return unicode.IsUpper(first) && n == 1 || n <= longestAbbreviation && v.abbreviations[fold(word)]
}

const longestAbbreviation = 6 // letters

// lastWord is what a text ends with, back to what is no letter or digit.
func lastWord(s string) string {
	return s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })+1:]
}

// ends reports whether a text closes as a sentence does.
func ends(s string) bool {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if r != ' ' && !clasps(r) {
			return closing(r)
		}
		s = s[:len(s)-size]
	}
	return false
}
