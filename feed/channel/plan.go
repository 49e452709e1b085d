package channel

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/uuid/v5"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
)

// Plan says which feeds there are.
type Plan struct {
	Main  Channel // what all feeds have in common, and the main one's title and description
	Rule  Rule    // of all feeds that have none of their own
	Feeds []Feed  // that their owner asks for
	Split []Kind  // make a feed for each value by itself

	NoArchive bool `json:",omitempty"` // what leaves the main feed stands in no other document
}

// Feed is one that its owner asks for: feeds/query/<name>/.
type Feed struct {
	Name        string
	Title       string // empty: the main feed's with the name
	Description string
	Lang        string // empty: that of most items
	Limit       *int   // nil: that of all
	Selection
}

// FolderName is what a feed's folder is called after a value: the same for all
// its spellings that differ in no letter, readable in any script.
func FolderName(value string) string {
	const joiner = "\u200C" // in Persian it parts what belongs to one word
	return ledger.FileName(article.Folded(strings.ReplaceAll(value, joiner, " ")))
}

// enough is how many items a value must have for a feed by itself. One that was
// published goes on with fewer.
const enough = 3

// Layout is who stands where.
type Layout struct {
	Channels []Channel // the main one first, then by kind and name
	Archives []Channel // the main one's, from 1; without their items
	Prints   []int64   // of what stands in these
	Left     int       // items of the main channel that found no room in it
}

// Arrange puts items, the newest released or really updated first, into the
// channels that the plan asks for; of more than these need it asks nothing but
// the stock. Before is what was published until now; what is no longer asked for
// among that is retired.
func (p Plan) Arrange(newest iter.Seq2[ledger.Item, error], stock ledger.Stock, before []ledger.Feed) (Layout, error) {
	a := p.newArrangement(before)
	for it, err := range newest {
		if err != nil {
			return Layout{}, err
		}
		if a.take(&it); a.main.shut && len(p.Feeds)+len(p.Split) == 0 {
			break
		}
	}
	return a.finish(stock), nil
}

// arrangement is a layout in the making.
type arrangement struct {
	Plan
	before  map[string]ledger.Feed
	main    *column
	queries []*column // of Plan.Feeds
	sets    []selector
	split   map[string]*column             // by kind/name
	spelled map[string]map[string]spelling // by that and the value as it is spelled
	names   map[string]string              // of feeds' folders, by the value they are of
}

// spelling is how often a value is spelled in a way, and the number of the item
// that did so first.
type spelling struct{ count, first int64 }

// usual is how a value is spelled most often; of two ways, the one that came first.
func usual(ways map[string]spelling) (value string) {
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		if a, b := ways[way], ways[value]; a.count > b.count || a.count == b.count && a.first < b.first {
			value = way
		}
	}
	return value
}

func (p Plan) newArrangement(before []ledger.Feed) *arrangement {
	a := &arrangement{Plan: p, before: map[string]ledger.Feed{}, split: map[string]*column{}, spelled: map[string]map[string]spelling{}, names: map[string]string{}}
	for _, f := range before {
		a.before[f.Name] = f
	}
	a.main = a.column("", "", p.Rule)
	for _, f := range p.Feeds {
		rule := p.Rule
		if f.Limit != nil {
			rule.Limit = *f.Limit
		}
		c := a.column(ByQuery, FolderName(f.Name), rule)
		c.Title, c.Description = cmp.Or(f.Title, p.Main.Title+" – "+f.Name), cmp.Or(f.Description, p.Main.Description)
		c.lang = f.Lang
		a.queries, a.sets = append(a.queries, c), append(a.sets, f.selector())
	}
	for _, f := range before { // a feed that was published goes on
		if kind, name, _ := strings.Cut(f.Name, "/"); slices.Contains(p.Split, Kind(kind)) {
			c := a.column(Kind(kind), name, p.Rule)
			c.Title = f.Title
			a.split[f.Name] = c
		}
	}
	return a
}

