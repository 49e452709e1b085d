package seed

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"
)

const (
	persian = "كتابخانه سيار به روستاهاي كوهپايه رسيد\n\nكتابخانه\u200cاي كه روي چرخ مي\u200cگردد، ديروز با پانصد جلد كتاب به پنج روستا سر زد و بچه\u200cها را ژاله\u200cوار گرد آورد.\n"
	arab    = "عودة القوارب إلى الميناء القديم\n\nعادت القوارب الخشبية صباح أمس إلى الميناء القديم بعد غياب دام عشر سنوات، واستقبلها الأهالي بالأغاني.\n"
	russian = "Часы на ратуше снова пошли\n\nСпустя сорок лет мастер починил часы на городской ратуше; ещё утром их бой услышали даже на другом берегу.\n"
	ukraine = "Міст через річку відкрили\n\nУ селі відкрили міст, якого чекали двадцять років; її першими перейшли школярі.\n"
	mandarn = "老街的灯笼又亮了\n\n昨天晚上，老街的居民把三百个灯笼挂了起来。他们说，这是十年来第一次，孩子们都很高兴，很多人从外地回来看。\n"
	german  = "Bürgermeister zählt Störche\n\nDer Bürgermeister hat am Samstag vierzig Störche gezählt – „mehr als je zuvor“, sagte er.\n"
	french  = "Le marché a rouvert\n\nFermé depuis l’été, le marché a rouvert hier ; les marchands étaient déjà là à l’aube.\n"
	english = "The ferry is back. It's been away for a year, and nobody knew where it had gone to, or why.\n"
)

