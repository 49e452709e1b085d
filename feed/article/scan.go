package article

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line while it is being read.
type line struct {
	n                 int // counted from 1
	text              string
	folded            string // of the text, once asked for
	inside            string // of the text without the brackets around it, once asked for
	heads, innerHeads []cue  // the phrases that these two may start with
	role              Role
	why               string
	stated            Stated   // a date of publication it states
	labelled          bool     // and calls it that
	names             []string // the authors it names
	credit            Source   // the outlet it names
	bare              bool     // the outlet stands there without a label
	label             bool     // a credit's label alone: the name is on the next line
	tags              []string
	rest              string // what follows a label that is no part of the text ("Summary: …")
	heading           bool   // closes the body
}

// form is the folded text.
func (l *line) form() string {
	if l.folded == "" {
		l.folded = fold(l.text)
	}
	return l.folded
}

// inner is the folded text without the brackets that stand around all of it.
func (l *line) inner() string {
	if l.inside == "" {
		if text := unbracket(l.text); text != l.text {
			l.inside = fold(text)
		} else {
			l.inside = l.form()
		}
	}
	return l.inside
}

// scanner gives each line the role that its own words suggest. What a line is
// in the end depends on where it stands, too: place decides that.
type scanner struct {
	lang string
	*vocabulary
}

// maxFurniture is the most characters a line may have that is anything but prose.
const maxFurniture = 200

// scan looks at one line by itself. The first rule that fits gives the role:
// they stand from the surest to the vaguest.
func (s *scanner) scan(l *line) {
	l.role, l.why = RoleBody, "prose"
	if utf8.RuneCountInString(l.text) > maxFurniture {
		return
	}
	l.heads = s.cues.heads(l.form())
	if l.innerHeads = l.heads; l.inner() != l.form() {
		l.innerHeads = s.cues.heads(l.inner())
	}
	switch f := l.form(); { // asked in turn, until one fits
	case s.address(l, f), s.endMark(l, f), s.prompt(l, f), s.rights(l, f), s.teaser(l, f),
		s.caption(l, f), s.tagList(l, f), s.code(l, f), s.updated(l, f), s.dated(l, f), s.fields(l, f),
		s.crumbs(l, f), s.editor(l, f), s.byline(l, f), s.creditLine(l, f),
		s.bareCredit(l, f), s.labelledLead(l, f):
	}
}

// opens is the longest phrase of a kind that a line starts with; opensInner that
// of what its brackets hold.
func (l *line) opens(k cueKind) (int, *cue)      { return longestOf(l.heads, k, l.form()) }
func (l *line) opensInner(k cueKind) (int, *cue) { return longestOf(l.innerHeads, k, l.inner()) }

func (l *line) is(r Role, why string) bool {
	l.role, l.why = r, why
	return true
}

// address: a URL alone, or an e-mail address with a few words before it.
func (s *scanner) address(l *line, _ string) bool {
	last := l.text[strings.LastIndexAny(l.text, " :：")+1:]
	at := strings.IndexByte(last, '@')
	if at > 0 && strings.IndexByte(last[at:], '.') > 1 && wordCount(l.text) <= mostOutlet {
		return l.is(RoleCode, "an e-mail address")
	}
	return !strings.ContainsRune(l.text, ' ') && isURL(l.text) && l.is(RoleLink, "an address alone")
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// endMark: "انتهای پیام/", "###".
func (s *scanner) endMark(l *line, folded string) bool {
	l.heading = s.ends(folded)
	return l.heading && l.is(RoleEnd, "an end mark")
}

// ends reports whether a folded text is an end mark, with or without the
// slashes, dashes, brackets and numbers that agencies put around it, and the
// initials of who wrote it.
func (s *scanner) ends(folded string) bool {
	if folded == "###" || folded == "-30-" || folded == "# # #" {
		return true
	}
	b := bare(folded)
	if s.cues.is(cueEnd, b) != nil {
		return len(folded) < len(b)+16
	}
	for cut := strings.LastIndexByte(b, ' '); cut > 0; cut = strings.LastIndexByte(b, ' ') {
		if utf8.RuneCountInString(bare(b[cut:])) > 2 {
			return false
		}
		if b = bare(b[:cut]); s.cues.is(cueEnd, b) != nil {
			return strings.ContainsAny(folded, "/()[]")
		}
	}
	return false
}

// prompt: what asks the reader to do something, and the headings of the blocks
// that follow an article.
func (s *scanner) prompt(l *line, folded string) bool {
	b := bare(folded)
	heads := s.cues.heads(b)
	if q := s.cues.covering(heads, cueComments, b); q != nil {
		l.heading = true
		return l.is(RoleHeading, "opens the comments: "+q.phrase)
	}
	if q := s.cues.covering(heads, cueShare, b); q != nil && !(q.loose() && ends(l.text) && wordCount(l.text) > footWords) {
		return l.is(RoleShare, "a prompt: "+q.phrase)
	}
	if s.shareList(folded) {
		return l.is(RoleShare, "a list of ways to share")
	}
	for _, k := range []cueKind{cueRelated, cueTeaser} {
		if q := s.cues.covering(heads, k, b); q != nil && !q.after { // alone: with more on the line it is a teaser
			l.heading = true
			return l.is(RoleHeading, "opens related items: "+q.phrase)
		}
	}
	return false
}

// shareList: "Share: Facebook / WhatsApp / E-mail".
func (s *scanner) shareList(folded string) bool {
	label, list, ok := strings.Cut(folded, ":")
	if !ok || s.cues.is(cueShare, bare(label)) == nil {
		return false
	}
	known, unknown := 0, 0
	for _, way := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("/,-"+bars, r) }) {
		if s.cues.is(cueShare, bare(way)) != nil {
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
	edge := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsDigit(r) || r == ' ' }
	return strings.TrimFunc(folded, edge)
}

