package workflow_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// rich is small with a fact, a clock that expires, a sub-case and a suspension.
func rich() workflow.Definition {
	own := []law.Citation{law.Own.Sec("test")}
	d := small()
	d.ID = "test/rich"
	d.Facts = []workflow.FactDef{{ID: "weight", Title: "类别", Values: []workflow.Value{"routine", "important"}, Labels: []string{"一般", "重要"}}}
	d.Clocks = []workflow.Clock{{ID: "answer", Title: "答复", Limit: limit("自收到申请之日起20个工作日内"), Extension: limit("20个工作日内"), Expires: "late"}}
	d.Subs = []workflow.Sub{{ID: "inquiry", Title: "征求意见", Definition: "test/small", Passed: []workflow.Stage{"out"}, Failed: []workflow.Stage{"gone"}}}
	d.Stages = append(d.Stages, workflow.StageDef{ID: "gone", Title: "终止", Final: true})
	d.Moves[1].When = []workflow.Test{{Fact: "weight", In: []workflow.Value{"routine"}}}
	d.Moves[1].Clocks = []workflow.ClockOp{{Do: workflow.ClockStop, Clock: "answer"}}
	d.Moves[2].Clocks = []workflow.ClockOp{{Do: workflow.ClockStop, Clock: "answer"}}
	d.Moves[0].Clocks = []workflow.ClockOp{{Do: workflow.ClockStart, Clock: "answer"}}
	d.Moves = append(d.Moves,
		workflow.Move{ID: "approve-important", From: []workflow.Stage{"review"}, On: "approve", To: "ready", By: []workflow.Role{"head"}, Apart: []workflow.Event{"propose"},
			When:   []workflow.Test{{Fact: "weight", In: []workflow.Value{"important"}}, {Fact: "inquiry", In: []workflow.Value{"passed"}}},
			Clocks: []workflow.ClockOp{{Do: workflow.ClockStop, Clock: "answer"}}, Basis: own},
		workflow.Move{ID: "extend", From: []workflow.Stage{"review"}, On: "extend", To: workflow.Here, By: []workflow.Role{"head"},
			Clocks: []workflow.ClockOp{{Do: workflow.ClockExtend, Clock: "answer"}}, Basis: own},
		workflow.Move{ID: "late", From: []workflow.Stage{"review"}, On: "late", To: "gone", Basis: own},
		workflow.Move{ID: "halt", From: []workflow.Stage{"review"}, On: "halt", To: workflow.Suspended, By: []workflow.Role{"head"},
			Clocks: []workflow.ClockOp{{Do: workflow.ClockPause, Clock: "answer"}}, Basis: own},
		workflow.Move{ID: "resume", From: []workflow.Stage{workflow.Suspended}, On: "resume", To: workflow.Return, By: []workflow.Role{"head"},
			Clocks: []workflow.ClockOp{{Do: workflow.ClockResume, Clock: "answer"}}, Basis: own},
	)
	return d
}

func faults(t testing.TB, d workflow.Definition) []workflow.Fault {
	t.Helper()
	_, err := workflow.Compile(d)
	if err == nil {
		return nil
	}
	require.ErrorIs(t, err, workflow.ErrInvalid)
	var inv *workflow.Invalid
	require.True(t, errors.As(err, &inv))
	require.NotEmpty(t, inv.Faults)
	for _, f := range inv.Faults {
		if f.What == "" || f.Want == "" {
			assert.Fail(t, "a fault says what is wrong and what would be right", f)
		}
	}
	return inv.Faults
}

