package site

import (
	"encoding/json"
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
	Attr        markup // of the article, if its language is unknown
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
	Data        markup
}

type paragraph struct {
	Text   string
	Turned markup
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
	Attr                    markup
}

// Page is the page of one article, between those published before and after it.
func Page(c channel.Channel, e channel.Entry, older, newer ledger.Neighbour) ([]byte, error) {
	p, err := newPage(c, e, older, newer)
	if err != nil {
		return nil, err
	}
	return p.html(), nil
}

func newPage(c channel.Channel, e channel.Entry, older, newer ledger.Neighbour) (*pageView, error) {
	a := e.Article
	v := newView(c, e.Item.Page, a.Lang, a.Dir)
	v.Headline, v.About, v.Address = syndication.Clean(a.Title), syndication.Clean(a.Summary), c.Link(e)
	v.Title = v.Headline + " – " + c.Title
	p := &pageView{view: v, Kicker: syndication.Clean(a.Kicker), Tags: syndication.CleanAll(a.Tags), Authors: syndication.CleanAll(a.Authors)}
	if a.Lang == "" {
		p.Attr = ` lang=""`
	}
	if a.Kind == article.Lead {
		p.Lead = &paragraph{v.About, turned(v.About, a.Dir)}
	}
	p.Body = make([]paragraph, 0, len(a.Body))
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
	p.Data = markup(data)
	p.Policy = policy(c, p.Data)
	return p, nil
}

// html is the page itself. Whoever changes it changes testdata/page.html, too, by
// which html/template proves that nothing of a seed becomes markup.
func (p *pageView) html() []byte {
	s := &sheet{make([]byte, 0, p.size())}
	p.head(s)
	p.tellMachines(s)
	s.put("</head>\n<body>\n")
	p.home(s)
	s.put(`<main>
<article`).put(p.Attr).put(`>
<header>
`)
	p.open(s)
	s.put("</header>\n")
	p.tell(s)
	s.put("<footer class=\"faint\">\n")
	p.close(s)
	s.put(`</footer>
</article>
</main>
`)
	p.leadOn(s)
	return s.put(end).html
}

// size is about how many bytes the page has.
func (p *pageView) size() int {
	const perPage, perParagraph = 8 << 10, 64
	n := perPage + len(style) + len(p.Data) + 4*len(p.Headline) + 3*len(p.About)
	for _, par := range p.Body {
		n += perParagraph + len(par.Text)
	}
	return n
}

// tellMachines writes into the head what the article is.
func (p *pageView) tellMachines(s *sheet) {
	if p.Canonical != "" {
		s.put(`<link rel="canonical" href="`).address(p.Canonical).put("\">\n")
	}
	s.meta("property", "og:type", "article")
	s.meta("property", "article:published_time", p.Published.Stamp)
	if p.Modified != "" {
		s.meta("property", "article:modified_time", p.Modified)
	}
	for _, name := range p.Authors {
		s.meta("name", "author", name)
	}
	for _, tag := range p.Tags {
		s.meta("property", "article:tag", tag)
	}
	for _, f := range p.Pictures {
		s.meta("property", "og:image", f.Address)
	}
	s.put(`<script type="application/ld+json">`).put(p.Data).put("</script>\n")
}

// open writes what stands above the text.
func (p *pageView) open(s *sheet) {
	if p.Kicker != "" {
		s.put(`<p class="kicker">`).text(p.Kicker).put("</p>\n")
	}
	s.put("<h1>").text(p.Headline).put("</h1>\n")
	if p.Lead != nil {
		s.put(`<p class="lead"`).put(p.Lead.Turned).put(">").text(p.Lead.Text).put("</p>\n")
	}
	s.put(`<p class="faint">`)
	for _, name := range p.Authors {
		s.put(`<bdi class="author">`).text(name).put("</bdi> · ")
	}
	s.put(`<time datetime="`).text(p.Published.Stamp).put(`"`).put(p.Chrome).put(">").text(p.Published.Day).put("</time>")
	if p.Updated != nil {
		s.put(" · <span").put(p.Chrome).put(">").text(p.Words.Updated)
		s.put(`: <time datetime="`).text(p.Updated.Stamp).put(`">`).text(p.Updated.Day).put("</time></span>")
	}
	s.put("</p>\n")
}

