package seed

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	utf "golang.org/x/text/encoding/unicode"
)

// ErrEmpty tells that a seed has nothing but white space in it.
var ErrEmpty = errors.New("empty")

var (
	errBinary  = errors.New("binary, not text")
	errUnknown = errors.New("neither UTF-8 nor text in a known encoding")
)

// decode tells a text's encoding and turns it into UTF-8. Path and ModTime are
// left to the caller.
func decode(raw []byte) (Document, error) {
	raw, encoding := dropMark(raw)
	switch {
	case isBlank(raw):
		return Document{}, ErrEmpty
	case isBinary(raw):
		return Document{}, errBinary
	case utf8.Valid(raw):
		return Document{Text: string(raw), Encoding: encoding}, nil
	}
	return decodeInvalid(raw)
}

// decodeInvalid reads what is not UTF-8 to the last byte. Text in another
// encoding can look like UTF-8 by chance here and there, but not for nine tenths
// of it; so if no more than a tenth of the bytes beyond ASCII are bad, it is
// UTF-8 that was damaged. That can't be told of text with next to none but
// ASCII, where a bad byte may be a whole encoding's only é: there a guess that
// makes sense comes first, and damage is what remains.
func decodeInvalid(raw []byte) (Document, error) {
	d := inspect(raw)
	if d.bad*10 <= d.bad+d.good {
		return d.repair(raw), nil
	}
	if charset, ok := guess(raw); ok {
		return charset.decode(raw)
	}
	if d.bad*10 <= len(raw) {
		return d.repair(raw), nil
	}
	return Document{}, errUnknown
}

// dropMark takes the BOM off, if there is one, and what it says as the truth.
func dropMark(raw []byte) (text []byte, encoding string) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return fromUTF16(raw), "utf-16le"
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return fromUTF16(raw), "utf-16be"
	}
	return bytes.TrimPrefix(raw, []byte("\uFEFF")), "utf-8"
}

// fromUTF16 obeys the BOM that raw opens with. It can't fail: what is no
// character becomes U+FFFD.
func fromUTF16(raw []byte) []byte {
	text, _ := utf.UTF16(utf.LittleEndian, utf.UseBOM).NewDecoder().Bytes(raw)
	return text
}

// isBlank reports whether there is nothing to see: white space, or characters
// without a shape such as joiners and a second BOM.
func isBlank(raw []byte) bool {
	return len(bytes.TrimFunc(raw, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})) == 0
}

// isBinary looks for what no encoding we know has in a text: NUL, which is also
// what a crash leaves of a file, or more than one control character in twenty.
func isBinary(raw []byte) bool {
	controls := 0
	for _, b := range raw {
		switch {
		case b == 0:
			return true
		case b < ' ' && (b < '\t' || b > '\r'), b == 0x7F:
			controls++
		}
	}
	return controls*20 > len(raw)
}

// damage is how far a text is from UTF-8.
type damage struct {
	places int // runs of bad bytes
	bad    int // bytes
	good   int // bytes beyond ASCII
}

func inspect(raw []byte) damage {
	var d damage
	inRun := false
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		bad := r == utf8.RuneError && size == 1
		switch {
		case bad:
			d.bad++
			if !inRun {
				d.places++
			}
		case size > 1:
			d.good += size
		}
		inRun = bad
		raw = raw[size:]
	}
	return d
}

// repair puts one U+FFFD into every damaged place.
func (d damage) repair(raw []byte) Document {
	warning := fmt.Sprintf("%d places are not UTF-8, each replaced by U+FFFD", d.places)
	if d.places == 1 {
		warning = "1 place is not UTF-8, replaced by U+FFFD"
	}
	return Document{
		Text:     strings.ToValidUTF8(string(raw), "\uFFFD"),
		Encoding: "utf-8",
		Warning:  warning,
	}
}
