//go:build nightly

package stores_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// cluster is what a script of .ci has started.
type cluster struct {
	t      *testing.T
	script string
	dir    string
	dsns   []string
}

func start(t *testing.T, script string, args ...string) *cluster {
	t.Helper()
	dir, err := os.MkdirTemp("", "cluster")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755)) // the servers run as other users
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "..", ".ci", script))
	require.NoError(t, err)
	c := &cluster{t: t, script: path, dir: filepath.Join(dir, "c")}
	t.Cleanup(func() {
		c.do("stop")
		_ = os.RemoveAll(dir)
	})
	c.dsns = strings.Fields(c.do(append([]string{"start"}, args...)...))
	return c
}

// do runs a command of the script. What the servers leave open of its output is
// not waited for.
func (c *cluster) do(args ...string) string {
	c.t.Helper()
	full := append([]string{args[0], c.dir}, args[1:]...)
	cmd := exec.Command(c.script, full...)
	out, err := os.CreateTemp(c.t.TempDir(), "out")
	require.NoError(c.t, err)
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	said, _ := os.ReadFile(out.Name())
	require.NoError(c.t, err, "%s %v: %s", filepath.Base(c.script), args, said)
	return string(said)
}

// TestSQLiteKilledOften is TestSQLiteKilled a thousand times.
func TestSQLiteKilledOften(t *testing.T) { killSQLite(t, rounds(t, 1000)) }

// TestPostgreSQLCrash: the server is stopped at once under load, three times.
func TestPostgreSQLCrash(t *testing.T) {
	c := start(t, "postgres-cluster", "1")
	v := server{"PostgreSQL", "pgx", c.dsns[0], sqlstore.PostgreSQL}
	for round := range 3 {
		s := v.fresh(t, v.open(t))
		acked, stored := storetest.CrashUnderLoad(t, s, 8, func() disclosure.Store {
			c.do("crash", "1")
			c.do("again", "1")
			return s
		})
		t.Logf("crash %d: %d batches acknowledged, 0 lost, 0 doubled, %d stored in the end", round+1, acked, stored)
	}
}

// TestPostgreSQLPromoted: the primary of three is gone for good; what it had
// acknowledged is on the standby that takes its place.
func TestPostgreSQLPromoted(t *testing.T) {
	c := start(t, "postgres-cluster", "3")
	v := server{"PostgreSQL", "pgx", c.dsns[0], sqlstore.PostgreSQL}
	s := v.fresh(t, v.open(t))
	var took time.Duration
	acked, stored := storetest.CrashUnderLoad(t, s, 8, func() disclosure.Store {
		begin := time.Now()
		c.do("crash", "1")
		c.do("promote")
		took = time.Since(begin)
		return s // the same pool: its DSN names all three
	})
	t.Logf("failover in %v: %d batches acknowledged, 0 lost, 0 doubled, %d stored in the end", took.Round(time.Millisecond), acked, stored)
}

