package feed

import (
	"context"
	"io/fs"

	"seedfeed/feed/article"
	"seedfeed/feed/ledger"
	"seedfeed/feed/seed"
)

// Learn reads all seeds and finds the lines that come again in many of them.
// Nothing is published or remembered. Of the options it asks for Read, MaxSize, Clock and Progress.
func Learn(ctx context.Context, o Options, seeds fs.FS) (*article.Recurring, Report, error) {
	b := build{Options: o, seeds: seeds}
	b.at(StopList, 0, 0)
	listing, err := seed.List(seeds, o.MaxSize)
	if err != nil {
		return nil, b.report, err
	}
	for _, u := range listing.Unreadable {
		b.skip(u.Path, u.Err)
	}
	recurring := article.NewRecurring()
	err = b.inOrder(ctx, listing.Files, b.readOne, func(r result) error {
		if r.err != nil {
			b.skip(r.file.Path, r.err)
			return nil
		}
		recurring.Add(r.doc.Path, r.article)
		return nil
	})
	if err == nil && recurring.Articles() == 0 {
		err = ErrNoArticles
	}
	return recurring, b.report, err
}

// skip notes a seed that can't be read.
func (b *build) skip(path string, reason error) {
	b.report.Trouble = append(b.report.Trouble, ledger.Trouble{Path: path, Reason: reason.Error(), New: true})
}
