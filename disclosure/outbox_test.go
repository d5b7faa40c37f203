package disclosure_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/secrecy"
)

// ordered is a public document whose release on the carriers has been ordered.
func ordered(t *testing.T, r disclosure.Release) *disclosuretest.Scenario {
	t.Helper()
	s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
	signed(s, "此件公开发布", "同意此件公开发布")
	printed(s)
	s.Given(drafter, disclosure.Take{On: "hand-over"})
	s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	r.On = "publish"
	s.Given(publisher, r)
	return s
}

func carriersOf(out []disclosure.Publication) []string {
	var c []string
	for _, p := range out {
		c = append(c, p.Carrier)
	}
	return c
}

func TestOutbox(t *testing.T) {
	ctx := context.Background()
	t.Run("HK-04 先内后外：前一载体有回执，后一载体才出门", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"portal", "website", "press"}, InOrder: true})
		for i, want := range []string{"portal", "website", "press"} {
			ds, err := s.Deliver(ctx, 10)
			require.NoError(t, err)
			require.Len(t, ds, 1)
			assert.Equal(t, want, carriersOf(s.Outside.Out)[i])
		}
		ds, err := s.Deliver(ctx, 10)
		require.NoError(t, err)
		assert.Empty(t, ds)
	})
	t.Run("同时发布的一起出门", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"portal", "website", "press"}, Together: true})
		ds, err := s.Deliver(ctx, 1)
		require.NoError(t, err)
		assert.Len(t, ds, 3, "a group is handed out whole")
	})
	t.Run("发布失败的稍后再试，不丢也不重", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
		s.Outside.Fault = errors.New("网站维护")
		ds, err := s.Deliver(ctx, 10)
		require.NoError(t, err)
		require.Len(t, ds, 1)
		require.Error(t, ds[0].Err)
		assert.False(t, ds[0].Final)
		ds, err = s.Deliver(ctx, 10)
		require.NoError(t, err)
		assert.Empty(t, ds, "not before a minute has passed")
		s.Outside.Fault = nil
		s.Clock.Sleep(time.Minute)
		require.Len(t, s.Delivered(), 1)
		require.Len(t, s.Outside.Out, 1)
	})
	t.Run("载体拒绝的由人处理", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
		s.Outside.Fault = disclosure.ErrRefusedByCarrier
		ds, err := s.Deliver(ctx, 10)
		require.NoError(t, err)
		assert.True(t, ds[0].Final)
	})
	t.Run("OA-10 指令之后换了附件，不再发出", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
		s.Given(drafter, disclosure.Attach{Kind: disclosure.Attachment, Texts: []disclosure.Text{{Name: "附件", Bytes: []byte("新的附件")}}})
		ds, err := s.Deliver(ctx, 10)
		require.NoError(t, err)
		require.Len(t, ds, 1)
		require.ErrorIs(t, ds[0].Err, disclosure.ErrRefused)
		assert.Empty(t, s.Outside.Out)
	})
	t.Run("撤下：公开视图不再有它", func(t *testing.T) {
		s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
		s.Delivered()
		_, err := s.Public().Item(ctx, s.Case)
		require.NoError(t, err)
		s.When(publisher, disclosure.TakeDown{On: "withdraw"}).Refused()
		s.When(publisher, disclosure.TakeDown{On: "withdraw", Reason: "内容有误"}).Then("release")
		s.Delivered()
		require.Len(t, s.Outside.Gone, 1)
		_, err = s.Public().Item(ctx, s.Case)
		require.ErrorIs(t, err, disclosure.ErrNotFound)
	})
}

func TestWithdrawnBeforeItWentOut(t *testing.T) {
	s := ordered(t, disclosure.Release{Carriers: []string{"website"}})
	s.Given(publisher, disclosure.TakeDown{On: "withdraw", Reason: "内容有误"})
	for range 4 {
		_, err := s.Deliver(context.Background(), 10)
		require.NoError(t, err)
		s.Clock.Sleep(time.Hour)
	}
	_, err := s.Public().Item(context.Background(), s.Case)
	require.ErrorIs(t, err, disclosure.ErrNotFound)
	assert.Empty(t, s.Outside.Out, "a release that was taken back never goes out")
}

// lost is a store that commits and then says that it does not know.
type lost struct {
	*disclosure.Memory
	times int
}

func (l *lost) Append(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	r, err := l.Memory.Append(ctx, b)
	if err == nil && len(b.Writes) > 0 && l.times > 0 {
		l.times--
		return disclosure.Receipt{}, disclosure.ErrUnknown
	}
	return r, err
}

func TestCommitUnknownIsAskedAgain(t *testing.T) {
	o, err := disclosure.Open(disclosure.Config{Tenant: "t", Profile: chuxiong(t), Store: &lost{disclosure.NewMemory(), 2}})
	require.NoError(t, err)
	r, err := o.Do(context.Background(), disclosure.Act{Key: "k", Actor: drafter, Command: disclosure.Register{Kind: "document", Title: "通知"}})
	require.NoError(t, err)
	c, err := o.Case(context.Background(), r.Case)
	require.NoError(t, err)
	assert.Len(t, c.Records, 1)
}

func TestErasedByLaw(t *testing.T) {
	ctx := context.Background()
	s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
	signed(s, "此件公开发布", "同意此件公开发布")
	before := s.Current()
	_, err := s.Erase(ctx, disclosure.Act{Key: "erase-1", Actor: office, Case: s.Case, Command: disclosure.Erasure{Seq: 1}})
	require.ErrorIs(t, err, disclosure.ErrRefused, "an erasure names its law")
	_, err = s.Erase(ctx, disclosure.Act{Key: "erase-2", Actor: office, Case: s.Case, Command: disclosure.Erasure{Seq: 1, Basis: privacyLaw, Reason: "本人要求"}})
	require.NoError(t, err)
	after := s.Current()
	assert.Equal(t, before.Stage, after.Stage)
	assert.Equal(t, before.Opinions, after.Opinions)
	assert.Empty(t, after.Title)
	page, err := s.Due(ctx, disclosure.DueQuery{})
	require.NoError(t, err)
	for _, item := range page.Items {
		assert.Empty(t, item.Title, "the index forgets it too")
	}
	faults, err := s.Verify(ctx, s.Case)
	require.NoError(t, err)
	assert.Empty(t, faults)
}

func TestWhoLookedIsRecorded(t *testing.T) {
	t.Run("OA-19 查阅个人信息先留记录，后显示", func(t *testing.T) {
		s := disclosuretest.New(t, chuxiong(t), "2026-09-22")
		s.Given(drafter, disclosure.Register{Kind: "document", Title: "通知"})
		_, err := s.Reveal(context.Background(), disclosure.Act{Key: "look-0", Actor: office, Case: s.Case, Command: disclosure.Look{}})
		require.ErrorIs(t, err, disclosure.ErrRefused)
		got, err := s.Reveal(context.Background(), disclosure.Act{Key: "look-1", Actor: office, Case: s.Case, Command: disclosure.Look{Why: "核对标题"}})
		require.NoError(t, err)
		assert.Contains(t, string(got[1]), "通知")
		last := s.Current().Records[1]
		assert.Equal(t, "read", last.Type)
		assert.Equal(t, "u-office", last.Actor)
	})
}
