package article

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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

func TestTheTableSaysWhatUnicodeDoes(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r == 0xD800 {
			r = 0xE000
		}
		if got, want := foldRune(r), slowFolding(r); got != want {
			t.Errorf("%U counts as %U, want %U", r, got, want)
		}
		if got, want := inWord(r), 0x3400 <= r && r < 0xD7A4 || r == '\'' || unicode.In(r, unicode.L, unicode.Nd, unicode.M); got != want {
			t.Errorf("%U stands within words: %v, want %v", r, got, want)
		}
	}
}

// slowFolding asks Unicode's tables and ours, one after the other.
func slowFolding(r rune) rune {
	same, listed := alike[r]
	switch {
	case 0x3400 <= r && r < 0xD7A4: // Han, Hangul
		return r
	case listed:
		return same
	case unicode.IsSpace(r):
		return ' '
	case r == 0xFEFF:
		return -1
	case 0xFF01 <= r && r <= 0xFF5E:
		return slowFolding(r - 0xFEE0)
	}
	for _, u := range unseen {
		if u[0] <= r && r <= u[1] {
			return -1
		}
	}
	if unicode.Is(unicode.Nd, r) {
		return '0' + digit(r)
	}
	return unicode.ToLower(r)
}

// What inNFC does not ask the library about must be what the library agrees to,
// also beside letters and marks that things are joined to.
func TestWhatIsComposedIsInNFC(t *testing.T) {
	for r := rune(0); r < 0x3500; r++ {
		if r == 0xD800 {
			r = 0xE000
		}
		for _, before := range []string{"", "e\u0323", "\u094d"} {
			for _, after := range []string{"", "\u0301", "\u093C\u094D"} {
				s := before + string(r) + after
				if got, want := fold(s), fold(norm.NFC.String(s)); got != want && strings.ContainsFunc(s, combines) {
					t.Fatalf("%+q is folded to %+q, in NFC to %+q", s, got, want)
				}
				if got, want := inNFC(s, false), norm.NFC.IsNormalString(s); got != want {
					t.Fatalf("%+q is in NFC: %v, want %v", s, got, want)
				}
			}
		}
	}
	for n := range 40 { // the library parts a long row of marks
		if s := "a" + strings.Repeat("\u0327", n); inNFC(s, false) != norm.NFC.IsNormalString(s) {
			t.Errorf("%d marks in a row are in NFC: %v", n, inNFC(s, false))
		}
	}
}

func TestAppendKey(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		" . ":                    "",
		"Two  Words, and a dot.": "twowords,andadot",
		"IŞIK ışık»":             "işıkişık",
		"Zu\u0308rich?!":         "zürich",
		"کتاب\u200cها ـ ي ۱۲":    "کتابهای12",
	} {
		want = strings.ReplaceAll(want, "ı", "i")
		if got := Key(text); got != want {
			t.Errorf("Key(%q) = %q, want %q", text, got, want)
		}
		if got := string(AppendKey([]byte("before "), text)); got != "before "+want {
			t.Errorf("AppendKey(%q) = %q", text, got)
		}
	}
}
