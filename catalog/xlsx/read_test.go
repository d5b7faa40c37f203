package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/catalog/xlsx"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// book makes a workbook from rows of cells; ranges like A1:B2 are merged.
func book(t testing.TB, rows [][]string, merges ...string) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	fillSheet(t, f, "Sheet1", rows, merges...)
	return f
}

func fillSheet(t testing.TB, f *excelize.File, sheet string, rows [][]string, merges ...string) {
	t.Helper()
	for r, row := range rows {
		for c, v := range row {
			if v == "" {
				continue
			}
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			require.NoError(t, err)
			require.NoError(t, f.SetCellStr(sheet, at, v))
		}
	}
	for _, m := range merges {
		a, b, _ := strings.Cut(m, ":")
		require.NoError(t, f.MergeCell(sheet, a, b))
	}
}

func pack(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

func codes(ps catalog.Problems) []string {
	var l []string
	for _, p := range ps {
		l = append(l, p.Code)
	}
	return l
}

// standard is the 基层 form as offices keep it: a title, two heading rows with
// merged groups, merged cells below, ticks of several kinds.
var standard = [][]string{
	{"附件3 某县社会救助领域基层政务公开标准目录（2024年版）"},
	{"序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "", "公开方式", "", "公开层级", ""},
	{"", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请公开", "县级", "乡级"},
	{"1", "综合业务", "政策法规文件", "●名称●文号", "《条例》", "制定或获取信息之日起10个工作日内", "县民政局", "■政府网站\n□两微一端\n■社区/企事业单位/村公示栏（电子屏）", "√", "", "√", "", "√", "√"},
	{"2", "", "监督检查", "信访电话", "", "", "", "", "✔", "", "☑", "", "■", ""},
	{"3", "最低生活保障", "审核信息", "初审名单", "", "公示7个工作日", "", "", "", "申请人", "þ", "", "√", "√"},
	{"4", "", "审批信息", "低保名单", "", "", "", "", "√", "", "√", "", "", ""},
	{"备注：本目录由县民政局负责解释。"},
}

var standardMerges = []string{"A1:N1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2",
	"B4:B5", "E4:E7", "F4:F5", "G4:G7", "H4:H7", "B6:B7", "F6:F7", "M6:M7", "N6:N7", "A8:N8"}

func TestReadWorkbookWithMergedCells(t *testing.T) {
	t.Run("BB-05 标题行、两行表头、合并单元格、几种勾选", func(t *testing.T) {
		c, err := xlsx.Read(bytes.NewReader(pack(t, book(t, standard, standardMerges...))), nil)
		require.NoError(t, err, c.Problems)
		assert.Equal(t, 2024, c.Year)
		assert.Contains(t, c.Title, "社会救助")
		assert.Equal(t, []string{"备注：本目录由县民政局负责解释。"}, c.Notes)
		require.Len(t, c.Entries, 4)
		e := c.Entries
		assert.Equal(t, []string{"综合业务"}, e[1].Path)
		assert.Equal(t, "监督检查", e[1].Name)
		assert.Equal(t, "制定或获取信息之日起10个工作日内", e[1].Nodes[0].LimitText)
		assert.Equal(t, []string{"政府网站", "社区/企事业单位/村公示栏(电子屏)"}, e[1].Nodes[0].Carriers)
		assert.True(t, e[1].Filled.Has(catalog.FieldLimit))
		assert.True(t, e[1].Filled.Has(catalog.FieldLead))
		assert.Equal(t, catalog.County, e[1].Level, "乡级没有合并，空格就是空格")
		assert.Equal(t, catalog.Audience{Group: "申请人"}, e[2].Audience)
		assert.Equal(t, catalog.Proactive, e[2].Mode)
		assert.Equal(t, catalog.County|catalog.Township, e[3].Level, "层级两格与上一行合并")
		assert.Equal(t, "公示7个工作日", e[3].Nodes[0].LimitText)
		for _, x := range e {
			assert.Empty(t, x.Extra)
		}
	})
	t.Run("BB-06 用合并单元格的一栏里，没有合并的空格不沿用上一行", func(t *testing.T) {
		rows := [][]string{
			{"序号", "事项名称", "公开时限", "责任部门"},
			{"1", "甲", "及时公开", "办公室"},
			{"2", "乙", "", ""},
			{"3", "丙", "", ""},
		}
		c, err := xlsx.Read(bytes.NewReader(pack(t, book(t, rows, "C2:C3"))), nil)
		require.NoError(t, err)
		require.Len(t, c.Entries, 3)
		assert.Equal(t, "及时公开", c.Entries[1].Nodes[0].LimitText)
		assert.Empty(t, c.Entries[2].Nodes[0].LimitText)
		assert.Equal(t, "办公室", c.Entries[2].Lead, "责任部门一栏没有合并单元格，照文本表的规矩沿用")
	})
}

func TestReadSheets(t *testing.T) {
	t.Run("BB-05 几张表读成一个目录，封面略过，隐藏的表照读并报告", func(t *testing.T) {
		f := excelize.NewFile()
		fillSheet(t, f, "Sheet1", [][]string{{"某县政府信息主动公开目录"}, {"二〇二四年"}})
		for _, n := range []string{"民政局", "财政局"} {
			_, err := f.NewSheet(n)
			require.NoError(t, err)
			fillSheet(t, f, n, [][]string{{"序号", "事项名称", "公开内容", "公开时限", "责任部门", "公开载体"}, {"1", n + "机构职能", "职能", "长期公开", n, "政府网站"}})
		}
		require.NoError(t, f.SetSheetVisible("财政局", false))
		c, err := xlsx.Read(bytes.NewReader(pack(t, f)), nil)
		require.ErrorIs(t, err, catalog.ErrProblems)
		require.Len(t, c.Entries, 2)
		assert.Equal(t, []string{"民政局", "财政局"}, []string{c.Entries[0].Sheet, c.Entries[1].Sheet})
		assert.Equal(t, []string{"CA-14", "CA-26"}, codes(c.Problems))
		only, err := xlsx.Read(bytes.NewReader(pack(t, f)), &xlsx.Options{Sheet: "民政局"})
		require.NoError(t, err)
		assert.Len(t, only.Entries, 1)
		_, err = xlsx.Read(bytes.NewReader(pack(t, f)), &xlsx.Options{Sheet: "没有这张"})
		require.ErrorIs(t, err, catalog.ErrRefused)
	})
	t.Run("BB-05 隐藏的行列照读并报告", func(t *testing.T) {
		f := book(t, [][]string{{"序号", "事项名称", "公开时限", "责任部门"}, {"1", "甲", "及时公开", "办公室"}, {"2", "乙", "及时公开", "办公室"}})
		require.NoError(t, f.SetRowVisible("Sheet1", 3, false))
		require.NoError(t, f.SetColVisible("Sheet1", "D", false))
		c, err := xlsx.Read(bytes.NewReader(pack(t, f)), nil)
		require.Error(t, err)
		assert.Len(t, c.Entries, 2)
		assert.Equal(t, []string{"CA-14", "CA-14"}, codes(c.Problems))
		assert.Equal(t, 3, c.Problems[1].Row)
	})
	t.Run("BB-05 公式不计算，读保存的结果并报告位置", func(t *testing.T) {
		f := book(t, [][]string{{"序号", "事项名称", "公开时限", "责任部门"}, {"1", "甲", "及时公开", "办公室"}})
		require.NoError(t, f.SetCellFormula("Sheet1", "D2", `"办"&"公室"`))
		c, _ := xlsx.Read(bytes.NewReader(pack(t, f)), nil)
		require.Len(t, c.Entries, 1)
		require.Equal(t, []string{"CA-15"}, codes(c.Problems))
		assert.Equal(t, 2, c.Problems[0].Row)
		assert.Equal(t, 4, c.Problems[0].Column)
	})
}

func TestReadWriteReadIsTheSame(t *testing.T) {
	files, err := filepath.Glob("../testdata/catalogs/*.tsv")
	require.NoError(t, err)
	require.Len(t, files, 13)
	for _, name := range files {
		t.Run("BB-05 "+filepath.Base(name), func(t *testing.T) {
			r, err := os.Open(name)
			require.NoError(t, err)
			defer r.Close()
			c, _ := catalog.ReadCSV(r, nil)
			c.Title, c.Agency, c.Year = "主动公开目录", "某局", 2026
			var b bytes.Buffer
			require.NoError(t, xlsx.Write(&b, c))
			d, err := xlsx.Read(&b, nil)
			assert.NotErrorIs(t, err, catalog.ErrRefused)
			assert.Equal(t, c.Digest(), d.Digest())
			assert.Len(t, d.Entries, len(c.Entries))
		})
	}
}

func TestWrittenCellsAreText(t *testing.T) {
	c := &catalog.Catalog{Entries: []catalog.Entry{{Name: "=1+1", Content: "@x", Lead: "办公室", Nodes: []catalog.Node{{LimitText: "及时公开"}}}}}
	var b bytes.Buffer
	require.NoError(t, xlsx.Write(&b, c))
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	v, err := f.GetCellFormula("公开目录", "B2")
	require.NoError(t, err)
	assert.Empty(t, v)
	d, _ := xlsx.Read(&b, nil)
	assert.Equal(t, "=1+1", d.Entries[0].Name)
}

func TestTemplates(t *testing.T) {
	for _, tpl := range catalog.Templates() {
		t.Run("BB-05 空表 "+tpl.ID+"：表头都读得懂，有下拉选项", func(t *testing.T) {
			var b bytes.Buffer
			require.NoError(t, xlsx.WriteTemplate(&b, tpl))
			f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
			require.NoError(t, err)
			dvs, err := f.GetDataValidations("公开目录")
			require.NoError(t, err)
			lists := 0
			for _, v := range dvs {
				if v.Type == "list" {
					lists++
				}
			}
			want := 0
			grouped := false
			for _, c := range tpl.Columns {
				if len(c.Choices) > 0 {
					want++
				}
				grouped = grouped || c.Group != ""
			}
			assert.Equal(t, want, lists)
			row := 3
			if grouped {
				row = 4
			}
			for i, c := range tpl.Columns {
				at, _ := excelize.CoordinatesToCellName(i+1, row)
				v := "样例"
				if len(c.Choices) > 0 {
					v = c.Choices[0]
				}
				if strings.Contains(c.Heading, "年度") {
					v = "2026"
				}
				require.NoError(t, f.SetCellStr("公开目录", at, v))
			}
			d, err := xlsx.Read(bytes.NewReader(pack(t, f)), nil)
			require.NoError(t, err)
			require.Len(t, d.Entries, 1)
			assert.Empty(t, d.Entries[0].Extra)
			assert.Equal(t, tpl.Title, d.Title)
			for _, p := range d.Problems {
				assert.NotContains(t, []string{"CA-05", "CA-06", "CA-07"}, p.Code, p.Chinese())
			}
		})
	}
}

func TestHostileWorkbooks(t *testing.T) {
	zipOf := func(parts map[string]int) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, size := range parts {
			w, err := z.Create(name)
			require.NoError(t, err)
			chunk := bytes.Repeat([]byte{' '}, 1<<16)
			for n := 0; n < size; n += len(chunk) {
				_, err = w.Write(chunk)
				require.NoError(t, err)
			}
		}
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	wide := func() []byte {
		f := book(t, [][]string{{"序号", "事项名称", "公开时限", "责任部门"}})
		require.NoError(t, f.SetCellStr("Sheet1", "NTP2", "x")) // column 10,000
		return pack(t, f)
	}
	good := pack(t, book(t, standard, standardMerges...))
	for name, data := range map[string][]byte{
		"不是压缩文件":         []byte("序号,事项名称"),
		"空文件":            nil,
		"旧版 xls 或者加密的文件": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"压缩炸弹":           zipOf(map[string]int{"xl/workbook.xml": 64 << 20}),
		"一万列":            wide(),
		"截断的文件":          good[:len(good)/2],
		"空压缩包":           zipOf(nil),
	} {
		t.Run(name, func(t *testing.T) {
			c, err := xlsx.Read(bytes.NewReader(data), &xlsx.Options{MaxUnpacked: 32 << 20})
			require.ErrorIs(t, err, catalog.ErrRefused)
			assert.NotNil(t, c)
			assert.Empty(t, c.Entries)
		})
	}
	t.Run("工作簿太大", func(t *testing.T) {
		_, err := xlsx.Read(bytes.NewReader(good), &xlsx.Options{MaxFile: 100})
		require.ErrorIs(t, err, catalog.ErrRefused)
	})
	t.Run("外部链接只报告，不跟随", func(t *testing.T) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		r, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
		require.NoError(t, err)
		for _, p := range r.File {
			require.NoError(t, z.Copy(p))
		}
		w, err := z.Create("xl/externalLinks/externalLink1.xml")
		require.NoError(t, err)
		_, err = w.Write([]byte("<externalLink/>"))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		c, err := xlsx.Read(&b, nil)
		require.ErrorIs(t, err, catalog.ErrProblems)
		assert.Len(t, c.Entries, 4)
		assert.Contains(t, codes(c.Problems), "CA-16")
	})
}

func FuzzRead(f *testing.F) {
	f.Add(pack(f, book(f, standard, standardMerges...)))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, _ := xlsx.Read(bytes.NewReader(data), &xlsx.Options{MaxUnpacked: 8 << 20})
		if c == nil {
			t.Fatal("nil catalog")
		}
	})
}

func ExampleRead() {
	f := excelize.NewFile()
	for i, row := range [][]any{{"序号", "公开事项", "公开时限", "责任部门"}, {1, "机构职能", "长期公开", "办公室"}, {2, "部门预算", "批复后20日内", "财务科"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			fmt.Println(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		fmt.Println(err)
	}
	c, err := xlsx.Read(&b, nil)
	if err != nil {
		fmt.Println(err)
	}
	for _, e := range c.Entries {
		limit, _ := e.Nodes[0].Limit()
		fmt.Println(e.Number, e.Name, limit, e.Lead)
	}
	// Output:
	// 1 机构职能 长期公开 办公室
	// 2 部门预算 自批复之日起20日内 财务科
}
