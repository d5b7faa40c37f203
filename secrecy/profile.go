package secrecy

import (
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Action is what a masking profile does to a finding.
type Action uint8

const (
	Remove  Action = iota // a placeholder instead of the whole: the default
	Keep                  // left as it stands
	Surname               // 张某; a second person of the surname is 张某2; the first character of a minority name
	Ends                  // the first Head and the last Tail characters, * between
	County                // an address up to its county or district
)

var actions = [...]string{"remove", "keep", "surname", "ends", "county"}

// String is remove, keep, surname, ends or county.
func (a Action) String() string {
	if int(a) >= len(actions) {
		return ""
	}
	return actions[a]
}

// MarshalText writes String.
func (a Action) MarshalText() ([]byte, error) {
	if int(a) >= len(actions) {
		return nil, &Error{Code: codeProfile, Category: ErrSyntax, What: "encode action: no such value"}
	}
	return []byte(a.String()), nil
}

// UnmarshalText reads String's values.
func (a *Action) UnmarshalText(b []byte) error {
	for i, s := range actions {
		if s == string(b) {
			*a = Action(i)
			return nil
		}
	}
	return &Error{Code: codeProfile, Category: ErrSyntax, What: "decode action: no such value"}
}

// MaskRule says what becomes of the findings of a kind, of one role or of any.
type MaskRule struct {
	Kind   Kind   `json:"kind"`
	Role   Role   `json:"role,omitempty"` // zero = any
	Action Action `json:"action"`
	Head   int    `json:"head,omitempty"` // for Ends
	Tail   int    `json:"tail,omitempty"`
}

// Profile (脱敏方案) is a masking convention as data. The first rule that fits
// decides. Where none does, what is private goes, and officials, organisations,
// credit codes and the marks of disclosure, urgency and copy number stay.
type Profile struct {
	ID    string       `json:"id"`
	Title string       `json:"title"`
	Basis law.Citation `json:"basis,omitzero"`
	Rules []MaskRule   `json:"rules,omitempty"`
	// MinCandidates is how many values must remain possible for a number that is
	// shown in part, with what else is shown beside it; 0 = not tested.
	MinCandidates int `json:"minCandidates,omitempty"`
	// Placeholder stands where something was removed; default ■■■.
	Placeholder string `json:"placeholder,omitempty"`
}

// Profiles are the built-in conventions, a fresh slice: strict, gov, court,
// penalty. No text fixes one mask for all uses; gov is what offices commonly
// print, court and penalty follow published practice (second-hand, unverified).
func Profiles() []Profile {
	return []Profile{
		{ID: "strict", Title: "全部删除", Basis: law.GovInfoRegulation2019.Art(15), MinCandidates: 100_000},
		{ID: "gov", Title: "政务公示常用", Basis: law.Own.Sec("政务公示常用脱敏"), MinCandidates: 1000, Rules: []MaskRule{
			{Kind: KindPerson, Role: Private, Action: Surname},
			{Kind: KindID18, Action: Ends, Head: 3, Tail: 4},
			{Kind: KindID15, Action: Ends, Head: 3, Tail: 2},
			{Kind: KindMobile, Role: Private, Action: Ends, Head: 3, Tail: 4},
			{Kind: KindBankCard, Action: Ends, Tail: 4},
			{Kind: KindAddress, Role: Private, Action: County},
		}},
		{ID: "court", Title: "裁判文书上网", Basis: law.Own.Sec("裁判文书上网脱敏惯例"), Rules: []MaskRule{
			{Kind: KindPerson, Role: Private, Action: Surname},
			{Kind: KindAddress, Role: Private, Action: County},
			{Kind: KindAddress, Role: Org, Action: Keep},
		}},
		{ID: "penalty", Title: "行政处罚决定公开", Basis: law.Own.Sec("行政处罚决定公开脱敏惯例"), Rules: []MaskRule{
			{Kind: KindAddress, Role: Org, Action: Keep},
		}},
	}
}

// ProfileByID finds a built-in profile.
func ProfileByID(id string) (*Profile, error) {
	for _, p := range Profiles() {
		if p.ID == id {
			return &p, nil
		}
	}
	return nil, &Error{Code: codeProfile, Category: ErrOptions, What: "no such masking profile"}
}

// rule is what the profile says of a finding.
func (p *Profile) rule(f Finding) MaskRule {
	for _, r := range p.Rules {
		if r.Kind == f.Kind && (r.Role == 0 || r.Role == f.Role) {
			return r
		}
	}
	if !f.Open() {
		return MaskRule{Kind: f.Kind, Action: Keep}
	}
	return MaskRule{Kind: f.Kind, Action: Remove}
}

func (p *Profile) placeholder() string {
	if p.Placeholder == "" {
		return "■■■"
	}
	return p.Placeholder
}

// check lists what is wrong with the profile.
func (p *Profile) check() []error {
	var errs []error
	bad := func(what string) {
		errs = append(errs, &Error{Code: codeProfile, Category: ErrOptions, What: "masking profile " + p.ID + ": " + what})
	}
	for _, r := range p.Rules {
		switch {
		case r.Kind == 0 || int(r.Kind) > kindCount || int(r.Action) >= len(actions):
			bad("no such kind or action")
		case r.Action == Surname && r.Kind != KindPerson, r.Action == County && r.Kind != KindAddress:
			bad(r.Action.String() + " does not fit " + r.Kind.String())
		case r.Head < 0 || r.Tail < 0 || r.Action == Ends && r.Head+r.Tail == 0:
			bad("ends to show are not given")
		case r.Kind == KindStateSecret && r.Action == Keep:
			bad("a state-secret mark stops the processing; it is not kept")
		}
	}
	if len(Scan(p.placeholder())) > 0 {
		bad("the placeholder itself would be found")
	}
	return errs
}
