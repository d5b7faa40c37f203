package deadline_test

import (
	"os"
	"testing"

	"github.com/opengongkai/gongkai/deadline/internal/tables"
	"github.com/stretchr/testify/require"
)

// printed compares a generated file, or rewrites it.
func printed(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "stale: go generate ./deadline")
}

func TestGeneratedTables(t *testing.T) {
	t.Run("CALENDAR.md 年历", func(t *testing.T) { printed(t, "CALENDAR.md", tables.Calendar()) })
}
