package ledger_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha3"
	"errors"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
)

// otherSuite is a second suite, as a host with a certified device would write
// one: SHA3-256 in the place of SM3, ECDSA P-256 in the place of SM2, and a
// device that can fail.
type otherSuite struct {
	priv   *ecdsa.PrivateKey
	name   string
	broken error
}

func newOther(t testing.TB, name string) *otherSuite {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return &otherSuite{priv: key, name: name}
}

func (*otherSuite) ID() string                    { return "sha3-p256" }
func (*otherSuite) Sum(data []byte) ledger.Digest { return sha3.Sum256(data) }

func (s *otherSuite) Key() ledger.Key {
	if s.priv == nil {
		return ledger.Key{}
	}
	raw, err := s.priv.PublicKey.Bytes()
	if err != nil {
		return ledger.Key{}
	}
	return ledger.Key{Name: s.name, Public: "\xf0" + string(raw)}
}

func (s *otherSuite) Sign(ctx context.Context, message []byte) ([]byte, error) {
	if s.priv == nil {
		return nil, ledger.ErrNoKey
	}
	if s.broken != nil {
		return nil, s.broken
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sum := sha3.Sum256(message)
	return s.priv.Sign(rand.Reader, sum[:], crypto.SHA3_256)
}

func (*otherSuite) Verify(key ledger.Key, message, signature []byte) bool {
	if len(key.Public) < 2 || key.Public[0] != 0xf0 {
		return false
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), []byte(key.Public[1:]))
	if err != nil {
		return false
	}
	sum := sha3.Sum256(message)
	return ecdsa.VerifyASN1(pub, sum[:], signature)
}

// TestSecondSuite: the interface suffices for another hash and signature.
func TestSecondSuite(t *testing.T) {
	o := newOffice(t, newOther(t, "gm"))
	bare, full := o.deposits()
	for _, d := range [][]ledger.Deposit{bare, full} {
		r := audit(t, o.books(d...))
		require.Empty(t, r.Faults)
		require.Equal(t, ledger.Intact, r.Verdict)
	}
	t.Run("BB-20 第二套件下的改动同样查出", func(t *testing.T) {
		c := o.clone()
		c.chains["c011"][2].Structure[0] ^= 1
		r := audit(t, c.books(full...))
		require.True(t, found(r.Faults, ledger.Altered, "c011", 3), "%v", r.Faults)
	})
	t.Run("两种套件的摘要不同", func(t *testing.T) {
		r := o.chains["c011"][0]
		require.NotEqual(t, ledger.Standard().Sum(ledger.AppendForm(nil, &r)), r.Hash)
		require.Equal(t, o.suite.Sum(ledger.AppendForm(nil, &r)), r.Hash)
	})
	t.Run("证明", func(t *testing.T) {
		tree := ledger.NewTree(o.suite)
		for _, l := range o.log[:900] {
			tree.Append(l.Hash)
		}
		cp, by, err := ledger.OpenCheckpoint(o.checkpoints[8], []ledger.Key{o.suite.Key()}, o.suite)
		require.NoError(t, err)
		require.Equal(t, []ledger.Key{o.suite.Key()}, by)
		require.Equal(t, "sha3-p256", cp.Suite)
		p, err := tree.Inclusion(77, 900)
		require.NoError(t, err)
		require.NoError(t, p.Verify(o.suite, o.log[77].Hash, cp))
		require.ErrorIs(t, p.Verify(ledger.Standard(), o.log[77].Hash, cp), ledger.ErrProof)
	})
	t.Run("换套件：旧记录仍可核验，两套检查点并存", func(t *testing.T) {
		// The office changes to the other suite at 900 leaves and signs the log
		// as it stands with both.
		next := testSuite(t, "next")
		c := o.clone()
		r := ledger.Record{Tenant: tenant, Case: "c011", Seq: int64(len(c.chains["c011"])) + 1, Type: "e"}
		require.NoError(t, ledger.Seal(next, c.chains["c011"][r.Seq-2].Hash, &r, rand.Reader))
		c.chains["c011"] = append(c.chains["c011"], r)
		c.versions["c011"]++
		c.log = append(c.log, ledger.Leaf{Case: "c011", Seq: r.Seq, Hash: r.Hash})
		f := ledger.NewFrontier(next)
		for _, l := range c.log {
			f.Append(l.Hash)
		}
		signed, err := ledger.SignCheckpoint(t.Context(), next, ledger.Checkpoint{Tenant: tenant, Size: f.Size(), Root: f.Root()})
		require.NoError(t, err)
		b := c.books(append(bare, ledger.Deposit{Note: signed})...)
		b.Suites = append(b.Suites, next)
		b.Keys = append(b.Keys, next.Key())
		report := audit(t, b)
		require.Empty(t, report.Faults)
		require.Equal(t, ledger.Intact, report.Verdict)
		require.Empty(t, report.NotYetAnchored)
	})
	t.Run("设备故障时不出检查点", func(t *testing.T) {
		broken := newOther(t, "gm")
		broken.broken = errors.New("device offline")
		_, err := ledger.SignCheckpoint(t.Context(), broken, ledger.Checkpoint{Tenant: tenant})
		require.ErrorIs(t, err, broken.broken)
	})
}

