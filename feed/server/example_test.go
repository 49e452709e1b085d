package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"seedfeed/feed/server"
)

func Example() {
	out, err := os.MkdirTemp("", "out")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(out)
	os.WriteFile(out+"/atom.xml", []byte("<feed/>"), 0o644)

	s := httptest.NewServer(server.New(out))
	defer s.Close()
	for _, path := range []string{"/atom.xml", "/.seedfeed.lock"} {
		resp, err := http.Get(s.URL + path)
		if err != nil {
			panic(err)
		}
		resp.Body.Close()
		fmt.Println(path, resp.Status, resp.Header.Get("Content-Type"))
	}
	// Output:
	// /atom.xml 200 OK application/atom+xml; charset=utf-8
	// /.seedfeed.lock 404 Not Found text/html; charset=utf-8
}
