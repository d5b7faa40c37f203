package disclosure_test

import (
	"context"
	"fmt"

	"golang.org/x/text/language"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/workflow"
)

// An office in memory: a document is registered, its drafter proposes an
// attribute, and somebody whose turn it is not is told so.
func ExampleOffice_Do() {
	p, err := profile.Load("chuxiong")
	if err != nil {
		panic(err)
	}
	o, err := disclosure.Open(disclosure.Config{Tenant: "t1", Profile: p, Store: disclosure.NewMemory()})
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	drafter := workflow.Actor{ID: "u7", Unit: "projects", Roles: []workflow.Role{"drafter"}}
	r, err := o.Do(ctx, disclosure.Act{Key: "form-1", Actor: drafter, Command: disclosure.Register{Kind: "document", Title: "关于节日市场供应的通知"}})
	if err != nil {
		panic(err)
	}
	r, err = o.Do(ctx, disclosure.Act{Key: "form-2", Actor: drafter, Case: r.Case, Command: disclosure.Opine{On: "propose", Words: "此件公开发布"}})
	if err != nil {
		panic(err)
	}
	fmt.Println(r.From, "→", r.To)

	leader := workflow.Actor{ID: "u1", Unit: "leadership", Roles: []workflow.Role{"leader"}}
	_, err = o.Do(ctx, disclosure.Act{Key: "form-3", Actor: leader, Case: r.Case, Command: disclosure.Opine{On: "leader-sign", Words: "此件公开发布"}})
	fmt.Println(p.Say(err, language.SimplifiedChinese))
	// Output:
	// draft → section
	// 不能“领导签发”：现在是“科室初审”环节。须在以下环节：领导签发。现在可以：科室签署意见、科室退回。（依据：《楚雄州商务局政务公开工作实施方案》四（一）4）
}

// Which rules apply, and what a local rule says that the law no longer lets stand.
func ExampleProfile_SupersededRules() {
	p, err := profile.Load("haikou")
	if err != nil {
		panic(err)
	}
	fmt.Println(p.Applies(law.GovInfoRegulation2019.Art(26), ""))
	for _, r := range p.SupersededRules(deadline.NewDate(2026, 1, 1)) {
		fmt.Println(r.Basis, "：", r.Law)
	}
	// Output:
	// by-reference
	// 《党政务公开工作规范管理办法》八（六） ： 工作秘密不是不予公开的理由；不予公开只能依据条例第十四条至第十六条，由人逐件判断
}
