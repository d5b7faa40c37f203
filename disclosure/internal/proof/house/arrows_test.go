package house_test

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// room says which rooms of ours a room may use. A room stands for its folder
// and all below it, unless a longer one is listed.
type room struct {
	folder string
	floor  int
	uses   []string // own folder is always included
	// others are the modules of other people that its code may import, tests apart.
	others []string
}

var (
	leaves = []string{"disclosure/law", "disclosure/hanzi", "disclosure/ledger"}
	floor2 = append([]string{"deadline"}, leaves...)
	floor3 = append([]string{"workflow", "secrecy"}, floor2...)
	floor4 = append([]string{"catalog"}, floor3...)
	office = append([]string{"disclosure"}, floor4...)
)

// rooms is the table of the house, ground floor first.
var rooms = []room{
	{"disclosure/law", 1, nil, nil},
	{"disclosure/hanzi", 1, nil, []string{"golang.org/x/text"}},
	{"disclosure/ledger", 1, nil, []string{"golang.org/x/mod", "github.com/transparency-dev/merkle"}},
	{"deadline", 2, []string{"disclosure/law", "disclosure/hanzi"}, nil},
	{"deadline/rickarcal", 2, []string{"deadline", "disclosure/law", "disclosure/hanzi"}, []string{"github.com/rickar/cal/v2"}},
	{"workflow", 3, []string{"deadline", "disclosure/law", "disclosure/hanzi"}, nil},
	{"secrecy", 3, []string{"workflow", "deadline", "disclosure/law", "disclosure/hanzi"}, nil},
	{"catalog", 4, []string{"workflow", "secrecy", "deadline", "disclosure/law", "disclosure/hanzi"}, []string{"golang.org/x/text"}},
	{"catalog/xlsx", 4, floor4, []string{"github.com/xuri/excelize/v2"}},
	{"disclosure", 5, floor4, []string{"golang.org/x/text"}},
	{"disclosure/request", 5, office, []string{"golang.org/x/text"}},
	{"disclosure/inspect", 5, office, []string{"golang.org/x/text"}},
	{"disclosure/report", 5, office, []string{"golang.org/x/text"}},
	{"disclosure/profile", 5, office, nil},
	{"disclosure/dossier", 5, office, nil},
	{"disclosure/publish", 5, append([]string{"disclosure/dossier"}, office...), nil},
	{"disclosure/sqlstore", 5, office, nil},
	{"disclosure/sqlite", 5, append([]string{"disclosure/sqlstore"}, office...), []string{"modernc.org/sqlite"}},
	{"disclosure/storetest", 5, office, []string{"github.com/stretchr/testify"}},
	{"disclosure/disclosuretest", 5, append([]string{"disclosure/profile", "disclosure/request"}, office...), []string{"github.com/stretchr/testify"}},
	{"disclosure/internal/proof", 5, []string{"."}, []string{"."}},
	{"examples", 6, []string{"."}, []string{"."}},
}

// roomOf finds the room of a folder: the longest that contains it.
func roomOf(folder string) (room, bool) {
	var best room
	found := false
	for _, r := range rooms {
		if within(folder, r.folder) && len(r.folder) >= len(best.folder) {
			best, found = r, true
		}
	}
	return best, found
}

func within(folder, of string) bool { return folder == of || strings.HasPrefix(folder, of+"/") }

func TestArrowsPointDown(t *testing.T) {
	s := theTree(t)
	var homeless, upward, foreign, inner, nested []string
	for _, f := range s.files {
		if f.pkg == "." {
			homeless = append(homeless, f.path+": no code at the top")
			continue
		}
		r, ok := roomOf(f.pkg)
		if !ok {
			homeless = append(homeless, f.path)
			continue
		}
		free := slices.Contains(r.uses, ".") // examples and proof use anything
		for _, spec := range f.syntax.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			line := s.at(spec) + " " + name
			first, _, _ := strings.Cut(name, "/")
			switch {
			case name == module || strings.HasPrefix(name, module+"/"):
				to := folderOf(name)
				target, ok := roomOf(to)
				switch {
				case !ok:
					homeless = append(homeless, line)
				case !free && target.folder != r.folder && !slices.Contains(r.uses, target.folder) && !testMay(f, r, target):
					upward = append(upward, line)
				}
				if owner, _, ok := strings.Cut(to, "/internal/"); ok && f.pkg != owner && !within(f.pkg, owner+"/internal") {
					inner = append(inner, line)
				}
				from, into := f.module(s.nested), goFile{pkg: to}.module(s.nested)
				if from == "." && into != "." {
					nested = append(nested, line)
				}
			case !strings.Contains(first, "."): // the standard library
			case free:
			case f.test && strings.HasPrefix(name, "github.com/stretchr/testify"):
			case f.test && f.pkg == "deadline" && strings.HasPrefix(name, "github.com/rickar/cal/v2"): // the peer in the benchmark
			case !slices.ContainsFunc(r.others, func(o string) bool { return within(name, o) }):
				foreign = append(foreign, line)
			}
		}
	}
	none(t, homeless, "every package stands in the table of rooms")
	none(t, upward, "arrows point down only")
	none(t, foreign, "a dependency that the room is not listed for")
	none(t, inner, "internal is for the folder that it stands in")
	none(t, nested, "the root never imports a nested module, not even in a test")
}

// testMay: tests on the top floor may use the kits beside them.
func testMay(f goFile, from, to room) bool { return f.test && from.floor == 5 && to.floor <= 5 }

func TestTableOfRooms(t *testing.T) {
	for i, r := range rooms {
		for _, u := range r.uses {
			if u == "." {
				continue
			}
			to, ok := roomOf(u)
			assert.True(t, ok && to.folder == u, "%s uses %s, which is no room", r.folder, u)
			assert.LessOrEqual(t, to.floor, r.floor, "%s uses %s", r.folder, u)
		}
		for _, q := range rooms[:i] {
			assert.NotEqual(t, q.folder, r.folder)
			assert.LessOrEqual(t, q.floor, r.floor, "ground floor first")
		}
	}
	secrecy, _ := roomOf("secrecy/docx")
	assert.Equal(t, "secrecy", secrecy.folder)
	workflow, _ := roomOf("workflow")
	assert.NotContains(t, workflow.uses, "secrecy", "secrecy may import workflow, never the reverse")
}

// The top level is fixed: rooms, modules, papers and dotfiles.
func TestNothingElseAtTheTop(t *testing.T) {
	allowed := []string{"disclosure", "catalog", "workflow", "deadline", "secrecy", "examples", "go.mod", "go.sum", "go.work", "go.work.sum",
		"README.md", "README.en.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
	var others []string
	for _, name := range tracked(t) {
		first, _, _ := strings.Cut(name, "/")
		if !strings.HasPrefix(first, ".") && !slices.Contains(allowed, first) {
			others = append(others, first)
		}
	}
	none(t, others, "nothing else stands at the top")
	for _, m := range theTree(t).nested {
		assert.Contains(t, []string{"disclosure/sqlite", "catalog/xlsx", "examples", "disclosure/internal/proof"}, path.Clean(m))
	}
}
