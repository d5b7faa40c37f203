package workflow

import (
	"strconv"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Compile checks a definition and makes a Machine of a copy of it. The error is
// an *Invalid that lists every fault at once.
//
// Two moves on one event that only different roles may make are not a fault;
// Step refuses an actor whose roles open both.
func Compile(d Definition) (*Machine, error) {
	c := newCompiler(&d)
	c.names()
	c.declare()
	c.moves()
	if c.tooLarge || c.full {
		return nil, c.invalid()
	}
	c.build()
	c.reachable()
	c.ends()
	c.overlaps()
	c.clocks()
	c.subs()
	if len(c.faults) > 0 {
		return nil, c.invalid()
	}
	return c.machine()
}

// compiler holds what Compile learns on its way.
type compiler struct {
	d        *Definition
	faults   []Fault
	full     bool // MaxFaults have been found
	tooLarge bool

	stagesAre, rolesAre, clocksAre string

	stages map[Stage]int // to Definition.Stages
	roles  map[Role]int
	clock  map[ClockID]int
	facts  map[Fact]*factSet
	used   int           // facts declared or in use
	shapes []shape       // by move
	events map[Event]int // to the first move on it
	halts  bool          // some move suspends

	nodes   []*node
	byStage map[Stage]*node
	stage   []*node // by Definition.Stages; nil for a duplicate
	live    []bool  // by node: a way leads there
}

// factSet is a fact with its values as bits; bit 0 is Undetermined.
type factSet struct {
	def    FactDef
	values []Value // at most MaxValues beside Undetermined
	used   bool
	place  int // among the facts in use
}

func (s *factSet) bit(v Value) (int, bool) {
	for i, x := range s.values {
		if x == v {
			return i, true
		}
	}
	return 0, false
}

func newCompiler(d *Definition) *compiler {
	return &compiler{
		d:       d,
		stages:  make(map[Stage]int, len(d.Stages)),
		roles:   make(map[Role]int, len(d.Roles)),
		clock:   make(map[ClockID]int, len(d.Clocks)),
		facts:   make(map[Fact]*factSet, len(d.Facts)+5),
		events:  make(map[Event]int, len(d.Moves)),
		byStage: make(map[Stage]*node, len(d.Stages)),
	}
}

func (c *compiler) fault(code Code, path, what, want string) {
	if len(c.faults) >= MaxFaults {
		c.full = true
		return
	}
	c.faults = append(c.faults, Fault{Code: code, Path: path, What: what, Want: want})
}

func (c *compiler) invalid() error { return &Invalid{ID: c.d.ID, Faults: c.faults, More: c.full} }

func at(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }

// build lays out the nodes with the moves that leave them.
func (c *compiler) build() {
	d := c.d
	c.stage = make([]*node, len(d.Stages))
	add := func(id Stage, def int, final bool) *node {
		n := &node{id: id, def: def, final: final, index: len(c.nodes)}
		c.nodes = append(c.nodes, n)
		c.byStage[id] = n
		return n
	}
	halting := make([]bool, len(d.Stages))
	for i := range d.Moves {
		if d.Moves[i].To == Suspended {
			for _, from := range d.Moves[i].From {
				if k, ok := c.stages[from]; ok {
					halting[k] = true
				}
			}
		}
	}
	for i := range d.Stages {
		if c.stages[d.Stages[i].ID] != i {
			continue
		}
		c.stage[i] = add(d.Stages[i].ID, i, d.Stages[i].Final)
		if halting[i] {
			add(d.Stages[i].ID.Halted(), i, false)
		}
	}
	total := 0
	for i := range d.Moves {
		m := &d.Moves[i]
		var e edge
		e.on, e.by, e.apart, e.move = m.On, m.By, m.Apart, i
		e.tests = c.masks(m)
		for _, from := range m.From {
			if from == Suspended {
				for _, n := range c.nodes {
					if _, halted := n.id.Base(); halted {
						total++
						c.edge(n, e, m)
					}
				}
			} else if n := c.byStage[from]; n != nil {
				total++
				c.edge(n, e, m)
			}
			if total > maxEdges {
				c.fault(CodeSize, "moves", "more than "+strconv.Itoa(maxEdges)+" ways between stages", "fewer suspended stages or moves")
				return
			}
		}
	}
	for _, n := range c.nodes {
		n.group()
	}
}

const maxEdges = 1 << 16

// edge adds the move to the node, with the clock of the stage worked in.
func (c *compiler) edge(n *node, e edge, m *Move) {
	base, halted := n.id.Base()
	to := m.To
	switch to {
	case Here:
		to = n.id
	case Suspended:
		to = base.Halted()
	case Return:
		to = base
	}
	if c.byStage[to] == nil {
		return // a fault that has been reported
	}
	e.out = Outcome{Move: m.ID, To: to, Effect: m.Effect, Clocks: m.Clocks, Basis: m.Basis}
	if e.out.Effect == "none" {
		e.out.Effect = EffectNone
	}
	own := func(s int) ClockID {
		if k := c.d.Stages[s].Clock; k != "" {
			if _, ok := c.clock[k]; ok {
				return k
			}
		}
		return ""
	}
	var ops []ClockOp
	leave, enter := own(n.def), own(c.byStage[to].def)
	toBase, toHalted := to.Base()
	switch {
	case to == n.id: // stays
	case toBase == base && toHalted && !halted:
		if leave != "" {
			ops = append(ops, ClockOp{ClockPause, leave})
		}
	case toBase == base && halted && !toHalted:
		if leave != "" {
			ops = append(ops, ClockOp{ClockResume, leave})
		}
	default:
		if leave != "" {
			ops = append(ops, ClockOp{ClockStop, leave})
		}
		if enter != "" {
			ops = append(ops, ClockOp{ClockStart, enter})
		}
	}
	ops = append(ops, c.expired(m)...)
	if len(ops) > 0 {
		e.out.Clocks = append(ops, m.Clocks...)
	}
	n.edges = append(n.edges, e)
}

// expired stops the clocks that raise the event of the move: what has run out
// does not run out again.
func (c *compiler) expired(m *Move) (ops []ClockOp) {
	for i := range c.d.Clocks {
		k := &c.d.Clocks[i]
		if k.Expires == "" || k.Expires != m.On || c.clock[k.ID] != i {
			continue
		}
		named := false
		for _, o := range m.Clocks {
			named = named || o.Clock == k.ID
		}
		if !named {
			ops = append(ops, ClockOp{ClockStop, k.ID})
		}
	}
	return ops
}

// group puts the moves on one event together, in the order of the definition.
func (n *node) group() {
	if len(n.edges) == 0 {
		return
	}
	first := make(map[Event]int, len(n.edges))
	var order [][]edge
	for _, e := range n.edges {
		k, ok := first[e.on]
		if !ok {
			k = len(order)
			first[e.on] = k
			order = append(order, nil)
			n.next = append(n.next, e.on)
		}
		order[k] = append(order[k], e)
	}
	n.edges = n.edges[:0]
	for _, g := range order {
		n.edges = append(n.edges, g...)
	}
}

func (c *compiler) masks(m *Move) []test {
	var tests []test
	for i := range m.When {
		w := &m.When[i]
		s := c.facts[w.Fact]
		if s == nil {
			continue
		}
		t := test{fact: w.Fact, want: w.In}
		for _, v := range w.In {
			bit, ok := s.bit(v)
			if !ok {
				continue
			}
			t.mask |= 1 << bit
			if bit == 0 {
				t.absent = true
			} else {
				t.in = append(t.in, v)
			}
		}
		tests = append(tests, t)
	}
	return tests
}

func (c *compiler) machine() (*Machine, error) {
	m := &Machine{def: c.d.Clone(), stages: c.byStage, order: c.nodes, events: make(map[Event]*reach, len(c.events))}
	m.def.normalise()
	digest, err := m.def.digest()
	if err != nil {
		c.fault(CodeJSON, "", err.Error(), "values that can be written as JSON")
		return nil, c.invalid()
	}
	m.digest = digest
	// The edges point into the copy, never into what the caller still holds.
	for _, n := range m.order {
		for i := range n.edges {
			e := &n.edges[i]
			mv := &m.def.Moves[e.move]
			e.by, e.apart, e.out.Basis = mv.By, mv.Apart, mv.Basis
			if len(e.out.Clocks) == len(mv.Clocks) {
				e.out.Clocks = mv.Clocks
			}
			for j := range e.tests {
				e.tests[j].want = mv.When[j].In
			}
			w := m.events[e.on]
			if w == nil {
				w = &reach{}
				m.events[e.on] = w
			}
			w.stages = append(w.stages, n.id)
		}
	}
	for i := range m.def.Moves {
		mv := &m.def.Moves[i]
		w := m.events[mv.On]
		if w == nil {
			continue
		}
		for _, r := range mv.By {
			if !meetOne(w.roles, r) {
				w.roles = append(w.roles, r)
			}
		}
		for _, b := range mv.Basis {
			if len(w.basis) < maxBasis && !hasCitation(w.basis, b) {
				w.basis = append(w.basis, b)
			}
		}
	}
	return m, nil
}

// maxBasis is how many provisions the refusal of an event names at most that is
// not possible at a stage.
const maxBasis = 16

func meetOne(s []Role, r Role) bool {
	for _, x := range s {
		if x == r {
			return true
		}
	}
	return false
}

func hasCitation(s []law.Citation, b law.Citation) bool {
	for _, x := range s {
		if x == b {
			return true
		}
	}
	return false
}
