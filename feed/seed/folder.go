package seed

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoFolder says that there is no folder of seeds to read.
var ErrNoFolder = errors.New("no folder of seeds")

// Open opens a folder of seeds.
func Open(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %q does not exist", ErrNoFolder, dir)
	case err != nil:
		return nil, fmt.Errorf("%w: %q: %w", ErrNoFolder, dir, cause(err))
	}
	return &Folder{root}, nil
}

// Folders are the folders that List looks into, by their names on the system
// and the top first, for whoever wants to watch them. What can't be read is
// passed over: it is List that says so.
func Folders(dir string) []string {
	if target, err := filepath.EvalSymlinks(dir); err == nil {
		dir = target // a walk does not enter a link, not even at its start
	}
	var folders []string
	filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case name != dir && ignored(e.Name()):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.IsDir():
			folders = append(folders, name)
		}
		return nil
	})
	return folders
}

// Counts reports whether List makes something of a file of this name: whatever
// happens to others is of no account.
func Counts(name string) bool {
	return !ignored(filepath.Base(name)) && (isSeed(name) || isMedia(name))
}

// ReadFile reads one file by its name on the system, whatever its ending.
func ReadFile(name string, maxSize int64) (Document, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return Document{}, cause(err)
	}
	defer root.Close()
	base := filepath.Base(name)
	return Read(tree{root}, File{Path: canonical(base), name: base}, maxSize)
}

// Holder is the name of the folder that holds dir, empty if it has none.
func Holder(dir string) string {
	abs, err := filepath.Abs(dir)
	name := filepath.Base(filepath.Dir(abs))
	if err != nil || name == string(filepath.Separator) || name == "." {
		return ""
	}
	return name
}
