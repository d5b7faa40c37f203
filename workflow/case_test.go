package workflow_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

func day(s string) deadline.Date { return deadline.MustParseDate(s) }

// history walks rich to review and back, and to review again.
func history(t testing.TB, m *workflow.Machine) []workflow.Record {
	t.Helper()
	records := []workflow.Record{m.Open("open", as("u1", "clerk"), day("2026-03-02"), workflow.Facts{"weight": "routine"})}
	take := func(event workflow.Event, a workflow.Actor, on string, facts workflow.Facts) {
		c, err := workflow.Fold(records)
		require.NoError(t, err)
		r, err := m.Take(c, event, a, day(on), facts)
		require.NoError(t, err)
		records = append(records, r)
	}
	take("propose", as("u1", "clerk"), "2026-03-03", nil)
	take("return", as("u2", "head"), "2026-03-04", nil)
	take("propose", as("u1", "clerk"), "2026-03-05", nil)
	take("halt", as("u2", "head"), "2026-03-06", nil)
	take("resume", as("u2", "head"), "2026-03-09", nil)
	take("approve", as("u2", "head"), "2026-03-10", nil)
	return records
}

func who(r workflow.Record) workflow.Actor {
	if r.Actor == "u1" {
		return as("u1", "clerk")
	}
	return as(r.Actor, "head")
}

func TestFold(t *testing.T) {
	m := compile(t, rich())
	only := func(workflow.Digest) *workflow.Machine { return m }
	records := history(t, m)
	t.Run("卷宗即记录,状态由记录推出", func(t *testing.T) {
		c, err := workflow.Fold(records)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("ready"), c.Stage)
		assert.Equal(t, int64(7), c.Seq)
		assert.Equal(t, m.Digest(), c.Definition)
		assert.Equal(t, workflow.Facts{"weight": "routine"}, c.Facts)
		assert.Equal(t, workflow.Done{On: "propose", Actor: "u1"}, c.Done[1])
		assert.Len(t, c.Done, 7)
		assert.Equal(t, []workflow.ClockEvent{
			{Seq: 2, Do: "start", Clock: "answer", On: day("2026-03-03")},
			{Seq: 3, Do: "stop", Clock: "answer", On: day("2026-03-04")},
			{Seq: 4, Do: "start", Clock: "answer", On: day("2026-03-05")},
			{Seq: 5, Do: "pause", Clock: "answer", On: day("2026-03-06")},
			{Seq: 6, Do: "resume", Clock: "answer", On: day("2026-03-09")},
			{Seq: 7, Do: "stop", Clock: "answer", On: day("2026-03-10")},
		}, c.Clocks)
		again, err := workflow.Replay(records, only, who)
		require.NoError(t, err)
		assert.Equal(t, c, again)
	})
	t.Run("更正是一条新记录,原记录不动", func(t *testing.T) {
		fixed := append(append([]workflow.Record(nil), records...),
			workflow.Record{Seq: 8, Event: "correct", Actor: "u1", Corrects: 2, On: day("2026-03-02")},
			workflow.Record{Seq: 9, Event: "correct", Actor: "u1", Corrects: 1, Facts: workflow.Facts{"weight": "important"}},
			workflow.Record{Seq: 10, Event: "correct", Actor: "u1", Corrects: 2, On: day("2026-03-01")})
		c, err := workflow.Fold(fixed)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("ready"), c.Stage, "a correction does not undo a move")
		assert.Equal(t, day("2026-03-01"), c.Clocks[0].On, "the last correction counts")
		assert.Equal(t, workflow.Value("important"), c.Facts["weight"])
		assert.Equal(t, int64(10), c.Seq)
		_, err = workflow.Replay(fixed, only, who)
		require.NoError(t, err, "each step is checked on what was known then")
	})
	t.Run("后来的回答不被对先前回答的更正覆盖", func(t *testing.T) {
		open := m.Open("open", as("u1"), day("2026-03-02"), workflow.Facts{"weight": "routine"})
		c, err := workflow.Fold([]workflow.Record{open,
			{Seq: 2, Event: "classify", Actor: "u2", Facts: workflow.Facts{"weight": "important"}},
			{Seq: 3, Event: "correct", Actor: "u1", Corrects: 1, Facts: workflow.Facts{"weight": ""}}})
		require.NoError(t, err)
		assert.Equal(t, workflow.Value("important"), c.Facts["weight"])
	})
	t.Run("撤回的回答即未定", func(t *testing.T) {
		open := m.Open("open", as("u1"), day("2026-03-02"), workflow.Facts{"weight": "routine"})
		c, err := workflow.Fold([]workflow.Record{open, {Seq: 2, Event: "unclassify", Actor: "u2", Facts: workflow.Facts{"weight": ""}}})
		require.NoError(t, err)
		assert.NotContains(t, c.Facts, workflow.Fact("weight"))
	})
	for _, c := range []struct {
		name string
		edit func([]workflow.Record) []workflow.Record
	}{
		{"没有记录", func([]workflow.Record) []workflow.Record { return nil }},
		{"缺一条", func(r []workflow.Record) []workflow.Record { return append(r[:2:2], r[3:]...) }},
		{"换了次序", func(r []workflow.Record) []workflow.Record { r[1], r[2] = r[2], r[1]; return r }},
		{"没有开头", func(r []workflow.Record) []workflow.Record { r[0].Definition = workflow.Digest{}; return r }},
		{"离开的不是所在环节", func(r []workflow.Record) []workflow.Record { r[2].From = "draft"; return r }},
		{"没有办理而换了环节", func(r []workflow.Record) []workflow.Record { r[2].Move = ""; return r }},
		{"更正后面的记录", func(r []workflow.Record) []workflow.Record {
			return append(r, workflow.Record{Seq: 8, Event: "correct", Corrects: 9})
		}},
		{"更正自己", func(r []workflow.Record) []workflow.Record {
			return append(r, workflow.Record{Seq: 8, Event: "correct", Corrects: 8})
		}},
		{"更正更正", func(r []workflow.Record) []workflow.Record {
			return append(r, workflow.Record{Seq: 8, Event: "correct", Corrects: 1}, workflow.Record{Seq: 9, Event: "correct", Corrects: 8})
		}},
		{"更正兼办理", func(r []workflow.Record) []workflow.Record {
			return append(r, workflow.Record{Seq: 8, Event: "correct", Corrects: 1, Move: "publish", From: "ready", To: "out"})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := workflow.Fold(c.edit(append([]workflow.Record(nil), records...)))
			assert.ErrorIs(t, err, workflow.ErrRecord)
		})
	}
	t.Run("回放发现不该走的一步", func(t *testing.T) {
		bad := append([]workflow.Record(nil), records...)
		bad[6].Actor = "u1"
		_, err := workflow.Replay(bad, only, func(r workflow.Record) workflow.Actor { return as(r.Actor, "head", "clerk") })
		assert.Equal(t, workflow.CodeSamePerson, refused(t, err).Code)
		bad = append([]workflow.Record(nil), records...)
		bad[6].Effect = workflow.EffectPublish
		_, err = workflow.Replay(bad, only, who)
		assert.ErrorIs(t, err, workflow.ErrRecord)
		_, err = workflow.Replay(records, func(workflow.Digest) *workflow.Machine { return nil }, who)
		assert.ErrorIs(t, err, workflow.ErrRecord)
	})
	t.Run("不是这个流程的卷宗", func(t *testing.T) {
		c, err := workflow.Fold(records)
		require.NoError(t, err)
		_, err = compile(t, small()).Take(c, "publish", as("u1", "clerk"), day("2026-03-11"), clear())
		assert.ErrorIs(t, err, workflow.ErrRecord)
	})
}

