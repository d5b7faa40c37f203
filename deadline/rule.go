package deadline

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Rule is one statutory limit. Several rules can have one ID: the editions of the
// text, of which LookupRule picks the one in force.
type Rule struct {
	ID           string // frozen: gir-reply
	Matter       string // 依申请公开答复
	Limit        Limit  // zero where the text sets a period without a number
	Starts       string // from what it runs, in the words of the table
	Extension    string // who may lengthen it, by how much
	Excluded     string // what is not counted
	Citation     law.Citation
	Also         []law.Citation // where the rule rests on more than one provision
	Quote        string
	Verification law.Verification // of this row: whether the quoted words were read

	phrase string
}

// ErrRule is wrapped when there is no such rule, or none in force on the day.
var ErrRule = errors.New("deadline: no such rule")

var rules = sync.OnceValue(func() []Rule {
	out := slices.Clone(ruleTable)
	for i := range out {
		if out[i].phrase != "" {
			out[i].Limit = MustParseLimit(out[i].phrase)
		}
	}
	return out
})

// Rules lists the statutory limits, in the order of LIMITS.md. The slice is fresh.
func Rules() []Rule { return slices.Clone(rules()) }

// LookupRule returns the edition of a rule that is in force on a day: the reply to a
// request is 15 working days before 2019-05-15 and 20 after. A text whose dates are
// not known counts as in force when no other edition does, and so does one whose
// newer edition is not in the table. The error wraps ErrRule.
func LookupRule(id string, on Date) (Rule, error) {
	var open *Rule
	known := false
	all := rules()
	for i := range all {
		r := &all[i]
		if r.ID != id {
			continue
		}
		known = true
		f, err := r.Citation.Instrument.InForceOn(on.String())
		switch {
		case err == nil && f == law.InForce:
			return *r, nil
		case err != nil || f == law.Undetermined:
			open = r
		case f == law.Superseded && open == nil: // the newer edition is not in the table: its articles were not read
			if now, err := r.Citation.Instrument.Edition(on.String()); err == nil && now != r.Citation.Instrument && !hasEdition(id, now) {
				open = r
			}
		}
	}
	switch {
	case open != nil && !on.IsZero():
		return *open, nil
	case known:
		return Rule{}, fmt.Errorf("%w: %q is not in force on %s", ErrRule, id, on)
	}
	return Rule{}, fmt.Errorf("%w: %q", ErrRule, clip(id))
}

func hasEdition(id string, i law.Instrument) bool {
	return slices.ContainsFunc(rules(), func(r Rule) bool { return r.ID == id && r.Citation.Instrument == i })
}

// CountingRule says that a statute counts some of its periods in working days
// although it writes 日.
type CountingRule struct {
	Citation law.Citation
	Days     []int // the numbers of days concerned; nil = all up to Most
	Most     int   // 0 = all
	Quote    string
	Note     string // Chinese; how far it reaches, where that is a reading
}

var countingRules = []CountingRule{
	{Citation: law.AdministrativePenaltyLaw2021.Art(85), Days: []int{2, 3, 5, 7}, Quote: "“二日”“三日”“五日”“七日”的规定是指工作日，不含法定节假日"},
	{Citation: law.AdministrativeCompulsionLaw2011.Art(69), Most: 10, Quote: "十日以内期限的规定是指工作日，不含法定节假日"},
	{Citation: law.AdministrativeLicensingLaw2019.Art(82), Quote: "行政机关实施行政许可的期限以工作日计算，不含法定节假日", Note: "行政机关实施许可的期限；申请人的期限是否适用，存在解释空间"},
	{Citation: law.AdministrativeReconsiderationLaw2023.Art(88).Para(2), Days: []int{3, 5, 7, 10}, Quote: "“三日”、“五日”、“七日”、“十日”的规定是指工作日，不含法定休假日"},
}

// CountingRules lists the statutes that turn small numbers of days into working days.
func CountingRules() []CountingRule {
	out := slices.Clone(countingRules)
	for i := range out {
		out[i].Days = slices.Clone(out[i].Days)
	}
	return out
}

// reaches reports that the rule turns n days into working days.
func (r CountingRule) reaches(n int) bool {
	return r.Days != nil && slices.Contains(r.Days, n) || r.Days == nil && (r.Most == 0 || n <= r.Most)
}

// Under reads a limit that a statute writes in days as that statute counts: 「三日内」 of
// 行政处罚法 is three working days (85). A limit that the statute does not touch, or
// of any other statute, comes back as it is. Clauses of a compound are read one by one.
func (l Limit) Under(statute law.Instrument) Limit {
	k := slices.IndexFunc(countingRules, func(r CountingRule) bool { return r.Citation.Instrument == statute })
	if k < 0 {
		return l
	}
	if l.Kind == LimitCompound {
		all := slices.Clone(l.All)
		for i := range all {
			all[i] = all[i].Under(statute)
		}
		l.All = all
		return l
	}
	if l.Unit == UnitDay && l.Kind != LimitPeriodic && l.Kind != LimitFixedDate && countingRules[k].reaches(l.N) && (l.Max == 0 || countingRules[k].reaches(l.Max)) {
		l.Unit = UnitWorkday
	}
	return l
}
