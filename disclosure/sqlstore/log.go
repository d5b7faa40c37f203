package sqlstore

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure"
)

type leafRow struct {
	disclosure.Leaf
	hash []byte
}

func scanLeaf(r *leafRow) []any { return []any{&r.Case, &r.Seq, &r.hash} }

func leavesOf(rows []leafRow) []disclosure.Leaf {
	var out []disclosure.Leaf
	for _, r := range rows {
		r.Hash = hash(r.hash)
		out = append(out, r.Leaf)
	}
	return out
}

// Unsequenced implements disclosure.Log.
func (s *Store) Unsequenced(ctx context.Context, tenant string, max int) (leaves []disclosure.Leaf, err error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil || max <= 0 {
		return nil, err
	}
	err = s.reading(ctx, func(x session) error {
		rows, err := query(ctx, x, `SELECT case_id, seq, hash FROM {p}pending WHERE tenant = ? ORDER BY case_id, seq LIMIT ?`, []any{tenant, max}, scanLeaf)
		leaves = leavesOf(rows)
		return err
	})
	return leaves, err
}

// Sequence implements disclosure.Log. The size is moved by compare-and-set
// first, so of two sequencers one waits or loses, and the log has no fork.
func (s *Store) Sequence(ctx context.Context, tenant string, size int64, leaves []disclosure.Leaf) error {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return err
	}
	if size < 0 {
		return fmt.Errorf("%w: the log has no %d leaves", disclosure.ErrConflict, size)
	}
	return s.write(ctx, func(x session) error {
		if size == 0 {
			if _, err := x.exec(ctx, `INSERT INTO {p}log (tenant, size, turns) VALUES (?, 0, 0)`+s.dialect.ifAbsent("turns"), tenant); err != nil {
				return err
			}
		}
		n, err := x.exec(ctx, `UPDATE {p}log SET size = ?, turns = turns + 1 WHERE tenant = ? AND size = ?`, size+int64(len(leaves)), tenant, size)
		if err != nil {
			return err
		}
		if n != 1 {
			return fmt.Errorf("%w: the log does not have %d leaves", disclosure.ErrConflict, size)
		}
		if err := x.waiting(ctx, tenant, leaves); err != nil {
			return err
		}
		place, values := size, ""
		if s.dialect == SQLite {
			values = "VALUES "
		}
		for part := range slices.Chunk(leaves, chunk) {
			// The range lets every planner find the rows by their key, also in a
			// table of which it has no statistics yet.
			low, high := part[0].Case, part[0].Case
			keys, rows := []any{}, []any{}
			for _, l := range part {
				low, high = min(low, l.Case), max(high, l.Case)
				keys = append(keys, l.Case, l.Seq)
				rows = append(rows, tenant, place, l.Case, l.Seq, l.Hash[:])
				place++
			}
			n, err := x.exec(ctx, `DELETE FROM {p}pending WHERE tenant = ? AND case_id >= ? AND case_id <= ? AND (case_id, seq) IN (`+values+places(len(part), 2)+`)`,
				append([]any{tenant, low, high}, keys...)...)
			if err != nil {
				return err
			}
			if n != int64(len(part)) {
				return fmt.Errorf("%w: a leaf has its place already", disclosure.ErrConflict)
			}
			if _, err := x.exec(ctx, `INSERT INTO {p}leaf (tenant, place, case_id, seq, hash) VALUES `+places(len(part), 5), rows...); err != nil {
				return err
			}
		}
		return nil
	})
}

