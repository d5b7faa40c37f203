package workflow

import "fmt"

// overlaps finds moves on one event that one actor can take on the same facts.
func (c *compiler) overlaps() {
	const most = 512 // moves of one stage on one event; beyond that only the bound is reported
	c.shapes = make([]shape, len(c.d.Moves))
	for i := range c.d.Moves {
		c.shapes[i] = c.shape(&c.d.Moves[i])
	}
	for _, n := range c.nodes {
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
			c.compare(n, i, j)
			i = j
		}
	}
}

// compare holds the moves on one event against each other: n.edges[i:j].
func (c *compiler) compare(n *node, i, j int) {
	_, halted := n.id.Base()
	where := "at " + quote(n.id)
	if halted {
		where = "of what is suspended"
	}
	for a := i; a < j; a++ {
		x := &n.edges[a]
		x.only = true
		told := halted && !c.firstHalted(n)
		for b := i; b < j; b++ {
			y := &n.edges[b]
			if a == b || disjoint(&c.shapes[x.move], &c.shapes[y.move]) {
				continue
			}
			x.only = false
			if b < a && !told && meet(&c.shapes[x.move], &c.shapes[y.move]) {
				told = true
				c.fault(CodeOverlap, at("moves", x.move),
					where+" on "+quote(x.on)+" it can be taken on the same facts and by the same role as "+at("moves", y.move),
					"tests of a fact that share no value, or other roles")
			}
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

// shape is what a move asks, as bits: of each fact in use the values that it
// lets through, and the roles.
type shape struct {
	facts []uint64
	roles []uint64 // empty = anybody
	never bool     // no value meets all its tests
}

func (c *compiler) shape(m *Move) shape {
	s := shape{facts: make([]uint64, c.used)}
	for i := range s.facts {
		s.facts[i] = ^uint64(0)
	}
	for i := range m.When {
		f := c.facts[m.When[i].Fact]
		if f == nil {
			continue // reported
		}
		mask := uint64(0)
		for _, v := range m.When[i].In {
			if bit, ok := f.bit(v); ok {
				mask |= 1 << bit
			}
		}
		s.facts[f.place] &= mask
		s.never = s.never || s.facts[f.place] == 0
	}
	if len(m.By) > 0 {
		s.roles = make([]uint64, (len(c.d.Roles)+63)/64)
		for _, r := range m.By {
			if k, ok := c.roles[r]; ok {
				s.roles[k/64] |= 1 << (k % 64)
			}
		}
	}
	return s
}

// disjoint reports that some fact cannot meet both.
func disjoint(a, b *shape) bool {
	if a.never || b.never {
		return true
	}
	for i := range a.facts {
		if a.facts[i]&b.facts[i] == 0 {
			return true
		}
	}
	return false
}

// meet reports that one role may make both.
func meet(a, b *shape) bool {
	if len(a.roles) == 0 || len(b.roles) == 0 {
		return true
	}
	for i := range a.roles {
		if a.roles[i]&b.roles[i] != 0 {
			return true
		}
	}
	return false
}
