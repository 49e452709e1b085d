package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"

	"seedfeed/feed/cli"
	"seedfeed/feed/server"
	"seedfeed/feed/syndication"
)

var screenshots = flag.String("screenshots", "", "write pictures of the pages into this `folder`")

// newsroom is a site that was built of the folder of that name in newsroom.txtar.
type newsroom struct {
	*httptest.Server
	dir, out string
}

func openNewsroom(t *testing.T, folder, title string) newsroom {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/newsroom.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		if name, ours := strings.CutPrefix(f.Name, folder+"/"); ours {
			put(t, filepath.Join(dir, "seeds", name), f.Data)
		}
	}
	picture := filepath.Join(dir, "seeds", map[string]string{"en": "ferry/lamp.png", "fa": "دریا/چراغ.png"}[folder])
	put(t, picture, sunset(t))
	put(t, strings.TrimSuffix(picture, ".png")+".mp3", []byte("no sound"))
	n := newsroom{dir: dir, out: filepath.Join(dir, "out")}
	n.Server = httptest.NewServer(http.FileServer(http.Dir(n.out)))
	t.Cleanup(n.Close)
	t.Setenv("XDG_STATE_HOME", filepath.Join(dir, "state"))
	config := fmt.Sprintf("title = %q\ntimezone = \"Asia/Tehran\"\nsplit = [\"source\", \"folder\"]\nstylesheet = \"own.css\"\n", title)
	put(t, filepath.Join(dir, "seedfeed.toml"), []byte(config))
	put(t, filepath.Join(dir, "own.css"), []byte("nav { letter-spacing: 1px }\n"))
	n.build(t)
	return n
}

func (n newsroom) build(t *testing.T) {
	t.Helper()
	var stderr bytes.Buffer
	args := []string{"--config", filepath.Join(n.dir, "seedfeed.toml"), "--in", filepath.Join(n.dir, "seeds"), "--out", n.out, "--base-url", n.URL, "--settle", "0s"}
	if code := cli.Run(t.Context(), args, nil, &stderr, &stderr); code != 0 {
		t.Fatalf("exit %d\n%s", code, &stderr)
	}
}

func put(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o666); err != nil {
		t.Fatal(err)
	}
}

// sunset is a picture.
func sunset(t *testing.T) []byte {
	t.Helper()
	const width, height = 640, 240
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{uint8(250 - y/3), uint8(200 - y/2), uint8(120 + y/4), 255}
			if y > 170 {
				c = color.RGBA{30, uint8(90 - y/8), 110, 255}
			}
			if dx, dy := x-430, y-165; dx*dx+dy*dy < 40*40 && y <= 170 {
				c = color.RGBA{255, 236, 170, 255}
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tab is an open tab of Chromium, with what its pages complain of.
type tab struct {
	*testing.T
	ctx     context.Context
	console *console
}

// console keeps what a browser writes there, also what a page's policy forbids.
type console struct {
	sync.Mutex
	lines []string
}

func (c *console) listen(event any) {
	c.Lock()
	defer c.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		c.lines = append(c.lines, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *runtime.EventExceptionThrown:
		c.lines = append(c.lines, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		c.lines = append(c.lines, "console."+string(e.Type))
	}
}

// openTab starts Chromium, if it is there.
func openTab(t *testing.T) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("not in a short run: it starts a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WSURLReadTimeout(time.Minute))
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	console := new(console)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(console.listen))
	t.Cleanup(cancel)
	return &tab{t, ctx, console}
}

// of is the same tab in a subtest.
func (t *tab) of(sub *testing.T) *tab { return &tab{sub, t.ctx, t.console} }

func (t *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval is the value of an expression in the page; a promise is waited for.
func eval[V any](t *tab, expression string) (value V) {
	t.Helper()
	value, err := chromedp.Run(t.ctx, chromedp.Evaluate[V](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.200s: %v", expression, err)
	}
	return value
}

// quiet fails if a page has complained of anything.
func (t *tab) quiet() {
	t.Helper()
	t.console.Lock()
	defer t.console.Unlock()
	for _, line := range t.console.lines {
		t.Errorf("the browser says %s", line)
	}
	t.console.lines = nil
}

// permit lets pages do what a visitor would be asked for.
func (t *tab) permit(permission string) {
	t.Helper()
	_, err := chromedp.CallBrowser(t.ctx, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: permission}, Setting: browser.PermissionSettingGranted})
	if err != nil {
		t.Fatal(err)
	}
}

func (t *tab) dark(on bool) {
	t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[on]
	if _, err := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
		t.Fatal(err)
	}
}

func (t *tab) width(pixels int64) {
	t.Helper()
	t.run(chromedp.EmulateViewport(pixels, 900))
}

// pages are the kinds of pages of a newsroom.
func (n newsroom) pages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{"index": "/", "feeds": "/feeds/", "article": "/articles/ferry/lamp.html", "feed": "/feeds/folder/ferry/"}
	if _, err := os.Stat(filepath.Join(n.out, "articles", "ferry")); err != nil {
		pages["article"], pages["feed"] = "/articles/دریا/چراغ.html", "/feeds/folder/دریا/"
	}
	for _, page := range pages {
		if _, err := os.Stat(filepath.Join(n.out, page)); err != nil {
			t.Fatal(err)
		}
	}
	return pages
}

