package secrecy_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
)

// plain is a piece of information that nothing speaks against.
func plain(c secrecy.Context) secrecy.Facts {
	return secrecy.Facts{
		Context: c, Classified: secrecy.NotClassified, Forbidden: secrecy.Absent, Danger: secrecy.Absent,
		Harm: secrecy.Absent, PublicInterest: secrecy.Absent, Internal: secrecy.Absent, Process: secrecy.Absent, EnforcementFile: secrecy.Absent,
		Required: secrecy.Absent, Registry: secrecy.Absent, Severable: secrecy.Absent,
		CoMade: secrecy.Absent, Concerns: secrecy.Absent, NeedsApproval: secrecy.Absent,
	}
}

func with(f secrecy.Facts, change func(*secrecy.Facts)) secrecy.Facts {
	change(&f)
	return f
}

var (
	aStatute      = secrecy.Named{Citation: law.AdministrativeLicensingLaw2019.Art(5).Para(2)}
	otherStatute  = secrecy.Named{Title: "《中华人民共和国统计法》第二十八条", Class: law.Statute}
	aRule         = secrecy.Named{Citation: law.SAMRPenaltyPublicity2021.Art(9)}
	aLocalStatute = secrecy.Named{Title: "《某省档案条例》第九条", Class: law.LocalStatute}
	aLocalPaper   = secrecy.Named{Citation: law.Local("某局保密工作制度").Art(3)}
	unclassed     = secrecy.Named{Title: "《某规定》第三条"}
)

func asks(a secrecy.Assessment) (codes []string) {
	for _, k := range a.Asks {
		codes = append(codes, k.Code)
	}
	return codes
}

func remarks(a secrecy.Assessment) (codes []string) {
	for _, k := range a.Remarks {
		codes = append(codes, k.Code)
	}
	return codes
}

