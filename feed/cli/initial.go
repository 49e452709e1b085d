package cli

import (
	"bytes"
	"cmp"
	_ "embed"
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

	"github.com/gofrs/uuid/v5"
	"github.com/spf13/cobra"
	"github.com/thlib/go-timezone-local/tzlocal"

	"seedfeed/feed/article"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
	"seedfeed/feed/syndication"
)

//go:embed initial.toml
var initialText string

// errConfigured says that there is a configuration, which init never replaces.
var errConfigured = errors.New("stands there already")

func initCommand(s streams) *cobra.Command {
	i := initial{streams: s}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a commented seedfeed.toml for this folder",
		Long: `init writes seedfeed.toml (or the file that --config names) with every setting
explained, the id of the collection, the machine's time zone and what it found
among the seeds. It never replaces a file.`,
		Args: noArguments,
		RunE: i.run,
	}
	cmd.Flags().StringVar(&i.in, "in", seedsFolder, "`folder` of seeds to look through")
	cmd.Flags().StringVar(&i.out, "out", outFolder, "`folder` to publish in")
	stateFlag(cmd.Flags(), &i.state)
	return cmd
}

// initial is the command init with its flags.
type initial struct {
	streams
	in, out, state string
}

func (i *initial) run(cmd *cobra.Command, _ []string) error {
	flag, err := cmd.Flags().GetString("config")
	if err != nil {
		return err
	}
	name, _ := configFile(flag)
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("%s %w", printable(name), errConfigured)
	}
	c, err := newConfig("", nil)
	if err != nil {
		return err
	}
	if err := c.apply(cmd.Flags()); err != nil {
		return err
	}
	b, err := i.begin(c, filepath.Dir(name))
	if err != nil {
		return err
	}
	if err := b.write(name); err != nil {
		return err
	}
	again, next := "seedfeed", "set base_url in it to the public address"
	if flag != "" && filepath.Clean(flag) != configName {
		again += " --config " + printable(name)
	}
	if b.seeds == 0 {
		next = "put articles as .txt files into " + printable(i.in)
	}
	fmt.Fprintf(i.err, "wrote %s: %s, then run %s\n", printable(name), next, again)
	return nil
}

// beginning is what init found out.
type beginning struct {
	ID, Title, Base, Zone string
	In, Out, State        string // relative to the file; empty for the default
	seeds                 int
	Seen                  []string // about the sample, in words
	Split                 []string
	Folders               []folderSeen
}

// folderSeen is a folder of seeds.
type folderSeen struct{ Path, Count, Source string }

// begin finds out what a new configuration in dir says.
func (i *initial) begin(c *config, dir string) (b beginning, err error) {
	b = beginning{Title: cmp.Or(c.said.Title, seed.Holder(i.in), "seedfeed"), Base: localBase, Zone: machineZone()}
	for _, p := range []struct {
		into           *string
		path, standard string
	}{{&b.In, i.in, seedsFolder}, {&b.Out, i.out, outFolder}, {&b.State, i.state, ""}} {
		if *p.into, err = relative(dir, p.path); err != nil {
			return b, err
		}
		if *p.into == p.standard {
			*p.into = ""
		}
	}
	if b.ID, err = i.collection(c.id); err != nil {
		return b, err
	}
	if err := b.lookThrough(i.in); err != nil {
		fmt.Fprintf(i.err, "seedfeed: %v\n", err)
	}
	if len(b.Split) == 0 {
		b.Split = splitKinds
	}
	if len(b.Folders) == 0 {
		b.Folders = []folderSeen{{Path: "wire/agency"}}
	}
	return b, nil
}

// relative is a path as a file in dir names it.
func relative(dir, path string) (string, error) {
	if path == "" || filepath.IsAbs(path) {
		return path, nil
	}
	from, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if path, err = filepath.Rel(from, to); err != nil {
		return to, nil // on another drive
	}
	return filepath.ToSlash(path), nil
}

