package article

import "time"

// dayHalf is the half of the day that a clock of twelve hours means.
type dayHalf uint8

const (
	noHalf dayHalf = iota
	morning
	afternoon
)

// timeOfDay reads one clock and its zone. A day beside a clock there cannot
// be, such as 25:10, is not to be trusted either.
func (r *dateReader) timeOfDay() bool {
	dated := r.calendar != unstated
	if r.clocked || !dated && r.joinedBefore() {
		return false
	}
	from := r.pos
	clock, ok := r.clockTime()
	if !ok {
		r.pos = from
		r.broken = r.broken || dated && r.resemblesClock(from)
		return false
	}
	r.clock, r.clocked = clock, true
	r.zone = r.readZone()
	return true
}

// resemblesClock reports whether a number, a colon and two digits stand at i.
func (r *dateReader) resemblesClock(i int) bool {
	ahead := dateScan{line: r.line, pos: i}
	_, digits := ahead.number(2)
	return digits > 0 && ahead.peek(0) == ':' && isDigit(ahead.peek(1)) && isDigit(ahead.peek(2))
}

// clockTime reads 14:05, 2:05:10 p.m., 2 p.m., 09h00, 14.05 and 午後3時4分.
func (r *dateReader) clockTime() (clock time.Duration, ok bool) {
	half := r.half()
	r.space()
	hour, digits := r.number(2)
	minute, second, bare := 0, 0, false
	switch {
	case digits == 0:
		return 0, false
	case r.peek(0) == ':':
		minute, second, ok = r.minutes(':')
	case r.peek(0) == '.' && r.calendar != unstated: // before a day it could be one
		minute, second, ok = r.minutes('.')
	case r.hourWord():
		minute, second, ok = r.minutesInWords()
	default:
		bare, ok = true, true
	}
	if half == noHalf || bare { // "am 7" may be German
		half = r.half()
	}
	hour, valid := half.hour(hour)
	clock = time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	return clock, ok && valid && (half != noHalf || !bare)
}

// hour is an hour of 24 for one of the half. 0 is as good as 12: 午後0時.
func (h dayHalf) hour(hour int) (int, bool) {
	switch {
	case h == noHalf || h == afternoon && hour > 12: // "14:05 pm" says it twice
		return hour, hour < 24
	case h == afternoon:
		return hour%12 + 12, true
	}
	return hour % 12, hour <= 12
}

// half reads the words for a half of the day.
func (r *dateReader) half() dayHalf {
	from := r.pos
	r.space()
	switch {
	case r.take(r.words.AM):
		return morning
	case r.take(r.words.PM):
		return afternoon
	}
	r.pos = from
	return noHalf
}

// hourWord reads what makes the number before it an hour.
func (r *dateReader) hourWord() bool {
	if r.oneOf("時时點点시") {
		return true
	}
	from := r.pos
	r.space()
	if r.take(r.words.Hours) {
		return true
	}
	if r.peek(0) == 'h' && !isASCIILetter(r.peek(1)) {
		r.pos++
		return true
	}
	r.pos = from
	return false
}

// minutes reads :05 or :05:10, of which a fraction of a second is dropped, and
// the word for the hour that may follow them.
func (r *dateReader) minutes(mark byte) (minute, second int, ok bool) {
	if minute, ok = r.sixtieth(mark); !ok {
		return 0, 0, false
	}
	if r.peek(0) == mark && isDigit(r.peek(1)) {
		if second, ok = r.sixtieth(mark); !ok {
			return 0, 0, false
		}
		r.fraction()
	}
	r.hourWord()
	return minute, second, true
}

// fraction moves over a fraction of a second.
func (r *dateReader) fraction() {
	from := r.pos
	if !r.beforeDigit('.') {
		return
	}
	if _, digits := r.number(9); digits == 0 {
		r.pos = from
	}
}

// sixtieth reads two digits under 60 behind a mark.
func (r *dateReader) sixtieth(mark byte) (n int, ok bool) {
	if r.calendar != unstated && r.peek(0) == ':' && r.peek(1) == ' ' && isDigit(r.peek(2)) && isDigit(r.peek(3)) {
		r.pos++ // "10: 05"
	} else if !r.beforeDigit(mark) {
		return 0, false
	}
	r.space()
	n, digits := r.number(2)
	return n, digits == 2 && n < 60
}

// minutesInWords reads 30分10秒, or 30 after an h; there may be none.
func (r *dateReader) minutesInWords() (minute, second int, ok bool) {
	if n, ok := r.counted("分분"); ok {
		second, _ = r.counted("秒초")
		return n, second, n < 60 && second < 60
	}
	from := r.pos
	r.space()
	glued := r.pos == from
	n, digits := r.number(2)
	if digits != 2 || r.joinedAfter() || !glued && !r.pauses() { // 9 h 12 May
		r.pos = from
		return 0, 0, true
	}
	return n, 0, n < 60
}
