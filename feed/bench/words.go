package main

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"path"
	"strconv"
	"strings"
)

//go:embed words
var wordFiles embed.FS

// A lexicon is what can be said in one language: lines by section. In those of
// titles and sentences {thing} stands for any line of that section, and {n} for
// a number.
type lexicon struct {
	sections map[string][]string
	digits   []rune // of numbers; nil for 0 to 9
}

// A library has a lexicon for each language, by its code.
type library map[string]*lexicon

func readLibrary() (library, error) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	l := library{}
	for _, f := range files {
		data, err := wordFiles.ReadFile(path.Join("words", f.Name()))
		if err != nil {
			return nil, err
		}
		x, err := readLexicon(string(data))
		if err != nil {
			return nil, fmt.Errorf("words/%s: %w", f.Name(), err)
		}
		l[strings.TrimSuffix(f.Name(), ".txt")] = x
	}
	return l, nil
}

func readLexicon(data string) (*lexicon, error) {
	x := &lexicon{sections: map[string][]string{}}
	section := ""
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
		default:
			x.sections[section] = append(x.sections[section], line)
		}
	}
	if d := x.sections["digits"]; d != nil {
		x.digits = []rune(d[0])
	}
	for _, need := range []string{"title", "sentence", "thing", "place", "who", "when", "end", "source", "comments"} {
		if len(x.sections[need]) == 0 {
			return nil, fmt.Errorf("no section %s", need)
		}
	}
	return x, nil
}

// say is any line of a section with its gaps filled.
func (x *lexicon) say(r *rand.Rand, section string) string {
	lines := x.sections[section]
	line := lines[r.IntN(len(lines))]
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(line, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		gap, after, _ := strings.Cut(rest, "}")
		if gap == "n" {
			b.WriteString(x.number(2 + r.IntN(1998)))
		} else {
			b.WriteString(x.say(r, gap))
		}
		line = after
	}
}

func (x *lexicon) number(n int) string {
	s := strconv.Itoa(n)
	if x.digits == nil {
		return s
	}
	return strings.Map(func(c rune) rune { return x.digits[c-'0'] }, s)
}

// passage is sentences of at least so many bytes together.
func (x *lexicon) passage(r *rand.Rand, size int) string {
	var b strings.Builder
	for {
		s := x.say(r, "sentence")
		b.WriteString(s)
		if b.Len() >= size {
			return b.String()
		}
		if !strings.HasSuffix(s, "。") { // Chinese and Japanese set no space
			b.WriteByte(' ')
		}
	}
}
