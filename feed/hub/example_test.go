package hub_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"seedfeed/feed/hub"
)

func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.FormValue("hub.mode"), r.FormValue("hub.url"))
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()

	h := hub.Hub{Address: server.URL}
	fmt.Println(h.Notify(context.Background(), "https://news.example.org/atom.xml"))
	// Output:
	// publish https://news.example.org/atom.xml
	// <nil>
}