func TestCompileFindsEveryFault(t *testing.T) {
	require.Empty(t, faults(t, small()))
	require.Empty(t, faults(t, rich()))
	own := []law.Citation{law.Own.Sec("test")}
	type def = workflow.Definition
	for _, c := range []struct {
		name string
		edit func(*def)
		code workflow.Code
		path string
	}{
		{"流程没有标识", func(d *def) { d.ID = "" }, workflow.CodeID, "id"},
		{"标识含控制字符", func(d *def) { d.Moves[0].ID = "a\x00b" }, workflow.CodeID, "moves[0].id"},
		{"标识含空格", func(d *def) { d.Moves[0].On = "a b" }, workflow.CodeID, "moves[0].on"},
		{"标识含零宽字符", func(d *def) { d.Roles[0].ID = "cl\u200berk" }, workflow.CodeID, "roles[0].id"},
		{"标识不是UTF-8", func(d *def) { d.Stages[0].ID = "\xff" }, workflow.CodeID, "stages[0].id"},
		{"标识过长", func(d *def) { d.ID = strings.Repeat("长", 41) }, workflow.CodeID, "id"},
		{"环节重名", func(d *def) { d.Stages = append(d.Stages, d.Stages[0]) }, workflow.CodeDuplicate, "stages[5].id"},
		{"角色重名", func(d *def) { d.Roles = append(d.Roles, d.Roles[0]) }, workflow.CodeDuplicate, "roles[2].id"},
		{"时限重名", func(d *def) { d.Clocks = append(d.Clocks, d.Clocks[0]) }, workflow.CodeDuplicate, "clocks[1].id"},
		{"办理重名", func(d *def) { d.Moves[1].ID = d.Moves[0].ID }, workflow.CodeDuplicate, "moves[1].id"},
		{"条件重名", func(d *def) { d.Facts = append(d.Facts, d.Facts[0]) }, workflow.CodeDuplicate, "facts[1].id"},
		{"取值重复", func(d *def) { d.Facts[0].Values[1] = "routine" }, workflow.CodeDuplicate, "facts[0].values[1]"},
		{"来处重复", func(d *def) { d.Moves[0].From = []workflow.Stage{"draft", "draft"} }, workflow.CodeDuplicate, "moves[0].from[1]"},
		{"子事项与条件重名", func(d *def) { d.Subs[0].ID = "review" }, workflow.CodeDuplicate, "subs[0].id"},
		{"来自未知环节", func(d *def) { d.Moves[0].From = []workflow.Stage{"drft"} }, workflow.CodeStage, "moves[0].from[0]"},
		{"去往未知环节", func(d *def) { d.Moves[0].To = "reviwe" }, workflow.CodeStage, "moves[0].to"},
		{"没有来处", func(d *def) { d.Moves[0].From = nil }, workflow.CodeStage, "moves[0].from"},
		{"未知角色", func(d *def) { d.Moves[0].By = []workflow.Role{"clerc"} }, workflow.CodeRole, "moves[0].by[0]"},
		{"责任图中的未知角色", func(d *def) { d.Stages[0].Answers.Supervision = "nobody" }, workflow.CodeRole, "stages[0].answers.supervision"},
		{"未知条件", func(d *def) { d.Moves[0].When = []workflow.Test{{Fact: "wieght", In: []workflow.Value{"routine"}}} }, workflow.CodeFact, "moves[0].when[0].fact"},
		{"条件没有这个取值", func(d *def) { d.Moves[1].When[0].In = []workflow.Value{"normal"} }, workflow.CodeValue, "moves[1].when[0].in[0]"},
		{"内置条件没有这个取值", func(d *def) { d.Moves[3].When[1].In = []workflow.Value{"clear", "ok"} }, workflow.CodeValue, "moves[3].when[1].in[1]"},
		{"条件没有取值", func(d *def) { d.Facts[0].Values, d.Facts[0].Labels = nil, nil }, workflow.CodeValue, "facts[0].values"},
		{"未知时限", func(d *def) { d.Moves[0].Clocks[0].Clock = "anser" }, workflow.CodeClock, "moves[0].clocks[0].clock"},
		{"环节的未知时限", func(d *def) { d.Stages[0].Clock = "none" }, workflow.CodeClock, "stages[0].clock"},
		{"回避未知事件", func(d *def) { d.Moves[1].Apart = []workflow.Event{"porpose"} }, workflow.CodeEvent, "moves[1].apart[0]"},
		{"未知效果", func(d *def) { d.Moves[0].Effect = "publsh" }, workflow.CodeEffect, "moves[0].effect"},
		{"未知时限操作", func(d *def) { d.Moves[0].Clocks[0].Do = "begin" }, workflow.CodeEffect, "moves[0].clocks[0].do"},
		{"没有起点", func(d *def) { d.Start = "" }, workflow.CodeStart, "start"},
		{"起点是未知环节", func(d *def) { d.Start = "begin" }, workflow.CodeStart, "start"},
		{"到不了的环节", func(d *def) {
			d.Stages = append(d.Stages, workflow.StageDef{ID: "island"})
			d.Moves = append(d.Moves, workflow.Move{ID: "leave", From: []workflow.Stage{"island"}, On: "leave", To: "draft", Basis: own})
		}, workflow.CodeReach, "stages[5]"},
		{"走不出的环节", func(d *def) { d.Stages[3].Final = false }, workflow.CodeStuck, "stages[3]"},
		{"兜圈子到不了终点", func(d *def) {
			d.Stages = append(d.Stages, workflow.StageDef{ID: "x"}, workflow.StageDef{ID: "y"})
			d.Moves = append(d.Moves,
				workflow.Move{ID: "in", From: []workflow.Stage{"draft"}, On: "in", To: "x", Basis: own},
				workflow.Move{ID: "xy", From: []workflow.Stage{"x"}, On: "xy", To: "y", Basis: own},
				workflow.Move{ID: "yx", From: []workflow.Stage{"y"}, On: "yx", To: "x", Basis: own})
		}, workflow.CodeStuck, "stages[5]"},
		{"时限届满而无处可去", func(d *def) {
			d.Moves[1].Clocks = nil
		}, workflow.CodeStuck, "stages[2]"},
		{"离开终点", func(d *def) {
			d.Moves = append(d.Moves, workflow.Move{ID: "again", From: []workflow.Stage{"out"}, On: "again", To: "draft", Basis: own})
		}, workflow.CodeFinal, "moves[9].from[0]"},
		{"两条路可以同时走", func(d *def) { d.Moves[4].When = d.Moves[4].When[1:] }, workflow.CodeOverlap, "moves[4]"},
		{"不写角色的与写角色的重叠", func(d *def) {
			d.Moves = append(d.Moves, workflow.Move{ID: "propose2", From: []workflow.Stage{"draft"}, On: "propose", To: "gone", Basis: own})
		}, workflow.CodeOverlap, "moves[9]"},
		{"没有依据", func(d *def) { d.Moves[2].Basis = nil }, workflow.CodeBasis, "moves[2].basis"},
		{"空的依据", func(d *def) { d.Moves[2].Basis = []law.Citation{{}} }, workflow.CodeBasis, "moves[2].basis[0]"},
		{"时限从不起算", func(d *def) { d.Moves[0].Clocks = nil }, workflow.CodeNotStarted, "clocks[0]"},
		{"在没有起算的地方终结", func(d *def) {
			d.Moves[3].Clocks = []workflow.ClockOp{{Do: workflow.ClockStop, Clock: "answer"}}
		}, workflow.CodeClockOp, "moves[3].clocks[0]"},
		{"没有停过却恢复计算", func(d *def) { d.Moves[7].Clocks = nil }, workflow.CodeClockOp, "moves[8].clocks[0]"},
		{"不得延长的时限被延长", func(d *def) { d.Clocks[0].Extension = noLimit }, workflow.CodeClockOp, "moves[5].clocks[0]"},
		{"时限没有期限", func(d *def) { d.Clocks[0].Limit = noLimit }, workflow.CodeLimit, "clocks[0].limit"},
		{"延长的单位与期限不同", func(d *def) { d.Clocks[0].Extension = limit("5日内") }, workflow.CodeLimit, "clocks[0].extension"},
		{"可延长至的比期限还短", func(d *def) { d.Clocks[0].Extension = limit("可延长至10个工作日") }, workflow.CodeLimit, "clocks[0].extension"},
		{"子事项没有结局", func(d *def) { d.Subs[0].Passed, d.Subs[0].Failed = nil, nil }, workflow.CodeSub, "subs[0]"},
		{"子事项只会失败", func(d *def) { d.Subs[0].Passed = nil }, workflow.CodeSub, "subs[0].passed"},
		{"子事项失败后无路可走", func(d *def) {
			for i := range d.Moves[3].When {
				if d.Moves[3].When[i].Fact == workflow.FactEarlier {
					d.Moves[3].When = append(d.Moves[3].When, workflow.Test{Fact: "inquiry", In: []workflow.Value{"none", "passed"}})
				}
			}
		}, workflow.CodeSub, "stages[2]"},
		{"公开而不问保密审查", func(d *def) { d.Moves[3].When = append(released()[:1:1], released()[2:]...) }, workflow.CodeGate, "moves[3].when"},
		{"公开而放行部分检测", func(d *def) { d.Moves[3].When[2].In = []workflow.Value{"clear", "partial"} }, workflow.CodeGate, "moves[3].when"},
		{"公开而放行不公开的", func(d *def) { d.Moves[3].When[0].In = []workflow.Value{"public", "withheld"} }, workflow.CodeGate, "moves[3].when"},
		{"公开而放行未定的", func(d *def) { d.Moves[3].When[0].In = []workflow.Value{"public", "undetermined"} }, workflow.CodeGate, "moves[3].when"},
		{"依申请公开的全文公开", func(d *def) { d.Moves[3].When[0].In = []workflow.Value{"public", "on-request"} }, workflow.CodeGate, "moves[3].when"},
		{"业务推进而不问上一环节", func(d *def) { d.Moves[0].Effect = workflow.EffectAdvance }, workflow.CodeGate, "moves[0].when"},
		{"归档被异议阻断", func(d *def) {
			d.Moves[0].Effect = workflow.EffectArchive
			d.Moves[0].When = []workflow.Test{{Fact: workflow.FactObjection, In: []workflow.Value{"none"}}}
		}, workflow.CodeGate, "moves[0].when"},
		{"人人可以公开", func(d *def) { d.Moves[3].By = nil }, workflow.CodeAnybody, "moves[3].by"},
		{"条件互相矛盾", func(d *def) {
			d.Moves[1].When = append(d.Moves[1].When, workflow.Test{Fact: "weight", In: []workflow.Value{"important"}})
		}, workflow.CodeNever, "moves[1].when[1]"},
		{"条件不许任何取值", func(d *def) { d.Moves[1].When[0].In = nil }, workflow.CodeNever, "moves[1].when[0].in"},
		{"内置条件改了取值", func(d *def) {
			d.Facts = append(d.Facts, workflow.FactDef{ID: workflow.FactScan, Values: []workflow.Value{"none", "clear"}})
		}, workflow.CodeBuiltIn, "facts[1].values"},
		{"标题含换行", func(d *def) { d.Stages[0].Title = "起\n草" }, workflow.CodeText, "stages[0].title"},
		{"标题含方向控制符", func(d *def) { d.Title = "流程\u202e" }, workflow.CodeText, "title"},
		{"名目与取值不符", func(d *def) { d.Facts[0].Labels = d.Facts[0].Labels[:1] }, workflow.CodeText, "facts[0].labels"},
		{"中止之后无路可走", func(d *def) { d.Moves = d.Moves[:8] }, workflow.CodeHalt, "stages[1]"},
		{"没有中止却有恢复", func(d *def) { d.Moves = append(d.Moves[:7:7], d.Moves[8]) }, workflow.CodeHalt, "moves[7].from[0]"},
		{"从未中止的环节恢复", func(d *def) { d.Moves[2].To = workflow.Return }, workflow.CodeHalt, "moves[2].from[0]"},
		{"超过十六个条件", func(d *def) {
			for i := range 14 {
				d.Facts = append(d.Facts, workflow.FactDef{ID: workflow.Fact(fmt.Sprintf("f%d", i)), Values: []workflow.Value{"a"}})
			}
		}, workflow.CodeTooMany, "facts"},
		{"时限过多", func(d *def) {
			for i := range workflow.MaxClocks {
				d.Clocks = append(d.Clocks, workflow.Clock{ID: workflow.ClockID(fmt.Sprint("c", i)), Limit: limit("3日内")})
			}
		}, workflow.CodeSize, "clocks"},
		{"一个条件的取值过多", func(d *def) {
			for i := range 64 {
				d.Facts[0].Values = append(d.Facts[0].Values, workflow.Value(fmt.Sprint("v", i)))
			}
			d.Facts[0].Labels = nil
		}, workflow.CodeSize, "facts[0].values"},
		{"没有任何办理", func(d *def) { d.Moves = nil }, workflow.CodeStuck, "moves"},
		{"没有终点", func(d *def) { d.Stages[3].Final, d.Stages[4].Final = false, false }, workflow.CodeStuck, "stages"},
		{"回避之事不可能在前", func(d *def) {
			d.Stages = append(d.Stages, workflow.StageDef{ID: "island"})
			d.Moves = append(d.Moves, workflow.Move{ID: "leave", From: []workflow.Stage{"island"}, On: "leave", To: "draft", Basis: own})
			d.Moves[1].Apart = []workflow.Event{"leave"}
		}, workflow.CodeApart, "moves[1].apart[0]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := rich()
			c.edit(&d)
			var seen []string
			for _, f := range faults(t, d) {
				if f.Code == c.code && f.Path == c.path {
					return
				}
				seen = append(seen, f.String())
			}
			assert.Fail(t, "not found", "want %s at %s, have:\n%s", c.code, c.path, strings.Join(seen, "\n"))
		})
	}
}

