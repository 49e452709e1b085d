package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

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
			var failures []error
			for _, name := range args {
				failures = append(failures, s.inspect(name, asJSON))
			}
			return errors.Join(failures...)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a file, a line each")
	return cmd
}

// inspect reads one file as a build would and shows what became of it.
func (s streams) inspect(name string, asJSON bool) error {
	doc, err := seed.ReadFile(name, seed.DefaultMaxSize)
	if err != nil {
		return fmt.Errorf("%s: %w", printable(name), err)
	}
	if doc.Warning != "" {
		fmt.Fprintf(s.err, "seedfeed: %s: %s\n", printable(name), doc.Warning)
	}
	a, err := article.Read(doc.Text)
	if err != nil {
		return fmt.Errorf("%s: %w", printable(name), err)
	}
	if asJSON {
		return s.inspectJSON(name, a)
	}
	return show(s.out, name, a)
}

// show prints the lines with their roles, then the article. The text stands
// last on its line, so that the terminal can turn right-to-left text without
// disturbing the columns.
func show(w io.Writer, name string, a *article.Article) error {
	fmt.Fprintf(w, "%s\n\n", printable(name))
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, l := range a.Lines {
		fmt.Fprintf(tw, "%4d\t%s\t%s\t%s\n", l.N, l.Role, l.Why, l.Text)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	tw = tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range [][2]string{
		{"title", a.Title}, {"kicker", a.Kicker}, {"summary", a.Summary}, {"", string(a.Kind)},
		{"source", strings.TrimSpace(a.Source.Name + " " + a.Source.URL)}, {"", string(a.Source.Kind)},
		{"authors", strings.Join(a.Authors, ", ")}, {"published", rfc3339(a.Stated)},
		{"language", strings.TrimSpace(a.Lang + " " + a.Dir)}, {"tags", strings.Join(a.Tags, ", ")}, {"link", a.Link},
		{"body", count(len(a.Body), "paragraph")},
	} {
		if f[1] != "" {
			fmt.Fprintf(tw, "%s\t%s\n", f[0], f[1])
		}
	}
	fmt.Fprintln(tw)
	return tw.Flush()
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

func (s streams) inspectJSON(name string, a *article.Article) error {
	in := inspection{
		Path: name, Title: a.Title, Summary: a.Summary, SummaryKind: string(cmp.Or(a.Kind, article.Derived)), Authors: append([]string{}, a.Authors...),
		Published: rfc3339(a.Stated), Lang: a.Lang, Dir: a.Dir, Tags: append([]string{}, a.Tags...), Link: a.Link,
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
func rfc3339(d article.Stated) string {
	if d.IsZero() {
		return ""
	}
	return d.In(time.UTC).Format(time.RFC3339)
}
