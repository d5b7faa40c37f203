package workflow

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	if c.tooLarge {
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
	tooLarge bool

	stages map[Stage]int // to Definition.Stages
	roles  map[Role]int
	clock  map[ClockID]int
	facts  map[Fact]*factSet
	used   int           // facts declared or in use
	events map[Event]int // to the first move on it
	halts  bool          // some move suspends

	nodes   []*node
	byStage map[Stage]*node
	stage   []*node // by Definition.Stages; nil for a duplicate
	live    []bool  // by node: a way leads there
}

// factSet is a fact with its values as bits; bit 0 is Undetermined.
type factSet struct {
	def   FactDef
	value map[Value]int
	used  bool
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
	c.faults = append(c.faults, Fault{Code: code, Path: path, What: what, Want: want})
}

func (c *compiler) invalid() error { return &Invalid{ID: c.d.ID, Faults: c.faults} }

func at(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }

// names checks the definition's own name and its size.
func (c *compiler) names() {
	d := c.d
	c.id(d.ID, "id")
	c.text(d.Title, "title")
	c.text(d.Edition, "edition")
	for _, s := range []struct {
		path    string
		n, most int
	}{{"stages", len(d.Stages), MaxStages}, {"moves", len(d.Moves), MaxMoves}, {"clocks", len(d.Clocks), MaxClocks},
		{"roles", len(d.Roles), MaxStages}} {
		if s.n > s.most {
			c.fault(CodeSize, s.path, fmt.Sprintf("%d of them", s.n), fmt.Sprintf("at most %d", s.most))
			c.tooLarge = true
		}
	}
}

// id reports whether the identifier may be stored.
func (c *compiler) id(s, path string) bool {
	if bad := badID(s); bad != "" {
		c.fault(CodeID, path, bad+": "+quote(s), idWanted)
		return false
	}
	return true
}

const idWanted = `1 to 120 bytes of letters, digits and . _ - / : # +`

func badID(s string) string {
	if s == "" {
		return "empty identifier"
	}
	if len(s) > MaxID {
		return "identifier of " + strconv.Itoa(len(s)) + " bytes"
	}
	for i := 0; i < len(s); i++ {
		if b := s[i]; b >= utf8.RuneSelf || !idByte[b] {
			return badIDSlow(s)
		}
	}
	return ""
}

var idByte = func() (t [utf8.RuneSelf]bool) {
	for b := range t {
		t[b] = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("._-/:#+", byte(b)) >= 0
	}
	return t
}()

func badIDSlow(s string) string {
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n <= 1 {
				return "identifier that is not UTF-8"
			}
			return "identifier with a replacement character"
		case r < utf8.RuneSelf:
			if !idByte[r] {
				return fmt.Sprintf("identifier with %U", r)
			}
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			return fmt.Sprintf("identifier with %U", r)
		}
	}
	return ""
}

// text checks what is only printed.
func (c *compiler) text(s, path string) {
	if len(s) > 512 {
		c.fault(CodeText, path, fmt.Sprintf("%d bytes", len(s)), "at most 512")
		return
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n <= 1 {
				c.fault(CodeText, path, "not UTF-8: "+quote(s), "printable text")
				return
			}
		}
		if unicode.IsControl(r) || (unicode.Is(unicode.Cf, r)) || r == '\u2028' || r == '\u2029' {
			c.fault(CodeText, path, fmt.Sprintf("has %U: %s", r, quote(s)), "printable text on one line")
			return
		}
	}
}

