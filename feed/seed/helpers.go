package seed

import "sync"

// helpers are goroutines that work beside those that call them, as many as the
// channel has room for.
type helpers chan struct{}

// do leaves work to a helper or, if none is free, does it at once.
func (h helpers) do(all *sync.WaitGroup, work func()) {
	select {
	case h <- struct{}{}:
		all.Go(func() {
			defer func() { <-h }()
			work()
		})
	default:
		work()
	}
}
