package feed

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// journey builds once and notes the stops: by their first calls, and what was
// behind each in the end.
func journey(t *testing.T, n int, out *shelf, now time.Time, change ...func(*Options)) (stops []string, behind map[Stop]string) {
	t.Helper()
	behind = map[Stop]string{}
	_, err := run(t, lamps(n), out, now, append(change, fifty, func(o *Options) {
		o.Progress = func(at Stop, done, total int) {
			if behind[at] == "" {
				stops = append(stops, at.String())
			}
			behind[at] = fmt.Sprintf("%d of %d", done, total)
		}
	})...)
	if err != nil {
		t.Fatal(err)
	}
	return stops, behind
}

func TestTheStopsOfABuildAreTold(t *testing.T) {
	out := newShelf(t)
	stops, behind := journey(t, 300, out, start)
	if want := []string{"recall", "list", "compare", "settle", "read", "decide", "arrange", "pages", "documents", "publish"}; !slices.Equal(stops, want) {
		t.Errorf("stops %q, want %q", stops, want)
	}
	for at, want := range map[Stop]string{StopCompare: "0 of 300", StopRead: "300 of 300", StopPages: "300 of 300"} {
		if behind[at] != want {
			t.Errorf("%v ends with %s, want %s", at, behind[at], want)
		}
	}
	stops, _ = journey(t, 300, out, start.Add(time.Hour))
	if want := []string{"recall", "list", "compare"}; !slices.Equal(stops, want) {
		t.Errorf("with nothing new the stops are %q, want %q", stops, want)
	}
}

func TestWithoutPagesTheArchiveIsTold(t *testing.T) {
	stops, behind := journey(t, 300, newShelf(t), start, func(o *Options) { o.Main.Pages = false })
	if slices.Contains(stops, "pages") || behind[StopArchive] != "4 of 5" {
		t.Errorf("stops %q, the archive ends with %s", stops, behind[StopArchive])
	}
}

func TestEveryStopHasAName(t *testing.T) {
	names := map[string]bool{}
	for s := StopRecall; s <= StopNotify; s++ {
		names[s.String()] = true
	}
	if len(names) != int(StopNotify)+1 {
		t.Errorf("%d names for %d stops", len(names), StopNotify+1)
	}
}
