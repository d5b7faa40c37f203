package catalog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/workflow"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func day(s string) deadline.Date { return deadline.MustParseDate(s) }

func TestRevisionDefinition(t *testing.T) {
	d := catalog.RevisionDefinition()
	m, err := workflow.Compile(d)
	require.NoError(t, err)
	actor := func(id string, roles ...workflow.Role) workflow.Actor { return workflow.Actor{ID: id, Roles: roles} }
	department, office, group := actor("a", "department"), actor("b", "disclosure-office"), actor("c", "leading-group")
	clear := workflow.Facts{"attribute": "public", "review": "clear", "scan": "clear", "earlier": "none", "objection": "none"}
	step := func(s workflow.Stage, f workflow.Facts, e workflow.Event, a workflow.Actor, done ...workflow.Done) (workflow.Stage, error) {
		o, err := m.Step(s, f, e, a, done...)
		return o.To, err
	}
	t.Run("BB-07 部门编制、公开办汇总、领导小组审核、发布、备案", func(t *testing.T) {
		s, err := step("draft", nil, "collect", office)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("collected"), s)
		collected := workflow.Done{On: "collect", Actor: "b"}
		s, err = step(s, nil, "approve", group, collected)
		require.NoError(t, err)
		s, err = step(s, clear, "publish", office)
		require.NoError(t, err)
		_, err = step(s, workflow.Facts{"filing": "one"}, "file", office)
		require.Error(t, err, "公开办、整顿办都要备案")
		s, err = step(s, workflow.Facts{"filing": "both"}, "file", office)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("filed"), s)
		_, err = step("draft", nil, "approve", group)
		require.Error(t, err, "没有汇总不得审核")
		_, err = step("collected", nil, "approve", office, collected)
		require.Error(t, err, "公开办不能审核")
		_, err = step("approved", nil, "publish", office)
		require.Error(t, err, "没有保密审查不得发布")
	})
	t.Run("BB-07 每年修订一次", func(t *testing.T) {
		var yearly bool
		for _, c := range d.Clocks {
			yearly = yearly || c.ID == "yearly" && c.Limit.Equal(deadline.MustParseLimit("自目录发布之日起1年内"))
		}
		assert.True(t, yearly)
	})
	t.Run("BB-08 变更、撤销、终止：部门说明、领导小组审核、两处备案", func(t *testing.T) {
		_, err := step("filed", workflow.Facts{"statement": "missing"}, "propose-change", department)
		require.Error(t, err)
		s, err := step("filed", workflow.Facts{"statement": "given"}, "propose-change", department)
		require.NoError(t, err)
		proposed := workflow.Done{On: "propose-change", Actor: "a"}
		_, err = step(s, nil, "approve-change", department, proposed)
		require.Error(t, err)
		s, err = step(s, nil, "approve-change", group, proposed)
		require.NoError(t, err)
		_, err = step(s, workflow.Facts{"filing": "none"}, "file", office)
		require.Error(t, err)
		s, err = step(s, workflow.Facts{"filing": "both"}, "file", office)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("filed"), s)
	})
	t.Run("BB-09 重要事项事前审核，常规事项边公开边补录", func(t *testing.T) {
		s, err := step("filed", workflow.Facts{"matter": "important", "started": "no"}, "register", office)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("amending"), s)
		_, err = step("filed", workflow.Facts{"matter": "important", "started": "yes"}, "register", office)
		require.Error(t, err, "已经发起的重要事项不能再登记")
		s, err = step("filed", workflow.Facts{"matter": "routine", "started": "yes"}, "register", actor("l", "liaison"))
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("filed"), s)
		_, err = step("filed", nil, "register", office)
		require.Error(t, err, "没有核定是哪一类")
	})
	t.Run("写成 JSON 再读相同", func(t *testing.T) {
		b, err := json.Marshal(d)
		require.NoError(t, err)
		var e workflow.Definition
		require.NoError(t, json.Unmarshal(b, &e))
		assert.Equal(t, d, e)
	})
}

