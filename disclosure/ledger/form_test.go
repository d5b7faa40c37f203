package ledger_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

func ExampleAppendForm() {
	rec := ledger.Record{
		Tenant: "bb", Case: "c1", Seq: 1, Type: "propose", Time: 1795500000000, On: "2026-11-24", Actor: "u7",
		Structure: []byte(`{"stage":"proposed"}`),
		Private:   []byte(`{"title":"食堂采购"}`),
	}
	random := bytes.NewReader(bytes.Repeat([]byte{0x5a}, 32)) // crypto/rand.Reader in earnest
	if err := ledger.Seal(ledger.Standard(), ledger.Digest{}, &rec, random); err != nil {
		fmt.Println(err)
	}
	fmt.Print(hex.Dump(ledger.AppendForm(nil, &rec)))
	fmt.Println(rec.Hash)
	// Output:
	// 00000000  00 00 00 0e 67 6f 6e 67  6b 61 69 2f 72 65 63 6f  |....gongkai/reco|
	// 00000010  72 64 00 00 00 01 00 00  00 0e 73 68 61 32 35 36  |rd........sha256|
	// 00000020  2d 65 64 32 35 35 31 39  00 00 00 02 62 62 00 00  |-ed25519....bb..|
	// 00000030  00 02 63 31 00 00 00 00  00 00 00 01 00 00 00 07  |..c1............|
	// 00000040  70 72 6f 70 6f 73 65 00  00 01 a2 0c 23 c3 00 00  |propose.....#...|
	// 00000050  00 00 0a 32 30 32 36 2d  31 31 2d 32 34 00 00 00  |...2026-11-24...|
	// 00000060  02 75 37 00 00 00 14 7b  22 73 74 61 67 65 22 3a  |.u7....{"stage":|
	// 00000070  22 70 72 6f 70 6f 73 65  64 22 7d 99 de 73 73 4c  |"proposed"}..ssL|
	// 00000080  03 ab ec 4d 95 23 fb de  73 3b 47 eb a2 03 17 4f  |...M.#..s;G....O|
	// 00000090  9d 11 44 46 99 ac 6f ff  1f 04 bd 00 00 00 00 00  |..DF..o.........|
	// 000000a0  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
	// 000000b0  00 00 00 00 00 00 00 00  00 00 00                 |...........|
	// 756826958dbcd8b27b5a1f4f7daa9aa099f47ee0a4a9ea7a1c1cc9e55d272911
}

// readForm is the obvious reader of the binary form: if every record can be read
// back from its form, no two records share one.
func readForm(b []byte) (r ledger.Record, ok bool) {
	next := func(n int) []byte {
		if n < 0 || n > len(b) {
			ok = false
			return nil
		}
		out := b[:n]
		b = b[n:]
		return out
	}
	number := func(n int) uint64 {
		raw := next(n)
		if len(raw) != n {
			return 0
		}
		if n == 4 {
			return uint64(binary.BigEndian.Uint32(raw))
		}
		return binary.BigEndian.Uint64(raw)
	}
	text := func() string { return string(next(int(number(4)))) }
	ok = true
	ok = text() == "gongkai/record" && ok
	ok = number(4) == 1 && ok
	r.Suite, r.Tenant, r.Case = text(), text(), text()
	r.Seq, r.Type, r.Time = int64(number(8)), text(), int64(number(8))
	r.On, r.Actor, r.Structure = text(), text(), []byte(text())
	copy(r.Commitment[:], next(32))
	copy(r.Prev[:], next(32))
	return r, ok && len(b) == 0
}

func FuzzForm(f *testing.F) {
	f.Add("sha256-ed25519", "t", "c", int64(1), "e", int64(0), "2026-11-24", "a", []byte("{}"), []byte("p"))
	f.Add("", "\x00", "𠮷 ", int64(-1), "", int64(-5), "", "", []byte{}, []byte{})
	f.Fuzz(func(t *testing.T, suite, tenant, caseID string, seq int64, typ string, at int64, on, actor string, structure, prev []byte) {
		in := ledger.Record{Suite: suite, Tenant: tenant, Case: caseID, Seq: seq, Type: typ, Time: at, On: on, Actor: actor, Structure: append([]byte{}, structure...)}
		copy(in.Prev[:], prev)
		copy(in.Commitment[:], structure)
		out, ok := readForm(ledger.AppendForm(nil, &in))
		require.True(t, ok)
		require.Equal(t, in, out, "the form is read back to the same record, so it is of this record alone")
	})
}
