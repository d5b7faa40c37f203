package disclosure

import (
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Review records one unit's conclusion of the secrecy review of exactly the parts
// that the case has now, renditions included. The reviewer is the actor. A
// conclusion on other parts than those of the running review opens a new one, in
// which every signing unit has to conclude again.
type Review struct {
	Unit    string // the signing unit for which it is given; "" = the case's own
	Checks  []secrecy.Check
	Verdict secrecy.Verdict
	Reason  string
}

// NothingFound is the checklist with every point answered Absent. It is what a
// reviewer says who has read all parts; it is nobody's default.
func NothingFound() []secrecy.Check {
	var out []secrecy.Check
	for _, p := range secrecy.Checklist() {
		out = append(out, secrecy.Check{Point: p, Answer: secrecy.Absent})
	}
	return out
}

// Event is EventReview.
func (Review) Event() workflow.Event { return EventReview }

// Decide takes the conclusion, or refuses it with the rule (a *secrecy.Error).
func (r Review) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to review", ErrNotFound)
	}
	units := v.Case.Signers
	own := v.Case.ownUnit()
	if len(units) == 0 {
		units = []string{own}
	}
	unit := r.Unit
	if unit == "" {
		unit = own
	}
	review, err := v.Case.review(units)
	if err != nil {
		return nil, err
	}
	c := secrecy.Conclusion{Unit: unit, Reviewer: v.Actor.ID, On: v.On, Checks: slices.Clone(r.Checks), Verdict: r.Verdict, Reason: r.Reason}
	if _, err := review.Conclude(c); err != nil {
		return nil, err
	}
	// Reasons may speak of persons: the structure only says that there is one.
	if c.Reason != "" {
		c.Reason = reasonElsewhere
	}
	for i := range c.Checks {
		if c.Checks[i].Reason != "" {
			c.Checks[i].Reason = reasonElsewhere
		}
	}
	review, err = review.Conclude(c)
	if err != nil {
		return nil, err
	}
	return []Change{{Structure: Structure{Review: &review}}}, nil
}

func (c *Case) ownUnit() string {
	if c.Unit == "" {
		return "own"
	}
	return string(c.Unit)
}

// review is the running review of the case, or a new one where it has none or
// its parts have changed.
func (c *Case) review(units []string) (secrecy.Review, error) {
	switch c.Review.State(c.reviewParts()) {
	case secrecy.ReviewNone, secrecy.ReviewStale:
		return secrecy.NewReview(c.reviewParts(), units, nil)
	}
	return c.Review, nil
}

// reviewParts binds a review to the ids of the parts: each version of a part has
// a random id of its own, so nothing of its content can be guessed from it.
func (c *Case) reviewParts() []secrecy.Part {
	var out []secrecy.Part
	for _, p := range c.Parts {
		out = append(out, secrecy.Part{ID: p.ID})
	}
	return out
}

// Refer sends a question that the reviewer cannot decide upward: to the authority
// that the profile names (条例第十七条第三款), or on an unclear classification its
// own way (保密法实施条例第二十五条).
type Refer struct {
	Referral secrecy.Referral
}

// Event is EventReview.
func (Refer) Event() workflow.Event { return EventReview }

// Decide takes it.
func (r Refer) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to refer", ErrNotFound)
	}
	units := v.Case.Signers
	if len(units) == 0 {
		units = []string{v.Case.ownUnit()}
	}
	review, err := v.Case.review(units)
	if err != nil {
		return nil, err
	}
	if review, err = review.Refer(r.Referral); err != nil {
		return nil, err
	}
	return []Change{{Structure: Structure{Review: &review}}}, nil
}

// Referred records the authority's answer to an open referral.
type Referred struct {
	Point   secrecy.Point
	Verdict secrecy.Verdict
	Number  string // of the authority's letter
}

// Event is EventReview.
func (Referred) Event() workflow.Event { return EventReview }

// Decide takes it, with the day that the law counts.
func (r Referred) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case with a referral", ErrNotFound)
	}
	review, err := v.Case.Review.Reply(r.Point, r.Verdict, v.On, r.Number)
	if err != nil {
		return nil, err
	}
	return []Change{{Structure: Structure{Review: &review}}}, nil
}

// Resolve says that a person has looked at what the scanner found in parts and
// left in, and why it may stay: an official's name, an office line, a number that
// the law wants published.
type Resolve struct {
	Parts  []string
	Reason string
	Basis  []law.Citation
}

// Event is EventResolve.
func (Resolve) Event() workflow.Event { return EventResolve }

// Decide resolves the findings of these parts.
func (r Resolve) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case with findings", ErrNotFound)
	}
	if r.Reason == "" || len(r.Basis) == 0 || len(r.Parts) == 0 {
		return nil, refuse("DI-53", "findings left in", "the parts, the reason, and the provision that lets them be published", law.GovInfoRegulation2019.Art(15))
	}
	for _, id := range r.Parts {
		p, ok := v.Case.Part(id)
		if !ok {
			return nil, fmt.Errorf("%w: part %s", ErrNotFound, id)
		}
		if p.Scan != workflow.ScanFindings {
			return nil, refuse("DI-54", "part "+id, "a part with findings; one that could not be scanned needs its text", law.GovInfoRegulation2019.Art(17))
		}
	}
	return []Change{{Structure: Structure{Resolved: r.Parts}}}, nil
}
