package disclosure

import (
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Origin says how an agency came to hold information.
type Origin string

// The origins that 条例第十条 tells apart. The zero Origin is undetermined.
const (
	Made        Origin = "made"         // 行政机关制作
	FromCitizen Origin = "from-citizen" // 从公民、法人和其他组织获取
	FromAgency  Origin = "from-agency"  // 获取的其他行政机关的政府信息
	MadeJointly Origin = "made-jointly" // 两个以上行政机关共同制作
	MadeByBody  Origin = "made-by-body" // 派出机构、内设机构依照法律、法规对外以自己名义履行职能
)

// Provenance is what decides who must disclose a piece of information. Names
// are opaque ids of agencies; "" = not known.
type Provenance struct {
	Origin   Origin
	Holder   string // the agency that keeps it
	Maker    string // the agency that made it
	Obtained string // the agency that first obtained it from its maker's side
	Lead     string // the lead of a joint document
	Body     string // the body that acts in its own name
}

// Responsible is who discloses. Agency "" means undetermined, and Reason says
// what is missing.
type Responsible struct {
	Agency string
	Basis  law.Citation
	Reason string
}

// WhoDiscloses applies 条例第十条: the maker; the keeper if it was got from
// citizens, legal persons or other organisations; the maker or first obtainer if
// it was got from another agency; the lead for a joint document; a body that by
// law or regulation acts in its own name for what it made.
func WhoDiscloses(p Provenance) Responsible {
	first := law.GovInfoRegulation2019.Art(10).Para(1)
	need := func(agency string, c law.Citation, what string) Responsible {
		if agency == "" {
			return Responsible{Basis: c, Reason: fmt.Sprintf("%s未填写,无法确定公开主体", what)}
		}
		return Responsible{Agency: agency, Basis: c}
	}
	switch p.Origin {
	case Made:
		return need(p.Maker, first, "制作机关")
	case FromCitizen:
		return need(p.Holder, first, "保存机关")
	case FromAgency:
		if p.Maker != "" {
			return Responsible{Agency: p.Maker, Basis: first}
		}
		return need(p.Obtained, first, "制作机关、最初获取机关")
	case MadeJointly:
		return need(p.Lead, law.GovInfoRegulation2019.Art(10).Para(3), "牵头制作机关")
	case MadeByBody:
		return need(p.Body, law.GovInfoRegulation2019.Art(10).Para(2), "派出机构、内设机构")
	}
	return Responsible{Basis: first, Reason: "信息来源未确定"}
}
