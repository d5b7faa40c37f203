package workflow

import (
	"strconv"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// What is printed for people is Chinese: the titles of the definition, and the
// identifier where there is no title.

func (d *Definition) stageTitle(s Stage) string {
	switch s {
	case Here:
		return "原环节"
	case Suspended:
		return "中止"
	case Return:
		return "恢复原环节"
	}
	base, halted := s.Base()
	name := string(base)
	for i := range d.Stages {
		if d.Stages[i].ID == base && d.Stages[i].Title != "" {
			name = d.Stages[i].Title
			break
		}
	}
	if halted {
		name += "（中止）"
	}
	return name
}

func (d *Definition) stageTitles(s []Stage, sep string) string {
	return join(s, sep, d.stageTitle)
}

func (d *Definition) roleTitle(r Role) string {
	for i := range d.Roles {
		if d.Roles[i].ID == r && d.Roles[i].Title != "" {
			return d.Roles[i].Title
		}
	}
	return string(r)
}

func (d *Definition) roleTitles(r []Role) string {
	if len(r) == 0 {
		return "不限"
	}
	return join(r, "、", d.roleTitle)
}

func (d *Definition) clockTitle(k ClockID) string {
	for i := range d.Clocks {
		if d.Clocks[i].ID == k && d.Clocks[i].Title != "" {
			return d.Clocks[i].Title
		}
	}
	return string(k)
}

// eventTitle is the title of the first move on the event.
func (d *Definition) eventTitle(on Event) string {
	for i := range d.Moves {
		if m := &d.Moves[i]; m.On == on && m.Title != "" {
			return m.Title
		}
	}
	return string(on)
}

func moveTitle(m *Move) string {
	if m.Title != "" {
		return m.Title
	}
	return string(m.ID)
}

func factTitle(f *FactDef) string {
	if f.Title != "" {
		return f.Title
	}
	return string(f.ID)
}

func valueLabel(f *FactDef, v Value) string {
	for i, x := range f.Values {
		if x == v && i < len(f.Labels) {
			return f.Labels[i]
		}
	}
	if v == Undetermined {
		return "未定"
	}
	return string(v)
}

// factsByID looks facts up by their identifier.
func factsByID(all []FactDef) map[Fact]*FactDef {
	by := make(map[Fact]*FactDef, len(all))
	for i := range all {
		by[all[i].ID] = &all[i]
	}
	return by
}

func conditions(m *Move, facts map[Fact]*FactDef) []string {
	var out []string
	for i := range m.When {
		f := facts[m.When[i].Fact]
		if f == nil {
			continue
		}
		if determined(f, m.When[i].In) {
			out = append(out, factTitle(f)+"已有结论")
			continue
		}
		out = append(out, factTitle(f)+"为"+join(m.When[i].In, "或", func(v Value) string { return valueLabel(f, v) }))
	}
	return out
}

// determined reports that every answer will do, as long as there is one.
func determined(f *FactDef, in []Value) bool {
	if len(f.Values) < 2 || hasValue(in, Undetermined) {
		return false
	}
	for _, v := range f.Values {
		if v != Undetermined && !hasValue(in, v) {
			return false
		}
	}
	return true
}

var opWords = map[Op]string{
	ClockStart: "起算", ClockRestart: "重新起算", ClockPause: "停止计算", ClockResume: "恢复计算", ClockExtend: "延长", ClockStop: "终结",
}

func (d *Definition) clockOps(ops []ClockOp) string {
	return join(ops, "、", func(o ClockOp) string { return "“" + d.clockTitle(o.Clock) + "”" + opWords[o.Do] })
}

var effectWords = map[Effect]string{
	EffectNone: "", EffectPublish: "公开发布", EffectTitle: "仅公开标题和索引号", EffectAdvance: "业务进入下一环节",
	EffectAnswer: "答复", EffectWithdraw: "撤下", EffectArchive: "归档",
}

func basisText(b []law.Citation, sep string) string {
	return join(b, sep, law.Citation.String)
}

func join[T any](s []T, sep string, text func(T) string) string {
	var b strings.Builder
	for i, x := range s {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(text(x))
	}
	return b.String()
}

func number(i int) string { return strconv.Itoa(i + 1) }
