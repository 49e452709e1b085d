package cli

import (
	"errors"
	"testing"
)

func TestVisited(t *testing.T) {
	for _, tt := range []struct{ name, host, want string }{
		{"a name", "localhost", "http://localhost:8080/"},
		{"an address", "127.0.0.1", "http://127.0.0.1:8080/"},
		{"one of IPv6", "::1", "http://[::1]:8080/"},
		{"all addresses are this machine's", "0.0.0.0", "http://localhost:8080/"},
		{"all of IPv6 as well", "::", "http://localhost:8080/"},
		{"and none", "", "http://localhost:8080/"},
	} {
		if got := visited(tt.host, "8080"); got != tt.want {
			t.Errorf("%s: visited(%q) = %s, want %s", tt.name, tt.host, got, tt.want)
		}
	}
}

func TestListenRefuses(t *testing.T) {
	var usage usageError
	var taken *listenError
	for _, address := range []string{"", "8080", "localhost", "::1:8080", "http://localhost:8080/"} {
		if _, _, err := listen(address); !errors.As(err, &usage) {
			t.Errorf("listen(%q) = %v, want wrong usage", address, err)
		}
	}
	if _, _, err := listen("localhost:99999"); !errors.As(err, &taken) {
		t.Errorf("listen on a port that is none = %v", err)
	}
}
