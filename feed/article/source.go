package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// opening is what the first sentence of a paragraph says of where it comes from.
type opening struct {
	source Source
	names  []string // the reporter, in East Asian datelines
	stated Stated   // a dateline's date with day, month and year
	opens  bool     // the paragraph begins with an attribution or a dateline
}

// mostOutlet is the most words an outlet's name has in a running sentence.
const mostOutlet = 6

// opening reads the start of a paragraph: a dateline, or an attribution in its
// first sentence.
func (s *scanner) opening(paragraph string) opening {
	if o, ok := s.dateline(paragraph); ok {
		return o
	}
	first := paragraph[:sentenceEnd(paragraph)]
	return s.attribution(first)
}

// datelineLength bounds what may stand before a dateline's dash, in bytes.
const datelineLength = 160

// dateline: "CITY (X) -", "CITY, 7. September (X) –", "/X/.", "(city=X) name =".
func (s *scanner) dateline(paragraph string) (opening, bool) {
	head := paragraph[:min(len(paragraph), datelineLength)]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	folded, at := foldAt(head, true)
	if strings.HasPrefix(folded, "[") || strings.HasPrefix(folded, "(") {
		return s.bracketed(head, folded, at)
	}
	if o, ok := s.slashed(head, folded, at); ok {
		return o, true
	}
	if o, ok := s.dashed(head, folded, at); ok {
		return o, true
	}
	open := strings.IndexByte(folded, '(')
	end := strings.IndexByte(folded, ')')
	if open <= 0 || end < open {
		return opening{}, false
	}
	rest := strings.TrimLeft(folded[end+1:], " ")
	stated, ok := s.place(folded[:open], head[:at[open]])
	if !ok || rest == "" || rest[0] != '-' && rest[0] != ':' {
		return opening{}, false
	}
	return opening{opens: true, source: s.tag(head[at[open+1]:at[end]]), stated: stated}, true
}

// place reports whether what stands before a dateline's agency can be a place
// and a date: a few words, no sentence.
func (s *scanner) place(folded, text string) (Stated, bool) {
	first, _ := utf8.DecodeRuneInString(text)
	n := wordCount(folded)
	d, start, end, ok := readDate(folded, s.lang, &s.dates)
	if ok {
		n = wordCount(folded[:start]) + wordCount(folded[end:])
	}
	return d, n <= 6 && !ends(strings.TrimRight(text, " .")) && unicode.IsLetter(first) && !unicode.IsLower(first)
}

// dashed: "CITY - X - Text", with a space behind each dash: "Anglo-French-German"
// is no dateline.
func (s *scanner) dashed(head, folded string, at []int) (opening, bool) {
	first := strings.Index(folded, "- ")
	if first <= 0 {
		return opening{}, false
	}
	length := strings.Index(folded[first+1:], "- ")
	if length <= 0 {
		return opening{}, false
	}
	city, name := folded[:first], strings.TrimSpace(head[at[first+1]:at[first+1+length]])
	if _, ok := s.place(city, head[:at[first]]); !ok || wordCount(city) > 2 || wordCount(name) > 2 || !s.outletLike(name) {
		return opening{}, false
	}
	return opening{opens: true, source: s.tag(name)}, true
}

// slashed: "CITY, 14 July. /X/. Text", "CITY /X/ Text": the slashes stand apart
// from other words.
func (s *scanner) slashed(head, folded string, at []int) (opening, bool) {
	open := strings.IndexByte(folded, '/')
	if open < 0 || open > 0 && folded[open-1] != ' ' {
		return opening{}, false
	}
	length := strings.IndexByte(folded[open+1:], '/')
	if length <= 0 || folded[open+1] == ' ' || wordCount(folded[:open]) > 6 {
		return opening{}, false
	}
	end := open + 1 + length
	name, rest := head[at[open+1]:at[end]], folded[end+1:]
	if wordCount(name) > 4 || startsWithDigit(name) || rest == "" || !strings.ContainsRune(" .-:", rune(rest[0])) {
		return opening{}, false
	}
	stated, _ := s.place(folded[:open], head[:at[open]])
	return opening{opens: true, source: s.tag(name), stated: stated}, true
}

