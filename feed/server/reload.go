package server

import (
	"crypto/rand"
	_ "embed"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// What is served beside out/. No file of out/ has such a path: it begins with a dot.
const (
	scriptPath = "/.seedfeed/reload.js"
	eventsPath = "/.seedfeed/events"
)

//go:embed reload.js
var script string

//go:embed missing.html
var missing string

const (
	heartbeat = 25 * time.Second // soon enough for a proxy that ends what is silent
	eventTime = 10 * time.Second // for a client to take an event
)

// pulse is how out/ stands, and wakes those who wait for a change.
type pulse struct {
	mu  sync.Mutex
	now state
	run string // tells these states from those of a server that ran before
	n   int
}

// state is one of out/, from one change to the next.
type state struct {
	name  string
	since time.Time
	over  chan struct{} // is closed by the change
}

func newPulse() *pulse {
	p := &pulse{run: rand.Text()}
	p.now = p.next()
	return p
}

func (p *pulse) next() state {
	p.n++
	return state{fmt.Sprintf("%s-%d", p.run, p.n), time.Now(), make(chan struct{})}
}

// beat wakes all who wait. It waits for none of them.
func (p *pulse) beat() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.now.over)
	p.now = p.next()
}

func (p *pulse) state() state {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// serveEvents tells an open page the state of out/ and its age in milliseconds,
// at once and at every change, in the form of server-sent events (HTML Living
// Standard, section 9.2). A client that does not take them is given up.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	client := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for told := ""; ; {
		now, event := s.pulse.state(), ": still here\n\n"
		if now.name != told {
			told = now.name
			event = fmt.Sprintf("retry: 1000\ndata: %s %d\n\n", now.name, time.Since(now.since).Milliseconds())
		}
		client.SetWriteDeadline(time.Now().Add(eventTime))
		if _, err := io.WriteString(w, event); err != nil || client.Flush() != nil {
			return
		}
		select {
		case <-now.over:
		case <-beat.C:
		case <-r.Context().Done(): // it went, or the server stops
			return
		}
	}
}

func serveScript(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", types[".js"])
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(script))
}

// serveMissing answers that nothing is there. A page that is open is told when
// there is, as after the first build.
func serveMissing(w http.ResponseWriter) {
	w.Header().Set("Content-Type", types[".html"])
	w.WriteHeader(http.StatusNotFound)
	io.WriteString(w, missing)
}