func TestAssess(t *testing.T) {
	const (
		apply   = secrecy.Application
		publish = secrecy.Proactive
	)
	type want struct {
		outcome secrecy.Outcome
		ground  secrecy.Ground // 0 = none
		line    int
		code    string // among asks or remarks
	}
	for _, c := range []struct {
		situation string
		facts     secrecy.Facts
		want      want
	}{
		{"没有任何妨碍，予以公开", plain(apply), want{secrecy.Disclose, 0, 3, ""}},
		{"什么都没查明，未定", secrecy.Facts{}, want{0, 0, 0, "SE-401"}},
		{"REG-14a 国家秘密不予公开", with(plain(apply), func(f *secrecy.Facts) { f.Classified = secrecy.InTerm }), want{secrecy.Withhold, secrecy.GroundSecret, 5, ""}},
		{"REG-14a 期限已满不等于可以上网，仍须审查", with(plain(publish), func(f *secrecy.Facts) { f.Classified = secrecy.TermOver }), want{secrecy.Disclose, 0, 3, "SE-404"}},
		{"REG-14a HK-15 密级不明确，未定", with(plain(apply), func(f *secrecy.Facts) { f.Classified = secrecy.ClassifyUnclear }), want{0, 0, 0, "SE-403"}},
		{"REG-14b 指明的法律禁止", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, aStatute }), want{secrecy.Withhold, secrecy.GroundStatute, 6, ""}},
		{"REG-14b 名录之外的法律写明名称和效力级别", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, otherStatute }), want{secrecy.Withhold, secrecy.GroundStatute, 6, ""}},
		{"REG-14b 没有指明，未定", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden = secrecy.Present }), want{0, 0, 0, "SE-407"}},
		{"REG-14b 名称没有写明级别，未定", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, unclassed }), want{0, 0, 0, "SE-407"}},
		{"REG-14b 规章不够", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, aRule }), want{secrecy.Disclose, 0, 3, "SE-408"}},
		{"REG-14b 地方性法规也不够", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, aLocalStatute }), want{secrecy.Disclose, 0, 3, "SE-408"}},
		{"REG-14b 本单位文件不够", with(plain(apply), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, aLocalPaper }), want{secrecy.Disclose, 0, 3, "SE-408"}},
		{"REG-14c 三安全一稳定，没有书面理由，未定", with(plain(apply), func(f *secrecy.Facts) { f.Danger = secrecy.Present }), want{0, 0, 0, "SE-410"}},
		{"REG-14c 三安全一稳定，有书面理由", with(plain(apply), func(f *secrecy.Facts) { f.Danger, f.DangerReason = secrecy.Present, "涉水源地布防" }), want{secrecy.Withhold, secrecy.GroundDanger, 7, ""}},
		{"REG-17 不能确定的报有关主管部门", with(plain(apply), func(f *secrecy.Facts) { f.Danger = secrecy.Unsure }), want{0, 0, 0, "SE-406"}},

		{"REG-15a 损害第三方权益，不得公开", with(plain(publish), func(f *secrecy.Facts) { f.Harm = secrecy.Present }), want{secrecy.Withhold, secrecy.GroundThirdParty, 8, ""}},
		{"REG-15b 第三方同意", with(plain(apply), func(f *secrecy.Facts) { f.Harm, f.ThirdParty = secrecy.Present, secrecy.Consents }), want{secrecy.Disclose, 0, 3, "SE-416"}},
		{"REG-15c REG-32c 公共利益，没有决定人或者没有书面告知，未定", with(plain(apply), func(f *secrecy.Facts) {
			f.Harm, f.ThirdParty, f.PublicInterest, f.Decider = secrecy.Present, secrecy.Refuses, secrecy.Present, "a-1"
		}), want{0, 0, 0, "SE-415"}},
		{"REG-15c REG-32c 公共利益，有决定人，书面告知内容和理由", with(plain(apply), func(f *secrecy.Facts) {
			f.Harm, f.ThirdParty, f.PublicInterest, f.Decider, f.Notice = secrecy.Present, secrecy.Refuses, secrecy.Present, "a-1", "d-1"
		}), want{secrecy.Disclose, 0, 3, "SE-417"}},
		{"REG-15c 公共利益没有衡量，未定", with(plain(publish), func(f *secrecy.Facts) { f.Harm, f.PublicInterest = secrecy.Present, 0 }), want{0, 0, 0, "SE-414"}},
		{"REG-32a 依申请的，先书面征求第三方意见", with(plain(apply), func(f *secrecy.Facts) { f.Harm = secrecy.Present }), want{0, 0, 0, "SE-412"}},
		{"REG-32a 十五个工作日内等待", with(plain(apply), func(f *secrecy.Facts) { f.Harm, f.ThirdParty = secrecy.Present, secrecy.Waiting }), want{0, 0, 0, "SE-413"}},
		{"REG-32b 沉默不是同意，由机关决定", with(plain(apply), func(f *secrecy.Facts) { f.Harm, f.ThirdParty = secrecy.Present, secrecy.Silent }), want{secrecy.Withhold, secrecy.GroundThirdParty, 8, "SE-419"}},
		{"REG-32b 沉默而机关认定不损害，公开", with(plain(apply), func(f *secrecy.Facts) { f.ThirdParty = secrecy.Silent }), want{secrecy.Disclose, 0, 3, ""}},
		{"REG-32b 不同意且有合理理由，不予公开", with(plain(apply), func(f *secrecy.Facts) { f.Harm, f.ThirdParty = secrecy.Present, secrecy.Refuses }), want{secrecy.Withhold, secrecy.GroundThirdParty, 8, ""}},
		{"REG-32b 无合理理由的不同意不约束机关", with(plain(apply), func(f *secrecy.Facts) { f.ThirdParty = secrecy.RefusesGroundless }), want{secrecy.Disclose, 0, 3, ""}},
		{"REG-32b 既说理由合理又说不损害，矛盾，未定", with(plain(apply), func(f *secrecy.Facts) { f.ThirdParty = secrecy.Refuses }), want{0, 0, 0, "SE-418"}},

		{"REG-16a 内部事务不自动不公开，须决定", with(plain(apply), func(f *secrecy.Facts) { f.Internal = secrecy.Present }), want{0, 0, 0, "SE-426"}},
		{"REG-16a BB-02 决定不公开须有理由", with(plain(apply), func(f *secrecy.Facts) { f.Internal, f.Discretion = secrecy.Present, secrecy.ToWithhold }), want{0, 0, 0, "SE-410"}},
		{"REG-16a 决定不公开并有理由", with(plain(apply), func(f *secrecy.Facts) {
			f.Internal, f.Discretion, f.DiscretionReason = secrecy.Present, secrecy.ToWithhold, "值班安排"
		}), want{secrecy.Withhold, secrecy.GroundInternal, 9, ""}},
		{"REG-16a 决定公开", with(plain(apply), func(f *secrecy.Facts) { f.Internal, f.Discretion = secrecy.Present, secrecy.ToDisclose }), want{secrecy.Disclose, 0, 3, "SE-427"}},
		{"REG-16a 本库读法：法律要求公开的，内部事务也公开", with(plain(apply), func(f *secrecy.Facts) {
			f.Internal, f.Required, f.RequiredBy = secrecy.Present, secrecy.Present, secrecy.Named{Citation: law.CivilServantLaw2018.Art(32).Para(1)}
		}), want{secrecy.Disclose, 0, 3, "SE-425"}},
		{"REG-16b 过程性信息决定不公开", with(plain(apply), func(f *secrecy.Facts) {
			f.Process, f.Discretion, f.DiscretionReason = secrecy.Present, secrecy.ToWithhold, "尚在讨论"
		}), want{secrecy.Withhold, secrecy.GroundProcess, 10, ""}},
		{"REG-16b 规章要求公开的从其规定", with(plain(apply), func(f *secrecy.Facts) {
			f.Process, f.Discretion, f.DiscretionReason, f.Required, f.RequiredBy = secrecy.Present, secrecy.ToWithhold, "尚在讨论", secrecy.Present, aRule
		}), want{secrecy.Disclose, 0, 3, "SE-425"}},
		{"REG-16b 地方性法规要求公开的从其规定", with(plain(apply), func(f *secrecy.Facts) {
			f.Process, f.Required, f.RequiredBy = secrecy.Present, secrecy.Present, aLocalStatute
		}), want{secrecy.Disclose, 0, 3, "SE-425"}},
		{"REG-16b 是否有规定要求公开没有查明，未定", with(plain(apply), func(f *secrecy.Facts) {
			f.Process, f.Discretion, f.DiscretionReason, f.Required = secrecy.Present, secrecy.ToWithhold, "尚在讨论", 0
		}), want{0, 0, 0, "SE-424"}},
		{"REG-16b 本单位文件要求公开，不使裁量消失", with(plain(apply), func(f *secrecy.Facts) {
			f.Process, f.Discretion, f.DiscretionReason, f.Required, f.RequiredBy = secrecy.Present, secrecy.ToWithhold, "尚在讨论", secrecy.Present, aLocalPaper
		}), want{secrecy.Withhold, secrecy.GroundProcess, 10, ""}},
		{"REG-16c 行政执法案卷决定不公开", with(plain(apply), func(f *secrecy.Facts) {
			f.EnforcementFile, f.Discretion, f.DiscretionReason = secrecy.Present, secrecy.ToWithhold, "询问笔录"
		}), want{secrecy.Withhold, secrecy.GroundFile, 11, ""}},
		{"REG-16c 具有一定社会影响的处罚决定，法律要求公开", with(plain(publish), func(f *secrecy.Facts) {
			f.EnforcementFile, f.Discretion, f.DiscretionReason = secrecy.Present, secrecy.ToWithhold, "案卷"
			f.Required, f.RequiredBy = secrecy.Present, secrecy.Named{Citation: law.AdministrativePenaltyLaw2021.Art(48).Para(1)}
		}), want{secrecy.Disclose, 0, 3, "SE-425"}},
		{"TZ-13 行政许可决定：过程性不是理由，应当公开", with(plain(publish), func(f *secrecy.Facts) {
			f.Process, f.Discretion, f.DiscretionReason = secrecy.Present, secrecy.ToWithhold, "内部讨论"
			f.Required, f.RequiredBy = secrecy.Present, secrecy.Named{Citation: law.AdministrativeLicensingLaw2019.Art(40)}
		}), want{secrecy.Disclose, 0, 3, "SE-425"}},
		{"TZ-13 行政许可：国家秘密除外", with(plain(publish), func(f *secrecy.Facts) {
			f.Classified, f.Required, f.RequiredBy = secrecy.InTerm, secrecy.Present, secrecy.Named{Citation: law.AdministrativeLicensingLaw2019.Art(40)}
		}), want{secrecy.Withhold, secrecy.GroundSecret, 5, ""}},
		{"TZ-13 行政许可：商业秘密、个人隐私除外", with(plain(publish), func(f *secrecy.Facts) {
			f.Harm, f.Required, f.RequiredBy = secrecy.Present, secrecy.Present, secrecy.Named{Citation: law.AdministrativeLicensingLaw2019.Art(40)}
		}), want{secrecy.Withhold, secrecy.GroundThirdParty, 8, ""}},

		{"36条7项 登记资料按其规定，计入年报而不是14至16条的理由", with(plain(apply), func(f *secrecy.Facts) { f.Registry, f.RegistryBy = secrecy.Present, aStatute }), want{secrecy.Redirect, secrecy.GroundRegistry, 12, ""}},
		{"36条7项 没有指明法律，未定", with(plain(apply), func(f *secrecy.Facts) { f.Registry = secrecy.Present }), want{0, 0, 0, "SE-407"}},
		{"36条7项 规章不够", with(plain(apply), func(f *secrecy.Facts) { f.Registry, f.RegistryBy = secrecy.Present, aRule }), want{secrecy.Disclose, 0, 3, "SE-408"}},
		{"36条7项 只在依申请时", with(plain(publish), func(f *secrecy.Facts) { f.Registry, f.RegistryBy = secrecy.Present, aStatute }), want{secrecy.Disclose, 0, 3, ""}},

		{"REG-37 能作区分处理的，部分公开，年报只计一种", with(plain(apply), func(f *secrecy.Facts) {
			f.Harm, f.ThirdParty, f.Severable = secrecy.Present, secrecy.Refuses, secrecy.Present
		}), want{secrecy.DiscloseInPart, secrecy.GroundThirdParty, 4, ""}},
		{"REG-37 能否区分没有查明，未定", with(plain(apply), func(f *secrecy.Facts) {
			f.Harm, f.ThirdParty, f.Severable = secrecy.Present, secrecy.Refuses, 0
		}), want{0, secrecy.GroundThirdParty, 0, "SE-429"}},
		{"REG-37 区分处理时其余部分没有查明，未定", with(plain(apply), func(f *secrecy.Facts) {
			f.Harm, f.ThirdParty, f.Severable, f.Process = secrecy.Present, secrecy.Refuses, secrecy.Present, 0
		}), want{0, secrecy.GroundThirdParty, 0, "SE-422"}},
		{"不能区分的，一个理由足够，其余不必查明", secrecy.Facts{Context: apply, Classified: secrecy.InTerm, Severable: secrecy.Absent}, want{secrecy.Withhold, secrecy.GroundSecret, 5, ""}},

		{"REG-34 共同制作机关沉默，视为同意，仅就本次申请", with(plain(apply), func(f *secrecy.Facts) { f.CoMade, f.CoMakers = secrecy.Present, secrecy.Silent }), want{secrecy.Disclose, 0, 3, "SE-433"}},
		{"REG-34 主动公开的，沉默不是同意", with(plain(publish), func(f *secrecy.Facts) { f.CoMade, f.CoMakers = secrecy.Present, secrecy.Silent }), want{0, 0, 0, "SE-434"}},
		{"REG-34 十五个工作日内等待", with(plain(apply), func(f *secrecy.Facts) { f.CoMade, f.CoMakers = secrecy.Present, secrecy.Waiting }), want{0, 0, 0, "SE-432"}},
		{"REG-34 不同意见不约束牵头机关", with(plain(apply), func(f *secrecy.Facts) { f.CoMade, f.CoMakers = secrecy.Present, secrecy.Refuses }), want{secrecy.Disclose, 0, 3, "SE-435"}},
		{"REG-34 可以征求，不征求也可以答复", with(plain(apply), func(f *secrecy.Facts) { f.CoMade = secrecy.Present }), want{secrecy.Disclose, 0, 3, "SE-436"}},
		{"REG-11 主动公开共同制作的，先协商确认", with(plain(publish), func(f *secrecy.Facts) { f.CoMade = secrecy.Present }), want{0, 0, 0, "SE-431"}},
		{"REG-11 涉及其他机关的，先协商确认，未答复不是确认", with(plain(publish), func(f *secrecy.Facts) { f.Concerns, f.Organs = secrecy.Present, secrecy.Silent }), want{0, 0, 0, "SE-438"}},
		{"REG-11 已确认", with(plain(publish), func(f *secrecy.Facts) { f.Concerns, f.Organs = secrecy.Present, secrecy.Consents }), want{secrecy.Disclose, 0, 3, ""}},
		{"REG-11 需要批准而未批准", with(plain(publish), func(f *secrecy.Facts) { f.NeedsApproval = secrecy.Present }), want{0, 0, 0, "SE-440"}},
		{"REG-11 需要批准，已批准", with(plain(publish), func(f *secrecy.Facts) { f.NeedsApproval, f.Approved = secrecy.Present, secrecy.Present }), want{secrecy.Disclose, 0, 3, ""}},
		{"不予公开的不必再协商", with(plain(apply), func(f *secrecy.Facts) { f.Classified, f.Concerns = secrecy.InTerm, secrecy.Present }), want{secrecy.Withhold, secrecy.GroundSecret, 5, ""}},
	} {
		t.Run(c.situation, func(t *testing.T) {
			got := secrecy.Assess(c.facts)
			assert.Equal(t, c.want.outcome, got.Outcome)
			assert.Equal(t, c.want.line, got.Line())
			if c.want.ground != 0 {
				assert.Contains(t, got.Grounds, c.want.ground)
			} else {
				assert.Empty(t, got.Grounds)
			}
			if c.want.code != "" {
				assert.Contains(t, append(asks(got), remarks(got)...), c.want.code)
			}
			assert.Equal(t, got.Outcome == 0, len(got.Asks) > 0, "undetermined says what is missing, and only then")
			for _, a := range append(got.Asks, got.Remarks...) {
				assert.NotEmpty(t, a.Chinese(), a.Code)
			}
		})
	}
	t.Run("REG-32a REG-34 十五个工作日", func(t *testing.T) {
		third := secrecy.Assess(with(plain(apply), func(f *secrecy.Facts) { f.Harm = secrecy.Present }))
		require.Len(t, third.Asks, 1)
		assert.Equal(t, secrecy.Ask{Code: "SE-412", Who: secrecy.ThirdParty, Workdays: 15, Basis: law.GovInfoRegulation2019.Art(32)}, third.Asks[0])
		maker := secrecy.Assess(with(plain(apply), func(f *secrecy.Facts) { f.CoMade, f.CoMakers = secrecy.Present, secrecy.Waiting }))
		assert.Equal(t, secrecy.Ask{Code: "SE-432", Who: secrecy.CoMaker, Workdays: 15, Basis: law.GovInfoRegulation2019.Art(34)}, maker.Asks[0])
	})
}

