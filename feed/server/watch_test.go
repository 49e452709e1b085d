package server

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// field is a folder with seeds that is watched.
type field struct {
	t      *testing.T
	dir    string
	builds chan struct{} // takes one a build
}

// newField is a folder with some seeds that nobody watches yet.
func newField(t *testing.T) *field {
	f := &field{t: t, dir: t.TempDir(), builds: make(chan struct{})}
	f.write("seeds/one.txt")
	f.write("seeds/a/two.txt")
	return f
}

// watch watches a field and waits for the first build.
func (f *field) watch(seeds string) *field {
	ctx, stop := context.WithCancel(f.t.Context())
	w := Watcher{
		Seeds: f.name(seeds), Settings: []string{f.name("seedfeed.toml")},
		Warn:  func(err error) { f.t.Errorf("it warns: %v", err) },
		quiet: 20 * time.Millisecond, pause: time.Hour,
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx, func(ctx context.Context) bool {
			select {
			case f.builds <- struct{}{}:
			case <-ctx.Done():
			}
			return true
		})
	}()
	f.t.Cleanup(func() {
		stop()
		<-done
	})
	f.wantBuild("it began")
	return f
}

func (f *field) name(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *field) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *field) write(name string) {
	f.t.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.name(name)), 0o755))
	f.must(os.WriteFile(f.name(name), []byte(name), 0o644))
}

func (f *field) wantBuild(after string) {
	f.t.Helper()
	select {
	case <-f.builds:
	case <-time.After(20 * time.Second):
		f.t.Fatalf("no build, though %s", after)
	}
}

// settle lets builds go by until there are none for a while.
func (f *field) settle() {
	for {
		select {
		case <-f.builds:
		case <-time.After(150 * time.Millisecond):
			return
		}
	}
}

func TestWatcherBuildsWhen(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(f *field)
	}{
		{"a seed comes", func(f *field) { f.write("seeds/new.txt") }},
		{"one below comes", func(f *field) { f.write("seeds/a/new.TXT") }},
		{"a seed changes", func(f *field) { f.write("seeds/a/two.txt") }},
		{"a seed goes", func(f *field) { f.must(os.Remove(f.name("seeds/a/two.txt"))) }},
		{"a seed is moved", func(f *field) { f.must(os.Rename(f.name("seeds/one.txt"), f.name("seeds/a/one.txt"))) }},
		{"an editor renames a file into place", func(f *field) {
			f.write("seeds/.one.txt.swp")
			f.must(os.Rename(f.name("seeds/.one.txt.swp"), f.name("seeds/one.txt")))
		}},
		{"what goes with a seed comes", func(f *field) { f.write("seeds/one.mp3") }},
		{"a folder comes with seeds in it", func(f *field) {
			f.write("elsewhere/b/c/new.txt")
			f.must(os.Rename(f.name("elsewhere"), f.name("seeds/b")))
		}},
		{"a folder goes", func(f *field) { f.must(os.Rename(f.name("seeds/a"), f.name("elsewhere"))) }},
		{"the settings come", func(f *field) { f.write("seedfeed.toml") }},
		{"all seeds go", func(f *field) { f.must(os.RemoveAll(f.name("seeds"))) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newField(t).watch("seeds")
			tt.do(f)
			f.wantBuild(tt.name)
		})
	}
}

func TestWatcherFollowsFolders(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(f *field)
		then string // a file in a folder that was not there before
	}{
		{"a new one", func(f *field) { f.must(os.Mkdir(f.name("seeds/b"), 0o755)) }, "seeds/b/new.txt"},
		{"a new one in a new one", func(f *field) { f.must(os.MkdirAll(f.name("seeds/b/c/d.e"), 0o755)) }, "seeds/b/c/d.e/new.txt"},
		{"one under a new name", func(f *field) { f.must(os.Rename(f.name("seeds/a"), f.name("seeds/b"))) }, "seeds/b/new.txt"},
		{"one in one under a new name", func(f *field) {
			f.must(os.Mkdir(f.name("seeds/a/c"), 0o755))
			f.settle()
			f.must(os.Rename(f.name("seeds/a"), f.name("seeds/b")))
			f.settle()
			f.must(os.Mkdir(f.name("seeds/b/c/d"), 0o755))
		}, "seeds/b/c/d/new.txt"},
		{"one in the place of another", func(f *field) {
			f.must(os.RemoveAll(f.name("seeds/a")))
			f.must(os.Mkdir(f.name("seeds/a"), 0o755))
		}, "seeds/a/new.txt"},
		{"all seeds in the place of others", func(f *field) {
			f.must(os.Rename(f.name("seeds"), f.name("old")))
			f.settle()
			f.must(os.MkdirAll(f.name("seeds/b"), 0o755))
		}, "seeds/b/new.txt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newField(t).watch("seeds")
			tt.do(f)
			f.wantBuild(tt.name + " was made")
			f.settle()
			f.write(tt.then)
			f.wantBuild(tt.then + " came")
		})
	}
}

