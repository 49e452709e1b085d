// Package seed finds the texts under a directory and turns them into Documents.
//
// A file system goes in; a Listing of files comes out, without a byte of them
// read, and from each file a Document: read once, decoded to UTF-8. Input is
// hostile, so every file is its own risk: what can't be read is named with its
// reason and costs only itself. Reading never leaves the tree it was given,
// which is why that is a Folder's FS.
package seed

import (
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// DefaultMaxSize is the most bytes a seed may have. A long book is shorter.
const DefaultMaxSize = 8 << 20

// File is a seed as its directory shows it.
type File struct {
	Path string // with slashes, in NFC: the same on every machine
	State
	Media []Media // what stands beside it under the same name, in the order of the endings
	name  string  // as the file system spells it
}

// State is what tells, without a byte of it read, that a file is as it was.
type State struct {
	Size    int64
	ModTime time.Time
	Changed time.Time // of the file or its rights, by the system's clock; zero where it tells none
}

func stateOf(info fs.FileInfo) State {
	if s, ok := info.Sys().(*State); ok { // an entry's
		return *s
	}
	return State{info.Size(), info.ModTime(), changed(info)}
}

// Same reports whether nothing happened between two looks at a file.
func (s State) Same(t State) bool {
	return s.Size == t.Size && s.ModTime.Equal(t.ModTime) && s.Changed.Equal(t.Changed)
}

// Unreadable is a seed or a folder of seeds that can't be read.
type Unreadable struct {
	Path string
	Err  error // the reason, for people
	Dir  bool  // a folder: whatever stood below it can't be told
}

// Document is a seed's text.
type Document struct {
	File              // when it was read, which may be later than when it was listed
	Sum      [16]byte // of its bytes: half of their SHA-256
	Text     string   // valid UTF-8 without BOM, else as written
	Encoding string   // the file's: utf-8, utf-16le, windows-1256, …
	Warning  string   // what had to be guessed or replaced; empty if nothing
}

// isSeed reports whether a file of this name is a seed. Most of what editors
// leave (a.txt~, #a.txt#, .a.txt.swp) does not end in .txt to begin with.
func isSeed(name string) bool {
	return strings.EqualFold(path.Ext(name), ".txt")
}

// ignored reports whether an entry of a folder is not for us, nor anything
// below it: hidden, or the note an office program leaves beside an open file.
func ignored(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$")
}

// canonical is the path by which a file is known. macOS writes names in NFD,
// Linux as they come; the ledger must not see two articles in one.
func canonical(name string) string {
	if allASCII(name) {
		return name
	}
	return norm.NFC.String(strings.ToValidUTF8(name, "\uFFFD"))
}

func allASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cause strips the operation and the raw path from a file system's error:
// whoever prints it names the file, and only its reason is missing.
func cause(err error) error {
	if e, ok := err.(*fs.PathError); ok {
		return e.Err
	}
	return err
}
