package seed

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func fileAt(name string) File { return File{Path: name, name: name} }

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name string
		fsys fs.FS
		want string // the reason, or none
	}{
		{"a text", fstest.MapFS{"a.txt": text("Rain")}, ""},
		{"a text of the greatest size", fstest.MapFS{"a.txt": text("Rain fell.")}, ""},
		{"an empty file", fstest.MapFS{"a.txt": text("")}, "empty"},
		{"a file that grew over the limit since it was listed", fstest.MapFS{"a.txt": text("Rain fell..")},
			"11 bytes, more than the 10 bytes a seed may have"},
		{"a file that is longer than it says", liar{fstest.MapFS{"a.txt": text(strings.Repeat("a", 50))}},
			"11 bytes, more than the 10 bytes a seed may have"},
		{"a folder in its place", fstest.MapFS{"a.txt/b.txt": text("b")}, "a folder, not a file"},
		{"a file that may not be read", faultyFS{fstest.MapFS{"a.txt": text("Rain")}, map[string]error{"a.txt": fs.ErrPermission}}, "permission denied"},
		{"a file that is gone", fstest.MapFS{}, "file does not exist"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Read(test.fsys, fileAt("a.txt"), 10)
			if test.want != "" {
				if err == nil || err.Error() != test.want {
					t.Errorf("Read = %v, want %q", err, test.want)
				}
				return
			}
			if err != nil || !strings.HasPrefix(doc.Text, "Rain") || doc.Path != "a.txt" || !doc.ModTime.Equal(longAgo) {
				t.Errorf("Read = %+v, %v", doc, err)
			}
		})
	}
}

// liar tells of every file that it has one byte.
type liar struct{ fstest.MapFS }

func (l liar) Stat(name string) (fs.FileInfo, error) {
	info, err := l.MapFS.Stat(name)
	return oneByte{info}, err
}

func (l liar) Open(name string) (fs.File, error) {
	file, err := l.MapFS.Open(name)
	return lyingFile{file}, err
}

type lyingFile struct{ fs.File }

func (f lyingFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return oneByte{info}, err
}

type oneByte struct{ fs.FileInfo }

func (oneByte) Size() int64 { return 1 }

// restless rewrites a.txt whenever it has been read, as often as told.
type restless struct {
	fstest.MapFS
	times int
	opens int
}

func (r *restless) Open(name string) (fs.File, error) {
	r.opens++
	file, err := r.MapFS.Open(name)
	return &restlessFile{File: file, of: r}, err
}

type restlessFile struct {
	fs.File
	of *restless
}

func (f *restlessFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if err != nil && f.of.times > 0 {
		f.of.times--
		at := f.of.MapFS["a.txt"]
		at.Data, at.ModTime = fmt.Append(at.Data, " again"), at.ModTime.Add(time.Second)
	}
	return n, err
}

// Stat is of this moment, where that of a MapFS follows later changes.
func (f *restlessFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return snapshot{info, info.Size(), info.ModTime()}, err
}

type snapshot struct {
	fs.FileInfo
	size    int64
	modTime time.Time
}

func (s snapshot) Size() int64        { return s.size }
func (s snapshot) ModTime() time.Time { return s.modTime }

func TestReadTwiceWhatChangesMeanwhile(t *testing.T) {
	for _, test := range []struct {
		name    string
		changes int
		want    string
		opens   int
	}{
		{"a file at rest is read once", 0, "Rain", 1},
		{"a file that changed is read again", 1, "Rain again", 2},
		{"but only once more", 9, "Rain again", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := &restless{MapFS: fstest.MapFS{"a.txt": text("Rain")}, times: test.changes}
			doc, err := Read(fsys, fileAt("a.txt"), 1000)
			if err != nil || doc.Text != test.want || fsys.opens != test.opens {
				t.Errorf("Read = %q, %v after %d opens, want %q after %d", doc.Text, err, fsys.opens, test.want, test.opens)
			}
		})
	}
}

func TestReadKeepsTheReasonsIdentity(t *testing.T) {
	if _, err := Read(fstest.MapFS{}, fileAt("a.txt"), 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read = %v, want not exist", err)
	}
}

func BenchmarkRead(b *testing.B) {
	article := strings.Repeat(persian, 1+4096/len(persian))[:4096]
	fsys := fstest.MapFS{"a.txt": text(strings.ToValidUTF8(article, ""))}
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(fsys, fileAt("a.txt"), DefaultMaxSize); err != nil {
			b.Fatal(err)
		}
	}
}
