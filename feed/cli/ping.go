package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"seedfeed/feed"
	"seedfeed/feed/hub"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// errNoHub says that there is nobody to be told.
var errNoHub = errors.New("no hub is set")

// errUntold says that a hub was not told; all is said already.
var errUntold = errors.New("the hub was not told")

func pingCommand(s streams) *cobra.Command {
	var out, state string
	cmd := &cobra.Command{
		Use:   "ping",
		Short: "Tell the WebSub hub of changed feeds, as after an upload",
		Long: `ping tells the hub that is set in seedfeed.toml of all feeds that changed and
that it was not told of yet. A build does so by itself, unless ping = "manual" is
set: then it waits for this command, after the feeds were uploaded.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := configure(cmd)
			if err != nil {
				return err
			}
			if c.plan.Main.Hub == "" {
				return errNoHub
			}
			dir, err := stateFolder(state, out)
			if err != nil {
				return err
			}
			return s.ping(cmd.Context(), out, dir, notifier(c.plan.Main.Hub))
		},
	}
	cmd.Flags().StringVar(&out, "out", outFolder, "`folder` that is published in")
	stateFlag(cmd.Flags(), &state)
	return cmd
}

// notifier tells a hub, through the proxy that the environment names.
func notifier(address string) func(context.Context, string) error {
	h := hub.Hub{Address: address, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
	return h.Notify
}

func (s streams) ping(ctx context.Context, out, state string, notify func(context.Context, string) error) (err error) {
	lock, err := publish.Acquire(out) // a build may be about to change what is told
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if l, err := ledger.Look(state); err != nil { // nothing is made where nothing is
		return err
	} else if err := l.Close(); err != nil {
		return err
	}
	memory, err := ledger.Open(state)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, memory.Close()) }()
	pings, err := memory.Pings(time.Time{})
	if err != nil {
		return err
	}
	told, warnings, err := feed.Ping(ctx, memory, pings, time.Now(), notify)
	for _, w := range warnings {
		fmt.Fprintf(s.err, "seedfeed: %s\n", w)
	}
	fmt.Fprintf(s.err, "the hub was told of %d of %s\n", told, count(len(pings), "changed document"))
	if err == nil && told < len(pings) {
		err = errUntold
	}
	return err
}
