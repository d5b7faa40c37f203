package workflow_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// draw makes a small definition that may have every fault of shape.
func draw(t *rapid.T) workflow.Definition {
	limit, err := deadline.ParseLimit("5个工作日内")
	if err != nil {
		t.Fatal(err)
	}
	own := []law.Citation{law.Own.Sec("test")}
	d := workflow.Definition{ID: "test/drawn", Start: "s0"}
	for i := range rapid.IntRange(2, 5).Draw(t, "stages") {
		d.Stages = append(d.Stages, workflow.StageDef{ID: workflow.Stage(fmt.Sprint("s", i)), Final: i > 0 && rapid.IntRange(0, 2).Draw(t, "final") == 0})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "facts") {
		d.Facts = append(d.Facts, workflow.FactDef{ID: workflow.Fact(fmt.Sprint("f", i)), Values: []workflow.Value{"a", "b"}})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "clocks") {
		k := workflow.Clock{ID: workflow.ClockID(fmt.Sprint("k", i)), Limit: limit}
		if rapid.Bool().Draw(t, "expires") {
			k.Expires = workflow.Event(fmt.Sprint("e", rapid.IntRange(0, 2).Draw(t, "on")))
		}
		d.Clocks = append(d.Clocks, k)
	}
	d.Roles = []workflow.RoleDef{{ID: "r0"}, {ID: "r1"}}
	halts := rapid.Bool().Draw(t, "halts")
	stages := make([]workflow.Stage, 0, 8)
	for i := range d.Stages {
		stages = append(stages, d.Stages[i].ID)
	}
	targets := append(stages[:len(stages):len(stages)], workflow.Here)
	froms := stages
	if halts {
		targets = append(targets, workflow.Suspended)
		froms = append(froms[:len(froms):len(froms)], workflow.Suspended)
	}
	for i := range rapid.IntRange(1, 8).Draw(t, "moves") {
		mv := workflow.Move{ID: workflow.MoveID(fmt.Sprint("m", i)), On: workflow.Event(fmt.Sprint("e", rapid.IntRange(0, 2).Draw(t, "on"))), Basis: own}
		mv.From = rapid.SliceOfNDistinct(rapid.SampledFrom(froms), 1, 2, rapid.ID).Draw(t, "from")
		mv.To = rapid.SampledFrom(targets).Draw(t, "to")
		mv.By = rapid.SliceOfNDistinct(rapid.SampledFrom([]workflow.Role{"r0", "r1"}), 0, 2, rapid.ID).Draw(t, "by")
		for _, f := range d.Facts {
			if rapid.Bool().Draw(t, "asked") {
				mv.When = append(mv.When, workflow.Test{Fact: f.ID, In: rapid.SliceOfNDistinct(rapid.SampledFrom([]workflow.Value{"a", "b", "undetermined"}), 1, 3, rapid.ID).Draw(t, "in")})
			}
		}
		for _, k := range d.Clocks {
			if rapid.IntRange(0, 2).Draw(t, "ticks") == 0 {
				op := rapid.SampledFrom([]workflow.Op{"start", "restart", "pause", "resume", "stop"}).Draw(t, "op")
				mv.Clocks = append(mv.Clocks, workflow.ClockOp{Do: op, Clock: k.ID})
			}
		}
		d.Moves = append(d.Moves, mv)
	}
	return d
}

// twin looks for the faults by trying everything.
type twin struct {
	d      *workflow.Definition
	stages []workflow.Stage // the halted ones included
	final  map[workflow.Stage]bool
}

func newTwin(d *workflow.Definition) *twin {
	w := &twin{d: d, final: map[workflow.Stage]bool{}}
	for _, s := range d.Stages {
		w.stages = append(w.stages, s.ID)
		w.final[s.ID] = s.Final
	}
	for _, m := range d.Moves {
		if m.To == workflow.Suspended {
			for _, s := range m.From {
				if s != workflow.Suspended && !slices.Contains(w.stages, s.Halted()) {
					w.stages = append(w.stages, s.Halted())
				}
			}
		}
	}
	return w
}

// ways are the moves that leave a stage, with where they lead.
func (w *twin) ways(s workflow.Stage) (moves []workflow.Move, to []workflow.Stage) {
	base := workflow.Stage(strings.TrimSuffix(string(s), "~"))
	for _, m := range w.d.Moves {
		for _, from := range m.From {
			if from != s && (from != workflow.Suspended || base == s) {
				continue
			}
			t := m.To
			switch t {
			case workflow.Here:
				t = s
			case workflow.Suspended:
				t = base + "~"
			}
			moves, to = append(moves, m), append(to, t)
		}
	}
	return moves, to
}

func (w *twin) reach(start workflow.Stage) map[workflow.Stage]bool {
	seen := map[workflow.Stage]bool{start: true}
	for grown := true; grown; {
		grown = false
		for s := range seen {
			_, to := w.ways(s)
			for _, t := range to {
				if !seen[t] {
					seen[t], grown = true, true
				}
			}
		}
	}
	return seen
}

