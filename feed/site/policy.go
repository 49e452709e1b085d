package site

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"seedfeed/feed/channel"
)

// policy lets a page use its own style, icon, pictures and sound, the one script
// that stands in it, and nothing else (Content Security Policy Level 3).
func policy(c channel.Channel, script string) string {
	rules := []string{"default-src 'none'", "style-src " + hash(string(style)), "img-src 'self' data:", "media-src 'self'"}
	if script != "" {
		rules = append(rules, "script-src "+hash(script))
	}
	if c.Stylesheet != "" { // it may bring fonts
		rules[1] += " 'self'"
		rules = append(rules, "font-src 'self'")
	}
	return strings.Join(append(rules, "base-uri 'none'", "form-action 'none'"), "; ")
}

// hash names an inline text in a policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
