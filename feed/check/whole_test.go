package check_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/check"
	"seedfeed/feed/ledger"
	"seedfeed/feed/syndication"
)

// BenchmarkArchive writes and proves a document of an archive in all formats:
// 50 articles of 4 KB.
func BenchmarkArchive(b *testing.B) {
	c := news()
	c.Archive, c.Archives = 2, 3
	entries := full(50)
	site := check.Site{Base: c.Base}
	b.ReportAllocs()
	bytes := 0
	for b.Loop() {
		stories := syndication.Tell(c, entries)
		bytes = 0
		for _, f := range formats {
			document, err := f.write(c, stories)
			if err != nil {
				b.Fatal(err)
			}
			if found := site.Document(c.File(f.name), document); found != nil {
				b.Fatal(found[0])
			}
			bytes += len(document)
		}
	}
	b.SetBytes(int64(bytes))
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(entries)), "µs/article")
}

// BenchmarkProve is the share of check in it, by format.
func BenchmarkProve(b *testing.B) {
	c := news()
	c.Archive, c.Archives = 2, 3
	stories := syndication.Tell(c, full(50))
	site := check.Site{Base: c.Base}
	for _, f := range formats {
		b.Run(f.name, func(b *testing.B) {
			document, err := f.write(c, stories)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(document)))
			b.ReportAllocs()
			for b.Loop() {
				site.Document(c.File(f.name), document)
			}
		})
	}
}

var formats = []struct {
	name  string
	write func(channel.Channel, syndication.Stories) ([]byte, error)
}{{channel.Atom, syndication.Atom}, {channel.RSS, syndication.RSS}, {channel.JSON, syndication.JSON}}

// full are n articles with ten paragraphs, about 4 KB of content.
func full(n int) []channel.Entry {
	var entries []channel.Entry
	for i := range n {
		a := stories()[0].Article
		a.Body = nil
		for p := range 10 {
			a.Body = append(a.Body, fmt.Sprintf("%d.", p)+strings.Repeat(" باران بارید و خیابان\u200cها «خلوت» شد.", 6))
		}
		day := time.Date(2026, 3, 20, 8, 0, 0, 0, time.UTC).Add(-time.Duration(i) * time.Hour)
		entries = append(entries, channel.Entry{Article: a, Item: ledger.Item{
			ID:        fmt.Sprintf("urn:uuid:00000000-0000-5000-8000-%012d", i+1),
			Page:      fmt.Sprintf("articles/باران %d.html", i+1),
			Published: day, Updated: day, Lang: "fa",
			Enclosed: ledger.MediaList([]ledger.Media{{Name: "media/a.jpg", Type: "image/jpeg", Size: 9}}),
		}})
	}
	return entries
}