func TestAttributeIsNeverAGround(t *testing.T) {
	t.Run("REG-13 公开属性不是评估的输入", func(t *testing.T) {
		typ := reflect.TypeFor[secrecy.Facts]()
		for i := range typ.NumField() {
			assert.NotEqual(t, reflect.TypeFor[secrecy.Attribute](), typ.Field(i).Type, typ.Field(i).Name)
		}
	})
	a14, a16 := law.GovInfoRegulation2019.Art(14), law.GovInfoRegulation2019.Art(16).Para(2)
	code := func(err error) []string {
		var out []string
		if err == nil {
			return nil
		}
		for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
			var d *secrecy.Error
			require.ErrorAs(t, e, &d)
			out = append(out, d.Code)
		}
		return out
	}
	for _, c := range []struct {
		situation string
		reason    string
		cited     []law.Citation
		want      []string
	}{
		{"有条文有理由", "所涉第三方经营数据公开后会损害其竞争地位，其书面不同意公开", []law.Citation{law.GovInfoRegulation2019.Art(15)}, nil},
		{"REG-13 只写该文件属性为不予公开", "经查，您申请公开的文件公开属性为不予公开", []law.Citation{a14}, []string{"SE-454"}},
		{"REG-13 只写此件不公开", "此件不公开", nil, []string{"SE-451", "SE-454"}},
		{"REG-13 依申请公开也不是理由", "该公文标注为“依申请公开”", []law.Citation{a16}, []string{"SE-454"}},
		{"没有理由", "", []law.Citation{a16}, []string{"SE-453"}},
		{"工作秘密不是理由", "属于工作秘密，泄露后影响工作", []law.Citation{law.StateSecretsLaw2024.Art(64)}, []string{"SE-452"}},
		{"本单位文件不是理由", "按照本局制度不对外提供", []law.Citation{law.Local("某局保密制度").Art(3)}, []string{"SE-452"}},
		{"没有这一款", "讨论记录，公开后影响坦率交换意见", []law.Citation{law.GovInfoRegulation2019.Art(16).Para(3)}, []string{"SE-452"}},
		{"提到属性但另有理由", "该件系讨论记录，形成时标注不予公开，公开后影响坦率交换意见", []law.Citation{a16}, nil},
	} {
		t.Run(c.situation, func(t *testing.T) {
			assert.Equal(t, c.want, code(secrecy.CheckGrounds(c.reason, c.cited)))
		})
	}
}