// bracketed: "(Songdo=X) Name =", "[London=Name]", "(X) -".
func (s *scanner) bracketed(head, folded string, at []int) (opening, bool) {
	end := strings.IndexAny(folded, ")]")
	if end < 0 {
		return opening{}, false
	}
	inner := folded[1:end]
	if eq := strings.LastIndexByte(inner, '='); eq > 0 {
		name := head[at[1+eq+1]:at[end]]
		if s.lang == "ja" && !s.cues.contains(cueOutlet, fold(name)) {
			return opening{opens: true, names: s.authors(name)}, true
		}
		o := opening{opens: true, source: s.tag(name)}
		if eq := strings.IndexByte(folded[end:], '='); eq > 0 && wordCount(folded[end:end+eq]) <= 4 {
			name := strings.TrimSpace(head[at[end+1]:at[end+eq]])
			if reporter, _ := s.bylineName(name, fold(name)); reporter != "" {
				o.names = s.authors(reporter)
			}
		}
		return o, true
	}
	rest := strings.TrimLeft(folded[end+1:], " ")
	if strings.HasPrefix(rest, "-") && wordCount(inner) <= 4 {
		return opening{opens: true, source: s.tag(head[at[1]:at[end]])}, true
	}
	if folded[0] == '[' && s.cues.contains(cueOutlet, inner) && wordCount(inner) <= 8 {
		return opening{opens: true, source: s.tag(head[at[1]:at[end]])}, true
	}
	return opening{}, false
}

// contains reports whether a phrase of a kind stands anywhere in s, in a script
// without spaces also within a word ("共同通信" holds "通信"), and so do those
// that are the end of one ("…zeitung").
func (c *cues) contains(k cueKind, s string) bool {
	for i, r := range s {
		if i == 0 || spaceless(r) || !inWord(r) {
			rest := strings.TrimLeft(s[i:], " ")
			if n, _ := c.at(k, rest); n > 0 {
				return true
			}
		}
	}
	for _, q := range c.within[k] {
		if i := strings.Index(s, q.parts[0]); i > 0 && q.bounded(0, s[i+len(q.parts[0]):]) {
			return true
		}
	}
	return false
}

// attribution: "as X reports", "according to X", "به گزارش X،" in a sentence.
func (s *scanner) attribution(sentence string) opening {
	folded, at := foldAt(sentence, true)
	for _, k := range []cueKind{cueReports, cueAccording} {
		start, end, first := s.attributed(k, folded)
		if start < 0 {
			continue
		}
		name := untilLower(sentence[at[start]:at[end]])
		if o := s.origin(folded, sentence, at, start); o.Name != "" {
			return opening{opens: first, source: o}
		}
		src := s.outlet(name, k == cueReports)
		// "As X reports" opens a report whoever X is; "according to the mayor" opens any sentence.
		return opening{opens: first && (src.Name != "" || k == cueReports), source: src}
	}
	return opening{}
}

// untilLower cuts a name in a script with capitals where the sentence goes on:
// "Bühnenblatt klemmt der Vorhang". Short words may stand between its parts.
func untilLower(name string) string {
	words := strings.Fields(name)
	last := 0
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"“„«'‘("))
		switch {
		case !unicode.IsLower(r):
			last = i + 1
		case utf8.RuneCountInString(w) > 3 && last > 0:
			return strings.Join(words[:last], " ")
		}
	}
	if last == 0 {
		return name // dpa
	}
	return strings.Join(words[:last], " ")
}

// attributed finds the name within an attribution of a kind and tells whether
// the sentence opens with it.
func (s *scanner) attributed(k cueKind, folded string) (start, end int, first bool) {
	for i := 0; i < len(folded); i += step(folded[i:]) {
		longest := 0
		for _, q := range s.cues.heads(folded[i:]) {
			n := 0
			if q.kind == k {
				n = q.prefix(folded[i:])
			}
			if n <= longest {
				continue
			}
			from := i + n
			for from < len(folded) && folded[from] == ' ' {
				from++
			}
			if length := s.nameEnd(folded[from:], q.parts[1:]); length > 0 {
				longest, start, end = n, from, from+length
			}
		}
		if longest > 0 {
			return start, end, i == 0
		}
	}
	for _, q := range s.cues.within[k] {
		if i := strings.Index(folded, q.parts[0]); i > 0 && q.bounded(0, folded[i+len(q.parts[0]):]) {
			start := strings.LastIndexAny(folded[:i], ",;:(\"") + 1
			for start < i && folded[start] == ' ' {
				start++
			}
			if start < i && s.outletAt(folded[start:i], k) {
				return start, i, start == 0
			}
		}
	}
	return -1, -1, false
}

// outletAt reports whether what stands before a phrase is an outlet: before
// "reported" anybody can.
func (s *scanner) outletAt(name string, k cueKind) bool {
	return s.outlet(name, k == cueReports).Name != ""
}

