package catalog_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/deadline"
)

func ExampleReadCSV() {
	text := "附件：某县社会救助领域政务公开标准目录（2026年）\n" +
		"序号,公开事项,,公开时限,公开主体,公开渠道和载体,公开对象,\n" +
		",一级事项,二级事项,,,,全社会,特定群体\n" +
		"1,最低生活保障,办事指南,制定或获取信息之日起10个工作日内,县民政局,■政府网站□政府公报,√,\n" +
		"2,,审核信息,不知何时,同上,■公示栏,,申请人\n"
	c, err := catalog.ReadCSV(strings.NewReader(text), nil)
	fmt.Println(c.Year, len(c.Entries), err != nil)
	for _, e := range c.Entries {
		limit, _ := e.Nodes[0].Limit()
		fmt.Println(e.Path, e.Name, e.Lead, e.Nodes[0].Carriers, e.Audience.Chinese()+"；"+limit.String())
	}
	for _, p := range c.Problems {
		if p.Severity == catalog.Error {
			fmt.Println(p.Chinese())
		}
	}
	// Output:
	// 2026 2 true
	// [最低生活保障] 办事指南 县民政局 [政府网站] 全社会；自制定或获取信息之日起10个工作日内
	// [最低生活保障] 审核信息 县民政局 [公示栏] 申请人；
	// CA-10 第5行D列（公开时限）：公开时限读不懂「不知何时」；写明期限，如「信息形成或者变更之日起20个工作日内」「每年1月31日前」「长期公开」
}

func ExampleCatalog_Schedule() {
	c := &catalog.Catalog{Agency: "某局", Entries: []catalog.Entry{
		{Name: "统计公报", Lead: "统计科", Nodes: []catalog.Node{{LimitText: "每季度的首个月20日"}}},
		{Name: "公开年报", Lead: "办公室", Nodes: []catalog.Node{{LimitText: "每年1月31日前"}}},
	}}
	s, err := c.Schedule(2026, deadline.China(), nil)
	fmt.Println(err)
	for _, d := range s.Duties {
		fmt.Println(d.By, d.Title, d.Lead, d.Limit)
	}
	// Output:
	// <nil>
	// 2026-01-20 统计公报 统计科 每季度第1个月20日
	// 2026-01-31 公开年报 办公室 每年1月31日前
	// 2026-04-20 统计公报 统计科 每季度第1个月20日
	// 2026-07-20 统计公报 统计科 每季度第1个月20日
	// 2026-10-20 统计公报 统计科 每季度第1个月20日
}

func ExampleSchedule_WriteICal() {
	c := &catalog.Catalog{Entries: []catalog.Entry{{Name: "公开年报", Lead: "办公室", Nodes: []catalog.Node{{LimitText: "每年1月31日前"}}}}}
	s, _ := c.Schedule(2026, nil, nil)
	var b strings.Builder
	if err := s.WriteICal(&b, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 7); err != nil {
		fmt.Println(err)
	}
	for _, line := range strings.Split(b.String(), "\r\n") {
		if strings.HasPrefix(line, "DTSTART") || strings.HasPrefix(line, "SUMMARY") {
			fmt.Println(line)
		}
	}
	// Output:
	// DTSTART;VALUE=DATE:20260131
	// SUMMARY:公开：公开年报
}

func ExampleParseIndex() {
	for _, s := range []string{"00817525-1/2022-06004", "115323007704937969-/2019-0703436"} {
		x, err := catalog.ParseIndex(s)
		fmt.Println(x.Agency, x.Year, x.Serial, x.Width, err)
	}
	rule := catalog.IndexRule{Agency: "00817525-1"}
	next, _ := rule.Next([]catalog.Index{{Agency: "00817525-1", Year: 2026, Serial: 41}}, 2026)
	fmt.Println(next)
	// Output:
	// 00817525-1 2022 6004 5 <nil>
	// 115323007704937969- 2019 703436 7 <nil>
	// 00817525-1/2026-00042
}

func ExampleTaxonomy() {
	t, err := catalog.LoadTaxonomy(catalog.TaxonomyRegulation)
	if err != nil {
		fmt.Println(err)
		return
	}
	class, part, _ := t.For(catalog.County).Part("20.7")
	fmt.Println(class.Title, part.Title, part.Cite)
	fmt.Println(t.Classify([]catalog.Entry{{Name: "部门预算"}}))
	// Output:
	// 各行政机关主动公开 财政预算、决算信息 《中华人民共和国政府信息公开条例》第二十条第一款第（七）项
	// [[20.7]]
}

func ExampleTemplate_WriteCSV() {
	t, err := catalog.LoadTemplate("bengbu-nodes")
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := t.WriteCSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
}

func ExampleInForce() {
	versions := []*catalog.Catalog{{Version: 1, From: deadline.NewDate(2025, 1, 1)}, {Version: 2, From: deadline.NewDate(2026, 1, 1)}}
	fmt.Println(catalog.InForce(versions, deadline.NewDate(2025, 12, 31)).Version)
	// Output: 1
}
