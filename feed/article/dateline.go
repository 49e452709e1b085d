package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// datelineForms are the ways to put place, date and agency before a story.
var datelineForms = []func(*scanner, *line, string) (opening, bool){
	(*scanner).bracketed, (*scanner).slashed, (*scanner).dashed, (*scanner).dotted, (*scanner).cabled, (*scanner).parenthesised,
}

// dateline reads what stands before a story's first word.
func (s *scanner) dateline(l *line) (opening, bool) {
	head := l.clues.folded
	if len(head) > datelineLength {
		head = head[:datelineLength]
	}
	for _, form := range datelineForms {
		if o, ok := form(s, l, head); ok {
			o.opens = true
			return o, true
		}
	}
	return opening{}, false
}

// parenthesised: "CITY (X) -", "CITY, 7. September (X) –", "CITY, 7 sep (X).-".
func (s *scanner) parenthesised(l *line, head string) (opening, bool) {
	open := strings.IndexByte(head, '(')
	end := strings.IndexByte(head, ')')
	if open <= 0 || end < open {
		return opening{}, false
	}
	rest := strings.TrimLeft(head[end+1:], " .")
	stated, ok := s.place(l, open)
	if !ok || rest == "" {
		return opening{}, false
	}
	inside := s.lookAt(l.original(open+1, end))
	if dash := rest[0] == '-' || rest[0] == ':'; !dash && inside.clues.kinds&kindsOf(cueOutlet, cueAgency) == 0 && (strings.IndexFunc(head[:open], isDecimal) < 0 || !strings.Contains(head[:open], ",")) {
		return opening{}, false // without a dash, only the outlet's own words can tell, or a place with its date
	}
	name := l.original(open+1, end)
	if agency, date, ok := strings.Cut(name, ","); ok || strings.Contains(name, "،") { // "CITY (X, 5 September 2023):"
		if !ok {
			agency, date, _ = strings.Cut(name, "،")
		}
		if d, _, _, dated := readDate(fold(date), s.lang, &s.dates); dated {
			name, stated = agency, d
		}
	}
	return opening{source: s.tag(name), stated: stated}, true
}

// place reports whether what stands before a dateline's agency can be a place
// and a date: a few words, no sentence.
func (s *scanner) place(l *line, end int) (Stated, bool) {
	folded, text := l.clues.folded[:end], l.original(0, end)
	first, _ := utf8.DecodeRuneInString(text)
	n := wordCount(folded)
	d, from, to, ok := readDate(folded, s.lang, &s.dates)
	if ok {
		n = wordCount(folded[:from]) + wordCount(folded[to:])
	}
	return d, n <= 6 && !ends(strings.TrimRight(text, " .")) && unicode.IsLetter(first) && !unicode.IsLower(first)
}

// dashed: "CITY - X - Text", with a space behind each dash ("Anglo-French-German"
// is no dateline), and "X.com, CITY - Text", where the outlet is an address.
func (s *scanner) dashed(l *line, head string) (opening, bool) {
	first := strings.Index(head, "- ")
	if first <= 0 {
		return opening{}, false
	}
	if length := strings.Index(head[first+1:], "- "); length > 0 {
		name := strings.TrimSpace(l.original(first+1, first+1+length))
		if _, ok := s.place(l, first); ok && wordCount(head[:first]) <= 2 && wordCount(name) <= 2 && s.outletLike(name) {
			return opening{source: s.tag(name)}, true
		}
	}
	for _, part := range strings.Split(strings.TrimRight(l.original(0, first), "- "), ",") {
		if part = strings.TrimSpace(part); isHost(part) && wordCount(head[:first]) <= 4 {
			return opening{source: s.tag(part)}, true
		}
	}
	return opening{}, false
}

