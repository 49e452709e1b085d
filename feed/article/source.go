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

// datelineLength bounds what may stand before a dateline's dash, and
// openingLength the first sentence, as far as it is read; both in bytes.
const datelineLength, openingLength = 160, 600

// openers are the kinds of phrases that tell where a story comes from.
const openers = kinds(1<<cueReports | 1<<cueAccording | 1<<cueOrigin | 1<<cueStop | 1<<cueReporter | 1<<cueByline)

// opening reads the start of a paragraph: a dateline, or an attribution in its
// first sentence.
func (s *scanner) opening(paragraph string) opening {
	sentence := s.sentenceEnd(paragraph)
	cut := min(len(paragraph), openingLength, max(sentence, datelineLength))
	for cut < len(paragraph) && !utf8.RuneStart(paragraph[cut]) {
		cut--
	}
	l := &line{text: paragraph[:cut]}
	l.clues = lookFor(s.spare(), openers, fold(l.text), &s.cues, s.own)
	s.take(l.clues.list)
	l.to = len(l.clues.folded)
	if o, ok := s.dateline(l); ok {
		return o
	}
	return s.attribution(l, min(sentence, cut))
}

// openingOf reads the start of a line, once.
func (s *scanner) openingOf(l *line) opening {
	if l.opened == nil {
		o := s.opening(l.text)
		l.opened = &o
	}
	return *l.opened
}

// attribution: "as X reports", "according to X", "به گزارش X،" within the first
// so many bytes of a text. If another outlet is quoted, that one is the source.
func (s *scanner) attribution(l *line, sentence int) opening {
	if l.clues.kinds&kindsOf(cueReports, cueAccording, cueOrigin) == 0 {
		return opening{}
	}
	end := len(l.clues.folded)
	if sentence < len(l.text) {
		end = min(end, len(fold(l.text[:sentence])))
	}
	for _, k := range []cueKind{cueReports, cueAccording, cueOrigin} {
		from, to, first := s.attributed(k, l, end)
		if from < 0 {
			continue
		}
		if k != cueOrigin {
			if o := s.origin(l, end); o.Name != "" {
				return opening{opens: first, source: o}
			}
		}
		src := s.outlet(untilLower(l.original(from, to)), k == cueReports)
		// "As X reports" opens a report whoever X is; "according to the mayor" opens any sentence.
		return opening{opens: first && (src.Name != "" || k == cueReports), source: src}
	}
	return opening{}
}

// untilLower cuts a name in a script with capitals where the sentence goes on:
// "Bühnenblatt klemmt der Vorhang". Short words may stand between its parts, and
// whatever stands in quotation marks.
func untilLower(name string) string {
	words := strings.Fields(name)
	last, quotes := 0, 0
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"“„«'‘("))
		before := quotes
		quotes += strings.Count(fold(w), "\"")
		switch {
		case before%2 == 1 || !unicode.IsLower(r):
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
// the sentence opens with it; from is -1 if there is none.
func (s *scanner) attributed(k cueKind, l *line, end int) (from, to int, first bool) {
	at, longest := -1, 0
	for _, c := range l.clues.list {
		if c.kind != k || c.before || c.end > end || at >= 0 && (c.at > at || c.end-c.at <= longest) {
			continue
		}
		name := c.end
		for name < end && l.clues.folded[name] == ' ' {
			name++
		}
		if length := nameEnd(l, name, end, c.parts[1:]); length > 0 {
			at, longest, from, to = c.at, c.end-c.at, name, name+length
		}
	}
	if at >= 0 {
		return from, to, at == 0
	}
	for c := range l.clues.behind(k) {
		if c.end > end {
			continue
		}
		from, to := nameBefore(l, c.at), c.at
		if from < to && s.outlet(l.original(from, to), k == cueReports).Name != "" {
			return from, to, from == 0
		}
	}
	return -1, -1, false
}

// nameBefore is where the words before a place begin, back to a punctuation mark.
func nameBefore(l *line, to int) int {
	from := strings.LastIndexAny(l.clues.folded[:to], ",;:(\"") + 1
	if from > 0 && l.clues.folded[from-1] == '"' && strings.Count(l.clues.folded[:to], "\"")%2 == 0 {
		open := strings.LastIndexByte(l.clues.folded[:strings.LastIndexByte(l.clues.folded[:from-1], '"')+1], '"')
		from = strings.LastIndexAny(l.clues.folded[:max(open, 0)], ",;:(\"") + 1 // the name is in the quotation marks
	}
	for from < to && l.clues.folded[from] == ' ' {
		from++
	}
	return from
}

// nameEnd is how long an outlet's name is that begins at a place: up to the
// phrase's next part, to punctuation, or to a word that goes on with the sentence.
func nameEnd(l *line, from, to int, parts []string) int {
	rest := l.clues.folded[from:to]
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
		if i, _ := l.clues.find(k, from+1); i > from && i < from+end {
			end = i - from
		}
	}
	if end < len(rest) || strings.HasSuffix(rest, ".") {
		return len(strings.TrimRight(rest[:end], " ."))
	}
	return end
}

