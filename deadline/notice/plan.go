package notice

import (
	"errors"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

// Plan is a lawful display from a day on.
type Plan struct {
	Rule     Rule
	Start    deadline.Date // the day it is put up; it is not counted
	End      deadline.Date // the first lawful last day; the safe one where days are not settled
	Latest   deadline.Date // the last lawful last day; zero = no most
	TakeDown deadline.Date // when it comes down; zero = no rule says
	Settled  bool
	due      deadline.Due
}

// PlanOf gives the lawful start and end of a display put up on a day under a
// built-in rule. A rule without a number of days gives a Plan without an End.
func PlanOf(id string, cal *deadline.Calendar, start deadline.Date) (Plan, error) {
	r, err := Lookup(id, start)
	if err != nil {
		return Plan{}, err
	}
	return r.Plan(cal, start)
}

// Plan gives the lawful start and end of a display put up on a day.
func (r Rule) Plan(cal *deadline.Calendar, start deadline.Date) (Plan, error) {
	p := Plan{Rule: r, Start: start, Settled: true}
	if !r.Display.IsZero() {
		d, err := r.Display.Due(cal, start)
		if err != nil && !errors.Is(err, deadline.ErrUnsettled) {
			return Plan{}, err
		}
		p.due, p.Settled = d, d.Settled
		p.End, p.Latest = d.From, d.Date
		if r.Display.Kind == deadline.LimitAtLeast {
			p.End, p.Latest = d.Safe(), deadline.Date{}
		}
	}
	if !r.TakeDown.IsZero() {
		d, err := r.TakeDown.Due(cal, start)
		if err != nil && !errors.Is(err, deadline.ErrUnsettled) {
			return Plan{}, err
		}
		p.TakeDown = d.Bound[1]
	}
	return p, nil
}

// Explain says in Chinese where the days come from.
func (p Plan) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s：%s。\n", p.Rule.Matter, p.Rule.Citation)
	if p.Rule.Note != "" {
		fmt.Fprintf(&b, "说明：%s。\n", p.Rule.Note)
	}
	b.WriteString(p.due.Explain())
	if !p.TakeDown.IsZero() {
		fmt.Fprintf(&b, "撤下：%s。\n", p.TakeDown.Chinese())
	}
	return b.String()
}