// rights: copyright formulas. One that names somebody is a credit of last resort.
func (s *scanner) rights(l *line, folded string) bool {
	whole := s.cues.is(cueRights, bare(folded))
	n, _ := l.opensInner(cueRights)
	signed := strings.ContainsRune(folded, '©') || strings.HasPrefix(folded, "(c) ")
	if whole == nil && !signed && (n == 0 || ends(l.text) && wordCount(l.text) > 12) {
		return false
	}
	if signed || strings.HasPrefix(folded, "copyright") {
		if name := s.rightsHolder(l.text); name != "" {
			l.credit = Source{Name: name, Kind: CreditLine}
			return l.is(RoleRights, "a copyright line")
		}
	}
	return l.is(RoleRights, "a rights formula")
}

// rightsHolder is whom a copyright line names, empty if nobody.
func (s *scanner) rightsHolder(text string) string {
	folded, at := foldAt(text, true)
	start := 0
	for _, sign := range []string{"copyright", "(c) ", "©"} {
		if i := strings.Index(folded, sign); i >= start {
			start = i + len(sign)
		}
	}
	end := len(folded)
	if i, _ := s.cues.find(cueRights, folded[start:]); i >= 0 {
		end = start + i
	}
	name := strings.TrimFunc(text[at[start]:at[end]], func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|'
	})
	if wordCount(name) > 7 {
		return ""
	}
	return cleanName(name)
}

// teaser: "Read also: …", on one line.
func (s *scanner) teaser(l *line, folded string) bool {
	folded = strings.TrimLeft(folded, "•*-▪►▶>[( ")
	n, q := s.cues.at(cueTeaser, folded)
	if n == 0 {
		return false
	}
	rest := strings.TrimLeft(folded[n:], " ")
	if rest == "" || !q.colon && !strings.HasPrefix(rest, "»") && !strings.ContainsRune(":|>-]", rune(rest[0])) {
		return false
	}
	return l.is(RoleTeaser, "points to another story: "+q.phrase)
}

// caption: "Photo: …".
func (s *scanner) caption(l *line, folded string) bool {
	n, q := l.opensInner(cueCaption)
	if wordCount(l.text) > 30 {
		return false
	}
	if n == 0 {
		return s.captioned(folded) && l.is(RoleCaption, "a caption with its picture's credit")
	}
	rest := strings.TrimLeft(l.inner()[n:], " ")
	if comma := strings.HasPrefix(rest, ",") && strings.Contains(q.parts[0], " "); comma {
		return l.is(RoleCaption, "a picture's credit: "+q.phrase)
	}
	if !q.colon && rest != "" && !strings.ContainsRune(":=/|(©-", rune(rest[0])) {
		return false
	}
	return l.is(RoleCaption, "a picture's credit: "+q.phrase)
}

// captioned reports whether a line that is no sentence closes with a picture's
// credit in brackets: "The choir at practice (Photo: X)".
func (s *scanner) captioned(folded string) bool {
	open := strings.LastIndexByte(folded, '(')
	if open <= 0 || !strings.HasSuffix(folded, ")") || ends(strings.TrimSpace(folded[:open])) {
		return false
	}
	n, q := s.cues.at(cueCaption, folded[open+1:])
	return n > 0 && (q.colon || strings.HasPrefix(strings.TrimLeft(folded[open+1+n:], " "), ":"))
}