// declare reads the stages, facts, roles, clocks and sub-cases.
func (c *compiler) declare() {
	d := c.d
	for i := range d.Stages {
		s, p := &d.Stages[i], at("stages", i)
		c.text(s.Title, p+".title")
		if c.id(string(s.ID), p+".id") {
			if first, twice := c.stages[s.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "stage "+quote(s.ID)+" is declared twice", "one declaration; the first is "+at("stages", first))
			} else {
				c.stages[s.ID] = i
			}
		}
	}
	if _, ok := c.stages[d.Start]; !ok {
		what := "no start"
		if d.Start != "" {
			what = "start at the unknown stage " + quote(d.Start)
		}
		c.fault(CodeStart, "start", what, "one of "+list(c.stageIDs()))
	}
	c.declareFacts()
	for i := range d.Roles {
		r, p := &d.Roles[i], at("roles", i)
		c.text(r.Title, p+".title")
		if c.id(string(r.ID), p+".id") {
			if first, twice := c.roles[r.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "role "+quote(r.ID)+" is declared twice", "one declaration; the first is "+at("roles", first))
			} else {
				c.roles[r.ID] = i
			}
		}
	}
	for i := range d.Clocks {
		k, p := &d.Clocks[i], at("clocks", i)
		c.text(k.Title, p+".title")
		if limitless(&k.Limit) {
			c.fault(CodeLimit, p+".limit", "clock "+quote(k.ID)+" has no limit", "a limit such as 自签发之日起3日内")
		}
		if c.id(string(k.ID), p+".id") {
			if first, twice := c.clock[k.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "clock "+quote(k.ID)+" is declared twice", "one declaration; the first is "+at("clocks", first))
			} else {
				c.clock[k.ID] = i
			}
		}
	}
	for i := range d.Stages {
		s, p := &d.Stages[i], at("stages", i)
		if s.Clock != "" {
			c.knownClock(s.Clock, p+".clock")
		}
		c.knownRole(s.Answers.Business, p+".answers.business")
		c.knownRole(s.Answers.Disclosure, p+".answers.disclosure")
		c.knownRole(s.Answers.Supervision, p+".answers.supervision")
	}
}

func (c *compiler) declareFacts() {
	add := func(f FactDef) *factSet {
		s := &factSet{def: f, value: make(map[Value]int, len(f.Values)+1)}
		s.value[Undetermined] = 0
		for _, v := range f.Values {
			if _, ok := s.value[v]; !ok {
				s.value[v] = len(s.value)
			}
		}
		c.facts[f.ID] = s
		return s
	}
	for _, f := range BuiltIn() {
		add(f)
	}
	for i := range c.d.Subs {
		s, p := &c.d.Subs[i], at("subs", i)
		c.text(s.Title, p+".title")
		if !c.id(string(s.ID), p+".id") {
			continue
		}
		if s.ID != FactEarlier {
			if known, twice := c.facts[s.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "fact "+quote(known.def.ID)+" is declared already", "a name of its own, or "+quote(FactEarlier))
				continue
			}
			add(subFact(s))
		}
		c.use(s.ID)
	}
	for i := range c.d.Facts {
		f, p := &c.d.Facts[i], at("facts", i)
		c.text(f.Title, p+".title")
		for j, l := range f.Labels {
			c.text(l, at(p+".labels", j))
		}
		if len(f.Labels) > 0 && len(f.Labels) != len(f.Values) {
			c.fault(CodeText, p+".labels", fmt.Sprintf("%d labels for %d values", len(f.Labels), len(f.Values)), "one label for each value, or none")
		}
		if len(f.Values) > MaxValues {
			c.fault(CodeSize, p+".values", fmt.Sprintf("%d values", len(f.Values)), fmt.Sprintf("at most %d", MaxValues))
			c.tooLarge = true
		}
		if len(f.Values) == 0 {
			c.fault(CodeValue, p+".values", "fact "+quote(f.ID)+" has no values", "a closed set of values")
		}
		seen := make(map[Value]bool, len(f.Values))
		for j, v := range f.Values {
			if c.id(string(v), at(p+".values", j)) && seen[v] {
				c.fault(CodeDuplicate, at(p+".values", j), "value "+quote(v)+" stands twice", "each value once")
			}
			seen[v] = true
		}
		if !c.id(string(f.ID), p+".id") {
			continue
		}
		if known, twice := c.facts[f.ID]; twice {
			c.redeclared(known, f, seen, p)
			continue
		}
		add(*f)
		c.use(f.ID)
	}
}

