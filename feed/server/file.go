package server

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"seedfeed/feed/site"
)

// wholeSize is the most bytes of a text that is read whole, to be compressed and
// told by what is in it. A feed that holds all of a large collection is longer.
const wholeSize = 8 << 20

// freshTime is how long a file counts as one that may be replaced within the
// same second by the clock that its time is from.
const freshTime = 2 * time.Second

// serveFile answers with what stands under the path of a request.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	name, ok := nameOf(r.URL.Path)
	if !ok {
		serveMissing(w)
		return
	}
	file, info, err := s.open(name)
	if err != nil {
		refuse(w, err)
		return
	}
	defer file.Close()
	if info.IsDir() {
		s.serveFolder(w, r, name)
		return
	}
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(patience(info.Size())))
	kind := mediaType(name)
	w.Header().Set("Content-Type", kind)
	if isText(kind) && info.Size() <= wholeSize {
		s.serveText(w, r, file, info)
		return
	}
	// By these two publish itself tells whether a long file is as it was.
	w.Header().Set("ETag", fmt.Sprintf(`"%x-%x"`, info.Size(), info.ModTime().UnixNano()))
	http.ServeContent(w, r, "", lastModified(info), file)
}

// nameOf is the name in out/ that a path asks for, and whether there can be one.
// What begins with a dot is a lock, or what a build is about to rename, or
// somebody's secret, or leads upwards.
func nameOf(path string) (name string, ok bool) {
	name, ok = strings.CutPrefix(path, "/")
	if strings.HasSuffix(path, "/") {
		name += "index.html"
	}
	if !ok || !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	for element := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(element, ".") {
			return "", false
		}
	}
	return name, true
}

var errKind = errors.New("neither a file nor a folder")

// open opens a file or a folder in out/, and tells of it what is true of the
// opened one. It is looked at before, for a pipe would block, and once open, for
// it may have become another. A link that leads out of out/ leads nowhere. Out/
// itself is not held open: a build that fails removes what it made of it.
func (s *Server) open(name string) (*os.File, fs.FileInfo, error) {
	out, err := os.OpenRoot(s.out)
	if err != nil {
		return nil, nil, err
	}
	defer out.Close()
	if info, err := out.Stat(name); err != nil || !isShown(info) {
		return nil, nil, errors.Join(err, errKind)
	}
	file, err := out.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err != nil || !isShown(info) {
		file.Close()
		return nil, nil, errors.Join(err, errKind)
	}
	return file, info, nil
}

func isShown(info fs.FileInfo) bool { return info.Mode().IsRegular() || info.IsDir() }

// refuse says that something can't be shown. To a reader "not found" may mean
// "gone", so it is not said of what is only in trouble.
func refuse(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE), errors.Is(err, syscall.EIO):
		w.Header().Set("Retry-After", "10")
		http.Error(w, "it can't be read at the moment", http.StatusServiceUnavailable)
	case errors.Is(err, fs.ErrPermission):
		http.Error(w, "it may not be read", http.StatusForbidden)
	default:
		serveMissing(w)
	}
}

// serveFolder sends those on to a folder's index who left out the slash behind
// its name: with it, the index's relative links are right.
func (s *Server) serveFolder(w http.ResponseWriter, r *http.Request, name string) {
	index, info, err := s.open(path.Join(name, "index.html"))
	if err == nil {
		index.Close()
	}
	if err != nil || info.IsDir() {
		serveMissing(w)
		return
	}
	// Relative, so that it is right behind a proxy that adds a folder to the path.
	to := url.URL{Path: path.Base(name) + "/", RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", to.String())
	w.WriteHeader(http.StatusMovedPermanently)
}

// serveText answers with a text: a page of ours as it is in preview, all of it
// compressed for those who take that. Its ETag is made of the very bytes that
// are served, so nothing can change without it, not even within one tick of the
// clock; and each coding has its own (RFC 9110, section 8.8.3).
func (s *Server) serveText(w http.ResponseWriter, r *http.Request, file io.Reader, info fs.FileInfo) {
	text, err := io.ReadAll(io.LimitReader(file, wholeSize))
	if err != nil {
		refuse(w, err)
		return
	}
	h := w.Header()
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
		text = site.Live(text, scriptPath)
	}
	sum := sha256.Sum256(text)
	h.Set("ETag", fmt.Sprintf(`"%x"`, sum[:12]))
	var content io.ReadSeeker = bytes.NewReader(text)
	h.Set("Vary", "Accept-Encoding")
	if len(text) >= leastZipped && wantsGzip(r.Header) {
		h.Set("ETag", fmt.Sprintf(`"%x-gzip"`, sum[:12]))
		h.Set("Content-Encoding", "gzip")
		content = &zipped{text: text, header: h, zip: &s.zip}
	}
	http.ServeContent(w, r, "", lastModified(info), content)
}

// lastModified is when a file was modified, and no time if it could yet change
// within the second that HTTP tells: who asks by this time alone would not get
// the change (RFC 9110, section 8.8.2.2). Nor is a time told that has yet to
// come (section 8.8.2.1).
func lastModified(info fs.FileInfo) time.Time {
	if time.Since(info.ModTime()) < freshTime {
		return time.Time{}
	}
	return info.ModTime()
}

// patience is how long an answer of some bytes may take.
func patience(size int64) time.Duration {
	return writeTime + time.Duration(size/slowest)*time.Second
}
