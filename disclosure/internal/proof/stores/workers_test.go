package stores_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/sqlstore"
)

// TestWorkersKilled: two publishers, two sequencers and two sweepers work on one
// store and are killed again and again, wherever they are. In the end every order
// was carried out and recorded once, every record has one place in the log and
// every case one reminder.
func TestWorkersKilled(t *testing.T) {
	const cases = 40
	backends := map[string]func(t *testing.T) (*sqlstore.Store, child){
		"SQLite": func(t *testing.T) (*sqlstore.Store, child) {
			path := filepath.Join(t.TempDir(), "x.db")
			s, err := sqlite.Open(path)
			require.NoError(t, err)
			t.Cleanup(func() { s.Close() })
			return s.Store, child{Dialect: sqlstore.SQLite, Where: path}
		},
	}
	for _, v := range []server{postgres(), mariadb()} {
		backends[v.name] = func(t *testing.T) (*sqlstore.Store, child) {
			s := v.fresh(t, v.open(t))
			return s.Store, child{Dialect: v.dialect, Driver: v.driver, Where: v.dsn, Prefix: s.prefix}
		}
	}
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			s, c := open(t)
			c.Site = t.TempDir()
			for i := range cases {
				id := fmt.Sprint("c", i)
				r := ledger.Record{Tenant: "t", Case: id, Seq: 1, Type: "opened"}
				require.NoError(t, ledger.Seal(ledger.Standard(), ledger.Digest{}, &r, randomness{}))
				b := disclosure.Batch{Tenant: "t", Key: "open " + id, Time: 1, Writes: []disclosure.Write{{Case: id, Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "matter", DueAt: 1, Open: true}}},
					Orders: []disclosure.Order{{ID: id + ".a", Case: id, Type: "publish"}, {ID: id + ".b", Case: id, Type: "publish", After: []string{id + ".a"}}}}
				if i%4 == 0 {
					b.Orders[0].Group, b.Orders[1].Group = "g"+id, "g"+id
				}
				_, err := s.Append(ctx, b)
				require.NoError(t, err)
			}
			stop := make(chan struct{})
			var wg sync.WaitGroup
			var kills [6]int
			for i := range kills {
				wg.Go(func() {
					me := c
					me.Role = []string{"publish", "sequence", "sweep"}[i%3]
					for n := 0; ; n++ {
						me.Name = fmt.Sprintf("%s-%d-%d", me.Role, i, n)
						cmd, _ := me.start(t)
						gone := make(chan error, 1)
						go func() { gone <- cmd.Wait() }()
						select {
						case err := <-gone:
							t.Errorf("%s ended by itself: %v", me.Name, err)
							return
						case <-stop:
							_ = cmd.Process.Kill()
							<-gone
							return
						case <-time.After(time.Duration(150+rand.IntN(350)) * time.Millisecond):
							_ = cmd.Process.Kill()
							<-gone
							kills[i]++
						}
					}
				})
			}
			done := func() bool {
				for i := range cases {
					records, err := s.Records(ctx, "t", fmt.Sprint("c", i), 0, 0)
					if err != nil || len(records) < 4 {
						return false
					}
					places, err := s.Places(ctx, "t", fmt.Sprint("c", i))
					if err != nil || len(places) < 4 {
						return false
					}
				}
				return true
			}
			deadline := time.Now().Add(90 * time.Second)
			for !done() && time.Now().Before(deadline) {
				time.Sleep(50 * time.Millisecond)
			}
			close(stop)
			wg.Wait()
			require.True(t, done(), "nothing is lost: everything comes to its end although everybody is killed")
			total := 0
			for i := range cases {
				id := fmt.Sprint("c", i)
				records, err := s.Records(ctx, "t", id, 0, 0)
				require.NoError(t, err)
				require.Empty(t, ledger.VerifyChain("t", id, records))
				count := map[string]int{}
				for _, r := range records {
					count[r.Type+" "+string(r.Structure)]++
				}
				require.Len(t, records, 4, "opened, published twice, reminded: %v", count)
				for what, n := range count {
					require.Equal(t, 1, n, "doubled: %s", what)
				}
				orders, err := s.Orders(ctx, "t", id)
				require.NoError(t, err)
				for _, o := range orders {
					require.True(t, o.Settled)
				}
				places, err := s.Places(ctx, "t", id)
				require.NoError(t, err)
				total += len(places)
			}
			leaves, err := s.Leaves(ctx, "t", 0, 1<<40)
			require.NoError(t, err)
			require.Len(t, leaves, 4*cases, "every record once in the log")
			require.Equal(t, 4*cases, total)
			size, err := s.Size(ctx, "t")
			require.NoError(t, err)
			require.Equal(t, int64(4*cases), size)
			time.Sleep(150 * time.Millisecond) // until the lease of the dead has run out
			q, err := sequencer(s, "last")
			require.NoError(t, err)
			signed, err := q.Run(ctx)
			require.NoError(t, err)
			require.True(t, signed.Held)
			report, err := disclosure.Audit(ctx, s, ledger.Books{Tenant: "t", Keys: []ledger.Key{q.Suite.Key()}, Deposits: []ledger.Deposit{{Note: signed.Checkpoint}}})
			require.NoError(t, err)
			require.Equal(t, ledger.Intact, report.Verdict, "every checkpoint that any of them signed holds: %v", report.Faults)
			on, err := os.ReadDir(c.Site)
			require.NoError(t, err)
			require.Len(t, on, 2*cases, "the site has every order once")
			sum := 0
			for _, n := range kills {
				sum += n
			}
			require.Positive(t, sum, "nobody was killed: the test proves nothing")
			t.Logf("%d workers killed, %d orders, %d records", sum, 2*cases, 4*cases)
		})
	}
}

// TestWorkersHold: of two workers with one clock, never both hold one order.
func TestWorkersHold(t *testing.T) {
	for _, v := range []server{postgres(), mariadb()} {
		t.Run(v.name, func(t *testing.T) {
			s := v.fresh(t, v.open(t))
			ctx := context.Background()
			const orders = 60
			for i := range orders {
				id := fmt.Sprint("c", i)
				r := ledger.Record{Tenant: "t", Case: id, Seq: 1, Type: "opened"}
				_, err := s.Append(ctx, disclosure.Batch{Tenant: "t", Key: id, Time: int64(i), Writes: []disclosure.Write{{Case: id, Records: []ledger.Record{r}, Index: disclosure.Index{Kind: "k"}}},
					Orders: []disclosure.Order{{ID: id, Case: id, Type: "publish"}}})
				require.NoError(t, err)
			}
			var mu sync.Mutex
			tokens := map[string]bool{}
			held := map[string]int{}
			var wg sync.WaitGroup
			for w := range 6 {
				wg.Go(func() {
					for {
						got, err := s.Lease(ctx, "t", fmt.Sprint("w", w), 1000, 2000, 3)
						if errors.Is(err, disclosure.ErrConflict) {
							continue
						}
						if err != nil {
							t.Error(err)
							return
						}
						if len(got) == 0 {
							return
						}
						mu.Lock()
						for _, l := range got {
							held[l.ID]++
							tokens[fmt.Sprint(l.ID, "/", l.Token)] = true
						}
						mu.Unlock()
					}
				})
			}
			wg.Wait()
			require.Len(t, held, orders)
			require.Len(t, tokens, orders)
			for id, n := range held {
				require.Equal(t, 1, n, "order %s is in %d hands", id, n)
			}
		})
	}
}
