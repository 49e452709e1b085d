package channel_test

import (
	"fmt"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

func ExamplePlan_Arrange() {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 12, 0, 0, 0, time.UTC) }
	newest := func(yield func(ledger.Item, error) bool) { // as the ledger yields them
		_ = yield(ledger.Item{Number: 3, Path: "found-in-the-cellar.txt", Published: day(1).AddDate(-12, 0, 0), Released: day(4)}, nil) &&
			yield(ledger.Item{Number: 2, Path: "new.txt", Published: day(3), Released: day(3)}, nil) &&
			yield(ledger.Item{Number: 1, Path: "old.txt", Published: day(1), Released: day(1)}, nil)
	}
	plan := channel.Plan{Main: channel.Channel{Title: "Harbour News"}, Rule: channel.Rule{Limit: 2, Window: time.Hour}}
	layout, err := plan.Arrange(newest, ledger.Stock{Archives: []ledger.Archive{{Items: 3}}}, nil)
	if err != nil {
		fmt.Println(err)
	}
	for _, it := range layout.Channels[0].Items {
		fmt.Println(it.Path, it.Published.Year())
	}
	fmt.Println("documents of the archive:", len(layout.Archives))
	// Output:
	// found-in-the-cellar.txt 2014
	// new.txt 2026
	// documents of the archive: 1
}
