package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"seedfeed/feed/seed"
)

// Watcher calls for a build when seeds or settings have changed, or may have.
type Watcher struct {
	Seeds    string      // the folder of seeds; it need not be there yet
	Settings []string    // the configuration file and those it names; they need not be there either
	Warn     func(error) // is told once if the system does not tell of every change

	quiet, longest, pause time.Duration // for tests; 0 is the usual one
}

const (
	// quietTime is how long nothing must happen before a build: whoever writes
	// one file often writes several. What is written on and on is not waited for.
	quietTime   = 200 * time.Millisecond
	longestTime = 2 * time.Second

	// leastPause and pauses keep looking on suspicion from costing more than a
	// fiftieth of the machine's time, however large the folder is.
	leastPause = 10 * time.Second
	pauses     = 50
)

// Run calls build at once and then whenever there may be something for it, until
// ctx ends; build reports whether there was.
//
// The system tells of changes, but not of all: on network file systems (NFS,
// SMB), in FUSE and in what a container shares with its host it never tells of
// those that others make, it has only so many watches to give, and nobody tells
// that an article which was held back is due. So build is called from time to
// time in any case. If there is nothing new, it is quick.
func (w Watcher) Run(ctx context.Context, build func(context.Context) (worked bool)) {
	f := newFolders(w)
	defer f.close()
	for ctx.Err() == nil {
		started := time.Now()
		f.catchUp() // first watched, then read: what comes in between is told of
		worked := build(ctx)
		f.wait(ctx, w.pauseAfter(worked, time.Since(started)))
	}
}

// pauseAfter is how long to wait at most after a build. What it costs to look and
// find nothing is not known from one that had something to do.
func (w Watcher) pauseAfter(worked bool, took time.Duration) time.Duration {
	least := cmp.Or(w.pause, leastPause)
	if worked {
		return least
	}
	return max(least, pauses*took)
}

// folders are those that are watched.
type folders struct {
	Watcher
	system  *fsnotify.Watcher
	events  <-chan fsnotify.Event // nil, as errors, if the system does not watch
	errors  <-chan error
	watched map[string]bool // their names, and whether they hold seeds
	behind  bool            // there may be some that are not watched yet
	warned  bool
}

func newFolders(w Watcher) *folders {
	f := &folders{Watcher: w, watched: map[string]bool{}, behind: true}
	f.Seeds, f.Settings = known(w.Seeds), make([]string, len(w.Settings))
	for i, name := range w.Settings {
		f.Settings[i] = known(name)
	}
	system, err := fsnotify.NewWatcher()
	if err != nil {
		f.warn(err)
		return f
	}
	f.system, f.events, f.errors = system, system.Events, system.Errors
	return f
}

// known is the name by which the system will tell of a file: absolute, and in
// its folder without links, which a folder may be reached through in two ways.
func known(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		return filepath.Join(folder, filepath.Base(abs))
	}
	return abs
}

func (f *folders) close() {
	if f.system != nil {
		f.system.Close()
	}
	f.system, f.events, f.errors = nil, nil, nil
}

// warn says once that the system does not tell of every change.
func (f *folders) warn(err error) {
	if f.warned || f.Warn == nil {
		return
	}
	f.warned = true
	reason := err.Error()
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
		reason = "the system has no more watches (on Linux see fs.inotify.max_user_watches and max_user_instances)"
	}
	f.Warn(fmt.Errorf("not all folders can be watched: %s; changes there are found later, by looking", reason))
}

// catchUp watches the folders that came. One that comes while it looks is found
// when it looks again.
func (f *folders) catchUp() {
	if f.system == nil || !f.behind {
		return
	}
	f.behind = false
	for f.watchMore() {
	}
}

// watchMore watches the folders that are not watched yet and reports whether
// there were any. The folder above the seeds tells when they are put in place.
func (f *folders) watchMore() (more bool) {
	seeds := seed.Folders(f.Seeds)
	f.behind = f.behind || len(seeds) == 0
	for _, name := range seeds {
		more = f.watch(name, true) || more
	}
	for _, name := range append([]string{f.Seeds}, f.Settings...) {
		more = f.watch(filepath.Dir(name), false) || more
	}
	return more
}

// watch watches a folder and reports whether that is new. What can't be watched
// is tried again before the next build; why it can't be read, the build says.
func (f *folders) watch(name string, seeds bool) (added bool) {
	if held, ok := f.watched[name]; ok {
		f.watched[name] = held || seeds
		return false
	}
	if err := f.system.Add(name); err != nil {
		f.behind = true
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			f.warn(err)
		}
		return false
	}
	f.watched[name] = seeds
	return true
}

// forget stops watching a folder that went, and those below it: they may go on
// elsewhere, and the system would call them by their old names.
func (f *folders) forget(folder string) {
	for name := range f.watched {
		if name == folder || strings.HasPrefix(name, folder+string(filepath.Separator)) {
			f.system.Remove(name) // it may have been forgotten already
			delete(f.watched, name)
		}
	}
	f.behind = true
}

// forgetAll is for when nobody knows what went.
func (f *folders) forgetAll() {
	for name := range f.watched {
		f.forget(name)
	}
}

// wait returns when something has happened and it is quiet again, or when the
// pause is over.
func (f *folders) wait(ctx context.Context, pause time.Duration) {
	over := time.After(pause)
	var quiet, longest <-chan time.Time
	for {
		happened := false
		select {
		case <-ctx.Done():
			return
		case <-over:
			return
		case <-quiet:
			return
		case <-longest:
			return
		case event := <-f.events:
			happened = f.matters(event)
		case err := <-f.errors:
			happened = f.fail(err)
		}
		if happened {
			quiet = time.After(cmp.Or(f.quiet, quietTime))
		}
		if happened && longest == nil {
			longest = time.After(cmp.Or(f.longest, longestTime))
		}
	}
}

// fail reports whether an error of the system's hides changes. If there were too
// many at once, all is looked for again; anything else ends the watching.
func (f *folders) fail(err error) (hides bool) {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		f.forgetAll()
		return true
	}
	f.close()
	if err == nil {
		err = fsnotify.ErrClosed
	}
	f.warn(err)
	return false
}

// matters reports whether what happened can be something for a build. Rights and
// times alone are not: a scanner or a backup touches them all day.
func (f *folders) matters(e fsnotify.Event) bool {
	if e.Op == 0 || e.Op == fsnotify.Chmod {
		return false
	}
	_, isWatched := f.watched[e.Name]
	holdsSeeds := f.watched[filepath.Dir(e.Name)]
	switch {
	case isWatched && (e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)):
		f.forget(e.Name)
		return true
	case e.Name == f.Seeds, holdsSeeds && isFolder(e.Name):
		f.behind = true
		return true
	}
	return slices.Contains(f.Settings, e.Name) || holdsSeeds && seed.Counts(e.Name)
}

func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}
