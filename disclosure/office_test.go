package disclosure_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

var (
	drafter   = disclosuretest.Person("u-drafter", "projects", "drafter")
	section   = disclosuretest.Person("u-section", "projects", "section-head")
	office    = disclosuretest.Person("u-office", "office", "office")
	leader    = disclosuretest.Person("u-leader", "leadership", "leader")
	publisher = disclosuretest.Person("u-publisher", "operations", "publisher")
	reviewer  = disclosuretest.Person("u-reviewer", "office", "reviewer")
)

var privacyLaw = law.PersonalInfoLaw2021.Art(47)

func chuxiong(t testing.TB) *disclosure.Profile {
	t.Helper()
	p, err := profile.Load("chuxiong")
	require.NoError(t, err)
	return p
}

func text(s string) disclosure.Attach {
	return disclosure.Attach{Texts: []disclosure.Text{{Name: "正文.txt", Bytes: []byte(s)}}}
}

// signed goes through the four levels of 楚雄 with one attribute.
func signed(s *disclosuretest.Scenario, words, agree string) {
	s.Given(drafter, disclosure.Register{Kind: "document", Title: "关于商贸物流项目的通知", Unit: "projects"})
	s.Given(drafter, text("各县市商务局:现将项目安排通知如下。"))
	s.Given(drafter, disclosure.Opine{On: "propose", Words: words})
	s.Given(section, disclosure.Opine{On: "section-opinion", Words: agree})
	s.Given(office, disclosure.Opine{On: "office-opinion", Words: agree})
	s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
}

func printed(s *disclosuretest.Scenario) {
	s.Given(drafter, disclosure.Take{On: "print"})
	s.Given(office, disclosure.Take{On: "register"}, disclosure.Take{On: "seal"})
}

func TestOneDocumentEndToEnd(t *testing.T) {
	s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
	signed(s, "此件公开发布", "同意此件公开发布")
	printed(s)
	s.Given(drafter, disclosure.Take{On: "hand-over"})
	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	s.When(publisher, disclosure.Release{On: "publish", Carriers: []string{"website", "portal"}}).Then("feedback")
	require.Empty(t, s.Outside.Out, "nothing leaves the house inside a command")
	s.Clock.Go("2026-09-28")
	require.Len(t, s.Delivered(), 2)
	c := s.Current()
	for _, r := range c.Releases {
		assert.Equal(t, deadline.NewDate(2026, 9, 28), r.Published)
	}
	h := s.Given(publisher, disclosure.Hear{On: "opinion", Channel: "电话", From: "某企业", Text: "请说明申报条件"})
	s.Given(section, disclosure.Answer{On: "answer", Feedback: h.Feedback, Text: "详见附件二"})
	s.When(drafter, disclosure.Take{On: "archive"}).Then("archived")
	faults, err := s.Verify(context.Background(), s.Case)
	require.NoError(t, err)
	require.Empty(t, faults)
	page, err := s.Public().Items(context.Background(), 0, "")
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	assert.Equal(t, "关于商贸物流项目的通知", page.Items[0].Title)
	assert.Len(t, page.Items[0].Releases, 2)
}

func TestDoHappensOnce(t *testing.T) {
	s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
	act := disclosure.Act{Key: "form-1", Actor: drafter, Command: disclosure.Register{Kind: "document", Title: "通知"}}
	first, err := s.Do(context.Background(), act)
	require.NoError(t, err)
	again, err := s.Do(context.Background(), act)
	require.NoError(t, err)
	assert.True(t, again.Replayed)
	again.Replayed = false
	assert.Equal(t, first, again)
	act.Command = disclosure.Register{Kind: "document", Title: "另一通知"}
	_, err = s.Do(context.Background(), act)
	require.ErrorIs(t, err, disclosure.ErrKeyReused)
}

func TestGates(t *testing.T) {
	t.Run("CX-05 科室与办公室意见不一,领导只签“同意”", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
		s.Given(drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"})
		s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
		s.Given(office, disclosure.Opine{On: "office-opinion", Words: "此件应依申请公开", Reason: "涉及内部协商过程"})
		err := s.When(leader, disclosure.Opine{On: "leader-sign", Words: "同意"}).Refused()
		var e *secrecy.Error
		require.ErrorAs(t, err, &e)
		assert.Contains(t, e.Basis.String(), "楚雄州商务局")
		s.When(leader, disclosure.Opine{On: "leader-sign", Words: "此件依申请公开"}).Then("printing")
		assert.Equal(t, workflow.Value("on-request"), workflow.Value(s.Current().Determination(s.Profile()).Attribute.String()))
	})
	t.Run("越级:办公室未签,领导不能签发", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
		s.Given(drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"})
		require.Error(t, s.When(leader, disclosure.Opine{On: "leader-sign", Words: "此件公开发布"}).Refused())
	})
	t.Run("未经保密审查,不得公开", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
		signed(s, "此件公开发布", "同意此件公开发布")
		printed(s)
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		err := s.When(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}}).Refused()
		var r *workflow.Refusal
		require.ErrorAs(t, err, &r)
		assert.Equal(t, workflow.FactReview, r.Missing[0].Fact)
		assert.Equal(t, workflow.ReviewNone, r.Missing[0].Have)
	})
}
