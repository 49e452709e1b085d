package article

import (
	"path/filepath"
	"testing"
)

func TestLanguageFiles(t *testing.T) {
	for _, l := range lexicon() {
		t.Run(l.key, func(t *testing.T) {
			if l.name == "" || l.own == "" || l.script == "" {
				t.Errorf("name %q, own name %q, script %q: a language needs all", l.name, l.own, l.script)
			}
			v := newVocabulary()
			if left, err := eachPhrase(textOf(l.key), v.add); err != nil || left != "" {
				t.Errorf("unread: %.40q, %v", left, err)
			}
			if v.sourceLabel == "" {
				t.Error("no label for a source")
			}
		})
	}
}

func TestEveryLanguageHasAnArticle(t *testing.T) {
	has := map[string]bool{anyLanguage: true}
	for _, l := range readLabels(t, filepath.Join("testdata", "articles", "labels.jsonl")) {
		has[l.Lang] = true
	}
	for _, l := range lexicon() {
		if !has[l.code()] {
			t.Errorf("%s: no article of ours is in %s", l.key, l.name)
		}
	}
}

func TestAWrongLanguageFileSaysWhere(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"a month without a number", "[months solar]\nمهر", `[months solar] "مهر": `},
		{"a month beyond the twelfth", "[months solar]\n13 مهر", `[months solar] "13 مهر": `},
		{"a phrase without words", "[source]\n…", `[source] "…": `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := newVocabulary()
			_, err := eachPhrase(tt.data, v.add)
			if err == nil || len(err.Error()) < len(tt.want) || err.Error()[:len(tt.want)] != tt.want {
				t.Errorf("error %v, want it to start with %s", err, tt.want)
			}
		})
	}
}

func TestLanguageName(t *testing.T) {
	for lang, want := range map[string]string{"fa": "فارسی", "zh": "中文", "ckb": "کوردیی ناوەندی", "tlh": "tlh", "": "", anyLanguage: anyLanguage} {
		if got := LanguageName(lang); got != want {
			t.Errorf("LanguageName(%q) = %q, want %q", lang, got, want)
		}
	}
}

// The filter must let every compound pass, and what is one only at first sight
// must not hide another.
func TestCompoundsPassTheirFilter(t *testing.T) {
	for _, l := range lexicon() {
		c := &l.words().cues
		for _, q := range c.endings {
			for _, word := range []string{q.first, "x" + q.first} {
				if !c.mayEnd(word) {
					t.Errorf("%s: %q may not end in …%s", l.key, word, q.first)
				}
			}
		}
	}
	var mixed cues
	for _, phrase := range []string{"…zeitung", "…blatt", "…tv", "…news-net"} {
		if err := mixed.add(cueOutlet, phrase); err != nil {
			t.Fatal(err)
		}
		for _, q := range mixed.endings {
			if !mixed.mayEnd("abend" + firstWord(q.first)) {
				t.Errorf("behind %q, …%s is not found", phrase, q.first)
			}
		}
	}
}
