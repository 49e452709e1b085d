package check

import (
	"io/fs"
	"mime"
	"net/mail"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/gofrs/uuid/v5"
	"golang.org/x/text/language"

	"seedfeed/feed/channel"
)

// Rules that several formats share.
const (
	ruleLang = "RFC 5646, section 2.2.1"
	ruleUUID = "RFC 9562, section 4"
)

// mendDate is the remedy of a date that is one, but can't be meant.
const mendDate = "put the right date into the article's front matter, or set the clock right"

// earliest is the first date that the W3C validator believes.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// ahead is how far clocks may be apart; the W3C validator has the same.
const ahead = 10 * time.Minute

// instant3339 is a date of Atom or JSON Feed, the zero time if it is none.
func (r *report) instant3339(rule, what, value string) time.Time {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil || value[13] != ':' || strings.Contains(value, ",") { // time.Parse takes 9:30 and 09:30:00,5 as well
		r.broken(rule, "%s is %s, which is no date of RFC 3339", what, quote(value))
		return time.Time{}
	}
	if t.IsZero() { // which life takes for none
		r.plausible(what, t)
	}
	return t
}

// zones are the names that RFC 822 (section 5.1) has for zones, but for the
// military ones, which it got wrong.
var zones = strings.NewReplacer(" UTC", " +0000", " UT", " +0000", " GMT", " +0000", " Z", " +0000",
	" EST", " -0500", " EDT", " -0400", " CST", " -0600", " CDT", " -0500",
	" MST", " -0700", " MDT", " -0600", " PST", " -0800", " PDT", " -0700")

// instant822 is a date of RSS or OPML.
func (r *report) instant822(rule, what, value string) {
	numbered := value
	if i := strings.LastIndexByte(value, ' '); i >= 0 {
		numbered = value[:i] + zones.Replace(value[i:])
	}
	for _, layout := range [...]string{"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04 -0700",
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700"} {
		t, err := time.Parse(layout, numbered)
		if err != nil {
			continue
		}
		if day, _, given := strings.Cut(value, ","); given && !strings.EqualFold(day, t.Weekday().String()[:3]) {
			r.broken(rule, "%s is %s, but that day is a %s", what, quote(value), t.Weekday())
		}
		r.plausible(what, t)
		return
	}
	if _, err := mail.ParseDate(value); err == nil {
		r.doubtful(rule, "%s is %s, which few readers take for a date", what, quote(value))
		return
	}
	r.broken(rule, "%s is %s, which is no date of RFC 822", what, quote(value))
}

// life holds the dates of an entry or feed against each other and against what
// dates can be; one that is zero is not there.
func (r *report) life(published, updated time.Time) {
	if !published.IsZero() && !r.plausible("published", published) || updated.IsZero() {
		return
	}
	if r.plausible("updated", updated) && updated.Before(published) {
		r.doubtful("readers sort by either", "updated is before published, by %s", published.Sub(updated))
	}
}

func (r *report) plausible(what string, t time.Time) bool {
	const rule = "W3C feed validator, ImplausibleDate"
	switch {
	case t.Before(earliest):
		r.add(Warning, rule, mendDate, "%s is before 1990: %s", what, t.Format(time.RFC3339))
		return false
	case !r.Now.IsZero() && t.After(r.Now.Add(ahead)):
		r.add(Warning, rule, mendDate, "%s is in the future: %s", what, t.Format(time.RFC3339))
		return false
	}
	return true
}

// language holds a tag against the registry. Some readers compare it as a whole
// with "fa", so that "fa-IR" runs from left to right with them.
func (r *report) language(what, tag string) {
	base, _, region := strings.Cut(tag, "-")
	if _, err := language.ParseBase(base); err != nil {
		r.add(Error, ruleLang, "put the right lang into the front matter", "%s is %s, which is no language", what, quote(tag))
	} else if region {
		r.doubtful("newsboat compares exactly", "%s is %s, where readers want %s", what, quote(tag), quote(base))
	}
}

// isMediaType reports whether a value is a MIME type.
func isMediaType(value string) bool {
	kind, _, err := mime.ParseMediaType(value)
	return err == nil && strings.Contains(kind, "/")
}

func (r *report) mediaType(rule, what, value string) {
	if !isMediaType(value) {
		r.broken(rule, "%s is %s, which is no media type", what, quote(value))
	}
}

// size holds a number, mostly of bytes, against what one is.
func (r *report) size(rule, what, value string) {
	if value == "" || strings.Trim(value, "0123456789") != "" {
		r.broken(rule, "%s is %s, which is no number", what, quote(value))
	}
}

func (r *report) email(rule, what, value string) {
	if _, err := mail.ParseAddress(value); err != nil {
		r.broken(rule, "%s is %s, which is no e-mail address", what, quote(value))
	}
}

