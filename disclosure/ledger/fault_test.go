package ledger_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestCodes: a code is a contract. Explain and Error say something of each.
func TestCodes(t *testing.T) {
	var b strings.Builder
	for _, c := range ledger.Codes() {
		f := ledger.Fault{Code: c, Case: "c1", Seq: 3, To: 3, Place: -1}
		fmt.Fprintf(&b, "%s\t%s\t%s\n", c, f.Error(), f.Explain())
	}
	const golden = "testdata/codes.golden"
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}

func TestExplain(t *testing.T) {
	for _, tt := range []struct {
		fault ledger.Fault
		want  string
	}{
		{ledger.Fault{Code: ledger.Removed, Case: "c1", Seq: 2, To: 5, Place: -1}, "卷宗 c1 第2条至第5条记录：记录缺失，被抽走"},
		{ledger.Fault{Code: ledger.Copied, Case: "c1", Seq: 2, To: 2, Place: -1, From: ledger.Ref{Case: "c9", Seq: 4}}, "卷宗 c1 第2条记录：记录是从别的卷宗移来的，原属卷宗 c9 第4条"},
		{ledger.Fault{Code: ledger.Swapped, Case: "c1", Seq: 2, To: 2, Place: -1, From: ledger.Ref{Case: "c1", Seq: 4}}, "卷宗 c1 第2条记录：记录被调换了位置，原为第4条"},
		{ledger.Fault{Code: ledger.Rewritten, Place: 200, Until: 300, From: ledger.Ref{Case: "c1", Seq: 4}}, "（总账第200至第299位）：总账与检查点所记的树根不符，自上一个相符的检查点以来被改写，存疑范围自卷宗 c1 第4条起"},
		{ledger.Fault{Code: ledger.CaseRemoved, Case: "c1", Seq: 1, To: 8, Place: 7, Until: 8}, "卷宗 c1 第1条至第8条记录（总账第7位）：总账有记载，但整个卷宗已不存在"},
	} {
		require.Equal(t, tt.want, tt.fault.Explain())
	}
}
