package seed

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// showMedia writes a listing as a test's table does: a line a file with the
// names of its media behind it.
func showMedia(l Listing) string {
	var b strings.Builder
	for _, f := range l.Files {
		fmt.Fprintf(&b, "%q", f.Path)
		for _, m := range f.Media {
			fmt.Fprintf(&b, " %+q", m.name)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestListFindsMedia(t *testing.T) {
	for _, test := range []struct {
		name string
		fsys fs.FS
		want string
	}{
		{
			"a file of the same name belongs to the seed beside it",
			fstest.MapFS{"a.txt": text("a"), "a.mp3": text("m"), "b.txt": text("b"), "ab.mp3": text("m"), "b2.jpg": text("m"), "a b.jpg": text("m")},
			lines(`"a.txt" "a.mp3"`, `"b.txt"`),
		},
		{
			"one that belongs to no seed is nobody's",
			fstest.MapFS{"a.mp3": text("m"), "b/c.txt": text("c"), "b/a.mp3": text("m"), "c.mp3": text("m")},
			lines(`"b/c.txt"`),
		},
		{
			"in a folder below the top too",
			fstest.MapFS{"a/b.txt": text("b"), "a/b.pdf": text("m"), "a/c/b.pdf": text("m"), "a/c/d.txt": text("d"), "a/c/d.pdf": text("m")},
			lines(`"a/b.txt" "a/b.pdf"`, `"a/c/d.txt" "a/c/d.pdf"`),
		},
		{
			"they stand in the order of their endings",
			fstest.MapFS{"a.txt": text("a"), "a.png": text("m"), "a.MP3": text("m"), "a.jpg": text("m"), "a.JPEG": text("m"), "a.epub": text("m")},
			lines(`"a.txt" "a.epub" "a.JPEG" "a.jpg" "a.MP3" "a.png"`),
		},
		{
			"of two endings that differ only in case the first by bytes wins",
			fstest.MapFS{"a.txt": text("a"), "a.mp3": text("m"), "a.Mp3": text("m"), "a.MP3": text("m")},
			lines(`"a.txt" "a.MP3"`),
		},
		{
			"unless there is nothing in it",
			fstest.MapFS{"a.txt": text("a"), "a.mp3": text("m"), "a.MP3": text("")},
			lines(`"a.txt" "a.mp3"`),
		},
		{
			"the name counts in its case, the seed's ending does not",
			fstest.MapFS{"a.TXT": text("a"), "a.mp3": text("m"), "A.png": text("m")},
			lines(`"a.TXT" "a.mp3"`),
		},
		{
			"two seeds of one name have the same media",
			fstest.MapFS{"a.TXT": text("a"), "a.txt": text("b"), "a.mp3": text("m"), "a.MP3": text("m"), "a.png": text("m")},
			lines(`"a.TXT" "a.MP3" "a.png"`, `"a.txt" "a.MP3" "a.png"`),
		},
		{
			"only the last ending is one",
			fstest.MapFS{"a.txt": text("a"), "a.mp3.txt": text("b"), "a.mp3": text("m"), "a.mp3.mp3": text("m"), "a.txt.mp3": text("m")},
			lines(`"a.mp3.txt" "a.mp3.mp3"`, `"a.txt" "a.mp3"`),
		},
		{
			"names are compared in NFC",
			fstest.MapFS{"cafe\u0301.txt": text("a"), "caf\u00e9.mp3": text("m"), "\u00e9/e\u0301.txt": text("b"), "\u00e9/e\u0301.png": text("m")},
			lines(`"café.txt" "caf\u00e9.mp3"`, `"é/é.txt" "\u00e9/e\u0301.png"`),
		},
		{
			"two that are one in NFC are one",
			fstest.MapFS{"e\u0301.txt": text("a"), "\u00e9.mp3": text("m"), "e\u0301.mp3": text("m")},
			lines(`"é.txt" "e\u0301.mp3"`),
		},
		{
			"what has no name but its ending is hidden, and so is what begins with a dot",
			fstest.MapFS{".txt": text("a"), ".mp3": text("m"), "b.txt": text("b"), ".b.mp3": text("m"), "~$b.mp3": text("m")},
			lines(`"b.txt"`),
		},
		{
			"other endings are none",
			fstest.MapFS{"a.txt": text("a"), "a.svg": text("m"), "a.html": text("m"), "a.mp3~": text("m"), "a.mp3.part": text("m"), "a": text("m"), "amp3": text("m")},
			lines(`"a.txt"`),
		},
		{
			"an empty file is half an upload",
			fstest.MapFS{"a.txt": text("a"), "a.mp3": text("")},
			lines(`"a.txt"`),
		},
		{
			"a folder of such a name is a folder",
			fstest.MapFS{"a.txt": text("a"), "a.mp3/b.txt": text("b"), "a.mp3/b.mp3": text("m")},
			lines(`"a.mp3/b.txt" "a.mp3/b.mp3"`, `"a.txt"`),
		},
		{
			"what is no regular file is left out and holds nothing back",
			fstest.MapFS{
				"a.txt": text("a"), "a.mp3": {Mode: fs.ModeNamedPipe, Data: []byte("m")}, "a.png": {Mode: fs.ModeDevice, Data: []byte("m")},
				"a.jpg": text("m"),
			},
			lines(`"a.txt" "a.jpg"`),
		},
		{
			"a link that can't be followed is left out",
			faultyFS{
				fstest.MapFS{"a.txt": text("a"), "a.mp3": {Data: []byte("b.mp3"), Mode: fs.ModeSymlink}, "b.mp3": text("m")},
				map[string]error{"a.mp3": fs.ErrPermission},
			},
			lines(`"a.txt"`),
		},
		{
			"a link to a regular file is that file",
			fstest.MapFS{"a.txt": text("a"), "a.mp3": {Data: []byte("b"), Mode: fs.ModeSymlink}, "b": text("m")},
			lines(`"a.txt" "a.mp3"`),
		},
		{
			"none is opened",
			faultyFS{fstest.MapFS{"a.txt": text("a"), "a.mp3": text("m")}, map[string]error{"a.mp3": errOpened}},
			lines(`"a.txt" "a.mp3"`),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			listing, err := List(test.fsys, 1024)
			if got := showMedia(listing); err != nil || got != test.want || len(listing.Unreadable) > 0 {
				t.Errorf("List = %v, unreadable %v\n%swant\n%s", err, listing.Unreadable, got, test.want)
			}
		})
	}
}

// A recording is longer than any seed.
func TestListHasNoLimitForMedia(t *testing.T) {
	fsys := fstest.MapFS{"a.txt": text("a"), "a.mp3": text(strings.Repeat("m", 2000))}
	listing, err := List(fsys, 1024)
	if err != nil || len(listing.Files) != 1 || len(listing.Files[0].Media) != 1 {
		t.Fatalf("List = %v, %v, want one file with its media", listing, err)
	}
	m := listing.Files[0].Media[0]
	if m.Ending != ".mp3" || m.Type != "audio/mpeg" || m.Size != 2000 || !m.ModTime.Equal(longAgo) {
		t.Errorf("List finds %+v", m)
	}
	doc, err := Read(fsys, listing.Files[0], 1024)
	if err != nil || len(doc.Media) != 1 {
		t.Errorf("Read = %+v, %v, want it with its media", doc, err)
	}
}

// asked counts how often a file's folder is asked for what it knows of it.
type asked struct {
	fstest.MapFS
	infos, stats int
}

func (a *asked) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := a.MapFS.ReadDir(name)
	for i, e := range entries {
		entries[i] = askedEntry{e, a}
	}
	return entries, err
}

func (a *asked) Stat(name string) (fs.FileInfo, error) {
	a.stats++
	return a.MapFS.Stat(name)
}

type askedEntry struct {
	fs.DirEntry
	by *asked
}

func (e askedEntry) Info() (fs.FileInfo, error) {
	e.by.infos++
	return e.DirEntry.Info()
}

func TestListAsksNoMoreThanItMust(t *testing.T) {
	for _, test := range []struct {
		name  string
		fsys  fstest.MapFS
		infos int
	}{
		{"once for a seed", fstest.MapFS{"a.txt": text("a"), "b/c.txt": text("c"), "b/notes": text("d")}, 2},
		{"once for a file that belongs to one", fstest.MapFS{"a.txt": text("a"), "a.mp3": text("m"), "a.jpg": text("m")}, 3},
		{"never for others", fstest.MapFS{"a.mp3": text("m"), "b/c.mp3": text("m"), "b/a.txt": text("a")}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := &asked{MapFS: test.fsys}
			if _, err := List(fsys, 1024); err != nil {
				t.Fatal(err)
			}
			if fsys.infos != test.infos || fsys.stats != 0 {
				t.Errorf("List asked %d times and looked %d times itself, want %d and 0", fsys.infos, fsys.stats, test.infos)
			}
		})
	}
}

