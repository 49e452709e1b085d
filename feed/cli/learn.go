package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"

	"seedfeed/feed"
	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

func learnCommand(s streams) *cobra.Command {
	var in string
	var least int
	cmd := &cobra.Command{
		Use:   "learn",
		Short: "Find lines that recur in many articles: likely noise",
		Long: `learn reads all seeds and prints the lines that recur in many of them although
they were taken for parts of the story: a site's own prompts and footers. What
it prints is a snippet for seedfeed.toml. Look it through before you paste it:
nothing is dropped by counting alone.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := configure(cmd)
			if err != nil {
				return err
			}
			if least < 2 {
				return usageError{fmt.Errorf("--least %d: what stands in one article does not recur", least)}
			}
			seeds, err := seed.Open(in)
			if err != nil {
				return err
			}
			defer seeds.Close()
			o := feed.Options{MaxSize: seed.DefaultMaxSize, Read: c.read, Clock: wallClock()}
			hide := s.watched(&o)
			recurring, report, err := feed.Learn(cmd.Context(), o, seeds.FS())
			hide()
			for _, t := range report.Trouble {
				fmt.Fprintf(s.err, "seedfeed: skipped %s: %s\n", printable(t.Path), t.Reason)
			}
			if errors.Is(err, feed.ErrNoArticles) {
				err = fmt.Errorf("%w in %s", err, printable(in))
			}
			if err != nil {
				return err
			}
			return s.showRecurring(recurring, least)
		},
	}
	cmd.Flags().StringVar(&in, "in", seedsFolder, "`folder` of seeds to read")
	cmd.Flags().IntVar(&least, "least", 5, "show lines of at least `n` articles")
	return cmd
}

// showRecurring prints a snippet for the configuration, with the evidence.
func (s streams) showRecurring(r *article.Recurring, least int) error {
	list := r.List(least)
	if len(list) == 0 {
		fmt.Fprintf(s.err, "%s: no line of a story stands in %d or more of them\n", count(r.Articles(), "article"), least)
		return nil
	}
	out := bufio.NewWriter(s.out)
	fmt.Fprintln(out, "[cues]\ndrop = [")
	for _, l := range list {
		fmt.Fprintf(out, "  # %d of %s:", l.Articles, count(r.Articles(), "article"))
		for i, p := range l.Places {
			separator := ","
			if i == 0 {
				separator = ""
			}
			fmt.Fprintf(out, "%s %s line %d", separator, printable(p.Path), p.N)
		}
		fmt.Fprintln(out)
		if err := writePhrase(out, l.Phrase); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, "]")
	return out.Flush()
}

func writePhrase(w io.Writer, phrase string) error {
	quoted, err := toml.Marshal(map[string]string{"p": phrase})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "  %s,\n", quoted[len("p = "):len(quoted)-1])
	return err
}
