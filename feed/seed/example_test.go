package seed_test

import (
	"fmt"
	"testing/fstest"

	"seedfeed/feed/seed"
)

func Example() {
	files := fstest.MapFS{
		"town/lamp.txt": {Data: []byte("\ufeffThe lamp is lit again\r\n")},
		"town/lamp.jpg": {Data: []byte("a picture")},
		"empty.txt":     {},
	}
	listing, err := seed.List(files, seed.DefaultMaxSize)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range listing.Files {
		doc, err := seed.Read(files, f, seed.DefaultMaxSize)
		fmt.Printf("%s: %q %v\n", f.Path, doc.Text, err)
		for _, m := range f.Media {
			fmt.Printf("  with %s, %d bytes\n", m.Type, m.Size)
		}
	}
	// Output:
	// empty.txt: "" empty
	// town/lamp.txt: "The lamp is lit again\r\n" <nil>
	//   with image/jpeg, 9 bytes
}