func TestMigration(t *testing.T) {
	old := compile(t, rich())
	next := rich()
	next.Edition = "2"
	next.Stages[2].ID = "cleared"
	next.Moves[1].To, next.Moves[4].To = "cleared", "cleared"
	next.Moves[3].From = []workflow.Stage{"cleared"}
	next.Facts[0].Values = []workflow.Value{"important", "ordinary"}
	next.Moves[1].When[0].In[0] = "ordinary"
	m := compile(t, next)
	basis := []law.Citation{law.Own.Sec("test")}
	p := workflow.SameStages(old, m)
	p.Basis = basis
	t.Run("没有对应的环节列出来,不动", func(t *testing.T) {
		g, err := workflow.NewMigration(old, m, p)
		require.NoError(t, err)
		assert.Equal(t, []workflow.Stage{"ready"}, g.Unmapped())
		_, ok := g.Stage("ready")
		assert.False(t, ok)
		c, err := workflow.Fold(history(t, old))
		require.NoError(t, err)
		_, _, err = g.Migrate(c, "migrate", as("u9"), day("2026-04-01"))
		assert.Equal(t, workflow.CodeNotMapped, refused(t, err).Code)
	})
	t.Run("对应的环节连同卷宗移过去,新流程没有的取值成为未定", func(t *testing.T) {
		p := p
		p.Stages = append([]workflow.StagePair{{From: "ready", To: "cleared"}}, p.Stages...)
		g, err := workflow.NewMigration(old, m, p)
		require.NoError(t, err)
		assert.Empty(t, g.Unmapped())
		to, ok := g.Stage(workflow.Stage("review").Halted())
		assert.True(t, ok)
		assert.Equal(t, workflow.Stage("review").Halted(), to)
		records := history(t, old)
		c, err := workflow.Fold(records)
		require.NoError(t, err)
		r, lost, err := g.Migrate(c, "migrate", as("u9"), day("2026-04-01"))
		require.NoError(t, err)
		assert.Equal(t, []workflow.Fact{"weight"}, lost)
		c, err = workflow.Fold(append(records, r))
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("cleared"), c.Stage)
		assert.Equal(t, m.Digest(), c.Definition)
		_, err = m.Take(c, "publish", as("u1", "clerk"), day("2026-04-02"), clear())
		assert.NoError(t, err)
		_, err = old.Take(c, "publish", as("u1", "clerk"), day("2026-04-02"), clear())
		assert.ErrorIs(t, err, workflow.ErrRecord)
	})
	for _, c := range []struct {
		name string
		edit func(*workflow.Mapping)
		code workflow.Code
	}{
		{"不是这两版", func(p *workflow.Mapping) { p.From = m.Digest() }, workflow.CodeMapEdition},
		{"旧版没有的环节", func(p *workflow.Mapping) { p.Stages[0].From = "nowhere" }, workflow.CodeMapStage},
		{"新版没有的环节", func(p *workflow.Mapping) { p.Stages[0].To = "ready" }, workflow.CodeMapStage},
		{"一处两往", func(p *workflow.Mapping) { p.Stages = append(p.Stages, p.Stages[0]) }, workflow.CodeMapTwice},
		{"在办的移成办结", func(p *workflow.Mapping) { p.Stages[0].To = "out" }, workflow.CodeMapFinal},
		{"办结的移成在办", func(p *workflow.Mapping) { p.Stages[2].To = "draft" }, workflow.CodeMapFinal},
		{"没有依据", func(p *workflow.Mapping) { p.Basis = nil }, workflow.CodeMapBasis},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := p
			q.Stages = append([]workflow.StagePair(nil), p.Stages...)
			c.edit(&q)
			_, err := workflow.NewMigration(old, m, q)
			var inv *workflow.Invalid
			require.ErrorAs(t, err, &inv)
			var codes []workflow.Code
			for _, f := range inv.Faults {
				codes = append(codes, f.Code)
			}
			assert.Contains(t, codes, c.code)
		})
	}
}

