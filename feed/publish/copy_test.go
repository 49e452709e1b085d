package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

var recorded = time.Date(2026, 3, 4, 5, 6, 7, 891_234_567, time.UTC)

// tape is a file to be copied; it tells whether it was opened and closed.
type tape struct {
	io.Reader
	opened, closed int
}

func tapeOf(content string) *tape { return &tape{Reader: strings.NewReader(content)} }

func (t *tape) open() (io.ReadCloser, error) {
	t.opened++
	return t, nil
}

func (t *tape) Close() error {
	t.closed++
	return nil
}

func plantAt(t *testing.T, dir, name, content string, at time.Time) {
	t.Helper()
	tree{name: content}.plant(t, dir)
	must(t, os.Chtimes(filepath.Join(dir, name), at, at))
}

func TestStageFile(t *testing.T) {
	const name = "media/a.mp3"
	for _, test := range []struct {
		name    string
		before  func(t *testing.T, dir string)
		own     bool
		changed bool
		foreign bool
		after   string
	}{
		{"a new file is copied", func(*testing.T, string) {}, false, true, false, "song"},
		{"one of the same size and time is left", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded) }, false, false, false, "tune"},
		{"though it were ours", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded) }, true, false, false, "tune"},
		{"and where time counts in seconds", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded.Truncate(time.Second)) }, true, false, false, "tune"},
		{"or in two", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded.Truncate(2*time.Second)) }, true, false, false, "tune"},
		{"ours of another time is replaced", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded.Add(time.Minute)) }, true, true, false, "song"},
		{"even within a second", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded.Add(time.Millisecond)) }, true, true, false, "song"},
		{"ours of another size is replaced", func(t *testing.T, dir string) { plantAt(t, dir, name, "tunes", recorded) }, true, true, false, "song"},
		{"theirs of another time stays", func(t *testing.T, dir string) { plantAt(t, dir, name, "tune", recorded.Add(time.Minute)) }, false, false, true, "tune"},
		{"theirs of another size stays", func(t *testing.T, dir string) { plantAt(t, dir, name, "tunes", recorded) }, false, false, true, "tunes"},
		{"our mark does not make it ours", func(t *testing.T, dir string) { plantAt(t, dir, name, page(""), recorded) }, false, false, true, page("")},
		{"an empty file is what a power cut left", func(t *testing.T, dir string) { plantAt(t, dir, name, "", recorded) }, false, true, false, "song"},
		{"a link stays even if it is ours", func(t *testing.T, dir string) {
			plantAt(t, dir, "other", "tune", recorded)
			must(t, os.Mkdir(filepath.Join(dir, "media"), 0o755))
			must(t, os.Symlink("../other", filepath.Join(dir, name)))
		}, true, false, true, "tune"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			test.before(t, dir)
			f, tape := open(t, dir), tapeOf("song")
			if test.own {
				f.Own(name)
			}
			changed, err := f.StageFile(name, 4, recorded, tape.open)
			var foreign *ForeignError
			if changed != test.changed || errors.As(err, &foreign) != test.foreign || err != nil && !test.foreign {
				t.Fatalf("StageFile = %v, %v, want %v and a ForeignError: %v", changed, err, test.changed, test.foreign)
			}
			if opened := tape.opened == 1; opened != test.changed || tape.closed != tape.opened {
				t.Errorf("the source was opened %d and closed %d times, want it opened: %v", tape.opened, tape.closed, test.changed)
			}
			if written := publish(t, f); (written == 1) != test.changed {
				t.Errorf("Publish wrote %d files", written)
			}
			content, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil || string(content) != test.after {
				t.Errorf("there stands %q, %v, want %q", content, err, test.after)
			}
		})
	}
}

