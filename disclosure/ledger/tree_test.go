package ledger_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/testonly"
	"golang.org/x/mod/sumdb/tlog"
)

// mth is RFC 6962 §2.1 as it is written: the obvious twin.
func mth(d [][]byte) (out ledger.Digest) {
	switch n := len(d); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, d[0]...))
	default:
		k := 1
		for k*2 < n {
			k *= 2
		}
		l, r := mth(d[:k]), mth(d[k:])
		return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
	}
}

// pathTwin is PATH(m, D[n]) of RFC 6962 §2.1.1.
func pathTwin(m int, d [][]byte) []ledger.Digest {
	n := len(d)
	if n <= 1 {
		return nil
	}
	k := 1
	for k*2 < n {
		k *= 2
	}
	if m < k {
		return append(pathTwin(m, d[:k]), mth(d[k:]))
	}
	return append(pathTwin(m-k, d[k:]), mth(d[:k]))
}

// subproof is SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2.
func subproof(m int, d [][]byte, b bool) []ledger.Digest {
	n := len(d)
	if m == n {
		if b {
			return nil
		}
		return []ledger.Digest{mth(d)}
	}
	k := 1
	for k*2 < n {
		k *= 2
	}
	if m <= k {
		return append(subproof(m, d[:k], b), mth(d[k:]))
	}
	return append(subproof(m-k, d[k:], false), mth(d[:k]))
}

func TestRFC6962Vectors(t *testing.T) {
	tree, frontier := ledger.NewTree(ledger.Standard()), ledger.NewFrontier(ledger.Standard())
	roots := testonly.RootHashes()
	for n, data := range append([][]byte{nil}, testonly.LeafInputs()...) {
		if n > 0 {
			tree.AppendData(data)
			frontier.AppendData(data)
		}
		root, err := tree.Root(int64(n))
		require.NoError(t, err)
		require.Equal(t, roots[n], root[:], "%d leaves", n)
		got := frontier.Root()
		require.Equal(t, roots[n], got[:], "%d leaves", n)
	}
}

// TestThreeWitnesses compares tree, frontier and proofs for every size up to 70
// with the RFC's recursion and with x/mod/sumdb/tlog.
func TestThreeWitnesses(t *testing.T) {
	const most = 70
	suite := ledger.Standard()
	tree, frontier := ledger.NewTree(suite), ledger.NewFrontier(suite)
	var data [][]byte
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, a := range at {
			out[i] = stored[a]
		}
		return out, nil
	})
	checkpoint := func(n int) ledger.Checkpoint {
		root, err := tree.Root(int64(n))
		require.NoError(t, err)
		return ledger.Checkpoint{Suite: suite.ID(), Size: int64(n), Root: root}
	}
	for n := range most {
		record := ledger.Digest(sha256.Sum256([]byte{byte(n)}))
		data = append(data, record[:])
		tree.Append(record)
		frontier.Append(record)
		more, err := tlog.StoredHashes(int64(n), record[:], read)
		require.NoError(t, err)
		stored = append(stored, more...)
	}
	require.EqualValues(t, most, tree.Size())
	require.EqualValues(t, most, frontier.Size())
	require.Equal(t, checkpoint(most).Root, frontier.Root())
	for size := 0; size <= most; size++ {
		cp := checkpoint(size)
		require.Equal(t, mth(data[:size]), cp.Root)
		if size > 0 {
			witness, err := tlog.TreeHash(int64(size), read)
			require.NoError(t, err)
			require.Equal(t, ledger.Digest(witness), cp.Root)
		}
		for i := range size {
			p, err := tree.Inclusion(int64(i), int64(size))
			require.NoError(t, err)
			require.True(t, slices.Equal(pathTwin(i, data[:size]), p.Path))
			require.NoError(t, p.Verify(suite, ledger.Digest(data[i]), cp))
			path := make(tlog.RecordProof, len(p.Path))
			for k, d := range p.Path {
				path[k] = tlog.Hash(d)
			}
			require.NoError(t, tlog.CheckRecord(path, int64(size), tlog.Hash(cp.Root), int64(i), tlog.RecordHash(data[i])))

			require.ErrorIs(t, p.Verify(suite, ledger.Digest{1}, cp), ledger.ErrProof, "another record")
			wrong := cp
			wrong.Root[0] ^= 1
			require.ErrorIs(t, p.Verify(suite, ledger.Digest(data[i]), wrong), ledger.ErrProof, "another root")
			moved := p
			moved.Place = (p.Place + 1) % p.Size
			if size > 1 {
				require.ErrorIs(t, moved.Verify(suite, ledger.Digest(data[i]), cp), ledger.ErrProof, "another place")
			}
		}
		for from := 0; from <= size; from++ {
			p, err := tree.Consistency(int64(from), int64(size))
			require.NoError(t, err)
			older := checkpoint(from)
			require.NoError(t, p.Verify(suite, older, cp))
			if from > 0 {
				require.True(t, slices.Equal(subproof(from, data[:size], true), p.Path))
				path := make(tlog.TreeProof, len(p.Path))
				for k, d := range p.Path {
					path[k] = tlog.Hash(d)
				}
				require.NoError(t, tlog.CheckTree(path, int64(size), tlog.Hash(cp.Root), int64(from), tlog.Hash(older.Root)))
			}
			older.Root[5] ^= 1
			require.ErrorIs(t, p.Verify(suite, older, cp), ledger.ErrProof, "another history")
		}
	}
}

