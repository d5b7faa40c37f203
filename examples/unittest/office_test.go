// Package unittest shows how an agency tests its own rules: a clock that stands
// still, an office in memory, and tests that read like the file.
package unittest

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/secrecy"
)

var (
	drafter   = disclosuretest.Person("起草人", "projects", "drafter")
	section   = disclosuretest.Person("科室负责人", "projects", "section-head")
	office    = disclosuretest.Person("办公室", "office", "office")
	leader    = disclosuretest.Person("分管领导", "leadership", "leader")
	reviewer  = disclosuretest.Person("保密审查人员", "office", "reviewer")
	publisher = disclosuretest.Person("商务运行科", "operations", "publisher")
)

// open is the office on the morning of a day.
func open(t *testing.T, day string) *disclosuretest.Scenario {
	t.Helper()
	p, err := profile.Load("chuxiong")
	if err != nil {
		t.Fatal(err)
	}
	return disclosuretest.New(t, p, day)
}

// handedOver is a public document that has reached 商务运行科.
func handedOver(s *disclosuretest.Scenario) {
	s.Given(drafter,
		disclosure.Register{Kind: "document", Title: "关于做好节日市场供应的通知"},
		disclosure.Attach{Texts: []disclosure.Text{{Name: "正文.txt", Bytes: []byte("请各县市做好节日市场供应。")}}},
		disclosure.Opine{On: "propose", Words: "此件公开发布"})
	s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
	s.Given(office, disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"})
	s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
	s.Given(drafter, disclosure.Take{On: "print"})
	s.Given(office, disclosure.Take{On: "register"}, disclosure.Take{On: "seal"})
	s.Given(drafter, disclosure.Take{On: "hand-over"})
}

func TestNothingGoesOutUnreviewed(t *testing.T) {
	s := open(t, "2026-09-22")
	handedOver(s)
	release := disclosure.Release{On: "publish", Carriers: []string{"website"}}

	err := s.When(publisher, release).Refused()
	t.Log(s.Profile().Say(err, language.SimplifiedChinese))

	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	s.When(publisher, release).Then("feedback")
}

func TestAChangedAttachmentVoidsTheReview(t *testing.T) {
	s := open(t, "2026-09-22")
	handedOver(s)
	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	s.Given(drafter, disclosure.Attach{Kind: disclosure.Attachment, Texts: []disclosure.Text{{Name: "附件.txt", Bytes: []byte("名单另附")}}})
	s.When(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}}).Refused()
}

func TestTheDayOfTheReceiptIsTheDayOfPublication(t *testing.T) {
	s := open(t, "2026-09-22")
	handedOver(s)
	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	s.Given(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}})
	s.Clock.Go("2026-09-24")
	s.Delivered()
	if got, want := s.Current().Releases[0].Published, deadline.NewDate(2026, 9, 24); got != want {
		t.Fatalf("published on %s, want %s", got, want)
	}
}
