package workflow_test

import (
	"errors"
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

var scheme = law.Local("某局政务公开实施方案")

// notice is 提报 → 审批 → 发布, the shortest lawful procedure.
var notice = workflow.Definition{
	ID: "example/notice", Edition: "2026", Title: "公告发布", Start: "draft",
	Stages: []workflow.StageDef{
		{ID: "draft", Title: "提报"},
		{ID: "approval", Title: "审批"},
		{ID: "release", Title: "待发布"},
		{ID: "published", Title: "已发布", Final: true},
	},
	Roles: []workflow.RoleDef{{ID: "clerk", Title: "经办人"}, {ID: "head", Title: "部门负责人"}},
	Moves: []workflow.Move{
		{ID: "propose", Title: "提报", From: []workflow.Stage{"draft"}, On: "propose", To: "approval",
			By: []workflow.Role{"clerk"}, Basis: []law.Citation{scheme.Sec("四（一）")}},
		{ID: "approve", Title: "同意", From: []workflow.Stage{"approval"}, On: "approve", To: "release",
			By: []workflow.Role{"head"}, Apart: []workflow.Event{"propose"}, Basis: []law.Citation{scheme.Sec("四（二）")}},
		{ID: "publish", Title: "发布", From: []workflow.Stage{"release"}, On: "publish", To: "published",
			By: []workflow.Role{"clerk"}, Effect: workflow.EffectPublish,
			When: []workflow.Test{
				{Fact: workflow.FactAttribute, In: []workflow.Value{workflow.AttributePublic, workflow.AttributeRedacted}},
				{Fact: workflow.FactReview, In: []workflow.Value{workflow.ReviewClear}},
				{Fact: workflow.FactScan, In: []workflow.Value{workflow.ScanClear}},
				{Fact: workflow.FactEarlier, In: []workflow.Value{workflow.EarlierNone, workflow.EarlierPassed}},
				{Fact: workflow.FactObjection, In: []workflow.Value{workflow.ObjectionNone, workflow.ObjectionRaised, workflow.ObjectionUpheld}},
			},
			Basis: []law.Citation{scheme.Sec("四（三）"), law.GovInfoRegulation2019.Art(17)}},
	},
}

func ExampleCompile() {
	broken := notice.Clone()
	broken.Moves[1].By = []workflow.Role{"chief"}
	broken.Moves[2].When = broken.Moves[2].When[:4]
	broken.Moves[0].Basis = nil
	_, err := workflow.Compile(broken)
	var invalid *workflow.Invalid
	if errors.As(err, &invalid) {
		for _, f := range invalid.Faults {
			fmt.Println(f.Code, f.Path, f.What)
		}
	}
	// Output:
	// WF-15 moves[0].basis move "propose" has no basis
	// WF-04 moves[1].by[0] unknown role "chief"
	// WF-19 moves[2].when move "publish" has the effect "publish" and does not ask for "objection"
}

func ExampleMachine_Step() {
	m, err := workflow.Compile(notice)
	if err != nil {
		panic(err)
	}
	clerk := workflow.Actor{ID: "u17", Roles: []workflow.Role{"clerk"}}
	head := workflow.Actor{ID: "u03", Roles: []workflow.Role{"head"}}

	out, err := m.Step("draft", nil, "propose", clerk)
	fmt.Println(out.To, err)
	out, err = m.Step("approval", nil, "approve", head, workflow.Done{On: "propose", Actor: "u17"})
	fmt.Println(out.To, err)

	// The parts have changed since the review.
	facts := workflow.Facts{"attribute": "public", "review": "stale", "scan": "clear", "earlier": "none", "objection": "none"}
	_, err = m.Step("release", facts, "publish", clerk)
	var no *workflow.Refusal
	if errors.As(err, &no) {
		fmt.Println(no.Code, no.Missing[0].Fact, no.Missing[0].Have, "→", no.Missing[0].Want, no.Basis[1])
	}
	// Output:
	// approval <nil>
	// release <nil>
	// WF-44 review stale → [clear] 《中华人民共和国政府信息公开条例》第十七条
}

func ExampleMachine_Permitted() {
	m, err := workflow.Compile(notice)
	if err != nil {
		panic(err)
	}
	clerk := workflow.Actor{ID: "u17", Roles: []workflow.Role{"clerk"}}
	for _, p := range m.Permitted("approval", nil, clerk, workflow.Done{On: "propose", Actor: "u17"}) {
		fmt.Println(p.Title, p.Verdict, p.Refusal.Code, p.Roles)
	}
	// Output:
	// 同意 closed WF-43 [head]
}

func ExampleFold() {
	m, err := workflow.Compile(notice)
	if err != nil {
		panic(err)
	}
	clerk := workflow.Actor{ID: "u17", Roles: []workflow.Role{"clerk"}}
	monday := deadline.MustParseDate("2026-03-02")
	records := []workflow.Record{m.Open("register", clerk, monday, workflow.Facts{"attribute": "public"})}

	c, _ := workflow.Fold(records)
	next, err := m.Take(c, "propose", clerk, monday.AddDays(1), nil)
	if err != nil {
		panic(err)
	}
	records = append(records, next)
	// The attribute was entered wrongly: a new record says so.
	records = append(records, workflow.Record{Seq: 3, Event: "correct", Actor: "u17", On: monday.AddDays(2), Corrects: 1,
		Facts: workflow.Facts{"attribute": "redacted"}})

	c, err = workflow.Fold(records)
	fmt.Println(c.Stage, c.Seq, c.Facts["attribute"], err)
	// Output:
	// approval 3 redacted <nil>
}

func ExampleDiff() {
	next := notice.Clone()
	next.Edition = "2027"
	next.Moves[1].By = []workflow.Role{"head", "clerk"}
	changes, err := workflow.Diff(notice, next)
	if err != nil {
		panic(err)
	}
	for _, c := range changes {
		fmt.Println(c)
	}
	// Output:
	// changed edition: 2026 → 2027
	// changed moves[approve].by: ["head"] → ["head","clerk"]
}

func ExampleNewMigration() {
	next := notice.Clone()
	next.Edition = "2027"
	next.Stages[2].ID = "cleared"
	next.Moves[1].To, next.Moves[2].From = "cleared", []workflow.Stage{"cleared"}
	a, err := workflow.Compile(notice)
	if err != nil {
		panic(err)
	}
	b, err := workflow.Compile(next)
	if err != nil {
		panic(err)
	}
	mapping := workflow.SameStages(a, b)
	mapping.Basis = []law.Citation{scheme.Sec("六")}
	g, err := workflow.NewMigration(a, b, mapping)
	if err != nil {
		panic(err)
	}
	fmt.Println("not moved:", g.Unmapped())
	// Output:
	// not moved: [release]
}

func ExampleMachine_Mermaid() {
	m, err := workflow.Compile(notice)
	if err != nil {
		panic(err)
	}
	fmt.Print(m.Mermaid("approval"))
	// Output:
	// stateDiagram-v2
	//     state "提报" as s0
	//     state "审批" as s1
	//     state "待发布" as s2
	//     state "已发布" as s3
	//     [*] --> s0
	//     s0 --> s1 : 提报（经办人）
	//     s1 --> s2 : 同意（部门负责人）
	//     s2 --> s3 : 发布（经办人）
	//     s3 --> [*]
	//     classDef present fill:#1f5fbf,color:#ffffff,stroke:#123a75,stroke-width:2px
	//     class s1 present
}

func ExampleParse() {
	b, err := notice.JSON()
	if err != nil {
		panic(err)
	}
	d, err := workflow.Parse(b)
	if err != nil {
		panic(err)
	}
	x, _ := notice.Digest()
	y, _ := d.Digest()
	fmt.Println(d.Title, x == y)
	// Output:
	// 公告发布 true
}
