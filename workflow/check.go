package workflow

import "strconv"

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
		if c.full {
			return
		}
		m, p := &d.Moves[i], at("moves", i)
		c.text(m.Title, p, ".title")
		if c.id(string(m.ID), p, ".id") {
			if first, twice := ids[m.ID]; twice {
				c.fault(CodeDuplicate, p+".id", "move "+quote(m.ID)+" is declared twice", "one declaration; the first is "+at("moves", first))
			} else {
				ids[m.ID] = i
			}
		}
		c.id(string(m.On), p, ".on")
		if c.long(m, p) {
			continue
		}
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
			c.id(string(k.Expires), at("clocks", i), ".expires")
		}
	}
}

// long reports a list of the move that is too long to be looked at.
func (c *compiler) long(m *Move, p string) bool {
	bad := false
	for _, l := range []struct {
		name    string
		n, most int
	}{{"from", len(m.From), MaxStages + 1}, {"when", len(m.When), 2 * MaxFacts}, {"by", len(m.By), MaxList}, {"apart", len(m.Apart), MaxList},
		{"clocks", len(m.Clocks), 2 * MaxClocks}, {"basis", len(m.Basis), MaxList}} {
		if l.n > l.most {
			c.fault(CodeSize, p+"."+l.name, strconv.Itoa(l.n)+" of them", "at most "+strconv.Itoa(l.most))
			bad = true
		}
	}
	for j := range m.When[:min(len(m.When), 2*MaxFacts)] {
		if n := len(m.When[j].In); n > MaxValues+1 {
			c.fault(CodeSize, at(p+".when", j)+".in", strconv.Itoa(n)+" values", "at most "+strconv.Itoa(MaxValues+1))
			bad = true
		}
	}
	c.tooLarge = c.tooLarge || bad
	return bad
}

// path checks where a move comes from and goes to.
func (c *compiler) path(m *Move, p string) {
	if len(m.From) == 0 {
		c.fault(CodeStage, p+".from", "move "+quote(m.ID)+" comes from nowhere", "at least "+c.stageList())
	}
	var seen map[Stage]bool
	if len(m.From) > 1 {
		seen = make(map[Stage]bool, len(m.From))
	}
	for j, from := range m.From {
		if c.full {
			return
		}
		q := at(p+".from", j)
		if seen[from] {
			c.fault(CodeDuplicate, q, "stage "+quote(from)+" stands twice", "each stage once")
			continue
		}
		if seen != nil {
			seen[from] = true
		}
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
			c.fault(CodeStage, q, "unknown stage "+quote(from), c.stageList())
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
			c.fault(CodeStage, p+".to", "unknown stage "+quote(m.To), c.stageList())
		}
	}
}

func (c *compiler) tests(m *Move, p string) {
	var met map[Fact]uint64
	if len(m.When) > 1 {
		met = make(map[Fact]uint64, len(m.When))
	}
	for j := range m.When {
		if c.full {
			return
		}
		t, q := &m.When[j], at(p+".when", j)
		s := c.facts[t.Fact]
		if s == nil {
			c.fault(CodeFact, q+".fact", "unknown fact "+quote(t.Fact), "a declared fact, or a built-in one")
			continue
		}
		c.use(t.Fact)
		var mask uint64
		for k, v := range t.In {
			if c.full {
				return
			}
			bit, ok := s.bit(v)
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
		if met == nil {
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
