package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

func testAppend(t *testing.T, b Backend) {
	t.Run("BB-21 a case begins and goes on, byte for byte", func(t *testing.T) {
		s := b.New(t)
		w := open("c1", 2)
		w.Index = disclosure.Index{Kind: "request", Stage: "accepted", Unit: "公开办", Parent: "p0",
			Title: "关于征地补偿安置方案的申请", Number: "2026-依申请-0017", DueAt: epoch + 20*day, Open: true}
		batch := of("k1", w)
		batch.Receipt = []byte("收据\x00\xff")
		got := put(t, s, batch)
		assert.Equal(t, disclosure.Receipt{Versions: map[string]int64{"c1": 2}, Fingerprint: batch.Fingerprint, Time: epoch, Data: batch.Receipt}, got,
			"the receipt names the version after the batch, its time, fingerprint and data")
		assert.Equal(t, w.Records, history(t, s, "c1"), "records come back byte for byte")
		assert.Equal(t, []disclosure.Row{{Case: "c1", Version: 2, Updated: epoch, Index: w.Index}}, rows(t, s, disclosure.Query{}), "the index row comes back as written")

		next := follow("c1", w.Records[1])
		next.Index = disclosure.Index{Kind: "request", Stage: "answered"}
		batch = of("k2", next)
		batch.Time++
		assert.Equal(t, map[string]int64{"c1": 3}, put(t, s, batch).Versions)
		assert.Equal(t, append(w.Records, next.Records...), history(t, s, "c1"), "earlier records stay as they were")
		assert.Equal(t, []disclosure.Row{{Case: "c1", Version: 3, Updated: epoch + 1, Index: next.Index}}, rows(t, s, disclosure.Query{}),
			"a write replaces the whole index row, also by empty fields")
	})
	t.Run("a refresh replaces the row and leaves the version", func(t *testing.T) {
		s := b.New(t)
		w := open("c1", 1)
		put(t, s, of("k1", w))
		w.Expect, w.Records, w.Index.DueAt = 1, nil, epoch+day
		assert.Equal(t, map[string]int64{"c1": 1}, put(t, s, of("k2", w)).Versions, "no record, no new version")
		assert.Len(t, rows(t, s, disclosure.Query{DueBefore: epoch + day + 1}), 1, "the row is the new one")
		put(t, s, of("k3", w)) // the same row again is no conflict
	})
	t.Run("what is handed in and out may be changed by the caller", func(t *testing.T) {
		s := b.New(t)
		w := open("c1", 1)
		want := string(w.Records[0].Structure)
		put(t, s, of("k1", w))
		w.Records[0].Structure[0] = 'X'
		first(t, s, "c1").Structure[1] = 'Y'
		assert.Equal(t, want, string(first(t, s, "c1").Structure), "a store keeps no slice that it was given and hands out fresh ones")
	})
	t.Run("empty and absent private parts are told apart", func(t *testing.T) {
		s := b.New(t)
		w := open("c1", 2)
		w.Records[0].Private = []byte{}
		w.Records[1].Private, w.Records[1].Salt = nil, nil
		put(t, s, of("k1", w))
		got := history(t, s, "c1")
		require.Len(t, got, 2)
		assert.NotNil(t, got[0].Private, "an empty private part is not an erased one")
		assert.Nil(t, got[1].Private, "an erased record may be written (an imported dossier)")
		assert.Nil(t, got[1].Salt)
	})
}

func testBatch(t *testing.T, b Backend) {
	t.Run("all cases or none", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k1", open("a", 1), open("b", 1)))
		a := first(t, s, "a")
		stale := follow("b", first(t, s, "b"))
		stale.Expect, stale.Records[0].Seq = 2, 3 // b stands at 1
		_, err := s.Append(context.Background(), of("k2", follow("a", a), open("new", 1), stale))
		require.ErrorIs(t, err, disclosure.ErrConflict, "one case that has moved refuses the whole batch")
		assert.Len(t, history(t, s, "a"), 1, "nothing of a refused batch is stored")
		untouched(t, s, "new")
		put(t, s, of("k2", follow("a", a), open("new", 1))) // the key of a refused batch is still free
	})
	t.Run("a hundred cases at once", func(t *testing.T) {
		s := b.New(t)
		var many []disclosure.Write
		for i := range 100 {
			many = append(many, open(fmt.Sprintf("c%03d", i), 3))
		}
		assert.Len(t, put(t, s, of("k1", many...)).Versions, 100)
		assert.Len(t, rows(t, s, disclosure.Query{Limit: 7}), 100)
		assert.Equal(t, many[57].Records, history(t, s, "c057"))
	})
	t.Run("orders stand or fall with their batch", func(t *testing.T) {
		s := b.New(t)
		o, ok := s.(disclosure.Outbox)
		if !ok {
			return
		}
		batch := of("k1", open("a", 1))
		batch.Orders = []disclosure.Order{{ID: "o1", Case: "a", Type: "publish"}}
		batch.Guards = []disclosure.Guard{{Case: "b", Version: 4}}
		_, err := s.Append(context.Background(), batch)
		require.ErrorIs(t, err, disclosure.ErrConflict)
		orders, err := o.Orders(context.Background(), tenant, "a")
		require.NoError(t, err)
		assert.Empty(t, orders, "no order of a refused batch leaves the house")
	})
}

