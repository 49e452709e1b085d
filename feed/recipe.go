package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/site"
	"seedfeed/feed/syndication"
)

// recipes are fingerprints of what feeds and pages are made with.
func (b *build) recipes() ledger.Recipes {
	plan, err := json.Marshal(b.Plan)
	if err != nil {
		panic(err) // it is texts and numbers
	}
	r := ledger.Recipes{Pages: ledger.Fingerprint("no pages"), Feeds: ledger.Fingerprint(syndication.Version, site.Version, string(plan), b.ID, b.Zone.String(), string(b.Style))}
	if b.Main.Pages {
		r.Pages = ledger.Fingerprint(site.Version, b.Main.Title, b.Main.Base, b.Main.Icon, b.Main.Stylesheet, b.Zone.String())
	}
	return r
}

// recipe is a fingerprint of all that a channel's documents are made of, but for
// the date they bear.
func (b *build) recipe(c channel.Channel, items int64) int64 {
	if c.Archive > 0 { // what has no part in it
		c.Archives, c.Lang, c.Description = min(c.Archives, c.Archive+1), b.Main.Lang, b.Main.Description
	}
	c.Items, c.Updated = nil, time.Time{}
	about, err := json.Marshal(c)
	if err != nil {
		panic(err) // it is texts and numbers
	}
	return ledger.Fingerprint(syndication.Version, site.Version, string(about), fmt.Sprint(items), b.Zone.String())
}

// allStands reports whether feeds and index pages stand as they were published,
// and nothing they depend on is another. Archives and pages are believed to.
func (b *build) allStands() bool {
	made, err := b.memory.Recipes()
	if err != nil || made != b.recipes() || b.Full {
		return false
	}
	for name, was := range b.known {
		if was.Pending() {
			return false
		}
		if strings.HasPrefix(name, "archive/") || strings.HasPrefix(name, "media/") {
			continue
		}
		if info, err := b.out.Stat(name); err != nil || !stands(was, info) {
			return false
		}
	}
	return len(b.known) > 0
}

// standing reports whether a channel's documents stand as they were published
// and would be made of the same again.
func (b *build) standing(c channel.Channel, recipe int64) (bool, error) {
	if b.Full {
		return false, nil
	}
	for _, d := range documents[:documentsOf(c)] {
		name := c.File(d.name)
		was := b.known[name]
		if was.Recipe != recipe {
			return false, nil
		}
		info, err := b.out.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil || !stands(was, info) {
			return false, err
		}
	}
	return true, nil
}
