package secrecy

import (
	"cmp"
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Gap is one thing that keeps a review undetermined.
type Gap struct {
	Code  string       // frozen, e.g. SE-311
	Unit  string       // whose answer is missing, "" = an authority's or the frame
	Point Point        // which point, 0 = the whole conclusion
	Basis law.Citation // the provision
}

// Codes of the review. A code is never reassigned.
const (
	codeReviewParts      = "SE-301" // not bound to parts, or parts that cannot be bound
	codeReviewUnits      = "SE-302" // a unit that did not sign, or none
	codeReviewPoints     = "SE-303" // a point that is unknown, twice or left out
	codeReviewer         = "SE-304" // a conclusion without a named reviewer or day
	codeReviewKinder     = "SE-305" // a verdict kinder than the checks
	codeReviewEncoding   = "SE-306" // a stored value that is unknown
	codeReferral         = "SE-307" // a referral that lacks something
	codeReviewSecret     = "SE-308" // a state secret: no rendition
	codeReviewSilent     = "SE-311" // a unit has not concluded
	codeReviewUnanswered = "SE-312" // a point without an answer
	codeReviewUnsure     = "SE-313" // unsure, and not referred
	codeReviewReferred   = "SE-314" // a referral is open
	codeReviewReason     = "SE-315" // a reason is owed
	codeReviewWorkSecret = "SE-316" // a work secret not yet resolved to a ground of 条例 14–16, or to open
	codeReviewConsent    = "SE-317" // consent without its source or evidence
	codeReviewInterest   = "SE-318" // public interest without a decider or the written notice
)

// gapWords say what a code means, in English.
var gapWords = map[string]string{
	codeReviewUnanswered: "not answered",
	codeReviewReason:     "a reason is owed",
	codeReviewWorkSecret: "a work secret is no ground by itself: name 条例 14, 15 or 16, or open it",
	codeReviewConsent:    "consent needs its source and evidence; silence is none",
	codeReviewInterest:   "public interest needs a named decider and the written notice to the right holder",
}

// String is the gap in English, for logs.
func (g Gap) String() string {
	words := gapWords[g.Code]
	switch g.Code {
	case codeReviewParts:
		words = "the review has no proper frame"
	case codeReviewSilent:
		words = "has not concluded"
	case codeReviewKinder:
		words = "the conclusion contradicts itself"
	case codeReviewUnsure:
		words = "cannot be decided here: refer it"
	case codeReviewReferred:
		words = "referred, no answer yet"
	}
	where := ""
	if g.Point.known() {
		where = " " + g.Point.String()
	}
	return fmt.Sprintf("%s %s%s: %s", g.Code, cmp.Or(g.Unit, "-"), where, words)
}

// gapChinese says what a code means to the people who have to act.
var gapChinese = map[string]string{
	codeReviewParts:      "没有写明审查的是哪些材料，或者由谁审查",
	codeReviewSilent:     "没有作出审查结论",
	codeReviewKinder:     "结论与逐项审查不符",
	codeReviewUnanswered: "没有回答",
	codeReviewUnsure:     "不能确定，应当报有关主管部门或者保密行政管理部门确定",
	codeReviewReferred:   "已报请确定，尚未答复",
	codeReviewReason:     "没有写明理由",
	codeReviewWorkSecret: "工作秘密不是不予公开的理由：写明属于条例第十四、十五、十六条的哪一条，或者公开",
	codeReviewConsent:    "没有权利人同意的出处和凭据；沉默不是同意",
	codeReviewInterest:   "以公共利益公开，须写明决定人，并已书面告知权利人",
}

// Chinese says the gap in a line: whose, on which point, what is missing.
func (g Gap) Chinese() string {
	line := cmp.Or(g.Unit, "报请确定")
	if g.Point.known() {
		line += "·" + g.Point.Chinese()
	}
	return line + "：" + gapChinese[g.Code] + "（" + g.Basis.String() + "）"
}

// Explain prints the review in Chinese, a line each: the outcome, each unit's
// conclusion with its reviewer and day, what stands against disclosure, the
// referrals, what is missing. name turns a reviewer's opaque id into a name; nil
// prints the id.
func (r Review) Explain(name func(id string) string) []string {
	if name == nil {
		name = func(id string) string { return id }
	}
	lines := []string{"保密审查：" + r.Verdict().Chinese()}
	for _, u := range r.Units {
		c, ok := r.last(u)
		if !ok {
			lines = append(lines, u+"：未表态")
			continue
		}
		line := u + "：" + c.Verdict.Chinese() + "（审查人" + name(c.Reviewer) + "，" + c.On.Chinese() + "）"
		if c.Reason != "" {
			line += "，" + c.Reason
		}
		lines = append(lines, line)
		for _, k := range c.Checks {
			if k.Answer == Present {
				lines = append(lines, "　"+k.Chinese())
			}
		}
	}
	for _, f := range r.Referrals {
		line := "报请" + f.To + "确定" + f.Point.Chinese() + "（" + f.On.Chinese() + "）："
		if f.Open() {
			line += "未答复"
		} else {
			line += f.Answer.Chinese() + "（" + f.Number + "，" + f.Answered.Chinese() + "）"
		}
		lines = append(lines, line)
	}
	for _, g := range r.Gaps() {
		lines = append(lines, "尚缺："+g.Chinese())
	}
	return lines
}

// Chinese says a point that is present and what follows from it.
func (c Check) Chinese() string {
	line := "涉及" + c.Point.Chinese()
	switch {
	case c.Release == Consent:
		line += "，权利人同意公开"
	case c.Release == PublicInterest:
		line += "，不公开会对公共利益造成重大影响，决定公开并书面告知权利人"
	case c.Release == NoHarm && c.Point == WorkSecret:
		line += "，不属于条例第十四至十六条的情形，可以公开"
	case c.Release == NoHarm:
		line += "，公开不损害其合法权益"
	case !c.Ground.IsZero():
		line += "，依据" + c.Ground.String()
	}
	if c.Reason != "" {
		line += "：" + c.Reason
	}
	return line
}