func testConflict(t *testing.T, b Backend) {
	ctx := context.Background()
	t.Run("a case that exists cannot begin", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k1", open("c", 1)))
		_, err := s.Append(ctx, of("k2", open("c", 1)))
		require.ErrorIs(t, err, disclosure.ErrConflict, "Expect 0 demands that the case does not exist")
	})
	t.Run("a case that does not exist cannot go on", func(t *testing.T) {
		s := b.New(t)
		_, err := s.Append(ctx, of("k1", follow("c", ledger.Record{Tenant: tenant, Seq: 1, Hash: ledger.Digest{1}})))
		require.ErrorIs(t, err, disclosure.ErrConflict)
		untouched(t, s, "c")
	})
	t.Run("behind and ahead", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k1", open("c", 3)))
		for _, version := range []int64{1, 2, 4, 9} {
			w := open("c", 0)
			w.Expect = version
			w.Records = chain(tenant, "c", version, ledger.Digest{1}, 1)
			_, err := s.Append(ctx, of(fmt.Sprint("at ", version), w))
			require.ErrorIs(t, err, disclosure.ErrConflict, "expected version %d, stands at 3", version)
		}
		assert.Len(t, history(t, s, "c"), 3)
	})
	t.Run("a guard that has moved", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k1", open("read", 2)))
		for i, g := range []disclosure.Guard{{Case: "read", Version: 1}, {Case: "read", Version: 3}, {Case: "read"}, {Case: "absent", Version: 1}} {
			batch := of(fmt.Sprint("g", i), open("c", 1))
			batch.Guards = []disclosure.Guard{g}
			_, err := s.Append(ctx, batch)
			require.ErrorIs(t, err, disclosure.ErrConflict, "guard %+v, the case stands at 2", g)
			untouched(t, s, "c")
		}
		batch := of("good", open("c", 1))
		batch.Guards = []disclosure.Guard{{Case: "read", Version: 2}, {Case: "absent"}}
		put(t, s, batch)
		assert.Len(t, history(t, s, "read"), 2, "a guard adds nothing to its case")
		assert.ElementsMatch(t, []string{"c", "read"}, caseIDs(rows(t, s, disclosure.Query{})), "a guard on a case that does not exist does not make it exist")
		again := of("again", follow("c", first(t, s, "c")))
		again.Guards = batch.Guards
		put(t, s, again) // the same guards hold again
		put(t, s, of("born", open("absent", 1)))
		assert.Len(t, history(t, s, "absent"), 1, "a guarded absent case may begin later")
	})
}

// testSkew: two commands each read both cases and write one. One after the other
// each is lawful; together they break what both saw. The guard must refuse one.
func testSkew(t *testing.T, b Backend) {
	for name, absent := range map[string]bool{"both cases exist": false, "neither case exists": true} {
		t.Run(name, func(t *testing.T) {
			s := b.New(t)
			const rounds = 20
			for i := range rounds {
				x, y := fmt.Sprint("x", i), fmt.Sprint("y", i)
				wx, wy := open(x, 1), open(y, 1)
				var version int64
				if !absent {
					put(t, s, of(fmt.Sprint("open", i), wx, wy))
					wx, wy = follow(x, wx.Records[0]), follow(y, wy.Records[0])
					version = 1
				}
				bx, by := of(fmt.Sprint("bx", i), wx), of(fmt.Sprint("by", i), wy)
				bx.Guards = []disclosure.Guard{{Case: y, Version: version}}
				by.Guards = []disclosure.Guard{{Case: x, Version: version}}
				errs := together(
					func() error { _, err := s.Append(context.Background(), bx); return err },
					func() error { _, err := s.Append(context.Background(), by); return err },
				)
				won := slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err != nil })
				for _, err := range errs {
					if err != nil {
						require.ErrorIs(t, err, disclosure.ErrConflict, "the loser of a race gets ErrConflict")
					}
				}
				require.LessOrEqual(t, len(won), 1, "write skew: both batches were written although each guarded the case that the other changed")
				if len(won) == 0 { // both may lose a race, but not for ever
					_, err := s.Append(context.Background(), bx)
					require.NoError(t, err)
				}
				require.Len(t, append(history(t, s, x), history(t, s, y)...), int(2*version)+1, "exactly one batch is stored")
			}
		})
	}
}

