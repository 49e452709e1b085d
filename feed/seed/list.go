package seed

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
)

var (
	errName    = errors.New("a name that is not UTF-8")
	errNowhere = errors.New("a link to nothing")
	errOutside = errors.New("a link that leads out of the folder")
	errTwin    = errors.New("same name as another file in another Unicode form")
)

// Listing is what a directory holds, in the order of the paths' bytes.
type Listing struct {
	Files      []File
	Unreadable []Unreadable
}

// List finds the seeds under fsys at any depth, with the media beside them, and
// opens none of them. It fails only if the top itself can't be read; all else
// that can't is in the Listing, but for media: a seed goes without those.
func List(fsys fs.FS, maxSize int64) (Listing, error) {
	w := walk{fsys: fsys, maxSize: maxSize, helpers: make(helpers, listers-1)}
	entries, err := w.readDir(".")
	if err != nil {
		return Listing{}, cause(err)
	}
	top := lister{walk: &w}
	top.entries(entries)
	w.folders.Wait()
	return top.listing(), nil
}

// listers is how many look at files side by side. Most of it is time in the
// kernel, or of a disk.
const listers = 4

// walk is what the listers of all folders share.
type walk struct {
	fsys    fs.FS
	maxSize int64
	helpers helpers
	folders sync.WaitGroup
}

func (w *walk) readDir(folder string) ([]fs.DirEntry, error) {
	if t, ok := w.fsys.(tree); ok {
		return t.entries(folder, w.helpers)
	}
	return fs.ReadDir(w.fsys, folder)
}

// lister lists one folder.
type lister struct {
	*walk
	prefix     string // of the paths in it: its own with a slash, or none at the top
	files      []File
	unreadable []Unreadable
	below      []*lister
}

func (l *lister) folder(name string) {
	sub := &lister{walk: l.walk, prefix: name + "/"}
	l.below = append(l.below, sub)
	l.helpers.do(&l.folders, func() {
		entries, err := l.readDir(name)
		if err != nil {
			sub.refuse(name, err, true)
		}
		sub.entries(entries) // those read before an error are still good
	})
}

func (l *lister) entries(entries []fs.DirEntry) {
	var folders, media []fs.DirEntry
	l.files = make([]File, 0, countSeeds(entries))
	for _, e := range entries {
		switch {
		case ignored(e.Name()):
		case e.IsDir():
			folders = append(folders, e)
		case isMedia(e.Name()):
			media = append(media, e)
		default:
			l.entry(l.prefix+e.Name(), e)
		}
	}
	l.attach(media)
	for _, e := range folders {
		l.entry(l.prefix+e.Name(), e)
	}
}

func countSeeds(entries []fs.DirEntry) int {
	n := 0
	for _, e := range entries {
		if isSeed(e.Name()) {
			n++
		}
	}
	return n
}

func (l *lister) entry(name string, e fs.DirEntry) {
	switch {
	case !e.IsDir() && !isSeed(name) && !isFolderLink(name, e):
	case !fs.ValidPath(name): // an fs.FS opens no such name
		l.refuse(name, errName, e.IsDir())
	case e.IsDir():
		l.folder(name)
	case isLink(e):
		l.link(name)
	default:
		info, err := e.Info()
		l.file(name, info, err)
	}
}

func isLink(e fs.DirEntry) bool { return e.Type()&fs.ModeSymlink != 0 }

// isFolderLink reports whether an entry could be a link to a folder, as far as
// its name tells: one that leads out of the tree can't be followed to see.
func isFolderLink(name string, e fs.DirEntry) bool { return isLink(e) && path.Ext(name) == "" }

// link takes a link to a file for that file. One to a folder inside the tree is
// passed over: its files are listed where they stand, and no loop can arise.
func (l *lister) link(name string) {
	info, err := fs.Stat(l.fsys, name)
	switch {
	case err == nil && info.IsDir():
	case isSeed(name):
		l.file(name, info, linkError(err))
	case linkError(err) == errOutside:
		l.refuse(name, errOutside, true)
	}
}

