package secrecy

import (
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Demand is what may turn information that is given on request, or withheld,
// into 主动公开 (条例 44).
type Demand struct {
	// Applicants is how many different applicants asked this agency for the same
	// information.
	Applicants int `json:"applicants,omitempty"`
	// Disclosable: it may be disclosed, as an assessment now says, whatever stands
	// on the document.
	Disclosable Answer `json:"disclosable,omitempty"`
	// Suggested: an applicant who was given it suggests that it be disclosed to
	// all. Upheld: examined and found to be within the scope of 主动公开 on the day
	// Found.
	Suggested bool          `json:"suggested,omitempty"`
	Upheld    Answer        `json:"upheld,omitempty"`
	Found     deadline.Date `json:"found,omitzero"`
}

// Duty is how far the agency is bound. The zero Duty is undetermined.
type Duty uint8

// The duties.
const (
	NoDuty      Duty = iota + 1
	MayConvert       // 可以纳入主动公开的范围 (条例 44(1))
	MustConvert      // 应当及时主动公开 (条例 44(2))
)

var duties = [...]string{"undetermined", "no-duty", "may", "must"}

// String is the stored name.
func (d Duty) String() string { return nameOf(duties[:], d) }

// MarshalText writes String; an unknown value is an error.
func (d Duty) MarshalText() ([]byte, error) { return marshalName(duties[:], d, "duty") }

// UnmarshalText reads String's values and the empty text.
func (d *Duty) UnmarshalText(b []byte) error { return unmarshalName(duties[:], d, b, "duty") }

// Conversion is what a Demand comes to.
type Conversion struct {
	Duty  Duty
	Basis law.Citation
	// By is the day that we propose for a MustConvert, twenty working days after
	// it was found right. The Regulation says 及时: Reading marks it as ours.
	By      deadline.Date
	Reading law.Citation
	// Missing is what keeps the duty undetermined, "" otherwise.
	Missing string // a code
}

var readingPromptly = law.Own.Sec("条例第四十四条第二款的“及时”，按第二十六条的20个工作日掌握")

// conversionDays is the period of 条例 26, which our reading of 及时 borrows.
const conversionDays = 20

// Conversion applies 条例 44. The error is the calendar's; Duty and Basis are
// right even then.
func (d Demand) Conversion(cal *deadline.Calendar) (Conversion, error) {
	suggestion, many := law.GovInfoRegulation2019.Art(44).Para(2), law.GovInfoRegulation2019.Art(44).Para(1)
	if d.Suggested {
		switch {
		case d.Upheld == Present && d.Disclosable == Present:
			c := Conversion{Duty: MustConvert, Basis: suggestion, Reading: readingPromptly}
			if d.Found.IsZero() {
				return c, nil
			}
			var err error
			c.By, err = cal.AddWorkdays(d.Found, conversionDays)
			return c, err
		case d.Upheld == Present && d.Disclosable != Absent:
			return Conversion{Basis: suggestion, Missing: codeConvertAssess}, nil
		case d.Upheld != Absent && d.Upheld != Present:
			return Conversion{Basis: suggestion, Missing: codeConvertExamine}, nil
		}
	}
	switch {
	case d.Applicants < 2 || d.Disclosable == Absent:
		basis := many
		if d.Suggested {
			basis = suggestion
		}
		return Conversion{Duty: NoDuty, Basis: basis}, nil
	case d.Disclosable != Present:
		return Conversion{Basis: many, Missing: codeConvertAssess}, nil
	}
	return Conversion{Duty: MayConvert, Basis: many}, nil
}

// Codes of the conversion. A code is never reassigned.
const (
	codeConvertAssess  = "SE-711" // whether it may be disclosed was not assessed
	codeConvertExamine = "SE-712" // the suggestion was not examined
)
