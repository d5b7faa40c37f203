package ledger_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// office is a stored office as lies on a disk: rows that a test may alter.
type office struct {
	suite       ledger.Suite
	order       []string
	chains      map[string][]ledger.Record
	versions    map[string]int64
	log         []ledger.Leaf
	checkpoints [][]byte
}

const (
	tenant = "bengbu"
	cases  = 200
)

func caseID(i int) string { return fmt.Sprintf("c%03d", i) }

func testSuite(t testing.TB, name string) ledger.Suite {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	suite, err := ledger.NewStandard(name, key)
	require.NoError(t, err)
	return suite
}

// newOffice writes 200 cases of 2 to 8 records, taken into the log round by
// round, with a checkpoint after each 100 leaves and one at the end.
func newOffice(t testing.TB, suite ledger.Suite) *office {
	t.Helper()
	o := &office{suite: suite, chains: map[string][]ledger.Record{}, versions: map[string]int64{}}
	for i := range cases {
		id := caseID(i)
		o.order = append(o.order, id)
		o.chains[id] = sealed(t, suite, tenant, id, 2+i%7)
		o.versions[id] = int64(2 + i%7)
	}
	for round := range 8 {
		for _, id := range o.order {
			if r := o.chains[id]; round < len(r) {
				o.log = append(o.log, ledger.Leaf{Case: id, Seq: r[round].Seq, Hash: r[round].Hash})
			}
		}
	}
	o.sign(t)
	return o
}

func (o *office) sign(t testing.TB) {
	t.Helper()
	o.checkpoints = nil
	f := ledger.NewFrontier(o.suite)
	for i, l := range o.log {
		f.Append(l.Hash)
		if (i+1)%100 == 0 || i+1 == len(o.log) {
			o.checkpoints = append(o.checkpoints, o.checkpoint(t, f))
		}
	}
}

func (o *office) checkpoint(t testing.TB, f *ledger.Frontier) []byte {
	t.Helper()
	signed, err := ledger.SignCheckpoint(context.Background(), o.suite, ledger.Checkpoint{Tenant: tenant, Size: f.Size(), Root: f.Root(), Time: 1795500000000})
	require.NoError(t, err)
	return signed
}

func (o *office) clone() *office {
	c := &office{suite: o.suite, order: slices.Clone(o.order), chains: map[string][]ledger.Record{}, versions: map[string]int64{}, log: slices.Clone(o.log), checkpoints: slices.Clone(o.checkpoints)}
	for id, r := range o.chains {
		c.chains[id], c.versions[id] = clone(r), o.versions[id]
	}
	return c
}

func (o *office) books(deposits ...ledger.Deposit) ledger.Books {
	return ledger.Books{
		Tenant: tenant, Keys: []ledger.Key{o.suite.Key()}, Suites: []ledger.Suite{o.suite},
		Checkpoints: o.checkpoints, Deposits: deposits,
		Leaves: each(o.log),
		Chains: func(yield func(ledger.Chain, error) bool) {
			for _, id := range o.order {
				if !yield(ledger.Chain{Case: id, Version: o.versions[id], Records: o.chains[id]}, nil) {
					return
				}
			}
		},
	}
}

func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// deposits are what was kept outside: the checkpoint at 900 leaves, alone and
// with the leaves.
func (o *office) deposits() (bare, full []ledger.Deposit) {
	at := o.checkpoints[8]
	return []ledger.Deposit{{Note: at}}, []ledger.Deposit{
		{Note: o.checkpoints[3], From: 0, Leaves: slices.Clone(o.log[:400])},
		{Note: at, From: 400, Leaves: slices.Clone(o.log[400:900])},
	}
}

func audit(t testing.TB, b ledger.Books) *ledger.Report {
	t.Helper()
	r, err := ledger.Audit(b)
	require.NoError(t, err)
	return r
}

