package article

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line while it is being read.
type line struct {
	n        int // counted from 1
	text     string
	clues    clues // of the folded text; it is looked at if the line is short
	from, to int   // the folded text without the brackets around all of it
	words    int   // of the text, once asked for
	role     Role
	why      string
	stated   Stated   // a date of publication it states
	labelled bool     // and calls it that
	names    []string // the authors it names
	credit   Source   // the outlet it names
	bare     bool     // the outlet stands there without a label
	labels   bool     // a credit's label alone: the name is on the next line
	tags     []string
	tagged   bool     // a label of tags alone: they are on the next lines
	rest     string   // what follows a label that is no part of the text ("Summary: …")
	heading  bool     // closes the body
	squeezed string   // the key of the text, once asked for
	again    answer   // whether its words come again as a line below
	opened   *opening // what it opens with, once asked for
}

func (l *line) is(r Role, why string) bool {
	l.role, l.why = r, why
	return true
}

// form is the folded text.
func (l *line) form() string {
	if l.clues.folded == "" {
		l.clues.folded = fold(l.text)
	}
	return l.clues.folded
}

// key is what another spelling of the line has in common with it.
func (l *line) key() string {
	if l.squeezed == "" {
		l.squeezed = squeeze(l.form())
	}
	return l.squeezed
}

// wordCount is how many words the line has.
func (l *line) wordCount() int {
	if l.words == 0 {
		l.words = wordCount(l.text)
	}
	return l.words
}

// opens is the longest phrase of a kind that the line starts with, within its
// brackets, and where it ends in the folded text; 0 if there is none.
func (l *line) opens(k cueKind) (end int, q *cue) {
	if !l.clues.kinds.has(k) {
		return 0, nil
	}
	n, q := l.clues.at(k, l.from)
	if q == nil {
		return 0, nil
	}
	return l.from + n, q
}

// covered is the phrase of a kind that is all there is on the line, but for
// punctuation and counts around it; nil if none is.
func (l *line) covered(k cueKind) *cue {
	if !l.clues.kinds.has(k) {
		return nil
	}
	from, to := core(l.clues.folded)
	if q := l.clues.is(k, from, to); q != nil {
		return q
	}
	return l.clues.is(k, 0, len(l.clues.folded)) // "A+ A-"
}

// original is the text behind a stretch of the folded text.
func (l *line) original(from, to int) string {
	start, end := stretch(l.text, from, to)
	return l.text[start:end]
}

// scanner gives each line the role that its own words suggest. What a line is
// in the end depends on where it stands, too: place decides that.
type scanner struct {
	lang string
	*vocabulary
	own   *cues // the owner's
	rules []rule
	room  []clue // for the clues of its lines
}

// maxFurniture is the most characters a line may have that is anything but prose.
const maxFurniture = 200

// rule is one way to tell what a line is by itself. It is asked only if the
// line has a phrase of its kinds, or one of its signs.
type rule struct {
	kinds kinds
	signs signs
	fits  func(s *scanner, l *line) bool
}

// rules stand from the surest to the vaguest: the first that fits gives the role.
var rules = []rule{
	{signs: signAddress, fits: (*scanner).address},
	{kinds: kindsOf(cueEnd), signs: signHash, fits: (*scanner).endMark},
	{kinds: kindsOf(cueComments, cueShare, cueRelated, cueTeaser), fits: (*scanner).prompt},
	{kinds: kindsOf(cueRights), signs: signRights, fits: (*scanner).rights},
	{kinds: kindsOf(cueTeaser), fits: (*scanner).teaser},
	{signs: signBar, fits: (*scanner).fields},
	{kinds: kindsOf(cueTags), signs: signHash, fits: (*scanner).tagList},
	{kinds: kindsOf(cueCode), signs: signDash, fits: (*scanner).code},
	{kinds: kindsOf(cuePublished), fits: (*scanner).dateLabel},
	{kinds: kindsOf(cueUpdated), fits: (*scanner).updated},
	{signs: signDigit, fits: (*scanner).dated},
	{signs: signDash, fits: (*scanner).dashedFields},
	{kinds: kindsOf(cueCaption), signs: signArrow, fits: (*scanner).caption},
	{kinds: kindsOf(cueSection), signs: signCrumb, fits: (*scanner).crumbs},
	{kinds: kindsOf(cueStaff), fits: (*scanner).editor},
	{kinds: kindsOf(cueByline), fits: (*scanner).byline},
	{kinds: kindsOf(cueSource), fits: (*scanner).creditLine},
	{kinds: kindsOf(cueAgency), signs: signBracket, fits: (*scanner).bareCredit},
	{kinds: kindsOf(cueLead), fits: (*scanner).labelledLead},
}

