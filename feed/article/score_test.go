package article

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"seedfeed/feed/seed"
)

// tally counts, field by field, how many texts of a collection are read as
// their labels say.
type tally struct {
	texts, noise, kept int
	right              map[string]int
}

// scored are the fields of the table, with what their wrong values are called
// by compare.
var scored = []struct {
	name   string
	wrong  []string
	needed int // of the 48 examples
}{
	{"title", []string{"title"}, 48},
	{"summary", []string{"summary", "kind of summary"}, 47},
	{"source", []string{"source", "kind of source", "address of the source"}, 47},
	{"authors", []string{"authors"}, 47},
	{"published", []string{"published"}, 47},
	{"language", []string{"language"}, 48},
	{"tags", []string{"tags"}, 48},
	{"body", []string{"paragraphs", "first paragraph", "last paragraph"}, 46},
}

// TestScore prints how well the examples and our own articles are read, and
// fails if the examples are read worse than they must be.
func TestScore(t *testing.T) {
	examples := tallyOf(t, "examples")
	own := tallyOf(t, "articles")
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\t%d examples\tneeded\t%d own articles\t\n", examples.texts, own.texts)
	for _, f := range scored {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", f.name, examples.right[f.name], f.needed, own.right[f.name])
		if examples.right[f.name] < f.needed {
			t.Errorf("%s: %d of %d examples, %d are needed", f.name, examples.right[f.name], examples.texts, f.needed)
		}
	}
	fmt.Fprintf(w, "noise kept\t%d of %d lines\t2 %%\t\t\n", examples.kept, examples.noise)
	w.Flush()
	t.Log("\n" + table.String())
	if examples.kept*50 > examples.noise {
		t.Errorf("%d of %d lines of noise were kept, more than 2 %%", examples.kept, examples.noise)
	}
}

func tallyOf(t *testing.T, folder string) tally {
	n := tally{right: map[string]int{}}
	for path, l := range readLabels(t, filepath.Join("testdata", folder, "labels.jsonl")) {
		doc, err := seed.ReadFile(filepath.Join("testdata", folder, path), seed.DefaultMaxSize)
		if err != nil {
			t.Fatal(err)
		}
		a := read(t, doc.Text)
		n.texts++
		wrong := strings.Join(l.compare(a), "\n")
		for _, f := range scored {
			right := true
			for _, field := range f.wrong {
				right = right && !strings.Contains("\n"+wrong, "\n"+field+" = ")
			}
			if right {
				n.right[f.name]++
			}
		}
		n.count(l, a)
	}
	return n
}

// count counts the lines that a label calls noise, and those that were kept.
func (n *tally) count(l label, a *Article) {
	kept := map[string]bool{}
	for _, line := range append([]string{a.Title, a.Summary}, a.Body...) {
		kept[Key(line)] = true
	}
	for _, line := range l.Boilerplate {
		n.noise++
		if kept[Key(line)] {
			n.kept++
		}
	}
}

// TestLanguageOfHeadlines: of headlines of five to seven words, of all subjects.
func TestLanguageOfHeadlines(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "headlines", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	all, right := 0, 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".txt"), "-")
		n, wrong := 0, []string{}
		for headline := range strings.Lines(string(data)) {
			key, _ := detect([]string{strings.TrimSpace(headline)})
			if got, _, _ := strings.Cut(key, "-"); got != code {
				wrong = append(wrong, fmt.Sprintf("%q %s", got, strings.TrimSpace(headline)))
			}
			n++
		}
		all, right = all+n, right+n-len(wrong)
		t.Logf("%s: %d of %d\n\t%s", code, n-len(wrong), n, strings.Join(wrong, "\n\t"))
	}
	t.Logf("%d of %d", right, all)
	if right*100 < all*97 {
		t.Errorf("the language of %d of %d headlines is told, less than 97 %%", right, all)
	}
}
