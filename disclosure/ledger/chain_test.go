package ledger_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"slices"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sealed makes a case of n records.
func sealed(t testing.TB, suite ledger.Suite, tenant, id string, n int) []ledger.Record {
	t.Helper()
	var out []ledger.Record
	var prev ledger.Digest
	for i := range n {
		r := ledger.Record{
			Tenant: tenant, Case: id, Seq: int64(i) + 1, Type: "event", Time: 1795500000000 + int64(i), On: "2026-11-24", Actor: "u7",
			Structure: fmt.Appendf(nil, `{"stage":"s%d"}`, i),
			Private:   fmt.Appendf(nil, `{"note":"%s 第%d条"}`, id, i),
		}
		require.NoError(t, ledger.Seal(suite, prev, &r, rand.Reader))
		prev = r.Hash
		out = append(out, r)
	}
	return out
}

// clone copies records so deeply that a test may alter them.
func clone(in []ledger.Record) []ledger.Record {
	out := slices.Clone(in)
	for i := range out {
		out[i].Structure = bytes.Clone(out[i].Structure)
		out[i].Salt = bytes.Clone(out[i].Salt)
		out[i].Private = bytes.Clone(out[i].Private)
	}
	return out
}

func found(faults []ledger.Fault, code ledger.Code, caseID string, seq int64) bool {
	return slices.ContainsFunc(faults, func(f ledger.Fault) bool {
		return f.Code == code && f.Case == caseID && f.Seq <= seq && seq <= f.To
	})
}

func TestVerifyChain(t *testing.T) {
	suite := ledger.Standard()
	whole := sealed(t, suite, "t", "c1", 9)
	other := sealed(t, suite, "t", "c2", 9)
	verify := func(r []ledger.Record) []ledger.Fault { return ledger.VerifyChain("t", "c1", r) }
	want := func(t *testing.T, r []ledger.Record, code ledger.Code, seq int64) {
		t.Helper()
		faults := verify(r)
		assert.True(t, found(faults, code, "c1", seq), "want %s at %d, got %v", code, seq, faults)
	}

	t.Run("BB-20 未动过的链无误", func(t *testing.T) { require.Empty(t, verify(whole)) })
	t.Run("BB-20 空链无误", func(t *testing.T) { require.Empty(t, verify(nil)) })
	for _, at := range []int{0, 4, 8} {
		seq := int64(at) + 1
		for name, alter := range map[string]func(*ledger.Record){
			"类型":  func(r *ledger.Record) { r.Type = "Event" },
			"时刻":  func(r *ledger.Record) { r.Time++ },
			"日期":  func(r *ledger.Record) { r.On = "2026-11-25" },
			"经手人": func(r *ledger.Record) { r.Actor = "u8" },
			"结构":  func(r *ledger.Record) { r.Structure[0] ^= 1 },
			"摘要":  func(r *ledger.Record) { r.Hash[31] ^= 1 },
			"前摘要": func(r *ledger.Record) { r.Prev[0] ^= 1 },
			"承诺":  func(r *ledger.Record) { r.Commitment[5] ^= 1 },
		} {
			t.Run(fmt.Sprintf("BB-20 改动第%d条的%s", seq, name), func(t *testing.T) {
				r := clone(whole)
				alter(&r[at])
				want(t, r, ledger.Altered, seq)
				assert.Len(t, verify(r), 1, "one alteration, one fault")
			})
		}
		t.Run(fmt.Sprintf("BB-20 改动第%d条的非公开部分", seq), func(t *testing.T) {
			r := clone(whole)
			r[at].Private[3] ^= 1
			want(t, r, ledger.PrivateAltered, seq)
			r = clone(whole)
			r[at].Salt[3] ^= 1
			want(t, r, ledger.PrivateAltered, seq)
			r = clone(whole)
			r[at].Salt = nil
			want(t, r, ledger.PrivateAltered, seq)
			r = clone(whole)
			r[at].Private = nil
			want(t, r, ledger.PrivateAltered, seq)
		})
		t.Run(fmt.Sprintf("BB-20 从别的卷宗移来第%d条", seq), func(t *testing.T) {
			r := clone(whole)
			r[at] = other[at]
			want(t, r, ledger.Copied, seq)
		})
		t.Run(fmt.Sprintf("BB-20 第%d条整条重新封存", seq), func(t *testing.T) {
			r := clone(whole)
			r[at].Structure = []byte("{}")
			r[at].Suite = ""
			require.NoError(t, ledger.Seal(suite, r[at].Prev, &r[at], rand.Reader))
			if at == len(r)-1 {
				require.Empty(t, verify(r), "the last record of a chain has no successor; the log remembers it")
				return
			}
			want(t, r, ledger.Replaced, seq)
		})
	}
	t.Run("BB-20 抽走首条、中间一条", func(t *testing.T) {
		want(t, clone(whole)[1:], ledger.Removed, 1)
		want(t, slices.Delete(clone(whole), 4, 5), ledger.Removed, 5)
		want(t, slices.Delete(clone(whole), 2, 6), ledger.Removed, 6)
	})
	t.Run("BB-20 两条互换而序号照旧", func(t *testing.T) {
		for _, pair := range [][2]int{{2, 3}, {0, 8}, {1, 6}} {
			r := clone(whole)
			a, b := pair[0], pair[1]
			r[a], r[b] = r[b], r[a]
			r[a].Seq, r[b].Seq = int64(a)+1, int64(b)+1
			want(t, r, ledger.Swapped, int64(a)+1)
			want(t, r, ledger.Swapped, int64(b)+1)
			assert.Len(t, verify(r), 2)
		}
	})
	t.Run("BB-20 两行次序颠倒", func(t *testing.T) {
		r := clone(whole)
		r[2], r[3] = r[3], r[2]
		want(t, r, ledger.Swapped, 3)
	})
	t.Run("BB-20 抽走一条后重编序号", func(t *testing.T) {
		r := slices.Delete(clone(whole), 4, 5)
		for i := 4; i < len(r); i++ {
			r[i].Seq--
		}
		want(t, r, ledger.Swapped, 5)
	})
	t.Run("BB-20 同一序号两条", func(t *testing.T) {
		want(t, slices.Insert(clone(whole), 4, whole[4]), ledger.Added, 5)
	})
	t.Run("依法清除正文后仍可核验", func(t *testing.T) {
		r := clone(whole)
		for i := range r {
			require.False(t, r[i].Erased())
			r[i].Erase()
			require.True(t, r[i].Erased())
			require.Empty(t, verify(r))
		}
	})
	t.Run("空的非公开部分不等于已清除", func(t *testing.T) {
		r := ledger.Record{Tenant: "t", Case: "c1", Seq: 1, Type: "e"}
		require.NoError(t, ledger.Seal(suite, ledger.Digest{}, &r, rand.Reader))
		require.False(t, r.Erased())
		require.NotNil(t, r.Private)
		r.Private = nil // a store may not tell nil from empty
		require.Empty(t, verify([]ledger.Record{r}))
	})
	t.Run("未知套件不作判断", func(t *testing.T) {
		r := clone(whole)
		r[2].Suite = "sm3-sm2"
		want(t, r, ledger.UnknownSuite, 3)
	})
}

