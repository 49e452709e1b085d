package cli

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"seedfeed/feed/channel"
)

func TestErrorsOfTheConfiguration(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"an unknown key has its line and the nearest known one", "title = 'a'\n\nbse_url = 'x'", `s.toml:3: no setting is called "bse_url"; did you mean base_url?`},
		{"each unknown key has a line", "titel = 'a'\nlimt = 3", "s.toml:1: no setting is called \"titel\"; did you mean title?\ns.toml:2: no setting is called \"limt\"; did you mean limit?"},
		{"a dash is an underscore", "base-url = 'https://a.example/'", `s.toml:1: no setting is called "base-url"; did you mean base_url?`},
		{"capitals are none", "TITLES = 'a'", `s.toml:1: no setting is called "TITLES"; did you mean title?`},
		{"a beginning is enough", "lang = 'fa'", `s.toml:1: no setting is called "lang"; did you mean language?`},
		{"what is like nothing has no near one", "wheelbarrow = 3", `s.toml:1: no setting is called "wheelbarrow"`},
		{"one letter is like nothing", "x = 3", `s.toml:1: no setting is called "x"`},
		{"capitals count", "Title = 'a'", `s.toml:1: no setting is called "Title"; did you mean title?`},
		{"an unknown table", "[folders.wire]\nsource = 'a'", `s.toml:1: no setting is called "folders"; did you mean folder?`},
		{"an unknown table in a list", "[[fed]]\nname = 'a'", `s.toml:1: no setting is called "fed"; did you mean feed?`},
		{"an unknown table with a dot", "fed.name = 'a'", `s.toml:1: no setting is called "fed"; did you mean feed?`},
		{"a feed has keys of its own", "[[feed]]\nname = 'a'\nsorce = 'b'", `s.toml:3: a feed has no setting called "sorce"; did you mean source?`},
		{"an inline feed, too", "feeds = [{name = 'a', tags = 'b'}]", `s.toml:1: a feed has no setting called "tags"; did you mean tag?`},
		{"in each feed", "[[feed]]\nname = 'a'\ntag = 'b'\nx = 1\n[[feed]]\nname = 'c'\nx = 2", "s.toml:4: a feed has no setting called \"x\"\ns.toml:7: a feed has no setting called \"x\""},
		{"so has a folder", "[folder.wire]\nsauce = 'b'", `s.toml:2: a folder has no setting called "sauce"; did you mean source?`},
		{"an inline folder, too", "folder = {wire = {sauce = 'b'}}", `s.toml:1: a folder has no setting called "sauce"; did you mean source?`},
		{"an unknown key and a wrong type are both said", "limit = 'x'\ntitel = 'a'", "s.toml:2: no setting is called \"titel\"; did you mean title?\ns.toml:1: limit must be a whole number"},
		{"a folder's name with a slash wants quotes", "[folder.wire/agency]\nsource = 'b'", `s.toml:1: expected ']' to close table name`},
		{"a folder within a folder is no table of it", "[folder.wire.agency]\nsource = 'b'", `s.toml:1: a folder has no setting called "agency"`},
		{"a setting for all does not stand in a table", "[[feed]]\nname = 'a'\nbase_url = 'https://a.example/'", `s.toml:3: a feed has no setting called "base_url"; base_url is one for all: put it above the first [table]`},

		{"a text is no number", "\nlimit = 'many'", "s.toml:2: limit must be a whole number"},
		{"nor is a fraction", "limit = 2.5", "s.toml:1: limit must be a whole number"},
		{"a number is no text", "title = 3", "s.toml:1: title must be a text in quotes"},
		{"a list is no text", "title = ['a']", "s.toml:1: title must be a text in quotes"},
		{"a table is no text", "[title]", "s.toml:1: title must be a text in quotes"},
		{"a text is not true or false", "pages = 'yes'", "s.toml:1: pages must be true or false"},
		{"a number is no time", "window = 48", `s.toml:1: window must be a length of time in quotes, such as "48h"`},
		{"cues are a table", "cues = 3", "s.toml:1: cues must be a table: [cues]"},
		{"folders are tables", "folder = 'a'", `s.toml:1: folder must be a table for each folder: [folder."agency"]`},
		{"each of them is", "[folder]\nwire = 'a'", `s.toml:2: folder."wire" must be a table: [folder."wire"]`},
		{"feeds are tables", "feed = 3", "s.toml:1: feed must be a table for each feed: [[feed]]"},
		{"a limit of a feed is a number", "[[feed]]\nname = 'a'\nlimit = '3'", "s.toml:3: limit must be a whole number"},
		{"a selector is a text or a list of them", "[[feed]]\nname = 'a'\ntag = ['b', 3]", `s.toml:3: feed "a": tag: must be a text in quotes or a list of them`},
		{"a cue is, too", "[folder.wire.cues]\ndrop = 3", "s.toml:2: cues.drop: must be a text in quotes or a list of them"},
		{"TOML has rules", "title = 'a'\nlimit = = 3", "s.toml:2: unexpected character U+003D '=' at start of value"},
		{"a key stands once", "title = 'a'\ntitle = 'b'", "s.toml:2: key title is already defined"},

		{"a zone has an IANA name", "\ntimezone = 'Mars/Olympus'", `s.toml:2: timezone "Mars/Olympus" is none of the IANA names, such as Asia/Tehran`},
		{"a folder's, too", "[folder.wire]\ntimezone = 'Local'", `s.toml:2: timezone "Local" is none of the IANA names, such as Asia/Tehran`},
		{"a language has a tag", "language = 'Persian!'", `s.toml:1: language: "Persian!" is no language tag such as fa or en-GB`},
		{"a folder has seeds in it", "[folder.'../wire']\nsource = 'a'", `s.toml:1: "../wire" is no folder below the seeds; write it as "wire/agency"`},
		{"all of them is no folder", "[folder.'.']\nsource = 'a'", `s.toml:1: "." is no folder below the seeds; write it as "wire/agency"`},
		{"a base is an address", "base_url = 'example.org'", `s.toml:1: base_url: "example.org" is not an http or https address`},
		{"a hub is an address", "hub = 'hub'", `s.toml:1: hub "hub" is not an http or https address`},
		{"a stylesheet is one", "stylesheet = 'my.txt'", `s.toml:1: stylesheet: "my.txt" is not the name of a .css file`},
		{"a stylesheet is there", "title = 'T'\nstylesheet = 'my.css'", `s.toml:2: stylesheet: open my.css: no such file or directory`},
		{"a picture stands in out", "icon = '../icon.png'", `s.toml:1: icon "../icon.png" is neither an http or https address nor a file in out/`},
		{"or on the web", "logo = 'ftp://a.example/logo.png'", `s.toml:1: logo "ftp://a.example/logo.png" is neither an http or https address nor a file in out/`},
		{"a limit is not less than 0", "limit = -1", "s.toml:1: limit -1 is less than 0"},
		{"a time has a unit", "settle = '2'", `s.toml:1: settle "2" is no length of time such as 48h, 15m or 2s`},
		{"a time is not less than 0", "window = '-2h'", `s.toml:1: window "-2h" is no length of time such as 48h, 15m or 2s`},
		{"a ping is one of two", "ping = 'never'", `s.toml:1: ping is "never": it can be auto or manual`},
		{"an id is a UUID", "id = 'mine'", `s.toml:1: collection id "mine"`},
		{"a split is by what there is", "split = ['source',\n'mood']", `s.toml:1: split can't be by "mood", only by source, lang, folder, tag`},
		{"a kind of cue is known", "[cues]\ncolour = 'red'", `s.toml:2: cues.colour: no kind of cue is called "colour"; there are`},

		{"a feed has a name", "[[feed]]\ntag = 'a'", "s.toml:1: a feed needs a name"},
		{"a feed's name is its own", "[[feed]]\nname = 'The Sea'\ntag = 'a'\n[[feed]]\nname = 'the  sea'\ntag = 'b'", `s.toml:5: feed "the  sea" has the name of another one, "The Sea"`},
		{"also in the other spelling", "[[feed]]\nname = 'a'\ntag = 'a'\n[[feeds]]\nname = 'a'\ntag = 'b'", `s.toml:5: feed "a" has the name of another one, "a"`},
		{"a feed selects something", "[[feed]]\nname = 'a'\nlimit = 3", `s.toml:2: feed "a": it selects nothing, so it would be the main feed again; say source, lang, folder, tag, author, match, exclude or since`},
		{"an empty list selects nothing", "[[feed]]\nname = 'a'\ntag = []", `s.toml:2: feed "a": it selects nothing`},
		{"a selector holds a letter", "[[feed]]\nname = 'a'\nmatch = ['b', '*']", `s.toml:3: feed "a": match: "*" holds no letter`},
		{"since is a date", "[[feed]]\nname = 'a'\nsince = 'May'", `s.toml:3: feed "a": since must be a date such as 2026-01-31, not May`},
		{"a time of day is none", "[[feed]]\nname = 'a'\nsince = 10:30:00", `s.toml:3: feed "a": since must be a date such as 2026-01-31, not 10:30:00`},
		{"a feed's limit is not less than 0", "[[feed]]\nname = 'a'\ntag = 'b'\nlimit = -1", `s.toml:4: feed "a": limit -1 is less than 0`},
		{"an inline feed has a line", "title = 'a'\nfeed = [\n{name = 'a', tag = 'b'},\n{name = 'b', lang = '!'},\n]", `s.toml:4: feed "b": lang: "!" is no language tag such as fa or en-GB`},
		{"all that is wrong is said", "timezone = 'x'\nping = 'y'", "s.toml:1: timezone \"x\" is none of the IANA names, such as Asia/Tehran\ns.toml:2: ping is \"y\": it can be auto or manual"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := newConfig("s.toml", []byte(tt.text))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Count(err.Error(), "\n") != strings.Count(tt.want, "\n") {
				t.Errorf("newConfig(%q) = %v, want %s", tt.text, err, tt.want)
			}
		})
	}
}

