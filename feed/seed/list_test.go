package seed

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
)

var longAgo = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s), ModTime: longAgo} }

// faultyFS answers for some names with an error instead of what stands there.
type faultyFS struct {
	fstest.MapFS
	faults map[string]error
}

func (f faultyFS) fault(op, name string) error {
	if err := f.faults[name]; err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

func (f faultyFS) Open(name string) (fs.File, error) {
	if err := f.fault("open", name); err != nil {
		return nil, err
	}
	return f.MapFS.Open(name)
}

func (f faultyFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.fault("readdir", name); err != nil {
		return nil, err
	}
	return f.MapFS.ReadDir(name)
}

func (f faultyFS) Stat(name string) (fs.FileInfo, error) {
	if err := f.fault("stat", name); err != nil {
		return nil, err
	}
	return f.MapFS.Stat(name)
}

// show writes a listing as a test's table does: a line a file, with the reason
// behind those that can't be read.
func show(l Listing) string {
	var b strings.Builder
	for _, f := range l.Files {
		fmt.Fprintf(&b, "%q\n", f.Path)
	}
	for _, u := range l.Unreadable {
		what := "unreadable"
		if u.Dir {
			what = "unreadable folder"
		}
		fmt.Fprintf(&b, "%q %s: %v\n", u.Path, what, u.Err)
	}
	return b.String()
}

func lines(s ...string) string {
	if len(s) == 0 {
		return ""
	}
	return strings.Join(s, "\n") + "\n"
}

func TestList(t *testing.T) {
	for _, test := range []struct {
		name string
		fsys fs.FS
		want string
	}{
		{"an empty folder has no seeds", fstest.MapFS{}, ""},
		{
			"seeds stand at any depth and in the order of their paths' bytes",
			fstest.MapFS{"b.txt": text("b"), "a/z.txt": text("z"), "a.txt": text("a"), "a/b/c.txt": text("c"), "B.txt": text("B")},
			lines(`"B.txt"`, `"a.txt"`, `"a/b/c.txt"`, `"a/z.txt"`, `"b.txt"`),
		},
		{
			"the ending counts in any case",
			fstest.MapFS{"a.TXT": text("a"), "b.Txt": text("b"), "c.text": text("c"), "txt": text("d"), "e.txt.gz": text("e")},
			lines(`"a.TXT"`, `"b.Txt"`),
		},
		{
			"hidden files and all in hidden folders are passed over",
			fstest.MapFS{".a.txt": text("a"), ".git/b.txt": text("b"), "c/.d/e.txt": text("e"), ".txt": text("f")},
			"",
		},
		{
			"what an editor leaves is no seed",
			fstest.MapFS{"a.txt~": text("a"), "#a.txt#": text("a"), ".a.txt.swp": text("a"), ".#a.txt": text("a"), "~$a.txt": text("a")},
			"",
		},
		{
			"a folder that is named like a seed is a folder",
			fstest.MapFS{"a.txt/b.txt": text("b")},
			lines(`"a.txt/b.txt"`),
		},
		{
			"an empty file is listed: only reading tells",
			fstest.MapFS{"a.txt": text("")},
			lines(`"a.txt"`),
		},
		{
			"a file over the limit is unreadable and tells both sizes",
			fstest.MapFS{"a.txt": text(strings.Repeat("a", 1024)), "b.txt": text(strings.Repeat("a", 1025))},
			lines(`"a.txt"`, `"b.txt" unreadable: 1.1 KiB, more than the 1 KiB a seed may have`),
		},
		{
			"line breaks and control characters in a name are part of it",
			fstest.MapFS{"a\nb\x1b.txt": text("a")},
			lines(`"a\nb\x1b.txt"`),
		},
		{
			"a name in NFD is known by its NFC",
			fstest.MapFS{"cafe\u0301/e\u0301.txt": text("a")},
			lines(`"café/é.txt"`),
		},
		{
			"of two names that are one in NFC the second is unreadable",
			fstest.MapFS{"e\u0301.txt": text("a"), "\u00e9.txt": text("b")},
			lines(`"é.txt"`, `"é.txt" unreadable: same name as another file in another Unicode form`),
		},
		{
			"a pipe, a socket and a device are not opened",
			faultyFS{
				fstest.MapFS{
					"a.txt": {Mode: fs.ModeNamedPipe}, "b.txt": {Mode: fs.ModeSocket},
					"c.txt": {Mode: fs.ModeDevice | fs.ModeCharDevice}, "d": {Mode: fs.ModeNamedPipe},
				},
				map[string]error{"a.txt": errOpened, "b.txt": errOpened, "c.txt": errOpened},
			},
			lines(
				`"a.txt" unreadable: a named pipe, not a file`,
				`"b.txt" unreadable: a socket, not a file`,
				`"c.txt" unreadable: a device, not a file`,
			),
		},
		{
			"a folder that can't be read costs only itself",
			faultyFS{
				fstest.MapFS{"a.txt": text("a"), "b/c.txt": text("c"), "d/e.txt": text("e")},
				map[string]error{"b": fs.ErrPermission},
			},
			lines(`"a.txt"`, `"d/e.txt"`, `"b" unreadable folder: permission denied`),
		},
		{
			"a folder that went away meanwhile is not mentioned",
			faultyFS{
				fstest.MapFS{"a.txt": text("a"), "b/c.txt": text("c")},
				map[string]error{"b": fs.ErrNotExist},
			},
			lines(`"a.txt"`),
		},
		{
			"a link that can't be followed tells why",
			faultyFS{
				fstest.MapFS{"a.txt": {Data: []byte("b"), Mode: fs.ModeSymlink}, "b": text("b")},
				map[string]error{"a.txt": syscall.ELOOP},
			},
			lines(`"a.txt" unreadable: a link that can't be followed: ` + syscall.ELOOP.Error()),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			listing, err := List(test.fsys, 1024)
			if got := show(listing); err != nil || got != test.want {
				t.Errorf("List = %v\n%swant\n%s", err, got, test.want)
			}
		})
	}
}

var errOpened = errors.New("was opened")

func TestListFailsWithoutItsTop(t *testing.T) {
	_, err := List(faultyFS{faults: map[string]error{".": fs.ErrPermission}}, 1024)
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("List = %v, want permission denied", err)
	}
}

func TestListKeepsTheReasonsIdentity(t *testing.T) {
	fsys := faultyFS{fstest.MapFS{"b/c.txt": text("c")}, map[string]error{"b": fs.ErrPermission}}
	listing, err := List(fsys, 1024)
	if err != nil || len(listing.Unreadable) != 1 || !errors.Is(listing.Unreadable[0].Err, fs.ErrPermission) {
		t.Errorf("List = %v, %v, want one folder with permission denied", listing, err)
	}
}

func TestBytesInWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 bytes", 1023: "1023 bytes", 1024: "1 KiB", 1025: "1.1 KiB", 1536: "1.5 KiB",
		8 << 20: "8 MiB", 8<<20 + 1: "8.1 MiB", 3 << 30: "3 GiB",
	} {
		if got := bytesInWords(n); got != want {
			t.Errorf("bytesInWords(%d) = %q, want %q", n, got, want)
		}
	}
}
