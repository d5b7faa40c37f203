package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
)

func testReopen(t *testing.T, b Backend) {
	if b.Reopen == nil {
		return
	}
	s := b.New(t)
	w := open("c", 3)
	batch := of("k", w)
	batch.Receipt = []byte("data")
	first := put(t, s, batch)
	var name [32]byte
	if d, ok := s.(disclosure.Documents); ok {
		var err error
		name, err = d.Put(context.Background(), tenant, []byte("document"))
		require.NoError(t, err)
	}
	for range 3 {
		s = b.Reopen(t, s)
		require.Equal(t, w.Records, history(t, s, "c"), "records outlive the process")
		require.Equal(t, []disclosure.Row{{Case: "c", Version: 3, Updated: epoch, Index: w.Index}}, rows(t, s, disclosure.Query{}))
		first.Replayed = true
		require.Equal(t, first, put(t, s, batch), "keys outlive the process")
		if d, ok := s.(disclosure.Documents); ok {
			body, err := d.Open(context.Background(), tenant, name)
			require.NoError(t, err)
			require.Equal(t, "document", string(body))
		}
	}
	put(t, s, of("next", follow("c", w.Records[2])))
}

func testHost(t *testing.T, b Backend) {
	if b.Begin == nil {
		return
	}
	ctx := context.Background()
	t.Run("rolled back with the host", func(t *testing.T) {
		s := b.New(t)
		tx := b.Begin(t, s)
		put(t, tx.Store, of("k", open("c", 2)))
		assert.Len(t, history(t, tx.Store, "c"), 2, "the transaction sees what it wrote")
		assert.Len(t, rows(t, tx.Store, disclosure.Query{}), 1)
		require.NoError(t, tx.Rollback())
		untouched(t, s, "c")
		assert.False(t, put(t, s, of("k", open("c", 2))).Replayed, "the key is free again")
	})
	t.Run("committed with the host", func(t *testing.T) {
		s := b.New(t)
		w := open("c", 2)
		tx := b.Begin(t, s)
		batch := of("k", w, open("d", 1))
		if _, ok := s.(disclosure.Outbox); ok {
			batch.Orders = []disclosure.Order{{ID: "o", Case: "c", Type: "publish"}}
		}
		put(t, tx.Store, batch)
		put(t, tx.Store, of("k2", follow("c", w.Records[1]))) // two commands in one transaction
		require.NoError(t, tx.Commit())
		assert.Len(t, history(t, s, "c"), 3)
		assert.Len(t, history(t, s, "d"), 1)
		if o, ok := s.(disclosure.Outbox); ok {
			leased, err := o.Lease(ctx, tenant, "w", epoch, epoch+1, 5)
			require.NoError(t, err)
			assert.Len(t, leased, 1, "the order leaves the house after the commit")
		}
	})
	t.Run("a refusal leaves the host's transaction usable", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k", open("c", 1)))
		tx := b.Begin(t, s)
		defer tx.Rollback()
		for name, batch := range map[string]disclosure.Batch{
			"begins a case that exists": of("x1", open("new", 1), open("c", 1)),
			"a guard that has moved":    {Tenant: tenant, Key: "x2", Time: epoch, Writes: []disclosure.Write{open("new", 1)}, Guards: []disclosure.Guard{{Case: "c", Version: 7}}},
		} {
			_, err := tx.Store.Append(ctx, batch)
			require.ErrorIs(t, err, disclosure.ErrConflict, "%s", name)
			require.Len(t, history(t, tx.Store, "c"), 1, "%s: no constraint error was provoked, the transaction lives", name)
		}
		other := of("k", open("new", 1))
		other.Fingerprint = digest("other")
		_, err := tx.Store.Append(ctx, other)
		require.ErrorIs(t, err, disclosure.ErrKeyReused)
		replay := put(t, tx.Store, of("k", open("c", 1)))
		assert.True(t, replay.Replayed)
		_, err = tx.Store.Append(ctx, disclosure.Batch{Tenant: tenant, Key: "unknown"})
		require.ErrorIs(t, err, disclosure.ErrNotFound)
		put(t, tx.Store, of("good", open("good", 1)))
		require.NoError(t, tx.Commit())
		assert.Len(t, history(t, s, "good"), 1)
		untouched(t, s, "new")
		assert.False(t, put(t, s, of("x1", open("new", 1))).Replayed, "a refused batch does not use up its key, even if the host commits")
	})
	t.Run("no cursor is held open", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k", open("c", 20), open("d", 1)))
		tx := b.Begin(t, s)
		for range 20 { // on one connection, an open cursor would block the next statement
			require.Len(t, history(t, tx.Store, "c"), 20)
			_, err := tx.Store.Find(ctx, disclosure.Query{Tenant: tenant, Limit: 1})
			require.NoError(t, err)
		}
		require.NoError(t, tx.Commit())
	})
}

