package workflow

import (
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Mapping says where cases of one edition go when they are moved to another.
// What it does not name stays where it is, on the edition it was opened on.
type Mapping struct {
	From   Digest         `json:"from"`
	To     Digest         `json:"to"`
	Stages []StagePair    `json:"stages"`
	Basis  []law.Citation `json:"basis"`
}

// StagePair maps one stage.
type StagePair struct {
	From Stage `json:"from"`
	To   Stage `json:"to"`
}

// The faults of a mapping.
const (
	CodeMapEdition Code = "WF-60" // the mapping is for other editions
	CodeMapStage   Code = "WF-61" // unknown stage
	CodeMapTwice   Code = "WF-62" // a stage is mapped twice
	CodeMapFinal   Code = "WF-63" // a running case would end, or an ended one run again
	CodeMapBasis   Code = "WF-64" // a mapping without basis
)

// Migration is a Mapping compiled against both editions. It never changes.
type Migration struct {
	old, new *Machine
	to       map[Stage]Stage
	unmapped []Stage
	clocks   []ClockID
}

// NewMigration checks a mapping; the error is an *Invalid with every fault.
// Suspended stages go where their stage goes, if that can be suspended too.
func NewMigration(old, new *Machine, p Mapping) (*Migration, error) {
	var faults []Fault
	fault := func(code Code, path, what, want string) {
		faults = append(faults, Fault{code, path, what, want})
	}
	if p.From != old.digest {
		fault(CodeMapEdition, "from", "the mapping is for "+p.From.String(), old.digest.String())
	}
	if p.To != new.digest {
		fault(CodeMapEdition, "to", "the mapping is to "+p.To.String(), new.digest.String())
	}
	if len(p.Basis) == 0 {
		fault(CodeMapBasis, "basis", "the mapping has no basis", "the provision or order it rests on")
	}
	g := &Migration{old: old, new: new, to: make(map[Stage]Stage, len(p.Stages))}
	for i, s := range p.Stages {
		path := at("stages", i)
		a, b := old.stages[s.From], new.stages[s.To]
		if a == nil {
			fault(CodeMapStage, path+".from", "unknown stage "+quote(s.From), "one of "+list(old.Stages()))
		}
		if b == nil {
			fault(CodeMapStage, path+".to", "unknown stage "+quote(s.To), "one of "+list(new.Stages()))
		}
		if _, twice := g.to[s.From]; twice {
			fault(CodeMapTwice, path+".from", "stage "+quote(s.From)+" is mapped twice", "one target")
		}
		if a != nil && b != nil && a.final != b.final {
			what := "a running case would end: "
			if a.final {
				what = "an ended case would run again: "
			}
			fault(CodeMapFinal, path, what+quote(s.From)+" to "+quote(s.To), "final to final, running to running")
		}
		g.to[s.From] = s.To
	}
	if len(faults) > 0 {
		return nil, &Invalid{ID: old.def.ID + " → " + new.def.ID, Faults: faults}
	}
	for _, n := range old.order {
		base, halted := n.id.Base()
		if _, named := g.to[n.id]; !named && halted {
			if to, ok := g.to[base]; ok && new.stages[to.Halted()] != nil {
				g.to[n.id] = to.Halted()
			}
		}
		if _, ok := g.to[n.id]; !ok {
			g.unmapped = append(g.unmapped, n.id)
		}
	}
	for i := range old.def.Clocks {
		k := old.def.Clocks[i].ID
		if !new.hasClock(k) {
			g.clocks = append(g.clocks, k)
		}
	}
	return g, nil
}

func (m *Machine) hasClock(k ClockID) bool {
	for i := range m.def.Clocks {
		if m.def.Clocks[i].ID == k {
			return true
		}
	}
	return false
}

// Unmapped lists the stages of the old edition whose cases are not moved.
func (g *Migration) Unmapped() []Stage { return clone(g.unmapped) }

// Dropped lists the clocks of the old edition that the new one does not have:
// one that is running in a case ends with the move.
func (g *Migration) Dropped() []ClockID { return clone(g.clocks) }

// Stage tells where a case at the stage goes; ok is false when it is not moved.
func (g *Migration) Stage(s Stage) (to Stage, ok bool) {
	to, ok = g.to[s]
	return to, ok
}

// CodeNotMapped is the reason of a refusal to move a case to another edition.
const CodeNotMapped Code = "WF-65"

// Migrate returns the record that moves the case, or a *Refusal when its stage
// is not mapped. Facts that the new edition does not know, or of which it does
// not know the value, are taken back by the record, hence undetermined; lost
// lists them.
func (g *Migration) Migrate(c Case, event Event, actor Actor, on deadline.Date) (r Record, lost []Fact, err error) {
	if c.Definition != g.old.digest {
		return Record{}, nil, fmt.Errorf("%w: the case runs on definition %s, the mapping is for %s", ErrRecord, c.Definition, g.old.digest)
	}
	to, ok := g.to[c.Stage]
	if !ok {
		return Record{}, nil, &Refusal{Code: CodeNotMapped, Stage: c.Stage, Event: event}
	}
	r = Record{Seq: c.Seq + 1, Event: event, On: on, Actor: actor.ID, From: c.Stage, To: to, Definition: g.new.digest}
	for _, f := range sortedFacts(c.Facts) {
		if g.new.knows(f, c.Facts[f]) {
			continue
		}
		if r.Facts == nil {
			r.Facts = make(Facts)
		}
		r.Facts[f] = ""
		lost = append(lost, f)
	}
	for _, k := range g.clocks {
		r.Clocks = append(r.Clocks, ClockOp{ClockStop, k})
	}
	return r, lost, nil
}

// knows reports whether the value is one of the fact's, in this edition.
func (m *Machine) knows(f Fact, v Value) bool {
	for _, d := range m.Facts() {
		if d.ID == f {
			return v == Undetermined || hasValue(d.Values, v)
		}
	}
	return false
}

// Facts lists the facts of the definition: the built-in ones, those of its
// sub-cases and its own.
func (m *Machine) Facts() []FactDef {
	all := BuiltIn()
	known := make(map[Fact]bool)
	for i := range all {
		known[all[i].ID] = true
	}
	for i := range m.def.Subs {
		if s := &m.def.Subs[i]; !known[s.ID] {
			known[s.ID] = true
			all = append(all, subFact(s))
		}
	}
	for _, f := range m.def.Clone().Facts {
		if !known[f.ID] {
			all = append(all, f)
		}
	}
	return all
}

// SameStages maps every stage that both editions have, final or running alike.
// It is a start for a mapping; the basis is the caller's to give.
func SameStages(old, new *Machine) Mapping {
	p := Mapping{From: old.digest, To: new.digest}
	for _, n := range old.order {
		if _, halted := n.id.Base(); halted {
			continue
		}
		if to := new.stages[n.id]; to != nil && to.final == n.final {
			p.Stages = append(p.Stages, StagePair{n.id, n.id})
		}
	}
	return p
}