func TestSealRefuses(t *testing.T) {
	good := func() ledger.Record { return ledger.Record{Tenant: "t", Case: "c", Seq: 1, Type: "e"} }
	one := ledger.Digest{1}
	for name, tt := range map[string]struct {
		prev   ledger.Digest
		change func(*ledger.Record)
		random []byte
	}{
		"无机关":       {change: func(r *ledger.Record) { r.Tenant = "" }},
		"无卷宗":       {change: func(r *ledger.Record) { r.Case = "" }},
		"无类型":       {change: func(r *ledger.Record) { r.Type = "" }},
		"序号为零":      {change: func(r *ledger.Record) { r.Seq = 0 }},
		"首条带前摘要":    {prev: one, change: func(*ledger.Record) {}},
		"次条无前摘要":    {change: func(r *ledger.Record) { r.Seq = 2 }},
		"日期写法不对":    {change: func(r *ledger.Record) { r.On = "2026-1-2" }},
		"别的套件":      {change: func(r *ledger.Record) { r.Suite = "x" }},
		"随机数不足32字节": {change: func(*ledger.Record) {}, random: make([]byte, 31)},
	} {
		t.Run(name, func(t *testing.T) {
			r := good()
			tt.change(&r)
			before := r
			random := tt.random
			if random == nil {
				random = make([]byte, 32)
			}
			require.ErrorIs(t, ledger.Seal(ledger.Standard(), tt.prev, &r, bytes.NewReader(random)), ledger.ErrSeal)
			require.Equal(t, before, r)
		})
	}
}

// TestErasedCannotBeGuessed: whoever knows every possible body still learns
// nothing from what is left.
func TestErasedCannotBeGuessed(t *testing.T) {
	suite := ledger.Standard()
	make1 := func(body string) ledger.Record {
		r := ledger.Record{Tenant: "t", Case: "c", Seq: 1, Type: "e", Private: []byte(body)}
		require.NoError(t, ledger.Seal(suite, ledger.Digest{}, &r, rand.Reader))
		return r
	}
	a, b := make1("张三"), make1("张三")
	require.NotEqual(t, a.Commitment, b.Commitment, "the same body is committed differently each time")
	a.Erase()
	for _, guess := range []string{"张三", "李四", ""} {
		tried := a
		tried.Private = []byte(guess)
		tried.Salt = b.Salt // any salt but the erased one
		require.NotEmpty(t, ledger.VerifyChain("t", "c", []ledger.Record{tried}), "a guess cannot be told from a wrong one")
	}
}
