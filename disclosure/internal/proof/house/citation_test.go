package house_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/opengongkai/gongkai/disclosure/law"
)

const lawPath = module + "/disclosure/law"

// reader evaluates the citations of one package.
type reader struct {
	*packages.Package
	inits map[*types.Var]ast.Expr // package-level variables and what they are set to
}

func newReader(p *packages.Package) reader {
	r := reader{p, map[*types.Var]ast.Expr{}}
	for _, file := range p.Syntax {
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				if len(v.Values) != len(v.Names) {
					continue
				}
				for i, name := range v.Names {
					if obj, ok := p.TypesInfo.Defs[name].(*types.Var); ok {
						r.inits[obj] = v.Values[i]
					}
				}
			}
		}
	}
	return r
}

// citing is the method of law that a call invokes: Art, Sec, Para, Item, or "".
func (r reader) citing(call *ast.CallExpr) (method string, receiver ast.Expr) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", nil
	}
	fn, ok := r.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != lawPath || fn.Signature().Recv() == nil {
		return "", nil
	}
	if !slices.Contains([]string{"Art", "Sec", "Para", "Item"}, fn.Name()) {
		return "", nil
	}
	return fn.Name(), sel.X
}

func (r reader) constant(e ast.Expr) constant.Value { return r.TypesInfo.Types[e].Value }

func (r reader) instrument(e ast.Expr) (law.Instrument, error) {
	if v := r.constant(e); v != nil && v.Kind() == constant.String {
		return law.Instrument(constant.StringVal(v)), nil
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if fn, ok := calleeOf(r.TypesInfo, e); ok && fn.Pkg().Path() == lawPath && fn.Name() == "Local" {
			if v := r.constant(e.Args[0]); v != nil {
				return law.Local(constant.StringVal(v)), nil
			}
		}
	case *ast.Ident:
		if v, ok := r.TypesInfo.Uses[e].(*types.Var); ok && r.inits[v] != nil {
			return r.instrument(r.inits[v])
		}
	}
	return "", errors.New("the instrument is not a constant")
}

func calleeOf(info *types.Info, call *ast.CallExpr) (*types.Func, bool) {
	var id *ast.Ident
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil, false
	}
	fn, ok := info.Uses[id].(*types.Func)
	return fn, ok && fn.Pkg() != nil
}

// errFromData: a section of an agency's document, both read from a table. It has
// no index, so there is nothing to resolve.
var errFromData = errors.New("read from data")

func (r reader) citation(e ast.Expr) (law.Citation, error) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := r.TypesInfo.Uses[e].(*types.Var); ok && r.inits[v] != nil {
			return r.citation(r.inits[v])
		}
	case *ast.CallExpr:
		method, receiver := r.citing(e)
		if method == "" {
			break
		}
		arg := r.constant(e.Args[0])
		if arg == nil {
			if _, err := r.instrument(receiver); method == "Sec" && err != nil {
				return law.Citation{}, errFromData
			}
			return law.Citation{}, fmt.Errorf("the argument of %s is not a constant: data is read with law.ParseCitation", method)
		}
		if method == "Art" || method == "Sec" {
			in, err := r.instrument(receiver)
			if err != nil {
				return law.Citation{}, err
			}
			if method == "Sec" {
				return in.Sec(constant.StringVal(arg)), nil
			}
			n, _ := constant.Int64Val(arg)
			return in.Art(int(n)), nil
		}
		c, err := r.citation(receiver)
		if err != nil {
			return c, err
		}
		n, _ := constant.Int64Val(arg)
		if n < 1 {
			return c, fmt.Errorf("%s(%d)", method, n)
		}
		if method == "Para" {
			return c.Para(int(n)), nil
		}
		return c.Item(int(n)), nil
	}
	return law.Citation{}, errors.New("not a citation of constants")
}

// Every law.X.Art(n)… of the project's own code, with constant arguments, is a
// provision of the index; those whose text was not verified stand in a golden,
// so that nobody has to find them out.
func TestEveryCitationResolves(t *testing.T) {
	s := theTree(t)
	var broken, unverified []string
	count := 0
	for _, m := range append([]string{"."}, s.nested...) {
		if m == "disclosure/internal/proof" {
			continue
		}
		pkgs := rootPackages()(t)
		if m != "." {
			pkgs = loaded(t, m)
		}
		for _, p := range pkgs {
			if p.PkgPath == lawPath {
				continue
			}
			r := newReader(p)
			for _, file := range p.Syntax {
				inside := map[ast.Node]bool{} // receivers already read with their call
				ast.Inspect(file, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.CompositeLit:
						if isLaw(p.TypesInfo.TypeOf(n), "Citation") && len(n.Elts) > 0 {
							broken = append(broken, fmt.Sprintf("%s a citation is written law.X.Art(n), not as a literal", p.Fset.Position(n.Pos())))
						}
					case *ast.CallExpr:
						if tv := p.TypesInfo.Types[n.Fun]; tv.IsType() && isLaw(tv.Type, "Instrument") {
							broken = append(broken, fmt.Sprintf("%s an instrument is a constant of law, or law.Local", p.Fset.Position(n.Pos())))
						}
						method, receiver := r.citing(n)
						if method == "" || inside[n] {
							return true
						}
						for call, ok := ast.Unparen(receiver).(*ast.CallExpr); ok; call, ok = ast.Unparen(receiver).(*ast.CallExpr) {
							inside[call] = true
							if method, receiver = r.citing(call); method == "" {
								break
							}
						}
						count++
						c, err := r.citation(n)
						if errors.Is(err, errFromData) {
							return true
						}
						if err == nil {
							err = law.Resolve(c)
						}
						where := p.Fset.Position(n.Pos())
						switch {
						case err == nil:
						case errors.Is(err, law.ErrUnverified):
							text, _ := c.MarshalText()
							unverified = append(unverified, fmt.Sprintf("%s %s", folderOf(p.PkgPath), text))
						default:
							broken = append(broken, fmt.Sprintf("%s %v", where, err))
						}
					}
					return true
				})
			}
		}
	}
	t.Logf("%d citations", count)
	require.Greater(t, count, 10, "no citations found: the walk itself is broken")
	none(t, broken, "a citation that does not resolve")
	slices.Sort(unverified)
	golden(t, "unverified.golden", strings.Join(slices.Compact(unverified), "\n")+"\n")
}

func isLaw(typ types.Type, name string) bool {
	n, ok := types.Unalias(typ).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == lawPath && n.Obj().Name() == name
}
