package dossier_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

// TestFromLog writes the dossiers of an office with a log from its store.
func TestFromLog(t *testing.T) {
	suite := newSuite(t, "office.example.gov.cn")
	store := disclosure.NewMemory()
	outside := disclosure.AnchorFolder(t.TempDir())
	s := &disclosure.Sequencer{Tenant: tenant, Store: store, Suite: suite, Holder: "a", Now: func() time.Time { return time.UnixMilli(1795500000000) }, Outside: outside}
	var all []*dossier.Case
	for i := range 5 {
		c := sample(t, suite)
		c.ID = fmt.Sprintf("c%d", i)
		c.Proof = dossier.Proof{}
		var prev ledger.Digest
		for k := range c.Records {
			r := &c.Records[k]
			r.Case = c.ID
			require.NoError(t, ledger.Seal(suite, prev, r, zero{}))
			prev = r.Hash
			_, err := store.Append(t.Context(), disclosure.Batch{Tenant: tenant, Key: fmt.Sprint(c.ID, k), Time: 1, Writes: []disclosure.Write{{Case: c.ID, Expect: int64(k), Records: []ledger.Record{*r}, Index: disclosure.Index{Kind: "matter", Stage: "s"}}}})
			require.NoError(t, err)
		}
		all = append(all, c)
		if i < 4 {
			_, err := s.Run(t.Context())
			require.NoError(t, err)
		}
		if i == 2 {
			_, err := s.Deposit(t.Context())
			require.NoError(t, err)
		}
	}
	kept, err := outside.Kept(t.Context(), tenant)
	require.NoError(t, err)
	for i, c := range all {
		t.Run("BB-21 卷宗 "+c.ID, func(t *testing.T) {
			c.Proof, err = dossier.FromLog(t.Context(), store, suite, tenant, c.Records, kept, "市档案馆")
			require.NoError(t, err)
			r := dossier.Check(memory(t, c, &dossier.Options{Suite: suite}), &dossier.Trust{Keys: []ledger.Key{suite.Key()}, Checkpoints: [][]byte{kept[0].Note}})
			require.Empty(t, r.Faults)
			if i == 4 {
				require.Zero(t, r.Placed, "not yet in the log")
				require.Equal(t, ledger.Undetermined, r.Verdict)
				return
			}
			require.Equal(t, ledger.Intact, r.Verdict, "%v", r.Notes)
			require.Equal(t, len(c.Records), r.Placed)
			require.NotNil(t, c.Proof.Growth)
			require.EqualValues(t, 21, c.Proof.Growth.From)
		})
	}
	t.Run("没有总账的卷宗", func(t *testing.T) {
		p, err := dossier.FromLog(t.Context(), disclosure.NewMemory(), suite, tenant, all[0].Records, nil, "")
		require.NoError(t, err)
		require.Nil(t, p.Checkpoint)
	})
}

// zero is no randomness: the records of this test need none.
type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A dossier is written as a zip, which a person opens and a machine checks.
func ExampleCheck() {
	record := ledger.Record{Tenant: "bengbu", Case: "c1", Seq: 1, Type: "propose", On: "2026-11-24", Actor: "u7", Structure: []byte(`{}`), Private: []byte(`{"note":"…"}`)}
	if err := ledger.Seal(ledger.Standard(), ledger.Digest{}, &record, zero{}); err != nil {
		fmt.Println(err)
	}
	c := &dossier.Case{Tenant: "bengbu", ID: "c1", Title: "食堂采购公开", Records: []ledger.Record{record}}
	files := fstest.MapFS{}
	if err := dossier.Write(context.Background(), into(files), c, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(dossier.Check(files, nil).Verdict)

	files["records.jsonl"].Data = bytes.Replace(files["records.jsonl"].Data, []byte("u7"), []byte("u8"), 1)
	for _, f := range dossier.Check(files, nil).Faults {
		fmt.Println(f.Explain())
	}
	// Output:
	// undetermined
	// 文件 records.jsonl：内容与清单不符，被改动过
	// 卷宗 c1 第1条记录：记录内容与其摘要不符，被改动过
}

func ExampleToZip() {
	f, err := os.CreateTemp("", "dossier-*.zip")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(f.Name())
	w := zip.NewWriter(f)
	fmt.Println(dossier.ToZip(w)("index.md", []byte("# 卷宗\n")), w.Close(), f.Close())
	// Output: <nil> <nil> <nil>
}