// tell writes the text, between its pictures and other files.
func (p *pageView) tell(s *sheet) {
	for _, f := range p.Pictures {
		s.put(`<p class="picture"><img src="`).address(f.Path).put(`" alt="`).text(p.Headline).put("\"></p>\n")
	}
	for _, par := range p.Body {
		s.put("<p").put(par.Turned).put(">").text(par.Text).put("</p>\n")
	}
	if p.Files == nil {
		return
	}
	s.put(`<ul class="files" aria-label="`).text(p.Words.Files).put("\" dir=\"ltr\">\n")
	for _, f := range p.Files {
		s.put("<li>")
		switch f.Kind {
		case "audio":
			s.put(`<audio controls preload="none" src="`).address(f.Path).put(`"></audio> `)
		case "video":
			s.put(`<video controls preload="none" src="`).address(f.Path).put(`"></video> `)
		}
		s.put(`<a href="`).address(f.Path).put(`"><bdi dir="ltr">`).text(f.Name).put("</bdi></a> (").text(f.Size).put(")</li>\n")
	}
	s.put("</ul>\n")
}

// close writes what stands below the text.
func (p *pageView) close(s *sheet) {
	if p.Source != nil {
		s.put("<p>").text(p.SourceLabel).put(": ")
		if p.Source.URL != "" {
			s.put(`<a href="`).address(p.Source.URL).put(`"><bdi>`).text(p.Source.Name).put("</bdi></a>")
		} else {
			s.put("<bdi>").text(p.Source.Name).put("</bdi>")
		}
		s.put("</p>\n")
	}
	if p.Tags != nil {
		s.put(`<ul class="tags" aria-label="`).text(p.Words.Tag).put(`">`)
		for _, tag := range p.Tags {
			s.put("<li><bdi>").text(tag).put("</bdi></li>\n")
		}
		s.put("</ul>\n")
	}
	if p.Canonical != "" {
		s.put("<p").put(p.Chrome).put(`><a href="`).address(p.Canonical).put(`">`).text(p.Words.Original).put("</a></p>\n")
	}
}

// leadOn writes the links to other articles.
func (p *pageView) leadOn(s *sheet) {
	if p.Beside == nil {
		return
	}
	s.put(`<nav class="beside" aria-label="`).text(p.Words.Pages).put(`"`).put(p.Chrome).put(">\n")
	for _, b := range p.Beside {
		s.put(`<a rel="`).text(b.Rel).put(`" href="`).address(b.Path).put(`"><span>`).text(b.Label).put("</span> <bdi").put(b.Attr).put(">").text(b.Title).put("</bdi></a>\n")
	}
	s.put("</nav>\n")
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

// newsArticle is an article as search engines read it (schema.org/NewsArticle).
type newsArticle struct {
	Context     string        `json:"@context"`
	Type        string        `json:"@type"`
	Author      []person      `json:"author,omitempty"`
	Modified    string        `json:"dateModified,omitempty"`
	Published   string        `json:"datePublished"`
	Description string        `json:"description,omitempty"`
	Headline    string        `json:"headline"`
	Image       []string      `json:"image,omitempty"`
	Lang        string        `json:"inLanguage,omitempty"`
	Keywords    []string      `json:"keywords,omitempty"`
	Page        string        `json:"mainEntityOfPage,omitempty"`
	Publisher   organization  `json:"publisher"`
	Outlet      *organization `json:"sourceOrganization,omitempty"`
}

type person struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

func newOrganization(name, url string) *organization { return &organization{"Organization", name, url} }

func (p *pageView) data() *newsArticle {
	d := &newsArticle{
		Context: "https://schema.org", Type: "NewsArticle", Headline: p.Headline, Description: p.About,
		Published: p.Published.Stamp, Modified: p.Modified, Page: p.Address, Keywords: p.Tags,
		Publisher: *newOrganization(p.Channel.Title, ""),
	}
	if p.Attr == "" {
		d.Lang = p.Lang
	}
	for _, name := range p.Authors {
		d.Author = append(d.Author, person{"Person", name})
	}
	for _, f := range p.Pictures {
		d.Image = append(d.Image, f.Address)
	}
	if p.Source != nil {
		d.Outlet = newOrganization(p.Source.Name, p.Source.URL)
	}
	return d
}