// redeclared allows a definition to list a built-in fact, if it says the same.
func (c *compiler) redeclared(known *factSet, f *FactDef, seen map[Value]bool, path string) {
	for _, b := range BuiltIn() {
		if b.ID != f.ID {
			continue
		}
		same := true
		for _, v := range b.Values {
			same = same && (seen[v] || v == Undetermined)
		}
		for v := range seen {
			_, ok := known.value[v]
			same = same && ok
		}
		if !same {
			c.fault(CodeBuiltIn, path+".values", "the built-in fact "+quote(f.ID)+" is declared with other values", list(b.Values))
		}
		c.use(f.ID)
		return
	}
	c.fault(CodeDuplicate, path+".id", "fact "+quote(f.ID)+" is declared twice", "one declaration")
}

func (c *compiler) use(f Fact) {
	s := c.facts[f]
	if s == nil || s.used {
		return
	}
	s.used = true
	if c.used++; c.used == MaxFacts+1 {
		n := len(c.d.Facts)
		c.fault(CodeTooMany, "facts", "more than "+strconv.Itoa(MaxFacts)+" facts ("+strconv.Itoa(n)+" declared, with the built-in ones in use and the sub-cases)", "at most "+strconv.Itoa(MaxFacts))
	}
}

func (c *compiler) stageIDs() []Stage {
	s := make([]Stage, 0, min(len(c.d.Stages), 64))
	for i := range c.d.Stages {
		if len(s) == cap(s) {
			break
		}
		s = append(s, c.d.Stages[i].ID)
	}
	return s
}

func (c *compiler) knownRole(r Role, path string) {
	if r == "" {
		return
	}
	if _, ok := c.roles[r]; !ok {
		ids := make([]Role, len(c.d.Roles))
		for i := range c.d.Roles {
			ids[i] = c.d.Roles[i].ID
		}
		c.fault(CodeRole, path, "unknown role "+quote(r), "one of "+list(ids))
	}
}

func (c *compiler) knownClock(k ClockID, path string) bool {
	if _, ok := c.clock[k]; ok {
		return true
	}
	ids := make([]ClockID, len(c.d.Clocks))
	for i := range c.d.Clocks {
		ids[i] = c.d.Clocks[i].ID
	}
	c.fault(CodeClock, path, "unknown clock "+quote(k), "one of "+list(ids))
	return false
}

// moves checks each move by itself.
func (c *compiler) moves() {
	d := c.d
	if len(d.Moves) == 0 {
		c.fault(CodeStuck, "moves", "no moves", "at least one move from "+quote(d.Start))
	}
	ids := make(map[MoveID]int, len(d.Moves))
	for i := range d.Moves {
		if on := d.Moves[i].On; on != "" {
			if _, ok := c.events[on]; !ok {
				c.events[on] = i
			}
		}
		c.halts = c.halts || d.Moves[i].To == Suspended
	}
	for i := range d.Moves {
		m, p := &d.Moves[i], at("moves", i)
		c.text(m.Title, p+".title")
		if c.id(string(m.ID), p+".id") {
			if first, twice := ids[m.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "move "+quote(m.ID)+" is declared twice", "one declaration; the first is "+at("moves", first))
			} else {
				ids[m.ID] = i
			}
		}
		c.id(string(m.On), p+".on")
		c.path(m, p)
		if len(m.Basis) == 0 {
			c.fault(CodeBasis, p+".basis", "move "+quote(m.ID)+" has no basis", "the provision it rests on, or law.Own.Sec(…) for a reading of ours")
		}
		for j, b := range m.Basis {
			if b.IsZero() || b.Instrument == "" {
				c.fault(CodeBasis, at(p+".basis", j), "an empty citation", "an instrument with article or section")
			}
		}
		for j, r := range m.By {
			if r == "" {
				c.fault(CodeRole, at(p+".by", j), "an empty role", "a declared role")
			}
			c.knownRole(r, at(p+".by", j))
		}
		for j, on := range m.Apart {
			if _, ok := c.events[on]; !ok {
				c.fault(CodeEvent, at(p+".apart", j), "no move is on the event "+quote(on), "an event that is done before this move")
			}
		}
		c.tests(m, p)
		c.gates(m, p)
		for j := range m.Clocks {
			c.clockOp(&m.Clocks[j], at(p+".clocks", j))
		}
	}
	for i := range d.Clocks {
		k := &d.Clocks[i]
		if k.Expires != "" {
			c.id(string(k.Expires), at("clocks", i)+".expires")
		}
	}
}

