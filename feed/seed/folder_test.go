package seed

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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

func TestFoldersAreThoseThatListLooksInto(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"seeds/a/b.c/d", "seeds/.git/objects", "seeds/~$open", "elsewhere/e"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"seeds/f": "../elsewhere", "seeds/g": "a", "link": "seeds"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, name := range []string{"seeds", "seeds/a", "seeds/a/b.c", "seeds/a/b.c/d"} {
		want = append(want, filepath.Join(dir, name))
	}
	for _, name := range []string{"seeds", "link"} {
		if got := Folders(filepath.Join(dir, name)); !slices.Equal(got, want) {
			t.Errorf("Folders(%q) = %q, want %q", name, got, want)
		}
	}
	if got := Folders(filepath.Join(dir, "none")); len(got) > 0 {
		t.Errorf("of a folder that is not there: %q", got)
	}
}

func TestCounts(t *testing.T) {
	for name, want := range map[string]bool{
		"lamp.txt": true, "a/LAMP.TXT": true, "lamp.mp3": true, "lamp.md": false, "lamp": false, ".lamp.txt": false, "a/.lamp.txt.swp": false, "~$lamp.txt": false, "lamp.txt~": false,
	} {
		if got := Counts(filepath.FromSlash(name)); got != want {
			t.Errorf("Counts(%q) = %v", name, got)
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
