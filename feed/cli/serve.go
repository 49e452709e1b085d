package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"seedfeed/feed"
	"seedfeed/feed/publish"
	"seedfeed/feed/seed"
	"seedfeed/feed/server"
)

// localListen is where is listened by default: what localBase points to.
const localListen = "localhost:8080"

// serving is the command serve.
type serving struct {
	streams
	listen  string
	given   map[string]string // the flags of the command line
	first   *buildCommand     // as the flags and the configuration were at the start
	address string            // where out/ is served
	site    *server.Server

	words  string // what was wrong with the last build, as it was said
	missed bool   // another run may have written something
}

func serveCommand(streams streams) *cobra.Command {
	s := serving{streams: streams, given: map[string]string{}}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build, watch seeds/ and serve out/ on this machine",
		Long: `serve builds, serves out/ at an address of this machine, and builds again
whenever seeds or settings change; pages that are open in a browser reload. It is
for preview, and for readers on the same machine: to the public, show out/ by a
web server that is made for it. Links in the feeds point to the address that is
listened on, unless --base-url or base_url names another.

Folders are watched, and looked at every ten seconds or more, so that changes on
network drives and articles that are due are found, too. What can't be built is
said, and what stands in out/ is served on. --full and --allow-shrink are for
the first build only. Ctrl-C stops it, with exit code 0.`,
		Args: noArguments,
		RunE: s.run,
	}
	new(buildCommand).commonFlags(cmd.Flags())
	cmd.Flags().StringVar(&s.listen, "listen", localListen, "`address` to listen on; port 0 for a free one")
	return cmd
}

func (s *serving) run(cmd *cobra.Command, _ []string) (err error) {
	s.err = &lines{w: s.err}
	cmd.Flags().Visit(func(f *pflag.Flag) { s.given[f.Name] = f.Value.String() })
	if s.first, err = s.command(s.err); err != nil {
		return err
	}
	s.given["in"], s.given["out"], s.given["state"] = s.first.in, s.first.out, s.first.state
	listener, address, err := listen(s.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	s.address, s.site = address, server.New(s.first.out)
	s.site.Log = log.New(s.err, "seedfeed: ", 0)
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	if err := s.begin(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	s.tellAddress()
	var watching sync.WaitGroup
	watching.Go(func() { s.watch(ctx) })
	err = s.site.Serve(ctx, listener)
	stop()
	watching.Wait()
	return err
}

// begin builds for the first time. What nobody will mend meanwhile is an error.
func (s *serving) begin(ctx context.Context) error {
	report, words, err := s.build(ctx)
	var usage usageError
	if errors.As(err, &usage) || errors.Is(err, seed.ErrNoFolder) {
		io.WriteString(s.err, words)
		return err
	}
	s.tell(ctx, report, words, err)
	return nil
}

// watch builds whenever there may be something new.
func (s *serving) watch(ctx context.Context) {
	name, _ := configFile(s.given["config"])
	settings := []string{name}
	if style := s.first.config.said.Stylesheet; style != "" {
		settings = append(settings, style)
	}
	w := server.Watcher{Seeds: s.first.in, Settings: settings, Warn: func(err error) { fmt.Fprintf(s.err, "seedfeed: %v\n", err) }}
	w.Run(ctx, func(ctx context.Context) (worked bool) {
		report, words, err := s.build(ctx)
		var held *publish.HeldError
		if errors.As(err, &held) { // as by cron: the next look tells what it left to do
			s.missed = true
			return false
		}
		s.tell(ctx, report, words, err)
		return err == nil && !report.Idle
	})
}

// build builds with the settings as they are by now, and returns what that said.
func (s *serving) build(ctx context.Context) (report feed.Report, words string, err error) {
	var said bytes.Buffer
	b, err := s.command(&said)
	if err != nil {
		return report, "", err
	}
	if report, err = b.once(ctx); err == nil {
		delete(s.given, "full")
		delete(s.given, "allow-shrink")
	}
	return report, said.String(), err
}

// command is the command build as the flags of the command line have it, and, in
// what they leave open, the configuration as it is by now.
func (s *serving) command(said io.Writer) (*buildCommand, error) {
	b := &buildCommand{streams: streams{s.out, said}, served: s.address}
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	b.commonFlags(flags)
	for name, value := range s.given {
		if f := flags.Lookup(name); f != nil {
			if err := flags.Set(name, value); err != nil {
				return nil, err
			}
		}
	}
	var err error
	if b.config, err = loadConfig(s.given["config"]); err != nil {
		return nil, err
	}
	if !flags.Changed("base-url") && b.config.said.BaseURL == "" {
		b.base = cmp.Or(s.address, b.base)
	}
	return b, b.config.apply(flags)
}

// tell prints what a build said, but not at every look that the same is wrong,
// and has open pages reload if something changed.
func (s *serving) tell(ctx context.Context, report feed.Report, words string, err error) {
	if err != nil && ctx.Err() != nil {
		return // it was stopped
	}
	if err != nil {
		var complaint bytes.Buffer
		complain(&complaint, err)
		words += complaint.String()
	}
	if report.Written > 0 || words != s.words {
		io.WriteString(s.err, words)
	}
	s.words = words
	if report.Written > 0 || s.missed {
		s.missed = false
		s.site.Changed()
	}
}

// tellAddress says where to look.
func (s *serving) tellAddress() {
	if s.first.quiet {
		return
	}
	fmt.Fprintf(s.err, "serving %s at %s (Ctrl-C stops)\n", printable(filepath.ToSlash(filepath.Clean(s.first.out))+"/"), s.address)
}

// listenError tells that nobody can be listened to at an address.
type listenError struct {
	address string
	error
}

func (e *listenError) Error() string {
	return fmt.Sprintf("listen on %s: %v", printable(e.address), e.error)
}

// listen listens on an address, and returns the one to visit.
func listen(on string) (net.Listener, string, error) {
	host, _, err := net.SplitHostPort(on)
	if err != nil {
		return nil, "", usageError{fmt.Errorf("--listen %q is not an address such as %s", on, localListen)}
	}
	l, err := net.Listen("tcp", on)
	if err != nil {
		var at *net.OpError
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, "", &listenError{on, err}
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return l, visited(host, port), err
}

// visited is the address of a listener for whoever is on this machine: one that
// listens on all of its addresses names none.
func visited(host, port string) string {
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// lines is a writer that several may write lines to.
type lines struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