func TestCompileReportsAllFaultsAtOnce(t *testing.T) {
	d := small()
	d.ID = ""
	d.Moves[0].To = "x"
	d.Moves[1].By = []workflow.Role{"y"}
	d.Moves[2].Basis = nil
	d.Moves[3].When = nil
	codes := map[workflow.Code]int{}
	for _, f := range faults(t, d) {
		codes[f.Code]++
	}
	for _, c := range []workflow.Code{workflow.CodeID, workflow.CodeStage, workflow.CodeRole, workflow.CodeBasis, workflow.CodeGate, workflow.CodeReach} {
		assert.NotZero(t, codes[c], "%s", c)
	}
	assert.Equal(t, 5, codes[workflow.CodeGate], "all five built-in facts are asked for")
}

func TestCompileGatesEachBuiltInFact(t *testing.T) {
	for i, f := range workflow.BuiltIn() {
		t.Run("公开须问"+f.Title, func(t *testing.T) {
			d := small()
			d.Moves[3].When = append(released()[:i:i], released()[i+1:]...)
			got := faults(t, d)
			require.Len(t, got, 1)
			assert.Equal(t, workflow.CodeGate, got[0].Code)
			assert.Contains(t, got[0].What, string(f.ID))
		})
	}
}

func TestCompileCopiesItsInput(t *testing.T) {
	d := rich()
	m := compile(t, d)
	before := m.Digest()
	d.Moves[0].By[0] = "head"
	d.Moves[3].When[1].In[0] = workflow.ReviewStale
	d.Stages[0].ID = "elsewhere"
	d.Moves[0].Clocks[0].Do = workflow.ClockStop
	_, err := m.Step("draft", nil, "propose", as("u1", "clerk"))
	require.NoError(t, err)
	_, err = m.Step("ready", clear(), "publish", as("u1", "clerk"))
	require.NoError(t, err)
	got := m.Definition()
	got.Moves[0].By[0] = "head"
	got.Moves[3].When[1].In[0] = workflow.ReviewStale
	again, err := m.Definition().Digest()
	require.NoError(t, err)
	assert.Equal(t, before, again)
	_, err = m.Step("ready", clear(), "publish", as("u1", "clerk"))
	require.NoError(t, err)
}

