package cli

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// settings are what seedfeed.toml and the variables say, as they say it. Empty
// is the same as not there.
type settings struct {
	ID          string `toml:"id"`
	Title       string `toml:"title"`
	Description string `toml:"description"`
	BaseURL     string `toml:"base_url"`
	Author      string `toml:"author"` // of the feed as a whole
	Copyright   string `toml:"copyright"`
	Icon        string `toml:"icon"`
	Logo        string `toml:"logo"`
	Stylesheet  string `toml:"stylesheet"`
	Language    string `toml:"language"`
	Timezone    string `toml:"timezone"`
	Source      string `toml:"source"`

	In    string `toml:"in"`
	Out   string `toml:"out"`
	State string `toml:"state"`

	Limit   *int   `toml:"limit"`
	Window  string `toml:"window"`
	Archive *bool  `toml:"archive"`
	Pages   *bool  `toml:"pages"`
	Settle  string `toml:"settle"`
	Hub     string `toml:"hub"`
	Ping    string `toml:"ping"`
	Quiet   *bool  `toml:"quiet"`
	Verbose *bool  `toml:"verbose"`
	Strict  *bool  `toml:"strict"`

	Split  any                       `toml:"split"`
	Cues   map[string]any            `toml:"cues"`
	Folder map[string]folderSettings `toml:"folder"`
	Feed   []feedSettings            `toml:"feed"`
	Feeds  []feedSettings            `toml:"feeds"` // another spelling
}

// folderSettings are what is known of the seeds in a folder.
type folderSettings struct {
	Source   string         `toml:"source"`
	Language string         `toml:"language"`
	Timezone string         `toml:"timezone"`
	Author   string         `toml:"author"` // of its articles that name none
	Cues     map[string]any `toml:"cues"`
}

// feedSettings are a feed that is asked for. What it selects by is one text or a
// list of texts.
type feedSettings struct {
	Name        string `toml:"name"`
	Title       string `toml:"title"`
	Description string `toml:"description"`
	Language    string `toml:"language"`
	Limit       *int   `toml:"limit"`

	Source  any `toml:"source"`
	Lang    any `toml:"lang"`
	Folder  any `toml:"folder"`
	Tag     any `toml:"tag"`
	Author  any `toml:"author"`
	Match   any `toml:"match"`
	Exclude any `toml:"exclude"`
	Since   any `toml:"since"`
}

// kinds are what a setting must be, if that is not a text.
var kinds = map[string]string{
	"limit": "a whole number", "archive": "true or false", "pages": "true or false", "quiet": "true or false", "verbose": "true or false", "strict": "true or false",
	"settle": `a length of time in quotes, such as "2s"`, "window": `a length of time in quotes, such as "48h"`,
	"cues": "a table: [cues]", "folder": `a table for each folder: [folder."agency"]`, "feed": "a table for each feed: [[feed]]", "feeds": "a table for each feed: [[feed]]",
}

// settingError is something in the configuration that can't be taken. It says
// itself what to do.
type settingError struct {
	where string // file and line, or variable
	error
}

func (e *settingError) Error() string { return e.where + ": " + e.error.Error() }

// decode reads a file's text strictly, and tells where each key stands.
func decode(data []byte, into *settings) (places, error) {
	at := placesOf(data)
	errs := at.unknown()
	err := toml.Unmarshal(data, into)
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, _ := wrong.Position()
		err = errors.New(strings.TrimPrefix(wrong.Error(), "toml: "))
		if key := wrong.Key(); len(key) > 0 && strings.HasPrefix(err.Error(), "cannot ") {
			err = mustBe(key)
		}
		err = lineError{line, err}
	}
	return at, errors.Join(append(errs, err)...)
}

// lineError is an error in a line of the file.
type lineError struct {
	line int
	error
}

// mustBe says what the value of a key has to be.
func mustBe(key []string) error {
	name := key[len(key)-1]
	kind, known := kinds[name]
	switch {
	case len(key) == 2 && key[0] == "folder":
		name, kind = fmt.Sprintf("folder.%q", name), fmt.Sprintf("a table: [folder.%q]", name)
	case !known:
		kind = "a text in quotes"
	}
	return fmt.Errorf("%s must be %s", name, kind)
}

