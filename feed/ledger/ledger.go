// Package ledger is the memory: which seeds changed, which item an article is,
// when it was published and last updated, which documents have to be written.
//
// What a listing shows and what was read of it goes in; Items with ids and dates
// that never jump come out. A run goes through a Ledger in this order:
//
//	Recall            what was published, if the ledger is lost or disagrees
//	Compare           the listing: which seeds have to be read
//	Remember          what was read of each
//	Decide            who all of them are, and when they were
//	Newest, Due, Text the items for the documents
//	Commit            all of it, in one transaction, before anything is published
//	Settle            that it was published
//
// A run that ends before Commit leaves no trace. One that is killed between
// Commit and Settle leaves its documents and pages marked as due, and the next
// run writes them.
//
// # The file
//
// The ledger is one SQLite database, ledger.db; schema.sql says what stands in
// it. The driver is zombiezen.com/go/sqlite, the same engine as
// modernc.org/sqlite without database/sql around it: opening and looking
// through 10,000 seeds takes 0.63 of the time, through 100,000 a third, and
// start-up costs nothing more.
//
// It keeps a rollback journal rather than a write-ahead log. A run has a single
// writer and at most two short transactions, so a log would gain nothing: a run
// over nothing new would have to write (the log's index), and it can't live on a
// network's file system. With synchronous = FULL what was committed survives a
// power cut; only then may a document be renamed into place.
//
// The schema's version is SQLite's user_version. A ledger of an earlier version
// is migrated step by step in one transaction when it is opened; one of a later
// version is not touched: its DamagedError lets the caller set it aside, as one
// that can't be read.
package ledger

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/uuid/v5"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

const (
	fileName    = "ledger.db"
	ranName     = "ran" // its time is that of the last run, also of one over nothing new
	application = 0x53454544
)

// migrations lead from each version of the schema to the next.
var migrations = []string{schema, schema2, schema3, schema4}

var (
	//go:embed schema.sql
	schema string
	//go:embed schema2.sql
	schema2 string
	//go:embed schema3.sql
	schema3 string
	//go:embed schema4.sql
	schema4 string
)

// patience is how long to wait for somebody who asks the ledger with sqlite3.
const patience = 5 * time.Second

// ErrState says that there is no place to keep the ledger in.
var ErrState = errors.New("no place for the ledger")

// DamagedError tells that what stands in the ledger's place can't be used.
type DamagedError struct {
	Name string // of the file
	Err  error  // what is the matter with it: "is damaged"
}

func (e *DamagedError) Error() string { return fmt.Sprintf("the ledger %q %v", e.Name, e.Err) }
func (e *DamagedError) Unwrap() error { return e.Err }

// Ledger is an open ledger. It is not safe for concurrent use.
type Ledger struct {
	conn       *sqlite.Conn
	dir        string
	collection uuid.UUID // zero as long as nothing is remembered
	end        func(*error)
	notes      notes
	row        dateRow
	work
}

// Open opens the ledger in a directory and makes both if they are not there.
// An error is a *DamagedError, or ErrState with its reason.
func Open(dir string) (*Ledger, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrState, err)
	}
	sweepNotes(dir)
	l := &Ledger{dir: dir, notes: notes{dir: dir}}
	var err error
	l.conn, err = sqlite.OpenConn(l.name(), sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		return nil, l.explain("open", err)
	}
	l.conn.SetBusyTimeout(patience)
	if err := l.prepare(); err != nil {
		return nil, errors.Join(err, l.conn.Close())
	}
	return l, nil
}

func (l *Ledger) name() string { return filepath.Join(l.dir, fileName) }

// prepare sets the connection up and brings the schema up to date.
func (l *Ledger) prepare() error {
	for _, pragma := range []string{"PRAGMA synchronous = FULL", "PRAGMA cache_size = -2048"} {
		if err := l.exec(pragma); err != nil {
			return err
		}
	}
	found, err := l.number("PRAGMA user_version")
	if err != nil {
		return err
	}
	if err := l.recognise(int(found)); err != nil {
		return err
	}
	if int(found) < len(migrations) {
		if err := l.migrate(int(found)); err != nil {
			return err
		}
	}
	collection, err := l.value("SELECT value FROM setting WHERE name = 'collection'")
	if err != nil || collection == "" {
		return err
	}
	if l.collection, err = parseID(collection); err != nil {
		return &DamagedError{l.name(), fmt.Errorf("has no good %w", err)}
	}
	return nil
}

// recognise refuses what is no ledger of ours, or one of a later version.
func (l *Ledger) recognise(version int) error {
	if version > len(migrations) {
		return &DamagedError{l.name(), fmt.Errorf("was written by a newer seedfeed (version %d, this one knows %d)", version, len(migrations))}
	}
	id, err := l.number("PRAGMA application_id")
	if err != nil {
		return err
	}
	tables, err := l.number("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return err
	}
	if id != application && (tables > 0 || version > 0) {
		return &DamagedError{l.name(), errors.New("is a database of another program")}
	}
	return nil
}

