package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"seedfeed/feed"
)

const (
	patience  = time.Second // what takes less is not worth a bar
	redrawing = 100 * time.Millisecond
	narrowest = 70 // columns: where there are fewer a line would break, and stay
)

// bar shows on a terminal how far a build is, a line for the stop that it is at.
type bar struct {
	line line

	mu     sync.Mutex
	at     feed.Stop
	bars   map[feed.Stop]*progressbar.ProgressBar
	hidden chan struct{}
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
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && 0 < width && width < narrowest {
		return func() {}
	}
	b := newBar(f, o.Clock.Now, patience)
	before := o.Progress
	o.Progress = func(at feed.Stop, done, total int) {
		if before != nil {
			before(at, done, total)
		}
		b.move(at, done, total)
	}
	return b.hide
}

func newBar(w io.Writer, now func() time.Time, patience time.Duration) *bar {
	b := &bar{
		line: line{w: w, now: now, opens: now().Add(patience)}, at: -1,
		bars: map[feed.Stop]*progressbar.ProgressBar{}, hidden: make(chan struct{}),
	}
	go b.keepMoving()
	return b
}

// keepMoving draws the bar again while a build stays where it is.
func (b *bar) keepMoving() {
	tick := time.NewTicker(redrawing)
	defer tick.Stop()
	for {
		select {
		case <-b.hidden:
			return
		case <-tick.C:
			b.mu.Lock()
			if p := b.bars[b.at]; p != nil {
				p.RenderBlank()
			}
			b.mu.Unlock()
		}
	}
}

// move takes in where the build is.
func (b *bar) move(at feed.Stop, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at != at {
		b.line.wipe()
		b.at = at
	}
	p := b.bars[at]
	if p == nil {
		p = b.newStop(at, total)
		b.bars[at] = p
	}
	if total == 0 {
		p.RenderBlank()
		return
	}
	if done >= p.GetMax() { // it was a guess
		p.ChangeMax(done + 1)
	}
	p.Set(done)
}

// newStop is the bar of one stop, which spins where there is nothing to count.
func (b *bar) newStop(at feed.Stop, total int) *progressbar.ProgressBar {
	options := []progressbar.Option{
		progressbar.OptionSetWriter(&b.line),
		progressbar.OptionSetDescription(doing(at)),
		progressbar.OptionSetTheme(progressbar.ThemeASCII),
		progressbar.OptionSetWidth(20),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionThrottle(redrawing / 2),
		progressbar.OptionSetSpinnerChangeInterval(0), // or it would draw whenever it likes
	}
	if total == 0 {
		return progressbar.NewOptions(-1, options...)
	}
	return progressbar.NewOptions(total, append(options, progressbar.OptionShowCount())...)
}

// hide takes the bar away for good.
func (b *bar) hide() {
	close(b.hidden)
	b.line.close()
}

// line is where a bar is drawn: nothing is before it opens and after it is
// closed, and then nothing of it is left.
type line struct {
	w     io.Writer
	now   func() time.Time
	opens time.Time

	mu     sync.Mutex
	closed bool
	drawn  bool
}

func (l *line) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.now().Before(l.opens) {
		return len(b), nil
	}
	l.drawn = true
	return l.w.Write(b)
}

// wipe makes room for another stop.
func (l *line) wipe() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
}

func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clear()
	l.closed = true
}

func (l *line) clear() {
	if l.drawn {
		fmt.Fprintf(l.w, "\r%s\r", strings.Repeat(" ", narrowest-1))
		l.drawn = false
	}
}