func TestAVisitorSubscribesAndReads(t *testing.T) {
	browse := openTab(t)
	for _, test := range []struct {
		folder, title   string
		rtl             string
		day, older      string
		paragraphsBack  int // that run against the article
		subscribe, copy string
	}{
		{"en", "Harbour Reader", "ltr", "March 4, 2026", "New ferry timetable leaves the island a quarter of an hour", 1, "Subscribe", "Copied"},
		{"fa", "بندرخوان", "rtl", "۱۳ اسفند ۱۴۰۴", "قایق مسافربری در جزیره یک ربع می\u200cماند", 1, "مشترک شوید", "کپی شد"},
	} {
		t.Run(test.folder, func(t *testing.T) {
			n := openNewsroom(t, test.folder, test.title)
			visit := browse.of(t)
			visit.permit("clipboard-read")
			visit.run(chromedp.Navigate(n.URL))
			if got := eval[string](visit, `document.documentElement.lang + getComputedStyle(document.body).direction`); got != test.folder+test.rtl {
				t.Errorf("the index is %q, want %q", got, test.folder+test.rtl)
			}
			if got := eval[string](visit, `document.querySelector("h2").textContent`); got != test.subscribe {
				t.Errorf("the first heading is %q, want %q", got, test.subscribe)
			}

			// Whoever looks for a feed finds it.
			address := eval[string](visit, `document.querySelector('link[rel=alternate][type="application/atom+xml"]').href`)
			answer, err := http.Get(address)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			var feed bytes.Buffer
			if _, err := feed.ReadFrom(answer.Body); err != nil {
				t.Fatal(err)
			}
			if p, err := syndication.ReadAtom(feed.Bytes()); err != nil || len(p.Entries) != 8 {
				t.Errorf("the feed at %s has %d entries, %v; want 8", address, len(p.Entries), err)
			}

			// An address is selected whole by a click, and copied by its button.
			visit.run(chromedp.Click(chromedp.CSS(".addresses code")))
			if got := eval[string](visit, `getSelection().toString().trim()`); got != n.URL+"/atom.xml" {
				t.Errorf("a click selects %q", got)
			}
			visit.run(chromedp.Click(chromedp.CSS(".addresses li:nth-child(2) button")), chromedp.Sleep(100*time.Millisecond))
			if got := eval[string](visit, `document.querySelector(".addresses li:nth-child(2) button").textContent`); got != test.copy {
				t.Errorf("the button says %q, want %q", got, test.copy)
			}
			if got := eval[string](visit, `navigator.clipboard.readText()`); got != n.URL+"/rss.xml" {
				t.Errorf("the button copies %q", got)
			}

			// The newest article, and the one before it.
			visit.run(chromedp.Click(chromedp.CSS("h4 a")), chromedp.WaitVisible(chromedp.CSS("article > footer")))
			if got := eval[string](visit, `getComputedStyle(document.querySelector("h1")).direction`); got != test.rtl {
				t.Errorf("the article runs %s, want %s", got, test.rtl)
			}
			if got := eval[string](visit, `document.querySelector("header time").textContent + document.querySelector("header time").dateTime`); !strings.HasPrefix(got, test.day+"2026-03-04T") {
				t.Errorf("its day is %q, want %q", got, test.day)
			}
			if got := eval[int](visit, `[...document.querySelectorAll("article p")].filter(p => getComputedStyle(p).direction != document.documentElement.dir).length`); got != test.paragraphsBack {
				t.Errorf("%d paragraphs run the other way, want %d", got, test.paragraphsBack)
			}
			if got := eval[string](visit, `JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).inLanguage`); got != test.folder {
				t.Errorf("its data tell the language %q", got)
			}
			if got := eval[bool](visit, `document.querySelector("img").naturalWidth == 640`); !got {
				t.Error("its picture is not shown")
			}
			if got := eval[string](visit, `getComputedStyle(document.querySelector("nav")).letterSpacing`); got != "1px" {
				t.Errorf("the owner's stylesheet has no effect: %q", got)
			}
			visit.run(chromedp.Click(chromedp.CSS("a[rel=prev]")), chromedp.WaitVisible(chromedp.CSS("a[rel=next]")))
			if got := eval[string](visit, `document.querySelector("h1").textContent`); got != test.older {
				t.Errorf("before it comes %q, want %q", got, test.older)
			}
			visit.run(chromedp.Click(chromedp.CSS("nav a")), chromedp.WaitVisible(chromedp.CSS(".subscribe")))

			for name, page := range n.pages(t) {
				visit.run(chromedp.Navigate(n.URL + page))
				for _, width := range []int64{320, 1440} {
					visit.width(width)
					if got := eval[int64](visit, `document.documentElement.scrollWidth`); got > width {
						t.Errorf("%s is %d wide in a window of %d", name, got, width)
					}
				}
			}
			visit.quiet()
		})
	}
}

