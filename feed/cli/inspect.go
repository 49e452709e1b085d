package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

func inspectCommand(s streams) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "inspect FILE…",
		Short: "Show how each file is read, line by line",
		Long: `inspect shows how each file is read: every line with its role and the reason
for it, then what the article became. Nothing is written.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("inspect needs a file")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := configure(cmd)
			if err != nil {
				return err
			}
			seeds, err := cmd.Flags().GetString("in")
			if err != nil {
				return err
			}
			var failures []error
			for _, name := range args {
				failures = append(failures, s.inspect(name, seeds, c, asJSON))
			}
			return errors.Join(failures...)
		},
	}
	cmd.Flags().String("in", seedsFolder, "`folder` of seeds that the files belong to: what the configuration says of its folders counts")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a file, a line each")
	return cmd
}

// inspect reads one file as a build would and shows what became of it.
func (s streams) inspect(name, seeds string, c *config, asJSON bool) error {
	doc, err := seed.ReadFile(name, seed.DefaultMaxSize)
	if err != nil {
		return fmt.Errorf("%s: %w", printable(name), err)
	}
	if doc.Warning != "" {
		fmt.Fprintf(s.err, "seedfeed: %s: %s\n", printable(name), doc.Warning)
	}
	a, err := c.read(below(seeds, name), doc.Text)
	if err != nil {
		return fmt.Errorf("%s: %w", printable(name), err)
	}
	published := rfc3339(a.Stated, c.zone())
	if asJSON {
		return s.inspectJSON(name, a, published)
	}
	show(s.out, name, a, published)
	return nil
}

// below is the path of a file within the folder of seeds, with slashes; empty
// if it is elsewhere.
func below(seeds, name string) string {
	folder, err := filepath.Abs(seeds)
	if err != nil {
		return ""
	}
	file, err := filepath.Abs(name)
	if err != nil {
		return ""
	}
	path, err := filepath.Rel(folder, file)
	if err != nil || !filepath.IsLocal(path) {
		return ""
	}
	return filepath.ToSlash(path)
}

// The colours of roles: what is published, what was read for its value, what
// ends up nowhere. Without a terminal, or with NO_COLOR set, there are none.
var (
	story = color.New(color.FgGreen, color.Bold)
	value = color.New(color.FgCyan)
	noise = color.New(color.FgYellow)
	aside = color.New(color.Faint)
)

func colourOf(r article.Role) *color.Color {
	switch r {
	case article.RoleTitle, article.RoleLead, article.RoleBody:
		return story
	case article.RoleKicker, article.RoleRepeat, article.RoleByline, article.RoleDate, article.RoleCredit, article.RoleTags, article.RoleLink, article.RoleFront:
		return value
	}
	return noise
}

// indent is where the texts begin, behind number and role.
const indent = 20

// show prints the lines with their roles and reasons, then the article. A text
// stands last on its line, isolated (UAX 9), so that right-to-left text turns
// without taking the columns along.
func show(w io.Writer, name string, a *article.Article, published string) {
	fmt.Fprintf(w, "%s\n\n", printable(name))
	for _, l := range a.Lines {
		fmt.Fprintf(w, "%4d  ", l.N)
		colourOf(l.Role).Fprintf(w, "%-*s", indent-6, l.Role)
		fmt.Fprintln(w, isolate(l.Text))
		if l.Role != article.RoleBody || l.Why != article.Prose {
			fmt.Fprintf(w, "%*s", indent, "")
			aside.Fprintln(w, isolate(l.Why))
		}
	}
	fmt.Fprintln(w)
	for _, f := range [][2]string{
		{"title", a.Title}, {"kicker", a.Kicker}, {"summary", a.Summary}, {"", string(a.Kind)},
		{"source", strings.TrimSpace(a.Source.Name + " " + a.Source.URL)}, {"", string(a.Source.Kind)},
		{"authors", strings.Join(a.Authors, ", ")}, {"published", published},
		{"language", strings.TrimSpace(a.Lang + " " + a.Dir)}, {"tags", strings.Join(a.Tags, ", ")}, {"link", a.Link},
		{"id", a.ID}, {"draft", draft(a)}, {"body", count(len(a.Body), "paragraph")},
	} {
		if f[1] != "" {
			fmt.Fprintf(w, "%-*s%s\n", indent, f[0], isolate(f[1]))
		}
	}
	fmt.Fprintln(w)
}

func draft(a *article.Article) string {
	if a.Draft {
		return "held back"
	}
	return ""
}

// isolate puts a text of its own direction between U+2068 and U+2069.
func isolate(s string) string {
	rtl := strings.IndexFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
	})
	if color.NoColor || rtl < 0 {
		return s // a file or a pipe gets the text as it is
	}
	return "\u2068" + s + "\u2069"
}

// inspection is an article as inspect --json prints it.
type inspection struct {
	Path        string   `json:"path"`
	Title       string   `json:"title"`
	Summary     string   `json:"summary"`
	SummaryKind string   `json:"summary_kind"`
	Source      *outlet  `json:"source"`
	Authors     []string `json:"authors"`
	Published   string   `json:"published"`
	Lang        string   `json:"lang"`
	Dir         string   `json:"dir"`
	Tags        []string `json:"tags"`
	Link        string   `json:"link"`
	Body        string   `json:"body"`
	Lines       []role   `json:"lines"`
}

type outlet struct {
	Name string `json:"name"`
	URL  string `json:"url"`
	Kind string `json:"kind"`
}

type role struct {
	N    int    `json:"n"`
	Role string `json:"role"`
	Text string `json:"text"`
	Why  string `json:"why"`
}

func (s streams) inspectJSON(name string, a *article.Article, published string) error {
	in := inspection{
		Path: name, Title: a.Title, Summary: a.Summary, SummaryKind: string(cmp.Or(a.Kind, article.Derived)), Authors: append([]string{}, a.Authors...),
		Published: published, Lang: a.Lang, Dir: a.Dir, Tags: append([]string{}, a.Tags...), Link: a.Link,
		Body: strings.Join(a.Body, "\n\n"), Lines: make([]role, len(a.Lines)),
	}
	if a.Source.Name != "" {
		in.Source = &outlet{a.Source.Name, a.Source.URL, string(a.Source.Kind)}
	}
	for i, l := range a.Lines {
		in.Lines[i] = role{l.N, string(l.Role), l.Text, l.Why}
	}
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(in)
}

// rfc3339 is the instant that a stated date means, empty if the text states none.
func rfc3339(d article.Stated, zone *time.Location) string {
	if d.IsZero() {
		return ""
	}
	return d.In(zone).Format(time.RFC3339)
}
