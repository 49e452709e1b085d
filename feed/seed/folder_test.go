package seed

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestOpenSaysThatThereIsNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(t.TempDir(), "none"), file} {
		if _, err := Open(dir); !errors.Is(err, ErrNoFolder) {
			t.Errorf("Open(%q) = %v, want ErrNoFolder", dir, err)
		}
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "note.md")
	if err := os.WriteFile(name, []byte("Lamp is lit again\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	doc, err := ReadFile(name, DefaultMaxSize)
	if err != nil || doc.Path != "note.md" || doc.Text != "Lamp is lit again\n" {
		t.Errorf("ReadFile = %+v, %v", doc, err)
	}
	if _, err := ReadFile(filepath.Join(dir, "none", "note.md"), DefaultMaxSize); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of a file that is not there: %v", err)
	}
	if _, err := ReadFile(name, 3); err == nil {
		t.Error("a file over the limit is read")
	}
}

func TestHolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "news", "seeds")
	if got := Holder(dir); got != "news" {
		t.Errorf("Holder(%q) = %q, want news", dir, got)
	}
	if got := Holder(string(filepath.Separator)); got != "" {
		t.Errorf("the top folder has a holder: %q", got)
	}
}
