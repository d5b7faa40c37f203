package sqlstore_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
)

// The shapes in which drivers give their errors.
type pgError struct{ code string }

func (e *pgError) Error() string    { return "ERROR (SQLSTATE " + e.code + ")" }
func (e *pgError) SQLState() string { return e.code }

type mysqlError struct {
	Number   uint16
	SQLState [5]byte
	Message  string
}

func (e *mysqlError) Error() string { return fmt.Sprintf("Error %d: %s", e.Number, e.Message) }

type liteError struct{ code int }

func (e *liteError) Error() string { return fmt.Sprintf("sqlite: %d", e.code) }
func (e *liteError) Code() int     { return e.code }

type cgoLiteError struct{ Code, ExtendedCode int32 }

func (e cgoLiteError) Error() string { return "sqlite" }

func TestClassify(t *testing.T) {
	require.NoError(t, sqlstore.Classify(nil))
	for name, c := range map[string]struct {
		err  error
		want error // nil: none of the categories
	}{
		"PostgreSQL serialization failure":    {&pgError{"40001"}, disclosure.ErrConflict},
		"PostgreSQL deadlock":                 {&pgError{"40P01"}, disclosure.ErrConflict},
		"PostgreSQL completion unknown":       {&pgError{"40003"}, disclosure.ErrUnknown},
		"PostgreSQL shut down while at it":    {&pgError{"57P01"}, disclosure.ErrUnknown},
		"PostgreSQL connection failure":       {&pgError{"08006"}, disclosure.ErrUnknown},
		"PostgreSQL starting up":              {&pgError{"57P03"}, disclosure.ErrUnavailable},
		"PostgreSQL too many connections":     {&pgError{"53300"}, disclosure.ErrUnavailable},
		"PostgreSQL standby":                  {&pgError{"25006"}, disclosure.ErrUnavailable},
		"PostgreSQL unique violation":         {&pgError{"23505"}, nil},
		"PostgreSQL no such table":            {&pgError{"42P01"}, nil},
		"MariaDB deadlock or certification":   {&mysqlError{Number: 1213}, disclosure.ErrConflict},
		"MariaDB lock wait":                   {&mysqlError{Number: 1205}, disclosure.ErrConflict},
		"MariaDB record has changed":          {&mysqlError{Number: 1020}, disclosure.ErrConflict},
		"TiDB write conflict":                 {&mysqlError{Number: 9007}, disclosure.ErrConflict},
		"Galera node not prepared":            {&mysqlError{Number: 1047}, disclosure.ErrUnavailable},
		"Galera quorum lost during COMMIT":    {&mysqlError{Number: 1180}, disclosure.ErrUnknown},
		"MySQL read only":                     {&mysqlError{Number: 1290}, disclosure.ErrUnavailable},
		"MySQL gone away":                     {&mysqlError{Number: 2006}, disclosure.ErrUnknown},
		"MySQL duplicate key":                 {&mysqlError{Number: 1062}, nil},
		"SQLite busy":                         {&liteError{5}, disclosure.ErrUnavailable},
		"SQLite another writer in between":    {&liteError{517}, disclosure.ErrConflict},
		"SQLite another writer, other driver": {cgoLiteError{5, 517}, disclosure.ErrConflict},
		"SQLite disk full":                    {&liteError{13}, disclosure.ErrUnavailable},
		"SQLite I/O error":                    {&liteError{10 | 4<<8}, disclosure.ErrUnknown},
		"SQLite constraint":                   {&liteError{2067}, nil},
		"bad connection":                      {driver.ErrBadConn, disclosure.ErrUnknown},
		"connection done":                     {sql.ErrConnDone, disclosure.ErrUnknown},
		"end of file":                         {io.ErrUnexpectedEOF, disclosure.ErrUnknown},
		"not dialled":                         {&net.OpError{Op: "dial", Err: errors.New("refused")}, disclosure.ErrUnavailable},
		"cut while reading":                   {&net.OpError{Op: "read", Err: errors.New("reset")}, disclosure.ErrUnknown},
		"the driver's own words":              {errors.New("invalid connection"), disclosure.ErrUnknown},
		"cancelled while committing":          {context.Canceled, disclosure.ErrUnknown},
		"anything else":                       {errors.New("something"), nil},
		"a category already":                  {disclosure.ErrNotFound, disclosure.ErrNotFound},
	} {
		for how, err := range map[string]error{"bare": c.err, "wrapped": fmt.Errorf("gorm: %w", c.err), "joined": errors.Join(errors.New("first"), c.err)} {
			got := sqlstore.Classify(err)
			require.ErrorIs(t, got, c.err, "%s, %s: the cause is kept", name, how)
			for _, category := range []error{disclosure.ErrConflict, disclosure.ErrUnavailable, disclosure.ErrUnknown} {
				require.Equal(t, errors.Is(c.want, category), errors.Is(got, category), "%s, %s: %v", name, how, category)
			}
		}
	}
}

func TestNew(t *testing.T) {
	db := sql.OpenDB(nowhere{})
	defer db.Close()
	for name, try := range map[string]func() (*sqlstore.Store, error){
		"no database":     func() (*sqlstore.Store, error) { return sqlstore.New(nil, sqlstore.SQLite, nil) },
		"no dialect":      func() (*sqlstore.Store, error) { return sqlstore.New(db, 0, nil) },
		"unknown dialect": func() (*sqlstore.Store, error) { return sqlstore.New(db, 99, nil) },
		"SQL in a prefix": func() (*sqlstore.Store, error) {
			return sqlstore.New(db, sqlstore.SQLite, &sqlstore.Options{Prefix: "a; DROP TABLE b; --"})
		},
		"a long prefix": func() (*sqlstore.Store, error) {
			return sqlstore.New(db, sqlstore.SQLite, &sqlstore.Options{Prefix: "a23456789_a23456789_a23456789_a23456789_"})
		},
		"SQL in collation": func() (*sqlstore.Store, error) {
			return sqlstore.New(db, sqlstore.MySQL, &sqlstore.Options{Collation: "utf8mb4_bin; --"})
		},
	} {
		_, err := try()
		require.Error(t, err, name)
	}
	s, err := sqlstore.New(db, sqlstore.PostgreSQL, nil)
	require.NoError(t, err)
	require.ErrorIs(t, s.Migrate(context.Background()), disclosure.ErrUnavailable, "a database that cannot be reached")
	_, err = s.Records(context.Background(), "t", "c", 0, 0)
	require.ErrorIs(t, err, disclosure.ErrUnavailable)
}

// nowhere is a database that nobody reaches.
type nowhere struct{}

func (nowhere) Connect(context.Context) (driver.Conn, error) {
	return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
}
func (nowhere) Driver() driver.Driver { return nil }
