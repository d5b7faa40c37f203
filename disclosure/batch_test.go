package disclosure_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
)

var updateStoreCodes = flag.Bool("update-store-codes", false, "rewrite testdata/store_codes.golden")

func TestStoreCodes(t *testing.T) {
	var b strings.Builder
	for _, r := range disclosure.StoreRules() {
		b.WriteString(r.Code + " " + r.Rule + "\n")
	}
	golden := filepath.Join("testdata", "store_codes.golden")
	if *updateStoreCodes {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String(), "codes are a contract: none is reassigned or dropped")
}

func FuzzCursor(f *testing.F) {
	f.Add("", "case")
	f.Add(disclosure.Row{Case: "公开"}.Cursor(disclosure.ByCase), "case")
	f.Add(disclosure.Row{Case: "c", Index: disclosure.Index{DueAt: 5}}.Cursor(disclosure.ByDue), "due")
	f.Fuzz(func(t *testing.T, cursor, sort string) {
		q := disclosure.Query{Tenant: "t", Cursor: cursor, Sort: disclosure.SortBy(sort)}
		if q.Validate() != nil || cursor == "" {
			return
		}
		m := q.Mark()
		r := disclosure.Row{Case: m.Case, Updated: m.Value, Index: disclosure.Index{DueAt: m.Value}}
		q.Cursor = r.Cursor(q.Sort)
		require.NoError(t, q.Validate())
		if q.Sort == disclosure.ByDue || q.Sort == disclosure.ByUpdated {
			require.Equal(t, m, q.Mark(), "a cursor that is accepted is the cursor of its row")
		}
	})
}
