package secrecy_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
)

var (
	reviewDay   = deadline.NewDate(2026, 9, 1)
	reviewParts = []secrecy.Part{{ID: "p-text", Digest: [32]byte{1}}, {ID: "p-annex", Digest: [32]byte{2}}, {ID: "p-image", Digest: [32]byte{3}}}
)

func openReview(t *testing.T, units ...string) secrecy.Review {
	t.Helper()
	r, err := secrecy.NewReview(reviewParts, units, nil)
	require.NoError(t, err)
	return r
}

// allAbsent answers every point with Absent but those given.
func allAbsent(but ...secrecy.Check) []secrecy.Check {
	var out []secrecy.Check
	for _, p := range secrecy.Checklist() {
		c := secrecy.Check{Point: p, Answer: secrecy.Absent}
		for _, b := range but {
			if b.Point == p {
				c = b
			}
		}
		out = append(out, c)
	}
	return out
}

func conclusion(unit string, v secrecy.Verdict, checks []secrecy.Check) secrecy.Conclusion {
	return secrecy.Conclusion{Unit: unit, Reviewer: "a-" + unit, On: reviewDay, Checks: checks, Verdict: v}
}

func mustConclude(t *testing.T, r secrecy.Review, c secrecy.Conclusion) secrecy.Review {
	t.Helper()
	r, err := r.Conclude(c)
	require.NoError(t, err)
	return r
}

func codeOf(t *testing.T, err error) string {
	t.Helper()
	var e *secrecy.Error
	require.ErrorAs(t, err, &e)
	return e.Code
}

func gapCodes(r secrecy.Review) []string {
	var out []string
	for _, g := range r.Gaps() {
		out = append(out, g.Code)
	}
	return out
}

func TestReviewBeforeDisclosure(t *testing.T) {
	t.Run("REG-17 CX-14 HK-12 没有审查就是没有审查", func(t *testing.T) {
		assert.Equal(t, secrecy.ReviewNone, secrecy.Review{}.State(reviewParts))
		assert.Equal(t, secrecy.Verdict(0), secrecy.Review{}.Verdict())
		assert.Equal(t, secrecy.ReviewUndetermined, openReview(t, "办公室").State(reviewParts))
		assert.Equal(t, "undetermined", secrecy.ReviewState(0).String())
	})
	t.Run("HK-12 八项逐项回答，审查人具名", func(t *testing.T) {
		r := openReview(t, "党政办")
		_, err := r.Conclude(secrecy.Conclusion{Unit: "党政办", On: reviewDay, Checks: allAbsent(), Verdict: secrecy.Clear})
		assert.Equal(t, "SE-304", codeOf(t, err))
		_, err = r.Conclude(secrecy.Conclusion{Unit: "党政办", Reviewer: "a-1", Checks: allAbsent(), Verdict: secrecy.Clear})
		assert.Equal(t, "SE-304", codeOf(t, err))
		r = mustConclude(t, r, conclusion("党政办", secrecy.Clear, allAbsent()))
		assert.Equal(t, secrecy.ReviewClear, r.State(reviewParts))
	})
	for i, p := range secrecy.Checklist() {
		t.Run("HK-12 "+p.Chinese()+"没有回答，未定", func(t *testing.T) {
			checks := allAbsent()
			r := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Clear, append(checks[:i:i], checks[i+1:]...)))
			assert.Equal(t, secrecy.Verdict(0), r.Verdict())
			require.Len(t, r.Gaps(), 1)
			assert.Equal(t, p, r.Gaps()[0].Point)
			assert.Equal(t, "SE-312", r.Gaps()[0].Code)
		})
		t.Run("HK-12 有"+p.Chinese()+"，不得公开，也不能写成可以公开", func(t *testing.T) {
			present := allAbsent(secrecy.Check{Point: p, Answer: secrecy.Present, Reason: "第三段", Ground: law.GovInfoRegulation2019.Art(16).Para(1)})
			r := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Blocked, present))
			assert.Equal(t, secrecy.ReviewBlocked, r.State(reviewParts))
			_, err := openReview(t, "党政办").Conclude(conclusion("党政办", secrecy.Clear, present))
			assert.Equal(t, "SE-305", codeOf(t, err))
		})
	}
	t.Run("审查人没有写结论，未定", func(t *testing.T) {
		r := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", 0, allAbsent()))
		assert.Equal(t, []string{"SE-311"}, gapCodes(r))
	})
	t.Run("逐项都没有而结论是不得公开，要有理由", func(t *testing.T) {
		c := conclusion("党政办", secrecy.Blocked, allAbsent())
		_, err := openReview(t, "党政办").Conclude(c)
		assert.Equal(t, "SE-315", codeOf(t, err))
		c.Reason = "与其他材料汇集后可能涉密"
		assert.Equal(t, secrecy.Blocked, mustConclude(t, openReview(t, "党政办"), c).Verdict())
	})
	t.Run("BB-02 行业秘密列入清单，任何载体不得公开", func(t *testing.T) {
		points := append(secrecy.Checklist(), secrecy.IndustrySecret)
		r, err := secrecy.NewReview(reviewParts, []string{"公开办"}, points)
		require.NoError(t, err)
		missing := mustConclude(t, r, conclusion("公开办", secrecy.Clear, allAbsent()))
		assert.Equal(t, []string{"SE-312"}, gapCodes(missing))
		present := append(allAbsent(), secrecy.Check{Point: secrecy.IndustrySecret, Answer: secrecy.Present})
		for _, release := range []secrecy.Release{secrecy.Consent, secrecy.PublicInterest, secrecy.NoHarm} {
			present[8].Release, present[8].Reason, present[8].Evidence, present[8].Source, present[8].Decider = release, "理由", "e", secrecy.Asked, "a"
			blocked := mustConclude(t, r, conclusion("公开办", secrecy.Blocked, present))
			assert.Equal(t, secrecy.Blocked, blocked.Verdict(), "nothing releases an industry secret")
		}
	})
	t.Run("清单可以加不可以减", func(t *testing.T) {
		_, err := secrecy.NewReview(reviewParts, []string{"党政办"}, secrecy.Checklist()[1:])
		assert.Equal(t, "SE-303", codeOf(t, err))
	})
}

