package article

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// address: a URL alone, or an e-mail address with a few words before it.
func (s *scanner) address(l *line) bool {
	last := l.text[strings.LastIndexAny(l.text, " :：")+1:]
	at := strings.IndexByte(last, '@')
	if at > 0 && strings.IndexByte(last[at:], '.') > 1 && l.wordCount() <= mostOutlet {
		return l.is(RoleCode, "an e-mail address")
	}
	return !strings.ContainsRune(l.text, ' ') && isURL(l.text) && l.is(RoleLink, "an address alone")
}

func isURL(s string) bool {
	const scheme = "http"
	if len(s) < len(scheme) || !strings.EqualFold(s[:len(scheme)], scheme) {
		return false // as most lines
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// endMark: "انتهای پیام/", "###".
func (s *scanner) endMark(l *line) bool {
	const longest = 16 // of the marks that are no words, in bytes
	l.heading = (l.clues.kinds.has(cueEnd) || len(l.clues.folded) <= longest) && s.ends(l.clues.folded)
	return l.heading && l.is(RoleEnd, "an end mark")
}

// ends reports whether a folded text is an end mark, with or without the
// slashes, dashes, brackets and numbers that agencies put around it, and the
// initials of who wrote it.
func (s *scanner) ends(folded string) bool {
	switch folded {
	case "###", "# # #", "-30-", "-0-":
		return true
	}
	b := bare(folded)
	if i := strings.LastIndexByte(b, '/'); i > 0 && wordCount(b[:i]) <= 2 && s.is(cueEnd, bare(b[i:])) != nil { // "X/End"
		return true
	}
	if s.is(cueEnd, b) != nil {
		return len(folded) < len(b)+16
	}
	for cut := strings.LastIndexByte(b, ' '); cut > 0; cut = strings.LastIndexByte(b, ' ') {
		if utf8.RuneCountInString(bare(b[cut:])) > 2 {
			return false
		}
		if b = bare(b[:cut]); s.is(cueEnd, b) != nil {
			return strings.ContainsAny(folded, "/()[]")
		}
	}
	return false
}

// prompt: what asks the reader to do something, and the headings of the blocks
// that follow an article.
func (s *scanner) prompt(l *line) bool {
	if l.covered(cueTags) != nil {
		return false // a label that some sites put over related stories
	}
	bars := l.clues.signs&signBar != 0 // a field in a line of several
	if q := l.covered(cueComments); q != nil && !(bars && q.before) {
		l.heading = true
		return l.is(RoleHeading, "opens the comments: "+q.phrase)
	}
	if q := l.covered(cueShare); q != nil && !(q.loose() && ends(l.text) && l.wordCount() > footWords && !q.telling()) {
		return l.is(RoleShare, "a prompt: "+q.phrase)
	}
	if s.shareList(l) || l.tiles(cueShare) > 1 {
		return l.is(RoleShare, "a list of ways to share")
	}
	for _, k := range []cueKind{cueRelated, cueTeaser} {
		if q := l.covered(k); q != nil && !q.after { // alone: with more on the line it is a teaser
			l.heading = true
			return l.is(RoleHeading, "opens related items: "+q.phrase)
		}
	}
	return false
}

// tiles is how many phrases of a kind the line is made up of, with nothing but
// marks and counts between them ("[Print] [Close]", "Facebook Telegram"); 0 if
// there is more to it.
func (l *line) tiles(k cueKind) (n int) {
	if !l.clues.kinds.has(k) {
		return 0
	}
	folded := l.clues.folded
	for i, end := core(folded); i < end; n++ {
		length, q := l.clues.at(k, i)
		if q == nil || q.loose() || q.after {
			return 0
		}
		i += length
		from, _ := core(folded[i:])
		i += from
	}
	return n
}

// shareList: "Share: Facebook / WhatsApp / E-mail".
func (s *scanner) shareList(l *line) bool {
	label, list, ok := strings.Cut(l.clues.folded, ":")
	if !ok || !l.clues.kinds.has(cueShare) || s.is(cueShare, bare(label)) == nil {
		return false
	}
	known, unknown := 0, 0
	for _, way := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("/,-"+bars, r) }) {
		if s.is(cueShare, bare(way)) != nil {
			known++
		} else if bare(way) != "" {
			unknown++
		}
	}
	return known > unknown
}

