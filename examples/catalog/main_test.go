package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const good = "序号,事项名称,公开内容,公开时限,责任部门,公开载体\n1,统计公报,数据,每季度的首个月20日,统计科,政府网站\n2,机构职能,职能,长期公开,办公室,政府网站\n"

func call(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func TestGoodCatalog(t *testing.T) {
	code, out, errs := call(t, "-year", "2026", file(t, "目录.csv", good))
	assert.Zero(t, code, errs)
	for _, want := range []string{"读入 2 行", "错误 0", "2026-04-20", "| 行政法规、规章和规范性文件 | 缺 |", "统计公报"} {
		assert.Contains(t, out, want)
	}
}

func TestErrorsHaveRowAndColumnAndEndWithOne(t *testing.T) {
	code, out, _ := call(t, file(t, "目录.csv", strings.Replace(good, "长期公开", "限时公开", 1)))
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "错误 CA-10 第3行D列（公开时限）")
}

func TestEveryFormatIsReadBack(t *testing.T) {
	src := file(t, "目录.csv", good)
	dir := t.TempDir()
	for _, ext := range []string{".csv", ".tsv", ".json", ".xlsx"} {
		out := filepath.Join(dir, "清"+ext)
		code, _, errs := call(t, "-out", out, src)
		require.Zero(t, code, errs)
		code, text, errs := call(t, "-list", out)
		assert.Zero(t, code, errs)
		assert.Contains(t, text, "| 每季度的首个月20日 | 每季度第1个月20日 |", ext)
	}
	code, _, errs := call(t, "-out", filepath.Join(dir, "x.doc"), src)
	assert.Equal(t, 1, code)
	assert.Contains(t, errs, ".xlsx")
	assert.NoFileExists(t, filepath.Join(dir, "x.doc"))
}

func TestSeveralFilesPicturesAndForms(t *testing.T) {
	a, b, dir := file(t, "甲.csv", good), file(t, "乙.csv", good), t.TempDir()
	code, _, errs := call(t, "-out", filepath.Join(dir, "清"), "-pictures", filepath.Join(dir, "图"), a, b)
	require.Zero(t, code, errs)
	for _, f := range []string{"清/甲.csv", "清/乙.csv", "图/schedule.svg", "图/coverage.svg", "图/schedule.ics"} {
		assert.FileExists(t, filepath.Join(dir, f))
	}
	for _, id := range []string{"standard", "bengbu-list", "bengbu-nodes"} {
		for _, ext := range []string{".csv", ".xlsx"} {
			form := filepath.Join(dir, id+ext)
			code, _, errs := call(t, "-form", id, "-out", form)
			require.Zero(t, code, errs)
			assert.FileExists(t, form)
		}
	}
}

func TestWrongCalls(t *testing.T) {
	for name, args := range map[string][]string{"no file": nil, "unknown flag": {"-x"}, "unknown form": {"-form", "x", "-out", "y.csv"}, "form without out": {"-form", "standard"}} {
		t.Run(name, func(t *testing.T) {
			code, _, errs := call(t, args...)
			assert.Equal(t, 2, code)
			assert.NotEmpty(t, errs)
		})
	}
	code, _, errs := call(t, filepath.Join(t.TempDir(), "没有.csv"))
	assert.Equal(t, 1, code)
	assert.NotEmpty(t, errs)
	code, out, _ := call(t, file(t, "假.csv", "PK\x03\x04"))
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "CA-01")
}
