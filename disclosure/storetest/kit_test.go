package storetest_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

// broken is a store with one fault in it.
type broken struct {
	*disclosure.Memory
	append func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error)
	find   func(p disclosure.Page, q disclosure.Query) disclosure.Page
	read   func(records []ledger.Record, limit int) []ledger.Record
	lease  func(m *disclosure.Memory, l []disclosure.Leased) []disclosure.Leased
	leaves func(l []disclosure.Leaf) []disclosure.Leaf
	erase  func(m *disclosure.Memory, tenant, caseID string, seq int64)
	holds  bool
	open   func(b []byte) []byte
}

func (s broken) Append(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	if s.append != nil {
		return s.append(s.Memory, ctx, b)
	}
	return s.Memory.Append(ctx, b)
}

func (s broken) Find(ctx context.Context, q disclosure.Query) (disclosure.Page, error) {
	p, err := s.Memory.Find(ctx, q)
	if s.find != nil {
		p = s.find(p, q)
	}
	return p, err
}

func (s broken) Records(ctx context.Context, tenant, id string, after int64, limit int) ([]ledger.Record, error) {
	r, err := s.Memory.Records(ctx, tenant, id, after, limit)
	if s.read != nil {
		r = s.read(r, limit)
	}
	return r, err
}

func (s broken) Lease(ctx context.Context, tenant, worker string, now, until int64, max int) ([]disclosure.Leased, error) {
	l, err := s.Memory.Lease(ctx, tenant, worker, now, until, max)
	if s.lease != nil {
		l = s.lease(s.Memory, l)
	}
	return l, err
}

func (s broken) Unsequenced(ctx context.Context, tenant string, max int) ([]disclosure.Leaf, error) {
	l, err := s.Memory.Unsequenced(ctx, tenant, max)
	if s.leaves != nil {
		l = s.leaves(l)
	}
	return l, err
}

func (s broken) Erase(ctx context.Context, tenant, id string, seq int64) error {
	if s.erase != nil {
		s.erase(s.Memory, tenant, id, seq)
	}
	return s.Memory.Erase(ctx, tenant, id, seq)
}

func (s broken) Acquire(ctx context.Context, tenant, name, holder string, now, until int64) (bool, error) {
	ok, err := s.Memory.Acquire(ctx, tenant, name, holder, now, until)
	return ok || s.holds, err
}

func (s broken) Open(ctx context.Context, tenant string, d ledger.Digest) ([]byte, error) {
	b, err := s.Memory.Open(ctx, tenant, d)
	if s.open != nil && err == nil {
		b = s.open(b)
	}
	return b, err
}