func TestMediaPrint(t *testing.T) {
	song := Media{Ending: ".mp3", Type: "audio/mpeg", State: State{Size: 5, ModTime: longAgo}, name: "a.mp3"}
	with := func(change func(*Media)) File {
		m := song
		change(&m)
		return File{Media: []Media{m}}
	}
	same := with(func(m *Media) {
		m.name, m.ModTime, m.Changed = "moved/b.MP3", longAgo.In(time.FixedZone("", 3600)), time.Now()
	})
	print := File{Media: []Media{song}}.MediaPrint()
	if got := same.MediaPrint(); got != print {
		t.Errorf("MediaPrint of the same elsewhere = %d, want %d", got, print)
	}
	// The ledger remembers it, so it may not become another by an upgrade.
	if want := int64(-57331705614081547); print != want {
		t.Errorf("MediaPrint = %d, want %d for good", print, want)
	}

	seen := map[int64]string{print: "as it was"}
	for name, f := range map[string]File{
		"none":                   {},
		"another ending":         with(func(m *Media) { m.Ending = ".m4a" }),
		"another size":           with(func(m *Media) { m.Size++ }),
		"another time":           with(func(m *Media) { m.ModTime = m.ModTime.Add(time.Second) }),
		"a time hardly another":  with(func(m *Media) { m.ModTime = m.ModTime.Add(time.Nanosecond) }),
		"twice":                  {Media: []Media{song, song}},
		"a time before all time": with(func(m *Media) { m.ModTime = time.Time{} }),
	} {
		got := f.MediaPrint()
		if before, ok := seen[got]; ok {
			t.Errorf("MediaPrint of %q = %d, as of %q", name, got, before)
		}
		if seen[got] = name; (got == 0) != (name == "none") {
			t.Errorf("MediaPrint of %q = %d", name, got)
		}
	}
}

