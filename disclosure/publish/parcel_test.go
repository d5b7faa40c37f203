package publish_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/publish"
	"github.com/stretchr/testify/require"
)

// pack sends n parcels and returns them as they lie in the exchange folder.
func pack(t testing.TB, suite ledger.Suite, n int) (publish.Channel, []fstest.MapFS) {
	t.Helper()
	c := publish.Channel{ID: "bengbu.内-外"}
	var out []fstest.MapFS
	for i := range n {
		m := fstest.MapFS{}
		p, next, err := c.Pack(t.Context(), into(m), suite, "release", fmt.Sprintf("order-%d", i), 1795500000000+int64(i), []publish.Body{
			{Name: "index.html", Data: fmt.Appendf(nil, "<p>第%d号</p>", i+1)}, {Name: "附件/表 一.csv", Data: []byte("a,b\n")},
		})
		require.NoError(t, err)
		require.EqualValues(t, i+1, p.Seq)
		c = next
		out = append(out, m)
	}
	return c, out
}

func TestParcels(t *testing.T) {
	inner, outer := newSuite(t, "inner"), newSuite(t, "outer")
	keys := []ledger.Key{inner.Key()}
	sent, parcels := pack(t, inner, 6)
	start := publish.Channel{ID: sent.ID}
	open := func(t *testing.T, i int) publish.Parcel {
		t.Helper()
		p, bodies, err := publish.Unpack(parcels[i], keys)
		require.NoError(t, err)
		require.Len(t, bodies, 2)
		require.Equal(t, fmt.Sprintf("<p>第%d号</p>", i+1), string(bodies[0].Data))
		return p
	}

	t.Run("OA-12 依次收取并签收", func(t *testing.T) {
		c := start
		var receipts []publish.Receipt
		for i := range parcels {
			p := open(t, i)
			next, outcome := c.Take(p)
			require.Equal(t, publish.Taken, outcome)
			c = next
			note, err := publish.SignReceipt(t.Context(), outer, publish.Receipt{Channel: c.ID, Seq: p.Seq, Parcel: p.Digest(), Time: 1795500001000})
			require.NoError(t, err)
			r, err := publish.OpenReceipt(note, []ledger.Key{outer.Key()})
			require.NoError(t, err)
			receipts = append(receipts, r)
			_, err = publish.OpenReceipt(note, keys)
			require.ErrorIs(t, err, publish.ErrParcel, "a receipt of somebody else")
		}
		require.Equal(t, sent, c, "both ends remember the same")
		require.Empty(t, sent.Unconfirmed(receipts))
		require.Equal(t, []int64{3, 5}, sent.Unconfirmed(slices.Delete(slices.Delete(slices.Clone(receipts), 4, 5), 2, 3)))
	})
	t.Run("OA-12 重复送达只办一次", func(t *testing.T) {
		c, _ := start.Take(open(t, 0))
		again, outcome := c.Take(open(t, 0))
		require.Equal(t, publish.Repeated, outcome)
		require.Equal(t, c, again)
	})
	t.Run("OA-12 丢失一件即知缺哪几件", func(t *testing.T) {
		c, _ := start.Take(open(t, 0))
		same, outcome := c.Take(open(t, 4))
		require.Equal(t, publish.Early, outcome)
		require.Equal(t, c, same)
		from, to := c.Awaited(open(t, 4))
		require.EqualValues(t, 2, from)
		require.EqualValues(t, 4, to)
	})
	t.Run("OA-12 乱序与重复任意交错，最终逐件各办一次", func(t *testing.T) {
		random := rand.New(rand.NewPCG(7, 7))
		for range 50 {
			c, taken := start, []int64{}
			for len(c.Digests) < len(parcels) { // whatever the wire does, what is unconfirmed is sent again
				p := open(t, random.IntN(len(parcels)))
				next, outcome := c.Take(p)
				if outcome == publish.Taken {
					taken = append(taken, p.Seq)
				} else {
					require.Equal(t, c, next)
				}
				c = next
			}
			require.Equal(t, []int64{1, 2, 3, 4, 5, 6}, taken)
			require.Equal(t, sent, c)
		}
	})
	t.Run("OA-12 同号不同件、不承前件、别的通道", func(t *testing.T) {
		c, _ := start.Take(open(t, 0))
		m := fstest.MapFS{}
		other, _, err := start.Pack(t.Context(), into(m), inner, "release", "o", 1, nil)
		require.NoError(t, err)
		_, outcome := c.Take(other)
		require.Equal(t, publish.Contradicts, outcome)
		forked, _ := start.Take(other)
		_, outcome = forked.Take(open(t, 1))
		require.Equal(t, publish.Contradicts, outcome)
		_, outcome = publish.Channel{ID: "x"}.Take(other)
		require.Equal(t, publish.Foreign, outcome)
		_, outcome = start.Take(publish.Parcel{Channel: start.ID})
		require.Equal(t, publish.OutcomeUndetermined, outcome)
	})
	t.Run("OA-12 重装同一件，逐字节相同", func(t *testing.T) {
		_, again := pack(t, inner, 6)
		require.Equal(t, parcels, again)
	})
	t.Run("OA-12 件内任何改动都拒收", func(t *testing.T) {
		for name, f := range parcels[2] {
			for at := range f.Data {
				m := fstest.MapFS{}
				for n, g := range parcels[2] {
					m[n] = &fstest.MapFile{Data: bytes.Clone(g.Data)}
				}
				m[name].Data[at] ^= 1
				_, _, err := publish.Unpack(m, keys)
				require.ErrorIs(t, err, publish.ErrParcel, "%s byte %d", name, at)
			}
			m := fstest.MapFS{}
			for n, g := range parcels[2] {
				if n != name {
					m[n] = g
				}
			}
			_, _, err := publish.Unpack(m, keys)
			require.ErrorIs(t, err, publish.ErrParcel, "without %s", name)
		}
		m := fstest.MapFS{"files/more.txt": {Data: []byte("x")}}
		for n, g := range parcels[2] {
			m[n] = g
		}
		_, _, err := publish.Unpack(m, keys)
		require.ErrorIs(t, err, publish.ErrParcel)
		_, _, err = publish.Unpack(parcels[2], []ledger.Key{outer.Key()})
		require.ErrorIs(t, err, publish.ErrParcel, "signed by somebody else")
	})
	t.Run("OA-12 检查点或卷宗签名不能充作包裹", func(t *testing.T) {
		note, err := ledger.SignCheckpoint(t.Context(), inner, ledger.Checkpoint{Tenant: "t"})
		require.NoError(t, err)
		_, _, err = publish.Unpack(fstest.MapFS{"parcel.note": {Data: note}}, keys)
		require.ErrorIs(t, err, publish.ErrParcel)
		_, err = publish.OpenReceipt(note, keys)
		require.ErrorIs(t, err, publish.ErrParcel)
	})
	t.Run("OA-12 拒收也有回执", func(t *testing.T) {
		p := open(t, 0)
		note, err := publish.SignReceipt(t.Context(), outer, publish.Receipt{Channel: p.Channel, Seq: 1, Parcel: p.Digest(), Time: 1, Refused: "附件无法打开"})
		require.NoError(t, err)
		r, err := publish.OpenReceipt(note, []ledger.Key{outer.Key()})
		require.NoError(t, err)
		require.Equal(t, "附件无法打开", r.Refused)
		require.Contains(t, sent.Unconfirmed([]publish.Receipt{r}), int64(1))
	})
	t.Run("OA-12 写到一半的件不成件", func(t *testing.T) {
		dir := t.TempDir()
		sink := dossier.ToFolder(dir)
		n := 0
		_, c, err := start.Pack(t.Context(), func(name string, body []byte) error {
			if n++; n == 2 {
				return os.ErrClosed
			}
			return sink(name, body)
		}, inner, "release", "o", 1, []publish.Body{{Name: "a", Data: nil}, {Name: "b", Data: nil}})
		require.ErrorIs(t, err, os.ErrClosed)
		require.Equal(t, start, c)
		_, _, err = publish.Unpack(os.DirFS(dir), keys)
		require.ErrorIs(t, err, publish.ErrParcel)
	})
	t.Run("OA-12 文件名不能走出文件夹", func(t *testing.T) {
		for _, name := range []string{"../x", "/x", "a/../../x", "", ".", "a\nb", " a"} {
			_, _, err := start.Pack(t.Context(), into(fstest.MapFS{}), inner, "k", "o", 1, []publish.Body{{Name: name}})
			require.ErrorIs(t, err, publish.ErrParcel, "%q", name)
		}
		require.Error(t, dossier.ToFolder(t.TempDir())("../x", nil))
		require.NoFileExists(t, filepath.Join(t.TempDir(), "..", "x"))
	})
	t.Run("通道存取", func(t *testing.T) {
		raw, err := json.Marshal(sent)
		require.NoError(t, err)
		var again publish.Channel
		require.NoError(t, json.Unmarshal(raw, &again))
		require.Equal(t, sent, again)
	})
}

func FuzzUnpack(f *testing.F) {
	suite := newSuite(f, "inner")
	_, parcels := pack(f, suite, 2)
	text, _, _ := strings.Cut(string(parcels[1]["parcel.note"].Data), "\n\n")
	f.Add(text + "\n")
	f.Add("gongkai.parcel/1\nchannel c\nseq 1\nprev \nkind k\nkey o\ntime 0\n")
	f.Add("gongkai.receipt/1\nchannel c\nseq 1\nparcel x\ntime 0\n")
	f.Fuzz(func(t *testing.T, text string) {
		note, err := ledger.SignNote(t.Context(), suite, text)
		if err != nil {
			return
		}
		p, _, err := publish.Unpack(fstest.MapFS{"parcel.note": {Data: note}}, []ledger.Key{suite.Key()})
		if err == nil {
			require.Equal(t, p.Digest(), suite.Sum([]byte(text)))
		}
		r, err := publish.OpenReceipt(note, []ledger.Key{suite.Key()})
		if err == nil {
			require.Positive(t, r.Seq)
		}
	})
}
