package cli

import (
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

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/pflag"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
)

// configName is the configuration file that is looked for in the current directory.
const configName = "seedfeed.toml"

// reader is what the configuration says of reading: of all seeds, or of those
// in a folder.
type reader struct {
	folder string // with slashes, relative to the seeds; "." for all
	print  int64  // fingerprint of all of it
	article.Reader
}

// config is what the configuration file and the environment say.
type config struct {
	file    string // empty without one
	values  map[string]any
	id      string   // pins the collection's id
	readers []reader // of the deepest folders first; the last is for all seeds
}

// loadConfig reads the configuration file: the named one, else seedfeed.toml in
// the current directory, if there is one.
func loadConfig(name string) (*config, error) {
	c := &config{file: cmp.Or(name, os.Getenv("SEEDFEED_CONFIG")), values: map[string]any{}}
	named := c.file != ""
	c.file = cmp.Or(c.file, configName)
	data, err := os.ReadFile(c.file)
	if errors.Is(err, fs.ErrNotExist) && !named {
		c.file = ""
		return c, c.readReaders()
	}
	if err != nil {
		return nil, usageError{err}
	}
	if err := toml.Unmarshal(data, &c.values); err != nil {
		var where *toml.DecodeError
		if errors.As(err, &where) {
			line, column := where.Position()
			err = fmt.Errorf("line %d, column %d: %w", line, column, err)
		}
		return nil, c.fail(err)
	}
	return c, c.readReaders()
}

func (c *config) fail(err error) error {
	if c.file != "" {
		err = fmt.Errorf("%s: %w", printable(c.file), err)
	}
	return usageError{err}
}

// variable is the name of a scalar setting's variable: SEEDFEED_BASE_URL for base-url.
func variable(name string) string {
	return "SEEDFEED_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// noSettings are the flags that a configuration does not set.
var noSettings = []string{"config", "help", "version", "json", "full", "allow-shrink"}

// readSettings are the settings of reading; they have no flag.
var readSettings = []string{"source", "language", "timezone", "cues", "folders"}

// paths are the settings that are relative to their file.
var paths = []string{"in", "out", "state"}

// idSetting pins the collection's id.
const idSetting = "id"

// apply sets the flags that the command line leaves open: a variable beats the
// file, whose paths are relative to itself.
func (c *config) apply(flags *pflag.FlagSet) error {
	var errs []error
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed || slices.Contains(noSettings, f.Name) {
			return
		}
		from := variable(f.Name)
		value := os.Getenv(from)
		if v, ok := c.values[f.Name]; ok && value == "" {
			value, from = fmt.Sprint(v), f.Name
			if slices.Contains(paths, f.Name) && !filepath.IsAbs(value) {
				value = filepath.Join(filepath.Dir(c.file), value)
			}
		}
		if value == "" {
			return
		}
		if err := f.Value.Set(value); err != nil {
			errs = append(errs, c.fail(fmt.Errorf("%s is %q: %w", from, value, err)))
		}
	})
	return errors.Join(errs...)
}

// check refuses settings that nobody reads: a slip would go unseen for years.
func (c *config) check(flags *pflag.FlagSet) error {
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		if slices.Contains(readSettings, name) || name == idSetting || flags.Lookup(name) != nil && !slices.Contains(noSettings, name) {
			continue
		}
		return c.fail(fmt.Errorf("no setting is called %q", name))
	}
	return nil
}

// readReaders makes a reader of what the file says of all seeds, and one of
// what it says of each folder.
func (c *config) readReaders() error {
	all := reader{folder: "."}
	scalars := map[string]any{}
	for _, name := range []string{"source", "language", "timezone"} {
		if v := os.Getenv(variable(name)); v != "" {
			scalars[name] = v
		} else if v, ok := c.values[name]; ok {
			scalars[name] = v
		}
	}
	scalars["cues"] = c.values["cues"]
	if err := errors.Join(all.take(scalars), all.sign(scalars), c.readID()); err != nil {
		return c.fail(err)
	}
	folders, ok := c.values["folders"].(map[string]any)
	if !ok && c.values["folders"] != nil {
		return c.fail(errors.New("folders must be tables: [folders.\"agency\"]"))
	}
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		fields, ok := folders[name].(map[string]any)
		if !ok {
			return c.fail(fmt.Errorf("folders.%q must be a table", name))
		}
		r := reader{folder: path.Clean(filepath.ToSlash(name)), Reader: article.Reader{Source: all.Source, Lang: all.Lang, Zone: all.Zone}}
		if err := errors.Join(r.take(map[string]any{"cues": c.values["cues"]}), r.take(fields), r.sign(scalars, fields)); err != nil {
			return c.fail(fmt.Errorf("folders.%q: %w", name, err))
		}
		c.readers = append(c.readers, r)
	}
	slices.SortFunc(c.readers, func(a, b reader) int { return cmp.Compare(len(b.folder), len(a.folder)) })
	c.readers = append(c.readers, all)
	return nil
}

// take takes over the settings of a table.
func (r *reader) take(fields map[string]any) (err error) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		value := fields[name]
		text, isText := value.(string)
		switch {
		case value == nil:
		case name == "cues":
			err = r.takeCues(value)
		case !slices.Contains(readSettings, name) || name == "folders":
			err = fmt.Errorf("no setting is called %q", name)
		case !isText:
			err = fmt.Errorf("%s must be a text", name)
		case name == "source":
			r.Source = text
		case name == "language":
			r.Lang, err = article.LanguageCode(text)
		case name == "timezone":
			if r.Zone, err = time.LoadLocation(text); err != nil || text == "" || text == "Local" {
				err = fmt.Errorf("timezone %q is none of the IANA names, such as Asia/Tehran", text)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sign makes the reader's fingerprint of the program's and all that was set.
func (r *reader) sign(settings ...map[string]any) error {
	said, err := json.Marshal(settings)
	r.print = ledger.Fingerprint(article.Version, string(said))
	return err
}

// readID takes over the collection's id.
func (c *config) readID() error {
	id, ok := c.values[idSetting].(string)
	if !ok && c.values[idSetting] != nil {
		return fmt.Errorf("%s must be a text", idSetting)
	}
	if id = cmp.Or(os.Getenv(variable(idSetting)), id); id == "" {
		return nil
	}
	if err := ledger.CheckID(id); err != nil {
		return err
	}
	c.id = id
	return nil
}

// fingerprint is that of what reads the seed at a path.
func (c *config) fingerprint(seed string) int64 { return c.reader(seed).print }

// takeCues adds an owner's phrases, a list or one for each kind.
func (r *reader) takeCues(value any) error {
	table, ok := value.(map[string]any)
	if !ok {
		return errors.New("cues must be a table: [cues]")
	}
	for _, kind := range slices.Sorted(maps.Keys(table)) {
		list, isList := table[kind].([]any)
		if !isList {
			list = []any{table[kind]}
		}
		for _, phrase := range list {
			text, ok := phrase.(string)
			if !ok {
				return fmt.Errorf("cues.%s must be a list of texts", kind)
			}
			if err := r.AddCue(kind, text); err != nil {
				return fmt.Errorf("cues.%s: %w", kind, err)
			}
		}
	}
	return nil
}

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
func (c *config) zone() *time.Location { return cmp.Or(c.reader("").Zone, time.UTC) }
