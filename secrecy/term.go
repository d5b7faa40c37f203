package secrecy

import (
	"errors"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// MaxYears is the longest term that a level may carry (保密法 20): 30 for 绝密, 20
// for 机密, 10 for 秘密; 0 when no level is stated.
func (l Level) MaxYears() int {
	switch l {
	case TopSecret:
		return 30
	case Secret:
		return 20
	case Confidential:
		return 10
	}
	return 0
}

// Term is the term of a state secret (保密期限): a period, or the day of
// declassification (解密时间), or its condition (解密条件). A mark that states none
// of the three has the longest term of its level. The zero Term is no secret.
type Term struct {
	Level Level `json:"level,omitempty"`
	// Issued is the day of issue as marked (标明的制发日), or where none can be
	// marked that of the written notice: the term counts from it (保密法实施条例 19).
	Issued deadline.Date `json:"issued,omitzero"`
	Years  int           `json:"years,omitempty"`
	Months int           `json:"months,omitempty"`
	// Until is the day of declassification, through which the secret is kept.
	Until deadline.Date `json:"until,omitzero"`
	// Condition is the condition in words; Met the day on which it came about.
	Condition string        `json:"condition,omitempty"`
	Met       deadline.Date `json:"met,omitzero"`
	// Lifted is the day of an earlier declassification, or of official publication
	// (正式公布时即视为解密, 保密法 20(4)).
	Lifted deadline.Date `json:"lifted,omitzero"`
	// Exception names the text that allows a longer term (除另有规定外).
	Exception Named `json:"exception,omitzero"`
}

// IsZero reports whether no level is stated.
func (t Term) IsZero() bool { return t.Level == 0 }

// Check returns all faults of the term: none or several of period, day and
// condition where one is due, a missing day of issue, a negative period, a term
// longer than the level allows. A Term without a level has none.
func (t Term) Check() error {
	if t.IsZero() {
		return nil
	}
	var faults []error
	add := func(code, what string, basis law.Citation) {
		faults = append(faults, &Error{Code: code, Category: ErrRefused, What: "term: " + what, Basis: basis})
	}
	if t.Level.MaxYears() == 0 {
		add(codeTermLevel, "unknown level", law.StateSecretsLaw2024.Art(14).Para(1))
		return errors.Join(faults...)
	}
	kinds := 0
	for _, has := range []bool{t.Years != 0 || t.Months != 0, !t.Until.IsZero(), t.Condition != ""} {
		if has {
			kinds++
		}
	}
	if kinds > 1 {
		add(codeTermSeveral, "several of period, day and condition", law.StateSecretsLaw2024.Art(20).Para(3))
	}
	if t.Years < 0 || t.Months < 0 {
		add(codeTermPeriod, "a negative period", law.StateSecretsLaw2024.Art(20).Para(1))
	}
	if t.Issued.IsZero() {
		add(codeTermIssued, "the day of issue is missing", law.StateSecretsRegulation2024.Art(19).Para(2))
	} else if last, max := t.last(), t.Issued.AddMonths(12*t.Level.MaxYears()); t.Exception.IsZero() && (last.After(max) || last.IsZero() && t.Condition == "") {
		add(codeTermLong, "longer than the level allows", law.StateSecretsLaw2024.Art(20).Para(2))
	}
	return errors.Join(faults...)
}

// last is the last day of the term, zero where a condition decides.
func (t Term) last() deadline.Date {
	switch {
	case !t.Until.IsZero():
		return t.Until
	case t.Condition != "":
		return deadline.Date{}
	case t.Years == 0 && t.Months == 0:
		return t.Issued.AddMonths(12 * t.Level.MaxYears())
	}
	return t.Issued.AddMonths(12*t.Years + t.Months)
}

// Last is the last day on which the term runs: the corresponding day of the last
// month (民法典 202), the day of declassification, or the day before it was
// lifted or its condition met, whichever is first. It is zero while a condition
// is not met, and for a term that Check refuses.
func (t Term) Last() deadline.Date {
	if t.IsZero() || t.Check() != nil {
		return deadline.Date{}
	}
	last := t.last()
	for _, d := range []deadline.Date{t.Met, t.Lifted} {
		if before := d.AddDays(-1); !d.IsZero() && (last.IsZero() || before.Before(last)) {
			last = before
		}
	}
	return last
}

// State says whether the term runs on the day, as a fact for Assess:
// NotClassified without a level, InTerm through Last, TermOver after it. A term
// that Check refuses is in term: what is marked secret is kept until somebody
// puts the mark right. Expiry declassifies (自行解密, 保密法 24); it publishes
// nothing.
func (t Term) State(today deadline.Date) Classified {
	switch {
	case t.IsZero():
		return NotClassified
	case today.IsZero():
		return 0
	}
	if last := t.Last(); last.IsZero() || !today.After(last) {
		return InTerm
	}
	return TermOver
}

// Codes of the term. A code is never reassigned.
const (
	codeTermLevel   = "SE-701" // an unknown level
	codeTermSeveral = "SE-702" // several of period, day and condition
	codeTermPeriod  = "SE-703" // a negative period
	codeTermIssued  = "SE-704" // the day of issue is missing
	codeTermLong    = "SE-705" // longer than the level allows
)
