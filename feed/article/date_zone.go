package article

import (
	"strings"
	"time"
)

// zones are the names of zones that mean one offset the world over, or nearly
// so in the news, in minutes.
var zones = map[string]int{
	"utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120,
	"eest": 180, "msk": 180, "jst": 540, "kst": 540,
}

// vagueZones are names that mean several offsets, or that few readers know.
// They are part of the date, but tell nothing.
var vagueZones = map[string]bool{
	"wib": true, "wita": true, "wit": true, "ist": true, "pkt": true, "hkt": true, "sgt": true,
	"pht": true, "ict": true, "myt": true, "aest": true, "aedt": true, "nzst": true, "nzdt": true,
	"et": true, "est": true, "edt": true, "ct": true, "cst": true, "cdt": true,
	"mt": true, "mst": true, "mdt": true, "pt": true, "pst": true, "pdt": true, "ast": true,
	"brt": true, "art": true, "trt": true, "irst": true, "irdt": true, "gst": true,
	"wat": true, "cat": true, "eat": true, "sast": true, "wet": true, "west": true,
}

// readZone reads the zone after a clock, in brackets or not; it is nil if
// there is none or if its name tells nothing.
func (r *dateReader) readZone() *time.Location {
	from := r.pos
	r.space()
	bracket := r.peek(0) == '(' || r.peek(0) == '['
	if bracket {
		r.pos++
	}
	zone, ok := r.zoneOffset(r.pos > from)
	if !ok {
		r.pos = from
		return nil
	}
	if bracket && (r.peek(0) == ')' || r.peek(0) == ']') {
		r.pos++
	}
	return zone
}

// zoneOffset reads a zone's name, its offset, or both; apart tells whether it
// is set apart from the clock.
func (r *dateReader) zoneOffset(apart bool) (zone *time.Location, ok bool) {
	minutes, end := longest(&r.dateScan, zones)
	if local, further := longest(&r.dateScan, r.words.Zones); further > end {
		minutes, end = local, further
	}
	if end > 0 {
		r.pos = end
		if minutes == 0 {
			minutes, _ = r.offset(false)
		}
		return fixedZone(minutes), true
	}
	if r.take(vagueZones) {
		return nil, r.pauses() // "et" and "est" are words, too
	}
	// 08:00-10:00 is a span of time, unless the clock is written as ISO 8601 has it.
	if r.peek(0) == '-' && !apart && strings.IndexByte(":t", r.peek(-6)) < 0 {
		return nil, false
	}
	minutes, ok = r.offset(true)
	return fixedZone(minutes), ok
}

// offset reads +03:30 or +0330, or +3 where it need not be exact, in minutes.
func (r *dateReader) offset(exact bool) (minutes int, ok bool) {
	from := r.pos
	sign := 1
	if r.beforeDigit('-') {
		sign = -1
	} else if !r.beforeDigit('+') {
		return 0, false
	}
	hours, digits := r.number(4)
	ok = digits == 4 || digits > 0 && digits <= 2 && !exact
	if digits == 4 {
		hours, minutes = hours/100, hours%100
	} else if r.peek(0) == ':' && digits > 0 {
		minutes, ok = r.sixtieth(':')
	}
	if !ok || hours > 14 || minutes >= 60 {
		r.pos = from
		return 0, false
	}
	return sign * (hours*60 + minutes), true
}

func fixedZone(minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}
