package channel_test

import (
	"fmt"
	"time"

	"seedfeed/feed/channel"
	"seedfeed/feed/ledger"
)

func ExampleChannel_Arrange() {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 12, 0, 0, 0, time.UTC) }
	newest := func(yield func(ledger.Item, error) bool) { // as the ledger yields them
		_ = yield(ledger.Item{Path: "found-in-the-cellar.txt", Published: day(1).AddDate(-12, 0, 0), Released: day(4)}, nil) &&
			yield(ledger.Item{Path: "new.txt", Published: day(3), Released: day(3)}, nil) &&
			yield(ledger.Item{Path: "old.txt", Published: day(1), Released: day(1)}, nil)
	}
	c := channel.Channel{Title: "Harbour News"}
	if _, err := c.Arrange(newest, channel.Rule{Limit: 2, Window: time.Hour}); err != nil {
		fmt.Println(err)
	}
	for _, it := range c.Items {
		fmt.Println(it.Path, it.Published.Year())
	}
	// Output:
	// found-in-the-cellar.txt 2014
	// new.txt 2026
}
