package workflow

import (
	"fmt"
	"strconv"
)

// reachable finds the stages that no way leads to, and with them the moves that
// may not be kept apart from events that cannot have happened.
func (c *compiler) reachable() {
	c.live = make([]bool, len(c.nodes))
	start := c.byStage[c.d.Start]
	if start == nil {
		return // reported
	}
	queue := []*node{start}
	c.live[start.index] = true
	happens := make(map[Event]bool)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for i := range n.edges {
			happens[n.edges[i].on] = true
			if to := c.byStage[n.edges[i].out.To]; !c.live[to.index] {
				c.live[to.index] = true
				queue = append(queue, to)
			}
		}
	}
	for i, n := range c.stage {
		if n != nil && !c.live[n.index] {
			c.fault(CodeReach, at("stages", i), "no way leads from "+quote(c.d.Start)+" to "+quote(n.id), "a move to it, or no such stage")
		}
	}
	for i := range c.d.Moves {
		m := &c.d.Moves[i]
		for j, on := range m.Apart {
			if _, known := c.events[on]; known && !happens[on] {
				c.fault(CodeApart, at(at("moves", i)+".apart", j), quote(on)+" cannot have been done before", "an event that a case can come by")
			}
		}
	}
}

// ends finds the stages where a case is stuck: nothing leads on, or nothing
// leads to an end.
func (c *compiler) ends() {
	back := make([][]int, len(c.nodes))
	ends := make([]bool, len(c.nodes))
	var queue []int
	finals := false
	for _, n := range c.nodes {
		if n.final {
			finals = true
			ends[n.index] = true
			queue = append(queue, n.index)
		}
		for i := range n.edges {
			to := c.byStage[n.edges[i].out.To].index
			back[to] = append(back[to], n.index)
		}
	}
	for len(queue) > 0 {
		k := queue[0]
		queue = queue[1:]
		for _, p := range back[k] {
			if !ends[p] {
				ends[p] = true
				queue = append(queue, p)
			}
		}
	}
	if !finals && len(c.nodes) > 0 {
		c.fault(CodeStuck, "stages", "no stage is final", "at least one stage with Final set")
		// Only the stages that nothing leaves are worth naming then.
	}
	for _, n := range c.nodes {
		_, halted := n.id.Base()
		if n.final || (len(n.edges) > 0 && (ends[n.index] || !finals)) {
			continue
		}
		path := at("stages", n.def)
		what := "stage " + quote(n.id)
		if halted {
			what = "suspended stage " + quote(n.id)
		}
		switch {
		case len(n.edges) == 0:
			want := "a move from it, or Final"
			code := CodeStuck
			if halted {
				want, code = "a move from "+quote(Suspended), CodeHalt
			}
			c.fault(code, path, what+" is stuck: no move leaves it", want)
		default:
			c.fault(CodeStuck, path, what+" is stuck: no way leads from it to a final stage", "a way to a final stage")
		}
	}
}

