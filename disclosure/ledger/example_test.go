package ledger_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Two records of a case are sealed; then somebody alters the first.
func ExampleVerifyChain() {
	var chain []ledger.Record
	var prev ledger.Digest
	for i, event := range []string{"propose", "approve"} {
		r := ledger.Record{Tenant: "bengbu", Case: "c1", Seq: int64(i) + 1, Type: event, On: "2026-11-24", Actor: "u7", Structure: []byte(`{"attribute":"public"}`)}
		if err := ledger.Seal(ledger.Standard(), prev, &r, rand.Reader); err != nil {
			fmt.Println(err)
			return
		}
		prev = r.Hash
		chain = append(chain, r)
	}
	fmt.Println(len(ledger.VerifyChain("bengbu", "c1", chain)), "faults")

	chain[0].Structure = []byte(`{"attribute":"withheld"}`)
	for _, f := range ledger.VerifyChain("bengbu", "c1", chain) {
		fmt.Println(f.Explain())
	}
	// Output:
	// 0 faults
	// 卷宗 c1 第1条记录：记录内容与其摘要不符，被改动过
}

// The log is signed and the checkpoint kept outside; then somebody who holds
// both database and key rewrites the record, its chain and the log.
func ExampleAudit() {
	suite, err := ledger.NewStandard("office.example.gov.cn", ed25519.NewKeyFromSeed(make([]byte, 32)))
	if err != nil {
		fmt.Println(err)
		return
	}
	record := func(event string) ledger.Record {
		r := ledger.Record{Tenant: "bengbu", Case: "c1", Seq: 1, Type: event}
		if err := ledger.Seal(suite, ledger.Digest{}, &r, rand.Reader); err != nil {
			fmt.Println(err)
		}
		return r
	}
	books := func(r ledger.Record, kept ledger.Deposit) ledger.Books {
		return ledger.Books{
			Tenant: "bengbu", Keys: []ledger.Key{suite.Key()}, Deposits: []ledger.Deposit{kept},
			Chains: each([]ledger.Chain{{Case: "c1", Version: 1, Records: []ledger.Record{r}}}),
			Leaves: each([]ledger.Leaf{{Case: "c1", Seq: 1, Hash: r.Hash}}),
		}
	}

	r := record("refuse")
	log := ledger.NewFrontier(suite)
	log.Append(r.Hash)
	note, err := ledger.SignCheckpoint(context.Background(), suite, ledger.Checkpoint{Tenant: "bengbu", Size: log.Size(), Root: log.Root()})
	if err != nil {
		fmt.Println(err)
		return
	}
	kept := ledger.Deposit{Note: note, Leaves: []ledger.Leaf{{Case: "c1", Seq: 1, Hash: r.Hash}}}

	report, _ := ledger.Audit(books(r, kept))
	fmt.Println(report.Verdict)
	report, _ = ledger.Audit(books(record("approve"), kept))
	fmt.Println(report.Verdict)
	for _, f := range report.Faults {
		fmt.Println(f.Explain())
	}
	// Output:
	// intact
	// broken
	// 卷宗 c1 第1条记录（总账第0位）：总账与记录（或外部存证）对不上
	// 卷宗 c1 第1条记录（总账第0位）：记录被整条替换，与后续记录或总账所记的摘要不符
}
