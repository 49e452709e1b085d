package site

import (
	"crypto/sha256"
	"encoding/base64"
	"sync"

	"seedfeed/feed/channel"
)

// policy lets a page use its own style, icon, pictures and sound, the one script
// that stands in it, and nothing else (Content Security Policy Level 3).
func policy(c channel.Channel, script markup) string {
	var ownStyle, ownFonts, ownScript string
	if c.Stylesheet != "" { // it may bring fonts
		ownStyle, ownFonts = " 'self'", "; font-src 'self'"
	}
	if script != "" {
		ownScript = "; script-src " + hash(string(script))
	}
	return "default-src 'none'; style-src " + styleHash() + ownStyle + "; img-src 'self' data:; media-src 'self'" +
		ownScript + ownFonts + "; base-uri 'none'; form-action 'none'"
}

// styleHash names the style in a policy.
var styleHash = sync.OnceValue(func() string { return hash(string(style)) })

// hash names an inline text in a policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