func TestBigDefinitions(t *testing.T) {
	own := []law.Citation{law.Own.Sec("test")}
	stage := func(i int) workflow.Stage { return workflow.Stage(fmt.Sprint("s", i)) }
	ring := func(n int) workflow.Definition {
		d := workflow.Definition{ID: "test/ring", Start: stage(0), Roles: []workflow.RoleDef{{ID: "r"}}}
		for i := range n {
			d.Stages = append(d.Stages, workflow.StageDef{ID: stage(i), Final: i == n-1})
			if i < n-1 {
				d.Moves = append(d.Moves, workflow.Move{ID: workflow.MoveID(fmt.Sprint("m", i)), From: []workflow.Stage{stage(i)}, On: "next", To: stage(i + 1), By: []workflow.Role{"r"}, Basis: own})
				d.Moves = append(d.Moves, workflow.Move{ID: workflow.MoveID(fmt.Sprint("b", i)), From: []workflow.Stage{stage(i)}, On: "back", To: stage(i / 2), By: []workflow.Role{"r"}, Basis: own})
			}
		}
		return d
	}
	soon := func(t *testing.T, what func()) {
		t.Helper()
		start := time.Now()
		what()
		assert.Less(t, time.Since(start), time.Minute)
	}
	t.Run("一千个环节和回路", func(t *testing.T) {
		soon(t, func() { assert.Empty(t, faults(t, ring(1000))) })
	})
	t.Run("一千个环节,全部到不了", func(t *testing.T) {
		d := ring(1000)
		d.Moves[0].To, d.Moves[0].On = stage(0), "loop"
		soon(t, func() { assert.GreaterOrEqual(t, len(faults(t, d)), 999) })
	})
	t.Run("一千个时限也只报一处", func(t *testing.T) {
		d := ring(100)
		for i := range 1000 {
			d.Clocks = append(d.Clocks, workflow.Clock{ID: workflow.ClockID(fmt.Sprint("c", i)), Limit: limit("3日内")})
		}
		soon(t, func() { assert.Equal(t, workflow.CodeSize, faults(t, d)[0].Code) })
	})
	t.Run("同一环节同一事件一万条路", func(t *testing.T) {
		d := ring(3)
		for i := range 10000 {
			d.Moves = append(d.Moves, workflow.Move{ID: workflow.MoveID(fmt.Sprint("x", i)), From: []workflow.Stage{"s0"}, On: "x", To: "s1", Basis: own})
		}
		soon(t, func() { assert.Equal(t, workflow.CodeSize, faults(t, d)[0].Code) })
	})
	t.Run("百万个来处", func(t *testing.T) {
		d := ring(1000)
		all := make([]workflow.Stage, 999)
		for i := range all {
			all[i] = stage(i)
		}
		for i := range 1000 {
			d.Moves = append(d.Moves, workflow.Move{ID: workflow.MoveID(fmt.Sprint("x", i)), From: all, On: workflow.Event(fmt.Sprint("x", i)), To: "s999", Basis: own})
		}
		soon(t, func() { assert.Equal(t, workflow.CodeSize, faults(t, d)[0].Code) })
	})
	for i, c := range []struct{ name, head, each, tail string }{
		{"来处", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[{"id":"m","on":"e","to":"a","basis":["own#x"],"from":[`, `"b","b\u0001"`, `]}]}`},
		{"环节", `{"id":"big","start":"a","moves":[],"stages":[`, `{"id":"a"},{"id":"b\u0000"}`, `]}`},
		{"办理", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[`, `{"id":"m","from":["x"],"on":"e","to":"y","basis":[]}`, `]}`},
		{"条件", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[],"facts":[`, `{"id":"f","values":["a","a"]}`, `]}`},
		{"取值", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[],"facts":[{"id":"f","values":[`, `"a","\u200b"`, `]}]}`},
		{"角色", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[],"roles":[`, `{"id":"r"}`, `]}`},
		{"时限", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[],"clocks":[`, `{"id":"k","limit":""}`, `]}`},
		{"测试", `{"id":"big","start":"a","stages":[{"id":"a"}],"moves":[{"id":"m","on":"e","to":"a","basis":["own#x"],"from":["a"],"when":[`, `{"fact":"attribute","in":["public","x"]}`, `]}]}`},
	} {
		size := 10 << 20
		if i > 1 {
			size = 1 << 20
		}
		t.Run(fmt.Sprintf("%d兆字节的JSON:%s", size>>20, c.name), func(t *testing.T) {
			var b strings.Builder
			b.WriteString(c.head)
			for b.Len() < size {
				b.WriteString(c.each + ",")
			}
			b.WriteString(c.each + c.tail)
			soon(t, func() {
				d, err := workflow.Parse([]byte(b.String()))
				if err != nil { // a limit that is none
					require.ErrorIs(t, err, workflow.ErrInvalid)
					return
				}
				got := faults(t, d)
				assert.LessOrEqual(t, len(got), workflow.MaxFaults)
				assert.Contains(t, codesOf(got), workflow.CodeSize)
			})
		})
	}
}

