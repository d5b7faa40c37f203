package house_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// codeOwners: whose codes are whose. Other packages may name a code, to tell
// one fault from another, but not make one.
var codeOwners = map[string][]string{
	"DL": {"deadline"}, "WF": {"workflow"}, "SE": {"secrecy"}, "CA": {"catalog"},
	"DI": {"disclosure"}, "LE": {"disclosure/ledger", "disclosure/dossier"}, "ST": {"disclosure"}, "IN": {"disclosure/inspect"},
}

func owns(folder, code string) bool {
	return slices.ContainsFunc(codeOwners[code[:2]], func(o string) bool { return within(folder, o) })
}

var codeForm = regexp.MustCompile(`^(DL|WF|SE|CA|DI|LE|ST|IN)-\d+$`)

// A code is a contract: one meaning, one package, one declaration, for ever.
func TestCodesAreUnique(t *testing.T) {
	s := theTree(t)
	places := map[string][]string{} // code → packages that write it
	declared := map[string][]declaration{}
	named := map[string][]string{} // code → where others name it
	for _, f := range s.files {
		if f.test || within(f.pkg, "disclosure/internal/proof") || within(f.pkg, "examples") {
			continue
		}
		consts := map[ast.Node]string{} // values and the names that they are given
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GenDecl:
				if n.Tok == token.CONST {
					for _, spec := range n.Specs {
						v := spec.(*ast.ValueSpec)
						for i := range v.Values {
							consts[v.Values[i]] = v.Names[i].Name
						}
					}
				}
			case *ast.BasicLit:
				if n.Kind != token.STRING {
					break
				}
				code, err := strconv.Unquote(n.Value)
				if err != nil || !codeForm.MatchString(code) {
					break
				}
				if !owns(f.pkg, code) {
					named[code] = append(named[code], s.at(n))
					break
				}
				if !slices.Contains(places[code], f.pkg) {
					places[code] = append(places[code], f.pkg)
				}
				if name := consts[n]; name != "" {
					declared[code] = append(declared[code], declaration{f.pkg, name, s.at(n)})
				}
			}
			return true
		})
	}
	assert.NotEmpty(t, places)
	var shared, twice, strangers []string
	var list strings.Builder
	for _, code := range slices.SortedFunc(maps.Keys(places), compareCodes) {
		owner := places[code][0]
		for _, p := range places[code] {
			if within(owner, p) {
				owner = p
			}
		}
		for i, d := range declared[code] {
			// A package below the owner may repeat the owner's constant, name and all.
			for _, e := range declared[code][:i] {
				if d.pkg == e.pkg || d.name != e.name {
					twice = append(twice, fmt.Sprintf("%s %s at %s, %s at %s", code, e.name, e.at, d.name, d.at))
				}
			}
		}
		for _, p := range places[code] {
			if !within(p, owner) {
				shared = append(shared, fmt.Sprintf("%s in %s", code, strings.Join(places[code], ", ")))
			}
		}
		fmt.Fprintf(&list, "%s %s\n", code, owner)
	}
	for code, at := range named {
		if places[code] == nil {
			strangers = append(strangers, fmt.Sprintf("%s at %s", code, strings.Join(at, ", ")))
		}
	}
	none(t, shared, "a code belongs to one package")
	none(t, twice, "a code has one declaration")
	none(t, strangers, "a code that the package of its letters does not have")
	golden(t, "codes.golden", list.String())
}

// declaration is a constant whose value is a code.
type declaration struct{ pkg, name, at string }

// compareCodes orders DL-2 before DL-10.
func compareCodes(a, b string) int {
	if c := strings.Compare(a[:3], b[:3]); c != 0 {
		return c
	}
	x, _ := strconv.Atoi(a[3:])
	y, _ := strconv.Atoi(b[3:])
	return x - y
}
