package stores_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// server is a database server under test.
type server struct {
	name, driver, dsn string
	dialect           sqlstore.Dialect
}

func env(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

func postgres() server {
	return server{"PostgreSQL", "pgx", env("GONGKAI_POSTGRES_DSN", "postgres://postgres@127.0.0.1:5432/test?sslmode=disable"), sqlstore.PostgreSQL}
}

func mariadb() server {
	return server{"MariaDB", "mysql", env("GONGKAI_MARIADB_DSN", "root@tcp(127.0.0.1:3306)/test?interpolateParams=true"), sqlstore.MariaDB}
}

func (v server) open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open(v.driver, v.dsn)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	require.NoError(t, db.PingContext(ctx), "%s does not answer at %s; start it, or name another in the environment", v.name, v.dsn)
	return db
}

// tables is a set of tables of one test, under a prefix of its own.
type tables struct {
	*sqlstore.Store
	db     *sql.DB
	prefix string
	server server
}

var (
	prefixes sync.Mutex
	last     int
)

func (v server) bare(t testing.TB, db *sql.DB) *tables {
	t.Helper()
	prefixes.Lock()
	last++
	prefix := fmt.Sprintf("t%d_%d_", os.Getpid(), last)
	prefixes.Unlock()
	s := &tables{db: db, prefix: prefix, server: v}
	s.Store = s.again(t, db)
	t.Cleanup(func() {
		db.SetMaxIdleConns(0) // connections of a server that was killed lie in the pool
		for _, table := range s.names(t) {
			_, err := db.Exec("DROP TABLE IF EXISTS " + table)
			require.NoError(t, err)
		}
	})
	return s
}

func (s *tables) again(t testing.TB, db *sql.DB) *sqlstore.Store {
	store, err := sqlstore.New(db, s.server.dialect, &sqlstore.Options{Prefix: s.prefix})
	require.NoError(t, err)
	return store
}

func (v server) fresh(t testing.TB, db *sql.DB) *tables {
	t.Helper()
	s := v.bare(t, db)
	require.NoError(t, s.Migrate(context.Background()))
	require.NoError(t, s.Check(context.Background()))
	return s
}

// names lists the tables of the prefix.
func (s *tables) names(t testing.TB) []string {
	t.Helper()
	rows, err := s.db.Query("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '" + strings.ReplaceAll(s.prefix, "_", `\_`) + "%'")
	if s.server.dialect == sqlstore.SQLite {
		rows, err = s.db.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '" + s.prefix + "%'")
	}
	require.NoError(t, err)
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		names = append(names, name)
	}
	require.NoError(t, rows.Err())
	return names
}

// empty deletes every row but the schema's.
func (s *tables) empty(t testing.TB) {
	t.Helper()
	for _, table := range s.names(t) {
		if !strings.HasSuffix(table, "_schema") {
			_, err := s.db.Exec("DELETE FROM " + table)
			require.NoError(t, err)
		}
	}
}

// backend runs all sub-tests in one set of tables, emptied before each: laying
// tables out is what takes long on a server.
func (v server) backend(t *testing.T) storetest.Backend {
	db := v.open(t)
	shared := v.fresh(t, db)
	b := storetest.Backend{
		New: func(t *testing.T) disclosure.Store {
			shared.empty(t)
			return shared
		},
		Reopen: func(t *testing.T, s disclosure.Store) disclosure.Store {
			again := *s.(*tables)
			again.db = v.open(t)
			again.Store = again.again(t, again.db)
			require.NoError(t, again.Migrate(context.Background()))
			return &again
		},
		Begin: func(t *testing.T, s disclosure.Store) storetest.HostTx {
			tx, err := db.BeginTx(context.Background(), nil)
			require.NoError(t, err)
			return storetest.HostTx{Store: s.(*tables).Join(tx), Rollback: tx.Rollback, Commit: func() error { return sqlstore.Classify(tx.Commit()) }}
		},
		Earlier: v.earlier(func(t *testing.T) *tables { return v.bare(t, db) }),
	}
	return b
}

// earlier lays out each earlier schema and fills it as its release did.
func (v server) earlier(bare func(*testing.T) *tables) []storetest.Earlier {
	var all []storetest.Earlier
	for schema := 1; schema < sqlstore.Schema; schema++ {
		all = append(all, storetest.Earlier{Name: fmt.Sprint("schema ", schema), Open: func(t *testing.T) disclosure.Store {
			ctx := context.Background()
			s := bare(t)
			require.NoError(t, s.MigrateTo(ctx, schema))
			s.fill(t, schema)
			require.NoError(t, s.Migrate(ctx))
			require.NoError(t, s.Migrate(ctx), "a second time finds nothing to do")
			return s
		}})
	}
	// A release that stopped half-way through the last step: its number is not
	// written, so all of the step runs again.
	all = append(all, storetest.Earlier{Name: "a step that was cut off", Open: func(t *testing.T) disclosure.Store {
		ctx := context.Background()
		s := bare(t)
		require.NoError(t, s.MigrateTo(ctx, 2))
		s.fill(t, 2)
		require.NoError(t, s.Migrate(ctx))
		_, err := s.db.Exec(fmt.Sprintf("DELETE FROM %sschema WHERE version >= 3", s.prefix))
		require.NoError(t, err)
		require.NoError(t, s.Migrate(ctx))
		return s
	}})
	return all
}

func (s *tables) insert(t *testing.T, table, columns string, values ...any) {
	t.Helper()
	marks := make([]string, len(values))
	for i := range marks {
		marks[i] = "?"
		if s.server.dialect == sqlstore.PostgreSQL {
			marks[i] = fmt.Sprint("$", i+1)
		}
	}
	_, err := s.db.Exec(fmt.Sprintf("INSERT INTO %s%s (%s) VALUES (%s)", s.prefix, table, columns, strings.Join(marks, ", ")), values...)
	require.NoError(t, err)
}

func null[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

func (s *tables) fill(t *testing.T, schema int) {
	for _, b := range storetest.Legacy() {
		versions := map[string]int64{}
		for _, w := range b.Writes {
			n, open := int64(len(w.Records)), 0
			if w.Index.Open {
				open = 1
			}
			versions[w.Case] = n
			ix := w.Index
			s.insert(t, "case", "tenant, case_id, version, guarded, updated_at, kind, stage, unit, parent, number, title, open_due_at, is_open",
				b.Tenant, w.Case, n, 0, b.Time, ix.Kind, null(ix.Stage), null(ix.Unit), null(ix.Parent), null(ix.Number), null(ix.Title), null(ix.DueAt), open)
			for _, r := range w.Records {
				s.insert(t, "record", "tenant, case_id, seq, suite, type, at_ms, on_day, actor, structure, commitment, prev, hash, salt, private",
					r.Tenant, r.Case, r.Seq, r.Suite, r.Type, r.Time, r.On, r.Actor, r.Structure, r.Commitment[:], r.Prev[:], r.Hash[:], r.Salt, r.Private)
				if schema >= 3 {
					s.insert(t, "pending", "tenant, case_id, seq, hash", r.Tenant, r.Case, r.Seq, r.Hash[:])
				}
			}
		}
		list, err := json.Marshal(versions)
		require.NoError(t, err)
		s.insert(t, "receipt", "tenant, cmd, fingerprint, at_ms, versions, data, repeated", b.Tenant, b.Key, b.Fingerprint[:], b.Time, list, b.Receipt, 0)
	}
}
