package check

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestPlainXML(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		plain         bool
	}{
		{"an element", "<a/>", true},
		{"a declaration and white space", declaration + "\n<a></a>\n", true},
		{"attributes in either quotes", `<a b="1" c='"'/>`, true},
		{"attributes in lines", "<a\n\tb=\"1\"\n\tc='2'\n/>", true},
		{"text and elements", "<a>\n <b>x</b>\n <c>y</c>\n</a>", true},
		{"references", "<a b='&quot;&#x27;'>&lt;&gt;&amp;&apos;&#13;&#x6CC;&#128512;</a>", true},
		{"brackets of an end that is none", "<a>]] > ]]&gt;</a>", true},
		{"namespaces", "<x:a xmlns:x='u' xmlns='v' x:b='' b=''><c xmlns=''/></x:a>", true},
		{"comments", "<!----><a><!-- - > --></a><!-- x -->", true},

		{"nothing", "", false},
		{"only a text", "x", false},
		{"another encoding", "<?xml version='1.0' encoding='UTF-16'?><a/>", false},
		{"a document type", "<!DOCTYPE a><a/>", false},
		{"a processing instruction", "<?a?><a/>", false},
		{"CDATA", "<a><![CDATA[x]]></a>", false},
		{"an element that is never closed", "<a>", false},
		{"tags that cross", "<a><b></a></b>", false},
		{"an end without a beginning", "<a/></a>", false},
		{"two roots", "<a/><b/>", false},
		{"a text behind the root", "<a/>x", false},
		{"two texts", "<a>x<b/>y</a>", false},
		{"a carriage return", "<a>\r</a>", false},
		{"a carriage return in an attribute", "<a b='\r'/>", false},
		{"the end of CDATA in a text", "<a>]]></a>", false},
		{"a name in other letters", "<ä/>", false},
		{"a name that begins with a digit", "<1/>", false},
		{"a name with two colons", "<a:b:c xmlns:a='u'/>", false},
		{"a name that ends with a colon", "<a:/>", false},
		{"no name", "< a/>", false},
		{"an attribute without a value", "<a b/>", false},
		{"a value without quotes", "<a b=1/>", false},
		{"a value that is not closed", "<a b='1/>", false},
		{"a bracket in a value", "<a b='<'/>", false},
		{"white space around the equals sign", "<a b ='1'/>", false},
		{"attributes that touch", "<a b='1'c='2'/>", false},
		{"an attribute twice", "<a b='1' b='2'/>", false},
		{"an attribute twice by its namespace", "<a xmlns:x='u' xmlns:y='u' x:b='' y:b=''/>", false},
		{"a prefix nobody declared", "<x:a/>", false},
		{"a slash within a tag", "<a / >", false},
		{"an entity of HTML", "<a>&nbsp;</a>", false},
		{"a bare ampersand", "<a>& b;</a>", false},
		{"an ampersand at the end", "<a>&", false},
		{"a reference to nothing", "<a>&#;</a>", false},
		{"a reference to a control character", "<a>&#8;</a>", false},
		{"a reference to a surrogate", "<a>&#xD800;</a>", false},
		{"a reference to a noncharacter", "<a>&#xFFFE;</a>", false},
		{"a reference beyond Unicode", "<a>&#x110000;</a>", false},
		{"a reference with a capital X", "<a>&#X41;</a>", false},
		{"a reference with a sign", "<a>&#+41;</a>", false},
		{"a comment with two hyphens", "<a/><!-- -- -->", false},
		{"a comment that is not closed", "<a/><!-- ", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if root := parsePlain(tt.content); (root != nil) != tt.plain {
				t.Errorf("it is plain: %t", root != nil)
			}
			checkPlain(t, tt.content)
		})
	}
}

func FuzzPlainXML(f *testing.F) {
	for _, content := range []string{atomFeed, atomArchive, rssFeed, opmlText,
		"<a b='&#xA;'>&lt;p&gt;<!-- -->x]]&gt;</a>", "<x:a xmlns:x='u' x:b='' b=''>&#x10FFFF;</x:a>"} {
		f.Add(content)
	}
	f.Fuzz(checkPlain)
}

// checkPlain: what is plain is what encoding/xml takes for the same.
func checkPlain(t *testing.T, content string) {
	t.Helper()
	if !wholesome([]byte(content)) {
		return // which is found before
	}
	root := parsePlain(content)
	if root == nil {
		return
	}
	want, err := parseAny([]byte(content))
	if err != nil {
		t.Fatalf("encoding/xml refuses %q: %v", content, err)
	}
	checkSame(t, root, want)
}

