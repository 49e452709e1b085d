package site

import (
	"cmp"
	"slices"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/syndication"
)

// An index is to be fetched in a moment: it shows the newest stories of so many
// bytes, and so many feeds of a kind. The feeds tell of all articles, and the
// list of feeds of all feeds.
const (
	mostOfStories = 64 << 10
	mostOfFeeds   = 10
	perStory      = 300 // what a story costs besides its words, in bytes
)

// story is an entry as an index shows it.
type story struct {
	Attr      markup
	Title     string
	Link      string // of the article: its page, else its own address
	By        string // the outlet, else who wrote it
	Summary   string
	published time.Time
}

// day is what was published on one.
type day struct {
	Date    string // 2006-01-02
	Day     string // for people
	Stories []story
}

// indexView is what an index says besides.
type indexView struct {
	view
	Days    *chart
	Groups  []group
	Stories []day
}

// Index is the face of a channel: what it is, how to subscribe, the newest items.
// It never fails, and has an error to be like what writes the feeds.
func Index(c channel.Channel, entries []channel.Entry) ([]byte, error) {
	return newIndex(c, entries).html(), nil
}

func newIndex(c channel.Channel, entries []channel.Entry) *indexView {
	name := c.File(channel.Index)
	v := newView(c, name, c.Lang, article.Direction(c.Lang))
	v.Headline, v.Title, v.Address = c.Title, c.Title, c.URL(name)
	v.About, v.Policy = cmp.Or(c.Description, v.Words.About), policy(c, script)
	return &indexView{v, newChart(c.Tally, v.Words), v.groups(c.Parts, mostOfFeeds), v.days(entries)}
}

// html is the index itself. Whoever changes it changes testdata/index.html, too.
func (x *indexView) html() []byte {
	s := new(sheet)
	x.head(s)
	s.meta("property", "og:type", "website")
	s.put("</head>\n<body")
	if x.Days != nil || x.Groups != nil {
		s.put(` class="wide"`)
	}
	s.put(">\n<header>\n")
	x.masthead(s)
	s.put("</header>\n<main>\n")
	if !x.Channel.Retired {
		x.subscribe(s)
		x.newest(s)
		x.further(s)
	}
	s.put("</main>\n<script>").put(script).put("</script>\n")
	return s.put(end).html
}

// masthead writes what the channel is.
func (x *indexView) masthead(s *sheet) {
	s.put("<h1><bdi>").text(x.Headline).put("</bdi></h1>\n")
	if about := x.Channel.Description; about != "" {
		s.put("<p><bdi>").text(about).put("</bdi></p>\n")
	}
	if x.Channel.Kind != "" {
		s.put("<p").put(x.Chrome).put(`><a href="`).address(x.Root + "index.html").put(`">`).text(x.Words.Whole).put("</a></p>\n")
	}
	if x.Channel.Retired {
		s.put("<p").put(x.Chrome).put(">").text(x.Words.Retired).put("</p>\n")
	}
}

// subscribe writes the addresses for a feed reader.
func (x *indexView) subscribe(s *sheet) {
	w := x.Words
	s.put(`<section class="subscribe" aria-labelledby="subscribe"`).put(x.Chrome).put(">\n")
	s.put(`<h2 id="subscribe">`).text(w.Subscribe).put("</h2>\n")
	s.put("<p>").text(w.About).put(" ").text(w.Reader).put("</p>\n")
	s.put("<ul class=\"addresses\">\n")
	for _, f := range x.Formats {
		s.put(`<li><a href="`).address(f.File).put(`" lang="en">`).text(f.Name).put(`</a> <code dir="ltr">`).text(f.Address).put("</code> ")
		s.put(`<button type="button" data-copied="`).text(w.Copied).put(`" aria-live="polite" hidden>`).text(w.Copy).put("</button></li>\n")
	}
	s.put("</ul>\n")
	s.put(`<p class="faint">`).text(w.Same)
	if x.Groups != nil {
		s.put(` <a href="#feeds">`).text(w.Feeds).put("</a>")
	}
	s.put("</p>\n</section>\n")
}

