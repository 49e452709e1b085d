//go:build unix

package seed

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// openTemp is a real folder, read as the program does.
func openTemp(t testing.TB) (dir string, fsys fs.FS) {
	t.Helper()
	dir = t.TempDir()
	seeds, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { seeds.Close() })
	return dir, seeds.FS()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, path, content string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, []byte(content), 0o644))
}

func TestListFollowsLinksInsideOnly(t *testing.T) {
	outside := t.TempDir()
	put(t, filepath.Join(outside, "secret.txt"), "secret")

	for _, test := range []struct {
		name         string
		link, target string
		want         []string // behind "a.txt", which is always there
	}{
		{"a link to a file is that file under the link's path", "b.txt", "a.txt", []string{`"b.txt"`}},
		{"the link's name counts, not the file's", "b.txt", "news/notes", []string{`"b.txt"`}},
		{"a link to a seed that is not named like one is none", "b.md", "a.txt", nil},
		{"a link to a folder inside is passed over", "b", "news", nil},
		{"even if it is named like a seed", "b.txt", "news", nil},
		{"a link to the folder it stands in makes no loop", "news/b", "..", nil},
		{"a link out of the folder is unreadable", "b.txt", outside + "/secret.txt",
			[]string{`"b.txt" unreadable: a link that leads out of the folder`}},
		{"a relative one too", "b.txt", "../secret.txt",
			[]string{`"b.txt" unreadable: a link that leads out of the folder`}},
		{"a folder outside is an unreadable folder", "b", outside,
			[]string{`"b" unreadable folder: a link that leads out of the folder`}},
		{"a picture outside does not matter", "b.jpg", outside, nil},
		{"a broken link is unreadable", "b.txt", "nothing.txt",
			[]string{`"b.txt" unreadable: a link to nothing`}},
		{"a broken link that is no seed does not matter", "b", "nothing", nil},
		{"a link to itself can't be followed", "b.txt", "b.txt",
			[]string{`"b.txt" unreadable: a link that can't be followed: ` + syscall.ELOOP.Error()}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, fsys := openTemp(t)
			put(t, filepath.Join(dir, "a.txt"), "a")
			put(t, filepath.Join(dir, "news/notes"), "a")
			must(t, os.Symlink(test.target, filepath.Join(dir, test.link)))

			listing, err := List(fsys, DefaultMaxSize)
			want := lines(`"a.txt"`) + lines(test.want...)
			if got := show(listing); err != nil || got != want {
				t.Errorf("List = %v\n%swant\n%s", err, got, want)
			}
		})
	}
}

func TestListNeverOpensAPipe(t *testing.T) {
	dir, fsys := openTemp(t)
	must(t, syscall.Mkfifo(filepath.Join(dir, "a.txt"), 0o644))
	must(t, os.Symlink("a.txt", filepath.Join(dir, "b.txt")))

	listing, err := List(fsys, DefaultMaxSize)
	want := lines(`"a.txt" unreadable: a named pipe, not a file`, `"b.txt" unreadable: a named pipe, not a file`)
	if got := show(listing); err != nil || got != want {
		t.Errorf("List = %v\n%swant\n%s", err, got, want)
	}
}

