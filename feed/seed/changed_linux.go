package seed

import (
	"io/fs"
	"syscall"
	"time"
)

// changed is the time that no user can set: it betrays an edit that put the old
// size and modification time back.
func changed(info fs.FileInfo) time.Time {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(s.Ctim.Unix())
	}
	return time.Time{}
}