// twin decides the same the slow way, as one reads the Regulation.
func twin(f secrecy.Facts) (secrecy.Outcome, []secrecy.Ground) {
	type answer int
	const (
		unsettled answer = iota
		no
		holds
	)
	class := func(n secrecy.Named) law.Class {
		if !n.Citation.IsZero() {
			return n.Citation.Instrument.Class()
		}
		if n.Title != "" {
			return n.Class
		}
		return ""
	}
	lawful := func(n secrecy.Named) bool { return class(n) == law.Statute || class(n) == law.Regulation }

	var classified, forbidden, danger, third, internal, process, file, registry answer
	switch f.Classified {
	case secrecy.NotClassified, secrecy.TermOver:
		classified = no
	case secrecy.InTerm:
		classified = holds
	}
	switch {
	case f.Forbidden == secrecy.Absent:
		forbidden = no
	case f.Forbidden == secrecy.Present && lawful(f.ForbiddenBy):
		forbidden = holds
	case f.Forbidden == secrecy.Present && class(f.ForbiddenBy) != "":
		forbidden = no
	}
	switch {
	case f.Danger == secrecy.Absent:
		danger = no
	case f.Danger == secrecy.Present && f.DangerReason != "":
		danger = holds
	}
	if f.Harm == secrecy.Absent && f.ThirdParty != secrecy.Refuses {
		third = no
	}
	if f.Harm == secrecy.Present {
		asked := f.ThirdParty != secrecy.NotAsked || f.Context != secrecy.Application
		switch {
		case f.ThirdParty == secrecy.Consents:
			third = no
		case !asked || f.ThirdParty == secrecy.Waiting:
		case f.PublicInterest == secrecy.Absent:
			third = holds
		case f.PublicInterest == secrecy.Present && f.Decider != "" && f.Notice != "":
			third = no
		}
	}
	may := func(is secrecy.Answer, second bool) answer {
		switch is {
		case secrecy.Absent:
			return no
		case secrecy.Present:
		default:
			return unsettled
		}
		required := f.Required == secrecy.Present
		if second {
			if !required && f.Required != secrecy.Absent || required && class(f.RequiredBy) == "" {
				return unsettled
			}
			if c := class(f.RequiredBy); required && (lawful(f.RequiredBy) || c == law.LocalStatute || c == law.Rule) {
				return no
			}
		} else if required && lawful(f.RequiredBy) {
			return no
		}
		if f.Discretion == secrecy.ToDisclose {
			return no
		}
		if f.Discretion == secrecy.ToWithhold && f.DiscretionReason != "" {
			return holds
		}
		return unsettled
	}
	internal, process, file = may(f.Internal, false), may(f.Process, true), may(f.EnforcementFile, true)
	switch {
	case f.Context == secrecy.Proactive, f.Registry == secrecy.Absent:
		registry = no
	case f.Registry == secrecy.Present && lawful(f.RegistryBy):
		registry = holds
	case f.Registry == secrecy.Present && class(f.RegistryBy) != "":
		registry = no
	}
	agreed := f.Concerns == secrecy.Absent || f.Concerns == secrecy.Present && f.Organs == secrecy.Consents
	agreed = agreed && (f.NeedsApproval == secrecy.Absent || f.NeedsApproval == secrecy.Present && f.Approved == secrecy.Present)
	switch f.CoMade {
	case secrecy.Absent:
	case secrecy.Present:
		if f.Context == secrecy.Application {
			agreed = agreed && f.CoMakers != secrecy.Waiting
		} else {
			agreed = agreed && f.CoMakers == secrecy.Consents
		}
	default:
		agreed = false
	}

	all := []answer{classified, forbidden, danger, third, internal, process, file, registry}
	var grounds []secrecy.Ground
	for i, a := range all {
		if a == holds {
			grounds = append(grounds, secrecy.Ground(i+1))
		}
	}
	any := func(as []answer, want answer) bool {
		for _, a := range as {
			if a == want {
				return true
			}
		}
		return false
	}
	must, rest := all[:3], all[3:7]
	held := any(must, holds) || any(rest, holds)
	switch {
	case f.Context != secrecy.Application && f.Context != secrecy.Proactive:
		return 0, grounds
	case any(must, holds) && f.Severable == secrecy.Absent:
		return secrecy.Withhold, grounds
	case any(must, holds) && f.Severable != secrecy.Present, any(must, unsettled):
		return 0, grounds
	case registry == holds:
		return secrecy.Redirect, []secrecy.Ground{secrecy.GroundRegistry}
	case registry == unsettled:
		return 0, grounds
	case any(rest, holds) && f.Severable == secrecy.Absent:
		return secrecy.Withhold, grounds
	case held && f.Severable != secrecy.Present, any(rest, unsettled), !agreed:
		return 0, grounds
	case held:
		return secrecy.DiscloseInPart, grounds
	}
	return secrecy.Disclose, grounds
}

