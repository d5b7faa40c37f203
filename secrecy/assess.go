package secrecy

import (
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Outcome is what the law makes of the facts. The zero Outcome is undetermined.
type Outcome uint8

// The outcomes.
const (
	Disclose       Outcome = iota + 1 // 予以公开
	DiscloseInPart                    // 部分公开: the free part is given, the rest withheld with its reason
	Withhold                          // 不予公开
	Redirect                          // 告知依照有关法律、行政法规的规定办理 (条例 36(7))
)

var outcomes = [...]struct{ name, zh string }{
	{"undetermined", "未定"}, {"disclose", "予以公开"}, {"disclose-in-part", "部分公开"}, {"withhold", "不予公开"}, {"redirect", "依照有关规定办理"},
}

func (o Outcome) row() int {
	if int(o) >= len(outcomes) {
		return 0
	}
	return int(o)
}

// String is the stored name.
func (o Outcome) String() string { return outcomes[o.row()].name }

// Chinese is the outcome as a decision names it.
func (o Outcome) Chinese() string { return outcomes[o.row()].zh }

// MarshalText writes String; an unknown value is an error.
func (o Outcome) MarshalText() ([]byte, error) {
	if o.row() != int(o) {
		return nil, enumError("encode outcome")
	}
	return []byte(o.String()), nil
}

// UnmarshalText reads String's values.
func (o *Outcome) UnmarshalText(b []byte) error {
	for i := range outcomes {
		if outcomes[i].name == string(b) {
			*o = Outcome(i)
			return nil
		}
	}
	return enumError("decode outcome")
}

// Who is to do something before the outcome is settled.
type Who uint8

// Those who can be asked.
const (
	Agency             Who = iota + 1 // the agency itself: establish the fact
	Decider                           // the person who decides for the agency
	ThirdParty                        // the third party whose rights are at stake
	CoMaker                           // the agencies that made it together with us
	OtherOrgan                        // other organs that it concerns
	Approver                          // who must approve
	CompetentAuthority                // 有关主管部门或者保密行政管理部门 (条例 17(3))
	SecrecyAuthority                  // 保密行政管理部门 (保密法实施条例 25)
	Reviewer                          // the secrecy reviewer
)

var whos = [...]struct{ name, zh string }{
	{"nobody", ""}, {"agency", "本机关"}, {"decider", "决定人"}, {"third-party", "第三方"}, {"co-maker", "共同制作机关"}, {"other-organ", "其他机关"},
	{"approver", "批准机关"}, {"competent-authority", "有关主管部门或者保密行政管理部门"}, {"secrecy-authority", "保密行政管理部门"}, {"reviewer", "保密审查人"},
}

func (w Who) row() int {
	if int(w) >= len(whos) {
		return 0
	}
	return int(w)
}

// String is the stored name.
func (w Who) String() string { return whos[w.row()].name }

// Chinese is who it is, in Chinese.
func (w Who) Chinese() string { return whos[w.row()].zh }

// Ask is one thing that is missing, or that is worth saying.
type Ask struct {
	Code     string // frozen
	Who      Who    // 0 = nobody
	Workdays int    // the working days that the law gives whom it asks; 0 = none
	Basis    law.Citation
}

// Chinese says it in a sentence.
func (a Ask) Chinese() string { return assessWords[a.Code] }

// Assessment is what Assess makes of the facts. It says what the Regulation
// allows; the secrecy review before disclosure (条例 17) is still to pass.
type Assessment struct {
	Outcome Outcome
	// Basis is the provision on which the outcome rests, or at which it stopped.
	Basis law.Citation
	// Grounds are those that hold, in the order of the annual report.
	Grounds []Ground
	// Asks are what must still be established, asked or decided; empty once the
	// outcome is settled.
	Asks []Ask
	// Remarks are worth saying and stop nothing.
	Remarks []Ask
}

// Line is the row of table 2 of the annual report's format (附表二) in which an
// application with this outcome is counted, once: 3 予以公开, 4 部分公开, 5 … 12
// the first ground; 0 while undetermined.
func (a Assessment) Line() int {
	switch a.Outcome {
	case Disclose:
		return 3
	case DiscloseInPart:
		return 4
	case Redirect:
		return GroundRegistry.Line()
	case Withhold:
		if len(a.Grounds) > 0 {
			return a.Grounds[0].Line()
		}
	}
	return 0
}

// Explain says the assessment in Chinese, a line each: the outcome with its
// basis, the grounds, what is missing and whose turn it is, the remarks.
func (a Assessment) Explain() []string {
	lines := []string{a.Outcome.Chinese()}
	if !a.Basis.IsZero() {
		lines[0] += "：" + a.Basis.String()
	}
	for _, g := range a.Grounds {
		lines = append(lines, "理由："+g.Chinese()+"，"+g.Basis().String())
	}
	say := func(kind string, asks []Ask) {
		for _, k := range asks {
			s := kind + k.Chinese()
			if who := k.Who.Chinese(); who != "" {
				s += "（" + who
				if k.Workdays > 0 {
					s += fmt.Sprintf("，%d个工作日", k.Workdays)
				}
				s += "）"
			}
			lines = append(lines, s+"，"+k.Basis.String())
		}
	}
	say("待办：", a.Asks)
	say("说明：", a.Remarks)
	return lines
}

// Assess applies 条例 14–16, with 11, 32, 34, 36(7) and 37, to the facts. Every
// combination has an outcome or is undetermined, and then says who must still
// do what. It is pure and does not keep the facts.
func Assess(f Facts) Assessment {
	s := f.state()
	var a Assessment
	s[colMandatory], s[colOpen14], s[colHeld], s[colOpen1516], s[colAgreed], s[colQuery] = isNo, isNo, isNo, isNo, isYes, isNo
	if f.Context == 0 || int(f.Context) >= len(contexts) {
		a.ask(Ask{Code: codeAssessContext, Who: Agency, Basis: law.GovInfoRegulation2019.Art(13).Para(2)})
	}
	for i := range stages {
		st := &stages[i]
		l := st.first(&s)
		if l.code != "" {
			ask := Ask{Code: l.code, Who: l.who, Workdays: l.days, Basis: l.basis}
			if l.then == stOpen {
				a.ask(ask)
			} else {
				a.Remarks = append(a.Remarks, ask)
			}
		}
		if l.then == stBound {
			a.Grounds = append(a.Grounds, st.ground)
		}
		switch st.ground {
		case GroundSecret, GroundStatute, GroundDanger:
			mark(&s, l.then, colMandatory, colOpen14)
		case GroundRegistry:
			s[colQuery] = uint8(l.then) // 0 未定, 1 否, 2 是
		case 0:
			if l.then == stOpen {
				s[colAgreed] = isNo
			}
		default:
			mark(&s, l.then, colHeld, colOpen1516)
		}
	}
	if (s[colMandatory] == isYes || s[colHeld] == isYes) && s[colSeverable] != isNo && s[colSeverable] != isYes {
		a.ask(Ask{Code: codeAssessSeverable, Who: Agency, Basis: law.GovInfoRegulation2019.Art(37)})
	}
	for i := range outcomeLines {
		if l := &outcomeLines[i]; l.when.matches(&s) {
			a.Outcome, a.Basis = l.then, l.basis
			break
		}
	}
	if a.Outcome != 0 {
		a.Asks = nil
	}
	if a.Outcome == Redirect {
		a.Grounds = []Ground{GroundRegistry}
	}
	return a
}

func (a *Assessment) ask(k Ask) {
	if a.Asks == nil {
		a.Asks = make([]Ask, 0, len(stages)+2)
	}
	a.Asks = append(a.Asks, k)
}

func mark(s *state, then status, holds, unsettled factColumn) {
	switch then {
	case stBound:
		s[holds] = isYes
	case stOpen:
		s[unsettled] = isYes
	}
}

// first is the line that decides. Every stage ends with a line that takes the
// rest; a test shows that nothing is left for the one made here.
func (st *stage) first(s *state) *line {
	for i := range st.lines {
		if st.lines[i].when.matches(s) {
			return &st.lines[i]
		}
	}
	return &line{then: stOpen, code: codeAssessContext, who: Agency}
}

// state closes the facts: a value that is not on the list is not established.
func (f *Facts) state() state {
	var s state
	s[colContext] = within(f.Context, len(contexts))
	s[colClassified] = within(f.Classified, len(classifieds))
	s[colForbidden] = named(f.Forbidden, f.ForbiddenBy)
	s[colDanger] = completed(f.Danger, f.DangerReason != "")
	s[colHarm] = within(f.Harm, len(answers))
	s[colThird] = within(f.ThirdParty, len(consultations))
	s[colInterest] = completed(f.PublicInterest, f.Decider != "" && f.Notice != "")
	s[colInternal] = within(f.Internal, len(answers))
	s[colProcess] = within(f.Process, len(answers))
	s[colFile] = within(f.EnforcementFile, len(answers))
	s[colDiscretion] = within(f.Discretion, len(discretions))
	if f.Discretion == ToWithhold && f.DiscretionReason != "" {
		s[colDiscretion] = reasoned
	}
	s[colRequired] = named(f.Required, f.RequiredBy)
	s[colRegistry] = named(f.Registry, f.RegistryBy)
	s[colCoMade] = within(f.CoMade, len(answers))
	s[colCoMakers] = within(f.CoMakers, len(consultations))
	s[colConcerns] = within(f.Concerns, len(answers))
	s[colOrgans] = within(f.Organs, len(consultations))
	s[colApproval] = completed(f.NeedsApproval, f.Approved == Present)
	s[colSeverable] = within(f.Severable, len(answers))
	return s
}

func within[T ~uint8](v T, n int) uint8 {
	if int(v) >= n {
		return 0
	}
	return uint8(v)
}

// completed refines 是 by whether what it needs is there.
func completed(a Answer, there bool) uint8 {
	if a == Present && there {
		return reasoned
	}
	return within(a, len(answers))
}

// named refines 是 by what kind of text is named.
func named(a Answer, by Named) uint8 {
	if a != Present || by.IsZero() {
		return within(a, len(answers))
	}
	switch by.class() {
	case law.Statute, law.Regulation:
		return byLaw
	case law.LocalStatute, law.Rule:
		return byRule
	case "":
		return byNone
	}
	return byOther
}

// Codes of the assessment. A code is never reassigned.
const (
	codeAssessContext       = "SE-401"
	codeAssessSecret        = "SE-402"
	codeAssessUnclear       = "SE-403"
	codeAssessTermOver      = "SE-404"
	codeAssessForbidden     = "SE-405"
	codeAssessUnsure        = "SE-406"
	codeAssessUnnamed       = "SE-407"
	codeAssessLesser        = "SE-408"
	codeAssessDanger        = "SE-409"
	codeAssessReason        = "SE-410"
	codeAssessHarm          = "SE-411"
	codeAssessAskThird      = "SE-412"
	codeAssessWaitThird     = "SE-413"
	codeAssessInterest      = "SE-414"
	codeAssessOverride      = "SE-415"
	codeAssessConsent       = "SE-416"
	codeAssessOverridden    = "SE-417"
	codeAssessContradiction = "SE-418"
	codeAssessSilence       = "SE-419"
	codeAssessGroundless    = "SE-420"
	codeAssessInternal      = "SE-421"
	codeAssessProcess       = "SE-422"
	codeAssessFile          = "SE-423"
	codeAssessRequired      = "SE-424"
	codeAssessYields        = "SE-425"
	codeAssessUndecided     = "SE-426"
	codeAssessOpened        = "SE-427"
	codeAssessRegistry      = "SE-428"
	codeAssessSeverable     = "SE-429"
	codeAssessCoMade        = "SE-430"
	codeAssessAskCoMaker    = "SE-431"
	codeAssessWaitCoMaker   = "SE-432"
	codeAssessDeemed        = "SE-433"
	codeAssessNotDeemed     = "SE-434"
	codeAssessNotBinding    = "SE-435"
	codeAssessMayAsk        = "SE-436"
	codeAssessConcerns      = "SE-437"
	codeAssessConfirm       = "SE-438"
	codeAssessApproval      = "SE-439"
	codeAssessApprove       = "SE-440"

	codeGroundsNone      = "SE-451" // a decision without a provision
	codeGroundsOther     = "SE-452" // a provision that is none of 条例 14–16
	codeGroundsReason    = "SE-453" // a decision without a reason
	codeGroundsAttribute = "SE-454" // an attribute in place of a reason
)

var assessWords = map[string]string{
	codeAssessContext:       "未说明是主动公开还是依申请公开",
	codeAssessSecret:        "是否依法确定为国家秘密未查明",
	codeAssessUnclear:       "是否属于国家秘密或者属于何种密级不明确：先行拟定密级，报保密行政管理部门确定，其间不得公开",
	codeAssessTermOver:      "保密期限已满，自行解密；公开前仍须审查",
	codeAssessForbidden:     "其他法律、行政法规是否禁止公开未查明",
	codeAssessUnsure:        "本机关不能确定，报有关主管部门或者保密行政管理部门确定",
	codeAssessUnnamed:       "未指明是哪一部法律、法规的哪一条",
	codeAssessLesser:        "所指文件不是法律、行政法规，不足以为据",
	codeAssessDanger:        "是否可能危及国家安全、公共安全、经济安全、社会稳定未查明",
	codeAssessReason:        "没有书面理由",
	codeAssessHarm:          "是否损害第三方合法权益未查明",
	codeAssessAskThird:      "书面征求第三方的意见",
	codeAssessWaitThird:     "等待第三方在期限内提出意见",
	codeAssessInterest:      "不公开是否对公共利益造成重大影响未衡量",
	codeAssessOverride:      "以公共利益公开，须有决定人，并将公开的内容和理由书面告知第三方",
	codeAssessConsent:       "第三方同意公开，留存书面同意",
	codeAssessOverridden:    "不公开会对公共利益造成重大影响，已决定公开并书面告知第三方",
	codeAssessContradiction: "认定不损害第三方权益，又认定第三方不同意公开有合理理由，两相矛盾",
	codeAssessSilence:       "第三方逾期未提出意见，不视为同意，由本机关决定",
	codeAssessGroundless:    "第三方不同意而无合理理由，不受其约束，由本机关决定",
	codeAssessInternal:      "是否内部事务信息未查明",
	codeAssessProcess:       "是否过程性信息未查明",
	codeAssessFile:          "是否行政执法案卷信息未查明",
	codeAssessRequired:      "法律、法规、规章是否规定应当公开未查明",
	codeAssessYields:        "另有规定应当公开，从其规定",
	codeAssessUndecided:     "可以不予公开，须由人作出决定",
	codeAssessOpened:        "属于可以不予公开的信息，已决定公开",
	codeAssessRegistry:      "法律、行政法规对信息的获取是否有特别规定未查明",
	codeAssessSeverable:     "能否作区分处理未查明",
	codeAssessCoMade:        "是否由两个以上行政机关共同制作未查明",
	codeAssessAskCoMaker:    "与共同制作机关协商、确认",
	codeAssessWaitCoMaker:   "等待共同制作机关在期限内提出意见",
	codeAssessDeemed:        "共同制作机关逾期未提出意见，视为同意公开（仅就本次申请）",
	codeAssessNotDeemed:     "主动公开的，共同制作机关逾期未提出意见不视为同意",
	codeAssessNotBinding:    "共同制作机关的不同意见不约束牵头机关的决定",
	codeAssessMayAsk:        "可以征求共同制作机关的意见",
	codeAssessConcerns:      "是否涉及其他机关未查明",
	codeAssessConfirm:       "与有关机关协商、确认；没有法定期限，未答复不是确认",
	codeAssessApproval:      "公开是否需要批准未查明",
	codeAssessApprove:       "需要批准，经批准予以公开",
}