func codesOf(faults []workflow.Fault) (codes []workflow.Code) {
	for _, f := range faults {
		if len(codes) == 0 || codes[len(codes)-1] != f.Code {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

func TestParseRefusesWhatIsNoDefinition(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"空文件", ""},
		{"不是对象", "[]"},
		{"未知字段", `{"id":"a","stags":[]}`},
		{"后面还有内容", `{"id":"a"} {}`},
		{"一个字段写了两次", `{"id":"a","start":"x","start":"y"}`},
		{"一个字段写了两次,大小写不同", `{"id":"a","moves":[{"id":"m","to":"x","TO":"y"}]}`},
		{"类型不符", `{"id":1}`},
		{"不是UTF-8", "{\"id\":\"\xff\"}"},
		{"没有的法规", `{"id":"a","basis":["no-such-law:1"]}`},
		{"没有的日期", `{"id":"a","inForce":"2026-02-30"}`},
		{"嵌套过深", strings.Repeat("[", 1<<20)},
		{"过大", strings.Repeat(" ", workflow.MaxJSON+1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := workflow.Parse([]byte(c.text))
			var inv *workflow.Invalid
			require.True(t, errors.As(err, &inv), "%v", err)
			assert.Equal(t, workflow.CodeJSON, inv.Faults[0].Code)
			assert.ErrorIs(t, err, workflow.ErrInvalid)
		})
	}
}

func TestDefinitionIsOneInGoAndJSON(t *testing.T) {
	for _, d := range []workflow.Definition{small(), rich()} {
		b, err := d.JSON()
		require.NoError(t, err)
		back, err := workflow.Parse(b)
		require.NoError(t, err)
		assert.Equal(t, d.Clone(), back)
		again, err := back.JSON()
		require.NoError(t, err)
		assert.Equal(t, string(b), string(again))
		x, y := compile(t, d), compile(t, back)
		assert.Equal(t, x.Digest(), y.Digest())
		assert.False(t, x.Digest().IsZero())
		d.Moves[0].Effect = "none" // another way to write it
		z, err := d.Digest()
		require.NoError(t, err)
		assert.Equal(t, x.Digest(), z)
		d.Moves[0].Title += "。"
		other, err := d.Digest()
		require.NoError(t, err)
		assert.NotEqual(t, x.Digest(), other)
	}
	var d workflow.Digest
	text := compile(t, small()).Digest().String()
	require.NoError(t, d.UnmarshalText([]byte(text)))
	assert.Equal(t, text, d.String())
	assert.Error(t, d.UnmarshalText([]byte("zz")))
	assert.Error(t, d.UnmarshalText([]byte(strings.Repeat("g", 64))))
}

func TestCompileSet(t *testing.T) {
	set, err := workflow.CompileSet(rich(), small())
	require.Error(t, err, "small has no end that counts as failed")
	assert.Nil(t, set)
	d := rich()
	d.Subs[0].Failed = nil
	set, err = workflow.CompileSet(d, small())
	require.NoError(t, err)
	assert.Len(t, set, 2)
	codes := func(defs ...workflow.Definition) (c []workflow.Code) {
		_, err := workflow.CompileSet(defs...)
		var inv *workflow.Invalid
		require.True(t, errors.As(err, &inv))
		for _, f := range inv.Faults {
			c = append(c, f.Code)
		}
		return c
	}
	assert.Equal(t, []workflow.Code{workflow.CodeSub}, codes(d), "the definition of the sub-case is not in the set")
	assert.Contains(t, codes(small(), small()), workflow.CodeDuplicate)
	e := small()
	e.Stages = append(e.Stages, workflow.StageDef{ID: "dropped", Final: true})
	e.Moves[2].To = "dropped"
	assert.Equal(t, []workflow.Code{workflow.CodeSub}, codes(d, e), "an end that counts as nothing")
}
