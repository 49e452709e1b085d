package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

const (
	ruleJSON     = "JSON Feed 1.1, top-level"
	ruleJSONItem = "JSON Feed 1.1, items"
)

// jsonFeed and the types below are what JSON Feed 1.1 has; unknown names are
// extensions.
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL *string      `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Description string       `json:"description"`
	UserComment string       `json:"user_comment"`
	NextURL     *string      `json:"next_url"`
	Icon        *string      `json:"icon"`
	Favicon     *string      `json:"favicon"`
	Authors     []jsonAuthor `json:"authors"`
	Language    *string      `json:"language"`
	Expired     bool         `json:"expired"`
	Hubs        []jsonHub    `json:"hubs"`
	Items       *[]jsonItem  `json:"items"`
}

type jsonItem struct {
	ID          string           `json:"id"`
	URL         *string          `json:"url"`
	ExternalURL *string          `json:"external_url"`
	Title       string           `json:"title"`
	ContentHTML *string          `json:"content_html"`
	ContentText *string          `json:"content_text"`
	Summary     string           `json:"summary"`
	Image       *string          `json:"image"`
	BannerImage *string          `json:"banner_image"`
	Published   *string          `json:"date_published"`
	Modified    *string          `json:"date_modified"`
	Authors     []jsonAuthor     `json:"authors"`
	Tags        []string         `json:"tags"`
	Language    *string          `json:"language"`
	Attachments []jsonAttachment `json:"attachments"`
}

type jsonAuthor struct {
	Name   string  `json:"name"`
	URL    *string `json:"url"`
	Avatar *string `json:"avatar"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonAttachment struct {
	URL  string `json:"url"`
	Type string `json:"mime_type"`
	Size *int64 `json:"size_in_bytes"`
}

func jsonDocument(r *report) {
	var feed jsonFeed
	if !r.decode(&feed) {
		return
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" {
		r.broken(ruleJSON, "the version is %s", quote(feed.Version))
	}
	if feed.Title == "" {
		r.broken(ruleJSON, "there is no title")
	}
	if feed.FeedURL == "" {
		r.broken(ruleJSON, "there is no feed_url")
	} else if r.address(ruleJSON, "feed_url", feed.FeedURL, false) {
		r.settle(ruleJSON, feed.FeedURL, current(r.name))
	}
	r.jsonAddress("home_page_url", feed.HomePageURL)
	r.jsonAddress("icon", feed.Icon)
	r.jsonAddress("favicon", feed.Favicon)
	r.nextPage(feed)
	r.jsonAuthors(feed.Authors)
	if feed.Language != nil {
		r.language("language", *feed.Language)
	}
	for _, hub := range feed.Hubs {
		if hub.Type == "" || hub.URL == "" {
			r.broken("JSON Feed 1.1, hubs", "a hub has no type or no url")
		} else {
			r.address("JSON Feed 1.1, hubs", "a hub", hub.URL, false)
		}
	}
	if feed.Items == nil {
		r.broken(ruleJSON, "there are no items, not even an empty list")
		return
	}
	for i, item := range *feed.Items {
		r.enter("item", i, item.ID)
		r.jsonItem(item)
	}
	r.leave()
}

// decode reports whether the document is JSON, and its values of the kinds that
// JSON Feed wants.
func (r *report) decode(feed *jsonFeed) bool {
	if plain, ok := feedOfPlain(string(r.content)); ok {
		*feed = plain
		return true
	}
	return r.decodeAny(feed)
}

// decodeAny is decode by encoding/json.
func (r *report) decodeAny(feed *jsonFeed) bool {
	err := json.Unmarshal(r.content, feed)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		r.line = r.lineAt(int(syntax.Offset))
		r.broken("RFC 8259", "not well-formed: %v", err)
		return false
	case errors.As(err, &kind):
		r.line = r.lineAt(int(kind.Offset))
		r.broken("JSON Feed 1.1", "%q is a %s, which it may not be", kind.Field, kind.Value)
		return false
	}
	if at, c := escapedForbidden(r.content); at >= 0 {
		r.line = r.lineAt(at)
		r.broken("XML 1.0, section 2.2", "the character U+%04X may not stand in a feed", c)
		return false
	}
	return true
}

