package feed

import (
	"context"
	"errors"
	"time"

	"seedfeed/feed/hub"
	"seedfeed/feed/ledger"
)

// patience is how long a run waits for its hub in all.
const patience = 30 * time.Second

// notify tells the hub of documents that changed. What it does not get is tried
// again by a later run: a dead hub costs a warning, never the build.
func (b *build) notify(ctx context.Context) error {
	if b.Notify == nil {
		return nil
	}
	pings, err := b.memory.Pings(b.Now)
	if err != nil || len(pings) == 0 {
		return err
	}
	b.at(StopNotify, 0, len(pings))
	_, warnings, err := Ping(ctx, b.memory, pings, b.Now, b.Notify)
	b.report.Warnings = append(b.report.Warnings, warnings...)
	return err
}

// Ping sends notifications, and has the memory take in what came of each. It
// tells how many the hub has got, and warnings for people; a hub that does not
// answer is asked but once, and warned of when that begins and when it is given up.
func Ping(ctx context.Context, memory Pings, pings []ledger.Ping, now time.Time, notify func(context.Context, string) error) (told int, warnings []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var dead error
	for _, p := range pings {
		failure := dead
		if failure == nil {
			failure = notify(ctx, p.Topic)
		}
		switch {
		case failure == nil:
			told++
			err = memory.Pinged(p)
		case errors.Is(failure, hub.ErrRefused):
			warnings = append(warnings, "the hub was not told of "+p.Topic+": "+failure.Error())
			err = memory.Pinged(p)
		default:
			again, failed := memory.PingFailed(p, now)
			err = failed
			switch {
			case !again:
				warnings = append(warnings, "the hub was not told of "+p.Topic+", and will not be: "+failure.Error())
			case dead == nil && p.Tries == 0:
				warnings = append(warnings, "the hub can't be told for now, later runs will try again: "+failure.Error())
			}
			dead = failure
		}
		if err != nil {
			return told, warnings, err
		}
	}
	return told, warnings, nil
}
