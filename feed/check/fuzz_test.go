package check

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// FuzzDocument: whatever a document holds, each finding is one line, and what
// encoding/xml refuses is never a good feed.
func FuzzDocument(f *testing.F) {
	for name, content := range map[string]string{
		"atom.xml": atomFeed, "archive/0004.atom.xml": atomArchive, "rss.xml": rssFeed,
		"feed.json": jsonFeedText, "archive/0003.json": jsonArchive, "opml.xml": opmlText, "index.html": indexText,
	} {
		f.Add(name, []byte(content))
		f.Add(name, []byte(content[:len(content)/2]))
	}
	f.Add("archive/.xml", []byte(`{"items": [{"id": "\ud800\n\u2028"}]}`))
	f.Add("feeds/a\nb/atom.xml", []byte("<feed xmlns='http://www.w3.org/2005/Atom'><link rel='&#10;'/><entry><id>&#10;x\u2029</id></entry></feed>"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		found := site().Document(name, content)
		for _, finding := range found {
			if line := finding.String(); strings.ContainsAny(line, "\n\r\v\f\u0085\u2028\u2029") {
				t.Errorf("%q is more than one line", line)
			}
		}
		if found == nil && strings.HasSuffix(name, ".xml") && examiner(name) != nil {
			dec := xml.NewDecoder(bytes.NewReader(content))
			for {
				if _, err := dec.Token(); err == io.EOF {
					return
				} else if err != nil {
					t.Fatalf("encoding/xml refuses what has no finding: %v", err)
				}
			}
		}
	})
}