// clocks follows each clock along all ways. A clock may be running at a node
// when on some way it has been started and not stopped.
func (c *compiler) clocks() {
	d := c.d
	if len(d.Clocks) == 0 || len(c.nodes) == 0 {
		return
	}
	started := uint64(0)
	bit := func(k ClockID) uint64 {
		if i, ok := c.clock[k]; ok {
			return 1 << i
		}
		return 0
	}
	for _, n := range c.nodes {
		for i := range n.edges {
			for _, o := range n.edges[i].out.Clocks {
				if o.Do == ClockStart || o.Do == ClockRestart {
					started |= bit(o.Clock)
				}
			}
		}
	}
	running := make([]uint64, len(c.nodes))
	paused := make([]uint64, len(c.nodes))
	seen := make([]bool, len(c.nodes))
	var queue []int
	if s := c.byStage[d.Start]; s != nil {
		if k := d.Stages[s.def].Clock; k != "" {
			running[s.index] |= bit(k)
			started |= bit(k)
		}
		seen[s.index] = true
		queue = append(queue, s.index)
	}
	after := func(e *edge, run, halt uint64) (uint64, uint64) {
		for _, o := range e.out.Clocks {
			switch b := bit(o.Clock); o.Do {
			case ClockStart, ClockRestart:
				run, halt = run|b, halt&^b
			case ClockPause:
				halt |= run & b
				run &^= b
			case ClockResume:
				run |= halt & b
				halt &^= b
			case ClockStop:
				run, halt = run&^b, halt&^b
			}
		}
		return run, halt
	}
	for len(queue) > 0 {
		n := c.nodes[queue[0]]
		queue = queue[1:]
		for i := range n.edges {
			e := &n.edges[i]
			run, halt := after(e, running[n.index], paused[n.index])
			k := c.byStage[e.out.To].index
			if !seen[k] || running[k]|run != running[k] || paused[k]|halt != paused[k] {
				seen[k] = true
				running[k] |= run
				paused[k] |= halt
				queue = append(queue, k)
			}
		}
	}
	for i := range d.Clocks {
		k := &d.Clocks[i]
		if c.clock[k.ID] != i {
			continue // a duplicate or a bad name, reported
		}
		b := uint64(1) << i
		if started&b == 0 {
			c.fault(CodeNotStarted, at("clocks", i), "nothing starts clock "+quote(k.ID), "a move with "+string(ClockStart)+", or a stage with this clock")
			continue
		}
		if k.Expires == "" {
			continue
		}
		for _, n := range c.nodes {
			if running[n.index]&b != 0 && !n.has(k.Expires) {
				c.fault(CodeStuck, at("stages", n.def), "clock "+quote(k.ID)+" may run out at "+quote(n.id)+", where no move is on "+quote(k.Expires),
					"such a move, or the clock stopped before")
			}
		}
	}
	c.idleOps(running, paused, bit)
}

// idleOps finds operations on a clock that cannot be running on any way.
func (c *compiler) idleOps(running, paused []uint64, bit func(ClockID) uint64) {
	able := make(map[[2]int]bool)
	for _, n := range c.nodes {
		if !c.live[n.index] {
			continue
		}
		for i := range n.edges {
			e := &n.edges[i]
			run, halt := running[n.index], paused[n.index]
			own := len(e.out.Clocks) - len(c.d.Moves[e.move].Clocks)
			for j, o := range e.out.Clocks {
				b := bit(o.Clock)
				if j >= own && ((o.Do == ClockResume && halt&b != 0) || (o.Do != ClockResume && (run|halt)&b != 0)) {
					able[[2]int{e.move, j - own}] = true
				}
				switch o.Do {
				case ClockStart, ClockRestart:
					run, halt = run|b, halt&^b
				case ClockPause:
					halt |= run & b
					run &^= b
				case ClockResume:
					run |= halt & b
					halt &^= b
				case ClockStop:
					run, halt = run&^b, halt&^b
				}
			}
		}
	}
	for i := range c.d.Moves {
		for j, o := range c.d.Moves[i].Clocks {
			if o.Do == ClockStart || o.Do == ClockRestart || bit(o.Clock) == 0 || able[[2]int{i, j}] {
				continue
			}
			what := "is not running when this move is made"
			if o.Do == ClockResume {
				what = "is not paused when this move is made"
			}
			c.fault(CodeClockOp, at(at("moves", i)+".clocks", j), "clock "+quote(o.Clock)+" "+what, "an earlier move that starts or pauses it, or no such operation")
		}
	}
}

func (n *node) has(on Event) bool {
	for i := range n.edges {
		if n.edges[i].on == on {
			return true
		}
	}
	return false
}

// subs finds sub-cases that cannot end, and stages from which no move is left
// once they have: passed and failed do not change any more.
func (c *compiler) subs() {
	for i := range c.d.Subs {
		s, p := &c.d.Subs[i], at("subs", i)
		f := c.facts[s.ID]
		if f == nil {
			continue // reported
		}
		c.id(s.Definition, p, ".definition")
		c.outcomes(s, p)
		for _, n := range c.nodes {
			if n.final || len(n.edges) == 0 {
				continue
			}
			for _, v := range []Value{EarlierPassed, EarlierFailed} {
				if (v == EarlierPassed && len(s.Passed) == 0) || (v == EarlierFailed && len(s.Failed) == 0) {
					continue
				}
				if bit, _ := f.bit(v); !n.open(s.ID, 1<<bit) {
					c.fault(CodeSub, at("stages", n.def), fmt.Sprintf("stage %s is stuck once %s is %s", quote(n.id), quote(s.ID), v),
						"a move that "+quote(s.ID)+" does not close then")
				}
			}
		}
	}
}