// isHost reports whether a word is a site's address: "Example.com".
func isHost(word string) bool {
	dot := strings.LastIndexByte(word, '.')
	return dot > 0 && dot < len(word)-1 && len(word)-dot <= 6 && strings.IndexFunc(word, func(r rune) bool {
		return r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) < 0
}

// dotted: "CITY. 7 September. X. Text", "CITY, 7 Sept - X. Text".
func (s *scanner) dotted(l *line, head string) (opening, bool) {
	var stops []int // where the first three parts end
	for i := 0; i < len(head)-1 && len(stops) < 3; i++ {
		if part := strings.IndexByte(".,-", head[i]) >= 0 && head[i+1] == ' '; part && head[i] != ',' || part && len(stops) == 0 {
			stops = append(stops, i)
		}
	}
	if len(stops) < 3 || head[stops[2]] == '-' && head[stops[1]] == '-' {
		return opening{}, false
	}
	city, date := head[:stops[0]], head[stops[0]+1:stops[1]]
	name := strings.TrimSpace(l.original(stops[1]+1, stops[2]))
	if _, ok := s.place(l, stops[0]); !ok || wordCount(city) > 3 || wordCount(date) > 4 || strings.IndexFunc(date, isDecimal) < 0 || wordCount(name) > 3 || strings.ContainsAny(name, "()") || !s.outletLike(name) {
		return opening{}, false
	}
	return opening{source: s.tag(name)}, true
}

// slashed: "CITY, 14 July. /X/. Text", "CITY /X/ Text": the slashes stand apart
// from other words.
func (s *scanner) slashed(l *line, head string) (opening, bool) {
	open := strings.IndexByte(head, '/')
	if open < 0 || open > 0 && head[open-1] != ' ' {
		return opening{}, false
	}
	length := strings.IndexByte(head[open+1:], '/')
	if length <= 0 || head[open+1] == ' ' || wordCount(head[:open]) > 6 {
		return opening{}, false
	}
	end := open + 1 + length
	name, rest := l.original(open+1, end), head[end+1:]
	if wordCount(name) > 4 || startsWithDigit(name) || rest == "" || !strings.ContainsRune(" .-:", rune(rest[0])) {
		return opening{}, false
	}
	stated, _ := s.place(l, open)
	return opening{source: s.tag(name), stated: stated}, true
}

// bracketed: "(Songdo=X) Name =", "[London=Name]", "[X=Name 기자]", "(X) -".
func (s *scanner) bracketed(l *line, head string) (opening, bool) {
	if head == "" || head[0] != '[' && head[0] != '(' {
		return opening{}, false
	}
	end := strings.IndexAny(head, ")]")
	if end < 0 {
		return opening{}, false
	}
	if o, ok := s.cabled(l, head[:end]); ok {
		return o, true
	}
	name := l.original(1, end)
	if place, named, ok := cutEquals(name); ok {
		return s.equalled(l, place, named, head, end), true
	}
	inside := s.lookAt(name)
	if reporter, _ := bylineName(inside); reporter != "" && inside.clues.kinds.has(cueOutlet) {
		if i := strings.LastIndexByte(reporter, ' '); i > 0 {
			return opening{source: s.tag(reporter[:i]), names: s.authors(reporter[i+1:])}, true
		}
	}
	if city, agency := cutAgency(inside); head[0] == '[' && agency != "" && city != "" {
		return opening{source: s.tag(agency)}, true
	}
	if _, q := inside.opens(cueByline); q != nil || inside.clues.kinds.has(cueReporter) && s.lang == "zh" { // "〔記者王小明／台北報導〕"
		if names := s.reporterIn(inside); names != nil {
			return opening{names: names}, true
		}
	}
	dash := strings.HasPrefix(strings.TrimLeft(head[end+1:], " "), "-")
	if n := wordCount(name); dash && n <= 4 || head[0] == '[' && inside.clues.kinds.has(cueOutlet) && n <= 8 {
		return opening{source: s.tag(name)}, true
	}
	return opening{}, false
}

// reporterIn are the names behind the word for a reporter, before a slash and a place.
func (s *scanner) reporterIn(l *line) []string {
	for _, c := range l.clues.list {
		if (c.kind == cueReporter || c.kind == cueByline) && c.at == 0 && c.end < len(l.clues.folded) {
			name, _ := s.splitOutlet(strings.TrimSpace(l.original(c.end, len(l.clues.folded))))
			return s.authors(name)
		}
	}
	return nil
}

// cutAgency parts a place from the known agency behind it: "【ロンドン共同】".
func cutAgency(l *line) (place, agency string) {
	for _, c := range l.clues.list {
		if c.kind == cueAgency && c.end == len(l.clues.folded) {
			return l.original(0, c.at), l.original(c.at, c.end)
		}
	}
	return "", ""
}

func cutEquals(s string) (before, after string, ok bool) {
	i := strings.LastIndexAny(s, "=＝")
	if i <= 0 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[:i], s[i+size:], true
}

// equalled reads the brackets of Korean and Japanese datelines: behind the sign
// stands the agency, or the reporter of an outlet or from a place.
func (s *scanner) equalled(l *line, place, name, head string, end int) opening {
	inside := s.lookAt(name)
	if reporter, _ := bylineName(inside); reporter != "" {
		o := opening{names: s.authors(reporter)}
		if s.lookAt(place).clues.kinds.has(cueOutlet) {
			o.source = s.tag(place)
		}
		return o
	}
	if s.lang == "ja" && !inside.clues.kinds.has(cueOutlet) {
		return opening{names: s.authors(name)}
	}
	o := opening{source: s.tag(name)}
	if eq := strings.IndexByte(head[end:], '='); eq > 0 && wordCount(head[end:end+eq]) <= 4 {
		if reporter, _ := bylineName(s.lookAt(strings.TrimSpace(l.original(end+1, end+eq)))); reporter != "" {
			o.names = s.authors(reporter)
		}
	}
	return o
}

// cableLength bounds a Chinese dateline, in bytes.
const cableLength = 96

// What Chinese datelines are known by: the sign that ends an outlet's name, the
// one for a dispatch, and the one for "our own", which names nobody.
const outletSigns, cableSigns, ownSign = "社网網报報", "电電讯訊", "本"

// cabled: "X社北京9月7日电（记者 王明）", "X網7日訊", "(X社記者王小明台北7日電)": an
// outlet, place and day, and the sign for a dispatch.
func (s *scanner) cabled(l *line, head string) (opening, bool) {
	if s.lang != "zh" {
		return opening{}, false
	}
	start := len(head) - len(strings.TrimLeft(head, "[( "))
	cable := cableIn(head, start)
	if cable < 0 {
		return opening{}, false
	}
	outlet := strings.IndexAny(head[start:cable], outletSigns)
	if outlet <= 0 {
		return opening{}, false
	}
	_, size := utf8.DecodeRuneInString(head[start+outlet:])
	outlet += start + size
	o := opening{names: s.correspondents(l, outlet, cable)}
	if !strings.HasPrefix(head[start:], ownSign) {
		o.source = s.tag(l.original(start, outlet))
	}
	o.stated, _, _, _ = readDate(head[outlet:cable], s.lang, &s.dates)
	return o, true
}

// cableIn is where the sign for a dispatch stands: at the end of the head or
// before a mark, not within a word such as 电话. It is -1 if there is none.
func cableIn(head string, start int) int {
	end := min(len(head), start+cableLength)
	for at, r := range head[:end] {
		if at <= start || !strings.ContainsRune(cableSigns, r) {
			continue
		}
		rest := head[at+utf8.RuneLen(r):]
		if rest == "" || strings.IndexByte(" ([,:.])", rest[0]) >= 0 {
			return at
		}
	}
	return -1
}

// correspondents are the reporters of a Chinese dateline: in brackets behind it,
// or between outlet and place, where a name has three signs.
func (s *scanner) correspondents(l *line, outlet, cable int) []string {
	for _, c := range l.clues.list {
		if c.kind != cueReporter && c.kind != cueByline {
			continue
		}
		switch rest := l.clues.folded[c.end:]; {
		case c.at > cable && c.at-cable < 12:
			if end := strings.IndexAny(rest, ")]"); end > 0 {
				return s.authors(spacedNames(l.original(c.end, c.end+end)))
			}
		case c.at >= outlet && c.end < cable:
			const name, place = 3, 2 // signs
			between := strings.TrimSpace(l.original(c.end, cable))
			if i := strings.IndexFunc(between, unicode.IsDigit); i > 0 {
				between = between[:i]
			}
			if signs := []rune(between); len(signs) >= name+place {
				return s.authors(string(signs[:name]))
			}
		}
	}
	return nil
}

// spacedNames puts commas between Han names that stand with spaces between
// them. A sign alone belongs to the one before: "王 明".
func spacedNames(list string) string {
	var names []string
	for _, f := range strings.Fields(list) {
		if n := len(names); n > 0 && utf8.RuneCountInString(f) == 1 && utf8.RuneCountInString(names[n-1]) == 1 {
			names[n-1] += f
			continue
		}
		names = append(names, f)
	}
	return strings.Join(names, "、")
}