// collection is the id that a variable says, or of what stands there already,
// else a new one; empty if what stands there can't be read.
func (i *initial) collection(said string) (string, error) {
	if said != "" {
		return said, nil
	}
	id, published, err := publishedID(i.out)
	if id != "" || err != nil {
		return id, err
	}
	dir, err := stateFolder(i.state, i.out)
	if err != nil {
		return "", err
	}
	if id, err = rememberedID(dir); id != "" {
		return id, nil
	}
	if err != nil && !errors.Is(err, ledger.ErrNoLedger) || published {
		fmt.Fprintf(i.err, "seedfeed: the id of what is published in %s can't be told, so the configuration does not say it\n", printable(i.out))
		return "", nil
	}
	random, err := uuid.NewV4()
	return "urn:uuid:" + random.String(), err
}

// rememberedID is the id that the ledger in a folder knows.
func rememberedID(dir string) (string, error) {
	l, err := ledger.Look(dir)
	if err != nil {
		return "", err
	}
	defer l.Close()
	st, err := l.Status()
	return st.Collection, err
}

// publishedID is the id of the published feed: it is what subscribers hold,
// whatever a ledger says. There tells that there is a feed, of ours or not.
func publishedID(out string) (id string, there bool, err error) {
	for _, f := range []struct {
		name string
		read func([]byte) (syndication.Published, error)
	}{{channel.Atom, syndication.ReadAtom}, {channel.RSS, syndication.ReadRSS}} {
		content, err := os.ReadFile(filepath.Join(out, f.name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", true, err
		}
		there = true
		if p, err := f.read(content); err == nil && p.ID != "" && ledger.CheckID(p.ID) == nil {
			return p.ID, true, nil
		}
	}
	return "", there, nil
}

// machineZone is the IANA name of the machine's zone, empty if it can't be told.
func machineZone() string {
	name, set := os.LookupEnv("TZ")
	if name = strings.TrimPrefix(name, ":"); set && name == "" {
		name = "UTC" // tzset(3)
	}
	if !set {
		name, _ = tzlocal.LocalTZ()
	}
	if name == "" { // where /etc/localtime is no link, as in many containers
		content, _ := os.ReadFile("/etc/timezone")
		name = strings.TrimSpace(string(content))
	}
	if _, err := zoneCalled(name); err != nil || name == "" {
		return ""
	}
	return name
}

// What init looks at.
const (
	sample      = 200 // seeds that it reads
	mostFolders = 5
	mostValues  = 5
	fitting     = 3 // articles of a value that are worth a feed
)

// splitKinds are what feeds can be split by.
var splitKinds = []string{"source", "lang", "folder", "tag"}

// lookThrough looks at the seeds, and reads a sample of them.
func (b *beginning) lookThrough(in string) error {
	seeds, err := seed.Open(in)
	if errors.Is(err, seed.ErrNoFolder) {
		return nil
	}
	if err != nil {
		return err
	}
	defer seeds.Close()
	listing, err := seed.List(seeds.FS(), seed.DefaultMaxSize)
	if err != nil {
		return err
	}
	b.seeds = len(listing.Files)
	if b.seeds == 0 {
		return nil
	}
	t := tally{folders: counts{}, values: map[string]counts{}, credits: map[string]counts{}}
	for _, f := range listing.Files {
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			t.folders[dir]++
		}
	}
	for i := range min(sample, b.seeds) { // from the whole length of the list
		f := listing.Files[i*b.seeds/min(sample, b.seeds)]
		if doc, err := seed.Read(seeds.FS(), f, seed.DefaultMaxSize); err == nil {
			if a, err := article.Read(doc.Text); err == nil {
				t.take(f.Path, a)
			}
		}
	}
	t.tell(b)
	return nil
}

// counts says how often each value was seen.
type counts map[string]int

// most are the values seen most often, those that come first in the alphabet
// before others.
func (c counts) most(n int) []string {
	list := slices.SortedFunc(maps.Keys(c), func(a, b string) int { return cmp.Or(cmp.Compare(c[b], c[a]), cmp.Compare(a, b)) })
	return list[:min(n, len(list))]
}

