// Package hub tells a WebSub hub which feeds have changed.
//
// The address of a feed goes in; out goes a notification, upon which the hub
// fetches the feed and passes it on to whoever subscribed there. WebSub leaves
// to hub and publisher how that is said (section 6); public hubs agree on a
// form of three fields.
package hub

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Hub is where notifications go. All but its address may be left out.
type Hub struct {
	Address   string            // that the feeds name as their hub
	Transport http.RoundTripper // nil: straight there, without a proxy, and the connection is closed afterwards
	Limit     time.Duration     // of one attempt; 0: 10 s
	Attempts  int               // at most so many; 0: 3
	Wait      time.Duration     // before the second attempt, and twice as long before each further one; 0: 1 s
	LongWait  time.Duration     // no wait is longer; a hub that asks for one is left alone; 0: 5 s
}

// ErrRefused says that trying again is of no use: the hub won't have the
// notification, or it moved.
var ErrRefused = errors.New("the notification was refused")

const (
	mostRedirects = 3
	mostBytes     = 4 << 10 // of an answer's body
)

// Notify tells the hub that the feed at topic has changed. It tries again if
// the hub is out of reach, broken or busy.
func (h Hub) Notify(ctx context.Context, topic string) error {
	client := h.client()
	if h.Transport == nil {
		defer client.HTTPClient.CloseIdleConnections()
	}
	// hub.url is PubSubHubbub's field, hub.topic WebSub's. A hub reads the one
	// that it knows.
	form := url.Values{"hub.mode": {"publish"}, "hub.url": {topic}, "hub.topic": {topic}}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodPost, h.Address, []byte(form.Encode()))
	if err != nil {
		return h.explain(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", "seedfeed")
	resp, err := client.Do(req)
	if resp != nil {
		defer resp.Body.Close()
	}
	if err == nil {
		err = judge(resp)
	}
	if err != nil {
		return h.explain(err)
	}
	return nil
}

func (h Hub) client() *retryablehttp.Client {
	longest := cmp.Or(h.LongWait, 5*time.Second)
	transport := h.Transport
	if transport == nil {
		transport = &http.Transport{}
	}
	return &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: transport, Timeout: cmp.Or(h.Limit, 10*time.Second), CheckRedirect: follow},
		RetryMax:     cmp.Or(h.Attempts, 3) - 1,
		RetryWaitMin: cmp.Or(h.Wait, time.Second),
		RetryWaitMax: longest,
		Backoff:      retryablehttp.DefaultBackoff, // which knows Retry-After
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
		CheckRetry: func(ctx context.Context, resp *http.Response, err error) (bool, error) {
			again, err := retryablehttp.DefaultRetryPolicy(ctx, resp, err)
			return again && askedWait(resp) <= longest, err
		},
	}
}

// askedWait is how long the hub asks to be left alone, 0 if it doesn't.
func askedWait(resp *http.Response) time.Duration {
	return retryablehttp.DefaultBackoff(0, 0, 0, resp)
}

// follow goes where a hub sends a notification. After 301, 302 and 303 that
// would no more be a POST (RFC 9110, section 15.4), and so tell nobody anything.
func follow(req *http.Request, via []*http.Request) error {
	if req.Method != http.MethodPost || len(via) > mostRedirects {
		return http.ErrUseLastResponse
	}
	return nil
}

// judge tells what a hub's answer means.
func judge(resp *http.Response) error {
	status := fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	switch code := resp.StatusCode; {
	case code/100 == 2:
		return nil
	case code/100 == 3:
		return fmt.Errorf("%w: %s to %q: set the address it moved to", ErrRefused, status, location(resp))
	case code/100 == 4 && code != http.StatusTooManyRequests:
		return fmt.Errorf("%w: %s%s", ErrRefused, status, reason(resp.Body))
	}
	return fmt.Errorf("%s%s", status, reason(resp.Body))
}

// location is where a redirect points, as an absolute address if it is one.
func location(resp *http.Response) string {
	if u, err := resp.Location(); err == nil {
		return u.Redacted()
	}
	return resp.Header.Get("Location")
}

// reason is the first line of an answer, fit to be printed behind its status.
func reason(body io.Reader) string {
	text, _ := io.ReadAll(io.LimitReader(body, mostBytes)) // what came before an error still tells
	line, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if line = strings.TrimSpace(line); line == "" {
		return ""
	}
	return fmt.Sprintf(": %.200q", line)
}

// explain names the hub, whose address may hold a password.
func (h Hub) explain(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		err = e.Err
	}
	u, parsing := url.Parse(h.Address)
	if parsing != nil {
		return fmt.Errorf("the hub's address: %w", err)
	}
	return fmt.Errorf("hub %q: %w", u.Redacted(), err)
}
