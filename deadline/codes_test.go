package deadline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A code is a contract: it is listed with its meaning and never given to
// another. A new one is added to the list by hand.
func TestCodesAreListed(t *testing.T) {
	b, err := os.ReadFile("testdata/codes.golden")
	require.NoError(t, err)
	listed := map[string]string{}
	last := ""
	for line := range strings.Lines(string(b)) {
		code, meaning, ok := strings.Cut(strings.TrimSpace(line), "\t")
		require.True(t, ok && meaning != "", line)
		require.NotContains(t, listed, code)
		require.Less(t, last, code, "the list is sorted")
		listed[code], last = meaning, code
	}
	code := regexp.MustCompile(`^"(DL-\d{3})"$`)
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	more, err := filepath.Glob("notice/*.go")
	require.NoError(t, err)
	for _, name := range append(files, more...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok {
				if m := code.FindStringSubmatch(l.Value); m != nil {
					used[m[1]] = true
					assert.Contains(t, listed, m[1], name)
				}
			}
			return true
		})
	}
	for c := range listed {
		assert.True(t, used[c], "%s is listed and no longer used: keep the line and say so here", c)
	}
}
