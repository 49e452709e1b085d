package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// LockName is the file in out/ that a run holds locked. The system lets go of
// it when the process ends, however it ends.
const LockName = ".seedfeed.lock"

// HeldError tells that another run holds the lock. Its process is 0 if it did
// not say: it has only just begun.
type HeldError struct {
	Process int
	Since   time.Time
}

func (e *HeldError) Error() string {
	if e.Process == 0 {
		return "another run is under way"
	}
	return fmt.Sprintf("another run is under way: process %d since %s", e.Process, e.Since.Format(time.RFC3339))
}

// Lock is the right to publish in a folder.
type Lock struct {
	dir    string
	made   []string // folders that were made for the lock, parents first
	signed bool
	died   bool
	file   *flock.Flock
}

// Acquire takes the lock of a folder, which it makes if need be. If another run
// holds it, the error is a *HeldError.
func Acquire(dir string) (*Lock, error) {
	l := &Lock{dir: dir}
	var err error
	if l.made, err = makeFolders(dir); err != nil {
		return nil, fmt.Errorf("make %q: %w", dir, cause(err))
	}
	// A link in its place could lead anywhere.
	if info, err := os.Lstat(l.name()); err == nil && !info.Mode().IsRegular() {
		return nil, &ForeignError{LockName}
	}
	l.file = flock.New(l.name(), flock.SetPermissions(0o644))
	locked, err := l.file.TryLock()
	if err != nil {
		l.file.Close()
		return nil, fmt.Errorf("lock %q: %w", dir, cause(err))
	}
	if !locked {
		l.file.Close()
		return nil, l.holder()
	}
	info, err := os.Stat(l.name())
	l.died = err == nil && info.Size() > 0
	l.signed = l.died
	return l, nil
}

func (l *Lock) name() string { return filepath.Join(l.dir, LockName) }

// holder is what the run that holds the lock says of itself.
func (l *Lock) holder() *HeldError {
	var e HeldError
	content, err := os.ReadFile(l.name())
	process, since, ok := strings.Cut(strings.TrimSpace(string(content)), " ")
	if err != nil || !ok {
		return &e
	}
	if at, err := time.Parse(time.RFC3339, since); err == nil {
		e.Since = at
		e.Process, _ = strconv.Atoi(process) // 0 if it is none
	}
	return &e
}

// Sign says who holds the lock. A run over nothing new doesn't: it would write
// for nothing.
func (l *Lock) Sign(now time.Time) error {
	l.signed = true
	return l.write(fmt.Sprintf("%d %s\n", os.Getpid(), now.UTC().Format(time.RFC3339)))
}

// write leaves the file in its place: a new one would be another lock.
func (l *Lock) write(content string) error {
	if err := os.WriteFile(l.name(), []byte(content), 0o644); err != nil {
		return fmt.Errorf("sign %q: %w", l.name(), cause(err))
	}
	return nil
}

// Died reports whether the run before this one ended without letting go.
func (l *Lock) Died() bool { return l.died }

// Release lets go of the lock. A folder that was made for it and in which
// nothing stands is removed.
func (l *Lock) Release() error {
	var errs []error
	if l.signed {
		errs = append(errs, l.write(""))
	}
	if entries, err := os.ReadDir(l.dir); len(l.made) > 0 && err == nil && len(entries) == 1 {
		errs = append(errs, os.Remove(l.name()))
		for _, dir := range slices.Backward(l.made) {
			if err := os.Remove(dir); err != nil && !isInUse(err) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(append(errs, l.file.Close())...)
}

// SweepLeftovers removes the temporary files that a killed run left anywhere
// under out/. The lock must be held.
func (f *Folder) SweepLeftovers() error {
	if f.root == nil {
		return nil
	}
	return fs.WalkDir(f.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !isTemp(name) {
			return nil // what can't be looked at was not ours to begin with
		}
		if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.explain("sweep", name, err)
		}
		return nil
	})
}
