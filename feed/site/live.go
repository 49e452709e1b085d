package site

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// What a page of ours holds in its head.
const (
	markTag    = `<meta name="generator" content="seedfeed">`
	policyOpen = `<meta http-equiv="Content-Security-Policy" content="`
	policyEnd  = `">`
)

// Live is a page as it is shown while its author works on it: it loads a script
// from an address on its own server, and its policy allows that script and what
// it asks the server, beside all that was allowed before. A page that is not
// ours is returned as it is.
func Live(page []byte, script string) []byte {
	head, _, _ := bytes.Cut(page, []byte("</head>"))
	before, rest, found := bytes.Cut(head, []byte(policyOpen))
	policy, _, closed := bytes.Cut(rest, []byte(policyEnd))
	if !found || !closed || !bytes.Contains(head, []byte(markTag)) {
		return page
	}
	allowed := html.UnescapeString(string(policy))
	for _, directive := range []string{"script-src", "connect-src"} {
		allowed = allow(allowed, directive)
	}
	tag := policyOpen + html.EscapeString(allowed) + policyEnd + "\n" + `<script src="` + html.EscapeString(script) + `" defer></script>`
	old := len(policyOpen) + len(policy) + len(policyEnd)
	return slices.Concat(before, []byte(tag), page[len(before)+old:])
}

// allow is a policy of which a directive allows the page's own server, too. The
// first directive of a name counts (CSP Level 3, section 2.2.1, "Parse a
// serialized CSP"), and 'none' says something only where it stands alone
// ("Does url match source list").
func allow(policy, directive string) string {
	const self = "'self'"
	list := strings.Split(policy, ";")
	for i, d := range list {
		words := strings.Fields(d)
		if len(words) == 0 || !strings.EqualFold(words[0], directive) {
			continue
		}
		if !slices.Contains(words, self) {
			words = append(slices.DeleteFunc(words, isNone), self)
		}
		list[i] = " " + strings.Join(words, " ")
		return strings.TrimSpace(strings.Join(list, ";"))
	}
	return strings.TrimPrefix(strings.TrimRight(policy, "; ")+"; ", "; ") + directive + " " + self
}

func isNone(source string) bool { return strings.EqualFold(source, "'none'") }
