// Package article reads what a text says of itself.
//
// A seed's text goes in; an Article comes out: title, lead, source, byline,
// date, tags, language and body, and beside them the role of every line with
// the reason it was given, so that a person can see why. Reading is pure:
// no clock, no disk, no environment; the same text gives the same Article.
//
// The words that give a line away ("By", "منبع", "続きを読む") are data: one
// file a language under words/. Adding a language touches no code.
package article

import "time"

// Version is that of the reading: it changes whenever some text is read in
// another way, be it by code, words or decoding, so that all seeds are read again after
// an upgrade.
const Version = "2"

// Article is what was understood of one text.
type Article struct {
	Title   string
	Kicker  string // the short line above the title: a genre, a section, an alert
	Summary string // the lead, or the opening of the body; plain text
	Kind    SummaryKind
	Source  Source
	Authors []string
	Stated  Stated // the date of publication the text states, zero if none
	Lang    string // ISO 639-1, else 639-3; empty when it can't be told
	Dir     string // "rtl" or "ltr"
	Tags    []string
	Link    string   // the article's own address, if the text gives one
	Body    []string // paragraphs, without the lead
	Lines   []Line   // every line of the text that is not blank, in order

	// What only front matter can say.
	ID    string // pins the item's id
	Draft bool   // holds the item back
	Fixed bool   // Stated is the owner's word: it moves what was published, and holds back what is to come
}

// SummaryKind tells where a summary comes from.
type SummaryKind string

const (
	NoSummary SummaryKind = ""
	Lead      SummaryKind = "lead"    // a paragraph of its own, no longer in the body
	Derived   SummaryKind = "derived" // the opening of the body, which keeps it
)

// Source is the outlet an article is credited to.
type Source struct {
	Name string
	URL  string // empty when the text gives none
	Kind SourceKind
}

// SourceKind tells how a source was named.
type SourceKind string

const (
	NoSource   SourceKind = ""
	CreditLine SourceKind = "line"       // on a line of its own
	Attributed SourceKind = "attributed" // within the text: "as X reports"
)

// Line is one line of the text and what it was taken for.
type Line struct {
	N    int // counted from 1, blank lines included
	Role Role
	Text string
	Why  string // the reason for the role, for people
}

// Stated is a date as a text states it. Without a zone its Time holds the
// wall clock in UTC, and In says what instant that is somewhere.
type Stated struct {
	Time  time.Time
	Clock bool // the text gives a time of day, not only a day
	Zoned bool // the text gives a zone
}

// IsZero reports whether the text states no date.
func (s Stated) IsZero() bool { return s.Time.IsZero() }

// In is the instant meant by a reader in loc. A day without a time means noon:
// midnight would show as the day before in half of the world's readers.
func (s Stated) In(loc *time.Location) time.Time {
	if s.IsZero() || s.Zoned {
		return s.Time
	}
	t, hour, minute, second := s.Time, 12, 0, 0
	if s.Clock {
		hour, minute, second = t.Clock()
	}
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, second, 0, loc)
}
