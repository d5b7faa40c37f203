package disclosure_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// altered is the store of an office as somebody with the database in hand has
// left it.
type altered struct {
	*disclosure.Memory
	records func(id string, r []ledger.Record) []ledger.Record
	rows    func(rows []disclosure.Row) []disclosure.Row
	leaves  func(l []disclosure.Leaf) []disclosure.Leaf
}

func (s altered) Records(ctx context.Context, tenant, id string, after int64, limit int) ([]ledger.Record, error) {
	r, err := s.Memory.Records(ctx, tenant, id, after, limit)
	if err != nil || s.records == nil {
		return r, err
	}
	return s.records(id, r), nil
}

func (s altered) Find(ctx context.Context, q disclosure.Query) (disclosure.Page, error) {
	p, err := s.Memory.Find(ctx, q)
	if err == nil && s.rows != nil {
		p.Rows = s.rows(p.Rows)
	}
	return p, err
}

func (s altered) Leaves(ctx context.Context, tenant string, from, to int64) ([]disclosure.Leaf, error) {
	l, err := s.Memory.Leaves(ctx, tenant, from, to)
	if err == nil && s.leaves != nil {
		l = s.leaves(l)
	}
	return l, err
}

// storedOffice is an office of 200 documents, each of 4 to 7 records, with a
// deposit outside and a few records after it.
type storedOffice struct {
	*disclosure.Office
	store *disclosure.Memory
	suite ledger.Suite
	clock *testClock
	cases []string
	kept  []ledger.Deposit
}