func encode(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDecode(t *testing.T) {
	le, be := utf.UTF16(utf.LittleEndian, utf.UseBOM), utf.UTF16(utf.BigEndian, utf.UseBOM)
	for _, test := range []struct {
		name     string
		raw      string
		text     string
		encoding string
		warning  string
	}{
		{"ASCII is UTF-8", english, english, "utf-8", ""},
		{"UTF-8 stays as it is", persian + russian + mandarn + "\r\x07\u2028", persian + russian + mandarn + "\r\x07\u2028", "utf-8", ""},
		{"a BOM is dropped", "\uFEFFRain", "Rain", "utf-8", ""},
		{"only the first BOM is dropped", "\uFEFF\uFEFFRain", "\uFEFFRain", "utf-8", ""},
		{"UTF-16 is told by its BOM", encode(t, le, persian), persian, "utf-16le", ""},
		{"in either order of bytes", encode(t, be, mandarn), mandarn, "utf-16be", ""},
		{"UTF-16 needs no BOM", "R\x00a\x00i\x00n\x00", "Rain", "utf-16le", "not UTF-8: read as utf-16le"},
		{"half a character of UTF-16 becomes U+FFFD", encode(t, le, "Rain") + "\x20", "Rain\uFFFD", "utf-16le", ""},

		{"a U+FFFD of the text's own is no damage", "Rain \uFFFD", "Rain \uFFFD", "utf-8", ""},
		{"a run of bad bytes becomes one U+FFFD", "Żó\xff\xfe\xfdłw" + strings.Repeat("ą", 20), "Żó\uFFFDłw" + strings.Repeat("ą", 20), "utf-8",
			"1 place is not UTF-8, replaced by U+FFFD"},
		{"every place gets its own", persian + "\xff\n" + persian + "\xd8\n", persian + "\uFFFD\n" + persian + "\uFFFD\n", "utf-8",
			"2 places are not UTF-8, each replaced by U+FFFD"},
		{"a text cut inside a character is damaged", "Il y avait là du café et du th\xc3", "Il y avait là du café et du th\uFFFD", "utf-8",
			"1 place is not UTF-8, replaced by U+FFFD"},
		{"a bad byte in ASCII that is nothing else is damage", "The ferry\xff is back", "The ferry\uFFFD is back", "utf-8",
			"1 place is not UTF-8, replaced by U+FFFD"},

		{"Persian in windows-1256", encode(t, charmap.Windows1256, persian), persian, "windows-1256", "not UTF-8: read as windows-1256"},
		{"Arabic in windows-1256", encode(t, charmap.Windows1256, arab), arab, "windows-1256", "not UTF-8: read as windows-1256"},
		{"Russian in windows-1251", encode(t, charmap.Windows1251, russian), russian, "windows-1251", "not UTF-8: read as windows-1251"},
		{"Russian in capitals", encode(t, charmap.Windows1251, "ВНИМАНИЕ\n\n"+russian), "ВНИМАНИЕ\n\n" + russian, "windows-1251", "not UTF-8: read as windows-1251"},
		{"Ukrainian in windows-1251", encode(t, charmap.Windows1251, ukraine), ukraine, "windows-1251", "not UTF-8: read as windows-1251"},
		{"Chinese in gb18030", encode(t, simplifiedchinese.GB18030, mandarn), mandarn, "gb18030", "not UTF-8: read as gb18030"},
		{"German in windows-1252", encode(t, charmap.Windows1252, german), german, "windows-1252", "not UTF-8: read as windows-1252"},
		{"French in windows-1252", encode(t, charmap.Windows1252, french), french, "windows-1252", "not UTF-8: read as windows-1252"},
		{"English with nothing but a curly apostrophe", "It\x92s raining", "It’s raining", "windows-1252", "not UTF-8: read as windows-1252"},
		{"a long head in ASCII hides no script", strings.Repeat(english, 1000) + encode(t, charmap.Windows1251, russian), strings.Repeat(english, 1000) + russian,
			"windows-1251", "not UTF-8: read as windows-1251"},
		{"a text longer than the sample is decoded to its end", strings.Repeat(encode(t, simplifiedchinese.GB18030, mandarn), 1000), strings.Repeat(mandarn, 1000),
			"gb18030", "not UTF-8: read as gb18030"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := decode([]byte(test.raw))
			want := Document{Text: test.text, Encoding: test.encoding, Warning: test.warning}
			if err != nil || !reflect.DeepEqual(doc, want) {
				t.Errorf("decode(%.60q) = %.300q, %v\nwant %.300q", test.raw, doc.Text, err, want.Text)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		raw  string
		want error
	}{
		{"nothing", "", ErrEmpty},
		{"a BOM alone", "\uFEFF", ErrEmpty},
		{"a BOM of UTF-16 alone", "\xff\xfe", ErrEmpty},
		{"white space alone", " \r\n\t\u00a0\u3000\u2028", ErrEmpty},
		{"joiners and direction marks alone", "\u200c\u200f\uFEFF\n", ErrEmpty},
		{"a NUL", "Rain\x00fell", errBinary},
		{"NUL alone", "\x00\x00\x00\x00", errBinary},
		{"UTF-32", "\xff\xfe\x00\x00R\x00\x00\x00", errBinary},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", errBinary},
		{"many control characters", "\x01\x02Rain\x03\x04", errBinary},
		{"Russian in code page 866", encode(t, charmap.CodePage866, strings.Repeat("Мост через реку открыли к осени. ", 5)), errUnknown},
		{"bytes at random", "\xf5\x80\xc1\xfe\x9f\xe0\xc0\xbf\xf8\x88\xb1\xd7\xaa\xa4\xe9", errUnknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			if doc, err := decode([]byte(test.raw)); !errors.Is(err, test.want) {
				t.Errorf("decode(%.60q) = %q, %v, want %v", test.raw, doc.Text, err, test.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{"", "\uFEFFRain", persian, russian, mandarn, german, "\xff\xfeR\x00", "R\x00a\x00i\x00n\x00\n\x00", "\xfe\xff\x00R\xd8", "th\xc3", "\x00"} {
		f.Add([]byte(text))
	}
	for _, e := range []encoding.Encoding{charmap.Windows1256, simplifiedchinese.GB18030, charmap.Windows1252} {
		for _, text := range []string{persian, mandarn, french} {
			raw, _, _ := strings.Cut(text, "\n")
			encoded, _ := encoding.ReplaceUnsupported(e.NewEncoder()).String(raw)
			f.Add([]byte(encoded))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := decode(raw)
		if err != nil {
			return
		}
		if !utf8.ValidString(doc.Text) {
			t.Errorf("decode(%q) is not valid UTF-8: %q", raw, doc.Text)
		}
		marked := bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff"))
		plain := utf8.Valid(raw) && !bytes.Contains(raw, []byte{0})
		if want := strings.TrimPrefix(string(raw), "\uFEFF"); plain && doc.Text != want {
			t.Errorf("decode(%q) = %q, want it unchanged", raw, doc.Text)
		}
		if (doc.Warning == "") != (plain || marked) {
			t.Errorf("decode(%q) has the warning %q", raw, doc.Warning)
		}
	})
}
