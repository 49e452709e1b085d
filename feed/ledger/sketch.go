package ledger

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

// shingle is the number of letters in the pieces that two texts are compared by;
// sketches is written out for it.
const shingle = 6

// sketchSize is how many pieces a sketch keeps. The share it tells is right to
// some six hundredths, and a row has room for it.
const sketchSize = 64

// sketch is a text in small: its length in pieces, and those of them with the
// smallest hashes, in order, which are a fair sample (Broder, On the
// resemblance and containment of documents, 1997). It is a string of
// big-endian 32-bit numbers, so that rows compare and store as they are.
type sketch string

func (s sketch) len() int        { return len(s)/4 - 1 }
func (s sketch) at(i int) uint32 { return binary.BigEndian.Uint32([]byte(s[4*i+4:])) }

// total is the number of different pieces of the whole text.
func (s sketch) total() int {
	if len(s) < 4 {
		return 0
	}
	return int(binary.BigEndian.Uint32([]byte(s[:4])))
}

// share is how much of the smaller text's pieces the other one has, 0 to 1.
func (s sketch) share(t sketch) float64 {
	if s.total() == 0 || t.total() == 0 {
		return 0
	}
	seen, both := 0, 0
	for i, j := 0, 0; seen < sketchSize && i < s.len() && j < t.len(); seen++ {
		switch a, b := s.at(i), t.at(j); {
		case a == b:
			both++
			i++
			j++
		case a < b:
			i++
		default:
			j++
		}
	}
	if seen < sketchSize && s.len() < sketchSize && t.len() < sketchSize {
		seen = s.len() + t.len() - both // both sketches are whole: it can be told exactly
	}
	alike := float64(both) / float64(seen)
	shared := alike / (1 + alike) * float64(s.total()+t.total())
	return min(1, shared/float64(min(s.total(), t.total())))
}

// sketcher makes sketches. It keeps what it works with from one text to the next.
type sketcher struct {
	number  []rune
	numbers []uint32
	sampler
}

// sketches makes the two of a story: of its letters, in pieces that end at each of
// them, and of its figures, which stand in no piece. The hashes of all pieces
// that a letter is part of go on with it side by side: the processor does these at once.
func (s *sketcher) sketches(story []byte) (words, figures sketch) {
	s.number, s.numbers = s.number[:0], s.numbers[:0]
	s.begin(utf8.RuneCount(story))
	var h1, h2, h3, h4, h5 uint64 // of pieces that end with the last letter, by their length so far
	letters := 0
	for _, r := range string(story) { // the compiler makes no copy
		if isDigit(r) {
			s.number = append(s.number, r)
			continue
		}
		if len(s.number) > 0 {
			s.endNumber()
		}
		c := uint64(r)
		if letters++; letters >= shingle {
			s.add(stir((h5 ^ c) * fnvPrime))
		}
		h5, h4, h3, h2, h1 = (h4^c)*fnvPrime, (h3^c)*fnvPrime, (h2^c)*fnvPrime, (h1^c)*fnvPrime, (fnvOffset^c)*fnvPrime
	}
	s.endNumber()
	words = s.sketch()
	s.begin(len(s.numbers))
	for _, h := range s.numbers {
		s.add(h)
	}
	return words, s.sketch()
}

func (s *sketcher) endNumber() {
	if len(s.number) > 0 {
		s.numbers = append(s.numbers, piece(s.number))
		s.number = s.number[:0]
	}
}

// isDigit is unicode.IsDigit, quick for the letters that most texts are made of.
func isDigit(r rune) bool {
	switch {
	case r <= '9':
		return r >= '0'
	case r < 0x0660, 0x06FA <= r && r < 0x07C0, 0x3000 <= r && r < 0xA620:
		return false
	}
	return unicode.IsDigit(r)
}

// piece is FNV-1a of a figure, stirred: of plain FNV the smallest are no fair
// sample.
func piece(letters []rune) uint32 {
	h := uint64(fnvOffset)
	for _, r := range letters {
		h = (h ^ uint64(r)) * fnvPrime
	}
	return stir(h)
}

const fnvOffset, fnvPrime = 14695981039346656037, 1099511628211

func stir(h uint64) uint32 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return uint32(h >> 32)
}

// sampler counts different hashes and finds the smallest. To sort all of them
// instead would take five times as long.
type sampler struct {
	seen     []uint32 // an open hash table, at least a third of it empty: 0
	zero     bool     // 0 itself was seen
	total    int
	smallest []uint32
}

// begin makes the sampler ready for at most so many hashes.
func (s *sampler) begin(most int) {
	size := 1 << bits.Len(uint(most+most/2))
	s.seen = slices.Grow(s.seen[:0], size)[:size]
	clear(s.seen)
	s.zero, s.total = false, 0
}

func (s *sampler) add(h uint32) {
	if h == 0 {
		if !s.zero {
			s.zero = true
			s.total++
		}
		return
	}
	mask := uint32(len(s.seen) - 1)
	i := h & mask
	for s.seen[i] != 0 {
		if s.seen[i] == h {
			return
		}
		i = (i + 1) & mask
	}
	s.seen[i] = h
	s.total++
}

// sketch is that of all that was added.
func (s *sampler) sketch() sketch {
	most := uint64(math.MaxUint32)
	if s.total > 4*sketchSize { // they are spread evenly, so about twice as many as it takes are below that
		most = most / uint64(s.total) * 2 * sketchSize
	}
	for s.below(most); len(s.smallest) < min(sketchSize, s.total); s.below(most) {
		most *= 2
	}
	slices.Sort(s.smallest)
	s.smallest = s.smallest[:min(sketchSize, len(s.smallest))]
	b := make([]byte, 0, 4+4*len(s.smallest))
	b = binary.BigEndian.AppendUint32(b, uint32(s.total))
	for _, h := range s.smallest {
		b = binary.BigEndian.AppendUint32(b, h)
	}
	return sketch(b)
}

// below finds the hashes up to a limit.
func (s *sampler) below(limit uint64) {
	s.smallest = s.smallest[:0]
	if s.zero {
		s.smallest = append(s.smallest, 0)
	}
	most := uint32(min(limit, math.MaxUint32))
	for _, h := range s.seen {
		if h-1 < most { // and not 0, which would have to be asked for by itself
			s.smallest = append(s.smallest, h)
		}
	}
}
