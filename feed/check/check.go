// Package check holds documents against the specs.
//
// A document as it stands, or will stand, under out/ goes in; what is wrong with
// it comes out, as Findings for people. A build asks before it publishes, and
// publishes nothing that has an Error; the check command asks afterwards.
//
//	Atom        RFC 4287, and RFC 5005 for archives
//	RSS         RSS 2.0, with the RSS Best Practices Profile
//	JSON Feed   version 1.1
//	OPML        version 2.0
//	HTML pages  only what makes them find feeds and do no harm
//
// Beyond the specs it knows what readers stumble over, and what seedfeed itself
// promises: ids that the ledger knows, addresses under out/ that lead somewhere.
//
// It is pure: whatever it has to know of the world stands in a Site.
package check

import (
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"seedfeed/feed/channel"
)

// Site is what the documents stand in.
type Site struct {
	Base string                                    // public address of out/, with a slash at its end; empty: taken from each document's own address
	Has  func(name string) bool                    // reports whether a file stands, or will stand, under out/; nil: links into out/ are not followed
	Page func(id string) (page string, known bool) // the page under out/ that the ledger knows an item's id by; nil: not asked
	Now  time.Time                                 // no date may be later; zero: not asked
}

// Severity is how bad it is.
type Severity int

const (
	Warning Severity = iota // readers may stumble over it
	Error                   // a spec forbids it, or readers lose something: not to be published
)

// Finding is one thing that is wrong with a document.
type Finding struct {
	File     string // its name under out/
	Place    string // "line 12", "entry 3 (urn:uuid:…)"
	Severity Severity
	Problem  string
	Rule     string // the spec and its section, or who is known to stumble
	Remedy   string // what to do about it
}

// String is the finding in one line.
func (f Finding) String() string {
	mark := ""
	if f.Severity == Warning {
		mark = "warning: "
	}
	line := fmt.Sprintf("%s: %s: %s%s (%s): %s", f.File, f.Place, mark, f.Problem, f.Rule, f.Remedy)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, line)
}

// Document is what is wrong with the document of that name under out/, nil if
// nothing is. Files that are no documents of ours have nothing to find.
func (s Site) Document(name string, content []byte) []Finding {
	examine := examiner(name)
	if examine == nil {
		return nil
	}
	r := &report{Site: s, name: name, content: content, base: s.Base, ids: map[string]int{}}
	if r.characters() {
		examine(r)
	}
	return r.findings
}

// examiner is what holds a document against its spec, told by its name, which
// channel gives; nil if it is none.
func examiner(name string) func(*report) {
	dir, file := path.Split(current(name))
	switch {
	case strings.HasPrefix(dir, "articles/") && strings.HasSuffix(file, ".html"):
		return page
	case dir != "" && !strings.HasPrefix(dir, "feeds/"):
		return nil
	}
	switch file {
	case channel.Atom:
		return feedOf(atomDocument)
	case channel.RSS:
		return feedOf(rssDocument)
	case channel.JSON:
		return feedOf(jsonDocument)
	case channel.OPML:
		return opmlDocument
	case channel.Index:
		return page
	}
	return nil
}

// isArchive reports whether a document of that name is one of an archive.
func isArchive(name string) bool {
	dir, file := path.Split(name)
	number, _, _ := strings.Cut(file, ".")
	return path.Base(dir) == "archive" && number != "" && strings.Trim(number, "0123456789") == ""
}

// current is the name of the document that an archive belongs to; every other
// document's is its own.
func current(name string) string {
	if !isArchive(name) {
		return name
	}
	_, document, _ := strings.Cut(path.Base(name), ".")
	if document == "json" {
		document = channel.JSON
	}
	return path.Join(path.Dir(path.Dir(name)), document)
}

// most is the size that a feed is warned of, in bytes. What channel.MostBytes
// limits is texts; tags and escaping come on top.
const most = channel.MostBytes * 3 / 2

// feedOf is examine with what holds for feeds of all formats.
func feedOf(examine func(*report)) func(*report) {
	return func(r *report) {
		if n := len(r.content); n > most {
			r.add(Warning, "readers refuse large feeds", "lower limit or window", "the feed has %.1f MiB", float64(n)/(1<<20))
		}
		examine(r)
	}
}
