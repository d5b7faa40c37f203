package secrecy

//go:generate env GENERATE=1 go test -count=1 -run ^TestDecisionTable$ .

import (
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// The decision table of 条例 14–16, 32, 34, 36(7), 37. A column is a fact with
// closed values; a stage asks one question and takes its first line that
// matches; the outcome table puts the answers of the stages together.

// factColumn is one closed fact.
type factColumn uint8

const (
	colContext factColumn = iota
	colClassified
	colForbidden
	colDanger
	colHarm
	colThird
	colInterest
	colInternal
	colProcess
	colFile
	colDiscretion
	colRequired
	colRegistry
	colCoMade
	colCoMakers
	colConcerns
	colOrgans
	colApproval
	colSeverable
	// What the outcome table asks of the stages.
	colMandatory // 14 holds
	colOpen14    // 14 not settled
	colQuery     // 36(7)
	colHeld      // 15 or 16 holds
	colOpen1516  // 15 or 16 not settled
	colAgreed    // 11, 34 settled
	columnCount
)

// A state is one factColumn's values, closed: index 0 is what is not established.
type state [columnCount]uint8

// The values of answer columns are those of Answer: 0 未定, 1 否, 2 是, 3 不能确定.
// Columns of a named text refine 是.
const (
	is0, isNo, isYes, isUnsure = 0, 1, 2, 3

	byNone  = 2 // 是，未指明
	byOther = 4 // 是，所指文件不够格
	byRule  = 5 // 是，地方性法规、规章
	byLaw   = 6 // 是，法律、行政法规

	reasoned = 4 // 是（或不予公开），有理由；公共利益：已办齐
)

var columns = [columnCount]struct {
	name   string
	values []string
}{
	colContext:    {"情形", []string{"未定", "主动公开", "依申请公开"}},
	colClassified: {"定密", []string{"未定", "未定密", "在保密期限内", "期限已满", "不明确"}},
	colForbidden:  {"其他法律行政法规禁止", []string{"未定", "否", "是，未指明", "不能确定", "是，所指文件不够格", "是，地方性法规、规章", "是，法律、行政法规"}},
	colDanger:     {"危及三安全一稳定", []string{"未定", "否", "是，无理由", "不能确定", "是，有理由"}},
	colHarm:       {"损害第三方合法权益", []string{"未定", "否", "是", "不能确定"}},
	colThird:      {"第三方意见", []string{"未征求", "期限内", "逾期未提出", "同意", "不同意且有合理理由", "不同意而无合理理由"}},
	colInterest:   {"不公开对公共利益有重大影响", []string{"未定", "否", "是，未办齐", "不能确定", "是，有决定人并已书面告知"}},
	colInternal:   {"内部事务信息", []string{"未定", "否", "是", "不能确定"}},
	colProcess:    {"过程性信息", []string{"未定", "否", "是", "不能确定"}},
	colFile:       {"行政执法案卷信息", []string{"未定", "否", "是", "不能确定"}},
	colDiscretion: {"裁量", []string{"未决定", "不予公开，无理由", "公开", "", "不予公开，有理由"}},
	colRequired:   {"另有规定应当公开", []string{"未定", "否", "是，未指明", "不能确定", "是，所指文件不够格", "是，地方性法规、规章", "是，法律、行政法规"}},
	colRegistry:   {"登记资料等有特别规定", []string{"未定", "否", "是，未指明", "不能确定", "是，所指文件不够格", "是，地方性法规、规章", "是，法律、行政法规"}},
	colCoMade:     {"共同制作", []string{"未定", "否", "是", "不能确定"}},
	colCoMakers:   {"共同制作机关意见", []string{"未征求", "期限内", "逾期未提出", "同意", "不同意", "不同意而无理由"}},
	colConcerns:   {"涉及其他机关", []string{"未定", "否", "是", "不能确定"}},
	colOrgans:     {"协商确认", []string{"未征求", "等待", "未答复", "已确认", "有异议", "有异议而无理由"}},
	colApproval:   {"批准", []string{"未定", "不需要", "需要，未获批准", "不能确定", "已批准"}},
	colSeverable:  {"能作区分处理", []string{"未定", "否", "是", "不能确定"}},
	colMandatory:  {"14条成立", []string{"", "否", "是"}},
	colOpen14:     {"14条未定", []string{"", "否", "是"}},
	colQuery:      {"36条7项", []string{"未定", "否", "是"}},
	colHeld:       {"15、16条成立", []string{"", "否", "是"}},
	colOpen1516:   {"15、16条未定", []string{"", "否", "是"}},
	colAgreed:     {"11、34条", []string{"", "未办妥", "已办妥"}},
}

// test: the factColumn has one of the values (a bit each).
type test struct {
	col factColumn
	in  uint16
}

func in(c factColumn, values ...uint8) test {
	var m uint16
	for _, v := range values {
		m |= 1 << v
	}
	return test{c, m}
}

// A condition is a conjunction of up to two tests.
type condition [2]test

// anyValue matches every value.
const anyValue = 1<<16 - 1

func when(tests ...test) condition {
	c := condition{{0, anyValue}, {0, anyValue}}
	copy(c[:], tests)
	return c
}

// status is what a stage comes to.
type status uint8

const (
	stOpen  status = iota // not settled: somebody must still do something
	stFree                // this question does not stand in the way
	stBound               // the ground holds
)

// line is one row. A line without tests takes what is left.
type line struct {
	when  condition
	then  status
	code  string // what is missing (stOpen), or worth saying (stFree, stBound); "" = nothing
	who   Who
	days  int // working days that the law gives whom it asks, 0 = none
	basis law.Citation
}

type stage struct {
	name   string
	ground Ground
	lines  []line
}

var (
	gir14   = law.GovInfoRegulation2019.Art(14)
	gir15   = law.GovInfoRegulation2019.Art(15)
	gir16a  = law.GovInfoRegulation2019.Art(16).Para(1)
	gir16b  = law.GovInfoRegulation2019.Art(16).Para(2)
	gir17   = law.GovInfoRegulation2019.Art(17).Para(2)
	gir17c  = law.GovInfoRegulation2019.Art(17).Para(3)
	gir32   = law.GovInfoRegulation2019.Art(32)
	gir34   = law.GovInfoRegulation2019.Art(34)
	gir36g  = law.GovInfoRegulation2019.Art(36).Item(7)
	gir11a  = law.GovInfoRegulation2019.Art(11).Para(1)
	gir11b  = law.GovInfoRegulation2019.Art(11).Para(2)
	unclear = law.StateSecretsRegulation2024.Art(25).Para(1)

	// 16(1) has no yielding clause; that a law or administrative regulation which
	// requires disclosure goes before the Regulation's discretion is our reading.
	ownHigherLaw = law.Own.Sec("法律、行政法规明文要求公开的，不再适用第十六条第一款的裁量")
	// Silence as consent stands in 34, which speaks of applications only.
	ownProactive = law.Own.Sec("主动公开共同制作的信息，逾期未提出意见不视为同意")
)

var stages = []stage{
	{"国家秘密", GroundSecret, []line{
		{when(in(colClassified, 0)), stOpen, codeAssessSecret, Agency, 0, gir14},
		{when(in(colClassified, uint8(InTerm))), stBound, "", 0, 0, gir14},
		{when(in(colClassified, uint8(ClassifyUnclear))), stOpen, codeAssessUnclear, SecrecyAuthority, referralDays, unclear},
		{when(in(colClassified, uint8(TermOver))), stFree, codeAssessTermOver, Reviewer, 0, gir17},
		{when(), stFree, "", 0, 0, law.Citation{}},
	}},
	{"其他法律、行政法规禁止公开", GroundStatute, []line{
		{when(in(colForbidden, is0)), stOpen, codeAssessForbidden, Agency, 0, gir14},
		{when(in(colForbidden, isUnsure)), stOpen, codeAssessUnsure, CompetentAuthority, 0, gir17c},
		{when(in(colForbidden, byNone)), stOpen, codeAssessUnnamed, Agency, 0, gir14},
		{when(in(colForbidden, byLaw)), stBound, "", 0, 0, gir14},
		{when(in(colForbidden, byRule, byOther)), stFree, codeAssessLesser, 0, 0, gir14},
		{when(), stFree, "", 0, 0, law.Citation{}},
	}},
	{"危及国家安全、公共安全、经济安全、社会稳定", GroundDanger, []line{
		{when(in(colDanger, is0)), stOpen, codeAssessDanger, Agency, 0, gir14},
		{when(in(colDanger, isUnsure)), stOpen, codeAssessUnsure, CompetentAuthority, 0, gir17c},
		{when(in(colDanger, isYes)), stOpen, codeAssessReason, Agency, 0, gir14},
		{when(in(colDanger, reasoned)), stBound, "", 0, 0, gir14},
		{when(), stFree, "", 0, 0, law.Citation{}},
	}},
	{"第三方合法权益", GroundThirdParty, []line{
		{when(in(colHarm, is0)), stOpen, codeAssessHarm, Agency, 0, gir15},
		{when(in(colHarm, isUnsure)), stOpen, codeAssessUnsure, CompetentAuthority, 0, gir17c},
		{when(in(colHarm, isNo), in(colThird, uint8(Refuses))), stOpen, codeAssessContradiction, Agency, 0, gir32},
		{when(in(colHarm, isNo)), stFree, "", 0, 0, law.Citation{}},
		{when(in(colThird, uint8(Consents))), stFree, codeAssessConsent, 0, 0, gir15},
		{when(in(colContext, uint8(Application)), in(colThird, uint8(NotAsked))), stOpen, codeAssessAskThird, ThirdParty, consultDays, gir32},
		{when(in(colThird, uint8(Waiting))), stOpen, codeAssessWaitThird, ThirdParty, consultDays, gir32},
		{when(in(colInterest, is0, isUnsure)), stOpen, codeAssessInterest, Agency, 0, gir15},
		{when(in(colInterest, isYes)), stOpen, codeAssessOverride, Decider, 0, gir32},
		{when(in(colInterest, reasoned)), stFree, codeAssessOverridden, 0, 0, gir32},
		{when(in(colThird, uint8(Silent))), stBound, codeAssessSilence, 0, 0, gir32},
		{when(in(colThird, uint8(RefusesGroundless))), stBound, codeAssessGroundless, 0, 0, gir32},
		{when(), stBound, "", 0, 0, gir15},
	}},
	{"内部事务信息", GroundInternal, append([]line{
		{when(in(colInternal, is0)), stOpen, codeAssessInternal, Agency, 0, gir16a},
		{when(in(colInternal, isUnsure)), stOpen, codeAssessUnsure, CompetentAuthority, 0, gir17c},
		{when(in(colInternal, isNo)), stFree, "", 0, 0, law.Citation{}},
		{when(in(colRequired, byLaw)), stFree, codeAssessYields, 0, 0, ownHigherLaw},
	}, discretionary(gir16a)...)},
	{"过程性信息", GroundProcess, yielding(colProcess, codeAssessProcess)},
	{"行政执法案卷信息", GroundFile, yielding(colFile, codeAssessFile)},
	{"登记资料等另有规定", GroundRegistry, []line{
		{when(in(colContext, uint8(Proactive))), stFree, "", 0, 0, law.Citation{}},
		{when(in(colRegistry, is0)), stOpen, codeAssessRegistry, Agency, 0, gir36g},
		{when(in(colRegistry, isUnsure)), stOpen, codeAssessUnsure, CompetentAuthority, 0, gir17c},
		{when(in(colRegistry, byNone)), stOpen, codeAssessUnnamed, Agency, 0, gir36g},
		{when(in(colRegistry, byLaw)), stBound, "", 0, 0, gir36g},
		{when(in(colRegistry, byRule, byOther)), stFree, codeAssessLesser, 0, 0, gir36g},
		{when(), stFree, "", 0, 0, law.Citation{}},
	}},
	{"共同制作机关", 0, []line{
		{when(in(colCoMade, is0, isUnsure)), stOpen, codeAssessCoMade, Agency, 0, law.GovInfoRegulation2019.Art(10).Para(3)},
		{when(in(colCoMade, isNo)), stFree, "", 0, 0, law.Citation{}},
		{when(in(colCoMakers, uint8(Consents))), stFree, "", 0, 0, law.Citation{}},
		{when(in(colCoMakers, uint8(Waiting))), stOpen, codeAssessWaitCoMaker, CoMaker, consultDays, gir34},
		{when(in(colContext, uint8(Application)), in(colCoMakers, uint8(NotAsked))), stFree, codeAssessMayAsk, CoMaker, consultDays, gir34},
		{when(in(colContext, uint8(Application)), in(colCoMakers, uint8(Silent))), stFree, codeAssessDeemed, 0, 0, gir34},
		{when(in(colContext, uint8(Application))), stFree, codeAssessNotBinding, 0, 0, gir34},
		{when(in(colCoMakers, uint8(Silent))), stOpen, codeAssessNotDeemed, CoMaker, 0, ownProactive},
		{when(), stOpen, codeAssessAskCoMaker, CoMaker, 0, gir11a},
	}},
	{"涉及其他机关", 0, []line{
		{when(in(colConcerns, is0, isUnsure)), stOpen, codeAssessConcerns, Agency, 0, gir11a},
		{when(in(colConcerns, isNo)), stFree, "", 0, 0, law.Citation{}},
		{when(in(colOrgans, uint8(Consents))), stFree, "", 0, 0, law.Citation{}},
		{when(), stOpen, codeAssessConfirm, OtherOrgan, 0, gir11a},
	}},
	{"需要批准", 0, []line{
		{when(in(colApproval, is0, isUnsure)), stOpen, codeAssessApproval, Agency, 0, gir11b},
		{when(in(colApproval, isYes)), stOpen, codeAssessApprove, Approver, 0, gir11b},
		{when(), stFree, "", 0, 0, law.Citation{}},
	}},
}

// consultDays is the fifteen working days of 条例 32 and 34.
const consultDays = 15

// yielding are the lines of 16(2), which yields to laws, regulations and rules.
func yielding(c factColumn, code string) []line {
	return append([]line{
		{when(in(c, is0)), stOpen, code, Agency, 0, gir16b},
		{when(in(c, isUnsure)), stOpen, codeAssessUnsure, CompetentAuthority, 0, gir17c},
		{when(in(c, isNo)), stFree, "", 0, 0, law.Citation{}},
		{when(in(colRequired, is0, isUnsure)), stOpen, codeAssessRequired, Agency, 0, gir16b},
		{when(in(colRequired, byNone)), stOpen, codeAssessUnnamed, Agency, 0, gir16b},
		{when(in(colRequired, byRule, byLaw)), stFree, codeAssessYields, 0, 0, gir16b},
	}, discretionary(gir16b)...)
}

// discretionary are the lines of 可以不予公开: decided, and to withhold reasoned.
func discretionary(basis law.Citation) []line {
	return []line{
		{when(in(colDiscretion, 0)), stOpen, codeAssessUndecided, Decider, 0, basis},
		{when(in(colDiscretion, uint8(ToWithhold))), stOpen, codeAssessReason, Decider, 0, basis},
		{when(in(colDiscretion, uint8(ToDisclose))), stFree, codeAssessOpened, 0, 0, basis},
		{when(), stBound, "", 0, 0, basis},
	}
}

// verdictLine is one row of the outcome table.
type verdictLine struct {
	when  condition
	then  Outcome
	basis law.Citation
}

var outcomeLines = []verdictLine{
	{when(in(colContext, 0)), 0, law.Citation{}},
	{when(in(colMandatory, isYes), in(colSeverable, isNo)), Withhold, gir14},
	{when(in(colMandatory, isYes), in(colSeverable, is0, isUnsure)), 0, law.GovInfoRegulation2019.Art(37)},
	{when(in(colOpen14, isYes)), 0, gir14},
	{when(in(colQuery, isYes)), Redirect, gir36g},
	{when(in(colQuery, 0)), 0, gir36g},
	{when(in(colHeld, isYes), in(colSeverable, isNo)), Withhold, law.GovInfoRegulation2019.Art(36).Item(3)},
	{when(in(colHeld, isYes), in(colSeverable, is0, isUnsure)), 0, law.GovInfoRegulation2019.Art(37)},
	{when(in(colOpen1516, isYes)), 0, gir15},
	{when(in(colAgreed, isNo)), 0, gir11a},
	{when(in(colMandatory, isYes)), DiscloseInPart, law.GovInfoRegulation2019.Art(37)},
	{when(in(colHeld, isYes)), DiscloseInPart, law.GovInfoRegulation2019.Art(37)},
	{when(), Disclose, law.GovInfoRegulation2019.Art(13).Para(1)},
}

func (c *condition) matches(s *state) bool {
	return c[0].in>>s[c[0].col]&1 != 0 && c[1].in>>s[c[1].col]&1 != 0
}

// DecisionTable prints the table in Chinese as Markdown: every stage with its
// lines in the order in which they are asked, then the outcome table.
func DecisionTable() string {
	var b strings.Builder
	b.WriteString("# 公开与不予公开：决定表\n\n依据《中华人民共和国政府信息公开条例》第十三至十六条、第三十二条、第三十四条、第三十六条第（七）项、第三十七条。每一问自上而下，取第一个符合的行；各问的结果合到最后一张表。公文公开属性不是本表的输入。\n")
	statuses := [...]string{stOpen: "未定", stFree: "不妨碍公开", stBound: "理由成立"}
	for i, st := range stages {
		fmt.Fprintf(&b, "\n## %d. %s", i+1, st.name)
		if st.ground != 0 {
			fmt.Fprintf(&b, "（年度报告附表二第%d行“%s”", st.ground.Line(), st.ground.Chinese())
			if st.ground.FormatOnly() {
				b.WriteString("，只是报告格式计入不予公开，不是第十四至十六条的理由")
			}
			b.WriteString("）")
		}
		b.WriteString("\n\n| 事实 | 结果 | 说明 | 由谁 | 依据 | 代码 |\n| --- | --- | --- | --- | --- | --- |\n")
		for _, l := range st.lines {
			who := l.who.Chinese()
			if l.days > 0 {
				who += fmt.Sprintf("（%d个工作日）", l.days)
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", factWords(l.when), statuses[l.then], assessWords[l.code], who, l.basis, l.code)
		}
	}
	b.WriteString("\n## 结果\n\n| 事实 | 结果 | 依据 |\n| --- | --- | --- |\n")
	for _, l := range outcomeLines {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", factWords(l.when), l.then.Chinese(), l.basis)
	}
	return b.String()
}

func factWords(c condition) string {
	var parts []string
	for _, t := range c {
		if t.in == anyValue {
			continue
		}
		var values []string
		for v, name := range columns[t.col].values {
			if t.in>>v&1 == 1 && name != "" {
				values = append(values, name)
			}
		}
		parts = append(parts, columns[t.col].name+"："+strings.Join(values, "／"))
	}
	if len(parts) == 0 {
		return "其余"
	}
	return strings.Join(parts, "；")
}
