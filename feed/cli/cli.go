// Package cli is the command: flags, messages, exit codes. It alone knows the
// terminal and the environment, and nobody but the server knows the clock, too.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"seedfeed/feed"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
)

// Exit codes.
const (
	done       = 0
	failed     = 1  // nothing published
	misused    = 2  // wrong usage
	incomplete = 3  // done, but with unreadable seeds under --strict
	busy       = 75 // another run holds the lock (EX_TEMPFAIL of sysexits)
)

// streams are where a command reads and writes. Standard output is the result,
// standard error is for people.
type streams struct{ out, err io.Writer }

// usageError is a mistake in how the command was called.
type usageError struct{ error }

// Run runs the command and returns its exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := command(streams{stdout, stderr})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(frameOut{stdout})
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return done
	}
	switch err {
	case errUnreadable:
		return incomplete
	case errBroken, errUntold:
		return failed
	}
	complain(stderr, err)
	var usage usageError
	var held *publish.HeldError
	switch {
	case errors.As(err, &usage):
		return misused
	case errors.As(err, &held):
		return busy
	}
	return failed
}

// frameOut is where cobra writes. It says a version in other words than ours, or
// by text/template, for whose sake the linker keeps every method of every type.
type frameOut struct{ io.Writer }

func (o frameOut) Write(said []byte) (int, error) {
	if string(said) != "seedfeed version "+version()+"\n" {
		return o.Writer.Write(said)
	}
	_, err := fmt.Fprintf(o.Writer, "seedfeed %s\n", version())
	return len(said), err
}

// complain prints an error, a line for each that was joined, and a hint if one is known.
func complain(w io.Writer, err error) {
	// Only errors.Join puts a line between errors; what wraps two says one thing.
	if joined, ok := err.(interface{ Unwrap() []error }); ok && err.Error() == errors.Join(joined.Unwrap()...).Error() {
		for _, e := range joined.Unwrap() {
			complain(w, e)
		}
		return
	}
	fmt.Fprintf(w, "seedfeed: %v\n", err)
	if h := hint(err); h != "" {
		fmt.Fprintf(w, "  hint: %s\n", h)
	}
}

// hint is what to do about an error.
func hint(err error) string {
	var foreign *publish.ForeignError
	var usage usageError
	var shrunk *ledger.ShrunkError
	var listen *listenError
	switch {
	case errors.As(err, &listen):
		return "name another address, such as --listen localhost:8081"
	case errors.As(err, &shrunk):
		return "nothing was published; is the whole folder there? If they were removed on purpose: --allow-shrink"
	case errors.Is(err, ledger.ErrState):
		return "name a folder that this user may write to with --state"
	case errors.Is(err, ledger.ErrNoLedger):
		return "it is made by the first build; with --out or --state elsewhere, name the same here"
	case errors.As(err, &usage):
		if _, configured := usage.error.(*settingError); configured {
			return "" // it says itself what to do
		}
		return "seedfeed --help lists the commands and flags"
	case errors.Is(err, errNoHub):
		return "set it in the configuration: hub = \"https://…\""
	case errors.Is(err, feed.ErrNothingPublished):
		return "run seedfeed first, or name the folder: seedfeed check OUT"
	case errors.Is(err, feed.ErrBroken):
		return "nothing was published; please report it with the article that it names"
	case errors.Is(err, errConfigured):
		return "change it with an editor, or name another file with --config"
	case errors.As(err, &foreign):
		return "move that file away, or publish elsewhere with --out"
	case errors.Is(err, seed.ErrNoFolder):
		return "put articles as .txt files into it, or name another folder with --in"
	case errors.Is(err, feed.ErrNoArticles):
		return "seeds are files ending in .txt with text in them; nothing was published"
	case errors.Is(err, feed.ErrPast):
		return "bring back a good copy of the feed, so that no subscriber gets everything again; to start anew on purpose, remove it"
	case errors.Is(err, syscall.ENOSPC):
		return "make room there, or publish elsewhere with --out; what is published stands as it was"
	case errors.Is(err, os.ErrPermission):
		return "give this user the right to write there, or publish elsewhere with --out"
	}
	return ""
}

// command is the whole command line.
func command(s streams) *cobra.Command {
	b := buildCommand{streams: s}
	root := &cobra.Command{
		Use:           "seedfeed",
		Short:         "Turn a folder of articles into feeds that people subscribe to",
		Long:          long,
		Version:       version(),
		Args:          noCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          b.run,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = true
	root.PersistentFlags().String("config", "", "configuration `file` (default: seedfeed.toml in the current directory, if there is one)")
	b.flags(root.Flags())
	build := &cobra.Command{Use: "build", Short: "Read seeds/ and write out/ (the default)", Long: long, Args: noArguments, RunE: b.run}
	b.flags(build.Flags())
	root.AddCommand(build, inspectCommand(s), learnCommand(s), statusCommand(s), checkCommand(s), serveCommand(s), pingCommand(s), initCommand(s))
	return root
}

const long = `seedfeed reads the articles under seeds/ (files ending in .txt, raw text, any
language) and writes an Atom feed, an RSS feed, a JSON Feed, their archive and
the pages behind them into out/. It says nothing twice: run it from cron as
often as you like.

Settings may also stand in seedfeed.toml in the current directory (seedfeed init
writes one with all of them explained), or in variables (SEEDFEED_BASE_URL for
base_url); a flag beats a variable, which beats the file. Further feeds, a hub
and what is read wrongly are set there, too; front matter (---) at the top of a
text beats all: see the README.

What it remembers (ids, dates, what each file was) stands in a ledger in the
state folder: --state, else $STATE_DIRECTORY, else $XDG_STATE_HOME, else
~/.local/state. If that is lost, it is made anew from the published feeds.

Exit codes: 0 done (unreadable seeds are warned of when they become so),
1 nothing published, or check found an error, 2 wrong usage, 3 done but with
unreadable seeds under --strict, 75 another run is under way.`

func noCommand(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("no command %q", args[0])}
	}
	return nil
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no arguments, got %q", cmd.Name(), args[0])}
	}
	return nil
}

// configure reads the configuration and sets the flags that the command line
// leaves open.
func configure(cmd *cobra.Command) (*config, error) {
	name, err := cmd.Flags().GetString("config")
	if err != nil {
		return nil, err
	}
	c, err := loadConfig(name)
	if err != nil {
		return nil, err
	}
	return c, c.apply(cmd.Flags())
}

// version is what the build knows of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// runTime is the time that documents state: SOURCE_DATE_EPOCH in seconds, for
// reproducible output (reproducible-builds.org), else the clock's.
func runTime() (time.Time, error) {
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Now(), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || seconds < 0 {
		return time.Time{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH is %q, not a number of seconds since 1970", epoch)}
	}
	return time.Unix(seconds, 0), nil
}

// wallClock is the clock to wait for young files by.
func wallClock() seed.Clock {
	return seed.Clock{Now: time.Now, Sleep: func(ctx context.Context, d time.Duration) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}}
}
