package article

import (
	"time"

	"github.com/hablullah/go-hijri"
	"github.com/jalaali/go-jalaali"
)

// calendar is a way to count days. Where a text gives one day in several,
// the one that stands first here is believed: a Hijri day written beside a
// Gregorian one may be off by a day or two, as the moon was seen or reckoned.
type calendar uint8

const (
	unstated calendar = iota
	gregorian
	buddhist
	solar // solar Hijri, of Iran and Afghanistan
	lunar // lunar Hijri, as the Umm al-Qura calendar reckons it
)

// month is a month of one calendar, counted from 1.
type month struct {
	Calendar calendar
	Number   int
}

// The Gregorian years a text can plausibly be dated with.
const firstYear, lastYear = 1800, 2100

// The years of the Umm al-Qura tables that lie within a text's 1300 to 1499.
const firstLunarYear, lastLunarYear = 1356, 1499

const buddhistEra = -543

// date is the day, at midnight in UTC, that a calendar gives a year, month
// and day; ok is false for a day the calendar does not have, or one that no
// article is from.
func (c calendar) date(year, month, day int) (t time.Time, ok bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return t, false
	}
	switch c {
	case gregorian:
		t, ok = gregorianDate(year, month, day)
	case buddhist:
		t, ok = gregorianDate(year+buddhistEra, month, day)
	case solar:
		t, ok = solarDate(year, month, day)
	case lunar:
		t, ok = lunarDate(year, month, day)
	}
	return t, ok && firstYear <= t.Year() && t.Year() <= lastYear
}

func gregorianDate(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == day // 30 February has become a day of March
}

func solarDate(year, month, day int) (time.Time, bool) {
	y, m, d, err := jalaali.ToGregorian(year, jalaali.Month(month), day)
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), err == nil
}

// lunarDate looks at the length of the month itself: the library would count
// on into the next one, and panics outside its tables.
func lunarDate(year, month, day int) (time.Time, bool) {
	if year < firstLunarYear || year > lastLunarYear {
		return time.Time{}, false
	}
	first := hijri.UmmAlQuraDate{Day: 1, Month: int64(month), Year: int64(year)}
	next := first
	next.Month++ // the tables count months on end, so that a 13th opens the next year
	t := first.ToGregorian().AddDate(0, 0, day-1)
	return t, t.Before(next.ToGregorian())
}

// isHijriYear reports whether a year is one that the Hijri calendars, and no
// other a newspaper uses, have now.
func isHijriYear(year int) bool { return 1300 <= year && year <= 1499 }

// isBuddhistYear reports the same of the Buddhist era.
func isBuddhistYear(year int) bool { return 2400 <= year && year <= 2599 }

// numericCalendar is the calendar meant by a year that stands among numbers
// only, where nothing but the text's language tells the Hijri ones apart.
func numericCalendar(year int, lang string) calendar {
	switch {
	case isHijriYear(year) && (lang == "fa" || lang == "ps"):
		return solar
	case isHijriYear(year) && lang == "ar":
		return lunar
	}
	return namedCalendar(gregorian, year, lang)
}

// namedCalendar is the calendar meant by a month's name: Thai months have the
// same names in both eras.
func namedCalendar(c calendar, year int, lang string) calendar {
	if c == gregorian && lang == "th" && isBuddhistYear(year) {
		return buddhist
	}
	return c
}