// newest writes the newest stories, by day.
func (x *indexView) newest(s *sheet) {
	s.put("<section class=\"newest\" aria-labelledby=\"newest\">\n")
	s.put(`<h2 id="newest"`).put(x.Chrome).put(">").text(x.Words.Newest).put("</h2>\n")
	for _, d := range x.Stories {
		s.put("<section>\n<h3").put(x.Chrome).put(`><time datetime="`).text(d.Date).put(`">`).text(d.Day).put("</time></h3>\n")
		for _, st := range d.Stories {
			st.show(s)
		}
		s.put("</section>\n")
	}
	if x.Stories == nil {
		s.put("<p").put(x.Chrome).put(">").text(x.Words.None).put("</p>\n")
	}
	s.put("</section>\n")
}

func (st *story) show(s *sheet) {
	s.put("<article").put(st.Attr).put(">\n<h4>")
	if st.Link != "" {
		s.put(`<a href="`).address(st.Link).put(`">`).text(st.Title).put("</a>")
	} else {
		s.text(st.Title)
	}
	s.put("</h4>\n")
	if st.By != "" {
		s.put(`<p class="faint"><bdi>`).text(st.By).put("</bdi></p>\n")
	}
	if st.Summary != "" {
		s.put("<p>").text(st.Summary).put("</p>\n")
	}
	s.put("</article>\n")
}

// further writes what else there is: the days' chart and the other feeds.
func (x *indexView) further(s *sheet) {
	s.put(`<section class="feeds" aria-labelledby="feeds"`).put(x.Chrome).put(">\n")
	if x.Days != nil {
		x.Days.show(s, x.Words.Daily)
	}
	s.put(`<h2 id="feeds">`)
	if x.Groups == nil {
		s.text(x.Words.All).put("</h2>\n")
	} else {
		s.text(x.Words.Feeds).put("</h2>\n<p>").text(x.Words.Parts).put("</p>\n")
	}
	for _, g := range x.Groups {
		s.put("<h3>").text(g.Name).put("</h3>\n<ul>")
		g.show(s, "")
		if g.More {
			s.put(`<li><a href="`).address(channel.AllFeeds).put(`">`).text(x.Words.All).put("</a></li>\n")
		}
		s.put("</ul>\n")
	}
	x.list(s)
	s.put("</section>\n")
}

// days are the newest stories, by the days on which they were published.
func (v view) days(entries []channel.Entry) (days []day) {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b channel.Entry) int { return b.Item.Published.Compare(a.Item.Published) })
	size := 0
	for _, e := range entries {
		s := v.newStory(e)
		if size += perStory + len(s.Title) + len(s.Link) + len(s.By) + len(s.Summary); size > mostOfStories && days != nil {
			break
		}
		at := s.published.In(zone(v.Channel))
		date := at.Format(time.DateOnly)
		if n := len(days); n == 0 || days[n-1].Date != date {
			days = append(days, day{Date: date, Day: v.Words.date(at)})
		}
		last := &days[len(days)-1]
		last.Stories = append(last.Stories, s)
	}
	return days
}

func (v view) newStory(e channel.Entry) story {
	a := e.Article
	s := story{Attr: speaking(a.Lang, a.Dir), Title: syndication.Clean(a.Title), Summary: syndication.Clean(a.Summary), published: e.Item.Published}
	if s.By = syndication.Clean(a.Source.Name); s.By == "" && len(a.Authors) > 0 {
		s.By = syndication.Clean(a.Authors[0])
	}
	if v.Channel.Pages && e.Item.Page != "" {
		s.Link = v.Root + relative(e.Item.Page)
	} else {
		s.Link = v.Channel.Link(e)
	}
	return s
}
