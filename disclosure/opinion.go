package disclosure

import (
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Opine writes one level's opinion on the public attribute into its box of the
// approval slip, and moves the case on. Whose turn it is, the definition says;
// which box it is, the profile (AttributeSteps). Where the procedure of the case
// has no move for the opinion, it is an act of its own.
type Opine struct {
	On       workflow.Event
	Words    string            // as written: 此件公开发布, 同意此件…, 此件应…, 同意
	Reason   string            // owed for a change
	Grounds  []law.Citation    // owed for what is withheld, wholly or in part
	Original secrecy.Attribute // of the uncut document, where Words say 删减后公开
	Return   bool              // send the draft back (退文), for Reason
	Facts    workflow.Facts
}

// Event is o.On.
func (o Opine) Event() workflow.Event { return o.On }

// opinion is what the fold needs: everything but the words of the reason.
func (o Opine) opinion(v View, step secrecy.Step) secrecy.Opinion {
	return secrecy.Opinion{By: step, Actor: v.Actor.ID, Phrase: o.Words, Reason: o.Reason, Grounds: o.Grounds, Original: o.Original, Return: o.Return}
}

const reasonElsewhere = "见签署意见"

// Decide takes the opinion, or refuses it with the rule (a *secrecy.Error).
func (o Opine) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to give an opinion on", ErrNotFound)
	}
	if err := noBuiltIn(o.Facts); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(v.Profile.AttributeSteps, func(s AttributeStep) bool { return s.Event == o.On })
	if i < 0 {
		return nil, refuse("DI-44", "an opinion by event "+string(o.On), "one of the profile's attribute_steps", law.Citation{})
	}
	before := v.Case.Determination(v.Profile)
	op := o.opinion(v, v.Profile.AttributeSteps[i].Step)
	after, err := before.Take(secrecy.Draft{Policy: v.Case.Policy}, op, &v.Profile.Determination)
	if err != nil {
		return nil, err
	}
	if after.Return != nil && !o.Return {
		return nil, after.Return
	}
	if op.Reason != "" {
		op.Reason = reasonElsewhere
	}
	op.Phrase = ""
	if stance, attribute, err := op.By.ParsePhrase(o.Words); err == nil {
		op.Stance, op.Attribute = stance, attribute
	} else if !o.Return {
		return nil, err
	}
	return []Change{{Structure: Structure{Opinion: &op, Facts: o.Facts}}}, nil
}
