package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

const (
	caseColumns   = `tenant, case_id, version, guarded, updated_at, kind, stage, unit, parent, number, title, open_due_at, is_open`
	recordColumns = `tenant, case_id, seq, suite, type, at_ms, on_day, actor, structure, commitment, prev, hash, salt, private`
	chunk         = 50 // rows of one statement

	// guarded is raised by every write, so that the row changes even where a
	// refresh brings nothing new: drivers that count changed rows count it.
	updateCase = `UPDATE {p}case SET version = ?, guarded = guarded + 1, updated_at = ?, kind = ?, stage = ?, unit = ?, parent = ?, number = ?, title = ?, open_due_at = ?, is_open = ?
		WHERE tenant = ? AND case_id = ? AND version = ?`
	guardCase = `UPDATE {p}case SET guarded = guarded + 1 WHERE tenant = ? AND case_id = ? AND version = ?`
)

func (s *Store) insertReceipt() string {
	return `INSERT INTO {p}receipt (tenant, cmd, fingerprint, at_ms, versions, data, repeated) VALUES (?, ?, ?, ?, ?, ?, 0)` + s.dialect.ifAbsent("repeated")
}

func (s *Store) insertCase() string {
	return `INSERT INTO {p}case (` + caseColumns + `) VALUES ` + places(1, 13) + s.dialect.ifAbsent("guarded")
}

func recordInsert(rows int) string {
	return `INSERT INTO {p}record (` + recordColumns + `) VALUES ` + places(rows, 14)
}

func pendingInsert(rows int) string {
	return `INSERT INTO {p}pending (tenant, case_id, seq, hash) VALUES ` + places(rows, 4)
}

// Append implements disclosure.Store.
func (s *Store) Append(ctx context.Context, b disclosure.Batch) (receipt disclosure.Receipt, err error) {
	if err := b.Validate(); err != nil {
		return disclosure.Receipt{}, err
	}
	if b.Probe() {
		err = s.reading(ctx, func(x session) (err error) {
			receipt, err = x.receipt(ctx, b)
			return err
		})
	} else {
		err = s.write(ctx, func(x session) (err error) {
			receipt, err = x.append(ctx, b)
			return err
		})
	}
	if err != nil {
		return disclosure.Receipt{}, err
	}
	return receipt, nil
}

// append writes the batch. The key comes first: where it is known, the answer is
// the first receipt and nothing else is touched.
func (x session) append(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	receipt := disclosure.Receipt{Versions: make(map[string]int64, len(b.Writes)), Fingerprint: b.Fingerprint, Time: b.Time, Data: b.Receipt}
	for _, w := range b.Writes {
		receipt.Versions[w.Case] = w.Expect + int64(len(w.Records))
	}
	versions, err := json.Marshal(receipt.Versions)
	if err != nil {
		return receipt, err
	}
	n, err := x.exec(ctx, x.s.insertReceipt(), b.Tenant, b.Key, b.Fingerprint[:], b.Time, versions, blob(b.Receipt))
	if err != nil {
		return receipt, err
	}
	if n != 1 {
		return x.receipt(ctx, b)
	}
	if err := x.stand(ctx, b); err != nil {
		return receipt, err
	}
	if err := x.insertRecords(ctx, b); err != nil {
		return receipt, err
	}
	if err := x.insertOrders(ctx, b); err != nil {
		return receipt, err
	}
	for _, id := range slices.Sorted(slices.Values(b.Settle)) {
		if err := x.settle(ctx, b.Tenant, id); err != nil {
			return receipt, err
		}
	}
	receipt.Data = slices.Clone(b.Receipt)
	return receipt, nil
}

// stand moves every case of the batch by compare-and-set, in one order for all
// transactions.
func (x session) stand(ctx context.Context, b disclosure.Batch) error {
	type step struct {
		id    string
		write *disclosure.Write
		guard int64
	}
	var all []step
	for i := range b.Writes {
		all = append(all, step{id: b.Writes[i].Case, write: &b.Writes[i]})
	}
	for _, g := range b.Guards {
		all = append(all, step{id: g.Case, guard: g.Version})
	}
	slices.SortFunc(all, func(a, b step) int { return cmp.Compare(a.id, b.id) })
	for _, st := range all {
		var n int64
		var err error
		expect := st.guard
		if st.write != nil {
			expect = st.write.Expect
			n, err = x.move(ctx, b, *st.write)
		} else {
			n, err = x.guard(ctx, b.Tenant, st.id, st.guard)
		}
		if err != nil {
			return err
		}
		if n != 1 {
			return fmt.Errorf("%w: case %s is not at version %d", disclosure.ErrConflict, st.id, expect)
		}
	}
	return nil
}

