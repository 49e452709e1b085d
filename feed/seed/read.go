package seed

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"io"
	"io/fs"
	"sync"
)

// buffers are what files are read into: a Document keeps nothing of them.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keptBuffer is the most bytes of a buffer that waits for the next file.
const keptBuffer = 1 << 20

// Read reads a file and decodes it. Much may have happened since it was listed,
// so it is checked again: before it is opened or, in a Folder, where opening
// can't block, once open, and when it is read; a file that changed meanwhile is
// read once more.
func Read(fsys fs.FS, f File, maxSize int64) (Document, error) {
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= keptBuffer {
			buffers.Put(buf)
		}
	}()
	state, err := readTwice(fsys, f.name, maxSize, buf)
	if err != nil {
		return Document{}, cause(err)
	}
	raw := buf.Bytes()
	doc, err := decode(raw)
	if err != nil {
		return Document{}, err
	}
	sum := sha256.Sum256(raw)
	copy(doc.Sum[:], sum[:])
	doc.File = File{Path: f.Path, State: state, Media: f.Media, name: f.name}
	return doc, nil
}

func readTwice(fsys fs.FS, name string, maxSize int64, buf *bytes.Buffer) (State, error) {
	state, quiet, err := readOnce(fsys, name, maxSize, buf)
	if err == nil && !quiet {
		state, _, err = readOnce(fsys, name, maxSize, buf)
	}
	return state, err
}

// readOnce reads a file into buf. Its state is that before it was read: if there
// was a change after it, the next run sees it.
func readOnce(fsys fs.FS, name string, maxSize int64, buf *bytes.Buffer) (state State, quiet bool, err error) {
	file, before, err := openFile(fsys, name, maxSize)
	if err != nil {
		return state, false, err
	}
	defer file.Close()

	if err := readAtMost(file, before.Size(), maxSize, buf); err != nil {
		return state, false, err
	}
	after, err := statFile(file, maxSize)
	if err != nil {
		return state, false, err
	}
	state = stateOf(before)
	return state, state.Same(stateOf(after)), nil
}

// openFile opens a regular file and tells of it. It is looked at once open, for
// it may have become another, and before where a pipe would block.
func openFile(fsys fs.FS, name string, maxSize int64) (fs.File, fs.FileInfo, error) {
	if _, ok := fsys.(tree); !ok {
		if err := checkName(fsys, name, maxSize); err != nil {
			return nil, nil, err
		}
	}
	file, err := fsys.Open(name)
	if err != nil {
		// What is no file, as a socket, is better told so than by how it won't open.
		return nil, nil, cmp.Or(checkName(fsys, name, maxSize), err)
	}
	info, err := statFile(file, maxSize)
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// checkName tells why what has the name can't be a seed.
func checkName(fsys fs.FS, name string, maxSize int64) error {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return err
	}
	return checkFile(info, maxSize)
}

func statFile(file fs.File, maxSize int64) (fs.FileInfo, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return info, checkFile(info, maxSize)
}

// readAtMost makes room for size, the usual case, and refuses more than maxSize
// even from a file that claims to be smaller.
func readAtMost(file io.Reader, size, maxSize int64, buf *bytes.Buffer) error {
	buf.Reset()
	buf.Grow(int(size) + bytes.MinRead)
	n, err := buf.ReadFrom(io.LimitReader(file, maxSize+1))
	if err != nil {
		return err
	}
	return checkSize(n, maxSize)
}
