package stores_test

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
)

// rival sends the statements of Append by the bare driver: one transaction with
// the receipt, the index row, the record and its waiting place.
type rival struct {
	db       *sql.DB
	prefix   string
	dialect  sqlstore.Dialect
	prepared map[string]*sql.Stmt
	all      []string
}

func (r *rival) statements() []string {
	if r.all != nil {
		return r.all
	}
	absent := " ON CONFLICT DO NOTHING"
	all := []string{
		`INSERT INTO {p}receipt (tenant, cmd, fingerprint, at_ms, versions, data, repeated) VALUES (?, ?, ?, ?, ?, ?, 0)` + absent,
		`INSERT INTO {p}case (tenant, case_id, version, guarded, updated_at, kind, stage, unit, parent, number, title, open_due_at, is_open) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)` + absent,
		`INSERT INTO {p}record (tenant, case_id, seq, suite, type, at_ms, on_day, actor, structure, commitment, prev, hash, salt, private) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		`INSERT INTO {p}pending (tenant, case_id, seq, hash) VALUES (?, ?, ?, ?)`,
	}
	for i, s := range all {
		s = strings.ReplaceAll(s, "{p}", r.prefix)
		if r.dialect == sqlstore.PostgreSQL {
			for n := 1; strings.Contains(s, "?"); n++ {
				s = strings.Replace(s, "?", fmt.Sprint("$", n), 1)
			}
		}
		all[i] = s
	}
	r.all = all
	return all
}

func (r *rival) append(ctx context.Context, b disclosure.Batch) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	w := b.Writes[0]
	rec := w.Records[0]
	versions, err := json.Marshal(map[string]int64{w.Case: 1})
	if err != nil {
		return err
	}
	ix := w.Index
	args := [][]any{
		{b.Tenant, b.Key, b.Fingerprint[:], b.Time, versions, nil},
		{b.Tenant, w.Case, 1, 0, b.Time, ix.Kind, ix.Stage, ix.Unit, nil, nil, ix.Title, ix.DueAt, 1},
		{rec.Tenant, rec.Case, rec.Seq, rec.Suite, rec.Type, rec.Time, rec.On, rec.Actor, rec.Structure, rec.Commitment[:], rec.Prev[:], rec.Hash[:], rec.Salt, rec.Private},
		{rec.Tenant, rec.Case, rec.Seq, rec.Hash[:]},
	}
	for i, s := range r.statements() {
		if st := r.prepared[s]; st != nil {
			_, err = tx.StmtContext(ctx, st).ExecContext(ctx, args[i]...)
		} else {
			_, err = tx.ExecContext(ctx, s, args[i]...)
		}
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

// TestAppendSpeed: Append reaches at least 70 % of the bare driver with the same
// statements, measured in turns, so that whatever else the machine does hits both.
func TestAppendSpeed(t *testing.T) {
	ctx := context.Background()
	for _, name := range []string{"SQLite", "PostgreSQL"} {
		t.Run(name, func(t *testing.T) {
			var s disclosure.Store
			r := &rival{prepared: map[string]*sql.Stmt{}}
			if name == "SQLite" {
				lite, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
				require.NoError(t, err)
				t.Cleanup(func() { lite.Close() })
				s, r.db, r.prefix, r.dialect = lite, lite.DB(), "gk_", sqlstore.SQLite
				for _, q := range r.statements() {
					r.prepared[q], err = r.db.Prepare(q)
					require.NoError(t, err)
				}
			} else {
				v := postgres()
				pg := v.fresh(t, v.open(t))
				s, r.db, r.prefix, r.dialect = pg, pg.db, pg.prefix, sqlstore.PostgreSQL
			}
			n := 0
			batch := func() disclosure.Batch {
				n++
				id := fmt.Sprintf("%08x", uint32(n)*2654435761)
				rec := ledger.Record{Tenant: "t", Case: id, Seq: 1, Type: "step", Time: 1, On: "2026-11-24", Actor: "u1", Structure: make([]byte, 120), Private: make([]byte, 280)}
				require.NoError(t, ledger.Seal(ledger.Standard(), ledger.Digest{}, &rec, randomness{}))
				return disclosure.Batch{Tenant: "t", Key: id, Time: 1, Writes: []disclosure.Write{{Case: id, Records: []ledger.Record{rec},
					Index: disclosure.Index{Kind: "matter", Stage: "review", Unit: "u1", Title: "标题", DueAt: int64(n), Open: true}}}}
			}
			// One by one in turns, and the lower quartile: what else the machine
			// does makes some of both slow. The middle of three rounds counts.
			round := func() (ours, theirs time.Duration) {
				const n = 300
				var mine, bare []time.Duration
				for i := range 2 * n {
					one := batch()
					begin := time.Now()
					if i%2 == 0 {
						_, err := s.Append(ctx, one)
						mine = append(mine, time.Since(begin))
						require.NoError(t, err)
					} else {
						err := r.append(ctx, one)
						bare = append(bare, time.Since(begin))
						require.NoError(t, err)
					}
				}
				slices.Sort(mine)
				slices.Sort(bare)
				return mine[n/4], bare[n/4]
			}
			type result struct{ ours, theirs time.Duration }
			var results []result
			for range 3 {
				o, b := round()
				results = append(results, result{o, b})
			}
			slices.SortFunc(results, func(a, b result) int {
				return cmp.Compare(a.theirs.Seconds()/a.ours.Seconds(), b.theirs.Seconds()/b.ours.Seconds())
			})
			a, b := results[1].ours, results[1].theirs
			share := b.Seconds() / a.Seconds()
			fmt.Fprintf(os.Stderr, ":: Append, %s: %.0f a second, %.0f %% of the bare driver (%.0f a second)\n", name, 1/a.Seconds(), 100*share, 1/b.Seconds())
			require.GreaterOrEqual(t, share, 0.7)
		})
	}
}
