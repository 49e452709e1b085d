package ledger

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedfeed/feed/article"
)

// slowSketch is what a sketch is defined as.
func slowSketch(hashes []uint32) sketch {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(hashes)))
	for _, h := range hashes[:min(sketchSize, len(hashes))] {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return sketch(b)
}

func TestASamplerFindsTheSmallest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var s sampler
	for _, test := range []struct {
		name string
		n    int
		hash func() uint32
	}{
		{"none", 0, nil},
		{"one", 1, r.Uint32},
		{"zero again and again", 90, func() uint32 { return 0 }},
		{"a few", sketchSize - 1, r.Uint32},
		{"many", 5000, r.Uint32},
		{"many of few kinds", 5000, func() uint32 { return r.Uint32N(70) }},
		{"many large ones", 5000, func() uint32 { return ^r.Uint32N(1 << 20) }},
		{"many small ones", 5000, func() uint32 { return r.Uint32N(1 << 20) }},
	} {
		var hashes []uint32
		s.begin(test.n)
		for range test.n {
			h := test.hash()
			hashes = append(hashes, h)
			s.add(h)
		}
		if got, want := s.sketch(), slowSketch(hashes); got != want {
			t.Errorf("%s: the sketch is not that of the sorted hashes", test.name)
		}
	}
}

func FuzzSketches(f *testing.F) {
	f.Add("Rain fell on 12 days of 31; in ۱۴۰۵ it fell on 9.", "")
	f.Add("باران بارید و کسی نیامد", " a\u00a0b\u2003c\u200cd\u3000\u0085 ")
	f.Fuzz(func(t *testing.T, story, more string) {
		var letters, number []rune
		var pieces, numbers []uint32
		for _, r := range story + " " {
			if unicode.IsDigit(r) {
				number = append(number, r)
				continue
			}
			if len(number) > 0 {
				numbers = append(numbers, piece(number))
				number = number[:0]
			}
			letters = append(letters, r)
		}
		letters = letters[:len(letters)-1]
		for i := 0; i+shingle <= len(letters); i++ {
			pieces = append(pieces, piece(letters[i:i+shingle]))
		}
		words, figures := new(sketcher).sketches([]byte(story))
		if words != slowSketch(pieces) || figures != slowSketch(numbers) {
			t.Errorf("the sketches of %q are others", story)
		}
		if got, want := string(appendFields([]byte("x"), more)), strings.Join(strings.Fields(more), " "); got != "x"+want {
			t.Errorf("the words of %q are %q, want %q", more, got, want)
		}
	})
}

func BenchmarkNewReading(b *testing.B) {
	a := &article.Article{Title: "Rain on the coast", Summary: "It rained on 12 days.", Lang: "en"}
	for range 12 {
		a.Body = append(a.Body, strings.Repeat("Rain fell on the coast for most of the night, and 4 boats stayed in. ", 5)+"So it goes.")
	}
	b.ReportAllocs()
	for b.Loop() {
		reading(b, "a.txt", a)
	}
}
