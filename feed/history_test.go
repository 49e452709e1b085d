package feed

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/syndication"
)

var histories = flag.Int("histories", 60, "how many random histories of a folder to go through")

// TestRandomHistories goes through what may happen to a folder of seeds and
// holds the feed after each run against a model of what DESIGN promises: who is
// who, when it was published and updated, and that nothing is written for nothing.
func TestRandomHistories(t *testing.T) {
	var mutex sync.Mutex
	runs, done := 0, map[string]int{}
	t.Run("history", func(t *testing.T) {
		for n := range *histories {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel()
				m := newModel(t, uint64(n))
				for range 14 {
					m.now = m.now.Add(time.Duration(1+m.IntN(30)) * time.Hour)
					for range 1 + m.IntN(3) {
						m.happen()
					}
					if m.check(); t.Failed() {
						t.Fatalf("after\n%s", strings.Join(m.log, "\n"))
					}
				}
				mutex.Lock()
				defer mutex.Unlock()
				runs += 3 * 14
				for what, times := range m.done {
					done[what] += times
				}
			})
		}
	})
	t.Logf("%d histories, %d runs: %v", *histories, runs, done)
	for _, e := range new(model).events() {
		if *histories >= 60 && done[e.name] < 20 {
			t.Errorf("%q happened %d times only", e.name, done[e.name])
		}
	}
}

// model is what the folder holds and what subscribers must have got of it.
type model struct {
	*rand.Rand
	t        *testing.T
	now      time.Time
	files    fstest.MapFS
	out      *shelf
	stories  []*story           // those that stand, and those that are gone
	at       map[string]*holder // by path
	broken   map[string][]byte  // texts of seeds that can't be read at the moment, by path
	busy     map[string]bool    // paths that something happened to since the last run
	ids      map[string]bool    // ever used
	limit    int                // of the feed; 0 puts everything in, else the rest is in its archive
	count    int
	log      []string
	done     map[string]int
	lost     bool // the ledger was, since the last run
	retitled bool // a story was, since then
	returned bool // a story has, since then
}

// story is what subscribers know as one entry.
type story struct {
	title     string
	words     []string // paragraphs
	date      string   // stated, or empty
	id        string   // once it is known
	published time.Time
	updated   time.Time
	first     *holder // the file it is read from; nil when it is gone
	forgotten bool    // nobody can know its id any more
	unsure    bool    // nobody can know which of its files is the first
}

// holder is a file that tells a story, or told it when it was copied.
type holder struct {
	of    *story
	path  string
	text  string // of the story as it stands there, without noise
	noise int
	mtime time.Time
	moved bool // it stood elsewhere once
}

func newModel(t *testing.T, n uint64) *model {
	return &model{Rand: rand.New(rand.NewPCG(n, 7)), t: t, now: start, limit: []int{0, 3}[n%2], files: fstest.MapFS{}, out: newShelf(t),
		at: map[string]*holder{}, broken: map[string][]byte{}, busy: map[string]bool{}, ids: map[string]bool{}, done: map[string]int{}}
}

type event struct {
	name string
	do   func() bool // reports whether it was possible
}

func (m *model) events() []event {
	return []event{
		{"add", m.add}, {"add", m.add}, {"edit", m.edit}, {"retitle", m.retitle}, {"noise", m.otherNoise}, {"touch", m.touch},
		{"rename", m.rename}, {"rename and edit", m.renameAndEdit}, {"swap", m.swap}, {"shift", m.shift}, {"overwrite", m.overwrite},
		{"copy", m.copy}, {"edit a copy", m.editCopy}, {"delete", m.remove}, {"return", m.comeBack},
		{"break", m.breakOne}, {"heal", m.heal}, {"lose the ledger", m.lose},
	}
}

func (m *model) happen() {
	all := m.events()
	for {
		if e := all[m.IntN(len(all))]; e.do() {
			m.log = append(m.log, fmt.Sprintf("%s %s", m.now.Format("02T15"), e.name))
			m.done[e.name]++
			return
		}
	}
}

