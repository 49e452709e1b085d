package article

import "testing"

func TestPhrase(t *testing.T) {
	for _, tt := range []struct {
		name, phrase, text string
		want               bool
	}{
		{"a word is found whatever its case", "BREAD", "The bread was fresh.", true},
		{"but not within another", "bread", "A breadth of fresh air.", false},
		{"with a star it may go on", "bread*", "A breadth of fresh air.", true},
		{"a star in front lets a word begin before", "*bread", "Gingerbread for all.", true},
		{"some words are found as they follow one another", "fresh bread", "Fresh  bread, he said.", true},
		{"and not otherwise", "fresh bread", "Bread, fresh as ever.", false},
		{"Arabic letters are as good as Persian ones", "کیک", "بهترين كيك شهر", true},
		{"digits are digits", "سال 1405", "در سال ۱۴۰۵ رخ داد", true},
		{"what a joiner parts is a word", "کتاب", "همهٔ کتاب\u200cها سوختند", true},
		{"and so is the whole", "کتابها", "همهٔ کتاب\u200cها سوختند", true},
		{"a phrase may have a joiner, too", "می\u200cخواهد", "نان می\u200cخواهد", true},
		{"vowel marks make no difference", "بحر", "في البَحْر و بَحْرٌ", true},
		{"an article that is glued on makes it another word", "بحر", "في البحر", false},
		{"where no spaces are any place is a bound", "満開", "桜が満開になった", true},
		{"punctuation is a bound", "AT&T", "(AT&T)", true},
		{"nothing is in no text", "", "text", false},
		{"a star alone is nothing", "*", "text", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, a := range []Article{{Title: tt.text}, {Summary: tt.text}, {Body: []string{"…", tt.text}}} {
				if got := NewPhrase(tt.phrase).In(&a); got != tt.want {
					t.Errorf("NewPhrase(%q).In(%q) = %t, want %t", tt.phrase, tt.text, got, tt.want)
				}
			}
		})
	}
}