// linkError is the reason why a link could not be followed, or nil. An os.Root
// has no error of its own to ask for when a link leads out, but it is the only
// one that does not come from the operating system.
func linkError(err error) error {
	var errno syscall.Errno
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return errNowhere
	case errors.Is(err, fs.ErrPermission), errors.As(err, &errno):
		return fmt.Errorf("a link that can't be followed: %w", cause(err))
	}
	return errOutside
}

func (l *lister) file(name string, info fs.FileInfo, err error) {
	if err == nil {
		err = checkFile(info, l.maxSize)
	}
	if err != nil {
		l.refuse(name, err, false)
		return
	}
	l.files = append(l.files, File{Path: canonical(name), State: stateOf(info), name: name})
}

func (l *lister) refuse(name string, err error, dir bool) {
	if errors.Is(err, fs.ErrNotExist) {
		return // gone since its folder was read
	}
	l.unreadable = append(l.unreadable, Unreadable{canonical(name), cause(err), dir})
}

// listing sorts what was found and lets each path stand once.
func (l *lister) listing() Listing {
	found := Listing{Files: make([]File, 0, l.count())}
	l.gather(&found)
	slices.SortFunc(found.Files, func(a, b File) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.name, b.name))
	})
	files := found.Files[:0]
	for _, f := range found.Files {
		if n := len(files); n > 0 && f.Path == files[n-1].Path {
			found.Unreadable = append(found.Unreadable, Unreadable{f.Path, errTwin, false})
			continue
		}
		files = append(files, f)
	}
	found.Files = files
	slices.SortStableFunc(found.Unreadable, func(a, b Unreadable) int {
		return strings.Compare(a.Path, b.Path)
	})
	return found
}

func (l *lister) count() int {
	n := len(l.files)
	for _, sub := range l.below {
		n += sub.count()
	}
	return n
}

// gather adds what stands in a folder and below it, in the order of the names'
// bytes: whatever is to be sorted after it is so already but for Unicode forms.
func (l *lister) gather(found *Listing) {
	found.Unreadable = append(found.Unreadable, l.unreadable...)
	slices.SortFunc(l.below, func(a, b *lister) int { return strings.Compare(a.prefix, b.prefix) })
	rest := l.files
	for _, sub := range l.below {
		before, _ := slices.BinarySearchFunc(rest, sub.prefix, func(f File, prefix string) int { return strings.Compare(f.name, prefix) })
		found.Files = append(found.Files, rest[:before]...)
		rest = rest[before:]
		sub.gather(found)
	}
	found.Files = append(found.Files, rest...)
}

// checkFile tells why something that has a seed's name can't be one. Opening a
// pipe or a device could block for ever, so only its mode is asked.
func checkFile(info fs.FileInfo, maxSize int64) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return checkSize(info.Size(), maxSize)
	case mode.IsDir():
		return errors.New("a folder, not a file")
	case mode&fs.ModeNamedPipe != 0:
		return errors.New("a named pipe, not a file")
	case mode&fs.ModeSocket != 0:
		return errors.New("a socket, not a file")
	case mode&fs.ModeDevice != 0:
		return errors.New("a device, not a file")
	}
	return errors.New("not a regular file")
}

func checkSize(size, maxSize int64) error {
	if size <= maxSize {
		return nil
	}
	return fmt.Errorf("%s, more than the %s a seed may have", bytesInWords(size), bytesInWords(maxSize))
}

// bytesInWords rounds up, so that what is over a limit also reads so.
func bytesInWords(n int64) string {
	for _, unit := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n < unit.size {
			continue
		}
		if n%unit.size == 0 {
			return fmt.Sprintf("%d %s", n/unit.size, unit.name)
		}
		tenths := n/unit.size*10 + (n%unit.size*10+unit.size-1)/unit.size
		return fmt.Sprintf("%d.%d %s", tenths/10, tenths%10, unit.name)
	}
	return fmt.Sprintf("%d bytes", n)
}
