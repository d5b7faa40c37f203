package workflow

import (
	"fmt"
	"slices"
	"strconv"
)

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

func subFact(s *Sub) FactDef {
	return FactDef{ID: s.ID, Title: s.Title,
		Values: []Value{EarlierNone, EarlierOpen, EarlierPassed, EarlierFailed},
		Labels: []string{"无", "进行中", "已通过", "未通过"}}
}

// State is the joint state of sub-cases that stand at these stages: none when
// there are none, failed as soon as one has failed, passed when all have passed,
// open otherwise.
func (s Sub) State(stages ...Stage) Value {
	passed := 0
	for _, st := range stages {
		switch {
		case slices.Contains(s.Failed, st):
			return EarlierFailed
		case slices.Contains(s.Passed, st):
			passed++
		}
	}
	switch {
	case len(stages) == 0:
		return EarlierNone
	case passed == len(stages):
		return EarlierPassed
	}
	return EarlierOpen
}
