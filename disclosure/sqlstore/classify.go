package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"reflect"
	"strings"

	"github.com/opengongkai/gongkai/disclosure"
)

// verdict is what an error of a driver means.
type verdict uint8

const (
	plain       verdict = iota // a fault of its own; nothing was written
	race                       // the database gave up one of several transactions; try again
	waited                     // for a lock, or in a Galera cluster for the node to catch up, until the time was over
	unavailable                // not reached, or does not serve
	broken                     // the connection broke: at COMMIT the outcome is open
	cancelled                  // by the caller's context
)

// Classify gives the error of the host's COMMIT its meaning: nil stays nil; a
// deadlock, a serialization failure or a certification conflict (MySQL 1213,
// SQLSTATE 40001, 40P01) is also disclosure.ErrConflict: nothing was committed,
// do all of the transaction again; a node that does not serve (Galera 1047) or a
// refused connection is ErrUnavailable; a connection that broke while COMMIT was
// under way is ErrUnknown: ask with the same key. Other errors are returned as
// they are. Drivers are told by SQLState() string (PostgreSQL), by a field Number
// (MySQL) and by a method Code() (SQLite), through any wrapping.
func Classify(err error) error { return classified(err, true) }

// classified wraps err in its category, atCommit or before.
func classified(err error, atCommit bool) error {
	if err == nil {
		return nil
	}
	for _, already := range []error{disclosure.ErrConflict, disclosure.ErrUnavailable, disclosure.ErrUnknown, disclosure.ErrInvalid, disclosure.ErrNotFound, disclosure.ErrKeyReused, disclosure.ErrDamaged} {
		if errors.Is(err, already) {
			return err
		}
	}
	switch v := judge(err); {
	case v == race, v == waited:
		return fmt.Errorf("%w: %w", disclosure.ErrConflict, err)
	case v == unavailable, v == broken && !atCommit:
		return fmt.Errorf("%w: %w", disclosure.ErrUnavailable, err)
	case v == broken, v == cancelled && atCommit:
		return fmt.Errorf("%w: %w", disclosure.ErrUnknown, err)
	}
	return fmt.Errorf("sqlstore: %w", err)
}

func judge(err error) verdict {
	var state interface{ SQLState() string }
	if errors.As(err, &state) {
		if v := judgeState(state.SQLState()); v != plain {
			return v
		}
	}
	for e := range chainOf(err) {
		if v, known := judgeNumber(e); known {
			return v
		}
	}
	var network net.Error
	var operation *net.OpError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return cancelled
	case errors.As(err, &operation) && operation.Op == "dial":
		return unavailable
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, net.ErrClosed), errors.As(err, &network):
		return broken
	}
	// Sentinels that drivers make with errors.New.
	switch text := err.Error(); {
	case strings.Contains(text, "invalid connection"), strings.Contains(text, "conn closed"), strings.Contains(text, "unexpected EOF"),
		strings.Contains(text, "broken pipe"), strings.Contains(text, "connection reset"):
		return broken
	case strings.Contains(text, "connection refused"), strings.Contains(text, "database is closed"), strings.Contains(text, "failed to connect"):
		return unavailable
	}
	return plain
}

// chainOf yields err and what it wraps.
func chainOf(err error) func(yield func(error) bool) {
	return func(yield func(error) bool) {
		todo := []error{err}
		for len(todo) > 0 {
			e := todo[0]
			todo = todo[1:]
			if e == nil {
				continue
			}
			if !yield(e) {
				return
			}
			switch w := e.(type) {
			case interface{ Unwrap() error }:
				todo = append(todo, w.Unwrap())
			case interface{ Unwrap() []error }:
				todo = append(todo, w.Unwrap()...)
			}
		}
	}
}

// judgeState reads an SQLSTATE (ISO/IEC 9075, PostgreSQL appendix A).
func judgeState(s string) verdict {
	switch s {
	case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
		return race
	case "40003": // statement completion unknown
		return broken
	case "57P01", "57P02": // shut down, crashed: at COMMIT the outcome is open
		return broken
	case "57P03", "53300", "53200", "53100", "25006", "57014": // cannot connect now, too many connections, out of memory, disk full, read only, timeout
		return unavailable
	}
	if strings.HasPrefix(s, "08") {
		return broken
	}
	return plain
}

// judgeNumber reads the error number of a MySQL driver (a field Number) or the
// result code of an SQLite driver (a method or field Code).
func judgeNumber(err error) (verdict, bool) {
	v := reflect.ValueOf(err)
	if c, ok := err.(interface{ Code() int }); ok {
		return judgeSQLite(c.Code()), true
	}
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return plain, false
	}
	if f := v.FieldByName("Number"); f.IsValid() && f.CanUint() {
		return judgeMySQL(f.Uint()), true
	}
	if f := v.FieldByName("ExtendedCode"); f.IsValid() && f.CanInt() {
		return judgeSQLite(int(f.Int())), true
	}
	return plain, false
}

func judgeMySQL(n uint64) verdict {
	switch n {
	case 1205:
		return waited
	case 1213, 1020, 3572, 1637, 8002, 8022, 9007: // deadlock or certification conflict, record has changed, nowait; TiDB write conflicts
		return race
	case 1047, 1040, 1203, 1226, 1290, 1792, 1836, 2002, 2003, 1927, 1969, 3024, 1317, 1158, 1159, 1160, 1161: // not prepared (Galera), too many, read only, not reached, killed, timeout
		return unavailable
	case 1180, 1053, 1152, 1184, 2006, 2013, 2055: // error during COMMIT (Galera: quorum lost on the way), shut down, aborted, gone
		return broken
	}
	return plain
}

func judgeSQLite(code int) verdict {
	switch code {
	case 517: // SQLITE_BUSY_SNAPSHOT: another writer came in between
		return race
	}
	switch code & 0xff {
	case 5, 6, 8, 13, 14, 15: // busy, locked, read only, full, cannot open, protocol
		return unavailable
	case 9: // interrupted
		return cancelled
	case 10: // I/O error: at COMMIT the outcome is open
		return broken
	}
	return plain
}
