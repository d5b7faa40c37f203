package catalog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// year is a catalog with limits of every kind.
func year() *catalog.Catalog {
	c := &catalog.Catalog{Title: "某局主动公开目录", Agency: "某局", Year: 2026}
	for i, x := range []struct {
		name, lead, limit string
		aspect            catalog.Aspect
	}{
		{"统计公报", "统计科", "每季度的首个月20日", catalog.Result},
		{"随机抽查计划", "监管科", "6月底前", catalog.Management},
		{"行政执法总体情况", "法规科", "每年1月31日前", catalog.Execution},
		{"工作情况", "办公室", "每半年", catalog.Execution},
		{"财务收支", "财务科", "每月", catalog.Management},
		{"长期公开的固定性工作", "办公室", "7月1日至7月15日；1月1日至1月15日", catalog.Decision},
		{"机构职能", "办公室", "长期公开", catalog.Service},
		{"政策文件", "法规科", "信息形成或者变更之日起20个工作日内", catalog.Decision},
		{"坏的时限", "办公室", "1年", 0},
	} {
		c.Entries = append(c.Entries, catalog.Entry{Number: fmt.Sprint(i + 1), Name: x.name, Lead: x.lead, Aspects: x.aspect, Mode: catalog.Proactive,
			Nodes: []catalog.Node{{LimitText: x.limit, Carriers: []string{"政府网站"}}}})
	}
	return c
}

func TestSchedule(t *testing.T) {
	c := year()
	s, err := c.Schedule(2026, nil, &catalog.ScheduleOptions{Department: true, Revision: true})
	require.NoError(t, err)
	days := func(title string) []string {
		var l []string
		for _, d := range s.Duties {
			if d.Title == title {
				l = append(l, d.From.String()+"…"+d.By.String())
			}
		}
		return l
	}
	t.Run("HK-01 一年里每个日子都在计划里", func(t *testing.T) {
		assert.Equal(t, []string{"2026-01-20…2026-01-20", "2026-04-20…2026-04-20", "2026-07-20…2026-07-20", "2026-10-20…2026-10-20"}, days("统计公报"))
		assert.Len(t, days("财务收支"), 12)
		assert.Equal(t, []string{"2026-01-01…2026-06-30", "2026-07-01…2026-12-31"}, days("工作情况"))
		assert.Len(t, days("随机抽查计划"), 1)
		assert.True(t, strings.HasSuffix(days("随机抽查计划")[0], "2026-06-30"))
		assert.Equal(t, []string{"2026-01-01…2026-01-15", "2026-07-01…2026-07-15"}, days("长期公开的固定性工作"))
		assert.Len(t, s.Standing, 2)
		assert.Equal(t, 1, s.Unread)
		for i := 1; i < len(s.Duties); i++ {
			assert.False(t, s.Duties[i].By.Before(s.Duties[i-1].By), "按截止日排列")
		}
	})
	t.Run("HK-01 法定的日子写明出处", func(t *testing.T) {
		var cites []law.Citation
		for _, d := range s.Duties {
			if d.Kind == catalog.DutyStatutory {
				cites = append(cites, d.Cite)
			}
		}
		assert.Equal(t, []law.Citation{law.GovInfoRegulation2019.Art(49).Para(1), law.Own.Sec("目录每年修订")}, cites)
	})
	t.Run("HK-01 严格日历上未定的日子给出上下限", func(t *testing.T) {
		one := &catalog.Catalog{Entries: []catalog.Entry{{Name: "报表", Nodes: []catalog.Node{{LimitText: "每月前5个工作日"}}}}}
		s, err := one.Schedule(2031, deadline.China(), nil)
		require.NoError(t, err)
		require.NotEmpty(t, s.Duties)
		for _, d := range s.Duties {
			assert.False(t, d.Settled)
			assert.False(t, d.Bound[0].IsZero())
			assert.True(t, d.By.IsZero())
		}
	})
	t.Run("HK-01 写成计划、表格、日历、图", func(t *testing.T) {
		var md, csv, ics bytes.Buffer
		require.NoError(t, s.WriteMarkdown(&md))
		golden(t, "schedule.md", md.String())
		require.NoError(t, s.WriteCSV(&csv))
		assert.Equal(t, len(s.Duties)+1, strings.Count(csv.String(), "\r\n"))
		require.NoError(t, s.WriteICal(&ics, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 7))
		golden(t, "schedule.ics", ics.String())
		assert.Equal(t, len(s.Duties), strings.Count(ics.String(), "BEGIN:VEVENT"))
		golden(t, "schedule.svg", string(s.SVG()))
	})
	t.Run("没有日期的目录也画得出", func(t *testing.T) {
		e, err := (&catalog.Catalog{}).Schedule(2026, nil, nil)
		require.NoError(t, err)
		assert.Contains(t, string(e.SVG()), "没有按日期公开的事项")
		_, err = (&catalog.Catalog{}).Schedule(0, nil, nil)
		require.Error(t, err)
	})
}

