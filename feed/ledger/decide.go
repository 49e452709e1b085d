package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A collection of this many items or more is not believed to shrink by more
// than this share at once: rather has a folder not been mounted.
const (
	guarded  = 20
	shrinkBy = 0.30
)

// ShrunkError tells that so many items vanished at once that it can't be meant.
type ShrunkError struct{ Gone, Of int }

func (e *ShrunkError) Error() string {
	return fmt.Sprintf("%d of %d articles are gone at once", e.Gone, e.Of)
}

// Decide tells who all readings are and when they were, and what became of the
// items that nobody read. Nothing of it is kept before Commit.
func (l *Ledger) Decide() (Census, error) {
	l.row = dateRow{}
	if err := l.begin(); err != nil {
		return Census{}, err
	}
	if err := l.match(); err != nil {
		return Census{}, err
	}
	var found, fresh []*Reading // new to the ledger: published before it was lost, and others
	for _, r := range l.readings {
		switch {
		case r.copy:
			l.census.Copies++
		case r.item != nil:
			l.settleKnown(r)
		default:
			switch l.welcome(r) {
			case isOld:
				found = append(found, r)
			case isNew:
				fresh = append(fresh, r)
			}
		}
	}
	if err := l.lose(); err != nil {
		return Census{}, err
	}
	slices.SortFunc(found, byDate)
	slices.SortFunc(fresh, byDate)
	return l.census, l.write(found, fresh)
}

// hadPage reports whether there was a page for a seed that is none of the items
// taken back from the feed.
func (l *Ledger) hadPage(r *Reading) bool {
	page := PageName(r.file.Path, 1)
	return l.run.HasPage(page) && !l.hasPages[page]
}

// byDate is the order in which items that came in one run are released.
func byDate(a, b *Reading) int {
	return cmp.Or(cmp.Compare(a.published, b.published), strings.Compare(b.file.Path, a.file.Path))
}

// settleKnown gives a known item its dates: published stays, updated moves only
// if both the seed's bytes and what a subscriber sees have changed.
func (l *Ledger) settleKnown(r *Reading) {
	k := r.item
	edited := r.bytes != k.bytes
	if k.bytes == "" {
		// Taken back from a feed: a seed older than that was in it as it is now,
		// so a difference is the program's.
		edited = !r.file.ModTime.Truncate(time.Second).Before(l.past)
	}
	switch {
	case r.fixed && !r.held:
		k.Published = instant(r.published)
		k.Updated = later(k.Updated, k.Published)
	case edited && k.stated != "" && r.stated != "" && k.stated != r.stated && !r.fixed:
		l.census.Redated = append(l.census.Redated, Redated{r.file.Path, r.stated, k.Published})
		k.note("redated", r.stated)
	}
	if edited && r.shown != k.shown {
		k.Updated = clamp(second(changed(r.file)), k.Updated, second(l.run.Now))
	}
	if k.Path != "" && k.Path != r.file.Path {
		k.note("moved", k.Path)
	}
	switch {
	case r.held:
		if k.state == standing {
			l.census.Gone++
		}
		l.census.Held++
		if k.state != held {
			k.note("held", untilText(r.until))
		}
		k.state = held
	case edited && r.shown != k.shown:
		l.census.Changed++
		k.release()
		k.note("updated", "")
	default:
		l.census.Known++
		k.release()
	}
	k.fill(r)
}

// release lets an item stand in feeds.
func (k *known) release() {
	if k.state != standing {
		k.note("back", "")
	}
	k.state = standing
}

// note keeps what happened to an item, for status.
func (k *known) note(event, detail string) { k.events = append(k.events, [2]string{event, detail}) }

func untilText(until int64) string {
	if until == 0 {
		return "a draft"
	}
	return "until " + instant(until).Format(time.RFC3339)
}

// fill takes over what a reading says of an item.
func (k *known) fill(r *Reading) {
	k.Path, k.Lang, k.Size, k.text = r.file.Path, r.lang, r.size, r.text
	k.Source, k.Authors, k.Tags, k.Phrases = r.source, r.authors, r.tags, r.phrases
	k.title, k.stated, k.bytes, k.shown, k.sketch, k.figures = r.title, r.stated, r.bytes, r.shown, r.sketch, r.figures
	k.due = true
}

// news is what a reading is that is none of the items known.
type news int

const (
	isHeldBack news = iota
	isOld           // it was published before the ledger was lost
	isNew
)

// welcome gives a new item its dates. Of one that was published before the
// ledger was lost nothing is left but its page, if that: it is no news.
func (l *Ledger) welcome(r *Reading) news {
	if r.held {
		l.census.Held++
		return isHeldBack
	}
	r.released = r.published
	late := !r.file.ModTime.Truncate(time.Second).Before(l.past)
	first := l.past.IsZero() && l.empty
	switch {
	case first, late && l.run.HasPage == nil && !l.past.IsZero():
	case l.past.IsZero(), late && !l.hadPage(r):
		r.released = l.run.Now.Unix() // its date may be old: it reaches subscribers today all the same
	default:
		l.census.Known++
		return isOld
	}
	l.census.New++
	return isNew
}

// newItem makes an item of a new reading.
func (l *Ledger) newItem(r *Reading) (*known, error) {
	facts, err := l.factsOf(r)
	if err != nil {
		return nil, err
	}
	r.facts = facts
	k := &known{row: row{state: standing, seen: l.run.Now.Unix()}, taken: r}
	k.Number, k.ID = r.number, r.pin
	k.Published, k.Released = instant(r.published), instant(r.released)
	k.Updated = k.Published
	k.fill(r)
	k.due = !l.first
	return k, nil
}

// lose settles the items that nobody read although their place was looked at.
func (l *Ledger) lose() error {
	vanished := 0
	for _, k := range l.all() {
		if k.taken != nil || k.state == gone || !k.free() {
			continue
		}
		if k.Path == "" && l.mayBeUnreadable(k) {
			continue
		}
		if k.state == standing {
			l.census.Gone++
			vanished++
		}
		k.state, k.due = gone, true
		k.note("gone", "")
	}
	if vanished == 0 || l.run.AllowShrink {
		return nil
	}
	before, err := l.number("SELECT count(*) FROM item WHERE state = 'standing'")
	if err != nil {
		return err
	}
	for _, k := range l.recalled {
		if k.Number == 0 {
			before++
		}
	}
	if before >= guarded && float64(vanished) > shrinkBy*float64(before) {
		return &ShrunkError{vanished, int(before)}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
