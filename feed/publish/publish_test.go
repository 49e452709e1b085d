package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

func page(text string) string {
	return `<!doctype html><meta name="generator" content="seedfeed"><p>` + text
}

func atom(text string) string {
	return `<feed><generator uri="https://example.org/">seedfeed</generator><title>` + text + `</title></feed>`
}

// tree is a folder as a test's table writes it: names and contents.
type tree map[string]string

func (tr tree) plant(t testing.TB, dir string) {
	t.Helper()
	for name, content := range tr {
		place := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(place), 0o755))
		must(t, os.WriteFile(place, []byte(content), 0o644))
	}
}

// show lists all that stands in dir: "name: content", folders as "name/".
func show(t testing.TB, dir string) string {
	t.Helper()
	var lines []string
	must(t, filepath.WalkDir(dir, func(place string, e fs.DirEntry, err error) error {
		if err != nil || place == dir {
			return err
		}
		name, _ := filepath.Rel(dir, place)
		if e.IsDir() {
			lines = append(lines, name+"/")
			return nil
		}
		content, err := os.ReadFile(place)
		lines = append(lines, name+": "+string(content))
		return err
	}))
	return strings.Join(lines, "\n")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := Open(dir)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func has(f *Folder, name string) bool {
	_, err := f.Stat(name)
	return err == nil
}

func stage(t testing.TB, f *Folder, name, content string) (changed bool) {
	t.Helper()
	changed, err := f.Stage(name, []byte(content))
	must(t, err)
	return changed
}

func publish(t testing.TB, f *Folder) (written int) {
	t.Helper()
	written, err := f.Publish()
	must(t, err)
	return written
}

func TestPublish(t *testing.T) {
	for _, test := range []struct {
		name    string
		before  tree
		staged  tree
		written int
		after   tree
	}{
		{"nothing staged changes nothing", tree{"a.html": "theirs"}, nil, 0, tree{"a.html": "theirs"}},
		{"a new document appears", nil, tree{"atom.xml": "a", "articles/b.html": "b"}, 2, tree{"atom.xml": "a", "articles/b.html": "b"}},
		{"ours is replaced", tree{"atom.xml": atom("old"), "a/b.html": page("old")}, tree{"atom.xml": "new", "a/b.html": "new"}, 2, tree{"atom.xml": "new", "a/b.html": "new"}},
		{"a mark without attributes is one too", tree{"rss.xml": "<generator>seedfeed</generator>"}, tree{"rss.xml": "new"}, 1, tree{"rss.xml": "new"}},
		{"OPML is told by a comment", tree{"opml.xml": "<opml><!-- seedfeed -->old</opml>"}, tree{"opml.xml": "new"}, 1, tree{"opml.xml": "new"}},
		{"JSON Feed by its extension", tree{"feed.json": `{"version":"1.1","_seedfeed":{"a":1}}`}, tree{"feed.json": "new"}, 1, tree{"feed.json": "new"}},
		{"however it is indented", tree{"feed.json": "{\n  \"_seedfeed\": {}}"}, tree{"feed.json": "new"}, 1, tree{"feed.json": "new"}},
		{"the same is not written again", tree{"atom.xml": atom("a"), "b.html": page("old")}, tree{"atom.xml": atom("a"), "b.html": page("new")}, 1, tree{"atom.xml": atom("a"), "b.html": page("new")}},
		{"the same may stand there without a mark", tree{"style.css": "p {}"}, tree{"style.css": "p {}"}, 0, tree{"style.css": "p {}"}},
		{"an empty file is what a power cut left", tree{"a.html": ""}, tree{"a.html": "new"}, 1, tree{"a.html": "new"}},
		{"other files are not touched", tree{".gitignore": "*", "CNAME": "example.org"}, tree{"a.html": "a"}, 1, tree{".gitignore": "*", "CNAME": "example.org", "a.html": "a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, want := t.TempDir(), t.TempDir()
			test.before.plant(t, dir)
			test.after.plant(t, want)
			f := open(t, dir)
			for name, content := range test.staged {
				stage(t, f, name, content)
			}
			if written := publish(t, f); written != test.written {
				t.Errorf("Publish wrote %d files, want %d", written, test.written)
			}
			if got, want := show(t, dir), show(t, want); got != want {
				t.Errorf("there stands\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestNothingAppearsBeforePublish(t *testing.T) {
	dir := t.TempDir()
	tree{"a.html": page("old")}.plant(t, dir)
	f := open(t, dir)
	if !stage(t, f, "a.html", page("new")) || !stage(t, f, "b.html", "b") {
		t.Error("Stage reports no change")
	}
	if content, err := f.Read("a.html"); err != nil || string(content) != page("old") || has(f, "b.html") {
		t.Errorf("Read = %q, %v; Has = %v", content, err, has(f, "b.html"))
	}
	if written := publish(t, f); written != 2 || !has(f, "b.html") {
		t.Errorf("Publish wrote %d", written)
	}
}

func TestStageLeavesWhatIsNotOurs(t *testing.T) {
	outside := t.TempDir()
	tree{"secret.xml": atom("secret")}.plant(t, outside)
	late := strings.Repeat(" ", markWithin) + page("")

	for _, test := range []struct {
		name, doc string
		before    func(t *testing.T, dir string)
	}{
		{"a file without the mark", "index.html", func(t *testing.T, dir string) { tree{"index.html": "<p>mine"}.plant(t, dir) }},
		{"another program's feed", "atom.xml", func(t *testing.T, dir string) {
			tree{"atom.xml": "<generator>other</generator>seedfeed"}.plant(t, dir)
		}},
		{"a feed's mark in a page", "a.html", func(t *testing.T, dir string) { tree{"a.html": atom("a")}.plant(t, dir) }},
		{"a JSON Feed that only quotes the mark", "feed.json", func(t *testing.T, dir string) {
			tree{"feed.json": `{"content_text":"\"_seedfeed\":{"}`}.plant(t, dir)
		}},
		{"a JSON Feed that names us otherwise", "feed.json", func(t *testing.T, dir string) { tree{"feed.json": `{"_seedfeed":true}`}.plant(t, dir) }},
		{"a page with the mark of OPML", "a.html", func(t *testing.T, dir string) { tree{"a.html": "<!-- seedfeed -->"}.plant(t, dir) }},
		{"a mark far down, as in a quotation", "a.html", func(t *testing.T, dir string) { tree{"a.html": late}.plant(t, dir) }},
		{"a kind that has no mark", "style.css", func(t *testing.T, dir string) { tree{"style.css": page("")}.plant(t, dir) }},
		{"a folder", "atom.xml", func(t *testing.T, dir string) { tree{"atom.xml/a": "a"}.plant(t, dir) }},
		{"a link to a file of ours", "atom.xml", func(t *testing.T, dir string) {
			tree{"rss.xml": atom("a")}.plant(t, dir)
			must(t, os.Symlink("rss.xml", filepath.Join(dir, "atom.xml")))
		}},
		{"a link out of the folder", "atom.xml", func(t *testing.T, dir string) {
			must(t, os.Symlink(filepath.Join(outside, "secret.xml"), filepath.Join(dir, "atom.xml")))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			test.before(t, dir)
			before := show(t, dir)
			f := open(t, dir)
			changed, err := f.Stage(test.doc, []byte(page("new")))
			var foreign *ForeignError
			if changed || !errors.As(err, &foreign) || foreign.Name != test.doc {
				t.Errorf("Stage = %v, %v, want a ForeignError", changed, err)
			}
			if written := publish(t, f); written != 0 || show(t, dir) != before {
				t.Errorf("Publish wrote %d, there stands\n%s\nwant\n%s", written, show(t, dir), before)
			}
		})
	}
}

func TestNoNameLeadsOut(t *testing.T) {
	outside := t.TempDir()
	tree{"ours.html": page("")}.plant(t, outside)
	dir := t.TempDir()
	must(t, os.Symlink(outside, filepath.Join(dir, "articles")))
	f := open(t, dir)
	for _, name := range []string{"../a.html", "/a.html", "a/../../b.html", "articles/a.html", "articles/b/c.html", "", "."} {
		if changed, err := f.Stage(name, []byte("a")); changed || err == nil {
			t.Errorf("Stage(%q) = %v, %v, want an error", name, changed, err)
		}
		if content, err := f.Read(name); err == nil {
			t.Errorf("Read(%q) = %q, want an error", name, content)
		}
	}
	if err := f.Sweep("articles", func(string) bool { return false }); err == nil {
		t.Error("Sweep follows a link out of the folder")
	}
	publish(t, f)
	if got := show(t, outside); got != "ours.html: "+page("") {
		t.Errorf("outside stands\n%s", got)
	}
}

func TestWhatIsUnchangedIsNotWritten(t *testing.T) {
	dir := t.TempDir()
	long := atom(strings.Repeat("a", 3*markWithin))
	tree{"atom.xml": long, "a/b.html": page("b")}.plant(t, dir)
	before := stats(t, dir, "atom.xml", "a/b.html", "a", ".")

	f := open(t, dir)
	if stage(t, f, "atom.xml", long) || stage(t, f, "a/b.html", page("b")) {
		t.Error("Stage reports a change")
	}
	if written := publish(t, f); written != 0 {
		t.Errorf("Publish wrote %d files", written)
	}
	for i, after := range stats(t, dir, "atom.xml", "a/b.html", "a", ".") {
		if !os.SameFile(before[i], after) || !after.ModTime().Equal(before[i].ModTime()) {
			t.Errorf("%q was written", after.Name())
		}
	}
}

func stats(t *testing.T, dir string, names ...string) (infos []fs.FileInfo) {
	t.Helper()
	for _, name := range names {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		infos = append(infos, info)
	}
	return infos
}

func TestStageSeesAChangeAnywhere(t *testing.T) {
	old := atom(strings.Repeat("a", 3*markWithin))
	for _, at := range []int{100, markWithin - 1, markWithin, 2*markWithin + 1, len(old) - 1} {
		dir := t.TempDir()
		tree{"atom.xml": old}.plant(t, dir)
		if changed := stage(t, open(t, dir), "atom.xml", old[:at]+"b"+old[at+1:]); !changed {
			t.Errorf("Stage sees no change at %d", at)
		}
	}
}

func TestStageTwiceKeepsTheSecond(t *testing.T) {
	dir := t.TempDir()
	tree{"a.html": page("a"), "b.html": page("b")}.plant(t, dir)
	f := open(t, dir)
	stage(t, f, "a.html", page("new"))
	stage(t, f, "a.html", page("newer"))
	stage(t, f, "b.html", page("new"))
	stage(t, f, "b.html", page("b"))
	written := publish(t, f)
	if got, want := show(t, dir), "a.html: "+page("newer")+"\nb.html: "+page("b"); written != 1 || got != want {
		t.Errorf("Publish wrote %d, there stands\n%s\nwant\n%s", written, got, want)
	}
}

func TestStageFromSeveralGoroutines(t *testing.T) {
	dir := t.TempDir()
	want := tree{}
	tree{"old/a.html": page("old"), "old/gone.html": page("")}.plant(t, dir)
	f := open(t, dir)
	const folders = mostPlaces + 20
	var group errgroup.Group
	for worker := range 8 {
		for i := range folders {
			want[fmt.Sprintf("new/%d/%d.html", i, worker)] = page("new")
			want[fmt.Sprintf("media/%d/%d.mp3", worker, i)] = "song"
		}
		want[fmt.Sprintf("old/%d.html", worker)] = page("new")
		group.Go(func() error {
			var errs []error
			for i := range folders {
				_, err := f.Stage(fmt.Sprintf("new/%d/%d.html", i, worker), []byte(page("new")))
				_, err2 := f.StageFile(fmt.Sprintf("media/%d/%d.mp3", worker, i), 4, recorded, tapeOf("song").open)
				errs = append(errs, err, err2)
			}
			name := fmt.Sprintf("old/%d.html", worker)
			f.Own(name)
			_, err := f.Stage(name, []byte(page("new")))
			_, err2 := f.Read("old/a.html")
			_, err3 := f.Stat("new")
			return errors.Join(append(errs, err, err2, err3)...)
		})
	}
	group.Go(func() error { return f.Remove("old/gone.html") })
	must(t, group.Wait())
	if len(f.places) > mostPlaces+8 {
		t.Errorf("%d folders are held open", len(f.places))
	}
	if written := publish(t, f); written != len(want) {
		t.Errorf("Publish wrote %d, want %d", written, len(want))
	}
	want["old/a.html"] = page("old")
	expected := t.TempDir()
	want.plant(t, expected)
	if got, want := show(t, dir), show(t, expected); got != want {
		t.Errorf("there stands\n%s\nwant\n%s", got, want)
	}
	if len(f.places) > 0 {
		t.Errorf("%d folders are still open", len(f.places))
	}
}

func TestAFeedThatCannotBeSyncedChangesNothing(t *testing.T) {
	dir := t.TempDir()
	tree{"articles/a.html": page("old")}.plant(t, dir)
	before := show(t, dir)
	f := open(t, dir)
	stage(t, f, "articles/a.html", page("new"))
	stage(t, f, "atom.xml", atom("new"))
	must(t, os.Remove(filepath.Join(dir, f.staged["atom.xml"])))
	if written, err := f.Publish(); written != 0 || err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "atom.xml")) {
		t.Errorf("Publish = %d, %v, want an error that names atom.xml", written, err)
	}
	if got := show(t, dir); got != before {
		t.Errorf("there stands\n%s\nwant\n%s", got, before)
	}
}

func TestInOrder(t *testing.T) {
	want := []string{
		// what feeds link to
		"archive/0001.atom.xml", "archive/0001.json", "archive/atom.xml", "articles/atom.xml", "articles/index.html", "articles/z.html",
		"feeds/query/rain/archive/0001.rss.xml", "feeds/query/rain/z.html", "feeds/tag/index.html", "media/index.html", "media/z.mp3", "style.css",
		// the feeds
		"atom.xml", "feed.json", "feeds/query/rain/atom.xml", "feeds/query/rain/rss.xml", "feeds/tag/archive/feed.json", "rss.xml",
		// what links to them
		"feeds/query/rain/index.html", "feeds/tag/archive/index.html", "index.html", "opml.xml",
	}
	names := slices.Clone(want)
	slices.Reverse(names)
	slices.SortFunc(names, inOrder)
	if !slices.Equal(names, want) {
		t.Errorf("inOrder gives %q, want %q", names, want)
	}
}

func TestPublishThatFailsHalfWayLeavesWholeFiles(t *testing.T) {
	dir := t.TempDir()
	tree{"atom.xml": atom("old"), "index.html": page("old")}.plant(t, dir)
	f := open(t, dir)
	stage(t, f, "articles/a.html", "a")
	stage(t, f, "atom.xml", atom("new"))
	stage(t, f, "index.html", page("new"))
	stage(t, f, "later/z.html", "z")
	tree{"later/z.html/in the way": ""}.plant(t, dir)

	written, err := f.Publish()
	if written != 1 || err == nil || !strings.Contains(err.Error(), filepath.Join("later", "z.html")) {
		t.Errorf("Publish = %d, %v, want 1 file and an error about later/z.html", written, err)
	}
	want := strings.Join([]string{"articles/", "articles/a.html: a", "atom.xml: " + atom("old"), "index.html: " + page("old"),
		"later/", "later/z.html/", "later/z.html/in the way: "}, "\n")
	if got := show(t, dir); got != want {
		t.Errorf("there stands\n%s\nwant\n%s", got, want)
	}
}

func TestDiscardRestores(t *testing.T) {
	for _, test := range []struct {
		name   string
		out    string
		before tree
	}{
		{"a folder with documents", ".", tree{"atom.xml": atom("old"), "articles/a.html": page("old"), ".gitignore": "*"}},
		{"an empty folder", ".", nil},
		{"no folder", "out", nil},
		{"no folder, nor the one above it", "public/feeds/out", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			test.before.plant(t, dir)
			before := show(t, dir)
			f := open(t, filepath.Join(dir, test.out))
			stage(t, f, "atom.xml", atom("new"))
			stage(t, f, "articles/a.html", page("new"))
			stage(t, f, "feeds/tag/rain/atom.xml", atom("new"))
			must(t, f.Sweep(".", func(string) bool { return false }))
			must(t, f.Discard())
			if got := show(t, dir); got != before {
				t.Errorf("there stands\n%s\nwant\n%s", got, before)
			}
			if written := publish(t, f); written != 0 || show(t, dir) != before {
				t.Errorf("Publish after it wrote %d", written)
			}

			stage(t, f, "atom.xml", atom("newer"))
			if written := publish(t, f); written != 1 || !has(f, "atom.xml") {
				t.Errorf("the folder can't be used again: wrote %d", written)
			}
		})
	}
}

func TestCloseDiscards(t *testing.T) {
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "out"))
	stage(t, f, "a/b.html", "b")
	must(t, f.Close())
	if got := show(t, dir); got != "" {
		t.Errorf("there stands\n%s", got)
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	tree{
		"atom.xml": atom(""), "articles/keep.html": page(""), "articles/go.html": page(""), "articles/mine.html": "mine",
		"articles/2024/go.html": page(""), "articles/2024/05/go.html": page(""), "articles/2025/go.html": page(""),
		"articles/2025/.gitkeep": "", "articles/staged.html": page("old"),
	}.plant(t, dir)
	f := open(t, dir)
	stage(t, f, "articles/staged.html", page("new"))
	must(t, f.Sweep("articles", func(name string) bool { return name == "articles/keep.html" }))
	must(t, f.Sweep("nothing", func(string) bool { return false }))
	before := strings.Contains(show(t, dir), "go.html")

	written := publish(t, f)
	want := strings.Join([]string{"articles/", "articles/2025/", "articles/2025/.gitkeep: ", "articles/keep.html: " + page(""),
		"articles/mine.html: mine", "articles/staged.html: " + page("new"), "atom.xml: " + atom("")}, "\n")
	if got := show(t, dir); !before || written != 1 || got != want {
		t.Errorf("Publish wrote %d, there stands\n%s\nwant\n%s", written, got, want)
	}
}

func TestSweepDoesNotAskForWhatIsStaged(t *testing.T) {
	f := open(t, t.TempDir())
	stage(t, f, "articles/a.html", "a")
	must(t, f.Sweep("articles", func(name string) bool {
		t.Errorf("it asks whether to keep %q", name)
		return false
	}))
	publish(t, f)
}

func TestSweepRemovesAFolderThatItEmpties(t *testing.T) {
	dir := t.TempDir()
	tree{"articles/a.html": page("")}.plant(t, dir)
	f := open(t, dir)
	must(t, f.Sweep("articles", func(string) bool { return false }))
	publish(t, f)
	if got := show(t, dir); got != "" {
		t.Errorf("there stands\n%s", got)
	}
	if stage(t, f, "articles/b.html", "b"); publish(t, f) != 1 {
		t.Error("the folder can't be made again")
	}
}

func TestLeftoversAreSwept(t *testing.T) {
	dir := t.TempDir()
	left, deep, theirs, page := ".seedfeed-A.tmp", "a/b/.seedfeed-B.tmp", "a/.other-C.tmp", "a/d.html"
	tree{left: "", deep: "", theirs: "", page: ""}.plant(t, dir)
	must(t, open(t, dir).SweepLeftovers())
	want := strings.Join([]string{"a/", theirs + ": ", "a/b/", page + ": "}, "\n")
	if got := show(t, dir); got != want {
		t.Errorf("there stands\n%s\nwant\n%s", got, want)
	}
}

func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "out")
	first, err := Acquire(dir)
	must(t, err)
	var held *HeldError
	if _, err := Acquire(dir); !errors.As(err, &held) || held.Process != 0 {
		t.Errorf("a second run gets %v, want that another is under way", err)
	}
	since := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	must(t, first.Sign(since))
	if _, err := Acquire(dir); !errors.As(err, &held) || held.Process != os.Getpid() || !held.Since.Equal(since) {
		t.Errorf("a second run gets %v, want process %d since %v", err, os.Getpid(), since)
	}
	if first.Died() {
		t.Error("nobody died")
	}
	must(t, first.Release())
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folders made for the lock alone are still there: %v", err)
	}
}