// mutants are faults that real stores have had; each must be named by the kit.
var mutants = map[string]struct {
	store broken
	rule  string // what the failure says
}{
	"forgets guards": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		b.Guards = nil
		return m.Append(ctx, b)
	}}, "guard"},
	"forgets keys": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		if r, err := m.Append(ctx, disclosure.Batch{Tenant: b.Tenant, Key: b.Key}); err == nil && !b.Probe() {
			r.Replayed = false
			return r, nil
		}
		return m.Append(ctx, b)
	}}, "replay"},
	"writes half a batch": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		if len(b.Writes) > 1 {
			half := b
			half.Writes, half.Key = b.Writes[:1], b.Key+" half"
			if _, err := m.Append(ctx, half); err != nil {
				return disclosure.Receipt{}, err
			}
			b.Writes = b.Writes[1:]
		}
		return m.Append(ctx, b)
	}}, "Error"},
	"acknowledges what it does not write": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		if strings.HasSuffix(b.Key, "7") {
			return disclosure.Receipt{Versions: map[string]int64{}, Fingerprint: b.Fingerprint}, nil
		}
		return m.Append(ctx, b)
	}}, "Error"},
	"pads texts": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		b.Key = strings.TrimRight(b.Key, " ")
		return m.Append(ctx, b)
	}}, "Error"},
	"folds case": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		b.Key = strings.ToLower(b.Key)
		return m.Append(ctx, b)
	}}, "Error"},
	"loses orders": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		b.Orders = nil
		return m.Append(ctx, b)
	}}, "order"},
	"takes what is unlawful": {broken{append: func(m *disclosure.Memory, ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
		for i := range b.Writes {
			b.Writes[i].Index.Title = strings.ToValidUTF8(strings.ReplaceAll(b.Writes[i].Index.Title, "\x00", ""), "?")
		}
		return m.Append(ctx, b)
	}}, "Expected error"},
	"reads the newest first": {broken{read: func(r []ledger.Record, _ int) []ledger.Record {
		for i := range len(r) / 2 {
			r[i], r[len(r)-1-i] = r[len(r)-1-i], r[i]
		}
		return r
	}}, "Error"},
	"loses records": {broken{read: func([]ledger.Record, int) []ledger.Record { return nil }}, "stored"},
	"alters a record": {broken{read: func(r []ledger.Record, _ int) []ledger.Record {
		for i := range r {
			r[i].Structure = []byte(strings.ToUpper(string(r[i].Structure)))
		}
		return r
	}}, "byte for byte"},
	"forgets the last page": {broken{find: func(p disclosure.Page, _ disclosure.Query) disclosure.Page { p.Next = ""; return p }}, "Error"},
	"orders by another alphabet": {broken{find: func(p disclosure.Page, q disclosure.Query) disclosure.Page {
		if len(p.Rows) > 1 {
			p.Rows[0], p.Rows[1] = p.Rows[1], p.Rows[0]
		}
		return p
	}}, "bytewise"},
	"drops the title": {broken{find: func(p disclosure.Page, _ disclosure.Query) disclosure.Page {
		for i := range p.Rows {
			p.Rows[i].Title = ""
		}
		return p
	}}, "index row"},
	"hands an order to two": {broken{lease: func(m *disclosure.Memory, l []disclosure.Leased) []disclosure.Leased {
		for _, x := range l {
			_ = m.Release(context.Background(), "bb-zw", x, 0, "")
		}
		return l
	}}, "Error"},
	"numbers the newest first": {broken{leaves: func(l []disclosure.Leaf) []disclosure.Leaf {
		for i := range len(l) / 2 {
			l[i], l[len(l)-1-i] = l[len(l)-1-i], l[i]
		}
		return l
	}}, "oldest first"},
	"erases too much": {broken{erase: func(m *disclosure.Memory, tenant, id string, seq int64) {
		_ = m.Erase(context.Background(), tenant, id, seq+1)
	}}, "nothing else changes"},
	"leases to everybody":          {broken{holds: true}, "lease is alive"},
	"cuts documents":               {broken{open: func(b []byte) []byte { return b[:min(len(b), 65535)] }}, "as they were"},
	"keeps documents as C strings": {broken{open: func(b []byte) []byte { s, _, _ := strings.Cut(string(b), "\x00"); return []byte(s) }}, "as they were"},
}

// TestKit: the kit finds the fault in every broken store, and none in a sound one.
func TestKit(t *testing.T) {
	if name := os.Getenv("STORETEST_MUTANT"); name != "" {
		m := mutants[name].store
		storetest.Run(t, func(*testing.T) disclosure.Store { m.Memory = disclosure.NewMemory(); return m })
		return
	}
	self, err := os.Executable()
	require.NoError(t, err)
	for name, m := range mutants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(self, "-test.run=^TestKit$", "-test.timeout=60s")
			cmd.Env = append(os.Environ(), "STORETEST_MUTANT="+name)
			out, err := cmd.CombinedOutput()
			assert.Error(t, err, "a store that %s passes the kit", name)
			assert.True(t, strings.Contains(string(out), m.rule), "the failure states the broken rule")
			assert.False(t, strings.Contains(string(out), "panic:"), "a broken store is reported, not stumbled over")
		})
	}
	t.Run("a sound store behind Faults", func(t *testing.T) {
		storetest.Run(t, func(*testing.T) disclosure.Store { return &storetest.Faults{Store: disclosure.NewMemory()} })
	})
}