// The values that each part of the facts can take, every one of them.
var (
	everyAnswer = []secrecy.Answer{0, secrecy.Absent, secrecy.Present, secrecy.Unsure}
	everyNamed  = []secrecy.Named{{}, aStatute, otherStatute, aRule, aLocalStatute, aLocalPaper, unclassed}
)

type set = func(*secrecy.Facts)

func product(groups ...[]set) []set {
	out := []set{func(*secrecy.Facts) {}}
	for _, g := range groups {
		var next []set
		for _, a := range out {
			for _, b := range g {
				next = append(next, func(f *secrecy.Facts) { a(f); b(f) })
			}
		}
		out = next
	}
	return out
}

func answersOf(put func(*secrecy.Facts, secrecy.Answer)) (out []set) {
	for _, a := range everyAnswer {
		out = append(out, func(f *secrecy.Facts) { put(f, a) })
	}
	return out
}

func consultationsOf(put func(*secrecy.Facts, secrecy.Consultation)) (out []set) {
	for c := secrecy.NotAsked; c <= secrecy.RefusesGroundless; c++ {
		out = append(out, func(f *secrecy.Facts) { put(f, c) })
	}
	return out
}

func namedOf(put func(*secrecy.Facts, secrecy.Named)) (out []set) {
	for _, n := range everyNamed {
		out = append(out, func(f *secrecy.Facts) { put(f, n) })
	}
	return out
}

