package catalog_test

import (
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, lines ...string) (*catalog.Catalog, error) {
	t.Helper()
	c, err := catalog.ReadCSV(strings.NewReader(strings.Join(lines, "\n")), nil)
	require.NotNil(t, c)
	return c, err
}

func codes(ps catalog.Problems) []string {
	var l []string
	for _, p := range ps {
		l = append(l, p.Code)
	}
	return l
}

func names(c *catalog.Catalog) []string {
	var l []string
	for i := range c.Entries {
		l = append(l, c.Entries[i].Title())
	}
	return l
}

func TestHeadings(t *testing.T) {
	t.Run("BB-05 标题行、填报单位、两行表头、序号行、表尾", func(t *testing.T) {
		c, err := read(t,
			"附件1\t\t\t\t\t\t\t\t\t\t\t\t\t",
			"XX县就业创业领域基层政务公开标准目录（2023年版）\t\t\t\t\t\t\t\t\t\t\t\t\t",
			"填报单位：XX县人社局\t\t\t\t\t\t填报日期：2023年5月8日\t\t\t\t\t\t\t",
			"序号\t公开事项\t\t公开内容(要素)\t公开依据\t公开时限\t公开主体\t公开渠道和载体\t公开对象\t\t公开方式\t\t公开层级\t",
			"\t一级事项\t二级事项\t\t\t\t\t\t全社会\t特定群众\t主动公开\t依申请公开\t县级\t乡、村级",
			"1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\t14",
			"1\t就业信息服务\t就业政策法规咨询\t政策名称\t就业促进法\t公开事项信息形成或变更之日起20个工作日内公开\t县人社局\t■政府网站\t√\t\t√\t\t√\t√",
			"2\t\t岗位信息发布\t岗位\t\t\t\t\t√\t\t√\t\t√\t",
			"备注：本目录动态调整\t\t\t\t\t\t\t\t\t\t\t\t\t",
			"填表人：张某\t\t审核人：李某\t\t\t\t\t\t\t\t\t\t\t",
		)
		require.NoError(t, err, c.Problems)
		assert.Equal(t, []string{"就业政策法规咨询", "岗位信息发布"}, names(c))
		assert.Equal(t, 2023, c.Year)
		assert.Equal(t, "XX县人社局", c.Agency)
		assert.Equal(t, "XX县就业创业领域基层政务公开标准目录（2023年版）", c.Title)
		assert.Equal(t, []string{"附件1", "备注：本目录动态调整", "填表人：张某 审核人：李某"}, c.Notes)
		assert.Equal(t, catalog.County|catalog.Township|catalog.Village, c.Entries[0].Level)
		assert.Equal(t, "县人社局", c.Entries[1].Lead)
		assert.Equal(t, 7, c.Entries[0].Row)
	})
	t.Run("BB-11 每种载体一列打勾", func(t *testing.T) {
		c, err := read(t,
			"序号,事项名称,公开内容,公开载体,,,,责任部门,公开时限",
			",,,政府网站,政务新媒体,公告栏,其他,,",
			"1,机构职能,职能,√,√,,,办公室,长期公开",
			"2,财务收支,收支表,,,√,职代会,财务科,每季度",
		)
		require.NoError(t, err, c.Problems)
		require.Len(t, c.Entries, 2)
		assert.Equal(t, []string{"政府网站", "政务新媒体"}, c.Entries[0].Nodes[0].Carriers)
		assert.Contains(t, c.Entries[1].Nodes[0].Carriers, "公告栏")
		assert.Equal(t, "财务科", c.Entries[1].Lead)
	})
	t.Run("时限按种类打勾", func(t *testing.T) {
		c, err := read(t,
			"类别,公开事项,公开时限,,,责任科室",
			",,长期公开,定期公开,及时公开,",
			"机构,职能,√,,,办公室",
			"财务,预算执行,,每月,,财务科",
			"通知,公告,,,√,办公室",
		)
		require.NoError(t, err, c.Problems)
		var limits []string
		for _, e := range c.Entries {
			limits = append(limits, e.Nodes[0].LimitText)
		}
		assert.Equal(t, []string{"长期公开", "每月", "及时公开"}, limits)
	})
	t.Run("CX-11 牵头单位和配合单位", func(t *testing.T) {
		c, err := read(t, "任务,牵头单位,配合单位,完成时限", "权责清单公开,政策法规科,各科室、办公室,每年12月底前")
		require.NoError(t, err)
		assert.Equal(t, "政策法规科", c.Entries[0].Lead)
		assert.Equal(t, []string{"各科室", "办公室"}, c.Entries[0].Cooperating)
		assert.Equal(t, "权责清单公开", c.Entries[0].Name)
	})
	t.Run("BB-06 明细表一行一个环节，各有时限", func(t *testing.T) {
		c, err := read(t,
			"编号,事项名称,公开环节,公开阶段,公开载体,公开形式,公开范围,公开时限,公示期,责任部门",
			"GC-2026-001,办公楼维修工程,立项,事前,公开平台,公告,本单位职工,立项后3个工作日内,,办公室",
			",,招标,事中,公开平台、公告栏,公示,本单位职工,定标后2个工作日内,2-7天,",
			",,验收,事后,公开平台,公告,本单位职工,验收后5个工作日内,,财务科",
			"GC-2026-002,锅炉更换,立项,事前,公开平台,公告,本单位职工,立项后3个工作日内,,办公室",
		)
		require.NoError(t, err, c.Problems)
		require.Len(t, c.Entries, 2)
		n := c.Entries[0].Nodes
		require.Len(t, n, 3)
		assert.Equal(t, []string{"立项", "招标", "验收"}, []string{n[0].Name, n[1].Name, n[2].Name})
		assert.Equal(t, []catalog.Phase{catalog.Before, catalog.During, catalog.After}, []catalog.Phase{n[0].Phase, n[1].Phase, n[2].Phase})
		assert.Equal(t, "2-7天", n[1].Notice)
		assert.Equal(t, "财务科", n[2].Lead)
		for i, want := range []string{"自立项之日起3个工作日内", "自定标之日起2个工作日内", "自验收之日起5个工作日内"} {
			l, err := n[i].Limit()
			require.NoError(t, err)
			assert.Equal(t, want, l.String())
		}
		assert.Equal(t, "立项", c.Entries[1].Nodes[0].Name)
	})
	t.Run("OA-13 文件目录的元数据", func(t *testing.T) {
		c, err := read(t,
			"索引号,名称,文号,主题,体裁,发布机构,成文日期,发布日期,公开方式,有效性",
			"00817525-1/2022-06004,党政务公开工作规范管理办法,海高新〔2015〕1号,制度,办法,海口高新区,2015-11-11,2015年11月12日,主动公开,有效",
			"00817525-1/2022-06005,公告,,,,海口高新区,2022/6/1,2022.6.2,依申请公开,废止",
		)
		require.NoError(t, err, c.Problems)
		m := c.Entries[0].Meta
		require.NotNil(t, m)
		assert.Equal(t, "2015-11-11", m.Made.String())
		assert.Equal(t, "2015-11-12", m.Published.String())
		assert.Equal(t, "海高新〔2015〕1号", m.Document)
		assert.Equal(t, "海口高新区", c.Entries[0].Lead)
		assert.Equal(t, catalog.Proactive, c.Entries[0].Mode)
		assert.Equal(t, "2022-06-02", c.Entries[1].Meta.Published.String())
		valid, ok := c.Entries[1].Meta.Valid()
		assert.True(t, ok)
		assert.False(t, valid)
		list := c.InformationList()
		assert.Equal(t, []string{"索引", "名称", "内容概述", "生成日期"}, list[0][:4])
		assert.Len(t, list, 3)
	})
	t.Run("BB-01 五公开分列打勾或者写在一格", func(t *testing.T) {
		c, err := read(t, "事项,五公开,,,,,责任部门,公开时限", ",决策,执行,管理,服务,结果,,", "甲,√,,,,√,办公室,及时公开")
		require.NoError(t, err)
		assert.Equal(t, catalog.Decision|catalog.Result, c.Entries[0].Aspects)
		c, err = read(t, "事项,五公开类别,责任部门,公开时限", "甲,决策公开、结果公开,办公室,及时公开")
		require.NoError(t, err)
		assert.Equal(t, catalog.Decision|catalog.Result, c.Entries[0].Aspects)
	})
	t.Run("TZ-01 繁体表头和拼音夹注", func(t *testing.T) {
		c, err := read(t, "序號\t一級事項\t二級事項\t公開內(nèi)容\t公開時限\t公開主體\t公開渠道和載體\t全社會\t主動\t縣級", "1\t行政決策\t重大決策\t決策結(jié)果\t信息形成或者變更之日起20個(gè)工作日內(nèi)\t質(zhì)監(jiān)局\t■政府網(wǎng)站\t√\t√\t√")
		require.NoError(t, err, c.Problems)
		require.Len(t, c.Entries, 1)
		e := c.Entries[0]
		assert.Empty(t, e.Extra)
		l, err := e.Nodes[0].Limit()
		require.NoError(t, err)
		assert.Equal(t, "自信息形成或变更之日起20个工作日内", l.String())
		assert.Equal(t, catalog.County, e.Level)
		assert.Equal(t, catalog.Website, c.Carriers[0].Kind)
	})
	t.Run("读不懂的表头报告最近的栏目，内容原样保留", func(t *testing.T) {
		c, err := read(t, "序号,事项名称,公开时线,责任部门,神秘栏", "1,甲,20个工作日内,办公室,某物")
		require.ErrorIs(t, err, catalog.ErrProblems)
		require.Equal(t, []string{"CA-05", "CA-05"}, codes(c.Problems))
		assert.Contains(t, c.Problems[0].Want, "最接近的栏目是「公开时限」")
		assert.Equal(t, 3, c.Problems[0].Column)
		assert.Equal(t, []catalog.Extra{{Heading: "神秘栏", Value: "某物"}}, c.Entries[0].Extra)
		assert.Equal(t, "20个工作日内", c.Entries[0].Nodes[0].LimitText, "内容看得出是时限")
	})
	t.Run("重复的表头行略过，换了表头继续读", func(t *testing.T) {
		c, err := read(t,
			"序号,事项名称,公开时限,责任部门", "1,甲,及时公开,办公室",
			"序号,事项名称,公开时限,责任部门", "2,乙,及时公开,办公室",
			"序号,事项名称,责任部门,公开载体,公开时限", "3,丙,财务科,政府网站,每月")
		require.NoError(t, err, c.Problems)
		assert.Equal(t, []string{"甲", "乙", "丙"}, names(c))
		assert.Equal(t, "财务科", c.Entries[2].Lead)
		assert.Equal(t, "每月", c.Entries[2].Nodes[0].LimitText)
	})
	t.Run("分节标题行记作类别，不算事项", func(t *testing.T) {
		c, err := read(t,
			"序号,事项名称,公开内容,公开时限,责任部门",
			"一、机构信息,,,,", "1,机构职能,职能,长期公开,办公室", "2,领导信息,姓名,长期公开,办公室",
			"二、财务信息,,,,", "3,部门预算,预算,批复后20日内,财务科")
		require.NoError(t, err, c.Problems)
		require.Equal(t, []string{"机构职能", "领导信息", "部门预算"}, names(c))
		assert.Equal(t, []string{"一、机构信息"}, c.Entries[1].Path)
		assert.Equal(t, []string{"二、财务信息"}, c.Entries[2].Path)
	})
	t.Run("有类别栏的表里，分节标题行就是下面各行的类别", func(t *testing.T) {
		c, err := read(t, "类别,公开事项,责任部门,公开时限",
			"一、基本信息,,,", ",办学情况,校办,每年10月", ",规章制度,校办,变动即更", "二、招生信息,,,", ",招生章程,招办,变动即更", "其他,杂项,校办,随时更新")
		require.NoError(t, err, c.Problems)
		require.Equal(t, []string{"办学情况", "规章制度", "招生章程", "杂项"}, names(c))
		var paths []string
		for _, e := range c.Entries {
			paths = append(paths, strings.Join(e.Path, "/"))
		}
		assert.Equal(t, []string{"一、基本信息", "一、基本信息", "二、招生信息", "其他"}, paths)
	})
	t.Run("公开类别一栏按内容判断是方式还是分类", func(t *testing.T) {
		c, _ := read(t, "公开类别,事项名称,公开时限,责任部门", "主动公开,甲,及时公开,办公室", "依申请公开,乙,及时公开,办公室")
		assert.Equal(t, catalog.Proactive, c.Entries[0].Mode)
		assert.Equal(t, catalog.OnRequest, c.Entries[1].Mode)
		c, _ = read(t, "公开类别,事项名称,公开时限,责任部门", "机构职能,甲,及时公开,办公室", ",乙,及时公开,办公室")
		assert.Equal(t, []string{"机构职能"}, c.Entries[1].Path)
		c, _ = read(t, "事项名称,公开方式,公开时限,责任部门", "甲,网站公开,及时公开,办公室")
		assert.Equal(t, "网站公开", c.Entries[0].Nodes[0].Form)
		assert.Equal(t, []string{"网站公开"}, c.Entries[0].Nodes[0].Carriers)
	})
	t.Run("时限栏头写了单位，格里只有数字", func(t *testing.T) {
		c, err := read(t, "序号,事项名称,公开时限（工作日）,责任部门", "1,甲,20,办公室", "2,乙,每季度,办公室")
		require.NoError(t, err, c.Problems)
		l, err := c.Entries[0].Nodes[0].Limit()
		require.NoError(t, err)
		assert.Equal(t, "20个工作日内", l.String())
		c, err = read(t, "序号,事项名称,公开时限,责任部门", "1,甲,20,办公室")
		require.Error(t, err, "没有单位的数字不猜")
		assert.Equal(t, []string{"CA-10"}, codes(c.Problems))
	})
	t.Run("多数表头不认识也找得到表头行", func(t *testing.T) {
		c, _ := read(t, "本单位清单", "栏甲,栏乙,栏丙,事项名称,栏丁,公开时限", "a,b,c,甲,d,及时公开", "a,b,c,乙,d,每季度")
		require.Equal(t, []string{"甲", "乙"}, names(c))
		assert.Len(t, c.Entries[0].Extra, 4)
		c, _ = read(t, "事项,时限规定,部门职责", "甲,及时公开,办公室")
		assert.Equal(t, []string{"甲"}, names(c))
	})
	t.Run("名称以编制说明、备注开头的事项不是表尾", func(t *testing.T) {
		c, err := read(t, "类别,公开事项,责任部门,公开时限", "预算,编制说明,财务科,及时公开", ",制表规范,财务科,及时公开", "说明事项,合计,财务科,及时公开")
		require.NoError(t, err, c.Problems)
		assert.Equal(t, []string{"编制说明", "制表规范", "合计"}, names(c))
	})
	t.Run("第一栏没有表头而全是数字", func(t *testing.T) {
		c, err := read(t, ",事项名称,公开时限,责任部门", "1,甲,及时公开,办公室", "2,乙,及时公开,办公室")
		require.NoError(t, err, c.Problems)
		assert.Equal(t, "2", c.Entries[1].Number)
	})
	t.Run("各种勾", func(t *testing.T) {
		c, err := read(t, "事项名称,责任部门,公开时限,全社会,特定群体", "甲,办公室,及时公开,✔️,", "乙,办公室,及时公开,✅,", "丙,办公室,及时公开,V,", "丁,办公室,及时公开,□,■企业", "戊,办公室,及时公开,是,否")
		require.NoError(t, err, c.Problems)
		var got []catalog.Audience
		for _, e := range c.Entries {
			assert.Empty(t, e.Extra)
			got = append(got, e.Audience)
		}
		all := catalog.Audience{Everyone: true}
		assert.Equal(t, []catalog.Audience{all, all, all, {Group: "企业"}, all}, got)
	})
	t.Run("网页里下一行表头挤在左边", func(t *testing.T) {
		c, err := read(t,
			"序号\t公开事项\t公开内容\t公开依据\t公开时限\t公开渠道和载体\t公开对象\t公开方式",
			"一级\t二级\t全社\t特定群体\t主动\t依申请",
			"1\t机构信息\t机构职能\t单位名称\t条例\t信息形成或变更之日起20个工作日内\t政府网站\t√\t\t√\t",
			"2\t\t公开年报\t年度报告\t条例\t每年1月31日前\t政府网站\t\t申请人\t\t√")
		require.NoError(t, err, c.Problems)
		require.Equal(t, []string{"机构职能", "公开年报"}, names(c))
		assert.Equal(t, []string{"机构信息"}, c.Entries[1].Path)
		assert.Equal(t, catalog.OnRequest, c.Entries[1].Mode)
		assert.Equal(t, "申请人", c.Entries[1].Audience.Group)
		assert.Equal(t, "每年1月31日前", c.Entries[1].Nodes[0].LimitText)
	})
	t.Run("公开要求一栏写的是时限", func(t *testing.T) {
		c, err := read(t, "序号,二级事项,公开内容,公开要求,公开主体", "1,其他文件,文件,信息形成(变更)20个工作日内,区乡村振兴局", "2,年度计划,计划,信息形成(变更)20个工作日内,区乡村振兴局")
		require.Error(t, err)
		assert.Equal(t, []string{"CA-05"}, codes(c.Problems))
		assert.Contains(t, c.Problems[0].Want, "按内容读作「公开时限」")
		l, err := c.Entries[1].Nodes[0].Limit()
		require.NoError(t, err)
		assert.Equal(t, 20, l.N)
	})
	t.Run("网站所属栏目、联系电话原样保留，不算问题", func(t *testing.T) {
		c, err := read(t, "一级目录,二级目录,公开时限,公开主体,网站所属栏目,联系电话", "政策,规范性文件,信息形成或变更20个工作日内,党政办,政策—规范性文件,0000")
		require.NoError(t, err, c.Problems)
		assert.Len(t, c.Entries[0].Extra, 2)
	})
	t.Run("表尾的要素说明", func(t *testing.T) {
		c, err := read(t, "序号,事项名称,公开时限,责任部门", "1,甲,及时公开,办公室", "標準目錄要素說明:,,,", "1.公开事项名称。基层政务公开事项目录主要是政务公开事项的名称和主要公开内容分类，包括一级目录及各级子目录以及各级目录所属的内容和范围。,,,")
		require.NoError(t, err, c.Problems)
		assert.Len(t, c.Entries, 1)
		assert.Len(t, c.Notes, 2)
	})
	t.Run("没有表头", func(t *testing.T) {
		c, err := read(t, "甲,乙", "丙,丁")
		require.ErrorIs(t, err, catalog.ErrProblems)
		assert.Contains(t, codes(c.Problems), "CA-04")
		assert.Len(t, c.Entries, 2, "一行不少")
	})
	t.Run("带合并横表头：公开时间里写日期的是发布日期", func(t *testing.T) {
		c, err := read(t, "序号,信息名称,公开时间,责任部门", "1,甲,2023-5-6,办公室", "2,乙,2023年5月7日,办公室")
		require.NoError(t, err, c.Problems)
		require.NotNil(t, c.Entries[0].Meta)
		assert.Equal(t, "2023-05-06", c.Entries[0].Meta.Published.String())
	})
}

