package catalog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// entry is a matter with nothing to object to.
func entry(change ...func(*catalog.Entry)) catalog.Entry {
	e := catalog.Entry{Number: "1", Name: "机构职能", Content: "职能、机构", Lead: "办公室", Mode: catalog.Proactive, Row: 2,
		Nodes: []catalog.Node{{LimitText: "信息形成或者变更之日起20个工作日内", Carriers: []string{"政府网站"}}}}
	for _, c := range change {
		c(&e)
	}
	return e
}

// found are the codes that a check finds; the absent year is left out.
func found(o *catalog.CheckOptions, es ...catalog.Entry) []string {
	c := &catalog.Catalog{Year: 2026, Entries: es}
	return codes(c.Check(o))
}

func node(n catalog.Node) func(*catalog.Entry) {
	return func(e *catalog.Entry) { e.Nodes = []catalog.Node{n} }
}

func taxonomy(t *testing.T, id string) *catalog.Taxonomy {
	t.Helper()
	x, err := catalog.LoadTaxonomy(id)
	require.NoError(t, err)
	return x
}

func TestCheckFindsNothingInAGoodEntry(t *testing.T) {
	assert.Empty(t, found(nil, entry()))
}

func TestCheckRules(t *testing.T) {
	gov := law.GovInfoRegulation2019
	for _, x := range []struct {
		name  string
		code  string
		entry catalog.Entry
		fixed catalog.Entry
	}{
		{"BB-05 没有承办部门", "CA-40", entry(func(e *catalog.Entry) { e.Lead = "" }), entry()},
		{"BB-06 环节没有时限", "CA-41", entry(node(catalog.Node{Name: "招标", Carriers: []string{"政府网站"}})), entry()},
		{"TZ-11 形成或者变更之日起三十个工作日，长于法定", "CA-42", entry(func(e *catalog.Entry) { e.Nodes[0].LimitText = "信息形成或者变更之日起30个工作日内" }), entry()},
		{"TZ-11 变更后三个月内，长于法定", "CA-42", entry(func(e *catalog.Entry) { e.Nodes[0].LimitText = "信息变更之日起3个月内" }), entry()},
		{"CX-10 部门预算二十个工作日，长于预算法的二十日", "CA-42", entry(func(e *catalog.Entry) {
			e.Name, e.Content = "部门预算", "支出公开到功能分类项级，基本支出公开到经济分类款级"
			e.Nodes[0].LimitText = "批复后20个工作日内"
		}), entry(func(e *catalog.Entry) {
			e.Name, e.Content = "部门预算", "支出公开到功能分类项级，基本支出公开到经济分类款级"
			e.Nodes[0].LimitText = "批复后20日内"
		})},
		{"CX-10 预算没有细化到项、款", "CA-49", entry(func(e *catalog.Entry) {
			e.Name, e.Content = "部门决算", "收支总表"
			e.Nodes[0].LimitText = "批复后20日内"
		}),
			entry(func(e *catalog.Entry) {
				e.Name, e.Content = "部门决算", "功能分类项级科目；基本支出经济分类款级科目"
				e.Nodes[0].LimitText = "批复后20日内"
			})},
		{"BB-13 公开层级不含办事的层级", "CA-68", entry(func(e *catalog.Entry) { e.Level = catalog.Township }), entry(func(e *catalog.Entry) { e.Level = catalog.County })},
		{"BB-11 面向全社会却只有内部载体", "CA-44", entry(func(e *catalog.Entry) { e.Audience.Everyone = true; e.Nodes[0].Carriers = []string{"职代会"} }), entry(func(e *catalog.Entry) { e.Audience.Everyone = true })},
		{"HK-07 园区内公开却用了政府网站", "CA-44", entry(func(e *catalog.Entry) { e.Nodes[0].Scope = "园区内"; e.Nodes[0].Carriers = []string{"政府网站"} }),
			entry(func(e *catalog.Entry) { e.Nodes[0].Scope = "园区内"; e.Nodes[0].Carriers = []string{"智慧园区"} })},
		{"HK-07 党内公开却用了内部网站", "CA-44", entry(func(e *catalog.Entry) { e.Nodes[0].Scope = "党内"; e.Nodes[0].Carriers = []string{"内部网站"} }), entry()},
		{"BB-09 重要事项没有审核", "CA-45", entry(func(e *catalog.Entry) { e.Importance = catalog.Important }), entry(func(e *catalog.Entry) {
			e.Importance = catalog.Important
			e.Approval = "领导小组2026年第1次会议"
		})},
		{"BB-09 重要事项不得补录", "CA-78", entry(func(e *catalog.Entry) { e.Importance = catalog.Special; e.Approval = "会议"; e.Late = true }), entry(func(e *catalog.Entry) { e.Importance = catalog.Routine; e.Late = true })},
		{"CX-11 写了两个责任部门", "CA-51", entry(func(e *catalog.Entry) { e.Lead = "会计科、监管科" }), entry(func(e *catalog.Entry) { e.Lead = "会计科"; e.Cooperating = []string{"监管科"} })},
		{"CX-11 有配合没有牵头", "CA-52", entry(func(e *catalog.Entry) { e.Lead = ""; e.Cooperating = []string{"监管科"} }), entry()},
		{"BB-11 没有载体", "CA-55", entry(node(catalog.Node{LimitText: "及时公开"})), entry()},
		{"不予公开没有依据", "CA-59", entry(func(e *catalog.Entry) { e.Mode = catalog.Withheld }), entry(func(e *catalog.Entry) { e.Mode = catalog.Withheld; e.Basis = "保守国家秘密法" })},
		{"REG-19 需要公众广泛知晓的只列为依申请", "CA-67", entry(func(e *catalog.Entry) { e.Mode = catalog.OnRequest; e.Concerns = catalog.WidelyKnown }), entry(func(e *catalog.Entry) { e.Concerns = catalog.WidelyKnown })},
		{"CX-20 服务指南缺要素", "CA-71", entry(func(e *catalog.Entry) { e.Name, e.Content = "服务指南", "办理条件" }), entry(func(e *catalog.Entry) {
			e.Name, e.Content = "服务指南", "办理依据、条件、程序、办理结果"
		})},
		{"OA-13 文件信息没有索引号", "CA-72", entry(func(e *catalog.Entry) { e.Meta = &catalog.Meta{Made: deadline.NewDate(2026, 1, 2)} }),
			entry(func(e *catalog.Entry) {
				e.Index = "00817525-1/2026-00001"
				e.Meta = &catalog.Meta{Made: deadline.NewDate(2026, 1, 2), Published: deadline.NewDate(2026, 1, 3), Validity: "有效"}
			})},
		{"OA-13 发布早于生成", "CA-72", entry(func(e *catalog.Entry) {
			e.Index = "00817525-1/2026-00001"
			e.Meta = &catalog.Meta{Made: deadline.NewDate(2026, 1, 2), Published: deadline.NewDate(2026, 1, 1)}
		}), entry()},
		{"OA-13 有效性填了别的字", "CA-72", entry(func(e *catalog.Entry) {
			e.Index = "00817525-1/2026-00001"
			e.Meta = &catalog.Meta{Made: deadline.NewDate(2026, 1, 2), Validity: "也许"}
		}), entry()},
		{"TZ-11 周期长于二十个工作日只是提示", "CA-76", entry(func(e *catalog.Entry) { e.Nodes[0].LimitText = "每季度更新" }), entry()},
		{"干部任前公示短于五个工作日", "CA-43", entry(func(e *catalog.Entry) { e.Name = "干部任前公示"; e.Nodes[0].Notice = "3个工作日" }), entry(func(e *catalog.Entry) { e.Name = "干部任前公示"; e.Nodes[0].Notice = "不少于5个工作日" })},
		{"时限一栏里的公示期也看", "CA-43", entry(func(e *catalog.Entry) {
			e.Name = "单一来源采购公示"
			e.Nodes[0].LimitText = "公示期不少于3个工作日"
		}), entry()},
		{"读不懂的时限", "CA-10", entry(func(e *catalog.Entry) { e.Nodes[0].LimitText = "限时公开" }), entry()},
	} {
		t.Run(x.name, func(t *testing.T) {
			o := &catalog.CheckOptions{Level: catalog.County}
			assert.Equal(t, []string{x.code}, found(o, x.entry))
			assert.NotContains(t, found(o, x.fixed), x.code)
			assert.Empty(t, found(&catalog.CheckOptions{Level: catalog.County, Skip: []string{x.code}}, func() catalog.Entry {
				e := x.entry
				if x.code == "CA-10" {
					return entry()
				}
				return e
			}()))
		})
	}
	t.Run("REG-19 依据写到条款", func(t *testing.T) {
		c := &catalog.Catalog{Year: 2026, Entries: []catalog.Entry{entry(func(e *catalog.Entry) { e.Mode = catalog.OnRequest; e.Concerns = catalog.Adjusts })}}
		ps := c.Check(nil)
		require.Len(t, ps, 1)
		assert.Equal(t, gov.Art(19), ps[0].Rule)
		assert.Equal(t, catalog.Error, ps[0].Severity)
	})
	t.Run("不适用条例的单位不查条例的规矩", func(t *testing.T) {
		e := entry(func(e *catalog.Entry) { e.Nodes[0].LimitText = "信息形成或者变更之日起30个工作日内" })
		assert.Empty(t, found(&catalog.CheckOptions{Regime: "enterprise"}, e))
		t.Run("BB-13 面向社会的仍按条例", func(t *testing.T) {
			e.Audience.Everyone = true
			assert.Equal(t, []string{"CA-42"}, found(&catalog.CheckOptions{Regime: "enterprise"}, e))
		})
	})
}