// tagList: "Tags: …", or a line of hashtags.
func (s *scanner) tagList(l *line, folded string) bool {
	if list, phrase, ok := s.labelled(cueTags, l); ok && list != "" {
		l.tags = splitTags(list)
		return len(l.tags) > 0 && l.is(RoleTags, "a list of tags: "+phrase)
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
	for _, set := range []string{",،、，", "|｜", ";؛；", "/", "•·・", "#", "-–"} {
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
func (s *scanner) code(l *line, folded string) bool {
	if strings.ContainsAny(folded, bars) {
		return false // read field by field
	}
	if q := s.cues.is(cueCode, strings.TrimFunc(folded, func(r rune) bool { return unicode.IsPunct(r) || r == ' ' })); q != nil && wordCount(l.text) <= 12 {
		return l.is(RoleCode, "about the page: "+q.phrase)
	}
	n, q := l.opens(cueCode)
	rest := strings.TrimLeft(folded[n:], " ")
	if n == 0 || wordCount(l.text) > 12 || len(q.parts) > 1 || q.after || rest != "" && !q.colon && rest[0] != ':' && !startsWithDigit(rest) {
		return false
	}
	return l.is(RoleCode, "about the page: "+q.phrase)
}

func isDecimal(r rune) bool { return '0' <= r && r <= '9' }

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// crumbs: "Home > Sports > Rowing", or a section's name alone with its site.
func (s *scanner) crumbs(l *line, folded string) bool {
	if !strings.ContainsAny(folded, ">\"›/") { // » is folded
		return false
	}
	for _, sep := range [...]string{" > ", " » ", " › ", " / ", "＞"} {
		if !strings.Contains(l.text, sep) {
			continue
		}
		parts := strings.Split(l.text, sep)
		short := true
		for _, p := range parts {
			short = short && wordCount(p) <= 4 && !ends(p)
		}
		section := s.cues.is(cueSection, fold(parts[0]))
		if short && (section != nil || sep != " / " && len(parts) > 2) {
			return l.is(RoleCrumbs, "where the page stands in its site")
		}
	}
	return false
}

// updated: a line about a later edit, unless it states the publication, too.
func (s *scanner) updated(l *line, folded string) bool {
	if strings.IndexFunc(folded, isDecimal) < 0 || wordCount(l.text) > 16 {
		return false
	}
	at, n := s.cues.find(cueUpdated, folded)
	if at < 0 {
		return false
	}
	if d, ok := s.publishedIn(folded); ok {
		l.stated, l.labelled = d, true
		return l.is(RoleDate, "published, and updated later")
	}
	_, _, _, dated := readDate(folded[at+n:], s.lang, &s.dates)
	if at == 0 && (dated || wordCount(folded[n:]) <= 4) {
		return l.is(RoleUpdated, "about a later edit")
	}
	return false
}

// publishedIn is the date behind a label of publication.
func (s *scanner) publishedIn(folded string) (Stated, bool) {
	at, n := s.cues.find(cuePublished, folded)
	if at < 0 {
		return Stated{}, false
	}
	rest := folded[at+n:]
	d, start, _, ok := readDate(rest, s.lang, &s.dates)
	if !ok || wordCount(rest[:start]) > 3 {
		return Stated{}, false
	}
	return d, true
}

// labelledLead: "Summary: …".
func (s *scanner) labelledLead(l *line, _ string) bool {
	rest, phrase, ok := s.labelled(cueLead, l)
	if !ok || rest == "" {
		return false
	}
	l.rest = rest
	return l.is(RoleLead, "labelled as the summary: "+phrase)
}

// labelled cuts a label of a kind from the start of a line, with the colon or
// dash behind it, or the brackets around both.
func (s *scanner) labelled(k cueKind, l *line) (rest, phrase string, ok bool) {
	n, q := l.opensInner(k)
	if n == 0 {
		return "", "", false
	}
	text := unbracket(l.text)
	_, at := foldAt(text, true)
	rest = strings.TrimSpace(text[at[n]:])
	trimmed := strings.TrimSpace(strings.TrimLeft(rest, ":：﹕=＝-–—|/ \u00a0\u3000"))
	if trimmed == rest && rest != "" && !q.colon {
		return rest, q.phrase + withoutColon, true
	}
	return trimmed, q.phrase, true
}

// withoutColon is noted of a label that is followed by nothing but the value.
const withoutColon = " (without a colon)"

// unbracket takes the brackets or slashes off that stand around a whole text.
func unbracket(text string) string {
	for _, pair := range []string{"()", "[]", "（）", "【】", "［］", "//", "〔〕"} {
		open, size := utf8.DecodeRuneInString(pair)
		end := pair[size:]
		inner, ok := strings.CutPrefix(text, string(open))
		if inner, closed := strings.CutSuffix(inner, end); ok && closed && !strings.Contains(inner, string(open)) {
			return strings.TrimSpace(inner)
		}
	}
	return text
}
