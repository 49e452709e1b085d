package article

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The words of a language are data: one file each, read by parseLanguage.
//
//go:embed words/*.txt
var wordFiles embed.FS

// language is what a file under words/ says of one language. Of all files only
// the heads are parsed; what a language is told by, for the first text in its
// script; the vocabulary, for the first article in it.
type language struct {
	key    string // of its file: "fa", "zh-Hant"
	name   string // in English
	own    string // in the language itself
	script string
	words  func() *vocabulary
}

// code is the language's: ISO 639-1, else 639-3. Two files may share one.
func (l *language) code() string {
	code, _, _ := strings.Cut(l.key, "-")
	return code
}

// vocabulary is how a language's news sites word what surrounds a story.
type vocabulary struct {
	sourceLabel   string // what the program itself prints before an outlet
	abbreviations map[string]bool
	cues          cues
	dates         dateWords
}

// lexicon holds all languages, by the names of their files. It never changes.
var lexicon = sync.OnceValue(func() []*language {
	languages, err := loadLanguages()
	if err != nil {
		panic(err) // embedded data, checked by the tests
	}
	return languages
})

func loadLanguages() ([]*language, error) {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	var languages []*language
	for _, f := range files {
		l, err := openLanguage(f.Name())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		languages = append(languages, l)
	}
	return languages, nil
}

// languageOf finds a language by the name of its file, else by its code; nil if
// there is none.
func languageOf(key string) *language {
	i := slices.IndexFunc(lexicon(), func(l *language) bool { return l.key == key })
	if i < 0 {
		i = slices.IndexFunc(lexicon(), func(l *language) bool { return l.code() == key })
	}
	if i < 0 {
		return nil
	}
	return lexicon()[i]
}

// headLength is enough of a word file to hold its head, in bytes.
const headLength = 128

// openLanguage reads the head of a word file.
func openLanguage(name string) (*language, error) {
	f, err := wordFiles.Open(path.Join("words", name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headLength)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	l := &language{key: strings.TrimSuffix(name, ".txt")}
	_, err = eachPhrase(string(head[:n]), l.add)
	l.words = sync.OnceValue(func() *vocabulary {
		v := newVocabulary()
		for _, key := range []string{l.key, anyLanguage} {
			if _, err := eachPhrase(textOf(key), v.add); err != nil {
				panic(err) // embedded data, checked by the tests
			}
		}
		return v
	})
	return l, err
}

// anyLanguage is the file of what stands on pages in any language.
const anyLanguage = "mul"

// textOf is a whole word file.
func textOf(key string) string {
	f, err := wordFiles.Open(path.Join("words", key+".txt"))
	if err != nil {
		panic(err) // embedded data
	}
	defer f.Close()
	var text strings.Builder
	if _, err := io.Copy(&text, f); err != nil {
		panic(err)
	}
	return text.String()
}

// errElsewhere says that a section is none of those that are being read.
var errElsewhere = errors.New("no such section")

// eachPhrase hands the phrases with their sections to add: "[section]" headers,
// one phrase a line, "# " comments that take a whole line. CONTRIBUTING tells
// what each section means. It ends where add doesn't know a section; left is
// what follows from there.
func eachPhrase(data string, add func(section, phrase string) error) (left string, err error) {
	section := ""
	for data != "" {
		here := data
		var line string
		line, data, _ = strings.Cut(data, "\n")
		switch line = strings.TrimSpace(line); {
		case line == "", strings.HasPrefix(line, "# "), line == "#":
		case isHeader(line):
			section = line[1 : len(line)-1]
		default:
			if err := add(section, line); errors.Is(err, errElsewhere) {
				return here, nil
			} else if err != nil {
				return "", fmt.Errorf("[%s] %q: %w", section, line, err)
			}
		}
	}
	return "", nil
}

// isHeader tells "[byline]" from a phrase in brackets: "[출처]".
func isHeader(line string) bool {
	name, open := strings.CutPrefix(line, "[")
	name, closed := strings.CutSuffix(name, "]")
	return open && closed && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz ") == ""
}

// add files one phrase of a file's head.
func (l *language) add(section, phrase string) error {
	switch section {
	case "name":
		l.name, l.own = cmp.Or(l.name, phrase), phrase
	case "script":
		l.script = phrase
	default:
		return errElsewhere
	}
	return nil
}

// add files one phrase of the vocabulary. The head, and what the language is
// told by, are read elsewhere.
func (v *vocabulary) add(section, phrase string) error {
	switch section {
	case "name", "script", "letters", "function", "endings", trigramSection:
		return nil
	}
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
	number, name, _ := strings.Cut(phrase, " ")
	n, err := strconv.Atoi(number)
	switch section {
	case "abbreviations":
		v.abbreviations[lastWord(strings.TrimRight(fold(phrase), "."))] = true
		return nil
	case "eras":
		v.dates.Eras[fold(name)] = n
	case "zones":
		v.dates.Zones[fold(name)] = n
	default:
		return errElsewhere
	}
	return err
}

func newVocabulary() *vocabulary {
	return &vocabulary{abbreviations: map[string]bool{}, dates: newDateWords()}
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
	return dateWords{Months: map[string][]month{}, Eras: map[string]int{}, Zones: map[string]int{}, Weekdays: map[string]bool{},
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
