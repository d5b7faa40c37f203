package workflow

import "fmt"

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
