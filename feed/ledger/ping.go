package ledger

import (
	"time"

	"zombiezen.com/go/sqlite"
)

// How long a notification is tried again after it failed, and for how long in
// all: a hub that is back after a day finds what is new in the feed itself.
const (
	firstWait   = time.Minute
	longestWait = 6 * time.Hour
	giveUpAfter = 24 * time.Hour
)

// Ping is a notification that a hub has yet to get.
type Ping struct {
	Topic string    // the address of the document that changed
	Since time.Time // when it changed first
	Tries int       // that failed
}

// putPing takes a notification in. One that is due already tells of this change, too.
func (l *Ledger) putPing(topic string) error {
	return l.exec("INSERT INTO ping VALUES (?, ?, 0, 0) ON CONFLICT (topic) DO UPDATE SET since = excluded.since, tries = 0, next = 0",
		topic, l.run.Now.Unix())
}

// Pings are the notifications that are due at an instant; all, if that is zero.
func (l *Ledger) Pings(now time.Time) ([]Ping, error) {
	due := now.Unix()
	if now.IsZero() {
		due = 1 << 62
	}
	var pings []Ping
	err := l.each("SELECT topic, since, tries FROM ping WHERE next <= ? ORDER BY topic", func(s *sqlite.Stmt) error {
		pings = append(pings, Ping{s.ColumnText(0), instant(s.ColumnInt64(1)), s.ColumnInt(2)})
		return nil
	}, due)
	return pings, err
}

// Pinged takes in that a hub has got a notification, or that it is of no use to
// try again.
func (l *Ledger) Pinged(p Ping) error {
	return l.exec("DELETE FROM ping WHERE topic = ?", p.Topic)
}

// PingFailed takes in that a hub has not got a notification. It reports whether
// it will be tried again, after a wait that doubles.
func (l *Ledger) PingFailed(p Ping, now time.Time) (again bool, err error) {
	if now.Sub(p.Since) >= giveUpAfter {
		return false, l.Pinged(p)
	}
	wait := min(firstWait<<min(p.Tries, 10), longestWait)
	return true, l.exec("UPDATE ping SET tries = tries + 1, next = ? WHERE topic = ?", now.Add(wait).Unix(), p.Topic)
}
