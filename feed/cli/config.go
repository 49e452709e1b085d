package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the IANA zones, for machines that have none
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/pflag"
	"golang.org/x/text/unicode/norm"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

// configName is the configuration file that is looked for in the current directory.
const configName = "seedfeed.toml"

// config is what the configuration file and the variables say, made ready to be used.
type config struct {
	file    string // empty without one
	said    settings
	at      places          // of the keys in the file
	varied  map[string]bool // the settings that come from variables
	errs    []error
	readers []reader // of the deepest folders first; the last is for all seeds

	id         string // pins the collection's id
	plan       channel.Plan
	style      []byte // what stands in the owner's stylesheet
	manualPing bool
}

// reader is what the configuration says of reading: of all seeds, or of those
// in a folder.
type reader struct {
	folder string // with slashes, relative to the seeds; "." for all
	print  int64  // fingerprint of all of it
	article.Reader
}

// configFile is the name of the configuration file; asked tells that someone
// wants this one.
func configFile(flag string) (name string, asked bool) {
	name = cmp.Or(flag, os.Getenv("SEEDFEED_CONFIG"))
	return cmp.Or(name, configName), name != ""
}

// loadConfig reads the configuration file: the named one, else seedfeed.toml in
// the current directory, if there is one. A variable beats it.
func loadConfig(flag string) (*config, error) {
	name, asked := configFile(flag)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return newConfig("", nil)
	}
	if err != nil {
		return nil, usageError{err}
	}
	return newConfig(name, data)
}

// newConfig reads the text of a configuration file, and the variables.
func newConfig(file string, data []byte) (*config, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	c := &config{file: file, varied: map[string]bool{}}
	var err error
	if c.at, err = decode(data, &c.said); err != nil {
		return nil, c.inFile(err)
	}
	for _, p := range []*string{&c.said.In, &c.said.Out, &c.said.State, &c.said.Stylesheet} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(filepath.Dir(file), *p)
		}
	}
	if err := c.said.takeVariables(func(name string) { c.varied[name] = true }); err != nil {
		return nil, err
	}
	c.readReaders()
	c.readPlan()
	return c, errors.Join(c.errs...)
}

// inFile says of errors in which line of the file they are.
func (c *config) inFile(err error) error {
	list := []error{err}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		list = several.Unwrap()
	}
	for i, e := range list {
		where := printable(c.file)
		if at, ok := e.(lineError); ok {
			where, e = fmt.Sprintf("%s:%d", where, at.line), at.error
		}
		list[i] = usageError{&settingError{where, e}}
	}
	return errors.Join(list...)
}

// refuse keeps an error with the place of the setting it is about.
func (c *config) refuse(err error, key ...string) {
	if err == nil {
		return
	}
	e := &settingError{printable(c.file), err}
	if c.varied[joined(key...)] {
		e.where = variable(key[0])
	} else {
		for ; len(key) > 0; key = key[:len(key)-1] { // a table's line, where a key of it is missing
			if line := c.at.line[joined(key...)]; line > 0 {
				e.where = fmt.Sprintf("%s:%d", e.where, line)
				break
			}
		}
	}
	c.errs = append(c.errs, usageError{e})
}

// apply sets the flags that the command line leaves open.
func (c *config) apply(flags *pflag.FlagSet) error {
	for name, value := range map[string]string{
		"in": c.said.In, "out": c.said.Out, "state": c.said.State, "base-url": c.said.BaseURL, "title": c.said.Title, "settle": c.said.Settle,
		"limit": text(c.said.Limit), "archive": text(c.said.Archive), "pages": text(c.said.Pages), "quiet": text(c.said.Quiet), "verbose": text(c.said.Verbose), "strict": text(c.said.Strict),
	} {
		if f := flags.Lookup(name); f == nil || f.Changed || value == "" {
			continue
		}
		if err := flags.Lookup(name).Value.Set(value); err != nil {
			return usageError{fmt.Errorf("%s %q: %w", name, value, err)}
		}
	}
	return nil
}

