package secrecy_test

import (
	"testing"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func say(by secrecy.Step, phrase string) secrecy.Opinion {
	return secrecy.Opinion{By: by, Phrase: phrase}
}

func because(o secrecy.Opinion, reason string, grounds ...law.Citation) secrecy.Opinion {
	o.Reason, o.Grounds = reason, grounds
	return o
}

var art16 = law.GovInfoRegulation2019.Art(16).Para(1)

func code(t *testing.T, err error) string {
	t.Helper()
	var e *secrecy.Error
	require.ErrorAs(t, err, &e)
	return e.Code
}

func TestPhrases(t *testing.T) {
	between := []secrecy.Step{secrecy.Section, secrecy.Office, secrecy.Institution}
	for _, a := range []secrecy.Attribute{secrecy.Public, secrecy.OnRequest, secrecy.Redacted, secrecy.Withheld} {
		t.Run("CX-01 用语往返 "+a.Chinese(), func(t *testing.T) {
			for _, s := range between {
				for _, st := range []secrecy.Stance{secrecy.Agrees, secrecy.Changes} {
					gotSt, got, err := s.ParsePhrase(s.Phrase(st, a))
					require.NoError(t, err)
					assert.Equal(t, st, gotSt)
					assert.Equal(t, a, got)
				}
				_, _, err := s.ParsePhrase(secrecy.Drafter.Phrase(secrecy.Names, a))
				assert.Equal(t, "SE-212", code(t, err))
			}
			for _, s := range []secrecy.Step{secrecy.Drafter, secrecy.Leader} {
				st, got, err := s.ParsePhrase(s.Phrase(secrecy.Names, a))
				require.NoError(t, err)
				assert.Equal(t, secrecy.Names, st)
				assert.Equal(t, a, got)
			}
		})
	}
	assert.Equal(t, "此件不公开", secrecy.Drafter.Phrase(secrecy.Names, secrecy.Withheld))
	assert.Equal(t, "同意此件删减后公开", secrecy.Section.Phrase(secrecy.Agrees, secrecy.Redacted))
	assert.Equal(t, "此件应依申请公开", secrecy.Office.Phrase(secrecy.Changes, secrecy.OnRequest))
	assert.Equal(t, "同意", secrecy.Leader.Phrase(secrecy.Bare, 0))
}

func TestDetermine(t *testing.T) {
	d, s, o, l := secrecy.Drafter, secrecy.Section, secrecy.Office, secrecy.Leader
	cases := []struct {
		name     string
		draft    secrecy.Draft
		rules    *secrecy.DeterminationRules
		opinions []secrecy.Opinion
		want     secrecy.Attribute
		progress secrecy.Progress
		code     string // of the refusal of the last opinion
		line     string
	}{
		{name: "CX-02 起草人在密级栏建议公开属性", opinions: []secrecy.Opinion{say(d, "此件公开发布")},
			progress: secrecy.Proposed, line: "公开属性：拟定为此件公开发布"},
		{name: "CX-03 科室同意", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布")}, progress: secrecy.Proposed},
		{name: "CX-03 科室改为依申请公开要有理由", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "此件应依申请公开")},
			progress: secrecy.Proposed, code: "SE-204", line: "公开属性：拟定为此件公开发布"},
		{name: "CX-03 科室改为依申请公开并说明理由", opinions: []secrecy.Opinion{say(d, "此件公开发布"), because(say(s, "此件应依申请公开"), "仅涉及特定企业")},
			progress: secrecy.Proposed, line: "公开属性：拟定为此件依申请公开（理由：仅涉及特定企业）"},
		{name: "CX-03 科室改为不公开没有依据", opinions: []secrecy.Opinion{say(d, "此件公开发布"), because(say(s, "此件应不公开"), "内部事务")},
			progress: secrecy.Proposed, code: "SE-205"},
		{name: "CX-03 科室只写同意", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意")}, progress: secrecy.Proposed, code: "SE-201"},
		{name: "CX-03 科室同意的不是起草人的属性", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件不公开")}, progress: secrecy.Proposed, code: "SE-202"},
		{name: "CX-03 应改为同一属性", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "此件应公开发布")}, progress: secrecy.Proposed, code: "SE-203"},
		{name: "CX-04 办公室以科室意见为准", opinions: []secrecy.Opinion{say(d, "此件公开发布"), because(say(s, "此件应依申请公开"), "r"), say(o, "同意此件公开发布")},
			progress: secrecy.Proposed, code: "SE-202"},
		{name: "CX-05 科室与办公室一致时领导同意", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), say(o, "同意此件公开发布"), say(l, "同意")},
			want: secrecy.Public, progress: secrecy.Final, line: "公开属性：此件公开发布"},
		{name: "CX-05 办公室改过而领导只写同意", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), because(say(o, "此件应依申请公开"), "r"), say(l, "同意")},
			progress: secrecy.Proposed, code: "SE-213"},
		{name: "CX-05 没有办公室意见而领导只写同意", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), say(l, "同意")},
			progress: secrecy.Proposed, code: "SE-213"},
		{name: "CX-05 办公室改过而领导采纳科室", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), because(say(o, "此件应依申请公开"), "r"), say(l, "此件公开发布")},
			want: secrecy.Public, progress: secrecy.Final},
		{name: "CX-05 领导改为两者之外要有理由", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), say(o, "同意此件公开发布"), say(l, "此件依申请公开")},
			progress: secrecy.Proposed, code: "SE-204"},
		{name: "CX-05 领导的话是最后的", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), say(o, "同意此件公开发布"), say(l, "同意"), because(say(o, "此件应不公开"), "r", art16)},
			want: secrecy.Public, progress: secrecy.Final, code: "SE-206"},
		{name: "CX-05 领导自行改为不公开要有依据", opinions: []secrecy.Opinion{say(d, "此件公开发布"), say(s, "同意此件公开发布"), say(o, "同意此件公开发布"), because(say(l, "此件不公开"), "内部事务")},
			progress: secrecy.Proposed, code: "SE-205"},
		{name: "NN-12 草稿没有属性退文", opinions: []secrecy.Opinion{{By: d}}, progress: secrecy.Returned, line: "公开属性：退文（未注明公开属性）"},
		{name: "NN-12 不公开没有依据退文", opinions: []secrecy.Opinion{say(d, "此件不公开")}, progress: secrecy.Returned, line: "公开属性：退文（未依法依规说明不公开理由）"},
		{name: "NN-12 只引自己的读法不算依据", opinions: []secrecy.Opinion{because(say(d, "此件不公开"), "r", law.Own.Sec("x"))}, progress: secrecy.Returned},
		{name: "NN-12 不公开有依据", opinions: []secrecy.Opinion{because(say(d, "此件不公开"), "内部工作流程", art16)},
			progress: secrecy.Proposed, line: "公开属性：拟定为此件不公开（理由：内部工作流程）"},
		{name: "NN-12 退文后重报", opinions: []secrecy.Opinion{{By: d}, say(d, "此件公开发布"), say(s, "同意此件公开发布")}, progress: secrecy.Proposed},
		{name: "NN-12 退文后科室不能签", opinions: []secrecy.Opinion{{By: d}, say(s, "同意此件公开发布")}, progress: secrecy.Returned, code: "SE-207"},
		{name: "NN-12 办公室退文要有理由", opinions: []secrecy.Opinion{say(d, "此件公开发布"), {By: o, Return: true}}, progress: secrecy.Proposed, code: "SE-204"},
		{name: "NN-12 办公室退文", opinions: []secrecy.Opinion{say(d, "此件公开发布"), {By: o, Return: true, Reason: "格式不符"}}, progress: secrecy.Returned, line: "公开属性：退文（理由：格式不符）"},
		{name: "NN-12 政策性文件不公开须先送公开工作机构", draft: secrecy.Draft{Policy: true},
			opinions: []secrecy.Opinion{because(say(d, "此件不公开"), "r", art16), say(s, "同意此件不公开"), say(o, "同意此件不公开"), say(l, "同意")},
			progress: secrecy.Proposed, code: "SE-208"},
		{name: "NN-12 政策性文件经公开工作机构审查", draft: secrecy.Draft{Policy: true},
			opinions: []secrecy.Opinion{because(say(d, "此件不公开"), "r", art16), say(s, "同意此件不公开"), say(secrecy.Institution, "同意此件不公开"), say(o, "同意此件不公开"), say(l, "同意")},
			want:     secrecy.Withheld, progress: secrecy.Final},
		{name: "NN-12 公开工作机构不同意时领导不能只写同意", draft: secrecy.Draft{Policy: true},
			opinions: []secrecy.Opinion{because(say(d, "此件不公开"), "r", art16), say(s, "同意此件不公开"), say(o, "同意此件不公开"), because(say(secrecy.Institution, "此件应公开发布"), "惠民政策"), say(l, "同意")},
			progress: secrecy.Proposed, code: "SE-213"},
		{name: "转发文件沿用原文属性", draft: secrecy.Draft{Origin: secrecy.OnRequest}, rules: &secrecy.DeterminationRules{ForwardedKeepOrigin: true},
			opinions: []secrecy.Opinion{say(d, "此件公开发布")}, code: "SE-209"},
		{name: "不选此规则的机关可以另定", draft: secrecy.Draft{Origin: secrecy.OnRequest}, opinions: []secrecy.Opinion{say(d, "此件公开发布")}, progress: secrecy.Proposed},
		{name: "联合行文从主办机关", draft: secrecy.Draft{Lead: secrecy.Public}, rules: &secrecy.DeterminationRules{LeadDecides: true},
			opinions: []secrecy.Opinion{say(d, "此件依申请公开")}, code: "SE-210"},
		{name: "主动公开文件不夹带", draft: secrecy.Draft{Inside: []secrecy.Attribute{secrecy.Public, secrecy.Withheld}}, rules: &secrecy.DeterminationRules{NothingWithheldInside: true},
			opinions: []secrecy.Opinion{say(d, "此件公开发布")}, code: "SE-211"},
		{name: "BB-02 删减后公开也要依据", opinions: []secrecy.Opinion{say(d, "此件删减后公开")}, progress: secrecy.Returned},
		{name: "REG-37 删减后公开", draft: secrecy.Draft{Inside: []secrecy.Attribute{secrecy.Withheld}}, rules: &secrecy.DeterminationRules{NothingWithheldInside: true},
			opinions: []secrecy.Opinion{because(say(d, "此件删减后公开"), "含个人隐私", law.GovInfoRegulation2019.Art(15))}, progress: secrecy.Proposed},
		{name: "没有草稿", opinions: []secrecy.Opinion{say(l, "同意")}, code: "SE-207"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := secrecy.Determine(c.draft, c.opinions, c.rules)
			if c.code == "" {
				require.NoError(t, err)
			} else {
				assert.ErrorIs(t, err, secrecy.ErrRefused)
				assert.Equal(t, c.code, code(t, err))
			}
			assert.Equal(t, c.want, got.Attribute)
			assert.Equal(t, c.progress, got.Progress)
			if c.line != "" {
				assert.Equal(t, c.line, got.Line())
			}
			assert.Equal(t, c.want.Note(), got.Note())
		})
	}
}