func TestReviewThirdParties(t *testing.T) {
	with := func(c secrecy.Check) (secrecy.Review, error) {
		return openReview(t, "党政办").Conclude(conclusion("党政办", secrecy.Clear, allAbsent(c)))
	}
	for _, p := range []secrecy.Point{secrecy.TradeSecret, secrecy.Privacy} {
		name := p.Chinese()
		for _, source := range []secrecy.Source{secrecy.Agreement, secrecy.Declaration, secrecy.Asked} {
			t.Run("HK-13 BB-02 "+name+"经权利人同意可以公开，同意有出处："+source.String(), func(t *testing.T) {
				r, err := with(secrecy.Check{Point: p, Answer: secrecy.Present, Release: secrecy.Consent, Source: source, Evidence: "e-1"})
				require.NoError(t, err)
				assert.Equal(t, secrecy.Clear, r.Verdict())
			})
		}
		t.Run("HK-13 "+name+"没有同意的凭据，不算同意", func(t *testing.T) {
			_, err := with(secrecy.Check{Point: p, Answer: secrecy.Present, Release: secrecy.Consent, Source: secrecy.Asked})
			assert.Equal(t, "SE-317", codeOf(t, err))
			_, err = with(secrecy.Check{Point: p, Answer: secrecy.Present, Release: secrecy.Consent, Evidence: "e-1"})
			assert.Equal(t, "SE-317", codeOf(t, err))
		})
		t.Run("HK-13 BB-02 "+name+"不公开对公共利益有重大影响，有决定人和书面告知", func(t *testing.T) {
			c := secrecy.Check{Point: p, Answer: secrecy.Present, Release: secrecy.PublicInterest, Reason: "涉及饮用水安全", Decider: "a-9"}
			_, err := with(c)
			assert.Equal(t, "SE-318", codeOf(t, err))
			c.Evidence = "e-notice"
			r, err := with(c)
			require.NoError(t, err)
			assert.Equal(t, secrecy.Clear, r.Verdict())
			c.Decider = ""
			_, err = with(c)
			assert.Equal(t, "SE-318", codeOf(t, err))
		})
		t.Run("HK-13 "+name+"第三方沉默，由机关决定并说明理由", func(t *testing.T) {
			c := secrecy.Check{Point: p, Answer: secrecy.Present, Release: secrecy.NoHarm}
			_, err := with(c)
			assert.Equal(t, "SE-315", codeOf(t, err))
			c.Reason = "合同金额已在中标公告中公开"
			r, err := with(c)
			require.NoError(t, err)
			assert.Equal(t, secrecy.Clear, r.Verdict())
		})
	}
	for _, p := range []secrecy.Point{secrecy.StateSecret, secrecy.NationalSecurity, secrecy.PublicSecurity, secrecy.EconomicSecurity, secrecy.SocialStability} {
		t.Run("谁同意也不能公开："+p.Chinese(), func(t *testing.T) {
			for _, release := range []secrecy.Release{secrecy.Consent, secrecy.PublicInterest, secrecy.NoHarm} {
				_, err := with(secrecy.Check{Point: p, Answer: secrecy.Present, Release: release, Source: secrecy.Asked, Evidence: "e", Decider: "a", Reason: "r"})
				assert.Equal(t, "SE-305", codeOf(t, err))
			}
		})
	}
	t.Run("OA-00 工作秘密不是理由：归到十四至十六条，或者开放", func(t *testing.T) {
		c := secrecy.Check{Point: secrecy.WorkSecret, Answer: secrecy.Present, Reason: "内部流转"}
		r := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Blocked, allAbsent(c)))
		assert.Equal(t, secrecy.Blocked, r.Verdict(), "the reviewer answers for it")
		r = mustConclude(t, openReview(t, "党政办"), conclusion("党政办", 0, allAbsent(c)))
		assert.Contains(t, gapCodes(r), "SE-316")
		c.Ground = law.StateSecretsLaw2024.Art(64)
		r = mustConclude(t, openReview(t, "党政办"), conclusion("党政办", 0, allAbsent(c)))
		assert.Contains(t, gapCodes(r), "SE-316", "保密法第六十四条不是不予公开的理由")
		c.Ground = law.GovInfoRegulation2019.Art(16).Para(2)
		r = mustConclude(t, openReview(t, "党政办"), conclusion("党政办", 0, allAbsent(c)))
		assert.Equal(t, secrecy.Blocked, r.Verdict())
		c.Ground, c.Release = law.Citation{}, secrecy.NoHarm
		r, err := with(c)
		require.NoError(t, err)
		assert.Equal(t, secrecy.Clear, r.Verdict())
	})
}

