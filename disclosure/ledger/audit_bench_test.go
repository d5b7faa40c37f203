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
// SHA-256 of the same bytes, laid out beforehand.
func BenchmarkAudit(b *testing.B) {
	for _, records := range []int{10_000, 100_000} {
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

		data, ends := inputs(chains, leaves)
		b.Run(fmt.Sprintf("records=%d", records), func(b *testing.B) {
			b.ReportAllocs()
			bare, whole := time.Hour, time.Hour // the best of each: what else runs on the machine only adds
			for b.Loop() {
				start := time.Now()
				hashBare(data, ends)
				mid := time.Now()
				r, err := ledger.Audit(books)
				if err != nil || r.Verdict != ledger.Intact || r.Records != int64(records) {
					b.Fatal(err, r)
				}
				bare = min(bare, mid.Sub(start))
				whole = min(whole, time.Since(mid))
			}
			b.ReportMetric(float64(bare.Nanoseconds())/float64(records), "bare-ns/record")
			b.ReportMetric(float64(whole.Nanoseconds())/float64(records), "audit-ns/record")
			b.ReportMetric(float64(whole)/float64(bare), "audit/bare")
		})
	}
}

// inputs lays out everything that an audit hashes, one input after the other:
// each record's form and private part, each leaf and each node of the log.
func inputs(chains []ledger.Chain, leaves []ledger.Leaf) (data []byte, ends []int) {
	end := func() { ends = append(ends, len(data)) }
	for i := range chains {
		for k := range chains[i].Records {
			r := &chains[i].Records[k]
			data = ledger.AppendForm(data, r)
			end()
			data = append(append(append(data, "....gongkai/private"...), r.Salt...), r.Private...)
			end()
		}
	}
	for i := range leaves {
		data = append(append(data, 0), leaves[i].Hash[:]...)
		end()
		if i > 0 { // n leaves have n-1 nodes
			data = append(append(append(data, 1), leaves[i-1].Hash[:]...), leaves[i].Hash[:]...)
			end()
		}
	}
	return data, ends
}

func hashBare(data []byte, ends []int) {
	start := 0
	for _, end := range ends {
		_ = sha256.Sum256(data[start:end])
		start = end
	}
}