func TestCheckpointNote(t *testing.T) {
	suite := testSuite(t, "gongkai.example.gov.cn")
	cp := ledger.Checkpoint{Tenant: "蚌埠/1 局", Suite: suite.ID(), Size: 20852163, Root: ledger.Digest{1, 2, 3}, Time: 1795500000000}
	signed, err := ledger.SignCheckpoint(t.Context(), suite, cp)
	require.NoError(t, err)

	t.Run("往返", func(t *testing.T) {
		got, by, err := ledger.OpenCheckpoint(signed, []ledger.Key{testSuite(t, "x").Key(), suite.Key()})
		require.NoError(t, err)
		require.Equal(t, cp, got)
		require.Equal(t, []ledger.Key{suite.Key()}, by)
	})
	t.Run("x/mod 的 note 能独立核验", func(t *testing.T) {
		v, err := note.NewVerifier(suite.Key().String())
		require.NoError(t, err)
		n, err := note.Open(signed, note.VerifierList(v))
		require.NoError(t, err)
		require.Equal(t, cp.Text(), n.Text)
	})
	t.Run("不认识的密钥不算数", func(t *testing.T) {
		_, _, err := ledger.OpenCheckpoint(signed, []ledger.Key{testSuite(t, "gongkai.example.gov.cn").Key()})
		require.ErrorIs(t, err, ledger.ErrCheckpoint)
		_, _, err = ledger.OpenCheckpoint(signed, nil)
		require.ErrorIs(t, err, ledger.ErrCheckpoint)
	})
	t.Run("每一字节改动都不再成立", func(t *testing.T) {
		for i := range signed {
			bad := append([]byte(nil), signed...)
			bad[i] ^= 1
			_, _, err := ledger.OpenCheckpoint(bad, []ledger.Key{suite.Key()})
			require.Error(t, err, "byte %d", i)
		}
	})
	t.Run("上级机关会签", func(t *testing.T) {
		witness := newOther(t, "province")
		both, err := ledger.Cosign(t.Context(), witness, signed, []ledger.Key{suite.Key()})
		require.NoError(t, err)
		_, by, err := ledger.OpenCheckpoint(both, []ledger.Key{suite.Key(), witness.Key()}, ledger.Standard(), witness)
		require.NoError(t, err)
		require.ElementsMatch(t, []ledger.Key{suite.Key(), witness.Key()}, by)
		_, by, err = ledger.OpenCheckpoint(both, []ledger.Key{witness.Key()}, witness)
		require.NoError(t, err)
		require.Equal(t, []ledger.Key{witness.Key()}, by)
		_, err = ledger.Cosign(t.Context(), witness, signed, nil)
		require.ErrorIs(t, err, ledger.ErrNote, "a witness signs nothing that it cannot verify")
	})
	t.Run("别类签名文不能充作检查点", func(t *testing.T) {
		other, err := ledger.SignNote(t.Context(), suite, "gongkai.package/x\n1\n")
		require.NoError(t, err)
		_, _, err = ledger.OpenCheckpoint(other, []ledger.Key{suite.Key()})
		require.ErrorIs(t, err, ledger.ErrCheckpoint)
	})
	t.Run("无私钥的套件不能签", func(t *testing.T) {
		_, err := ledger.SignCheckpoint(t.Context(), ledger.Standard(), cp)
		require.ErrorIs(t, err, ledger.ErrNoKey)
		_, err = ledger.Standard().Sign(t.Context(), nil)
		require.ErrorIs(t, err, ledger.ErrNoKey)
	})
	t.Run("取消的请求不签", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := ledger.SignCheckpoint(ctx, suite, cp)
		require.ErrorIs(t, err, context.Canceled)
	})
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add(ledger.Checkpoint{Tenant: "t", Suite: "s", Size: 3, Time: -1}.Text())
	f.Add("gongkai.log/%\n1\n\nsuite \ntime \n")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ledger.ParseCheckpoint(text)
		if err != nil {
			require.ErrorIs(t, err, ledger.ErrCheckpoint)
			return
		}
		again, err := ledger.ParseCheckpoint(c.Text())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}

func TestNewStandardRefuses(t *testing.T) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	for _, name := range []string{"", "a b", "a+b", "a\nb", "\xff"} {
		_, err := ledger.NewStandard(name, key)
		require.Error(t, err, "%q", name)
	}
	_, err = ledger.NewStandard("a", key[:12])
	require.Error(t, err)
}

func FuzzParseKey(f *testing.F) {
	f.Add(ledger.Key{Name: "a", Public: "\x01" + string(make([]byte, 32))}.String())
	f.Add("a+00000000+AQ==")
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ledger.ParseKey(s)
		if err != nil {
			return
		}
		again, err := ledger.ParseKey(k.String())
		require.NoError(t, err)
		require.Equal(t, k, again)
		require.False(t, ledger.Standard().Verify(k, []byte("x"), []byte("y")))
	})
}

func FuzzParseDigest(f *testing.F) {
	f.Add(ledger.Digest{1}.String())
	f.Add("zz")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ledger.ParseDigest(s)
		if err != nil {
			return
		}
		text, err := d.MarshalText()
		require.NoError(t, err)
		var again ledger.Digest
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, d, again)
	})
}
