package workflow_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/workflow"
)

// Random walks on the shipped procedures: at each turn somebody tries
// something, on facts that change, and both interpreters must agree. The
// records of what happened fold to the state that the walk has kept by itself.
func TestRandomWalks(t *testing.T) {
	for _, d := range shipped(t) {
		m, err := workflow.Compile(d)
		require.NoError(t, err)
		t.Run(d.ID, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { walkOnce(t, &d, m) })
		})
	}
}

func walkOnce(t *rapid.T, d *workflow.Definition, m *workflow.Machine) {
	events := []workflow.Event{"no-such-event"}
	for _, mv := range d.Moves {
		events = append(events, mv.On)
	}
	var roles []workflow.Role
	for _, r := range d.Roles {
		roles = append(roles, r.ID)
	}
	all := m.Facts()
	day := deadline.NewDate(2026, time.March, 2)
	first := workflow.Actor{ID: "p0"}
	records := []workflow.Record{m.Open("open", first, day, nil)}
	stage, facts := d.Start, workflow.Facts{}
	done := []workflow.Done{{On: "open", Actor: "p0"}}
	answers := []workflow.Facts{nil} // of each record, as corrected since
	for turn := range rapid.IntRange(1, 40).Draw(t, "turns") {
		what := rapid.IntRange(0, 5).Draw(t, "what")
		if what == 0 && len(answers) > 1 {
			// Somebody finds that an answer was wrong.
			wrong := rapid.IntRange(0, len(answers)-1).Draw(t, "wrong")
			if records[wrong].Corrects != 0 {
				continue
			}
			f := rapid.SampledFrom(all).Draw(t, "fact")
			v := rapid.SampledFrom(f.Values).Draw(t, "value")
			records = append(records, workflow.Record{Seq: int64(len(records)) + 1, Event: "correct", Actor: "p0", Corrects: int64(wrong) + 1, Facts: workflow.Facts{f.ID: v}})
			answers[wrong] = maps.Clone(records[wrong].Facts)
			if answers[wrong] == nil {
				answers[wrong] = workflow.Facts{}
			}
			answers[wrong][f.ID] = v
			answers = append(answers, nil)
			facts = workflow.Facts{}
			for _, a := range answers {
				for f, v := range a {
					if facts[f] = v; v == "" {
						delete(facts, f)
					}
				}
			}
			continue
		}
		if what <= 2 {
			f := rapid.SampledFrom(all).Draw(t, "fact")
			v := rapid.SampledFrom(append([]workflow.Value{"", "undetermined", "no-such-value"}, f.Values...)).Draw(t, "value")
			records = append(records, workflow.Record{Seq: int64(len(records)) + 1, Event: "fact", Actor: "p0", Facts: workflow.Facts{f.ID: v}})
			done = append(done, workflow.Done{On: "fact", Actor: "p0"})
			answers = append(answers, workflow.Facts{f.ID: v})
			facts = maps.Clone(facts)
			if facts[f.ID] = v; v == "" {
				delete(facts, f.ID)
			}
			continue
		}
		event := rapid.SampledFrom(events).Draw(t, "event")
		actor := workflow.Actor{
			ID:    rapid.SampledFrom([]string{"p0", "p1", "p2", "p3", ""}).Draw(t, "person"),
			Roles: rapid.SliceOfNDistinct(rapid.SampledFrom(roles), 0, min(3, len(roles)), rapid.ID).Draw(t, "roles"),
		}
		open, to := interpret(d, stage, facts, event, actor, done)
		out, err := m.Step(stage, facts, event, actor, done...)
		if (err == nil) != (len(open) == 1) {
			t.Fatalf("turn %d: %s at %s by %v on %v: %v, the interpreter finds %v", turn, event, stage, actor, facts, err, open)
		}
		permitted := 0
		for _, p := range m.Permitted(stage, facts, actor, done...) {
			if p.Event == event && p.Verdict == workflow.VerdictOpen {
				permitted++
			}
		}
		if (permitted == 1) != (err == nil) {
			t.Fatalf("turn %d: Permitted says %d, Step says %v", turn, permitted, err)
		}
		if err != nil {
			var r *workflow.Refusal
			if !errors.As(err, &r) || !errors.Is(err, workflow.ErrRefused) || r.Code == "" {
				t.Fatalf("turn %d: not a refusal: %v", turn, err)
			}
			continue
		}
		if string(out.Move) != open[0] || out.To != to[0] {
			t.Fatalf("turn %d: %s to %s, the interpreter goes by %s to %s", turn, out.Move, out.To, open[0], to[0])
		}
		day = day.AddDays(1)
		records = append(records, workflow.Record{Seq: int64(len(records)) + 1, Event: event, On: day, Actor: actor.ID,
			Move: out.Move, From: stage, To: out.To, Clocks: out.Clocks, Effect: out.Effect})
		stage = out.To
		answers = append(answers, nil)
		done = append(done, workflow.Done{On: event, Actor: actor.ID})
	}
	c, err := workflow.Fold(records)
	if err != nil {
		t.Fatal(err)
	}
	if c.Stage != stage || !maps.Equal(c.Facts, facts) || len(c.Done) != len(done) || c.Seq != int64(len(records)) {
		t.Fatalf("the records fold to %v, the walk stands at %s with %v", c, stage, facts)
	}
}
