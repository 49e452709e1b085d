package article

import (
	"testing"
	"time"
)

func TestCalendarDate(t *testing.T) {
	tests := []struct {
		name             string
		calendar         calendar
		year, month, day int
		want             string // empty for a day that the calendar does not have
	}{
		{"a Gregorian day is itself", gregorian, 2022, 9, 7, "2022-09-07"},
		{"29 February comes in a leap year", gregorian, 2024, 2, 29, "2024-02-29"},
		{"29 February is missing from other years", gregorian, 2023, 2, 29, ""},
		{"a century is not a leap year", gregorian, 1900, 2, 29, ""},
		{"no month is the 13th", gregorian, 2023, 13, 1, ""},
		{"no month is the 0th", gregorian, 2023, 0, 1, ""},
		{"no day is the 0th", gregorian, 2023, 1, 0, ""},
		{"the first plausible year", gregorian, 1800, 1, 1, "1800-01-01"},
		{"no article is older", gregorian, 1799, 12, 31, ""},
		{"the last plausible year", gregorian, 2100, 12, 31, "2100-12-31"},
		{"no article is newer", gregorian, 2101, 1, 1, ""},

		{"the solar year begins with spring", solar, 1402, 1, 1, "2023-03-21"},
		{"16 Shahrivar 1401", solar, 1401, 6, 16, "2022-09-07"},
		{"30 Esfand comes in a leap year", solar, 1399, 12, 30, "2021-03-20"},
		{"30 Esfand is missing from other years", solar, 1400, 12, 30, ""},
		{"31 Aban is in no year", solar, 1400, 8, 31, ""},
		{"31 Shahrivar ends the long months", solar, 1400, 6, 31, "2021-09-22"},
		{"no solar month is the 13th", solar, 1400, 13, 1, ""},
		{"a solar year beyond the plausible ones", solar, 1499, 12, 1, ""},
		{"a year the library does not know", solar, 9999, 1, 1, ""},

		{"1 Ramadan 1445", lunar, 1445, 9, 1, "2024-03-11"},
		{"22 Jumada II 1444", lunar, 1444, 6, 22, "2023-01-15"},
		{"Ramadan of 1445 has 30 days", lunar, 1445, 9, 30, "2024-04-09"},
		{"Shawwal of 1445 has 29", lunar, 1445, 10, 30, ""},
		{"a 12th month is measured against the next year", lunar, 1444, 12, 30, "2023-07-18"},
		{"the first day of the Umm al-Qura tables", lunar, 1356, 1, 1, "1937-03-14"},
		{"a year before the tables", lunar, 1355, 12, 29, ""},
		{"the last day we ask the tables for", lunar, 1499, 12, 29, "2076-11-26"},
		{"a year the tables may not have whole", lunar, 1500, 1, 1, ""},

		{"a Buddhist year", buddhist, 2565, 9, 7, "2022-09-07"},
		{"29 February by the Gregorian year", buddhist, 2567, 2, 29, "2024-02-29"},
		{"no calendar has no days", unstated, 2022, 9, 7, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			day, ok := test.calendar.date(test.year, test.month, test.day)
			got := ""
			if ok {
				got = day.Format(time.DateOnly)
			}
			if got != test.want {
				t.Errorf("date(%d, %d, %d) = %q, want %q", test.year, test.month, test.day, got, test.want)
			}
		})
	}
}

// Every day of a calendar must follow on the one before, and each month must
// begin right after the last day that the calendar admits.
func TestCalendarsMissNoDay(t *testing.T) {
	for name, c := range map[string]calendar{"solar": solar, "lunar": lunar, "gregorian": gregorian} {
		t.Run(name, func(t *testing.T) {
			first, last := 1356, 1478
			if c == gregorian {
				first, last = firstYear, lastYear
			}
			want, _ := c.date(first, 1, 1)
			for i := range (last - first + 1) * 12 * 31 {
				year, month, day := first+i/(12*31), i/31%12+1, i%31+1
				got, ok := c.date(year, month, day)
				if !ok {
					continue
				}
				if !got.Equal(want) {
					t.Fatalf("date(%d, %d, %d) = %s, want %s", year, month, day, got, want)
				}
				want = want.AddDate(0, 0, 1)
			}
		})
	}
}
