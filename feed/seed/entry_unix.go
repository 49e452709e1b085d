//go:build darwin || freebsd || linux

package seed

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// entries are those of a folder that List may want, in the order of their names.
// Each is looked at through the folder's own handle into a place that is there
// already: that is most of what a run costs that finds nothing new.
func (t tree) entries(folder string, h helpers) ([]fs.DirEntry, error) {
	file, err := t.open(folder)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names, err := file.Readdirnames(-1)
	names = slices.DeleteFunc(names, ignored)
	slices.Sort(names)

	found := make([]entry, len(names))
	for i, name := range names {
		found[i].name = name
	}
	if lookErr := lookAtAll(file, found, h); err == nil {
		err = lookErr
	}
	entries := make([]fs.DirEntry, 0, len(found))
	for i := range found {
		switch e := &found[i]; {
		case e.err == nil:
			entries = append(entries, e)
		case err == nil && !errors.Is(e.err, fs.ErrNotExist): // else it is gone since
			err = e.err
		}
	}
	return entries, err
}

// lookAtAll fills in what the folder knows of its entries.
func lookAtAll(folder *os.File, found []entry, h helpers) error {
	conn, err := folder.SyscallConn()
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	for some := range slices.Chunk(found, 256) {
		h.do(&all, func() {
			conn.Control(func(fd uintptr) {
				for i := range some {
					some[i].look(int(fd))
				}
			})
		})
	}
	all.Wait()
	return nil
}

// entry is what a folder knows of a file in it: a DirEntry and its FileInfo.
type entry struct {
	name  string
	mode  fs.FileMode // its type
	state State
	err   error // why it could not be looked at
}

func (e *entry) Name() string               { return e.name }
func (e *entry) Type() fs.FileMode          { return e.mode }
func (e *entry) Mode() fs.FileMode          { return e.mode }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Size() int64                { return e.state.Size }
func (e *entry) ModTime() time.Time         { return e.state.ModTime }
func (e *entry) Sys() any                   { return &e.state }
func (e *entry) Info() (fs.FileInfo, error) { return e, nil }

func (e *entry) look(folder int) {
	var s unix.Stat_t
	for {
		e.err = unix.Fstatat(folder, e.name, &s, unix.AT_SYMLINK_NOFOLLOW)
		if e.err != unix.EINTR {
			break
		}
	}
	if e.err != nil {
		return
	}
	e.mode = typeOf(uint32(s.Mode))
	e.state = State{s.Size, time.Unix(s.Mtim.Unix()), time.Unix(s.Ctim.Unix())}
}

func typeOf(mode uint32) fs.FileMode {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	case unix.S_IFIFO:
		return fs.ModeNamedPipe
	case unix.S_IFSOCK:
		return fs.ModeSocket
	case unix.S_IFCHR:
		return fs.ModeDevice | fs.ModeCharDevice
	case unix.S_IFBLK:
		return fs.ModeDevice
	}
	return fs.ModeIrregular
}