func TestAuditIntact(t *testing.T) {
	o := newOffice(t, testSuite(t, "office"))
	bare, full := o.deposits()
	t.Run("BB-20 未动过的机关账册相符", func(t *testing.T) {
		for _, d := range [][]ledger.Deposit{bare, full} {
			r := audit(t, o.books(d...))
			require.Empty(t, r.Faults)
			require.Equal(t, ledger.Intact, r.Verdict)
			require.EqualValues(t, 900, r.Anchored)
			require.EqualValues(t, cases, r.Cases)
			require.EqualValues(t, len(o.log), r.Leaves)
			require.EqualValues(t, len(o.log), r.Records)
		}
	})
	t.Run("BB-20 最后一次外部存证之后的记录列为尚未存证", func(t *testing.T) {
		r := audit(t, o.books(bare...))
		want := map[ledger.Ref]bool{}
		for _, l := range o.log[900:] {
			want[ledger.Ref{Case: l.Case, Seq: l.Seq}] = true
		}
		got := map[ledger.Ref]bool{}
		for _, s := range r.NotYetAnchored {
			require.False(t, s.Unlogged)
			for seq := s.Seq; seq <= s.To; seq++ {
				got[ledger.Ref{Case: s.Case, Seq: seq}] = true
			}
		}
		require.Equal(t, want, got)
	})
	t.Run("BB-20 尚未进入总账的记录也列出", func(t *testing.T) {
		c := o.clone()
		next := ledger.Record{Tenant: tenant, Case: "c007", Seq: 3, Type: "e"}
		require.NoError(t, ledger.Seal(o.suite, c.chains["c007"][1].Hash, &next, rand.Reader))
		c.chains["c007"] = append(c.chains["c007"], next)
		c.versions["c007"] = 3
		r := audit(t, c.books(bare...))
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
		require.Contains(t, r.NotYetAnchored, ledger.Span{Case: "c007", Seq: 3, To: 3, Unlogged: true})
	})
	t.Run("没有外部存证则不作完好的结论", func(t *testing.T) {
		r := audit(t, o.books())
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Undetermined, r.Verdict)
		require.Len(t, r.NotYetAnchored, cases)
	})
	t.Run("依法清除全部正文后账册仍相符", func(t *testing.T) {
		c := o.clone()
		for _, r := range c.chains {
			for i := range r {
				r[i].Erase()
			}
		}
		r := audit(t, c.books(full...))
		require.Equal(t, ledger.Intact, r.Verdict)
		require.EqualValues(t, len(o.log), r.Erased)
	})
	t.Run("读取失败是错误而非结论", func(t *testing.T) {
		b := o.books(bare...)
		b.Leaves = func(yield func(ledger.Leaf, error) bool) { yield(ledger.Leaf{}, assert.AnError) }
		_, err := ledger.Audit(b)
		require.ErrorIs(t, err, assert.AnError)
	})
	t.Run("空机关", func(t *testing.T) {
		r := audit(t, ledger.Books{Tenant: tenant, Leaves: each[ledger.Leaf](nil), Chains: each[ledger.Chain](nil)})
		require.Equal(t, ledger.Undetermined, r.Verdict)
		require.Empty(t, r.Faults)
	})
}