// Any fs.FS shows the same as the one that List knows its way about: here that
// of an os.Root.
func TestListIsTheSameThroughAnyFS(t *testing.T) {
	dir, fsys := openTemp(t)
	for i := range 300 { // more than one looks at
		put(t, filepath.Join(dir, fmt.Sprintf("many/%d.txt", i)), "a")
	}
	for _, name := range []string{
		"2024/a.txt", "2024-01/b.txt", "2024.txt", "2024!/c.txt", "2024/x/y/z.txt", "2024/x.txt",
		"e\u0301/a.txt", "\u00e9/a.txt", "f/a.txt", "a.txt", "a.mp3", ".hidden/a.txt", "~$a.txt", "a.md",
		"closed/a.txt", "large.txt",
	} {
		put(t, filepath.Join(dir, name), "a")
	}
	put(t, filepath.Join(dir, "large.txt"), "abc")
	must(t, os.Chtimes(filepath.Join(dir, "a.txt"), longAgo, longAgo.Add(123456789)))
	must(t, syscall.Mkfifo(filepath.Join(dir, "f/pipe.txt"), 0o644))
	for name, target := range map[string]string{"f/in.txt": "../a.txt", "f/out.txt": "/etc/passwd", "f/out": "/etc", "f/in": "../2024", "f/a.mp3": "../a.mp3"} {
		must(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	must(t, os.Chmod(filepath.Join(dir, "closed"), 0))
	defer os.Chmod(filepath.Join(dir, "closed"), 0o755)
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()

	got, err := List(fsys, 2)
	must(t, err)
	want, err := List(root.FS(), 2)
	must(t, err)
	if !slices.IsSortedFunc(got.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) }) {
		t.Errorf("not in the order of the paths:\n%s", show(got))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("List =\n%swant\n%s", show(got), show(want))
	}
}

func TestReadNeverOpensAPipeThatTookAFilesPlace(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "a.txt"), "a")
	listing, err := List(fsys, DefaultMaxSize)
	must(t, err)
	must(t, os.Remove(filepath.Join(dir, "a.txt")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "a.txt"), 0o644))

	_, err = Read(fsys, listing.Files[0], DefaultMaxSize)
	if err == nil || err.Error() != "a named pipe, not a file" {
		t.Errorf("Read = %v, want a named pipe, not a file", err)
	}
}

func TestListTellsNamesThatAreNotUTF8(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "a.txt"), "a")
	if err := os.WriteFile(filepath.Join(dir, "caf\xe9.txt"), nil, 0o644); err != nil {
		t.Skip("this file system takes only UTF-8:", err)
	}
	put(t, filepath.Join(dir, "\xe9\xe8/b.txt"), "b")
	put(t, filepath.Join(dir, "\xe9.jpg"), "c")

	listing, err := List(fsys, DefaultMaxSize)
	want := lines(`"a.txt"`, `"caf�.txt" unreadable: a name that is not UTF-8`, `"�" unreadable folder: a name that is not UTF-8`)
	if got := show(listing); err != nil || got != want {
		t.Errorf("List = %v\n%swant\n%s", err, got, want)
	}
}

