package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/opengongkai/gongkai/disclosure/sqlstore"
)

// Store is a sqlstore.Store in a file of its own.
type Store struct {
	*sqlstore.Store
	write, read *sql.DB
}

// Options are the settings of Open; the zero value is good.
type Options struct {
	BusyTimeout int // milliseconds to wait for another process that writes; default 10,000
	Readers     int // reading connections; default 4
}

// Open opens the file, makes it (but not its folder) if it is not there, brings its
// tables to the newest schema and checks its settings. Close it when done.
func Open(path string) (*Store, error) { return OpenWith(context.Background(), path, Options{}) }

// OpenWith is Open with options.
func OpenWith(ctx context.Context, path string, o Options) (*Store, error) {
	if o.BusyTimeout <= 0 {
		o.BusyTimeout = 10_000
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if path == "" || path == ":memory:" {
		return nil, errors.New("sqlite: no path: for a store in memory take disclosure.NewMemory")
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	if _, err := os.Stat(filepath.Dir(full)); err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	s := &Store{}
	if s.write, err = sql.Open("sqlite", dsn(full, o, "_txlock=immediate", "_pragma=synchronous(FULL)", "_pragma=cache_size(-65536)")); err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", dsn(full, o, "_pragma=query_only(1)", "_pragma=cache_size(-16384)")); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: %w", err), s.write.Close())
	}
	s.read.SetMaxOpenConns(o.Readers)
	s.read.SetMaxIdleConns(o.Readers)
	if s.Store, err = sqlstore.New(s.write, sqlstore.SQLite, &sqlstore.Options{Read: s.read}); err == nil {
		if err = s.Migrate(ctx); err == nil {
			err = s.Check(ctx)
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: %s: %w", path, err), s.Close())
	}
	return s, nil
}

func dsn(path string, o Options, more ...string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	q := fmt.Sprintf("_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)", o.BusyTimeout)
	for _, m := range more {
		q += "&" + m
	}
	u.RawQuery = q
	return u.String()
}

// DB is the writing connection, for a host that keeps tables of its own in the
// same file: its transactions begin IMMEDIATE, and Join puts the store into them.
// It has one connection, so a transaction that is left open stops every writer.
func (s *Store) DB() *sql.DB { return s.write }

// Backup writes a whole copy of the store, as of one moment, to a new file while it
// is in use.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("sqlite: backup: %w: %s", os.ErrExist, path)
	}
	if _, err := s.write.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("sqlite: backup: %w", err)
	}
	return nil
}

// Close closes the file. Calls that are under way fail.
func (s *Store) Close() error {
	var errs []error
	if s.Store != nil {
		errs = append(errs, s.Store.Close())
	}
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}
