package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"time"
)

// ErrChanged says that a file to be copied is not as it was found: it can't be
// opened or read, or has another length by now. That is no fault of out/.
var ErrChanged = errors.New("its source is not as it was found")

// StageFile prepares a copy of a file to appear under name and reports whether
// that changes anything. Where a file of this size and time stands already, the
// source is not opened. No mark can tell that a copy is ours, so another file
// under the name is replaced only if Own was told of it: else the error is a
// *ForeignError. Copies are not synced, and should a power cut shorten one, its
// size tells.
func (f *Folder) StageFile(name string, size int64, modTime time.Time, open func() (io.ReadCloser, error)) (changed bool, err error) {
	if err := f.plan(name, ""); err != nil {
		return false, f.explain("write", name, err)
	}
	same, err := f.compareFile(name, size, modTime)
	if same || err != nil {
		return false, err
	}
	temp, err := f.write(name, func(file *os.File) error { return copyFrom(open, file, size) })
	if err == nil {
		f.setTime(temp, modTime)
		err = f.plan(name, temp)
	}
	if err != nil {
		return false, f.explain("copy to", name, err)
	}
	return true, nil
}

// setTime gives a copy its source's time. Not every file system lets that be
// set: there it is copied again.
func (f *Folder) setTime(temp string, modTime time.Time) {
	if p, err := f.enter(temp); err == nil {
		defer f.leave(p)
		_ = p.Chtimes(path.Base(temp), modTime, modTime)
	}
}

// compareFile reports whether a file of this size and time stands under name
// already. If something else does, it must be ours.
func (f *Folder) compareFile(name string, size int64, modTime time.Time) (same bool, err error) {
	info, err := f.inPlace(name)
	switch {
	case info == nil:
		return false, err
	case info.Size() == size && isTimeOf(info.ModTime(), modTime):
		return true, nil
	case info.Size() > 0 && !f.isOwned(name): // as for Stage, nobody misses an empty one
		return false, &ForeignError{name}
	}
	return false, nil
}

// grains are the steps in which file systems count time: NTFS, those that go
// through microseconds, exFAT, ext3 and HFS+, FAT.
var grains = []time.Duration{100 * time.Nanosecond, time.Microsecond, 10 * time.Millisecond, time.Second, 2 * time.Second}

// isTimeOf reports whether a file that was given modTime has the time there,
// which is as much of it as its file system can keep.
func isTimeOf(there, modTime time.Time) bool {
	for _, grain := range grains {
		if there.Truncate(grain).Equal(there) && modTime.Truncate(grain).Equal(there) {
			return true
		}
	}
	return there.Equal(modTime)
}

// copyFrom copies a source that has size bytes.
func copyFrom(open func() (io.ReadCloser, error), file io.Writer, size int64) error {
	opened, err := open()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrChanged, cause(err))
	}
	defer opened.Close()
	src := source{Reader: opened}
	n, err := io.Copy(file, io.LimitReader(&src, size+1))
	switch {
	case src.err != nil:
		return fmt.Errorf("%w: %w", ErrChanged, cause(src.err))
	case err != nil:
		return err
	case n != size:
		return fmt.Errorf("%w: it had %d bytes", ErrChanged, size)
	}
	return nil
}

// source remembers why it could not be read: to io.Copy that is all the same as
// why nothing could be written.
type source struct {
	io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
