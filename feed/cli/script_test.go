package cli_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"seedfeed/feed/channel"
	"seedfeed/feed/cli"
	"seedfeed/feed/syndication"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"seedfeed": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
			stop()
			os.Exit(code)
		},
		"ids":   func() { eachEntry(func(e channel.Entry) { fmt.Println(e.Item.ID, e.Article.Title) }) },
		"field": field,
		"make":  makeSeeds,
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"get": get},
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, "state"))
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
	})
}

// get asks for a path below the address that the published feed states, until
// the answer holds a text.
func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: get path text")
	}
	last := ""
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		content, err := os.ReadFile(ts.MkAbs("out/feed.json"))
		var feed struct {
			Page string `json:"home_page_url"`
		}
		if err = cmp.Or(err, json.Unmarshal(content, &feed)); err == nil {
			last, err = fetch(strings.TrimSuffix(feed.Page, "index.html") + args[0])
		}
		if err != nil {
			last = err.Error()
		} else if strings.Contains(last, args[1]) {
			return
		}
	}
	ts.Fatalf("%s does not hold %q: %s", args[0], args[1], last)
}

// fetch is the body of an answer.
func fetch(address string) (string, error) {
	resp, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

// eachEntry goes through the published feed in the order of its titles and ids.
func eachEntry(show func(channel.Entry)) {
	content, err := os.ReadFile("out/atom.xml")
	if err == nil {
		var p syndication.Published
		p, err = syndication.ReadAtom(content)
		slices.SortFunc(p.Entries, func(a, b channel.Entry) int {
			return cmp.Or(strings.Compare(a.Article.Title, b.Article.Title), strings.Compare(a.Item.ID, b.Item.ID))
		})
		for _, e := range p.Entries {
			show(e)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// field prints a date of the entry whose title begins with a word.
func field() {
	eachEntry(func(e channel.Entry) {
		if dates := map[string]time.Time{"published": e.Item.Published, "updated": e.Item.Updated}; strings.HasPrefix(e.Article.Title, os.Args[1]+" ") {
			fmt.Println(dates[os.Args[2]].Format(time.RFC3339))
		}
	})
}

// makeSeeds writes articles into a folder, dated each day of a year from its first on.
func makeSeeds() {
	folder, year := os.Args[1], os.Args[3]
	first, err := time.Parse("2006", year)
	n, failure := strconv.Atoi(os.Args[2])
	if err = errors.Join(err, failure, os.MkdirAll(folder, 0o755)); err == nil {
		for i := range n {
			text := fmt.Sprintf("Day %d of the year %s\n\nPublished %s\n\nOn day %d of %s nothing of note happened in the harbour number %d, and %d people were glad of it.\n",
				i+1, year, first.AddDate(0, 0, i).Format("2 January 2006"), i+1, year, i*7, i*31)
			err = errors.Join(err, os.WriteFile(fmt.Sprintf("%s/%03d.txt", folder, i+1), []byte(text), 0o644))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
