package disclosure

import (
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// Hear records feedback on what was disclosed. Who gave it and what it says is
// private.
type Hear struct {
	On      workflow.Event // "" = EventFeedback
	Channel string         // 电话、书信、网络、面谈、载体
	From    string
	Text    string
	Serious bool // 歧义较大, as alleged: an objection is raised until it is decided
}

// Event is h.On.
func (h Hear) Event() workflow.Event { return eventOr(h.On, EventFeedback) }

func eventOr(e, otherwise workflow.Event) workflow.Event {
	if e == "" {
		return otherwise
	}
	return e
}

// Decide records it.
func (h Hear) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to give feedback on", ErrNotFound)
	}
	if h.Text == "" {
		return nil, refuse("DI-45", "feedback", "what was said", law.Citation{})
	}
	s := Structure{Feedback: &FeedbackMark{ID: v.NewID(), Channel: h.Channel, Serious: h.Serious}}
	if h.Serious && v.Case.Objection != workflow.ObjectionUpheld {
		s.Objection = workflow.ObjectionRaised
	}
	return []Change{{Structure: s}}, nil
}

// Answer replies to feedback.
type Answer struct {
	On       workflow.Event // "" = EventReply
	Feedback string         // id of the feedback
	Text     string
}

// Event is a.On.
func (a Answer) Event() workflow.Event { return eventOr(a.On, EventReply) }

// Decide answers it, once.
func (a Answer) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to answer in", ErrNotFound)
	}
	i := slices.IndexFunc(v.Case.Feedback, func(f Feedback) bool { return f.ID == a.Feedback })
	switch {
	case i < 0:
		return nil, fmt.Errorf("%w: feedback %q of case %s", ErrNotFound, a.Feedback, v.Case.ID)
	case !v.Case.Feedback[i].Answered.IsZero():
		return nil, refuse("DI-46", "a second answer to feedback "+a.Feedback, "one answer; a correction is a record of its own", law.Citation{})
	case a.Text == "":
		return nil, refuse("DI-45", "an answer", "what is answered", law.Citation{})
	}
	return []Change{{Structure: Structure{Reply: a.Feedback}}}, nil
}

// Weigh decides whether an objection is serious (歧义较大): upheld, it stops the
// business nodes of the matter, never publishing, answering or archiving.
type Weigh struct {
	On     workflow.Event // "" = EventObjection
	Upheld bool
	Reason string
}

// Event is w.On.
func (w Weigh) Event() workflow.Event { return eventOr(w.On, EventObjection) }

// Decide upholds it or lets it go.
func (w Weigh) Decide(v View) ([]Change, error) {
	if v.Case == nil || v.Case.Objection == "" || v.Case.Objection == workflow.ObjectionNone {
		return nil, refuse("DI-47", "a decision on an objection", "an objection that was raised", law.Citation{})
	}
	if w.Reason == "" {
		return nil, refuse("DI-48", "a decision on an objection", "its reason", law.Citation{})
	}
	s := Structure{Objection: workflow.ObjectionNone}
	if w.Upheld {
		s.Objection = workflow.ObjectionUpheld
	}
	return []Change{{Structure: s}}, nil
}
