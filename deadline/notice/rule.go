package notice

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Rule is the display period of one kind of matter. Limits that the text does not
// set are zero.
type Rule struct {
	ID           string
	Matter       string         // Chinese
	Display      deadline.Limit // at-least or between: how long
	Publish      deadline.Limit // within: how soon after the event it must be out
	TakeDown     deadline.Limit // within, retention-max: when it comes down
	Withdraw     deadline.Limit // within: how soon it goes when the decision falls
	Result       bool           // a result is to follow the display
	Citation     law.Citation   // of Display, else of Publish
	Also         []law.Citation
	Verification law.Verification
	Note         string // Chinese

	display, publish, takeDown, withdraw string
}

// General is the ID of the rule that holds where no other does: 2 to 7 days, a habit
// of local documents and no law. Outside of it there is a warning, never a breach.
const General = "general"

const penaltyGone = "3个工作日内"

var table = []Rule{
	{ID: General, Matter: "一般公示", display: "公示期一般为2至7日", Result: true, Citation: law.Own.Sec("公示一般二至七日，法律、法规、规章、党内法规另有规定的从其规定"), Verification: law.Partly, Note: "地方文件的通常写法，不是法律"},
	{ID: "tender-candidates", Matter: "中标候选人公示", display: "公示期不少于3日", publish: "自收到评标报告之日起3日内", Result: true, Citation: law.BiddingRegulation2019.Art(54), Verification: law.Verified, Note: "日是自然日"},
	{ID: "tender-documents", Matter: "资格预审文件、招标文件发售期", display: "发售期不得少于5日", Citation: law.BiddingRegulation2019.Art(16), Verification: law.Verified},
	{ID: "single-source", Matter: "单一来源采购公示", display: "公示期不得少于5个工作日", Result: true, Citation: law.ProcurementRegulation2015.Art(38), Verification: law.Verified},
	{ID: "procurement-tender", Matter: "政府采购招标公告、资格预审公告期限", display: "公告期限为5个工作日", Citation: law.ProcurementTenderMeasures2017.Art(16), Verification: law.FromMemory},
	{ID: "procurement-award", Matter: "政府采购中标公告期限", display: "公告期限为1个工作日", publish: "自中标、成交供应商确定之日起2个工作日内", Citation: law.ProcurementTenderMeasures2017.Art(69), Also: []law.Citation{law.ProcurementRegulation2015.Art(43)}, Verification: law.FromMemory},
	{ID: "cadre-appointment", Matter: "领导干部任职前公示", display: "公示期不少于5个工作日", Result: true, Citation: law.CadreRegulation2019.Art(42), Verification: law.Partly, Note: "网传7至15天是2002年条例的旧规"},
	{ID: "cadre-appointment", Matter: "领导干部任职前公示（2014年条例）", display: "公示期不少于5个工作日", Result: true, Citation: law.CadreRegulation2014.Art(41), Verification: law.Partly},
	{ID: "civil-servant-recruitment", Matter: "公务员拟录用公示", display: "公示期不少于5个工作日", Result: true, Citation: law.CivilServantLaw2018.Art(32), Verification: law.Verified},
	{ID: "institution-recruitment", Matter: "事业单位拟聘人员公示", display: "公示期一般为7至15日", Result: true, Citation: law.InstitutionRecruitment2005.Art(23), Verification: law.SecondHand, Note: "日是自然日；各地另有规定"},
	{ID: "party-member", Matter: "发展党员公示", display: "公示期不少于5个工作日", Result: true, Citation: law.Own.Sec("发展党员公示五个工作日：各地和单位的制度，全国性文件未证实"), Verification: law.FromMemory},
	{ID: "licence", Matter: "行政许可决定公示", publish: "自决定作出之日起7个工作日内", Citation: law.EnforcementPublicity2018.Sec("六"), Verification: law.Verified},
	{ID: "penalty", Matter: "行政处罚决定公示", publish: "自决定作出之日起7个工作日内", takeDown: "自公示之日起届满3年的，停止公示", withdraw: penaltyGone, Citation: law.EnforcementPublicity2018.Sec("六"),
		Also: []law.Citation{law.SAMRPenaltyPublicity2021.Art(13), law.AdministrativePenaltyLaw2021.Art(48), law.AdministrativePenaltyLaw2021.Art(85)}, Verification: law.Verified, Note: "三年的公示期是市场监管领域的规定，其他领域按其规定"},
	{ID: "penalty-minor", Matter: "行政处罚决定公示（仅通报批评或者较低数额罚款）", publish: "自决定作出之日起7个工作日内", takeDown: "自公示之日起届满3个月的，停止公示", withdraw: penaltyGone, Citation: law.EnforcementPublicity2018.Sec("六"),
		Also: []law.Citation{law.SAMRPenaltyPublicity2021.Art(13), law.AdministrativePenaltyLaw2021.Art(48), law.AdministrativePenaltyLaw2021.Art(85)}, Verification: law.Verified, Note: "三个月的公示期是市场监管领域的规定"},
	{ID: "enforcement", Matter: "其他行政执法决定公示", publish: "自决定作出之日起20个工作日内", Citation: law.EnforcementPublicity2018.Sec("六"), Verification: law.Verified},
	{ID: "law-draft", Matter: "法律草案征求意见", display: "征求意见期限一般不少于30日", Citation: law.LegislationLaw2023.Art(40), Verification: law.Verified},
	{ID: "administrative-regulation-draft", Matter: "行政法规草案征求意见", display: "征求意见期限一般不少于30日", Citation: law.AdministrativeRegulationProcedure2017.Art(13), Verification: law.Verified},
	{ID: "rule-draft", Matter: "规章草案征求意见", display: "征求意见期限一般不少于30日", Citation: law.RuleProcedure2017.Art(15), Verification: law.Verified},
	{ID: "normative-draft", Matter: "行政规范性文件草案征求意见", Citation: law.NormativeReviewOpinions2018.Sec("五"), Verification: law.Partly, Note: "全国性文件没有写明征求意见的天数，按本地规定配置"},
	{ID: "normative-review", Matter: "行政规范性文件合法性审核", display: "一般不少于5个工作日，最长不超过15个工作日", Citation: law.NormativeReviewOpinions2018.Sec("五"), Verification: law.Verified},
	{ID: "major-decision", Matter: "重大行政决策草案公开征求意见", display: "征求意见期限一般不少于30日", Result: true, Citation: law.MajorDecisionsRegulation2019.Art(15), Verification: law.Verified, Note: "紧急等可以缩短，应当予以说明；没有七日的下限"},
	{ID: "housing-expropriation", Matter: "房屋征收补偿方案征求意见", display: "征求意见期限不得少于30日", Result: true, Citation: law.HousingExpropriation2011.Art(10), Verification: law.Verified},
	{ID: "land-prenotice", Matter: "征收土地预公告", display: "预公告时间不少于10个工作日", Citation: law.LandRegulation2021.Art(26), Verification: law.Verified},
	{ID: "land-compensation", Matter: "征地补偿安置公告", display: "公告时间不少于30日", Result: true, Citation: law.LandRegulation2021.Art(28), Verification: law.Verified},
	{ID: "eia-comment", Matter: "环评征求意见稿征求意见", display: "征求意见期限不得少于10个工作日", Citation: law.EIAParticipation2018.Art(10), Verification: law.FromMemory},
	{ID: "eia-acceptance", Matter: "环评受理后公开", display: "公示期不得少于10个工作日", Citation: law.EIAParticipation2018.Art(22), Verification: law.FromMemory},
	{ID: "eia-approval", Matter: "环评审批决定前公开", display: "公示期不得少于5个工作日", Result: true, Citation: law.EIAParticipation2018.Art(23), Verification: law.FromMemory},
	{ID: "budget-government", Matter: "政府预算、决算公开", publish: "批准后20日内", Citation: law.BudgetLaw2018.Art(14), Verification: law.Verified},
	{ID: "budget-department", Matter: "部门预算、决算公开", publish: "批复后20日内", Citation: law.BudgetLaw2018.Art(14), Verification: law.Verified},
	{ID: "budget-unit", Matter: "单位预算、决算公开", publish: "批复后20日内", Citation: law.BudgetRegulation2020.Art(6), Verification: law.Verified},
}

