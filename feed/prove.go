package feed

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/check"
	"seedfeed/feed/ledger"
)

// ErrBroken says that a document would break the specs. What is published stays.
var ErrBroken = errors.New("a document would be broken")

// prove holds a document against the specs before it takes the place of another.
func (b *build) prove(name string, content []byte) error {
	site := check.Site{Base: b.Main.Base}
	for _, f := range site.Document(name, content) {
		if f.Severity == check.Error {
			return fmt.Errorf("%w: %v", ErrBroken, f)
		}
	}
	return nil
}

// ErrNothingPublished says that there is no feed to check.
var ErrNothingPublished = errors.New("no feed is published")

// Check holds all feeds, archives, index pages and the list of feeds in a store
// against the specs and, unless it is nil, against the memory. It tells how
// many documents it has read.
func Check(out Store, memory *ledger.Ledger, now time.Time, tell func(check.Finding)) (documents int, err error) {
	names, err := out.Names(".")
	if err != nil {
		return 0, err
	}
	stands := map[string]bool{}
	for _, name := range names {
		stands[name] = true
	}
	var asking error
	site := check.Site{Now: now, Has: func(name string) bool { return stands[name] }}
	if memory != nil {
		site.Page = func(id string) (string, bool) {
			page, known, err := memory.PageOf(id)
			asking = errors.Join(asking, err)
			return page, known
		}
	}
	for _, name := range names {
		if !isDocument(name) {
			continue
		}
		content, err := out.Read(name)
		if err != nil {
			return documents, err
		}
		documents++
		for _, f := range site.Document(name, content) {
			tell(f)
		}
	}
	return documents, asking
}

// isDocument reports whether a file is one that shows a channel.
func isDocument(name string) bool {
	if name == channel.OPML || name == channel.AllFeeds {
		return true
	}
	base, dir := path.Base(name), path.Dir(name)
	if dir == "archive" {
		return path.Ext(base) == ".xml" || path.Ext(base) == ".json"
	}
	if dir != "." && !strings.HasPrefix(dir, "feeds/") {
		return false
	}
	for _, d := range documents {
		if base == d.name {
			return true
		}
	}
	return false
}
