package hub

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const topic = "https://news.example.org/feeds/tag/räin/atom.xml?a=1&b=2"

// answers is a hub that gives these answers, one after the other, and the last
// for good.
type answers struct {
	list  []http.HandlerFunc
	asked atomic.Int32
}

func (a *answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i := int(a.asked.Add(1)) - 1
	a.list[min(i, len(a.list)-1)](w, r)
}

func says(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// hangsUp breaks the connection.
func hangsUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// silent never answers.
func silent(_ http.ResponseWriter, r *http.Request) {
	r.ParseForm() // only then does the server notice that the other end has gone
	<-r.Context().Done()
}

// quick is a hub at an address that loses no time.
func quick(address string) Hub {
	return Hub{Address: address, Limit: 5 * time.Second, Wait: time.Millisecond, LongWait: 20 * time.Millisecond}
}

func serve(t *testing.T, handler http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func TestNotifySends(t *testing.T) {
	got := make(chan string, 1)
	server := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := r.ParseForm()
		got <- fmt.Sprint(r.Method, " ", r.URL, " ", r.Header.Get("Content-Type"), " ", r.Header.Get("User-Agent"), " ", r.PostForm, " ", err)
		w.WriteHeader(http.StatusNoContent)
	}))
	if err := quick(server.URL+"/publish?key=1").Notify(t.Context(), topic); err != nil {
		t.Fatal(err)
	}
	want := "POST /publish?key=1 application/x-www-form-urlencoded seedfeed map[hub.mode:[publish] hub.topic:[" + topic + "] hub.url:[" + topic + "]] <nil>"
	if got := <-got; got != want {
		t.Errorf("the hub got\n%s\nwant\n%s", got, want)
	}
}

func TestNotify(t *testing.T) {
	long := strings.Repeat("ä", 1000)
	for _, test := range []struct {
		name    string
		answers []http.HandlerFunc
		asked   int32
		refused bool
		want    string // the error behind the hub's address, or none
	}{
		{"200 is success", []http.HandlerFunc{says(200, "")}, 1, false, ""},
		{"so is 202", []http.HandlerFunc{says(202, "queued")}, 1, false, ""},
		{"and 204", []http.HandlerFunc{says(204, "")}, 1, false, ""},
		{"a busy hub is asked again", []http.HandlerFunc{says(503, "later"), says(202, "")}, 2, false, ""},
		{"one that is asked too often too", []http.HandlerFunc{says(429, ""), says(500, ""), says(202, "")}, 3, false, ""},
		{"and one that breaks off", []http.HandlerFunc{hangsUp, says(202, "")}, 2, false, ""},
		{"one that stays busy is given up", []http.HandlerFunc{says(503, "later")}, 3, false, `503 Service Unavailable: "later"`},
		{"it is left alone as it asks", []http.HandlerFunc{says(503, "", "Retry-After", "0"), says(202, "")}, 2, false, ""},
		{"but a long wait is for another run", []http.HandlerFunc{says(429, "", "Retry-After", "120")}, 1, false, `429 Too Many Requests`},
		{"400 is a refusal", []http.HandlerFunc{says(400, "hub.url missing")}, 1, true, `the notification was refused: 400 Bad Request: "hub.url missing"`},
		{"404 is a refusal", []http.HandlerFunc{says(404, "")}, 1, true, `the notification was refused: 404 Not Found`},
		{"only the first line is told", []http.HandlerFunc{says(403, "\n \r\n no such topic\r\nGoodbye")}, 1, true, `the notification was refused: 403 Forbidden: "no such topic"`},
		{"and made printable", []http.HandlerFunc{says(403, "\x1b[2Jgone\xff\u202e")}, 1, true, `the notification was refused: 403 Forbidden: "\x1b[2Jgone\xff\u202e"`},
		{"and made short", []http.HandlerFunc{says(403, long)}, 1, true, `the notification was refused: 403 Forbidden: "` + long[:400] + `"`},
		{"a hub that moved is not asked with GET", []http.HandlerFunc{says(302, "", "Location", "https://new.example.org/"), says(200, "")}, 1, true,
			`the notification was refused: 302 Found to "https://new.example.org/": set the address it moved to`},
		{"nor one that moved for good", []http.HandlerFunc{says(301, "", "Location", "https://me:word@new.example.org/"), says(200, "")}, 1, true,
			`the notification was refused: 301 Moved Permanently to "https://me:xxxxx@new.example.org/": set the address it moved to`},
		{"a redirect to nowhere is none", []http.HandlerFunc{says(303, "")}, 1, true, `the notification was refused: 303 See Other to "": set the address it moved to`},
		{"307 is followed", []http.HandlerFunc{says(307, "", "Location", "/new"), onlyPost}, 2, false, ""},
		{"308 is followed", []http.HandlerFunc{says(308, "", "Location", "/new"), onlyPost}, 2, false, ""},
		{"but not for ever", []http.HandlerFunc{says(308, "", "Location", "/round")}, 1 + mostRedirects, true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			hub := &answers{list: test.answers}
			server := serve(t, hub)
			err := quick(server.URL).Notify(t.Context(), topic)
			if test.want == "" && !test.refused {
				if err != nil {
					t.Errorf("Notify = %v, want success", err)
				}
			} else if want := fmt.Sprintf("hub %q: %s", server.URL, test.want); err == nil || !strings.HasPrefix(err.Error(), want) || test.want != "" && err.Error() != want {
				t.Errorf("Notify = %v, want %s", err, want)
			}
			if errors.Is(err, ErrRefused) != test.refused || hub.asked.Load() != test.asked {
				t.Errorf("Notify = %v after %d requests, want %d and ErrRefused: %v", err, hub.asked.Load(), test.asked, test.refused)
			}
		})
	}
}