func TestTabsAndQuotes(t *testing.T) {
	t.Run("制表符分隔：两行各有半个引号，不吞行", func(t *testing.T) {
		c, _ := read(t, "序号\t事项名称\t公开内容\t责任部门", "1\t\"甲\t内容\t办公室", "2\t乙\"\t内容\t办公室", "3\t丙\t\"多行\n内容\"\t办公室")
		assert.Equal(t, []string{"\"甲", "乙\"", "丙"}, names(c))
		assert.Equal(t, "多行\n内容", c.Entries[2].Content)
	})
}

func TestFillFromAbove(t *testing.T) {
	head := "序号,一级事项,二级事项,公开内容,公开时限,责任部门,公开载体"
	t.Run("同上和空格承接上一行并作标记", func(t *testing.T) {
		c, err := read(t, head, "1,综合,甲,a,及时公开,办公室,政府网站", "2,同上,乙,b,〃,同上,同上", "3,,丙,c,,,")
		require.NoError(t, err, c.Problems)
		for _, i := range []int{1, 2} {
			e := c.Entries[i]
			assert.Equal(t, []string{"综合"}, e.Path)
			assert.Equal(t, "及时公开", e.Nodes[0].LimitText)
			assert.Equal(t, "办公室", e.Lead)
			assert.Equal(t, []string{"政府网站"}, e.Nodes[0].Carriers)
			assert.Subset(t, e.Filled.List(), []catalog.Field{catalog.FieldLimit, catalog.FieldLead, catalog.FieldCarrier})
		}
		assert.Contains(t, codes(c.Problems), "CA-13")
	})
	t.Run("第一行写同上是错误，文字保留", func(t *testing.T) {
		c, err := read(t, head, "1,综合,甲,a,同上,办公室,政府网站")
		require.Error(t, err)
		assert.Contains(t, codes(c.Problems), "CA-12")
		assert.Equal(t, "同上", c.Entries[0].Nodes[0].LimitText)
	})
	t.Run("划掉的格不承接", func(t *testing.T) {
		c, _ := read(t, head, "1,综合,甲,a,及时公开,办公室,政府网站", "2,综合,乙,b,——,办公室,/")
		assert.Empty(t, c.Entries[1].Nodes[0].LimitText)
		assert.Empty(t, c.Entries[1].Nodes[0].Carriers)
	})
	t.Run("不承接的选项", func(t *testing.T) {
		c, _ := catalog.ReadCSV(strings.NewReader(head+"\n1,综合,甲,a,及时公开,办公室,政府网站\n2,,乙,b,,,"), &catalog.ReadOptions{Literal: true})
		assert.Empty(t, c.Entries[1].Nodes[0].LimitText)
		assert.Equal(t, []string{""}, c.Entries[1].Path)
	})
	t.Run("读不懂的时限留作文字，只在写它的那一行报告", func(t *testing.T) {
		c, err := read(t, head, "1,综合,甲,a,限时公开,办公室,政府网站", "2,,乙,b,,,", "3,,丙,c,1年,,")
		require.ErrorIs(t, err, catalog.ErrProblems)
		var rows []int
		for _, p := range c.Problems {
			if p.Code == "CA-10" {
				rows = append(rows, p.Row)
				assert.Equal(t, 5, p.Column)
				assert.NotEmpty(t, p.Want)
			}
		}
		assert.Equal(t, []int{2, 4}, rows)
		assert.Equal(t, "限时公开", c.Entries[1].Nodes[0].LimitText)
		l, err := c.Entries[2].Nodes[0].Limit()
		require.Error(t, err)
		assert.True(t, l.IsZero())
	})
	t.Run("并列时限有一句读不懂，其余照用", func(t *testing.T) {
		c, err := read(t, head, "1,综合,甲,a,信息形成之日起20个工作日内；按通知要求,办公室,政府网站")
		require.Error(t, err)
		assert.Contains(t, codes(c.Problems), "CA-11")
		l, err := c.Entries[0].Nodes[0].Limit()
		require.Error(t, err)
		assert.False(t, l.IsZero())
	})
}