func checkSame(t *testing.T, got, want *element) {
	t.Helper()
	if got.tag != want.tag || got.name != want.name || got.text != want.text || got.line != want.line ||
		!slices.Equal(got.attrs, want.attrs) || len(got.spaces)+len(want.spaces) > 0 && !reflect.DeepEqual(got.spaces, want.spaces) {
		t.Fatalf("got %+v\nwant %+v", got, want)
	}
	if len(got.children) != len(want.children) {
		t.Fatalf("<%s> has %d children, want %d", got.tag.Local, len(got.children), len(want.children))
	}
	for i, c := range got.children {
		if c.parent != got {
			t.Fatalf("<%s> stands in <%s>", c.tag.Local, c.parent.tag.Local)
		}
		checkSame(t, c, want.children[i])
	}
}

// An element of more attributes than are compared one by one.
func TestManyAttributes(t *testing.T) {
	var b strings.Builder
	for c := 'a'; c <= 'z'; c++ {
		b.WriteString(" " + string(c) + `="x"`)
	}
	if parsePlain("<a"+b.String()+"/>") == nil {
		t.Error("26 attributes are refused")
	}
	_, err := parse([]byte("<a" + b.String() + ` b="y"/>`))
	if err == nil || err.Error() != `<a> has two attributes "b"` {
		t.Errorf("the second of 27 attributes again gives error %v", err)
	}
}

// FuzzHTML: HTML that is ordinary has the findings that a tokenizer leads to.
func FuzzHTML(f *testing.F) {
	for _, content := range []string{
		`<p class="lead" dir="rtl" lang="fa">باران &amp; باد</p>` + "\n" + `<p dir="auto"><a href="https://x.example/?a&amp;b">x</a> &lt;b&gt;</p>`,
		`<p class="picture"><img src="https://x.example/lost.jpg" alt="&quot;&#11;"></p>`,
		`&lt;p&gt;`, `<p>a < b &#11;`, `<a href="/x" src="/y">`, `<a href="java&#9;script:x()" onclick="x">`, `<p dir="`, `<p a="b"<script>`, `<p =" class="x">`,
		`<p href="data:x"`, `<a href="x"></a><a href="https://news.example.org/lost/a">`,
		`<img src="x&lt;y&gt;&amp;lt;">`, `<a href="data:&lt;x&amp;amp;">x</a>`,
	} {
		f.Add(content, true)
		f.Add(content, false)
	}
	f.Fuzz(func(t *testing.T, content string, full bool) {
		if !wholesome([]byte(content)) {
			return
		}
		got, want := &report{Site: site(), base: base}, &report{Site: site(), base: base}
		got.html("it", content, full)
		(&markup{report: want, what: "it"}).any(content, false, full)
		if !reflect.DeepEqual(got.findings, want.findings) {
			t.Errorf("%q has the findings\n%v\nwant\n%v", content, got.findings, want.findings)
		}
	})
}

