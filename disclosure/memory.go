package disclosure

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Memory is a Store with every ability (Outbox, Log, Eraser, Leases, Documents)
// that keeps all in memory and loses all with the process: for tests, for
// trials, and as the plain model that other stores are compared with. It is safe
// for concurrent use.
type Memory struct {
	mu      sync.Mutex
	tenants map[string]*memoryTenant
}

type memoryTenant struct {
	cases       map[string]*memoryCase
	receipts    map[string]Receipt
	orders      []*memoryOrder // in the order of their batches
	leaves      []Leaf
	places      map[string][]int64 // case → place of Seq i+1
	checkpoints map[int64][]byte
	leases      map[string]memoryLease
	documents   map[ledger.Digest][]byte
}

type memoryCase struct {
	row     Row
	records []ledger.Record
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{tenants: map[string]*memoryTenant{}} }

// tenant returns the part of a tenant. Call it with the lock held.
func (m *Memory) tenant(id string) *memoryTenant {
	t := m.tenants[id]
	if t == nil {
		t = &memoryTenant{
			cases:       map[string]*memoryCase{},
			receipts:    map[string]Receipt{},
			places:      map[string][]int64{},
			checkpoints: map[int64][]byte{},
			leases:      map[string]memoryLease{},
			documents:   map[ledger.Digest][]byte{},
		}
		m.tenants[id] = t
	}
	return t
}

