package feed

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
	"seedfeed/feed/syndication"
)

// shelf is a Store in memory, and beside it the folder of its ledger.
type shelf struct {
	sync.Mutex
	files   map[string][]byte
	stats   map[string]time.Time
	staged  map[string][]byte
	times   map[string]time.Time // of staged copies
	removed []string
	state   string
	writes  int
}

func newShelf(t testing.TB) *shelf {
	return &shelf{files: map[string][]byte{}, stats: map[string]time.Time{}, staged: map[string][]byte{}, times: map[string]time.Time{}, state: t.TempDir()}
}

func (s *shelf) Read(name string) ([]byte, error) {
	if content, ok := s.files[name]; ok {
		return content, nil
	}
	return nil, fs.ErrNotExist
}

func (s *shelf) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{name: {Data: s.files[name], ModTime: s.stats[name]}}, s.exists(name))
}

// exists is the name, or one that is nowhere.
func (s *shelf) exists(name string) string {
	if s.files[name] == nil {
		return "nowhere"
	}
	return name
}

func (s *shelf) Stage(name string, content []byte) (bool, error) {
	s.Lock()
	defer s.Unlock()
	if bytes.Equal(s.files[name], content) {
		return false, nil
	}
	s.staged[name] = content
	return true, nil
}

func (s *shelf) StageFile(name string, size int64, modTime time.Time, open func() (io.ReadCloser, error)) (bool, error) {
	s.Lock()
	defer s.Unlock()
	if int64(len(s.files[name])) == size && s.stats[name].Equal(modTime) {
		return false, nil
	}
	file, err := open()
	if err != nil {
		return false, err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	s.staged[name] = content
	s.times[name] = modTime
	return true, err
}

func (s *shelf) Names(dir string) ([]string, error) {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if strings.HasPrefix(name, dir+"/") {
			names = append(names, name)
		}
	}
	return names, nil
}

func (s *shelf) Own(string) {}

func (s *shelf) Remove(name string) error {
	s.Lock()
	defer s.Unlock()
	s.removed = append(s.removed, name)
	return nil
}

func (s *shelf) Sweep(dir string, keep func(string) bool) error {
	for name := range s.files {
		if strings.HasPrefix(name, dir+"/") && s.staged[name] == nil && !keep(name) {
			s.removed = append(s.removed, name)
		}
	}
	return nil
}

func (s *shelf) Publish() (int, error) {
	n := len(s.staged)
	for name, content := range s.staged {
		s.writes++
		s.files[name], s.stats[name] = content, start.Add(time.Duration(s.writes))
		if at, copied := s.times[name]; copied {
			s.stats[name] = at
		}
	}
	for _, name := range s.removed {
		delete(s.files, name)
	}
	return n, s.Discard()
}

func (s *shelf) Discard() error {
	clear(s.staged)
	s.removed = nil
	return nil
}

var start = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func seeds(texts map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text), ModTime: start.Add(-time.Hour)}
	}
	return files
}

// run builds once.
func run(t testing.TB, files fs.FS, out *shelf, now time.Time, change ...func(*Options)) (Report, error) {
	t.Helper()
	return runIn(t, files, out.state, out, now, change...)
}

func runIn(t testing.TB, files fs.FS, state string, out Store, now time.Time, change ...func(*Options)) (Report, error) {
	t.Helper()
	memory, err := ledger.Open(state)
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	o := options(now)
	for _, c := range change {
		c(&o)
	}
	return Build(context.Background(), o, files, memory, out)
}

func options(now time.Time) Options {
	return Options{
		Plan:    channel.Plan{Main: channel.Channel{Title: "Test", Base: "https://example.org/", Pages: true}, Rule: channel.Rule{Limit: 3, Window: time.Hour}},
		MaxSize: seed.DefaultMaxSize, Zone: time.UTC, Now: now, Clock: seed.Clock{Now: func() time.Time { return now }}}
}

