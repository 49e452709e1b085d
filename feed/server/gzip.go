package server

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// leastZipped is the least bytes of a text that is compressed: less than it fits
// into one packet as it is.
const leastZipped = 1 << 10

// wantsGzip reports whether an answer had best be compressed with gzip, by the
// weights of Accept-Encoding (RFC 9110, section 12.5.3). A range is one of the
// bytes of the file: it goes on from those that were had without compression.
func wantsGzip(h http.Header) bool {
	if h.Get("Range") != "" {
		return false
	}
	weights := map[string]float64{}
	for coding := range strings.SplitSeq(strings.ToLower(strings.Join(h.Values("Accept-Encoding"), ",")), ",") {
		name, weight, weighted := strings.Cut(coding, ";")
		q := 1.0
		if value, ok := strings.CutPrefix(strings.TrimSpace(weight), "q="); weighted && ok {
			q, _ = strconv.ParseFloat(value, 64) // 0 if it is none
		}
		weights[strings.TrimSpace(name)] = q
	}
	q, named := weights["gzip"]
	if !named {
		q = weights["*"]
	}
	return q > 0 && q >= weights["identity"]
}

// zippers are compressors that can be used again. They are large.
type zippers struct{ sync.Pool }

func (z *zippers) compress(text []byte) []byte {
	zipper, ok := z.Get().(*gzip.Writer)
	if !ok {
		zipper = gzip.NewWriter(nil)
	}
	defer z.Put(zipper)
	var b bytes.Buffer
	zipper.Reset(&b)
	zipper.Write(text) // a buffer takes everything
	zipper.Close()
	return b.Bytes()
}

// zipped is the gzip coding of a text. It is made when http.ServeContent asks
// how long it is, which it does not for a 304.
type zipped struct {
	text   []byte
	header http.Header
	zip    *zippers
	io.ReadSeeker
}

func (z *zipped) Seek(offset int64, whence int) (int64, error) {
	if z.ReadSeeker == nil {
		coded := z.zip.compress(z.text)
		z.ReadSeeker = bytes.NewReader(coded)
		// ServeContent leaves this to whoever sets a Content-Encoding.
		z.header.Set("Content-Length", strconv.Itoa(len(coded)))
	}
	return z.ReadSeeker.Seek(offset, whence)
}
