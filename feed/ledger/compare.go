package ledger

import (
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"

	"seedfeed/feed/seed"
)

// Run is what a run knows besides its seeds.
type Run struct {
	Now         time.Time
	Zone        *time.Location          // of dates that state none
	Reader      func(path string) int64 // fingerprint of what reads the seed at path
	HasPage     func(name string) bool  // a page stands in out/; nil without pages
	Full        bool                    // read all seeds again
	AllowShrink bool                    // many items may vanish at once
}

// Census counts what a run found.
type Census struct {
	New, Changed, Known int
	Held                int // drafts, and those that are to come
	Copies              int // seeds whose story is an item already
	Gone                int // items that left the feeds
	Redated             []Redated
	Clashes             []Clash
	Trouble             []Trouble // all that can't be read today
}

// Redated is an item whose text states another date than it used to.
type Redated struct {
	Path   string
	Stated string
	Keeps  time.Time
}

// Clash is a seed whose front matter asks for an id that another has.
type Clash struct{ Path, ID, First string }

// Trouble is a file or folder that can't be read.
type Trouble struct {
	Path   string
	Reason string
	Dir    bool
	Since  time.Time
	New    bool // it was readable at the last run
}

// Work is what a listing asks of a run.
type Work struct {
	Read   []seed.File // to be read, in the order of their paths
	None   bool        // nothing to read, nothing gone, nothing due
	Census Census      // of what needs no reading
}

// work is a run under way.
type work struct {
	run      Run
	past     time.Time          // the run whose feed was taken back; zero if none had to be
	recalled []*known           // items whose place is not known: those of that feed, in its order
	texts    map[int64][]*known // the same, by the fingerprint of their story
	hasPages map[string]bool    // theirs
	empty    bool               // no item is known
	first    bool               // nor was any page made: all are due, and need not be marked so
	recipes  Recipes            // that are to be remembered once all is published
	holding  bool               // some seed is held back
	readings []*Reading
	unpassed []seed.File // that no reading was compared with yet
	known    map[int64]*known
	gone     []string // paths
	unread   []seed.Unreadable
	troubles map[string]Trouble // as the ledger has them
	census   Census
	changed  bool // something is to be committed
}

// seedState is what a seed is to the ledger.
type seedState string

const (
	isItem seedState = "item"
	isCopy seedState = "copy"
	isHeld seedState = "held"
	isBad  seedState = "bad"
)

// Compare tells a listing from the last one by what stat says of its files.
// Read is what is new, changed, was read in another way or is due, and the
// copies of these.
func (l *Ledger) Compare(listing seed.Listing, run Run) (Work, error) {
	l.run, l.unread, l.known, l.unpassed = run, listing.Unreadable, map[int64]*known{}, listing.Files
	if err := l.loadTroubles(); err != nil {
		return Work{}, err
	}
	due, err := l.paths("SELECT path FROM held WHERE until <= ?", run.Now.Unix())
	if err != nil {
		return Work{}, err
	}
	c := comparison{Ledger: l, files: listing.Files, due: due}
	if err := c.seeds(); err != nil {
		return Work{}, err
	}
	if err := c.sameStories(); err != nil {
		return Work{}, err
	}
	for _, u := range listing.Unreadable {
		l.trouble(u.Path, u.Err.Error(), u.Dir)
	}
	if len(l.census.Trouble) != len(l.troubles) { // something healed
		l.changed = true
	}
	pages, err := l.survey()
	if err != nil {
		return Work{}, err
	}
	c.found.None = len(c.found.Read)+len(l.gone) == 0 && l.settled() && !pages && !l.changed
	c.found.Census = l.census
	return c.found, nil
}

// survey looks for what a run has to know of beforehand, and whether pages are due.
func (l *Ledger) survey() (pages bool, err error) {
	items := int64(0)
	err = l.each("SELECT EXISTS (SELECT 1 FROM item), EXISTS (SELECT 1 FROM held), EXISTS (SELECT 1 FROM item WHERE due)", func(s *sqlite.Stmt) error {
		items, l.holding, pages = s.ColumnInt64(0), s.ColumnBool(1), s.ColumnBool(2)
		return nil
	})
	if err != nil {
		return false, err
	}
	err = l.load(func(k *known) { l.recalled = append(l.recalled, k) }, "path = '' AND state <> 'gone'")
	l.empty = items == 0 && len(l.recalled) == 0
	if err == nil && l.empty {
		var made Recipes
		made, err = l.Recipes()
		l.first = made.Pages == 0
	}
	return pages, err
}

// settled reports whether each item whose place is not known may still be one
// that can't be read.
func (l *Ledger) settled() bool {
	return !slices.ContainsFunc(l.recalled, func(k *known) bool { return k.Number == 0 || !l.mayBeUnreadable(k) })
}

