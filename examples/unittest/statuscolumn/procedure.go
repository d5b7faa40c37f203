package main

import (
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

var scheme = law.Local("本局公文公开办法")

// procedure is the host's own: its stages are the words in its status column.
var procedure = workflow.Definition{
	ID: "oa/document", Edition: "2026", Title: "公文公开", Start: "拟稿",
	Stages: []workflow.StageDef{{ID: "拟稿"}, {ID: "待签发"}, {ID: "待发布"}, {ID: "已发布", Final: true}},
	Roles:  []workflow.RoleDef{{ID: "clerk", Title: "经办人"}, {ID: "head", Title: "负责人"}, {ID: "operator", Title: "发布员"}},
	Moves: []workflow.Move{
		{ID: "submit", Title: "送签", From: []workflow.Stage{"拟稿"}, On: "submit", To: "待签发", By: []workflow.Role{"clerk"}, Basis: []law.Citation{scheme.Sec("二")}},
		{ID: "sign", Title: "签发", From: []workflow.Stage{"待签发"}, On: "sign", To: "待发布", By: []workflow.Role{"head"}, Apart: []workflow.Event{"submit"},
			When:  []workflow.Test{{Fact: workflow.FactAttribute, In: []workflow.Value{"public", "on-request", "redacted", "withheld"}}},
			Basis: []law.Citation{scheme.Sec("三")}},
		{ID: "back", Title: "退回", From: []workflow.Stage{"待签发"}, On: "back", To: "拟稿", By: []workflow.Role{"head"}, Basis: []law.Citation{scheme.Sec("三")}},
		{ID: "publish", Title: "发布", From: []workflow.Stage{"待发布"}, On: "publish", To: "已发布", By: []workflow.Role{"operator"}, Effect: workflow.EffectPublish,
			When: []workflow.Test{
				{Fact: workflow.FactAttribute, In: []workflow.Value{"public", "redacted"}},
				{Fact: workflow.FactReview, In: []workflow.Value{"clear"}},
				{Fact: workflow.FactScan, In: []workflow.Value{"clear"}},
				{Fact: workflow.FactEarlier, In: []workflow.Value{"none", "passed"}},
				{Fact: workflow.FactObjection, In: []workflow.Value{"none", "raised", "upheld"}},
			},
			Basis: []law.Citation{law.GovInfoRegulation2019.Art(17), scheme.Sec("四")}},
	},
}
