package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// outFolder is where is published by default.
const outFolder = "out"

// buildCommand is the command build with its flags.
type buildCommand struct {
	streams
	in, out, state, base, title  string
	limit                        int
	archive, pages               bool
	quiet, verbose, json, strict bool
	full, shrink                 bool
	settle                       time.Duration
	config                       *config
	served                       string // the address at which out/ is served meanwhile; empty if it is not
	times                        *times // where the time goes; nil if nobody asks
}

func (b *buildCommand) flags(f *pflag.FlagSet) {
	b.commonFlags(f)
	f.BoolVar(&b.strict, "strict", false, "exit with 3 if some seed can't be read")
	f.BoolVar(&b.verbose, "verbose", false, "tell where the time went, stop by stop")
	f.BoolVar(&b.json, "json", false, "print the result as JSON on standard output")
}

// commonFlags are those of every command that builds.
func (b *buildCommand) commonFlags(f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringVar(&b.in, "in", seedsFolder, "`folder` of seeds to read")
	f.StringVar(&b.out, "out", outFolder, "`folder` to publish in")
	stateFlag(f, &b.state)
	f.StringVar(&b.base, "base-url", localBase, "public `address` of the published folder")
	f.StringVar(&b.title, "title", "", "`name` of the feed (default: the folder that holds the seeds)")
	f.IntVar(&b.limit, "limit", 50, "at least the newest `n` articles stand in the feed; 0 means all")
	f.BoolVar(&b.archive, "archive", true, "keep what leaves the feed in documents of its archive")
	f.BoolVar(&b.pages, "pages", true, "write a page for each article")
	f.DurationVar(&b.settle, "settle", 2*time.Second, "wait for files that changed within this `time`")
	f.BoolVar(&b.full, "full", false, "read and render all again, and prove the ledger sound")
	f.BoolVar(&b.shrink, "allow-shrink", false, "it is meant that many articles are gone at once")
	f.BoolVar(&b.quiet, "quiet", false, "say nothing unless something is wrong")
}

func (b *buildCommand) run(cmd *cobra.Command, _ []string) error {
	var err error
	if b.config, err = configure(cmd); err != nil {
		return err
	}
	if err = b.hush(cmd.Flags()); err != nil {
		return err
	}
	report, err := b.once(cmd.Context())
	if err == nil && b.strict && len(report.Trouble) > 0 {
		return errUnreadable
	}
	return err
}

// hush decides whether to be quiet or verbose: a flag beats a setting, and of
// settings the one to be verbose counts.
func (b *buildCommand) hush(flags *pflag.FlagSet) error {
	quiet, verbose := flags.Changed("quiet"), flags.Changed("verbose")
	switch {
	case !b.quiet || !b.verbose:
	case quiet && verbose:
		return usageError{errors.New("--quiet and --verbose exclude each other")}
	case quiet:
		b.verbose = false
	default:
		b.quiet = false
	}
	return nil
}

// errUnreadable asks for the exit code 3; all is said already.
var errUnreadable = errors.New("some seeds can't be read")

// once builds as the flags and the configuration say, and tells what that did. A
// damaged ledger is made anew.
func (b *buildCommand) once(ctx context.Context) (feed.Report, error) {
	o, err := b.options()
	if err != nil {
		return feed.Report{}, err
	}
	state, err := stateFolder(b.state, b.out)
	if err != nil {
		return feed.Report{}, err
	}
	if b.verbose {
		b.times = startTimes(o.Clock.Now)
		o.Progress = b.times.move
	}
	report, err := b.build(ctx, o, state)
	var damaged *ledger.DamagedError
	if errors.As(err, &damaged) {
		aside, failure := ledger.SetAside(state, o.Now)
		if failure != nil {
			return report, errors.Join(err, failure)
		}
		fmt.Fprintf(b.err, "seedfeed: %v; it is set aside as %s and made anew from what is published\n", damaged, printable(aside))
		report, err = b.build(ctx, o, state)
	}
	if errors.Is(err, feed.ErrNoArticles) {
		err = fmt.Errorf("%w in %s", err, printable(b.in))
	}
	b.tell(report, err)
	return report, err
}

// build runs once, with the lock held.
func (b *buildCommand) build(ctx context.Context, o feed.Options, state string) (report feed.Report, err error) {
	seeds, err := seed.Open(b.in)
	if err != nil {
		return report, err
	}
	defer seeds.Close()
	lock, err := publish.Acquire(b.out)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	out, err := publish.Open(b.out)
	if err != nil {
		return report, err
	}
	defer out.Close()
	if lock.Died() {
		if err := out.SweepLeftovers(); err != nil {
			return report, err
		}
	}
	memory, err := ledger.Open(state)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, memory.Close()) }()
	if o.Full {
		if err := memory.Prove(); err != nil {
			return report, err
		}
	}
	if hub := o.Main.Hub; hub != "" && !b.config.manualPing {
		o.Notify = notifier(hub)
	}
	o.Begin = func() error { return lock.Sign(time.Now()) }
	hide := func() {}
	if !b.quiet && !b.json && b.served == "" {
		hide = b.watched(&o)
	}
	report, err = feed.Build(ctx, o, seeds.FS(), memory, out)
	hide()
	if b.times != nil {
		b.times.at(closing, 0)
	}
	if err == nil {
		memory.Ran(time.Now())
	}
	return report, err
}

