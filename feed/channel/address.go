package channel

import (
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// The names of a channel's documents in its folder, which subscribers hold.
const (
	Atom  = "atom.xml"
	RSS   = "rss.xml"
	JSON  = "feed.json"
	Index = "index.html"
)

// The lists of all feeds, for programs and for people.
const (
	OPML     = "opml.xml"
	AllFeeds = "feeds/index.html"
)

// Folder is where the channel's documents stand under out/: empty for the main
// feed, else feeds/<kind>/<name>/.
func (c Channel) Folder() string {
	if c.Kind == "" {
		return ""
	}
	return "feeds/" + string(c.Kind) + "/" + c.Name + "/"
}

// File is the name under out/ of the channel's document that is called Atom,
// RSS, JSON or Index.
func (c Channel) File(document string) string { return c.FileOf(c.Archive, document) }

// FileOf is the same of the archive's document of that number, 0 for the current one.
func (c Channel) FileOf(archive int, document string) string {
	if archive == 0 {
		return c.Folder() + document
	}
	return fmt.Sprintf("%sarchive/%04d.%s", c.Folder(), archive, strings.TrimPrefix(document, "feed."))
}

// URL is the public address of a file under out/. Whatever the name holds, the
// address is plain ASCII: RSS knows no other (RFC 3986, section 2.1).
func (c Channel) URL(name string) string {
	segments := strings.Split(name, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	return c.Base + strings.Join(segments, "/")
}

// FileAt is the file under out/ that an address given by URL stands for, and
// empty for every other address.
func (c Channel) FileAt(address string) string {
	path, under := strings.CutPrefix(address, c.Base)
	name, err := url.PathUnescape(path)
	if c.Base == "" || !under || err != nil || name == "." || !fs.ValidPath(name) {
		return ""
	}
	if c.URL(name) != address {
		return ""
	}
	return name
}

// Link is where an entry is read on the web: the address that its article
// gives, else its page here. Without pages it may have none.
func (c Channel) Link(e Entry) string {
	if own := WebAddress(e.Article.Link); own != "" {
		return own
	}
	if !c.Pages || e.Item.Page == "" {
		return ""
	}
	return c.URL(e.Item.Page)
}

// WebAddress is an absolute http or https address in plain ASCII, and empty
// for anything else a text may call an address ("javascript:…", "/news").
func WebAddress(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	if u.Host = asciiHost(u); u.Host == "" {
		return ""
	}
	u.User = nil // a password has no place in a public feed
	u.RawPath, u.RawQuery, u.RawFragment = encode(u.RawPath), encode(u.RawQuery), encode(u.RawFragment)
	return u.String()
}

// asciiHost is an address's host with its port, in the ASCII form of names in
// other scripts (RFC 5891); empty if it can't be one.
func asciiHost(u *url.URL) string {
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return u.Host
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil || host == "" || !utf8.ValidString(u.Host) || isTooLong(host) {
		return ""
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	return host
}

// isTooLong reports whether no name server can know a host (RFC 1035, section 2.3.4).
func isTooLong(host string) bool {
	const name, label = 253, 63
	return len(host) > name || slices.ContainsFunc(strings.Split(host, "."), func(l string) bool { return len(l) > label })
}

// encode percent-encodes every byte that may not stand in a path, a query or a
// fragment, and leaves alone what is encoded already: url.URL would also
// decode, and %2F is not a slash (RFC 3986, section 2.2).
func encode(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; mayStand(c) || c == '%' && isEncoded(s[i:]) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// mayStand reports whether c is unreserved, or reserved but with a place in a
// path, a query or a fragment (RFC 3986, appendix A).
func mayStand(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("-._~!$&'()*+,;=:@/?", c) >= 0
}

func isEncoded(s string) bool {
	return len(s) >= 3 && isHex(s[1]) && isHex(s[2])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