func TestCarrierCells(t *testing.T) {
	for cell, want := range map[string][]string{
		"■政府网站□政府公报■两微一端□发布会/听证会 □广播电视":  {"政府网站", "两微一端"},
		"■ 政府网站\n■ 社区/企事业单位/村公示栏\n(电子屏)": {"政府网站", "社区/企事业单位/村公示栏(电子屏)"},
		"√政府网站 √公开查阅点":                   {"政府网站", "公开查阅点"},
		"þ政府网站 口政府公报 þ两微一端":              {"政府网站", "两微一端"},
		"▄政府网站口政府公报▄精准推送":                {"政府网站", "精准推送"},
		"☑政府网站☐政府公报☑入户/现场":               {"政府网站", "入户/现场"},
		"政府网站、微信公众号、公告栏":                 {"政府网站", "微信公众号", "公告栏"},
		"政府网站/政务新媒体":                     {"政府网站", "政务新媒体"},
		"入户/现场":                          {"入户/现场"},
		"发布会/听证会":                        {"发布会/听证会"},
		"社区/企事业单位、村公示栏（电子屏）":             {"社区/企事业单位、村公示栏(电子屏)"},
		"■政府网站 ■其他:办税服务厅":                {"政府网站", "办税服务厅"},
		"■政府网站 □其他____":                  {"政府网站"},
		"■其他":                            {"其他"},
		"1.政府网站；2.政务服务大厅":                {"政府网站", "政务服务大厅"},
		"政府网站 政务服务中心":                    {"政府网站", "政务服务中心"},
		"■其他（“线下”）":                      {"线下"},
		"国家企业信用信息公示系统":                   {"国家企业信用信息公示系统"},
	} {
		t.Run("BB-11 "+cell, func(t *testing.T) {
			c, _ := read(t, "序号\t事项名称\t公开时限\t责任部门\t公开载体", "1\t甲\t及时公开\t办公室\t\""+strings.ReplaceAll(cell, "\"", "\"\"")+"\"")
			require.Len(t, c.Entries, 1)
			assert.Equal(t, want, c.Entries[0].Nodes[0].Carriers)
		})
	}
	t.Run("TZ-01 繁体夹拼音、方框写成 t 的一格", func(t *testing.T) {
		c, _ := read(t, "序號\t事項名稱\t公開時限\t責任部門\t公開渠道和載體", "1\t甲\t20工作日\t辦公室\t\"t政府網(wǎng)站□政府公報\n□兩微一端□發(fā)布會/聽證會\nt社區(qū)/企事業(yè)單位/村公示欄(電子屏)\n□精準(zhǔn)推送□其他\"")
		require.Len(t, c.Entries, 1)
		assert.Equal(t, []string{"政府网站", "社区/企事业单位/村公示栏(电子屏)"}, c.Entries[0].Nodes[0].Carriers)
	})
	t.Run("BB-11 一个也没有勾选", func(t *testing.T) {
		c, err := read(t, "序号\t事项名称\t公开时限\t责任部门\t公开载体", "1\t甲\t及时公开\t办公室\t□政府网站□政府公报")
		require.Error(t, err)
		assert.Contains(t, codes(c.Problems), "CA-17")
		assert.Equal(t, "□政府网站□政府公报", c.Entries[0].Nodes[0].CarrierText)
	})
	t.Run("BB-26 TZ-05 HK-07 各单位文件点名的载体都有种类和范围", func(t *testing.T) {
		for _, x := range catalog.Taxonomies() {
			for _, c := range x.Carriers {
				assert.NotEmpty(t, c.Kind, c.Name)
				assert.NotEmpty(t, c.Scope, c.Name)
			}
		}
		kind := func(name string) catalog.CarrierKind { return catalog.NewCarrier(name).Kind }
		assert.Equal(t, catalog.Survey, kind("问卷调查平台"))
		assert.Equal(t, catalog.Congress, kind("职代会"))
		assert.Equal(t, catalog.Meeting, kind("局长办公会"))
		assert.Equal(t, catalog.Intranet, kind("智慧园区"))
		assert.Equal(t, catalog.Intranet, kind("内部网站"))
		assert.Equal(t, catalog.Board, kind("公告栏"))
		assert.Equal(t, catalog.Platform, kind("公开平台"))
	})
}
