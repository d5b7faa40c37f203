package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/opengongkai/gongkai/disclosure"
)

// Options are the settings of a Store; the zero value is good.
type Options struct {
	Prefix    string  // of table names: lower-case letters, digits, underscores; default "gk_"
	Read      *sql.DB // reads that are not in a transaction; default the same database
	Collation string  // MariaDB and MySQL: a bytewise utf8mb4 collation without padding; default utf8mb4_nopad_bin, utf8mb4_0900_bin
	Retries   int     // how often a transaction that the database gave up is tried again; default 12, negative: never
}

// Store is a disclosure.Store with every ability in a SQL database. It is safe
// for concurrent use, and any number of processes may work on one database.
type Store struct {
	db, read *sql.DB
	dialect  Dialect
	options  Options
	rendered sync.Map // template → statement
	prepared map[string]*sql.Stmt
}

var _ interface {
	disclosure.Store
	disclosure.Outbox
	disclosure.Log
	disclosure.Eraser
	disclosure.Leases
	disclosure.Documents
} = (*Store)(nil)

// New returns a store in db, which stays the host's to close. It does not touch
// the database: call Migrate once before anything else.
func New(db *sql.DB, dialect Dialect, o *Options) (*Store, error) {
	s := &Store{db: db, read: db, dialect: dialect}
	if o != nil {
		s.options = *o
	}
	if s.options.Prefix == "" {
		s.options.Prefix = "gk_"
	}
	if s.options.Read != nil {
		s.read = s.options.Read
	}
	if s.options.Retries == 0 {
		s.options.Retries = 12
	}
	switch {
	case db == nil:
		return nil, errors.New("sqlstore: no database")
	case !dialect.known():
		return nil, fmt.Errorf("sqlstore: unknown dialect: %d", uint8(dialect))
	case len(s.options.Prefix) > 32 || !isName(s.options.Prefix):
		return nil, fmt.Errorf("sqlstore: prefix not of at most 32 of a-z 0-9 _: %q", s.options.Prefix)
	case !isName(s.options.Collation):
		return nil, fmt.Errorf("sqlstore: not a collation: %q", s.options.Collation)
	}
	return s, nil
}

func isName(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' }) < 0
}

// sql renders a statement: {p} is the prefix, ? a place.
func (s *Store) sql(template string) string {
	if q, ok := s.rendered.Load(template); ok {
		return q.(string)
	}
	q := s.dialect.bind(strings.ReplaceAll(template, "{p}", s.options.Prefix))
	s.rendered.Store(template, q)
	return q
}

// session is where statements run: a transaction of ours, the host's, or the
// database itself for a single read.
type session struct {
	s    *Store
	conn Conn
	tx   *sql.Tx // set in a transaction of ours
}

// exec runs a statement and returns the number of rows that it changed.
func (x session) exec(ctx context.Context, template string, args ...any) (int64, error) {
	var r sql.Result
	var err error
	if st := x.s.prepared[template]; st != nil && x.tx != nil {
		r, err = x.tx.StmtContext(ctx, st).ExecContext(ctx, args...)
	} else {
		r, err = x.conn.ExecContext(ctx, x.s.sql(template), args...)
	}
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// query reads all rows of a statement and closes its cursor before it returns.
func query[T any](ctx context.Context, x session, template string, args []any, scan func(*T) []any) (out []T, err error) {
	rows, err := x.conn.QueryContext(ctx, x.s.sql(template), args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var row T
		if err := rows.Scan(scan(&row)...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// write runs f in a transaction of ours and commits it. What the database gave
// up is tried again, so f must begin afresh each time.
func (s *Store) write(ctx context.Context, f func(session) error) error {
	return s.persist(ctx, func() error { return s.once(ctx, f) })
}

func (s *Store) once(ctx context.Context, f func(session) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return raised{err, false}
	}
	if err := f(session{s: s, conn: tx, tx: tx}); err != nil {
		_ = tx.Rollback() // the connection may be gone; the database rolls back by itself
		return raised{err, false}
	}
	if err := ctx.Err(); err != nil {
		_ = tx.Rollback()
		return err
	}
	err = tx.Commit()
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrTxDone): // the context ended first and the transaction was rolled back
		return cmpErr(ctx.Err(), err)
	}
	return raised{err, true}
}

// raised is an error of the driver with the moment at which it came.
type raised struct {
	error
	atCommit bool
}

func (r raised) Unwrap() error { return r.error }

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// persist runs f until it succeeds, is refused, or has failed too often.
func (s *Store) persist(ctx context.Context, f func() error) error {
	pause := time.Millisecond
	lost := 0
	for try := 0; ; try++ {
		err := f()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			if r := (raised{}); errors.As(err, &r) && r.atCommit {
				return classified(r.error, true)
			}
			return fmt.Errorf("sqlstore: %w", ctx.Err()) // nothing was committed
		}
		again := false
		var r raised
		atCommit := errors.As(err, &r) && r.atCommit
		if r.error != nil {
			err = r.error
		}
		if !isVerdict(err) {
			switch judge(err) {
			case race:
				again = try < s.options.Retries
			case waited:
				lost++
				again = lost <= 2 && s.options.Retries > 0
			case broken: // a connection that had died in the pool, say
				lost++
				again = !atCommit && lost <= 2 && s.options.Retries > 0
			}
		}
		if !again {
			return classified(err, atCommit)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("sqlstore: %w", ctx.Err())
		case <-time.After(time.Duration(rand.Int64N(int64(pause)))):
		}
		pause = min(2*pause, 100*time.Millisecond)
	}
}

// isVerdict: the error is an answer of ours, not a fault of the database.
func isVerdict(err error) bool {
	for _, v := range []error{disclosure.ErrConflict, disclosure.ErrKeyReused, disclosure.ErrNotFound, disclosure.ErrInvalid, disclosure.ErrDamaged} {
		if errors.Is(err, v) {
			return true
		}
	}
	return false
}

// reading runs f outside a transaction. A read conflicts with nobody: where the
// database says so for good, it does not serve.
func (s *Store) reading(ctx context.Context, f func(session) error) error {
	var last error
	err := s.persist(ctx, func() error {
		if last = f(session{s: s, conn: s.read}); last != nil {
			return raised{last, false}
		}
		return nil
	})
	if errors.Is(err, disclosure.ErrConflict) {
		return fmt.Errorf("%w: %w", disclosure.ErrUnavailable, last)
	}
	return err
}