// escapedForbidden is where the first reference stands to a character that XML
// forbids, or to half a one; -1 if there is none. The content is known for JSON.
func escapedForbidden(content []byte) (at int, c rune) {
	for at := 0; ; {
		next := bytes.IndexByte(content[at:], '\\')
		if next < 0 {
			return -1, 0
		}
		at += next
		c := reference(content[at:])
		switch {
		case c < 0:
			at += 2
		case utf16.IsSurrogate(c):
			if utf16.DecodeRune(c, reference(content[at+6:])) == '\uFFFD' {
				return at, c
			}
			at += 12
		case c < ' ' && c != '\n' && c != '\t' && c != '\r', c == 0xFFFE, c == 0xFFFF:
			return at, c
		default:
			at += 6
		}
	}
}

// reference is the code of a \u reference that content begins with, else -1.
func reference[T string | []byte](content T) rune {
	if len(content) < 6 || content[0] != '\\' || content[1] != 'u' {
		return -1
	}
	c, err := strconv.ParseUint(string(content[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(c)
}

// nextPage is the archive: a reader that followed it to where it comes from
// would never end.
func (r *report) nextPage(feed jsonFeed) {
	if feed.NextURL == nil {
		return
	}
	next := *feed.NextURL
	if !r.jsonAddress("next_url", feed.NextURL) {
		return
	}
	if next == feed.FeedURL || r.base != "" && next == urlUnder(r.base, r.name) {
		r.broken(ruleJSON, "next_url leads back to %s", quote(next))
	}
}

func (r *report) jsonItem(item jsonItem) {
	own := ""
	if item.URL != nil {
		own = *item.URL
	}
	if r.identity(item.ID, own) && strings.HasPrefix(item.ID, "urn:") { // any text will do
		r.identifier(ruleJSONItem, item.ID)
	}
	if item.ContentHTML == nil && item.ContentText == nil {
		r.broken(ruleJSONItem, "there is neither content_html nor content_text")
	}
	if item.ContentHTML != nil {
		r.html("content_html", *item.ContentHTML, true)
	}
	r.jsonAddress("url", item.URL)
	r.jsonAddress("external_url", item.ExternalURL)
	r.jsonAddress("image", item.Image)
	r.jsonAddress("banner_image", item.BannerImage)
	r.life(r.jsonDate("date_published", item.Published), r.jsonDate("date_modified", item.Modified))
	r.jsonAuthors(item.Authors)
	if item.Language != nil {
		r.language("language", *item.Language)
	}
	for _, a := range item.Attachments {
		r.attachment(a)
	}
}

func (r *report) attachment(a jsonAttachment) {
	const rule = "JSON Feed 1.1, attachments"
	if a.URL == "" {
		r.broken(rule, "an attachment has no url")
	} else {
		r.jsonAddress("an attachment", &a.URL)
	}
	if a.Type == "" {
		r.broken(rule, "an attachment has no mime_type")
	} else {
		r.mediaType(rule, "mime_type", a.Type)
	}
	if a.Size != nil && *a.Size < 0 {
		r.broken(rule, "an attachment has %d bytes", *a.Size)
	}
}

// jsonAuthors have at least one of the three.
func (r *report) jsonAuthors(authors []jsonAuthor) {
	for _, a := range authors {
		if a.Name == "" && a.URL == nil && a.Avatar == nil {
			r.broken("JSON Feed 1.1, authors", "an author has no name")
		}
		r.jsonAddress("the url of an author", a.URL)
		r.jsonAddress("the avatar of an author", a.Avatar)
	}
}

// jsonAddress is an address that may be left out, and where it leads. It
// reports whether it is one.
func (r *report) jsonAddress(what string, address *string) bool {
	if address == nil || !r.address(ruleJSON, what, *address, false) {
		return false
	}
	r.follow(what, *address)
	return true
}

func (r *report) jsonDate(what string, value *string) time.Time {
	if value == nil {
		return time.Time{}
	}
	return r.instant3339(ruleJSONItem, what, *value)
}
