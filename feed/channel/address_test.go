package channel

import (
	"strings"
	"testing"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
)

const base = "https://news.example.org/feeds/"

func TestURL(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"a plain name stays as it is", "atom.xml", base + "atom.xml"},
		{"a slash parts segments", "articles/flood.html", base + "articles/flood.html"},
		{"Persian is encoded byte by byte", "articles/نان.html", base + "articles/%D9%86%D8%A7%D9%86.html"},
		{"a space is no plus sign", "a b.html", base + "a%20b.html"},
		{"question mark and number sign belong to the name", "what?#1.html", base + "what%3F%231.html"},
		{"a percent sign is encoded even before two digits", "100%25.html", base + "100%2525.html"},
		{"quotes can't close an attribute", `"it's".html`, base + "%22it%27s%22.html"},
		{"bytes that are no UTF-8 are encoded too", "\xff.html", base + "%FF.html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Channel{Base: base}
			if got := c.URL(tt.file); got != tt.want {
				t.Errorf("URL(%q) = %q, want %q", tt.file, got, tt.want)
			}
		})
	}
}

func TestFileAt(t *testing.T) {
	for _, tt := range []struct{ name, address, want string }{
		{"what URL encoded is decoded", base + "articles/%D9%86%D8%A7%D9%86.html", "articles/نان.html"},
		{"another site has no name here", "https://other.example.org/feeds/a.html", ""},
		{"the base itself is no file", base, ""},
		{"a query makes it another address", base + "a.html?page=2", ""},
		{"a way out of the folder is none", base + "../../etc/passwd", ""},
		{"an encoded way out is none", base + "%2E%2E/etc/passwd", ""},
		{"a broken escape is none", base + "a%zz.html", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Channel{Base: base}
			if got := c.FileAt(tt.address); got != tt.want {
				t.Errorf("FileAt(%q) = %q, want %q", tt.address, got, tt.want)
			}
		})
	}
	if got := (Channel{}).FileAt("https://a.example/b"); got != "" {
		t.Errorf("without a base, FileAt = %q, want none", got)
	}
}

func TestLink(t *testing.T) {
	for _, tt := range []struct {
		name, own, page string
		pages           bool
		want            string
	}{
		{"the article's own address wins", "https://a.example/x", "articles/x.html", true, "https://a.example/x"},
		{"without one it is the page", "", "articles/x.html", true, base + "articles/x.html"},
		{"an address nobody can open is ignored", "javascript:alert(1)", "articles/x.html", true, base + "articles/x.html"},
		{"without pages there is none", "", "articles/x.html", false, ""},
		{"without pages its own address stays", "https://a.example/x", "", false, "https://a.example/x"},
		{"an item without a page has none", "", "", true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Channel{Base: base, Pages: tt.pages}
			e := Entry{Item: ledger.Item{Page: tt.page}, Article: &article.Article{Link: tt.own}}
			if got := c.Link(e); got != tt.want {
				t.Errorf("Link = %q, want %q", got, tt.want)
			}
		})
	}
}

var webAddresses = []struct{ name, raw, want string }{
	{"a plain address stays as it is", "https://a.example/b?c=d#e", "https://a.example/b?c=d#e"},
	{"what is encoded is not encoded again", "http://a.example/%d9%86", "http://a.example/%d9%86"},
	{"an encoded slash beside Persian stays encoded", "http://a.example/x%2Fy/ن", "http://a.example/x%2Fy/%D9%86"},
	{"a Persian query is encoded", "http://a.example/?q=ن ن&x=100%", "http://a.example/?q=%D9%86%20%D9%86&x=100%25"},
	{"a Persian fragment is encoded", "http://a.example/#ن", "http://a.example/#%D9%86"},
	{"a host's label of 63 bytes is the longest", "http://" + strings.Repeat("a", 63) + ".example/", "http://" + strings.Repeat("a", 63) + ".example/"},
	{"a longer one is nobody's", "http://" + strings.Repeat("a", 64) + ".example/", ""},
	{"nor is a longer name", "http://" + strings.Repeat("a.", 126) + "ab/", ""},
	{"a host in another script becomes its ASCII form", "http://bücher.example:8080/", "http://xn--bcher-kva.example:8080/"},
	{"quotes and brackets are encoded", `http://a.example/"<[x]>`, "http://a.example/%22%3C%5Bx%5D%3E"},
	{"a host may be a number", "http://[::1]:8080/x", "http://[::1]:8080/x"},
	{"a password is left out", "https://me:secret@a.example/", "https://a.example/"},
	{"a script is none", "javascript:alert(1)", ""},
	{"a mail address is none", "mailto:a@a.example", ""},
	{"a relative address is none", "/news/1", ""},
	{"an address without a host is none", "http:///x", ""},
	{"a host that can't be looked up is none", `http://a"b/`, ""},
	{"nothing is none", "", ""},
}

func TestWebAddress(t *testing.T) {
	for _, tt := range webAddresses {
		t.Run(tt.name, func(t *testing.T) {
			if got := WebAddress(tt.raw); got != tt.want {
				t.Errorf("WebAddress(%q) = %q, want %q", tt.raw, got, tt.want)
			}
		})
	}
}

func FuzzWebAddress(f *testing.F) {
	for _, tt := range webAddresses {
		f.Add(tt.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once := WebAddress(raw)
		for i := range len(once) {
			if c := once[i]; c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>' {
				t.Fatalf("WebAddress(%q) = %q holds %q", raw, once, c)
			}
		}
		if again := WebAddress(once); again != once {
			t.Fatalf("WebAddress(%q) = %q, again %q", raw, once, again)
		}
	})
}

func FuzzFileAt(f *testing.F) {
	f.Add("articles/نان.html")
	f.Add("100%25?#.html")
	f.Fuzz(func(t *testing.T, name string) {
		c := Channel{Base: base}
		if got := c.FileAt(c.URL(name)); got != "" && got != name {
			t.Fatalf("FileAt(URL(%q)) = %q", name, got)
		}
	})
}