// address holds an address of the web against what readers can open: it has to
// be absolute, and in RSS plain ASCII. It reports whether it is.
func (r *report) address(rule, what, value string, ascii bool) bool {
	fail := func(why string) bool {
		r.broken(rule, "%s is %s, which %s", what, quote(value), why)
		return false
	}
	scheme, rest, _ := strings.Cut(value, "://")
	switch {
	case value == "":
		r.broken(rule, "%s is empty", what)
		return false
	case !isScheme(schemeOf(value)):
		return fail("is relative")
	case !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https"):
		return fail("is not of the web")
	case strings.Trim(rest[:hostEnd(rest)], ".:@") == "":
		return fail("names no host")
	}
	if why := misspelt(value, ascii); why != "" {
		return fail(why)
	}
	return true
}

func hostEnd(rest string) int {
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		return end
	}
	return len(rest)
}

// unaddressed are the characters that have to be percent-encoded.
var unaddressed = func() (is [256]bool) {
	for c := range byte(' ' + 1) {
		is[c] = true
	}
	for _, c := range []byte("<>\"{}|\\^`\x7F") {
		is[c] = true
	}
	return is
}()

// misspelt tells what may not stand in an address (RFC 3986, appendix A; RFC
// 3987 adds what is not ASCII).
func misspelt(value string, ascii bool) string {
	for i := range len(value) {
		c := value[i]
		switch {
		case unaddressed[c]:
			return "holds a character that has to be percent-encoded"
		case c >= 0x80 && ascii:
			return "is not plain ASCII"
		case c == '%' && (i+2 >= len(value) || !isHex(value[i+1]) || !isHex(value[i+2])):
			return "holds a stray %"
		}
	}
	return ""
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// schemeOf is what stands before the first colon of an address, empty if that
// comes after the path began.
func schemeOf(address string) string {
	for end := range len(address) {
		switch address[end] {
		case ':':
			return address[:end]
		case '/', '?', '#':
			return ""
		}
	}
	return ""
}

// isScheme reports whether s is one by its letters (RFC 3986, section 3.1).
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || strings.IndexByte("0123456789+-.", c) < 0) {
			return false
		}
	}
	return s != ""
}

// identifier holds an id against what an IRI is. Words that their owner chose
// are only warned of, unless they are none at all.
func (r *report) identifier(rule, id string) {
	const remedy = "mend id in the article's front matter"
	if !isScheme(schemeOf(id)) {
		r.broken(rule, "the id %s is not absolute", quote(id))
		return
	}
	const urn = "urn:uuid:"
	if len(id) >= len(urn) && strings.EqualFold(id[:len(urn)], urn) {
		if _, err := uuid.FromString(id[len(urn):]); err != nil || len(id) != len(urn)+36 {
			r.add(Warning, ruleUUID, remedy, "the id %s is no UUID", quote(id))
		}
		return
	}
	if why := misspelt(id, false); why != "" {
		r.add(Warning, rule, remedy, "the id %s %s", quote(id), why)
	}
}

// urlUnder is the address of a file under out/.
func urlUnder(base, name string) string { return channel.Channel{Base: base}.URL(name) }

// baseOf is the base that makes a file's address what it says it is, empty if
// none does.
func baseOf(address, name string) string {
	base, ends := strings.CutSuffix(address, urlUnder("", name))
	if !ends || !strings.HasSuffix(base, "/") {
		return ""
	}
	return base
}

// nameAt is the file under out/ that an address leads to, empty if it leads
// elsewhere, or to a file that is none of seedfeed's.
func (r *report) nameAt(address string) string {
	address, _, _ = strings.Cut(address, "#")
	if r.base == "" || !strings.HasPrefix(address, r.base) {
		return ""
	}
	name := channel.Channel{Base: r.base}.FileAt(address)
	switch name {
	case channel.Atom, channel.RSS, channel.JSON, channel.Index, channel.OPML:
		return name
	}
	for _, folder := range [...]string{"articles/", "feeds/", "archive/", "media/"} {
		if strings.HasPrefix(name, folder) {
			return name
		}
	}
	return "" // another part of the same site
}

// upload is the remedy of a link into out/ that leads nowhere.
const upload = "run seedfeed, and publish all of the folder"

// follow holds an address that lies under out/ against what stands there. It is
// no error: the document is right, and the other may come with the next run.
func (r *report) follow(what, address string) {
	if r.Has == nil {
		return
	}
	if name := r.nameAt(address); name != "" && !r.Has(name) {
		r.add(Warning, "links lead somewhere", upload, "%s leads to %s, which is not there", what, name)
	}
}

// nameFrom is the file under out/ that a relative address leads to from a page.
func nameFrom(page, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || u.Path[0] == '/' {
		return ""
	}
	name := path.Join(path.Dir(page), u.Path)
	if strings.HasSuffix(u.Path, "/") || !fs.ValidPath(name) {
		return ""
	}
	return name
}
