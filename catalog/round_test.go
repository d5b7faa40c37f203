package catalog_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/require"
)

// TestRoundTripOfMadeTables reads tables made of cells that offices write, in
// any combination of columns, and wants the same back after writing.
func TestRoundTripOfMadeTables(t *testing.T) {
	headings := []string{"序号", "一级事项", "二级事项", "三级事项", "事项名称", "公开内容", "公开依据", "公开时限", "公开主体", "配合单位", "公开渠道和载体", "公开形式", "公开范围", "公开对象", "全社会", "特定群体", "公开方式", "主动", "依申请", "县级", "乡级", "公开层级", "五公开", "公开环节", "公开阶段", "公示期", "更新频率", "年度", "备注", "索引号", "文号", "成文日期", "有效性", "神秘栏", "网站所属栏目", "责任人", "事项性质", "审批情况", "登记方式", "公开事由", "发布机构"}
	cells := []string{"", "", "", "1", "2", "同上", "/", "甲", "乙、丙", "办公室", "财务科 工会", "20个工作日内", "每季度", "1年", "及时公开；按通知要求", "■政府网站□公报", "政府网站、公告栏", "√", "×", "项目单位", "主动公开", "依申请公开", "网站公开", "县级、乡级", "决策公开", "事前", "2-7天", "2026", "2026-01-02", "=1+1", "'x", "一、某类", "第一行\n第二行", "a\"b", "社会公众", "重要", "边公开边补录", "有效", "00817525-1/2022-06004", "合计", "需要公众广泛知晓", "－", "全社会"}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 1000 {
		perm := r.Perm(len(headings))
		w := 3 + r.IntN(12)
		var b bytes.Buffer
		line := func(get func(i int) string) {
			for i := range w {
				if i > 0 {
					b.WriteByte(',')
				}
				b.WriteString(`"` + strings.ReplaceAll(get(i), `"`, `""`) + `"`)
			}
			b.WriteByte('\n')
		}
		line(func(i int) string { return headings[perm[i]] })
		for range 1 + r.IntN(6) {
			line(func(int) string { return cells[r.IntN(len(cells))] })
		}
		c, err := catalog.ReadCSV(bytes.NewReader(b.Bytes()), nil)
		require.NotErrorIs(t, err, catalog.ErrRefused)
		var out bytes.Buffer
		require.NoError(t, c.WriteCSV(&out, nil))
		d, err := catalog.ReadCSV(bytes.NewReader(out.Bytes()), nil)
		require.NotErrorIs(t, err, catalog.ErrRefused)
		if c.Digest() != d.Digest() {
			require.Equal(t, plain(c), plain(d), "%d\n%s\n%s", n, b.String(), out.String())
		}
	}
}
