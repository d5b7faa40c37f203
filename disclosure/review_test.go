package disclosure_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// hand is a command of a host that writes whatever it likes.
type hand struct {
	E workflow.Event
	C func(v disclosure.View) disclosure.Change `json:"-"`
	T []disclosure.Text                         `json:"-"`
}

func (h hand) Event() workflow.Event     { return h.E }
func (h hand) Brings() []disclosure.Text { return h.T }

func (h hand) Decide(v disclosure.View) ([]disclosure.Change, error) {
	return []disclosure.Change{h.C(v)}, nil
}

func structure(s disclosure.Structure) func(disclosure.View) disclosure.Change {
	return func(disclosure.View) disclosure.Change { return disclosure.Change{Structure: s} }
}

func TestHandMadeChanges(t *testing.T) {
	ctx := context.Background()
	draft := func(t *testing.T) *disclosuretest.Scenario {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
		return s
	}
	t.Run("自拟的记录不能跳过环节", func(t *testing.T) {
		s := draft(t)
		s.When(drafter, hand{E: "jump", C: structure(disclosure.Structure{To: "release", Move: "hand-over"})})
		assert.Equal(t, workflow.Stage("draft"), s.Current().Stage)
		assert.Empty(t, s.Current().Done)
		s.When(drafter, hand{E: "propose", C: structure(disclosure.Structure{To: "release"})}).Then("section")
	})
	t.Run("自拟的记录不能发布未审未定的文件", func(t *testing.T) {
		s := draft(t)
		part := s.Current().Parts[0].ID
		for _, form := range []disclosure.Form{disclosure.TitleOnly, disclosure.FullText} {
			s.When(drafter, hand{E: "leak", C: func(v disclosure.View) disclosure.Change {
				m := disclosure.ReleaseMark{Order: v.NewID(), Carrier: "website", Form: form}
				if form == disclosure.FullText {
					m.Part = part
				}
				b, _ := json.Marshal(map[string]any{"part": m.Part, "form": m.Form})
				return disclosure.Change{Structure: disclosure.Structure{Release: []disclosure.ReleaseMark{m}},
					Orders: []disclosure.Order{{ID: m.Order, Type: "publish", Carrier: "website", Payload: b}}}
			}}).Refused()
			s.When(drafter, hand{E: "leak-silently", C: func(v disclosure.View) disclosure.Change {
				b, _ := json.Marshal(map[string]any{"part": "", "form": "title"})
				return disclosure.Change{Orders: []disclosure.Order{{ID: v.NewID(), Type: "publish", Carrier: "website", Payload: b}}}
			}}).Refused()
		}
		_, err := s.Deliver(ctx, 10)
		require.NoError(t, err)
		assert.Empty(t, s.Outside.Out)
	})
	t.Run("宿主自己的出件不由发布渠道发出", func(t *testing.T) {
		s := draft(t)
		s.When(drafter, hand{E: "mail", C: func(v disclosure.View) disclosure.Change {
			return disclosure.Change{Orders: []disclosure.Order{{ID: v.NewID(), Type: "mail", Carrier: "website", Payload: []byte(`{"form":"title"}`)}}}
		}}).Then("draft")
		_, err := s.Deliver(ctx, 10)
		require.NoError(t, err)
		assert.Empty(t, s.Outside.Out)
	})
	t.Run("立项时不能夹带发布", func(t *testing.T) {
		s := draft(t)
		_, err := s.Do(ctx, disclosure.Act{Key: "open-and-leak", Actor: drafter, Command: hand{E: "open", C: func(v disclosure.View) disclosure.Change {
			id := v.NewID()
			return disclosure.Change{Title: "通知",
				Structure: disclosure.Structure{Open: &disclosure.Opening{Kind: "document"}, Release: []disclosure.ReleaseMark{{Order: id, Carrier: "website", Form: disclosure.TitleOnly}}},
				Orders:    []disclosure.Order{{ID: id, Type: "publish", Carrier: "website", Payload: []byte(`{"form":"title"}`)}}}
		}}})
		require.ErrorIs(t, err, disclosure.ErrRefused)
	})
	t.Run("回执只由发件箱记下", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
		mark := s.Current().Releases[0]
		s.When(publisher, hand{E: "fake", C: structure(disclosure.Structure{Received: &disclosure.ReceivedMark{Order: mark.Order, Carrier: "website"}})}).Refused()
	})
	t.Run("检测结果、审查、公开属性不能自拟", func(t *testing.T) {
		s := draft(t)
		s.When(drafter, hand{E: "sneak", C: structure(disclosure.Structure{Parts: []disclosure.Part{{ID: "p", Kind: disclosure.Body, Scan: workflow.ScanClear}}})}).Then("draft")
		assert.NotEqual(t, workflow.ScanClear, s.Current().Parts[1].Scan)
		secret := disclosure.Text{Name: "x", Bytes: []byte("补助对象：张三，公民身份号码11010519491231002X。")}
		s.When(drafter, hand{E: "sneak-text", T: []disclosure.Text{secret}, C: func(v disclosure.View) disclosure.Change {
			return disclosure.Change{Texts: v.Texts, Structure: disclosure.Structure{Parts: []disclosure.Part{{ID: "q", Kind: disclosure.Body, Scan: workflow.ScanClear}}}}
		}}).Then("draft")
		assert.Equal(t, workflow.ScanFindings, s.Current().Parts[2].Scan)
		s.When(drafter, hand{E: "sneak-review", C: structure(disclosure.Structure{Review: &secrecy.Review{}})}).Refused()
		s.When(drafter, hand{E: "sneak-resolve", C: structure(disclosure.Structure{Resolved: []string{"q"}})}).Refused()
		s.When(drafter, hand{E: "sneak-opinion", C: structure(disclosure.Structure{Opinion: &secrecy.Opinion{Actor: "u-leader", Attribute: secrecy.Public}})}).Refused()
	})
	t.Run("事实只能是程序里有的", func(t *testing.T) {
		s := draft(t)
		s.When(drafter, hand{E: "note", C: structure(disclosure.Structure{Facts: workflow.Facts{"attribute": "public"}})}).Refused()
		s.When(drafter, hand{E: "note", C: structure(disclosure.Structure{Facts: workflow.Facts{"申请人": "张三"}})}).Refused()
		s.When(drafter, disclosure.Register{Kind: "document", Title: "通知", Facts: workflow.Facts{"document": "张三"}}).Refused()
	})
}

