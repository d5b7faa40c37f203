package workflow_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/workflow"
)

// FuzzDefinition: any bytes give a definition or an error; any definition gives
// a machine or faults; a machine answers every question.
func FuzzDefinition(f *testing.F) {
	for _, d := range []workflow.Definition{small(), rich(), hostile()} {
		b, err := d.JSON()
		require.NoError(f, err)
		f.Add(b)
	}
	files, err := filepath.Glob("../disclosure/profile/*/*.json")
	require.NoError(f, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := workflow.Parse(b)
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid)
			return
		}
		text, err := d.JSON()
		require.NoError(t, err)
		back, err := workflow.Parse(text)
		require.NoError(t, err)
		again, err := back.JSON()
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))
		changes, err := workflow.Diff(d, back)
		require.NoError(t, err)
		require.Empty(t, changes)
		m, err := workflow.Compile(d)
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid)
			require.NotEmpty(t, err.Error())
			return
		}
		wellFormed(t, m.SVG(m.Start()))
		_, _, _ = m.Markdown(), m.Mermaid(m.Start()), m.DOT(m.Start())
		for _, s := range m.Stages() {
			for _, p := range m.Permitted(s, nil, as("u")) {
				_, err := m.Step(s, nil, p.Event, as("u"))
				require.Equal(t, p.Verdict == workflow.VerdictOpen, err == nil && p.Refusal == nil)
			}
		}
	})
}
