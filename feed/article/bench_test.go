package article

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkRead reads an article of 4 KB in each of some languages: one of our
// own, with more paragraphs of the usual length, made of its longest.
func BenchmarkRead(b *testing.B) {
	for _, language := range []string{"en_01", "de_01", "ru_1", "tr_1", "fa_01", "ar_01", "he_01", "hi_1", "ja_01", "zh-Hans_1", "th_1"} {
		text := fourKilobytes(b, language)
		code, _, _ := strings.Cut(language, "_")
		b.Run(code, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				read(b, text)
			}
		})
	}
}

func fourKilobytes(b *testing.B, prefix string) string {
	names, err := filepath.Glob(filepath.Join("testdata", "articles", prefix+"_*.txt"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no article %s: %v", prefix, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		b.Fatal(err)
	}
	text, longest := string(data), ""
	for line := range strings.Lines(text) {
		if len(line) > len(longest) {
			longest = line
		}
	}
	const usual = 500 // bytes of a paragraph
	more := strings.Repeat(strings.TrimSpace(longest)+" ", 1+usual/len(longest)) + "\n"
	missing := max(4096-len(text), 0)
	return strings.Replace(text, longest, longest+strings.Repeat(more, missing/len(more)), 1)
}

func BenchmarkLoadLanguages(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := loadLanguages(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstArticle is what the first article in a language costs besides
// being read: its script's words and its own vocabulary are parsed.
func BenchmarkFirstArticle(b *testing.B) {
	for _, key := range []string{"en", "fa"} {
		b.Run(key, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l, err := openLanguage(key + ".txt")
				if err != nil {
					b.Fatal(err)
				}
				l.words()
				var others []*language
				for _, other := range lexicon() {
					if other.script == l.script {
						others = append(others, other)
					}
				}
				newTongue(others)
			}
		})
	}
}

// BenchmarkKey makes the keys of a story's paragraphs, as the ledger does.
func BenchmarkKey(b *testing.B) {
	for _, language := range []string{"en_01", "fa_01", "hi_1", "zh-Hans_1"} {
		paragraphs := strings.Split(fourKilobytes(b, language), "\n")
		code, _, _ := strings.Cut(language, "_")
		b.Run(code, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(4096)
			var key []byte
			for b.Loop() {
				key = key[:0]
				for _, p := range paragraphs {
					key = AppendKey(key, p)
				}
			}
		})
	}
}