func TestReviewBySigningUnits(t *testing.T) {
	t.Run("HK-14 一家不表态，未定", func(t *testing.T) {
		r := openReview(t, "管委会", "市住建局", "市财政局")
		r = mustConclude(t, r, conclusion("管委会", secrecy.Clear, allAbsent()))
		r = mustConclude(t, r, conclusion("市财政局", secrecy.Clear, allAbsent()))
		assert.Equal(t, secrecy.ReviewUndetermined, r.State(reviewParts))
		require.Len(t, r.Gaps(), 1)
		assert.Equal(t, "市住建局", r.Gaps()[0].Unit)
		r = mustConclude(t, r, conclusion("市住建局", secrecy.Clear, allAbsent()))
		assert.Equal(t, secrecy.ReviewClear, r.State(reviewParts))
	})
	t.Run("HK-14 一家不同意，不得公开，不等其他", func(t *testing.T) {
		r := openReview(t, "管委会", "市住建局")
		r = mustConclude(t, r, conclusion("管委会", secrecy.Blocked, allAbsent(secrecy.Check{Point: secrecy.StateSecret, Answer: secrecy.Present})))
		assert.Equal(t, secrecy.ReviewBlocked, r.State(reviewParts))
	})
	t.Run("HK-14 没有署名盖章的单位不能下结论", func(t *testing.T) {
		_, err := openReview(t, "管委会").Conclude(conclusion("市水务局", secrecy.Clear, allAbsent()))
		assert.Equal(t, "SE-302", codeOf(t, err))
	})
	t.Run("HK-14 同一单位后一结论为准，前一结论留存", func(t *testing.T) {
		r := openReview(t, "管委会")
		r = mustConclude(t, r, conclusion("管委会", secrecy.Blocked, allAbsent(secrecy.Check{Point: secrecy.Privacy, Answer: secrecy.Present, Reason: "附件二有住址"})))
		r = mustConclude(t, r, conclusion("管委会", secrecy.Clear, allAbsent()))
		assert.Equal(t, secrecy.Clear, r.Verdict())
		assert.Len(t, r.Conclusions, 2)
	})
	t.Run("单位为零、重名", func(t *testing.T) {
		for _, units := range [][]string{nil, {""}, {"甲", "甲"}} {
			_, err := secrecy.NewReview(reviewParts, units, nil)
			assert.Equal(t, "SE-302", codeOf(t, err))
		}
	})
}

