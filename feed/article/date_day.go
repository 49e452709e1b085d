package article

import (
	"strings"
	"time"
)

// writtenDay is a day as it is written, before it is known what calendar its
// numbers count in.
type writtenDay struct {
	year, month, day int
	names            []month  // what the month's name may mean; nil if it is a number
	stated           calendar // by a mark or an era beside the year
}

// date reads a day of the calendar, and a T behind it with its clock. After a
// first day it reads another only if that is the same one in another calendar.
func (r *dateReader) date() bool {
	if r.pos < r.firstDay {
		return false
	}
	from := r.pos
	day, c := r.calendarDay()
	if c == unstated || r.calendar != unstated && !r.repeats(day, c) {
		r.pos = from
		return false
	}
	if r.calendar == unstated || c < r.calendar {
		r.day, r.calendar = day, c
	}
	r.announced = false
	r.broken = r.beforeDigit('t') && !r.timeOfDay()
	return true
}

// repeats reports whether a second day is the first one in another calendar.
// Where the text does not say so they must be close: the moon that begins a
// month is not seen everywhere on the same evening.
func (r *dateReader) repeats(day time.Time, c calendar) bool {
	const moonsight = 48 * time.Hour
	return c != r.calendar && (r.announced || day.Sub(r.day).Abs() <= moonsight)
}

// calendarDay reads a day in any of the orders languages use; the calendar is
// unstated if there is none.
func (r *dateReader) calendarDay() (time.Time, calendar) {
	if r.joinedBefore() {
		return time.Time{}, unstated
	}
	if d, ok := r.writtenDay(); ok && !r.joinedAfter() {
		return d.resolve(r.lang)
	}
	return time.Time{}, unstated
}

// writtenDay reads the one form that the place admits: they exclude each other.
func (r *dateReader) writtenDay() (d writtenDay, ok bool) {
	from := r.pos
	if !isDigit(r.peek(0)) {
		if d, ok = r.monthFirst(); ok {
			return d, true
		}
		r.pos = from
		return r.signs()
	}
	if d, ok = r.numbers(); ok {
		return d, true
	}
	r.pos = from
	if d, ok = r.dayFirst(); ok {
		return d, true
	}
	r.pos = from
	if d, ok = r.signs(); ok {
		return d, true
	}
	r.pos = from
	return r.yearFirst()
}

// numbers reads 2022-09-07, 7.9.2022, 7. 9. 2022, 03/22/2024 and the like.
func (r *dateReader) numbers() (d writtenDay, ok bool) {
	first, firstDigits := r.number(4)
	separator := r.separator()
	second, secondDigits := r.number(2)
	if separator == "" || secondDigits == 0 || !strings.HasPrefix(r.line[r.pos:], separator) {
		return d, false
	}
	r.pos += len(separator)
	third, thirdDigits := r.number(4)
	switch {
	case firstDigits == 4 && 0 < thirdDigits && thirdDigits <= 2:
		d = writtenDay{year: first, month: second, day: third}
	case firstDigits == 3 && r.lang == "zh" && 0 < thirdDigits && thirdDigits <= 2:
		d = writtenDay{year: first + republic, month: second, day: third}
	case 0 < firstDigits && firstDigits <= 2 && thirdDigits == 4 && second > 12:
		d = writtenDay{year: third, month: first, day: second}
	case 0 < firstDigits && firstDigits <= 2 && thirdDigits == 4:
		d = writtenDay{year: third, month: second, day: first}
	default:
		return d, false
	}
	d.stated = r.mark()
	return d, true
}

// republic is the year before the first of the Republic of China's.
const republic = 1911

// separator reads what parts the numbers of a day, spaces included: between
// the second and the third it must be the same.
func (r *dateReader) separator() string {
	from := r.pos
	if !r.oneOf("-/.") {
		return ""
	}
	r.space()
	return r.line[from:r.pos]
}

// signs reads 2022年9月7日, 令和5年11月4日 and 2022년 9월 7일.
func (r *dateReader) signs() (d writtenDay, ok bool) {
	if d.year, d.stated, ok = r.year(); !ok || !r.oneOf("年년") {
		return d, false
	}
	if d.month, ok = r.counted("月월"); !ok {
		return d, false
	}
	d.day, ok = r.counted("日일号號")
	return d, ok
}

// counted reads a number of one or two digits and the sign of what it counts.
func (r *dateReader) counted(signs string) (n int, ok bool) {
	from := r.pos
	r.space()
	n, digits := r.number(2)
	if digits == 0 || !r.oneOf(signs) {
		r.pos = from
		return 0, false
	}
	return n, true
}

// dayFirst reads 7. September 2022, 7th of September, 2022, 14 de junio de 2023.
func (r *dateReader) dayFirst() (d writtenDay, ok bool) {
	var digits int
	if d.day, digits = r.number(2); digits == 0 {
		return d, false
	}
	r.gap(" .-/")
	if d.names = r.monthName(); d.names == nil {
		return d, false
	}
	r.gap(" .,-/")
	d.year, d.stated, ok = r.year()
	return d, ok
}

