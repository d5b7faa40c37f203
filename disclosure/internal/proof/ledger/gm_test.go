package ledger_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"os"
	"testing"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

// gm is a Suite of SM3 and SM2 (国密) in software. A certified device stands in
// its place in production: only Sign changes.
type gm struct {
	name string
	priv *sm2.PrivateKey
}

const algSM2 = 0xf2 // a number of ours: signed notes have none for SM2

func (gm) ID() string                    { return "sm3-sm2" }
func (gm) Sum(data []byte) ledger.Digest { return sm3.Sum(data) }

func (g gm) Key() ledger.Key {
	if g.priv == nil {
		return ledger.Key{}
	}
	pub, err := sm2.PublicKeyToECDH(&g.priv.PublicKey)
	if err != nil {
		return ledger.Key{}
	}
	return ledger.Key{Name: g.name, Public: string(append([]byte{algSM2}, pub.Bytes()...))}
}

func (g gm) Sign(ctx context.Context, message []byte) ([]byte, error) {
	if g.priv == nil {
		return nil, ledger.ErrNoKey
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return g.priv.Sign(rand.Reader, message, sm2.DefaultSM2SignerOpts) // hashes Z and the message itself
}

func (gm) Verify(key ledger.Key, message, signature []byte) bool {
	if len(key.Public) < 2 || key.Public[0] != algSM2 {
		return false
	}
	pub, err := sm2.NewPublicKey([]byte(key.Public[1:]))
	if err != nil {
		return false
	}
	return sm2.VerifyASN1WithSM2(pub, nil, message, signature)
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

func TestSM2SM3(t *testing.T) {
	priv, err := sm2.GenerateKey(rand.Reader)
	require.NoError(t, err)
	suite := gm{"gongkai.example.gov.cn", priv}

	sum := suite.Sum([]byte("abc"))
	require.Equal(t, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", sum.String(), "the example of GB/T 32905")

	var chains []ledger.Chain
	var leaves []ledger.Leaf
	frontier, tree := ledger.NewFrontier(suite), ledger.NewTree(suite)
	for i := range 200 {
		c := ledger.Chain{Case: fmt.Sprintf("c%03d", i), Version: 3}
		var prev ledger.Digest
		for k := range int64(3) {
			r := ledger.Record{Tenant: "t", Case: c.Case, Seq: k + 1, Type: "e", Structure: []byte("{}"), Private: []byte("张三")}
			require.NoError(t, ledger.Seal(suite, prev, &r, rand.Reader))
			require.Equal(t, "sm3-sm2", r.Suite)
			prev = r.Hash
			c.Records = append(c.Records, r)
			leaves = append(leaves, ledger.Leaf{Case: c.Case, Seq: r.Seq, Hash: r.Hash})
			frontier.Append(r.Hash)
			tree.Append(r.Hash)
		}
		chains = append(chains, c)
	}
	cp := ledger.Checkpoint{Tenant: "t", Suite: suite.ID(), Size: frontier.Size(), Root: frontier.Root(), Time: 1795500000000}
	note, err := ledger.SignCheckpoint(t.Context(), suite, cp)
	require.NoError(t, err)
	books := ledger.Books{Tenant: "t", Keys: []ledger.Key{suite.Key()}, Suites: []ledger.Suite{gm{}}, Chains: each(chains), Leaves: each(leaves), Deposits: []ledger.Deposit{{Note: note}}}

	t.Run("BB-20 国密套件：账册相符", func(t *testing.T) {
		r, err := ledger.Audit(books)
		require.NoError(t, err)
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Intact, r.Verdict)
	})
	t.Run("BB-20 国密套件：改动即知", func(t *testing.T) {
		rec := &chains[77].Records[1]
		rec.Structure = []byte("[]")
		defer func() { rec.Structure = []byte("{}") }()
		r, err := ledger.Audit(books)
		require.NoError(t, err)
		require.Len(t, r.Faults, 1)
		require.Equal(t, ledger.Altered, r.Faults[0].Code)
		require.Equal(t, "c077", r.Faults[0].Case)
		require.EqualValues(t, 2, r.Faults[0].Seq)
	})
	t.Run("国密套件：每一字节改动的检查点都不成立", func(t *testing.T) {
		for i := range note {
			bad := append([]byte(nil), note...)
			bad[i] ^= 1
			_, _, err := ledger.OpenCheckpoint(bad, []ledger.Key{suite.Key()}, gm{})
			require.Error(t, err, "byte %d", i)
		}
	})
	t.Run("BB-21 国密套件：卷宗", func(t *testing.T) {
		at := map[ledger.Digest]int64{}
		for i, l := range leaves {
			at[l.Hash] = int64(i)
		}
		places, _, err := dossier.Prove(tree, cp, chains[5].Records, func(d ledger.Digest) (int64, bool) { p, ok := at[d]; return p, ok }, nil)
		require.NoError(t, err)
		dir := t.TempDir()
		c := &dossier.Case{Tenant: "t", ID: chains[5].Case, Records: chains[5].Records, Proof: dossier.Proof{Checkpoint: note, Keys: []ledger.Key{suite.Key()}, Places: places}}
		require.NoError(t, dossier.Write(t.Context(), dossier.ToFolder(dir), c, &dossier.Options{Suite: suite}, suite))
		r := dossier.Check(os.DirFS(dir), &dossier.Trust{Keys: []ledger.Key{suite.Key()}, Suites: []ledger.Suite{gm{}}})
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Notes)
	})
}

func BenchmarkSuites(b *testing.B) {
	for _, suite := range []ledger.Suite{ledger.Standard(), gm{}} {
		b.Run("seal/suite="+suite.ID(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := ledger.Record{Tenant: "bb", Case: "01JDM0X3Q5W9V7", Seq: 1, Type: "propose", Structure: make([]byte, 180), Private: make([]byte, 180)}
				if err := ledger.Seal(suite, ledger.Digest{}, &r, rand.Reader); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