func TestReviewReferrals(t *testing.T) {
	unsure := func(p secrecy.Point) secrecy.Conclusion {
		return conclusion("党政办", secrecy.Clear, allAbsent(secrecy.Check{Point: p, Answer: secrecy.Unsure}))
	}
	toAuthority := secrecy.Referral{Kind: secrecy.ToAuthority, Point: secrecy.SocialStability, To: "海口市政府办公厅", By: "a-1", On: reviewDay}
	classification := secrecy.Referral{Kind: secrecy.Classification, Point: secrecy.StateSecret, To: "省保密行政管理部门", By: "a-1", On: reviewDay, Level: secrecy.Confidential}

	t.Run("HK-15 不能确定的报有关部门，没有法定期限", func(t *testing.T) {
		r := mustConclude(t, openReview(t, "党政办"), unsure(secrecy.SocialStability))
		assert.Equal(t, []string{"SE-313"}, gapCodes(r))
		r, err := r.Refer(toAuthority)
		require.NoError(t, err)
		assert.Equal(t, secrecy.ReviewUndetermined, r.State(reviewParts))
		due, err := r.Referrals[0].Due(deadline.China())
		require.NoError(t, err)
		assert.True(t, due.IsZero())
		assert.Equal(t, "SE-314", codeOf(t, r.MayRender()))

		clear, err := r.Reply(secrecy.SocialStability, secrecy.Clear, reviewDay.AddDays(90), "海府办函〔2026〕7号")
		require.NoError(t, err)
		assert.Equal(t, secrecy.ReviewClear, clear.State(reviewParts))
		assert.NoError(t, clear.MayRender())
		blocked, err := r.Reply(secrecy.SocialStability, secrecy.Blocked, reviewDay.AddDays(90), "海府办函〔2026〕8号")
		require.NoError(t, err)
		assert.Equal(t, secrecy.ReviewBlocked, blocked.State(reviewParts))
		assert.True(t, r.Referrals[0].Open(), "the earlier value is unchanged")
	})
	t.Run("HK-15 密级不明确的先拟定密级，十个工作日内报，十个工作日内定", func(t *testing.T) {
		r := mustConclude(t, openReview(t, "党政办"), unsure(secrecy.StateSecret))
		noLevel := classification
		noLevel.Level = 0
		_, err := r.Refer(noLevel)
		assert.Equal(t, "SE-307", codeOf(t, err))
		r, err = r.Refer(classification)
		require.NoError(t, err)
		due, err := r.Referrals[0].Due(deadline.China())
		require.NoError(t, err)
		assert.Equal(t, "2026-09-15", due.String(), "2026-09-01 and ten working days")
		assert.Equal(t, law.StateSecretsRegulation2024.Art(25).Para(1), r.Referrals[0].DueBasis())
		assert.Equal(t, "SE-314", codeOf(t, r.MayRender()))

		r, err = r.Receive(secrecy.StateSecret, deadline.NewDate(2026, 9, 15))
		require.NoError(t, err)
		due, err = r.Referrals[0].Due(deadline.China())
		require.NoError(t, err)
		assert.Equal(t, "2026-09-29", due.String(), "2026-09-20 is a make-up working day, the 25th a holiday")
		assert.Equal(t, law.StateSecretsRegulation2024.Art(25).Para(2), r.Referrals[0].DueBasis())

		r, err = r.Reply(secrecy.StateSecret, secrecy.Blocked, deadline.NewDate(2026, 9, 20), "琼保〔2026〕1号")
		require.NoError(t, err)
		assert.Equal(t, secrecy.ReviewBlocked, r.State(reviewParts))
		assert.Equal(t, "SE-308", codeOf(t, r.MayRender()))
		due, err = r.Referrals[0].Due(deadline.China())
		require.NoError(t, err)
		assert.True(t, due.IsZero())
	})
	t.Run("HK-15 期限未确定时报日历的错误", func(t *testing.T) {
		f := classification
		f.On = deadline.NewDate(2026, 12, 25)
		_, err := f.Due(deadline.China())
		assert.ErrorIs(t, err, deadline.ErrUnsettled)
	})
	t.Run("HK-15 报送缺项", func(t *testing.T) {
		for name, change := range map[string]func(*secrecy.Referral){
			"没有机关":   func(f *secrecy.Referral) { f.To = "" },
			"没有审查人":  func(f *secrecy.Referral) { f.By = "" },
			"没有日期":   func(f *secrecy.Referral) { f.On = deadline.Date{} },
			"没有种类":   func(f *secrecy.Referral) { f.Kind = 0 },
			"没有事项":   func(f *secrecy.Referral) { f.Point = 0 },
			"不当拟密级":  func(f *secrecy.Referral) { f.Level = secrecy.Secret },
			"先答复后报送": func(f *secrecy.Referral) { f.Received = f.On.AddDays(-1) },
			"带着答复报送": func(f *secrecy.Referral) { f.Answered, f.Answer = f.On, secrecy.Clear },
		} {
			t.Run(name, func(t *testing.T) {
				f := toAuthority
				change(&f)
				_, err := openReview(t, "党政办").Refer(f)
				assert.Equal(t, "SE-307", codeOf(t, err))
			})
		}
		r, err := openReview(t, "党政办").Refer(toAuthority)
		require.NoError(t, err)
		_, err = r.Refer(toAuthority)
		assert.Equal(t, "SE-307", codeOf(t, err), "twice")
		_, err = r.Reply(secrecy.Privacy, secrecy.Clear, reviewDay, "x")
		assert.Equal(t, "SE-307", codeOf(t, err), "nothing referred on privacy")
		_, err = r.Reply(secrecy.SocialStability, 0, reviewDay, "x")
		assert.Equal(t, "SE-307", codeOf(t, err), "no answer is no answer")
	})
	t.Run("有国家秘密的，不得在非涉密系统上制作删减稿", func(t *testing.T) {
		r := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Blocked, allAbsent(secrecy.Check{Point: secrecy.StateSecret, Answer: secrecy.Present})))
		assert.Equal(t, "SE-308", codeOf(t, r.MayRender()))
	})
}

