package secrecy_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
)

func day(s string) deadline.Date { return deadline.MustParseDate(s) }

func TestTerm(t *testing.T) {
	issued := day("2016-02-29")
	for _, c := range []struct {
		situation string
		term      secrecy.Term
		last      string
	}{
		{"绝密没有写期限，三十年", secrecy.Term{Level: secrecy.TopSecret, Issued: issued}, "2046-02-28"},
		{"机密没有写期限，二十年", secrecy.Term{Level: secrecy.Secret, Issued: issued}, "2036-02-29"},
		{"秘密没有写期限，十年", secrecy.Term{Level: secrecy.Confidential, Issued: issued}, "2026-02-28"},
		{"秘密★5年", secrecy.Term{Level: secrecy.Confidential, Issued: issued, Years: 5}, "2021-02-28"},
		{"秘密★6个月", secrecy.Term{Level: secrecy.Confidential, Issued: issued, Months: 6}, "2016-08-29"},
		{"解密时间", secrecy.Term{Level: secrecy.Secret, Issued: issued, Until: day("2027-05-11")}, "2027-05-11"},
		{"解密条件未成就", secrecy.Term{Level: secrecy.Secret, Issued: issued, Condition: "会议开始前"}, ""},
		{"解密条件成就", secrecy.Term{Level: secrecy.Secret, Issued: issued, Condition: "会议开始前", Met: day("2016-03-10")}, "2016-03-09"},
		{"正式公布即视为解密", secrecy.Term{Level: secrecy.Secret, Issued: issued, Years: 20, Lifted: day("2018-01-01")}, "2017-12-31"},
		{"超过上限的期限不算数", secrecy.Term{Level: secrecy.Confidential, Issued: issued, Years: 11}, ""},
	} {
		t.Run("REG-14a "+c.situation, func(t *testing.T) {
			last := c.term.Last()
			assert.Equal(t, c.last, last.String())
			if !last.IsZero() {
				assert.Equal(t, secrecy.InTerm, c.term.State(last))
				assert.Equal(t, secrecy.TermOver, c.term.State(last.AddDays(1)))
			} else {
				assert.Equal(t, secrecy.InTerm, c.term.State(day("2099-12-31")), "kept until somebody decides")
			}
		})
	}
	for _, c := range []struct {
		situation string
		term      secrecy.Term
		code      string
	}{
		{"秘密最长十年", secrecy.Term{Level: secrecy.Confidential, Issued: issued, Years: 10, Months: 1}, "SE-705"},
		{"机密最长二十年", secrecy.Term{Level: secrecy.Secret, Issued: issued, Until: day("2036-03-01")}, "SE-705"},
		{"绝密最长三十年", secrecy.Term{Level: secrecy.TopSecret, Issued: issued, Years: 31}, "SE-705"},
		{"期限大得离谱", secrecy.Term{Level: secrecy.TopSecret, Issued: issued, Years: 1 << 30}, "SE-705"},
		{"没有制发日", secrecy.Term{Level: secrecy.Secret, Years: 5}, "SE-704"},
		{"负的期限", secrecy.Term{Level: secrecy.Secret, Issued: issued, Years: -1}, "SE-703"},
		{"又有期限又有条件", secrecy.Term{Level: secrecy.Secret, Issued: issued, Years: 1, Condition: "任命公布前"}, "SE-702"},
		{"没有这个密级", secrecy.Term{Level: 9, Issued: issued}, "SE-701"},
	} {
		t.Run(c.situation, func(t *testing.T) {
			err := c.term.Check()
			assert.Equal(t, c.code, codeOf(t, err))
			assert.ErrorIs(t, err, secrecy.ErrRefused)
		})
	}
	t.Run("上限当日为止", func(t *testing.T) {
		assert.NoError(t, secrecy.Term{Level: secrecy.Confidential, Issued: issued, Years: 10}.Check())
		assert.NoError(t, secrecy.Term{Level: secrecy.Secret, Issued: issued, Until: day("2036-02-29")}.Check())
	})
	t.Run("另有规定的可以更长", func(t *testing.T) {
		long := secrecy.Term{Level: secrecy.Secret, Issued: issued, Years: 25, Exception: secrecy.Named{Title: "某保密事项范围", Class: law.Normative}}
		assert.NoError(t, long.Check())
		assert.Equal(t, "2041-02-28", long.Last().String())
	})
	t.Run("没有密级就没有期限", func(t *testing.T) {
		assert.Equal(t, secrecy.NotClassified, secrecy.Term{}.State(day("2026-01-01")))
		assert.NoError(t, secrecy.Term{}.Check())
		assert.Zero(t, secrecy.Level(9).MaxYears())
		assert.Equal(t, secrecy.Classified(0), secrecy.Term{Level: secrecy.Secret, Issued: issued}.State(deadline.Date{}))
	})
	t.Run("往返", func(t *testing.T) {
		term := secrecy.Term{Level: secrecy.Secret, Issued: issued, Until: day("2027-05-11")}
		data, err := json.Marshal(term)
		require.NoError(t, err)
		assert.JSONEq(t, `{"level":"secret","issued":"2016-02-29","until":"2027-05-11"}`, string(data))
		var back secrecy.Term
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, term, back)
	})
}