// Append implements Store.
func (m *Memory) Append(ctx context.Context, b Batch) (Receipt, error) {
	if err := b.Validate(); err != nil {
		return Receipt{}, err
	}
	if err := ctx.Err(); err != nil {
		return Receipt{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.tenant(b.Tenant)
	if first, ok := t.receipts[b.Key]; ok {
		if !b.Probe() && first.Fingerprint != b.Fingerprint {
			return Receipt{}, fmt.Errorf("%w: key %s", ErrKeyReused, b.Key)
		}
		first = first.clone()
		first.Replayed = true
		return first, nil
	}
	if b.Probe() {
		return Receipt{}, fmt.Errorf("%w: key %s", ErrNotFound, b.Key)
	}
	if err := t.admit(b); err != nil {
		return Receipt{}, err
	}
	receipt := Receipt{Versions: map[string]int64{}, Fingerprint: b.Fingerprint, Time: b.Time, Data: bytes.Clone(b.Receipt)}
	for _, w := range b.Writes {
		c := t.cases[w.Case]
		if c == nil {
			c = &memoryCase{}
			t.cases[w.Case] = c
		}
		for _, r := range w.Records {
			c.records = append(c.records, cloneRecord(r))
		}
		version := w.Expect + int64(len(w.Records))
		c.row = Row{Case: w.Case, Version: version, Updated: b.Time, Index: w.Index}
		receipt.Versions[w.Case] = version
	}
	for i, o := range b.Orders {
		t.orders = append(t.orders, &memoryOrder{Order: cloneOrder(o), at: b.Time, ord: i, nextAt: o.NotUntil})
	}
	if len(b.Orders) > 0 {
		slices.SortFunc(t.orders, oldest)
	}
	for _, id := range b.Settle {
		t.order(id).settle()
	}
	t.receipts[b.Key] = receipt
	return receipt.clone(), nil
}

// admit answers why the batch cannot be written, before anything is.
func (t *memoryTenant) admit(b Batch) error {
	stands := func(id string, want int64) error {
		var have int64
		if c := t.cases[id]; c != nil {
			have = c.row.Version
		}
		if have != want {
			return fmt.Errorf("%w: case %s stands at %d, not at %d", ErrConflict, id, have, want)
		}
		return nil
	}
	for _, w := range b.Writes {
		if err := stands(w.Case, w.Expect); err != nil {
			return err
		}
	}
	for _, g := range b.Guards {
		if err := stands(g.Case, g.Version); err != nil {
			return err
		}
	}
	for _, o := range b.Orders {
		if t.order(o.ID) != nil {
			return fmt.Errorf("%w: there is an order %s", ErrConflict, o.ID)
		}
	}
	for _, id := range b.Settle {
		switch o := t.order(id); {
		case o == nil:
			return fmt.Errorf("%w: order %s", ErrNotFound, id)
		case o.settled:
			return fmt.Errorf("%w: order %s is settled", ErrConflict, id)
		}
	}
	return nil
}

// Records implements Store.
func (m *Memory) Records(ctx context.Context, tenant, caseID string, after int64, limit int) ([]ledger.Record, error) {
	if err := m.begin(ctx, "tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	c := m.tenant(tenant).cases[caseID]
	if c == nil {
		return nil, nil
	}
	rest := c.records[min(max(after, 0), int64(len(c.records))):]
	if limit > 0 && limit < len(rest) {
		rest = rest[:limit]
	}
	out := make([]ledger.Record, 0, len(rest))
	for _, r := range rest {
		out = append(out, cloneRecord(r))
	}
	return out, nil
}

// Find implements Store.
func (m *Memory) Find(ctx context.Context, q Query) (Page, error) {
	if err := q.Validate(); err != nil {
		return Page{}, err
	}
	if err := m.begin(ctx); err != nil {
		return Page{}, err
	}
	defer m.mu.Unlock()
	order := compareRows(q.Sort)
	mark := q.Mark()
	last := Row{Case: mark.Case, Updated: mark.Value, Index: Index{DueAt: mark.Value}}
	var rows []Row
	for _, c := range m.tenant(q.Tenant).cases {
		if q.selects(c.row) && (mark == Mark{} || order(c.row, last) > 0) {
			rows = append(rows, c.row)
		}
	}
	slices.SortFunc(rows, order)
	if len(rows) <= q.PageSize() {
		return Page{Rows: rows}, nil
	}
	rows = slices.Clip(rows[:q.PageSize()])
	return Page{Rows: rows, Next: rows[len(rows)-1].Cursor(q.Sort)}, nil
}

func compareRows(sort SortBy) func(a, b Row) int {
	return func(a, b Row) int {
		switch sort {
		case ByDue:
			return cmp.Or(cmp.Compare(a.DueAt, b.DueAt), cmp.Compare(a.Case, b.Case))
		case ByUpdated:
			return cmp.Or(cmp.Compare(b.Updated, a.Updated), cmp.Compare(a.Case, b.Case))
		}
		return cmp.Compare(a.Case, b.Case)
	}
}

func (q Query) selects(r Row) bool {
	among := func(list []string, v string) bool { return len(list) == 0 || slices.Contains(list, v) }
	return among(q.Kind, r.Kind) && among(q.Stage, r.Stage) && among(q.Unit, r.Unit) &&
		(q.Parent == "" || q.Parent == r.Parent) &&
		(q.Number == "" || q.Number == r.Number) &&
		(q.DueBefore == 0 || r.DueAt != 0 && r.DueAt < q.DueBefore) &&
		(!q.Open || r.Open) &&
		(q.Sort != ByDue || r.DueAt != 0)
}

// Erase implements Eraser.
func (m *Memory) Erase(ctx context.Context, tenant, caseID string, seq int64) error {
	if err := m.begin(ctx, "tenant", tenant, "case", caseID); err != nil {
		return err
	}
	defer m.mu.Unlock()
	c := m.tenant(tenant).cases[caseID]
	if c == nil || seq < 1 || seq > int64(len(c.records)) {
		return fmt.Errorf("%w: case %s, record %d", ErrNotFound, caseID, seq)
	}
	c.records[seq-1].Salt, c.records[seq-1].Private = nil, nil
	return nil
}

// Put implements Documents.
func (m *Memory) Put(ctx context.Context, tenant string, body []byte) (ledger.Digest, error) {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return ledger.Digest{}, err
	}
	defer m.mu.Unlock()
	digest := ledger.Digest(sha256.Sum256(body))
	documents := m.tenant(tenant).documents
	if _, ok := documents[digest]; !ok {
		documents[digest] = append([]byte{}, body...)
	}
	return digest, nil
}

// Open implements Documents.
func (m *Memory) Open(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error) {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	body, ok := m.tenant(tenant).documents[digest]
	if !ok {
		return nil, fmt.Errorf("%w: document %x", ErrNotFound, digest)
	}
	return append([]byte{}, body...), nil
}

// begin checks the ids and the context and takes the lock if it answers nil.
func (m *Memory) begin(ctx context.Context, ids ...string) error {
	if err := CheckIDs(ids...); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	return nil
}

func (r Receipt) clone() Receipt {
	r.Versions = maps.Clone(r.Versions)
	r.Data = bytes.Clone(r.Data)
	return r
}

func cloneRecord(r ledger.Record) ledger.Record {
	r.Structure = bytes.Clone(r.Structure)
	r.Salt = bytes.Clone(r.Salt)
	r.Private = bytes.Clone(r.Private)
	return r
}

func cloneOrder(o Order) Order {
	o.After = slices.Clone(o.After)
	o.Payload = bytes.Clone(o.Payload)
	return o
}