// TestTamper tries what somebody with the database in hand could do.
func TestTamper(t *testing.T) {
	whole := newOffice(t, testSuite(t, "office"))
	bare, full := whole.deposits()
	try := func(name string, alter func(*testing.T, *office), want func(*testing.T, *ledger.Report)) {
		for kind, kept := range map[string][]ledger.Deposit{"外存检查点": bare, "外存检查点和明细": full} {
			t.Run("BB-20 "+name+" "+kind, func(t *testing.T) {
				o := whole.clone()
				alter(t, o)
				r := audit(t, o.books(kept...))
				require.Equal(t, ledger.Broken, r.Verdict)
				want(t, r)
			})
		}
	}
	names := func(code ledger.Code, id string, seq int64) func(*testing.T, *ledger.Report) {
		return func(t *testing.T, r *ledger.Report) {
			t.Helper()
			assert.True(t, found(r.Faults, code, id, seq), "want %s at %s/%d, got %v", code, id, seq, r.Faults)
			for _, f := range r.Faults {
				assert.Equal(t, id, f.Case, "nothing else is blamed: %v", f)
			}
		}
	}
	last := func(o *office, id string) int { return len(o.chains[id]) - 1 }
	remove := func(id string, at int, version bool) func(*testing.T, *office) {
		return func(_ *testing.T, o *office) {
			o.chains[id] = slices.Delete(o.chains[id], at, at+1)
			if version {
				o.versions[id]--
			}
		}
	}
	const id = "c048" // 8 records
	require.Len(t, whole.chains[id], 8)

	for _, at := range []int{0, 4} {
		seq := int64(at) + 1
		try(fmt.Sprintf("改动第%d条", seq), func(_ *testing.T, o *office) { o.chains[id][at].Actor = "u8" }, names(ledger.Altered, id, seq))
		try(fmt.Sprintf("抽走第%d条", seq), remove(id, at, false), names(ledger.Removed, id, seq))
		try(fmt.Sprintf("抽走第%d条并改版本号", seq), remove(id, at, true), names(ledger.Removed, id, seq))
	}
	try("截去末条", remove(id, 7, false), names(ledger.CutOff, id, 8))
	try("截去末条并改版本号", remove(id, 7, true), names(ledger.CutOff, id, 8))
	try("互换两条", func(_ *testing.T, o *office) {
		r := o.chains[id]
		r[2], r[5] = r[5], r[2]
		r[2].Seq, r[5].Seq = 3, 6
	}, func(t *testing.T, r *ledger.Report) {
		names(ledger.Swapped, id, 3)(t, r)
		names(ledger.Swapped, id, 6)(t, r)
		require.Len(t, r.Faults, 2)
		require.Equal(t, ledger.Ref{Case: id, Seq: 6}, r.Faults[0].From)
	})
	try("抽走整个卷宗", func(_ *testing.T, o *office) {
		delete(o.chains, id)
		o.order = slices.DeleteFunc(o.order, func(s string) bool { return s == id })
	}, func(t *testing.T, r *ledger.Report) {
		for seq := range int64(8) {
			names(ledger.CaseRemoved, id, seq+1)(t, r)
		}
	})
	try("从别的卷宗移来一行，卷宗号照改", func(_ *testing.T, o *office) {
		r := o.chains["c013"][3]
		r.Case = id
		o.chains[id][3] = r
	}, func(t *testing.T, r *ledger.Report) {
		names(ledger.Copied, id, 4)(t, r)
		require.Equal(t, ledger.Ref{Case: "c013", Seq: 4}, r.Faults[0].From)
	})
	try("从别的卷宗移来一行", func(_ *testing.T, o *office) { o.chains[id][3] = o.chains["c013"][3] }, names(ledger.Copied, id, 4))
	try("改动末条并重算摘要", func(t *testing.T, o *office) { reseal(t, o, id, last(o, id)) }, names(ledger.Replaced, id, 8))
	try("改动首条并重算整条链", func(t *testing.T, o *office) { reseal(t, o, id, 0) }, func(t *testing.T, r *ledger.Report) {
		for seq := range int64(8) {
			names(ledger.Replaced, id, seq+1)(t, r)
		}
	})
	try("插入一条并重算其后", func(t *testing.T, o *office) {
		r := o.chains[id]
		extra := r[3]
		o.chains[id] = slices.Insert(r, 3, extra)
		for i := range o.chains[id] {
			o.chains[id][i].Seq = int64(i) + 1
		}
		o.versions[id]++
		reseal(t, o, id, 3)
	}, names(ledger.Replaced, id, 4))
	try("版本号改小", func(_ *testing.T, o *office) { o.versions[id] = 6 }, names(ledger.Added, id, 7))
	try("非公开部分改动", func(_ *testing.T, o *office) { o.chains[id][2].Private[0] ^= 1 }, names(ledger.PrivateAltered, id, 3))

	t.Run("BB-20 总账一位被改", func(t *testing.T) {
		o := whole.clone()
		place := slices.IndexFunc(o.log, func(l ledger.Leaf) bool { return l.Case == id && l.Seq == 2 })
		o.log[place].Hash[7] ^= 1
		r := audit(t, o.books(full...))
		require.True(t, found(r.Faults, ledger.LogAltered, id, 2), "%v", r.Faults)
		r = audit(t, o.books(bare...))
		require.Equal(t, ledger.Broken, r.Verdict)
		rewritten := slices.IndexFunc(r.Faults, func(f ledger.Fault) bool { return f.Code == ledger.Rewritten })
		require.GreaterOrEqual(t, rewritten, 0)
		require.EqualValues(t, 200, r.Faults[rewritten].Place, "the checkpoints of the office say between which sizes")
		require.EqualValues(t, 300, r.Faults[rewritten].Until)
	})
	t.Run("BB-20 总账抽去一位", func(t *testing.T) {
		o := whole.clone()
		place := slices.IndexFunc(o.log, func(l ledger.Leaf) bool { return l.Case == id && l.Seq == 2 })
		o.log = slices.Delete(o.log, place, place+1)
		r := audit(t, o.books(full...))
		require.True(t, found(r.Faults, ledger.LogAltered, id, 2), "%v", r.Faults)
		r = audit(t, o.books(bare...))
		require.True(t, found(r.Faults, ledger.LogAltered, id, 2), "it has no place, though the next has: %v", r.Faults)
	})
	t.Run("BB-20 总账被截断", func(t *testing.T) {
		o := whole.clone()
		o.log = o.log[:850]
		r := audit(t, o.books(bare...))
		require.True(t, slices.ContainsFunc(r.Faults, func(f ledger.Fault) bool { return f.Code == ledger.LogCutOff && f.Place == 850 }), "%v", r.Faults)
	})
	t.Run("BB-20 总账重复一位", func(t *testing.T) {
		o := whole.clone()
		o.log = append(o.log, o.log[17])
		r := audit(t, o.books(full...))
		require.True(t, found(r.Faults, ledger.Added, o.log[17].Case, o.log[17].Seq), "%v", r.Faults)
	})

	// The worst: everything rewritten, the log rebuilt, the checkpoints signed
	// anew, with the office's own key.
	rewrite := func(t *testing.T, o *office) {
		o.chains[id][2].Structure = []byte(`{"stage":"approved"}`)
		reseal(t, o, id, 2)
		for i := range o.log {
			l := &o.log[i]
			l.Hash = o.chains[l.Case][l.Seq-1].Hash
		}
		o.sign(t)
	}
	t.Run("BB-20 整库重写、链和总账重算、检查点重签 外存检查点和明细", func(t *testing.T) {
		o := whole.clone()
		rewrite(t, o)
		r := audit(t, o.books(full...))
		require.Equal(t, ledger.Broken, r.Verdict)
		for seq := int64(3); seq <= 6; seq++ { // 7 and 8 lie after what was kept outside
			require.True(t, found(r.Faults, ledger.Replaced, id, seq), "record %d: %v", seq, r.Faults)
		}
		for _, f := range r.Faults {
			require.Equal(t, id, f.Case, "nothing else is blamed: %v", f)
		}
	})
	t.Run("BB-20 整库重写、链和总账重算、检查点重签 外存检查点", func(t *testing.T) {
		o := whole.clone()
		rewrite(t, o)
		var many []ledger.Deposit
		for _, n := range whole.checkpoints[:9] {
			many = append(many, ledger.Deposit{Note: n})
		}
		r := audit(t, o.books(many...))
		require.Len(t, r.Faults, 1)
		place := slices.IndexFunc(o.log, func(l ledger.Leaf) bool { return l.Case == id && l.Seq == 3 })
		f := r.Faults[0]
		require.Equal(t, ledger.Rewritten, f.Code)
		require.LessOrEqual(t, f.Place, int64(place))
		require.Greater(t, f.Until, int64(place))
		require.EqualValues(t, 100, f.Until-f.Place, "as near as the checkpoints kept outside lie together")
		first := whole.log[f.Place]
		require.Equal(t, ledger.Ref{Case: first.Case, Seq: first.Seq}, f.From, "the first record in doubt is named")

		r = audit(t, o.books(bare...))
		require.Len(t, r.Faults, 1)
		require.Equal(t, ledger.Rewritten, r.Faults[0].Code)
		require.EqualValues(t, 0, r.Faults[0].Place, "checkpoints signed anew show nothing")
		require.EqualValues(t, 900, r.Faults[0].Until)
	})
	t.Run("BB-20 整库重写而无外存：自身相符，故不作完好的结论", func(t *testing.T) {
		o := whole.clone()
		rewrite(t, o)
		r := audit(t, o.books())
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Undetermined, r.Verdict)
	})
	t.Run("BB-20 检查点由别的密钥签署", func(t *testing.T) {
		o := whole.clone()
		o.suite = testSuite(t, "office")
		o.sign(t)
		o.suite = whole.suite
		r := audit(t, o.books(bare...))
		require.Len(t, r.Faults, len(o.checkpoints))
		for _, f := range r.Faults {
			require.Equal(t, ledger.Forged, f.Code)
		}
	})
	t.Run("BB-20 外存明细自身被改", func(t *testing.T) {
		d := slices.Clone(full)
		d[0].Leaves = slices.Clone(d[0].Leaves)
		d[0].Leaves[5].Hash[0] ^= 1
		r := audit(t, whole.books(d...))
		require.Len(t, r.Faults, 1)
		require.Equal(t, ledger.DepositBroken, r.Faults[0].Code)
	})
	t.Run("BB-20 两个检查点互相矛盾", func(t *testing.T) {
		o := whole.clone()
		f := ledger.NewFrontier(o.suite)
		for range 450 {
			f.Append(ledger.Digest{9})
		}
		r := audit(t, o.books(append(bare, ledger.Deposit{Note: o.checkpoint(t, f)})...))
		require.Len(t, r.Faults, 1)
		require.Equal(t, ledger.Forked, r.Faults[0].Code)
		require.EqualValues(t, 450, r.Faults[0].Place)
	})
}