func TestPlanOfTheConfiguration(t *testing.T) {
	five := 5
	main := func(c channel.Channel) channel.Plan { return channel.Plan{Main: c, Rule: channel.Rule{Window: window}} }
	asked := func(s channel.Selection) channel.Plan {
		return channel.Plan{Rule: channel.Rule{Window: window}, Feeds: []channel.Feed{{Name: "a", Selection: s}}}
	}
	for _, tt := range []struct {
		name, text string
		want       channel.Plan
	}{
		{"nothing said is the main feed alone", "", main(channel.Channel{})},
		{"an editor's byte order mark is no key", "\uFEFFauthor = 'A'", main(channel.Channel{Author: "A"})},
		{"the main feed is described", "description = 'D'\nauthor = 'A'\ncopyright = 'C'\nlanguage = 'fa-IR'\nhub = 'https://hub.example/'\nicon = 'icon.png'\nlogo = 'https://a.example/logo.png'",
			main(channel.Channel{Description: "D", Author: "A", Copyright: "C", Lang: "fa", Hub: "https://hub.example/", Icon: "icon.png", Logo: "https://a.example/logo.png"})},
		{"a window of its own", "window = '90m'", channel.Plan{Rule: channel.Rule{Window: 90 * time.Minute}}},
		{"no window at all", "window = '0s'", channel.Plan{}},
		{"what is split by stands once", "split = ['tag', 'source', 'tag']", channel.Plan{Rule: channel.Rule{Window: window}, Split: []channel.Kind{channel.ByTag, channel.BySource}}},
		{"one kind is no list", "split = 'lang'", channel.Plan{Rule: channel.Rule{Window: window}, Split: []channel.Kind{channel.ByLang}}},
		{"feeds come in their order, in both spellings", "[[feed]]\nname = 'a'\ntag = 'b'\n[[feeds]]\nname = 'c'\ntitle = 'T'\ndescription = 'D'\nlanguage = 'de-AT'\nlimit = 5\ntag = 'd'",
			channel.Plan{Rule: channel.Rule{Window: window}, Feeds: []channel.Feed{
				{Name: "a", Selection: channel.Selection{Tags: []string{"b"}}},
				{Name: "c", Title: "T", Description: "D", Lang: "de", Limit: &five, Selection: channel.Selection{Tags: []string{"d"}}},
			}}},
		{"a feed selects by all there is", "[[feed]]\nname = 'a'\nsource = 'S'\nlang = ['fa-IR', 'en']\nfolder = 'wire/agency/'\ntag = ['t', 'u']\nauthor = 'A'\nmatch = 'high water'\nexclude = ['x*']",
			asked(channel.Selection{Sources: []string{"S"}, Langs: []string{"fa", "en"}, Folders: []string{"wire/agency"}, Tags: []string{"t", "u"}, Authors: []string{"A"}, Match: []string{"high water"}, Exclude: []string{"x*"}})},
		{"since is a day in the zone", "timezone = 'Asia/Tehran'\n[[feed]]\nname = 'a'\nsince = 2026-01-31", asked(channel.Selection{Since: time.Date(2026, 1, 30, 20, 30, 0, 0, time.UTC)})},
		{"in a text, too", "timezone = 'Asia/Tehran'\n[[feed]]\nname = 'a'\nsince = '2026-01-31'", asked(channel.Selection{Since: time.Date(2026, 1, 30, 20, 30, 0, 0, time.UTC)})},
		{"or a time", "[[feed]]\nname = 'a'\nsince = 2026-01-31T10:30:00", asked(channel.Selection{Since: time.Date(2026, 1, 31, 10, 30, 0, 0, time.UTC)})},
		{"or a time with its zone", "timezone = 'Asia/Tehran'\n[[feed]]\nname = 'a'\nsince = 2026-01-31T10:30:00Z", asked(channel.Selection{Since: time.Date(2026, 1, 31, 10, 30, 0, 0, time.UTC)})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := newConfig("s.toml", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			for i := range c.plan.Feeds {
				c.plan.Feeds[i].Since = c.plan.Feeds[i].Since.UTC()
			}
			if !reflect.DeepEqual(c.plan, tt.want) {
				t.Errorf("newConfig(%q) plans %+v, want %+v", tt.text, c.plan, tt.want)
			}
		})
	}
}