func TestProofBounds(t *testing.T) {
	tree := ledger.NewTree(ledger.Standard())
	for i := range 5 {
		tree.Append(ledger.Digest{byte(i)})
	}
	for _, bad := range [][2]int64{{-1, 5}, {5, 5}, {0, 6}, {0, 0}, {1, -1}, {0, -9}} {
		_, err := tree.Inclusion(bad[0], bad[1])
		require.ErrorIs(t, err, ledger.ErrProof, "inclusion %v", bad)
	}
	for _, bad := range [][2]int64{{-1, 5}, {3, 2}, {0, 6}} {
		_, err := tree.Consistency(bad[0], bad[1])
		require.ErrorIs(t, err, ledger.ErrProof, "consistency %v", bad)
	}
	for _, bad := range []int64{-1, 6} {
		_, err := tree.Root(bad)
		require.ErrorIs(t, err, ledger.ErrProof)
	}
}

func FuzzProof(f *testing.F) {
	good, _ := ledger.Inclusion{Place: 3, Size: 9, Path: make([]ledger.Digest, 4)}.MarshalBinary()
	f.Add(good)
	f.Add([]byte{})
	f.Add(make([]byte, 16))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p ledger.Inclusion
		if p.UnmarshalBinary(raw) == nil {
			again, err := p.MarshalBinary()
			require.NoError(t, err)
			require.Equal(t, raw, again)
			_ = p.Verify(ledger.Standard(), ledger.Digest{}, ledger.Checkpoint{Size: p.Size})
		}
		var c ledger.Consistency
		if c.UnmarshalBinary(raw) == nil {
			_ = c.Verify(ledger.Standard(), ledger.Checkpoint{Size: c.From}, ledger.Checkpoint{Size: c.To})
		}
	})
}

func BenchmarkInclusion(b *testing.B) {
	for _, size := range []int64{1e4, 1e6} {
		tree := ledger.NewTree(ledger.Standard())
		random := rand.New(rand.NewPCG(1, 2))
		for range size {
			var d ledger.Digest
			for i := range d {
				d[i] = byte(random.Uint32())
			}
			tree.Append(d)
		}
		b.Run(fmt.Sprintf("prove/size=%d", size), func(b *testing.B) {
			b.ReportAllocs()
			var bytes int
			for b.Loop() {
				p, err := tree.Inclusion(random.Int64N(size), size)
				if err != nil {
					b.Fatal(err)
				}
				raw, _ := p.MarshalBinary()
				bytes = max(bytes, len(raw))
			}
			b.ReportMetric(float64(bytes), "bytes/proof")
		})
		b.Run(fmt.Sprintf("verify/size=%d", size), func(b *testing.B) {
			b.ReportAllocs()
			var d ledger.Digest
			tree.Append(d)
			n := tree.Size()
			root, _ := tree.Root(n)
			p, _ := tree.Inclusion(n-1, n)
			for b.Loop() {
				if err := p.Verify(ledger.Standard(), d, ledger.Checkpoint{Size: n, Root: root}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
