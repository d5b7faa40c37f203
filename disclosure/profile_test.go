package disclosure_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/secrecy"
)

func load(t testing.TB, id string) *disclosure.Profile {
	t.Helper()
	p, err := profile.Load(id)
	require.NoError(t, err)
	return p
}

func TestRegime(t *testing.T) {
	reg26 := law.GovInfoRegulation2019.Art(26)
	cases := []struct {
		name    string
		profile string
		matter  disclosure.Regime
		cite    law.Citation
		want    disclosure.Applicability
	}{
		{"REG-02 政府信息：条例适用", "chuxiong", "", reg26, disclosure.Binding},
		{"REG-02 企务：条例不适用", "bengbu", "", reg26, disclosure.NotApplicable},
		{"REG-02 企业面向社会公开的政府信息事项：条例适用", "bengbu", disclosure.GovernmentInfo, reg26, disclosure.Binding},
		{"REG-02 党务：参照执行是规则书的选择", "haikou", "", reg26, disclosure.ByReference},
		{"REG-02 群团：参照执行", "nanning", "", reg26, disclosure.ByReference},
		{"REG-02 公共企事业单位：第五十五条适用", "bengbu", disclosure.PublicService, law.GovInfoRegulation2019.Art(55), disclosure.Binding},
		{"REG-02 公共企事业单位：其余条文不适用", "bengbu", disclosure.PublicService, reg26, disclosure.NotApplicable},
		{"REG-02 本单位文件总是适用", "bengbu", "", law.Local("蚌埠市烟草专卖局（公司）推进办事公开民主管理同业务工作深度融合实施细则").Sec("四（四）"), disclosure.Binding},
		{"REG-02 其他法律由其自身规定适用范围，未定", "chuxiong", "", law.AdministrativePenaltyLaw2021.Art(48), ""},
		{"REG-02 事项类别无法识别，未定", "chuxiong", "其他", reg26, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, load(t, c.profile).Applies(c.cite, c.matter))
		})
	}
}

func TestWhoDiscloses(t *testing.T) {
	p1 := law.GovInfoRegulation2019.Art(10).Para(1)
	cases := []struct {
		name   string
		given  disclosure.Provenance
		agency string
		basis  law.Citation
	}{
		{"REG-10 制作的由制作机关公开", disclosure.Provenance{Origin: disclosure.Made, Maker: "a", Holder: "b"}, "a", p1},
		{"REG-10 从公民获取的由保存机关公开", disclosure.Provenance{Origin: disclosure.FromCitizen, Maker: "a", Holder: "b"}, "b", p1},
		{"REG-10 获取其他机关的由制作机关公开", disclosure.Provenance{Origin: disclosure.FromAgency, Maker: "a", Holder: "b", Obtained: "c"}, "a", p1},
		{"REG-10 制作机关不明的由最初获取机关公开", disclosure.Provenance{Origin: disclosure.FromAgency, Holder: "b", Obtained: "c"}, "c", p1},
		{"REG-10 共同制作的由牵头机关公开", disclosure.Provenance{Origin: disclosure.MadeJointly, Maker: "a", Lead: "d"}, "d", law.GovInfoRegulation2019.Art(10).Para(3)},
		{"REG-10 派出机构以自己名义履职的由其负责", disclosure.Provenance{Origin: disclosure.MadeByBody, Maker: "a", Body: "e"}, "e", law.GovInfoRegulation2019.Art(10).Para(2)},
		{"REG-10 牵头机关未写明的未定", disclosure.Provenance{Origin: disclosure.MadeJointly, Maker: "a"}, "", law.GovInfoRegulation2019.Art(10).Para(3)},
		{"REG-10 来源不明的未定", disclosure.Provenance{Maker: "a"}, "", p1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := disclosure.WhoDiscloses(c.given)
			assert.Equal(t, c.agency, got.Agency)
			assert.Equal(t, c.basis, got.Basis)
			assert.Equal(t, c.agency == "", got.Reason != "")
		})
	}
}

func TestSupersededLocalRules(t *testing.T) {
	for _, c := range []struct{ name, profile, id, words string }{
		{"OA-00 海口以工作秘密为不公开的理由", "haikou", "work-secret-ground", "工作秘密"},
		{"OA-00 蚌埠引用国务院令第492号", "bengbu", "regulation-492", "国务院令第492号"},
		{"OA-00 楚雄把依申请公开的文件一并公开发布", "chuxiong", "on-request-text", "此件依申请公开"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := load(t, c.profile)
			var found *disclosure.LocalRule
			for _, r := range p.SupersededRules(deadline.NewDate(2026, 11, 24)) {
				if r.ID == c.id {
					found = &r
				}
			}
			require.NotNil(t, found)
			assert.Contains(t, found.Words, c.words, "the words are kept as they stand in the document")
			assert.NotEmpty(t, found.SupersededBy)
			assert.NotEmpty(t, found.Law)
			for _, r := range p.SupersededRules(deadline.NewDate(2019, 5, 14)) {
				assert.NotEqual(t, c.id, r.ID, "the day before the revision the local rule still stood")
			}
		})
	}
}