// text is a value as a flag takes it, empty if there is none.
func text[T any](value *T) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(*value)
}

// readReaders makes a reader of what is said of all seeds, and one of what is
// said of each folder.
func (c *config) readReaders() {
	all := reader{folder: "."}
	all.take(c, folderSettings{Source: c.said.Source, Language: c.said.Language, Timezone: c.said.Timezone, Cues: c.said.Cues})
	all.sign(c.said.Cues)
	for _, name := range slices.Sorted(maps.Keys(c.said.Folder)) {
		folder, err := folderName(name)
		if err != nil {
			c.refuse(err, "folder", name)
			continue
		}
		r := reader{folder: folder, Reader: article.Reader{Source: all.Source, Lang: all.Lang, Zone: all.Zone}}
		r.addCues(c.said.Cues, func(error, string) {}) // complained of already
		r.take(c, c.said.Folder[name], "folder", name)
		r.sign(c.said.Cues, c.said.Folder[name].Cues)
		c.readers = append(c.readers, r)
	}
	slices.SortStableFunc(c.readers, func(a, b reader) int { return cmp.Compare(len(b.folder), len(a.folder)) })
	c.readers = append(c.readers, all)
}

// take takes over what is said of seeds, under a key.
func (r *reader) take(c *config, s folderSettings, key ...string) {
	refuse := func(err error, name ...string) { c.refuse(err, append(key[:len(key):len(key)], name...)...) }
	r.Source, r.Author = cmp.Or(s.Source, r.Source), s.Author
	var err error
	if s.Language != "" {
		r.Lang, err = article.LanguageCode(s.Language)
		refuse(named("language", err), "language")
	}
	if s.Timezone != "" {
		r.Zone, err = zoneCalled(s.Timezone)
		refuse(err, "timezone")
	}
	r.addCues(s.Cues, func(err error, kind string) { refuse(err, "cues", kind) })
}

// addCues adds an owner's phrases, a list or one for each kind.
func (r *reader) addCues(cues map[string]any, refuse func(err error, kind string)) {
	for _, kind := range slices.Sorted(maps.Keys(cues)) {
		phrases, err := texts(cues[kind])
		for i := 0; i < len(phrases) && err == nil; i++ {
			err = r.AddCue(kind, phrases[i])
		}
		refuse(named("cues."+kind, err), kind)
	}
}

// sign makes the reader's fingerprint of the program's and all that was set.
func (r *reader) sign(cues ...map[string]any) {
	said, _ := json.Marshal([]any{r.Source, r.Lang, r.zone().String(), r.Zone != nil, r.Author, cues}) // it fails on cues that were refused
	r.print = ledger.Fingerprint(article.Version, string(said))
}

// zone is that of dates which state none.
func (r *reader) zone() *time.Location { return cmp.Or(r.Zone, time.UTC) }

// readPlan makes the plan of the feeds. What has a flag is put in with the flags.
func (c *config) readPlan() {
	s := &c.said
	if s.ID != "" {
		c.id = s.ID
		c.refuse(ledger.CheckID(s.ID), "id")
	}
	if s.BaseURL != "" {
		_, err := baseAddress(s.BaseURL)
		c.refuse(named("base_url", err), "base_url")
	}
	if s.Settle != "" {
		c.duration("settle", s.Settle)
	}
	c.refuse(countable(s.Limit), "limit")
	switch s.Ping {
	case "", "auto", "manual":
		c.manualPing = s.Ping == "manual"
	default:
		c.refuse(fmt.Errorf("ping is %q: it can be auto or manual", s.Ping), "ping")
	}
	c.plan.Main = channel.Channel{
		Description: s.Description, Author: s.Author, Copyright: s.Copyright, Lang: c.reader("").Lang,
		Hub: c.address("hub", s.Hub), Icon: c.picture("icon", s.Icon), Logo: c.picture("logo", s.Logo),
	}
	if s.Stylesheet != "" {
		c.refuse(named("stylesheet", c.readStylesheet(s.Stylesheet)), "stylesheet")
	}
	c.plan.Rule.Window = window
	if s.Window != "" {
		c.plan.Rule.Window = c.duration("window", s.Window)
	}
	c.readSplit()
	names := map[string]string{}
	c.readFeeds("feed", s.Feed, names)
	c.readFeeds("feeds", s.Feeds, names)
}

