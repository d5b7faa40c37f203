package workflow_test

import (
	"encoding/xml"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/workflow"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	if string(want) != got {
		assert.Fail(t, "drifted", "%s: run the test with -update", file)
	}
}

// hostile has titles that every syntax would trip over.
func hostile() workflow.Definition {
	d := rich()
	d.ID = "test/hostile"
	d.Title = `<script>&"引号"|*星*_下划_` + "`码`" + `[链](x)\;#%{}:` + "\\"
	d.Stages[0].Title = `起草"; DROP <b>&amp; | : # ; %%{init}`
	d.Moves[0].Title = "提出 --> x : y\\n{}"
	d.Roles[0].Title = "甲|乙"
	d.Facts[0].Labels[0] = "a|b\\"
	return d
}

func TestPrinted(t *testing.T) {
	for _, d := range []workflow.Definition{rich(), hostile()} {
		m := compile(t, d)
		name := strings.TrimPrefix(d.ID, "test/")
		present := workflow.Stage("review")
		if name == "hostile" {
			present = present.Halted()
		}
		golden(t, name+".md", m.Markdown())
		golden(t, name+".mmd", m.Mermaid(present))
		golden(t, name+".dot", m.DOT(present))
		golden(t, name+".svg", string(m.SVG(present)))
		assert.Equal(t, m.SVG(present), compile(t, d).SVG(present), "the same input gives the same bytes")
		wellFormed(t, m.SVG(present))
		wellFormed(t, m.SVG("nowhere"))
		for _, line := range strings.Split(m.Markdown(), "\n") {
			if strings.HasPrefix(line, "|") {
				assert.True(t, strings.HasSuffix(line, "|") && !strings.HasSuffix(line, `\|`), line)
			}
		}
	}
	rows := []workflow.Responsibility{{Node: "招标公告", Business: "采购办", Disclosure: "公开办", Supervision: "整顿办"}, {Node: "中标结果", Business: "采购办", Supervision: "监察室"}, {Node: "履约<验收>"}}
	golden(t, "responsibility.svg", string(workflow.ResponsibilitySVG("物资采购主体责任逻辑示意图", rows)))
	wellFormed(t, workflow.ResponsibilitySVG("\x00", rows))
	wellFormed(t, workflow.ResponsibilitySVG("空", nil))
}

func TestPresentStageIsMarked(t *testing.T) {
	m := compile(t, rich())
	none := string(m.SVG(""))
	assert.NotContains(t, none, "当前环节")
	for _, s := range m.Stages() {
		got := string(m.SVG(s))
		assert.Contains(t, got, "当前环节")
		assert.NotEqual(t, none, got)
		_, halted := s.Base()
		assert.Equal(t, halted, strings.Contains(got, "已中止"))
		assert.Contains(t, m.Mermaid(s), "present")
		assert.Contains(t, m.DOT(s), "#1f5fbf")
	}
}

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(string(b)))
	for {
		_, err := dec.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err)
	}
}

// The codes are a contract: the list is read from the source.
func TestCodes(t *testing.T) {
	fset := token.NewFileSet()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var lines []string
	seen := map[string]string{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, f, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			lit, ok := spec.Values[0].(*ast.BasicLit)
			if !ok || !strings.HasPrefix(lit.Value, `"WF-`) {
				return true
			}
			code, err := strconv.Unquote(lit.Value)
			require.NoError(t, err)
			assert.Empty(t, seen[code], "%s stands for two rules", code)
			seen[code] = spec.Names[0].Name
			lines = append(lines, fmt.Sprintf("%s %s", code, spec.Names[0].Name))
			return true
		})
	}
	slices.Sort(lines)
	golden(t, "codes.golden", strings.Join(lines, "\n")+"\n")
}