// overlap tries every stage, event, single role and assignment.
func (w *twin) overlap() bool {
	assignments := []workflow.Facts{{}}
	for _, f := range w.d.Facts {
		var more []workflow.Facts
		for _, a := range assignments {
			for _, v := range []workflow.Value{"", "a", "b"} {
				b := workflow.Facts{f.ID: v}
				for k, x := range a {
					b[k] = x
				}
				more = append(more, b)
			}
		}
		assignments = more
	}
	for _, s := range w.stages {
		for _, e := range []workflow.Event{"e0", "e1", "e2"} {
			for _, roles := range [][]workflow.Role{nil, {"r0"}, {"r1"}} {
				for _, f := range assignments {
					if open, _ := interpret(w.d, s, f, e, workflow.Actor{ID: "p", Roles: roles}, nil); len(open) > 1 {
						return true
					}
				}
			}
		}
	}
	return false
}

// runOut walks each clock by itself: where may it run out with no move, and is
// it ever started?
func (w *twin) runOut(k workflow.Clock) (stuck map[workflow.Stage]bool, started bool) {
	type state struct {
		s   workflow.Stage
		run string
	}
	stuck = map[workflow.Stage]bool{}
	seen := map[state]bool{{w.d.Start, "idle"}: true}
	queue := []state{{w.d.Start, "idle"}}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		moves, to := w.ways(at.s)
		if at.run == "running" && k.Expires != "" && !slices.ContainsFunc(moves, func(m workflow.Move) bool { return m.On == k.Expires }) {
			stuck[at.s] = true
		}
		for i, m := range moves {
			run, named := at.run, false
			for _, o := range m.Clocks {
				if o.Clock != k.ID {
					continue
				}
				named = true
				switch {
				case o.Do == "start" || o.Do == "restart":
					run = "running"
				case o.Do == "pause" && run == "running":
					run = "paused"
				case o.Do == "resume" && run == "paused":
					run = "running"
				case o.Do == "stop":
					run = "idle"
				}
			}
			if !named && k.Expires != "" && m.On == k.Expires {
				run = "idle"
			}
			if next := (state{to[i], run}); !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	for _, s := range w.stages {
		moves, _ := w.ways(s)
		for _, m := range moves {
			for _, o := range m.Clocks {
				started = started || o.Clock == k.ID && (o.Do == "start" || o.Do == "restart")
			}
		}
	}
	return stuck, started
}

// Compile and the twin find the same faults of shape in any definition.
func TestCompileAgainstItsTwin(t *testing.T) {
	clean := 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		_, err := workflow.Compile(d)
		if err == nil {
			clean++
		}
		found := map[workflow.Code][]string{}
		var inv *workflow.Invalid
		if err != nil && !errors.As(err, &inv) {
			t.Fatal(err)
		}
		if inv != nil {
			for _, f := range inv.Faults {
				found[f.Code] = append(found[f.Code], f.Path+" "+f.What)
			}
		}
		has := func(code workflow.Code, parts ...string) bool {
			return slices.ContainsFunc(found[code], func(s string) bool {
				for _, p := range parts {
					if !strings.Contains(s, p) {
						return false
					}
				}
				return true
			})
		}
		agree := func(what string, compile, twin bool) {
			if compile != twin {
				t.Fatalf("%s: compile says %v, the twin %v\n%v\n%v", what, compile, twin, d.Moves, err)
			}
		}
		w := newTwin(&d)
		live := w.reach(d.Start)
		finals := slices.ContainsFunc(d.Stages, func(s workflow.StageDef) bool { return s.Final })
		agree("no end", has(workflow.CodeStuck, "stages no stage is final"), !finals)
		for i, s := range d.Stages {
			path := fmt.Sprintf("stages[%d] ", i)
			agree("reach "+string(s.ID), has(workflow.CodeReach, path), !live[s.ID])
			moves, _ := w.ways(s.ID)
			ends := false
			for to := range w.reach(s.ID) {
				ends = ends || w.final[to]
			}
			agree("stuck "+string(s.ID), has(workflow.CodeStuck, path, `stage "`+string(s.ID)+`" is stuck: no move`), !s.Final && len(moves) == 0)
			agree("no way to an end "+string(s.ID), has(workflow.CodeStuck, path, `stage "`+string(s.ID)+`" is stuck: no way leads`), finals && !s.Final && len(moves) > 0 && !ends)
		}
		leaves := false
		for _, m := range d.Moves {
			for _, s := range m.From {
				leaves = leaves || w.final[s]
			}
		}
		agree("leaves an end", has(workflow.CodeFinal), leaves)
		agree("overlap", has(workflow.CodeOverlap), w.overlap())
		for _, k := range d.Clocks {
			stuck, started := w.runOut(k)
			agree("started "+string(k.ID), !has(workflow.CodeNotStarted, `"`+string(k.ID)+`"`), started)
			for _, s := range w.stages {
				agree("runs out "+string(k.ID)+" at "+string(s), has(workflow.CodeStuck, `"`+string(k.ID)+`" may run out at "`+string(s)+`"`), started && stuck[s])
			}
		}
	})
	if clean == 0 {
		t.Log("no drawn definition was free of faults")
	}
}