func TestWatcherPassesOver(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(f *field)
	}{
		{"a file that is no seed", func(f *field) { f.write("seeds/notes.md") }},
		{"what an editor leaves", func(f *field) { f.write("seeds/.one.txt.swp"); f.write("seeds/one.txt~") }},
		{"rights", func(f *field) { f.must(os.Chmod(f.name("seeds/one.txt"), 0o600)) }},
		{"another file beside the settings", func(f *field) { f.write("out.log"); f.write("new.txt") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newField(t).watch("seeds")
			tt.do(f)
			select {
			case <-f.builds:
				t.Errorf("%s makes it build", tt.name)
			case <-time.After(200 * time.Millisecond):
			}
		})
	}
}

func TestWatcherWatchesBehindALink(t *testing.T) {
	f := newField(t)
	f.must(os.Symlink(f.name("seeds"), f.name("link")))
	f.watch("link")
	f.write("seeds/a/new.txt")
	f.wantBuild("a seed came behind the link")
}

func TestWatcherWaitsForSeedsThatAreNotThere(t *testing.T) {
	f := newField(t).watch("none")
	f.must(os.Mkdir(f.name("none"), 0o755))
	f.wantBuild("their folder came")
	f.settle()
	f.write("none/new.txt")
	f.wantBuild("a seed came into it")
}

// unwatched are folders of which the system tells what the test says.
func unwatched() (*folders, chan fsnotify.Event, chan error) {
	events, errs := make(chan fsnotify.Event), make(chan error)
	f := &folders{Watcher: Watcher{Seeds: "/seeds"}, watched: map[string]bool{"/seeds": true}, events: events, errors: errs}
	return f, events, errs
}

func TestWaitIsOver(t *testing.T) {
	change := fsnotify.Event{Name: "/seeds/a.txt", Op: fsnotify.Write}
	for _, tt := range []struct {
		name  string
		every time.Duration // a change, from the start on
		count int
		want  time.Duration
	}{
		{"after the pause, if nothing happens", 0, 0, time.Minute},
		{"when it is quiet after a change", 0, 1, quietTime},
		{"when it is quiet after the last of many", quietTime / 2, 10, quietTime/2*9 + quietTime},
		{"at the latest then, if it is never quiet", quietTime / 2, 1000, longestTime},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, events, _ := unwatched()
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				go func() {
					for range tt.count {
						select {
						case events <- change:
						case <-ctx.Done():
							return
						}
						time.Sleep(tt.every)
					}
				}()
				began := time.Now()
				f.wait(ctx, time.Minute)
				if got := time.Since(began); got != tt.want {
					t.Errorf("it waits %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, _, _ := unwatched()
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		began := time.Now()
		f.wait(ctx, time.Hour)
		if got := time.Since(began); got != time.Second {
			t.Errorf("it waits %v", got)
		}
	})
}

func TestWaitWhenTheSystemFails(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want time.Duration
		told string
	}{
		{"changes that got lost are changes", fsnotify.ErrEventOverflow, quietTime, ""},
		{"without it, only the pause ends", syscall.EIO, time.Minute, "not all folders can be watched: input/output error; changes there are found later, by looking"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, _, errs := unwatched()
				f.watched = map[string]bool{}
				told := ""
				f.Warn = func(err error) { told += err.Error() }
				go func() { errs <- tt.err }()
				began := time.Now()
				f.wait(t.Context(), time.Minute)
				if got := time.Since(began); got != tt.want || told != tt.told {
					t.Errorf("it waits %v and says %q, want %v and %q", got, told, tt.want, tt.told)
				}
			})
		})
	}
}

func TestWarnsOnceOfFoldersThatCantBeWatched(t *testing.T) {
	told := []error{}
	f := &folders{Watcher: Watcher{Warn: func(err error) { told = append(told, err) }}}
	f.warn(syscall.ENOSPC)
	f.warn(errors.New("another"))
	if len(told) != 1 {
		t.Errorf("it says %v", told)
	}
}

func TestPauseAfter(t *testing.T) {
	for _, tt := range []struct {
		name   string
		worked bool
		took   time.Duration
		want   time.Duration
	}{
		{"a quick look is taken often", false, 60 * time.Millisecond, 10 * time.Second},
		{"a slow one seldom", false, 700 * time.Millisecond, 35 * time.Second},
		{"what work took says nothing of looking", true, time.Minute, 10 * time.Second},
	} {
		if got := (Watcher{}).pauseAfter(tt.worked, tt.took); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