// unknown complains of keys that nobody reads: a slip would go unseen for years.
func (at places) unknown() (errs []error) {
	complained := map[string]bool{}
	for _, p := range at.keys {
		outer, known, said := 0, keysOf[settings](), "no setting is called %q"
		switch {
		case len(p.key) > 1 && p.key[0] == "folder":
			outer, known, said = 2, keysOf[folderSettings](), "a folder has no setting called %q"
		case len(p.key) > 1 && (p.key[0] == "feed" || p.key[0] == "feeds"):
			outer, known, said = 1, keysOf[feedSettings](), "a feed has no setting called %q"
			if _, err := strconv.Atoi(p.key[1]); err == nil { // not in a single [feed]
				outer = 2
			}
		}
		if len(p.key) <= outer {
			continue
		}
		name, table := p.key[outer], joined(p.key[:outer+1]...)
		if !slices.Contains(known, name) && !complained[table] {
			complained[table] = true
			errs = append(errs, lineError{p.line, unknownSetting(name, known, fmt.Sprintf(said, name))})
		}
	}
	return errs
}

// unknownSetting says of a name what may have been meant.
func unknownSetting(name string, known []string, said string) error {
	if near := nearest(name, known); near != "" {
		return fmt.Errorf("%s; did you mean %s?", said, near)
	}
	if slices.Contains(keysOf[settings](), name) {
		return fmt.Errorf("%s; %s is one for all: put it above the first [table]", said, name)
	}
	return errors.New(said)
}

// nearest is the known name that another one was meant for, empty if none is
// near: with two slips or a third of its letters wrong, or cut short.
func nearest(name string, known []string) (near string) {
	asked := strings.ReplaceAll(strings.ToLower(name), "-", "_")
	length := len([]rune(asked))
	most := min(max(2, length/3), length-1)
	for _, k := range known {
		if length > 2 && strings.HasPrefix(k, asked) {
			return k
		}
		if d := levenshtein.ComputeDistance(asked, k); d <= most {
			near, most = k, d-1
		}
	}
	return near
}

// keysOf are the names of a table's settings, in their order.
func keysOf[T any]() []string {
	var names []string
	for i := range reflect.TypeFor[T]().NumField() {
		names = append(names, reflect.TypeFor[T]().Field(i).Tag.Get("toml"))
	}
	return names
}

// variable is the name of a scalar setting's variable: SEEDFEED_BASE_URL for base_url.
func variable(name string) string { return "SEEDFEED_" + strings.ToUpper(name) }

// takeVariables puts in what the variables say, over what the file says. Lists
// and tables have none.
func (s *settings) takeVariables(taken func(name string)) error {
	var errs []error
	fields := reflect.ValueOf(s).Elem()
	for i, name := range keysOf[settings]() {
		text := os.Getenv(variable(name))
		if text == "" {
			continue
		}
		var err error
		switch field := fields.Field(i).Addr().Interface().(type) {
		case *string:
			*field = text
		case **int:
			*field = new(int)
			**field, err = strconv.Atoi(text)
		case **bool:
			*field = new(bool)
			**field, err = strconv.ParseBool(text)
		default:
			continue
		}
		taken(name)
		if err != nil {
			errs = append(errs, usageError{&settingError{variable(name), fmt.Errorf("%q is not %s", text, kinds[name])}})
		}
	}
	return errors.Join(errs...)
}

// joined is a key's path as one text.
func joined(key ...string) string { return strings.Join(key, "\x00") }

// places tell where each key of a file stands. The tables of a list count from 0.
type places struct {
	keys []place // in the file's order
	line map[string]int
}

type place struct {
	key  []string
	line int
}

func placesOf(data []byte) places {
	w := walk{places: places{line: map[string]int{}}}
	w.Reset(data)
	var table []string
	tables := map[string]int{}
	for w.NextExpression() {
		switch e := w.Expression(); e.Kind {
		case unstable.KeyValue:
			w.pair(table, e)
		case unstable.Table:
			table = w.note(nil, e)
		case unstable.ArrayTable:
			table = w.note(nil, e)
			name := joined(table...)
			table = w.note(nil, e, strconv.Itoa(tables[name]))
			tables[name]++
		}
	}
	return w.places
}

// walk goes through a file.
type walk struct {
	unstable.Parser
	places
}

// note notes the key of a table or a pair.
func (w *walk) note(table []string, e *unstable.Node, more ...string) []string {
	p := place{key: slices.Clone(table)}
	for it := e.Key(); it.Next(); {
		p.key = append(p.key, string(it.Node().Data))
		p.line = w.Shape(it.Node().Raw).Start.Line
	}
	p.key = append(p.key, more...)
	w.keys = append(w.keys, p)
	w.line[joined(p.key...)] = p.line
	return p.key
}

// pair notes a pair, and those within its value.
func (w *walk) pair(table []string, e *unstable.Node) {
	w.within(w.note(table, e), e.Value())
}

func (w *walk) within(key []string, value *unstable.Node) {
	i := 0
	for it := value.Children(); it.Next(); i++ {
		switch value.Kind {
		case unstable.InlineTable:
			w.pair(key, it.Node())
		case unstable.Array:
			w.within(append(slices.Clone(key), strconv.Itoa(i)), it.Node())
		}
	}
}
