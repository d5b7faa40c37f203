//go:build nightly

package ledger_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

// TestMillion: an office of a million records is audited, and one altered byte
// among them is named.
func TestMillion(t *testing.T) {
	const cases, each10 = 100_000, 10
	suite := ledger.Standard()
	chains := make([]ledger.Chain, cases)
	var leaves []ledger.Leaf
	for i := range chains {
		c := &chains[i]
		c.Case, c.Version = fmt.Sprintf("01JDM0X3Q5%06d", i), each10
		var prev ledger.Digest
		for k := range int64(each10) {
			r := ledger.Record{Tenant: "bb", Case: c.Case, Seq: k + 1, Type: "propose", Structure: make([]byte, 180), Private: make([]byte, 180)}
			require.NoError(t, ledger.Seal(suite, prev, &r, rand.Reader))
			prev = r.Hash
			c.Records = append(c.Records, r)
		}
	}
	for k := range each10 {
		for i := range chains {
			r := &chains[i].Records[k]
			leaves = append(leaves, ledger.Leaf{Case: r.Case, Seq: r.Seq, Hash: r.Hash})
		}
	}
	books := ledger.Books{Tenant: "bb", Chains: each(chains), Leaves: each(leaves)}
	start := time.Now()
	r, err := ledger.Audit(books)
	require.NoError(t, err)
	t.Logf("a million records audited in %v", time.Since(start).Round(time.Millisecond))
	require.Empty(t, r.Faults)
	require.EqualValues(t, cases*each10, r.Records)

	chains[54_321].Records[6].Private[179] ^= 1
	r, err = ledger.Audit(books)
	require.NoError(t, err)
	require.Len(t, r.Faults, 1)
	require.Equal(t, "01JDM0X3Q5054321", r.Faults[0].Case)
	require.EqualValues(t, 7, r.Faults[0].Seq)
}
