package publish_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"seedfeed/feed/publish"
)

func Example() {
	dir, err := os.MkdirTemp("", "out")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	mine := filepath.Join(dir, "index.html")
	if err := os.WriteFile(mine, []byte("written by hand"), 0o644); err != nil {
		fmt.Println(err)
		return
	}

	out, err := publish.Open(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer out.Close()
	for _, name := range []string{"atom.xml", "index.html"} {
		changed, err := out.Stage(name, []byte("<generator>seedfeed</generator>"))
		fmt.Println(name, changed, err)
	}
	song := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("la la la")), nil }
	changed, err := out.StageFile("media/lamp.mp3", 8, time.Unix(1700000000, 0), song)
	fmt.Println("media/lamp.mp3", changed, err)
	fmt.Println(out.Publish())
	// Output:
	// atom.xml true <nil>
	// index.html false "index.html" was not written by seedfeed and is left as it is
	// media/lamp.mp3 true <nil>
	// 2 <nil>
}
