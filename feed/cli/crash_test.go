package cli_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/syndication"
)

var kills = flag.Int("kills", 200, "how often to kill the program")

// moment is when a kill fell, as what it left behind tells.
type moment string

const (
	before   moment = "before anything was written"
	inLedger moment = "while the ledger was being written"
	inFeeds  moment = "while the feeds were being written"
	after    moment = "after the feeds were written"
)

// TestKilledAtAnyInstant kills the real program while it works on a folder that
// changes, and holds what is published against what was written into the
// folder: feeds are old or new, never torn; the next run finishes the job;
// no item is lost, none comes twice, no id or date changes.
func TestKilledAtAnyInstant(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	v := newVictim(t, realProgram(t))
	fell := map[moment]int{}
	for n := range *kills {
		v.change()
		old := v.feeds()
		wait := v.sometime
		if n%2 == 1 { // at any time at all; but some moments are short
			wait = v.soonAfter(v.sign(fell), old)
		}
		when := v.examine(v.kill(wait), old)
		for _, m := range when {
			fell[m]++
		}
		if v.finish(); t.Failed() {
			t.Fatalf("kill %d fell %v", n, when)
		}
	}
	t.Logf("%d kills: %v", *kills, fell)
	for _, m := range []moment{before, inLedger, inFeeds, after} {
		if fell[m] < *kills/10 {
			t.Errorf("only %d kills fell %s", fell[m], m)
		}
	}
}

// realProgram builds the program as its users have it: under the race detector,
// which this test may run with, it would be many times slower.
func realProgram(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "seedfeed")
	build := exec.Command("go", "build", "-o", name, "seedfeed")
	build.Env = append(os.Environ(), "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

// victim is a folder, what is published of it, and what must be.
type victim struct {
	*rand.Rand
	t       *testing.T
	program string
	dir     string
	stories map[string]*tale // by path
	ids     map[string]string
	dates   map[string]string // published, by id
	count   int
	lasts   time.Duration // about how long a run takes
}

// tale is what is written into a file.
type tale struct {
	name string // stands in title and text, and in no other's
	rev  int
}

func newVictim(t *testing.T, program string) *victim {
	v := &victim{Rand: rand.New(rand.NewPCG(4, 2)), t: t, program: program, dir: t.TempDir(), stories: map[string]*tale{}, ids: map[string]string{},
		dates: map[string]string{}}
	for range 40 {
		v.add()
	}
	v.finish()
	return v
}

func (v *victim) path(name string) string { return filepath.Join(v.dir, "seeds", name) }

func (v *victim) write(name string) {
	s := v.stories[name]
	var words strings.Builder
	for i := range 5 {
		fmt.Fprintf(&words, "\n\nThe %s said that part %d of the %s was in the %s of %s when they came to it.", s.name, i, s.name, s.name, s.name)
	}
	text := fmt.Sprintf("A tale of %s in the north\n\nPublished %d March 2024%s\n\nIt was told %d times.\n", s.name, 1+len(s.name)%28, words.String(), s.rev)
	v.must(os.MkdirAll(filepath.Dir(v.path(name)), 0o755))
	v.must(os.WriteFile(v.path(name), []byte(text), 0o644))
	old := time.Now().Add(-time.Duration(5+v.IntN(1000)) * time.Second)
	v.must(os.Chtimes(v.path(name), old, old))
}

func (v *victim) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *victim) add() {
	v.count++
	letters := fmt.Sprintf("%04d", v.count)
	name := strings.Map(func(r rune) rune { return 'a' + (r-'0')*2 }, letters)
	path := fmt.Sprintf("f%d/%s.txt", v.count%7, letters)
	v.stories[path] = &tale{name: "quo" + name + "rum"}
	v.write(path)
}

// change does some things to the folder.
func (v *victim) change() {
	v.add()
	v.add()
	paths := slices.Sorted(maps.Keys(v.stories))
	v.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	for _, path := range paths[:12] {
		v.stories[path].rev++
		v.write(path)
	}
	moved := paths[20]
	to := strings.TrimSuffix(moved, ".txt") + "x.txt"
	v.must(os.Rename(v.path(moved), v.path(to)))
	v.stories[to] = v.stories[moved]
	delete(v.stories, moved)
	if len(paths) > 40 {
		v.must(os.Remove(v.path(paths[21])))
		delete(v.stories, paths[21])
	}
}

var building = []string{"--settle", "0", "--limit", "0"}

func (v *victim) command(args ...string) *exec.Cmd {
	cmd := exec.Command(v.program, append(args, "--state", filepath.Join(v.dir, "state"))...)
	cmd.Dir = v.dir
	return cmd
}

// sometime waits for any while that a run may take.
func (v *victim) sometime(over <-chan error) {
	select {
	case <-over:
	case <-time.After(time.Duration(v.Float64() * 1.2 * float64(v.lasts))):
	}
}

// sign tells by what the moment is known that was met the least.
func (v *victim) sign(fell map[moment]int) func(old map[string][]byte) bool {
	rarest := before
	for _, m := range []moment{inLedger, inFeeds, after} {
		if fell[m] < fell[rarest] {
			rarest = m
		}
	}
	return map[moment]func(map[string][]byte) bool{
		before:   func(map[string][]byte) bool { return true },
		inLedger: func(map[string][]byte) bool { return v.journals() > 0 },
		inFeeds:  func(map[string][]byte) bool { return v.leftovers() > 0 },
		after:    func(old map[string][]byte) bool { return v.renewed(v.feeds(), old) },
	}[rarest]
}