func TestVariables(t *testing.T) {
	for _, tt := range []struct{ name, key, value, want string }{
		{"a variable beats the file", "SEEDFEED_AUTHOR", "Variable", ""},
		{"an empty one is not set", "SEEDFEED_TIMEZONE", "", ""},
		{"its error has its name", "SEEDFEED_TIMEZONE", "Mars", `SEEDFEED_TIMEZONE: timezone "Mars" is none of the IANA names, such as Asia/Tehran`},
		{"a number is one", "SEEDFEED_LIMIT", "many", `SEEDFEED_LIMIT: "many" is not a whole number`},
		{"a number is not less than 0", "SEEDFEED_LIMIT", "-1", `SEEDFEED_LIMIT: limit -1 is less than 0`},
		{"yes or no is one", "SEEDFEED_PAGES", "perhaps", `SEEDFEED_PAGES: "perhaps" is not true or false`},
		{"tables have none", "SEEDFEED_CUES", "nonsense", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv(tt.key, tt.value)
			c, err := newConfig("s.toml", []byte("author = 'File'\ntimezone = 'Asia/Tehran'"))
			switch {
			case err != nil && err.Error() != tt.want || err == nil && tt.want != "":
				t.Errorf("with %s=%s: %v, want %s", tt.key, tt.value, err, tt.want)
			case err == nil && tt.key == "SEEDFEED_AUTHOR" && c.plan.Main.Author != tt.value:
				t.Errorf("the author is %q, want %q", c.plan.Main.Author, tt.value)
			case err == nil && c.zone().String() != "Asia/Tehran":
				t.Errorf("the zone is %v, want Asia/Tehran", c.zone())
			}
		})
	}
}

