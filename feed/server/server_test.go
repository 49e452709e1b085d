package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	ours  = `<html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">` + "\n" + `<meta name="generator" content="seedfeed"></head><body>چراغ</body></html>`
	other = "<p>Somebody else's</p>"
	feed  = "<feed>a lamp</feed>"
)

var (
	long = strings.Repeat("<p>A lamp was lit.</p>\n", 1000)
	day  = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
)

// publish writes a folder as a build leaves it, and some things no build leaves.
func publish(t testing.TB) string {
	top := t.TempDir()
	out := filepath.Join(top, "out")
	for name, text := range map[string]string{
		"atom.xml": feed, "rss.xml": feed, "feed.json": "{}", "opml.xml": "<opml/>", "index.html": ours, "style.css": long,
		"archive/0001.atom.xml": feed, "archive/0001.rss.xml": feed, "archive/0001.json": "{}", "archive/notes.json": "{}",
		"feeds/source/پیک/index.html": other, "feeds/source/پیک/atom.xml": feed, "feeds/source/c:d/index.html": other,
		"articles/چراغ #1 100%.html": ours, "articles/long.html": strings.Replace(ours, "چراغ", long, 1),
		"media/lamp.mp3": "0123456789", "media/lamp.JPG": "jpg", "media/lamp.epub": "epub", "map.svg": "<svg/>", "data.json": "{}", "plan.unknown": "?", "LICENSE": "MIT",
		".seedfeed.lock": "secret", "articles/.seedfeed-ABC.tmp": "secret", ".git/config": "secret", "feeds/.hidden/index.html": "secret", "empty/a.txt": "", "folder.html/index.html": other,
		"../secret.txt": "secret", "../outside/index.html": "secret",
	} {
		name = filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, day, day); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{"out.txt": "../secret.txt", "outside": "../outside", "absolute.txt": filepath.Join(top, "secret.txt"), "loop": "loop", "inside.html": "index.html"} {
		if err := os.Symlink(to, filepath.Join(out, from)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// answer is what a server says.
type answer struct {
	code int
	http.Header
	body string
}

// ask asks for a path as it is written, with header lines in pairs.
func ask(t *testing.T, server *httptest.Server, method, path string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequest(method, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.URL.Opaque = path
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

func serve(t *testing.T) *httptest.Server {
	server := httptest.NewServer(New(publish(t)))
	t.Cleanup(server.Close)
	return server
}

func unzip(t testing.TB, coded string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(coded))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPaths(t *testing.T) {
	server := serve(t)
	for _, tt := range []struct {
		name, path string
		code       int
		holds      string // of the body, or the Location
	}{
		{"the top is its index", "/", 200, "reload.js"},
		{"a file", "/atom.xml", 200, feed},
		{"a query does not matter", "/atom.xml?a=b/../c", 200, feed},
		{"a name that has to be encoded", "/articles/%DA%86%D8%B1%D8%A7%D8%BA%20%231%20100%25.html", 200, "چراغ"},
		{"a slash may be encoded", "/archive%2f0001.json", 200, "{}"},
		{"a folder is its index", "/feeds/source/%D9%BE%DB%8C%DA%A9/", 200, other},
		{"a folder without its slash gets it, and the query stays", "/feeds/source/%D9%BE%DB%8C%DA%A9?a=b%20c", 301, "%D9%BE%DB%8C%DA%A9/?a=b%20c"},
		{"no name is taken for a scheme", "/feeds/source/c:d", 301, "./c:d/"},
		{"nor an ending for a file's", "/folder.html", 301, "folder.html/"},
		{"a folder without an index is not listed", "/empty/", 404, ""},
		{"nor without its slash", "/empty", 404, ""},
		{"a file is no folder", "/atom.xml/", 404, ""},
		{"what is not there", "/none.html", 404, "not yet"},
		{"a link that stays inside", "/inside.html", 200, "چراغ"},

		{"the lock", "/.seedfeed.lock", 404, ""},
		{"the lock, encoded", "/%2eseedfeed.lock", 404, ""},
		{"what a build is about to rename", "/articles/.seedfeed-ABC.tmp", 404, ""},
		{"a folder with a dot", "/.git/config", 404, ""},
		{"one below", "/feeds/.hidden/", 404, ""},
		{"and without its slash", "/feeds/.hidden", 404, ""},
		{"upwards", "/../secret.txt", 404, ""},
		{"upwards from below", "/media/../../secret.txt", 404, ""},
		{"upwards and back", "/media/../atom.xml", 404, ""},
		{"upwards, encoded", "/%2e%2e/secret.txt", 404, ""},
		{"upwards with an encoded slash", "/%2e%2e%2fsecret.txt", 404, ""},
		{"upwards, encoded twice", "/%252e%252e%252fsecret.txt", 404, ""},
		{"upwards by a backslash", `/..%5csecret.txt`, 404, ""},
		{"a backslash", `/media%5clamp.mp3`, 404, ""},
		{"here", "/./atom.xml", 404, ""},
		{"an absolute path", "//etc/passwd", 404, ""},
		{"a slash too many", "/media//lamp.mp3", 404, ""},
		{"slashes at the end", "/feeds/source/c:d//", 404, ""},
		{"NUL", "/atom.xml%00", 404, ""},
		{"what is not UTF-8", "/%ff.html", 404, ""},
		{"a very long name", "/" + strings.Repeat("a", 5000), 404, ""},
		{"a link that leads out", "/out.txt", 404, ""},
		{"a folder link that leads out", "/outside/", 404, ""},
		{"without its slash", "/outside", 404, ""},
		{"a link with an absolute path", "/absolute.txt", 404, ""},
		{"a link to itself", "/loop", 404, ""},
		{"beside the script", "/.seedfeed/", 404, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				a := ask(t, server, method, tt.path)
				if a.code != tt.code || strings.Contains(a.body, "secret") {
					t.Errorf("%s %s = %d %q, want %d", method, tt.path, a.code, a.body, tt.code)
				}
				if method == http.MethodGet && !strings.Contains(a.body+a.Get("Location"), tt.holds) {
					t.Errorf("%s %s = %q to %q, want %q", method, tt.path, a.body, a.Get("Location"), tt.holds)
				}
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	server := serve(t)
	for path, want := range map[string]string{
		"/":                      "text/html; charset=utf-8",
		"/atom.xml":              "application/atom+xml; charset=utf-8",
		"/archive/0001.atom.xml": "application/atom+xml; charset=utf-8",
		"/rss.xml":               "application/rss+xml; charset=utf-8",
		"/archive/0001.rss.xml":  "application/rss+xml; charset=utf-8",
		"/feed.json":             "application/feed+json; charset=utf-8",
		"/archive/0001.json":     "application/feed+json; charset=utf-8",
		"/archive/notes.json":    "application/json; charset=utf-8",
		"/data.json":             "application/json; charset=utf-8",
		"/opml.xml":              "text/x-opml; charset=utf-8",
		"/style.css":             "text/css; charset=utf-8",
		"/media/lamp.mp3":        "audio/mpeg",
		"/media/lamp.JPG":        "image/jpeg",
		"/media/lamp.epub":       "application/epub+zip",
		"/map.svg":               "image/svg+xml",
		"/plan.unknown":          "application/octet-stream",
		"/LICENSE":               "application/octet-stream",
		"/none":                  "text/html; charset=utf-8",
		scriptPath:               "text/javascript; charset=utf-8",
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			a := ask(t, server, method, path)
			if got := a.Get("Content-Type"); got != want || a.Get("X-Content-Type-Options") != "nosniff" || a.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s %s is %q with %q, want %q", method, path, got, a.Header, want)
			}
		}
	}
}

func TestPagesReload(t *testing.T) {
	server := serve(t)
	page := ask(t, server, "GET", "/index.html").body
	for _, want := range []string{`<script src="/.seedfeed/reload.js" defer></script>`, "script-src &#39;self&#39;; connect-src &#39;self&#39;", "default-src &#39;none&#39;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if script := ask(t, server, "GET", scriptPath); !strings.Contains(script.body, eventsPath) {
		t.Errorf("the script is %d %q", script.code, script.body)
	}
	if page := ask(t, server, "GET", "/feeds/source/c:d/").body; page != other {
		t.Errorf("a page that is not ours is served as %q", page)
	}
	if page := ask(t, server, "GET", "/none").body; !strings.Contains(page, scriptPath) {
		t.Errorf("a page that is not there yet would not appear by itself:\n%s", page)
	}
}

func TestOnlyGetAndHead(t *testing.T) {
	server := serve(t)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		for _, path := range []string{"/atom.xml", eventsPath, "/none"} {
			if a := ask(t, server, method, path); a.code != http.StatusMethodNotAllowed || a.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s = %d with Allow %q", method, path, a.code, a.Get("Allow"))
			}
		}
	}
}

func TestConditions(t *testing.T) {
	server := serve(t)
	const stated = "Wed, 04 Mar 2026 12:00:00 GMT"
	tag := func(path string, header ...string) string {
		a := ask(t, server, "GET", path, header...)
		if got := a.Get("ETag"); len(got) < 3 || got[0] != '"' || a.Get("Last-Modified") != stated {
			t.Fatalf("%s has ETag %s and Last-Modified %s", path, got, a.Get("Last-Modified"))
		}
		return a.Get("ETag")
	}
	css, zipped, mp3 := tag("/style.css"), tag("/style.css", "Accept-Encoding", "gzip"), tag("/media/lamp.mp3")
	if css == zipped {
		t.Errorf("both codings have the ETag %s", css)
	}
	for _, tt := range []struct {
		name, path string
		header     []string
		code       int
		tag, body  string
	}{
		{"the same tag", "/style.css", []string{"If-None-Match", css}, 304, css, ""},
		{"one of several", "/style.css", []string{"If-None-Match", `"x", ` + css}, 304, css, ""},
		{"a proxy made it weak", "/style.css", []string{"If-None-Match", "W/" + css}, 304, css, ""},
		{"any", "/style.css", []string{"If-None-Match", "*"}, 304, css, ""},
		{"the same tag of the compressed one", "/style.css", []string{"If-None-Match", zipped, "Accept-Encoding", "gzip"}, 304, zipped, ""},
		{"the tag of the other coding", "/style.css", []string{"If-None-Match", zipped}, 200, css, long},
		{"another tag", "/style.css", []string{"If-None-Match", `"x"`}, 200, css, long},
		{"another tag, though the time is the same", "/style.css", []string{"If-None-Match", `"x"`, "If-Modified-Since", stated}, 200, css, long},
		{"the same time", "/style.css", []string{"If-Modified-Since", stated}, 304, css, ""},
		{"a later time", "/style.css", []string{"If-Modified-Since", "Wed, 04 Mar 2026 12:00:01 GMT"}, 304, css, ""},
		{"an earlier time", "/style.css", []string{"If-Modified-Since", "Wed, 04 Mar 2026 11:59:59 GMT"}, 200, css, long},
		{"a time that is none", "/style.css", []string{"If-Modified-Since", "yesterday"}, 200, css, long},
		{"If-Match of another tag", "/style.css", []string{"If-Match", `"x"`}, 412, css, ""},
		{"media with the same tag", "/media/lamp.mp3", []string{"If-None-Match", mp3}, 304, mp3, ""},

		{"a range", "/media/lamp.mp3", []string{"Range", "bytes=2-4"}, 206, mp3, "234"},
		{"the end", "/media/lamp.mp3", []string{"Range", "bytes=-3"}, 206, mp3, "789"},
		{"from there on", "/media/lamp.mp3", []string{"Range", "bytes=7-"}, 206, mp3, "789"},
		{"a range beyond the end", "/media/lamp.mp3", []string{"Range", "bytes=10-"}, 416, "", "invalid range: failed to overlap\n"},
		{"no range at all", "/media/lamp.mp3", []string{"Range", "lines=1-2"}, 416, "", "invalid range\n"},
		{"a range of what was had", "/media/lamp.mp3", []string{"Range", "bytes=7-", "If-Range", mp3}, 206, mp3, "789"},
		{"a range of what was another file", "/media/lamp.mp3", []string{"Range", "bytes=7-", "If-Range", `"x"`}, 200, mp3, "0123456789"},
		{"a range of what had this time", "/media/lamp.mp3", []string{"Range", "bytes=7-", "If-Range", stated}, 206, mp3, "789"},
		{"a range of a text is not compressed", "/style.css", []string{"Range", "bytes=3-8", "Accept-Encoding", "gzip"}, 206, css, "A lamp"},
		{"and does not go on from a compressed part", "/style.css", []string{"Range", "bytes=3-8", "If-Range", zipped, "Accept-Encoding", "gzip"}, 200, css, long},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, method := range []string{"GET", "HEAD"} {
				a := ask(t, server, method, tt.path, tt.header...)
				if a.code != tt.code || a.Get("ETag") != tt.tag || method == "GET" && a.body != tt.body {
					t.Errorf("%s = %d with ETag %s and %q, want %d, %s and %q", method, a.code, a.Get("ETag"), a.body, tt.code, tt.tag, tt.body)
				}
				if a.code == 304 && (a.Get("Content-Type") != "" || a.Get("Content-Encoding") != "" || a.Get("Cache-Control") != "no-cache" || tt.path == "/style.css" && a.Get("Vary") != "Accept-Encoding") {
					t.Errorf("a 304 has %v", a.Header) // RFC 9110, section 15.4.5
				}
			}
		})
	}
}

func TestCompression(t *testing.T) {
	server := serve(t)
	for _, tt := range []struct {
		name, path, accept string
		want               bool
	}{
		{"a text", "/style.css", "gzip", true},
		{"as browsers ask", "/style.css", "gzip, deflate, br, zstd", true},
		{"by another name of it", "/style.css", "*", true},
		{"a page that reloads", "/articles/long.html", "gzip", true},
		{"capitals don't matter", "/style.css", "GZIP;q=0.5", true},
		{"as well as without", "/style.css", "identity, gzip", true},
		{"nobody asks for it", "/style.css", "", false},
		{"other codings only", "/style.css", "br, deflate", false},
		{"it is refused", "/style.css", "gzip;q=0", false},
		{"it is refused, all else is not", "/style.css", "gzip; q=0.0, *", false},
		{"less than without", "/style.css", "gzip;q=0.5, identity", false},
		{"a weight that is none", "/style.css", "gzip;q=high", false},
		{"a short text fits into one packet", "/atom.xml", "gzip", false},
		{"media are compressed already", "/media/lamp.mp3", "gzip", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plain := ask(t, server, "GET", tt.path)
			a := ask(t, server, "GET", tt.path, "Accept-Encoding", tt.accept)
			head := ask(t, server, "HEAD", tt.path, "Accept-Encoding", tt.accept)
			body := a.body
			if tt.want {
				body = unzip(t, body)
			}
			if got := a.Get("Content-Encoding") == "gzip"; got != tt.want || body != plain.body {
				t.Errorf("compressed: %v, want %v; the body is the same: %v", got, tt.want, body == plain.body)
			}
			for _, name := range []string{"ETag", "Content-Length", "Content-Encoding", "Content-Type", "Vary", "Last-Modified"} {
				if a.Get(name) != head.Get(name) {
					t.Errorf("GET says %s: %q, HEAD %q", name, a.Get(name), head.Get(name))
				}
			}
			if isText(a.Get("Content-Type")) != (a.Get("Vary") == "Accept-Encoding") {
				t.Errorf("Vary is %q", a.Get("Vary"))
			}
		})
	}
}

