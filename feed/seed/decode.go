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
	doc, err := toUTF8(raw)
	switch {
	case err != nil:
		return Document{}, err
	case isBlank(doc.Text):
		return Document{}, ErrEmpty
	case isBinary(doc.Text):
		return Document{}, errBinary
	}
	return doc, nil
}

// toUTF8 takes what a BOM says as the truth. Without one, NUL is half a
// character of UTF-16, or the end of all text.
func toUTF8(raw []byte) (Document, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return Document{Text: fromUTF16(raw), Encoding: "utf-16le"}, nil
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return Document{Text: fromUTF16(raw), Encoding: "utf-16be"}, nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	switch {
	case bytes.IndexByte(raw, 0) >= 0:
		return decodeGuessed(raw, wideCharsets)
	case utf8.Valid(raw):
		return Document{Text: string(raw), Encoding: "utf-8"}, nil
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
	doc, err := decodeGuessed(raw, charsets)
	if err != nil && d.bad*10 <= len(raw) {
		return d.repair(raw), nil
	}
	return doc, err
}

func decodeGuessed(raw []byte, among []charset) (Document, error) {
	if charset, ok := guess(raw, among); ok {
		return charset.decode(raw)
	}
	if isBinary(string(raw)) {
		return Document{}, errBinary
	}
	return Document{}, errUnknown
}

// fromUTF16 obeys the BOM that raw opens with. It can't fail: what is no
// character becomes U+FFFD.
func fromUTF16(raw []byte) string {
	text, _ := utf.UTF16(utf.LittleEndian, utf.UseBOM).NewDecoder().Bytes(raw)
	return string(text)
}

// isBlank reports whether there is nothing to see: white space, or characters
// without a shape such as joiners and a second BOM.
func isBlank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	}) == ""
}

// isBinary looks for what no text has: NUL, or more than one control character
// in twenty bytes.
func isBinary(text string) bool {
	controls := 0
	for i := range len(text) { // all of these are bytes of their own in UTF-8
		switch b := text[i]; {
		case b == 0:
			return true
		case b < ' ' && (b < '\t' || b > '\r'), b == 0x7F:
			controls++
		}
	}
	return controls*20 > len(text)
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