func TestPagesAreReadableInTheDark(t *testing.T) {
	visit := openTab(t)
	n := openNewsroom(t, "fa", "بندرخوان")
	brightness := func() float64 {
		return eval[float64](visit, `getComputedStyle(document.body).backgroundColor.match(/\d+/g).reduce((sum, c) => sum + Number(c), 0)`)
	}
	for name, page := range n.pages(t) {
		visit.run(chromedp.Navigate(n.URL + page))
		visit.dark(false)
		light := brightness()
		visit.dark(true)
		if dark := brightness(); dark > 150 || light < 600 {
			t.Errorf("%s has a ground of %v by day and %v by night", name, light, dark)
		}
	}
	visit.quiet()
}

func TestPagesWorkFromDisk(t *testing.T) {
	visit := openTab(t)
	n := openNewsroom(t, "fa", "بندرخوان")
	n.Close()
	visit.run(chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(n.out, "index.html"))), chromedp.Click(chromedp.CSS("h4 a")), chromedp.WaitVisible(chromedp.CSS("article > footer")))
	if got := eval[string](visit, `getComputedStyle(document.querySelector("nav")).letterSpacing + document.querySelector("img").naturalWidth`); got != "1px640" {
		t.Errorf("stylesheet and picture make %q", got)
	}
	visit.run(chromedp.Click(chromedp.CSS("nav a")), chromedp.WaitVisible(chromedp.CSS(".feeds a")), chromedp.Click(chromedp.CSS(".feeds a")), chromedp.WaitVisible(chromedp.CSS(".newest")))
	visit.quiet()
}

