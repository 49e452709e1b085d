package site

import (
	"strings"
	"testing"

	"seedfeed/feed/channel"
)

func TestLive(t *testing.T) {
	const (
		script = "/.seedfeed/reload.js"
		tag    = "\n" + `<script src="/.seedfeed/reload.js" defer></script>`
		mark   = `<meta name="generator" content="seedfeed">`
	)
	page := func(policy string) string {
		return `<html><head><meta http-equiv="Content-Security-Policy" content="` + policy + `">` + mark + `</head><body>“Text”</body></html>`
	}
	live := func(policy string) string {
		return strings.Replace(page(policy), `">`, `">`+tag, 1)
	}
	for _, tt := range []struct{ name, page, want string }{
		{"a policy without scripts gets the script and its events", page("default-src &#39;none&#39;; img-src &#39;self&#39;"),
			live("default-src &#39;none&#39;; img-src &#39;self&#39;; script-src &#39;self&#39;; connect-src &#39;self&#39;")},
		{"a script that is allowed stays allowed", page("default-src &#39;none&#39;; script-src &#39;sha256-a&#43;b=&#39;; base-uri &#39;none&#39;"),
			live("default-src &#39;none&#39;; script-src &#39;sha256-a+b=&#39; &#39;self&#39;; base-uri &#39;none&#39;; connect-src &#39;self&#39;")},
		{"quotes may stand as they are", page("default-src 'none'; script-src 'sha256-ab='"),
			live("default-src &#39;none&#39;; script-src &#39;sha256-ab=&#39; &#39;self&#39;; connect-src &#39;self&#39;")},
		{"none gives way", page("script-src 'none'; connect-src 'none'"), live("script-src &#39;self&#39;; connect-src &#39;self&#39;")},
		{"what is allowed already is not allowed twice", page("SCRIPT-SRC 'self';connect-src 'self';"), live("SCRIPT-SRC &#39;self&#39;; connect-src &#39;self&#39;;")},
		{"only the first directive of a name counts", page("script-src 'none'; script-src *; connect-src 'self'"), live("script-src &#39;self&#39;; script-src *; connect-src &#39;self&#39;")},
		{"an empty policy is one", page(""), live("script-src &#39;self&#39;; connect-src &#39;self&#39;")},
		{"a page of another program stays as it is", strings.Replace(page("default-src 'none'"), mark, "", 1), strings.Replace(page("default-src 'none'"), mark, "", 1)},
		{"one without a policy, too", "<head>" + mark + "</head>", "<head>" + mark + "</head>"},
		{"a body that quotes a head is no head", "<head></head>" + page("default-src 'none'"), "<head></head>" + page("default-src 'none'")},
		{"a policy that does not end", `<head>` + mark + `<meta http-equiv="Content-Security-Policy" content="`, `<head>` + mark + `<meta http-equiv="Content-Security-Policy" content="`},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := strings.Clone(tt.page)
			in := []byte(tt.page)
			if got := string(Live(in, script)); got != tt.want {
				t.Errorf("Live(%s) =\n%s\nwant\n%s", tt.page, got, tt.want)
			}
			if string(in) != before {
				t.Errorf("Live changed its argument to %s", in)
			}
		})
	}
}

func TestLiveKnowsThePagesMadeHere(t *testing.T) {
	index, err := Index(here, []channel.Entry{lamp})
	if err != nil {
		t.Fatal(err)
	}
	page, err := Page(here, lamp, none, none)
	for _, html := range [][]byte{index, page} {
		holds(t, Live(html, "/reload.js"), err, `<script src="/reload.js" defer></script>`, "connect-src &#39;self&#39;", "default-src &#39;none&#39;")
	}
}
