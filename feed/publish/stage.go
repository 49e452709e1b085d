package publish

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Stage prepares content to appear under name and reports whether that changes
// anything. What stands there already is not written again, and a file that is
// not ours stays: then the error is a *ForeignError.
func (f *Folder) Stage(name string, content []byte) (changed bool, err error) {
	if err := f.unstage(name); err != nil {
		return false, f.explain("write", name, err)
	}
	same, err := f.compare(name, content)
	if same || err != nil {
		return false, err
	}
	temp, err := f.write(name, func(file *os.File) error { return put(file, content, isFeed(name)) })
	if err != nil {
		return false, f.explain("write", name, err)
	}
	f.staged[name] = temp
	return true, nil
}

// Own says that a file is ours whatever stands in it, as when it was damaged.
func (f *Folder) Own(name string) { f.owned[name] = true }

// unstage forgets what was meant to happen to a name before.
func (f *Folder) unstage(name string) error {
	delete(f.doomed, name)
	temp, ok := f.staged[name]
	if !ok {
		return nil
	}
	delete(f.staged, name)
	return f.root.Remove(temp)
}

// inPlace is the file that stands under a name, nil if there is none or if the
// error says why it can't be replaced.
func (f *Folder) inPlace(name string) (fs.FileInfo, error) {
	info, err := f.stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, f.explain("write", name, err)
	case !info.Mode().IsRegular():
		return nil, &ForeignError{name}
	}
	return info, nil
}

// compare reports whether content stands under name already. If something else
// does, it must be ours.
func (f *Folder) compare(name string, content []byte) (same bool, err error) {
	info, err := f.inPlace(name)
	switch {
	case info == nil:
		return false, err
	case info.Size() == 0:
		// What a power cut leaves of a page, for pages are not synced. There
		// is nothing in it that anyone could miss.
		return len(content) == 0, nil
	}
	same, ours, err := f.inspect(name, content, info.Size() == int64(len(content)))
	switch {
	case err != nil:
		return false, f.explain("read", name, err)
	case !same && !ours && !f.owned[name]:
		return false, &ForeignError{name}
	}
	return same, nil
}

// inspect reads a file's head, and more of it only while it is the same as
// content and could be so to the end.
func (f *Folder) inspect(name string, content []byte, sameSize bool) (same, ours bool, err error) {
	file, err := f.root.Open(name)
	if err != nil {
		return false, false, err
	}
	defer file.Close()
	n, err := readFull(file, f.buf)
	ours = isMarked(name, f.buf[:n])
	for sameSize && err == nil && bytes.HasPrefix(content, f.buf[:n]) {
		if n == 0 { // the file's end
			return len(content) == 0, ours, nil
		}
		content = content[n:]
		n, err = readFull(file, f.buf)
	}
	return false, ours, err
}

// readFull fills buf as far as the file goes; 0 is its end.
func readFull(file io.Reader, buf []byte) (int, error) {
	n, err := io.ReadFull(file, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

const tempPrefix, tempSuffix = ".seedfeed-", ".tmp"

// isTemp reports whether a file is one of those that write makes.
func isTemp(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, tempPrefix) && strings.HasSuffix(base, tempSuffix)
}

// write has a temporary file filled beside a name's place: a rename is atomic
// only within one file system.
func (f *Folder) write(name string, fill func(*os.File) error) (temp string, err error) {
	dir := path.Dir(name)
	if !f.ready[dir] {
		if err := f.prepare(dir); err != nil {
			return "", err
		}
		// A name too long for the disk is better told of now than in the middle
		// of Publish, and while there was no folder nothing could tell.
		if _, err := f.stat(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	temp = path.Join(dir, tempPrefix+rand.Text()+tempSuffix)
	file, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	err = fill(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		f.root.Remove(temp)
		return "", err
	}
	return temp, nil
}

// put writes content, and a feed through to the disk. A rename can get there before the
// bytes do: after a power cut an empty feed would stand there, subscribers'
// programs would choke on it, and the ids and dates that a lost ledger takes
// back from it would be gone. A page is merely written again, and there are
// too many of them to wait for each.
func put(file *os.File, content []byte, sync bool) error {
	_, err := file.Write(content)
	if err == nil && sync {
		err = file.Sync()
	}
	return err
}

// prepare makes a folder below out/ if it is not there.
func (f *Folder) prepare(dir string) error {
	if f.ready[dir] {
		return nil
	}
	if err := f.makeFolder(dir); err != nil {
		return err
	}
	f.ready[dir] = true
	return nil
}

// makeFolder makes a folder below out/ and those above it, and remembers which
// were not there.
func (f *Folder) makeFolder(dir string) error {
	if dir == "." {
		return f.makeOut()
	}
	if err := f.prepare(path.Dir(dir)); err != nil {
		return err
	}
	switch err := f.root.Mkdir(dir, 0o755); {
	case err == nil:
		f.made = append(f.made, dir)
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	return nil
}

// makeOut makes out/ itself.
func (f *Folder) makeOut() (err error) {
	if f.root != nil {
		return nil
	}
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
