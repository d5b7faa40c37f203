package catalog_test

import (
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIndexNumbers(t *testing.T) {
	t.Run("OA-13 索引号的各段", func(t *testing.T) {
		for s, want := range map[string]catalog.Index{
			"00817525-1/2022-06004":            {Agency: "00817525-1", Year: 2022, Serial: 6004, Width: 5, Sep: "/"},
			"115323007704937969-/2019-0703436": {Agency: "115323007704937969-", Year: 2019, Serial: 703436, Width: 7, Sep: "/"},
			"640000-101/2009-00123":            {Agency: "640000-101", Year: 2009, Serial: 123, Width: 5, Sep: "/"},
			"00817525-1-0201-2019-00012":       {Agency: "00817525-1", Class: "0201", Year: 2019, Serial: 12, Width: 5, Sep: "-"},
			"11370000MB28532417/XZCF-2021-15":  {Agency: "11370000MB28532417", Class: "XZCF", Year: 2021, Serial: 15, Width: 2, Sep: "/"},
		} {
			x, err := catalog.ParseIndex(s)
			require.NoError(t, err, s)
			assert.Equal(t, want, x, s)
			assert.Equal(t, s, x.String())
		}
		x, err := catalog.ParseIndex(" ００８１７５２５－１／２０２２－０６００４ ")
		require.NoError(t, err)
		assert.Equal(t, "00817525-1/2022-06004", x.String())
	})
	t.Run("OA-13 读不懂的索引号", func(t *testing.T) {
		for _, s := range []string{"", "索引号", "00817525-1", "/2022-06004", "00817525-1/22-06004", "00817525-1/2022-", "00817525-1/2022-0600A", "00817525-1/2022-1234567890", strings.Repeat("1", 90), "a/-2022-1"} {
			_, err := catalog.ParseIndex(s)
			require.ErrorIs(t, err, catalog.ErrIndex, s)
		}
	})
	rule := catalog.IndexRule{Agency: "00817525-1", Width: 5}
	t.Run("OA-13 流水号逐年重新编起，编过的不再用", func(t *testing.T) {
		x, err := rule.Next(nil, 2026)
		require.NoError(t, err)
		assert.Equal(t, "00817525-1/2026-00001", x.String())
		y, _ := rule.Next([]catalog.Index{x, {Agency: "00817525-1", Year: 2026, Serial: 7}, {Agency: "00817525-1", Year: 2025, Serial: 90}}, 2026)
		assert.Equal(t, 8, y.Serial)
		rule.Continuous = true
		y, _ = rule.Next([]catalog.Index{x, {Agency: "00817525-1", Year: 2025, Serial: 90}}, 2026)
		assert.Equal(t, 91, y.Serial)
		rule.Continuous = false
		_, err = rule.Next([]catalog.Index{{Agency: "00817525-1", Year: 2026, Serial: 99999}}, 2026)
		require.ErrorIs(t, err, catalog.ErrIndex)
	})
	t.Run("OA-13 缺号、重号、位数不齐", func(t *testing.T) {
		var es []catalog.Entry
		for i, s := range []string{"00817525-1/2026-00001", "00817525-1/2026-00004", "00817525-1/2026-00001", "00817525-1/2026-005", "坏号"} {
			es = append(es, catalog.Entry{Index: s, Row: i + 2})
		}
		var codes []string
		for _, p := range rule.AuditIndexes(es) {
			codes = append(codes, p.Code)
		}
		assert.ElementsMatch(t, []string{"CA-33", "CA-35", "CA-32", "CA-34"}, codes)
		assert.Empty(t, rule.AuditIndexes(es[:1]))
	})
}

func FuzzParseIndex(f *testing.F) {
	f.Add("00817525-1/2022-06004")
	f.Add("115323007704937969-/2019-0703436")
	f.Add("a-b-c-2022-1")
	f.Fuzz(func(t *testing.T, s string) {
		x, err := catalog.ParseIndex(s)
		if err != nil {
			assert.True(t, x.IsZero())
			return
		}
		y, err := catalog.ParseIndex(x.String())
		require.NoError(t, err)
		assert.Equal(t, x, y)
	})
}
