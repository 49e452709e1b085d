package seed_test

import (
	"fmt"
	"testing/fstest"

	"seedfeed/feed/seed"
)

// The second text is in windows-1252, the third is nothing.
func Example() {
	fsys := fstest.MapFS{
		"news/flood.txt": {Data: []byte("Rain fell again")},
		"news/café.txt":  {Data: []byte("Le caf\xe9 a rouvert")},
		"blank.txt":      {Data: []byte("\n")},
		"notes.md":       {Data: []byte("not a seed")},
	}
	listing, err := seed.List(fsys, seed.DefaultMaxSize)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range listing.Files {
		doc, err := seed.Read(fsys, f, seed.DefaultMaxSize)
		if err != nil {
			fmt.Printf("%s: %v\n", f.Path, err)
			continue
		}
		fmt.Printf("%s: %s (%s)\n", doc.Path, doc.Text, doc.Encoding)
	}
	// Output:
	// blank.txt: empty
	// news/café.txt: Le café a rouvert (windows-1252)
	// news/flood.txt: Rain fell again (utf-8)
}
