package workflow

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
	ticks := make([][]tick, len(c.nodes))
	for _, n := range c.nodes {
		ticks[n.index] = make([]tick, len(n.edges))
		for i := range n.edges {
			ticks[n.index][i] = newTick(n.edges[i].out.Clocks, bit)
		}
	}
	for len(queue) > 0 {
		n := c.nodes[queue[0]]
		queue = queue[1:]
		for i := range n.edges {
			run, halt := ticks[n.index][i].after(running[n.index], paused[n.index])
			k := c.byStage[n.edges[i].out.To].index
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

// tick is what a move does to all clocks at once: for a clock that was idle,
// running or paused (0, 1, 2), whether it is running or paused afterwards.
type tick struct{ run, halt [3]uint64 }

func newTick(ops []ClockOp, bit func(ClockID) uint64) tick {
	t := tick{run: [3]uint64{1: ^uint64(0)}, halt: [3]uint64{2: ^uint64(0)}}
	for _, o := range ops {
		b := bit(o.Clock)
		for s := range t.run {
			switch o.Do {
			case ClockStart, ClockRestart:
				t.run[s], t.halt[s] = t.run[s]|b, t.halt[s]&^b
			case ClockPause:
				t.run[s], t.halt[s] = t.run[s]&^b, t.halt[s]|t.run[s]&b
			case ClockResume:
				t.run[s], t.halt[s] = t.run[s]|t.halt[s]&b, t.halt[s]&^b
			case ClockStop:
				t.run[s], t.halt[s] = t.run[s]&^b, t.halt[s]&^b
			}
		}
	}
	return t
}

// after is for clocks that may be running, and that may be paused. Any clock may
// be idle: only a start makes something of that, and it does so from any state.
func (t *tick) after(running, paused uint64) (run, halt uint64) {
	return t.run[0] | running&t.run[1] | paused&t.run[2], t.halt[0] | running&t.halt[1] | paused&t.halt[2]
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
