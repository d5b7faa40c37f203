package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

func TestPostgreSQL(t *testing.T) { postgres().backend(t).Run(t) }

func TestMariaDB(t *testing.T) { mariadb().backend(t).Run(t) }

// TestSQLiteMigration: the rest of the contract is tested in package sqlite.
func TestSQLiteMigration(t *testing.T) {
	v := server{name: "SQLite", dialect: sqlstore.SQLite}
	storetest.Backend{Earlier: v.earlier(func(t *testing.T) *tables {
		s, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
		require.NoError(t, err)
		t.Cleanup(func() { s.Close() })
		return v.bare(t, s.DB())
	})}.Run(t)
}

// TestMigrateTogether: ten processes that start at once lay the tables out once.
func TestMigrateTogether(t *testing.T) {
	for _, v := range []server{postgres(), mariadb()} {
		t.Run(v.name, func(t *testing.T) {
			db := v.open(t)
			s := v.bare(t, db)
			errs := make(chan error)
			for range 10 {
				store := s.again(t, db)
				go func() { errs <- store.Migrate(context.Background()) }()
			}
			for range 10 {
				require.NoError(t, <-errs)
			}
			w := storetest.Work{Tenant: "t", Name: "w", Cases: 2}
			for n := range 4 {
				require.NoError(t, w.Do(context.Background(), s, n))
			}
			w.Check(t, s, 4, 4)
		})
	}
}

// TestDDL: what an administrator runs by hand is what Migrate would have made.
func TestDDL(t *testing.T) {
	for _, v := range []server{postgres(), mariadb()} {
		t.Run(v.name, func(t *testing.T) {
			db := v.open(t)
			s := v.bare(t, db)
			for _, statement := range s.DDL() {
				_, err := db.Exec(statement)
				require.NoError(t, err, statement)
			}
			require.NoError(t, s.Migrate(context.Background()))
			w := storetest.Work{Tenant: "t", Name: "w", Cases: 2}
			require.NoError(t, w.Do(context.Background(), s, 0))
			w.Check(t, s, 1, 1)
		})
	}
}

// TestSettings: Check names what would make the store wrong.
func TestSettings(t *testing.T) {
	ctx := context.Background()
	v := mariadb()
	joint := "?"
	if strings.Contains(v.dsn, "?") {
		joint = "&"
	}
	v.dsn += joint + "sql_mode=%27%27"
	s := v.bare(t, v.open(t))
	require.ErrorContains(t, s.Check(ctx), "sql_mode")
}

// TestNoServer: a server that is not there is ErrUnavailable, not a conflict.
func TestNoServer(t *testing.T) {
	for _, v := range []server{postgres(), mariadb()} {
		t.Run(v.name, func(t *testing.T) {
			v.dsn = map[string]string{"PostgreSQL": "postgres://postgres@127.0.0.1:1/test?sslmode=disable", "MariaDB": "root@tcp(127.0.0.1:1)/test"}[v.name]
			db, err := sql.Open(v.driver, v.dsn)
			require.NoError(t, err)
			defer db.Close()
			s, err := sqlstore.New(db, v.dialect, nil)
			require.NoError(t, err)
			err = storetest.Work{Tenant: "t", Name: "w", Cases: 2}.Do(context.Background(), s, 0)
			require.ErrorIs(t, err, disclosure.ErrUnavailable, fmt.Sprint(err))
		})
	}
}