// duration is a length of time, such as 48h.
func (c *config) duration(name, value string) time.Duration {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		c.refuse(fmt.Errorf("%s %q is no length of time such as 48h, 15m or 2s", name, value), name)
	}
	return d
}

// address is one of the web.
func (c *config) address(name, value string) string {
	address := channel.WebAddress(value)
	if address == "" && value != "" {
		c.refuse(fmt.Errorf("%s %q is not an http or https address", name, value), name)
	}
	return address
}

// picture is an address, or the name of a file in out/.
func (c *config) picture(name, value string) string {
	if fs.ValidPath(value) && !strings.Contains(value, ":") && value != "." {
		return value
	}
	address := channel.WebAddress(value)
	if address == "" && value != "" {
		c.refuse(fmt.Errorf("%s %q is neither an http or https address nor a file in out/", name, value), name)
	}
	return address
}

// readStylesheet reads the owner's stylesheet, which is published under its own name.
func (c *config) readStylesheet(file string) (err error) {
	name := filepath.Base(file)
	if strings.ToLower(filepath.Ext(name)) != ".css" || name[0] == '.' {
		return fmt.Errorf("%q is not the name of a .css file", file)
	}
	c.plan.Main.Stylesheet = norm.NFC.String(name)
	if c.style, err = os.ReadFile(file); err == nil && !utf8.Valid(c.style) {
		err = fmt.Errorf("%q is not in UTF-8", file)
	}
	return err
}

// readSplit takes over the kinds of which every value gets a feed.
func (c *config) readSplit() {
	known := []string{string(channel.BySource), string(channel.ByLang), string(channel.ByFolder), string(channel.ByTag)}
	list, err := texts(c.said.Split)
	c.refuse(named("split", err), "split")
	for _, kind := range list {
		if !slices.Contains(known, kind) {
			c.refuse(fmt.Errorf("split can't be by %q, only by %s", kind, strings.Join(known, ", ")), "split")
		} else if !slices.Contains(c.plan.Split, channel.Kind(kind)) {
			c.plan.Split = append(c.plan.Split, channel.Kind(kind))
		}
	}
}

// readFeeds takes over the feeds that are asked for; names are those of feeds
// by their folder.
func (c *config) readFeeds(key string, list []feedSettings, names map[string]string) {
	for i, s := range list {
		at := []string{key, fmt.Sprint(i)}
		if strings.TrimSpace(s.Name) == "" {
			c.refuse(errors.New("a feed needs a name"), append(at, "name")...)
			continue
		}
		folder := channel.FolderName(s.Name)
		if other, taken := names[folder]; taken {
			c.refuse(fmt.Errorf("feed %q has the name of another one, %q", s.Name, other), append(at, "name")...)
		}
		names[folder] = s.Name
		c.plan.Feeds = append(c.plan.Feeds, c.feed(s, at))
	}
}