func TestReviewBinding(t *testing.T) {
	r := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Clear, allAbsent()))
	t.Run("OA-10 次序无关", func(t *testing.T) {
		assert.Equal(t, secrecy.ReviewClear, r.State([]secrecy.Part{reviewParts[2], reviewParts[0], reviewParts[1]}))
	})
	changed := map[string][]secrecy.Part{
		"少一个附件":   reviewParts[:2],
		"多一个附件":   append(append([]secrecy.Part{}, reviewParts...), secrecy.Part{ID: "p-4"}),
		"附件改了一字":  {reviewParts[0], {ID: "p-annex", Digest: [32]byte{9}}, reviewParts[2]},
		"附件换了版本号": {reviewParts[0], {ID: "p-annex-2", Digest: [32]byte{2}}, reviewParts[2]},
		"内容互换":    {{ID: "p-text", Digest: [32]byte{2}}, {ID: "p-annex", Digest: [32]byte{1}}, reviewParts[2]},
		"一无所有":    nil,
		"编号重复":    {reviewParts[0], reviewParts[0], reviewParts[2]},
	}
	for name, parts := range changed {
		t.Run("OA-10 任何变动使审查失效："+name, func(t *testing.T) {
			assert.Equal(t, secrecy.ReviewStale, r.State(parts))
		})
	}
	t.Run("边界不会混淆", func(t *testing.T) {
		a, err := secrecy.Bind([]secrecy.Part{{ID: "ab"}, {ID: "c"}})
		require.NoError(t, err)
		b, err := secrecy.Bind([]secrecy.Part{{ID: "a"}, {ID: "bc"}})
		require.NoError(t, err)
		assert.NotEqual(t, a, b)
	})
	t.Run("绑定的文字往返", func(t *testing.T) {
		text, err := r.Binding.MarshalText()
		require.NoError(t, err)
		var back secrecy.Binding
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, r.Binding, back)
		assert.Error(t, back.UnmarshalText(text[1:]))
		assert.Error(t, back.UnmarshalText(append(text, '0', '0')))
		assert.Equal(t, r.Binding, back, "unchanged on error")
	})
}

