package syndication

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gorilla/feeds"

	"seedfeed/feed/channel"
)

const jsonVersion = "https://jsonfeed.org/version/1.1"

// jsonFeed adds to feeds.JSONFeed what version 1.1 wants of it: items even where
// there are none, and our mark. encoding/json takes an outer field over an
// embedded one of the same name.
type jsonFeed struct {
	feeds.JSONFeed
	Mark  jsonMark    `json:"_seedfeed"`
	Items []*jsonItem `json:"items"`
}

// jsonMark is an extension (JSON Feed 1.1, "Extensions"): it tells the document
// as ours, and holds the id that Atom has and JSON Feed lacks.
type jsonMark struct {
	ID string `json:"id"`
}

// jsonItem adds to feeds.JSONItem the language, and attachments whose size has
// its name in the specification.
type jsonItem struct {
	feeds.JSONItem
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAttachment struct {
	URL  string `json:"url"`
	Type string `json:"mime_type"`
	Size int64  `json:"size_in_bytes"`
}

// JSON is a channel's JSON Feed document.
func JSON(c channel.Channel, stories Stories) ([]byte, error) {
	feed := jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version:     jsonVersion,
			Title:       Clean(c.Title),
			Language:    registered(c.Lang),
			HomePageUrl: home(c),
			FeedUrl:     c.URL(c.FileOf(0, channel.JSON)), // names the feed, also in its archive
			Description: about(c),
			Icon:        channel.WebAddress(c.Logo), // the large one
			Favicon:     channel.WebAddress(c.Icon),
			Authors:     jsonAuthors([]string{Clean(c.Author)}),
		},
		Mark:  jsonMark{Clean(c.ID)},
		Items: make([]*jsonItem, len(stories)),
	}
	if n := previous(c); n > 0 {
		feed.NextUrl = c.URL(c.FileOf(n, channel.JSON))
	}
	if c.Retired {
		feed.Expired = &c.Retired
	}
	if c.Hub != "" && c.Archive == 0 && !c.Retired {
		feed.Hubs = []*feeds.JSONHub{{Type: "WebSub", Url: c.Hub}}
	}
	for i, s := range stories {
		feed.Items[i] = newJSONItem(s)
	}
	var b bytes.Buffer
	b.Grow(len(stories) << 10)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(feed); err != nil {
		return nil, fmt.Errorf("write feed: %w", err)
	}
	return lines(b.Bytes(), stories), nil
}

// Where a document is encoded, contentMark stands for a story's content, which
// is by far the most of it: encoding/json looks at each character. No clean text
// holds such a character.
const contentMark, encodedMark = "\x00", `"\u0000"`

// lines sets JSON without white space in lines, as json.Indent would with one
// space, and puts the contents where their marks are. It is known for JSON, so
// nothing within strings has to be looked at.
func lines(compact []byte, stories Stories) []byte {
	set := make([]byte, 0, stories.size())
	depth := 0
	line := func() {
		set = append(set, '\n')
		for range depth {
			set = append(set, ' ')
		}
	}
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			size := quoted(compact[i:])
			if text := compact[i : i+size]; string(text) == encodedMark {
				set = appendJSON(set, stories[0].content)
				stories = stories[1:]
			} else {
				set = append(set, text...)
			}
			i += size - 1
		case '{', '[':
			set = append(set, c)
			if end := compact[i+1]; end == '}' || end == ']' {
				set = append(set, end)
				i++
				continue
			}
			depth++
			line()
		case '}', ']':
			depth--
			line()
			set = append(set, c)
		case ',':
			set = append(set, c)
			line()
		case ':':
			set = append(set, ": "...)
		default:
			set = append(set, c)
		}
	}
	return set
}

// quoted is the size of the string that JSON begins with.
func quoted(text []byte) int {
	for end := 1; ; end++ {
		end += bytes.IndexByte(text[end:], '"')
		slashes := 0
		for text[end-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end + 1
		}
	}
}

// appendJSON appends content, which is clean, as encoding/json would.
func appendJSON(set []byte, content string) []byte {
	set = append(set, '"')
	for content != "" {
		size := 0
		for size < len(content) && !inJSONEscaped[content[size]] {
			size++
		}
		set = append(set, content[:size]...)
		if content = content[size:]; content != "" {
			escape, size := jsonEscape(content)
			set = append(set, escape...)
			content = content[size:]
		}
	}
	return append(set, '"')
}

// inJSONEscaped are the bytes that what is escaped begins with; 0xE2 is U+2028's.
var inJSONEscaped = [256]bool{'"': true, '\\': true, '\t': true, '\n': true, '\r': true, 0xE2: true}

// jsonEscape is the escape of the character that a text begins with, which is
// of that many bytes.
func jsonEscape(text string) (escape string, size int) {
	switch text[0] {
	case '"':
		return `\"`, 1
	case '\\':
		return `\\`, 1
	case '\t':
		return `\t`, 1
	case '\n':
		return `\n`, 1
	case '\r':
		return `\r`, 1
	}
	switch text[:len("\u2028")] {
	case "\u2028":
		return `\u2028`, len("\u2028")
	case "\u2029":
		return `\u2029`, len("\u2029")
	}
	return text[:1], 1 // its other bytes follow
}

func newJSONItem(s story) *jsonItem {
	item := &jsonItem{
		JSONItem: feeds.JSONItem{
			Id:            s.id,
			Url:           s.link,
			ExternalUrl:   s.own,
			Title:         s.title,
			ContentHTML:   contentMark,
			Summary:       s.summary,
			PublishedDate: jsonTime(s.published),
			ModifiedDate:  jsonTime(s.updated),
			Authors:       jsonAuthors(s.authors),
			Tags:          s.tags,
		},
		Language: s.lang,
	}
	for _, e := range s.enclosures {
		switch {
		case !e.isPicture():
			item.Attachments = append(item.Attachments, jsonAttachment{e.url, e.kind, e.size})
		case item.Image == "":
			item.Image = e.url
		}
	}
	return item
}

// jsonAuthors are names each by itself: unlike those of the other formats,
// readers of JSON Feed show all of them.
func jsonAuthors(names []string) []*feeds.JSONAuthor {
	var authors []*feeds.JSONAuthor
	for _, name := range names {
		if name != "" {
			authors = append(authors, &feeds.JSONAuthor{Name: name})
		}
	}
	return authors
}

// jsonTime is an instant in whole seconds of UTC, as in the other formats.
func jsonTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Second)
	return &t
}
