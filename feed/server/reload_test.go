package server

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// page is an open page that listens.
type page struct {
	t     *testing.T
	lines *bufio.Scanner
	body  io.Closer
}

func listen(t *testing.T, address string) *page {
	t.Helper()
	resp, err := http.Get(address + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if kind, cache := resp.Header.Get("Content-Type"), resp.Header.Get("Cache-Control"); kind != "text/event-stream" || cache != "no-store" {
		t.Errorf("events are %q, to be cached: %q", kind, cache)
	}
	return &page{t, bufio.NewScanner(resp.Body), resp.Body}
}

// state is the next one that the page is told of.
func (p *page) state() string {
	p.t.Helper()
	for p.lines.Scan() {
		if data, ok := strings.CutPrefix(p.lines.Text(), "data: "); ok {
			name, age, _ := strings.Cut(data, " ")
			if age == "" || strings.Trim(age, "0123456789") != "" {
				p.t.Errorf("the age of %s is %q", name, age)
			}
			return name
		}
	}
	p.t.Fatalf("the events end: %v", p.lines.Err())
	return ""
}

func TestOpenPagesAreToldOfChanges(t *testing.T) {
	s := New(t.TempDir())
	server := httptest.NewServer(s)
	defer server.Close()
	one, two := listen(t, server.URL), listen(t, server.URL)
	defer server.CloseClientConnections()
	first := one.state()
	if other := two.state(); other != first {
		t.Errorf("two pages are told of %q and %q", first, other)
	}
	s.Changed()
	second := one.state()
	if other := two.state(); second == first || other != second {
		t.Errorf("after %q two pages are told of %q and %q", first, second, other)
	}
	if late := listen(t, server.URL).state(); late != second {
		t.Errorf("a page that is opened later is told of %q, not %q", late, second)
	}
	if another := New(t.TempDir()).pulse.state().name; another == first {
		t.Error("another server has the same states")
	}
}

// stream is a ResponseWriter that keeps what was written. Nobody reads it if it
// is stuck.
type stream struct {
	http.ResponseWriter
	mu    sync.Mutex
	text  strings.Builder
	stuck chan struct{}
}

func (s *stream) Write(p []byte) (int, error) {
	if s.stuck != nil {
		<-s.stuck
		return 0, errors.New("timed out")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *stream) Flush() {}

func TestSilenceIsBroken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New("out")
		w := &stream{ResponseWriter: httptest.NewRecorder()}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		s.serveEvents(w, httptest.NewRequestWithContext(ctx, "GET", eventsPath, nil))
		want := "retry: 1000\ndata: " + s.pulse.state().name + " 0\n\n: still here\n\n: still here\n\n"
		if got := w.text.String(); got != want {
			t.Errorf("in a minute it says %q, want %q", got, want)
		}
	})
}

func TestASlowPageHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New("out")
		slow, quick := &stream{ResponseWriter: httptest.NewRecorder(), stuck: make(chan struct{})}, &stream{ResponseWriter: httptest.NewRecorder()}
		ctx, stop := context.WithCancel(t.Context())
		var pages sync.WaitGroup
		for _, w := range []*stream{slow, quick} {
			pages.Go(func() { s.serveEvents(w, httptest.NewRequestWithContext(ctx, "GET", eventsPath, nil)) })
		}
		for range 100 {
			synctest.Wait()
			s.Changed()
		}
		synctest.Wait()
		if got := strings.Count(quick.text.String(), "data: "); got != 101 {
			t.Errorf("a page is told %d times of 100 changes", got)
		}
		close(slow.stuck)
		stop()
		pages.Wait()
	})
}

func TestEventsOutliveTheTimeLimits(t *testing.T) {
	s := New(t.TempDir())
	server := httptest.NewUnstartedServer(s)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	server.Start()
	defer server.Close()
	p := listen(t, server.URL)
	defer server.CloseClientConnections()
	first := p.state()
	time.Sleep(200 * time.Millisecond)
	s.Changed()
	if second := p.state(); second == first {
		t.Errorf("it is told of %q twice", first)
	}
}

func TestHeadOfEventsEnds(t *testing.T) {
	if a := ask(t, serve(t), "HEAD", eventsPath); a.code != 200 || a.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%d %v", a.code, a.Header)
	}
}

func TestGracefulStop(t *testing.T) {
	const size = 64 << 20 // more than waits between the two ends
	out := publish(t)
	if err := os.Truncate(filepath.Join(out, "media", "lamp.mp3"), size); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- New(out).Serve(ctx, l) }()
	open := listen(t, address)
	open.state()
	media, err := http.Get(address + "/media/lamp.mp3")
	if err != nil {
		t.Fatal(err)
	}
	defer media.Body.Close()

	stop()
	for open.lines.Scan() {
	}
	if err := open.lines.Err(); err != nil {
		t.Errorf("the events end with %v", err)
	}
	select {
	case err := <-done:
		t.Errorf("it does not wait for an answer that is under way: %v", err)
	default:
	}
	// The streams may end before the listener does, but while an answer is under
	// way nobody is let in for long.
	for {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			break
		}
		conn.Close()
	}
	if n, err := io.Copy(io.Discard, media.Body); n != size || err != nil {
		t.Errorf("an answer that is under way ends after %d bytes: %v", n, err)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

func TestServeSaysThatItCantListen(t *testing.T) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := New("out").Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Serve = %v", err)
	}
}