func TestReceiptOfAWithdrawalStopsNoClock(t *testing.T) {
	s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
	s.Given(publisher, disclosure.TakeDown{On: "withdraw", Reason: "内容有误"})
	s.Clock.Sleep(time.Hour)
	s.Delivered()
	require.False(t, s.Current().Releases[0].Withdrawn.IsZero())
	_, running := clockOf(t, s, "disclose")
	assert.True(t, running, "nothing was published: the 20 working days of 条例 26 still run")
	s.Given(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}})
	s.Delivered()
	_, running = clockOf(t, s, "disclose")
	assert.False(t, running)
}

func TestTitleIsNotListedOnceReviewBlocksIt(t *testing.T) {
	s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
	s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
	s.Given(drafter, withGround("propose", "此件依申请公开"))
	s.Given(section, disclosure.Opine{On: "section-opinion", Words: "同意此件依申请公开"})
	s.Given(office, disclosure.Opine{On: "office-opinion", Words: "同意此件依申请公开"})
	s.Given(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
	printed(s)
	s.Given(drafter, disclosure.Take{On: "hand-over"})
	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	s.Given(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}})
	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Blocked, Reason: "标题涉及敏感事项"})
	ds, err := s.Deliver(context.Background(), 10)
	require.NoError(t, err)
	require.ErrorIs(t, ds[0].Err, disclosure.ErrRefused)
	assert.Empty(t, s.Outside.Out)
}

func TestUnreadablePartHasNoRendition(t *testing.T) {
	s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
	r := s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, disclosure.Attach{Texts: []disclosure.Text{{
		Name: "扫描件.pdf", Bytes: []byte("%PDF-1.4 stream 7a686f75 endstream"), Unreadable: "扫描件"}}})
	s.When(drafter, disclosure.Redact{Part: r.Parts[0]}).Refused()
	t.Run("看不了的部分照原样给出", func(t *testing.T) {
		r := s.Given(drafter, disclosure.Attach{Texts: []disclosure.Text{{Name: "b", Bytes: []byte("x"), Plain: []byte("y"), Unreadable: "加密"}}})
		_, err := s.Text(context.Background(), s.Case, r.Parts[0])
		require.NoError(t, err)
	})
}