// Legacy is what an earlier release left in the store: Backend.Earlier lays it
// out as that release did.
func Legacy() []disclosure.Batch {
	x, y := open("old-x", 3), open("old-y", 1)
	x.Index = disclosure.Index{Kind: "matter", Stage: "review", Unit: "公开办", Parent: "old-y", Title: "旧卷宗", Number: "2025-1", DueAt: epoch + day, Open: true}
	first, second := of("old-1", x), of("old-2", y)
	first.Receipt = []byte("old receipt")
	return []disclosure.Batch{first, second}
}

func testMigration(t *testing.T, b Backend) {
	for _, e := range b.Earlier {
		t.Run("from "+e.Name, func(t *testing.T) {
			s := e.Open(t)
			ctx := context.Background()
			for _, batch := range Legacy() {
				receipt, err := s.Append(ctx, disclosure.Batch{Tenant: tenant, Key: batch.Key})
				require.NoError(t, err, "a key of the earlier release is known")
				require.Equal(t, batch.Fingerprint, receipt.Fingerprint)
				require.Equal(t, string(batch.Receipt), string(receipt.Data))
				for _, w := range batch.Writes {
					got := history(t, s, w.Case)
					require.Len(t, got, len(w.Records))
					require.Equal(t, int64(len(w.Records)), receipt.Versions[w.Case])
					for i, r := range got {
						require.Equal(t, w.Records[i].Structure, r.Structure)
						require.Equal(t, w.Records[i].On, r.On)
					}
					found := rows(t, s, disclosure.Query{Kind: []string{w.Index.Kind}})
					require.Contains(t, found, disclosure.Row{Case: w.Case, Version: int64(len(w.Records)), Updated: epoch, Index: w.Index}, "index row of %s", w.Case)
					put(t, s, of("next "+w.Case, follow(w.Case, got[len(got)-1])))
				}
			}
			if l, ok := s.(disclosure.Log); ok {
				leaves, err := l.Unsequenced(ctx, tenant, 100)
				require.NoError(t, err)
				require.Len(t, leaves, 3+1+2, "records of the earlier release get their place in the log too")
				require.NoError(t, l.Sequence(ctx, tenant, 0, leaves))
			}
			if o, ok := s.(disclosure.Outbox); ok {
				batch := of("order", open("new", 1))
				batch.Orders = []disclosure.Order{{ID: "o", Case: "new", Type: "publish"}}
				put(t, s, batch)
				leased, err := o.Lease(ctx, tenant, "w", epoch, epoch+1, 5)
				require.NoError(t, err)
				require.Len(t, leased, 1)
			}
		})
	}
}

// testCrash: the server ends under load and starts again; nothing acknowledged
// is lost, nothing is doubled.
func testCrash(t *testing.T, b Backend) {
	if b.Crash == nil {
		return
	}
	s := b.New(t)
	CrashUnderLoad(t, s, 4, func() disclosure.Store { return b.Crash(t, s) })
}

// CrashUnderLoad lets workers append without pause, calls crash after they have
// got going, lets them go on with the store that it returns, and fails the test
// if anything acknowledged is lost or anything is doubled. It returns the number
// of steps that were acknowledged before and stored in all.
func CrashUnderLoad(t *testing.T, s disclosure.Store, workers int, crash func() disclosure.Store) (acknowledged, stored int) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	works := make([]Work, workers)
	acked, tried := make([]atomic.Int64, workers), make([]atomic.Int64, workers)
	var down atomic.Bool
	var wg sync.WaitGroup
	for i := range works {
		works[i] = Work{Tenant: tenant, Name: fmt.Sprint("crash", i), Cases: 3}
		wg.Go(func() {
			for n := 0; !down.Load() && ctx.Err() == nil; n++ {
				tried[i].Store(int64(n + 1))
				if err := works[i].Do(ctx, s, n); err != nil {
					return // the crash, or its first sign
				}
				acked[i].Store(int64(n + 1))
			}
		})
	}
	for total := int64(0); total < int64(20*workers) && ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
		total = 0
		for i := range acked {
			total += acked[i].Load()
		}
	}
	again := crash()
	down.Store(true)
	wg.Wait()
	require.NoError(t, ctx.Err(), "the workers never got going")
	for i, w := range works {
		a, n := int(acked[i].Load()), int(tried[i].Load())
		acknowledged += a
		var err error
		for try := 0; try < 600; try++ { // a server that recovers needs a moment
			if _, err = again.Find(ctx, disclosure.Query{Tenant: tenant, Limit: 1}); !errors.Is(err, disclosure.ErrUnavailable) {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		require.NoError(t, err, "the store serves again")
		w.Check(t, again, a, n)
		acknowledge(t, again, w, 0, n) // every step again: what is stored is not doubled, what is missing is made up
		stored += w.Check(t, again, n, n)
	}
	return acknowledged, stored
}
