package article

import (
	"embed"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The words of a language are data: one file each, read by parseLanguage.
//
//go:embed words/*.txt
var wordFiles embed.FS

// language is what a file under words/ says of one language.
type language struct {
	name     string
	script   string
	letters  string   // those that betray it among others of its script
	function []string // its most frequent words, folded
	words    func() *vocabulary
}

// vocabulary is how a language's news sites word what surrounds a story. It is
// parsed for the first article in that language: no run pays for all of them.
type vocabulary struct {
	sourceLabel string // what the program itself prints before an outlet
	cues        cues
	dates       dateWords
}

// lexicon holds all languages by their code. It never changes.
var lexicon = sync.OnceValue(func() map[string]*language {
	languages, err := loadLanguages()
	if err != nil {
		panic(err) // embedded data, checked by the tests
	}
	return languages
})

func loadLanguages() (map[string]*language, error) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	languages := make(map[string]*language, len(files))
	for _, f := range files {
		data, err := wordFiles.ReadFile(path.Join("words", f.Name()))
		if err != nil {
			return nil, err
		}
		if languages[strings.TrimSuffix(f.Name(), ".txt")], err = parseLanguage(string(data)); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	return languages, nil
}

// parseLanguage reads a language's words: "[section]" headers, one phrase a
// line, "# " comments that take a whole line. CONTRIBUTING tells what each
// section means. The sections by which a language is told come first.
func parseLanguage(data string) (*language, error) {
	l := &language{}
	rest, err := eachPhrase(data, l.add)
	l.words = sync.OnceValue(func() *vocabulary {
		v := &vocabulary{dates: newDateWords()}
		if _, err := eachPhrase(rest, v.add); err != nil {
			panic(err) // embedded data, checked by the tests
		}
		return v
	})
	return l, err
}

// errElsewhere says that a section is none of those that are being read.
var errElsewhere = errors.New("no such section")

// eachPhrase hands the phrases with their sections to add, up to a section that
// add doesn't know; it returns what follows from there.
func eachPhrase(data string, add func(section, phrase string) error) (rest string, err error) {
	section := ""
	for data != "" {
		here := data
		var line string
		line, data, _ = strings.Cut(data, "\n")
		switch line = strings.TrimSpace(line); {
		case line == "", strings.HasPrefix(line, "# "), line == "#":
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section, rest = line[1:len(line)-1], here
		default:
			if err := add(section, line); errors.Is(err, errElsewhere) {
				return rest, nil
			} else if err != nil {
				return "", fmt.Errorf("[%s] %q: %w", section, line, err)
			}
		}
	}
	return "", nil
}

// add files one phrase of the sections by which a language is told.
func (l *language) add(section, phrase string) error {
	switch section {
	case "name":
		l.name = phrase
	case "script":
		l.script = phrase
	case "letters":
		l.letters += strings.ReplaceAll(phrase, " ", "")
	case "function":
		for _, w := range strings.Fields(phrase) {
			l.function = append(l.function, fold(w))
		}
	default:
		return errElsewhere
	}
	return nil
}

// add files one phrase of the other sections.
func (v *vocabulary) add(section, phrase string) error {
	if k, ok := cueSections[section]; ok {
		if k == cueSource && v.sourceLabel == "" {
			v.sourceLabel = strings.TrimRight(phrase, ":：… ")
		}
		return v.cues.add(k, phrase)
	}
	if calendar, ok := strings.CutPrefix(section, "months "); ok {
		return v.addMonth(calendar, phrase)
	}
	if set := v.dates.set(section); set != nil {
		set[fold(phrase)] = true
		return nil
	}
	if section != "eras" {
		return errElsewhere
	}
	offset, name, _ := strings.Cut(phrase, " ")
	year, err := strconv.Atoi(offset)
	v.dates.Eras[fold(name)] = year
	return err
}

func (v *vocabulary) addMonth(name, phrase string) error {
	number, word, _ := strings.Cut(phrase, " ")
	n, err := strconv.Atoi(number)
	calendar, known := calendars[name]
	if err != nil || !known || n < 1 || n > 12 {
		return fmt.Errorf("a month of [months gregorian], [months solar] or [months lunar] is a number and a name, not %q", phrase)
	}
	word = fold(word)
	v.dates.Months[word] = append(v.dates.Months[word], month{calendar, n})
	return nil
}

// calendars are the kinds of month lists.
var calendars = map[string]calendar{"gregorian": gregorian, "solar": solar, "lunar": lunar}

func newDateWords() dateWords {
	return dateWords{Months: map[string][]month{}, Eras: map[string]int{}, Weekdays: map[string]bool{},
		AM: map[string]bool{}, PM: map[string]bool{}, Hours: map[string]bool{}, Fillers: map[string]bool{}, Meanwhile: map[string]bool{},
		GregorianMarks: map[string]bool{}, SolarMarks: map[string]bool{}, LunarMarks: map[string]bool{}}
}

// set is the plain list of date words that a section fills, nil if it fills none.
func (w *dateWords) set(section string) map[string]bool {
	switch section {
	case "weekdays":
		return w.Weekdays
	case "am":
		return w.AM
	case "pm":
		return w.PM
	case "fillers":
		return w.Fillers
	case "meanwhile":
		return w.Meanwhile
	case "hours":
		return w.Hours
	case "gregorian marks":
		return w.GregorianMarks
	case "solar marks":
		return w.SolarMarks
	case "lunar marks":
		return w.LunarMarks
	}
	return nil
}

// firstWord is what a phrase or a line is looked up by: its first word, in
// scripts without spaces its first sign.
func firstWord(s string) string {
	for i, r := range s {
		switch {
		case i == 0 && (spaceless(r) || !inWord(r)):
			return s[:utf8.RuneLen(r)]
		case i > 0 && (spaceless(r) || !inWord(r)):
			return s[:i]
		}
	}
	return s
}

func inWord(r rune) bool {
	if r < lastCommon {
		return r >= 0 && commonWordSigns()[r]
	}
	return isWordSign(r)
}

func isWordSign(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\''
}

// commonWordSigns is isWordSign for the most common scripts, to look up.
var commonWordSigns = sync.OnceValue(func() *[lastCommon]bool {
	var table [lastCommon]bool
	for r := range table {
		table[r] = isWordSign(rune(r))
	}
	return &table
})