func TestReassessments(t *testing.T) {
	today := day("2026-11-24")
	secret := secrecy.Term{Level: secrecy.Secret, Issued: day("2020-03-01"), Years: 10}
	list := func(h secrecy.Holding, rules *secrecy.LifeRules) []secrecy.Reassessment {
		h.ID = "d-1"
		return secrecy.Reassessments([]secrecy.Holding{h}, today, rules)
	}
	occasions := func(rs []secrecy.Reassessment) (out []secrecy.Occasion) {
		for _, r := range rs {
			out = append(out, r.Occasion)
			assert.False(t, r.Occasion.Basis().IsZero())
			assert.NotEmpty(t, r.Occasion.Chinese())
		}
		return out
	}
	t.Run("保密法24条 每年审核：上年审核过，今年12月31日前", func(t *testing.T) {
		got := list(secrecy.Holding{Term: secret, Audited: day("2025-12-30")}, nil)
		require.Equal(t, []secrecy.Occasion{secrecy.YearlyReview}, occasions(got))
		assert.Equal(t, "2026-12-31", got[0].Due.String())
		assert.Equal(t, law.Own, got[0].Reading.Instrument)
	})
	t.Run("保密法24条 今年审核过，不再列", func(t *testing.T) {
		assert.Empty(t, list(secrecy.Holding{Term: secret, Audited: day("2026-01-05")}, nil))
	})
	t.Run("保密法24条 多年没有审核，列在最早欠的一年", func(t *testing.T) {
		got := list(secrecy.Holding{Term: secret}, nil)
		assert.Equal(t, "2021-12-31", got[0].Due.String())
		assert.True(t, got[0].Due.Before(today), "overdue")
	})
	t.Run("保密法24条 期满前决定是否延长", func(t *testing.T) {
		h := secrecy.Holding{Term: secrecy.Term{Level: secrecy.Confidential, Issued: day("2017-01-10"), Years: 10}, Audited: day("2026-03-01")}
		got := list(h, nil)
		require.Equal(t, []secrecy.Occasion{secrecy.TermEnding}, occasions(got))
		assert.Equal(t, "2027-01-10", got[0].Due.String())
		assert.Empty(t, list(h, &secrecy.LifeRules{AheadDays: 30}))
	})
	t.Run("REG-14a REG-18 期满只上评估清单，不上网", func(t *testing.T) {
		h := secrecy.Holding{Term: secrecy.Term{Level: secrecy.Confidential, Issued: day("2016-11-23"), Years: 10}}
		got := list(h, nil)
		require.Equal(t, []secrecy.Occasion{secrecy.TermEnded}, occasions(got))
		assert.Equal(t, "2026-11-24", got[0].Due.String())
		h.Assessed = today
		assert.Empty(t, list(h, nil), "assessed since")
		h.Assessed = day("2026-11-23")
		assert.Len(t, list(h, nil), 1, "assessed on the last day of the term is before its end")
		a := secrecy.Assess(with(plain(secrecy.Proactive), func(f *secrecy.Facts) { f.Classified = h.Term.State(today) }))
		assert.Contains(t, remarks(a), "SE-404", "still to be reviewed")
		r, err := secrecy.NewReview(reviewParts, []string{"办公室"}, nil)
		require.NoError(t, err)
		assert.Equal(t, secrecy.ReviewUndetermined, r.State(reviewParts), "expiry is no review")
	})
	for _, attribute := range []secrecy.Attribute{secrecy.Withheld, secrecy.Redacted} {
		t.Run("REG-18 CX-13 "+attribute.Chinese()+"的定期评估审查", func(t *testing.T) {
			h := secrecy.Holding{Attribute: attribute, Determined: day("2025-12-01")}
			got := list(h, nil)
			require.Equal(t, []secrecy.Occasion{secrecy.Periodic}, occasions(got))
			assert.Equal(t, "2026-12-01", got[0].Due.String())
			assert.Equal(t, law.Own, got[0].Reading.Instrument, "条例没有写间隔")
			h.Assessed = day("2026-10-01")
			assert.Empty(t, list(h, nil))
			got = list(h, &secrecy.LifeRules{EveryMonths: 3})
			assert.Equal(t, "2027-01-01", got[0].Due.String())
		})
	}
	t.Run("CX-13 没有日期的现在就看", func(t *testing.T) {
		got := list(secrecy.Holding{Attribute: secrecy.Withheld}, nil)
		require.Len(t, got, 1)
		assert.Equal(t, today, got[0].Due)
	})
	t.Run("公开的和依申请公开的不在清单上", func(t *testing.T) {
		assert.Empty(t, list(secrecy.Holding{Attribute: secrecy.Public, Determined: day("2010-01-01")}, nil))
		assert.Empty(t, list(secrecy.Holding{Attribute: secrecy.OnRequest, Determined: day("2010-01-01")}, nil))
	})
	t.Run("标注不合规定的先更正", func(t *testing.T) {
		got := list(secrecy.Holding{Term: secrecy.Term{Level: secrecy.Confidential, Issued: day("2026-01-01"), Years: 30}}, nil)
		assert.Equal(t, []secrecy.Occasion{secrecy.TermFaulty}, occasions(got))
	})
	t.Run("先到期的在前，同日按编号", func(t *testing.T) {
		got := secrecy.Reassessments([]secrecy.Holding{
			{ID: "c", Attribute: secrecy.Withheld, Determined: day("2025-12-01")},
			{ID: "b", Attribute: secrecy.Withheld, Determined: day("2025-06-01")},
			{ID: "a", Attribute: secrecy.Withheld, Determined: day("2025-12-01")},
		}, today, nil)
		require.Len(t, got, 3)
		assert.Equal(t, []string{"b", "a", "c"}, []string{got[0].ID, got[1].ID, got[2].ID})
	})
}