// bare is a folded line without what surrounds its words: brackets, bullets,
// counts ("Comments (12)") and closing punctuation.
func bare(folded string) string {
	from, to := core(folded)
	return folded[from:to]
}

// core is where the bare text begins and ends.
func core(folded string) (from, to int) {
	edge := func(r rune) bool {
		return r < utf8.RuneSelf && (r < 'a' || r > 'z') || r >= utf8.RuneSelf && !inWord(r) && (unicode.IsPunct(r) || unicode.IsSymbol(r))
	}
	from = len(folded) - len(strings.TrimLeftFunc(folded, edge))
	return from, max(from, len(strings.TrimRightFunc(folded, edge)))
}

// rights: copyright formulas. One that names somebody is a credit of last resort.
func (s *scanner) rights(l *line) bool {
	folded := l.clues.folded
	whole := l.covered(cueRights)
	_, opens := l.opens(cueRights)
	signed := strings.ContainsRune(folded, '©') || strings.HasPrefix(folded, "(c) ")
	if whole == nil && !signed && (opens == nil || ends(l.text) && l.wordCount() > 12) {
		return false
	}
	if signed || strings.HasPrefix(folded, "copyright") {
		if name := s.rightsHolder(l); name != "" {
			l.credit = Source{Name: name, Kind: CreditLine}
			return l.is(RoleRights, "a copyright line")
		}
	}
	return l.is(RoleRights, "a rights formula")
}

// rightsHolder is whom a copyright line names, empty if nobody.
func (s *scanner) rightsHolder(l *line) string {
	folded, start := l.clues.folded, 0
	for _, sign := range []string{"copyright", "(c) ", "©"} {
		if i := strings.Index(folded, sign); i >= start {
			start = i + len(sign)
		}
	}
	end := len(folded)
	if i, _ := l.clues.find(cueRights, start); i >= 0 {
		end = i
	}
	name := strings.TrimFunc(l.original(start, end), func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r) && foldRune(r) != '"' || r == '|'
	})
	if wordCount(name) > 7 {
		return ""
	}
	return cleanName(name)
}

// teaser: "Read also: …", on one line.
func (s *scanner) teaser(l *line) bool {
	folded := l.clues.folded
	start := len(folded) - len(strings.TrimLeft(folded, "•*-▪►▶>[( "))
	n, q := l.clues.at(cueTeaser, start)
	if n == 0 {
		return false
	}
	rest := strings.TrimLeft(folded[start+n:], " ")
	if rest == "" || !q.colon && !strings.HasPrefix(rest, "»") && !strings.ContainsRune(":|>-]", rune(rest[0])) {
		return false
	}
	return l.is(RoleTeaser, "points to another story: "+q.phrase)
}

// mostCaption is the most words of a caption.
const mostCaption = 30

