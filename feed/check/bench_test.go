package check

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkAtom(b *testing.B) { benchmark(b, "atom.xml", atomOf(500)) }
func BenchmarkRSS(b *testing.B)  { benchmark(b, "rss.xml", rssOf(500)) }
func BenchmarkJSON(b *testing.B) { benchmark(b, "feed.json", jsonOf(500)) }

func benchmark(b *testing.B, name, content string) {
	s := site()
	document := []byte(content)
	if found := s.Document(name, document); found != nil {
		b.Fatal(found[0])
	}
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		s.Document(name, document)
	}
}

// atomOf, rssOf and jsonOf are feeds of n entries, each of about 3 KB.
func atomOf(n int) string {
	head, rest, _ := strings.Cut(atomFeed, "  <entry>")
	return head + several(n, "  <entry>"+strings.TrimSuffix(rest, "</feed>\n"), longContent) + "</feed>\n"
}

func rssOf(n int) string {
	head, rest, _ := strings.Cut(rssFeed, "<item>")
	return head + several(n, "<item>"+strings.TrimSuffix(rest, "</channel></rss>\n"), longContent) + "</channel></rss>\n"
}

func jsonOf(n int) string {
	head, rest, _ := strings.Cut(jsonFeedText, "  {\n")
	items := several(n, "  {\n"+strings.TrimSuffix(rest, " ]\n}\n")+",", strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `\"`).Replace(longContent))
	return head + strings.TrimSuffix(items, ",") + " ]\n}\n"
}

var longContent = strings.Repeat("&lt;p dir=&#34;rtl&#34; lang=&#34;fa&#34;&gt;"+strings.Repeat("باران بارید و خیابان ها خلوت شد. ", 8)+"&lt;/p&gt;", 5)

func several(n int, entry, text string) string {
	var b strings.Builder
	for i := range n {
		numbered := strings.ReplaceAll(entry, "000000000001", fmt.Sprintf("%012d", i+1))
		b.WriteString(strings.ReplaceAll(numbered, "!", text))
	}
	return b.String()
}
