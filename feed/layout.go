package feed

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/syndication"
)

// arrange decides who stands in which feed.
func (b *build) arrange() (channel.Layout, error) {
	before, err := b.memory.Feeds()
	if err != nil {
		return channel.Layout{}, err
	}
	if b.lost {
		if before, err = b.furtherFeeds(before); err != nil {
			return channel.Layout{}, err
		}
	}
	plan := b.Plan
	plan.Main.ID, plan.Main.Zone = b.memory.Collection(), b.Zone
	stock, err := b.memory.Stock(channel.TallyDays)
	if err != nil {
		return channel.Layout{}, err
	}
	layout, err := plan.Arrange(b.memory.Newest(), stock, before)
	if err != nil {
		return layout, err
	}
	switch main := layout.Channels[0]; {
	case len(main.Items)+b.report.Held == 0:
		return layout, ErrNoArticles
	case layout.Left > 0 && b.report.New > 0:
		elsewhere := "they are in its archive"
		if b.NoArchive {
			elsewhere = "without an archive subscribers don't get them"
		}
		b.warnf("%d new articles found no room in the feed: beyond the newest %d it holds at most %d or %d MiB; %s",
			layout.Left, b.Rule.Limit, channel.MostItems, channel.MostBytes>>20, elsewhere)
	}
	for _, f := range before { // when all is put into one document, or no archive is wanted any more
		var number int
		if _, err := fmt.Sscanf(f.Name, "archive/%d", &number); err == nil && number > len(layout.Archives) {
			err = b.dropArchive(channel.Channel{Archive: number})
			if err != nil {
				return layout, err
			}
		}
	}
	return layout, nil
}

func (b *build) dropArchive(c channel.Channel) error {
	b.dropped = append(b.dropped, c.Key())
	for _, d := range documents {
		name := c.File(d.name)
		b.dropped = append(b.dropped, name)
		b.out.Own(name)
		if err := b.out.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// dateOf is when a channel was updated, by its document as it stands.
func (b *build) dateOf(c channel.Channel) time.Time {
	content, err := b.out.Read(c.File(channel.Atom))
	if err != nil {
		return time.Time{}
	}
	p, err := syndication.ReadAtom(content)
	if err != nil {
		return time.Time{}
	}
	return p.Updated
}

// furtherFeeds adds the feeds that stand in the store to those remembered.
func (b *build) furtherFeeds(before []ledger.Feed) ([]ledger.Feed, error) {
	names, err := b.out.Names("feeds")
	if err != nil {
		return nil, err
	}
	for n := 1; b.hasArchive(n); n++ {
		c := channel.Channel{Archive: n}
		before = append(before, ledger.Feed{Name: c.Key(), Updated: b.dateOf(c)})
	}
	known := map[string]bool{}
	for _, f := range before {
		known[f.Name] = true
	}
	for _, name := range names {
		key := strings.TrimPrefix(path.Dir(name), "feeds/")
		if path.Base(name) != channel.Atom || strings.Count(key, "/") != 1 || known[key] {
			continue
		}
		content, err := b.out.Read(name)
		if err != nil {
			return nil, err
		}
		if p, err := syndication.ReadAtom(content); err == nil {
			before = append(before, ledger.Feed{Name: key, Title: p.Title, Updated: p.Updated, Lang: p.Lang})
		}
	}
	slices.SortFunc(before, func(a, b ledger.Feed) int { return cmp.Compare(a.Name, b.Name) })
	return before, nil
}