// word is an invented word that stands in no other place.
func (m *model) word() string {
	const consonants, vowels = "bdfghklmnprstvz", "aeiou"
	var b strings.Builder
	for range 3 {
		b.WriteByte(consonants[m.IntN(len(consonants))])
		b.WriteByte(vowels[m.IntN(len(vowels))])
	}
	return b.String()
}

// sentence is English enough to be read as such.
func (m *model) sentence() string {
	return fmt.Sprintf("The %s said that it was in the %s of %s when they %s with a %s for the %s.",
		m.word(), m.word(), m.word(), m.word(), m.word(), m.word())
}

func (m *model) headline() string {
	return fmt.Sprintf("A %s and the %s %s for %s in %s", m.word(), m.word(), m.word(), m.word(), m.word())
}

func (m *model) newStory() *story {
	s := &story{title: m.headline()}
	for range 4 {
		s.words = append(s.words, m.sentence())
	}
	if m.IntN(2) == 0 {
		s.date = m.now.AddDate(0, 0, -m.IntN(900)).Format("2 January 2006")
	}
	m.stories = append(m.stories, s)
	return s
}

func (s *story) text() string {
	text := s.title + "\n\n"
	if s.date != "" {
		text += "Published " + s.date + "\n\n"
	}
	return text + strings.Join(s.words, "\n\n")
}

// shown is how a subscriber sees it.
func (s *story) shown() string { return s.title + "\n" + strings.Join(s.words, "\n") }

var noises = []string{"", "\n\nShare on Facebook", "\n\nPrint this article\n\nShare on Twitter"}

// write puts a story's text into a file, written a while ago.
func (m *model) write(h *holder) {
	h.mtime = m.now.Add(-time.Duration(60+m.IntN(3000)) * time.Second)
	m.put(h)
}

func (m *model) put(h *holder) {
	m.files[h.path] = &fstest.MapFile{Data: []byte(h.text + noises[h.noise]), ModTime: h.mtime}
	m.at[h.path] = h
	m.busy[h.path] = true
}

func (m *model) take(path string) {
	delete(m.files, path)
	delete(m.at, path)
	m.busy[path] = true
}

func (m *model) freePath() string {
	m.count++
	return fmt.Sprintf("%s/%03d.txt", []string{"a", "b", "c/d"}[m.IntN(3)], m.count)
}

// pick is some quiet file that a condition holds for, or nil.
func (m *model) pick(fits func(*holder) bool) *holder {
	paths := slices.Sorted(maps.Keys(m.at))
	for _, i := range m.Perm(len(paths)) {
		if h := m.at[paths[i]]; !m.busy[h.path] && m.broken[h.path] == nil && fits(h) && !m.kinBusy(h.of) {
			return h
		}
	}
	return nil
}

// kinBusy reports whether something happened to another file of the same story:
// two things at once to one story are their own tests.
func (m *model) kinBusy(s *story) bool {
	for _, h := range m.at {
		if h.of == s && (m.busy[h.path] || m.broken[h.path] != nil) {
			return true
		}
	}
	return false
}

// occupy lets nothing else happen to a story until the next run.
func (m *model) occupy(s *story) {
	for path, h := range m.at {
		if h.of == s {
			m.busy[path] = true
		}
	}
}

func first(h *holder) bool { return h.of.first == h && !h.of.unsure }

func alone(m *model) func(*holder) bool {
	return func(h *holder) bool {
		n := 0
		for _, other := range m.at {
			if other.of == h.of {
				n++
			}
		}
		return n == 1
	}
}

func (m *model) add() bool {
	m.publish(m.newStory(), m.freePath())
	return true
}

