package workflow

import (
	"strconv"
	"strings"
)

// Markdown prints the definition as a document: stages with who answers, moves
// with role, condition, limit and provision, clocks, facts and roles.
func (m *Machine) Markdown() string {
	var b strings.Builder
	d := &m.def
	facts := factsByID(m.Facts())
	b.WriteString("# " + inline(m.title()) + "\n\n")
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = cell(cells[i])
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	table := func(heads ...string) {
		row(heads...)
		b.WriteString("|" + strings.Repeat(" --- |", len(heads)) + "\n")
	}
	table("项", "内容")
	row("标识", d.ID)
	if d.Edition != "" {
		row("版本", d.Edition)
	}
	if d.Revision != 0 {
		row("修订", strconv.Itoa(d.Revision))
	}
	if !d.InForce.IsZero() {
		row("施行", d.InForce.Chinese())
	}
	if len(d.Basis) > 0 {
		row("依据", basisText(d.Basis, "；"))
	}
	row("摘要", m.digest.String())

	b.WriteString("\n## 环节\n\n")
	table("环节", "本环节时限", "依据")
	for i := range d.Stages {
		s := &d.Stages[i]
		name := d.stageTitle(s.ID)
		if s.ID == d.Start {
			name += "（起点）"
		}
		if s.Final {
			name += "（终点）"
		}
		limit := ""
		if s.Clock != "" {
			limit = m.limitOf(s.Clock)
		}
		row(name, limit, basisText(s.Basis, "；"))
	}

	b.WriteString("\n## 办理\n\n")
	table("序号", "办理", "环节", "到", "由谁", "条件", "须由他人办理", "时限", "效果", "依据")
	for i := range d.Moves {
		mv := &d.Moves[i]
		row(number(i), moveTitle(mv), d.stageTitles(mv.From, "、"), d.stageTitle(mv.To), d.roleTitles(mv.By),
			strings.Join(conditions(mv, facts), "；"), join(mv.Apart, "、", d.eventTitle),
			d.clockOps(mv.Clocks), effectWords[mv.Effect], basisText(mv.Basis, "；"))
	}

	if len(d.Clocks) > 0 {
		b.WriteString("\n## 时限\n\n")
		table("时限", "期限", "可延长", "届满", "依据")
		for i := range d.Clocks {
			k := &d.Clocks[i]
			extension, expires := "不得延长", "逾期"
			if !limitless(&k.Extension) {
				extension = limitText(&k.Extension)
			}
			if k.Expires != "" {
				expires = d.eventTitle(k.Expires)
			}
			row(d.clockTitle(k.ID), limitText(&k.Limit), extension, expires, basisText(k.Basis, "；"))
		}
	}
	if len(d.Subs) > 0 {
		b.WriteString("\n## 子事项\n\n")
		table("子事项", "流程", "通过", "未通过", "依据")
		for i := range d.Subs {
			s := &d.Subs[i]
			name := s.Title
			if name == "" {
				name = string(s.ID)
			}
			text := func(st Stage) string { return string(st) }
			row(name, s.Definition, join(s.Passed, "、", text), join(s.Failed, "、", text), basisText(s.Basis, "；"))
		}
	}
	if used := m.usedFacts(); len(used) > 0 {
		b.WriteString("\n## 条件\n\n")
		table("条件", "取值")
		for _, f := range used {
			row(factTitle(&f), join(f.Values, "、", func(v Value) string { return valueLabel(&f, v) }))
		}
	}
	if len(d.Roles) > 0 {
		b.WriteString("\n## 角色\n\n")
		table("角色", "办理", "依据")
		for i := range d.Roles {
			r := &d.Roles[i]
			var does []string
			for j := range d.Moves {
				if meetOne(d.Moves[j].By, r.ID) {
					does = append(does, moveTitle(&d.Moves[j]))
				}
			}
			row(d.roleTitle(r.ID), strings.Join(does, "、"), basisText(r.Basis, "；"))
		}
	}
	if rows := m.Responsibility(); len(rows) > 0 {
		b.WriteString("\n## 主体责任\n\n")
		table("环节", "业务", "公开", "监督")
		for _, r := range rows {
			row(r.Node, r.Business, r.Disclosure, r.Supervision)
		}
	}
	return b.String()
}

// usedFacts are the facts that a move tests, or that the definition declares.
func (m *Machine) usedFacts() []FactDef {
	asked := make(map[Fact]bool)
	for i := range m.def.Facts {
		asked[m.def.Facts[i].ID] = true
	}
	for i := range m.def.Moves {
		for j := range m.def.Moves[i].When {
			asked[m.def.Moves[i].When[j].Fact] = true
		}
	}
	var used []FactDef
	for _, f := range m.Facts() {
		if asked[f.ID] {
			used = append(used, f)
		}
	}
	return used
}

func (m *Machine) limitOf(k ClockID) string {
	for i := range m.def.Clocks {
		if m.def.Clocks[i].ID == k {
			return limitText(&m.def.Clocks[i].Limit)
		}
	}
	return ""
}

// cell writes text so that it stays within its cell.
func cell(s string) string { return strings.ReplaceAll(inline(s), "|", `\|`) }

// inline writes text that Markdown does not read as markup.
func inline(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "<", "&lt;", "&", "&amp;", "\n", " ").Replace(s)
}
