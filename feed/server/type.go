package server

import (
	"cmp"
	"mime"
	"path"
	"strings"

	"seedfeed/feed/channel"
	"seedfeed/feed/seed"
)

const fallbackType = "application/octet-stream"

// types are those of names that tell them, but for feeds and media. The standard
// library's own table gives way to the machine's, and the same folder is to be
// served alike on every machine.
var types = map[string]string{
	".avif":        "image/avif",
	".css":         "text/css; charset=utf-8",
	".gif":         "image/gif",
	".htm":         "text/html; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json; charset=utf-8",
	".woff2":       "font/woff2",
	".xml":         "text/xml; charset=utf-8",
}

// mediaType is the type of a file of out/ by its name.
func mediaType(name string) string {
	ending := strings.ToLower(path.Ext(name))
	return cmp.Or(feedType(name), seed.MediaType(name), types[ending], mime.TypeByExtension(ending), fallbackType)
}

// feedType is that of a feed, a document of its archive or a list of feeds, by
// the names that channel gives them.
func feedType(name string) string {
	dir, base := path.Split(name)
	switch {
	case base == channel.Atom, strings.HasSuffix(base, "."+channel.Atom):
		return "application/atom+xml; charset=utf-8"
	case base == channel.RSS, strings.HasSuffix(base, "."+channel.RSS):
		return "application/rss+xml; charset=utf-8"
	case base == channel.JSON, path.Base(dir) == "archive" && isNumbered(base):
		return "application/feed+json; charset=utf-8"
	case base == channel.OPML:
		return "text/x-opml; charset=utf-8"
	}
	return ""
}

// isNumbered reports whether a name is 0001.json or alike.
func isNumbered(base string) bool {
	number, isJSON := strings.CutSuffix(base, ".json")
	return isJSON && number != "" && strings.Trim(number, "0123456789") == ""
}

// isText reports whether a type is one of text, which is worth compressing.
func isText(kind string) bool { return strings.Contains(kind, "; charset=") }