// soonAfter waits for a sign, and a little longer.
func (v *victim) soonAfter(sign func(map[string][]byte) bool, old map[string][]byte) func(<-chan error) {
	return func(over <-chan error) {
		for !sign(old) {
			select {
			case <-over:
				return
			default:
			}
		}
		time.Sleep(time.Duration(v.IntN(3000)) * time.Microsecond)
	}
}

// kill starts the program and kills it after a while. It reports whether that
// came in time.
func (v *victim) kill(wait func(over <-chan error)) bool {
	cmd := v.command(building...)
	v.must(cmd.Start())
	over, ended := make(chan error), make(chan error, 1)
	go func() {
		ended <- cmd.Wait()
		close(over)
	}()
	wait(over)
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		v.t.Fatal(err)
	}
	var failure *exec.ExitError
	return errors.As(<-ended, &failure) && !failure.Exited()
}

func (v *victim) journals() int {
	names, err := filepath.Glob(filepath.Join(v.dir, "state", "seedfeed", "*", "ledger.db-journal"))
	v.must(err)
	return len(names)
}

func (v *victim) renewed(now, old map[string][]byte) bool {
	return !bytes.Equal(now["atom.xml"], old["atom.xml"]) && !bytes.Equal(now["rss.xml"], old["rss.xml"])
}

func (v *victim) feeds() map[string][]byte {
	contents := map[string][]byte{}
	for _, name := range []string{"atom.xml", "rss.xml"} {
		content, err := os.ReadFile(filepath.Join(v.dir, "out", name))
		v.must(err)
		contents[name] = content
	}
	return contents
}

// examine looks at what a kill left: whole feeds, and signs of when it fell.
func (v *victim) examine(killed bool, old map[string][]byte) (when []moment) {
	now := v.feeds()
	for name, content := range now {
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				v.t.Errorf("%s is torn: %v", name, err)
				break
			}
		}
	}
	if !killed { // it was over already
		return nil
	}
	// The ledger can be asked, although its journal may have to be played back.
	defer func() {
		if out, err := v.command("status").CombinedOutput(); err != nil {
			v.t.Errorf("status: %v\n%s", err, out)
		}
	}()
	journals := v.journals()
	if journals > 0 {
		when = append(when, inLedger)
	}
	switch left := v.leftovers(); {
	case left > 0:
		when = append(when, inFeeds)
	case v.renewed(now, old):
		when = append(when, after)
	case journals == 0:
		when = append(when, before)
	}
	return when
}

// leftovers counts temporary files.
func (v *victim) leftovers() (n int) {
	v.must(filepath.WalkDir(filepath.Join(v.dir, "out"), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // renamed meanwhile
		}
		if err == nil && strings.HasPrefix(e.Name(), ".seedfeed-") {
			n++
		}
		return err
	}))
	return n
}

// finish runs the program to its end and checks all that was promised.
func (v *victim) finish() {
	v.t.Helper()
	started := time.Now()
	if out, err := v.command(building...).CombinedOutput(); err != nil {
		v.t.Fatalf("the run after the kill: %v\n%s", err, out)
	}
	v.lasts = (3*v.lasts + time.Since(started)) / 4
	if n := v.leftovers(); n > 0 {
		v.t.Errorf("%d temporary files are left", n)
	}
	content := v.feeds()["atom.xml"]
	p, err := syndication.ReadAtom(content)
	v.must(err)
	found := map[string]bool{}
	for _, e := range p.Entries {
		text := e.Article.Title
		_, rest, _ := strings.Cut(text, "A tale of ")
		name, _, _ := strings.Cut(rest, " ")
		if found[name] {
			v.t.Errorf("%s comes twice", name)
		}
		found[name] = true
		if id := v.ids[name]; id != "" && id != e.Item.ID {
			v.t.Errorf("%s has the id %s, and had %s", name, e.Item.ID, id)
		}
		v.ids[name] = e.Item.ID
		published := e.Item.Published.Format(time.RFC3339)
		if date := v.dates[name]; date != "" && date != published {
			v.t.Errorf("%s was published %s, and now %s", name, date, published)
		}
		v.dates[name] = published
		if info, err := os.Stat(filepath.Join(v.dir, "out", filepath.FromSlash(e.Item.Page))); err != nil || info.Size() == 0 {
			v.t.Errorf("the page of %s: %v", name, err)
		}
	}
	for path, s := range v.stories {
		if !found[s.name] {
			v.t.Errorf("%s (%s) is lost", s.name, path)
		}
		if told := fmt.Sprintf("%s was in the %s of %s", s.name, s.name, s.name); !bytes.Contains(content, []byte(told)) {
			v.t.Errorf("the text of %s is not in the feed", s.name)
		}
	}
	if len(found) != len(v.stories) {
		v.t.Errorf("%d entries for %d files", len(found), len(v.stories))
	}
	if out, err := v.command(building...).CombinedOutput(); err != nil || !strings.Contains(string(out), "; 0 files written") {
		v.t.Errorf("a run over nothing new: %v\n%s", err, out)
	}
}
