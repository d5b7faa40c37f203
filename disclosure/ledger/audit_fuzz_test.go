package ledger_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

// FuzzAudit lets the fuzzer's bytes alter a small office, all of whose log is
// kept outside: whatever differs is found, what does not differ is not blamed,
// and nothing hangs or panics.
func FuzzAudit(f *testing.F) {
	suite := testSuite(f, "office")
	whole := &office{suite: suite, chains: map[string][]ledger.Record{}, versions: map[string]int64{}}
	for i := range 5 {
		id := caseID(i)
		whole.order = append(whole.order, id)
		whole.chains[id] = sealed(f, suite, tenant, id, 2+i%3)
		whole.versions[id] = int64(len(whole.chains[id]))
		for _, r := range whole.chains[id] {
			whole.log = append(whole.log, ledger.Leaf{Case: id, Seq: r.Seq, Hash: r.Hash})
		}
	}
	whole.sign(f)
	last := whole.checkpoints[len(whole.checkpoints)-1]
	deposits := [][]ledger.Deposit{{{Note: last}}, {{Note: last, Leaves: slices.Clone(whole.log)}}}

	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte{1, 2, 1, 0, 2, 1, 1, 3, 3, 0, 1, 2})
	f.Add([]byte{4, 0, 0, 0, 5, 1, 1, 200, 6, 2, 1, 255, 7, 3, 3, 0})
	f.Add([]byte{8, 0, 7, 1, 9, 0, 3, 0, 10, 1, 1, 127, 11, 2, 0, 1})
	f.Fuzz(func(t *testing.T, ops []byte) {
		o := whole.clone()
		ops = ops[:min(len(ops), 48)]
		for len(ops) >= 4 {
			mutate(o, ops[0], int(ops[1]), int(ops[2]), ops[3])
			ops = ops[4:]
		}
		for _, d := range deposits {
			r := audit(t, o.books(d...))
			if same(o, whole) {
				require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Faults)
			} else {
				require.Equal(t, ledger.Broken, r.Verdict)
			}
			for _, fault := range r.Faults {
				require.NotEmpty(t, fault.Explain())
				require.NotEmpty(t, fault.Error())
			}
		}
	})
}

func mutate(o *office, op byte, a, b int, c byte) {
	if len(o.order) == 0 {
		return
	}
	id := o.order[a%len(o.order)]
	r := o.chains[id]
	if len(r) == 0 {
		return
	}
	i, j := b%len(r), int(c)%len(r)
	switch op % 14 {
	case 0:
		flat := flatten(&r[i])
		flat[int(c)*7%len(flat)] ^= 1 << (a % 8)
		unflatten(&r[i], flat)
	case 1:
		o.chains[id] = slices.Delete(r, i, i+1)
	case 2:
		r[i], r[j] = r[j], r[i]
	case 3:
		r[i], r[j] = r[j], r[i]
		r[i].Seq, r[j].Seq = r[j].Seq, r[i].Seq
	case 4:
		o.order = slices.DeleteFunc(o.order, func(s string) bool { return s == id })
		delete(o.chains, id)
	case 5:
		other := o.chains[o.order[int(c)%len(o.order)]]
		if len(other) > 0 {
			r[i] = other[b%len(other)]
		}
	case 6:
		o.versions[id] += int64(int8(c))
	case 7:
		r[i].Seq = 1<<62 + int64(c)<<55 // absurd, and near the end of what fits
	case 8:
		if len(o.log) > 0 {
			o.log = slices.Delete(o.log, b%len(o.log), b%len(o.log)+1)
		}
	case 9:
		if len(o.log) > 0 {
			o.log[b%len(o.log)].Hash[c%32] ^= 1
		}
	case 10:
		if len(o.log) > 0 {
			o.log[b%len(o.log)].Seq += int64(int8(c))
		}
	case 11:
		if len(o.log) > 0 {
			o.log = append(o.log, o.log[b%len(o.log)])
		}
	case 12:
		o.chains[id] = slices.Insert(r, i, r[j])
	case 13:
		r[i].Erase() // by law: no alteration
	}
}

// same compares two offices by everything but what was erased.
func same(a, b *office) bool {
	if !slices.Equal(a.order, b.order) || !slices.Equal(a.log, b.log) {
		return false
	}
	for _, id := range a.order {
		x, y := a.chains[id], b.chains[id]
		if len(x) != len(y) || a.versions[id] != b.versions[id] {
			return false
		}
		for i := range x {
			if !bytes.Equal(ledger.AppendForm(nil, &x[i]), ledger.AppendForm(nil, &y[i])) || x[i].Hash != y[i].Hash {
				return false
			}
			if !x[i].Erased() && (!bytes.Equal(x[i].Salt, y[i].Salt) || !bytes.Equal(x[i].Private, y[i].Private)) {
				return false
			}
		}
	}
	return true
}
