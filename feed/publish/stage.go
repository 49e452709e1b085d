package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Stage prepares content to appear under name and reports whether that changes
// anything. What stands there already is not written again, and a file that is
// not ours stays: then the error is a *ForeignError.
func (f *Folder) Stage(name string, content []byte) (changed bool, err error) {
	if err := f.plan(name, ""); err != nil {
		return false, f.explain("write", name, err)
	}
	same, err := f.compare(name, content)
	if same || err != nil {
		return false, err
	}
	temp, err := f.write(name, func(file *os.File) error {
		_, err := file.Write(content)
		return err
	})
	if err == nil {
		err = f.plan(name, temp)
	}
	if err != nil {
		return false, f.explain("write", name, err)
	}
	return true, nil
}

// Own says that a file is ours whatever stands in it, as when it was damaged.
func (f *Folder) Own(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.owned[name] = true
}

func (f *Folder) isOwned(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.owned[name]
}

// plan notes the temporary file that will have a name, "" for none, and forgets
// what was meant to happen to the name before.
func (f *Folder) plan(name, temp string) error {
	if !isValid(name) {
		return fs.ErrInvalid
	}
	f.mu.Lock()
	before := f.staged[name]
	delete(f.doomed, name)
	if temp != "" {
		f.staged[name] = temp
	} else {
		delete(f.staged, name)
	}
	f.mu.Unlock()
	if before == "" {
		return nil
	}
	return f.remove(before)
}

// inPlace is the file that stands under a name, nil if there is none or if the
// error says why it can't be replaced.
func (f *Folder) inPlace(name string) (fs.FileInfo, error) {
	if f.isNew(name) {
		return nil, nil
	}
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
	case info.Size() == int64(len(content)):
		if same, err = f.holds(name, content); err != nil {
			return false, f.explain("read", name, err)
		}
	}
	if same || f.isOwned(name) {
		return same, nil
	}
	ours, err := f.isOurs(name)
	switch {
	case err != nil:
		return false, f.explain("read", name, err)
	case !ours:
		return false, &ForeignError{name}
	}
	return false, nil
}

// buffers are for what stands in a name's place.
var buffers = sync.Pool{New: func() any { return new([markWithin]byte) }}

// holds reports whether content is what stands in a file.
func (f *Folder) holds(name string, content []byte) (bool, error) {
	file, err := f.open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	buf := buffers.Get().(*[markWithin]byte)
	defer buffers.Put(buf)
	for {
		n, err := readFull(file, buf[:])
		if err != nil || !bytes.HasPrefix(content, buf[:n]) {
			return false, err
		}
		if n == 0 { // the file's end
			return len(content) == 0, nil
		}
		content = content[n:]
	}
}

// isOurs reports whether a file bears our mark.
func (f *Folder) isOurs(name string) (bool, error) {
	if !isMarkable(name) {
		return false, nil
	}
	file, err := f.open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	buf := buffers.Get().(*[markWithin]byte)
	defer buffers.Put(buf)
	n, err := readFull(file, buf[:])
	return isMarked(name, buf[:n]), err
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

// newTemp is a name for a temporary file beside another's place: a rename is
// atomic only within one file system.
func (f *Folder) newTemp(name string) string {
	n := strconv.FormatInt(f.temps.Add(1), 10)
	return path.Join(path.Dir(name), tempPrefix+f.run+"-"+n+tempSuffix)
}

// longName is how long a name must be for a disk to refuse it, in bytes: the
// strictest that are in use (eCryptfs) take 143.
const longName = 128

// write has a temporary file filled beside a name's place.
func (f *Folder) write(name string, fill func(*os.File) error) (temp string, err error) {
	p, err := f.enterNew(name)
	if err != nil {
		return "", err
	}
	defer f.leave(p)
	// A name too long for the disk is better told of now than in the middle of
	// Publish, and where there was no folder nothing has told of it.
	if base := path.Base(name); len(base) >= longName {
		if _, err := p.Lstat(base); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	temp = f.newTemp(name)
	file, err := p.OpenFile(path.Base(temp), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	err = fill(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		p.Remove(path.Base(temp))
		return "", err
	}
	return temp, nil
}