func published(t testing.TB, out *shelf) syndication.Published {
	t.Helper()
	p, err := syndication.ReadAtom(out.files["atom.xml"])
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func titles(p syndication.Published) string {
	var list []string
	for _, e := range p.Entries {
		list = append(list, e.Article.Title)
	}
	return strings.Join(list, " / ")
}

func ids(p syndication.Published) map[string]string {
	m := map[string]string{}
	for _, e := range p.Entries {
		m[e.Article.Title] = e.Item.ID
	}
	return m
}

func TestAnOldArticleAddedTodayReachesSubscribersToday(t *testing.T) {
	texts := map[string]string{
		"a.txt": "Alpha rises\n\nPublished 1 March 2026\n\nThe first of the stories says this.",
		"b.txt": "Beta follows\n\nPublished 2 March 2026\n\nThe second of the stories says that.",
		"c.txt": "Gamma comes\n\nPublished 3 March 2026\n\nThe third of the stories says it all.",
	}
	out := newShelf(t)
	files := seeds(texts)
	if _, err := run(t, files, out, start); err != nil {
		t.Fatal(err)
	}
	files["old.txt"] = &fstest.MapFile{Data: []byte("Delta is from long ago\n\nPublished 5 May 2014\n\nA story from the cellar, found again."), ModTime: start.Add(time.Hour)}
	report, err := run(t, files, out, start.Add(2*time.Hour))
	if err != nil || report.New != 1 || report.Known != 3 {
		t.Fatalf("report %+v, %v; want 1 new, 3 known", report, err)
	}
	p := published(t, out)
	if got, want := titles(p), "Delta is from long ago / Gamma comes / Beta follows"; got != want {
		t.Errorf("the feed holds %q, want %q", got, want)
	}
	if got, want := p.Entries[0].Item.Published, time.Date(2014, 5, 5, 12, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("published %v, want %v", got, want)
	}
	before := string(out.files["atom.xml"])
	if report, err := run(t, files, out, start.Add(3*time.Hour)); err != nil || report.Written != 0 || string(out.files["atom.xml"]) != before {
		t.Errorf("a further run wrote %d files, %v", report.Written, err)
	}
}

func TestWhatIsUnreadableStaysAsItWas(t *testing.T) {
	files := seeds(map[string]string{
		"a.txt":     "Alpha rises\n\nA lead for it.\n\nAlpha rises\n\nThe first of the stories says <this> & that.\n\nSource: The Invented Post",
		"sub/b.txt": "Beta follows\n\nThe second of the stories says that.",
	})
	out := newShelf(t)
	if _, err := run(t, files, out, start); err != nil {
		t.Fatal(err)
	}
	before := maps.Clone(out.files)
	files["a.txt"].Data = []byte("a\x00b")
	files["sub"] = &fstest.MapFile{Mode: fs.ModeDir}
	report, err := run(t, unreadable{files, "sub"}, out, start.Add(time.Hour))
	if err != nil || len(report.Trouble) != 2 || report.Written != 0 {
		t.Errorf("report %+v, %v; want 2 unreadable and nothing written", report, err)
	}
	if !maps.EqualFunc(before, out.files, bytes.Equal) {
		t.Errorf("the store changed: %v, before %v", slices.Sorted(maps.Keys(out.files)), slices.Sorted(maps.Keys(before)))
	}
}

// unreadable is a file system with a folder that can't be read.
type unreadable struct {
	fstest.MapFS
	folder string
}

func (u unreadable) Open(name string) (fs.File, error) {
	if name == u.folder || strings.HasPrefix(name, u.folder+"/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.Open(name)
}

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.folder {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.ReadDir(name)
}

func TestSwappedFilesKeepTheirStories(t *testing.T) {
	files := seeds(map[string]string{
		"a.txt": "Alpha rises\n\nThe first of the stories says this and little else.",
		"b.txt": "Beta follows\n\nQuite another tale is told in the second one.",
	})
	out := newShelf(t)
	if _, err := run(t, files, out, start); err != nil {
		t.Fatal(err)
	}
	before := ids(published(t, out))
	files["a.txt"], files["b.txt"] = files["b.txt"], files["a.txt"]
	if _, err := run(t, files, out, start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if after := ids(published(t, out)); !maps.Equal(before, after) {
		t.Errorf("ids %v, before %v", after, before)
	}
}

func TestTheFeedSurvivesTheLossOfAtom(t *testing.T) {
	files := seeds(map[string]string{"a.txt": "Alpha rises\n\nPublished 1 March 2026\n\nThe first of the stories says this."})
	out := newShelf(t)
	if _, err := run(t, files, out, start); err != nil {
		t.Fatal(err)
	}
	before := ids(published(t, out))
	delete(out.files, "atom.xml")
	files["z.txt"] = &fstest.MapFile{Data: []byte("Omega ends it\n\nThe last of the stories has come."), ModTime: start}
	if _, err := run(t, files, out, start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	after := ids(published(t, out))
	if after["Alpha rises"] != before["Alpha rises"] || after["Omega ends it"] == "" {
		t.Errorf("ids %v, before %v", after, before)
	}
}

func TestNothingIsPublishedWithoutAnArticle(t *testing.T) {
	out := newShelf(t)
	if _, err := run(t, seeds(map[string]string{"a.txt": " \n"}), out, start); !errors.Is(err, ErrNoArticles) || len(out.files)+len(out.staged) > 0 {
		t.Errorf("Build = %v with %d files, want ErrNoArticles and none", err, len(out.files))
	}
}

func TestATextThatBreaksTheReaderCostsOnlyItself(t *testing.T) {
	files, out := seeds(map[string]string{"a.txt": "Alpha rises\n\nA story.", "b.txt": "broken"}), newShelf(t)
	broken := func(_, text string) (*article.Article, error) {
		if text == "broken" {
			panic("index out of range")
		}
		return article.Read(text)
	}
	report, err := run(t, files, out, start, func(o *Options) { o.Read = broken })
	if err != nil || report.New != 1 || len(report.Trouble) != 1 || !strings.Contains(report.Trouble[0].Reason, "index out of range") {
		t.Errorf("%+v, %v; want 1 new, and the reason", report, err)
	}
}

// counting is a file system that notes which seeds are opened.
type counting struct {
	fstest.MapFS
	mutex  sync.Mutex
	opened []string
}

func (c *counting) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".txt") {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.opened = append(c.opened, name)
	}
	return c.MapFS.Open(name)
}

func TestARunReadsWhatItHasTo(t *testing.T) {
	texts := map[string]string{}
	for i := range 9 {
		texts[fmt.Sprintf("%c/%d.txt", 'a'+i%3, i)] = fmt.Sprintf("Story %c of the nine\n\nPublished %d March 2025\n\nIt tells of number %d and of what became of it.", 'A'+i, i+1, i)
	}
	files, out, now := &counting{MapFS: seeds(texts)}, newShelf(t), start
	set := func(change func(*Options)) []func(*Options) { return []func(*Options){change} }
	var reader func(path string) int64
	for _, step := range []struct {
		name   string
		do     func()
		change []func(*Options)
		opened int
		writes int
	}{
		{"the first run reads all", nil, nil, 9, 17},
		{"a second one nothing", nil, nil, 0, 0},
		{"a touched one is read", func() { files.MapFS["b/4.txt"].ModTime = start.Add(-time.Minute) }, nil, 1, 0},
		{"one that changed is read, and those beside it in the archive", func() { files.MapFS["b/4.txt"].Data = []byte("Story E of the nine\n\nIt tells another tale now.") }, nil, 6, 8},
		{"a new title touches all pages, for which all are read but those of the feed", nil, set(func(o *Options) { o.Main.Title = "Another" }), 6, 17},
		{"a wider feed reads what it did not hold", nil, set(func(o *Options) { o.Main.Title, o.Rule.Limit = "Another", 5 }), 2, 4},
		{"a narrower one nothing", nil, set(func(o *Options) { o.Main.Title = "Another" }), 0, 4},
		{"a feed that was deleted by hand comes back, and no seed is read for it", func() { delete(out.files, "rss.xml") }, set(func(o *Options) { o.Main.Title = "Another" }), 0, 1},
		{"so does the index", func() { delete(out.files, "index.html") }, set(func(o *Options) { o.Main.Title = "Another" }), 0, 1},
		{"another way to read a folder reads that folder", func() {
			reader = func(path string) int64 { return int64(len(strings.TrimLeft(path, "b"))) }
		}, set(func(o *Options) { o.Main.Title = "Another" }), 9, 0},
		{"that is, only where it is another", func() {
			reader = func(path string) int64 {
				if strings.HasPrefix(path, "a/") {
					return 99
				}
				return int64(len(strings.TrimLeft(path, "b")))
			}
		}, set(func(o *Options) { o.Main.Title = "Another" }), 3, 0},
		{"a full run reads all, and writes nothing", nil, set(func(o *Options) { o.Main.Title, o.Full = "Another", true }), 9, 0},
		{"without pages there are none, and the archive links to none", nil, set(func(o *Options) { o.Main.Title, o.Main.Pages = "Another", false }), 6, 7},
		{"and with them they are made again", nil, set(func(o *Options) { o.Main.Title = "Another" }), 6, 16},
	} {
		if step.do != nil {
			step.do()
		}
		files.opened, out.writes, now = nil, 0, now.Add(time.Hour)
		change := append(step.change, func(o *Options) { o.Reader = reader })
		if _, err := run(t, files, out, now, change...); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if len(files.opened) != step.opened || out.writes != step.writes {
			t.Errorf("%s: %d files written and %d seeds opened, %v; want %d and %d", step.name, out.writes, len(files.opened), files.opened, step.writes, step.opened)
		}
	}
}

func TestAFileReadTooSoonIsLookedAtAgain(t *testing.T) {
	files, out := &counting{MapFS: seeds(map[string]string{"a.txt": "Alpha rises\n\nA story."})}, newShelf(t)
	files.MapFS["a.txt"].ModTime = start.Add(-time.Second)
	for i, opened := range []int{1, 1, 0} {
		files.opened = nil
		if _, err := run(t, files, out, start.Add(time.Duration(i)*time.Minute)); err != nil || len(files.opened) != opened {
			t.Errorf("run %d opened %v (%v), want %d files", i, files.opened, err, opened)
		}
	}
}

// TestAFailureLeavesAllAsItWas lets each of a store's calls fail in turn.
func TestAFailureLeavesAllAsItWas(t *testing.T) {
	files := seeds(map[string]string{"a.txt": "Alpha rises\n\nThe first of the stories.", "b.txt": "Beta follows\n\nThe second of the stories."})
	out := newShelf(t)
	if _, err := run(t, files, out, start); err != nil {
		t.Fatal(err)
	}
	before := maps.Clone(out.files)
	files["a.txt"].Data = []byte("Alpha rises\n\nThe first of the stories, told anew.")
	delete(files, "b.txt")
	now := start
	for fail := 0; ; fail++ {
		now = now.Add(time.Hour)
		full := &failing{shelf: out, left: fail}
		memory, err := ledger.Open(out.state)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Build(context.Background(), options(now), files, memory, full)
		if closing := memory.Close(); closing != nil {
			t.Fatal(closing)
		}
		if full.left >= 0 {
			if err != nil || fail < 8 {
				t.Errorf("after %d calls: %v", fail, err)
			}
			break
		}
		if !errors.Is(err, errFull) {
			t.Fatalf("call %d failed, and Build says %v", fail, err)
		}
		if !full.published && !maps.EqualFunc(before, out.files, bytes.Equal) {
			t.Fatalf("call %d failed, and the store changed", fail)
		}
	}
	if got := titles(published(t, out)); got != "Alpha rises" {
		t.Errorf("in the end the feed holds %q", got)
	}
}

var errFull = errors.New("no space left on device")

// failing is a store of which one call fails, after so many.
type failing struct {
	*shelf
	left      int
	published bool
}

func (f *failing) fails() bool {
	f.left--
	return f.left == -1
}

func (f *failing) Stat(name string) (fs.FileInfo, error) {
	if f.fails() {
		return nil, errFull
	}
	return f.shelf.Stat(name)
}

func (f *failing) Stage(name string, content []byte) (bool, error) {
	if f.fails() {
		return false, errFull
	}
	return f.shelf.Stage(name, content)
}

func (f *failing) Remove(name string) error {
	if f.fails() {
		return errFull
	}
	return f.shelf.Remove(name)
}

func (f *failing) Publish() (int, error) {
	if f.fails() {
		return 0, errFull
	}
	f.published = true
	return f.shelf.Publish()
}

func FuzzBuild(f *testing.F) {
	f.Add([]byte("Title\n\nBody of it."))
	f.Add([]byte("عنوان | سایت\n\n۱۴۰۱/۰۶/۱۶\n\nمتن <b>خبر</b> & ]]> \x01\ufffe"))
	f.Add([]byte("---\ntitle: Given\nid: x\ndate: 2026-03-04\n---\nBody of it."))
	f.Add([]byte("\xff\xfeT\x00i\x00t\x00l\x00e\x00"))
	f.Add([]byte("http://example.org/x\r\n<script>alert(1)</script>\r\nBy A B\u2028Source: X (https://x.example/?a=b&c)"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := fstest.MapFS{"a.txt": {Data: data, ModTime: start}}
		out := newShelf(t)
		report, err := run(t, files, out, start)
		if err != nil {
			if len(report.Trouble) == 1 && len(out.files) == 0 {
				return
			}
			t.Fatalf("Build: %v, %+v", err, report)
		}
		listing, err := seed.List(files, seed.DefaultMaxSize)
		if err != nil {
			t.Fatal(err)
		}
		if doc, err := seed.Read(files, listing.Files[0], seed.DefaultMaxSize); err == nil {
			a, err := article.Read(doc.Text)
			if err != nil {
				t.Fatalf("published, but not readable: %v", err)
			}
			want := strings.Join(strings.Fields(a.Title), " ")
			if report.Held == 1 {
				want = ""
			}
			if got := strings.Join(strings.Fields(titles(published(t, out))), " "); got != want && got != "\u200f"+want {
				t.Errorf("title %q, want %q", got, want)
			}
		}
		for _, name := range []string{"atom.xml", "rss.xml"} {
			for d := xml.NewDecoder(bytes.NewReader(out.files[name])); ; {
				if _, err := d.Token(); err != nil {
					if err.Error() != "EOF" {
						t.Errorf("%s: %v", name, err)
					}
					break
				}
			}
		}
		if again, err := run(t, files, out, start.Add(time.Hour)); err != nil || again.Written != 0 {
			t.Errorf("a second run wrote %d files: %v", again.Written, err)
		}
	})
}

func TestADraftIsHeldBackUntilItIsNone(t *testing.T) {
	files, out := map[string]string{"a.txt": "Alpha rises\n\nA story.", "b.txt": "---\ndraft: true\n---\nBeta waits\n\nA story of it."}, newShelf(t)
	report, err := run(t, seeds(files), out, start)
	if err != nil || report.New != 1 || report.Held != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	files["b.txt"] = "Beta waits\n\nA story of it."
	if report, err = run(t, seeds(files), out, start.Add(time.Hour)); err != nil || report.New+report.Known != 2 || report.Held != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestAFolderOfDraftsHasAnEmptyFeed(t *testing.T) {
	files, out := map[string]string{"a.txt": "Alpha rises\n\nA story."}, newShelf(t)
	if _, err := run(t, seeds(files), out, start); err != nil {
		t.Fatal(err)
	}
	files["a.txt"] = "---\ndraft: true\n---\nAlpha rises\n\nA story."
	report, err := run(t, seeds(files), out, start.Add(time.Hour))
	if err != nil || report.Held != 1 || strings.Contains(string(out.files["atom.xml"]), "Alpha") {
		t.Errorf("%+v, %v\n%s", report, err, out.files["atom.xml"])
	}
	if report, err = run(t, seeds(files), out, start.Add(2*time.Hour)); err != nil || report.Written != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	files["a.txt"] = "Alpha rises\n\nA story."
	if _, err = run(t, seeds(files), out, start.Add(3*time.Hour)); err != nil || !strings.Contains(string(out.files["atom.xml"]), "Alpha") {
		t.Errorf("%v\n%s", err, out.files["atom.xml"])
	}
}

func TestADateToComeHoldsAnArticleBackUntilThen(t *testing.T) {
	files := seeds(map[string]string{"a.txt": "Alpha rises\n\nA story.", "b.txt": "---\ndate: " + start.Add(48*time.Hour).Format("2006-01-02") + "\n---\nBeta waits\n\nA story of it."})
	out := newShelf(t)
	if report, err := run(t, files, out, start); err != nil || report.Held != 1 || strings.Contains(string(out.files["atom.xml"]), "Beta") {
		t.Fatalf("%+v, %v", report, err)
	}
	if report, err := run(t, files, out, start.Add(49*time.Hour)); err != nil || report.Held != 0 || !strings.Contains(string(out.files["atom.xml"]), "Beta") {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestAHeldSeedThatBreaksIsHeldNoMore(t *testing.T) {
	files := seeds(map[string]string{"a.txt": "Alpha rises\n\nA story.", "b.txt": "---\ndate: " + start.Add(48*time.Hour).Format("2006-01-02") + "\n---\nBeta waits\n\nA story of it."})
	out := newShelf(t)
	if report, err := run(t, files, out, start); err != nil || report.Held != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	files["b.txt"].Data = []byte("a\x00b")
	if report, err := run(t, files, out, start.Add(time.Hour)); err != nil || report.Held != 0 || len(report.Trouble) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	// Its day comes, and nothing of it is to be done.
	if report, err := run(t, files, out, start.Add(49*time.Hour)); err != nil || !report.Idle || len(report.Trouble) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestFrontMatterPinsIDAndDate(t *testing.T) {
	files, out := map[string]string{"a.txt": "---\nid: https://old.example/?p=7\ndate: 2020-01-02\n---\nAlpha rises\n\nA story."}, newShelf(t)
	if _, err := run(t, seeds(files), out, start); err != nil {
		t.Fatal(err)
	}
	atom := string(out.files["atom.xml"])
	if !strings.Contains(atom, "<id>https://old.example/?p=7</id>") || !strings.Contains(atom, "2020-01-02T12:00:00Z") {
		t.Error(atom)
	}
	// Moved, and nothing of its old text left: the id tells who it is, and the date moves.
	moved := map[string]string{"b/c.txt": "---\nid: https://old.example/?p=7\ndate: 2021-01-02\n---\nGamma falls\n\nQuite another story now.", "d.txt": "---\nid: https://old.example/?p=7\n---\nDelta\n\nAnother one."}
	report, err := run(t, seeds(moved), out, start.Add(time.Hour))
	if err != nil || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "d.txt: its id") {
		t.Fatalf("%+v, %v", report, err)
	}
	atom = string(out.files["atom.xml"])
	if strings.Count(atom, "<id>https://old.example/?p=7</id>") != 1 || !strings.Contains(atom, "Gamma falls") || !strings.Contains(atom, "<published>2021-01-02T12:00:00Z") {
		t.Error(atom)
	}
	// An id that is given later takes the item's place: page and date stay.
	moved["d.txt"] = "---\nid: https://old.example/?p=88\n---\nDelta\n\nAnother one."
	before := published(t, out)
	if report, err = run(t, seeds(moved), out, start.Add(2*time.Hour)); err != nil || report.New != 0 || len(report.Warnings) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	for i, e := range published(t, out).Entries {
		was := before.Entries[i].Item
		if e.Article.Title == "Delta" && (e.Item.ID != "https://old.example/?p=88" || e.Item.Page != was.Page || e.Item.Published != was.Published) {
			t.Errorf("%+v, before %+v", e.Item, was)
		}
	}
}

func TestABrokenFeedReplacesNoGoodOne(t *testing.T) {
	out := newShelf(t)
	texts := map[string]string{"a.txt": "Alpha rises\n\nThe first of the stories says this."}
	if _, err := run(t, seeds(texts), out, start); err != nil {
		t.Fatal(err)
	}
	before := maps.Clone(out.files)
	texts["b.txt"] = "Beta follows\n\nThe second of the stories says that."
	_, err := run(t, seeds(texts), out, start.Add(time.Hour), func(o *Options) { o.Main.Base = "/news/" })
	if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "atom.xml") && !strings.Contains(err.Error(), "rss.xml") && !strings.Contains(err.Error(), "feed.json") {
		t.Errorf("relative links everywhere: %v, want ErrBroken with the document", err)
	}
	if !maps.EqualFunc(before, out.files, bytes.Equal) {
		t.Error("something was published")
	}
	if r, err := run(t, seeds(texts), out, start.Add(2*time.Hour)); err != nil || r.New != 1 {
		t.Errorf("the run after it: %+v, %v; want one new", r.Census, err)
	}
}
