package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateScan is a place in a line that moves forward piece by piece. A piece
// that is not there leaves it where it was.
type dateScan struct {
	line string
	pos  int

	// The words that may begin at wordsAt, by their ends; every list of words
	// is asked about the same ones.
	wordsAt  int
	wordEnds [maxWordEnds]int
	ends     int
}

const (
	maxWords     = 3  // in one name, as in "بعد از ظهر"
	maxWordBytes = 48 // more than such a name has
	maxWordEnds  = 12
)

// number reads a run of digits; digits is 0 if there is none or if it is
// longer than most.
func (s *dateScan) number(most int) (value, digits int) {
	i := s.pos
	for ; i < len(s.line) && isDigit(s.line[i]); i++ {
		if i-s.pos == most {
			return 0, 0
		}
		value = value*10 + int(s.line[i]-'0')
	}
	digits = i - s.pos
	s.pos = i
	return value, digits
}

// space reads the one space there may be: white space is folded.
func (s *dateScan) space() {
	if strings.HasPrefix(s.line[s.pos:], " ") {
		s.pos++
	}
}

// beforeDigit reads a mark if a digit follows it.
func (s *dateScan) beforeDigit(mark byte) bool {
	if s.peek(0) != mark || !isDigit(s.peek(1)) {
		return false
	}
	s.pos++
	return true
}

// oneOf reads one of some characters, and the space there may be before it.
func (s *dateScan) oneOf(chars string) bool {
	from := s.pos
	s.space()
	c, size := utf8.DecodeRuneInString(s.line[s.pos:])
	if size == 0 || !strings.ContainsRune(chars, c) {
		s.pos = from
		return false
	}
	s.pos += size
	return true
}

// peek is the byte so many bytes ahead, 0 outside the line.
func (s *dateScan) peek(ahead int) byte {
	if i := s.pos + ahead; 0 <= i && i < len(s.line) {
		return s.line[i]
	}
	return 0
}

// take reads one of the words.
func (s *dateScan) take(words map[string]bool) bool {
	_, end := longest(s, words)
	if end == 0 {
		return false
	}
	s.pos = end
	return true
}

// longest finds the longest key that stands at the place; end is 0 if none
// does. A word of one letter must stand by itself even in scripts that set no
// words apart: 日 means Sunday in (日), not in 公開日.
func longest[V any](s *dateScan, words map[string]V) (value V, end int) {
	if len(words) == 0 {
		return value, 0
	}
	for _, end := range slices.Backward(s.possibleWords()) {
		word := s.line[s.pos:end]
		value, ok := words[word]
		if ok && (utf8.RuneCountInString(word) > 1 || s.standsAlone(end)) {
			return value, end
		}
	}
	return value, 0
}

// standsAlone reports whether the word up to end has no letter beside it.
func (s *dateScan) standsAlone(end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s.line[:s.pos])
	after, _ := utf8.DecodeRuneInString(s.line[end:])
	return !isLetter(before) && !isLetter(after)
}

// possibleWords is where the words that begin at the place may end, nearest
// first: behind "p", "p.", "p.m" and "p.m." in "p.m. gmt", and so on.
func (s *dateScan) possibleWords() []int {
	if s.ends > 0 && s.wordsAt == s.pos {
		return s.wordEnds[:s.ends]
	}
	s.wordsAt, s.ends = s.pos, 0
	before, words := noPart, 1
	for i := s.pos; s.ends < maxWordEnds && words <= maxWords && i <= s.pos+maxWordBytes; {
		c, size := utf8.DecodeRuneInString(s.line[i:])
		part := partOf(c)
		if i == s.pos && !part.isLetter() {
			break
		}
		if i > s.pos && before != wordSpace && (before != part || before == wordSign) {
			s.wordEnds[s.ends] = i
			s.ends++
		}
		if part == noPart {
			break
		}
		if part == wordSpace {
			words++
		}
		before, i = part, i+size
	}
	return s.wordEnds[:s.ends]
}

// wordPart is what a rune can be to a word, or to several in a row.
type wordPart uint8

const (
	noPart     wordPart = iota
	wordLetter          // belongs to the letters beside it
	wordSign            // of a script that sets no words apart
	wordDigit
	wordMark // within abbreviations and contractions
	wordSpace
)

func (p wordPart) isLetter() bool { return p == wordLetter || p == wordSign }

func partOf(c rune) wordPart {
	switch {
	case 'a' <= c && c <= 'z':
		return wordLetter
	case '0' <= c && c <= '9':
		return wordDigit
	case c == ' ':
		return wordSpace
	case c == '.' || c == '\'':
		return wordMark
	case c < utf8.RuneSelf || !unicode.IsLetter(c) && !unicode.IsMark(c):
		return noPart
	case spaceless(c):
		return wordSign
	}
	return wordLetter
}

func isLetter(c rune) bool { return partOf(c).isLetter() }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// beginsToken reports whether a number or a word may begin at i.
func beginsToken(line string, i int) bool {
	if isDigit(line[i]) {
		return i == 0 || !isDigit(line[i-1])
	}
	c, _ := utf8.DecodeRuneInString(line[i:])
	part := partOf(c)
	if part != wordLetter {
		return part == wordSign
	}
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	return partOf(before) != wordLetter
}
