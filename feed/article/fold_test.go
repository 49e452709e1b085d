package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStretchFindsWhatWasFolded(t *testing.T) {
	for _, tt := range []struct{ text, folded, want string }{
		{"By  Jane Doe", "jane", "Jane"},
		{"منبع :  پیک\u200cدریا", "پیکدریا", "پیک\u200cدریا"},
		{"Quelle: Zu\u0308rcher Bote", "zürcher", "Zu\u0308rcher"}, // not in NFC
		{"مـنـبـع: ایسنا", "منبع", "مـنـبـع"},
		{"１２３ ok", "123", "１２３"},
	} {
		folded := fold(tt.text)
		from := strings.Index(folded, tt.folded)
		if from < 0 {
			t.Fatalf("fold(%q) = %q", tt.text, folded)
		}
		if start, end := stretch(tt.text, from, from+len(tt.folded)); strings.TrimSpace(tt.text[start:end]) != tt.want {
			t.Errorf("%q is %q in %q, want %q", tt.folded, tt.text[start:end], tt.text, tt.want)
		}
	}
}

func FuzzStretch(f *testing.F) {
	f.Add("By  Jane\u200c Doe", 3, 6)
	f.Add("Zu\u0308rich منبع：ایسنا", 1, 9)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		if !utf8.ValidString(text) {
			return
		}
		folded := fold(text)
		if from < 0 || to < from || to > len(folded) {
			return
		}
		start, end := stretch(text, from, to)
		if start < 0 || end < start || end > len(text) {
			t.Fatalf("%d to %d of %q is %d to %d of %q", from, to, folded, start, end, text)
		}
		if !utf8.ValidString(text[start:end]) {
			t.Errorf("%q is cut within a letter", text[start:end])
		}
	})
}