// column opens a channel of the plan.
func (a *arrangement) column(kind Kind, name string, rule Rule) *column {
	c := &column{Channel: a.Main, rule: rule}
	c.Kind, c.Name = kind, name
	if kind != "" {
		c.ID = DerivedID(a.Main.ID, c.Key())
	}
	was := a.before[c.Key()]
	c.Lang, c.Updated = cmp.Or(was.Lang, a.Main.Lang), was.Updated
	return c
}

// Key is what a channel is remembered by: empty for the main one, else
// <kind>/<name>, or archive/<number>.
func (c Channel) Key() string {
	switch {
	case c.Archive > 0:
		return fmt.Sprintf("archive/%04d", c.Archive)
	case c.Kind == "":
		return ""
	}
	return string(c.Kind) + "/" + c.Name
}

// DerivedID is an id made of a collection's and a name, the same each time. An
// id that was pinned need not be a UUID; then it is a URI to make one of.
func DerivedID(collection, name string) string {
	namespace, err := uuid.FromString(collection)
	if err != nil {
		namespace = uuid.NewV5(uuid.NamespaceURL, collection)
	}
	return "urn:uuid:" + uuid.NewV5(namespace, name).String()
}

// take puts an item wherever it belongs.
func (a *arrangement) take(it *ledger.Item) {
	day := dayOf(it.Published, a.Main.Zone)
	a.main.take(it)
	for i, c := range a.queries {
		if a.sets[i].has(it) {
			c.count(it, day)
		}
	}
	for _, kind := range a.Split {
		var taken []string
		for _, value := range valuesOf(it, kind) {
			name := a.folderName(value)
			key := string(kind) + "/" + name
			if slices.Contains(taken, key) { // spelled in two ways
				continue
			}
			taken = append(taken, key)
			c := a.split[key]
			if c == nil {
				c = a.column(kind, name, a.Rule)
				a.split[key] = c
			}
			c.count(it, day)
			if a.spelled[key] == nil {
				a.spelled[key] = map[string]spelling{}
			}
			way := a.spelled[key][value]
			a.spelled[key][value] = spelling{way.count + 1, min(cmp.Or(way.first, it.Number), it.Number)}
		}
	}
}

// folderName is FolderName, asked once for each value.
func (a *arrangement) folderName(value string) string {
	name, known := a.names[value]
	if !known {
		name = FolderName(value)
		a.names[value] = name
	}
	return name
}

// valuesOf are what an item is of a kind: each of its tags, each of the folders
// around it.
func valuesOf(it *ledger.Item, kind Kind) []string {
	var values []string
	switch kind {
	case BySource:
		values = []string{it.Source}
	case ByLang:
		values = []string{it.Lang}
	case ByTag:
		values = it.Tags.All()
	case ByFolder:
		for i := range len(it.Path) {
			if it.Path[i] == '/' {
				values = append(values, it.Path[:i])
			}
		}
	}
	return slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
}

// finish closes the channels.
func (a *arrangement) finish(stock ledger.Stock) Layout {
	a.main.Tally = tallyOf(stock, a.Main.Zone)
	main := a.main.finish()
	layout := Layout{Left: a.main.left}
	if a.main.rule.Limit > 0 && !a.NoArchive { // the archive never gets shorter: its names are promises, too
		main.Archives = max(archivesFor(stock, main.Items), a.archivesBefore())
	}
	main.Complete = main.Complete && main.Archives == 0
	for n := range main.Archives {
		c := main
		c.Archive, c.Complete, c.Items, c.Tally = n+1, false, nil, Tally{}
		was := a.before[c.Key()]
		c.Lang, c.Updated = cmp.Or(was.Lang, a.Main.Lang), was.Updated
		layout.Archives = append(layout.Archives, c)
	}
	layout.Prints = make([]int64, max(len(stock.Archives), main.Archives))
	for i, archive := range stock.Archives {
		layout.Prints[i] = archive.Print
	}
	further := a.further()
	for _, c := range further {
		if !c.Retired {
			main.Parts = append(main.Parts, Part{c.Kind, c.Title, c.Folder(), c.Tally.Total})
		}
	}
	layout.Channels = append([]Channel{main}, further...)
	return layout
}