// options turns the flags into what a build wants.
func (b *buildCommand) options() (feed.Options, error) {
	now, err := runTime()
	if err != nil {
		return feed.Options{}, err
	}
	base, err := baseAddress(b.base)
	if err != nil {
		return feed.Options{}, usageError{fmt.Errorf("--base-url %w", err)}
	}
	if b.limit < 0 {
		return feed.Options{}, usageError{fmt.Errorf("--limit %d is less than 0", b.limit)}
	}
	return feed.Options{
		Plan: b.plan(base), ID: b.config.id, Full: b.full, AllowShrink: b.shrink, Reader: b.config.fingerprint,
		Settle: b.settle, MaxSize: seed.DefaultMaxSize, Zone: b.config.zone(), Now: now, Clock: wallClock(), Read: b.config.read, Style: b.config.style,
	}, nil
}

// plan is that of the configuration with what flags set.
func (b *buildCommand) plan(base string) channel.Plan {
	p := b.config.plan
	p.Rule.Limit, p.NoArchive = b.limit, !b.archive
	main := &p.Main
	main.Title, main.Base, main.Pages = cmp.Or(b.title, seed.Holder(b.in), "seedfeed"), base, b.pages
	for _, picture := range []*string{&main.Icon, &main.Logo} {
		if *picture != "" && channel.WebAddress(*picture) == "" {
			*picture = main.URL(*picture)
		}
	}
	return p
}

// tell prints what a build did. What is unreadable is said when it becomes so;
// afterwards it stands in status.
func (b *buildCommand) tell(r feed.Report, failure error) {
	for _, t := range r.Trouble {
		if t.New {
			fmt.Fprintf(b.err, "seedfeed: skipped %s: %s\n", printable(t.Path), t.Reason)
		}
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(b.err, "seedfeed: %s\n", w)
	}
	if failure != nil {
		return
	}
	if b.times != nil {
		b.times.stop()
		defer func() { b.times.print(b.err, r) }()
	}
	if r.First && !b.isLocal() && b.config.id == "" {
		fmt.Fprintf(b.err, "seedfeed: no earlier run is remembered: every article is new to every subscriber\n"+
			"  hint: keep %s between runs, or set id in %s (this collection's is %s)\n", printable(b.out), configName, r.Collection)
	}
	if b.json {
		b.tellJSON(r)
	}
	if b.quiet || b.served != "" && r.Written == 0 {
		return
	}
	total := r.New + r.Changed + r.Known + r.Held + len(r.Trouble)
	held := ""
	if r.Held > 0 {
		held = fmt.Sprintf(", %d held back", r.Held)
	}
	fmt.Fprintf(b.err, "%s: %d new, %d changed, %d known, %d unreadable%s; %s written\n",
		count(total, "article"), r.New, r.Changed, r.Known, len(r.Trouble), held, count(r.Written, "file"))
	if r.Written > 0 && b.isLocal() && b.served == "" {
		fmt.Fprintf(b.err, "  hint: links point to %s; subscribers elsewhere%s need --base-url with the public address\n", localBase, andHub(b.config.plan.Main.Hub))
	}
}

// isLocal reports whether links point to this machine.
func (b *buildCommand) isLocal() bool { return b.base == localBase || b.base == b.served }

func andHub(hub string) string {
	if hub == "" {
		return ""
	}
	return " and the hub"
}

func (b *buildCommand) tellJSON(r feed.Report) {
	writeJSON(b.streams.out, struct {
		New        int          `json:"new"`
		Changed    int          `json:"changed"`
		Known      int          `json:"known"`
		Held       int          `json:"held"`
		Copies     int          `json:"copies"`
		Gone       int          `json:"gone"`
		Written    int          `json:"written"`
		Unreadable []unreadable `json:"unreadable"`
		Warnings   []string     `json:"warnings"`

		Times map[string]float64 `json:"times,omitempty"` // in seconds
	}{r.New, r.Changed, r.Known, r.Held, r.Copies, r.Gone, r.Written, unreadables(r.Trouble), append([]string{}, r.Warnings...), b.times.seconds()})
}

// unreadable is a trouble in JSON.
type unreadable struct {
	Path   string    `json:"path"`
	Reason string    `json:"reason"`
	Since  time.Time `json:"since"`
}

func unreadables(list []ledger.Trouble) []unreadable {
	bad := make([]unreadable, len(list))
	for i, t := range list {
		bad[i] = unreadable{t.Path, t.Reason, t.Since.UTC().Truncate(time.Second)}
	}
	return bad
}

// writeJSON writes one object on a line.
func writeJSON(w io.Writer, value any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.Encode(value) // a closed pipe is the reader's wish
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
