package publish

import (
	"path"
	"regexp"
	"sync"
)

// marks are what tells a document as ours, by the ending of its name. A file of
// a kind without a mark is replaced or removed only if it is owned. A run that
// publishes nothing does not pay for them.
var marks = sync.OnceValue(func() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		".xml":  regexp.MustCompile(`<generator(\s[^<>]*)?>seedfeed</generator>|<!-- seedfeed -->`), // OPML has no generator
		".json": regexp.MustCompile(`"_seedfeed":\s*\{`),                                            // an extension object, JSON Feed 1.1
		".html": regexp.MustCompile(`<meta name="generator" content="seedfeed">`),
	}
})

// markWithin is how much of a file's head is searched for the mark.
const markWithin = 64 << 10

// isMarkable reports whether there is a mark for files of a name's kind.
func isMarkable(name string) bool { return marks()[path.Ext(name)] != nil }

func isMarked(name string, head []byte) bool {
	return isMarkable(name) && marks()[path.Ext(name)].Match(head)
}
