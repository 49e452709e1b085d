package article

import (
	"strings"
	"time"
	"unicode/utf8"
)

// dateWords is how one language, or several together, writes the parts of a
// date. Keys are folded; they may have several words and inner dots.
type dateWords struct {
	Months    map[string][]month // a name may belong to several calendars, the likelier first
	Weekdays  map[string]bool
	Eras      map[string]int  // a year of the era plus this is the Gregorian year: 令和 2018
	Zones     map[string]int  // their offsets in minutes: "мск" 180
	AM, PM    map[string]bool // "a.m.", "ق.ظ", "午前"
	Hours     map[string]bool // words that make the number before them an hour: "uhr", "h"
	Fillers   map[string]bool // words that join the parts: "of", "at", "th", "um", "ساعت", "في"
	Meanwhile map[string]bool // words that announce the same day in another calendar: "الموافق"

	// Words after a year that name its calendar: "م", "ه.ش", "ه".
	GregorianMarks, SolarMarks, LunarMarks map[string]bool
}

// dateReach is how many bytes before its year a date may begin. Only there
// are words looked up, which keeps prose with a number in it cheap to refuse.
const dateReach = 96

// readDate finds the first date with day, month and year in a folded line.
// start and end bound the bytes it takes with its weekday, clock, zone and
// joining words, so that a caller can see what else the line holds.
func readDate(line, lang string, w *dateWords) (d Stated, start, end int, ok bool) {
	r := dateReader{dateScan: dateScan{line: line}, lang: lang, words: w}
	tried := 0 // an attempt reads as far ahead as it can, so none is made twice
	for year, next := nextYear(line, 0); year < len(line); year, next = nextYear(line, next) {
		from := max(tried, year-dateReach)
		tried = year + 1
		alone := !digitWithin(line, year-dateReach, year) && !digitWithin(line, next, next+dateReach)
		if alone || !r.findDay(from, year) {
			continue
		}
		for start = from; start <= r.firstDay; start++ {
			if !beginsToken(line, start) {
				continue
			}
			if d, end, ok = r.read(start); ok {
				return d, start, end, true
			}
		}
	}
	return Stated{}, 0, 0, false
}

// findDay finds where the first day begins within a stretch of the line. Its
// weekday and clock may stand before it, but are not worth looking for first.
func (r *dateReader) findDay(from, to int) bool {
	for i := from; i <= to; i++ {
		if !beginsToken(r.line, i) {
			continue
		}
		r.pos = i
		if _, c := r.calendarDay(); c != unstated {
			r.firstDay = i
			return true
		}
	}
	return false
}

// nextYear finds a number that may be a year: four digits, or three of the
// Republic of China's before a mark (112-11-21), or a year of an era
// before 年, or what stands behind 元年, an era's first. It gives where the
// number begins and ends; both are the line's length if there is none.
func nextYear(line string, from int) (at, next int) {
	for i := from; i < len(line); i++ {
		if !isDigit(line[i]) {
			continue
		}
		run := i
		for i < len(line) && isDigit(line[i]) {
			i++
		}
		if i-run == 4 || i-run == 3 && line[run] == '1' && i+1 < len(line) && strings.IndexByte("-/.", line[i]) >= 0 && isDigit(line[i+1]) || strings.HasPrefix(strings.TrimPrefix(line[i:], " "), "年") || strings.HasSuffix(line[:run], "元年") {
			return run, i
		}
	}
	return len(line), len(line)
}

// digitWithin reports whether a stretch of a line has a digit; it may reach
// beyond the line.
func digitWithin(line string, from, to int) bool {
	for i := max(from, 0); i < min(to, len(line)); i++ {
		if isDigit(line[i]) {
			return true
		}
	}
	return false
}

// dateReader reads one date off a line, part by part.
type dateReader struct {
	dateScan
	lang     string
	words    *dateWords
	firstDay int // none begins before it
	dateParts
}

// dateParts is what has been read so far.
type dateParts struct {
	day       time.Time
	calendar  calendar // of day; unstated as long as there is none
	clock     time.Duration
	clocked   bool
	zone      *time.Location // nil if the text gives none
	announced bool           // the same day follows in another calendar
	broken    bool           // by a clock there cannot be, such as 25:10
}

// maxParts bounds an attempt: a weekday, a day and a clock, and the weekday
// and day of two calendars more.
const maxParts = 7

// read reads a date that begins at start.
func (r *dateReader) read(start int) (d Stated, end int, ok bool) {
	r.pos, r.dateParts = start, dateParts{}
	end = start
	for range maxParts {
		r.join()
		if !r.date() && !r.take(r.words.Weekdays) && !r.timeOfDay() || r.broken {
			break
		}
		end = r.pos
	}
	if r.calendar == unstated || r.broken {
		return d, 0, false
	}
	r.pos = end
	r.close()
	return r.stated(), r.pos, true
}

// stated puts the parts together.
func (r *dateReader) stated() Stated {
	zone := r.zone
	if zone == nil {
		zone = time.UTC
	}
	year, month, day := r.day.Date()
	hour, minute, second := r.day.Add(r.clock).Clock()
	t := time.Date(year, month, day, hour, minute, second, 0, zone)
	return Stated{Time: t, Clock: r.clocked, Zoned: r.zone != nil}
}

// maxJoins bounds what may stand between two parts.
const maxJoins = 6

// join moves over what joins one part to the next.
func (r *dateReader) join() {
	for range maxJoins {
		switch {
		case r.pos < len(r.line) && strings.IndexByte(" ,.;:|/-()[]@", r.line[r.pos]) >= 0:
			r.pos++
		case r.take(r.words.Meanwhile):
			r.announced = true
		case !r.take(r.words.Fillers):
			return
		}
	}
}

// gap moves over fillers and the given marks, within a day's three numbers.
func (r *dateReader) gap(marks string) {
	for range maxJoins {
		if r.pos < len(r.line) && strings.IndexByte(marks, r.line[r.pos]) >= 0 {
			r.pos++
		} else if !r.take(r.words.Fillers) {
			return
		}
	}
}

// close takes a last word that joins nothing ("14:05 Uhr"), unless the line
// goes on from it ("7 September 2022 in Berlin").
func (r *dateReader) close() {
	end := r.pos
	r.space()
	if !r.take(r.words.Fillers) || !r.pauses() {
		r.pos = end
	}
}

// pauses reports whether no word or number follows.
func (r *dateReader) pauses() bool {
	rest := strings.TrimLeft(r.line[r.pos:], " ")
	c, _ := utf8.DecodeRuneInString(rest)
	part := partOf(c)
	return !part.isLetter() && part != wordDigit
}