// caption: "Photo: …", and a line that closes with a picture's credit: "The
// choir at practice (Photo: X)", "The choir. Photo: X".
func (s *scanner) caption(l *line) bool {
	if l.wordCount() > mostCaption {
		return false
	}
	folded := l.clues.folded
	if strings.IndexFunc(l.text, func(r rune) bool { return strings.ContainsRune("▲△◀", r) }) == 0 {
		return l.is(RoleCaption, "marked as a picture's caption")
	}
	if strings.HasPrefix(folded, "[") { // "【写真説明】…"
		if n, q := l.clues.at(cueCaption, 1); n > 0 && strings.HasPrefix(folded[1+n:], "]") {
			return l.is(RoleCaption, "a picture's caption: "+q.phrase)
		}
	}
	credit, _ := l.opens(cueSource)
	if end, q := l.opens(cueCaption); q != nil && end > credit {
		rest := strings.TrimLeft(folded[end:l.to], " ")
		comma := strings.HasPrefix(rest, ",") && strings.Contains(q.parts[0], " ")
		glued := strings.HasPrefix(folded[end:], "-") // a word: "photo-trap"
		return (comma || rest == "" || q.after || strings.HasSuffix(q.phrase, ".") || !glued && strings.IndexByte(":=/|(-", rest[0]) >= 0 || strings.HasPrefix(rest, "©")) &&
			l.is(RoleCaption, "a picture's credit: "+q.phrase)
	}
	if _, byline := l.opens(cueByline); byline != nil { // "Text and photos: X"
		return false
	}
	for _, c := range l.clues.list {
		if c.kind == cueCaption && c.at > 0 && l.credits(c) {
			return l.is(RoleCaption, "a caption with its picture's credit: "+c.phrase)
		}
	}
	return false
}

// mostCredit is the most words of a picture's credit behind a caption.
const mostCredit = 6

// credits reports whether what a line holds from a phrase on is the credit of
// the picture that the words before it describe: set apart, with a colon, and
// the end of the line. In brackets, or in capitals behind a dash, the colon may
// be missing.
func (l *line) credits(c clue) bool {
	folded := l.clues.folded
	before, rest := strings.TrimRight(folded[:c.at], " "), strings.TrimLeft(folded[c.end:], " ")
	colon := strings.HasSuffix(c.phrase, ".") || rest != "" && strings.IndexByte(":=/", rest[0]) >= 0 || strings.HasPrefix(rest, "©")
	if wordCount(strings.TrimLeft(rest, ":=/© ")) > mostCredit || ends(rest) || before == "" {
		return false
	}
	switch before[len(before)-1] {
	case '(', '[':
		return strings.TrimRight(rest, ")]") != rest && (colon || strings.Contains(c.first, " ") || !ends(before[:len(before)-1]))
	case '-':
		return colon || shouted(l.original(c.at, c.end))
	case '|', '/', ')', ',', '"':
		return colon
	}
	return colon && ends(before)
}

// tagList: "Tags: …", or a line of hashtags.
func (s *scanner) tagList(l *line) bool {
	if list, phrase, ok := l.value(cueTags); ok && list != "" {
		l.tags = splitTags(list)
		return len(l.tags) > 0 && l.is(RoleTags, "a list of tags: "+phrase)
	} else if ok && (strings.HasSuffix(l.clues.folded, ":") || l.covered(cueTags) != nil) {
		l.tagged = true
		return l.is(RoleTags, "a label of tags: "+phrase)
	}
	if !strings.HasPrefix(l.text, "#") {
		return false
	}
	for _, f := range strings.Fields(l.text) {
		if tag, ok := strings.CutPrefix(strings.TrimRight(f, ",،؛;"), "#"); ok && tag != "" && !strings.ContainsRune(tag, '#') {
			l.tags = append(l.tags, strings.ReplaceAll(tag, "_", " "))
			continue
		}
		l.tags = nil
		return false
	}
	return l.tags != nil && l.is(RoleTags, "a line of hashtags")
}

// splitTags cuts a list at its commas, bars or slashes: the first kind it has.
func splitTags(list string) []string {
	separators := ""
	for _, set := range []string{",،、，፣", "|｜", ";؛；", "/", "•·・", "#", "-–"} {
		if strings.ContainsAny(list, set) && (set != "-–" || strings.Contains(list, " - ") || strings.Contains(list, " – ")) {
			separators = set
			break
		}
	}
	var tags []string
	for _, t := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		t = strings.TrimFunc(t, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".،,؛;#", r) })
		if t != "" {
			tags = append(tags, strings.ReplaceAll(t, "_", " "))
		}
	}
	return tags
}