// scan looks at one line by itself.
func (s *scanner) scan(l *line) {
	l.role, l.why = RoleBody, Prose
	if len(l.text) > maxFurniture && (len(l.text) > 3*maxFurniture || utf8.RuneCountInString(l.text) > maxFurniture) {
		s.scanLong(l)
		return
	}
	s.look(l)
	for i := range s.rules {
		if r := &s.rules[i]; (l.clues.kinds&r.kinds != 0 || l.clues.signs&r.signs != 0) && r.fits(s, l) {
			return
		}
	}
}

// scanLong looks at a line that is as long as a paragraph: it may be labelled as
// the lead, or be what its owner wants to be dropped.
func (s *scanner) scanLong(l *line) {
	const label = 48 // bytes that a label takes, at most
	head := line{text: strings.ToValidUTF8(l.text[:label], "")}
	head.clues = lookFor(nil, kindsOf(cueLead), fold(head.text), &s.cues, s.own)
	head.to = len(head.clues.folded)
	if rest, phrase, ok := head.value(cueLead); ok && rest != "" && !strings.HasSuffix(phrase, withoutColon) {
		l.rest = strings.TrimSpace(l.text[strings.Index(l.text, rest):])
		l.is(RoleLead, "labelled as the summary: "+phrase)
		return
	}
	if !s.own.empty() {
		l.clues = look(nil, l.form(), s.own)
		s.prompt(l)
	}
}

// look finds the phrases that a line holds.
func (s *scanner) look(l *line) {
	l.clues = look(s.spare(), fold(l.text), &s.cues, s.own)
	s.take(l.clues.list)
	l.from, l.to = insideBrackets(l.clues.folded)
	if l.from == 0 {
		l.from = pictographs(l.clues.folded)
	}
	if strings.Contains(l.text, wideSpace) || strings.Contains(l.text, "  ") || strings.Contains(l.text, "\u00a0\u00a0") {
		l.clues.signs |= signBar
	}
}

// spare is the room that is left for clues, take what was used of it. It saves
// an allocation or more a line.
func (s *scanner) spare() []clue { return s.room[len(s.room):] }

func (s *scanner) take(used []clue) {
	if len(used) <= cap(s.room)-len(s.room) {
		s.room = s.room[:len(s.room)+len(used)]
	}
}

// pictographs is how much of a text the signs take that a messenger's channel
// puts before a line.
func pictographs(folded string) (n int) {
	for i, r := range folded {
		switch {
		case r > 0x2100 && !inWord(r) && unicode.Is(unicode.So, r), unicode.Is(unicode.Mn, r):
		case r == ' ' && i > 0:
		default:
			return i
		}
	}
	return 0
}

// lookAt looks at a piece of a line as at a line.
func (s *scanner) lookAt(text string) *line {
	l := &line{text: text}
	s.look(l)
	return l
}

// is finds the phrase of a kind that covers the whole of a folded text.
func (s *scanner) is(k cueKind, text string) *cue {
	f := lookFor(nil, kindsOf(k), text, &s.cues, s.own)
	return f.is(k, 0, len(text))
}

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

// value is what follows a label of a kind at the start of a line, and a colon or
// dash behind it, within the brackets around both.
func (l *line) value(k cueKind) (value, phrase string, ok bool) {
	end, q := l.opens(k)
	if q == nil {
		return "", "", false
	}
	rest := strings.TrimSpace(l.original(end, l.to))
	trimmed := strings.TrimSpace(strings.TrimLeft(rest, ":：﹕=＝-–—|/ \u00a0\u3000"))
	if trimmed == rest && rest != "" && !q.colon {
		return rest, q.phrase + withoutColon, true
	}
	return trimmed, q.phrase, true
}

// withoutColon is noted of a label that is followed by nothing but the value.
const withoutColon = " (without a colon)"

// insideBrackets is where a folded text begins and ends within the brackets or
// slashes that stand around all of it.
func insideBrackets(folded string) (from, to int) {
	to = len(folded)
	if to < 2 {
		return 0, to
	}
	closing := byte(0)
	switch folded[0] {
	case '(':
		closing = ')'
	case '[':
		closing = ']'
	case '/':
		closing = '/'
	default:
		return 0, to
	}
	inner := folded[1 : to-1]
	if folded[to-1] != closing || strings.IndexByte(inner, folded[0]) >= 0 {
		return 0, to
	}
	from = to - 1 - len(strings.TrimLeft(inner, " "))
	return from, from + len(strings.TrimSpace(inner))
}
