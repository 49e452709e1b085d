package publish

import (
	"path"
	"regexp"
)

// marks are what tells a document as ours, by the ending of its name. A kind
// without a mark is never replaced or removed.
var marks = map[string]*regexp.Regexp{
	".xml":  regexp.MustCompile(`<generator(\s[^<>]*)?>seedfeed</generator>`),
	".html": regexp.MustCompile(`<meta name="generator" content="seedfeed">`),
}

// markWithin is how much of a file's head is searched for the mark.
const markWithin = 64 << 10

func isMarked(name string, head []byte) bool {
	mark := marks[path.Ext(name)]
	return mark != nil && mark.Match(head)
}
