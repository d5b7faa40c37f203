package secrecy

import (
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Point is one question of the secrecy review (保密审查): is this in the document,
// or would disclosing it endanger this?
type Point uint8

// The points. The first eight are the checklist of every review; IndustrySecret
// stands on the lists of agencies whose own rules name it.
const (
	StateSecret      Point = iota + 1 // 国家秘密
	WorkSecret                        // 工作秘密
	TradeSecret                       // 商业秘密
	Privacy                           // 个人隐私
	NationalSecurity                  // 国家安全
	PublicSecurity                    // 公共安全
	EconomicSecurity                  // 经济安全
	SocialStability                   // 社会稳定
	IndustrySecret                    // 行业秘密
)

var points = [...]struct {
	name, zh string
	basis    law.Citation
}{
	0:                {"unknown", "", law.Citation{}},
	StateSecret:      {"state-secret", "国家秘密", law.GovInfoRegulation2019.Art(14)},
	WorkSecret:       {"work-secret", "工作秘密", law.StateSecretsLaw2024.Art(64)},
	TradeSecret:      {"trade-secret", "商业秘密", law.GovInfoRegulation2019.Art(15)},
	Privacy:          {"privacy", "个人隐私", law.GovInfoRegulation2019.Art(15)},
	NationalSecurity: {"national-security", "国家安全", law.GovInfoRegulation2019.Art(14)},
	PublicSecurity:   {"public-security", "公共安全", law.GovInfoRegulation2019.Art(14)},
	EconomicSecurity: {"economic-security", "经济安全", law.GovInfoRegulation2019.Art(14)},
	SocialStability:  {"social-stability", "社会稳定", law.GovInfoRegulation2019.Art(14)},
	IndustrySecret:   {"industry-secret", "行业秘密", law.Local("蚌埠市烟草专卖局（公司）推进办事公开民主管理同业务工作深度融合实施细则").Sec("二（二）")},
}

// Checklist is the eight points of every review, in order. The slice is the
// caller's; an agency appends IndustrySecret where its own rules name it.
func Checklist() []Point {
	return []Point{StateSecret, WorkSecret, TradeSecret, Privacy, NationalSecurity, PublicSecurity, EconomicSecurity, SocialStability}
}

func (p Point) known() bool { return p >= StateSecret && int(p) < len(points) }

// String is the stored name, e.g. trade-secret; unknown for anything else.
func (p Point) String() string {
	if !p.known() {
		return points[0].name
	}
	return points[p].name
}

// Chinese is the name as the form has it, e.g. 商业秘密.
func (p Point) Chinese() string {
	if !p.known() {
		return ""
	}
	return points[p].zh
}

// Basis is the provision that makes the point one of the review.
func (p Point) Basis() law.Citation {
	if !p.known() {
		return law.Citation{}
	}
	return points[p].basis
}

// MarshalText writes String; an unknown point is an error.
func (p Point) MarshalText() ([]byte, error) {
	if !p.known() {
		return nil, enumError("encode point")
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads String's values.
func (p *Point) UnmarshalText(b []byte) error {
	i := slices.IndexFunc(points[:], func(r struct {
		name, zh string
		basis    law.Citation
	}) bool {
		return r.name == string(b)
	})
	if i < 1 {
		return enumError("decode point")
	}
	*p = Point(i)
	return nil
}

// thirdParty: the point protects a right holder, who may agree.
func (p Point) thirdParty() bool { return p == TradeSecret || p == Privacy }

// Answer is a reviewer's answer to one point. The zero Answer is undetermined.
type Answer uint8

// The answers.
const (
	Absent  Answer = iota + 1 // nothing of the kind in the document
	Present                   // it is there, or disclosing endangers it
	Unsure                    // the reviewer cannot decide: it must be referred
)

var answers = [...]string{"undetermined", "absent", "present", "unsure"}

// String is the stored name.
func (a Answer) String() string { return nameOf(answers[:], a) }

// MarshalText writes String; an unknown value is an error.
func (a Answer) MarshalText() ([]byte, error) { return marshalName(answers[:], a, "answer") }

// UnmarshalText reads String's values and the empty text.
func (a *Answer) UnmarshalText(b []byte) error { return unmarshalName(answers[:], a, b, "answer") }

// Release is what lets a document out although a trade secret, a privacy or a
// work secret is in it. The zero Release lets nothing out.
type Release uint8

// The releases. None of them helps against a state secret, an industry secret
// or the three securities and stability.
const (
	// Consent: the right holder agrees (条例 15), by agreement, by an earlier
	// declaration or when asked. Silence is not consent.
	Consent Release = iota + 1
	// PublicInterest: withholding would gravely affect the public interest
	// (条例 15, 32): a named decider, and the right holder told what and why in
	// writing.
	PublicInterest
	// NoHarm: the agency decides that disclosure harms nobody (条例 15 protects
	// against harm), for one after the holder kept silent (条例 32); or that a
	// work secret falls under none of 条例 14–16 and can be open.
	NoHarm
)

var releases = [...]string{"none", "consent", "public-interest", "no-harm"}

// String is the stored name.
func (r Release) String() string { return nameOf(releases[:], r) }

// MarshalText writes String; an unknown value is an error.
func (r Release) MarshalText() ([]byte, error) { return marshalName(releases[:], r, "release") }

// UnmarshalText reads String's values and the empty text.
func (r *Release) UnmarshalText(b []byte) error { return unmarshalName(releases[:], r, b, "release") }

// Source is where a right holder's consent stands.
type Source uint8

// The sources that 海口's scheme names; practice elsewhere is the same.
const (
	Agreement   Source = iota + 1 // 与权利人的有关约定
	Declaration                   // 权利人的事先声明
	Asked                         // 征求权利人的意见
)

var sources = [...]string{"none", "agreement", "declaration", "asked"}

// String is the stored name.
func (s Source) String() string { return nameOf(sources[:], s) }

// MarshalText writes String; an unknown value is an error.
func (s Source) MarshalText() ([]byte, error) { return marshalName(sources[:], s, "source") }

// UnmarshalText reads String's values and the empty text.
func (s *Source) UnmarshalText(b []byte) error { return unmarshalName(sources[:], s, b, "source") }

// Check is one line of the checklist as a reviewer filled it in.
type Check struct {
	Point  Point  `json:"point"`
	Answer Answer `json:"answer"`
	// Reason is owed for every point that is Present but a state or industry
	// secret, and for every Release but Consent.
	Reason  string  `json:"reason,omitempty"`
	Release Release `json:"release,omitempty"`
	// Source and Evidence (an opaque id: the agreement, the declaration, the
	// written answer) belong to Consent; Evidence to PublicInterest is the written
	// notice to the right holder, and Decider the opaque id of who decided.
	Source   Source `json:"source,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Decider  string `json:"decider,omitempty"`
	// Ground is what a work secret that stays closed comes down to: one of
	// 条例 14–16. 工作秘密 by itself is no ground of the Regulation.
	Ground law.Citation `json:"ground,omitzero"`
}

// verdict says what one filled-in line amounts to, and the code of what is
// missing while it is undetermined. Unsure is left to the referral.
func (c Check) verdict() (Verdict, string) {
	switch c.Answer {
	case Absent:
		return Clear, ""
	case Unsure:
		return 0, codeReviewUnsure
	case Present:
	default:
		return 0, codeReviewUnanswered
	}
	if c.Point == StateSecret || c.Point == IndustrySecret {
		return Blocked, ""
	}
	if c.Reason == "" && !(c.Release == Consent && c.Point.thirdParty()) {
		return 0, codeReviewReason
	}
	switch {
	case c.Release == 0 && c.Point == WorkSecret:
		if !isGround(c.Ground) {
			return 0, codeReviewWorkSecret
		}
		return Blocked, ""
	case c.Release == 0:
		return Blocked, ""
	case c.Release == NoHarm && (c.Point.thirdParty() || c.Point == WorkSecret):
		return Clear, ""
	case !c.Point.thirdParty():
		return Blocked, ""
	case c.Release == Consent:
		if c.Source == 0 || int(c.Source) >= len(sources) || c.Evidence == "" {
			return 0, codeReviewConsent
		}
		return Clear, ""
	case c.Release == PublicInterest:
		if c.Decider == "" || c.Evidence == "" {
			return 0, codeReviewInterest
		}
		return Clear, ""
	}
	return 0, codeReviewUnanswered
}

// isGround: 条例 14, 15 or 16, the only grounds on which disclosure is withheld.
func isGround(c law.Citation) bool {
	return c.Instrument == law.GovInfoRegulation2019 && c.Article >= 14 && c.Article <= 16
}

// nameOf, marshalName and unmarshalName serve the small enumerations whose
// values are indices into a table of stored names.
func nameOf[T ~uint8](names []string, v T) string {
	if int(v) >= len(names) {
		v = 0
	}
	return names[v]
}

func marshalName[T ~uint8](names []string, v T, what string) ([]byte, error) {
	if int(v) >= len(names) {
		return nil, enumError("encode " + what)
	}
	return []byte(names[v]), nil
}

func unmarshalName[T ~uint8](names []string, v *T, b []byte, what string) error {
	if len(b) == 0 {
		*v = 0
		return nil
	}
	i := slices.Index(names, string(b))
	if i < 0 {
		return enumError("decode " + what)
	}
	*v = T(i)
	return nil
}

func enumError(what string) error {
	return &Error{Code: codeReviewEncoding, Category: ErrSyntax, What: what + ": no such value"}
}
