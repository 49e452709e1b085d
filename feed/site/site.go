// Package site makes the pages that a person opens: the index, which shows how
// to subscribe, and a page an article.
//
// A Channel and its entries go in; whole HTML documents come out, styled, in
// the article's language and direction, without script or outside request.
// Nothing of a seed becomes markup: html/template escapes it all.
package site

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/dustin/go-humanize"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
)

// Version is that of the pages made here: it changes whenever the same entries
// give other bytes, so that all pages are written again after an upgrade.
const Version = "2"

// retired is what the index page of a feed says that is no longer asked for.
const retired = "This feed is no longer published."

//go:embed style.css
var style string

//go:embed index.html
var indexSource string

//go:embed page.html
var pageSource string

//go:embed head.html
var headSource string

// view is what every page says of its channel.
type view struct {
	Channel   channel.Channel
	Title     string
	Lang, Dir string
	Root      string // the way from the page to the index's folder
	Policy    string
	Style     template.CSS
}

// story is an entry as the templates want it.
type story struct {
	channel.Entry
	Link        string // of the article: its own address, else its page
	SourceLabel string
	Pictures    []string // addresses as seen from the page
	Files       []file
}

// file is what goes with an article besides pictures.
type file struct {
	Kind    string // audio, video or application
	Name    string
	Address string // as seen from the page
	Size    string
}

// templates are parsed when the first page is made: a run that only asks for
// the version does not pay for them.
var templates = sync.OnceValue(func() *template.Template {
	t := template.New("").Funcs(template.FuncMap{
		"day":  func(t time.Time) string { return t.Format("2006-01-02") },
		"full": func(t time.Time) string { return t.Format(time.RFC3339) },
		"join": strings.Join,
		"path": relative,
	})
	for name, source := range map[string]string{"head": headSource, "index": indexSource, "page": pageSource} {
		template.Must(t.New(name).Parse(source))
	}
	return t
})

// policy lets a page use its own style, pictures and sound and nothing else.
var policy = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
})

// Index is the face of a channel: what it is, how to subscribe, the newest items.
func Index(c channel.Channel, entries []channel.Entry) ([]byte, error) {
	root := strings.Repeat("../", strings.Count(c.Folder(), "/"))
	stories := make([]story, len(entries))
	for i, e := range entries {
		stories[i] = newStory(c, e)
		if c.Pages {
			stories[i].Link = root + relative(e.Item.Page)
		}
	}
	notice := ""
	if c.Retired {
		notice = retired
	}
	return render("index", struct {
		view
		Notice  string
		Stories []story
	}{newView(c, c.Title, c.Lang, article.Direction(c.Lang), root), notice, stories})
}

// Page is the page of one article.
func Page(c channel.Channel, e channel.Entry) ([]byte, error) {
	root := strings.Repeat("../", strings.Count(e.Item.Page, "/"))
	return render("page", struct {
		view
		Story story
	}{newView(c, e.Article.Title, e.Article.Lang, e.Article.Dir, root), enclosed(newStory(c, e), root)})
}

func newView(c channel.Channel, title, lang, dir, root string) view {
	return view{Channel: c, Title: title, Lang: lang, Dir: dir, Root: root, Policy: policy(), Style: template.CSS(style)}
}

func newStory(c channel.Channel, e channel.Entry) story {
	return story{Entry: e, Link: c.Link(e), SourceLabel: article.SourceLabel(e.Article.Lang)}
}

// enclosed adds the files that go with a story.
func enclosed(s story, root string) story {
	for _, m := range s.Item.Media() {
		kind, _, _ := strings.Cut(m.Type, "/")
		address := root + relative(m.Name)
		if kind == "image" {
			s.Pictures = append(s.Pictures, address)
			continue
		}
		s.Files = append(s.Files, file{kind, path.Base(m.Name), address, humanize.IBytes(uint64(max(0, m.Size)))})
	}
	return s
}

// relative is a page's address as seen from the index, so that the folder opens from disk too.
func relative(page string) string { return (&url.URL{Path: page}).String() }

func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