func TestCheckOfStages(t *testing.T) {
	three := func() catalog.Entry {
		return entry(func(e *catalog.Entry) {
			e.Importance, e.Approval = catalog.Important, "领导小组会议"
			e.Nodes = []catalog.Node{
				{Name: "立项", Phase: catalog.Before, LimitText: "立项后2个工作日内", Carriers: []string{"公开平台"}},
				{Name: "招标", Phase: catalog.During, LimitText: "定标后2个工作日内", Carriers: []string{"公开平台", "公告栏"}},
				{Name: "验收", Phase: catalog.After, LimitText: "验收后5个工作日内", Carriers: []string{"公开平台"}},
			}
		})
	}
	assert.Empty(t, found(nil, three()))
	t.Run("BB-19 缺事中", func(t *testing.T) {
		e := three()
		e.Nodes = []catalog.Node{e.Nodes[0], e.Nodes[2]}
		c := &catalog.Catalog{Year: 2026, Entries: []catalog.Entry{e}}
		ps := c.Check(nil)
		require.Equal(t, []string{"CA-46"}, codes(ps))
		assert.Contains(t, ps[0].Want, "事中")
	})
	t.Run("BB-19 三项工作没有分阶段", func(t *testing.T) {
		e := entry(func(e *catalog.Entry) { e.Name = "办公楼工程投资" })
		assert.Contains(t, found(&catalog.CheckOptions{Regime: "enterprise", Taxonomy: taxonomy(t, "bengbu")}, e), "CA-46")
	})
	t.Run("BB-11 载体有始无终", func(t *testing.T) {
		e := three()
		e.Nodes[2].Carriers = []string{"公告栏"}
		assert.Equal(t, []string{"CA-70"}, found(nil, e))
	})
	t.Run("BB-06 几个环节写同一个时限", func(t *testing.T) {
		e := three()
		for i := range e.Nodes {
			e.Nodes[i].LimitText = "形成之日起5个工作日内"
		}
		assert.Equal(t, []string{"CA-69"}, found(nil, e))
	})
	t.Run("BB-06 有一个环节没有时限", func(t *testing.T) {
		e := three()
		e.Nodes[1].LimitText = ""
		assert.Equal(t, []string{"CA-41"}, found(nil, e))
	})
}

