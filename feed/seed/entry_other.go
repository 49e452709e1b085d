//go:build !darwin && !freebsd && !linux

package seed

import "io/fs"

// entries are those of a folder, in the order of their names.
func (t tree) entries(folder string, _ helpers) ([]fs.DirEntry, error) { return t.ReadDir(folder) }
