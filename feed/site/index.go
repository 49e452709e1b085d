package site

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
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
	Attr      template.HTMLAttr
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

// group is the feeds of a kind.
type group struct {
	Name  string
	Parts []part
	More  bool // there are others
}

// part is a feed beside the main one.
type part struct{ Name, Folder, Count string }

// Index is the face of a channel: what it is, how to subscribe, the newest items.
func Index(c channel.Channel, entries []channel.Entry) ([]byte, error) {
	name := c.File(channel.Index)
	v := newView(c, name, c.Lang, article.Direction(c.Lang))
	v.Headline, v.Title, v.Address = c.Title, c.Title, c.URL(name)
	v.About, v.Policy = cmp.Or(c.Description, v.Words.About), policy(c, script)
	return render("index", struct {
		view
		Script   template.JS
		Days     *chart
		Groups   []group
		AllFeeds string
		Stories  []day
	}{v, script, newChart(c.Tally, v.Words), v.groups(c.Parts, mostOfFeeds), channel.AllFeeds, v.days(entries)})
}

// Feeds is the list of all feeds beside the main one, for people.
func Feeds(main channel.Channel) ([]byte, error) {
	v := newView(main, channel.AllFeeds, main.Lang, article.Direction(main.Lang))
	v.Headline = v.Words.All
	v.Title, v.About, v.Address = v.Words.All+" – "+main.Title, v.Words.Parts, main.URL(channel.AllFeeds)
	v.Policy = policy(main, "")
	return render("feeds", struct {
		view
		Groups []group
	}{v, v.groups(main.Parts, len(main.Parts))})
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

// groups are the feeds beside the main one by their kinds, of each the largest.
func (v view) groups(parts []channel.Part, most int) (groups []group) {
	for _, kind := range channel.Kinds {
		g := group{Name: v.Words.kind(kind)}
		its := slices.DeleteFunc(slices.Clone(parts), func(p channel.Part) bool { return p.Kind != kind })
		slices.SortStableFunc(its, func(a, b channel.Part) int { return cmp.Compare(b.Count, a.Count) })
		for _, p := range its[:min(len(its), most)] {
			g.Parts = append(g.Parts, part{strings.TrimPrefix(p.Title, v.Channel.Title+" – "), p.Folder, v.Words.number(p.Count)})
		}
		if g.More = len(its) > most; g.Parts != nil {
			groups = append(groups, g)
		}
	}
	return groups
}