func TestCheckOfCarriers(t *testing.T) {
	t.Run("TZ-08 扎口管理的载体由扎口部门操作", func(t *testing.T) {
		o := &catalog.CheckOptions{Carriers: []catalog.Carrier{{Name: "政府网站", Kind: catalog.Website, Scope: catalog.SocietyScope, Gatekeeper: "信息中心"}}}
		assert.Equal(t, []string{"CA-56"}, found(o, entry()))
		assert.Empty(t, found(o, entry(func(e *catalog.Entry) { e.Lead = "局信息中心" })))
	})
	t.Run("TZ-05 载体各有适用的内容", func(t *testing.T) {
		o := &catalog.CheckOptions{Carriers: taxonomy(t, "taizhou").Carriers}
		assert.Equal(t, []string{"CA-57"}, found(o, entry(func(e *catalog.Entry) { e.Name = "统计数据"; e.Nodes[0].Carriers = []string{"局务会议"} })))
		assert.Empty(t, found(o, entry(func(e *catalog.Entry) { e.Name = "重大决策"; e.Nodes[0].Carriers = []string{"局务会议"} })))
		assert.Empty(t, found(o, entry(func(e *catalog.Entry) { e.Name = "干部任免结果"; e.Nodes[0].Carriers = []string{"文件"} })))
	})
	t.Run("BB-11 职代会要会商工会", func(t *testing.T) {
		o := &catalog.CheckOptions{Regime: "enterprise", Carriers: taxonomy(t, "bengbu").Carriers}
		assert.Equal(t, []string{"CA-58"}, found(o, entry(func(e *catalog.Entry) { e.Nodes[0].Carriers = []string{"职代会"} })))
		assert.Empty(t, found(o, entry(func(e *catalog.Entry) {
			e.Nodes[0].Carriers = []string{"职代会"}
			e.Cooperating = []string{"工会"}
		})))
	})
	t.Run("NN-10 重要信息没有新闻媒体", func(t *testing.T) {
		o := &catalog.CheckOptions{Regime: "mass-organisation", Taxonomy: taxonomy(t, "nanning"), Skip: []string{"CA-48"}}
		e := entry(func(e *catalog.Entry) { e.Importance, e.Approval = catalog.Important, "会议" })
		assert.Contains(t, found(o, e), "CA-73")
		e.Nodes[0].Carriers = []string{"政府网站", "新闻发布会"}
		assert.NotContains(t, found(o, e), "CA-73")
	})
}