func (x session) move(ctx context.Context, b disclosure.Batch, w disclosure.Write) (int64, error) {
	version, ix := w.Expect+int64(len(w.Records)), w.Index
	if w.Expect == 0 {
		n, err := x.exec(ctx, x.s.insertCase(), b.Tenant, w.Case, version, 0, b.Time,
			ix.Kind, text(ix.Stage), text(ix.Unit), text(ix.Parent), text(ix.Number), text(ix.Title), due(ix.DueAt), flag(ix.Open))
		if err != nil || n == 1 {
			return n, err
		}
	}
	return x.exec(ctx, updateCase, version, b.Time, ix.Kind, text(ix.Stage), text(ix.Unit), text(ix.Parent), text(ix.Number), text(ix.Title), due(ix.DueAt), flag(ix.Open),
		b.Tenant, w.Case, w.Expect)
}

// guard writes to the guarded case, so that of two transactions that each guard
// what the other writes one must lose. A case that must not exist gets a row of
// version 0, which no reader sees.
func (x session) guard(ctx context.Context, tenant, id string, version int64) (int64, error) {
	if version == 0 {
		n, err := x.exec(ctx, x.s.insertCase(), tenant, id, 0, 0, 0, "-", nil, nil, nil, nil, nil, nil, 0)
		if err != nil || n == 1 {
			return n, err
		}
	}
	return x.exec(ctx, guardCase, tenant, id, version)
}

func (x session) insertRecords(ctx context.Context, b disclosure.Batch) error {
	var all []ledger.Record
	for _, w := range b.Writes {
		all = append(all, w.Records...)
	}
	for part := range slices.Chunk(all, chunk) {
		args, waiting := make([]any, 0, 14*len(part)), make([]any, 0, 4*len(part))
		for _, r := range part {
			args = append(args, r.Tenant, r.Case, r.Seq, text(r.Suite), r.Type, r.Time, text(r.On), text(r.Actor),
				blob(r.Structure), r.Commitment[:], r.Prev[:], r.Hash[:], blob(r.Salt), blob(r.Private))
			waiting = append(waiting, r.Tenant, r.Case, r.Seq, r.Hash[:])
		}
		if _, err := x.exec(ctx, recordInsert(len(part)), args...); err != nil {
			return err
		}
		if _, err := x.exec(ctx, pendingInsert(len(part)), waiting...); err != nil {
			return err
		}
	}
	return nil
}

// receipt answers a key that is known, and ErrNotFound for one that is not.
func (x session) receipt(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	type row struct {
		fingerprint, versions, data []byte
		at                          int64
	}
	rows, err := query(ctx, x, `SELECT fingerprint, at_ms, versions, data FROM {p}receipt WHERE tenant = ? AND cmd = ?`, []any{b.Tenant, b.Key},
		func(r *row) []any { return []any{&r.fingerprint, &r.at, &r.versions, &r.data} })
	if err != nil {
		return disclosure.Receipt{}, err
	}
	if len(rows) == 0 {
		return disclosure.Receipt{}, fmt.Errorf("%w: key %s", disclosure.ErrNotFound, b.Key)
	}
	r := rows[0]
	receipt := disclosure.Receipt{Fingerprint: hash(r.fingerprint), Time: r.at, Data: r.data, Replayed: true}
	if !b.Probe() && receipt.Fingerprint != b.Fingerprint {
		return disclosure.Receipt{}, fmt.Errorf("%w: key %s", disclosure.ErrKeyReused, b.Key)
	}
	return receipt, json.Unmarshal(r.versions, &receipt.Versions)
}

// foresee refuses a batch on what the transaction sees, before it writes.
func (x session) foresee(ctx context.Context, b disclosure.Batch) error {
	want := map[string]int64{}
	for _, w := range b.Writes {
		want[w.Case] = w.Expect
	}
	for _, g := range b.Guards {
		want[g.Case] = g.Version
	}
	ids := make([]string, 0, len(want))
	for id := range want {
		ids = append(ids, id)
	}
	type row struct {
		id      string
		version int64
	}
	have, err := among(ctx, x, `SELECT case_id, version FROM {p}case WHERE tenant = ? AND case_id IN `, b.Tenant, ids,
		func(r *row) []any { return []any{&r.id, &r.version} })
	if err != nil {
		return err
	}
	for _, r := range have {
		if want[r.id] == r.version {
			delete(want, r.id)
		}
	}
	for id, version := range want {
		if version != 0 || slices.ContainsFunc(have, func(r row) bool { return r.id == id }) {
			return fmt.Errorf("%w: case %s is not at version %d", disclosure.ErrConflict, id, version)
		}
	}
	return x.foreseeOrders(ctx, b)
}

// among runs a statement that ends in IN, over ids in chunks.
func among[T any](ctx context.Context, x session, template, tenant string, ids []string, scan func(*T) []any) (out []T, err error) {
	slices.Sort(ids)
	for part := range slices.Chunk(ids, chunk) {
		args := []any{tenant}
		for _, id := range part {
			args = append(args, id)
		}
		rows, err := query(ctx, x, template+places(1, len(part)), args, scan)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// blob tells nil from empty, which drivers do not agree on.
func blob(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

func due(ms int64) any {
	if ms == 0 {
		return nil
	}
	return ms
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func hash(b []byte) (d ledger.Digest) {
	copy(d[:], b)
	return d
}

func isNotFound(err error) bool { return errors.Is(err, disclosure.ErrNotFound) }
