package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

func testLog(t *testing.T, b Backend) {
	ctx := context.Background()
	with := func(name string, f func(*testing.T, disclosure.Store, disclosure.Log)) {
		t.Run(name, func(t *testing.T) {
			s := b.New(t)
			if l, ok := s.(disclosure.Log); ok {
				f(t, s, l)
			}
		})
	}
	with("BB-20 every record gets one place", func(t *testing.T, s disclosure.Store, l disclosure.Log) {
		size, err := l.Size(ctx, tenant)
		require.NoError(t, err)
		require.Zero(t, size)
		put(t, s, of("k1", open("b", 2), open("a", 3)))
		waiting, err := l.Unsequenced(ctx, tenant, 100)
		require.NoError(t, err)
		require.Len(t, waiting, 5, "every record of a batch waits for a place")
		seen := map[string]int64{}
		for _, leaf := range waiting {
			require.Equal(t, seen[leaf.Case]+1, leaf.Seq, "oldest first within each case")
			seen[leaf.Case] = leaf.Seq
			records := history(t, s, leaf.Case)
			require.GreaterOrEqual(t, int64(len(records)), leaf.Seq, "a leaf is a record that is stored")
			require.Equal(t, records[leaf.Seq-1].Hash, leaf.Hash)
		}
		few, err := l.Unsequenced(ctx, tenant, 2)
		require.NoError(t, err)
		require.Len(t, few, 2, "at most max")
		require.NoError(t, l.Sequence(ctx, tenant, 0, few))
		rest, err := l.Unsequenced(ctx, tenant, 100)
		require.NoError(t, err)
		require.Len(t, rest, 3, "what has a place waits no longer")
		require.NoError(t, l.Sequence(ctx, tenant, 2, rest))
		all, err := l.Leaves(ctx, tenant, 0, 99)
		require.NoError(t, err)
		require.Equal(t, append(few, rest...), all, "leaves stand in the order in which they were sequenced")
		part, err := l.Leaves(ctx, tenant, 1, 4)
		require.NoError(t, err)
		require.Equal(t, all[1:4], part, "places in [from, to)")
		none, err := l.Leaves(ctx, tenant, 5, 9)
		require.NoError(t, err)
		require.Empty(t, none)
		for _, id := range []string{"a", "b", "unknown"} {
			places, err := l.Places(ctx, tenant, id)
			require.NoError(t, err)
			var want []int64
			for place, leaf := range all {
				if leaf.Case == id {
					want = append(want, int64(place))
				}
			}
			require.Equal(t, want, places, "Places of %s: element i is the place of Seq i+1", id)
		}
		size, err = l.Size(ctx, tenant)
		require.NoError(t, err)
		require.Equal(t, int64(5), size)
	})
	with("refused: a wrong size, a leaf twice, a forged leaf", func(t *testing.T, s disclosure.Store, l disclosure.Log) {
		put(t, s, of("k1", open("a", 3)))
		leaves, err := l.Unsequenced(ctx, tenant, 100)
		require.NoError(t, err)
		require.NoError(t, l.Sequence(ctx, tenant, 0, leaves[:1]))
		forged := leaves[1]
		forged.Hash[0] ^= 1
		for name, try := range map[string]struct {
			size   int64
			leaves []disclosure.Leaf
		}{
			"the log is longer":         {0, leaves[1:2]},
			"the log is shorter":        {2, leaves[1:2]},
			"negative":                  {-1, leaves[1:2]},
			"has a place already":       {1, leaves[:1]},
			"twice in one call":         {1, []disclosure.Leaf{leaves[1], leaves[1]}},
			"not the next of its case":  {1, leaves[2:]},
			"a hash that is not stored": {1, []disclosure.Leaf{forged}},
			"no such record":            {1, []disclosure.Leaf{{Case: "a", Seq: 9, Hash: leaves[1].Hash}}},
			"no such case":              {1, []disclosure.Leaf{{Case: "z", Seq: 1, Hash: leaves[1].Hash}}},
		} {
			require.ErrorIs(t, l.Sequence(ctx, tenant, try.size, try.leaves), disclosure.ErrConflict, "%s", name)
			size, err := l.Size(ctx, tenant)
			require.NoError(t, err)
			require.Equal(t, int64(1), size, "%s: a refused call changes nothing", name)
		}
		require.NoError(t, l.Sequence(ctx, tenant, 1, leaves[1:]))
	})
	with("two sequencers at once do not fork the log", func(t *testing.T, s disclosure.Store, l disclosure.Log) {
		const cases, records = 6, 4
		var writes []disclosure.Write
		for i := range cases {
			writes = append(writes, open(fmt.Sprint("c", i), records))
		}
		put(t, s, of("k", writes...))
		run := func() error {
			for try := 0; ; try++ {
				if try > 500 {
					return errors.New("the log does not get on")
				}
				size, err := l.Size(ctx, tenant)
				if err != nil {
					return err
				}
				leaves, err := l.Unsequenced(ctx, tenant, 3)
				if err != nil {
					return err
				}
				if len(leaves) == 0 {
					return nil
				}
				if err := l.Sequence(ctx, tenant, size, leaves); err != nil && !isConflict(err) {
					return err
				}
			}
		}
		for _, err := range together(run, run) {
			require.NoError(t, err, "a sequencer that loses a race gets ErrConflict")
		}
		all, err := l.Leaves(ctx, tenant, 0, 1000)
		require.NoError(t, err)
		seen := map[disclosure.Leaf]bool{}
		for _, leaf := range all {
			require.False(t, seen[leaf], "a record has two places")
			seen[leaf] = true
		}
		require.Len(t, all, cases*records, "every record has a place")
	})
	with("checkpoints", func(t *testing.T, s disclosure.Store, l disclosure.Log) {
		_, _, err := l.Checkpoint(ctx, tenant, 1000)
		require.ErrorIs(t, err, disclosure.ErrNotFound)
		note := []byte("bb-zw\n5\nxyz=\n\n— bb-zw AAAA\n")
		require.NoError(t, l.PutCheckpoint(ctx, tenant, 5, note))
		require.NoError(t, l.PutCheckpoint(ctx, tenant, 5, note), "the same note again is no error")
		require.ErrorIs(t, l.PutCheckpoint(ctx, tenant, 5, []byte("other")), disclosure.ErrConflict, "a checkpoint is never replaced")
		require.NoError(t, l.PutCheckpoint(ctx, tenant, 12, []byte("twelve")))
		require.ErrorIs(t, l.PutCheckpoint(ctx, tenant, -1, note), disclosure.ErrInvalid)
		for at, want := range map[int64]int64{5: 5, 11: 5, 12: 12, 1 << 40: 12} {
			size, got, err := l.Checkpoint(ctx, tenant, at)
			require.NoError(t, err)
			require.Equal(t, want, size, "the largest size ≤ %d", at)
			if want == 5 {
				require.Equal(t, note, got)
			}
		}
		_, _, err = l.Checkpoint(ctx, tenant, 4)
		require.ErrorIs(t, err, disclosure.ErrNotFound)
		_, _, err = l.Checkpoint(ctx, "other", 100)
		require.ErrorIs(t, err, disclosure.ErrNotFound, "tenants apart")
	})
}