// code: news codes, short links, reading times, relative times.
func (s *scanner) code(l *line) bool {
	if l.wordCount() > 12 {
		return false
	}
	folded := l.clues.folded
	if number := strings.Trim(folded, "- "); number != folded && len(number) <= len("1234") && number != "" && strings.Trim(number, "0123456789") == "" {
		return l.is(RoleCode, "the number of a page")
	}
	trimmed := strings.TrimLeftFunc(folded, isMargin)
	from := len(folded) - len(trimmed)
	if q := l.clues.is(cueCode, from, from+len(strings.TrimRightFunc(trimmed, isMargin))); q != nil {
		return l.is(RoleCode, "about the page: "+q.phrase)
	}
	n, q := l.clues.at(cueCode, 0)
	rest := strings.TrimLeft(folded[n:], " ")
	if n == 0 || len(q.parts) > 1 || q.after || rest != "" && !q.colon && rest[0] != ':' && !startsWithDigit(rest) {
		return false
	}
	return l.is(RoleCode, "about the page: "+q.phrase)
}

func isMargin(r rune) bool { return r == ' ' || unicode.IsPunct(r) }

func isDecimal(r rune) bool { return '0' <= r && r <= '9' }

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// mostSections is how many sections in a row can be a title.
const mostSections = 3

// crumbs: "Home > Sports > Rowing", and menus: "Home News Sports Weather".
func (s *scanner) crumbs(l *line) bool {
	if l.tiles(cueSection) > mostSections {
		return l.is(RoleCrumbs, "a menu of sections")
	}
	for _, sep := range [...]string{" > ", " » ", " › ", " / ", ">>", "＞"} {
		if !strings.Contains(l.text, sep) {
			continue
		}
		parts := strings.Split(l.text, sep)
		if i := strings.LastIndexAny(parts[0], ":："); i > 0 { // "You are here: Home > …"
			parts[0] = strings.TrimLeft(parts[0][i:], ":： ")
		}
		short := true
		for _, p := range parts {
			short = short && wordCount(p) <= 4 && !ends(p)
		}
		section := s.is(cueSection, fold(parts[0]))
		if short && (section != nil || sep == ">>" || sep != " / " && len(parts) > 2) {
			return l.is(RoleCrumbs, "where the page stands in its site")
		}
	}
	return false
}

// updated: a line about a later edit, unless it states the publication, too.
func (s *scanner) updated(l *line) bool {
	if l.clues.signs&signDigit == 0 || l.wordCount() > 16 {
		return false
	}
	at, n := l.clues.find(cueUpdated, 0)
	if at < 0 {
		return false
	}
	if d, ok := s.publishedIn(l); ok {
		l.stated, l.labelled = d, true
		return l.is(RoleDate, "published, and updated later")
	}
	rest := l.clues.folded[at+n:]
	_, _, _, dated := readDate(rest, s.lang, &s.dates)
	if at == 0 && (dated || wordCount(rest) <= 4) {
		return l.is(RoleUpdated, "about a later edit")
	}
	return false
}

// dateLabel: "Date:" alone; the date is on the next line.
func (s *scanner) dateLabel(l *line) bool {
	return strings.HasSuffix(l.clues.folded, ":") && l.covered(cuePublished) != nil && l.is(RoleDate, "a label of the date")
}

// publishedIn is the date behind a label of publication.
func (s *scanner) publishedIn(l *line) (Stated, bool) {
	at, n := l.clues.find(cuePublished, 0)
	if at < 0 {
		return Stated{}, false
	}
	rest := l.clues.folded[at+n:]
	d, start, _, ok := readDate(rest, s.lang, &s.dates)
	if !ok || wordCount(rest[:start]) > 3 {
		return Stated{}, false
	}
	return d, true
}

// labelledLead: "Summary: …".
func (s *scanner) labelledLead(l *line) bool {
	rest, phrase, ok := l.value(cueLead)
	if !ok || rest == "" {
		return false
	}
	l.rest = rest
	return l.is(RoleLead, "labelled as the summary: "+phrase)
}
