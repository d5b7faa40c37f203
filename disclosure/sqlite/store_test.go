package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// file is a store that remembers its path.
type file struct {
	*sqlite.Store
	path string
}

func open(t *testing.T, path string) *file {
	t.Helper()
	s, err := sqlite.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return &file{s, path}
}

func TestStore(t *testing.T) {
	storetest.Backend{
		New: func(t *testing.T) disclosure.Store { return open(t, filepath.Join(t.TempDir(), "a b%20?#.db")) },
		Reopen: func(t *testing.T, s disclosure.Store) disclosure.Store {
			require.NoError(t, s.(*file).Close())
			return open(t, s.(*file).path)
		},
		Begin: func(t *testing.T, s disclosure.Store) storetest.HostTx {
			tx, err := s.(*file).DB().BeginTx(context.Background(), nil)
			require.NoError(t, err)
			return storetest.HostTx{Store: s.(*file).Join(tx), Commit: tx.Commit, Rollback: tx.Rollback}
		},
	}.Run(t)
}

func TestOpen(t *testing.T) {
	t.Run("a folder that is not there", func(t *testing.T) {
		_, err := sqlite.Open(filepath.Join(t.TempDir(), "no", "such", "gongkai.db"))
		require.ErrorIs(t, err, os.ErrNotExist)
	})
	t.Run("no path", func(t *testing.T) {
		for _, path := range []string{"", ":memory:"} {
			_, err := sqlite.Open(path)
			require.ErrorContains(t, err, "NewMemory")
		}
	})
	t.Run("a file that is no database", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "x.db")
		require.NoError(t, os.WriteFile(path, []byte("政务公开 政务公开 政务公开 政务公开 政务公开"), 0o600))
		_, err := sqlite.Open(path)
		require.Error(t, err)
		kept, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(kept), "政务公开", "what is no database is left as it is")
	})
	t.Run("a file of a newer release", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "x.db")
		s := open(t, path)
		_, err := s.DB().Exec(`INSERT INTO gk_schema (version, repeated) VALUES (?, 0)`, sqlstore.Schema+1)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		_, err = sqlite.Open(path)
		require.ErrorIs(t, err, sqlstore.ErrSchema)
	})
	t.Run("two processes on one file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "x.db")
		a, b := open(t, path), open(t, path)
		w := storetest.Work{Tenant: "t", Name: "w", Cases: 3}
		for n := range 20 {
			require.NoError(t, w.Do(context.Background(), []disclosure.Store{a, b}[n%2], n))
		}
		w.Check(t, a, 20, 20)
		w.Check(t, b, 20, 20)
	})
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	w := storetest.Work{Tenant: "t", Name: "w", Cases: 3}
	for n := range 10 {
		require.NoError(t, w.Do(ctx, s, n))
	}
	copied := filepath.Join(t.TempDir(), "copy'; DROP TABLE gk_case; --.db")
	require.NoError(t, s.Backup(ctx, copied))
	require.ErrorIs(t, s.Backup(ctx, copied), os.ErrExist, "a backup never writes over a file")
	require.NoError(t, w.Do(ctx, s, 10))
	w.Check(t, open(t, copied), 10, 10)
	w.Check(t, s, 11, 11)
}

// TestDamage: what a database that was tampered with hands out is caught by
// those who verify, not by the store: it keeps, it does not judge.
func TestDamage(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	w := storetest.Work{Tenant: "t", Name: "w", Cases: 2}
	for n := range 4 {
		require.NoError(t, w.Do(ctx, s, n))
	}
	_, err := s.DB().Exec(`UPDATE gk_record SET structure = x'78' WHERE case_id = 'w.c0' AND seq = 2`)
	require.NoError(t, err)
	records, err := s.Records(ctx, "t", "w.c0", 0, 0)
	require.NoError(t, err)
	faults := ledger.VerifyChain("t", "w.c0", records)
	require.NotEmpty(t, faults)
	require.Equal(t, int64(2), faults[0].Seq)

	name, err := s.Put(ctx, "t", []byte("document"))
	require.NoError(t, err)
	_, err = s.DB().Exec(`UPDATE gk_document_part SET body = x'78'`)
	require.NoError(t, err)
	_, err = s.Open(ctx, "t", name)
	require.ErrorIs(t, err, disclosure.ErrDamaged)
}

func ExampleOpen() {
	dir, _ := os.MkdirTemp("", "gongkai")
	defer os.RemoveAll(dir)
	s, err := sqlite.Open(filepath.Join(dir, "gongkai.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	page, err := s.Find(context.Background(), disclosure.Query{Tenant: "bengbu", Sort: disclosure.ByDue})
	fmt.Println(len(page.Rows), err)
	// Output: 0 <nil>
}
