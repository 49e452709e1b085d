package site

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jalaali/go-jalaali"
	"github.com/pelletier/go-toml/v2"

	"seedfeed/feed/channel"
)

//go:embed words
var wordFiles embed.FS

// words are what pages say in a language: its file under words/.
type words struct {
	lang string

	Date     string   // {month} {day}, {year}
	Months   []string // as they stand in a date of that calendar
	Digits   string
	Calendar string // gregorian, solar or buddhist

	Subscribe, About, Reader, Same, Copy, Copied, List string
	Feeds, Parts, Whole, All                           string
	Query, Source, Lang, Folder, Tag                   string // what the kinds of feeds are called
	Newest, Daily, Older, Newer, Pages                 string
	Original, Updated, Files, Retired, None            string
}

// dictionary holds the words that were asked for, by language.
var dictionary sync.Map

// wordsOf are those of a language, in English if there are none in it.
func wordsOf(lang string) *words {
	if known, ok := dictionary.Load(lang); ok {
		return known.(*words)
	}
	const fallback = "en"
	w := &words{lang: lang}
	file, err := wordFiles.ReadFile("words/" + lang + ".toml")
	switch {
	case err != nil && lang != fallback:
		w = wordsOf(fallback)
	case err == nil:
		err = toml.Unmarshal(file, w)
		fallthrough
	default:
		if err != nil {
			panic(fmt.Sprintf("words of %s: %v", lang, err)) // a test reads them all
		}
	}
	known, _ := dictionary.LoadOrStore(lang, w)
	return known.(*words)
}

// KindName is what a kind of feeds is called in a language.
func KindName(kind channel.Kind, lang string) string { return wordsOf(lang).kind(kind) }

func (w *words) kind(kind channel.Kind) string {
	switch kind {
	case channel.BySource:
		return w.Source
	case channel.ByLang:
		return w.Lang
	case channel.ByFolder:
		return w.Folder
	case channel.ByTag:
		return w.Tag
	}
	return w.Query
}

// date is the day of a time, as its zone has it, in the language's calendar.
func (w *words) date(t time.Time) string {
	year, month, day := t.Date()
	switch w.Calendar {
	case "solar":
		y, m, d, err := jalaali.ToJalaali(year, month, day)
		if err != nil {
			return t.Format(time.DateOnly)
		}
		year, month, day = y, time.Month(m), d
	case "buddhist":
		const era = 543
		year += era
	}
	var b strings.Builder
	for part := range strings.SplitSeq(w.Date, "{") {
		switch place, rest, _ := strings.Cut(part, "}"); place {
		case "year":
			b.WriteString(w.number(year) + rest)
		case "month":
			b.WriteString(w.Months[month-1] + rest)
		case "day":
			b.WriteString(w.number(day) + rest)
		default:
			b.WriteString(part)
		}
	}
	return b.String()
}

// number is a number in the language's figures.
func (w *words) number(n int) string {
	figures := []rune(w.Digits)
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return figures[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}
