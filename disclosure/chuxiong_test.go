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
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// withGround is an opinion that withholds, wholly or in part, on 条例 15.
func withGround(on workflow.Event, words string) disclosure.Opine {
	return disclosure.Opine{On: on, Words: words, Reason: "涉及个人隐私", Grounds: []law.Citation{law.GovInfoRegulation2019.Art(15)}}
}

func TestChuxiongLevels(t *testing.T) {
	for _, c := range []struct {
		name    string
		drafter string
		agree   string
		change  string
		want    secrecy.Attribute
	}{
		{"CX-01 此件公开发布", "此件公开发布", "同意此件公开发布", "此件应公开发布", secrecy.Public},
		{"CX-01 此件不公开", "此件不公开", "同意此件不公开", "此件应不公开", secrecy.Withheld},
		{"CX-01 此件依申请公开", "此件依申请公开", "同意此件依申请公开", "此件应依申请公开", secrecy.OnRequest},
		{"CX-01 此件删减后公开", "此件删减后公开", "同意此件删减后公开", "此件应删减后公开", secrecy.Redacted},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
			s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
			s.Given(drafter, withGround("propose", c.drafter))
			s.Given(section, disclosure.Opine{On: "section-opinion", Words: c.agree})
			s.Given(office, disclosure.Opine{On: "office-opinion", Words: c.agree})
			assert.Equal(t, secrecy.Attribute(0), s.Current().Determination(s.Profile()).Attribute, "nothing is determined before the leader has signed")
			s.When(leader, disclosure.Opine{On: "leader-sign", Words: "同意"}).Then("printing")
			assert.Equal(t, c.want, s.Current().Determination(s.Profile()).Attribute)
		})
		t.Run(c.name+"：科室改动须说明理由", func(t *testing.T) {
			s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
			first := "此件公开发布"
			if c.want == secrecy.Public {
				first = "此件依申请公开"
			}
			s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
			s.Given(drafter, disclosure.Opine{On: "propose", Words: first})
			s.When(section, disclosure.Opine{On: "section-opinion", Words: c.change}).Refused()
			s.When(section, withGround("section-opinion", c.change)).Then("office")
			assert.Equal(t, c.want, s.Current().Determination(s.Profile()).Standing)
		})
	}
	t.Run("CX-02 起草人未填公开属性，退文", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
		var e *secrecy.Error
		require.ErrorAs(t, s.When(drafter, disclosure.Opine{On: "propose", Words: "机密"}).Refused(), &e)
		assert.Equal(t, workflow.Stage("draft"), s.Current().Stage)
	})
	t.Run("CX-03 CX-04 起草人不能自己作科室、办公室审核", func(t *testing.T) {
		both := disclosuretest.Person("u-both", "projects", "drafter", "section-head", "office")
		s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
		s.Given(both, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
		s.Given(both, disclosure.Opine{On: "propose", Words: "此件公开发布"})
		var r *workflow.Refusal
		require.ErrorAs(t, s.When(both, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"}).Refused(), &r)
		assert.Equal(t, workflow.CodeSamePerson, r.Code)
		s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
		require.ErrorAs(t, s.When(both, disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"}).Refused(), &r)
	})
	t.Run("CX-06 签发之后才能印制、编号登记、用印，各留一条记录", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-25")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
		s.Given(drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"})
		s.When(drafter, disclosure.Take{On: "print"}).Refused()
		s.When(office, disclosure.Take{On: "register"}).Refused()
		s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
		s.Given(office, disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"})
		s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
		s.When(office, disclosure.Take{On: "seal"}).Refused()
		printed(s)
		var types []string
		for _, r := range s.Current().Records {
			types = append(types, r.Type)
		}
		assert.Equal(t, []string{"open", "attach", "propose", "section-opinion", "office-opinion", "leader-sign", "print", "register", "seal"}, types)
	})
}

func clockOf(t *testing.T, s *disclosuretest.Scenario, id workflow.ClockID) (disclosure.DueItem, bool) {
	t.Helper()
	items, err := s.Clocks(context.Background(), s.Current())
	require.NoError(t, err)
	for _, i := range items {
		if i.Clock == id {
			return i, true
		}
	}
	return disclosure.DueItem{}, false
}

func TestChuxiongHandOver(t *testing.T) {
	through := func(t *testing.T, words, agree string) *disclosuretest.Scenario {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知", Number: "115323007704937969-/2026-0703436"}, text("正文"))
		s.Given(drafter, withGround("propose", words))
		s.Given(section, disclosure.Opine{On: "section-opinion", Words: agree})
		s.Given(office, disclosure.Opine{On: "office-opinion", Words: agree})
		s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
		printed(s)
		return s
	}
	t.Run("CX-07 制作后3日内移交，末日为假日的顺延", func(t *testing.T) {
		// Printed on Tuesday 22 September 2026: the third day is Friday the 25th,
		// Mid-Autumn, and the holiday lasts to Sunday.
		s := through(t, "此件公开发布", "同意此件公开发布")
		due, ok := clockOf(t, s, "handover")
		require.True(t, ok)
		assert.Equal(t, deadline.NewDate(2026, 9, 28), due.Due.Date)
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		_, ok = clockOf(t, s, "handover")
		assert.False(t, ok, "the clock stops with the hand-over")
		_, ok = clockOf(t, s, "disclose")
		assert.True(t, ok, "hand-over is not publication")
	})
	t.Run("CX-07 规范性文件可延长至5日", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-11-09")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "规范性文件", Facts: workflow.Facts{"document": "normative"}}, text("正文"))
		s.Given(drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"})
		s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
		s.Given(office, disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"})
		s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
		printed(s)
		due, _ := clockOf(t, s, "handover")
		assert.Equal(t, deadline.NewDate(2026, 11, 12), due.Due.Date)
		s.Given(office, disclosure.Take{On: "extend-handover"})
		due, _ = clockOf(t, s, "handover")
		assert.Equal(t, deadline.NewDate(2026, 11, 16), due.Due.Date, "the fifth day is Saturday the 14th")
	})
	t.Run("CX-07 期满之后不能再延长", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-11-09")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "规范性文件", Facts: workflow.Facts{"document": "normative"}}, text("正文"))
		s.Given(drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"})
		s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
		s.Given(office, disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"})
		s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
		printed(s)
		s.Clock.Go("2026-11-13")
		require.ErrorIs(t, s.When(office, disclosure.Take{On: "extend-handover"}).Refused(), deadline.ErrClock)
		due, ok := clockOf(t, s, "handover")
		require.True(t, ok)
		assert.Equal(t, deadline.StatusOverdue, due.Period.Status(deadline.NewDate(2026, 11, 13)))
		assert.True(t, due.Late(deadline.NewDate(2026, 11, 13)))
	})
	t.Run("CX-07 依申请公开的至多公开标题和索引号", func(t *testing.T) {
		s := through(t, "此件依申请公开", "同意此件依申请公开")
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
		s.When(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}}).Then("feedback")
		s.Delivered()
		require.Len(t, s.Outside.Out, 1)
		out := s.Outside.Out[0]
		assert.Equal(t, disclosure.TitleOnly, out.Form)
		assert.Empty(t, out.Body)
		assert.Equal(t, "115323007704937969-/2026-0703436", out.Number)
	})
	t.Run("CX-07 不公开的不移交、不发布", func(t *testing.T) {
		s := through(t, "此件不公开", "同意此件不公开")
		s.When(drafter, disclosure.Take{On: "hand-over"}).Refused()
		s.When(drafter, disclosure.Take{On: "archive"}).Then("archived")
	})
	t.Run("CX-07 删减后公开的没有删减稿不得发布", func(t *testing.T) {
		s := through(t, "此件删减后公开", "同意此件删减后公开")
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
		var r *disclosure.Refusal
		require.ErrorAs(t, s.When(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}}).Refused(), &r)
		assert.Equal(t, "DI-36", r.Code)
	})
	t.Run("REG-26 自形成之日起20个工作日内公开，回执之日为公开之日", func(t *testing.T) {
		s := through(t, "此件公开发布", "同意此件公开发布")
		due, ok := clockOf(t, s, "disclose")
		require.True(t, ok)
		assert.Equal(t, deadline.NewDate(2026, 10, 27), due.Due.Date)
		assert.Contains(t, due.Basis, law.GovInfoRegulation2019.Art(26))
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
		s.Given(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}})
		_, ok = clockOf(t, s, "disclose")
		assert.True(t, ok, "ordered is not published")
		s.Clock.Go("2026-09-28")
		s.Delivered()
		_, ok = clockOf(t, s, "disclose")
		assert.False(t, ok)
	})
}