func TestPlainJSON(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		plain         bool
	}{
		{"nothing", "{}", true},
		{"white space", " {\n\t\"title\" : \"a\" ,\r\n\"items\": [ ] } ", true},
		{"escapes", `{"title": "\"\\\/\n\t\r\u200f\u00E9"}`, true},
		{"escaped quotation marks", `{"title": "\"\"a\"", "description": "b\""}`, true},
		{"authors and hubs", `{"authors": [{"name": "a"}, {}], "hubs": [{"type": "b", "url": "c"}], "expired": true}`, true},
		{"items", `{"items": [{"id": "a", "tags": ["b", "c"], "authors": [], "attachments": [{"size_in_bytes": 120}, {"size_in_bytes": 0}]}]}`, true},
		{"our mark", `{"_seedfeed": {"id": "a"}}`, true},

		{"no object", "[]", false},
		{"half an object", `{"title": "a"`, false},
		{"two objects", "{} {}", false},
		{"a byte order mark", "\uFEFF{}", false},
		{"null", `{"title": null}`, false},
		{"a name in capitals", `{"Title": "a"}`, false},
		{"a name twice", `{"title": "a", "title": "b"}`, false},
		{"a name twice in different letters", `{"title": "a", "\u0074itle": "b"}`, false},
		{"an extension", `{"_a": 1}`, false},
		{"more than our mark", `{"_seedfeed": {"id": "a", "x": "b"}}`, false},
		{"a number for a string", `{"title": 1}`, false},
		{"a comma too many", `{"title": "a",}`, false},
		{"a comma too few", `{"title": "a" "language": "b"}`, false},
		{"a list of another kind", `{"items": ["a"]}`, false},
		{"a leading zero", `{"items": [{"attachments": [{"size_in_bytes": 01}]}]}`, false},
		{"less than nothing", `{"items": [{"attachments": [{"size_in_bytes": -1}]}]}`, false},
		{"a fraction", `{"items": [{"attachments": [{"size_in_bytes": 1.0}]}]}`, false},
		{"a number that is too large", `{"items": [{"attachments": [{"size_in_bytes": 9223372036854775808}]}]}`, false},
		{"no number", `{"items": [{"attachments": [{"size_in_bytes": }]}]}`, false},
		{"a line break in a string", "{\"title\": \"a\nb\"}", false},
		{"a tab behind an escape", `{"title": "\"` + "\t" + `"}`, false},
		{"an escape that is none", `{"title": "\a"}`, false},
		{"an escape of a control character", `{"title": "\u0008"}`, false},
		{"half a character", `{"title": "\ud83c"}`, false},
		{"a character in two halves", `{"title": "\ud83c\udf27"}`, false},
		{"a reference cut short", `{"title": "\u12"}`, false},
		{"a string that never ends", `{"title": "a\"`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, ok := feedOfPlain(tt.content); ok != tt.plain {
				t.Errorf("it is plain: %t", ok)
			}
			checkPlainJSON(t, tt.content)
		})
	}
}

func FuzzPlainJSON(f *testing.F) {
	plain := strings.ReplaceAll(jsonFeedText, `\ud83c\udf27`, `\u2028`)
	for _, content := range []string{jsonFeedText, jsonArchive, plain, `{"items": [{"tags": ["\"", "\\"], "authors": [{}]}], "expired": true}`} {
		f.Add(content)
	}
	f.Fuzz(checkPlainJSON)
}

// checkPlainJSON: what is plain is what encoding/json takes for the same.
func checkPlainJSON(t *testing.T, content string) {
	t.Helper()
	if !wholesome([]byte(content)) {
		return
	}
	got, ok := feedOfPlain(content)
	if !ok {
		return
	}
	var want jsonFeed
	if r := (&report{content: []byte(content)}); !r.decodeAny(&want) {
		t.Fatalf("encoding/json refuses %q: %v", content, r.findings)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v\nwant %+v\nof %q", got, want, content)
	}
}

// Every single and every pair of bytes, and all that are special behind letters.
func TestWholesome(t *testing.T) {
	check := func(content string) {
		c := []byte(content)
		if got, want := wholesome(c), invalidUTF8(c) < 0 && forbidden(c) < 0; got != want {
			t.Errorf("%q is wholesome: %t", content, got)
		}
	}
	for c := range rune(0x10FFFF + 2) {
		check(string(c))
	}
	for a := range 256 {
		for b := range 256 {
			for _, around := range []string{"", "a", "abcdefgh", "abcdefghijkl", "باد", "桜桜桜"} {
				check(around + string([]byte{byte(a), byte(b)}))
				check(around + string([]byte{byte(a), byte(b), 0x80}) + around)
				check(around + string([]byte{byte(a), byte(b), 0xBF, 0xBF}) + around)
			}
		}
	}
}

// A byte less or a piece more, anywhere in a good document, is told the same.
func TestPlainDocumentsDamaged(t *testing.T) {
	pieces := []string{"<", ">", "&", ";", `"`, "'", "/", "=", " ", "\r", "\n", "]]>", "<!-- -->", "-->", "<?a?>", "<b>x</b>", "<b/>", ` b="1"`, " xmlns:b='u'", "&#8;",
		"&#65;", "&lt;", ":", "{", "}", "[", "]", ",", `\`, `\u0041`, "null", "1", "\u00A0", "é", "--", "\t"}
	for _, content := range []string{atomFeed, rssFeed, opmlText, jsonFeedText} {
		check := checkPlain
		if content[0] == '{' {
			check = checkPlainJSON
		}
		for i := range content {
			check(t, content[:i]+content[i+1:])
			for _, piece := range pieces[i%18*2:][:2] {
				check(t, content[:i]+piece+content[i:])
			}
		}
	}
}
