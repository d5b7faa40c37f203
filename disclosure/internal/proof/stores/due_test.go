//go:build nightly

package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
)

// TestDueList: the first 100 due of a million cases come in at most 2 ms, and in
// at most 1.5 times what they take of ten thousand.
func TestDueList(t *testing.T) {
	const small, large = 10_000, 1_000_000
	rows := map[string]string{
		"SQLite":     `WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < %d)`,
		"PostgreSQL": `WITH g(n) AS (SELECT generate_series(1, %d::bigint))`,
	}
	for name, series := range rows {
		t.Run(name, func(t *testing.T) {
			open := func(n int) disclosure.Store {
				var s disclosure.Store
				var db *sql.DB
				prefix := "gk_"
				if name == "SQLite" {
					lite, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
					require.NoError(t, err)
					t.Cleanup(func() { lite.Close() })
					s, db = lite, lite.DB()
				} else {
					v := postgres()
					pg := v.fresh(t, v.open(t))
					s, db, prefix = pg, pg.db, pg.prefix
				}
				insert := `INSERT INTO {p}case (tenant, case_id, version, guarded, updated_at, kind, stage, unit, parent, number, title, open_due_at, is_open) `
				fill := fmt.Sprintf(series, n) + ` SELECT 't', 'c' || ((n * 7919) % 1000003), 3, 0, n, 'matter', 'review', 'u' || (n % 40), NULL, '2026-' || n, '关于补助资金的通知', CASE WHEN n % 12 = 0 THEN 1790000000000 + (n * 7919 % 400) * 86400000 END, CASE WHEN n % 12 = 0 THEN 1 ELSE 0 END FROM g`
				if name == "SQLite" {
					_, err := db.Exec(strings.ReplaceAll(insert+fill, "{p}", prefix))
					require.NoError(t, err)
				} else {
					_, err := db.Exec(strings.ReplaceAll(insert+fill, "{p}", prefix))
					require.NoError(t, err)
					_, err = db.Exec("VACUUM ANALYZE " + prefix + "case")
					require.NoError(t, err)
				}
				return s
			}
			stores := []disclosure.Store{open(small), open(large)}
			took := make([][]time.Duration, 2)
			for range 400 {
				for i, s := range stores {
					begin := time.Now()
					p, err := s.Find(context.Background(), disclosure.Query{Tenant: "t", Sort: disclosure.ByDue})
					took[i] = append(took[i], time.Since(begin))
					require.NoError(t, err)
					require.Len(t, p.Rows, 100)
				}
			}
			for i := range took {
				slices.Sort(took[i])
			}
			a, b := took[0][200], took[1][200]
			fmt.Printf(":: due list, %s: first 100 of %d in %v, of %d in %v (%.2f times)\n", name, small, a, large, b, b.Seconds()/a.Seconds())
			require.LessOrEqual(t, b, 2*time.Millisecond)
			require.LessOrEqual(t, b.Seconds(), 1.5*a.Seconds())
		})
	}
}
