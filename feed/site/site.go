// Package site makes the pages that a person opens: the index, which shows how
// to subscribe, and a page an article.
//
// A Channel and its entries go in; whole HTML documents come out, styled, in
// the article's language, direction and calendar. They ask nobody for anything,
// and all but the index's copy buttons works without script. Nothing of a seed
// becomes markup: a sheet escapes it all, which tests hold against html/template,
// and the policy of each page (CSP 3) lets nothing run that is not ours.
//
// All functions may be called by several goroutines at once.
package site

import (
	"cmp"
	_ "embed"
	"html"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/unicode/bidi"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
)

// Version is that of the pages made here: it changes whenever the same entries
// give other bytes, so that all pages are written again after an upgrade.
const Version = "3"

var (
	//go:embed style.css
	styleSource string
	//go:embed copy.js
	scriptSource string
)

// Style and script have no line end at their end: some that hold them against
// the policy's hash (the Nu checker) leave it out.
var (
	style  = markup(strings.TrimSpace(styleSource))
	script = markup(strings.TrimSpace(scriptSource))
)

// view is what every page says.
type view struct {
	Channel   channel.Channel
	Lang, Dir string // of the page
	Words     *words // in that language or, if there are none, in English
	Chrome    markup // of what is said in Words, if that is not the page's language
	Root      string // the way from the page to the index's folder
	Headline  string
	Title     string // of the window
	About     string // in a sentence or two
	Address   string // where it is found
	Formats   [3]format
	Icon      string // a file under out/; empty for the program's own
	Policy    string
}

// format is a feed that is found from a page.
type format struct {
	Name, File, Address string
	Type                markup
}

// formats are all of them, of no channel yet.
var formats = [3]format{
	{Name: "Atom", File: channel.Atom, Type: "application/atom+xml"},
	{Name: "RSS", File: channel.RSS, Type: "application/rss+xml"},
	{Name: "JSON Feed", File: channel.JSON, Type: "application/feed+json"},
}

// newView is that of a page by name under out/, in a language that may be unknown.
func newView(c channel.Channel, name, lang, dir string) view {
	w := wordsOf(lang)
	v := view{Channel: c, Lang: cmp.Or(lang, w.lang), Dir: dir, Words: w, Root: strings.Repeat("../", strings.Count(name, "/")), Icon: c.FileAt(c.Icon), Formats: formats}
	if v.Lang != w.lang {
		v.Chrome = speaking(w.lang, article.Direction(w.lang))
	}
	for i, f := range v.Formats {
		v.Formats[i].Address = c.URL(c.File(f.File))
	}
	return v
}

// speaking are the attributes of what is written in a language; an empty one
// says that it is unknown (HTML, "The lang and xml:lang attributes").
func speaking(lang, dir string) markup {
	return markup(` lang="` + html.EscapeString(lang) + `" dir="` + html.EscapeString(cmp.Or(dir, "auto")) + `"`)
}

// turned is the direction of a paragraph of an article whose letters mostly run
// the other way, such as a verse in Arabic amid English.
func turned(text, dir string) markup {
	leftward, rightward := 0, 0
	for _, r := range text {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.R, bidi.AL:
			leftward++
		case bidi.L:
			rightward++
		}
		if leftward+rightward == 1 && (leftward == 1) == (dir == "rtl") {
			return "" // it opens like the article: a browser could not err
		}
	}
	switch {
	case dir == "rtl" && rightward > leftward:
		return ` dir="ltr"`
	case dir == "ltr" && leftward > rightward:
		return ` dir="rtl"`
	}
	return ""
}

// zone is that of the days people see.
func zone(c channel.Channel) *time.Location { return cmp.Or(c.Zone, time.UTC) }

// relative is a file's address as seen from the index, so that the folder opens from disk too.
func relative(name string) string { return (&url.URL{Path: name}).String() }
