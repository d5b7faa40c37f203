package ledger_test

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// BenchmarkAudit audits an office of 400-byte records, ten a case, beside bare
// SHA-256 of the same bytes: what a record hashes, its form and its private part.
func BenchmarkAudit(b *testing.B) {
	for _, records := range []int{10_000, 100_000, 1_000_000} {
		suite := testSuite(b, "office")
		var chains []ledger.Chain
		var leaves []ledger.Leaf
		for i := range records / 10 {
			c := ledger.Chain{Case: fmt.Sprintf("01JDM0X3Q5%06d", i), Version: 10}
			var prev ledger.Digest
			for k := range 10 {
				r := record400()
				r.Case, r.Seq = c.Case, int64(k)+1
				if err := ledger.Seal(suite, prev, &r, rand.Reader); err != nil {
					b.Fatal(err)
				}
				prev = r.Hash
				c.Records = append(c.Records, r)
			}
			chains = append(chains, c)
		}
		frontier := ledger.NewFrontier(suite)
		for k := range 10 {
			for i := range chains {
				r := &chains[i].Records[k]
				leaves = append(leaves, ledger.Leaf{Case: r.Case, Seq: r.Seq, Hash: r.Hash})
				frontier.Append(r.Hash)
			}
		}
		note, err := ledger.SignCheckpoint(b.Context(), suite, ledger.Checkpoint{Tenant: "bb", Size: frontier.Size(), Root: frontier.Root()})
		if err != nil {
			b.Fatal(err)
		}
		books := ledger.Books{Tenant: "bb", Keys: []ledger.Key{suite.Key()}, Suites: []ledger.Suite{suite}, Chains: each(chains), Leaves: each(leaves), Deposits: []ledger.Deposit{{Note: note}}}

		b.Run(fmt.Sprintf("records=%d", records), func(b *testing.B) {
			b.ReportAllocs()
			var bare, whole time.Duration
			for b.Loop() {
				start := time.Now()
				hashBare(chains)
				mid := time.Now()
				r, err := ledger.Audit(books)
				if err != nil || r.Verdict != ledger.Intact || r.Records != int64(records) {
					b.Fatal(err, r)
				}
				bare += mid.Sub(start)
				whole += time.Since(mid)
			}
			b.ReportMetric(float64(bare.Nanoseconds())/float64(b.N)/float64(records), "bare-ns/record")
			b.ReportMetric(float64(whole.Nanoseconds())/float64(b.N)/float64(records), "audit-ns/record")
			b.ReportMetric(float64(whole)/float64(bare), "audit/bare")
		})
	}
}

var form []byte

func hashBare(chains []ledger.Chain) {
	for i := range chains {
		for k := range chains[i].Records {
			r := &chains[i].Records[k]
			form = ledger.AppendForm(form[:0], r)
			_ = sha256.Sum256(form)
			form = append(append(append(form[:0], "....gongkai/private"...), r.Salt...), r.Private...)
			_ = sha256.Sum256(form)
		}
	}
}