func TestListFollowsMediaLinksInsideOnly(t *testing.T) {
	outside := t.TempDir()
	put(t, filepath.Join(outside, "song.mp3"), "secret")

	for _, test := range []struct {
		name, link, target, want string
	}{
		{"a link to a file is that file", "a.mp3", "news/song", `"a.txt" "a.mp3"`},
		{"a link out of the folder is left out", "a.mp3", outside + "/song.mp3", `"a.txt"`},
		{"a relative one too", "a.mp3", "../song.mp3", `"a.txt"`},
		{"a link to nothing is left out", "a.mp3", "nothing.mp3", `"a.txt"`},
		{"a link to itself is left out", "a.mp3", "a.mp3", `"a.txt"`},
		{"a link to a folder is left out", "a.mp3", "news", `"a.txt"`},
		{"a link to a pipe is left out", "a.mp3", "pipe", `"a.txt"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, fsys := openTemp(t)
			put(t, filepath.Join(dir, "a.txt"), "a")
			put(t, filepath.Join(dir, "news/song"), "song")
			must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644))
			must(t, os.Symlink(test.target, filepath.Join(dir, test.link)))

			listing, err := List(fsys, DefaultMaxSize)
			if got := showMedia(listing); err != nil || got != lines(test.want) || len(listing.Unreadable) > 0 {
				t.Errorf("List = %v, unreadable %v\n%swant\n%s", err, listing.Unreadable, got, test.want)
			}
		})
	}
}

func TestListLeavesOutMediaWithNamesThatAreNotUTF8(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "caf\uFFFD.txt"), "a")
	if err := os.WriteFile(filepath.Join(dir, "caf\xe9.mp3"), []byte("m"), 0o644); err != nil {
		t.Skip("this file system takes only UTF-8:", err)
	}
	listing, err := List(fsys, DefaultMaxSize)
	if got, want := showMedia(listing), lines("\"caf\uFFFD.txt\""); err != nil || got != want {
		t.Errorf("List = %v\n%swant\n%s", err, got, want)
	}
}

func TestOpenMediaNeverOpensAPipe(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "a.txt"), "a")
	put(t, filepath.Join(dir, "a.mp3"), "song")
	listing, err := List(fsys, DefaultMaxSize)
	must(t, err)
	must(t, os.Remove(filepath.Join(dir, "a.mp3")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "a.mp3"), 0o644))

	_, err = OpenMedia(fsys, listing.Files[0].Media[0])
	if err == nil || err.Error() != "a named pipe, not a file" {
		t.Errorf("OpenMedia = %v, want a named pipe, not a file", err)
	}
}

func TestReadOpensAFileByItsRawName(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "cafe\u0301.txt"), "Nachts um drei")
	listing, err := List(fsys, DefaultMaxSize)
	must(t, err)
	doc, err := Read(fsys, listing.Files[0], DefaultMaxSize)
	if err != nil || doc.Path != "caf\u00e9.txt" || doc.Text != "Nachts um drei" {
		t.Errorf("Read = %+v, %v", doc, err)
	}
}

func TestReadTellsWhatAFolderWillNotOpen(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "large.txt"), "Rain fell..")
	must(t, os.Mkdir(filepath.Join(dir, "folder.txt"), 0o755))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o644))
	socket, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	must(t, err)
	defer syscall.Close(socket)
	t.Chdir(dir) // a socket's name may not be long
	must(t, syscall.Bind(socket, &syscall.SockaddrUnix{Name: "socket.txt"}))

	for name, want := range map[string]string{
		"none.txt":   "no such file or directory",
		"large.txt":  "11 bytes, more than the 10 bytes a seed may have",
		"folder.txt": "a folder, not a file",
		"pipe.txt":   "a named pipe, not a file",
		"socket.txt": "a socket, not a file",
	} {
		if _, err := Read(fsys, fileAt(name), 10); err == nil || err.Error() != want {
			t.Errorf("Read(%s) = %v, want %s", name, err, want)
		}
	}
}

func BenchmarkReadFromDisk(b *testing.B) {
	dir, fsys := openTemp(b)
	put(b, filepath.Join(dir, "00/a.txt"), strings.ToValidUTF8(strings.Repeat(persian, 1+4096/len(persian))[:4096], ""))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(fsys, fileAt("00/a.txt"), DefaultMaxSize); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkList(b *testing.B) {
	dir, fsys := openTemp(b)
	const files = 10_000
	for i := range files {
		put(b, filepath.Join(dir, fmt.Sprintf("%02d/%05d.txt", i%100, i)), "a")
	}
	for b.Loop() {
		listing, err := List(fsys, DefaultMaxSize)
		if err != nil || len(listing.Files) != files {
			b.Fatal(err, len(listing.Files))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/files, "µs/file")
}

func TestSettleLooksAgain(t *testing.T) {
	dir, fsys := openTemp(t)
	put(t, filepath.Join(dir, "a.txt"), "half")
	now := time.Now().Truncate(time.Second)
	must(t, os.Chtimes(filepath.Join(dir, "a.txt"), now, now))
	listing, err := List(fsys, DefaultMaxSize)
	must(t, err)

	clock := &fakeClock{now: now}
	clock.during = func() { put(t, filepath.Join(dir, "a.txt"), "the whole") }
	files := Settle(t.Context(), fsys, listing.Files, 2*time.Second, clock.Clock())
	if len(files) != 1 || files[0].Size != int64(len("the whole")) || listing.Files[0].Size != int64(len("half")) {
		t.Errorf("Settle = %v, want the new size, and the old list as it was", files)
	}
}
