// Package readme runs the code that the README shows.
package readme

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var block = regexp.MustCompile("(?s)```go\n(.*?)```")

// The ten lines print the day that stands beside them.
func TestTenLines(t *testing.T) {
	top, err := filepath.Abs("../../../..")
	require.NoError(t, err)
	for _, name := range []string{"README.md", "README.en.md"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(top, name))
			require.NoError(t, err)
			code := block.FindSubmatch(text)
			require.NotNil(t, code, "a program")
			want := regexp.MustCompile(`due\.Date\)\s+// (\S+)`).FindSubmatch(code[1])
			require.NotNil(t, want, "the day beside the line that prints it")
			dir, err := os.MkdirTemp(filepath.Join(top, "disclosure", "internal", "proof"), "readme-program-")
			require.NoError(t, err)
			defer os.RemoveAll(dir)
			require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), code[1], 0o600))
			run := exec.Command("go", "run", ".")
			run.Dir = dir
			run.Env = append(os.Environ(), "GOWORK=off")
			out, err := run.CombinedOutput()
			require.NoError(t, err, string(out))
			require.Equal(t, string(want[1]), strings.SplitN(string(out), "\n", 2)[0])
		})
	}
}
