package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Publish renames what is staged into place and returns how many files that
// were, then removes what was swept. If a rename fails, those before it stay,
// each of them whole, and the rest is discarded.
func (f *Folder) Publish() (written int, err error) {
	names := slices.SortedFunc(maps.Keys(f.staged), inOrder)
	if err := f.sync(names); err != nil {
		return 0, errors.Join(err, f.Discard())
	}
	for _, name := range names {
		if err := f.rename(f.staged[name], name); err != nil {
			return written, errors.Join(f.explain("write", name, err), f.Discard())
		}
		delete(f.staged, name)
		f.above = nil // there is something in out/ now
		written++
	}
	err = f.removeDoomed()
	return written, errors.Join(err, f.Discard()) // folders made for nothing
}

// syncsAtOnce is how many files are synced side by side: a file system writes
// what it knows of several in one go.
const syncsAtOnce = 16

// sync sees the feeds among the names through to the disk. A rename can get there
// before the bytes do: after a power cut an empty feed would stand there,
// subscribers' programs would choke on it, and the ids and dates that a lost
// ledger takes back from it would be gone. A page is merely written again, and
// there are too many of them to wait for each.
func (f *Folder) sync(names []string) error {
	var group errgroup.Group
	group.SetLimit(syncsAtOnce)
	for _, name := range names {
		if isFeed(name) {
			group.Go(func() error {
				if err := f.syncOne(f.staged[name]); err != nil {
					return f.explain("write", name, err)
				}
				return nil
			})
		}
	}
	return group.Wait()
}

func (f *Folder) syncOne(temp string) error {
	p, err := f.enter(temp)
	if err != nil {
		return err
	}
	defer f.leave(p)
	file, err := p.OpenFile(path.Base(temp), os.O_WRONLY, 0) // Windows syncs no file that is only read
	if err != nil {
		return err
	}
	err = file.Sync()
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

func (f *Folder) rename(temp, name string) error {
	p, err := f.enter(name)
	if err != nil {
		return err
	}
	defer f.leave(p)
	return p.Rename(path.Base(temp), path.Base(name))
}

// inOrder puts what is pointed at before what points there: pages, media and
// archives, then the feeds that link to them, then the indexes that link to the
// feeds. A reader who comes in between finds every link good.
func inOrder(a, b string) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
}

func rank(name string) int {
	dir, base := path.Split(name)
	r := 0
	switch base {
	case "index.html", "opml.xml":
		r = 2
	case "atom.xml", "rss.xml", "feed.json":
		r = 1
	}
	if r == 0 || dir == "" || dir == "feeds/" {
		return r
	}
	if further, _ := path.Match("feeds/*/*/", dir); !further {
		return 0 // no feed stands there: articles/index.html is an article's page
	}
	return r
}

// Discard drops what is staged or swept. Nothing remains of it, not even the
// folders that were made for it.
func (f *Folder) Discard() error {
	var errs []error
	for name, temp := range f.staged {
		if err := f.remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, f.explain("discard", name, err))
		}
	}
	clear(f.staged)
	clear(f.doomed)
	return errors.Join(append(errs, f.unmake())...)
}

// unmake removes the folders we made, but not one in which something stands
// meanwhile: a rename before the one that failed, or another program's file.
func (f *Folder) unmake() error {
	var errs []error
	f.closePlaces() // Windows removes no folder that is open
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(f.made))) {
		if err := f.root.Remove(dir); err != nil && !isInUse(err) {
			errs = append(errs, f.explain("remove", dir, err))
		}
	}
	if len(f.above) > 0 && f.root != nil {
		f.root.Close()
		f.root = nil
	}
	for _, dir := range slices.Backward(f.above) {
		if err := os.Remove(dir); err != nil && !isInUse(err) {
			errs = append(errs, fmt.Errorf("remove %q: %w", dir, cause(err)))
		}
	}
	clear(f.made)
	f.above = nil
	return errors.Join(errs...)
}

// isInUse reports whether a folder could not be removed because something is in
// it, or because it is not there at all.
func isInUse(err error) bool {
	return errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist)
}

// Sweep marks our files below dir for removal that keep says no to; it is asked
// by the names Stage knows. What is staged is kept without asking.
func (f *Folder) Sweep(dir string, keep func(name string) bool) error {
	return f.walk("sweep", dir, func(name string) error {
		if isTemp(name) || f.staged[name] != "" || keep(name) {
			return nil
		}
		return f.doom(name)
	})
}

// Names returns the names of all files below dir, sorted, whoever wrote them; of
// a folder that is not there, none. What is only staged is not among them.
func (f *Folder) Names(dir string) ([]string, error) {
	var names []string
	err := f.walk("list", dir, func(name string) error {
		if name != dir && name != LockName && !isTemp(name) {
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names) // a walk comes to a/b before a-b
	return names, err
}

// walk visits all regular files below dir.
func (f *Folder) walk(step, dir string, visit func(name string) error) error {
	if f.root == nil {
		return nil
	}
	return fs.WalkDir(f.root.FS(), dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
			return nil // gone, or a name that is not UTF-8, which none of ours is
		case err != nil:
			return f.explain(step, name, err)
		case !e.Type().IsRegular() || !fs.ValidPath(name):
			return nil
		}
		return visit(name)
	})
}

// Remove marks a file for removal if it is there and ours.
func (f *Folder) Remove(name string) error {
	if info, err := f.stat(name); err != nil || !info.Mode().IsRegular() || f.isStaged(name) {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	}
	return f.doom(name)
}

func (f *Folder) isStaged(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.staged[name] != ""
}

func (f *Folder) doom(name string) error {
	if !f.isOwned(name) {
		ours, err := f.isOurs(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return f.explain("remove", name, err)
		case !ours:
			return nil
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.doomed[name] = true
	return nil
}

// removeDoomed removes what was swept and the folders that this empties.
func (f *Folder) removeDoomed() error {
	var errs []error
	emptied := make(map[string]bool)
	for _, name := range slices.Sorted(maps.Keys(f.doomed)) {
		if err := f.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, f.explain("remove", name, err))
			continue
		}
		emptied[path.Dir(name)] = true
	}
	clear(f.doomed)
	f.closePlaces() // Windows removes no folder that is open
	for dir := range emptied {
		f.removeEmpty(dir)
	}
	return errors.Join(errs...)
}

// removeEmpty removes a folder and those above it as long as they are empty. A
// link to a folder is not looked through: it is somebody's intention.
func (f *Folder) removeEmpty(dir string) {
	for ; dir != "."; dir = path.Dir(dir) {
		info, err := f.root.Lstat(dir)
		if err != nil || !info.IsDir() || f.root.Remove(dir) != nil {
			return
		}
	}
}