func TestApply(t *testing.T) {
	base := &catalog.Catalog{Year: 2026, Version: 1, From: day("2026-01-01"), Entries: []catalog.Entry{
		{Number: "1", Name: "机构职能", Lead: "办公室", Nodes: []catalog.Node{{LimitText: "长期公开"}}},
		{Number: "2", Name: "财务收支", Lead: "财务科", Nodes: []catalog.Node{{LimitText: "每月"}}},
		{Number: "2", Name: "财务收支", Content: "附表", Joined: true, Nodes: []catalog.Node{{LimitText: "每月"}}},
	}}
	good := catalog.Amendment{Kind: catalog.Withdraw, Key: base.Entries[1].Key(), Department: "财务科", Statement: "职能划出", Approval: "领导小组第2次会议", Approved: day("2026-03-01"), On: day("2026-03-02")}
	t.Run("BB-08 撤销：接续行一并撤下，原版不动", func(t *testing.T) {
		d, err := base.Apply(good)
		require.NoError(t, err)
		assert.Equal(t, []string{"机构职能"}, names(d))
		assert.Len(t, base.Entries, 3)
		assert.Equal(t, []string{"公开办", "整顿办"}, good.Unfiled())
		filed := good
		filed.Filed = []string{"公开办（工会）"}
		assert.Equal(t, []string{"整顿办"}, filed.Unfiled())
	})
	t.Run("BB-08 缺说明、缺审核、提前实施、没有这一事项：都不生效，一次说全", func(t *testing.T) {
		a, b, c, e := good, good, good, good
		a.Statement = " "
		b.Approval, b.Approved = "", deadline.Date{}
		c.On = day("2026-02-01")
		e.Key = "没有"
		d, err := base.Apply(a, b, c, e)
		var ps catalog.Problems
		require.ErrorAs(t, err, &ps)
		assert.Equal(t, []string{"CA-60", "CA-61", "CA-61", "CA-65"}, codes(ps))
		assert.Len(t, d.Entries, 3)
	})
	t.Run("BB-08 变更", func(t *testing.T) {
		e := base.Entries[0]
		e.Nodes = []catalog.Node{{LimitText: "及时公开"}}
		a := good
		a.Kind, a.Key, a.Entry = catalog.Amend, e.Key(), e
		d, err := base.Apply(a)
		require.NoError(t, err)
		assert.Equal(t, "及时公开", d.Entries[0].Nodes[0].LimitText)
		assert.Equal(t, "领导小组第2次会议", d.Entries[0].Approval)
	})
	t.Run("BB-09 常规事项可以补录并作标记，重要事项须先审核", func(t *testing.T) {
		late := catalog.Amendment{Kind: catalog.Register, Department: "业务科", Entry: catalog.Entry{Name: "临时采购", Importance: catalog.Routine}, Started: day("2026-04-01"), On: day("2026-04-10")}
		d, err := base.Apply(late)
		require.NoError(t, err)
		assert.True(t, d.Entries[3].Late)
		assert.Equal(t, "业务科", d.Entries[3].Lead)
		late.Entry.Importance = catalog.Important
		late.Approval, late.Approved = "会议", day("2026-04-05")
		_, err = base.Apply(late)
		var ps catalog.Problems
		require.ErrorAs(t, err, &ps)
		assert.Equal(t, []string{"CA-62"}, codes(ps))
		late.Started = day("2026-04-06")
		_, err = base.Apply(late)
		require.NoError(t, err)
		late.Entry.Importance = 0
		_, err = base.Apply(late)
		require.ErrorAs(t, err, &ps)
		assert.Equal(t, []string{"CA-63"}, codes(ps))
	})
	t.Run("不认识的种类", func(t *testing.T) {
		_, err := base.Apply(catalog.Amendment{Kind: "别的", Department: "办公室", Approval: "会议", Approved: day("2026-01-01")})
		var ps catalog.Problems
		require.ErrorAs(t, err, &ps)
		assert.Equal(t, []string{"CA-64"}, codes(ps))
	})
}

func TestInForce(t *testing.T) {
	v := func(from, until string, version int) *catalog.Catalog {
		c := &catalog.Catalog{Version: version, From: day(from)}
		if until != "" {
			c.Until = day(until)
		}
		return c
	}
	versions := []*catalog.Catalog{v("2024-01-01", "", 1), v("2025-03-01", "2026-02-28", 2), {Version: 9}, nil, v("2026-03-01", "", 3), v("2026-03-01", "", 4)}
	for _, x := range []struct {
		name, on string
		want     int
	}{
		{"施行前一日", "2023-12-31", 0}, {"施行当日", "2024-01-01", 1}, {"新版前一日", "2025-02-28", 1}, {"新版当日", "2025-03-01", 2},
		{"有效期最后一日", "2026-02-28", 2}, {"同日两版取后一版", "2026-03-01", 4},
	} {
		t.Run("BB-07 某日施行的是哪一版："+x.name, func(t *testing.T) {
			got := catalog.InForce(versions, day(x.on))
			if x.want == 0 {
				assert.Nil(t, got)
				return
			}
			require.NotNil(t, got)
			assert.Equal(t, x.want, got.Version)
		})
	}
	t.Run("BB-07 哪一年没有修订", func(t *testing.T) {
		ps := catalog.CheckYearly(versions, 2028)
		require.Equal(t, []string{"CA-66", "CA-66"}, codes(ps))
		assert.Equal(t, "2027年", ps[0].Says)
		assert.Empty(t, catalog.CheckYearly(nil, 2028))
	})
}