// archivesFor is how many documents an archive needs for all that does not stand
// in the feed itself.
func archivesFor(stock ledger.Stock, current []*ledger.Item) int {
	inFeed := make([]int, len(stock.Archives))
	for _, it := range current {
		inFeed[it.ArchiveOf()-1]++
	}
	n := len(inFeed)
	for n > 0 && stock.Archives[n-1].Items == inFeed[n-1] {
		n--
	}
	return n
}

// archivesBefore is how many documents the archive has had.
func (a *arrangement) archivesBefore() (n int) {
	for name := range a.before {
		var number int
		if _, err := fmt.Sscanf(name, "archive/%d", &number); err == nil {
			n = max(n, number)
		}
	}
	return n
}

// further are the channels beside the main one.
func (a *arrangement) further() []Channel {
	list := map[string]Channel{}
	for _, c := range a.queries {
		list[c.Key()] = c.finish()
	}
	for _, key := range slices.Sorted(maps.Keys(a.split)) {
		c := a.split[key]
		if _, published := a.before[key]; c.Tally.Total < enough && !published {
			continue
		}
		if value := usual(a.spelled[key]); value != "" {
			c.Title = a.Main.Title + " – " + forPeople(c.Kind, value)
		}
		list[key] = c.finish()
	}
	for key, f := range a.before {
		kind, name, further := strings.Cut(key, "/")
		if _, asked := list[key]; asked || !further || kind == "archive" {
			continue
		}
		c := a.column(Kind(kind), name, a.Rule)
		c.Title, c.Retired, c.Complete = cmp.Or(f.Title, a.Main.Title+" – "+name), true, true
		list[key] = c.Channel
	}
	return slices.SortedFunc(maps.Values(list), func(a, b Channel) int { return strings.Compare(a.Key(), b.Key()) })
}

// forPeople is a value as people say it: a language by the name it has for itself.
func forPeople(kind Kind, value string) string {
	if kind != ByLang {
		return value
	}
	return article.LanguageName(value)
}

// Selection says what an item must have. An item has to meet each field that is
// not empty, by one of its values. Values are compared as article.Key has them.
type Selection struct {
	Sources []string
	Langs   []string
	Folders []string // of the seeds, with those below them; with slashes
	Tags    []string
	Authors []string
	Match   []string  // words or phrases in title or text (see article.Phrase)
	Exclude []string  // the same; an item that holds one is left out
	Since   time.Time // published then or later; zero: whenever
}

// Phrases are all that the plan looks for in texts.
func (p Plan) Phrases() []string {
	var list []string
	for _, f := range p.Feeds {
		list = append(append(list, f.Match...), f.Exclude...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// selector is a selection made ready to be asked for many items.
type selector struct {
	Selection
	sources, langs, tags, authors map[string]bool
}

func (s Selection) selector() selector {
	return selector{s, keys(s.Sources), keys(s.Langs), keys(s.Tags), keys(s.Authors)}
}

func keys(values []string) map[string]bool {
	set := map[string]bool{}
	for _, v := range values {
		set[article.Key(v)] = true
	}
	return set
}

// has reports whether an item is selected.
func (s selector) has(it *ledger.Item) bool {
	found := it.Phrases.All()
	return meets(s.sources, it.Source) && meets(s.langs, it.Lang) && meets(s.tags, it.Tags.All()...) && meets(s.authors, it.Authors.All()...) &&
		s.inFolder(it.Path) && !it.Published.Before(s.Since) &&
		(len(s.Match) == 0 || holdsOne(found, s.Match)) && !holdsOne(found, s.Exclude)
}

func meets(wanted map[string]bool, values ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(values, func(v string) bool { return wanted[article.Key(v)] })
}

func holdsOne(found, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return slices.Contains(found, p) })
}

func (s selector) inFolder(path string) bool {
	return len(s.Folders) == 0 || slices.ContainsFunc(s.Folders, func(f string) bool { return strings.HasPrefix(path, strings.Trim(f, "/")+"/") })
}
