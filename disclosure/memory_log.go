package disclosure

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
)

// Unsequenced implements Log.
func (m *Memory) Unsequenced(ctx context.Context, tenant string, max int) ([]Leaf, error) {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	t := m.tenant(tenant)
	var out []Leaf
	for _, id := range slices.Sorted(maps.Keys(t.cases)) {
		for _, r := range t.cases[id].records[len(t.places[id]):] {
			if len(out) >= max {
				return out, nil
			}
			out = append(out, Leaf{Case: id, Seq: r.Seq, Hash: r.Hash})
		}
	}
	return out, nil
}

// Sequence implements Log.
func (m *Memory) Sequence(ctx context.Context, tenant string, size int64, leaves []Leaf) error {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return err
	}
	defer m.mu.Unlock()
	t := m.tenant(tenant)
	if int64(len(t.leaves)) != size {
		return fmt.Errorf("%w: the log has %d leaves, not %d", ErrConflict, len(t.leaves), size)
	}
	next := map[string]int{}
	for _, l := range leaves {
		n, seen := next[l.Case]
		if !seen {
			n = len(t.places[l.Case])
		}
		c := t.cases[l.Case]
		if c == nil || l.Seq != int64(n)+1 || n >= len(c.records) || c.records[n].Hash != l.Hash {
			return fmt.Errorf("%w: record %d of case %s is not the next that waits", ErrConflict, l.Seq, l.Case)
		}
		next[l.Case] = n + 1
	}
	for _, l := range leaves {
		t.places[l.Case] = append(t.places[l.Case], int64(len(t.leaves)))
		t.leaves = append(t.leaves, l)
	}
	return nil
}

// Leaves implements Log.
func (m *Memory) Leaves(ctx context.Context, tenant string, from, to int64) ([]Leaf, error) {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	all := m.tenant(tenant).leaves
	from, to = max(from, 0), min(to, int64(len(all)))
	if from >= to {
		return nil, nil
	}
	return slices.Clone(all[from:to]), nil
}

// Places implements Log.
func (m *Memory) Places(ctx context.Context, tenant, caseID string) ([]int64, error) {
	if err := m.begin(ctx, "tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	return slices.Clone(m.tenant(tenant).places[caseID]), nil
}

// Size implements Log.
func (m *Memory) Size(ctx context.Context, tenant string) (int64, error) {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return 0, err
	}
	defer m.mu.Unlock()
	return int64(len(m.tenant(tenant).leaves)), nil
}

// PutCheckpoint implements Log.
func (m *Memory) PutCheckpoint(ctx context.Context, tenant string, size int64, note []byte) error {
	if err := CheckNote(tenant, size, note); err != nil {
		return err
	}
	if err := m.begin(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	checkpoints := m.tenant(tenant).checkpoints
	if have, ok := checkpoints[size]; ok {
		if bytes.Equal(have, note) {
			return nil
		}
		return fmt.Errorf("%w: there is another checkpoint of size %d", ErrConflict, size)
	}
	checkpoints[size] = bytes.Clone(note)
	return nil
}

// Checkpoint implements Log.
func (m *Memory) Checkpoint(ctx context.Context, tenant string, size int64) (int64, []byte, error) {
	if err := m.begin(ctx, "tenant", tenant); err != nil {
		return 0, nil, err
	}
	defer m.mu.Unlock()
	best := int64(-1)
	for s := range m.tenant(tenant).checkpoints {
		if s <= size && s > best {
			best = s
		}
	}
	if best < 0 {
		return 0, nil, fmt.Errorf("%w: checkpoint of at most %d leaves", ErrNotFound, size)
	}
	return best, bytes.Clone(m.tenant(tenant).checkpoints[best]), nil
}
