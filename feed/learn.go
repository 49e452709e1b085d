package feed

import (
	"context"
	"io/fs"
	"time"

	"seedfeed/feed/article"
	"seedfeed/feed/seed"
)

// Learn reads all seeds and finds the lines that come again in many of them.
// Nothing is published or remembered. Of the options it asks for Read and MaxSize.
func Learn(ctx context.Context, o Options, seeds fs.FS) (*article.Recurring, Report, error) {
	b := build{Options: o, seeds: seeds}
	listing, err := seed.List(seeds, o.MaxSize)
	if err != nil {
		return nil, b.report, err
	}
	recurring := article.NewRecurring()
	err = b.understand(ctx, listing, func(path string, _ time.Time, a *article.Article) { recurring.Add(path, a) })
	if err == nil && recurring.Articles() == 0 {
		err = ErrNoArticles
	}
	return recurring, b.report, err
}
