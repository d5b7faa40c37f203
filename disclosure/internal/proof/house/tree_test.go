package house_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

const (
	top    = "../../../.." // from this folder to the top of the project
	module = "github.com/opengongkai/gongkai"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// goFile is one Go file of the project, whatever its build constraints.
type goFile struct {
	path   string // from the top, with slashes
	pkg    string // folder from the top; "." for the top itself
	test   bool
	syntax *ast.File
	source []byte
}

// module returns the folder of the nested module the file belongs to, "." for the root.
func (f goFile) module(nested []string) string {
	for _, m := range nested {
		if f.pkg == m || strings.HasPrefix(f.pkg, m+"/") {
			return m
		}
	}
	return "."
}

type source struct {
	fset   *token.FileSet
	files  []goFile
	nested []string // folders of the nested modules
}

// tree parses every Go file of the project once.
var tree = sync.OnceValues(func() (source, error) {
	s := source{fset: token.NewFileSet()}
	err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if base := d.Name(); rel != "." && (base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")) {
				return filepath.SkipDir
			}
			return nil
		}
		if d.Name() == "go.mod" && rel != "go.mod" {
			s.nested = append(s.nested, path.Dir(rel))
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		syntax, err := parser.ParseFile(s.fset, rel, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.files = append(s.files, goFile{rel, path.Dir(rel), strings.HasSuffix(rel, "_test.go"), syntax, data})
		return nil
	})
	return s, err
})

func theTree(t *testing.T) source {
	t.Helper()
	s, err := tree()
	require.NoError(t, err)
	require.NotEmpty(t, s.files)
	return s
}

// loaded type-checks the packages of one module (a folder from the top),
// without tests.
func loaded(t *testing.T, folder string) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax,
		Dir:  filepath.Join(top, filepath.FromSlash(folder)),
		Env:  append(os.Environ(), "GOWORK=off"),
	}, "./...")
	require.NoError(t, err)
	for _, p := range pkgs {
		require.Empty(t, p.Errors, p.PkgPath)
	}
	slices.SortFunc(pkgs, func(a, b *packages.Package) int { return strings.Compare(a.PkgPath, b.PkgPath) })
	return pkgs
}

var rootPackages = sync.OnceValue(func() func(*testing.T) []*packages.Package {
	var pkgs []*packages.Package
	return func(t *testing.T) []*packages.Package {
		if pkgs == nil {
			pkgs = loaded(t, ".")
		}
		return pkgs
	}
})

// folderOf is the package's folder from the top.
func folderOf(pkgPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(pkgPath, module), "/")
}

func (s source) at(n ast.Node) string { return s.fset.Position(n.Pos()).String() }

// golden compares with a file under testdata, or rewrites it under -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o666))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "run with -update and read the difference")
	if string(want) != got {
		t.Errorf("%s has drifted: if that is meant, run `go test ./house -update` and say why in CHANGELOG.md\n%s", file, difference(string(want), got))
	}
}

// difference lists the lines that only one of two texts has; it does for sorted
// goldens, where order says nothing.
func difference(want, got string) string {
	var b strings.Builder
	list := func(sign, of, not string) {
		have := map[string]int{}
		for line := range strings.Lines(not) {
			have[line]++
		}
		for line := range strings.Lines(of) {
			if have[line] > 0 {
				have[line]--
				continue
			}
			b.WriteString(sign + line)
		}
	}
	list("- ", want, got)
	list("+ ", got, want)
	return b.String()
}

// none fails with the whole list, sorted.
func none(t *testing.T, found []string, rule string, args ...any) {
	t.Helper()
	slices.Sort(found)
	assert.Empty(t, found, "%s:\n  %s", fmt.Sprintf(rule, args...), strings.Join(slices.Compact(found), "\n  "))
}
