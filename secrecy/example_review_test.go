package secrecy_test

import (
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
)

func ExampleAssess() {
	facts := secrecy.Facts{
		Context: secrecy.Application, Classified: secrecy.NotClassified, Forbidden: secrecy.Absent, Danger: secrecy.Absent,
		Harm: secrecy.Present, ThirdParty: secrecy.Silent, PublicInterest: secrecy.Absent,
		Internal: secrecy.Absent, Process: secrecy.Absent, EnforcementFile: secrecy.Absent, Registry: secrecy.Absent,
		Severable: secrecy.Present, CoMade: secrecy.Absent, Concerns: secrecy.Absent, NeedsApproval: secrecy.Absent,
	}
	a := secrecy.Assess(facts)
	for _, line := range a.Explain() {
		fmt.Println(line)
	}
	fmt.Println("年度报告附表二第", a.Line(), "行")
	// Output:
	// 部分公开：《中华人民共和国政府信息公开条例》第三十七条
	// 理由：保护第三方合法权益，《中华人民共和国政府信息公开条例》第十五条
	// 说明：第三方逾期未提出意见，不视为同意，由本机关决定，《中华人民共和国政府信息公开条例》第三十二条
	// 年度报告附表二第 4 行
}

func ExampleAssess_undetermined() {
	a := secrecy.Assess(secrecy.Facts{Context: secrecy.Proactive, Classified: secrecy.ClassifyUnclear})
	fmt.Println(a.Outcome, "——", a.Explain()[1])
	// Output:
	// undetermined —— 待办：是否属于国家秘密或者属于何种密级不明确：先行拟定密级，报保密行政管理部门确定，其间不得公开（保密行政管理部门，10个工作日），《中华人民共和国保守国家秘密法实施条例》第二十五条第一款
}

func ExampleCheckGrounds() {
	fmt.Println(secrecy.CheckGrounds("该文件公开属性为不予公开", []law.Citation{law.GovInfoRegulation2019.Art(16).Para(2)}))
	// Output:
	// secrecy: grounds: an attribute of the document is no reason (SE-454)
}

func ExampleReview() {
	parts := []secrecy.Part{{ID: "text-3"}, {ID: "annex-1"}}
	r, err := secrecy.NewReview(parts, []string{"党政办", "市财政局"}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var checks []secrecy.Check
	for _, p := range secrecy.Checklist() {
		checks = append(checks, secrecy.Check{Point: p, Answer: secrecy.Absent})
	}
	for _, unit := range []string{"党政办", "市财政局"} {
		r, err = r.Conclude(secrecy.Conclusion{Unit: unit, Reviewer: "a-17", On: deadline.NewDate(2026, 9, 1), Checks: checks, Verdict: secrecy.Clear})
		fmt.Println(unit, r.State(parts), err)
	}
	parts[1].ID = "annex-2" // a new version of the annex
	fmt.Println(r.State(parts))
	// Output:
	// 党政办 undetermined <nil>
	// 市财政局 clear <nil>
	// stale
}

func ExampleReassessments() {
	for _, r := range secrecy.Reassessments([]secrecy.Holding{
		{ID: "d-1", Attribute: secrecy.Withheld, Determined: deadline.NewDate(2025, 10, 8)},
		{ID: "d-2", Term: secrecy.Term{Level: secrecy.Confidential, Issued: deadline.NewDate(2016, 11, 1), Years: 10}},
	}, deadline.NewDate(2026, 11, 24), nil) {
		fmt.Println(r.Due, r.ID, r.Occasion.Chinese())
	}
	// Output:
	// 2026-10-08 d-1 不予公开的政府信息定期评估审查
	// 2026-11-02 d-2 保密期限已满，自行解密：评估审查后方可公开
}

func ExampleDemand_Conversion() {
	d := secrecy.Demand{Applicants: 1, Disclosable: secrecy.Present, Suggested: true, Upheld: secrecy.Present, Found: deadline.NewDate(2026, 9, 1)}
	c, err := d.Conversion(deadline.China())
	fmt.Println(c.Duty, c.By, err)
	fmt.Println(c.Basis)
	fmt.Println(c.Reading)
	// Output:
	// must 2026-09-29 <nil>
	// 《中华人民共和国政府信息公开条例》第四十四条第二款
	// 本库读法：条例第四十四条第二款的“及时”，按第二十六条的20个工作日掌握
}
