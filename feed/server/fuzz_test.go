package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// FuzzPath asks for whatever path: nothing outside of out/ is shown, no
// dot-file, and no folder's names.
func FuzzPath(f *testing.F) {
	for _, path := range []string{
		"/", "/atom.xml", "/index.html", "/feeds/source/پیک", "/articles/چراغ #1 100%.html", "/empty/", "/media/lamp.mp3/", scriptPath,
		"/.seedfeed.lock", "/articles/.seedfeed-ABC.tmp", "/.git/config", "/../secret.txt", "/media/../../secret.txt", `/..\secret.txt`,
		"//etc/passwd", "/out.txt", "/outside/", "/absolute.txt", "/loop", "/atom.xml\x00", "/\xff", "", "*", "atom.xml", "/a//b", "/./atom.xml",
	} {
		f.Add(path, true)
	}
	s := New(publish(f))
	f.Fuzz(func(t *testing.T, path string, raw bool) {
		address := &url.URL{Path: path}
		if !raw { // as it is written in a request
			var err error
			if address, err = url.ParseRequestURI(path); err != nil {
				return
			}
		}
		if address.Path == eventsPath {
			return // these don't end
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, &http.Request{Method: "GET", URL: address, Header: http.Header{}, Body: http.NoBody})
		switch body := w.Body.String(); {
		case strings.Contains(body, "secret"), strings.Contains(body, "root:"), strings.Contains(body, "0001.atom.xml"):
			t.Errorf("%q shows %q", path, body)
		case w.Code != 200 && w.Code != 301 && w.Code != 404:
			t.Errorf("%q = %d", path, w.Code)
		case w.Code == 301 && (strings.HasPrefix(w.Header().Get("Location"), "/") || !strings.HasSuffix(w.Header().Get("Location"), "/")):
			t.Errorf("%q leads to %q", path, w.Header().Get("Location"))
		}
	})
}
