package stores_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// rounds is how often something is killed: otherwise, or GONGKAI_ROUNDS.
func rounds(t *testing.T, otherwise int) int {
	v := os.Getenv("GONGKAI_ROUNDS")
	if v == "" {
		return otherwise
	}
	n, err := strconv.Atoi(v)
	require.NoError(t, err, "GONGKAI_ROUNDS")
	return n
}

// TestSQLiteKilled: a process that writes is killed; what it had acknowledged is
// there, nothing is there twice, the file is whole, and the next process goes on.
func TestSQLiteKilled(t *testing.T) { killSQLite(t, rounds(t, 100)) }

func killSQLite(t *testing.T, rounds int) {
	path := filepath.Join(t.TempDir(), "x.db")
	acknowledged, unseen := 0, 0
	for round := range rounds {
		c := child{Role: "write", Dialect: sqlstore.SQLite, Where: path, Name: fmt.Sprint("r", round)}
		cmd, lines := c.start(t)
		acked, tried := 0, 0
		wait := time.Duration(rand.IntN(60_000)) * time.Microsecond
		killed := false
		for lines.Scan() {
			var what string
			var n int
			_, err := fmt.Sscan(lines.Text(), &what, &n)
			require.NoError(t, err)
			if what == "try" {
				tried = n + 1
			} else {
				acked = n + 1
			}
			if acked > 0 && !killed {
				killed = true
				time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
			}
		}
		require.Error(t, cmd.Wait(), "the child was killed")
		require.True(t, killed, "the child never acknowledged anything")
		s, err := sqlite.Open(path)
		require.NoError(t, err)
		w := storetest.Work{Tenant: "t", Name: c.Name, Cases: 3}
		stored := w.Check(t, s, acked, tried)
		acknowledged += acked
		unseen += stored - acked
		if round == rounds-1 {
			var verdict string
			require.NoError(t, s.DB().QueryRow("PRAGMA integrity_check").Scan(&verdict))
			require.Equal(t, "ok", verdict)
		}
		require.NoError(t, s.Close())
	}
	t.Logf("killed %d times: %d batches acknowledged, 0 lost, 0 doubled, %d stored whose acknowledgement nobody saw", rounds, acknowledged, unseen)
}
