package workflow

import (
	"errors"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// ErrRefused is wrapped by every *Refusal.
var ErrRefused = errors.New("workflow: refused")

// Refusal says why a step may not be taken: by the move that comes nearest. Its
// slices, but for Missing, belong to the Machine: read them, do not write into
// them.
type Refusal struct {
	Code    Code
	Stage   Stage
	Event   Event
	Move    MoveID         // the nearest move; empty when the event is not possible here
	Missing []Missing      // facts that have other values
	Roles   []Role         // who could; empty = anybody, or the role is not what stands in the way
	Apart   []Event        // events that somebody else must have done
	From    []Stage        // the stages at which the event is possible, when it is not possible here
	Next    []Event        // what is possible here instead
	Basis   []law.Citation // the provision of the move, or of the event where it is possible
}

// Missing is one fact that stands in the way.
type Missing struct {
	Fact Fact
	Want []Value // one of these
	Have Value   // Undetermined when it is absent
}

// Unwrap returns ErrRefused.
func (r *Refusal) Unwrap() error { return ErrRefused }

// Error names the code, stage and event, and what is missing.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString("workflow: refused: " + string(r.Code) + " " + quote(r.Event) + " at " + quote(r.Stage) + ": ")
	switch r.Code {
	case CodeUnknownStage:
		b.WriteString("the definition has no such stage")
	case CodeEnded:
		b.WriteString("the case has ended")
	case CodeNoMove:
		b.WriteString("not possible here")
		if len(r.From) > 0 {
			b.WriteString(", only at " + list(r.From))
		}
		if len(r.Next) > 0 {
			b.WriteString("; possible here: " + list(r.Next))
		}
	case CodeNotRole:
		b.WriteString("the actor has none of the roles " + list(r.Roles))
	case CodeMissing:
		for i, m := range r.Missing {
			if i > 0 {
				b.WriteString("; ")
			}
			b.WriteString(string(m.Fact) + " is " + quote(m.Have) + ", want " + list(m.Want))
		}
	case CodeSamePerson:
		b.WriteString("somebody else than the doer of " + list(r.Apart) + " has to do it")
	case CodeNotDone:
		b.WriteString("nobody is on record for " + list(r.Apart))
	case CodeTwoRoles:
		b.WriteString("the actor's roles open more than one move: act in one of " + list(r.Roles))
	case CodeNobody:
		b.WriteString("the actor has no id")
	}
	return b.String()
}

func (m *Machine) refuse(n *node, stage Stage, facts Facts, event Event, actor *Actor, done []Done) *Refusal {
	r := &Refusal{Stage: stage, Event: event}
	if n == nil {
		r.Code = CodeUnknownStage
		return r
	}
	// The nearest move is one whose role the actor has, then the one whose facts
	// are nearest: a fact that is still open can become right, one that says
	// something else points at another move.
	var best *edge
	var bestRole bool
	bestMissing, bestFar, open := 0, 0, 0
	for i := range n.edges {
		e := &n.edges[i]
		if e.on != event {
			continue
		}
		role := e.allows(actor)
		missing, far := e.missing(facts)
		if role && missing == 0 && e.conflict(actor.ID, done) == "" {
			open++
		}
		if best == nil || (role && !bestRole) || (role == bestRole && far < bestFar) {
			best, bestRole, bestMissing, bestFar = e, role, missing, far
		}
	}
	if best == nil {
		r.Code, r.Next = CodeNoMove, n.next
		if n.final {
			r.Code = CodeEnded
		}
		if w := m.events[event]; w != nil {
			r.From, r.Roles, r.Basis = w.stages, w.roles, w.basis
		}
		return r
	}
	best.explain(r, facts, actor, done, bestMissing)
	if r.Code == "" && open > 1 {
		r.Code, r.Roles = CodeTwoRoles, m.events[event].roles
	}
	return r
}

// explain fills in what stands in the way of the move: nobody, role, facts,
// person, in this order of the code; everything that is missing is listed.
func (e *edge) explain(r *Refusal, facts Facts, actor *Actor, done []Done, missing int) {
	r.Move, r.Basis = e.out.Move, e.out.Basis
	set := func(c Code) {
		if r.Code == "" {
			r.Code = c
		}
	}
	if actor.ID == "" {
		set(CodeNobody)
	}
	if !e.allows(actor) {
		set(CodeNotRole)
		r.Roles = e.by
	}
	if missing > 0 {
		set(CodeMissing)
		r.Missing = make([]Missing, 0, missing)
		for i := range e.tests {
			t := &e.tests[i]
			if have := facts[t.fact]; !t.holds(have) {
				if have == "" {
					have = Undetermined
				}
				r.Missing = append(r.Missing, Missing{Fact: t.fact, Want: t.want, Have: have})
			}
		}
	}
	if c := e.conflict(actor.ID, done); c != "" {
		set(c)
		r.Apart = e.apart
	}
}

// missing counts the facts that stand in the way, and how far off they are.
func (e *edge) missing(f Facts) (n, far int) {
	for i := range e.tests {
		t := &e.tests[i]
		v := f[t.fact]
		switch {
		case t.holds(v):
		case v == "" || v == Undetermined:
			n, far = n+1, far+1
		default:
			n, far = n+1, far+4
		}
	}
	return n, far
}
