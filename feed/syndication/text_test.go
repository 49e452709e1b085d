package syndication

import (
	"slices"
	"testing"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain text stays as it is", "می\u200cخواهم\u00A0برف", "می\u200cخواهم\u00A0برف"},
		{"line breaks and tabs are one space", " a \r\n\tb ", "a b"},
		{"C0 and C1 controls are gone", "a\x00\x0B\x0C\x1B\x7F\u0080\u009Fb", "ab"},
		{"noncharacters that XML forbids are gone", "a\uFFFE\uFFFFb", "ab"},
		{"bytes that are no UTF-8 are one replacement character", "a\xFF\xFEb", "a\uFFFDb"},
		{"a lone surrogate in UTF-8 is one too", "a\xED\xA0\x80b", "a\uFFFDb"},
		{"an emoji of several code points stays whole", "👩‍🚒", "👩‍🚒"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Clean(tt.text); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestMark(t *testing.T) {
	for _, tt := range []struct{ name, dir, text, want string }{
		{"an acronym first is marked", "rtl", "BBC: باران", rlm + "BBC: باران"},
		{"digits and quotes before the acronym change nothing", "rtl", "«12 «BBC باران", rlm + "«12 «BBC باران"},
		{"digits before Persian need no mark", "rtl", "12 باران", "12 باران"},
		{"Hebrew first needs no mark", "rtl", "גשם BBC", "גשם BBC"},
		{"a text of signs needs no mark", "rtl", "… 12!", "… 12!"},
		{"a mark that is there is not doubled", "rtl", rlm + "BBC باران", rlm + "BBC باران"},
		{"left-to-right text is not marked", "ltr", "BBC باران", "BBC باران"},
		{"an empty text is not marked", "rtl", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := localeOf("fa", tt.dir).mark(tt.text); got != tt.want {
				t.Errorf("mark(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestUnmark(t *testing.T) {
	rtl := locale{dir: "rtl"}
	for _, tt := range []struct{ name, text, want string }{
		{"an added mark is taken away", rlm + "BBC", "BBC"},
		{"a mark before Persian was not added", rlm + "باران", rlm + "باران"},
		{"a mark before a space was not added", rlm + " BBC", rlm + " BBC"},
		{"of two marks none was added", rlm + rlm + "BBC", rlm + rlm + "BBC"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rtl.unmark(tt.text); got != tt.want {
				t.Errorf("unmark(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestPrimary(t *testing.T) {
	for _, tt := range []struct{ name, tag, want string }{
		{"a plain language stays as it is", "fa", "fa"},
		{"a region is cut off", "fa-IR", "fa"},
		{"an underscore parts too", "pt_BR", "pt"},
		{"three letters are a language", "ckb", "ckb"},
		{"a word is none", "persian", ""},
		{"nothing is none", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := primary(tt.tag); got != tt.want {
				t.Errorf("primary(%q) = %q, want %q", tt.tag, got, tt.want)
			}
		})
	}
}

func TestNamesJoinAndSplit(t *testing.T) {
	for _, tt := range []struct {
		name, lang, joined string
		names              []string
	}{
		{"English has a comma", "en", "A, B", []string{"A", "B"}},
		{"Persian has its own comma", "fa", "الف، ب", []string{"الف", "ب"}},
		{"Hebrew has the Latin comma", "he", "א, ב", []string{"א", "ב"}},
		{"Japanese has no space", "ja", "甲、乙", []string{"甲", "乙"}},
		{"one name is itself", "en", "A", []string{"A"}},
		{"no name is nothing", "en", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := localeOf(tt.lang, "")
			if got := l.join(tt.names); got != tt.joined {
				t.Errorf("join(%q) = %q, want %q", tt.names, got, tt.joined)
			}
			if got := l.split(tt.joined); !slices.Equal(got, tt.names) {
				t.Errorf("split(%q) = %q, want %q", tt.joined, got, tt.names)
			}
		})
	}
	if got := localeOf("en", "").split("A, , B"); !slices.Equal(got, []string{"A, , B"}) {
		t.Errorf("a name that is no list was split into %q", got)
	}
}