func TestCoverage(t *testing.T) {
	t.Run("BB-01 五公开逐项计数，缺哪一项看得出", func(t *testing.T) {
		v := year().Coverage(nil)
		all, known := v.AllAspects()
		assert.True(t, all)
		assert.True(t, known)
		c := year()
		c.Entries = c.Entries[:5]
		v = c.Coverage(nil)
		all, known = v.AllAspects()
		assert.False(t, all)
		assert.True(t, known)
		_, known = (&catalog.Catalog{Entries: []catalog.Entry{{Name: "甲"}}}).Coverage(nil).AllAspects()
		assert.False(t, known, "都没有标注，就是不知道")
	})
	t.Run("REG-20 REG-21 哪些项没有事项", func(t *testing.T) {
		x, err := catalog.LoadTaxonomy(catalog.TaxonomyRegulation)
		require.NoError(t, err)
		c, _ := readFile(t, "社会救助-牟定县")
		v := c.Coverage(x)
		assert.Equal(t, 9, v.Entries)
		assert.Len(t, v.Parts, 30)
		assert.NotEmpty(t, v.Missing())
		var md bytes.Buffer
		require.NoError(t, v.WriteMarkdown(&md))
		golden(t, "coverage.md", md.String())
		golden(t, "coverage.svg", string(v.SVG()))
	})
	t.Run("接续行不另算事项", func(t *testing.T) {
		c, _ := readFile(t, "财政预决算-永修县江上乡")
		v := c.Coverage(nil)
		assert.Equal(t, 1, v.Entries)
		assert.Equal(t, 5, v.Rows)
	})
}

func TestPinyinOrder(t *testing.T) {
	titles := []string{"重大项目", "办事指南", "财政预算", "安全生产", "行政处罚", "安全生产"}
	var got []string
	order := catalog.PinyinOrder(titles)
	for _, i := range order {
		got = append(got, titles[i])
	}
	assert.Equal(t, []string{"安全生产", "安全生产", "办事指南", "财政预算", "行政处罚", "重大项目"}, got)
	assert.Equal(t, []int{3, 5}, order[:2], "相同的保持先后")
	c, _ := readFile(t, "财政预决算-永修县江上乡")
	c.Entries = append(c.Entries, catalog.Entry{Name: "安全"})
	c.SortByPinyin()
	assert.Equal(t, "安全", c.Entries[0].Name)
	assert.False(t, c.Entries[1].Joined)
	assert.True(t, c.Entries[5].Joined, "接续行跟着走")
}

func BenchmarkPinyinOrder(b *testing.B) {
	titles := make([]string, 100_000)
	for i := range titles {
		titles[i] = fmt.Sprintf("第%d类办理事项%d的登记和结果公开", i*7919%900, i*104729%100_000)
	}
	b.Run("titles=100000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			catalog.PinyinOrder(titles)
		}
	})
}
