package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"seedfeed/feed"
	"seedfeed/feed/check"
	"seedfeed/feed/ledger"
	"seedfeed/feed/publish"
)

// errBroken says that something that is published breaks the specs; all is said already.
var errBroken = errors.New("what is published breaks the specs")

func checkCommand(s streams) *cobra.Command {
	var out, state string
	asJSON := false
	cmd := &cobra.Command{
		Use:   "check [OUT]",
		Short: "Hold the published feeds against the specs, a line a finding",
		Long: `check reads the feeds, their archive, the index pages and the list of feeds in
OUT (out/, if not named) and holds them against the specs of Atom, RSS, JSON
Feed, OPML and archives, and against the ledger. It prints a line for each
finding: file, place, what is wrong and what to do. Nothing is written. It exits
with 1 if there are errors; warnings are matters of taste or of other files.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := configure(cmd); err != nil {
				return err
			}
			if len(args) > 0 {
				out = args[0]
			}
			dir, err := stateFolder(state, out)
			if err != nil {
				return err
			}
			return s.check(out, dir, asJSON)
		},
	}
	cmd.Flags().StringVar(&out, "out", outFolder, "`folder` that is published in, if no OUT is named")
	stateFlag(cmd.Flags(), &state)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a finding")
	return cmd
}

func (s streams) check(out, state string, asJSON bool) (err error) {
	folder, err := publish.Open(out)
	if err != nil {
		return err
	}
	defer folder.Close()
	memory, err := ledger.Look(state)
	switch {
	case errors.Is(err, ledger.ErrNoLedger):
		fmt.Fprintln(s.err, "seedfeed: there is no ledger to compare ids with")
		memory = nil
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, memory.Close()) }()
	}
	errs, warnings := 0, 0
	documents, err := feed.Check(folder, memory, time.Now(), func(f check.Finding) {
		if f.Severity == check.Error {
			errs++
		} else {
			warnings++
		}
		s.tellFinding(f, asJSON)
	})
	if err != nil {
		return err
	}
	if documents == 0 {
		return fmt.Errorf("%w in %s", feed.ErrNothingPublished, printable(out))
	}
	fmt.Fprintf(s.err, "%s: %s, %s\n", count(documents, "document"), count(errs, "error"), count(warnings, "warning"))
	if errs > 0 {
		return errBroken
	}
	return nil
}

func (s streams) tellFinding(f check.Finding, asJSON bool) {
	if !asJSON {
		fmt.Fprintln(s.out, f)
		return
	}
	severity := "warning"
	if f.Severity == check.Error {
		severity = "error"
	}
	writeJSON(s.out, struct {
		File     string `json:"file"`
		Place    string `json:"place"`
		Severity string `json:"severity"`
		Problem  string `json:"problem"`
		Rule     string `json:"rule"`
		Remedy   string `json:"remedy"`
	}{f.File, f.Place, severity, f.Problem, f.Rule, f.Remedy})
}
