package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

const (
	tenant = "bb-zw" // the agency of most tests
	epoch  = 1_790_000_000_000
	day    = 24 * 60 * 60 * 1000
)

// seal returns a whole record that follows prev.
func seal(prev ledger.Digest, r ledger.Record) ledger.Record {
	if r.Type == "" {
		r.Type = "note"
	}
	if r.Structure == nil {
		r.Structure = []byte(`{"event":"` + r.Type + `"}`)
	}
	if err := ledger.Seal(ledger.Standard(), prev, &r, rand.Reader); err != nil {
		panic("storetest: the sample cannot be sealed: " + err.Error())
	}
	return r
}

// chain returns n sealed records of a case that follow prev.
func chain(tenant, caseID string, after int64, prev ledger.Digest, n int) []ledger.Record {
	var out []ledger.Record
	for i := range int64(n) {
		r := seal(prev, ledger.Record{Tenant: tenant, Case: caseID, Seq: after + i + 1, Time: epoch + after + i,
			On: "2026-11-24", Actor: "u7", Private: fmt.Appendf(nil, "正文 %s/%d", caseID, after+i+1)})
		prev = r.Hash
		out = append(out, r)
	}
	return out
}

// open returns a write that begins a case with n records.
func open(caseID string, n int) disclosure.Write {
	return disclosure.Write{Case: caseID, Records: chain(tenant, caseID, 0, ledger.Digest{}, n),
		Index: disclosure.Index{Kind: "matter", Stage: "draft", Open: true}}
}

// follow returns a write that adds a record to a case after its last one.
func follow(caseID string, last ledger.Record) disclosure.Write {
	w := open(caseID, 0)
	w.Expect = last.Seq
	w.Records = chain(last.Tenant, caseID, last.Seq, last.Hash, 1)
	return w
}

// of makes a batch with a fingerprint of its key.
func of(key string, writes ...disclosure.Write) disclosure.Batch {
	return disclosure.Batch{Tenant: tenant, Key: key, Fingerprint: digest(key), Time: epoch, Writes: writes}
}

func digest(s string) ledger.Digest { return sha256.Sum256([]byte(s)) }

// put appends and demands success.
func put(t testing.TB, s disclosure.Store, b disclosure.Batch) disclosure.Receipt {
	t.Helper()
	r, err := s.Append(context.Background(), b)
	require.NoError(t, err, "Append of a lawful batch")
	return r
}

// history reads all records of a case.
func history(t testing.TB, s disclosure.Store, caseID string) []ledger.Record {
	t.Helper()
	records, err := s.Records(context.Background(), tenant, caseID, 0, 0)
	require.NoError(t, err, "Records")
	return records
}

// first reads the first record of a case that has one.
func first(t testing.TB, s disclosure.Store, caseID string) ledger.Record {
	t.Helper()
	records := history(t, s, caseID)
	require.NotEmpty(t, records, "what was acknowledged is stored: records of %s", caseID)
	return records[0]
}

// rows reads all pages of a query.
func rows(t testing.TB, s disclosure.Store, q disclosure.Query) []disclosure.Row {
	t.Helper()
	q.Tenant = cmpOr(q.Tenant, tenant)
	var all []disclosure.Row
	for range 10_000 {
		p, err := s.Find(context.Background(), q)
		require.NoError(t, err, "Find")
		if p.Next != "" {
			require.Len(t, p.Rows, q.PageSize(), "a page that is not the last is full")
		}
		all = append(all, p.Rows...)
		if q.Cursor = p.Next; q.Cursor == "" {
			return all
		}
	}
	require.Fail(t, "Find never comes to the last page")
	return nil
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func caseIDs(rows []disclosure.Row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Case)
	}
	return out
}

// untouched demands that a case has no record and no row.
func untouched(t *testing.T, s disclosure.Store, caseID string) {
	t.Helper()
	require.Empty(t, history(t, s, caseID), "nothing of a refused batch is stored: records of %s", caseID)
	for _, r := range rows(t, s, disclosure.Query{}) {
		require.NotEqual(t, caseID, r.Case, "nothing of a refused batch is stored: index row of %s", caseID)
	}
}