func TestDiff(t *testing.T) {
	diff := func(a, b workflow.Definition) (lines []string) {
		changes, err := workflow.Diff(a, b)
		require.NoError(t, err)
		for _, c := range changes {
			lines = append(lines, c.String())
		}
		return lines
	}
	assert.Empty(t, diff(rich(), rich()))
	d := rich()
	d.Title = "新流程"
	d.Roles = append([]workflow.RoleDef{{ID: "chief", Title: "分管领导"}}, d.Roles...)
	d.Moves[1].By = []workflow.Role{"chief"}
	d.Moves[1].When[0].In = []workflow.Value{"routine", "important"}
	d.Moves = append(d.Moves[:4], d.Moves[5:]...)
	d.Moves[0], d.Moves[2] = d.Moves[2], d.Moves[0]
	d.Clocks[0].Limit = limit("自收到申请之日起15个工作日内")
	assert.Equal(t, []string{
		"changed title: 小流程 → 新流程",
		`added   roles[chief]: {"id":"chief","title":"分管领导"}`,
		"changed clocks[answer].limit: " + fmt.Sprint(rich().Clocks[0].Limit) + " → " + fmt.Sprint(d.Clocks[0].Limit),
		`moved   moves[propose]`,
		`moved   moves[approve]`,
		`changed moves[approve].when: [{"fact":"weight","in":["routine"]}] → [{"fact":"weight","in":["routine","important"]}]`,
		`changed moves[approve].by: ["head"] → ["chief"]`,
		`removed moves[approve-important]: {"id":"approve-important","from":["review"],"on":"approve","to":"ready","when":[{"fact":"weight","in":["important"]},{"fact":"inquiry","in":["passed"]}],"by":["head"],"apart":["propose"],"clocks":[{"do":"stop","clock":"answer"}],"basis":["own#test"]}`,
	}, diff(rich(), d))
}

func BenchmarkFold(b *testing.B) {
	m := compile(b, rich())
	records := history(b, m)
	for len(records) < 500 {
		n := int64(len(records)) + 1
		records = append(records, workflow.Record{Seq: n, Event: "note", Actor: "u1", Facts: workflow.Facts{"weight": "important"}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := workflow.Fold(records); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(records)), "ns/record")
}
