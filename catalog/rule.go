package catalog

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Rule is one row of the table of checks.
type Rule struct {
	Code     string
	Severity Severity
	Title    string // Chinese
	English  string
	Applies  string // to what, in Chinese
	Regime   string // "" = everywhere; "government" = only where the Regulation binds
	Cite     law.Citation
	Local    law.Citation // an agency's own text that says so; cited where its taxonomy is in use
}

// The codes of the rules.
const (
	ruleNoLead        = "CA-40"
	ruleNoLimit       = "CA-41"
	ruleOverlong      = "CA-42"
	ruleNotice        = "CA-43"
	ruleScope         = "CA-44"
	ruleUnapproved    = "CA-45"
	rulePhases        = "CA-46"
	ruleAspects       = "CA-47"
	rulePart          = "CA-48"
	ruleBudget        = "CA-49"
	ruleDuplicate     = "CA-50"
	ruleTwoLeads      = "CA-51"
	ruleLeadMissing   = "CA-52"
	ruleGuide         = "CA-53"
	ruleStale         = "CA-54"
	ruleNoCarrier     = "CA-55"
	ruleGatekeeper    = "CA-56"
	ruleContents      = "CA-57"
	ruleConsent       = "CA-58"
	ruleWithheld      = "CA-59"
	ruleStatement     = "CA-60"
	ruleApproval      = "CA-61"
	ruleBeforeStart   = "CA-62"
	ruleImportance    = "CA-63"
	ruleAmendmentKind = "CA-64"
	ruleNotFound      = "CA-65"
	ruleYearly        = "CA-66"
	ruleConcern       = "CA-67"
	ruleLevel         = "CA-68"
	ruleSameLimit     = "CA-69"
	ruleContinuity    = "CA-70"
	ruleService       = "CA-71"
	ruleMeta          = "CA-72"
	ruleMedia         = "CA-73"
	ruleNoYear        = "CA-74"
	ruleNumberTwice   = "CA-75"
	rulePeriod        = "CA-76"
	ruleGuideItem     = "CA-77"
	ruleLate          = "CA-78"
)

var (
	bengbu   = law.Local(bengbuTitle)
	taizhou  = law.Local("质监局政务公开工作总结三")
	haikou   = law.Local("党政务公开工作规范管理办法")
	nanning  = law.Local("南宁市邕宁区总工会关于全面推进政务公开工作的实施方案")
	chuxiong = law.Local("楚雄州商务局政务公开工作实施方案")
)

const government = "government"