// publish puts a new story into a file.
func (m *model) publish(s *story, path string) {
	h := &holder{of: s, path: path, text: s.text(), noise: m.IntN(len(noises))}
	s.first = h
	m.write(h)
	s.published = h.mtime
	if day, err := time.Parse("2 January 2006", s.date); err == nil {
		s.published = day.Add(12 * time.Hour)
		if s.published.After(m.now) {
			s.published = m.now
		}
	}
	s.updated = s.published
}

func (m *model) edit() bool {
	h := m.pick(first)
	if h == nil {
		return false
	}
	m.change(h)
	m.write(h)
	m.update(h)
	return true
}

// change changes a story's text as an editor does.
func (m *model) change(h *holder) {
	s := h.of
	s.words = slices.Clone(s.words)
	s.words[m.IntN(len(s.words))] += " " + m.sentence()
	h.text = s.text()
}

// update is what a visible edit does to a story's date.
func (m *model) update(h *holder) {
	if h.mtime.After(h.of.updated) {
		h.of.updated = h.mtime
	}
}

func (m *model) retitle() bool {
	h := m.pick(first)
	if h == nil || m.lost { // without title and place nobody knows it again
		return false
	}
	m.retitled = true
	h.of.title = m.headline()
	h.text = h.of.text()
	m.write(h)
	m.update(h)
	return true
}

func (m *model) otherNoise() bool {
	h := m.pick(first)
	if h == nil {
		return false
	}
	h.noise = (h.noise + 1) % len(noises)
	m.write(h)
	return true
}

func (m *model) touch() bool {
	h := m.pick(func(*holder) bool { return true })
	if h == nil {
		return false
	}
	m.write(h)
	return true
}

func (m *model) rename() bool {
	h := m.pick(func(*holder) bool { return true })
	if h == nil {
		return false
	}
	m.move(h, m.freePath())
	return true
}

// move keeps a file's time, as mv does.
func (m *model) move(h *holder, path string) {
	m.take(h.path)
	h.path, h.moved = path, true
	m.put(h)
}

func (m *model) renameAndEdit() bool {
	h := m.pick(alone(m))
	if h == nil {
		return false
	}
	m.take(h.path)
	h.path, h.moved = m.freePath(), true
	m.change(h)
	m.write(h)
	m.update(h)
	return true
}

func (m *model) swap() bool {
	a := m.pick(alone(m))
	if a == nil {
		return false
	}
	b := m.pick(func(h *holder) bool { return alone(m)(h) && h != a })
	if b == nil {
		return false
	}
	a.path, b.path, a.moved, b.moved = b.path, a.path, true, true
	m.put(a)
	m.put(b)
	return true
}

// shift numbers some files anew, with a new one in front.
func (m *model) shift() bool {
	var row []*holder
	for _, path := range slices.Sorted(maps.Keys(m.at)) {
		if h := m.at[path]; !m.busy[path] && m.broken[path] == nil && alone(m)(h) && len(row) < 5 {
			row = append(row, h)
		}
	}
	if len(row) < 2 {
		return false
	}
	front := row[0].path
	for i, h := range row {
		h.moved = true
		if h.path = m.freePath(); i+1 < len(row) {
			h.path = row[i+1].path
		}
	}
	for _, h := range row {
		m.put(h)
	}
	m.publish(m.newStory(), front)
	return true
}

func (m *model) overwrite() bool {
	h := m.pick(alone(m))
	if h == nil || m.lost && len(m.broken) > 0 {
		return false
	}
	h.of.first = nil
	m.publish(m.newStory(), h.path)
	return true
}

func (m *model) copy() bool {
	h := m.pick(first)
	if h == nil {
		return false
	}
	c := &holder{of: h.of, path: m.freePath(), text: h.text, noise: h.noise, moved: true}
	m.write(c)
	m.busy[h.path] = true
	h.of.unsure = h.of.unsure || m.lost
	return true
}