// path checks where a move comes from and goes to.
func (c *compiler) path(m *Move, p string) {
	if len(m.From) == 0 {
		c.fault(CodeStage, p+".from", "move "+quote(m.ID)+" comes from nowhere", "at least one of "+list(c.stageIDs()))
	}
	seen := make(map[Stage]bool, len(m.From))
	for j, from := range m.From {
		q := at(p+".from", j)
		if seen[from] {
			c.fault(CodeDuplicate, q, "stage "+quote(from)+" stands twice", "each stage once")
			continue
		}
		seen[from] = true
		if from == Suspended {
			if !c.halts {
				c.fault(CodeHalt, q, "no move suspends", "a move with To "+quote(Suspended))
			}
			if m.To == Suspended {
				c.fault(CodeHalt, p+".to", "what is suspended is suspended again", quote(Return)+" or a stage")
			}
			continue
		}
		k, ok := c.stages[from]
		if !ok {
			c.fault(CodeStage, q, "unknown stage "+quote(from), "one of "+list(c.stageIDs()))
			continue
		}
		if c.d.Stages[k].Final {
			c.fault(CodeFinal, q, "move "+quote(m.ID)+" leaves the final stage "+quote(from), "a stage that is not final, or a case of its own")
		}
		if m.To == Return {
			c.fault(CodeHalt, q, "return from "+quote(from)+", which is not suspended", quote(Suspended))
		}
	}
	if m.To != Suspended && m.To != Return && m.To != Here {
		if _, ok := c.stages[m.To]; !ok {
			c.fault(CodeStage, p+".to", "unknown stage "+quote(m.To), "one of "+list(c.stageIDs()))
		}
	}
}

func (c *compiler) tests(m *Move, p string) {
	met := make(map[Fact]uint64, len(m.When))
	for j := range m.When {
		t, q := &m.When[j], at(p+".when", j)
		s := c.facts[t.Fact]
		if s == nil {
			c.fault(CodeFact, q+".fact", "unknown fact "+quote(t.Fact), "a declared fact, or a built-in one")
			continue
		}
		c.use(t.Fact)
		var mask uint64
		for k, v := range t.In {
			bit, ok := s.value[v]
			if !ok {
				c.fault(CodeValue, at(q+".in", k), quote(v)+" is no value of "+quote(t.Fact), "one of "+list(s.def.Values))
				continue
			}
			mask |= 1 << bit
		}
		if len(t.In) == 0 {
			c.fault(CodeNever, q+".in", "a test without values is never met", "at least one of "+list(s.def.Values))
			continue
		}
		before, again := met[t.Fact]
		if !again {
			before = ^uint64(0)
		}
		if met[t.Fact] = before & mask; again && mask != 0 && before&mask == 0 && before != 0 {
			c.fault(CodeNever, q, "two tests of "+quote(t.Fact)+" that no value meets", "one test with the values that both allow")
		}
	}
}