func TestSplitNamesThePhrases(t *testing.T) {
	_, err := secrecy.Determine(secrecy.Draft{}, []secrecy.Opinion{say(secrecy.Drafter, "此件公开发布"), say(secrecy.Section, "同意此件公开发布"), say(secrecy.Leader, "同意")}, nil)
	require.Error(t, err)
	for _, p := range []string{"此件公开发布", "此件不公开", "此件依申请公开", "此件删减后公开"} {
		assert.Contains(t, err.Error(), p)
	}
}

// Whatever the opinions, nothing but the leader's word determines, and what is
// withheld has a ground.
func TestEveryFoldOfFour(t *testing.T) {
	var all []secrecy.Opinion
	for s := secrecy.Drafter; s <= secrecy.Leader; s++ {
		all = append(all, secrecy.Opinion{By: s, Stance: secrecy.Bare})
		for _, a := range []secrecy.Attribute{secrecy.Public, secrecy.Withheld} {
			for _, st := range []secrecy.Stance{secrecy.Names, secrecy.Agrees} {
				all = append(all, secrecy.Opinion{By: s, Stance: st, Attribute: a, Reason: "r", Grounds: []law.Citation{art16}},
					secrecy.Opinion{By: s, Stance: st, Attribute: a})
			}
		}
	}
	var walk func(d secrecy.Determination, depth int, leader bool)
	n := 0
	walk = func(d secrecy.Determination, depth int, leader bool) {
		n++
		if (d.Attribute != 0) != leader || (d.Progress == secrecy.Final) != leader {
			t.Fatalf("determined without the leader: %+v", d)
		}
		if d.Standing == secrecy.Withheld && len(d.Grounds) == 0 {
			t.Fatalf("withheld without a ground: %+v", d)
		}
		if depth == 0 {
			return
		}
		for _, o := range all {
			next, err := d.Take(secrecy.Draft{}, o, nil)
			if err != nil {
				assert.Equal(t, d, next)
				continue
			}
			walk(next, depth-1, o.By == secrecy.Leader)
		}
	}
	walk(secrecy.Determination{}, 4, false)
	assert.Greater(t, n, 1000)
}