func stringsOf(put func(*secrecy.Facts, string)) []set {
	return []set{func(f *secrecy.Facts) { put(f, "") }, func(f *secrecy.Facts) { put(f, "x") }}
}

func everyGroup() map[string][]set {
	var contexts, classified, discretion []set
	for c := secrecy.Context(0); c <= secrecy.Application; c++ {
		contexts = append(contexts, func(f *secrecy.Facts) { f.Context = c })
	}
	for c := secrecy.Classified(0); c <= secrecy.ClassifyUnclear; c++ {
		classified = append(classified, func(f *secrecy.Facts) { f.Classified = c })
	}
	for d := secrecy.Discretion(0); d <= secrecy.ToDisclose; d++ {
		discretion = append(discretion, func(f *secrecy.Facts) { f.Discretion = d })
	}
	return map[string][]set{
		"情形":   contexts,
		"国家秘密": classified,
		"其他法律": product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Forbidden = a }), namedOf(func(f *secrecy.Facts, n secrecy.Named) { f.ForbiddenBy = n })),
		"三安全":  product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Danger = a }), stringsOf(func(f *secrecy.Facts, s string) { f.DangerReason = s })),
		"第三方": product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Harm = a }), consultationsOf(func(f *secrecy.Facts, c secrecy.Consultation) { f.ThirdParty = c }),
			answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.PublicInterest = a }), stringsOf(func(f *secrecy.Facts, s string) { f.Decider = s }), stringsOf(func(f *secrecy.Facts, s string) { f.Notice = s })),
		"可以不公开": product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Internal = a }), answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Process = a }), answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.EnforcementFile = a }),
			discretion, stringsOf(func(f *secrecy.Facts, s string) { f.DiscretionReason = s }),
			answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Required = a }), namedOf(func(f *secrecy.Facts, n secrecy.Named) { f.RequiredBy = n })),
		"登记资料": product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Registry = a }), namedOf(func(f *secrecy.Facts, n secrecy.Named) { f.RegistryBy = n })),
		"区分处理": answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Severable = a }),
		"共同制作": product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.CoMade = a }), consultationsOf(func(f *secrecy.Facts, c secrecy.Consultation) { f.CoMakers = c })),
		"其他机关": product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Concerns = a }), consultationsOf(func(f *secrecy.Facts, c secrecy.Consultation) { f.Organs = c })),
		"批准":   product(answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.NeedsApproval = a }), answersOf(func(f *secrecy.Facts, a secrecy.Answer) { f.Approved = a })),
	}
}