func (c *compiler) clockOp(o *ClockOp, p string) {
	switch o.Do {
	case ClockStart, ClockRestart, ClockPause, ClockResume, ClockExtend, ClockStop:
	default:
		c.fault(CodeEffect, p+".do", "unknown operation "+quote(o.Do), list([]Op{ClockStart, ClockRestart, ClockPause, ClockResume, ClockExtend, ClockStop}))
	}
	if c.knownClock(o.Clock, p+".clock") && o.Do == ClockExtend && limitless(&c.d.Clocks[c.clock[o.Clock]].Extension) {
		c.fault(CodeClockOp, p, "clock "+quote(o.Clock)+" may not be extended", "an Extension in its declaration")
	}
}

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

const maxEdges = 1 << 20

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
	if len(ops) > 0 {
		e.out.Clocks = append(ops, m.Clocks...)
	}
	n.edges = append(n.edges, e)
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
			bit, ok := s.value[v]
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

// overlaps finds moves on one event that one actor can take on the same facts.
func (c *compiler) overlaps() {
	const most = 512 // moves of one stage on one event; beyond that only the bound is reported
	for _, n := range c.nodes {
		_, halted := n.id.Base()
		for i := 0; i < len(n.edges); {
			j := i + 1
			for j < len(n.edges) && n.edges[j].on == n.edges[i].on {
				j++
			}
			if j-i > most {
				c.fault(CodeSize, "moves", fmt.Sprintf("%d moves on %s at %s", j-i, quote(n.edges[i].on), quote(n.id)), fmt.Sprintf("at most %d", most))
				i = j
				continue
			}
			for a := i; a < j; a++ {
				n.edges[a].only = true
				told := false
				for b := i; b < j; b++ {
					if a == b || disjoint(&n.edges[a], &n.edges[b]) {
						continue
					}
					n.edges[a].only = false
					if b < a && !told && !halted && meet(n.edges[a].by, n.edges[b].by) {
						told = true
						c.fault(CodeOverlap, at("moves", n.edges[a].move),
							"at "+quote(n.id)+" on "+quote(n.edges[a].on)+" it can be taken on the same facts and by the same role as "+at("moves", n.edges[b].move),
							"tests of a fact that share no value, or other roles")
					} else if b < a && !told && halted && meet(n.edges[a].by, n.edges[b].by) && c.firstHalted(n) {
						told = true
						c.fault(CodeOverlap, at("moves", n.edges[a].move),
							"of what is suspended on "+quote(n.edges[a].on)+" it can be taken on the same facts and by the same role as "+at("moves", n.edges[b].move),
							"tests of a fact that share no value, or other roles")
					}
				}
			}
			i = j
		}
	}
}

// firstHalted is the suspended stage that speaks for all of them.
func (c *compiler) firstHalted(n *node) bool {
	for _, x := range c.nodes {
		if _, halted := x.id.Base(); halted {
			return x == n
		}
	}
	return false
}

// disjoint reports that some fact cannot meet both.
func disjoint(a, b *edge) bool {
	for i := range a.tests {
		m := a.tests[i].mask
		for j := range a.tests {
			if a.tests[j].fact == a.tests[i].fact {
				m &= a.tests[j].mask
			}
		}
		if m == 0 {
			return true
		}
		for j := range b.tests {
			if b.tests[j].fact == a.tests[i].fact {
				m &= b.tests[j].mask
			}
		}
		if m == 0 {
			return true
		}
	}
	return false
}

func meet(a, b []Role) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func (c *compiler) machine() (*Machine, error) {
	m := &Machine{def: c.d.Clone(), stages: c.byStage, order: c.nodes, events: make(map[Event]*reach, len(c.events))}
	m.def.normalise()
	digest, err := m.def.Digest()
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
			w.add(n.id, mv)
		}
	}
	return m, nil
}

func (w *reach) add(s Stage, m *Move) {
	w.stages = append(w.stages, s)
	for _, r := range m.By {
		if !meetOne(w.roles, r) {
			w.roles = append(w.roles, r)
		}
	}
	for _, b := range m.Basis {
		if !hasCitation(w.basis, b) {
			w.basis = append(w.basis, b)
		}
	}
}

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