// nameEnd is where an outlet's name ends: at the phrase's next part, at
// punctuation, or before a word that goes on with the sentence.
func (s *scanner) nameEnd(rest string, parts []string) int {
	end := len(rest)
	if i := strings.IndexAny(rest, ",;:()|?!"); i >= 0 {
		end = i
	}
	if i := strings.Index(rest, " -"); i >= 0 && i < end {
		end = i
	}
	if len(parts) > 0 {
		i := strings.Index(rest, parts[0])
		if i < 0 || i > end {
			return 0
		}
		return i
	}
	for _, k := range []cueKind{cueStop, cueOrigin} {
		if i, _ := s.cues.find(k, rest[:end]); i > 0 {
			end = i
		}
	}
	if end < len(rest) || strings.HasSuffix(rest, ".") {
		return len(strings.TrimRight(rest[:end], " ."))
	}
	return end
}

// origin is the outlet from which the reporting one has it: "به گزارش X به نقل از Y".
func (s *scanner) origin(folded, sentence string, at []int, from int) Source {
	i, n := s.cues.find(cueOrigin, folded[from:])
	if i < 0 {
		return Source{}
	}
	start := from + i + n
	for start < len(folded) && folded[start] == ' ' {
		start++
	}
	end := s.nameEnd(folded[start:], nil)
	if end == 0 {
		return Source{}
	}
	return s.outlet(sentence[at[start]:at[start+end]], true)
}

// outlet makes a source of a name in a running sentence: type words and words
// for a reporter or desk before it are dropped; an office, a person or a
// company is none. If the phrase itself does not say that X is an outlet
// (sure), the name has to.
func (s *scanner) outlet(name string, sure bool) Source {
	name = strings.TrimSpace(name)
	folded, at := foldAt(name, true)
	from, typed := s.typeWords(folded)
	rest := folded[from:]
	switch {
	case rest == "", wordCount(rest) > mostOutlet, strings.ContainsAny(rest, "0123456789") && !typed:
		return Source{}
	case !typed && s.cues.has(cueOffice, rest):
		return Source{}
	case noName(rest, name[at[from]:]):
		return Source{}
	case !sure && !typed && !s.cues.contains(cueOutlet, folded) && !quoted(name) && !allCapitals(name[at[from]:]):
		return Source{}
	}
	return Source{Name: cleanName(name[at[from]:]), Kind: Attributed}
}

// typeWords is how much of a name is words for what it is, or for who reports:
// "the newspaper", "reporter of the sports desk of"; typed tells of the former.
func (s *scanner) typeWords(folded string) (from int, typed bool) {
	kinds := []cueKind{cueReporter, cueOutlet}
	for {
		longest, kind := 0, cueKinds
		for _, k := range kinds {
			if n, _ := s.cues.at(k, folded[from:]); n > longest && from+n < len(folded) {
				longest, kind = n, k
			}
		}
		if longest == 0 {
			return from, typed
		}
		if typed = typed || kind == cueOutlet; kind == cueReporter {
			kinds = []cueKind{cueReporter, cueOutlet, cueSection} // a desk has a section's name
		}
		from += longest
		for from < len(folded) && folded[from] == ' ' {
			from++
		}
	}
}

// noName reports whether a text opens in lower case, in a script with capitals:
// "according to the newspaper", "weekly figures". Agencies that write
// themselves so are short.
func noName(folded, name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLower(first) && len(folded) > len("dapd/afp")
}

// tag makes a source of a name in a dateline's brackets: there the type word stays.
func (s *scanner) tag(name string) Source {
	src := s.outlet(name, true)
	if src.Name != "" {
		src.Name = cleanName(name)
	}
	return src
}

func quoted(name string) bool { return strings.ContainsAny(fold(name), "\"") }

// allCapitals reports whether a name is an abbreviation: "AFP", "dpa" is not.
func allCapitals(name string) bool {
	n := 0
	for _, r := range name {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n >= 2
}

// closingTag is the outlet in brackets that ends the last body paragraph.
func (s *scanner) closingTag(paragraph string) Source {
	text := strings.TrimRight(paragraph, ". 。")
	open := strings.LastIndexAny(text, "(（")
	if open <= 0 {
		return Source{}
	}
	inner := strings.Trim(text[open:], "()（） ")
	closed := strings.HasSuffix(text, ")") || strings.HasSuffix(text, "）")
	if !closed || !ends(strings.TrimSpace(text[:open])) || wordCount(inner) > 3 || !s.outletLike(inner) || strings.ContainsAny(fold(inner), "0123456789") {
		return Source{}
	}
	return Source{Name: cleanName(inner), Kind: Attributed}
}
