package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Work is a load that can be cut off at any moment, by a killed process or a
// server that crashes, and afterwards tells what was lost and what was doubled.
// Step n is one batch with the key Name-n over two of its cases; it may be sent
// any number of times. Works of different names do not meet.
type Work struct {
	Tenant string
	Name   string
	Cases  int // at least 2
}

func (w Work) key(n int) string        { return fmt.Sprintf("%s-%d", w.Name, n) }
func (w Work) caseID(n int) string     { return fmt.Sprintf("%s.c%d", w.Name, n%max(w.Cases, 2)) }
func (w Work) touches(n int) [2]string { return [2]string{w.caseID(n), w.caseID(n + 1)} }

// Do loads the cases of step n and appends its batch; nil means acknowledged.
func (w Work) Do(ctx context.Context, s disclosure.Store, n int) error {
	probe := disclosure.Batch{Tenant: w.Tenant, Key: w.key(n)}
	if _, err := s.Append(ctx, probe); !errors.Is(err, disclosure.ErrNotFound) {
		return err // known already, or not to be known now
	}
	b := disclosure.Batch{Tenant: w.Tenant, Key: w.key(n), Fingerprint: digest(w.key(n)), Time: epoch + int64(n), Receipt: []byte(w.key(n))}
	for _, id := range w.touches(n) {
		records, err := s.Records(ctx, w.Tenant, id, 0, 0)
		if err != nil {
			return err
		}
		var prev ledger.Digest
		seq := int64(len(records))
		if seq > 0 {
			prev = records[seq-1].Hash
		}
		r := ledger.Record{Tenant: w.Tenant, Case: id, Seq: seq + 1, Type: "step", Time: b.Time, Actor: w.Name,
			Structure: []byte(w.key(n)), Private: bytes.Repeat([]byte("正文"), 50)}
		r = seal(prev, r)
		b.Writes = append(b.Writes, disclosure.Write{Case: id, Expect: seq, Records: []ledger.Record{r},
			Index: disclosure.Index{Kind: "work", Stage: fmt.Sprint("s", n%3), DueAt: epoch + int64(n), Open: true}})
	}
	if _, ok := behind(s).(disclosure.Outbox); ok {
		b.Orders = []disclosure.Order{{ID: w.key(n), Case: w.caseID(n), Type: "publish", Payload: []byte(w.key(n))}}
	}
	_, err := s.Append(ctx, b)
	return err
}

// Check fails the test unless each of the first acknowledged steps is stored
// whole, none is stored twice or in part, no step ≥ tried is stored, every chain
// verifies and every index row stands at its last record. It returns the number of
// steps that are stored.
func (w Work) Check(t testing.TB, s disclosure.Store, acknowledged, tried int) int {
	t.Helper()
	ctx := context.Background()
	stored := 0
	want := map[string][]string{}
	for n := range tried + 2 {
		receipt, err := s.Append(ctx, disclosure.Batch{Tenant: w.Tenant, Key: w.key(n)})
		if errors.Is(err, disclosure.ErrNotFound) {
			require.GreaterOrEqual(t, n, acknowledged, "step %d was acknowledged and is lost", n)
			continue
		}
		require.NoError(t, err)
		require.Less(t, n, tried, "step %d was never tried and is stored", n)
		require.Equal(t, w.key(n), string(receipt.Data), "the receipt is another's")
		stored++
		for _, id := range w.touches(n) {
			want[id] = append(want[id], w.key(n))
			require.Equal(t, int64(len(want[id])), receipt.Versions[id], "the receipt of step %d names the version that it made", n)
		}
	}
	index := map[string]int64{}
	for _, r := range rows(t, s, disclosure.Query{Tenant: w.Tenant, Kind: []string{"work"}}) {
		index[r.Case] = r.Version
	}
	for n := range max(w.Cases, 2) {
		id := w.caseID(n)
		records, err := s.Records(ctx, w.Tenant, id, 0, 0)
		require.NoError(t, err)
		var got []string
		for _, r := range records {
			got = append(got, string(r.Structure))
		}
		require.Equal(t, want[id], got, "case %s holds each stored step once and in order", id)
		require.Empty(t, ledger.VerifyChain(w.Tenant, id, records), "the chain of case %s verifies", id)
		require.Equal(t, int64(len(records)), index[id], "the index row of %s stands at its last record", id)
		if o, ok := behind(s).(disclosure.Outbox); ok {
			orders, err := o.Orders(ctx, w.Tenant, id)
			require.NoError(t, err)
			var steps []string
			for _, k := range want[id] {
				var m int
				fmt.Sscanf(k[len(w.Name)+1:], "%d", &m)
				if w.caseID(m) == id {
					steps = append(steps, k)
				}
			}
			var ids []string
			for _, x := range orders {
				ids = append(ids, x.ID)
			}
			require.Equal(t, steps, ids, "each stored step has its order once")
		}
	}
	return stored
}

// behind is the store itself: Faults has every ability in name.
func behind(s disclosure.Store) disclosure.Store {
	if f, ok := s.(*Faults); ok {
		return behind(f.Store)
	}
	return s
}
