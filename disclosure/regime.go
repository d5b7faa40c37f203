package disclosure

import (
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Regime is the body of rules under which an agency, or one of its matters,
// discloses. The zero Regime is undetermined.
type Regime string

// The regimes.
const (
	GovernmentInfo Regime = "government-info" // 政府信息: the Regulation binds
	PartyAffairs   Regime = "party-affairs"   // 党务
	Enterprise     Regime = "enterprise"      // 企务、厂务
	MassOrg        Regime = "mass-org"        // 群团
	PublicService  Regime = "public-service"  // 公共企事业单位 (条例第五十五条)
)

// Title is the Chinese name.
func (r Regime) Title() string {
	switch r {
	case GovernmentInfo:
		return "政府信息公开"
	case PartyAffairs:
		return "党务公开"
	case Enterprise:
		return "企务、厂务公开"
	case MassOrg:
		return "群团组织公开"
	case PublicService:
		return "公共企事业单位信息公开"
	}
	return "未定"
}

func (r Regime) valid() bool { return r != "" && r.Title() != "未定" }

// Applicability says whether a rule binds. The zero value is undetermined.
type Applicability string

// The answers of Applies.
const (
	Binding       Applicability = "binding"        // 适用
	ByReference   Applicability = "by-reference"   // 参照执行: the agency chose to follow it
	NotApplicable Applicability = "not-applicable" // 不适用
)

// Applies says whether a provision binds a matter of the given regime in an
// agency with this profile. The Regulation binds where the regime is
// GovernmentInfo (条例第二条); a public enterprise or institution discloses by
// rules of its own sector (第五十五条); elsewhere the Regulation is not
// applicable, or followed by reference where the profile says so. Any other
// statute binds by its own terms, which this function does not know: it answers
// undetermined for statutes with a narrower field and Binding for the agency's
// own document. A matter without a regime takes the agency's.
func (p *Profile) Applies(c law.Citation, matter Regime) Applicability {
	if matter == "" {
		matter = p.Regime
	}
	if !matter.valid() || c.IsZero() {
		return ""
	}
	if c.Instrument == p.Source {
		return Binding
	}
	if c.Instrument != law.GovInfoRegulation2019 && c.Instrument != law.GovInfoRegulation2008 {
		return ""
	}
	switch {
	case matter == GovernmentInfo:
		return Binding
	case matter == PublicService && c.Instrument == law.GovInfoRegulation2019 && c.Article == 55:
		return Binding
	case p.FollowsRegulation:
		return ByReference
	}
	return NotApplicable
}
