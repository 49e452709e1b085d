// Command bench measures how near seedfeed comes to what the machine allows.
//
//	go run ./feed/bench            # everything: an hour or more, and 5 GB of disk
//	go run ./feed/bench -quick     # 1k and 10k articles: minutes
//
// It makes its own articles, builds the program, and runs it in turn with a
// floor: the least work by which the same could be done, written in this
// package. Seconds depend on the machine and on what else it does; the ratio
// of two runs that follow each other says something anywhere. The table goes
// to standard output, progress to standard error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

// options are what the command line asks for.
type options struct {
	dir     string // where corpora are kept; empty for a temporary folder
	bin     string // the program under test; empty to build it
	pairs   int
	sizes   sizes
	seed    uint64
	cases   string
	quick   bool
	million bool
	peers   bool
	node    string
	cpu     bool
	json    bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // whoever asks a second time is not waited for
	if len(os.Args) > 1 {
		if errand, ok := errands[os.Args[1]]; ok {
			exit(errand(ctx, os.Args[2:]))
		}
	}
	o, err := parse(os.Args[1:], os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		os.Exit(2)
	}
	exit(bench(ctx, o, os.Stdout, os.Stderr))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// errands are what the command starts itself for: floors are processes of
// their own, so that start, time and memory compare with the program's, and
// what needs much memory would otherwise show in the peaks of all children.
var errands = map[string]func(context.Context, []string) error{
	"errand-corpus":   corpusErrand,
	"errand-markdown": markdownErrand,
	"errand-count":    countErrand,
	"errand-nothing":  func(context.Context, []string) error { return nil },
	"errand-stat":     statErrand,
	"errand-read":     readErrand,
	"errand-stream":   streamErrand,
	"errand-pages":    pagesErrand,
}

func parse(args []string, stderr io.Writer) (options, error) {
	o := options{sizes: sizes{1_000, 10_000, 100_000}}
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.dir, "dir", "", "keep the articles in this `folder`, and use those that are there")
	f.StringVar(&o.bin, "bin", "", "measure this `program` instead of building it")
	f.IntVar(&o.pairs, "pairs", 5, "measure each pair `n` times")
	f.Var(&o.sizes, "sizes", "so many articles: `small,medium,large`")
	f.Uint64Var(&o.seed, "seed", 1, "`number` from which the articles are made")
	f.StringVar(&o.cases, "cases", "", "only cases whose name contains this `text`")
	f.BoolVar(&o.quick, "quick", false, "1,000 and 10,000 articles, 3 pairs")
	f.BoolVar(&o.million, "million", false, "a million articles, too: hours, and 10 to 20 GB of disk")
	f.BoolVar(&o.peers, "peers", false, "compare with Hugo, npm's feed and Python's feedgenerator, if they are there")
	f.StringVar(&o.node, "node", "", "`folder` in whose node_modules npm's feed is")
	f.BoolVar(&o.cpu, "cpu", false, "compare processor time, which others' work on the machine disturbs less")
	f.BoolVar(&o.json, "json", false, "print JSON instead of a table")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.quick {
		o.sizes, o.pairs = sizes{1_000, 10_000}, 3
	}
	if f.NArg() > 0 || o.pairs < 1 {
		fmt.Fprintln(stderr, "bench: takes flags only, and one pair at least")
		f.Usage()
		return o, errors.New("wrong usage")
	}
	return o, nil
}

// sizes are numbers of articles, growing. Most cases use the last two.
type sizes []int

func (s sizes) medium() int { return s[len(s)-2] }
func (s sizes) large() int  { return s[len(s)-1] }

func (s *sizes) String() string {
	var words []string
	for _, n := range *s {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, ",")
}

func (s *sizes) Set(text string) error {
	*s = nil
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(word)
		if err != nil {
			return err
		}
		if len(*s) > 0 && n <= s.large() || n < 1 {
			return errors.New("sizes must grow")
		}
		*s = append(*s, n)
	}
	if len(*s) < 2 {
		return errors.New("two sizes at least")
	}
	return nil
}