// comparison walks through the listing and the seeds of the ledger side by side.
type comparison struct {
	*Ledger
	files []seed.File // those not passed yet
	due   map[string]bool
	found Work
}

func (c *comparison) seeds() error {
	all := c.files
	var name []byte
	err := c.each("SELECT path, size, mtime_ns, ctime_ns, reader, state, media FROM seed ORDER BY path", func(s *sqlite.Stmt) error {
		name = slices.Grow(name[:0], s.ColumnLen(0))[:s.ColumnLen(0)]
		s.ColumnBytes(0, name)
		for len(c.files) > 0 && c.files[0].Path < string(name) {
			c.pass()
		}
		if len(c.files) == 0 || c.files[0].Path != string(name) {
			c.missing(string(name))
			return nil
		}
		f := c.files[0]
		if c.run.Full || !c.asBefore(f, s) || c.due[f.Path] {
			c.pass()
			return nil
		}
		c.files = c.files[1:]
		c.count(seedState(s.ColumnText(5)), f.Path)
		return nil
	})
	if len(c.found.Read) == 0 {
		c.found.Read = c.files // which may be all: that needs no copy
	} else {
		c.found.Read = append(c.found.Read, c.files...)
	}
	c.files = all
	return err
}

// pass puts the next file on the list of those to be read.
func (c *comparison) pass() {
	c.found.Read = append(c.found.Read, c.files[0])
	c.files = c.files[1:]
}

func (c *comparison) asBefore(f seed.File, s *sqlite.Stmt) bool {
	return f.Size == s.ColumnInt64(1) && nano(f.ModTime) == s.ColumnInt64(2) && nano(f.Changed) == s.ColumnInt64(3) &&
		c.run.Reader(f.Path) == s.ColumnInt64(4) && f.MediaPrint() == s.ColumnInt64(6)
}

// missing notes a seed that is not listed. What can't be read is not gone.
func (c *comparison) missing(path string) {
	if !slices.ContainsFunc(c.unread, func(u seed.Unreadable) bool { return covers(u, path) }) {
		c.gone = append(c.gone, path)
	}
}

// covers reports whether a seed can't be read because something else can't.
func covers(u seed.Unreadable, path string) bool {
	return u.Path == path || u.Dir && strings.HasPrefix(path, u.Path+"/")
}

// count takes a seed into the census that needs no reading.
func (c *comparison) count(s seedState, path string) {
	switch s {
	case isItem:
		c.census.Known++
	case isCopy:
		c.census.Copies++
	case isHeld:
		c.census.Held++
	case isBad:
		c.census.Trouble = append(c.census.Trouble, c.troubles[path])
		c.unread = append(c.unread, seed.Unreadable{Path: path})
	}
}

// sameStories adds the copies of items that may lose their seed: one of them
// inherits.
func (c *comparison) sameStories() error {
	copies, err := c.number("SELECT EXISTS (SELECT 1 FROM copy)")
	if err != nil || copies == 0 {
		return err
	}
	affected := slices.Clone(c.gone)
	for _, f := range c.found.Read {
		affected = append(affected, f.Path)
	}
	more := map[string]bool{}
	for _, path := range affected {
		err := c.each("SELECT path FROM copy WHERE item = (SELECT number FROM item WHERE "+atPath+")",
			func(s *sqlite.Stmt) error { more[s.ColumnText(0)] = true; return nil }, path)
		if err != nil {
			return err
		}
	}
	for _, path := range affected {
		delete(more, path)
	}
	c.found.Read = slices.Clip(c.found.Read)
	for _, f := range c.files {
		if more[f.Path] {
			c.found.Read = append(c.found.Read, f)
			c.census.Copies--
		}
	}
	slices.SortFunc(c.found.Read, func(a, b seed.File) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// trouble takes something unreadable into the census.
func (l *Ledger) trouble(path, reason string, dir bool) {
	t, known := l.troubles[path]
	if !known || t.Reason != reason {
		t = Trouble{Path: path, Reason: reason, Dir: dir, Since: l.run.Now, New: true}
		l.changed = true
	}
	l.census.Trouble = append(l.census.Trouble, t)
}

func (l *Ledger) loadTroubles() error {
	l.troubles = map[string]Trouble{}
	return l.each("SELECT path, reason, dir, since FROM trouble", func(s *sqlite.Stmt) error {
		t := Trouble{Path: s.ColumnText(0), Reason: s.ColumnText(1), Dir: s.ColumnBool(2), Since: instant(s.ColumnInt64(3))}
		l.troubles[t.Path] = t
		return nil
	})
}

func (l *Ledger) paths(query string, args ...any) (map[string]bool, error) {
	set := map[string]bool{}
	err := l.each(query, func(s *sqlite.Stmt) error { set[s.ColumnText(0)] = true; return nil }, args...)
	return set, err
}

// nano is a time as the ledger keeps that of a file; the zero time is 0.
func nano(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}
