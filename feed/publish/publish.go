// Package publish puts documents under out/: whole or not at all, untouched when
// unchanged, and never in the place of a file that is not ours.
//
// A document is staged first: compared with what stands in its place and, if it
// differs, written beside it under a hidden temporary name. Once all are staged,
// Publish sees the feeds through to the disk and renames all into place; until
// then out/ is as it was for whoever reads it, and Discard makes it so again for
// good. A file that goes with an article is copied likewise, but told by size and
// time: it may be long. All of it goes through an os.Root, so no name and no
// symbolic link leads out of out/.
package publish

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// Folder is out/. Several goroutines may call Read, Stat, Own, Stage, StageFile
// and Remove at once, each for names of its own. Its other methods are for when
// none of these is under way.
type Folder struct {
	dir   string
	run   string       // tells this run's temporary files from those of others
	temps atomic.Int64 // how many it has made

	mu     sync.Mutex        // is held for what follows, not while files are read or written
	root   *os.Root          // nil while there is no such folder
	places map[string]*place // folders that are held open, by their names
	staged map[string]string // names and the temporary files that will have them
	doomed map[string]bool   // names that will be removed
	owned  map[string]bool   // names that are ours without a mark
	made   map[string]bool   // folders below out/ that we made
	above  []string          // out/ and the folders above it that we made, parents first
}

// ForeignError tells that something of this name stands in out/ that is not
// ours to replace.
type ForeignError struct{ Name string }

func (e *ForeignError) Error() string {
	return fmt.Sprintf("%q was not written by seedfeed and is left as it is", e.Name)
}

// Open opens dir, which need not exist: it is made when something is staged.
func Open(dir string) (*Folder, error) {
	f := &Folder{
		dir:    dir,
		run:    rand.Text()[:8],
		places: make(map[string]*place),
		staged: make(map[string]string),
		doomed: make(map[string]bool),
		owned:  make(map[string]bool),
		made:   make(map[string]bool),
	}
	root, err := os.OpenRoot(dir)
	switch {
	case err == nil:
		f.root = root
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open %q: %w", dir, cause(err))
	}
	return f, nil
}

// Read returns what stands under a name, or an error that is fs.ErrNotExist.
func (f *Folder) Read(name string) ([]byte, error) {
	info, err := f.stat(name)
	if err != nil {
		return nil, f.explain("read", name, err)
	}
	if !info.Mode().IsRegular() { // reading a pipe could take for ever
		return nil, &ForeignError{name}
	}
	p, err := f.enter(name)
	if err != nil {
		return nil, f.explain("read", name, err)
	}
	defer f.leave(p)
	content, err := p.ReadFile(path.Base(name))
	if err != nil {
		return nil, f.explain("read", name, err)
	}
	return content, nil
}

// Stat tells of what stands under a name, or an error that is fs.ErrNotExist.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	info, err := f.stat(name)
	if err != nil {
		return nil, f.explain("look at", name, err)
	}
	return info, nil
}

// stat does not follow a link: a link in a document's place is not ours.
func (f *Folder) stat(name string) (fs.FileInfo, error) {
	if !isValid(name) {
		return nil, fs.ErrInvalid
	}
	p, err := f.enter(name)
	if err != nil {
		return nil, err
	}
	defer f.leave(p)
	return p.Lstat(path.Base(name))
}

func isValid(name string) bool { return fs.ValidPath(name) && name != "." }

// Close drops what is still staged and lets go of the folder.
func (f *Folder) Close() error {
	err := f.Discard()
	if f.root != nil {
		err = errors.Join(err, f.root.Close())
		f.root = nil
	}
	return err
}

// explain says what was being done to which document. The error's own path is
// of no use: it may be that of a temporary file.
func (f *Folder) explain(step, name string, err error) error {
	return fmt.Errorf("%s %q: %w", step, filepath.Join(f.dir, filepath.FromSlash(name)), cause(err))
}

func cause(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}

// isFeed reports whether a document is one that programs read.
func isFeed(name string) bool {
	ext := path.Ext(name)
	return ext == ".xml" || ext == ".json"
}