// reseal is the forger's hand: it seals a case anew from one record on.
func reseal(t *testing.T, o *office, id string, from int) {
	t.Helper()
	r := o.chains[id]
	var prev ledger.Digest
	if from > 0 {
		prev = r[from-1].Hash
	}
	for i := from; i < len(r); i++ {
		require.NoError(t, ledger.Seal(o.suite, prev, &r[i], rand.Reader))
		prev = r[i].Hash
	}
}

// TestEveryByte flips each byte of every field of a sample of records: start,
// middle and end of cases at start, middle and end of the office.
func TestEveryByte(t *testing.T) {
	whole := newOffice(t, testSuite(t, "office"))
	bare, _ := whole.deposits()
	flips, audits := 0, 0
	for _, ref := range []ledger.Ref{{Case: "c000", Seq: 1}, {Case: "c000", Seq: 2}, {Case: "c097", Seq: 4}, {Case: "c097", Seq: 8}, {Case: "c199", Seq: 1}, {Case: "c199", Seq: 5}} {
		n := len(flatten(&whole.chains[ref.Case][ref.Seq-1]))
		for at := range n {
			chain := clone(whole.chains[ref.Case])
			rec := &chain[ref.Seq-1]
			flat := flatten(rec)
			flat[at] ^= 1 << (at % 8)
			unflatten(rec, flat)
			faults := ledger.VerifyChain(tenant, ref.Case, chain)
			require.NotEmpty(t, faults, "byte %d of %v", at, ref)
			if rec.Seq == ref.Seq { // else the number itself was altered
				require.True(t, slices.ContainsFunc(faults, func(f ledger.Fault) bool { return f.Seq == ref.Seq }), "byte %d of %v: %v", at, ref, faults)
			}
			flips++
			if at%19 == 0 {
				o := *whole
				o.chains = map[string][]ledger.Record{}
				for id, r := range whole.chains {
					o.chains[id] = r
				}
				o.chains[ref.Case] = chain
				r := audit(t, o.books(bare...))
				require.Equal(t, ledger.Broken, r.Verdict, "byte %d of %v", at, ref)
				for _, f := range r.Faults {
					require.Equal(t, ref.Case, f.Case)
				}
				audits++
			}
		}
	}
	t.Logf("BB-20 %d bytes flipped, %d of them before a full audit", flips, audits)
	require.Greater(t, flips, 1200)
}