var rules = sync.OnceValue(func() []Rule {
	out := slices.Clone(table)
	for i := range out {
		r := &out[i]
		for text, to := range map[string]*deadline.Limit{r.display: &r.Display, r.publish: &r.Publish, r.takeDown: &r.TakeDown, r.withdraw: &r.Withdraw} {
			if text != "" {
				*to = deadline.MustParseLimit(text)
			}
		}
	}
	return out
})

// Rules lists the built-in rules in the order of RULES.md. The slice is fresh.
func Rules() []Rule { return slices.Clone(rules()) }

// ErrRule is wrapped when there is no such rule, or none in force on the day.
var ErrRule = errors.New("notice: no such rule")

// Lookup returns the edition of a rule that is in force on a day. A text whose days
// are not known, and a reading of ours, count as in force. The error wraps ErrRule.
func Lookup(id string, on deadline.Date) (Rule, error) {
	var open *Rule
	known := false
	for i := range rules() {
		r := &rules()[i]
		if r.ID != id {
			continue
		}
		known = true
		switch f, err := r.Citation.Instrument.InForceOn(on.String()); {
		case err == nil && f == law.InForce:
			return *r, nil
		case err != nil && !on.IsZero() || err == nil && f == law.Undetermined:
			open = r
		}
	}
	if open != nil {
		return *open, nil
	}
	if known {
		return Rule{}, fmt.Errorf("%w: %q is not in force on %s", ErrRule, id, on)
	}
	return Rule{}, fmt.Errorf("%w: %q", ErrRule, id)
}

// rank orders what prevails: law, administrative regulation, judicial
// interpretation, party regulation and rule, normative document, and last an
// agency's own and readings of ours.
func rank(r Rule) int {
	in, err := r.Citation.Instrument.Info()
	if err != nil || r.ID == General {
		return 9
	}
	switch in.Class {
	case law.Statute:
		return 1
	case law.Regulation:
		return 2
	case law.LocalStatute, law.Party:
		return 3
	case law.Rule:
		return 4
	}
	return 5
}

// Prevailing returns the rule that decides among several that speak of one notice: that of
// the higher text; of equal ones the longer display. The general rule gives way
// to every other. None for no rules.
func Prevailing(rs ...Rule) (Rule, bool) {
	if len(rs) == 0 {
		return Rule{}, false
	}
	best := rs[0]
	for _, r := range rs[1:] {
		if a, b := rank(r), rank(best); a < b || a == b && longer(r.Display, best.Display) {
			best = r
		}
	}
	return best, true
}

// longer compares displays roughly: five working days stand for seven days.
func longer(a, b deadline.Limit) bool {
	days := func(l deadline.Limit) int {
		if l.Unit == deadline.UnitWorkday {
			return l.N * 7 / 5
		}
		return l.N
	}
	return days(a) > days(b)
}
