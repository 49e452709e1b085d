// Package server shows out/ over HTTP, for preview and for subscribing on one
// machine.
//
// A request goes in; a file of out/ comes out, whole or as it is asked for: a
// range of it, compressed, or only the word that nothing changed. A Watcher
// tells when seeds change, so that they are built anew, and open pages are told
// of what the build changed and load it. What is published stays as it is:
// only the page as it is served has the script that does so.
//
// A file is opened once and what is told of it is told of that opened file. A
// build renames new files into place, so an answer that is under way goes on
// with the old one to its end, and never is half of each.
package server

import (
	"context"
	"log"
	"net"
	"net/http"
	"time"
)

// Limits of a request. Whoever asks more slowly than this, or more, has no need to.
const (
	headerTime = 5 * time.Second  // for a request's header
	readTime   = 10 * time.Second // for the whole request; none has a body that is wanted
	writeTime  = 30 * time.Second // for an answer, beside what its length takes
	idleTime   = 2 * time.Minute  // between two requests
	headerSize = 16 << 10
	slowest    = 16 << 10 // bytes a second, at which a long answer is still waited for
	graceTime  = 5 * time.Second
)

// Server shows a folder.
type Server struct {
	Log *log.Logger // takes what goes wrong inside of net/http; nil for the standard one

	out   string
	pulse *pulse
	zip   zippers
}

// New makes a server of the folder out, which need not be there yet.
func New(out string) *Server { return &Server{out: out, pulse: newPulse()} }

// Changed tells all open pages that a build has changed something.
func (s *Server) Changed() { s.pulse.beat() }

// ServeHTTP answers a request: with the script and the events that reload open
// pages, else with a file.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	// Always to be asked for, so always what stands in out/; as long as that is
	// the same, the answer is a 304 without a body. Any age that a feed were
	// allowed would be one at which a hub, told of a change, takes the old feed
	// for the new one, and a page that reloads would show old pictures.
	h.Set("Cache-Control", "no-cache")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	if r.Body == http.NoBody {
		// The request is read. If its time ran out during a long answer, net/http
		// would take its client for gone, and the next requests' too.
		http.NewResponseController(w).SetReadDeadline(time.Time{})
	}
	switch r.URL.Path {
	case scriptPath:
		serveScript(w, r)
	case eventsPath:
		s.serveEvents(w, r)
	default:
		s.serveFile(w, r)
	}
}

// Serve answers requests until ctx ends. Then it takes no more of them, ends the
// event streams, and gives what is under way some seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headerSize,
		ErrorLog:       s.Log,
		BaseContext:    func(net.Listener) context.Context { return ctx }, // event streams end with it

		DisableGeneralOptionsHandler: true,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	if server.Shutdown(grace) != nil {
		return server.Close() // they had their time
	}
	return nil
}
