package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	files, err := filepath.Glob("testdata/*")
	require.NoError(t, err)
	require.Len(t, files, 6)
	var out, errs bytes.Buffer
	assert.Equal(t, 1, run(append([]string{"-out", dir, "-profile", "gov"}, files...), &out, &errs), errs.String())
	assert.Empty(t, errs.String())
	assert.Contains(t, out.String(), "公民身份号码（checksum）")
	assert.Contains(t, out.String(), "固定电话，公务")
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, filepath.Base(f)))
		require.NoError(t, err)
		assert.NotContains(t, string(b), "610498195502130379")
		ledger, err := os.ReadFile(filepath.Join(dir, filepath.Base(f)+".cuts.json"))
		require.NoError(t, err)
		assert.NotContains(t, string(ledger), "唐华福")
	}
	out.Reset()
	assert.Equal(t, 0, run([]string{"-color", "testdata/haikou.txt"}, &out, &errs), "nothing certain stands in it")
	assert.Equal(t, 2, run([]string{"testdata/none.txt"}, &out, &errs))
	assert.Equal(t, 2, run([]string{"-profile", "none", "testdata/haikou.txt"}, &out, &errs))
	assert.Equal(t, 2, run(nil, &out, &errs))
	secret := filepath.Join(dir, "secret.txt")
	require.NoError(t, os.WriteFile(secret, []byte("机密★5年\n姓名：唐华福"), 0o644))
	assert.Equal(t, 2, run([]string{"-out", filepath.Join(dir, "r"), secret}, &out, &errs))
	assert.NoFileExists(t, filepath.Join(dir, "r", "secret.txt"), "nothing is written of what is refused")
}