func TestPropose(t *testing.T) {
	disclose := secrecy.Assess(plain(secrecy.Proactive))
	inPart := secrecy.Assess(with(plain(secrecy.Proactive), func(f *secrecy.Facts) { f.Harm, f.Severable = secrecy.Present, secrecy.Present }))
	withhold := secrecy.Assess(with(plain(secrecy.Proactive), func(f *secrecy.Facts) { f.Harm = secrecy.Present }))
	open := secrecy.Assess(secrecy.Facts{})
	for _, c := range []struct {
		situation string
		a         secrecy.Assessment
		inScope   secrecy.Answer
		want      secrecy.Attribute
	}{
		{"REG-18 NN-13 情势变化可以公开的，转为主动公开", disclose, secrecy.Present, secrecy.Public},
		{"NN-13 可以公开而不在主动公开范围，依申请公开", disclose, secrecy.Absent, secrecy.OnRequest},
		{"可以区分的，删减后公开", inPart, secrecy.Present, secrecy.Redacted},
		{"可以区分而不在主动公开范围，依申请公开", inPart, secrecy.Absent, secrecy.OnRequest},
		{"仍不能公开的，不予公开", withhold, secrecy.Present, secrecy.Withheld},
		{"范围没有查明，未定", disclose, 0, 0},
		{"范围不能确定，未定", disclose, secrecy.Unsure, 0},
		{"评估未定，未定", open, secrecy.Present, 0},
	} {
		t.Run(c.situation, func(t *testing.T) { assert.Equal(t, c.want, secrecy.Propose(c.a, c.inScope)) })
	}
}

