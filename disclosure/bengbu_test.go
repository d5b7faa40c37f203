package disclosure_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/workflow"
)

var (
	department  = disclosuretest.Person("u-department", "business", "department")
	head        = disclosuretest.Person("u-head", "business", "department-head")
	publicDesk  = disclosuretest.Person("u-desk", "disclosure-office", "disclosure-office")
	liaison     = disclosuretest.Person("u-liaison", "business", "liaison")
	allInOrder  = workflow.Facts{"business": "done", "disclosed": "yes", "responsibility": "clear"}
	businessEnd = workflow.Facts{"business": "done"}
)

// at makes another case the one that is worked on.
func at(s *disclosuretest.Scenario, id disclosure.CaseID) *disclosuretest.Scenario {
	s.Case = id
	return s
}

func TestNodesOfAMatter(t *testing.T) {
	open := func(t *testing.T) (s *disclosuretest.Scenario, matter, first, second disclosure.CaseID) {
		s = disclosuretest.New(t, load(t, "bengbu"), "2026-03-02")
		matter = s.Given(department, disclosure.Register{Kind: "matter", Title: "办公楼维修工程", Unit: "business", Facts: workflow.Facts{"weight": "routine"}}).Case
		s.Given(publicDesk, disclosure.Take{On: "register"})
		first = s.Given(department, disclosure.Register{Kind: "node", Title: "立项", Unit: "business", Parent: matter}).Case
		second = s.Given(department, disclosure.Register{Kind: "node", Title: "招标", Unit: "business", Parent: matter, After: first}).Case
		return s, matter, first, second
	}
	pass := func(s *disclosuretest.Scenario, id disclosure.CaseID) {
		at(s, id)
		s.Given(department, disclosure.Take{On: "start"}, disclosure.Take{On: "finish", Facts: businessEnd})
		s.Given(head, disclosure.Take{On: "pass", Facts: allInOrder})
	}
	t.Run("BB-10 上一个环节未通过，下一个环节不得实施", func(t *testing.T) {
		s, matter, first, second := open(t)
		var r *workflow.Refusal
		require.ErrorAs(t, at(s, second).When(department, disclosure.Take{On: "start"}).Refused(), &r)
		assert.Equal(t, workflow.FactEarlier, r.Missing[0].Fact)
		assert.Equal(t, workflow.EarlierOpen, r.Missing[0].Have)
		pass(s, first)
		at(s, second).When(department, disclosure.Take{On: "start"}).Then("running")
		require.ErrorAs(t, at(s, matter).When(department, disclosure.Take{On: "close"}).Refused(), &r, "the matter waits for its nodes")
		s.Case = second
		s.Given(department, disclosure.Take{On: "finish", Facts: businessEnd})
		s.Given(head, disclosure.Take{On: "pass", Facts: allInOrder})
		at(s, matter).When(department, disclosure.Take{On: "close"}).Then("closing")
		s.When(liaison, disclosure.Take{On: "archive"}).Then("archived")
	})
	t.Run("BB-10 业务、公开、责任三线缺一不得通过", func(t *testing.T) {
		s, _, first, _ := open(t)
		at(s, first)
		s.Given(department, disclosure.Take{On: "start"}, disclosure.Take{On: "finish", Facts: businessEnd})
		var r *workflow.Refusal
		require.ErrorAs(t, s.When(head, disclosure.Take{On: "pass", Facts: businessEnd}).Refused(), &r)
		assert.Len(t, r.Missing, 2)
	})
	t.Run("BB-17 歧义较大经认定，项目暂停；处理后恢复", func(t *testing.T) {
		s, _, first, _ := open(t)
		at(s, first)
		s.Given(department, disclosure.Take{On: "start"})
		s.Given(publicDesk, disclosure.Hear{Channel: "面谈", Text: "对施工方案有不同意见", Serious: true})
		s.When(publicDesk, disclosure.Weigh{On: "uphold", Upheld: true, Reason: "多名职工联名反映"}).Then("running~")
		s.When(department, disclosure.Take{On: "finish", Facts: businessEnd}).Refused()
		s.Given(publicDesk, disclosure.Weigh{Reason: "方案已修改并公示"})
		s.When(publicDesk, disclosure.Take{On: "resume"}).Then("running")
	})
}
