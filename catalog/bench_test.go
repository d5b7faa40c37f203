package catalog_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
)

// county makes a catalog of n rows in the columns of the standard form, with the
// repetitions of a real one: few limits, units and carriers, many names.
func county(n int) []byte {
	var b bytes.Buffer
	b.WriteString("序号\t一级事项\t二级事项\t公开内容\t公开依据\t公开时限\t公开主体\t公开渠道和载体\t全社会\t特定群体\t主动\t依申请\t县级\t乡级\n")
	limits := []string{"信息形成或者变更之日起20个工作日内", "制定或获取信息之日起10个工作日内,公示7个工作日", "长期公开", "每季度", "", "自该政府信息形成或者变更之日起20个工作日内及时公开", "部门预算批复后20日内", "实时公开"}
	carriers := []string{"■政府网站 ■两微一端 □政府公报 ■公开查阅点", "■政府网站", "", "■政府网站 ■政务服务中心 ■社区/企事业单位/村公示栏(电子屏)"}
	units := []string{"县民政局", "县应急管理局", "县财政局", "县教育体育局", "县住房和城乡建设局"}
	for i := range n {
		group := ""
		if i%7 == 0 {
			group = fmt.Sprintf("第%d类事项", i/7%900)
		}
		fmt.Fprintf(&b, "%d\t%s\t办理事项%d的登记和结果公开\t受理条件、办理程序、办理结果第%d项\t政府信息公开条例;有关规定\t%s\t%s\t%s\t√\t\t√\t\t√\t\n",
			i+1, group, i, i, limits[i%len(limits)], units[i%len(units)], carriers[i%len(carriers)])
	}
	return b.Bytes()
}

func BenchmarkReadParseCheck(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		data := county(n)
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c, _ := catalog.ReadCSV(bytes.NewReader(data), nil)
				if len(c.Entries) != n {
					b.Fatal(len(c.Entries))
				}
				c.Check(nil)
			}
		})
	}
}

// BenchmarkReadMemory reports what a read catalog keeps, and the peak while it
// is read and checked, as multiples of the file.
func BenchmarkReadMemory(b *testing.B) {
	data := county(100_000)
	for b.Loop() {
		var before, after, peak runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		c, _ := catalog.ReadCSV(bytes.NewReader(data), nil)
		c.Check(nil)
		runtime.ReadMemStats(&peak)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(data)), "kept/file")
		b.ReportMetric(float64(peak.HeapAlloc-before.HeapAlloc)/float64(len(data)), "peak/file")
		runtime.KeepAlive(c)
	}
}