func TestStaffing(t *testing.T) {
	p := load(t, "bengbu")
	full := func() []disclosure.Appointment {
		var out []disclosure.Appointment
		for i, u := range p.Units {
			out = append(out, disclosure.Appointment{Actor: string(rune('a' + i)), Unit: u.ID, Role: "liaison"})
		}
		return out
	}
	t.Run("BB-03 每个部门一名联络员", func(t *testing.T) {
		assert.Empty(t, p.Staffing(full()))
	})
	t.Run("BB-03 少一名、多一名都指出部门", func(t *testing.T) {
		as := full()
		as[0].Unit = as[1].Unit
		faults := p.Staffing(as)
		require.Len(t, faults, 2)
		assert.Contains(t, faults[0].Path, string(p.Units[0].ID))
		assert.Contains(t, faults[1].Path, string(p.Units[1].ID))
	})
	t.Run("BB-03 六种角色，联络员兼收意见", func(t *testing.T) {
		titles := map[string]bool{}
		for _, r := range p.Roles {
			titles[r.Title] = true
			if r.ID == "liaison" {
				assert.Contains(t, r.Duties, "收集对本部门已发布信息的意见和建议")
			}
		}
		for _, want := range []string{"办事公开民主管理工作领导小组", "公开办（工会）", "业务相关职能部门", "整顿办", "监察室", "公开工作联络员"} {
			assert.True(t, titles[want], want)
		}
	})
}

// oneWindow is 楚雄's procedure under 海口's window: the contract is that of every
// profile.
func oneWindow(t *testing.T) *disclosure.Profile {
	t.Helper()
	p := *load(t, "chuxiong")
	p.Release = disclosure.ReleaseRule{Unit: "operations", NamedOperator: true, Basis: load(t, "haikou").Release.Basis}
	q, err := disclosure.NewProfile(p)
	require.NoError(t, err)
	return q
}

func TestReleaseWindow(t *testing.T) {
	ready := func(t *testing.T) *disclosuretest.Scenario {
		s := disclosuretest.New(t, oneWindow(t), "2026-09-25")
		signed(s, "此件公开发布", "同意此件公开发布")
		printed(s)
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
		return s
	}
	release := disclosure.Release{On: "publish", Carriers: []string{"website"}, Operator: "u-operator"}
	t.Run("HK-17 其他部门不能自行发布", func(t *testing.T) {
		s := ready(t)
		other := disclosuretest.Person("u-other", "projects", "publisher")
		var r *disclosure.Refusal
		require.ErrorAs(t, s.When(other, release).Refused(), &r)
		assert.Equal(t, "DI-40", r.Code)
		assert.Contains(t, r.Basis.String(), "党政务公开工作规范管理办法")
		s.When(publisher, release).Then("feedback")
	})
	t.Run("HK-18 没有指定专人不能发布", func(t *testing.T) {
		s := ready(t)
		unnamed := release
		unnamed.Operator = ""
		var r *disclosure.Refusal
		require.ErrorAs(t, s.When(publisher, unnamed).Refused(), &r)
		assert.Equal(t, "DI-42", r.Code)
		s.When(publisher, release).Then("feedback")
		c := s.Current()
		assert.Contains(t, string(c.Records[len(c.Records)-1].Structure), `"operator":"u-operator"`)
	})
	t.Run("TZ-08 扎口管理的载体只由其管理部门发布", func(t *testing.T) {
		p := *load(t, "chuxiong")
		p.Release = disclosure.ReleaseRule{}
		p.Carriers = append([]disclosure.CarrierRule(nil), p.Carriers...)
		p.Carriers[0].Gatekeeper = "office"
		q, err := disclosure.NewProfile(p)
		require.NoError(t, err)
		s := disclosuretest.New(t, q, "2026-09-25")
		signed(s, "此件公开发布", "同意此件公开发布")
		printed(s)
		s.Given(drafter, disclosure.Take{On: "hand-over"})
		s.Given(reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
		var r *disclosure.Refusal
		require.ErrorAs(t, s.When(publisher, release).Refused(), &r)
		assert.Equal(t, "DI-43", r.Code)
		gate := disclosuretest.Person("u-gate", "office", "publisher")
		s.When(gate, release).Then("feedback")
	})
}

func TestProfileFaultsAllAtOnce(t *testing.T) {
	_, err := disclosure.NewProfile(disclosure.Profile{
		Roles:      []disclosure.Post{{ID: "a"}, {ID: "a"}},
		Carriers:   []disclosure.CarrierRule{{ID: "w"}, {ID: "w"}},
		LocalRules: []disclosure.LocalRule{{Standing: disclosure.Superseded}},
		Release:    disclosure.ReleaseRule{Unit: "nowhere", Roles: nil},
	})
	require.ErrorIs(t, err, disclosure.ErrProfile)
	for _, code := range []string{"DI-01", "DI-02", "DI-03", "DI-05", "DI-06", "DI-11"} {
		assert.ErrorContains(t, err, code)
	}
}
