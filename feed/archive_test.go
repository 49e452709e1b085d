package feed

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"seedfeed/feed/channel"
)

// document is what a client that knows nothing of this program reads of one.
type document struct {
	ids                 []string
	prev, next, current string
	archive, complete   bool
}

// readXML reads Atom or RSS.
func readXML(t testing.TB, data []byte) (d document) {
	t.Helper()
	var path []string
	for dec := xml.NewDecoder(strings.NewReader(string(data))); ; {
		token, err := dec.Token()
		if token == nil {
			if err.Error() != "EOF" {
				t.Fatal(err)
			}
			return d
		}
		switch e := token.(type) {
		case xml.StartElement:
			path = append(path, e.Name.Local)
			d.take(e, path)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if where := strings.Join(path, "/"); where == "feed/entry/id" || where == "rss/channel/item/guid" {
				d.ids = append(d.ids, string(e))
			}
		}
	}
}

func (d *document) take(e xml.StartElement, path []string) {
	attrs := map[string]string{}
	for _, a := range e.Attr {
		attrs[a.Name.Local] = a.Value
	}
	switch {
	case e.Name.Space == "http://purl.org/syndication/history/1.0":
		d.archive, d.complete = d.archive || e.Name.Local == "archive", d.complete || e.Name.Local == "complete"
	case e.Name.Space == "http://www.w3.org/2005/Atom" && e.Name.Local == "link" && !slices.Contains(path, "entry"):
		switch attrs["rel"] {
		case "prev-archive":
			d.prev = attrs["href"]
		case "next-archive":
			d.next = attrs["href"]
		case "current":
			d.current = attrs["href"]
		}
	}
}