// feed is one that is asked for.
func (c *config) feed(s feedSettings, at []string) channel.Feed {
	f := channel.Feed{Name: s.Name, Title: s.Title, Description: s.Description, Limit: s.Limit}
	refuse := func(name string, err error) {
		c.refuse(named(fmt.Sprintf("feed %q", s.Name), err), append(at[:len(at):len(at)], name)...)
	}
	refuse("limit", countable(s.Limit))
	selects := s.Since != nil
	var err error
	if s.Language != "" {
		f.Lang, err = article.LanguageCode(s.Language)
		refuse("language", named("language", err))
	}
	for _, by := range []struct {
		name  string
		said  any
		into  *[]string
		check func(string) (string, error)
	}{
		{"source", s.Source, &f.Sources, lettered}, {"lang", s.Lang, &f.Langs, article.LanguageCode}, {"folder", s.Folder, &f.Folders, folderName},
		{"tag", s.Tag, &f.Tags, lettered}, {"author", s.Author, &f.Authors, lettered},
		{"match", s.Match, &f.Match, lettered}, {"exclude", s.Exclude, &f.Exclude, lettered},
	} {
		list, err := texts(by.said)
		refuse(by.name, named(by.name, err))
		selects = selects || err != nil || len(list) > 0
		for _, value := range list {
			value, err := by.check(value)
			refuse(by.name, named(by.name, err))
			*by.into = append(*by.into, value)
		}
	}
	f.Since, err = since(s.Since, c.zone())
	refuse("since", err)
	if !selects {
		refuse("name", errors.New("it selects nothing, so it would be the main feed again; say source, lang, folder, tag, author, match, exclude or since"))
	}
	return f
}

// fingerprint is that of what reads the seed at a path.
func (c *config) fingerprint(seed string) int64 { return c.reader(seed).print }

// reader is that of the seed at a path relative to the seeds.
func (c *config) reader(seed string) *reader {
	for i := range c.readers {
		if r := &c.readers[i]; r.folder == "." || strings.HasPrefix(seed, r.folder+"/") {
			return r
		}
	}
	return nil // the last one is for all
}

// read understands a seed's text as its folder's settings have it.
func (c *config) read(seed, text string) (*article.Article, error) {
	return c.reader(seed).Read(text)
}

// zone is that of dates which state none, for all seeds without one of their own.
func (c *config) zone() *time.Location { return c.reader("").zone() }

// named puts a name in front of an error.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// texts are those of a value that is one or a list of them.
func texts(value any) (list []string, err error) {
	items, isList := value.([]any)
	if !isList && value != nil {
		items = []any{value}
	}
	for _, item := range items {
		t, ok := item.(string)
		if !ok {
			return nil, errors.New("must be a text in quotes or a list of them")
		}
		list = append(list, t)
	}
	return list, nil
}

// countable is what a limit can be.
func countable(limit *int) error {
	if limit != nil && *limit < 0 {
		return fmt.Errorf("limit %d is less than 0", *limit)
	}
	return nil
}

// lettered is a text to compare or to look for: only its letters count.
func lettered(value string) (string, error) {
	if strings.Trim(article.Key(value), "*") == "" {
		return "", fmt.Errorf("%q holds no letter", value)
	}
	return value, nil
}

// folderName is a folder below the seeds as their paths have it.
func folderName(name string) (string, error) {
	folder := norm.NFC.String(path.Clean(filepath.ToSlash(name)))
	if !fs.ValidPath(folder) || folder == "." {
		return "", fmt.Errorf("%q is no folder below the seeds; write it as \"wire/agency\"", name)
	}
	return folder, nil
}

// zoneCalled is a zone by its IANA name.
func zoneCalled(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Errorf("timezone %q is none of the IANA names, such as Asia/Tehran", name)
	}
	return zone, nil
}

// baseAddress is the public address of out/, with a slash at its end.
func baseAddress(value string) (string, error) {
	base := channel.WebAddress(value)
	if base == "" || strings.ContainsAny(base, "?#") {
		return "", fmt.Errorf("%q is not an http or https address", value)
	}
	return strings.TrimSuffix(base, "/") + "/", nil
}

// since is a day or a time, as TOML has them or in a text.
func since(value any, zone *time.Location) (time.Time, error) {
	switch v := value.(type) {
	case nil:
		return time.Time{}, nil
	case time.Time:
		return v, nil
	case toml.LocalDate:
		return v.AsTime(zone), nil
	case toml.LocalDateTime:
		return v.AsTime(zone), nil
	case string:
		for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02 15:04", "2006-01-02T15:04", time.DateTime, "2006-01-02T15:04:05"} {
			if t, err := time.ParseInLocation(layout, v, zone); err == nil {
				return t, nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("since must be a date such as 2026-01-31, not %v", value)
}
