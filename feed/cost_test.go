//go:build !race

package feed

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

// What an article may cost: it is counted, not timed, so it is the same on every
// machine. Whoever raises a budget says in the commit what it buys.
const (
	mostAllocations = 210     // in a first build with pages and archives
	mostBytes       = 150_000 // of memory asked for in it
)

// TestWhatAnArticleCosts counts what a first build asks of memory for each article.
func TestWhatAnArticleCosts(t *testing.T) {
	const few, many = 300, 900
	run(t, shortNews(few), newShelf(t), start) // what is made once is made now
	costOf := func(n int) (allocations, bytes float64) {
		files, out := shortNews(n), newShelf(t)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if report, err := run(t, files, out, start); err != nil || report.New != n {
			t.Fatalf("%+v, %v", report, err)
		}
		runtime.ReadMemStats(&after)
		return float64(after.Mallocs - before.Mallocs), float64(after.TotalAlloc - before.TotalAlloc)
	}
	a, b := costOf(few)
	c, d := costOf(many)
	allocations, bytes := (c-a)/(many-few), (d-b)/(many-few)
	t.Logf("an article costs %.0f allocations and %.0f bytes", allocations, bytes)
	if allocations > mostAllocations || bytes > mostBytes {
		t.Errorf("an article costs %.0f allocations and %.0f bytes, more than %d and %d", allocations, bytes, mostAllocations, mostBytes)
	}
}

// shortNews are articles of about 4 KB.
func shortNews(n int) fstest.MapFS {
	r := rand.New(rand.NewPCG(7, 8))
	words := strings.Fields("the harbour keeper of a lamp saw no boat come in at night but rain fell on quay and bridge while people of town slept")
	files := fstest.MapFS{}
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "News number %d of the harbour\n", i)
		for range 8 {
			b.WriteString("\n")
			for range 100 {
				b.WriteString(words[r.IntN(len(words))] + " ")
			}
			b.WriteString("and so on.\n")
		}
		files[fmt.Sprintf("%02d/%04d.txt", i/100, i)] = &fstest.MapFile{Data: []byte(b.String()), ModTime: start.Add(-time.Duration(n-i) * time.Hour)}
	}
	return files
}

// countedFS counts the files that are opened, folders aside.
type countedFS struct {
	fstest.MapFS
	opened atomic.Int64
}

func (c *countedFS) Open(name string) (fs.File, error) {
	f, err := c.MapFS.Open(name)
	if err == nil {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			c.opened.Add(1)
		}
	}
	return f, err
}

// countedStore counts what is asked of a store.
type countedStore struct {
	Store
	read, staged int
}

func (c *countedStore) Read(name string) ([]byte, error) {
	c.read++
	return c.Store.Read(name)
}

func (c *countedStore) Stage(name string, content []byte) (bool, error) {
	c.staged++
	return c.Store.Stage(name, content)
}

// TestARunOverNothingNewOpensNothing counts what such a run reads and writes.
func TestARunOverNothingNewOpensNothing(t *testing.T) {
	seeds := &countedFS{MapFS: shortNews(120)}
	out := newShelf(t)
	build := func() (*countedStore, Report) {
		t.Helper()
		store := &countedStore{Store: out}
		report, err := runIn(t, seeds, out.state, store, start)
		if err != nil {
			t.Fatal(err)
		}
		return store, report
	}
	if store, _ := build(); seeds.opened.Load() != 120 || store.staged == 0 {
		t.Errorf("the first run opened %d of 120 seeds", seeds.opened.Load())
	}
	seeds.opened.Store(0)
	if store, report := build(); seeds.opened.Load() != 0 || store.read != 0 || store.staged != 0 || !report.Idle {
		t.Errorf("a run over nothing new opened %d seeds and %d documents, and staged %d", seeds.opened.Load(), store.read, store.staged)
	}
	seeds.MapFS["00/0007.txt"].Data = append(seeds.MapFS["00/0007.txt"].Data, "\nThe keeper of the lamp told more of it on the day after.\n"...)
	seeds.MapFS["00/0007.txt"].ModTime = start.Add(-time.Minute)
	if store, report := build(); seeds.opened.Load() > 60 || report.Changed != 1 || store.staged > 16 {
		t.Errorf("a run over one change opened %d seeds and staged %d documents (%d changed)", seeds.opened.Load(), store.staged, report.Changed)
	}
}
