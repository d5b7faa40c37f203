package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/workflow"
)

func TestSuspension(t *testing.T) {
	m := compile(t, rich())
	head := as("u2", "head")
	t.Run("中止之后回到原来的环节,时限停而复行", func(t *testing.T) {
		out, err := m.Step("review", nil, "halt", head)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("review").Halted(), out.To)
		assert.Equal(t, []workflow.ClockOp{{Do: workflow.ClockPause, Clock: "answer"}}, out.Clocks)
		base, halted := out.To.Base()
		assert.True(t, halted)
		assert.Equal(t, workflow.Stage("review"), base)
		out, err = m.Step(out.To, nil, "resume", head)
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("review"), out.To)
	})
	t.Run("中止期间不得审批", func(t *testing.T) {
		_, err := m.Step(workflow.Stage("review").Halted(), workflow.Facts{"weight": "routine"}, "approve", head, workflow.Done{On: "propose", Actor: "u1"})
		r := refused(t, err)
		assert.Equal(t, workflow.CodeNoMove, r.Code)
		assert.Equal(t, []workflow.Event{"resume"}, r.Next)
	})
	t.Run("没有中止之路的环节不能中止", func(t *testing.T) {
		_, err := m.Step("draft", nil, "halt", head)
		assert.Equal(t, []workflow.Stage{"review"}, refused(t, err).From)
		_, err = m.Step(workflow.Stage("draft").Halted(), nil, "resume", head)
		assert.Equal(t, workflow.CodeUnknownStage, refused(t, err).Code)
	})
}

// A stage with a limit of its own.
func TestStageClock(t *testing.T) {
	d := rich()
	d.Clocks = append(d.Clocks, workflow.Clock{ID: "stage", Limit: limit("5个工作日内")})
	d.Stages[1].Clock = "stage"
	m := compile(t, d)
	ops := func(stage workflow.Stage, event workflow.Event, actor workflow.Actor, done ...workflow.Done) []workflow.ClockOp {
		out, err := m.Step(stage, workflow.Facts{"weight": "routine"}, event, actor, done...)
		require.NoError(t, err)
		return out.Clocks
	}
	op := func(do workflow.Op, c workflow.ClockID) workflow.ClockOp { return workflow.ClockOp{Do: do, Clock: c} }
	head := as("u2", "head")
	t.Run("进入环节起算", func(t *testing.T) {
		assert.Equal(t, []workflow.ClockOp{op("start", "stage"), op("start", "answer")}, ops("draft", "propose", as("u1", "clerk")))
	})
	t.Run("离开环节终结", func(t *testing.T) {
		assert.Equal(t, []workflow.ClockOp{op("stop", "stage"), op("stop", "answer")},
			ops("review", "approve", head, workflow.Done{On: "propose", Actor: "u1"}))
	})
	t.Run("中止停算,恢复续算", func(t *testing.T) {
		assert.Equal(t, []workflow.ClockOp{op("pause", "stage"), op("pause", "answer")}, ops("review", "halt", head))
		assert.Equal(t, []workflow.ClockOp{op("resume", "stage"), op("resume", "answer")}, ops(workflow.Stage("review").Halted(), "resume", head))
	})
	t.Run("留在原环节不动", func(t *testing.T) {
		assert.Equal(t, []workflow.ClockOp{op("extend", "answer")}, ops("review", "extend", head))
	})
	t.Run("届满的时限随之终结", func(t *testing.T) {
		assert.Equal(t, []workflow.ClockOp{op("stop", "stage"), op("stop", "answer")}, ops("review", "late", as("clock")))
	})
}