func TestCheckOfTheWholeCatalog(t *testing.T) {
	t.Run("BB-01 五公开缺哪一项", func(t *testing.T) {
		c := &catalog.Catalog{Year: 2026, Entries: []catalog.Entry{entry(func(e *catalog.Entry) {
			e.Aspects = catalog.Decision | catalog.Execution | catalog.Management | catalog.Result
		})}}
		ps := c.Check(nil)
		require.Equal(t, []string{"CA-47"}, codes(ps))
		assert.Equal(t, "服务公开", ps[0].Says)
	})
	for id, row := range map[string]string{"bengbu": "BB-04", "taizhou": "TZ-01", "haikou": "HK-06", "nanning": "NN-03 NN-04 NN-05 NN-09", "chuxiong": "CX-19", "regulation": "REG-20 REG-21"} {
		t.Run(row+" 没有事项对应的部分逐项列出，依据是该部分的出处", func(t *testing.T) {
			x := taxonomy(t, id)
			want := 0
			var all []catalog.Entry
			for _, c := range x.Classes {
				for _, p := range c.Parts {
					want++
					all = append(all, entry(func(e *catalog.Entry) { e.Name, e.Part = p.Title, p.ID }))
				}
			}
			c := &catalog.Catalog{Year: 2026, Taxonomy: id, Entries: []catalog.Entry{entry(func(e *catalog.Entry) { e.Name, e.Content = "无关", "" })}}
			var gaps int
			for _, p := range c.Check(nil) {
				if p.Code == "CA-48" {
					gaps++
					assert.False(t, p.Rule.IsZero())
				}
			}
			assert.Equal(t, want, gaps)
			c.Entries = all
			assert.NotContains(t, codes(c.Check(nil)), "CA-48")
		})
	}
	t.Run("折叠后重复", func(t *testing.T) {
		a, b := entry(), entry(func(e *catalog.Entry) { e.Number, e.Row = "2", 3; e.Name = "機構 职能" })
		c := &catalog.Catalog{Year: 2026, Entries: []catalog.Entry{a, b}}
		ps := c.Check(nil)
		require.Equal(t, []string{"CA-50"}, codes(ps))
		assert.Equal(t, 3, ps[0].Row)
		assert.Contains(t, ps[0].Want, "第 2 行")
	})
	t.Run("BB-05 编号重复", func(t *testing.T) {
		assert.Equal(t, []string{"CA-75"}, found(nil, entry(func(e *catalog.Entry) { e.Number = "GC-2026-01" }), entry(func(e *catalog.Entry) { e.Number = "GC-2026-01"; e.Name = "另一事项" })))
	})
	t.Run("全表没有一栏只报告一次", func(t *testing.T) {
		c, _ := readFile(t, "全清单-门头沟")
		n := 0
		for _, p := range c.Check(nil) {
			if p.Code == "CA-40" {
				n++
			}
		}
		assert.Equal(t, 1, n)
	})
	t.Run("CX-15 栏目没有按周期更新", func(t *testing.T) {
		e := entry(func(e *catalog.Entry) { e.Nodes[0].LimitText = "每季度" })
		o := &catalog.CheckOptions{Today: deadline.NewDate(2026, 8, 1), Updated: map[string]deadline.Date{e.Key(): deadline.NewDate(2026, 4, 30)}, Skip: []string{"CA-76"}}
		assert.Equal(t, []string{"CA-54"}, found(o, e))
		o.Updated[e.Key()] = deadline.NewDate(2026, 5, 31)
		assert.Empty(t, found(o, e))
		o.Updated = map[string]deadline.Date{}
		assert.Equal(t, []string{"CA-54"}, found(o, e), "没有更新记录")
	})
	t.Run("REG-12 指南缺内容，或者旧于目录", func(t *testing.T) {
		g := &catalog.Guide{Agency: "某局", Version: 1, On: deadline.NewDate(2025, 1, 1), Classification: "按事项", Arrangement: "按类别", Obtaining: "网站", Institution: "办公室", Address: "某路1号", Hours: "9:00—17:00", Phone: "0000-000000", Fax: "0000-000001", Internet: "example.gov.cn"}
		c := &catalog.Catalog{Year: 2026, Version: 2, From: deadline.NewDate(2026, 1, 1), Entries: []catalog.Entry{entry()}}
		assert.Equal(t, []string{"CA-53"}, codes(c.Check(&catalog.CheckOptions{Guide: g})))
		g.On, g.Catalog = deadline.NewDate(2026, 1, 2), 1
		assert.Equal(t, []string{"CA-53"}, codes(c.Check(&catalog.CheckOptions{Guide: g})))
		g.Catalog, g.Fax = 2, ""
		ps := c.Check(&catalog.CheckOptions{Guide: g})
		require.Equal(t, []string{"CA-77"}, codes(ps))
		assert.Equal(t, law.GovInfoRegulation2019.Art(12).Para(2), ps[0].Rule)
		var b bytes.Buffer
		require.NoError(t, g.WriteMarkdown(&b))
		assert.Contains(t, b.String(), "传真号码：（待补）")
	})
	t.Run("BB-04 BB-11 公示期一般二至七天只在定了这条规矩的单位查", func(t *testing.T) {
		e := entry(func(e *catalog.Entry) { e.Nodes[0].Notice = "10天" })
		assert.Empty(t, found(nil, e))
		c := &catalog.Catalog{Year: 2026, Taxonomy: "bengbu", Entries: []catalog.Entry{e}}
		assert.Contains(t, codes(c.Check(&catalog.CheckOptions{Regime: "enterprise"})), "CA-43")
		c.Entries[0].Nodes = []catalog.Node{{LimitText: "及时公开", Notice: "2-7天", Carriers: []string{"公告栏"}}}
		assert.NotContains(t, codes(c.Check(&catalog.CheckOptions{Regime: "enterprise"})), "CA-43")
	})
}

