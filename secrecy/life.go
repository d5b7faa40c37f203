package secrecy

import (
	"cmp"
	"slices"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Holding is a document that is not open, wholly or in part, and what was last
// done about it.
type Holding struct {
	ID         string        `json:"id"` // opaque
	Attribute  Attribute     `json:"attribute,omitempty"`
	Determined deadline.Date `json:"determined,omitzero"` // the day on which the attribute was fixed
	Assessed   deadline.Date `json:"assessed,omitzero"`   // the last re-assessment, zero = never
	Term       Term          `json:"term,omitzero"`
	Audited    deadline.Date `json:"audited,omitzero"` // the last yearly review of the secret
}

// Occasion is why a holding is on the list.
type Occasion uint8

// The occasions. None of them opens anything: each puts the document before a
// person, who assesses it anew.
const (
	YearlyReview Occasion = iota + 1 // 每年审核所确定的国家秘密 (保密法 24(1))
	TermEnding                       // prolong before the end or let it end (保密法 24(2))
	TermEnded                        // 自行解密: assess (条例 17, 18); not yet public
	Periodic                         // 定期评估审查 of what is withheld (条例 18)
	TermFaulty                       // the mark is not as the law has it: put it right
)

var occasions = [...]struct {
	name, zh string
	basis    law.Citation
}{
	{"none", "", law.Citation{}},
	{"yearly-review", "国家秘密年度审核", law.StateSecretsLaw2024.Art(24).Para(1)},
	{"term-ending", "保密期限将满：期满前决定是否延长", law.StateSecretsLaw2024.Art(24).Para(2)},
	{"term-ended", "保密期限已满，自行解密：评估审查后方可公开", law.GovInfoRegulation2019.Art(17).Para(2)},
	{"periodic", "不予公开的政府信息定期评估审查", law.GovInfoRegulation2019.Art(18)},
	{"term-faulty", "密级、保密期限标注不合规定：更正", law.StateSecretsRegulation2024.Art(21).Para(1)},
}

func (o Occasion) row() int {
	if int(o) >= len(occasions) {
		return 0
	}
	return int(o)
}

// String is the stored name.
func (o Occasion) String() string { return occasions[o.row()].name }

// Chinese is the occasion in Chinese.
func (o Occasion) Chinese() string { return occasions[o.row()].zh }

// Basis is the provision.
func (o Occasion) Basis() law.Citation { return occasions[o.row()].basis }

// Reassessment is one line of the re-assessment list.
type Reassessment struct {
	ID       string
	Occasion Occasion
	// Due is the day by which it is to be done; for TermEnded and TermFaulty, for
	// which no law sets a period, the first day on which it could be.
	Due deadline.Date
	// Reading is the reading of ours on which Due rests, zero where a law gives it.
	Reading law.Citation
}

// LifeRules are an agency's own rules for the list, not law.
type LifeRules struct {
	// EveryMonths between two re-assessments of what is withheld. 条例 18 says
	// 定期 and no number. Default 12.
	EveryMonths int
	// AheadDays that a term's end or a periodic re-assessment is listed before
	// its day. Default 90.
	AheadDays int
}

var (
	readingYear   = law.Own.Sec("每年审核：确定或者上次审核的次年12月31日以前")
	readingPeriod = law.Own.Sec("定期评估审查：条例未定间隔，默认十二个月")
)

// Reassessments lists what is to be looked at again as of today, the earliest
// first, then by id. A holding can be there for several reasons. rules nil =
// the defaults.
func Reassessments(holdings []Holding, today deadline.Date, rules *LifeRules) []Reassessment {
	var r LifeRules
	if rules != nil {
		r = *rules
	}
	if r.EveryMonths <= 0 {
		r.EveryMonths = 12
	}
	if r.AheadDays <= 0 {
		r.AheadDays = 90
	}
	horizon := today.AddDays(r.AheadDays)
	var list []Reassessment
	for _, h := range holdings {
		add := func(o Occasion, due deadline.Date, reading law.Citation) {
			list = append(list, Reassessment{h.ID, o, due, reading})
		}
		if h.Term.Check() != nil {
			add(TermFaulty, today, law.Citation{})
		}
		switch h.Term.State(today) {
		case InTerm:
			first := later(h.Term.Issued, h.Audited)
			if due := deadline.NewDate(first.Year()+1, 12, 31); !first.IsZero() && first.Year() < today.Year() {
				add(YearlyReview, due, readingYear)
			}
			if last := h.Term.Last(); !last.IsZero() && !last.After(horizon) {
				add(TermEnding, last, law.Citation{})
			}
		case TermOver:
			if last := h.Term.Last(); !h.Assessed.After(last) {
				add(TermEnded, last.AddDays(1), law.Citation{})
			}
		}
		if h.Attribute == Withheld || h.Attribute == Redacted {
			since := later(h.Determined, h.Assessed)
			due := today // never dated: look at it now
			if !since.IsZero() {
				due = since.AddMonths(r.EveryMonths)
			}
			if !due.After(horizon) {
				add(Periodic, due, readingPeriod)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Reassessment) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Occasion, b.Occasion))
	})
	return list
}

func later(a, b deadline.Date) deadline.Date {
	if b.After(a) {
		return b
	}
	return a
}

// Propose is the attribute that an assessment speaks for, to be put through a
// Determination: Public or, outside the scope of 条例 19–21, OnRequest for what
// can be disclosed; Redacted; Withheld. It is undetermined while the outcome or
// the scope (inScope) is, and for what is only to be found in a register.
func Propose(a Assessment, inScope Answer) Attribute {
	switch a.Outcome {
	case Withhold:
		return Withheld
	case DiscloseInPart:
		if inScope == Present {
			return Redacted
		}
	case Disclose:
		if inScope == Present {
			return Public
		}
	default:
		return 0
	}
	if inScope == Absent {
		return OnRequest
	}
	return 0
}