// origin is the outlet from which the reporting one has it: "به گزارش X به نقل از Y".
func (s *scanner) origin(l *line, end int) Source {
	from, to, _ := s.attributed(cueOrigin, l, end)
	if from < 0 {
		return Source{}
	}
	return s.outlet(untilLower(l.original(from, to)), true)
}

// outlet makes a source of a name in a running sentence: type words and words
// for a reporter or desk before it are dropped; an office, a person or a
// company is none. If the phrase itself does not say that X is an outlet
// (sure), the name has to.
func (s *scanner) outlet(name string, sure bool) Source {
	l := s.lookAt(strings.TrimSpace(name))
	from, typed := typeWords(l, lowerType(l))
	bare := l.original(from, len(l.clues.folded))
	office, _ := l.clues.find(cueOffice, from)
	if quoted := inQuotes(bare); len(quoted) < len(bare) {
		typed = typed || l.clues.has(cueOutlet)
		office, _ = l.clues.find(cueOffice, 0)
		bare, sure = quoted, true
	}
	rest := fold(bare)
	switch {
	case rest == "", wordCount(rest) > mostOutlet, strings.ContainsAny(rest, "0123456789") && !typed && !sure:
		return Source{}
	case !typed && office >= 0:
		return Source{}
	case noName(rest, bare):
		return Source{}
	case !sure && !typed && l.clues.kinds&kindsOf(cueOutlet, cueAgency) == 0 && !quoted(rest) && !allCapitals(bare):
		return Source{}
	}
	return Source{Name: s.cutSuffix(cleanName(bare)), Kind: Attributed}
}

// inQuotes is the part of a name in quotation marks if that ends it, but for a
// case ending: the words before say what it is.
func inQuotes(name string) string {
	const ending = 3 // letters
	for _, pair := range []string{"«»", "“”", "„“", "‘’", "「」", "『』"} {
		open, size := utf8.DecodeRuneInString(pair)
		i := strings.LastIndex(name, string(open))
		if i <= 0 {
			continue
		}
		inner, behind, closed := strings.Cut(name[i+size:], pair[size:])
		if closed && utf8.RuneCountInString(strings.Trim(behind, " .,")) <= ending {
			return inner
		}
	}
	return name
}

// cutSuffix takes a case ending off that a sentence has glued to a name: "X'in".
func (s *scanner) cutSuffix(name string) string {
	if i := strings.LastIndexAny(name, "'’:-"); i > 0 && s.is(cueSuffix, fold(name[i:])) != nil {
		return name[:i]
	}
	return name
}

// lowerType is where a name begins whose type word is written in lower case,
// with or without an article before it: "het vakblad X", "la revista X".
// It is 0 if there is none.
func lowerType(l *line) int {
	const most = 3 // words
	for _, c := range l.clues.list {
		if c.kind != cueOutlet || c.end >= len(l.clues.folded) || l.clues.folded[c.end] != ' ' {
			continue
		}
		before := l.original(0, c.end)
		if cased(before) && strings.ToLower(before) == before && wordCount(before) <= most {
			return c.end + 1
		}
		break
	}
	return 0
}

// typeWords is where the words end, from a place on, for what a name is, or for who reports:
// "the newspaper", "reporter of the sports desk of"; typed tells of the former.
func typeWords(l *line, from int) (end int, typed bool) {
	typed = from > 0
	kinds := []cueKind{cueReporter, cueOutlet}
	for {
		longest, kind := 0, cueOutlet
		for _, k := range kinds {
			if n, _ := l.clues.at(k, from); n > longest && from+n < len(l.clues.folded) {
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
		for from < len(l.clues.folded) && l.clues.folded[from] == ' ' {
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
	l := s.lookAt(strings.TrimSpace(name))
	if n, _ := l.clues.at(cueReporter, 0); n > 0 && n < len(l.clues.folded) {
		name = strings.TrimLeft(l.original(n, len(l.clues.folded)), " .,")
	}
	src := s.outlet(name, true)
	if src.Name != "" {
		src.Name = cleanName(name)
	}
	return src
}

func quoted(folded string) bool { return strings.Contains(folded, "\"") }

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
