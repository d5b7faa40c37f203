package house_test

import (
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"
)

// What an embedding system must take along: a new line here is a decision, with
// its reason in CONTRIBUTING.md.
var rootRequires = []string{
	"github.com/rickar/cal/v2", "github.com/stretchr/testify", "github.com/transparency-dev/merkle", "golang.org/x/mod", "golang.org/x/text",
}

func readMod(t *testing.T, folder string) *modfile.File {
	t.Helper()
	name := filepath.Join(top, filepath.FromSlash(folder), "go.mod")
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	f, err := modfile.Parse(name, data, nil)
	require.NoError(t, err)
	return f
}

func TestModules(t *testing.T) {
	root := readMod(t, ".")
	assert.Equal(t, module, root.Module.Mod.Path)
	assert.Empty(t, root.Replace, "the root replaces nothing")
	assert.Empty(t, root.Tool, "tools stand in the proof module")
	for _, r := range root.Require {
		if !r.Indirect {
			assert.Contains(t, rootRequires, r.Mod.Path)
		}
	}
	papers, err := os.ReadFile(filepath.Join(top, "CONTRIBUTING.md"))
	require.NoError(t, err)
	for _, r := range rootRequires {
		assert.Contains(t, string(papers), "`"+r+"`", "its reason")
	}
	for _, folder := range theTree(t).nested {
		f := readMod(t, folder)
		assert.Equal(t, module+"/"+folder, f.Module.Mod.Path)
		assert.Equal(t, root.Go.Version, f.Go.Version, folder)
		replaced := map[string]string{}
		for _, r := range f.Replace {
			replaced[r.Old.Path] = r.New.Path
			assert.Empty(t, r.Old.Version, folder)
			assert.True(t, modfile.IsDirectoryPath(r.New.Path), "%s: a relative replace of our own only", folder)
		}
		for _, r := range f.Require {
			if !within(r.Mod.Path, module) {
				continue
			}
			if r.Mod.Path == module {
				assert.Equal(t, "v0.1.0", r.Mod.Version, folder)
			}
			to := path.Join(folder, replaced[r.Mod.Path])
			assert.Equal(t, path.Join(".", folderOf(r.Mod.Path)), to, "%s replaces %s", folder, r.Mod.Path)
		}
	}
	work, err := os.ReadFile(filepath.Join(top, "go.work"))
	require.NoError(t, err)
	w, err := modfile.ParseWork("go.work", work, nil)
	require.NoError(t, err)
	assert.Equal(t, root.Go.Version, w.Go.Version)
	var used []string
	for _, u := range w.Use {
		used = append(used, path.Clean(u.Path))
	}
	assert.ElementsMatch(t, append([]string{"."}, theTree(t).nested...), used)
}
