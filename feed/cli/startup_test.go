package cli

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What the program may cost before it does anything: some 15 % more than it did
// when this was written. A table that few runs need belongs into a
// sync.OnceValue, and a package that makes many at its start is a heavy one.
const (
	mostStartBytes  = 360_000
	mostStartAllocs = 1_150
	mostProgramSize = 20_000_000 // stripped
)

func TestProgramStartsLean(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "seedfeed")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "seedfeed")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}

	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", info.Size())
	if info.Size() > mostProgramSize {
		t.Errorf("the program has %d bytes, more than %d", info.Size(), mostProgramSize)
	}

	start := exec.Command(program, "--version")
	start.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	start.Stderr = &trace
	if err := start.Run(); err != nil {
		t.Fatal(err)
	}
	starts := readInitTrace(t, trace.String())
	var all started
	for _, s := range starts {
		all.bytes += s.bytes
		all.allocs += s.allocs
	}
	t.Logf("%d packages start with %d bytes in %d allocations", len(starts), all.bytes, all.allocs)
	if all.bytes > mostStartBytes || all.allocs > mostStartAllocs {
		slices.SortFunc(starts, func(a, b started) int { return cmp.Compare(b.bytes, a.bytes) })
		t.Errorf("packages start with %d bytes in %d allocations, more than %d or %d. The worst:\n%+v",
			all.bytes, all.allocs, mostStartBytes, mostStartAllocs, starts[:min(8, len(starts))])
	}
}

// started is what the initialization of a package allocates.
type started struct {
	name          string
	bytes, allocs int
}

// readInitTrace reads lines as "init os @0.3 ms, 0.1 ms clock, 432 bytes, 9 allocs".
func readInitTrace(t *testing.T, trace string) (starts []started) {
	for line := range strings.Lines(trace) {
		var s started
		var at, took float64
		if _, err := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %d bytes, %d allocs", &s.name, &at, &took, &s.bytes, &s.allocs); err == nil {
			starts = append(starts, s)
		}
	}
	if len(starts) == 0 {
		t.Fatalf("no package starts in\n%s", trace)
	}
	return starts
}