// onlyPost takes nothing but a whole notification.
func onlyPost(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.PostFormValue("hub.url") != topic {
		http.Error(w, "no notification", http.StatusBadRequest)
	}
}

func TestNotifyWaitsAsLongAsItIsAsked(t *testing.T) {
	server := serve(t, &answers{list: []http.HandlerFunc{says(503, "", "Retry-After", "1"), says(202, "")}})
	h := quick(server.URL)
	h.LongWait = 2 * time.Second
	began := time.Now()
	if err := h.Notify(t.Context(), topic); err != nil || time.Since(began) < time.Second {
		t.Errorf("Notify = %v after %v, want success after a second", err, time.Since(began))
	}
}

func TestNotifyGivesUpAHubThatNeverAnswers(t *testing.T) {
	hub := &answers{list: []http.HandlerFunc{silent}}
	h := quick(serve(t, hub).URL)
	h.Limit, h.Attempts = 200*time.Millisecond, 2
	began := time.Now()
	err := h.Notify(t.Context(), topic)
	if took := time.Since(began); err == nil || errors.Is(err, ErrRefused) || took < 2*h.Limit || took > 5*time.Second || hub.asked.Load() != 2 {
		t.Errorf("Notify = %v after %v and %d requests, want it to give up after 2 times %v", err, took, hub.asked.Load(), h.Limit)
	}
}

func TestNotifyReadsNoEndlessAnswer(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte("no such topic\n")); err != nil {
				return
			}
		}
	}
	began := time.Now()
	h := quick(serve(t, http.HandlerFunc(endless)).URL)
	err := h.Notify(t.Context(), topic)
	if !errors.Is(err, ErrRefused) || !strings.HasSuffix(err.Error(), `: "no such topic"`) || time.Since(began) > h.Limit {
		t.Errorf("Notify = %v after %v, want a refusal at once", err, time.Since(began))
	}
}

func TestNotifyEndsWithItsContext(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
	}{
		{"while it waits for an answer", silent},
		{"while it waits to try again", says(503, "")},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			hub := &answers{list: []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) {
				time.AfterFunc(20*time.Millisecond, cancel)
				test.answer(w, r)
			}}}
			h := quick(serve(t, hub).URL)
			h.Wait, h.LongWait = time.Minute, time.Minute
			began := time.Now()
			err := h.Notify(ctx, topic)
			if !errors.Is(err, context.Canceled) || time.Since(began) > h.Limit || hub.asked.Load() != 1 {
				t.Errorf("Notify = %v after %v and %d requests, want canceled at once", err, time.Since(began), hub.asked.Load())
			}
		})
	}
}

func TestNotifyNeverSendsWithAContextThatIsOver(t *testing.T) {
	hub := &answers{list: []http.HandlerFunc{says(200, "")}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := quick(serve(t, hub).URL).Notify(ctx, topic); !errors.Is(err, context.Canceled) || hub.asked.Load() != 0 {
		t.Errorf("Notify = %v after %d requests, want canceled and none", err, hub.asked.Load())
	}
}

func TestNotifyTellsWhatIsWrongWithAnAddress(t *testing.T) {
	nobody := httptest.NewServer(nil)
	nobody.Close()
	for _, test := range []struct{ name, address, want string }{
		{"nobody there", nobody.URL, fmt.Sprintf("hub %q: dial tcp ", nobody.URL)},
		{"a scheme that is not the web's", "ftp://me:word@hub.example.org/", `hub "ftp://me:xxxxx@hub.example.org/": unsupported protocol scheme "ftp"`},
		{"none", "", `hub "": unsupported protocol scheme ""`},
		{"no address at all", "http://me:word@hub example.org/", `the hub's address: invalid character " " in host name`},
	} {
		err := quick(test.address).Notify(t.Context(), topic)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || errors.Is(err, ErrRefused) {
			t.Errorf("%s: Notify = %v, want %s", test.name, err, test.want)
		}
	}
}

func TestNotifyLeavesNoConnectionOpen(t *testing.T) {
	for _, answer := range []http.HandlerFunc{says(202, ""), says(202, "queued"), says(404, "no"), says(503, "later")} {
		var open sync.WaitGroup
		server := httptest.NewUnstartedServer(answer)
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open.Add(1)
			case http.StateClosed:
				open.Done()
			}
		}
		server.Start()
		quick(server.URL).Notify(t.Context(), topic)
		closed := make(chan bool)
		go func() { open.Wait(); close(closed) }()
		select {
		case <-closed:
		case <-time.After(5 * time.Second):
			t.Error("a connection to the hub is still open")
		}
		server.Close()
	}
}

// fakeTransport is another way to a hub.
type fakeTransport struct{ asked, closed int }

func (f *fakeTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	f.asked++
	rec := httptest.NewRecorder()
	onlyPost(rec, r)
	return rec.Result(), nil
}

func (f *fakeTransport) CloseIdleConnections() { f.closed++ }

func TestNotifyTakesTheTransportItIsGivenAndLeavesItOpen(t *testing.T) {
	way := &fakeTransport{}
	h := Hub{Address: "https://hub.example.org/", Transport: way}
	if err := h.Notify(t.Context(), topic); err != nil || way.asked != 1 || way.closed != 0 {
		t.Errorf("Notify = %v; asked %d times, closed %d times, want 1 and 0", err, way.asked, way.closed)
	}
}
