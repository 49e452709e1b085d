package cli_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"seedfeed/feed/cli"
)

// wall is a hub that keeps what it is told.
type wall struct {
	*httptest.Server
	mu     sync.Mutex
	topics []string
	status int // of its answers
}

func newWall(t *testing.T) *wall {
	w := &wall{status: http.StatusNoContent}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if mode, topic := r.PostFormValue("hub.mode"), r.PostFormValue("hub.topic"); w.status == http.StatusNoContent && mode == "publish" && topic == r.PostFormValue("hub.url") {
			w.topics = append(w.topics, topic)
		}
		rw.WriteHeader(w.status)
	}))
	t.Cleanup(w.Close)
	return w
}

// told is what the hub was told of since it was asked last.
func (w *wall) told() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	slices.Sort(w.topics)
	told := strings.Join(w.topics, " ")
	w.topics = nil
	return told
}

func (w *wall) answer(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.status = status
}

// desk is a folder with seeds, and what was said in it.
type desk struct {
	t      *testing.T
	dir    string
	stderr bytes.Buffer
}

func newDesk(t *testing.T, hub string) *desk {
	d := &desk{t: t, dir: t.TempDir()}
	for name, value := range map[string]string{
		"SEEDFEED_HUB": hub, "SEEDFEED_BASE_URL": "https://news.example.org/", "SEEDFEED_SETTLE": "0s",
		"SEEDFEED_IN": filepath.Join(d.dir, "seeds"), "SEEDFEED_OUT": filepath.Join(d.dir, "out"), "SEEDFEED_STATE": filepath.Join(d.dir, "state"),
	} {
		t.Setenv(name, value)
	}
	d.write("one", "It was lit.")
	return d
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.dir, "seeds", name+".txt")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("Lamp "+name+"\n\n"+text+"\n"), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// run runs a command and returns what it said.
func (d *desk) run(code int, args ...string) string {
	d.t.Helper()
	d.stderr.Reset()
	if got := cli.Run(context.Background(), args, nil, &d.stderr, &d.stderr); got != code {
		d.t.Errorf("seedfeed %v exits with %d, want %d:\n%s", args, got, code, d.stderr.String())
	}
	return d.stderr.String()
}

const three = "https://news.example.org/atom.xml https://news.example.org/feed.json https://news.example.org/rss.xml"

func TestAHubIsToldOfEachChange(t *testing.T) {
	hub := newWall(t)
	d := newDesk(t, hub.URL)
	d.run(0)
	if told := hub.told(); told != three {
		t.Errorf("of a new feed the hub was told of %q, want %q", told, three)
	}
	d.write("two", "It was lit, too.")
	d.run(0)
	if told := hub.told(); told != three {
		t.Errorf("the hub was told of %q, want %q", told, three)
	}
	d.run(0)
	if told := hub.told(); told != "" {
		t.Errorf("nothing changed, and the hub was told of %q", told)
	}
	for _, name := range []string{"atom.xml", "rss.xml", "feed.json"} {
		content, err := os.ReadFile(filepath.Join(d.dir, "out", name))
		if err != nil || !bytes.Contains(content, []byte(hub.URL)) {
			t.Errorf("%s does not name the hub (%v)", name, err)
		}
	}
}

func TestAHubThatIsDeadCostsAWarning(t *testing.T) {
	hub := newWall(t)
	d := newDesk(t, hub.URL)
	d.run(0)
	hub.told()
	hub.answer(http.StatusServiceUnavailable)
	t.Setenv("SOURCE_DATE_EPOCH", "4000000000")
	d.write("two", "It was lit, too.")
	if said := d.run(0); !strings.Contains(said, "later runs will try again") || !strings.Contains(said, "1 new") || strings.Count(said, "hub") != 2 {
		t.Errorf("a dead hub is told of as\n%s", said)
	}
	hub.answer(http.StatusNoContent)
	d.run(0) // too early
	if told := hub.told(); told != "" {
		t.Errorf("the next run told the hub of %q at once", told)
	}
	if said := d.run(0, "status"); !strings.Contains(said, "has yet to be told of 3 changed documents") {
		t.Errorf("status says\n%s", said)
	}
	t.Setenv("SOURCE_DATE_EPOCH", "4000000090")
	if said := d.run(0); !strings.Contains(said, "0 files written") {
		t.Errorf("the run that tells the hub says\n%s", said)
	}
	if told := hub.told(); told != three {
		t.Errorf("a later run told the hub of %q, want %q", told, three)
	}
}

func TestAHubThatRefusesIsNotAskedAgain(t *testing.T) {
	hub := newWall(t)
	d := newDesk(t, hub.URL)
	d.run(0)
	hub.answer(http.StatusForbidden)
	d.write("two", "It was lit, too.")
	if said := d.run(0); !strings.Contains(said, "403 Forbidden") {
		t.Errorf("the refusal is told of as\n%s", said)
	}
	if said := d.run(0, "status"); strings.Contains(said, "has yet to be told") {
		t.Errorf("status says\n%s", said)
	}
}

func TestPingTellsTheHubAfterAnUpload(t *testing.T) {
	hub := newWall(t)
	d := newDesk(t, hub.URL)
	t.Setenv("SEEDFEED_PING", "manual")
	d.run(1, "ping") // there is nothing yet
	d.run(0)
	d.run(0, "ping")
	hub.told()
	d.write("two", "It was lit, too.")
	d.run(0)
	if told := hub.told(); told != "" {
		t.Errorf("the build told the hub of %q", told)
	}
	if said := d.run(0, "ping"); hub.told() != three || !strings.Contains(said, "told of 3 of 3") {
		t.Errorf("ping says\n%s", said)
	}
	if said := d.run(0, "ping"); hub.told() != "" || !strings.Contains(said, "told of 0 of 0") {
		t.Errorf("ping says\n%s", said)
	}
	d.write("three", "It was lit as well.")
	d.run(0)
	hub.answer(http.StatusForbidden)
	d.run(1, "ping")
	t.Setenv("SEEDFEED_HUB", "")
	if said := d.run(1, "ping"); !strings.Contains(said, "no hub is set") {
		t.Errorf("without a hub ping says\n%s", said)
	}
}