func agree(t *testing.T, f secrecy.Facts) {
	t.Helper()
	got := secrecy.Assess(f)
	outcome, grounds := twin(f)
	if f.Context != 0 {
		require.NotContains(t, asks(got), "SE-401", "a stage has no line for %+v", f)
	}
	if got.Outcome != outcome || !reflect.DeepEqual(got.Grounds, grounds) || (got.Outcome == 0) != (len(got.Asks) > 0) {
		require.Failf(t, "table and twin differ", "%+v\ntable %v %v asks %v\ntwin  %v %v", f, got.Outcome, got.Grounds, asks(got), outcome, grounds)
	}
}

// Every question is tried with every combination of its own facts, under both
// contexts, with and without a way to sever, with all else settled; then every
// combination of the answers of all questions; then a long random walk over the
// whole space. Each time the slow twin agrees.
func TestEveryCombinationHasAnOutcomeOrSaysWhatIsMissing(t *testing.T) {
	groups := everyGroup()
	count := 0
	for name, values := range groups {
		around := product(groups["情形"], groups["区分处理"])
		for _, change := range values {
			for _, outer := range around {
				f := plain(0)
				outer(&f)
				change(&f)
				agree(t, f)
				count++
			}
		}
		t.Logf("%s: %d", name, len(values)*len(around))
	}
	three := func(changes ...set) []set { return append(changes, func(*secrecy.Facts) {}) }
	all := product(groups["情形"], groups["区分处理"],
		three(func(f *secrecy.Facts) { f.Classified = 0 }, func(f *secrecy.Facts) { f.Classified = secrecy.InTerm }),
		three(func(f *secrecy.Facts) { f.Forbidden = 0 }, func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, aStatute }),
		three(func(f *secrecy.Facts) { f.Harm = 0 }, func(f *secrecy.Facts) { f.Harm, f.ThirdParty = secrecy.Present, secrecy.Refuses }),
		three(func(f *secrecy.Facts) { f.Internal = 0 }, func(f *secrecy.Facts) { f.Internal = secrecy.Present }),
		three(func(f *secrecy.Facts) { f.Process = 0 }, func(f *secrecy.Facts) { f.Process = secrecy.Present }),
		three(func(f *secrecy.Facts) { f.EnforcementFile = 0 }, func(f *secrecy.Facts) { f.EnforcementFile = secrecy.Present }),
		three(func(f *secrecy.Facts) { f.Registry = 0 }, func(f *secrecy.Facts) { f.Registry, f.RegistryBy = secrecy.Present, aStatute }),
		three(func(f *secrecy.Facts) { f.NeedsApproval = secrecy.Present }))
	for _, change := range all {
		f := plain(0)
		f.Discretion, f.DiscretionReason = secrecy.ToWithhold, "x"
		change(&f)
		agree(t, f)
		count++
	}
	r := rand.New(rand.NewPCG(1, 2))
	names := make([]string, 0, len(groups))
	for n := range groups {
		names = append(names, n)
	}
	for range 50_000 {
		f := plain(secrecy.Application)
		for _, n := range names {
			if r.IntN(3) > 0 {
				groups[n][r.IntN(len(groups[n]))](&f)
			}
		}
		agree(t, f)
		count++
	}
	t.Logf("%d combinations", count)
}

