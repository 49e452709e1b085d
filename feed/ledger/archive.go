package ledger

import (
	"time"

	"zombiezen.com/go/sqlite"
)

// ArchiveSize is how many items a document of the archive is for: those with
// the numbers from 1 to so many, and so on. What was released keeps its number,
// so a document that is full changes only with its own items.
const ArchiveSize = 50

// ArchiveOf is the number, from 1, of the document of the archive that an item
// belongs to.
func (i Item) ArchiveOf() int { return int((i.Number + ArchiveSize - 1) / ArchiveSize) }

// Archive is what stands in one document of the archive.
type Archive struct {
	Items int
	Print int64 // the sum of theirs
}

// Stock is all that stands in feeds, in figures.
type Stock struct {
	Archives []Archive // from number 1 on
	Quarters []Quarter // of the days up to the newest date, in order
}

// Quarter counts the items that were published in a quarter of an hour: what
// days these are is another matter in every zone, and zones differ by quarters.
type Quarter struct {
	Begin time.Time
	Items int
}

// Stock tells what stands in feeds; its quarters reach so many days back from
// the newest date.
func (l *Ledger) Stock(days int) (s Stock, err error) {
	err = l.each("SELECT number, items, print FROM archive ORDER BY number", func(row *sqlite.Stmt) error {
		for n := row.ColumnInt(0); len(s.Archives) < n; {
			s.Archives = append(s.Archives, Archive{})
		}
		s.Archives[len(s.Archives)-1] = Archive{row.ColumnInt(1), row.ColumnInt64(2)}
		return nil
	})
	if err != nil {
		return s, err
	}
	const quarter, day = 15 * 60, 24 * 60 * 60
	const before = 62135596800 // seconds from the year 1 to 1970: a division rounds towards 0
	err = l.each(`SELECT (published + ?3) / ?1, count(*) FROM item WHERE state = 'standing' AND published >
		(SELECT published FROM item WHERE state = 'standing' ORDER BY published DESC, page DESC LIMIT 1) - ?2
		GROUP BY 1 ORDER BY 1`, func(row *sqlite.Stmt) error {
		s.Quarters = append(s.Quarters, Quarter{instant(row.ColumnInt64(0)*quarter - before), row.ColumnInt(1)})
		return nil
	}, quarter, days*day, before)
	return s, err
}

// shelve counts a row in or out of its document of the archive.
func (w *writer) shelve(r *row, by int) {
	if r.state != standing {
		return
	}
	a := w.archives[r.ArchiveOf()]
	a.Items += by
	a.Print += int64(by) * r.Print()
	w.archives[r.ArchiveOf()] = a
}

// writeArchives adds what changed to what stands in the archive.
func (w *writer) writeArchives() error {
	for number, change := range w.archives {
		err := w.each("SELECT items, print FROM archive WHERE number = ?", func(row *sqlite.Stmt) error {
			change.Items += row.ColumnInt(0)
			change.Print += row.ColumnInt64(1) // which may wrap around, and must not in SQL
			return nil
		}, number)
		if err != nil {
			return err
		}
		if err := w.exec("INSERT OR REPLACE INTO archive VALUES (?, ?, ?)", number, change.Items, change.Print); err != nil {
			return err
		}
	}
	return nil
}

// countArchives counts what stands in the archive anew.
func (l *Ledger) countArchives() error {
	if err := l.exec("DELETE FROM archive"); err != nil {
		return err
	}
	w := &writer{Ledger: l, archives: map[int]Archive{}}
	for it, err := range l.items("state = 'standing'") {
		if err != nil {
			return err
		}
		w.shelve(&row{Item: it, state: standing}, 1)
	}
	return w.writeArchives()
}