func TestReviewJSON(t *testing.T) {
	r := openReview(t, "党政办", "市财政局")
	r = mustConclude(t, r, conclusion("党政办", secrecy.Clear, allAbsent(
		secrecy.Check{Point: secrecy.Privacy, Answer: secrecy.Present, Release: secrecy.Consent, Source: secrecy.Declaration, Evidence: "e-1"},
		secrecy.Check{Point: secrecy.SocialStability, Answer: secrecy.Unsure})))
	r, err := r.Refer(secrecy.Referral{Kind: secrecy.ToAuthority, Point: secrecy.SocialStability, To: "市政府办公厅", By: "a-1", On: reviewDay})
	require.NoError(t, err)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var back secrecy.Review
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, r, back)

	t.Run("读回来的自相矛盾不算数", func(t *testing.T) {
		forged := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Blocked, allAbsent(secrecy.Check{Point: secrecy.Privacy, Answer: secrecy.Present, Reason: "住址"})))
		forged.Conclusions[0].Verdict = secrecy.Clear
		assert.Equal(t, secrecy.Verdict(0), forged.Verdict())
		assert.Equal(t, []string{"SE-305"}, gapCodes(forged))
		nameless := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Clear, allAbsent()))
		nameless.Conclusions[0].Reviewer = ""
		assert.Equal(t, secrecy.Verdict(0), nameless.Verdict())
		short := mustConclude(t, openReview(t, "党政办"), conclusion("党政办", secrecy.Clear, allAbsent()))
		short.Points = secrecy.Checklist()[:1]
		assert.Equal(t, secrecy.Verdict(0), short.Verdict())
	})
	for _, bad := range []string{`{"conclusions":[{"verdict":"yes"}]}`, `{"points":["x"]}`, `{"referrals":[{"kind":"x"}]}`, `{"conclusions":[{"checks":[{"answer":"no"}]}]}`} {
		assert.Error(t, json.Unmarshal([]byte(bad), new(secrecy.Review)), bad)
	}
}

func TestReviewExplains(t *testing.T) {
	r := openReview(t, "党政办", "市财政局", "市住建局")
	r = mustConclude(t, r, conclusion("党政办", secrecy.Clear, allAbsent(
		secrecy.Check{Point: secrecy.Privacy, Answer: secrecy.Present, Release: secrecy.Consent, Source: secrecy.Asked, Evidence: "e-1"},
		secrecy.Check{Point: secrecy.SocialStability, Answer: secrecy.Unsure})))
	r = mustConclude(t, r, conclusion("市财政局", 0, allAbsent(secrecy.Check{Point: secrecy.WorkSecret, Answer: secrecy.Present, Reason: "内部流转"})))
	r, err := r.Refer(secrecy.Referral{Kind: secrecy.ToAuthority, Point: secrecy.SocialStability, To: "海口市政府办公厅", By: "a-1", On: reviewDay})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"保密审查：未定",
		"党政办：可以公开（审查人王芳，2026年9月1日）",
		"　涉及个人隐私，权利人同意公开",
		"市财政局：未定（审查人a-市财政局，2026年9月1日）",
		"　涉及工作秘密：内部流转",
		"市住建局：未表态",
		"报请海口市政府办公厅确定社会稳定（2026年9月1日）：未答复",
		"尚缺：报请确定·社会稳定：已报请确定，尚未答复（《中华人民共和国政府信息公开条例》第十七条第三款）",
		"尚缺：党政办·社会稳定：不能确定，应当报有关主管部门或者保密行政管理部门确定（《中华人民共和国政府信息公开条例》第十四条）",
		"尚缺：市财政局·工作秘密：工作秘密不是不予公开的理由：写明属于条例第十四、十五、十六条的哪一条，或者公开（《中华人民共和国保守国家秘密法》第六十四条）",
		"尚缺：市财政局：没有作出审查结论（《中华人民共和国保守国家秘密法实施条例》第四十二条）",
		"尚缺：市住建局：没有作出审查结论（《中华人民共和国保守国家秘密法实施条例》第四十二条）",
	}, r.Explain(func(id string) string {
		if id == "a-党政办" {
			return "王芳"
		}
		return id
	}))
	for _, g := range r.Gaps() {
		assert.True(t, strings.HasPrefix(g.String(), g.Code), g.String())
		assert.NotContains(t, g.Chinese(), "：（", "every code has its words")
	}
}

