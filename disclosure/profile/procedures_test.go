package profile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/workflow"
)

// procedure compiles one of the shipped definitions.
func procedure(t testing.TB, name string) *workflow.Machine {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(name) + ".json")
	require.NoError(t, err)
	d, err := workflow.Parse(b)
	require.NoError(t, err)
	require.Equal(t, name, d.ID)
	m, err := workflow.Compile(d)
	require.NoError(t, err)
	return m
}

func TestEveryProcedureCompiles(t *testing.T) {
	files, err := filepath.Glob("*/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		d, err := workflow.Parse(b)
		if err != nil {
			continue // another kind of file of the profile
		}
		_, err = workflow.Compile(d)
		assert.NoError(t, err, f)
	}
}
