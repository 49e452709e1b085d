package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"seedfeed/feed"
	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
)

// window is how long before its newest item a feed holds everything: it must
// cover what comes between two visits of a reader.
const window = 48 * time.Hour

// localBase is the address of a preview on the same machine.
const localBase = "http://localhost:8080/"

// seedsFolder is where seeds are by default.
const seedsFolder = "seeds"

// buildCommand is the command build with its flags.
type buildCommand struct {
	streams
	in, out, base, title string
	limit                int
	pages, quiet, json   bool
	settle               time.Duration
	config               *config
}

func (b *buildCommand) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringVar(&b.in, "in", seedsFolder, "`folder` of seeds to read")
	f.StringVar(&b.out, "out", "out", "`folder` to publish in")
	f.StringVar(&b.base, "base-url", localBase, "public `address` of the published folder")
	f.StringVar(&b.title, "title", "", "`name` of the feed (default: the folder that holds the seeds)")
	f.IntVar(&b.limit, "limit", 50, "at least the newest `n` articles stand in the feed; 0 means all")
	f.BoolVar(&b.pages, "pages", true, "write a page for each article")
	f.DurationVar(&b.settle, "settle", 2*time.Second, "wait for files that changed within this `time`")
	f.BoolVar(&b.quiet, "quiet", false, "say nothing unless something is wrong")
	f.BoolVar(&b.json, "json", false, "print the result as JSON on standard output")
}

func (b *buildCommand) run(cmd *cobra.Command, _ []string) error {
	var err error
	if b.config, err = configure(cmd); err != nil {
		return err
	}
	o, err := b.options()
	if err != nil {
		return err
	}
	seeds, err := seed.Open(b.in)
	if err != nil {
		return err
	}
	defer seeds.Close()
	out, err := publish.Open(b.out, o.Now)
	if err != nil {
		return err
	}
	defer out.Close()
	past, lang, err := feed.Recall(out)
	if err != nil {
		return err
	}
	memory, err := ledger.Recall(past)
	if err != nil {
		return err
	}
	o.Lang = lang
	report, err := feed.Build(cmd.Context(), o, seeds.FS(), memory, out)
	if errors.Is(err, feed.ErrNoArticles) {
		err = fmt.Errorf("%w in %s", err, printable(b.in))
	}
	b.tell(report, past.Collection == "", err)
	return err
}

// options turns the flags into what a build wants.
func (b *buildCommand) options() (feed.Options, error) {
	now, err := runTime()
	if err != nil {
		return feed.Options{}, err
	}
	base := channel.WebAddress(b.base)
	if base == "" || strings.ContainsAny(base, "?#") {
		return feed.Options{}, usageError{fmt.Errorf("--base-url %q is not an http or https address", b.base)}
	}
	if b.limit < 0 {
		return feed.Options{}, usageError{fmt.Errorf("--limit %d is less than 0", b.limit)}
	}
	return feed.Options{
		Title: cmp.Or(b.title, seed.Holder(b.in), "seedfeed"), Base: strings.TrimSuffix(base, "/") + "/", Limit: b.limit, Window: window, Pages: b.pages,
		Settle: b.settle, MaxSize: seed.DefaultMaxSize, Zone: b.config.zone(), Now: now, Clock: wallClock(), Read: b.config.read,
	}, nil
}

// tell prints what a build did.
func (b *buildCommand) tell(r feed.Report, first bool, failure error) {
	for _, u := range r.Unreadable {
		fmt.Fprintf(b.err, "seedfeed: skipped %s: %v\n", printable(u.Path), u.Err)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(b.err, "seedfeed: %s\n", w)
	}
	if failure != nil {
		return
	}
	if b.json {
		b.tellJSON(r)
	}
	if b.quiet {
		return
	}
	total := r.New + r.Changed + r.Known + r.Held + len(r.Unreadable)
	held := ""
	if r.Held > 0 {
		held = fmt.Sprintf(", %d held back", r.Held)
	}
	fmt.Fprintf(b.err, "%s: %d new, %d changed, %d known, %d unreadable%s; %s written\n",
		count(total, "article"), r.New, r.Changed, r.Known, len(r.Unreadable), held, count(r.Written, "file"))
	switch {
	case r.Written > 0 && b.base == localBase:
		fmt.Fprintf(b.err, "  hint: links point to %s; subscribers elsewhere need --base-url with the public address\n", localBase)
	case first:
		fmt.Fprintf(b.err, "  hint: keep %s between runs: without it every article is new to every subscriber\n", printable(b.out))
	}
}

func (b *buildCommand) tellJSON(r feed.Report) {
	type unreadable struct {
		Path   string `json:"path"`
		Reason string `json:"reason"`
	}
	bad := make([]unreadable, len(r.Unreadable))
	for i, u := range r.Unreadable {
		bad[i] = unreadable{u.Path, u.Err.Error()}
	}
	enc := json.NewEncoder(b.streams.out)
	enc.SetEscapeHTML(false)
	enc.Encode(struct { // a closed pipe is the reader's wish
		New        int          `json:"new"`
		Changed    int          `json:"changed"`
		Known      int          `json:"known"`
		Held       int          `json:"held"`
		Written    int          `json:"written"`
		Unreadable []unreadable `json:"unreadable"`
		Warnings   []string     `json:"warnings"`
	}{r.New, r.Changed, r.Known, r.Held, r.Written, bad, append([]string{}, r.Warnings...)})
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// printable is a name that can't disturb a terminal.
func printable(name string) string {
	q := fmt.Sprintf("%q", name)
	if q == `"`+name+`"` && !strings.ContainsAny(name, " ") {
		return name
	}
	return q
}
