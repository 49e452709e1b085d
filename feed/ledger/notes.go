package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// notes are what a run writes down of each seed it reads, until it is decided
// who all of them are. They can be as much as all seeds together, so beyond a
// little they lie in a file: one without a name, which goes with the run.
type notes struct {
	dir    string
	file   *os.File // nil as long as all of them are in memory
	filed  int64    // bytes in the file
	recent []byte   // and those behind them
	page   []byte   // what was read from the file
}

// note is where something was written down.
type note struct {
	at   int64
	size int32
}

const notesName = "notes-*.tmp"

// Notes in memory, in bytes, before there is a file, and before more are added to it.
const (
	fewNotes = 1 << 20
	someMore = 1 << 18
)

// put writes something down.
func (n *notes) put(record []byte) (note, error) {
	most := fewNotes
	if n.file != nil {
		most = someMore
	}
	if len(n.recent) > 0 && len(n.recent)+len(record) > most {
		if err := n.turn(); err != nil {
			return note{}, err
		}
	}
	at := note{n.filed + int64(len(n.recent)), int32(len(record))}
	n.recent = append(n.recent, record...)
	return at, nil
}

// turn puts what is in memory into the file.
func (n *notes) turn() (err error) {
	if n.file == nil {
		if n.file, err = os.CreateTemp(n.dir, notesName); err != nil {
			return fmt.Errorf("%w: %w", ErrState, err)
		}
		_ = os.Remove(n.file.Name()) // where an open file keeps its name, close removes it
	}
	if _, err = n.file.WriteAt(n.recent, n.filed); err != nil {
		return fmt.Errorf("%w: %w", ErrState, err)
	}
	n.filed += int64(len(n.recent))
	n.recent = n.recent[:0]
	return nil
}

// get reads what was written down. It is valid until the next call.
func (n *notes) get(at note) ([]byte, error) {
	if from := at.at - n.filed; from >= 0 {
		return n.recent[from : from+int64(at.size)], nil
	}
	n.page = slices.Grow(n.page[:0], int(at.size))[:at.size]
	if _, err := n.file.ReadAt(n.page, at.at); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrState, err)
	}
	return n.page, nil
}

// sweepNotes removes what a run that was killed left where an open file keeps its name.
func sweepNotes(dir string) {
	left, _ := filepath.Glob(filepath.Join(dir, notesName))
	for _, name := range left {
		_ = os.Remove(name)
	}
}

// close forgets all notes.
func (n *notes) close() {
	if n.file != nil {
		n.file.Close()
		_ = os.Remove(n.file.Name())
	}
	*n = notes{dir: n.dir}
}
