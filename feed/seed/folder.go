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

// Open opens a folder of seeds. Through its FS nothing outside of it can be reached.
func Open(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %q does not exist", ErrNoFolder, dir)
	case err != nil:
		return nil, fmt.Errorf("%w: %q: %w", ErrNoFolder, dir, cause(err))
	}
	return root, nil
}

// ReadFile reads one file by its name on the system, whatever its ending.
func ReadFile(name string, maxSize int64) (Document, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return Document{}, cause(err)
	}
	defer root.Close()
	base := filepath.Base(name)
	return Read(root.FS(), File{Path: canonical(base), name: base}, maxSize)
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