func newStoredOffice(t *testing.T, store disclosure.Store) *storedOffice {
	t.Helper()
	s := &storedOffice{suite: signingSuite(t), clock: newTestClock()}
	s.store, _ = store.(*disclosure.Memory)
	o, err := disclosure.Open(disclosure.Config{Tenant: "chuxiong", Profile: chuxiong(t), Store: store, Suite: s.suite, Now: s.clock.Now})
	require.NoError(t, err)
	s.Office = o
	n := 0
	do := func(id string, who string, c disclosure.Command) string {
		n++
		actors := map[string]disclosure.Act{"drafter": {Actor: drafter}, "section": {Actor: section}, "office": {Actor: office}, "leader": {Actor: leader}}
		act := actors[who]
		act.Key, act.Case, act.Command = fmt.Sprintf("k%d", n), disclosure.CaseID(id), c
		r, err := o.Do(t.Context(), act)
		require.NoError(t, err)
		return string(r.Case)
	}
	for i := range 200 {
		id := do("", "drafter", disclosure.Register{Kind: "document", Title: fmt.Sprintf("通知%03d", i), Unit: "projects"})
		s.cases = append(s.cases, id)
		do(id, "drafter", text(fmt.Sprintf("第%d号通知的正文。", i)))
		do(id, "drafter", disclosure.Opine{On: "propose", Words: "此件公开发布"})
		do(id, "section", disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
		if i%2 == 0 {
			do(id, "office", disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"})
			do(id, "leader", disclosure.Opine{On: "leader-sign", Words: "此件公开发布"})
		}
	}
	outside := disclosure.AnchorFolder(t.TempDir())
	q, err := o.Sequencer("p1", outside)
	require.NoError(t, err)
	_, err = q.Run(t.Context())
	require.NoError(t, err)
	_, err = q.Deposit(t.Context())
	require.NoError(t, err)
	for i := range 10 {
		do(s.cases[i*2], "drafter", disclosure.Take{On: "print"})
	}
	_, err = q.Run(t.Context())
	require.NoError(t, err)
	s.kept, err = outside.Kept(t.Context(), "chuxiong")
	require.NoError(t, err)
	require.Len(t, s.kept, 1)
	return s
}

// audit audits what is left of the office against what is kept outside.
func (s *storedOffice) audit(t *testing.T, store disclosure.Store, kept []ledger.Deposit) *ledger.Report {
	t.Helper()
	r, err := s.In(store).Audit(t.Context(), kept)
	require.NoError(t, err)
	return r
}

func names(r *ledger.Report, code ledger.Code, id string, seq int64) bool {
	return slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool {
		return f.Code == code && f.Case == id && f.Seq <= seq && seq <= f.To
	})
}

// TestTamperedOffice: whatever is done to the stored office is found, and the
// case and record are named.
func TestTamperedOffice(t *testing.T) {
	s := newStoredOffice(t, disclosure.NewMemory())
	bare := []ledger.Deposit{{Note: s.kept[0].Note}}
	victim, other := s.cases[77], s.cases[140]

	t.Run("BB-20 二百个卷宗未动过", func(t *testing.T) {
		r := s.audit(t, s.store, s.kept)
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Intact, r.Verdict)
		require.EqualValues(t, 200, r.Cases)
		require.EqualValues(t, 1010, r.Records)
		require.Len(t, r.NotYetAnchored, 10, "what came after the deposit is listed")
		for _, span := range r.NotYetAnchored {
			require.EqualValues(t, 7, span.Seq)
		}
	})
	one := func(change func([]ledger.Record) []ledger.Record) altered {
		return altered{Memory: s.store, records: func(id string, r []ledger.Record) []ledger.Record {
			if id == victim {
				return change(r)
			}
			return r
		}}
	}
	for _, tt := range []struct {
		name  string
		store altered
		code  ledger.Code
		seqs  []int64
	}{
		{"首条改一字节", one(func(r []ledger.Record) []ledger.Record { r[0].Structure[5] ^= 1; return r }), ledger.Altered, []int64{1}},
		{"中间一条改经手人", one(func(r []ledger.Record) []ledger.Record { r[2].Actor = "u-leader"; return r }), ledger.Altered, []int64{3}},
		{"末条改意见", one(func(r []ledger.Record) []ledger.Record { r[3].Private[20] ^= 1; return r }), ledger.PrivateAltered, []int64{4}},
		{"抽走首条", one(func(r []ledger.Record) []ledger.Record { return r[1:] }), ledger.Removed, []int64{1}},
		{"抽走中间一条", one(func(r []ledger.Record) []ledger.Record { return slices.Delete(r, 1, 2) }), ledger.Removed, []int64{2}},
		{"抽走末条", one(func(r []ledger.Record) []ledger.Record { return r[:3] }), ledger.CutOff, []int64{4}},
		{"互换两条", one(func(r []ledger.Record) []ledger.Record {
			r[1], r[2] = r[2], r[1]
			r[1].Seq, r[2].Seq = 2, 3
			return r
		}), ledger.Swapped, []int64{2, 3}},
		{"从别的卷宗移来一行", one(func(r []ledger.Record) []ledger.Record {
			moved, err := s.store.Records(context.Background(), "chuxiong", other, 1, 1)
			if err != nil || len(moved) != 1 {
				panic("the sample has no such record")
			}
			r[1] = moved[0]
			r[1].Case = victim
			return r
		}), ledger.Copied, []int64{2}},
		{"抽走整个卷宗", altered{Memory: s.store, rows: func(rows []disclosure.Row) []disclosure.Row {
			return slices.DeleteFunc(rows, func(r disclosure.Row) bool { return r.Case == victim })
		}, records: func(id string, r []ledger.Record) []ledger.Record {
			if id == victim {
				return nil
			}
			return r
		}}, ledger.CaseRemoved, []int64{1, 4}},
		{"版本号改小", altered{Memory: s.store, rows: func(rows []disclosure.Row) []disclosure.Row {
			for i := range rows {
				if rows[i].Case == victim {
					rows[i].Version = 3
				}
			}
			return rows
		}}, ledger.Added, []int64{4}},
		{"抽走末条并改版本号", altered{Memory: s.store, rows: func(rows []disclosure.Row) []disclosure.Row {
			for i := range rows {
				if rows[i].Case == victim {
					rows[i].Version = 3
				}
			}
			return rows
		}, records: func(id string, r []ledger.Record) []ledger.Record {
			if id == victim {
				return r[:3]
			}
			return r
		}}, ledger.CutOff, []int64{4}},
		{"末条重新封存", one(func(r []ledger.Record) []ledger.Record {
			r[3].Actor = "u-leader"
			if err := ledger.Seal(s.suite, r[2].Hash, &r[3], rand.Reader); err != nil {
				panic(err)
			}
			return r
		}), ledger.Replaced, []int64{4}},
	} {
		for kind, kept := range map[string][]ledger.Deposit{"外存检查点": bare, "外存检查点和明细": s.kept} {
			t.Run("BB-20 "+tt.name+" "+kind, func(t *testing.T) {
				r := s.audit(t, tt.store, kept)
				require.Equal(t, ledger.Broken, r.Verdict)
				for _, seq := range tt.seqs {
					require.True(t, names(r, tt.code, victim, seq), "want %s at record %d, got %v", tt.code, seq, r.Faults)
				}
				for _, f := range r.Faults {
					require.Equal(t, victim, f.Case, "nothing else is blamed: %v", f)
				}
			})
		}
	}
	t.Run("BB-20 整库重写：链、总账、检查点全部重算并用机关密钥重签", func(t *testing.T) {
		forged := s.rewritten(t, victim)
		r := s.audit(t, forged, nil)
		require.Equal(t, ledger.Undetermined, r.Verdict, "whole in itself, hence no more than undetermined: %v", r.Faults)
		r = s.audit(t, forged, bare)
		require.Equal(t, ledger.Broken, r.Verdict)
		r = s.audit(t, forged, s.kept)
		require.Equal(t, ledger.Broken, r.Verdict)
		for seq := int64(2); seq <= 4; seq++ {
			require.True(t, names(r, ledger.Replaced, victim, seq), "record %d: %v", seq, r.Faults)
		}
		for _, f := range r.Faults {
			require.Equal(t, victim, f.Case, "nothing else is blamed: %v", f)
		}
	})
	t.Run("BB-20 依法清除之后，链仍可核验，案卷仍可读，猜不回来", func(t *testing.T) {
		_, err := s.Erase(t.Context(), disclosure.Act{Key: "erase", Actor: disclosuretest.Person("u-office", "office", "office"), Case: disclosure.CaseID(victim), Command: disclosure.Erasure{Seq: 3, Basis: privacyLaw}})
		require.NoError(t, err)
		r := s.audit(t, s.store, s.kept)
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Intact, r.Verdict)
		require.EqualValues(t, 1, r.Erased)
		c, err := s.Case(t.Context(), disclosure.CaseID(victim))
		require.NoError(t, err)
		require.Nil(t, c.Records[2].Salt)
		require.Nil(t, c.Records[2].Private)
		faults, err := s.Verify(t.Context(), disclosure.CaseID(victim))
		require.NoError(t, err)
		require.Empty(t, faults)
	})
}

