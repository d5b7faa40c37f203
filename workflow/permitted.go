package workflow

import "sort"

// Verdict is the answer to whether a move may be made. The zero Verdict is
// undetermined.
type Verdict string

// The verdicts of Permitted.
const (
	VerdictOpen   Verdict = "open"   // may be made now, by this actor
	VerdictClosed Verdict = "closed" // may not; the Refusal says why
)

// Permission is one move that leaves a stage, and whether it may be made.
type Permission struct {
	Verdict Verdict
	Title   string
	Event   Event
	Roles   []Role // who could; empty = anybody
	Outcome Outcome
	Refusal *Refusal // nil exactly when open
}

// Permitted lists every move that leaves the stage: first what the actor may do
// now, then what is closed, the nearest first (role before facts, facts that are
// open before facts that say something else, few before many), each group in the order of the definition. An unknown or
// final stage has none.
//
// The answer for each open move is that of Step.
func (m *Machine) Permitted(stage Stage, facts Facts, actor Actor, done ...Done) []Permission {
	n := m.stages[stage]
	if n == nil {
		return nil
	}
	list := make([]Permission, 0, len(n.edges))
	far := make(map[MoveID]int, len(n.edges))
	for i := range n.edges {
		e := &n.edges[i]
		mv := &m.def.Moves[e.move]
		p := Permission{Title: mv.Title, Event: e.on, Roles: clone(mv.By), Outcome: e.out, Verdict: VerdictOpen}
		p.Outcome.Clocks, p.Outcome.Basis = clone(e.out.Clocks), clone(e.out.Basis)
		r := &Refusal{Stage: stage, Event: e.on}
		missing, distance := e.missing(facts)
		e.explain(r, facts, &actor, done, missing)
		if r.Code == "" && !e.only && n.openOn(e.on, facts, &actor, done) > 1 {
			r.Code, r.Roles = CodeTwoRoles, m.events[e.on].roles
		}
		if r.Code != "" {
			p.Verdict, p.Refusal = VerdictClosed, r
			far[mv.ID] = 1 + distance
			if r.Code == CodeNotRole {
				far[mv.ID] += 1000
			}
		}
		list = append(list, p)
	}
	sort.SliceStable(list, func(i, j int) bool { return far[list[i].Outcome.Move] < far[list[j].Outcome.Move] })
	return list
}

// openOn counts the moves on the event that the actor may make.
func (n *node) openOn(on Event, facts Facts, actor *Actor, done []Done) int {
	count := 0
	for i := range n.edges {
		e := &n.edges[i]
		if e.on == on && e.allows(actor) && e.holds(facts) && e.conflict(actor.ID, done) == "" {
			count++
		}
	}
	return count
}
