package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	publisher "seedfeed/feed/publish"
	"seedfeed/feed/site"
)

// version is a document of one letter, again and again. Two that follow each
// other have the same length or not.
func version(name string, n int) []byte {
	size := 20_000 + n/2%5*30_000
	letters := strings.Repeat(string(rune('a'+n%26)), size)
	switch filepath.Ext(name) {
	case ".html":
		return []byte(strings.Replace(ours, "چراغ", letters, 1))
	case ".xml":
		return []byte("<generator>seedfeed</generator><p>" + letters + "</p>")
	}
	return []byte(letters)
}

// versions are how many there are: those that follow are the same again.
const versions = 130

// answers are whole documents, and the bodies that were served under each ETag.
type answers struct {
	whole map[string]bool

	mu     sync.Mutex
	bodies map[string]string
	count  int
}

func newAnswers(names []string) *answers {
	k := &answers{whole: map[string]bool{}, bodies: map[string]string{}}
	for _, name := range names {
		for n := range versions {
			k.whole[string(site.Live(version(name, n), scriptPath))] = true
		}
	}
	return k
}

// check tells what is wrong with an answer.
func (k *answers) check(name, tag, body string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.count++
	if before, ok := k.bodies[name+tag]; ok && before != body {
		return fmt.Errorf("%s has the ETag %s with %d bytes and with %d others", name, tag, len(before), len(body))
	}
	k.bodies[name+tag] = body
	if !k.whole[body] {
		return fmt.Errorf("%s is torn: %d bytes, %.40q … %.40q", name, len(body), body, body[max(0, len(body)-40):])
	}
	return nil
}

func TestNoBuildTearsAnAnswer(t *testing.T) {
	names := []string{"atom.xml", "index.html", "media/lamp.mp3"}
	dir := filepath.Join(t.TempDir(), "out")
	put := func(n int) error {
		out, err := publisher.Open(dir)
		if err != nil {
			return err
		}
		defer out.Close()
		for _, name := range names {
			text := version(name, n)
			if filepath.Ext(name) == ".mp3" {
				out.Own(name)
				_, err = out.StageFile(name, int64(len(text)), day.Add(time.Duration(n)*time.Second), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil })
			} else {
				_, err = out.Stage(name, text)
			}
			if err != nil {
				return err
			}
		}
		_, err = out.Publish()
		return err
	}
	if err := put(0); err != nil {
		t.Fatal(err)
	}
	s := New(dir)
	server := httptest.NewServer(s)
	defer server.Close()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	all := newAnswers(names)
	var group sync.WaitGroup
	builds := 1
	group.Go(func() {
		for ; ctx.Err() == nil; builds++ {
			if err := put(builds); err != nil {
				t.Error(err)
				return
			}
			s.Changed()
		}
	})
	for i := range 8 {
		group.Go(func() {
			for n := i; ctx.Err() == nil && !t.Failed(); n++ {
				read(t, all, server.URL, names[n%len(names)], n%2 == 0)
			}
		})
	}
	group.Wait()
	t.Logf("%d answers during %d builds", all.count, builds)
}

// read asks for a document, compressed or not, as the very bytes that are sent.
func read(t *testing.T, all *answers, server, name string, compressed bool) {
	r, err := http.NewRequest("GET", server+"/"+name, nil)
	if err != nil {
		t.Error(err)
		return
	}
	if r.Header.Set("Accept-Encoding", "identity"); compressed {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	text := string(body)
	if resp.Header.Get("Content-Encoding") == "gzip" {
		text = unzip(t, text)
	}
	if err := all.check(name, resp.Header.Get("ETag"), text); err != nil {
		t.Error(err)
	}
}
