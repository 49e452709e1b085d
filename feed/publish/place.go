package publish

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// place is a folder below out/, held open: what is done to the files in it needs
// no way down from out/.
type place struct {
	*os.Root
	users int
}

// mostPlaces is how many are held open. A run works in few at a time, and a
// process may have no more than some hundred files open.
const mostPlaces = 64

// enter opens the folder in which a name stands; leave must follow.
func (f *Folder) enter(name string) (*place, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	dir := path.Dir(name)
	p := f.places[dir]
	if p == nil {
		if f.root == nil {
			return nil, fs.ErrNotExist
		}
		root, err := f.root.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		if len(f.places) >= mostPlaces {
			f.closePlaces()
		}
		p = &place{Root: root}
		f.places[dir] = p
	}
	p.users++
	return p, nil
}

// enterNew opens the folder in which a name is to stand, and makes it if it is
// not there.
func (f *Folder) enterNew(name string) (*place, error) {
	p, err := f.enter(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	f.mu.Lock()
	err = f.makeFolder(path.Dir(name))
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return f.enter(name)
}

func (f *Folder) leave(p *place) {
	f.mu.Lock()
	p.users--
	f.mu.Unlock()
}

// closePlaces closes the folders in which nobody is. It is called with the lock.
func (f *Folder) closePlaces() {
	for dir, p := range f.places {
		if p.users == 0 {
			p.Close()
			delete(f.places, dir)
		}
	}
}

// open opens a file to read it.
func (f *Folder) open(name string) (*os.File, error) {
	p, err := f.enter(name)
	if err != nil {
		return nil, err
	}
	defer f.leave(p)
	return p.Open(path.Base(name))
}

// remove removes a file or an empty folder.
func (f *Folder) remove(name string) error {
	p, err := f.enter(name)
	if err != nil {
		return err
	}
	defer f.leave(p)
	return p.Remove(path.Base(name))
}

// isNew reports whether a name's folder was made by this run: nothing can stand
// there that is not ours, and nothing of ours stands there before Publish.
func (f *Folder) isNew(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.made[path.Dir(name)]
}

// makeFolder makes a folder below out/ and those above it, and remembers which
// were not there. It is called with the lock.
func (f *Folder) makeFolder(dir string) error {
	if f.root == nil {
		if err := f.makeOut(); err != nil {
			return err
		}
	}
	if dir == "." {
		return nil
	}
	err := f.root.Mkdir(dir, 0o755)
	if errors.Is(err, fs.ErrNotExist) {
		if err = f.makeFolder(path.Dir(dir)); err == nil {
			err = f.root.Mkdir(dir, 0o755)
		}
	}
	switch {
	case err == nil:
		f.made[dir] = true
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	return nil
}

// makeOut makes out/ itself.
func (f *Folder) makeOut() (err error) {
	if f.above, err = makeFolders(f.dir); err != nil {
		return err
	}
	f.root, err = os.OpenRoot(f.dir)
	return err
}

// makeFolders makes a folder and those above it, and tells which were not there,
// parents first.
func makeFolders(dir string) (made []string, err error) {
	for above := filepath.Clean(dir); ; above = filepath.Dir(above) {
		if _, err := os.Lstat(above); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append([]string{above}, made...)
	}
	return made, os.MkdirAll(dir, 0o755)
}
