package cli_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"seedfeed/feed/cli"
)

func TestExitCodes(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want int
	}{
		{"help is no failure", []string{"--help"}, 0},
		{"nor is the version", []string{"--version"}, 0},
		{"nothing published is 1", []string{"--in", "no-such-folder"}, 1},
		{"an unknown flag is wrong usage", []string{"--nonsense"}, 2},
		{"an unknown command is wrong usage", []string{"nonsense"}, 2},
		{"a bad address is wrong usage", []string{"--base-url", "example.org"}, 2},
		{"a number that is none is wrong usage", []string{"--limit", "many"}, 2},
		{"inspect without a file is wrong usage", []string{"inspect"}, 2},
		{"inspect of a file that is not there is 1", []string{"inspect", "no-such-file.txt"}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out, err bytes.Buffer
			if got := cli.Run(context.Background(), tt.args, strings.NewReader(""), &out, &err); got != tt.want {
				t.Errorf("Run(%q) = %d, want %d; it said %q", tt.args, got, tt.want, err.String())
			}
		})
	}
}

func TestVersionIsTheNameAndAWord(t *testing.T) {
	for _, args := range [][]string{{"--version"}, {"-v", "build"}} {
		var out bytes.Buffer
		cli.Run(context.Background(), args, strings.NewReader(""), &out, &out)
		if said := strings.Split(out.String(), " "); len(said) != 2 || said[0] != "seedfeed" || !strings.HasSuffix(said[1], "\n") {
			t.Errorf("%q says %q", args, out.String())
		}
	}
}
