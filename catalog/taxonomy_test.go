package catalog_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, name)
}

func TestTaxonomies(t *testing.T) {
	var b strings.Builder
	ids := map[string]bool{}
	for _, x := range catalog.Taxonomies() {
		parts := 0
		for _, c := range x.Classes {
			parts += len(c.Parts)
			assert.False(t, c.Cite.IsZero())
			for _, p := range c.Parts {
				assert.NotEmpty(t, p.Words, p.ID)
				assert.False(t, p.Cite.IsZero())
				assert.False(t, ids[x.ID+p.ID], p.ID)
				ids[x.ID+p.ID] = true
			}
		}
		fmt.Fprintf(&b, "%s %d classes %d parts %d carriers\n", x.ID, len(x.Classes), parts, len(x.Carriers))
		for _, c := range x.Classes {
			fmt.Fprintf(&b, "\t%s %s %d\n", c.ID, c.Title, len(c.Parts))
		}
	}
	golden(t, "taxonomies.golden", b.String())

	count := func(id string) (classes int, parts []int) {
		x, err := catalog.LoadTaxonomy(id)
		require.NoError(t, err)
		for _, c := range x.Classes {
			parts = append(parts, len(c.Parts))
		}
		return len(x.Classes), parts
	}
	t.Run("BB-04 五大类，三项工作三项，三重一大四项", func(t *testing.T) {
		n, p := count(catalog.TaxonomyBengbu)
		assert.Equal(t, 5, n)
		assert.Equal(t, []int{3, 4}, p[:2])
	})
	t.Run("TZ-01 四类内容，权力清单、责任清单、裁量权、许可、监管、红黑名单、抽查都在", func(t *testing.T) {
		n, p := count(catalog.TaxonomyTaizhou)
		assert.Equal(t, 4, n)
		assert.Equal(t, []int{2, 11, 5, 4}, p)
		x, _ := catalog.LoadTaxonomy(catalog.TaxonomyTaizhou)
		for id, want := range map[string]string{"2.1": "行政权力清单", "2.2": "责任清单", "2.4": "行政裁量权", "2.5": "行政许可", "2.6": "行政监管事项", "2.9": "抽查结果", "2.11": "质量信用红黑名单"} {
			_, part, ok := x.Part(id)
			assert.True(t, ok)
			assert.Equal(t, want, part.Title)
		}
	})
	t.Run("HK-06 八类三十九项", func(t *testing.T) {
		n, p := count(catalog.TaxonomyHaikou)
		assert.Equal(t, 8, n)
		assert.Equal(t, []int{3, 5, 5, 7, 6, 4, 6, 3}, p)
	})
	t.Run("NN-03 NN-04 NN-05 NN-09 NN-10 十项任务", func(t *testing.T) {
		n, p := count(catalog.TaxonomyNanning)
		assert.Equal(t, 10, n)
		assert.Equal(t, 5, p[2], "执行情况的措施、步骤、责任、监督、进展")
		assert.Equal(t, 3, p[3], "督查、审计、问责")
	})
	t.Run("CX-19 十项任务各有牵头", func(t *testing.T) {
		x, _ := catalog.LoadTaxonomy(catalog.TaxonomyChuxiong)
		require.Len(t, x.Classes, 10)
		for _, c := range x.Classes {
			assert.NotEmpty(t, c.Lead, c.Title)
		}
		assert.Equal(t, "政策法规科", x.Classes[0].Lead)
		assert.Equal(t, "商务运行科", x.Classes[8].Lead)
	})
	t.Run("REG-20 REG-21 十五项，市县七项，乡镇八项", func(t *testing.T) {
		_, p := count(catalog.TaxonomyRegulation)
		assert.Equal(t, []int{15, 7, 8}, p)
	})
}

func TestClassify(t *testing.T) {
	t.Run("REG-20 按名称归入各项", func(t *testing.T) {
		x, err := catalog.LoadTaxonomy(catalog.TaxonomyRegulation)
		require.NoError(t, err)
		for name, want := range map[string]string{"行政处罚决定": "20.6", "政府预算": "20.7", "机构职能": "20.2", "行政许可": "20.5", "公务员招考": "20.14", "政府采购": "20.9", "宅基地使用情况审核": "21x.4", "统计公报": "20.4", "毫不相干": ""} {
			got := x.Classify([]catalog.Entry{{Name: name}})
			require.Len(t, got, 1)
			assert.Equal(t, want, strings.Join(got[0], ","), name)
		}
		assert.Equal(t, [][]string{{"20.3"}}, x.Classify([]catalog.Entry{{Name: "行政处罚", Part: "20.3"}}), "写明的优先")
	})
	t.Run("REG-21 市县和乡镇都要公开的社会救助两处都算", func(t *testing.T) {
		x, _ := catalog.LoadTaxonomy(catalog.TaxonomyRegulation)
		assert.Equal(t, [][]string{{"20.11", "21s.7", "21x.8"}}, x.Classify([]catalog.Entry{{Path: []string{"社会救助"}, Name: "审核信息"}}))
		assert.Equal(t, [][]string{{"20.11", "21x.8"}}, x.For(catalog.Township).Classify([]catalog.Entry{{Path: []string{"社会救助"}, Name: "审核信息"}}))
		assert.Len(t, x.For(catalog.County).Classes, 2)
	})
	t.Run("TZ-01 繁体名称一样归类", func(t *testing.T) {
		x, _ := catalog.LoadTaxonomy(catalog.TaxonomyTaizhou)
		assert.Equal(t, [][]string{{"2.8"}}, x.Classify([]catalog.Entry{{Name: "行政處(chù)罰"}}))
	})
}
