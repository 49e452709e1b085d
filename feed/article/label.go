package article

import "cmp"

// SourceLabel is how a language announces an outlet ("Source", "منبع"), for the
// line that a subscriber sees under an article.
func SourceLabel(lang string) string {
	return cmp.Or(wordsOf(lang).sourceLabel, "Source")
}

// LanguageName is what a language calls itself ("English", "فارسی"); its code, if
// that is not known.
func LanguageName(lang string) string {
	l := languageOf(lang)
	if l == nil || lang == anyLanguage {
		return lang
	}
	return l.own
}

// Direction is the writing direction of a language's script.
func Direction(lang string) string {
	switch lang {
	case "ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv", "syr":
		return "rtl"
	}
	return "ltr"
}