func TestConversion(t *testing.T) {
	for _, c := range []struct {
		situation string
		demand    secrecy.Demand
		duty      secrecy.Duty
		basis     law.Citation
		missing   string
	}{
		{"REG-44a NN-13 多个申请人申请同一信息且可以公开，可以", secrecy.Demand{Applicants: 2, Disclosable: secrecy.Present}, secrecy.MayConvert, law.GovInfoRegulation2019.Art(44).Para(1), ""},
		{"REG-44a 只有一个申请人，无此问题", secrecy.Demand{Applicants: 1, Disclosable: secrecy.Present}, secrecy.NoDuty, law.GovInfoRegulation2019.Art(44).Para(1), ""},
		{"REG-44a 不可以公开的，不转", secrecy.Demand{Applicants: 9, Disclosable: secrecy.Absent}, secrecy.NoDuty, law.GovInfoRegulation2019.Art(44).Para(1), ""},
		{"REG-44a 能否公开没有评估，未定", secrecy.Demand{Applicants: 2}, 0, law.GovInfoRegulation2019.Art(44).Para(1), "SE-711"},
		{"REG-44b NN-13 申请人建议，审核属实，应当", secrecy.Demand{Applicants: 1, Disclosable: secrecy.Present, Suggested: true, Upheld: secrecy.Present, Found: day("2026-09-01")}, secrecy.MustConvert, law.GovInfoRegulation2019.Art(44).Para(2), ""},
		{"REG-44b 建议没有审核，未定", secrecy.Demand{Applicants: 3, Disclosable: secrecy.Present, Suggested: true}, 0, law.GovInfoRegulation2019.Art(44).Para(2), "SE-712"},
		{"REG-44b 审核认为属于范围但能否公开没有评估，未定", secrecy.Demand{Suggested: true, Upheld: secrecy.Present}, 0, law.GovInfoRegulation2019.Art(44).Para(2), "SE-711"},
		{"REG-44b 审核认为不属于范围", secrecy.Demand{Applicants: 1, Disclosable: secrecy.Present, Suggested: true, Upheld: secrecy.Absent}, secrecy.NoDuty, law.GovInfoRegulation2019.Art(44).Para(2), ""},
		{"REG-44b 建议不成立而多人申请，仍然可以", secrecy.Demand{Applicants: 2, Disclosable: secrecy.Present, Suggested: true, Upheld: secrecy.Absent}, secrecy.MayConvert, law.GovInfoRegulation2019.Art(44).Para(1), ""},
	} {
		t.Run(c.situation, func(t *testing.T) {
			got, err := c.demand.Conversion(deadline.China())
			require.NoError(t, err)
			assert.Equal(t, c.duty, got.Duty)
			assert.Equal(t, c.basis, got.Basis)
			assert.Equal(t, c.missing, got.Missing)
			assert.Equal(t, c.duty == secrecy.MustConvert, !got.By.IsZero())
		})
	}
	t.Run("REG-44b 及时：本库读法二十个工作日", func(t *testing.T) {
		d := secrecy.Demand{Disclosable: secrecy.Present, Suggested: true, Upheld: secrecy.Present, Found: day("2026-09-01")}
		got, err := d.Conversion(deadline.China())
		require.NoError(t, err)
		assert.Equal(t, "2026-09-29", got.By.String())
		assert.Equal(t, law.Own, got.Reading.Instrument)
		d.Found = day("2026-12-20")
		got, err = d.Conversion(deadline.China())
		assert.ErrorIs(t, err, deadline.ErrUnsettled)
		assert.Equal(t, secrecy.MustConvert, got.Duty, "the duty stands, the day is not known")
	})
}
