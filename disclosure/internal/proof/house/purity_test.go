package house_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// below reports whether a package stands below disclosure, where nothing reads
// or writes, knows the time, runs beside or keeps state.
func below(folder string) bool {
	for _, f := range []string{"deadline", "workflow", "secrecy", "catalog", "disclosure/law", "disclosure/hanzi", "disclosure/ledger"} {
		if within(folder, f) && !within(folder, "catalog/xlsx") {
			return true
		}
	}
	return false
}

// ioPackages open something outside. Readers and file systems are handed in.
var ioPackages = []string{"os", "net", "log", "syscall", "plugin", "database/sql", "io/ioutil", "testing", "flag", "math/rand", "crypto/rand"}

// parsing are packages under those that only read and write forms:
// driver.Value lets a Date be a column.
var parsing = []string{"database/sql/driver", "net/url", "net/netip", "net/mail"}

func TestNothingBelowDisclosureReachesOut(t *testing.T) {
	s := theTree(t)
	var reaches, goroutines, inits []string
	for _, f := range s.files {
		if f.test || !below(f.pkg) {
			continue
		}
		for _, spec := range f.syntax.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains(parsing, name) {
				continue
			}
			if slices.ContainsFunc(ioPackages, func(p string) bool { return within(name, p) }) {
				reaches = append(reaches, s.at(spec)+" "+name)
			}
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				goroutines = append(goroutines, s.at(n))
			case *ast.FuncDecl:
				if n.Recv == nil && n.Name.Name == "init" {
					inits = append(inits, s.at(n))
				}
			}
			return true
		})
	}
	none(t, reaches, "no I/O, no logging and no randomness below disclosure")
	none(t, goroutines, "no goroutine below disclosure")
	none(t, inits, "no init below disclosure")
}

// The time enters in one line, in disclosure; examples and tests are free.
func TestTheClockIsReadOnce(t *testing.T) {
	s := theTree(t)
	var now, timers []string
	for _, f := range s.files {
		if f.test || within(f.pkg, "examples") || within(f.pkg, "disclosure/internal/proof") {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); !ok || x.Name != "time" {
				return true
			}
			switch sel.Sel.Name {
			case "Now":
				now = append(now, s.at(n))
			case "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTicker", "NewTimer":
				if below(f.pkg) {
					timers = append(timers, s.at(n)+" time."+sel.Sel.Name)
				}
			}
			return true
		})
	}
	none(t, timers, "no timers below disclosure")
	if len(now) > 1 || len(now) == 1 && !strings.HasPrefix(now[0], "disclosure/") {
		none(t, now, "time.Now stands in one line of disclosure")
	}
}

// As far as the types can tell: a package-level variable below disclosure is
// never written, stepped or cleared, and is of no type that exists to be
// changed. (What is written through a pointer to one is not seen.)
func TestNoMutablePackageState(t *testing.T) {
	var written, changing []string
	for _, p := range rootPackages()(t) {
		folder := folderOf(p.PkgPath)
		if !below(folder) {
			continue
		}
		global := func(e ast.Expr) *types.Var {
			for {
				switch x := e.(type) {
				case *ast.IndexExpr:
					e = x.X
				case *ast.SelectorExpr:
					e = x.X
				case *ast.StarExpr:
					e = x.X
				case *ast.ParenExpr:
					e = x.X
				case *ast.SliceExpr:
					e = x.X
				case *ast.Ident:
					v, ok := p.TypesInfo.Uses[x].(*types.Var)
					if ok && v.Parent() == p.Types.Scope() {
						return v
					}
					return nil
				default:
					return nil
				}
			}
		}
		report := func(n ast.Node, v *types.Var, how string) {
			if v != nil {
				written = append(written, fmt.Sprintf("%s %s %s", p.Fset.Position(n.Pos()), how, v.Name()))
			}
		}
		for _, file := range p.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					if n.Tok != token.DEFINE {
						for _, l := range n.Lhs {
							report(n, global(l), "writes")
						}
					}
				case *ast.IncDecStmt:
					report(n, global(n.X), "steps")
				case *ast.CallExpr:
					if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "delete" || id.Name == "clear" || id.Name == "copy") && len(n.Args) > 0 {
						report(n, global(n.Args[0]), id.Name+"s from")
					}
				case *ast.RangeStmt:
					if n.Tok == token.ASSIGN {
						report(n, global(n.Key), "ranges into")
					}
				}
				return true
			})
		}
		scope := p.Types.Scope()
		for _, name := range scope.Names() {
			v, ok := scope.Lookup(name).(*types.Var)
			if !ok {
				continue
			}
			at := p.Fset.Position(v.Pos()).String() + " " + name
			if strings.HasPrefix(v.Type().String(), "sync.") || strings.HasPrefix(v.Type().String(), "sync/atomic.") {
				changing = append(changing, at+" "+v.Type().String())
			}
			if _, ok := v.Type().Underlying().(*types.Chan); ok {
				changing = append(changing, at+" is a channel")
			}
			if _, isError := v.Type().Underlying().(*types.Interface); v.Exported() && !isError {
				changing = append(changing, at+" is exported and so anybody's to write")
			}
		}
	}
	none(t, written, "package state below disclosure is written")
	none(t, changing, "package state below disclosure that exists to be changed")
}

// tracked lists the files that git knows or would take.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "-c", "core.quotepath=off", "ls-files", "--cached", "--others", "--exclude-standard")
	cmd.Dir = top
	out, err := cmd.Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
