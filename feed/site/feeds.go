package site

import (
	"cmp"
	"slices"
	"strings"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
)

// feedsView is what the list of all feeds says besides.
type feedsView struct {
	view
	Groups []group
}

// group is the feeds of a kind.
type group struct {
	Name  string
	Parts []part
	More  bool // there are others
}

// part is a feed beside the main one.
type part struct{ Name, Folder, Count string }

// Feeds is the list of all feeds beside the main one, for people. It never fails,
// as Index does not.
func Feeds(main channel.Channel) ([]byte, error) { return newFeeds(main).html(), nil }

func newFeeds(main channel.Channel) *feedsView {
	v := newView(main, channel.AllFeeds, main.Lang, article.Direction(main.Lang))
	v.Headline = v.Words.All
	v.Title, v.About, v.Address = v.Words.All+" – "+main.Title, v.Words.Parts, main.URL(channel.AllFeeds)
	v.Policy = policy(main, "")
	return &feedsView{v, v.groups(main.Parts, len(main.Parts))}
}

// html is the list itself. Whoever changes it changes testdata/feeds.html, too.
func (f *feedsView) html() []byte {
	s := new(sheet)
	f.head(s)
	s.meta("property", "og:type", "website")
	s.put("</head>\n<body>\n")
	f.home(s)
	s.put(`<main class="feeds"`).put(f.Chrome).put(">\n")
	s.put("<h1>").text(f.Words.All).put("</h1>\n<p>").text(f.Words.Parts).put("</p>\n")
	f.list(s)
	for _, g := range f.Groups {
		s.put("<h2>").text(g.Name).put("</h2>\n<ul>")
		g.show(s, f.Root)
		s.put("</ul>\n")
	}
	s.put("</main>\n")
	return s.put(end).html
}

// list writes the link to the file of all feeds.
func (v *view) list(s *sheet) {
	s.put(`<p><a href="`).address(v.Root + "opml.xml").put(`">`).text(v.Words.List).put(" (<span lang=\"en\" dir=\"ltr\">OPML</span>)</a></p>\n")
}

// show writes the feeds as seen from a page from which root is the way to out/.
func (g *group) show(s *sheet, root string) {
	for _, p := range g.Parts {
		s.put(`<li><a href="`).address(root + relative(p.Folder) + "index.html").put(`"><bdi>`).text(p.Name).put(`</bdi></a> <span class="faint">`).text(p.Count).put("</span></li>\n")
	}
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