func TestRulesAreUniform(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range catalog.Rules() {
		assert.NotEmpty(t, r.Title)
		assert.NotEmpty(t, r.English)
		assert.NotEmpty(t, r.Applies)
		assert.False(t, r.Cite.IsZero(), r.Code)
		assert.False(t, seen[r.Code], r.Code)
		seen[r.Code] = true
	}
	var b bytes.Buffer
	require.NoError(t, catalog.WriteRules(&b))
	golden(t, "rules.md", b.String())
	golden(t, "codes.golden", strings.Join(catalog.Codes(), "\n")+"\n")
	assert.Equal(t, catalog.Warning, catalog.Problem{Severity: catalog.Warning}.Severity)
}

func ExampleCatalog_Check() {
	c, _ := catalog.ReadCSV(strings.NewReader("序号,事项名称,公开内容,公开时限,责任部门,公开载体\n"+
		"1,部门预算,收支总表,批复后20个工作日内,财务科,政府网站\n"+
		"2,机构职能,职能,长期公开,办公室、人事科,政府网站\n"), &catalog.ReadOptions{Year: 2026})
	for _, p := range c.Check(nil) {
		fmt.Println(p.Chinese())
	}
	// Output:
	// CA-42 第2行（公开时限）：公开时限长于法定期限「批复后20个工作日内」；批复后20日内（自然日）
	// CA-49 第2行（公开内容（要素））：预决算没有写明公开到功能分类项级、基本支出经济分类款级「收支总表」；支出公开到功能分类项级科目；基本支出公开到经济分类款级科目
	// CA-51 第3行（责任部门）：写了两个以上责任部门，没有分清牵头和配合「办公室、人事科」；写一个牵头单位，其余写入配合单位
}