// editCopy makes a story of its own of a copy.
func (m *model) editCopy() bool {
	c := m.pick(func(h *holder) bool { return h.of.first != h && !h.of.unsure })
	if c == nil {
		return false
	}
	m.occupy(c.of)
	own := *c.of
	s := &own
	s.id, s.title = "", m.headline()
	s.words = []string{m.sentence(), m.sentence(), m.sentence(), s.words[3]} // so that nobody takes it for the other one moved
	m.stories = append(m.stories, s)
	m.publish(s, c.path)
	return true
}

func (m *model) remove() bool {
	h := m.pick(func(h *holder) bool { return alone(m)(h) || m.sameCopies(h.of) })
	if h == nil || len(m.at) < 2 || m.lost && len(m.broken) > 0 {
		return false
	}
	m.occupy(h.of)
	m.take(h.path)
	if h.of.first == h {
		h.of.first = nil
		for _, path := range slices.Sorted(maps.Keys(m.at)) {
			if c := m.at[path]; c.of == h.of { // it inherits
				h.of.first = c
				break
			}
		}
	}
	return true
}

// sameCopies reports whether all files of a story tell the same.
func (m *model) sameCopies(s *story) bool {
	for _, h := range m.at {
		if h.of == s && h.text != s.text() {
			return false
		}
	}
	return true
}

func (m *model) comeBack() bool {
	for _, i := range m.Perm(len(m.stories)) {
		s := m.stories[i]
		if s.first != nil || s.forgotten || s.id == "" {
			continue
		}
		m.returned = true
		h := &holder{of: s, path: m.freePath(), text: s.text(), moved: true}
		s.first = h
		m.write(h)
		return true
	}
	return false
}

func (m *model) breakOne() bool {
	h := m.pick(func(h *holder) bool { return alone(m)(h) && h.of.id != "" && !(m.lost && h.moved) })
	if h == nil {
		return false
	}
	m.broken[h.path] = m.files[h.path].Data
	m.files[h.path] = &fstest.MapFile{Data: []byte("a\x00b"), ModTime: m.now.Add(-time.Minute)}
	m.busy[h.path] = true
	return true
}

func (m *model) heal() bool {
	for _, path := range slices.Sorted(maps.Keys(m.broken)) {
		if !m.busy[path] {
			m.files[path] = &fstest.MapFile{Data: m.broken[path], ModTime: m.now.Add(-time.Minute)}
			delete(m.broken, path)
			m.busy[path] = true
			return true
		}
	}
	return false
}

// lose loses the ledger. What does not stand in the feed is forgotten with it.
func (m *model) lose() bool {
	for _, h := range m.at {
		if h.text != h.of.text() { // whose backup that was nobody knows any more
			return false
		}
	}
	for path := range m.broken {
		if m.at[path].moved || len(m.busy) > 0 { // nothing tells whose place that is
			return false
		}
	}
	if m.out.files["atom.xml"] == nil || m.retitled || m.returned {
		return false
	}
	m.out.state = m.t.TempDir()
	for _, s := range m.stories {
		s.forgotten = s.forgotten || s.first == nil
		s.unsure = false
	}
	for _, h := range m.at {
		h.of.unsure = h.of.unsure || !alone(m)(h)
	}
	m.lost = true
	return true
}