func TestOpenMedia(t *testing.T) {
	song := Media{Ending: ".mp3", name: "a.mp3"}
	for _, test := range []struct {
		name string
		fsys fs.FS
		want string // the reason, or none
	}{
		{"a recording", fstest.MapFS{"a.mp3": text("song")}, ""},
		{"a folder in its place", fstest.MapFS{"a.mp3/b.mp3": text("m")}, "a folder, not a file"},
		{"a pipe in its place", faultyFS{fstest.MapFS{"a.mp3": {Mode: fs.ModeNamedPipe}}, nil}, "a named pipe, not a file"},
		{"a file that may not be read", faultyFS{fstest.MapFS{"a.mp3": text("m")}, map[string]error{"a.mp3": fs.ErrPermission}}, "permission denied"},
		{"a file that is gone", fstest.MapFS{}, "file does not exist"},
		{"a pipe that took its place after it was looked at", swapped{fstest.MapFS{"a.mp3": text("song")}}, "a named pipe, not a file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file, err := OpenMedia(test.fsys, song)
			if test.want != "" {
				if file != nil || err == nil || err.Error() != test.want {
					t.Errorf("OpenMedia = %v, %v, want %q", file, err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			if content, err := io.ReadAll(file); err != nil || string(content) != "song" {
				t.Errorf("it reads as %q, %v", content, err)
			}
		})
	}
	if _, err := OpenMedia(fstest.MapFS{}, song); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("OpenMedia = %v, want not exist", err)
	}
}

// swapped has a pipe in the place of each file as soon as that is opened.
type swapped struct{ fstest.MapFS }

func (s swapped) Open(name string) (fs.File, error) {
	return fstest.MapFS{name: {Mode: fs.ModeNamedPipe}}.Open(name)
}

func (s swapped) Stat(name string) (fs.FileInfo, error) { return s.MapFS.Stat(name) }

func TestSettleWaitsForMedia(t *testing.T) {
	const quiet = 2 * time.Second
	song := func(s string, age time.Duration) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(s), ModTime: longAgo.Add(-age)}
	}
	for _, test := range []struct {
		name  string
		age   time.Duration
		after *fstest.MapFile // what stands there when the wait is over; nil: nothing
		slept time.Duration
		want  string // sizes
	}{
		{"old media are not waited for", quiet, nil, 0, "4"},
		{"young ones are, and looked at again", time.Second, song("longer song", time.Hour), time.Second, "11"},
		{"one that went away goes, the seed stays", time.Second, nil, time.Second, ""},
		{"one that was begun anew goes", time.Second, song("", time.Hour), time.Second, ""},
		{"one that became a folder goes", time.Second, &fstest.MapFile{Mode: fs.ModeDir}, time.Second, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := fstest.MapFS{"a.txt": {Data: []byte("a"), ModTime: longAgo.Add(-time.Hour)}, "a.mp3": song("song", test.age)}
			listing, err := List(fsys, 1024)
			if err != nil {
				t.Fatal(err)
			}
			clock := &fakeClock{now: longAgo}
			clock.during = func() {
				if delete(fsys, "a.mp3"); test.after != nil {
					fsys["a.mp3"] = test.after
				}
			}
			files := Settle(t.Context(), fsys, listing.Files, quiet, clock.Clock())
			var sizes []string
			for _, m := range files[0].Media {
				sizes = append(sizes, fmt.Sprint(m.Size))
			}
			if got, slept := strings.Join(sizes, " "), clock.now.Sub(longAgo); len(files) != 1 || got != test.want || slept != test.slept {
				t.Errorf("Settle slept %v and returned %v with media of %q bytes, want %v and %q", slept, files, got, test.slept, test.want)
			}
			if before := listing.Files[0].Media; len(before) != 1 || before[0].Size != 4 {
				t.Errorf("Settle changed the list that it was given: %v", before)
			}
		})
	}
}