func TestSlipBox(t *testing.T) {
	for _, c := range []struct {
		level secrecy.Level
		term  string
		attr  secrecy.Attribute
		want  string
		code  string
	}{
		{0, "", secrecy.Public, "此件公开发布", ""},
		{secrecy.Confidential, "5年", secrecy.Withheld, "秘密★5年　此件不公开", ""},
		{secrecy.TopSecret, "", 0, "绝密", ""},
		{secrecy.Secret, "5年", secrecy.Public, "", "SE-110"},
		{secrecy.Secret, "", secrecy.OnRequest, "", "SE-110"},
		{0, "", 0, "", ""},
	} {
		t.Run("CX-02 密级与公开属性同栏两项 "+c.want, func(t *testing.T) {
			got, err := secrecy.SlipBox(c.level, c.term, c.attr)
			if c.code != "" {
				assert.Equal(t, c.code, code(t, err))
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestStoredNames(t *testing.T) {
	for s := secrecy.Drafter; s <= secrecy.Leader; s++ {
		b, err := s.MarshalText()
		require.NoError(t, err)
		var back secrecy.Step
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, s, back)
		assert.NotEmpty(t, s.Chinese())
	}
	var s secrecy.Step
	assert.Error(t, s.UnmarshalText([]byte("boss")))
	for l := secrecy.Confidential; l <= secrecy.TopSecret; l++ {
		b, _ := l.MarshalText()
		var back secrecy.Level
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, l, back)
	}
}
