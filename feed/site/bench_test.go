package site

import (
	"strings"
	"testing"

	"seedfeed/feed/ledger"
)

// BenchmarkPage makes the page of an article of usual length.
func BenchmarkPage(b *testing.B) {
	e := lamp
	a := *lamp.Article
	a.Body = nil
	for range 12 {
		a.Body = append(a.Body, strings.Repeat("چراغ را روزی خاموش کردند که آخرین قایق دیگر نیامد. ", 5))
	}
	e.Article = &a
	older := ledger.Neighbour{Page: "articles/دریا/قایق.html", Title: "قایق مسافربری", Lang: "fa"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Page(here, e, older, older); err != nil {
			b.Fatal(err)
		}
	}
}