// check runs the program and holds what it published against the model.
func (m *model) check() {
	t := m.t
	t.Helper()
	quiet := m.lost && len(m.busy) == 0
	before := maps.Clone(m.out.files)
	everything := func(o *Options) { o.Rule, o.AllowShrink = channel.Rule{Limit: m.limit}, true }
	if _, err := run(t, m.files, m.out, m.now, everything); err != nil {
		if strings.Contains(err.Error(), ErrNoArticles.Error()) && len(m.at) == 0 {
			return
		}
		t.Fatal(err)
	}
	if quiet && !maps.EqualFunc(before, m.out.files, bytes.Equal) {
		for name, content := range m.out.files {
			if !bytes.Equal(content, before[name]) {
				t.Errorf("a lost ledger changed %s:\n%s\nbefore\n%s", name, content, before[name])
			}
		}
	}
	m.compare(m.published())
	m.comparePages()
	m.busy, m.lost, m.retitled, m.returned = map[string]bool{}, false, false, false

	// Again, and all of it from the start: nothing is written.
	writes := m.out.writes
	if report, err := run(t, m.files, m.out, m.now.Add(time.Minute), everything); err != nil || m.out.writes != writes || !report.Idle {
		t.Errorf("a run over nothing new wrote %d files, %+v, %v", m.out.writes-writes, report, err)
	}
	full := func(o *Options) { everything(o); o.Full = true }
	if _, err := run(t, m.files, m.out, m.now.Add(2*time.Minute), full); err != nil || m.out.writes != writes {
		t.Errorf("a full run wrote %d files, %v", m.out.writes-writes, err)
	}
}

// published is the feed with its archive.
func (m *model) published() syndication.Published {
	m.t.Helper()
	walk(m.t, m.out, channel.RSS)
	walk(m.t, m.out, channel.JSON)
	all := published(m.t, m.out)
	seen := map[string]channel.Entry{}
	for _, e := range all.Entries {
		seen[e.Item.ID] = e
	}
	for n := 1; m.out.files[channel.Channel{}.FileOf(n, channel.Atom)] != nil; n++ {
		p, err := syndication.ReadAtom(m.out.files[channel.Channel{}.FileOf(n, channel.Atom)])
		if err != nil {
			m.t.Fatal(err)
		}
		for _, e := range p.Entries {
			if also, twice := seen[e.Item.ID]; !twice {
				all.Entries = append(all.Entries, e)
			} else if !reflect.DeepEqual(also, e) {
				m.t.Errorf("feed and archive tell %s in two ways:\n%+v\n%+v", e.Item.ID, also.Article, e.Article)
			}
			seen[e.Item.ID] = e
		}
	}
	if got := walk(m.t, m.out, channel.Atom); len(got) != len(seen) {
		m.t.Errorf("walking the archive gives %d of %d articles", len(got), len(seen))
	}
	return all
}

func (m *model) compare(p syndication.Published) {
	m.t.Helper()
	entries := map[string]int{}
	for i, e := range p.Entries {
		entries[e.Article.Title+"\n"+strings.Join(e.Article.Body, "\n")] = i
	}
	standing := 0
	for _, s := range m.stories {
		if s.first == nil {
			continue
		}
		standing++
		i, ok := entries[s.shown()]
		if !ok {
			m.t.Errorf("%q (%s) is not in the feed:\n%s\nbut %q", s.title, s.first.path, s.shown(), slices.Collect(maps.Keys(entries)))
			continue
		}
		it := p.Entries[i].Item
		if s.id == "" {
			if m.ids[it.ID] {
				m.t.Errorf("%q (%s) has an id that was another's", s.title, s.first.path)
			}
			s.id = it.ID
			m.ids[s.id] = true
		}
		if it.ID != s.id || !it.Published.Equal(s.published) || !it.Updated.Equal(s.updated) {
			m.t.Errorf("%q (%s): id %s, published %v, updated %v; want %s, %v, %v", s.title, s.first.path,
				it.ID, it.Published, it.Updated, s.id, s.published, s.updated)
		}
	}
	if len(p.Entries) != standing {
		m.t.Errorf("%d entries in the feed, want %d", len(p.Entries), standing)
	}
}

// comparePages checks that there is a page for each story, and no other.
func (m *model) comparePages() {
	pages, standing := 0, 0
	for name := range m.out.files {
		if strings.HasPrefix(name, "articles/") {
			pages++
		}
	}
	for _, s := range m.stories {
		if s.first != nil {
			standing++
		}
	}
	if pages != standing {
		m.t.Errorf("%d pages for %d articles", pages, standing)
	}
}
