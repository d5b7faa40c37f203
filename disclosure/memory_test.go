package disclosure_test

import (
	"context"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/storetest"
)

var _ interface {
	disclosure.Store
	disclosure.Outbox
	disclosure.Log
	disclosure.Eraser
	disclosure.Leases
	disclosure.Documents
} = (*disclosure.Memory)(nil)

func TestMemory(t *testing.T) {
	storetest.Backend{
		New:    func(*testing.T) disclosure.Store { return disclosure.NewMemory() },
		Reopen: func(_ *testing.T, s disclosure.Store) disclosure.Store { return s },
	}.Run(t)
}

func TestFolder(t *testing.T) {
	storetest.RunDocuments(t, func(t *testing.T) disclosure.Documents {
		return disclosure.Folder(filepath.Join(t.TempDir(), "made", "when", "needed"))
	})
}

func TestFolderDamage(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	d := disclosure.Folder(dir)
	name, err := d.Put(ctx, "bb", []byte("正文"))
	require.NoError(t, err)
	path := filepath.Join(dir, "t-bb", hex.EncodeToString(name[:1]), hex.EncodeToString(name[:]))
	for what, body := range map[string]string{"one bit": "正斆", "cut off": "正", "emptied": "", "longer": "正文文"} {
		require.NoError(t, os.WriteFile(path, []byte(body), 0o600))
		_, err = d.Open(ctx, "bb", name)
		require.ErrorIs(t, err, disclosure.ErrDamaged, "%s: what no longer has its digest is never returned", what)
	}
	_, err = d.Put(ctx, "bb", []byte("正文"))
	require.NoError(t, err, "putting the bytes again heals the damage")
	body, err := d.Open(ctx, "bb", name)
	require.NoError(t, err)
	require.Equal(t, "正文", string(body))
	left, err := filepath.Glob(filepath.Join(dir, "*", "*", ".part-*"))
	require.NoError(t, err)
	require.Empty(t, left, "no half-written file stays")
}