func testErase(t *testing.T, b Backend) {
	s := b.New(t)
	e, ok := s.(disclosure.Eraser)
	if !ok {
		return
	}
	ctx := context.Background()
	w := open("c", 3)
	put(t, s, of("k", w))
	require.NoError(t, e.Erase(ctx, tenant, "c", 2))
	want := slices.Clone(w.Records)
	want[1].Salt, want[1].Private = nil, nil
	require.Equal(t, want, history(t, s, "c"), "salt and private part become nil, nothing else changes")
	require.NoError(t, e.Erase(ctx, tenant, "c", 2), "erasing twice is no error")
	require.Empty(t, ledger.VerifyChain(tenant, "c", history(t, s, "c")), "the chain verifies after an erasure")
	require.ErrorIs(t, e.Erase(ctx, tenant, "c", 4), disclosure.ErrNotFound)
	require.ErrorIs(t, e.Erase(ctx, tenant, "c", 0), disclosure.ErrNotFound)
	require.ErrorIs(t, e.Erase(ctx, tenant, "c", -1), disclosure.ErrNotFound)
	require.ErrorIs(t, e.Erase(ctx, tenant, "unknown", 1), disclosure.ErrNotFound)
	require.ErrorIs(t, e.Erase(ctx, "other", "c", 1), disclosure.ErrNotFound, "tenants apart")
	require.ErrorIs(t, e.Erase(ctx, tenant, "\x00", 1), disclosure.ErrInvalid)
	put(t, s, of("next", follow("c", w.Records[2]))) // an erased case goes on
}

