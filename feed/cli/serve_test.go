package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"seedfeed/feed/cli"
	"seedfeed/feed/publish"
)

// preview is a desk whose out/ is served.
type preview struct {
	*desk
	address string
	stop    context.CancelFunc
	done    chan int // takes the exit code

	mu   sync.Mutex
	said bytes.Buffer
}

func (p *preview) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(text)
}

func (p *preview) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// serve serves a desk and waits until it says where.
func (d *desk) serve(args ...string) *preview {
	d.t.Helper()
	ctx, stop := context.WithCancel(d.t.Context())
	p := &preview{desk: d, stop: stop, done: make(chan int, 1)}
	go func() {
		p.done <- cli.Run(ctx, append([]string{"serve", "--listen", "localhost:0"}, args...), nil, p, p)
		close(p.done)
	}()
	d.t.Cleanup(p.end)
	p.waitFor("it serves", func() bool {
		if at := regexp.MustCompile(`serving .* at (http://\S+:\d+/) `).FindStringSubmatch(p.text()); at != nil {
			p.address = at[1]
		}
		return p.address != ""
	})
	return p
}

// end stops it, which is no failure.
func (p *preview) end() {
	p.stop()
	if code, first := <-p.done; first && code != 0 {
		p.t.Errorf("it exits with %d:\n%s", code, p.text())
	}
}

func (p *preview) waitFor(what string, holds func() bool) {
	p.t.Helper()
	for until := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			p.t.Fatalf("not so: %s; it said\n%s", what, p.text())
		}
	}
}

// waitForText waits until what is served under a path holds a text.
func (p *preview) waitForText(path, text string) {
	p.t.Helper()
	p.waitFor(path+" holds "+text, func() bool {
		body, err := fetch(p.address + path)
		return err == nil && strings.Contains(body, text)
	})
}

func (p *preview) configure(text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, "seedfeed.toml"), []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func TestServeTellsOpenPages(t *testing.T) {
	p := newDesk(t, "").serve()
	resp, err := http.Get(p.address + ".seedfeed/events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	states := bufio.NewReader(resp.Body)
	next := func() string {
		for {
			line, err := states.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(line, "data: ") {
				return strings.Fields(line)[1]
			}
		}
	}
	before := next()
	p.write("two", "It was lit, too.")
	if after := next(); after == before {
		t.Errorf("a change leaves the state at %s", after)
	}
	p.waitForText("index.html", "Lamp two")
	p.waitForText("atom.xml", "https://news.example.org/atom.xml") // links are those of the settings
	p.end()
	if rest, err := io.ReadAll(states); err != nil || strings.Contains(string(rest), "data: ") {
		t.Errorf("the events end with %q, %v", rest, err)
	}
}

func TestServeGoesOnWithWhatStands(t *testing.T) {
	d := newDesk(t, "")
	t.Setenv("SEEDFEED_CONFIG", filepath.Join(d.dir, "seedfeed.toml"))
	p := &preview{desk: d}
	p.configure(`title = "Before"`)
	p = d.serve()
	p.waitForText("rss.xml", "<title>Before</title>")

	p.configure("tittle = 1")
	p.waitFor("it complains", func() bool { return strings.Contains(p.text(), "did you mean title?") })
	p.write("two", "It was lit, too.")
	time.Sleep(500 * time.Millisecond) // what is wrong is not said again
	p.waitForText("rss.xml", "<title>Before</title>")
	if said := p.text(); strings.Count(said, "did you mean title?") != 1 {
		t.Errorf("it says\n%s", said)
	}
	p.configure("title = \"After\"\nout = \"elsewhere\"")
	p.waitForText("rss.xml", "<title>After</title>")
	p.waitForText("rss.xml", "Lamp two")
}

func TestServeWaitsForTheFirstArticle(t *testing.T) {
	d := newDesk(t, "")
	if err := os.Remove(filepath.Join(d.dir, "seeds", "one.txt")); err != nil {
		t.Fatal(err)
	}
	p := d.serve()
	p.waitForText("", "Not found")
	p.write("two", "It was lit, too.")
	p.waitForText("", "Lamp two")
	if said := p.text(); strings.Count(said, "no article found in") != 1 {
		t.Errorf("it says\n%s", said)
	}
}

func TestServeLeavesAnotherRunAlone(t *testing.T) {
	p := newDesk(t, "").serve()
	var lock *publish.Lock
	p.waitFor("another run gets the lock", func() (got bool) {
		var err error
		lock, err = publish.Acquire(filepath.Join(p.dir, "out"))
		return err == nil
	})
	p.write("two", "It was lit, too.")
	time.Sleep(500 * time.Millisecond)
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	p.write("three", "It was lit as well.")
	p.waitForText("index.html", "Lamp two")
	p.waitForText("index.html", "Lamp three")
	if said := p.text(); strings.Contains(said, "another run") {
		t.Errorf("it says\n%s", said)
	}
}

func TestServeSaysLittle(t *testing.T) {
	d := newDesk(t, "")
	d.run(0)
	p := d.serve()
	p.end()
	if said := p.text(); strings.Count(said, "\n") != 1 {
		t.Errorf("over nothing new it says\n%s", said)
	}
}

func TestServeOnAPortThatIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d := newDesk(t, "")
	said := d.run(1, "serve", "--listen", l.Addr().String())
	if !strings.Contains(said, "listen on "+l.Addr().String()+": bind: ") || !strings.Contains(said, "hint: name another address, such as --listen localhost:8081") {
		t.Errorf("it says\n%s", said)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "out")); err == nil {
		t.Error("it built all the same")
	}
}

func TestServeNamesItsAddress(t *testing.T) {
	for _, tt := range []struct{ name, listen, variable, want string }{
		{"the one it listens on", "127.0.0.1:0", "", "http://127.0.0.1:"},
		{"a named one is kept", "localhost:0", "https://news.example.org/", "https://news.example.org/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, "")
			t.Setenv("SEEDFEED_BASE_URL", tt.variable)
			p := d.serve("--listen", tt.listen)
			p.waitForText("feed.json", `"home_page_url": "`+tt.want)
		})
	}
}