// TestGalera: three nodes that all take writes.
func TestGalera(t *testing.T) {
	ctx := context.Background()
	c := start(t, "galera", "3")
	require.Len(t, c.dsns, 3)
	var nodes []server
	for i, dsn := range c.dsns {
		nodes = append(nodes, server{fmt.Sprint("node ", i+1), "mysql", dsn, sqlstore.MariaDB})
	}
	first := nodes[0].fresh(t, nodes[0].open(t))
	var stores []disclosure.Store
	dbs := []*sql.DB{first.db}
	for _, v := range nodes[1:] {
		dbs = append(dbs, v.open(t))
	}
	for i, db := range dbs {
		s := *first
		s.db, s.server = db, nodes[i]
		s.Store = s.again(t, db)
		require.NoError(t, s.Check(ctx))
		stores = append(stores, &s)
	}

	t.Run("the contract on one node", func(t *testing.T) {
		b := nodes[0].backend(t)
		b.Earlier = nil
		b.Run(t)
	})
	t.Run("Check names a session whose reads are stale", func(t *testing.T) {
		v := nodes[1]
		v.dsn = strings.Replace(v.dsn, "wsrep_sync_wait=1", "wsrep_sync_wait=0", 1)
		s := *first
		s.Store = s.again(t, v.open(t))
		require.ErrorContains(t, s.Check(ctx), "wsrep_sync_wait")
	})
	t.Run("a conflict at COMMIT (1213) is ErrConflict", func(t *testing.T) {
		first.empty(t)
		require.NoError(t, addTo(ctx, stores[0], "c", "open"))
		refused := 0
		for round := range 30 {
			// Two transactions of the host on two nodes write the same case: each
			// sees its row changed, the COMMIT decides.
			var errs [2]error
			var txs [2]*sql.Tx
			var failed [2]error
			for i := range txs {
				var err error
				txs[i], err = dbs[i].BeginTx(ctx, nil)
				require.NoError(t, err)
				failed[i] = addTo(ctx, stores[i].(*tables).Join(txs[i]), "c", fmt.Sprint("r", round, "-", i))
			}
			for i := range txs {
				if failed[i] != nil {
					require.ErrorIs(t, failed[i], disclosure.ErrConflict)
					errs[i] = failed[i]
					_ = txs[i].Rollback()
					continue
				}
				errs[i] = sqlstore.Classify(txs[i].Commit())
				if errs[i] != nil {
					require.ErrorIs(t, errs[i], disclosure.ErrConflict, "%v", errs[i])
					refused++
				}
			}
			require.False(t, errs[0] == nil && errs[1] == nil, "two winners on one version")
			require.False(t, errs[0] != nil && errs[1] != nil, "nobody won: %v, %v", errs[0], errs[1])
		}
		require.Positive(t, refused, "no COMMIT was refused: the test proves nothing")
		records, err := stores[2].Records(ctx, "t", "c", 0, 0)
		require.NoError(t, err)
		require.Len(t, records, 31)
		t.Logf("30 races, 30 winners, %d refused at COMMIT", refused)
	})
	t.Run("a read elsewhere sees what was acknowledged", func(t *testing.T) {
		first.empty(t)
		for i := range 300 {
			require.NoError(t, addTo(ctx, stores[i%3], "c", fmt.Sprint("k", i)), "write %d", i)
			records, err := stores[(i+1)%3].Records(ctx, "t", "c", 0, 0)
			require.NoError(t, err)
			require.Len(t, records, i+1, "a stale read")
		}
	})
	t.Run("16 writers on three nodes are linearizable", func(t *testing.T) {
		first.empty(t)
		history := record(t, stores, 16, 25)
		require.Equal(t, porcupine.Ok, porcupine.CheckOperationsTimeout(registers.ToModel(), history, time.Minute))
	})
	t.Run("write skew over nodes", func(t *testing.T) {
		first.empty(t)
		for round := range 30 {
			x, y := fmt.Sprint("x", round), fmt.Sprint("y", round)
			errs := make(chan error, 2)
			for i, pair := range [][2]string{{x, y}, {y, x}} {
				go func() {
					r := ledger.Record{Tenant: "t", Case: pair[0], Seq: 1, Type: "open"}
					_, err := stores[i].Append(ctx, disclosure.Batch{Tenant: "t", Key: pair[0], Time: 1, Guards: []disclosure.Guard{{Case: pair[1]}},
						Writes: []disclosure.Write{{Case: pair[0], Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "k"}}}})
					errs <- err
				}()
			}
			a, b := <-errs, <-errs
			require.False(t, a == nil && b == nil, "write skew: both were written although each guarded the other")
			for _, err := range []error{a, b} {
				if err != nil {
					require.ErrorIs(t, err, disclosure.ErrConflict)
				}
			}
		}
	})
	t.Run("a killed node comes back equal", func(t *testing.T) {
		first.empty(t)
		acked, stored := storetest.CrashUnderLoad(t, stores[1], 4, func() disclosure.Store {
			c.do("kill", "2")
			for n := range 200 { // the others go on
				require.NoError(t, addTo(ctx, stores[0], "while", fmt.Sprint("n", n)))
			}
			c.do("node", "2")
			return stores[1]
		})
		t.Logf("node 2 killed: %d batches acknowledged, 0 lost, 0 doubled, %d stored in the end", acked, stored)
		for _, table := range first.names(t) {
			var sums []string
			for _, db := range dbs {
				var name, sum string
				require.NoError(t, db.QueryRow("CHECKSUM TABLE "+table).Scan(&name, &sum))
				sums = append(sums, sum)
			}
			require.Equal(t, sums[0], sums[1], "table %s differs between nodes 1 and 2", table)
			require.Equal(t, sums[0], sums[2], "table %s differs between nodes 1 and 3", table)
		}
	})
	t.Run("a node without its quorum (1047) is ErrUnavailable", func(t *testing.T) {
		first.empty(t)
		require.NoError(t, addTo(ctx, stores[0], "c", "before"))
		c.do("kill", "2")
		c.do("kill", "3")
		var err error
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
			short, cancel := context.WithTimeout(ctx, 5*time.Second)
			err = addTo(short, stores[0], "c", "alone")
			cancel()
			if errors.Is(err, disclosure.ErrUnavailable) {
				break
			}
			if err != nil && !errors.Is(err, context.DeadlineExceeded) { // on the way down a COMMIT may be left open
				require.ErrorIs(t, err, disclosure.ErrUnknown)
			}
		}
		require.ErrorIs(t, err, disclosure.ErrUnavailable, "writes")
		require.ErrorContains(t, err, "1047")
		_, err = stores[0].Records(ctx, "t", "c", 0, 0)
		require.ErrorIs(t, err, disclosure.ErrUnavailable, "reads too")
		c.do("primary", "1")
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
			if err = addTo(ctx, stores[0], "c", "after"); !errors.Is(err, disclosure.ErrUnavailable) {
				break
			}
		}
		require.NoError(t, err, "a person lets the node serve again")
	})
}

// addTo appends one record to a case, on what the store shows of it.
func addTo(ctx context.Context, s disclosure.Store, caseID, key string) error {
	records, err := s.Records(ctx, "t", caseID, 0, 0)
	if err != nil {
		return err
	}
	var last ledger.Record
	if n := len(records); n > 0 {
		last = records[n-1]
	}
	r := ledger.Record{Tenant: "t", Case: caseID, Seq: last.Seq + 1, Type: "add", Time: 1}
	if err := ledger.Seal(ledger.Standard(), last.Hash, &r, randomness{}); err != nil {
		return err
	}
	_, err = s.Append(ctx, disclosure.Batch{Tenant: "t", Key: key, Fingerprint: ledger.Digest{1}, Time: 1,
		Writes: []disclosure.Write{{Case: caseID, Expect: last.Seq, Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "k"}}}})
	return err
}
