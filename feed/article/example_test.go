package article_test

import (
	"fmt"

	"seedfeed/feed/article"
)

func Example() {
	a, err := article.Read(`The lamp is lit again | Harbour News

Oil came by boat, and the keeper was there to meet it.

By Jane Doe

4 March 2026

The lamp of the old lighthouse was lit on Tuesday for the first time in nine years.

Share on Facebook

Source: Harbour News`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Title)
	fmt.Println(a.Summary)
	fmt.Println(a.Authors, a.Source.Name, a.Lang, a.Stated.Time.Format("2006-01-02"))
	for _, l := range a.Lines {
		fmt.Println(l.N, l.Role)
	}
	// Output:
	// The lamp is lit again
	// Oil came by boat, and the keeper was there to meet it.
	// [Jane Doe] Harbour News en 2026-03-04
	// 1 title
	// 3 lead
	// 5 byline
	// 7 date
	// 9 body
	// 11 share
	// 13 credit
}