// waiting refuses leaves that are not the next of their cases.
func (x session) waiting(ctx context.Context, tenant string, leaves []disclosure.Leaf) error {
	last := int64(0)
	want := map[string][]disclosure.Leaf{}
	var ids []string
	for _, l := range leaves {
		if want[l.Case] == nil {
			ids = append(ids, l.Case)
		}
		want[l.Case] = append(want[l.Case], l)
		last = max(last, l.Seq)
	}
	rows, err := among(ctx, x, fmt.Sprintf(`SELECT case_id, seq, hash FROM {p}pending WHERE tenant = ? AND seq <= %d AND case_id IN `, last), tenant, ids, scanLeaf)
	if err != nil {
		return err
	}
	have := leavesOf(rows)
	slices.SortFunc(have, func(a, b disclosure.Leaf) int { return int(a.Seq - b.Seq) })
	next := map[string]int{}
	for _, l := range have {
		if n := next[l.Case]; n < len(want[l.Case]) {
			if want[l.Case][n] != l {
				return fmt.Errorf("%w: record %d of case %s is not the next that waits", disclosure.ErrConflict, want[l.Case][n].Seq, l.Case)
			}
			next[l.Case] = n + 1
		}
	}
	for id, list := range want {
		if next[id] != len(list) {
			return fmt.Errorf("%w: record %d of case %s does not wait", disclosure.ErrConflict, list[next[id]].Seq, id)
		}
	}
	return nil
}

// Leaves implements disclosure.Log.
func (s *Store) Leaves(ctx context.Context, tenant string, from, to int64) (leaves []disclosure.Leaf, err error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return nil, err
	}
	err = s.reading(ctx, func(x session) error {
		rows, err := query(ctx, x, `SELECT case_id, seq, hash FROM {p}leaf WHERE tenant = ? AND place >= ? AND place < ? ORDER BY place`, []any{tenant, from, to}, scanLeaf)
		leaves = leavesOf(rows)
		return err
	})
	return leaves, err
}

// Places implements disclosure.Log.
func (s *Store) Places(ctx context.Context, tenant, caseID string) (places []int64, err error) {
	if err := disclosure.CheckIDs("tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	err = s.reading(ctx, func(x session) (err error) {
		places, err = query(ctx, x, `SELECT place FROM {p}leaf WHERE tenant = ? AND case_id = ? ORDER BY seq`, []any{tenant, caseID}, func(n *int64) []any { return []any{n} })
		return err
	})
	return places, err
}

// Size implements disclosure.Log.
func (s *Store) Size(ctx context.Context, tenant string) (size int64, err error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return 0, err
	}
	err = s.reading(ctx, func(x session) error {
		found, err := query(ctx, x, `SELECT size FROM {p}log WHERE tenant = ?`, []any{tenant}, func(n *int64) []any { return []any{n} })
		if size = 0; len(found) > 0 {
			size = found[0]
		}
		return err
	})
	return size, err
}

type noteRow struct {
	size int64
	note []byte
}

func scanNote(r *noteRow) []any { return []any{&r.size, &r.note} }

// PutCheckpoint implements disclosure.Log.
func (s *Store) PutCheckpoint(ctx context.Context, tenant string, size int64, note []byte) error {
	if err := disclosure.CheckNote(tenant, size, note); err != nil {
		return err
	}
	return s.write(ctx, func(x session) error {
		n, err := x.exec(ctx, `INSERT INTO {p}checkpoint (tenant, size, note, repeated) VALUES (?, ?, ?, 0)`+s.dialect.ifAbsent("repeated"), tenant, size, note)
		if err != nil || n == 1 {
			return err
		}
		have, err := query(ctx, x, `SELECT size, note FROM {p}checkpoint WHERE tenant = ? AND size = ?`, []any{tenant, size}, scanNote)
		if err != nil {
			return err
		}
		if len(have) != 1 || !bytes.Equal(have[0].note, note) {
			return fmt.Errorf("%w: there is another checkpoint of size %d", disclosure.ErrConflict, size)
		}
		return nil
	})
}

// Checkpoint implements disclosure.Log.
func (s *Store) Checkpoint(ctx context.Context, tenant string, size int64) (at int64, note []byte, err error) {
	if err := disclosure.CheckIDs("tenant", tenant); err != nil {
		return 0, nil, err
	}
	err = s.reading(ctx, func(x session) error {
		have, err := query(ctx, x, `SELECT size, note FROM {p}checkpoint WHERE tenant = ? AND size <= ? ORDER BY size DESC LIMIT 1`, []any{tenant, size}, scanNote)
		if err != nil {
			return err
		}
		if len(have) == 0 {
			return fmt.Errorf("%w: checkpoint of at most %d leaves", disclosure.ErrNotFound, size)
		}
		at, note = have[0].size, have[0].note
		return nil
	})
	return at, note, err
}
