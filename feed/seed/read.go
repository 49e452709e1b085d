package seed

import (
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
)

// Read reads a file and decodes it. Much may have happened since it was listed,
// so it is checked again: before it is opened, once open, and when it is read;
// a file that changed meanwhile is read once more.
func Read(fsys fs.FS, f File, maxSize int64) (Document, error) {
	raw, state, err := readTwice(fsys, f.name, maxSize)
	if err != nil {
		return Document{}, cause(err)
	}
	doc, err := decode(raw)
	if err != nil {
		return Document{}, err
	}
	sum := sha256.Sum256(raw)
	copy(doc.Sum[:], sum[:])
	doc.File = File{Path: f.Path, State: state, Media: f.Media, name: f.name}
	return doc, nil
}

func readTwice(fsys fs.FS, name string, maxSize int64) ([]byte, State, error) {
	raw, state, quiet, err := readOnce(fsys, name, maxSize)
	if err == nil && !quiet {
		raw, state, _, err = readOnce(fsys, name, maxSize)
	}
	return raw, state, err
}

// readOnce reads a file. Its state is that before it was read: if there was a
// change after it, the next run sees it.
func readOnce(fsys fs.FS, name string, maxSize int64) (raw []byte, state State, quiet bool, err error) {
	file, before, err := openFile(fsys, name, maxSize)
	if err != nil {
		return nil, state, false, err
	}
	defer file.Close()

	raw, err = readAtMost(file, before.Size(), maxSize)
	if err != nil {
		return nil, state, false, err
	}
	after, err := statFile(file, maxSize)
	if err != nil {
		return nil, state, false, err
	}
	state = stateOf(before)
	return raw, state, state.Same(stateOf(after)), nil
}

// openFile opens a regular file and tells of it. It is looked at before, for a
// pipe would block, and once open, for it may have become another.
func openFile(fsys fs.FS, name string, maxSize int64) (fs.File, fs.FileInfo, error) {
	info, err := fs.Stat(fsys, name)
	if err == nil {
		err = checkFile(info, maxSize)
	}
	if err != nil {
		return nil, nil, err
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	if info, err = statFile(file, maxSize); err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
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
func readAtMost(file io.Reader, size, maxSize int64) ([]byte, error) {
	buf := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	n, err := buf.ReadFrom(io.LimitReader(file, maxSize+1))
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), checkSize(n, maxSize)
}