func (c *compiler) outcomes(s *Sub, p string) {
	if len(s.Passed)+len(s.Failed) == 0 {
		c.fault(CodeSub, p, "sub-case "+quote(s.ID)+" cannot end: no final stage of "+quote(s.Definition)+" counts as passed or failed", "Passed and Failed")
	} else if len(s.Passed) == 0 {
		c.fault(CodeSub, p+".passed", "sub-case "+quote(s.ID)+" cannot pass", "the final stages that count as passed")
	}
	seen := make(map[Stage]string)
	for _, g := range []struct {
		name   string
		stages []Stage
	}{{"passed", s.Passed}, {"failed", s.Failed}} {
		for j, st := range g.stages {
			q := at(p+"."+g.name, j)
			if !c.id(string(st), q, "") {
				continue
			}
			if before, twice := seen[st]; twice {
				c.fault(CodeDuplicate, q, "stage "+quote(st)+" counts as "+before+" already", "each final stage once")
			}
			seen[st] = g.name
			// A case whose sub-cases run on the same definition can be checked at once.
			if s.Definition == c.d.ID {
				if k, ok := c.stages[st]; !ok {
					c.fault(CodeStage, q, "unknown stage "+quote(st), c.stageList())
				} else if !c.d.Stages[k].Final {
					c.fault(CodeSub, q, "stage "+quote(st)+" is not final", "a final stage")
				}
			}
		}
	}
}

// open reports whether some move stays possible when the fact has only this value.
func (n *node) open(f Fact, value uint64) bool {
	for i := range n.edges {
		shut := false
		for _, t := range n.edges[i].tests {
			shut = shut || (t.fact == f && t.mask&value == 0)
		}
		if !shut {
			return true
		}
	}
	return false
}

// CompileSet compiles definitions that run as sub-cases of each other, and
// checks what Compile alone cannot see: that the definition of each sub-case is
// in the set, and that each of its final stages counts as passed or failed.
func CompileSet(defs ...Definition) ([]*Machine, error) {
	machines := make([]*Machine, len(defs))
	byID := make(map[string]int, len(defs))
	all := &Invalid{ID: "set"}
	for i := range defs {
		prefix := at("definitions", i)
		if first, twice := byID[defs[i].ID]; twice {
			all.Faults = append(all.Faults, Fault{CodeDuplicate, prefix + ".id", "definition " + quote(defs[i].ID) + " stands twice", "one; the first is " + at("definitions", first)})
		} else {
			byID[defs[i].ID] = i
		}
		m, err := Compile(defs[i])
		machines[i] = m
		if inv, ok := err.(*Invalid); ok {
			for _, f := range inv.Faults {
				f.Path = prefix + "." + f.Path
				all.Faults = append(all.Faults, f)
			}
		}
	}
	for i := range defs {
		for j := range defs[i].Subs {
			s := &defs[i].Subs[j]
			p := at("definitions", i) + "." + at("subs", j)
			k, ok := byID[s.Definition]
			if !ok {
				all.Faults = append(all.Faults, Fault{CodeSub, p + ".definition", "definition " + quote(s.Definition) + " is not in the set", "a definition of the set"})
				continue
			}
			all.Faults = append(all.Faults, covers(s, &defs[k], p)...)
		}
	}
	if len(all.Faults) > 0 {
		return nil, all
	}
	return machines, nil
}

func covers(s *Sub, of *Definition, p string) (faults []Fault) {
	ends := make(map[Stage]bool)
	for i := range of.Stages {
		if of.Stages[i].Final {
			ends[of.Stages[i].ID] = false
		}
	}
	for _, g := range [][]Stage{s.Passed, s.Failed} {
		for _, st := range g {
			if _, ok := ends[st]; !ok {
				faults = append(faults, Fault{CodeSub, p, quote(st) + " is no final stage of " + quote(of.ID), "a final stage of it"})
				continue
			}
			ends[st] = true
		}
	}
	for i := range of.Stages {
		if st := of.Stages[i].ID; of.Stages[i].Final && !ends[st] {
			faults = append(faults, Fault{CodeSub, p, "the end " + quote(st) + " of " + quote(of.ID) + " counts neither as passed nor as failed (" + strconv.Itoa(len(ends)) + " ends)", "each end in Passed or Failed"})
		}
	}
	return faults
}
