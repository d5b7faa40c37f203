package secrecy

import (
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// ReferralKind is one of the two ways on which a reviewer who cannot decide
// sends the question upward.
type ReferralKind uint8

// The two ways.
const (
	// ToAuthority: 不能确定是否可以公开的，报有关主管部门或者保密行政管理部门确定
	// (条例 17(3)). There is no statutory period; silence decides nothing.
	ToAuthority ReferralKind = iota + 1
	// Classification: whether and at which level it is a state secret is unclear
	// (保密法实施条例 25): a provisional level at once, reported within ten working
	// days, decided within ten working days of the report.
	Classification
)

var referralKinds = [...]string{"unknown", "to-authority", "classification"}

// String is the stored name.
func (k ReferralKind) String() string { return nameOf(referralKinds[:], k) }

// MarshalText writes String; an unknown value is an error.
func (k ReferralKind) MarshalText() ([]byte, error) {
	return marshalName(referralKinds[:], k, "referral kind")
}

// UnmarshalText reads String's values.
func (k *ReferralKind) UnmarshalText(b []byte) error {
	return unmarshalName(referralKinds[:], k, b, "referral kind")
}

// Basis is the provision that opens the way.
func (k ReferralKind) Basis() law.Citation {
	switch k {
	case ToAuthority:
		return law.GovInfoRegulation2019.Art(17).Para(3)
	case Classification:
		return law.StateSecretsRegulation2024.Art(25).Para(1)
	}
	return law.Citation{}
}

// Referral is one question sent upward, open until it is answered. While one is
// open the review is undetermined and no rendition may be made.
type Referral struct {
	Kind  ReferralKind `json:"kind"`
	Point Point        `json:"point"`
	To    string       `json:"to"` // the authority that the profile names
	By    string       `json:"by"` // opaque id of the reviewer
	// On is the day of the referral; for a Classification the day on which the
	// level was proposed (拟定之日).
	On deadline.Date `json:"on"`
	// Level is the provisional level of a Classification: the document is kept at
	// it until the answer.
	Level Level `json:"level,omitempty"`
	// Received is the day on which the authority received it, zero = not yet.
	Received deadline.Date `json:"received,omitzero"`
	// Answered is the day of the answer, zero = open. Answer is Clear (may be
	// disclosed, is no state secret) or Blocked; Number names the letter.
	Answered deadline.Date `json:"answered,omitzero"`
	Answer   Verdict       `json:"verdict,omitempty"`
	Number   string        `json:"number,omitempty"`
}

// Open reports whether the answer is still outstanding.
func (f Referral) Open() bool {
	return f.Answered.IsZero() || f.Answer != Clear && f.Answer != Blocked
}

// referralDays is both periods of 保密法实施条例 25, in working days.
const referralDays = 10

// Due is the last day of the step that is pending: for a Classification the day
// by which it must reach the authority, then the day by which the authority
// must decide. It is the zero Date when nothing is pending or, as for
// ToAuthority, no law sets a period. The error is the calendar's.
func (f Referral) Due(cal *deadline.Calendar) (deadline.Date, error) {
	switch {
	case f.Kind != Classification || !f.Open():
		return deadline.Date{}, nil
	case f.Received.IsZero():
		return cal.AddWorkdays(f.On, referralDays)
	}
	return cal.AddWorkdays(f.Received, referralDays)
}

// DueBasis is the provision behind Due, zero when there is no period.
func (f Referral) DueBasis() law.Citation {
	switch {
	case f.Kind != Classification || !f.Open():
		return law.Citation{}
	case f.Received.IsZero():
		return law.StateSecretsRegulation2024.Art(25).Para(1)
	}
	return law.StateSecretsRegulation2024.Art(25).Para(2)
}

func (f Referral) valid() error {
	fault := func(what string) error {
		return &Error{Code: codeReferral, Category: ErrRefused, What: "refer: " + what, Basis: f.Kind.Basis()}
	}
	switch {
	case f.Kind != ToAuthority && f.Kind != Classification:
		return fault("unknown kind")
	case !f.Point.known():
		return fault("unknown point")
	case f.To == "":
		return fault("the authority is not named")
	case f.By == "":
		return fault("the reviewer is not named")
	case f.On.IsZero():
		return fault("the day is missing")
	case f.Kind == Classification && f.Point != StateSecret:
		return fault("a classification asks about a state secret")
	case f.Kind == Classification && f.Level == 0:
		return fault("no provisional level")
	case f.Kind == ToAuthority && f.Level != 0:
		return fault("a level is proposed only for a classification")
	case !f.Received.IsZero() && f.Received.Before(f.On), !f.Answered.IsZero() && f.Answered.Before(f.On):
		return fault("received or answered before it was sent")
	}
	return nil
}