// monthFirst reads Sept. 7, 2022.
func (r *dateReader) monthFirst() (d writtenDay, ok bool) {
	if d.names = r.monthName(); d.names == nil {
		return d, false
	}
	r.gap(" .")
	var digits int
	if d.day, digits = r.number(2); digits == 0 {
		return d, false
	}
	r.gap(" .,")
	d.year, d.stated, ok = r.year()
	return d, ok
}

// yearFirst reads 2022. szeptember 7.
func (r *dateReader) yearFirst() (d writtenDay, ok bool) {
	if d.year, d.stated, ok = r.year(); !ok {
		return d, false
	}
	r.gap(" .,-/")
	if d.names = r.monthName(); d.names == nil {
		return d, false
	}
	r.gap(" .-/")
	var digits int
	d.day, digits = r.number(2)
	return d, digits > 0
}

// monthName reads the name of a month; in Hebrew "in" is a letter before it.
// Arabic often gives the names of two regions: أيلول/سبتمبر.
func (r *dateReader) monthName() []month {
	names := r.oneMonthName()
	if names == nil {
		return nil
	}
	if from := r.pos; r.oneOf("/") {
		if again := r.oneMonthName(); again == nil || again[0] != names[0] {
			r.pos = from
		}
	}
	return names
}

func (r *dateReader) oneMonthName() []month {
	names, end := longest(&r.dateScan, r.words.Months)
	if names == nil && strings.HasPrefix(r.line[r.pos:], "ב") {
		r.pos += len("ב")
		names, end = longest(&r.dateScan, r.words.Months)
	}
	if names != nil {
		r.pos = end
	}
	return names
}

// year reads a year of an era, or one of four digits with its mark.
func (r *dateReader) year() (year int, stated calendar, ok bool) {
	if zero, end := longest(&r.dateScan, r.words.Eras); end > 0 {
		r.pos = end
		if r.oneOf("元") { // an era's first year
			return zero + 1, gregorian, true
		}
		r.space()
		year, digits := r.number(4)
		return zero + year, gregorian, digits > 0
	}
	year, digits := r.number(4)
	if digits != 4 {
		return 0, unstated, false
	}
	return year, r.mark(), true
}

// mark reads the words that name the calendar of a year, right after it.
func (r *dateReader) mark() calendar {
	from := r.pos
	r.space()
	best, stated := from, unstated
	for _, marks := range [...]struct {
		calendar calendar
		words    map[string]bool
	}{{gregorian, r.words.GregorianMarks}, {solar, r.words.SolarMarks}, {lunar, r.words.LunarMarks}} {
		if _, end := longest(&r.dateScan, marks.words); end > best {
			best, stated = end, marks.calendar
		}
	}
	r.pos = best
	return stated
}

// joinedBefore reports whether the number at the place is only a piece of
// something longer: a version, a phone number, an address, 5-7 September.
func (r *dateReader) joinedBefore() bool {
	mark, beyond := r.peek(-1), r.peek(-2)
	switch {
	case !isDigit(r.peek(0)):
		return false
	case isDigit(mark) || isASCIILetter(mark):
		return true
	case isDigit(beyond):
		return strings.IndexByte("-/.:_+", mark) >= 0
	}
	return isASCIILetter(beyond) && strings.IndexByte("/._=", mark) >= 0
}

// joinedAfter reports the same of the number that ends at the place. A clock
// may follow behind a dash or a dot, and a T before one.
func (r *dateReader) joinedAfter() bool {
	mark, beyond := r.peek(0), r.peek(1)
	switch {
	case !isDigit(r.peek(-1)):
		return false
	case isASCIILetter(mark):
		return mark != 't' || !isDigit(beyond)
	case !isDigit(beyond):
		return false
	case mark == '-' || mark == '.':
		return !r.resemblesClock(r.pos + 1)
	}
	return mark == '/' || mark == ':'
}

func isASCIILetter(c byte) bool { return 'a' <= c && c <= 'z' }

// resolve finds the day in the calendar it is counted in: the one stated
// beside the year, or the first its month's name may belong to, or, among
// numbers only, the one its language uses. A day of no calendar is unstated.
func (d writtenDay) resolve(lang string) (time.Time, calendar) {
	if d.names == nil {
		c := d.stated
		if c == unstated {
			c = numericCalendar(d.year, lang)
		}
		return d.in(c, d.month)
	}
	for _, m := range d.names {
		if d.stated != unstated && d.stated != m.Calendar {
			continue
		}
		if day, c := d.in(namedCalendar(m.Calendar, d.year, lang), m.Number); c != unstated {
			return day, c
		}
	}
	return time.Time{}, unstated
}

func (d writtenDay) in(c calendar, month int) (time.Time, calendar) {
	day, ok := c.date(d.year, month, d.day)
	if !ok {
		return time.Time{}, unstated
	}
	return day, c
}
