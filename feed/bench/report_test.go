package main

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden file anew")

func TestSpread(t *testing.T) {
	for _, test := range []struct {
		figures []float64
		want    spread
	}{
		{nil, spread{}},
		{[]float64{4}, spread{4, 4, 4}},
		{[]float64{9, 1, 2}, spread{2, 1, 9}},
		{[]float64{4, 1, 3, 2}, spread{2.5, 1, 4}},
	} {
		if got := spreadOf(test.figures); got != test.want {
			t.Errorf("%v: %v, want %v", test.figures, got, test.want)
		}
	}
}

// The ratio is the median of the pairs', not that of the medians.
func TestPairwise(t *testing.T) {
	a, b := []float64{10, 40, 90}, []float64{10, 20, 10}
	if got, want := pairwise(a, b, ratio), []float64{1, 2, 9}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := pairwise(a, b[:2], difference), []float64{0, 20}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestFormat(t *testing.T) {
	for _, test := range []struct {
		u    unit
		f    float64
		want string
	}{
		{milliseconds, 0.123, "0.12 ms"}, {milliseconds, 4.567, "4.57 ms"}, {milliseconds, 45.67, "45.7 ms"},
		{milliseconds, 456.7, "457 ms"}, {milliseconds, 999.7, "1.00 s"}, {milliseconds, 12_345, "12.3 s"},
		{milliseconds, -3, "-3.00 ms"}, {mebibytes, 20, "20.0 MiB"}, {pieces, 17, "17"}, {pieces, 0, "0"},
		{microseconds, 1741, "1741 µs an article"},
	} {
		if got := test.u.format(test.f); got != test.want {
			t.Errorf("%v: %q, want %q", test.f, got, test.want)
		}
	}
}

func TestTable(t *testing.T) {
	runs := func(ms ...int) (s series) {
		for i, n := range ms {
			s = append(s, sample{time: time.Duration(n) * time.Millisecond, peak: int64(30+i) << 20})
		}
		return s
	}
	ours, theirs := runs(130, 120, 250), runs(100, 110, 125)
	r := report{Machine: "An engine, 2 cores", Date: "2026-01-02", Pairs: 3}
	r.Rows = append(r.Rows, against("nothing changed, 10k", ours, theirs, "S", 1.2, 2))
	r.Rows = append(r.Rows, peakOf("nothing changed, 10k", ours, 40, 128)...)
	r.Rows = append(r.Rows,
		none("articles opened", 0),
		growthRow("growth, cold", 1000, 10_000, theirs, runs(1500, 1300, 1200)),
		peer{name: "Hugo"}.row("against Hugo", milliseconds, ours.times(), runs(2600, 2400, 2500).times(), " × faster", [2]float64{20, 8}),
	)
	r.note("A %s.", "note")
	r.note("A %s.", "note")
	var b bytes.Buffer
	if err := r.writeTable(&b); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/table.md"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
}