// A reader's fingerprint is another if, and only if, it reads in another way.
func TestFingerprints(t *testing.T) {
	texts := []string{
		"", "timezone = 'UTC'", "source = 'a'", "language = 'fa'", "cues.drop = 'a'", "cues.drop = ['a', 'b']",
		"folder.wire.author = 'a'", "folder.wire.cues.drop = 'c'", "cues.drop = 'a'\nfolder.wire.cues.drop = 'c'",
	}
	seen := map[int64]string{}
	for _, text := range texts {
		print := func(text string) int64 {
			c, err := newConfig("s.toml", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			return c.fingerprint("wire/a.txt")
		}
		p := print(text)
		if other, known := seen[p]; known {
			t.Errorf("%q and %q have the same fingerprint", text, other)
		}
		seen[p] = text
		if same := print("title = 'T'\nlimit = 3\n" + text); same != p {
			t.Errorf("title and limit give %q another fingerprint", text)
		}
	}
}

// What init explains is what there is, and what it says of each can be taken.
func TestInitialText(t *testing.T) {
	b := beginning{ID: "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", Title: "The \"Harbour\"\n\x7f", Base: localBase, Zone: "Asia/Tehran", Split: splitKinds,
		Seen: []string{"Found: 3 seeds."}, Folders: []folderSeen{{Path: "wire\\a\nb", Count: "2 seeds", Source: "A \"b\""}}}
	file := t.TempDir() + "/seedfeed.toml"
	if err := b.write(file); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if c.id != b.ID || c.said.Title != b.Title || c.zone().String() != b.Zone {
		t.Errorf("it says %q, %q and %v, want %+v", c.id, c.said.Title, c.zone(), b)
	}
	open := regexp.MustCompile(`(?m)^# ([a-z_.]+ = |\[)`).ReplaceAllString(b.text(), "$1")
	all, err := newConfig("s.toml", []byte(open))
	if err != nil {
		t.Fatalf("with every setting opened: %v\n%s", err, open)
	}
	if len(all.plan.Feeds) != 1 || len(all.said.Folder) != 1 || all.reader("wire\\a\nb/c.txt").Source != `A "b"` {
		t.Errorf("opened, it plans %+v and has the folders %v", all.plan, all.said.Folder)
	}
	for table, keys := range map[string][]string{"": keysOf[settings](), "[folder": keysOf[folderSettings](), "[[feed]]": keysOf[feedSettings]()} {
		_, part, _ := strings.Cut(open, "\n"+table)
		for _, key := range keys {
			if key != "feeds" && !regexp.MustCompile(`(?m)^\[*`+key+`[ .\]]`).MatchString(part) {
				t.Errorf("nothing is said of %s %s", table, key)
			}
		}
	}
}
