package workflow_test

import (
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/workflow"
)

// interpret is the second reading of a definition: it knows no compiled form
// and goes through the moves one by one, word for word. It returns the moves
// that are open and where they lead.
func interpret(d *workflow.Definition, stage workflow.Stage, facts workflow.Facts, event workflow.Event, actor workflow.Actor, done []workflow.Done) (open []string, to []workflow.Stage) {
	base := strings.TrimSuffix(string(stage), "~")
	halted := base != string(stage)
	for _, m := range d.Moves {
		here := false
		for _, from := range m.From {
			here = here || from == stage || (from == workflow.Suspended && halted)
		}
		if !here || m.On != event || actor.ID == "" {
			continue
		}
		if !mayDo(m, actor) || !factsHold(m, facts) || !keptApart(m, actor, done) {
			continue
		}
		open = append(open, string(m.ID))
		target := m.To
		switch m.To {
		case workflow.Here:
			target = stage
		case workflow.Suspended:
			target = workflow.Stage(base + "~")
		case workflow.Return:
			target = workflow.Stage(base)
		}
		to = append(to, target)
	}
	return open, to
}

func mayDo(m workflow.Move, a workflow.Actor) bool {
	common := map[workflow.Role]bool{}
	for _, r := range a.Roles {
		common[r] = true
	}
	return len(m.By) == 0 || slices.ContainsFunc(m.By, func(r workflow.Role) bool { return common[r] })
}

func factsHold(m workflow.Move, facts workflow.Facts) bool {
	for _, t := range m.When {
		have, ok := facts[t.Fact]
		if !ok || have == "" {
			have = "undetermined"
		}
		if !slices.Contains(t.In, have) {
			return false
		}
	}
	return true
}

func keptApart(m workflow.Move, a workflow.Actor, done []workflow.Done) bool {
	for _, e := range m.Apart {
		doers := map[string]bool{}
		for _, d := range done {
			if d.On == e {
				doers[d.Actor] = true
			}
		}
		if len(doers) == 0 || doers[a.ID] || doers[""] {
			return false
		}
	}
	return true
}

// shipped are the procedures of the profiles.
func shipped(t testing.TB) []workflow.Definition {
	t.Helper()
	files, err := filepath.Glob("../../../profile/*/*.json")
	require.NoError(t, err)
	sort.Strings(files)
	var defs []workflow.Definition
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		if !strings.Contains(string(b), `"moves":`) {
			continue
		}
		d, err := workflow.Parse(b)
		require.NoError(t, err, f)
		defs = append(defs, d)
	}
	require.NotEmpty(t, defs)
	return defs
}