func TestRoles(t *testing.T) {
	d := small()
	d.Roles = append(d.Roles, workflow.RoleDef{ID: "chief"})
	other := d.Moves[2]
	other.ID, other.By, other.To = "return-chief", []workflow.Role{"chief"}, "ready"
	d.Moves = append(d.Moves, other)
	m := compile(t, d)
	t.Run("各角色各走各的路", func(t *testing.T) {
		out, err := m.Step("review", nil, "return", as("u", "head"))
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("draft"), out.To)
		out, err = m.Step("review", nil, "return", as("u", "chief"))
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("ready"), out.To)
	})
	t.Run("一身两职而两路皆通,须以一职办理", func(t *testing.T) {
		_, err := m.Step("review", nil, "return", as("u", "head", "chief"))
		r := refused(t, err)
		assert.Equal(t, workflow.CodeTwoRoles, r.Code)
		assert.Equal(t, []workflow.Role{"head", "chief"}, r.Roles)
		for _, p := range m.Permitted("review", nil, as("u", "head", "chief")) {
			if p.Event == "return" {
				assert.Equal(t, workflow.VerdictClosed, p.Verdict)
				assert.Equal(t, workflow.CodeTwoRoles, p.Refusal.Code)
			}
		}
	})
	t.Run("没有角色", func(t *testing.T) {
		_, err := m.Step("draft", nil, "propose", as("u", "head"))
		r := refused(t, err)
		assert.Equal(t, workflow.CodeNotRole, r.Code)
		assert.Equal(t, []workflow.Role{"clerk"}, r.Roles)
		assert.Contains(t, r.Error(), `"clerk"`)
	})
	t.Run("没有身份", func(t *testing.T) {
		_, err := m.Step("draft", nil, "propose", as("", "clerk"))
		assert.Equal(t, workflow.CodeNobody, refused(t, err).Code)
	})
	t.Run("终点之后不再办理", func(t *testing.T) {
		_, err := m.Step("out", nil, "propose", as("u", "clerk"))
		assert.Equal(t, workflow.CodeEnded, refused(t, err).Code)
	})
	t.Run("没有的环节", func(t *testing.T) {
		_, err := m.Step("nowhere", nil, "propose", as("u", "clerk"))
		assert.Equal(t, workflow.CodeUnknownStage, refused(t, err).Code)
	})
	t.Run("没有的事件", func(t *testing.T) {
		_, err := m.Step("draft", nil, "fly", as("u", "clerk"))
		r := refused(t, err)
		assert.Equal(t, workflow.CodeNoMove, r.Code)
		assert.Empty(t, r.From)
	})
	t.Run("没有的取值等于未满足", func(t *testing.T) {
		f := clear()
		f[workflow.FactReview] = "fine"
		_, err := m.Step("ready", f, "publish", as("u", "clerk"))
		assert.Equal(t, []workflow.Missing{{Fact: "review", Want: []workflow.Value{"clear"}, Have: "fine"}}, refused(t, err).Missing)
	})
	t.Run("空值等于未定", func(t *testing.T) {
		f := clear()
		f[workflow.FactReview] = ""
		_, err := m.Step("ready", f, "publish", as("u", "clerk"))
		assert.Equal(t, workflow.Undetermined, refused(t, err).Missing[0].Have)
	})
}

func TestPermitted(t *testing.T) {
	m := compile(t, rich())
	facts := workflow.Facts{"weight": "routine"}
	head := as("u2", "head")
	got := m.Permitted("review", facts, head, workflow.Done{On: "propose", Actor: "u1"})
	type row struct {
		move    workflow.MoveID
		verdict workflow.Verdict
		code    workflow.Code
	}
	var rows []row
	for _, p := range got {
		r := row{p.Outcome.Move, p.Verdict, ""}
		if p.Refusal != nil {
			r.code = p.Refusal.Code
		}
		rows = append(rows, r)
	}
	assert.Equal(t, []row{
		{"approve", workflow.VerdictOpen, ""},
		{"return", workflow.VerdictOpen, ""},
		{"extend", workflow.VerdictOpen, ""},
		{"late", workflow.VerdictOpen, ""},
		{"halt", workflow.VerdictOpen, ""},
		{"approve-important", workflow.VerdictClosed, workflow.CodeMissing},
	}, rows)
	assert.Len(t, got[5].Refusal.Missing, 2, "what is missing is all listed")
	t.Run("别人能办的排在后面,并写明由谁", func(t *testing.T) {
		got := m.Permitted("review", facts, as("u1", "clerk"), workflow.Done{On: "propose", Actor: "u1"})
		assert.Equal(t, workflow.MoveID("late"), got[0].Outcome.Move)
		last := got[len(got)-1]
		assert.Equal(t, workflow.MoveID("approve-important"), last.Outcome.Move)
		assert.Equal(t, workflow.CodeNotRole, last.Refusal.Code)
		assert.Equal(t, []workflow.Role{"head"}, last.Roles)
	})
	t.Run("与办理的结论一致", func(t *testing.T) {
		for _, s := range m.Stages() {
			for _, a := range []workflow.Actor{as("u1", "clerk"), head, as("u3", "clerk", "head"), as("u4"), {}} {
				for _, f := range []workflow.Facts{nil, clear(), facts, {"weight": "important", "inquiry": "passed"}} {
					done := []workflow.Done{{On: "propose", Actor: "u1"}}
					for _, p := range m.Permitted(s, f, a, done...) {
						out, err := m.Step(s, f, p.Event, a, done...)
						if p.Verdict == workflow.VerdictOpen {
							require.NoError(t, err)
							assert.Equal(t, out, p.Outcome)
						} else {
							require.Equal(t, workflow.VerdictClosed, p.Verdict)
							assert.False(t, err == nil && out.Move == p.Outcome.Move)
						}
					}
				}
			}
		}
	})
	assert.Empty(t, m.Permitted("out", nil, head), "终点")
	assert.Empty(t, m.Permitted("nowhere", nil, head))
}

func TestSubState(t *testing.T) {
	s := workflow.Sub{Passed: []workflow.Stage{"passed"}, Failed: []workflow.Stage{"failed"}}
	assert.Equal(t, workflow.EarlierNone, s.State())
	assert.Equal(t, workflow.EarlierOpen, s.State("passed", "running"))
	assert.Equal(t, workflow.EarlierPassed, s.State("passed", "passed"))
	assert.Equal(t, workflow.EarlierFailed, s.State("running", "failed", "passed"))
}