func readJSON(t testing.TB, data []byte) (d document) {
	t.Helper()
	var feed struct {
		Next  string `json:"next_url"`
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	if err := json.Unmarshal(data, &feed); err != nil {
		t.Fatal(err)
	}
	d.prev = feed.Next
	for _, it := range feed.Items {
		d.ids = append(d.ids, it.ID)
	}
	return d
}

const testBase = "https://example.org/"

// walk goes from the current document through the archive, and returns how
// many documents each id stands in. It fails if one holds an id twice.
func walk(t testing.TB, out *shelf, format string) map[string]int {
	t.Helper()
	read := readXML
	if format == channel.JSON {
		read = readJSON
	}
	seen := map[string]int{}
	after := ""
	for name := format; name != ""; {
		data := out.files[name]
		if data == nil {
			t.Fatalf("%s is not there", name)
		}
		d := read(t, data)
		once := map[string]bool{}
		for _, id := range d.ids {
			if once[id] {
				t.Errorf("%s holds %s twice", name, id)
			}
			once[id] = true
			seen[id]++
		}
		if format != channel.JSON {
			if isArchive := name != format; d.archive != isArchive || isArchive && (d.current != testBase+format || d.next != after) {
				t.Errorf("%s: archive %t, current %q, next %q; want next %q", name, d.archive, d.current, d.next, after)
			}
			if name != format {
				after = testBase + name
			}
		}
		name = strings.TrimPrefix(d.prev, testBase)
	}
	return seen
}

// lamps are n seeds of different stories, a day apart, the last the newest.
func lamps(n int) fstest.MapFS {
	files := fstest.MapFS{}
	for i := range n {
		addLamp(files, i, start.AddDate(0, 0, i-n))
	}
	return files
}

func addLamp(files fstest.MapFS, i int, at time.Time) {
	word := strings.ToUpper(fmt.Sprintf("%c%c", 'a'+i%26, 'a'+i/26%26))
	text := fmt.Sprintf("Lamp %s%d is lit\n\nThe keeper %s%d climbed the stairs and lit lamp %d, which burns %d hours.", word, i, word, i*7, i, i*13)
	files[fmt.Sprintf("%04d.txt", i)] = &fstest.MapFile{Data: []byte(text), ModTime: at}
}

// fifty is how the program arranges feeds by default.
func fifty(o *Options) { o.Rule = channel.Rule{Limit: 50, Window: 48 * time.Hour} }

func TestWalkingTheArchiveGivesEveryArticle(t *testing.T) {
	files, out := lamps(1234), newShelf(t)
	if _, err := run(t, files, out, start, fifty); err != nil {
		t.Fatal(err)
	}
	for n, what := range []string{"at first", "with one more", "with fifty that are old", "with one gone", "with an old one edited"} {
		now := start.AddDate(0, 0, n)
		before := maps.Clone(out.files)
		switch n {
		case 1:
			addLamp(files, 2000, now)
		case 2:
			for i := range 50 {
				addLamp(files, 3000+i, start.AddDate(-3, 0, i))
			}
		case 3:
			delete(files, "0100.txt")
		case 4:
			files["0007.txt"] = &fstest.MapFile{Data: []byte(string(files["0007.txt"].Data) + " It went out."), ModTime: now}
		}
		if _, err := run(t, files, out, now, fifty); err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{channel.Atom, channel.RSS, channel.JSON} {
			if seen := walk(t, out, format); len(seen) != len(files) {
				t.Errorf("%s: %s and its archive hold %d articles, want %d", what, format, len(seen), len(files))
			}
		}
		changed := map[string]bool{}
		for name := range out.files {
			if strings.HasPrefix(name, "archive/") && string(before[name]) != string(out.files[name]) {
				changed[name[:12]] = true
			}
		}
		want := map[string]int{"at first": 0, "with one more": 0, "with fifty that are old": 2, "with one gone": 1, "with an old one edited": 1}[what]
		if len(changed) != want {
			t.Errorf("%s %v of the archive changed, want %d", what, slices.Sorted(maps.Keys(changed)), want)
		}
		if n == 4 && !strings.Contains(string(out.files["atom.xml"]), "It went out.") {
			t.Error("the edited article does not stand in the current document")
		}
	}
}

// TestALostLedgerTakesTheArchiveBack lets nothing of what is published change,
// but for what was in no document.
func TestALostLedgerTakesTheArchiveBack(t *testing.T) {
	files, out := lamps(260), newShelf(t)
	for n := range 4 { // some history: late ones, an update, a deletion
		switch n {
		case 1:
			addLamp(files, 500, start.AddDate(-9, 0, 0))
		case 2:
			files["0003.txt"] = &fstest.MapFile{Data: []byte(string(files["0003.txt"].Data) + " It went out."), ModTime: start.AddDate(0, 0, 2)}
		case 3:
			delete(files, "0120.txt")
		}
		if _, err := run(t, files, out, start.AddDate(0, 0, n), fifty); err != nil {
			t.Fatal(err)
		}
	}
	before := maps.Clone(out.files)
	out.state = t.TempDir()
	report, err := run(t, files, out, start.AddDate(0, 0, 5), fifty)
	if err != nil || report.New != 0 || report.Changed != 0 {
		t.Fatalf("%+v, %v; want nothing new", report.Census, err)
	}
	for name, content := range out.files {
		if string(before[name]) != string(content) {
			t.Errorf("%s changed", name)
		}
	}
	if len(before) != len(out.files) {
		t.Errorf("%d files, before %d", len(out.files), len(before))
	}
	addLamp(files, 600, start.AddDate(0, 0, 6))
	if report, err = run(t, files, out, start.AddDate(0, 0, 6), fifty); err != nil || report.New != 1 {
		t.Errorf("%+v, %v; want one new", report.Census, err)
	}
	if seen := walk(t, out, channel.Atom); len(seen) != len(files) {
		t.Errorf("feed and archive hold %d articles, want %d", len(seen), len(files))
	}
}

func TestEverythingInOneDocumentNeedsNoArchive(t *testing.T) {
	files, out := lamps(130), newShelf(t)
	if _, err := run(t, files, out, start, fifty); err != nil {
		t.Fatal(err)
	}
	if out.files["archive/0002.json"] == nil || readXML(t, out.files["atom.xml"]).complete {
		t.Error("80 articles that the feed does not hold have no archive")
	}
	all := func(o *Options) { o.Rule.Limit = 0 }
	if _, err := run(t, files, out, start.Add(time.Hour), all); err != nil {
		t.Fatal(err)
	}
	if d := readXML(t, out.files["atom.xml"]); len(d.ids) != 130 || !d.complete || d.prev != "" {
		t.Errorf("the feed holds %d, complete %t, before it %q; want all", len(d.ids), d.complete, d.prev)
	}
	for name := range out.files {
		if strings.HasPrefix(name, "archive/") {
			t.Errorf("%s is still there", name)
		}
	}
	if report, err := run(t, files, out, start.Add(2*time.Hour), all); err != nil || !report.Idle {
		t.Errorf("the run after it: %+v, %v; want nothing to do", report, err)
	}
}

func TestAnArchiveKeepsWhatCantBeReadToday(t *testing.T) {
	files, out := lamps(130), newShelf(t)
	if _, err := run(t, files, out, start, fifty); err != nil {
		t.Fatal(err)
	}
	files["0010.txt"] = &fstest.MapFile{Data: nil, ModTime: start}
	delete(files, "0011.txt")
	report, err := run(t, files, out, start.AddDate(0, 0, 1), fifty)
	if err != nil || report.Gone != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if seen := walk(t, out, channel.Atom); len(seen) != 129 {
		t.Errorf("feed and archive hold %d articles, want 129", len(seen))
	}
	if !strings.Contains(string(out.files["archive/0001.rss.xml"]), "lit lamp 10,") {
		t.Error("the text that can't be read today is gone from the archive")
	}
}

func TestFurtherFeeds(t *testing.T) {
	files, out := lamps(12), newShelf(t)
	for name, f := range files {
		f.Data = append(f.Data, "\n\nSource: Harbour News\n"...)
		if name < "0002" {
			delete(files, name)
			files["old/"+name] = f
		}
	}
	split := func(o *Options) {
		fifty(o)
		o.Split = []channel.Kind{channel.BySource, channel.ByFolder}
		o.Feeds = []channel.Feed{{Name: "Eleven", Selection: channel.Selection{Match: []string{"lamp 11"}}}}
	}
	if _, err := run(t, files, out, start, split); err != nil {
		t.Fatal(err)
	}
	main := readXML(t, out.files["atom.xml"])
	source, query := readXML(t, out.files["feeds/source/harbour-news/atom.xml"]), readXML(t, out.files["feeds/query/eleven/atom.xml"])
	if !slices.Equal(main.ids, source.ids) || len(query.ids) != 1 || !slices.Contains(main.ids, query.ids[0]) || !query.complete {
		t.Errorf("main %v, source %v, query %v", main.ids, source.ids, query)
	}
	if out.files["feeds/folder/old/atom.xml"] != nil {
		t.Error("two articles make a feed of their own")
	}
	for _, name := range []string{"rss.xml", "feed.json", "index.html"} {
		if out.files["feeds/source/harbour-news/"+name] == nil {
			t.Errorf("the source's feed has no %s", name)
		}
	}
	list := string(out.files["opml.xml"])
	if strings.Count(list, "xmlUrl") != 3 {
		t.Errorf("the list of feeds is\n%s", list)
	}

	before := maps.Clone(out.files)
	out.state = t.TempDir() // the ledger is lost, and the feeds of sources no longer asked for
	if _, err := run(t, files, out, start.Add(time.Hour), func(o *Options) { split(o); o.Split = nil }); err != nil {
		t.Fatal(err)
	}
	if now := out.files["feeds/query/eleven/atom.xml"]; string(now) != string(before["feeds/query/eleven/atom.xml"]) {
		t.Errorf("a feed changed although its ledger was merely lost:\n%s\nwas\n%s", now, before["feeds/query/eleven/atom.xml"])
	}
	d := out.files["feeds/source/harbour-news/atom.xml"]
	if len(readXML(t, d).ids) != 0 || !strings.Contains(string(d), "no longer published") || !strings.Contains(string(d), "Test – Harbour News") {
		t.Errorf("a feed that is no longer asked for is\n%s", d)
	}
	if list := string(out.files["opml.xml"]); strings.Count(list, "xmlUrl") != 2 {
		t.Errorf("the list of feeds is\n%s", list)
	}
}

func TestMediaGoWithTheirSeed(t *testing.T) {
	files, out := seeds(map[string]string{"a/lamp.txt": "The lamp is lit\n\nIt burns all night.", "b.txt": "The harbour sleeps\n\nNo ship came in."}), newShelf(t)
	add := func(name, content string, at time.Time) {
		files[name] = &fstest.MapFile{Data: []byte(content), ModTime: at}
	}
	step := func(hours int, want string) Report {
		t.Helper()
		report, err := run(t, files, out, start.Add(time.Duration(hours)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, name := range slices.Sorted(maps.Keys(out.files)) {
			if strings.HasPrefix(name, "media/") {
				got += name + "=" + string(out.files[name]) + " "
			}
		}
		if strings.TrimSpace(got) != want {
			t.Errorf("after %d hours there are %q, want %q", hours, got, want)
		}
		return report
	}
	add("a/lamp.mp3", "sound", start.Add(-time.Hour))
	add("a/lamp.jpg", "light", start.Add(-time.Hour))
	add("a/other.mp3", "noise", start.Add(-time.Hour))
	step(0, "media/a/lamp.jpg=light media/a/lamp.mp3=sound")
	for name, want := range map[string]string{
		"atom.xml": `href="https://example.org/media/a/lamp.mp3" rel="enclosure" type="audio/mpeg" length="5"`, "rss.xml": `length="5" type="audio/mpeg"`, "feed.json": `"size_in_bytes": 5`,
	} {
		if !strings.Contains(string(out.files[name]), want) {
			t.Errorf("%s does not hold %s:\n%s", name, want, out.files[name])
		}
	}
	if r := step(1, "media/a/lamp.jpg=light media/a/lamp.mp3=sound"); !r.Idle {
		t.Errorf("nothing changed, and the run did %+v", r)
	}
	add("a/lamp.mp3", "louder sound", start.Add(90*time.Minute))
	if r := step(2, "media/a/lamp.jpg=light media/a/lamp.mp3=louder sound"); r.Changed != 1 {
		t.Errorf("a new file beside an article is a change that subscribers see, got %+v", r.Census)
	}
	before := maps.Clone(out.files)
	out.state = t.TempDir()
	if r := step(3, "media/a/lamp.jpg=light media/a/lamp.mp3=louder sound"); r.New+r.Changed != 0 || !maps.EqualFunc(before, out.files, func(a, b []byte) bool { return string(a) == string(b) }) {
		t.Errorf("after the ledger was lost something changed: %+v", r.Census)
	}
	delete(files, "a/lamp.jpg")
	step(4, "media/a/lamp.mp3=louder sound")
	files["moved.txt"], files["moved.mp3"] = files["a/lamp.txt"], files["a/lamp.mp3"]
	delete(files, "a/lamp.txt")
	delete(files, "a/lamp.mp3")
	step(5, "media/a/lamp.mp3=louder sound")
	delete(files, "moved.txt")
	step(6, "")
}
