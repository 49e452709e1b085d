package ledger

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"seedfeed/feed/article"
)

// fill gives each field below v another value, so that one which a record
// forgets is missed.
func fill(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("text " + string(rune('a'+*n)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 3, 4, 12, 30, 0, *n, time.FixedZone("", 12600))))
			return
		}
		for i := range v.NumField() {
			fill(t, v.Field(i), n)
		}
	default:
		t.Fatalf("a %v has come to what is recorded", v.Type())
	}
}

func TestARecordKeepsTheWholeArticle(t *testing.T) {
	var a article.Article
	n := 0
	fill(t, reflect.ValueOf(&a).Elem(), &n)
	a.Lines = nil // which are for people
	for _, a := range []article.Article{a, {}} {
		got, err := readArticle(newRecord(facts{}, &a))
		if err != nil {
			t.Fatal(err)
		}
		if !got.Stated.Time.Equal(a.Stated.Time) || got.Stated.Time.Format(time.RFC3339Nano) != a.Stated.Time.Format(time.RFC3339Nano) {
			t.Errorf("the date is %v, want %v", got.Stated.Time, a.Stated.Time)
		}
		got.Stated.Time = a.Stated.Time
		if !reflect.DeepEqual(*got, a) {
			t.Errorf("got  %+v\nwant %+v", *got, a)
		}
	}
}

func TestARecordKeepsTheFacts(t *testing.T) {
	want := facts{
		bytes: "\x00\xff", sketch: "s", figures: "f", title: "t", stated: "2026-03-04", lang: "fa", source: "o",
		authors: "a\nb", tags: "c", phrases: "d", media: []Media{{".mp3", "audio/mpeg", 1 << 40}}, size: 7,
	}
	got, err := readFacts(newRecord(want, &article.Article{Title: "t"}))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
}

// FuzzRecord holds that a record that was cut or overwritten is refused or read
// as another, and never more.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(newRecord(facts{title: "t"}, &article.Article{Title: "t", Body: []string{"a", "b"}})), uint16(3), byte(255))
	f.Fuzz(func(t *testing.T, b []byte, at uint16, value byte) {
		if len(b) < 4 {
			return
		}
		b = slices.Clone(b)
		b[int(at)%len(b)] = value
		r := recorded{rest: string(b)}
		r.facts()
		r = recorded{rest: string(b)}
		r.article()
	})
}

func TestNotes(t *testing.T) {
	n := notes{dir: t.TempDir()}
	defer n.close()
	var places []note
	record := func(i int) []byte { return slices.Repeat([]byte{byte(i), byte(i >> 8)}, 300+i%700) }
	const many = 12_000 // several times what stays in memory
	for i := range many {
		at, err := n.put(record(i))
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, at)
	}
	if n.file == nil {
		t.Fatal("all of it is in memory")
	}
	for i := range many {
		i = (i * 7919) % many
		if got, err := n.get(places[i]); err != nil || !slices.Equal(got, record(i)) {
			t.Fatalf("note %d is another: %v", i, err)
		}
	}
}