func TestACopyHasItsSourcesTimeAndIsNotMadeTwice(t *testing.T) {
	dir := t.TempDir()
	f, tape := open(t, filepath.Join(dir, "out")), tapeOf("song")
	stage(t, f, "a.html", "a")
	if changed, err := f.StageFile("media/2026/a.mp3", 4, recorded, tape.open); !changed || err != nil || has(f, "media/2026/a.mp3") {
		t.Fatalf("StageFile = %v, %v; it stands there: %v", changed, err, has(f, "media/2026/a.mp3"))
	}
	publish(t, f)
	info, err := f.Stat("media/2026/a.mp3")
	must(t, err)
	page, err := f.Stat("a.html")
	must(t, err)
	if !isTimeOf(info.ModTime(), recorded) || info.Mode() != page.Mode() {
		t.Errorf("the copy is of %v with %v, want %v and a page's %v", info.ModTime(), info.Mode(), recorded, page.Mode())
	}
	if changed, err := f.StageFile("media/2026/a.mp3", 4, recorded, tape.open); changed || err != nil || tape.opened != 1 {
		t.Errorf("StageFile = %v, %v after %d openings; it should have been left", changed, err, tape.opened)
	}
}

func TestStageFileNoticesAChangedSource(t *testing.T) {
	errTorn := errors.New("the tape is torn")
	for _, test := range []struct {
		name string
		open func() (io.ReadCloser, error)
		want error
	}{
		{"shorter", tapeOf("son").open, nil},
		{"longer", tapeOf("songs").open, nil},
		{"without end", (&tape{Reader: endless{}}).open, nil},
		{"that can't be opened", func() (io.ReadCloser, error) { return nil, fs.ErrPermission }, fs.ErrPermission},
		{"that can't be read to its end", (&tape{Reader: io.MultiReader(strings.NewReader("so"), iotest.ErrReader(errTorn))}).open, errTorn},
	} {
		t.Run("a source "+test.name, func(t *testing.T) {
			dir := t.TempDir()
			plantAt(t, dir, "media/b.mp3", "tune", recorded)
			before := show(t, dir)
			f := open(t, dir)
			f.Own("media/b.mp3")
			for _, name := range []string{"media/b.mp3", "media/new/a.mp3"} {
				changed, err := f.StageFile(name, 4, recorded.Add(time.Hour), test.open)
				if changed || !errors.Is(err, ErrChanged) || test.want != nil && !errors.Is(err, test.want) || !strings.Contains(err.Error(), filepath.Join(dir, name)) {
					t.Errorf("StageFile = %v, %v, want ErrChanged for %q", changed, err, name)
				}
			}
			if written := publish(t, f); written != 0 || show(t, dir) != before {
				t.Errorf("Publish wrote %d, there stands\n%s\nwant\n%s", written, show(t, dir), before)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestWhatIsWrongWithOutIsNotTheSourcesFault(t *testing.T) {
	dir := t.TempDir()
	tree{"media": "a file in the place of a folder"}.plant(t, dir)
	_, err := open(t, dir).StageFile("media/a.mp3", 4, recorded, tapeOf("song").open)
	if err == nil || errors.Is(err, ErrChanged) {
		t.Errorf("StageFile = %v, want another error than ErrChanged", err)
	}
	for _, name := range []string{"../a.mp3", "/a.mp3", "a/../../b.mp3", "", "."} {
		if changed, err := open(t, dir).StageFile(name, 4, recorded, tapeOf("song").open); changed || err == nil {
			t.Errorf("StageFile(%q) = %v, %v, want an error", name, changed, err)
		}
	}
}

func TestACopyIsNotHeldInMemory(t *testing.T) {
	const size = 8 << 20
	src := &modest{}
	tape := &tape{Reader: io.LimitReader(src, size)}
	if _, err := open(t, t.TempDir()).StageFile("a.mp4", size, recorded, tape.open); err != nil || src.most > size/64 {
		t.Errorf("StageFile = %v; it reads %d bytes at once of %d", err, src.most, size)
	}
}

// modest is endless and tells the most that was ever asked of it at once.
type modest struct {
	endless
	most int
}

func (m *modest) Read(p []byte) (int, error) {
	m.most = max(m.most, len(p))
	return m.endless.Read(p)
}

func TestStagedTwiceTheSecondCopyStands(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	for _, song := range []string{"song", "tune"} {
		_, err := f.StageFile("a.mp3", 4, recorded, tapeOf(song).open)
		must(t, err)
	}
	if written := publish(t, f); written != 1 || show(t, dir) != "a.mp3: tune" {
		t.Errorf("Publish wrote %d, there stands\n%s", written, show(t, dir))
	}
}

func TestIsTimeOf(t *testing.T) {
	for _, test := range []struct {
		name  string
		there time.Time
		want  bool
	}{
		{"the same in another zone", recorded.In(time.FixedZone("", 3600)), true},
		{"to 100 ns", recorded.Truncate(100 * time.Nanosecond), true},
		{"to the second", recorded.Truncate(time.Second), true},
		{"to two seconds", recorded.Truncate(2 * time.Second), true},
		{"a nanosecond off", recorded.Add(1), false},
		{"the next second", recorded.Truncate(time.Second).Add(time.Second), false},
		{"to the minute", recorded.Truncate(time.Minute), false},
	} {
		if got := isTimeOf(test.there, recorded); got != test.want {
			t.Errorf("%s: isTimeOf(%v, %v) = %v, want %v", test.name, test.there, recorded, got, test.want)
		}
	}
}

func TestRemoveTakesWhatIsOwned(t *testing.T) {
	dir := t.TempDir()
	tree{"media/ours.mp3": "song", "media/theirs.mp3": "tune", "media/ours/b.jpg": "picture", "gone/page.html": page("")}.plant(t, dir)
	f := open(t, dir)
	f.Own("media/ours.mp3")
	f.Own("media/ours/b.jpg")
	f.Own("media/never.mp3")
	for _, name := range []string{"media/ours.mp3", "media/theirs.mp3", "media/ours/b.jpg", "media/never.mp3", "gone/page.html"} {
		must(t, f.Remove(name))
	}
	if !has(f, "media/ours.mp3") {
		t.Error("Remove does not wait for Publish")
	}
	publish(t, f)
	if got, want := show(t, dir), "media/\nmedia/theirs.mp3: tune"; got != want {
		t.Errorf("there stands\n%s\nwant\n%s", got, want)
	}
}

func TestNames(t *testing.T) {
	dir := t.TempDir()
	tree{"a/b": "", "a-b": "", "a/c/d.mp3": "", "a/.hidden": "", "b.html": "", LockName: "", "a/.seedfeed-X.tmp": ""}.plant(t, dir)
	must(t, os.Symlink("b.html", filepath.Join(dir, "a/link.html")))
	must(t, os.Mkdir(filepath.Join(dir, "empty"), 0o755))
	f := open(t, dir)
	stage(t, f, "a/staged.html", "a")
	for _, test := range []struct {
		name string
		f    *Folder
		dir  string
		want []string
	}{
		{"of all", f, ".", []string{"a-b", "a/.hidden", "a/b", "a/c/d.mp3", "b.html"}},
		{"of a folder", f, "a", []string{"a/.hidden", "a/b", "a/c/d.mp3"}},
		{"of a folder below it", f, "a/c", []string{"a/c/d.mp3"}},
		{"of an empty folder", f, "empty", nil},
		{"of a folder that is not there", f, "nothing", nil},
		{"of a file", f, "b.html", nil},
		{"where there is no out/", open(t, filepath.Join(dir, "out")), ".", nil},
	} {
		if got, err := test.f.Names(test.dir); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: Names(%q) = %q, %v, want %q", test.name, test.dir, got, err, test.want)
		}
	}
	must(t, os.Symlink(t.TempDir(), filepath.Join(dir, "out")))
	if names, err := f.Names("out"); err == nil {
		t.Errorf("Names follows a link out of the folder: %q", names)
	}
}
