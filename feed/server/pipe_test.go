//go:build unix

package server

import (
	"net"
	"net/http/httptest"
	"path/filepath"
	"syscall"
	"testing"
)

func TestOnlyFilesAreServed(t *testing.T) {
	out := publish(t)
	if err := syscall.Mkfifo(filepath.Join(out, "pipe.html"), 0o644); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", filepath.Join(out, "socket"))
	if err != nil {
		t.Skip(err) // the path may be too long for one
	}
	defer socket.Close()
	server := httptest.NewServer(New(out))
	defer server.Close()
	for _, path := range []string{"/pipe.html", "/pipe.html/", "/socket"} {
		if a := ask(t, server, "GET", path); a.code != 404 {
			t.Errorf("GET %s = %d", path, a.code)
		}
	}
}