// rewritten is the whole store written anew, with one record of a case changed
// and everything after it computed and signed as if nothing had happened.
func (s *storedOffice) rewritten(t *testing.T, victim string) *disclosure.Memory {
	t.Helper()
	const tenant = "chuxiong"
	out := disclosure.NewMemory()
	page, err := s.store.Find(t.Context(), disclosure.Query{Tenant: tenant, Sort: disclosure.ByCase, Limit: 1000})
	require.NoError(t, err)
	for _, row := range page.Rows {
		r, err := s.store.Records(t.Context(), tenant, row.Case, 0, 0)
		require.NoError(t, err)
		if row.Case == victim {
			r[1].Actor = "u-leader"
			for i := 1; i < len(r); i++ {
				require.NoError(t, ledger.Seal(s.suite, r[i-1].Hash, &r[i], rand.Reader))
			}
		}
		_, err = out.Append(t.Context(), disclosure.Batch{Tenant: tenant, Key: row.Case, Time: 1, Writes: []disclosure.Write{{Case: row.Case, Records: r, Index: row.Index}}})
		require.NoError(t, err)
	}
	size, err := s.store.Size(t.Context(), tenant)
	require.NoError(t, err)
	leaves, err := s.store.Leaves(t.Context(), tenant, 0, size)
	require.NoError(t, err)
	f := ledger.NewFrontier(s.suite)
	for i, l := range leaves {
		r, err := out.Records(t.Context(), tenant, l.Case, l.Seq-1, 1)
		require.NoError(t, err)
		leaves[i].Hash = r[0].Hash
		f.Append(r[0].Hash)
	}
	require.NoError(t, out.Sequence(t.Context(), tenant, 0, leaves))
	_, old, err := s.store.Checkpoint(t.Context(), tenant, math.MaxInt64)
	require.NoError(t, err)
	cp, err := ledger.ParseCheckpoint(string(old))
	require.NoError(t, err)
	cp.Root = f.Root()
	note, err := ledger.SignCheckpoint(t.Context(), s.suite, cp)
	require.NoError(t, err)
	require.NoError(t, out.PutCheckpoint(t.Context(), tenant, cp.Size, note))
	return out
}
