package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

func isConflict(err error) bool { return errors.Is(err, disclosure.ErrConflict) }

func orderIDs(leased []disclosure.Leased) []string {
	ids := []string{}
	for _, l := range leased {
		ids = append(ids, l.ID)
	}
	return ids
}

func testOutbox(t *testing.T, b Backend) {
	ctx := context.Background()
	// with opens a store with one case and the orders in its first batch.
	with := func(name string, orders []disclosure.Order, f func(*testing.T, disclosure.Store, disclosure.Outbox)) {
		t.Run(name, func(t *testing.T) {
			s := b.New(t)
			o, ok := s.(disclosure.Outbox)
			if !ok {
				return
			}
			batch := of("orders", open("c", 1))
			for i := range orders {
				orders[i].Case, orders[i].Type = "c", "publish"
			}
			batch.Orders = orders
			put(t, s, batch)
			f(t, s, o)
		})
	}
	lease := func(t *testing.T, o disclosure.Outbox, worker string, now, until int64, max int) []disclosure.Leased {
		t.Helper()
		got, err := o.Lease(ctx, tenant, worker, now, until, max)
		require.NoError(t, err)
		return got
	}
	settle := func(t *testing.T, s disclosure.Store, ids ...string) {
		t.Helper()
		first(t, s, "c")
		records := history(t, s, "c")
		batch := of("settle "+strings.Join(ids, " "), follow("c", records[len(records)-1]))
		batch.Settle = ids
		put(t, s, batch)
	}
	three := func() []disclosure.Order {
		return []disclosure.Order{{ID: "z", Carrier: "网站", Payload: []byte("x\x00\xff")}, {ID: "a"}, {ID: "m", NotUntil: 500}}
	}
	with("OA-12 oldest first, not before their time, not twice", three(), func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		got := lease(t, o, "w1", 100, 200, 1)
		require.Len(t, got, 1, "an order that is free is handed out")
		require.Equal(t, []disclosure.Leased{{Order: disclosure.Order{ID: "z", Case: "c", Type: "publish", Carrier: "网站", Payload: []byte("x\x00\xff")}, Token: got[0].Token, Worker: "w1", Attempts: 1}}, got,
			"the order as it was given; orders of one batch in their order, not by id")
		require.Equal(t, []string{"a"}, orderIDs(lease(t, o, "w2", 100, 200, 9)), "an order in another's hand is not handed out")
		require.Empty(t, lease(t, o, "w2", 199, 200, 9), "a lease is alive until its end, and m waits for its time")
		again := lease(t, o, "w2", 200, 300, 9)
		require.Equal(t, []string{"z", "a"}, orderIDs(again), "a lease that ran out is handed out again")
		require.Greater(t, again[0].Token, got[0].Token, "the token grows with every lease")
		require.Equal(t, 2, again[0].Attempts)
		require.Equal(t, []string{"z", "a", "m"}, orderIDs(lease(t, o, "w1", 500, 600, 9)), "at NotUntil it is handed out")
	})
	with("a settled order is settled once and for all", three(), func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		got := lease(t, o, "w1", 100, 200, 1)
		require.Len(t, got, 1, "an order that is free is handed out")
		settle(t, s, "z")
		require.ErrorIs(t, o.Release(ctx, tenant, got[0], 100, "late"), disclosure.ErrConflict, "a settled order cannot be given back")
		records := history(t, s, "c")
		batch := of("again", follow("c", records[len(records)-1]))
		batch.Settle = []string{"z"}
		_, err := s.Append(ctx, batch)
		require.ErrorIs(t, err, disclosure.ErrConflict, "an order is completed once: the second worker's receipt is refused")
		require.Len(t, history(t, s, "c"), 2)
		batch.Settle = []string{"nothing"}
		_, err = s.Append(ctx, batch)
		require.ErrorIs(t, err, disclosure.ErrNotFound)
		require.Len(t, history(t, s, "c"), 2, "nothing of a refused batch is stored")
		require.Equal(t, []string{"a", "m"}, orderIDs(lease(t, o, "w1", 1000, 2000, 9)))
		states, err := o.Orders(ctx, tenant, "c")
		require.NoError(t, err)
		require.Len(t, states, 3, "settled orders are still listed")
		require.Equal(t, []bool{true, false, false}, []bool{states[0].Settled, states[1].Settled, states[2].Settled})
	})
	with("OA-12 in the order of their time", three(), func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		for i, at := range []int64{epoch + 5, epoch - 5, epoch + 3} {
			id := fmt.Sprint("n", i)
			batch := of(id, open(id, 1))
			batch.Time, batch.Orders = at, []disclosure.Order{{ID: id, Case: id, Type: "publish"}}
			put(t, s, batch)
		}
		require.Equal(t, []string{"n1", "z", "a", "m", "n2", "n0"}, orderIDs(lease(t, o, "w", 600, 700, 9)), "by the time of the batch, then by the place in it")
	})
	with("an order id is used once", three(), func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		batch := of("again", open("d", 1))
		batch.Orders = []disclosure.Order{{ID: "a", Case: "d", Type: "withdraw"}}
		_, err := s.Append(ctx, batch)
		require.ErrorIs(t, err, disclosure.ErrConflict)
		untouched(t, s, "d")
	})
	with("given back with a fault", three(), func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		got := lease(t, o, "w1", 100, 200, 1)
		require.Len(t, got, 1, "an order that is free is handed out")
		stranger := got[0]
		stranger.Worker = "w2"
		require.ErrorIs(t, o.Release(ctx, tenant, stranger, 0, ""), disclosure.ErrConflict, "only the holder gives back")
		stranger = got[0]
		stranger.Token++
		require.ErrorIs(t, o.Release(ctx, tenant, stranger, 0, ""), disclosure.ErrConflict, "only with its token")
		require.NoError(t, o.Release(ctx, tenant, got[0], 150, "网站无应答 502\x00\xff"))
		require.ErrorIs(t, o.Release(ctx, tenant, got[0], 150, ""), disclosure.ErrConflict, "only once")
		require.Equal(t, []string{"a"}, orderIDs(lease(t, o, "w2", 149, 200, 9)))
		again := lease(t, o, "w2", 150, 250, 9)
		require.Equal(t, []string{"z"}, orderIDs(again), "handed out again from notUntil on")
		require.Equal(t, 2, again[0].Attempts)
		require.ErrorIs(t, o.Release(ctx, tenant, got[0], 1, ""), disclosure.ErrConflict, "an old token counts no more")
		states, err := o.Orders(ctx, tenant, "c")
		require.NoError(t, err)
		require.Equal(t, "网站无应答 502\uFFFD\uFFFD", states[0].Fault, "the fault of the last Release, as valid text")
		require.NoError(t, o.Release(ctx, tenant, again[0], 1, strings.Repeat("长", disclosure.MaxFault)))
		states, err = o.Orders(ctx, tenant, "c")
		require.NoError(t, err)
		require.Equal(t, strings.Repeat("长", disclosure.MaxFault/3), states[0].Fault, "cut between characters")
		got[0].ID = "unknown"
		require.ErrorIs(t, o.Release(ctx, tenant, got[0], 1, ""), disclosure.ErrNotFound)
	})
	chainOf := []disclosure.Order{{ID: "3", After: []string{"1", "2"}}, {ID: "1"}, {ID: "2", After: []string{"1"}}, {ID: "4", After: []string{"elsewhere"}}}
	with("after others", chainOf, func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		require.Equal(t, []string{"1"}, orderIDs(lease(t, o, "w", 100, 200, 9)), "the others wait until what they come after is settled, leased is not enough")
		settle(t, s, "1")
		require.Equal(t, []string{"2"}, orderIDs(lease(t, o, "w", 100, 200, 9)))
		settle(t, s, "2")
		require.Equal(t, []string{"3"}, orderIDs(lease(t, o, "w", 100, 200, 9)), "4 waits for an order that does not exist yet")
		batch := of("elsewhere", open("e", 1))
		batch.Orders = []disclosure.Order{{ID: "elsewhere", Case: "e", Type: "t"}}
		put(t, s, batch)
		require.Equal(t, []string{"elsewhere"}, orderIDs(lease(t, o, "w", 100, 200, 9)))
		settle(t, s, "elsewhere")
		require.Equal(t, []string{"4"}, orderIDs(lease(t, o, "w", 100, 200, 9)), "an order of another case can be waited for")
	})
	grouped := []disclosure.Order{{ID: "1", Group: "g"}, {ID: "2"}, {ID: "3", Group: "g", NotUntil: 150, After: []string{"1"}}, {ID: "4", Group: "h"}, {ID: "5", Group: "h"}}
	with("a group goes together", grouped, func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		got := lease(t, o, "w", 100, 200, 2)
		require.Equal(t, []string{"2"}, orderIDs(got), "1 waits for 3; the group h does not fit behind 2, and a group is never torn")
		require.Equal(t, []string{"4", "5"}, orderIDs(lease(t, o, "w", 100, 200, 1)), "a group may exceed max when it is the first")
		require.Equal(t, []string{"1", "3"}, orderIDs(lease(t, o, "w", 150, 250, 1)), "ready together; an After inside the group is met by going together")
		settle(t, s, "1")
		require.Empty(t, lease(t, o, "w2", 160, 260, 9))
		got = lease(t, o, "w2", 250, 350, 9)
		require.Equal(t, []string{"2", "3", "4", "5"}, orderIDs(got), "what of a group is settled does not hold up the rest")
		require.NoError(t, o.Release(ctx, tenant, got[2], 300, "failed"))
		require.Empty(t, lease(t, o, "w2", 300, 400, 9), "one of h is in a hand, so the other waits")
		require.Equal(t, []string{"2", "3", "4", "5"}, orderIDs(lease(t, o, "w2", 350, 400, 9)))
	})
	with("nothing for max 0; bad leases refused", three(), func(t *testing.T, s disclosure.Store, o disclosure.Outbox) {
		require.Empty(t, lease(t, o, "w", 100, 200, 0))
		require.Empty(t, lease(t, o, "w", 100, 200, -5))
		for i, try := range []struct {
			tenant, worker string
			now, until     int64
		}{{"", "w", 1, 2}, {tenant, "", 1, 2}, {tenant, "w\x00", 1, 2}, {tenant, "w", 2, 2}, {tenant, "w", -1, 2}} {
			_, err := o.Lease(ctx, try.tenant, try.worker, try.now, try.until, 1)
			require.ErrorIs(t, err, disclosure.ErrInvalid, "%d", i)
		}
	})
	t.Run("four workers, each order in one hand and settled once", func(t *testing.T) {
		s := b.New(t)
		o, ok := s.(disclosure.Outbox)
		if !ok {
			return
		}
		const n = 24
		for i := range n {
			id := fmt.Sprint("c", i)
			batch := of("open "+id, open(id, 1))
			batch.Orders = []disclosure.Order{{ID: "o" + id, Case: id, Type: "publish"}}
			if i%4 > 1 {
				batch.Orders[0].Group = fmt.Sprint("g", i/4)
			}
			put(t, s, batch)
		}
		var mu sync.Mutex
		held := map[string]string{}
		var fs []func() error
		for w := range 4 {
			worker := fmt.Sprint("w", w)
			fs = append(fs, func() error {
				for try := 0; ; try++ {
					if try > 2000 {
						return errors.New("the orders do not come to an end")
					}
					leased, err := o.Lease(ctx, tenant, worker, 100, 1000, 3)
					if isConflict(err) {
						continue
					}
					if err != nil {
						return err
					}
					if len(leased) == 0 {
						return nil
					}
					for _, l := range leased {
						mu.Lock()
						other := held[l.ID]
						held[l.ID] = worker
						mu.Unlock()
						if other != "" {
							return fmt.Errorf("order %s is in the hands of %s and %s", l.ID, other, worker)
						}
						records, err := s.Records(ctx, tenant, l.Case, 0, 0)
						if err != nil || len(records) == 0 {
							return cmp.Or(err, errLost)
						}
						batch := of("done "+l.ID, follow(l.Case, records[len(records)-1]))
						batch.Settle = []string{l.ID}
						if _, err := s.Append(ctx, batch); err != nil {
							return err
						}
					}
				}
			})
		}
		for _, err := range together(fs...) {
			require.NoError(t, err)
		}
		assert.Len(t, held, n, "every order was handed out")
		for i := range n {
			records := history(t, s, fmt.Sprint("c", i))
			require.Len(t, records, 2, "settled once")
			require.Empty(t, ledger.VerifyChain(tenant, fmt.Sprint("c", i), records))
		}
	})
}
