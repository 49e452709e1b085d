package site

import (
	"encoding/json"
	"html/template"
	"path"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/syndication"
)

// pageView is what an article's page says besides.
type pageView struct {
	view
	Attr        template.HTMLAttr // of the article, if its language is unknown
	Kicker      string
	Lead        *paragraph
	Body        []paragraph
	Authors     []string
	Published   moment
	Modified    string  // when it was last changed; empty if never
	Updated     *moment // that, if it was on another day
	Pictures    []file
	Files       []file
	Source      *article.Source
	SourceLabel string
	Tags        []string
	Canonical   string // its own address on the web
	Beside      []beside
	Data        template.JS
}

type paragraph struct {
	Text   string
	Turned template.HTMLAttr
}

// moment is a time for programs, and its day for people.
type moment struct{ Stamp, Day string }

// file is one that goes with an article.
type file struct {
	Kind    string // image, audio, video or application
	Name    string
	Path    string // as seen from the page
	Address string
	Size    string
}

// beside is a link to the article before or after.
type beside struct {
	Rel, Label, Path, Title string
	Attr                    template.HTMLAttr
}

// Page is the page of one article, between those published before and after it.
func Page(c channel.Channel, e channel.Entry, older, newer ledger.Neighbour) ([]byte, error) {
	a := e.Article
	v := newView(c, e.Item.Page, a.Lang, a.Dir)
	v.Headline, v.About, v.Address = syndication.Clean(a.Title), syndication.Clean(a.Summary), c.Link(e)
	v.Title = v.Headline + " – " + c.Title
	p := pageView{view: v, Kicker: syndication.Clean(a.Kicker), Tags: syndication.CleanAll(a.Tags), Authors: syndication.CleanAll(a.Authors)}
	if a.Lang == "" {
		p.Attr = ` lang=""`
	}
	if a.Kind == article.Lead {
		p.Lead = &paragraph{v.About, turned(v.About, a.Dir)}
	}
	for _, text := range a.Body {
		text = syndication.Clean(text)
		p.Body = append(p.Body, paragraph{text, turned(text, a.Dir)})
	}
	p.when(e.Item)
	p.enclose(e.Item)
	if name := syndication.Clean(a.Source.Name); name != "" {
		p.Source, p.SourceLabel = &article.Source{Name: name, URL: channel.WebAddress(a.Source.URL)}, article.SourceLabel(v.Words.lang)
	}
	p.Canonical = channel.WebAddress(a.Link)
	p.link("prev", v.Words.Older, older)
	p.link("next", v.Words.Newer, newer)
	data, err := json.Marshal(p.data())
	if err != nil {
		return nil, err
	}
	p.Data, p.Policy = template.JS(data), policy(c, string(data))
	return render("page", p)
}

func (p *pageView) when(it ledger.Item) {
	p.Published = p.moment(it.Published)
	if !it.Updated.After(it.Published) {
		return
	}
	updated := p.moment(it.Updated)
	if p.Modified = updated.Stamp; updated.Day != p.Published.Day {
		p.Updated = &updated
	}
}

func (p *pageView) moment(t time.Time) moment {
	t = t.In(zone(p.Channel))
	return moment{t.Format(time.RFC3339), p.Words.date(t)}
}

// enclose adds the files that go with the article.
func (p *pageView) enclose(it ledger.Item) {
	for _, m := range it.Media() {
		kind, _, _ := strings.Cut(m.Type, "/")
		f := file{kind, path.Base(m.Name), p.Root + relative(m.Name), p.Channel.URL(m.Name), humanize.IBytes(uint64(max(0, m.Size)))}
		if kind == "image" {
			p.Pictures = append(p.Pictures, f)
		} else {
			p.Files = append(p.Files, f)
		}
	}
}

// link adds a link to the page of a neighbour.
func (p *pageView) link(rel, label string, n ledger.Neighbour) {
	if n.Page != "" {
		p.Beside = append(p.Beside, beside{rel, label, p.Root + relative(n.Page), syndication.Clean(n.Title), speaking(n.Lang, article.Direction(n.Lang))})
	}
}

// thing is something of schema.org.
type thing map[string]any

// data is the article as search engines read it (schema.org/NewsArticle).
func (p *pageView) data() thing {
	d := thing{"@context": "https://schema.org", "@type": "NewsArticle", "headline": p.Headline, "datePublished": p.Published.Stamp,
		"publisher": thing{"@type": "Organization", "name": p.Channel.Title}}
	add := func(name string, value any, there bool) {
		if there {
			d[name] = value
		}
	}
	add("inLanguage", p.Lang, p.Attr == "")
	add("description", p.About, p.About != "")
	add("dateModified", p.Modified, p.Modified != "")
	add("mainEntityOfPage", p.Address, p.Address != "")
	add("keywords", p.Tags, len(p.Tags) > 0)
	var people []thing
	for _, name := range p.Authors {
		people = append(people, thing{"@type": "Person", "name": name})
	}
	add("author", people, people != nil)
	var pictures []string
	for _, f := range p.Pictures {
		pictures = append(pictures, f.Address)
	}
	add("image", pictures, pictures != nil)
	if p.Source != nil {
		outlet := thing{"@type": "Organization", "name": p.Source.Name}
		if p.Source.URL != "" {
			outlet["url"] = p.Source.URL
		}
		d["sourceOrganization"] = outlet
	}
	return d
}
