package xlsx_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/opengongkai/gongkai/catalog/xlsx"
	"github.com/xuri/excelize/v2"
)

// county is a workbook of n rows in the columns of the standard form.
func county(b *testing.B, n int) []byte {
	b.Helper()
	f := excelize.NewFile()
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	row := func(i int, cells ...any) {
		if err := s.SetRow(fmt.Sprintf("A%d", i), cells); err != nil {
			b.Fatal(err)
		}
	}
	row(1, "序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "全社会", "特定群体", "主动", "依申请", "县级", "乡级")
	limits := []string{"信息形成或者变更之日起20个工作日内", "长期公开", "每季度", "实时公开"}
	for i := range n {
		row(i+2, i+1, fmt.Sprintf("第%d类事项", i/7), fmt.Sprintf("办理事项%d", i), "受理条件、办理程序、办理结果", "政府信息公开条例", limits[i%4], "县民政局", "■政府网站 □政府公报 ■两微一端", "√", "", "√", "", "√", "")
	}
	if err := s.Flush(); err != nil {
		b.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		b.Fatal(err)
	}
	return buf.Bytes()
}

func BenchmarkRead(b *testing.B) {
	const n = 20_000
	data := county(b, n)
	b.Run("ours/rows=20000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c, err := xlsx.Read(bytes.NewReader(data), nil)
			if err != nil || len(c.Entries) != n {
				b.Fatal(len(c.Entries), err)
			}
		}
	})
	b.Run("excelize-streaming/rows=20000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			rows, err := f.Rows("Sheet1")
			if err != nil {
				b.Fatal(err)
			}
			k := 0
			for rows.Next() {
				if _, err := rows.Columns(); err != nil {
					b.Fatal(err)
				}
				k++
			}
			if k != n+1 {
				b.Fatal(k)
			}
			f.Close()
		}
	})
}
