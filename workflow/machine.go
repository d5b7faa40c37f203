package workflow

import (
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Machine is a compiled definition. It never changes and is safe for concurrent
// use.
type Machine struct {
	def    Definition
	digest Digest
	stages map[Stage]*node
	order  []*node // declared stages, each followed by its halted twin if it has one
	events map[Event]*reach
}

// node is one stage with the moves that leave it.
type node struct {
	id    Stage
	index int // in Machine.order
	def   int // in Definition.Stages
	final bool
	edges []edge  // moves on one event stand together, in the order of the definition
	next  []Event // the events of edges, each once
}

// edge is one move from one stage.
type edge struct {
	on    Event
	only  bool // no other move of this stage and event can be open at the same time
	tests []test
	by    []Role
	apart []Event
	out   Outcome
	move  int // in Definition.Moves
}

type test struct {
	fact   Fact
	in     []Value // without Undetermined
	want   []Value // as the definition lists them
	absent bool    // Undetermined is among the values
	mask   uint64  // the values as bits of the declared set; bit 0 is Undetermined
}

// reach is where an event is possible at all.
type reach struct {
	stages []Stage
	roles  []Role
	basis  []law.Citation
}

// Outcome is what a move leads to. Its slices belong to the Machine: read them,
// do not write into them.
type Outcome struct {
	Move   MoveID
	To     Stage
	Effect Effect
	Clocks []ClockOp // in this order; the stage's own clock included
	Basis  []law.Citation
}

// Digest names the definition: SHA-256 of its canonical JSON.
func (m *Machine) Digest() Digest { return m.digest }

// Definition returns a copy of what was compiled.
func (m *Machine) Definition() Definition { return m.def.Clone() }

// Start is the stage in which a case begins.
func (m *Machine) Start() Stage { return m.def.Start }

// Final reports whether the stage ends the case; ok is false when the
// definition has no such stage.
func (m *Machine) Final(s Stage) (final, ok bool) {
	n := m.stages[s]
	return n != nil && n.final, n != nil
}

// Stages lists the stages in the order of the definition, each halted twin
// after its stage.
func (m *Machine) Stages() []Stage {
	s := make([]Stage, len(m.order))
	for i, n := range m.order {
		s[i] = n.id
	}
	return s
}

// Step tells what the event does to a case at the stage, or refuses with a
// *Refusal. Nothing is stored: the caller writes the outcome down. The done
// events are those of the whole case so far.
//
// An actor without an id, an absent fact, an unknown value and an event kept
// apart that nobody is on record for are undetermined, hence refused.
func (m *Machine) Step(stage Stage, facts Facts, event Event, actor Actor, done ...Done) (Outcome, error) {
	n := m.stages[stage]
	if n == nil || actor.ID == "" {
		return Outcome{}, m.refuse(n, stage, facts, event, &actor, done)
	}
	var hit *edge
	for i := range n.edges {
		e := &n.edges[i]
		if e.on != event {
			if hit != nil {
				break
			}
			continue
		}
		if !e.allows(&actor) || !e.holds(facts) || (len(e.apart) > 0 && e.conflict(actor.ID, done) != "") {
			continue
		}
		if e.only {
			return e.out, nil
		}
		if hit != nil {
			return Outcome{}, m.refuse(n, stage, facts, event, &actor, done)
		}
		hit = e
	}
	if hit == nil {
		return Outcome{}, m.refuse(n, stage, facts, event, &actor, done)
	}
	return hit.out, nil
}

func (e *edge) allows(a *Actor) bool {
	if len(e.by) == 0 {
		return true
	}
	for _, r := range e.by {
		for _, have := range a.Roles {
			if have == r {
				return true
			}
		}
	}
	return false
}

func (e *edge) holds(f Facts) bool {
	for i := range e.tests {
		if t := &e.tests[i]; !t.holds(f[t.fact]) {
			return false
		}
	}
	return true
}

func (t *test) holds(v Value) bool {
	if v == "" || v == Undetermined {
		return t.absent
	}
	for _, x := range t.in {
		if x == v {
			return true
		}
	}
	return false
}

// conflict is "" when somebody else did each event that is kept apart.
func (e *edge) conflict(actor string, done []Done) Code {
	for _, on := range e.apart {
		seen := false
		for i := range done {
			if d := &done[i]; d.On == on {
				if d.Actor == actor {
					return CodeSamePerson
				}
				if d.Actor == "" {
					return CodeNotDone
				}
				seen = true
			}
		}
		if !seen {
			return CodeNotDone
		}
	}
	return ""
}
