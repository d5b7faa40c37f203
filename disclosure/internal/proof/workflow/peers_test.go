package workflow_test

import (
	"context"
	"testing"

	"github.com/looplab/fsm"
	"github.com/qmuntal/stateless"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// The lap: draft, section, office, leader, published, and round again. Ours
// checks a role at every step and five facts at the last; the others only move.
var lap = []struct{ from, on, to string }{
	{"draft", "propose", "section"}, {"section", "section-opinion", "office"}, {"office", "office-opinion", "leader"},
	{"leader", "sign", "published"}, {"published", "again", "draft"},
}

func lapMachine(tb testing.TB) *workflow.Machine {
	d := workflow.Definition{ID: "bench/lap", Start: "draft", Roles: []workflow.RoleDef{{ID: "clerk"}, {ID: "head"}}}
	basis := []law.Citation{law.Own.Sec("bench")}
	for i, s := range lap {
		d.Stages = append(d.Stages, workflow.StageDef{ID: workflow.Stage(s.from)})
		mv := workflow.Move{ID: workflow.MoveID(s.on), From: []workflow.Stage{workflow.Stage(s.from)}, On: workflow.Event(s.on), To: workflow.Stage(s.to), By: []workflow.Role{"head"}, Basis: basis}
		if i == 3 {
			mv.Effect = workflow.EffectPublish
			mv.When = []workflow.Test{
				{Fact: "attribute", In: []workflow.Value{"public", "redacted"}}, {Fact: "review", In: []workflow.Value{"clear"}}, {Fact: "scan", In: []workflow.Value{"clear"}},
				{Fact: "earlier", In: []workflow.Value{"none", "passed"}}, {Fact: "objection", In: []workflow.Value{"none", "raised", "upheld"}},
			}
		}
		d.Moves = append(d.Moves, mv)
	}
	d.Stages = append(d.Stages, workflow.StageDef{ID: "archived", Final: true})
	d.Moves = append(d.Moves, workflow.Move{ID: "archive", From: []workflow.Stage{"published"}, On: "archive", To: "archived", Basis: basis})
	m, err := workflow.Compile(d)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func BenchmarkLap(b *testing.B) {
	perStep := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(lap)), "ns/step")
	}
	b.Run("gongkai", func(b *testing.B) {
		m := lapMachine(b)
		facts := workflow.Facts{"attribute": "public", "review": "clear", "scan": "clear", "earlier": "none", "objection": "none"}
		actor := workflow.Actor{ID: "p", Roles: []workflow.Role{"head"}}
		events := make([]workflow.Event, len(lap))
		for i := range lap {
			events[i] = workflow.Event(lap[i].on)
		}
		stage := workflow.Stage("draft")
		b.ReportAllocs()
		for b.Loop() {
			for _, e := range events {
				out, err := m.Step(stage, facts, e, actor)
				if err != nil {
					b.Fatal(err)
				}
				stage = out.To
			}
		}
		perStep(b)
	})
	b.Run("looplab-fsm", func(b *testing.B) {
		var events fsm.Events
		for _, s := range lap {
			events = append(events, fsm.EventDesc{Name: s.on, Src: []string{s.from}, Dst: s.to})
		}
		m := fsm.NewFSM("draft", events, fsm.Callbacks{})
		ctx := context.Background()
		b.ReportAllocs()
		for b.Loop() {
			for i := range lap {
				if err := m.Event(ctx, lap[i].on); err != nil {
					b.Fatal(err)
				}
			}
		}
		perStep(b)
	})
	b.Run("qmuntal-stateless", func(b *testing.B) {
		m := stateless.NewStateMachine("draft")
		for _, s := range lap {
			m.Configure(s.from).Permit(s.on, s.to)
		}
		b.ReportAllocs()
		for b.Loop() {
			for i := range lap {
				if err := m.Fire(lap[i].on); err != nil {
					b.Fatal(err)
				}
			}
		}
		perStep(b)
	})
}

// The lap of ours takes no memory.
func TestStepAllocatesNothing(t *testing.T) {
	m := lapMachine(t)
	facts := workflow.Facts{"attribute": "public", "review": "clear", "scan": "clear", "earlier": "none", "objection": "none"}
	actor := workflow.Actor{ID: "p", Roles: []workflow.Role{"head"}}
	if n := testing.AllocsPerRun(100, func() {
		stage := workflow.Stage("draft")
		for i := range lap {
			out, err := m.Step(stage, facts, workflow.Event(lap[i].on), actor)
			if err != nil {
				t.Fatal(err)
			}
			stage = out.To
		}
	}); n != 0 {
		t.Fatalf("%v allocations a lap", n)
	}
	facts["review"] = "stale"
	if n := testing.AllocsPerRun(100, func() {
		if _, err := m.Step("leader", facts, "sign", actor); err == nil {
			t.Fatal("not refused")
		}
	}); n > 2 {
		t.Fatalf("%v allocations a refusal", n)
	}
}

// The largest procedure compiles in well under a millisecond.
func BenchmarkCompileLargest(b *testing.B) {
	var largest workflow.Definition
	for _, d := range shipped(b) {
		if len(d.Moves) > len(largest.Moves) {
			largest = d
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := workflow.Compile(largest); err != nil {
			b.Fatal(err)
		}
	}
}