func testLeases(t *testing.T, b Backend) {
	ctx := context.Background()
	t.Run("one holder at a time", func(t *testing.T) {
		s := b.New(t)
		l, ok := s.(disclosure.Leases)
		if !ok {
			return
		}
		for i, step := range []struct {
			tenant, name, holder string
			now, until           int64
			want                 bool
			rule                 string
		}{
			{tenant, "sweep", "a", 100, 200, true, "a free lease is given"},
			{tenant, "sweep", "b", 150, 250, false, "another holder's lease is alive"},
			{tenant, "sweep", "a", 160, 300, true, "the holder extends its lease"},
			{tenant, "sweep", "b", 299, 400, false, "alive to the last millisecond"},
			{tenant, "other", "b", 150, 250, true, "names are apart"},
			{"other", "sweep", "b", 150, 250, true, "tenants are apart"},
			{tenant, "sweep", "b", 300, 400, true, "a lease that ran out is given on"},
			{tenant, "sweep", "a", 350, 450, false, "the holder before has lost it"},
			{tenant, "sweep", "b", 360, 360, true, "the holder gives it up with until ≤ now"},
			{tenant, "sweep", "a", 360, 460, true, "and another takes it"},
			{tenant, "Sweep", "b", 360, 460, true, "names are compared bytewise"},
		} {
			got, err := l.Acquire(ctx, step.tenant, step.name, step.holder, step.now, step.until)
			require.NoError(t, err)
			require.Equal(t, step.want, got, "step %d: %s", i, step.rule)
		}
		_, err := l.Acquire(ctx, tenant, "", "a", 1, 2)
		require.ErrorIs(t, err, disclosure.ErrInvalid)
		_, err = l.Acquire(ctx, tenant, "x", "\xff", 1, 2)
		require.ErrorIs(t, err, disclosure.ErrInvalid)
	})
	t.Run("eight at once", func(t *testing.T) {
		s := b.New(t)
		l, ok := s.(disclosure.Leases)
		if !ok {
			return
		}
		for round := range int64(5) {
			won := make([]bool, 8)
			var fs []func() error
			for i := range won {
				fs = append(fs, func() (err error) {
					won[i], err = l.Acquire(ctx, tenant, "one", fmt.Sprint("w", i), 100*round, 100*round+100)
					return err
				})
			}
			for _, err := range together(fs...) {
				require.NoError(t, err)
			}
			n := 0
			for _, w := range won {
				if w {
					n++
				}
			}
			require.Equal(t, 1, n, "round %d: exactly one of eight holds the lease", round)
		}
	})
}

func testDocuments(t *testing.T, b Backend) {
	if d, ok := b.New(t).(disclosure.Documents); ok {
		RunDocuments(t, func(t *testing.T) disclosure.Documents {
			d, _ = b.New(t).(disclosure.Documents)
			return d
		})
	}
}

// RunDocuments tests what keeps documents by digest. The factory returns a
// fresh, empty one for each sub-test.
func RunDocuments(t *testing.T, factory func(t *testing.T) disclosure.Documents) {
	ctx := context.Background()
	t.Run("bodies of every size come back", func(t *testing.T) {
		d := factory(t)
		for _, n := range []int{0, 1, 255, 64 << 10, 256<<10 - 1, 256 << 10, 256<<10 + 1, 3<<20 + 7} {
			body := bytes.Repeat([]byte("公开\x00\xff"), n/8+1)[:n]
			name, err := d.Put(ctx, tenant, body)
			require.NoError(t, err)
			require.Equal(t, digest(string(body)), name, "the name is the SHA-256 of the bytes")
			again, err := d.Put(ctx, tenant, body)
			require.NoError(t, err, "the same bytes again are no error")
			require.Equal(t, name, again)
			got, err := d.Open(ctx, tenant, name)
			require.NoError(t, err)
			require.True(t, bytes.Equal(body, got), "%d bytes come back as they were", n)
		}
	})
	t.Run("what is not there", func(t *testing.T) {
		d := factory(t)
		_, err := d.Open(ctx, tenant, digest("nothing"))
		require.ErrorIs(t, err, disclosure.ErrNotFound)
	})
	t.Run("tenants apart", func(t *testing.T) {
		d := factory(t)
		for _, id := range []string{"t", "T", "甲", "..", "../t", "a/b", `a\b`, "con", strings.Repeat("长", disclosure.MaxID/3)} {
			name, err := d.Put(ctx, id, []byte("document of "+id))
			require.NoError(t, err, "tenant %q", id)
			_, err = d.Open(ctx, "t", name)
			require.Equal(t, id != "t", err != nil, "tenant t must not see the document of %q", id)
			got, err := d.Open(ctx, id, name)
			require.NoError(t, err)
			require.Equal(t, "document of "+id, string(got))
		}
		for _, id := range []string{"", "\x00", "\xff", strings.Repeat("x", disclosure.MaxID+1)} {
			_, err := d.Put(ctx, id, []byte("x"))
			require.ErrorIs(t, err, disclosure.ErrInvalid, "tenant %q", id)
			_, err = d.Open(ctx, id, digest("x"))
			require.ErrorIs(t, err, disclosure.ErrInvalid, "tenant %q", id)
		}
	})
	t.Run("eight writers of one document", func(t *testing.T) {
		d := factory(t)
		body := bytes.Repeat([]byte("大"), 200_000)
		var fs []func() error
		for range 8 {
			fs = append(fs, func() error {
				name, err := d.Put(ctx, tenant, body)
				if err != nil {
					return err
				}
				got, err := d.Open(ctx, tenant, name)
				if err == nil && !bytes.Equal(got, body) {
					err = fmt.Errorf("a reader got %d other bytes", len(got))
				}
				return err
			})
		}
		for _, err := range together(fs...) {
			assert.NoError(t, err, "what Put has stored can be opened at once, whole")
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		d := factory(t)
		cut, cancel := context.WithCancel(ctx)
		cancel()
		_, err := d.Put(cut, tenant, []byte("x"))
		require.ErrorIs(t, err, context.Canceled)
		_, err = d.Open(cut, tenant, digest("x"))
		require.ErrorIs(t, err, context.Canceled)
	})
}