func (l *Ledger) migrate(from int) (err error) {
	if err = l.begin(); err != nil {
		return err
	}
	defer func() {
		l.end(&err)
		l.end = nil
	}()
	for _, step := range migrations[from:] {
		if err = sqlitex.ExecuteScript(l.conn, step, nil); err != nil {
			return l.explain("migrate", err)
		}
	}
	if err = l.countArchives(); err != nil {
		return err
	}
	if err = l.exec(fmt.Sprintf("PRAGMA application_id = %d", application)); err != nil {
		return err
	}
	return l.exec(fmt.Sprintf("PRAGMA user_version = %d", len(migrations)))
}

// begin starts the transaction of this run, which ends with Commit or Close.
func (l *Ledger) begin() error {
	if l.end != nil {
		return nil
	}
	end, err := sqlitex.ImmediateTransaction(l.conn)
	if err != nil {
		return l.explain("write", err)
	}
	l.end = end
	return nil
}

// errForgotten rolls a transaction back.
var errForgotten = errors.New("not committed")

// Close forgets what was not committed.
func (l *Ledger) Close() error {
	l.notes.close()
	if l.end != nil {
		err := errForgotten
		l.end(&err)
		l.end = nil
	}
	if err := l.conn.Close(); err != nil {
		return l.explain("close", err)
	}
	return nil
}

// Prove looks at every page of the file. It takes as long as reading it all, so
// it is not done by every run: what is damaged shows when it is needed, too.
func (l *Ledger) Prove() error {
	found, err := l.value("PRAGMA quick_check(1)")
	if err == nil && found != "ok" {
		err = &DamagedError{l.name(), fmt.Errorf("is damaged: %s", strings.Join(strings.Fields(found), " "))}
	}
	return err
}

// Ran notes the time of a run, which may have found nothing to do. It is a
// courtesy to status: where it can't be noted, nothing else is lost.
func (l *Ledger) Ran(now time.Time) {
	name := filepath.Join(l.dir, ranName)
	if errors.Is(os.Chtimes(name, now, now), fs.ErrNotExist) {
		_ = os.WriteFile(name, nil, 0o600)
	}
}

// SetAside moves a ledger away that can't be used, and what SQLite left beside
// it: a journal would be played back into the next one. It returns the new name.
func SetAside(dir string, now time.Time) (string, error) {
	name := filepath.Join(dir, fileName)
	aside := fmt.Sprintf("%s.set-aside-%s", name, now.UTC().Format("20060102T150405Z"))
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.set-aside-%s-%d", name, now.UTC().Format("20060102T150405Z"), n)
	}
	for _, ending := range []string{"-journal", "-wal", "-shm", ""} {
		if err := os.Rename(name+ending, aside+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("%w: %w", ErrState, err)
		}
	}
	return aside, nil
}

// Collection is the collection's id, which is the main feed's; empty as long as
// nothing is remembered.
func (l *Ledger) Collection() string {
	if l.collection.IsNil() {
		return ""
	}
	return urn(l.collection)
}

func urn(id uuid.UUID) string { return "urn:uuid:" + id.String() }

// CheckID tells why an id can't be a collection's: it must be a UUID, with or
// without urn:uuid: in front (RFC 9562, section 4).
func CheckID(id string) error {
	_, err := parseID(id)
	return err
}

func parseID(id string) (uuid.UUID, error) {
	parsed, err := uuid.FromString(strings.TrimPrefix(id, "urn:uuid:"))
	if err != nil {
		return uuid.Nil, fmt.Errorf("collection id %q: %w", id, err)
	}
	return parsed, nil
}

// explain says what was being done with the ledger. Only some errors mean that
// the file itself is at fault.
func (l *Ledger) explain(step string, err error) error {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultCorrupt, sqlite.ResultNotADB, sqlite.ResultFormat:
		return &DamagedError{l.name(), errors.New("is damaged")}
	case sqlite.ResultReadOnly, sqlite.ResultFull, sqlite.ResultIOErr, sqlite.ResultCantOpen, sqlite.ResultPerm:
		return fmt.Errorf("%w: %s %q: %w", ErrState, step, l.name(), err)
	}
	return fmt.Errorf("%s ledger %q: %w", step, l.name(), err)
}

// exec runs a statement; its arguments are those that sqlitex takes.
func (l *Ledger) exec(query string, args ...any) error {
	return l.each(query, nil, args...)
}

// each runs a query and shows its rows one by one.
func (l *Ledger) each(query string, row func(*sqlite.Stmt) error, args ...any) error {
	err := sqlitex.Execute(l.conn, query, &sqlitex.ExecOptions{Args: args, ResultFunc: row})
	if err != nil {
		return l.explain("use", err)
	}
	return nil
}

// step runs a prepared statement that has no rows.
func (l *Ledger) step(s *sqlite.Stmt) error {
	_, err := s.Step()
	if err = errors.Join(err, s.Reset()); err != nil {
		return l.explain("write", err)
	}
	return nil
}

// number is the first column of a query's last row, 0 without one.
func (l *Ledger) number(query string, args ...any) (n int64, err error) {
	err = l.each(query, func(s *sqlite.Stmt) error { n = s.ColumnInt64(0); return nil }, args...)
	return n, err
}

// value is the first column of a query's last row, empty without one.
func (l *Ledger) value(query string, args ...any) (t string, err error) {
	err = l.each(query, func(s *sqlite.Stmt) error { t = s.ColumnText(0); return nil }, args...)
	return t, err
}