// together runs the functions at the same time and returns what they answered.
func together(fs ...func() error) []error {
	errs := make([]error, len(fs))
	start, done := make(chan struct{}), make(chan struct{})
	for i, f := range fs {
		go func() {
			defer func() { done <- struct{}{} }()
			<-start
			errs[i] = f()
		}()
	}
	close(start)
	for range fs {
		<-done
	}
	return errs
}

func testKey(t *testing.T, b Backend) {
	ctx := context.Background()
	t.Run("the same batch again returns the first receipt", func(t *testing.T) {
		s := b.New(t)
		batch := of("k", open("a", 2), open("b", 1))
		batch.Receipt = []byte("first")
		first := put(t, s, batch)
		put(t, s, of("later", follow("a", batch.Writes[0].Records[1]))) // a has moved on since
		again := batch
		again.Time, again.Receipt = epoch+day, []byte("second")
		got := put(t, s, again)
		first.Replayed = true
		assert.Equal(t, first, got, "a replay returns the versions, time and data of the first time")
		assert.Len(t, history(t, s, "a"), 3, "a replay writes nothing")
	})
	t.Run("another command under the key", func(t *testing.T) {
		s := b.New(t)
		put(t, s, of("k", open("a", 1)))
		other := of("k", open("b", 1))
		other.Fingerprint = digest("other")
		_, err := s.Append(ctx, other)
		require.ErrorIs(t, err, disclosure.ErrKeyReused)
		untouched(t, s, "b")
	})
	t.Run("keys are compared bytewise", func(t *testing.T) {
		s := b.New(t)
		for i, key := range []string{"key", "KEY", "key ", " key", "kéy", "ke\u0301y", "ｋｅｙ", "密钥", "密鈅", "🔑", "𠮷"} {
			got := put(t, s, of(key, open(fmt.Sprint("c", i), 1)))
			assert.False(t, got.Replayed, "key %q is another than those before", key)
		}
	})
	t.Run("a probe writes nothing", func(t *testing.T) {
		s := b.New(t)
		probe := disclosure.Batch{Tenant: tenant, Key: "k"}
		_, err := s.Append(ctx, probe)
		require.ErrorIs(t, err, disclosure.ErrNotFound, "a key that was not used")
		batch := of("k", open("a", 1))
		batch.Receipt = []byte("data")
		first := put(t, s, batch)
		assert.False(t, first.Replayed, "a probe does not use up the key")
		first.Replayed = true
		assert.Equal(t, first, put(t, s, probe), "a probe returns the first receipt, whatever its fingerprint")
		_, err = s.Append(ctx, disclosure.Batch{Tenant: "elsewhere", Key: "k"})
		require.ErrorIs(t, err, disclosure.ErrNotFound, "keys of tenants are apart")
	})
	t.Run("the same command sent twice at once", func(t *testing.T) {
		s := b.New(t)
		for i := range 10 {
			batch := of(fmt.Sprint("k", i), open(fmt.Sprint("c", i), 1))
			var fs []func() error
			replayed := make([]bool, 4)
			for j := range replayed {
				fs = append(fs, func() error {
					r, err := s.Append(ctx, batch)
					replayed[j] = r.Replayed
					return err
				})
			}
			first := 0
			for j, err := range together(fs...) {
				require.NoError(t, err, "every sender of one command gets its receipt")
				if !replayed[j] {
					first++
				}
			}
			require.Equal(t, 1, first, "one sender wrote, the others got its receipt")
			require.Len(t, history(t, s, fmt.Sprint("c", i)), 1)
		}
	})
}

func testHistory(t *testing.T, b Backend) {
	ctx := context.Background()
	t.Run("BB-20 pages of the chain of records, which verifies", func(t *testing.T) {
		s := b.New(t)
		const n = 25
		w := open("c", n)
		put(t, s, of("k", w))
		for _, p := range []struct {
			after int64
			limit int
			want  []ledger.Record
		}{
			{0, 0, w.Records}, {-3, 0, w.Records}, {0, -1, w.Records}, {0, 10, w.Records[:10]}, {10, 10, w.Records[10:20]}, {20, 10, w.Records[20:]}, {n, 5, nil}, {n + 9, 0, nil},
		} {
			got, err := s.Records(ctx, tenant, "c", p.after, p.limit)
			require.NoError(t, err)
			require.Len(t, got, len(p.want), "records with Seq > %d, at most %d", p.after, p.limit)
			if len(p.want) > 0 {
				require.Equal(t, p.want, got, "records with Seq > %d, at most %d, oldest first", p.after, p.limit)
			}
		}
		assert.Empty(t, ledger.VerifyChain(tenant, "c", history(t, s, "c")), "what is read is what was sealed")
	})
	t.Run("an unknown case has none", func(t *testing.T) {
		s := b.New(t)
		assert.Empty(t, history(t, s, "nothing"))
	})
}
