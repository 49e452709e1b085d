package article

// Role is what a line is to the article.
type Role string

// Every line has exactly one role. The first group is the story; the second was
// read for its value; the third ends up nowhere.
const (
	RoleTitle Role = "title"
	RoleLead  Role = "lead"
	RoleBody  Role = "body"

	RoleKicker Role = "kicker"
	RoleRepeat Role = "repeat"
	RoleByline Role = "byline"
	RoleDate   Role = "date"
	RoleCredit Role = "credit"
	RoleTags   Role = "tags"
	RoleLink   Role = "link"
	RoleFront  Role = "front matter"

	RoleUpdated   Role = "updated"    // a line about a later edit
	RoleEnd       Role = "end mark"   // closes the body
	RoleShare     Role = "share"      // share, print, comment, newsletter, cookie prompts
	RoleTeaser    Role = "teaser"     // points to another story
	RoleHeading   Role = "heading"    // of related items or comments; closes the body
	RoleCaption   Role = "caption"    // a picture's caption or credit
	RoleCode      Role = "code"       // news codes, short links, reading times, e-mail addresses
	RoleCrumbs    Role = "breadcrumb" // where the page stands in its site
	RoleEditor    Role = "editor"     // staff, desks, editors, translators
	RoleRights    Role = "rights"     // copyright formulas
	RoleAfterword Role = "after end"  // anything else behind the end of the body
)

// Prose is the reason of a line that nothing speaks against.
const Prose = "prose"
