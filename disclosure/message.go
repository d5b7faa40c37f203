package disclosure

import (
	"golang.org/x/text/language"
	"golang.org/x/text/message/catalog"
)

// messages are the words for people, by code. Chinese is the fallback.
var messages = func() *catalog.Builder {
	b := catalog.NewBuilder(catalog.Fallback(language.SimplifiedChinese))
	for _, m := range messageTable {
		for tag, text := range map[language.Tag]string{language.SimplifiedChinese: m.zh, language.English: m.en} {
			if err := b.SetString(tag, m.key, text); err != nil {
				panic(err)
			}
		}
	}
	return b
}()

var messageTable = []struct{ key, zh, en string }{
	{"basis", "（依据：%s）", " (%s)"},
	{"and", "、", ", "},
	{"or", "、", " or "},
	{"semicolon", "；", "; "},
	{"halted", "（暂停中）", " (suspended)"},
	{"undetermined", "未定", "undetermined"},

	{"conflict", "此事项刚由他人办理过，请刷新后再办。", "Somebody else has just worked on this matter: load it again."},
	{"key-reused", "同一编号的操作已经办过，内容与这次不同。", "This form was already submitted with other content."},
	{"unavailable", "存储暂时不可用，没有写入任何内容，请稍后再办。", "The store is not available now; nothing was written. Try again later."},
	{"clock", "期限不能这样变动：延长须在期满之前，且不超过规定的幅度。", "The period does not allow this: it is extended before it expires, and within its bounds."},
	{"unknown", "提交结果尚不确定，请用同一编号再提交一次，不会重复。", "Whether it was written is not known. Submit the same form again: it is carried out once."},
	{"not-found", "没有找到此事项或文件。", "There is no such matter or document."},
	{"invalid", "填写的内容不合规则，没有写入。", "What was entered breaks a rule; nothing was written."},
	{"other", "没有办成，原因已记入日志。", "It could not be done; the reason is in the log."},

	{"WF-40", "办理程序里没有“%s”这个环节。", "The procedure has no stage %q."},
	{"WF-41", "此事项已经办结（%s），不能再办。", "The matter has ended (%s)."},
	{"WF-42", "不能“%s”：现在是“%s”环节。", "%q is not possible at stage %q."},
	{"WF-42 from", "须在以下环节：%s。", " It belongs to: %s."},
	{"WF-42 next", "现在可以：%s。", " Possible now: %s."},
	{"WF-43", "“%s”应当由%s办理。", "%q is to be done by %s."},
	{"WF-44", "不能“%s”：%s。", "%q is not possible: %s."},
	{"WF-44 fact", "%s为“%s”，应当为“%s”", "%s is %q, want %q"},
	{"WF-45", "“%s”不能由办理“%s”的同一人办理。", "%q cannot be done by the person who did %q."},
	{"WF-46", "不能“%s”：“%s”还没有人办理的记录。", "%q is not possible: nobody is on record for %q."},
	{"WF-47", "您的几个身份都可以“%s”，请以其中一个身份办理：%s。", "Several of your roles open %q: act as one of %s."},
	{"WF-48", "没有办理人，不能办理。", "Nobody is named as the actor."},

	{"SE-101", "意见里没有写明公开属性（公开、依申请公开、删减后公开、不公开）。", "The opinion names no attribute."},
	{"SE-102", "意见里写了不止一种公开属性。", "The opinion names more than one attribute."},
	{"SE-103", "只写“同意”没有写明公开属性。", "A bare 同意 names no attribute."},
	{"SE-104", "写的是向谁公开，不是是否公开。", "This says to whom, not whether, it is disclosed."},
	{"SE-105", "公开属性的存储值无法识别。", "The stored attribute is unknown."},
	{"SE-106", "写的是密级，公开属性要另写。", "This is a secrecy level, not an attribute."},
	{"SE-110", "涉密文件在保密期限内不能定为公开。", "A classified document cannot be marked for disclosure."},
	{"SE-111", "审签环节无法识别。", "The step is unknown."},
	{"SE-201", "这一环节不能只签“同意”，须写明公开属性。", "This step must name the attribute, not only agree."},
	{"SE-202", "“同意此件……”与前一环节的属性不一致；要改变属性，请写“此件应……”并说明理由。", "同意 names another attribute than the one before it; a change is written 此件应… with its reason."},
	{"SE-203", "“此件应……”与现有属性相同；同意请写“同意此件……”。", "此件应… changes nothing; agreement is written 同意此件…."},
	{"SE-204", "改变公开属性须说明理由。", "A change of the attribute needs its reason."},
	{"SE-205", "不公开或者删减后公开，须写明依据的法律条款。", "Withholding needs a ground that cites a provision."},
	{"SE-206", "领导已经签发，属性已定；再要改变须另行办理。", "The leader has signed; a later change is a new determination."},
	{"SE-207", "起草人还没有提出公开属性。", "No draft with an attribute was submitted."},
	{"SE-208", "拟不公开的政策性文件，签发前须先送政务公开工作机构审查。", "A policy document that is not to be disclosed goes to the disclosure institution first."},
	{"SE-209", "转发的文件沿用原文的公开属性。", "A forwarded document keeps its origin's attribute."},
	{"SE-210", "联合行文以主办机关确定的属性为准。", "The lead agency's attribute holds for a joint document."},
	{"SE-211", "公开的文件里夹带了不公开的内容。", "Something that is not public stands inside a public text."},
	{"SE-212", "用语不是这一环节规定的写法。", "These are not the words of this step."},
	{"SE-213", "科室与办公室意见不一致，领导不能只签“同意”，须写明“此件公开发布、此件不公开、此件依申请公开、此件删减后公开”之一。", "Section and office differ: a bare 同意 of the leader is not accepted; one of the four phrases is needed."},
	{"SE-220", "退文：没有注明公开属性。", "Returned: the draft names no attribute."},
	{"SE-221", "退文：拟不公开而没有依法依规说明理由。", "Returned: withheld without a lawful reason."},
	{"SE-222", "退回起草人修改。", "Returned to the drafter."},
	{"SE-301", "保密审查没有绑定文件的任何部分。", "The review is not bound to any parts."},
	{"SE-302", "不是在文件上署名、盖章的单位，或者没有审查单位。", "The unit did not sign the document."},
	{"SE-303", "保密审查项目缺漏、重复或者无法识别。", "A point of the checklist is missing, twice or unknown."},
	{"SE-304", "保密审查须有具名的审查人和日期。", "A review names its reviewer and day."},
	{"SE-305", "审查结论比审查项目的答案宽松。", "The verdict is kinder than the checks."},
	{"SE-306", "保密审查的存储值无法识别。", "A stored value of the review is unknown."},
	{"SE-307", "报请确定的内容不完整。", "The referral lacks something."},
	{"SE-308", "涉及国家秘密，不得在非涉密系统处理。", "A state secret is not processed here."},
	{"SE-314", "已经报请确定，尚未答复，不能制作删减稿。", "A referral is open."},
	{"SE-315", "须说明理由。", "A reason is owed."},

	{"DI-02", "公开制度类别无法识别。", "Unknown regime."},
	{"DI-20", "此类事项的办理程序里没有这一步。", "The procedure of this kind has no such step."},
	{"DI-21", "发布须指定载体。", "A release names its carriers."},
	{"DI-22", "这一步不是发布，不能发布任何内容。", "This move does not release anything."},
	{"DI-23", "依申请公开的文件至多公开标题和索引号。", "Title and index number at most."},
	{"DI-24", "您的身份不能办理这一步。", "Your role may not do this."},
	{"DI-25", "没有这一类事项。", "There is no such kind of case."},
	{"DI-26", "没有这个部门。", "There is no such unit."},
	{"DI-30", "须填写标题，且不能过长。", "A title is needed, and not too long."},
	{"DI-31", "公开属性、保密审查、检测、上一环节、异议由系统认定，不能填写。", "The built-in facts are the Office's alone."},
	{"DI-32", "附件只能是正文或者附件；删减稿须由删减制作。", "A part is a body or an attachment; renditions are made by Redact."},
	{"DI-33", "没有附上任何文本。", "No text was attached."},
	{"DI-34", "发布须指定至少一个载体。", "A release names at least one carrier."},
	{"DI-35", "没有这个载体，或者同一载体写了两次。", "There is no such carrier, or it is named twice."},
	{"DI-36", "删减后公开的文件须先制作删减稿；原文不得发布。", "Make the rendition first; the original is not released."},
	{"DI-37", "文件还没有正文。", "The document has no part yet."},
	{"DI-38", "不公开的文件不得发布。", "A withheld document is not released."},
	{"DI-39", "公开属性还没有最终确定，不得发布。", "The attribute is not determined yet."},
	{"DI-40", "信息由指定部门统一公开，其他部门不能自行发布。", "Only the one window releases."},
	{"DI-41", "您的身份不能发布。", "Your role may not release."},
	{"DI-42", "发布须指定专人操作。", "A release names the person who operates it."},
	{"DI-43", "此载体实行扎口管理，只能由其管理部门发布。", "Only the carrier's gatekeeper publishes on it."},
	{"DI-44", "这一步不签署公开属性。", "This step gives no opinion on the attribute."},
	{"DI-45", "须填写意见或者答复的内容。", "What was said is missing."},
	{"DI-46", "此意见已经答复；更正须另作记录。", "This feedback was answered."},
	{"DI-47", "没有提出过异议。", "No objection was raised."},
	{"DI-48", "认定异议须说明理由。", "A decision on an objection needs its reason."},
	{"DI-49", "发布指令已经过时：文件、属性或者保密审查在此之后有变化。", "The order has been overtaken."},
	{"DI-50", "查阅个人信息须说明用途。", "A look at personal data needs its purpose."},
	{"DI-51", "删除须写明依据的法律。", "An erasure names the law that demands it."},
	{"DI-52", "更正须写明正确的内容。", "A correction says what is right."},
	{"DI-53", "保留检测发现的内容，须写明部分、理由和可以公开的依据。", "Findings left in need the parts, the reason and the provision."},
	{"DI-54", "此部分没有检测发现，或者还没有检测。", "This part has no findings, or was not scanned."},
	{"DI-55", "没有可以撤下的发布。", "There is nothing to take down."},
	{"DI-57", "文本带有国家秘密标志，不得在非涉密系统处理，没有保存。", "The text bears a state-secret mark; it was not kept."},
	{"DI-58", "删减要从原文作起，不能从删减稿再删减。", "A rendition is made from the original."},
	{"DI-60", "个人事项的文本须通过查阅登记后查看。", "The text of a personal case is seen only with a record of who looked."},
	{"DI-61", "个人事项本身不发布；要公开的内容另立事项。", "A personal case is not published; what is disclosed is a case of its own."},
	{"DI-56", "撤下须说明理由。", "A withdrawal needs its reason."},
}
