package seed

import (
	"io/fs"
	"os"
	"syscall"
)

// Folder is a folder of seeds that is open. Through its FS nothing outside of
// it can be reached.
type Folder struct{ root *os.Root }

// FS is what stands in the folder.
func (f *Folder) FS() fs.FS { return tree{f.root} }

// Close ends the use of its FS.
func (f *Folder) Close() error { return f.root.Close() }

// tree is the FS of an os.Root but for two things: opening a pipe that no one
// writes to does not wait, and a folder's entries come with all that List asks.
type tree struct{ root *os.Root }

func (t tree) Open(name string) (fs.File, error) {
	file, err := t.open(name)
	if err != nil {
		return nil, err // not file, which would be no nil in an fs.File
	}
	return file, nil
}

func (t tree) open(name string) (*os.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return t.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

func (t tree) Stat(name string) (fs.FileInfo, error) { return fs.Stat(t.root.FS(), name) }

func (t tree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.root.FS(), name) }
