package channel

import (
	"testing"
	"time"
)

func TestTally(t *testing.T) {
	const day = 20517
	for _, test := range []struct {
		name string
		days []int
		last int
		want map[int]int // by the place from the end
	}{
		{"nothing", nil, 0, nil},
		{"one day", []int{day, day}, day, map[int]int{0: 2}},
		{"the newest first", []int{day, day - 1, day - 89}, day, map[int]int{0: 1, 1: 1, 89: 1}},
		{"the oldest first", []int{day - 89, day - 1, day}, day, map[int]int{0: 1, 1: 1, 89: 1}},
		{"what is too old is not shown", []int{day, day - 90, day - 4000}, day, map[int]int{0: 1}},
		{"what a newer one makes too old is dropped", []int{day - 90, day - 60, day}, day, map[int]int{0: 1, 60: 1}},
		{"a day long after all others", []int{1, 2, day}, day, map[int]int{0: 1}},
		{"before 1970", []int{-10, -3, -12}, -3, map[int]int{0: 1, 7: 1, 9: 1}},
	} {
		var tally Tally
		for _, d := range test.days {
			tally.add(d, 1)
		}
		want := Tally{Total: len(test.days), Last: test.last}
		for back, n := range test.want {
			want.Days[len(want.Days)-1-back] = n
		}
		if tally != want {
			t.Errorf("%s: %v becomes %+v, want %+v", test.name, test.days, tally, want)
		}
	}
}

func TestDayOf(t *testing.T) {
	tehran := time.FixedZone("", 12600)
	for _, test := range []struct {
		name string
		at   time.Time
		zone *time.Location
		want int
	}{
		{"without a zone it is that of Greenwich", time.Date(2026, 3, 4, 23, 59, 59, 0, time.UTC), nil, 20516},
		{"in Tehran the next has begun", time.Date(2026, 3, 4, 23, 59, 59, 0, time.UTC), tehran, 20517},
		{"the first", time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC, 0},
		{"the one before", time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC), time.UTC, -1},
	} {
		if got := dayOf(test.at, test.zone); got != test.want {
			t.Errorf("%s: dayOf(%v) = %d, want %d", test.name, test.at, got, test.want)
		}
	}
}