// rules is the table of checks. Codes are never reassigned.
var rules = []Rule{
	{ruleNoLead, Error, "没有写明责任部门", "no department in charge", "每个事项", "", law.GovInfoRegulation2019.Art(10).Para(1), bengbu.Sec("四（二）1")},
	{ruleNoLimit, Error, "没有公开时限", "no time limit", "每个事项的每个环节", "", law.Own.Sec("每个事项、环节写明时限"), bengbu.Sec("四（二）2")},
	{ruleOverlong, Error, "公开时限长于法定期限", "limit longer than the statute allows", "主动公开的事项", government, law.GovInfoRegulation2019.Art(26), law.Citation{}},
	{ruleNotice, Warning, "公示期与规定不符", "notice period outside its rule", "有公示期的环节", "", law.Own.Sec("公示期依其规定"), bengbu.Sec("四（三）2")},
	{ruleScope, Error, "载体与公开范围不符", "carrier outside the scope", "每个环节的载体", "", law.Own.Sec("载体不超出公开范围"), haikou.Sec("四")},
	{ruleUnapproved, Error, "重要、特殊事项没有审核记录", "important matter without approval", "重要、特殊事项", "", law.Own.Sec("重要事项先审核"), bengbu.Sec("四（二）3")},
	{rulePhases, Warning, "事前、事中、事后没有都公开", "before, during and after not all disclosed", "重要事项，分阶段的事项", "", law.Own.Sec("重要事项分阶段公开"), bengbu.Sec("五（一）3")},
	{ruleAspects, Warning, "五公开有一项没有事项对应", "one of the five disclosures is served by no entry", "标注五公开的目录", "", law.Own.Sec("五公开全覆盖"), bengbu.Sec("四（一）")},
	{rulePart, Warning, "应公开的内容没有事项对应", "a part of the taxonomy without entry", "选定分类体系的目录", "", law.Own.Sec("对照分类体系查漏项"), law.Citation{}},
	{ruleBudget, Warning, "预决算没有写明公开到功能分类项级、基本支出经济分类款级", "budget not down to 项 and 款", "部门（单位）预算、决算", government, law.BudgetRegulation2020.Art(6).Para(3), chuxiong.Sec("三（七）")},
	{ruleDuplicate, Warning, "事项重复", "duplicate of another entry", "每个事项", "", law.Own.Sec("折叠后同名同内容"), law.Citation{}},
	{ruleTwoLeads, Warning, "写了两个以上责任部门，没有分清牵头和配合", "two in charge", "每个事项", "", law.Own.Sec("一个牵头单位"), chuxiong.Sec("三")},
	{ruleLeadMissing, Error, "有配合单位而没有牵头单位", "cooperating units without a lead", "有配合单位的事项", "", law.Own.Sec("有配合必有牵头"), chuxiong.Sec("三")},
	{ruleGuide, Warning, "公开指南没有随目录更新", "the guide is older than the catalog", "公开指南", government, law.GovInfoRegulation2019.Art(12).Para(1), law.Citation{}},
	{ruleStale, Warning, "栏目没有按周期更新", "column not kept up to date", "有更新周期的事项", "", law.GovInfoRegulation2019.Art(53).Item(2), chuxiong.Sec("五（三）")},
	{ruleNoCarrier, Warning, "没有载体", "no carrier", "每个事项", "", law.GovInfoRegulation2019.Art(23), bengbu.Sec("四（三）2")},
	{ruleGatekeeper, Info, "载体实行扎口管理，交由扎口部门操作", "the carrier has a gatekeeper", "扎口管理的载体", "", law.Own.Sec("扎口管理"), taizhou.Sec("四（四）3")},
	{ruleContents, Warning, "载体与所列适用内容不符", "the carrier is meant for other contents", "写明适用内容的载体", "", law.Own.Sec("载体适用内容"), taizhou.Sec("四（三）")},
	{ruleConsent, Warning, "载体须会商其职能部门", "the carrier needs its department's consent", "职代会、面向社会的载体", "", law.Own.Sec("载体会商"), bengbu.Sec("四（三）2")},
	{ruleWithheld, Error, "不予公开没有写明依据", "withheld without a basis", "不予公开的事项", "", law.GovInfoRegulation2019.Art(13).Para(1), law.Citation{}},
	{ruleStatement, Error, "变更、撤销、终止没有部门情况说明", "no statement of the department", "目录的变更", "", law.Own.Sec("目录变更的材料"), bengbu.Sec("四（二）2")},
	{ruleApproval, Error, "变更未经领导小组审核通过", "not approved by the leading group", "目录的变更", "", law.Own.Sec("目录变更的审核"), bengbu.Sec("四（二）2")},
	{ruleBeforeStart, Error, "重要、特殊事项没有在办事发起前登记审核", "important matter registered after it began", "登记", "", law.Own.Sec("重要事项先审核"), bengbu.Sec("四（二）3")},
	{ruleImportance, Error, "没有核定是常规、重要还是特殊", "importance not decided", "登记", "", law.Own.Sec("事项分类"), bengbu.Sec("四（二）3")},
	{ruleAmendmentKind, Error, "不认识的变更种类", "unknown kind of amendment", "目录的变更", "", law.Own.Sec("变更种类"), law.Citation{}},
	{ruleNotFound, Error, "目录中没有这一事项", "no such entry", "目录的变更", "", law.Own.Sec("变更对象"), law.Citation{}},
	{ruleYearly, Warning, "本年没有修订目录", "no version came into force in the year", "每一年度", "", law.Own.Sec("目录每年修订"), bengbu.Sec("四（二）2")},
	{ruleConcern, Error, "涉及公众利益调整、需要广泛知晓或者参与决策的没有列为主动公开", "not proactive although the public is concerned", "写明公开事由的事项", government, law.GovInfoRegulation2019.Art(19), law.Citation{}},
	{ruleLevel, Warning, "公开层级没有包括办事的层级", "not disclosed at the level that handles the matter", "写明层级的事项", "", law.Own.Sec("哪一级办事就在哪一级公开"), bengbu.Sec("四（三）3")},
	{ruleSameLimit, Info, "各环节写的是同一时限", "all nodes have the same limit", "有多个环节的事项", "", law.Own.Sec("各环节分别设定时限"), bengbu.Sec("四（二）2")},
	{ruleContinuity, Warning, "同一事项前后环节没有延续同一载体", "what starts on a carrier does not end on it", "有多个环节的事项", "", law.Own.Sec("载体有始有终"), bengbu.Sec("四（三）2")},
	{ruleService, Info, "服务指南缺少要素", "service guide lacks elements", "服务指南、办事指南", government, law.GovInfoRegulation2019.Art(20).Para(1).Item(5), chuxiong.Sec("三（二）")},
	{ruleMeta, Warning, "信息元数据不全或者矛盾", "metadata missing or contradictory", "列出文件信息的目录", government, law.GovInfoRegulation2019.Art(12).Para(3), law.Citation{}},
	{ruleMedia, Warning, "重要信息没有安排新闻媒体发布", "important release without the media", "重要事项", "", law.Own.Sec("重要信息同时由媒体发布"), nanning.Sec("二（十）")},
	{ruleNoYear, Info, "目录没有写明年度", "the catalog has no year", "目录", "", law.Own.Sec("目录写明年度"), bengbu.Sec("四（二）1")},
	{ruleNumberTwice, Warning, "编号重复", "number used twice", "有编号的事项", "", law.Own.Sec("编号唯一"), bengbu.Sec("四（二）1")},
	{rulePeriod, Info, "更新周期长于20个工作日，信息形成或变更的仍应在20个工作日内公开", "period longer than the statutory limit", "按周期更新的事项", government, law.GovInfoRegulation2019.Art(26), law.Citation{}},
	{ruleGuideItem, Error, "公开指南缺少法定内容", "the guide lacks what the Regulation names", "公开指南", government, law.GovInfoRegulation2019.Art(12).Para(2), law.Citation{}},
	{ruleLate, Error, "重要、特殊事项不得边公开边补录", "important matter registered late", "补录的事项", "", law.Own.Sec("重要事项先审核"), bengbu.Sec("四（二）3")},
}

// Rules returns the table of checks.
func Rules() []Rule { return slices.Clone(rules) }

func ruleOf(id string) Rule {
	for _, r := range rules {
		if r.Code == id {
			return r
		}
	}
	return Rule{Code: id}
}

// WriteRules prints the table of checks in Markdown.
func WriteRules(w io.Writer) error {
	var b strings.Builder
	b.WriteString("| 代码 | 级别 | 检查 | 适用 | 依据 | 另见 |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", r.Code, severityTitles[min(int(r.Severity), 2)], r.Title, r.Applies, r.Cite.String(), r.Local.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var severityTitles = [...]string{"提示", "警告", "错误"}