// flatten lays all fields of a record out in bytes of the same lengths.
func flatten(r *ledger.Record) []byte {
	var b []byte
	b = append(b, r.Suite...)
	b = append(b, r.Tenant...)
	b = append(b, r.Case...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Seq))
	b = append(b, r.Type...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Time))
	b = append(b, r.On...)
	b = append(b, r.Actor...)
	for _, part := range [][]byte{r.Structure, r.Commitment[:], r.Prev[:], r.Hash[:], r.Salt, r.Private} {
		b = append(b, part...)
	}
	return b
}

func unflatten(r *ledger.Record, b []byte) {
	rd := bytes.NewReader(b)
	take := func(n int) []byte {
		out := make([]byte, n)
		_, _ = rd.Read(out)
		return out
	}
	r.Suite, r.Tenant, r.Case = string(take(len(r.Suite))), string(take(len(r.Tenant))), string(take(len(r.Case)))
	r.Seq = int64(binary.BigEndian.Uint64(take(8)))
	r.Type = string(take(len(r.Type)))
	r.Time = int64(binary.BigEndian.Uint64(take(8)))
	r.On, r.Actor = string(take(len(r.On))), string(take(len(r.Actor)))
	r.Structure = take(len(r.Structure))
	copy(r.Commitment[:], take(32))
	copy(r.Prev[:], take(32))
	copy(r.Hash[:], take(32))
	r.Salt, r.Private = take(len(r.Salt)), take(len(r.Private))
}
