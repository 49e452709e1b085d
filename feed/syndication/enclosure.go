package syndication

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

// enclosure is a file that goes with an article.
type enclosure struct {
	url  string
	kind string // its media type
	size int64  // in bytes
}

func enclosuresOf(c channel.Channel, it ledger.Item) []enclosure {
	var list []enclosure
	for _, m := range it.Media() {
		list = append(list, enclosure{c.URL(m.Name), m.Type, m.Size})
	}
	return list
}

// recallMedia undoes enclosuresOf.
func recallMedia(list []enclosure, base string) ledger.List {
	var media []ledger.Media
	for _, e := range list {
		if name := (channel.Channel{Base: base}).FileAt(e.url); strings.HasPrefix(name, "media/") {
			media = append(media, ledger.Media{Name: name, Type: e.kind, Size: e.size})
		}
	}
	slices.SortFunc(media, func(a, b ledger.Media) int { return cmp.Compare(path.Ext(a.Name), path.Ext(b.Name)) })
	return ledger.MediaList(media)
}

func newEnclosure(url, kind, length string) enclosure {
	size, _ := strconv.ParseInt(length, 10, 64) // what is no number is 0, which says unknown
	return enclosure{url, kind, size}
}

func (e enclosure) isPicture() bool { return strings.HasPrefix(e.kind, "image/") }

func (e enclosure) length() string { return strconv.FormatInt(e.size, 10) }

// mediaContent is an element of Media RSS, which all readers take that show
// pictures beside titles.
type mediaContent struct {
	URL    string `xml:"url,attr"`
	Type   string `xml:"type,attr"`
	Medium string `xml:"medium,attr"`
	Size   string `xml:"fileSize,attr"`
}

func (e enclosure) media() mediaContent {
	medium, _, _ := strings.Cut(e.kind, "/")
	if medium == "application" {
		medium = "document"
	}
	return mediaContent{e.url, e.kind, medium, e.length()}
}

// pictures are the pictures among the files.
func (s story) pictures() []mediaContent {
	var list []mediaContent
	for _, e := range s.enclosures {
		if e.isPicture() {
			list = append(list, e.media())
		}
	}
	return list
}