func TestDiff(t *testing.T) {
	old, _ := readFile(t, "安全生产-达川区")
	next, _ := readFile(t, "安全生产-达川区")
	assert.Empty(t, catalog.Diff(old, next))
	t.Run("BB-08 按事项比较，不按位置", func(t *testing.T) {
		e := next.Entries
		e[0], e[5] = e[5], e[0] // places change, numbers too
		e[0].Number, e[5].Number = "1", "6"
		assert.Empty(t, catalog.Diff(old, next))
		e[1].Lead = "区应急管理局"
		e[2].Name = "标准规范"
		e[3].Nodes = append([]catalog.Node(nil), e[3].Nodes...)
		e[3].Nodes[0].LimitText = "每季度更新"
		next.Entries = append(e[:4:4], e[5:]...) // 行政许可 is gone
		next.Entries = append(next.Entries, catalog.Entry{Path: []string{"依法行政"}, Name: "行政强制", Content: "依据、程序", Lead: "区应急局", Nodes: []catalog.Node{{LimitText: "及时公开"}}})
		cs := catalog.Diff(old, next)
		assert.Equal(t, []int{1, 1, 2, 1}, []int{cs.Count(catalog.Added), cs.Count(catalog.Removed), cs.Count(catalog.Changed), cs.Count(catalog.Renamed)})
		var b bytes.Buffer
		require.NoError(t, cs.WriteMarkdown(&b))
		golden(t, "diff.md", b.String())
	})
	t.Run("两版相同", func(t *testing.T) {
		var b bytes.Buffer
		require.NoError(t, catalog.Diff(old, old).WriteMarkdown(&b))
		assert.Contains(t, b.String(), "两版内容相同")
	})
	t.Run("索引号相同的是同一事项", func(t *testing.T) {
		a := &catalog.Catalog{Entries: []catalog.Entry{{Index: "00817525-1/2022-06004", Name: "旧名"}}}
		b := &catalog.Catalog{Entries: []catalog.Entry{{Name: "别的"}, {Index: "00817525-1/2022-06004", Name: "新名"}}}
		cs := catalog.Diff(a, b)
		assert.Equal(t, 1, cs.Count(catalog.Added))
		assert.Equal(t, 1, cs.Count(catalog.Renamed))
	})
	t.Run("任意两版：新增减撤销等于事项数之差，每个旧事项恰好有一个去处", func(t *testing.T) {
		for a := range rowsOf {
			for b := range rowsOf {
				x, _ := readFile(t, a)
				y, _ := readFile(t, b)
				cs := catalog.Diff(x, y)
				assert.Equal(t, len(y.Entries)-len(x.Entries), cs.Count(catalog.Added)-cs.Count(catalog.Removed), a+b)
				seen := map[*catalog.Entry]bool{}
				for _, c := range cs {
					for _, e := range []*catalog.Entry{c.Old, c.New} {
						if e != nil {
							assert.False(t, seen[e])
							seen[e] = true
						}
					}
				}
			}
		}
	})
}

func TestChangesAreDisclosedAnew(t *testing.T) {
	old := &catalog.Catalog{Entries: []catalog.Entry{
		{Name: "机构职能", Content: "旧", Lead: "办公室", Nodes: []catalog.Node{{LimitText: "长期公开"}}},
		{Name: "办事指南", Content: "旧", Lead: "业务科", Nodes: []catalog.Node{{LimitText: "信息变更之日起3个工作日内"}}},
		{Name: "不变", Nodes: []catalog.Node{{LimitText: "每季度"}}},
		{Name: "撤销", Nodes: []catalog.Node{{LimitText: "每季度"}}},
	}}
	next := &catalog.Catalog{Entries: append([]catalog.Entry(nil), old.Entries[:3]...)}
	next.Entries[0].Content, next.Entries[1].Content = "新", "新"
	t.Run("TZ-11 内容一变，及时公开的期限重新起算", func(t *testing.T) {
		ds, err := catalog.Diff(old, next).Disclosures(nil, day("2026-03-02"))
		require.NoError(t, err)
		require.Len(t, ds, 2)
		assert.Equal(t, "2026-03-30", ds[0].By.String(), "没有自己的期限，二十个工作日")
		assert.Equal(t, "2026-03-05", ds[1].By.String())
		assert.Equal(t, catalog.DutyChange, ds[0].Kind)
		assert.False(t, ds[0].Cite.IsZero())
		assert.True(t, ds[1].Cite.IsZero())
	})
	t.Run("TZ-11 没有变化，什么也不欠", func(t *testing.T) {
		ds, err := catalog.Diff(old, old).Disclosures(nil, day("2026-03-02"))
		require.NoError(t, err)
		assert.Empty(t, ds)
	})
}

func ExampleDiff() {
	old := &catalog.Catalog{Entries: []catalog.Entry{{Name: "部门预算", Lead: "财务科", Nodes: []catalog.Node{{LimitText: "批复后20个工作日内"}}}}}
	next := &catalog.Catalog{Entries: []catalog.Entry{{Name: "部门预算", Lead: "财务科", Nodes: []catalog.Node{{LimitText: "批复后20日内"}}}, {Name: "部门决算", Lead: "财务科", Nodes: []catalog.Node{{LimitText: "批复后20日内"}}}}}
	if err := catalog.Diff(old, next).WriteMarkdown(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// ## 《公开目录》修订对照
	//
	// 本次修订：新增 1 项，变更 1 项，更名 0 项，撤销 0 项。
	//
	// | 序号 | 事项 | 修订 | 栏目 | 原内容 | 新内容 |
	// | --- | --- | --- | --- | --- | --- |
	// | 1 | 部门预算 | 变更 | 公开时限 | 批复后20个工作日内 | 批复后20日内 |
	// | 2 | 部门决算 | 新增 |  |  | 财务科；批复后20日内 |
}