func TestTagsTellBytesApart(t *testing.T) {
	out := publish(t)
	server := httptest.NewServer(New(out))
	defer server.Close()
	for _, tt := range []struct{ name, path, before, after string }{
		{"a text of the same length and time", "/atom.xml", "<feed>1</feed>", "<feed>2</feed>"},
		{"a page", "/index.html", ours, strings.Replace(ours, "چراغ", "دریا", 1)},
		{"media of another length", "/media/lamp.mp3", "12", "123"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tags []string
			for _, text := range []string{tt.before, tt.after, tt.before} {
				file := filepath.Join(out, filepath.FromSlash(tt.path))
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(file, day, day); err != nil {
					t.Fatal(err)
				}
				tags = append(tags, ask(t, server, "GET", tt.path).Get("ETag"))
			}
			if tags[0] == tags[1] || tags[0] != tags[2] {
				t.Errorf("the tags are %q", tags)
			}
		})
	}
}

func TestWhatMayYetChangeHasNoTime(t *testing.T) {
	out := publish(t)
	server := httptest.NewServer(New(out))
	defer server.Close()
	for _, tt := range []struct {
		name string
		at   time.Time
	}{
		{"just now", time.Now()},
		{"a time that has yet to come", time.Now().Add(time.Hour)},
	} {
		if err := os.Chtimes(filepath.Join(out, "atom.xml"), tt.at, tt.at); err != nil {
			t.Fatal(err)
		}
		a := ask(t, server, "GET", "/atom.xml", "If-Modified-Since", time.Now().Add(2*time.Hour).UTC().Format(http.TimeFormat))
		if a.code != 200 || a.Get("Last-Modified") != "" || a.Get("ETag") == "" {
			t.Errorf("%s: %d with Last-Modified %q", tt.name, a.code, a.Get("Last-Modified"))
		}
	}
}