func TestTheOpenPageLoadsAgain(t *testing.T) {
	visit := openTab(t)
	n := openNewsroom(t, "en", "Harbour Reader")
	served := server.New(n.out)
	web := httptest.NewServer(served)
	defer web.Close()
	defer web.CloseClientConnections() // the page listens
	visit.run(chromedp.Navigate(web.URL))
	for _, title := range []string{"An otter is seen under the pier", "Two otters are seen under the pier"} {
		put(t, filepath.Join(n.dir, "seeds", "town", "otter.txt"), []byte(title+"\n\nIt looked at the keeper, and the keeper looked at his boots.\n"))
		n.build(t)
		// The page may be about to begin to listen: it is told until it shows.
		again := time.NewTicker(300 * time.Millisecond)
		shows := fmt.Sprintf(`[...document.querySelectorAll("h4")].some(h => h.textContent == %q)`, title)
		for tries := 0; ; tries++ {
			if shown, err := chromedp.Run(visit.ctx, chromedp.Evaluate[bool](shows)); err == nil && shown { // it fails while the page loads
				break
			}
			if tries == 30 {
				t.Fatalf("the page does not show %q", title)
			}
			served.Changed()
			<-again.C
		}
		again.Stop()
	}
	visit.quiet()
}

// TestPagesAreAccessible asks axe-core, of which SEEDFEED_AXE names the script.
func TestPagesAreAccessible(t *testing.T) {
	axe, err := os.ReadFile(os.Getenv("SEEDFEED_AXE"))
	if err != nil {
		t.Skip("SEEDFEED_AXE does not name axe-core's axe.min.js")
	}
	visit := openTab(t)
	for folder, title := range map[string]string{"en": "Harbour Reader", "fa": "بندرخوان"} {
		n := openNewsroom(t, folder, title)
		for name, page := range n.pages(t) {
			visit.run(chromedp.Navigate(n.URL+page), chromedp.Evaluate[chromedp.Void](string(axe)))
			for _, dark := range []bool{false, true} {
				visit.dark(dark)
				for _, width := range []int64{320, 1440} {
					visit.width(width)
					found := eval[[]json.RawMessage](visit, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => ({id: v.id, nodes: v.nodes.map(n => n.html + " " + n.failureSummary)})))`)
					for _, violation := range found {
						t.Errorf("%s of %s, %d wide, dark %v: %s", name, folder, width, dark, violation)
					}
				}
			}
		}
	}
	visit.quiet()
}

// TestTheNuCheckerFindsNothing asks the Nu HTML checker, of which SEEDFEED_NU
// names the jar. It looks at pages as they are served: to a file it grants no
// picture, since 'self' is no address then.
func TestTheNuCheckerFindsNothing(t *testing.T) {
	jar := os.Getenv("SEEDFEED_NU")
	if _, err := os.Stat(jar); err != nil {
		t.Skip("SEEDFEED_NU does not name the Nu HTML checker's vnu.jar")
	}
	if _, err := exec.LookPath("java"); err != nil {
		t.Skip("java is not installed")
	}
	args := []string{"-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", jar, "--Werror"} // loopback is one
	for folder, title := range map[string]string{"en": "Harbour Reader", "fa": "بندرخوان"} {
		n := openNewsroom(t, folder, title)
		for _, page := range n.pages(t) {
			args = append(args, n.URL+(&url.URL{Path: page}).String())
		}
	}
	if found, err := exec.Command("java", args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, found)
	}
}

// TestScreenshots makes pictures for people to look at, in the README too.
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("-screenshots names no folder")
	}
	visit := openTab(t)
	for folder, title := range map[string]string{"en": "Harbour Reader", "fa": "بندرخوان"} {
		n := openNewsroom(t, folder, title)
		for name, page := range n.pages(t) {
			visit.run(chromedp.Navigate(n.URL + page))
			for _, dark := range []bool{false, true} {
				visit.dark(dark)
				for _, width := range []int64{320, 768, 1440} {
					visit.width(width)
					visit.run(chromedp.Evaluate[chromedp.Void](`for (const code of document.querySelectorAll("code")) code.textContent = code.textContent.replace(/http:..[^/]*/, "https://news.example.org")`))
					picture, err := chromedp.Run(visit.ctx, chromedp.FullScreenshot(100))
					if err != nil {
						t.Fatal(err)
					}
					scheme := map[bool]string{true: "-dark", false: ""}[dark]
					put(t, filepath.Join(*screenshots, fmt.Sprintf("%s-%s-%d%s.png", folder, name, width, scheme)), picture)
				}
			}
		}
	}
}
