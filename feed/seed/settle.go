package seed

import (
	"context"
	"errors"
	"io/fs"
	"time"
)

// longestWait keeps a folder in which something is always being written from
// holding up the run.
const longestWait = 3 * time.Second

// Clock is the time that passes during a run. Sleep returns early with ctx.
type Clock struct {
	Now   func() time.Time
	Sleep func(context.Context, time.Duration)
}

// Settle waits for files that were written less than quiet ago, or whose media
// were, for their writers may not be done, and looks at them again: the list it
// returns has their new sizes and times, and not those that went away. It waits
// 3 seconds at most; what is still young then is taken as it is. A time in the
// future is a wrong clock's and not waited for.
func Settle(ctx context.Context, fsys fs.FS, files []File, quiet time.Duration, clock Clock) []File {
	for left := longestWait; left > 0 && ctx.Err() == nil; {
		now := clock.Now()
		wait := min(left, longestUnrest(files, quiet, now))
		if wait == 0 {
			break
		}
		clock.Sleep(ctx, wait)
		left -= wait
		files = lookAgain(fsys, files, quiet, now)
	}
	return files
}

// longestUnrest is how long it takes until the youngest file is quiet.
func longestUnrest(files []File, quiet time.Duration, now time.Time) time.Duration {
	var wait time.Duration
	for _, f := range files {
		wait = max(wait, f.unrest(quiet, now))
	}
	return wait
}

// unrest is how long the file and its media have yet to be left alone, 0 if
// they are quiet.
func (f File) unrest(quiet time.Duration, now time.Time) time.Duration {
	wait := f.State.unrest(quiet, now)
	for _, m := range f.Media {
		wait = max(wait, m.unrest(quiet, now))
	}
	return wait
}

func (s State) unrest(quiet time.Duration, now time.Time) time.Duration {
	age := now.Sub(s.ModTime)
	if age < 0 || age >= quiet {
		return 0
	}
	return quiet - age
}

// lookAgain is files with what is known by now of those that were young then.
func lookAgain(fsys fs.FS, files []File, quiet time.Duration, then time.Time) []File {
	fresh := make([]File, 0, len(files))
	for _, f := range files {
		if f.State.unrest(quiet, then) > 0 {
			info, err := fs.Stat(fsys, f.name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err == nil { // else Read will say what is wrong
				f.State = stateOf(info)
			}
		}
		f.Media = lookAgainAtMedia(fsys, f.Media, quiet, then)
		fresh = append(fresh, f)
	}
	return fresh
}

// lookAgainAtMedia is media with what is known by now of those that were young
// then, and without those that are no whole files any more.
func lookAgainAtMedia(fsys fs.FS, media []Media, quiet time.Duration, then time.Time) []Media {
	var fresh []Media
	for _, m := range media {
		if m.unrest(quiet, then) > 0 {
			info, err := fs.Stat(fsys, m.name)
			if err != nil || !isWhole(info) {
				continue
			}
			m.State = stateOf(info)
		}
		fresh = append(fresh, m)
	}
	return fresh
}
