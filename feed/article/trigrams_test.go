package article

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the trigrams of the word files anew, from testdata/lines")

// Trigrams are kept if they come this often in a language's lines, so many of
// them at most; their weight is the binary logarithm of how much more frequent
// they are than one in rare.
const leastOften, mostTrigrams, rare = 2, 1500, 20000

// TestTrigrams compares the trigrams of each word file with the lines that they
// were counted in: invented headlines and openings of stories, a language a
// file. Languages alone in their script have none, and need none.
func TestTrigrams(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "lines", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		key := strings.TrimSuffix(filepath.Base(name), ".txt")
		file := filepath.Join("words", key+".txt")
		words, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before, _, _ := strings.Cut(string(words), "\n["+trigramSection+"]\n")
		want := strings.TrimRight(before, "\n") + "\n[" + trigramSection + "]\n" + countTrigrams(string(data))
		switch {
		case want == string(words):
		case !*update:
			t.Errorf("%s: the trigrams are not those of %s: run with -update", file, name)
		default:
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// countTrigrams lists the trigrams of a text by their weights, the heaviest first.
func countTrigrams(text string) string {
	counts, all := map[string]int{}, 0
	count := func(word string, _ *[64]float64) {
		padded := []byte("_" + word + "_")
		for i, j := 0, trigramEnd(padded, 0); j > 0; j = trigramEnd(padded, i) {
			counts[string(padded[i:j])]++
			all++
			_, size := utf8.DecodeRune(padded[i:])
			i += size
		}
	}
	new(tongue).count(fold(text), nil, count)
	list := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	byWeight := map[int][]string{}
	for i, letters := range list {
		if n := counts[letters]; i < mostTrigrams && n >= leastOften && !strings.ContainsAny(letters, "0123456789") {
			weight := int(math.Round(math.Log2(float64(n) / float64(all) * rare)))
			if weight = min(weight, 9); weight > 0 {
				byWeight[weight] = append(byWeight[weight], letters)
			}
		}
	}
	var b strings.Builder
	for _, weight := range slices.Backward(slices.Sorted(maps.Keys(byWeight))) {
		slices.Sort(byWeight[weight])
		for chunk := range slices.Chunk(byWeight[weight], 24) {
			fmt.Fprintf(&b, "%d %s\n", weight, strings.Join(chunk, " "))
		}
	}
	return b.String()
}