func TestLongTextsAreNotReadWhole(t *testing.T) {
	out := publish(t)
	text := bytes.Repeat([]byte("<p>A lamp</p>\n"), wholeSize/14+1)
	if err := os.WriteFile(filepath.Join(out, "index.html"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(New(out))
	defer server.Close()
	if a := ask(t, server, "GET", "/", "Accept-Encoding", "gzip"); a.body != string(text) || a.Get("Content-Encoding") != "" || a.Get("ETag") == "" {
		t.Errorf("%d bytes with %v", len(a.body), a.Header)
	}
}

func TestNothingIsThereYet(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	server := httptest.NewServer(New(out))
	defer server.Close()
	if a := ask(t, server, "GET", "/"); a.code != 404 || !strings.Contains(a.body, scriptPath) {
		t.Errorf("%d %q", a.code, a.body)
	}
	for _, text := range []string{feed, feed + "2"} { // made, removed and made again
		if err := os.Mkdir(out, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(out, "atom.xml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if a := ask(t, server, "GET", "/atom.xml"); a.code != 200 || a.body != text {
			t.Errorf("%d %q, want %q", a.code, a.body, text)
		}
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRefuse(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want int
	}{
		{"what is not there is not found", fs.ErrNotExist, 404},
		{"nor what is no file", errKind, 404},
		{"what may not be read is forbidden", &fs.PathError{Op: "open", Err: syscall.EACCES}, 403},
		{"a shortage passes", &fs.PathError{Op: "open", Err: syscall.EMFILE}, 503},
		{"a disk may come back", &fs.PathError{Op: "read", Err: syscall.EIO}, 503},
	} {
		w := httptest.NewRecorder()
		refuse(w, tt.err)
		if w.Code != tt.want || strings.Contains(w.Body.String(), "open") {
			t.Errorf("%s: %d %q, want %d", tt.name, w.Code, w.Body, tt.want)
		}
	}
}

func TestWhatMayNotBeRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	out := publish(t)
	if err := os.Chmod(filepath.Join(out, "atom.xml"), 0); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(New(out))
	defer server.Close()
	if a := ask(t, server, "GET", "/atom.xml"); a.code != 403 || strings.Contains(a.body, "atom.xml") {
		t.Errorf("%d %q", a.code, a.body)
	}
}