// reviewTwin says what a review amounts to the plain way: count who has said
// what, last word first.
func reviewTwin(r secrecy.Review) secrecy.Verdict {
	decided := map[secrecy.Point]secrecy.Verdict{}
	open := false
	for _, f := range r.Referrals {
		if f.Answered.IsZero() {
			open = true
		} else {
			decided[f.Point] = f.Answer
		}
	}
	blocked, settled := false, !open
	for _, v := range decided {
		blocked = blocked || v == secrecy.Blocked
	}
	for _, unit := range r.Units {
		var last *secrecy.Conclusion
		for i := range r.Conclusions {
			if r.Conclusions[i].Unit == unit {
				last = &r.Conclusions[i]
			}
		}
		if last == nil {
			settled = false
			continue
		}
		blocked = blocked || last.Verdict == secrecy.Blocked
		settled = settled && last.Verdict != 0
		for _, p := range secrecy.Checklist() {
			i := slices.IndexFunc(last.Checks, func(k secrecy.Check) bool { return k.Point == p })
			if i < 0 {
				settled = false
				continue
			}
			k := last.Checks[i]
			third := p == secrecy.TradeSecret || p == secrecy.Privacy
			switch {
			case k.Answer == secrecy.Absent:
			case k.Answer == secrecy.Unsure && decided[p] != 0: // counted above
			case k.Answer != secrecy.Present:
				settled = false
			case p == secrecy.StateSecret:
				blocked = true
			case k.Release == secrecy.Consent && third:
				settled = settled && k.Source != 0 && k.Evidence != ""
			case k.Reason == "":
				settled = false
			case k.Release == secrecy.NoHarm && (third || p == secrecy.WorkSecret):
			case k.Release == secrecy.PublicInterest && third:
				settled = settled && k.Decider != "" && k.Evidence != ""
			case p == secrecy.WorkSecret && k.Release == 0 && (k.Ground.Article < 14 || k.Ground.Article > 16):
				settled = false
			default:
				blocked = true
			}
		}
	}
	switch {
	case blocked:
		return secrecy.Blocked
	case settled:
		return secrecy.Clear
	}
	return 0
}

func TestReviewAgainstItsTwin(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	pick := func(values ...string) string { return values[rnd.IntN(len(values))] }
	counts := map[secrecy.Verdict]int{}
	for range 20_000 {
		units := []string{"甲", "乙", "丙"}[:1+rnd.IntN(3)]
		r := openReview(t, units...)
		for range rnd.IntN(5) {
			checks := allAbsent()
			for range rnd.IntN(3) {
				k := &checks[rnd.IntN(len(checks))]
				k.Answer, k.Release, k.Source = secrecy.Answer(rnd.IntN(4)), secrecy.Release(rnd.IntN(4)), secrecy.Source(rnd.IntN(4))
				k.Reason, k.Evidence, k.Decider = pick("", "r"), pick("", "e"), pick("", "d")
				k.Ground = law.GovInfoRegulation2019.Art(0)
				k.Ground.Article = 12 + rnd.IntN(6)
			}
			if rnd.IntN(6) == 0 {
				checks = checks[1:]
			}
			c := conclusion(units[rnd.IntN(len(units))], secrecy.Verdict(rnd.IntN(3)), checks)
			c.Reason = pick("", "r", "r")
			if next, err := r.Conclude(c); err == nil {
				r = next
			}
		}
		for range rnd.IntN(3) {
			p := secrecy.Checklist()[rnd.IntN(8)]
			f := secrecy.Referral{Kind: secrecy.ToAuthority, Point: p, To: "x", By: "y", On: reviewDay}
			if next, err := r.Refer(f); err == nil {
				r = next
			}
			if rnd.IntN(2) == 0 {
				if next, err := r.Reply(p, secrecy.Verdict(1+rnd.IntN(2)), reviewDay, "1"); err == nil {
					r = next
				}
			}
		}
		require.Equal(t, reviewTwin(r), r.Verdict(), "%+v", r)
		require.Equal(t, r.Verdict() == 0, len(r.Gaps()) > 0, "undetermined says what is missing, and only then")
		counts[r.Verdict()]++
	}
	for _, v := range []secrecy.Verdict{0, secrecy.Clear, secrecy.Blocked} {
		assert.Greater(t, counts[v], 300, "%s is met often enough to mean something", v)
	}
}
