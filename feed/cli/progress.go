package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/dustin/go-humanize"
	"golang.org/x/term"

	"seedfeed/feed"
)

// When the bar is drawn: what takes less than patience is not worth one.
const (
	patience  = time.Second
	redrawing = 100 * time.Millisecond
)

// bar shows on a terminal how far a build is. It draws one line and takes it
// away again, with neither colours nor escape sequences, in letters that are one
// column wide everywhere. The cursor waits at the line's start, where what Ctrl-C
// leaves is drawn over, too.
type bar struct {
	w     io.Writer
	width func() int // of the terminal, in columns
	now   func() time.Time

	mu          sync.Mutex
	at          feed.Stop
	done, total int
	began       map[feed.Stop]time.Time
	shown       int // columns that are drawn on
}

// doing says what a build does at a stop.
func doing(s feed.Stop) string {
	switch s {
	case feed.StopRecall:
		return "recalling what was published"
	case feed.StopList:
		return "listing seeds"
	case feed.StopCompare:
		return "comparing seeds"
	case feed.StopSettle:
		return "waiting for files that just changed"
	case feed.StopRead:
		return "reading"
	case feed.StopDecide:
		return "deciding what is new"
	case feed.StopArrange:
		return "arranging feeds"
	case feed.StopPages:
		return "pages"
	case feed.StopArchive:
		return "archive"
	case feed.StopDocuments:
		return "feeds"
	case feed.StopPublish:
		return "publishing"
	case feed.StopNotify:
		return "telling the hub"
	}
	return s.String()
}

// watched has a bar drawn while a build or learn with these options is under
// way, if standard error is a terminal. Whoever calls it calls hide before
// anything else is written there.
func (s streams) watched(o *feed.Options) (hide func()) {
	f, ok := s.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("TERM") == "dumb" || os.Getenv("CI") != "" {
		return func() {}
	}
	b := &bar{w: f, now: o.Clock.Now, width: func() int {
		width, _, err := term.GetSize(int(f.Fd()))
		if err != nil || width <= 0 { // a terminal that does not know
			width = 80
		}
		return width
	}}
	before := o.Progress
	o.Progress = func(at feed.Stop, done, total int) {
		if before != nil {
			before(at, done, total)
		}
		b.move(at, done, total)
	}
	return b.show(patience, redrawing)
}

// show draws the bar after a while, and again and again until it is hidden.
func (b *bar) show(after, every time.Duration) (hide func()) {
	hidden := make(chan struct{})
	var drawing sync.WaitGroup
	drawing.Go(func() {
		for wait := after; ; wait = every {
			select {
			case <-hidden:
				b.draw("")
				return
			case <-time.After(wait):
				b.draw(b.line(b.width() - 1)) // a full line would break on some
			}
		}
	})
	return func() {
		close(hidden)
		drawing.Wait()
	}
}

// move takes in where the build is.
func (b *bar) move(at feed.Stop, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at, b.done, b.total = at, done, total
	if b.began == nil {
		b.began = map[feed.Stop]time.Time{}
	}
	if b.began[at].IsZero() {
		b.began[at] = b.now()
	}
}

// draw puts a line in the place of the one that stands there.
func (b *bar) draw(line string) {
	if line == "" && b.shown == 0 {
		return
	}
	rest := max(0, b.shown-len(line))
	fmt.Fprintf(b.w, "\r%s%s\r", line, strings.Repeat(" ", rest))
	b.shown = len(line)
}

// Within these lengths is what stands between the brackets.
const (
	shortest = 5
	longest  = 40
)

// line is what the bar says now, in so many columns at the most. Where they are
// few it goes without the bar, then without the time left.
func (b *bar) line(columns int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text, left := doing(b.at), ""
	if b.done > 0 {
		text += " " + humanize.Comma(int64(b.done))
	}
	counted := b.done > 0 && b.done <= b.total
	if counted {
		text += " of " + humanize.Comma(int64(b.total))
		left = timeLeft(b.now().Sub(b.began[b.at]), b.done, b.total)
	}
	if length := min(longest, columns-len(text)-len(left)-len("  []")); counted && length >= shortest {
		full := length * b.done / b.total
		text += fmt.Sprintf("  [%s%s]", strings.Repeat("=", full), strings.Repeat(" ", length-full))
	}
	if len(text)+len(left) <= columns {
		text += left
	}
	return text[:max(0, min(len(text), columns))]
}

// timeLeft guesses how long the rest will take, empty while that is too early.
func timeLeft(passed time.Duration, done, total int) string {
	if passed < patience || done == total {
		return ""
	}
	left := time.Duration(float64(passed) * float64(total-done) / float64(done))
	return fmt.Sprintf("  %s left", left.Round(time.Second))
}
