package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const sample = "testdata/sample"

func verify(args ...string) (int, string, string) {
	var out, errs bytes.Buffer
	code := run(args, &out, &errs)
	return code, out.String(), errs.String()
}

// altered copies the sample and edits one file of it.
func altered(t *testing.T, file, old, new string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(sample)))
	path := filepath.Join(dir, file)
	body, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(body), old)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(body), old, new, 1)), 0o644))
	return dir
}

func TestVerify(t *testing.T) {
	t.Run("BB-20 卷宗自身一致", func(t *testing.T) {
		code, out, _ := verify(sample)
		require.Zero(t, code)
		require.Contains(t, out, "记录 7 条，其中 7 条在机关总账中得到证明")
		require.Contains(t, out, "自身一致，未见改动；出处未认定")
	})
	t.Run("BB-20 持机关公钥者认定完好", func(t *testing.T) {
		code, out, _ := verify("-key", "testdata/key.txt", sample)
		require.Zero(t, code)
		require.Contains(t, out, "结论：完好。")
	})
	t.Run("BB-20 改动一个字即指出哪一条", func(t *testing.T) {
		code, out, _ := verify("-key", "testdata/key.txt", altered(t, "records.jsonl", `"actor":"u-leader"`, `"actor":"u-header"`))
		require.Equal(t, 1, code)
		require.Contains(t, out, "第4条记录：记录内容与其摘要不符")
		require.Contains(t, out, "文件 records.jsonl：内容与清单不符")
	})
	t.Run("BB-21 压缩包", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "d.zip")
		f, err := os.Create(path)
		require.NoError(t, err)
		w := zip.NewWriter(f)
		require.NoError(t, w.AddFS(os.DirFS(sample)))
		require.NoError(t, w.Close())
		require.NoError(t, f.Close())
		code, out, _ := verify("-key", "testdata/key.txt", path, sample)
		require.Zero(t, code)
		require.Equal(t, 2, strings.Count(out, "结论：完好。"))
	})
	t.Run("打不开、没有参数、公钥不对", func(t *testing.T) {
		code, _, errs := verify("testdata/none")
		require.Equal(t, 2, code)
		require.Contains(t, errs, "无法打开")
		code, _, errs = verify()
		require.Equal(t, 2, code)
		require.Contains(t, errs, "用法")
		code, _, _ = verify("-key", "main.go", sample)
		require.Equal(t, 2, code)
	})
}
