package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"seedfeed/feed/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // whoever asks a second time is not waited for
	code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop() // os.Exit runs no deferred call
	os.Exit(code)
}