// tally counts what the seeds have.
type tally struct {
	read    int
	folders counts            // of seeds, with those below
	values  map[string]counts // by what feeds can be split by
	credits map[string]counts // the sources of a folder
}

func (t *tally) take(name string, a *article.Article) {
	t.read++
	add := func(m map[string]counts, key, value string) {
		if m[key] == nil {
			m[key] = counts{}
		}
		if value != "" {
			m[key][value]++
		}
	}
	add(t.values, "lang", a.Lang)
	add(t.values, "source", a.Source.Name)
	for _, tag := range a.Tags {
		add(t.values, "tag", tag)
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		add(t.values, "folder", dir)
		add(t.credits, dir, a.Source.Name)
	}
}

// tell writes down what was counted.
func (t *tally) tell(b *beginning) {
	b.Seen = append(b.Seen, fmt.Sprintf("Found: %s, %d of them read.", count(b.seeds, "seed"), t.read))
	for _, kind := range []struct{ name, title string }{{"lang", "Languages"}, {"source", "Sources"}, {"tag", "Tags"}} {
		var list []string
		for _, value := range t.values[kind.name].most(mostValues) {
			list = append(list, fmt.Sprintf("%s (%d)", quote(value), t.values[kind.name][value]))
		}
		if left := len(t.values[kind.name]) - len(list); left > 0 {
			list = append(list, fmt.Sprintf("%d more", left))
		}
		if len(list) > 0 {
			b.Seen = append(b.Seen, kind.title+": "+strings.Join(list, ", ")+".")
		}
	}
	for _, kind := range splitKinds {
		if values := t.values[kind]; len(values) > 1 && values[values.most(2)[1]] >= fitting {
			b.Split = append(b.Split, kind)
		}
	}
	for _, dir := range t.folders.most(mostFolders) {
		f := folderSeen{Path: dir, Count: count(t.folders[dir], "seed")}
		if credits := t.credits[dir].most(1); len(credits) > 0 && 2*t.credits[dir][credits[0]] > t.values["folder"][dir] {
			f.Source = credits[0]
		}
		b.Folders = append(b.Folders, f)
	}
}

// quote writes a text as TOML's basic string, which JSON's nearly is.
func quote(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(s) // a text can't fail
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\x7f", `\u007f`)
}

// text is the file's.
func (b *beginning) text() string {
	var seen, split, folders []string
	for _, s := range b.Seen {
		seen = append(seen, "# "+s+"\n")
	}
	for _, kind := range b.Split {
		split = append(split, quote(kind))
	}
	for _, f := range b.Folders {
		folders = append(folders, f.text())
	}
	return strings.NewReplacer(
		"{{id}}", setting("id", b.ID, ""),
		"{{title}}", quote(b.Title),
		"{{base}}", quote(b.Base),
		"{{in}}", setting("in", b.In, seedsFolder),
		"{{out}}", setting("out", b.Out, outFolder),
		"{{state}}", setting("state", b.State, ""),
		"{{timezone}}", setting("timezone", b.Zone, "UTC"),
		"{{seen}}", strings.Join(seen, ""),
		"{{split}}", strings.Join(split, ", "),
		"{{folders}}", strings.Join(folders, ""),
	).Replace(initialText)
}

// setting is a line that says a setting or, if there is nothing to say, shows
// its default.
func setting(name, value, standard string) string {
	if value == "" {
		return "# " + name + " = " + quote(standard)
	}
	return name + " = " + quote(value)
}

// text is the folder's table, commented out.
func (f folderSeen) text() string {
	head := "# [folder." + quote(f.Path) + "]"
	if f.Count != "" {
		head += " # " + f.Count
	}
	return head + `
# source = ` + quote(f.Source) + `
# language = ""
# timezone = ""
# author = ""
# cues.drop = []
`
}

// write makes the file, which must not be there.
func (b *beginning) write(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s %w", printable(name), errConfigured)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(b.text())
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(err, os.Remove(name)) // half a configuration is worse than none
	}
	return err
}
