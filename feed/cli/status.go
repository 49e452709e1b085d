package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

func statusCommand(s streams) *cobra.Command {
	var in, out, state string
	asJSON := false
	cmd := &cobra.Command{
		Use:   "status [FILE…]",
		Short: "Tell what is remembered of the seeds, or of some of them",
		Long: `status tells what the ledger knows: how many seeds, articles and feeds there
are, when the last run was and what it changed, what can't be read and what is
held back. Of a FILE it tells id, dates and history. Nothing is written.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := configure(cmd); err != nil {
				return err
			}
			dir, err := stateFolder(state, out)
			if err != nil {
				return err
			}
			l, err := ledger.Look(dir)
			if err != nil {
				return err
			}
			defer l.Close()
			if len(args) == 0 {
				return s.status(l, asJSON)
			}
			var failures []error
			for _, name := range args {
				failures = append(failures, s.itemStatus(l, name, in, asJSON))
			}
			return errors.Join(failures...)
		},
	}
	cmd.Flags().StringVar(&in, "in", seedsFolder, "`folder` of seeds that the files belong to")
	cmd.Flags().StringVar(&out, "out", "out", "`folder` that is published in")
	stateFlag(cmd.Flags(), &state)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, or one a file")
	return cmd
}

func (s streams) status(l *ledger.Ledger, asJSON bool) error {
	st, err := l.Status()
	if err != nil {
		return err
	}
	if asJSON {
		writeJSON(s.out, statusJSON(st))
		return nil
	}
	w := s.out
	field(w, "seeds", fmt.Sprint(st.Seeds))
	field(w, "articles", fmt.Sprintf("%d; %d copied, %d gone", st.Articles, st.Copies, st.Gone))
	field(w, "feed", fmt.Sprintf("%s, changed %s", documentsInWords(st.Documents), moment(st.Feed.Updated)))
	if st.Pings > 0 {
		field(w, "hub", fmt.Sprintf("has yet to be told of %s", count(st.Pings, "changed document")))
	}
	field(w, "last run", moment(st.Ran))
	c := st.Changed
	field(w, "last change", fmt.Sprintf("%s: %d new, %d changed, %d gone", moment(c.At), c.New, c.Changed, c.Gone))
	for _, t := range st.Trouble {
		field(w, "unreadable", fmt.Sprintf("%s: %s, since %s", printable(t.Path), t.Reason, moment(t.Since)))
	}
	for _, h := range st.Held {
		field(w, "held back", fmt.Sprintf("%s: %s", printable(h.Path), untilWhen(h.Until)))
	}
	field(w, "id", st.Collection)
	field(w, "ledger", printable(st.Name))
	return nil
}

// documentsInWords names the documents of the main feed, and counts the others.
func documentsInWords(names []string) string {
	var main []string
	counts := map[string]int{}
	for _, name := range names {
		switch dir, _, further := strings.Cut(name, "/"); {
		case !further:
			main = append(main, name)
		case dir == "feeds" && !strings.HasSuffix(name, "/"+channel.Atom):
		default:
			counts[dir]++
		}
	}
	text := strings.Join(main, " ")
	for _, of := range []struct{ dir, what string }{{"feeds", "further feed"}, {"archive", "document"}, {"media", "file"}} {
		if n := counts[of.dir]; n > 0 {
			text += ", " + count(n, of.what) + map[string]string{"archive": " of the archive", "media": " beside articles"}[of.dir]
		}
	}
	return text
}

// field prints a line of a status.
func field(w io.Writer, name, value string) { fmt.Fprintf(w, "%-12s %s\n", name, value) }

func moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

func untilWhen(t time.Time) string {
	if t.IsZero() {
		return "a draft"
	}
	return "until " + moment(t)
}

// statusJSON is a status for monitoring.
func statusJSON(st ledger.Status) any {
	type held struct {
		Path  string     `json:"path"`
		Until *time.Time `json:"until"` // null for a draft
	}
	back := make([]held, len(st.Held))
	for i, h := range st.Held {
		back[i].Path = h.Path
		if !h.Until.IsZero() {
			back[i].Until = &st.Held[i].Until
		}
	}
	return struct {
		ID          string         `json:"id"`
		Ledger      string         `json:"ledger"`
		Seeds       int            `json:"seeds"`
		Articles    int            `json:"articles"`
		Copies      int            `json:"copies"`
		Gone        int            `json:"gone"`
		Documents   []string       `json:"documents"`
		Pings       int            `json:"pings"`
		FeedUpdated *time.Time     `json:"feed_updated"`
		LastRun     *time.Time     `json:"last_run"`
		LastChange  *time.Time     `json:"last_change"`
		Changed     map[string]int `json:"changed"`
		Unreadable  []unreadable   `json:"unreadable"`
		Held        []held         `json:"held"`
	}{st.Collection, st.Name, st.Seeds, st.Articles, st.Copies, st.Gone, append([]string{}, st.Documents...), st.Pings, when(st.Feed.Updated), when(st.Ran), when(st.Changed.At),
		map[string]int{"new": st.Changed.New, "changed": st.Changed.Changed, "gone": st.Changed.Gone}, unreadables(st.Trouble), back}
}

// when is a time for JSON: null if there was none.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Second)
	return &t
}

// itemStatus tells of the items that a file is or was. The file may be named as
// it stands on disk or by its path below the seeds; it need not be there any more.
func (s streams) itemStatus(l *ledger.Ledger, name, in string, asJSON bool) error {
	path := below(in, name)
	if path == "" {
		path = name
	}
	items, err := l.ItemsAt(path)
	if err == nil && len(items) == 0 && path != name {
		items, err = l.ItemsAt(name)
	}
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return fmt.Errorf("%s: no article of it is known", printable(name))
	}
	for i, it := range items {
		if asJSON {
			writeJSON(s.out, itemJSON(name, it))
			continue
		}
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		s.showItem(it)
	}
	return nil
}

func (s streams) showItem(it ledger.ItemStatus) {
	w := s.out
	field(w, "file", printable(it.Path))
	for _, c := range it.Copies {
		field(w, "copy", printable(c))
	}
	field(w, "title", it.Title)
	field(w, "state", it.State)
	field(w, "id", it.ID)
	field(w, "page", printable(it.Page))
	field(w, "published", moment(it.Published))
	field(w, "updated", moment(it.Updated))
	field(w, "released", moment(it.Released))
	field(w, "first seen", moment(it.Seen))
	for _, e := range it.History {
		field(w, moment(e.At), strings.TrimSpace(e.Event+" "+e.Detail))
	}
}

func itemJSON(name string, it ledger.ItemStatus) any {
	type event struct {
		At     time.Time `json:"at"`
		Event  string    `json:"event"`
		Detail string    `json:"detail"`
	}
	history := make([]event, len(it.History))
	for i, e := range it.History {
		history[i] = event(e)
	}
	return struct {
		File      string    `json:"file"`
		Path      string    `json:"path"`
		Copies    []string  `json:"copies"`
		Title     string    `json:"title"`
		State     string    `json:"state"`
		ID        string    `json:"id"`
		Page      string    `json:"page"`
		Published time.Time `json:"published"`
		Updated   time.Time `json:"updated"`
		Released  time.Time `json:"released"`
		Seen      time.Time `json:"seen"`
		History   []event   `json:"history"`
	}{name, it.Path, append([]string{}, it.Copies...), it.Title, it.State, it.ID, it.Page, it.Published, it.Updated, it.Released, it.Seen, history}
}