func TestALockOfADeadRunDoesNotBlock(t *testing.T) {
	dir := t.TempDir()
	tree{LockName: "4711 2026-03-04T12:00:00Z\n"}.plant(t, dir)
	l, err := Acquire(dir)
	must(t, err)
	if !l.Died() {
		t.Error("the death of the run before goes unseen")
	}
	must(t, l.Release())
	if l, err = Acquire(dir); err != nil || l.Died() {
		t.Errorf("Acquire = %v; it should have been settled", err)
	}
	must(t, l.Release())
}

func TestALinkInTheLocksPlaceIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	tree{"theirs": "precious"}.plant(t, dir)
	must(t, os.Symlink("theirs", filepath.Join(dir, LockName)))
	var foreign *ForeignError
	if _, err := Acquire(dir); !errors.As(err, &foreign) {
		t.Errorf("Acquire = %v, want a ForeignError", err)
	}
}

func TestReadWhatIsNotThere(t *testing.T) {
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "out")} {
		if _, err := open(t, dir).Read("atom.xml"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Read = %v, want not exist", err)
		}
	}
}

func TestErrorsNameTheFileAndKeepTheirCause(t *testing.T) {
	dir := t.TempDir()
	tree{"articles": "a file in the place of a folder"}.plant(t, dir)
	long := "articles2/" + strings.Repeat("a", 300) + ".html"
	for _, name := range []string{"articles/a.html", long} {
		f := open(t, dir)
		_, err := f.Stage(name, []byte("a"))
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("write %q: ", filepath.Join(dir, name))) {
			t.Errorf("Stage = %v, want an error that names %q", err, name)
		}
		if publish(t, f); show(t, dir) != "articles: a file in the place of a folder" {
			t.Errorf("something remains of it:\n%s", show(t, dir))
		}
	}
	if _, err := Open(filepath.Join(dir, "articles")); err == nil {
		t.Error("Open takes a file for a folder")
	}
}

func TestAReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o555))
	for _, out := range []string{dir, filepath.Join(dir, "out")} {
		f := open(t, out)
		if _, err := f.Stage("articles/a.html", []byte("a")); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("Stage = %v, want permission denied", err)
		}
		must(t, f.Discard())
	}
	if got := show(t, dir); got != "" {
		t.Errorf("there stands\n%s", got)
	}
}

func BenchmarkStageNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		f := open(b, b.TempDir())
		stagePages(b, f)
		must(b, f.Close())
	}
}

func BenchmarkStageUnchanged(b *testing.B) {
	f := open(b, b.TempDir())
	stagePages(b, f)
	publish(b, f)
	b.ReportAllocs()
	for b.Loop() {
		stagePages(b, f)
	}
}

// BenchmarkPublishFeeds stages and publishes 1000 documents of an archive, of 100 KB each.
func BenchmarkPublishFeeds(b *testing.B) {
	content := []byte(atom(strings.Repeat("Rain fell. ", 9000)))
	b.ReportAllocs()
	for b.Loop() {
		f := open(b, b.TempDir())
		for i := range 1000 {
			if _, err := f.Stage(fmt.Sprintf("archive/%04d.atom.xml", i), content); err != nil {
				b.Fatal(err)
			}
		}
		publish(b, f)
	}
}

// BenchmarkPublishNew stages and publishes 1000 new pages.
func BenchmarkPublishNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		f := open(b, b.TempDir())
		stagePages(b, f)
		publish(b, f)
	}
}

// stagePages stages 1000 pages of 8 KB.
func stagePages(b *testing.B, f *Folder) {
	content := []byte(page(strings.Repeat("Rain fell. ", 750)))
	for i := range 1000 {
		if _, err := f.Stage(fmt.Sprintf("articles/%04d.html", i), content); err != nil {
			b.Fatal(err)
		}
	}
}
