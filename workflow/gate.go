package workflow

import "github.com/opengongkai/gongkai/disclosure/law"

// A gate is what the moves with an effect must ask. Gates cannot be forgotten:
// a move that lacks one does not compile.
type gate struct {
	effect Effect
	fact   Fact
	within []Value // the only values that may be let through; nil = any, but asked
	basis  law.Citation
}

var gates = []gate{
	{EffectPublish, FactAttribute, []Value{AttributePublic, AttributeRedacted}, law.GovInfoRegulation2019.Art(13).Para(1)},
	{EffectPublish, FactReview, []Value{ReviewClear}, law.GovInfoRegulation2019.Art(17)},
	{EffectPublish, FactScan, []Value{ScanClear}, law.Own.Sec("先检测后发布")},
	{EffectPublish, FactEarlier, []Value{EarlierNone, EarlierPassed}, law.Own.Sec("上一环节")},
	// An objection is asked for and stops nothing by itself: a serious one
	// stops the business, not its disclosure. A host may hold back longer.
	{EffectPublish, FactObjection, nil, law.Own.Sec("重大异议")},

	{EffectTitle, FactAttribute, []Value{AttributePublic, AttributeRedacted, AttributeOnRequest}, law.Own.Sec("依申请公开仅列目录")},
	{EffectTitle, FactReview, []Value{ReviewClear}, law.GovInfoRegulation2019.Art(17)},
	{EffectTitle, FactScan, []Value{ScanClear}, law.Own.Sec("先检测后发布")},
	{EffectTitle, FactEarlier, []Value{EarlierNone, EarlierPassed}, law.Own.Sec("上一环节")},
	{EffectTitle, FactObjection, nil, law.Own.Sec("重大异议")},

	{EffectAdvance, FactEarlier, []Value{EarlierNone, EarlierPassed}, law.Own.Sec("上一环节")},
	{EffectAdvance, FactObjection, []Value{ObjectionNone, ObjectionRaised}, law.Own.Sec("重大异议")},
}

// never are the values of a fact that may not close a move with the effect.
var never = []gate{
	{EffectAnswer, FactObjection, []Value{ObjectionUpheld}, law.Own.Sec("重大异议")},
	{EffectArchive, FactObjection, []Value{ObjectionUpheld}, law.Own.Sec("重大异议")},
}

func (c *compiler) gates(m *Move, p string) {
	switch m.Effect {
	case EffectNone, "none":
		return
	case EffectPublish, EffectTitle:
		if len(m.By) == 0 {
			c.fault(CodeAnybody, p+".by", "move "+quote(m.ID)+" releases, and is open to anybody", "the role that releases")
		}
	case EffectAdvance, EffectAnswer, EffectWithdraw, EffectArchive:
	default:
		c.fault(CodeEffect, p+".effect", "unknown effect "+quote(m.Effect),
			list([]Effect{"none", EffectPublish, EffectTitle, EffectAdvance, EffectAnswer, EffectWithdraw, EffectArchive}))
		return
	}
	for i := range gates {
		g := &gates[i]
		if g.effect != m.Effect {
			continue
		}
		let, asked := passes(m, g.fact)
		if !asked {
			c.fault(CodeGate, p+".when", "move "+quote(m.ID)+" has the effect "+quote(m.Effect)+" and does not ask for "+quote(g.fact), g.want())
			continue
		}
		for _, v := range let {
			if g.within != nil && !hasValue(g.within, v) {
				c.fault(CodeGate, p+".when", "move "+quote(m.ID)+" has the effect "+quote(m.Effect)+" and lets "+quote(g.fact)+" "+quote(v)+" through", g.want())
			}
		}
	}
	for i := range never {
		g := &never[i]
		if g.effect != m.Effect {
			continue
		}
		if let, asked := passes(m, g.fact); asked && !hasValue(let, g.within[0]) {
			c.fault(CodeGate, p+".when", "move "+quote(m.ID)+" has the effect "+quote(m.Effect)+", which "+quote(g.fact)+" "+quote(g.within[0])+" does not stop", "no test of "+quote(g.fact))
		}
	}
}

// want says what the test has to be, and under which rule.
func (g *gate) want() string {
	s := "a test of " + quote(g.fact)
	if g.within != nil {
		s += " in " + list(g.within)
	}
	return s + " (" + g.basis.String() + ")"
}

// passes lists the values of the fact that all tests of it let through.
func passes(m *Move, f Fact) (let []Value, asked bool) {
	for i := range m.When {
		t := &m.When[i]
		if t.Fact != f {
			continue
		}
		if !asked {
			let, asked = t.In, true
			continue
		}
		var both []Value
		for _, v := range let {
			if hasValue(t.In, v) {
				both = append(both, v)
			}
		}
		let = both
	}
	return let, asked
}

func hasValue(s []Value, v Value) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}