func TestAssessKeepsItsHeadOnForeignValues(t *testing.T) {
	f := plain(secrecy.Application)
	f.Context, f.Classified, f.Harm, f.ThirdParty, f.Discretion = 99, 99, 99, 99, 99
	got := secrecy.Assess(f)
	assert.Equal(t, secrecy.Outcome(0), got.Outcome)
	assert.Equal(t, []string{"SE-401", "SE-402", "SE-411"}, asks(got))
}

func TestFactsJSON(t *testing.T) {
	f := plain(secrecy.Application)
	f.Forbidden, f.ForbiddenBy, f.ThirdParty = secrecy.Present, aStatute, secrecy.Silent
	data, err := json.Marshal(f)
	require.NoError(t, err)
	var back secrecy.Facts
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, f, back)
	a := secrecy.Assess(f)
	text, err := json.Marshal(a.Grounds)
	require.NoError(t, err)
	assert.JSONEq(t, `["other-statute"]`, string(text))
	var grounds []secrecy.Ground
	require.NoError(t, json.Unmarshal(text, &grounds))
	assert.Equal(t, a.Grounds, grounds)
	assert.Error(t, json.Unmarshal([]byte(`["attribute"]`), &grounds))
	assert.Error(t, json.Unmarshal([]byte(`{"harm":"maybe"}`), &back))
}

// The table prints itself; go generate writes it.
func TestDecisionTable(t *testing.T) {
	const file = "decision.md"
	got := secrecy.DecisionTable()
	if os.Getenv("GENERATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o666))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go generate ./secrecy")
	assert.Equal(t, string(want), got, "go generate ./secrecy")
	for _, words := range []string{"《中华人民共和国政府信息公开条例》第三十四条", "（15个工作日）", "本库读法", "附表二第12行“属于行政查询事项”，只是报告格式"} {
		assert.Contains(t, got, words)
	}
	assert.Equal(t, 1, strings.Count(got, "公文公开属性"), "said once: it is no input")
}

func BenchmarkAssess(b *testing.B) {
	for name, f := range map[string]secrecy.Facts{
		"nothing-against": plain(secrecy.Application),
		"third-party": with(plain(secrecy.Application), func(f *secrecy.Facts) {
			f.Harm, f.ThirdParty, f.Severable = secrecy.Present, secrecy.Refuses, secrecy.Present
		}),
		"named-statute":       with(plain(secrecy.Application), func(f *secrecy.Facts) { f.Forbidden, f.ForbiddenBy = secrecy.Present, aStatute }),
		"nothing-established": {},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				secrecy.Assess(f)
			}
		})
	}
}
