package stores_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/sqlite"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// A case as a register: its state is its version and the key that made it.
type register struct {
	version int64
	key     string
}

type call struct {
	caseID string
	read   bool
	expect int64
	key    string
}

type answer struct {
	seen    register // of a read
	won     bool
	unknown bool // ErrUnknown: carried out or not
	late    bool // cut off by its caller: a server may carry it out after the answer
}

// registers says which histories of reads and compare-and-set are lawful, each
// case by itself.
var registers = porcupine.NondeterministicModel{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		by := map[string][]porcupine.Operation{}
		for _, op := range history {
			id := op.Input.(call).caseID
			by[id] = append(by[id], op)
		}
		var out [][]porcupine.Operation
		for _, ops := range by {
			out = append(out, ops)
		}
		return out
	},
	Init: func() []any { return []any{register{}} },
	Step: func(state, input, output any) []any {
		st, in, out := state.(register), input.(call), output.(answer)
		next := register{in.expect + 1, in.key}
		switch {
		case in.read:
			if out.seen == st {
				return []any{st}
			}
		case out.unknown && st.version == in.expect:
			return []any{st, next}
		case out.unknown:
			return []any{st}
		case out.won:
			if st.version == in.expect {
				return []any{next}
			}
		case st.version != in.expect: // a loser must have had another version before it
			return []any{st}
		}
		return nil
	},
	Equal: func(a, b any) bool { return a == b },
}

// TestLinearizable: 16 writers over few cases; whatever the store answered can be
// put into one order in which every answer is right.
func TestLinearizable(t *testing.T) {
	backends := map[string]func(t *testing.T) disclosure.Store{
		"memory": func(*testing.T) disclosure.Store { return disclosure.NewMemory() },
		"SQLite": func(t *testing.T) disclosure.Store {
			s, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"))
			require.NoError(t, err)
			t.Cleanup(func() { s.Close() })
			return s
		},
		"PostgreSQL": func(t *testing.T) disclosure.Store { return postgres().fresh(t, postgres().open(t)) },
		"MariaDB":    func(t *testing.T) disclosure.Store { return mariadb().fresh(t, mariadb().open(t)) },
	}
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			history := record(t, []disclosure.Store{open(t)}, 16, 40)
			require.Equal(t, porcupine.Ok, porcupine.CheckOperationsTimeout(registers.ToModel(), history, time.Minute))
		})
		t.Run(name+" with faults", func(t *testing.T) {
			s := open(t)
			var stores []disclosure.Store
			for i := range 16 {
				stores = append(stores, &storetest.Faults{Store: s, Plan: storetest.Seeded(uint64(i))})
			}
			history := record(t, stores, 16, 20)
			require.Equal(t, porcupine.Ok, porcupine.CheckOperationsTimeout(registers.ToModel(), history, time.Minute))
		})
	}
	t.Run("the checker refuses two winners on one version", func(t *testing.T) {
		history := []porcupine.Operation{
			{ClientId: 0, Input: call{caseID: "c", key: "a"}, Output: answer{won: true}, Call: 1, Return: 3},
			{ClientId: 1, Input: call{caseID: "c", key: "b"}, Output: answer{won: true}, Call: 2, Return: 4},
		}
		require.False(t, porcupine.CheckOperations(registers.ToModel(), history))
	})
	t.Run("the checker refuses a stale read", func(t *testing.T) {
		history := []porcupine.Operation{
			{ClientId: 0, Input: call{caseID: "c", key: "a"}, Output: answer{won: true}, Call: 1, Return: 2},
			{ClientId: 1, Input: call{caseID: "c", read: true}, Output: answer{}, Call: 3, Return: 4},
		}
		require.False(t, porcupine.CheckOperations(registers.ToModel(), history))
	})
}

// record lets writers read and write four cases at random and notes what they
// were answered and when. Writer i uses store i modulo their number.
func record(t *testing.T, stores []disclosure.Store, writers, steps int) []porcupine.Operation {
	t.Helper()
	ctx := context.Background()
	start := time.Now()
	var mu sync.Mutex
	var history []porcupine.Operation
	var wg sync.WaitGroup
	for w := range writers {
		s := stores[w%len(stores)]
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 7))
			seen := map[string]ledger.Record{}
			for i := range steps {
				id := fmt.Sprint("c", r.IntN(4))
				in := call{caseID: id, read: r.IntN(2) == 0}
				var out answer
				begin := time.Since(start).Nanoseconds()
				if in.read {
					records, err := s.Records(ctx, "t", id, 0, 0)
					if err != nil {
						t.Error(err)
						return
					}
					if n := len(records); n > 0 {
						seen[id] = records[n-1]
						out.seen = register{int64(n), records[n-1].Type}
					}
				} else {
					last := seen[id]
					in.expect, in.key = last.Seq, fmt.Sprintf("w%d-%d", w, i)
					rec := ledger.Record{Tenant: "t", Case: id, Seq: last.Seq + 1, Type: in.key, Structure: []byte("{}"), Prev: last.Hash, Hash: ledger.Digest{byte(w), byte(i), 1}}
					_, err := s.Append(ctx, disclosure.Batch{Tenant: "t", Key: in.key, Time: 1, Writes: []disclosure.Write{
						{Case: id, Expect: last.Seq, Records: []ledger.Record{rec}, Index: disclosure.Index{Kind: "k"}}}})
					switch {
					case err == nil:
						out.won = true
						seen[id] = rec
					case errors.Is(err, disclosure.ErrUnknown), errors.Is(err, context.DeadlineExceeded):
						out.unknown = true
						out.late = !strings.Contains(err.Error(), "fault at the commit")
					case errors.Is(err, disclosure.ErrUnavailable):
						continue // nothing was written: as if never called
					case !errors.Is(err, disclosure.ErrConflict):
						t.Error(err)
						return
					}
				}
				end := time.Since(start).Nanoseconds()
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: w, Input: in, Output: out, Call: begin, Return: end})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	won := 0
	over := time.Since(start).Nanoseconds()
	for i, op := range history {
		if op.Output.(answer).late {
			history[i].Return = over
		}
		if op.Output.(answer).won {
			won++
		}
	}
	require.Greater(t, won, steps/2, "hardly anybody wrote anything: the history proves nothing")
	return history
}