func TestProcessWithoutPublisherHoldsNothingUp(t *testing.T) {
	p, clock, store := chuxiong(t), disclosuretest.NewClock("2026-09-22"), disclosure.NewMemory()
	open := func(publishers map[string]disclosure.Publisher) *disclosure.Office {
		o, err := disclosure.Open(disclosure.Config{Tenant: "t", Profile: p, Store: store, Now: clock.Now, Publishers: publishers})
		require.NoError(t, err)
		return o
	}
	here := open(nil)
	ctx, n := context.Background(), 0
	var id disclosure.CaseID
	do := func(who workflow.Actor, c disclosure.Command) {
		n++
		r, err := here.Do(ctx, disclosure.Act{Key: string(rune('a' + n)), Actor: who, Case: id, Command: c})
		require.NoError(t, err)
		id = r.Case
	}
	do(drafter, disclosure.Register{Kind: "document", Title: "通知"})
	do(drafter, text("正文"))
	do(drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"})
	do(section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"})
	do(office, disclosure.Opine{On: "office-opinion", Words: "同意此件公开发布"})
	do(leader, disclosure.Opine{On: "leader-sign", Words: "同意"})
	do(drafter, disclosure.Take{On: "print"})
	do(office, disclosure.Take{On: "register"})
	do(office, disclosure.Take{On: "seal"})
	do(drafter, disclosure.Take{On: "hand-over"})
	do(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	do(publisher, disclosure.Release{On: "publish", Carriers: []string{"website"}})
	for range 6 {
		ds, err := here.Deliver(ctx, 10)
		require.NoError(t, err)
		require.Len(t, ds, 1)
		require.Error(t, ds[0].Err)
		clock.Sleep(time.Minute)
	}
	out := &counter{}
	ds, err := open(map[string]disclosure.Publisher{"website": out}).Deliver(ctx, 10)
	require.NoError(t, err)
	require.Len(t, ds, 1)
	require.NoError(t, ds[0].Err)
	assert.Equal(t, 1, out.n)
}

type counter struct{ n int }

func (c *counter) Publish(context.Context, disclosure.Publication) (disclosure.Published, error) {
	c.n++
	return disclosure.Published{}, nil
}

func TestAccountShowsWhatWasLookedAt(t *testing.T) {
	ctx := context.Background()
	s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
	s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"}, text("正文"))
	_, err := s.Account(ctx, disclosure.Act{Key: "one", Actor: office, Case: s.Case, Command: disclosure.Look{Seqs: []int64{1}, Why: "归档"}})
	require.ErrorIs(t, err, disclosure.ErrInvalid, "an account shows all records: a look at one of them is not enough")
	look := disclosure.Act{Key: "all", Actor: office, Case: s.Case, Command: disclosure.Look{Why: "归档"}}
	first, err := s.Account(ctx, look)
	require.NoError(t, err)
	s.Given(drafter, disclosure.Hear{From: "李四", Text: "有意见"})
	again, err := s.Account(ctx, look)
	require.NoError(t, err)
	assert.Len(t, again.Lines, len(first.Lines), "a look that is repeated shows nothing written since")
}

func TestErasureIsNotOnlyRecorded(t *testing.T) {
	s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
	s.Given(drafter, disclosure.Register{Kind: "document", Title: "关于张三的通知"})
	s.When(office, disclosure.Erasure{Seq: 1, Basis: privacyLaw}).Refused()
	_, err := s.Erase(context.Background(), disclosure.Act{Key: "e", Actor: office, Case: s.Case, Command: disclosure.Erasure{Seq: 1, Basis: privacyLaw}})
	require.NoError(t, err)
}

func TestKindsOfTheHostAreApart(t *testing.T) {
	_, err := disclosure.Open(disclosure.Config{Tenant: "t", Profile: chuxiong(t), Store: disclosure.NewMemory(),
		Kinds: []disclosure.CaseKind{{Kind: "visit", Personal: true}, {Kind: "visit"}}})
	require.ErrorIs(t, err, disclosure.ErrInvalid)
}
