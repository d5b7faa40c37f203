package ownstore_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/storetest"
	"github.com/opengongkai/gongkai/examples/ownstore"
)

type journal struct {
	*ownstore.Journal
	path string
}

func open(t *testing.T, path string) *journal {
	j, err := ownstore.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { j.Close() })
	return &journal{j, path}
}

// TestStore is what a host writes for a storage of its own.
func TestStore(t *testing.T) {
	storetest.Backend{
		New: func(t *testing.T) disclosure.Store { return open(t, filepath.Join(t.TempDir(), "journal")) },
		Reopen: func(t *testing.T, s disclosure.Store) disclosure.Store {
			require.NoError(t, s.(*journal).Close())
			return open(t, s.(*journal).path)
		},
	}.Run(t)
}

// TestCutOff: the file may end anywhere; what was acknowledged before is there,
// and the journal goes on.
func TestCutOff(t *testing.T) {
	ctx := context.Background()
	w := storetest.Work{Tenant: "bb", Name: "w", Cases: 2}
	path := filepath.Join(t.TempDir(), "journal")
	j := open(t, path)
	var ends []int64
	for n := range 5 {
		require.NoError(t, w.Do(ctx, j, n))
		info, err := os.Stat(path)
		require.NoError(t, err)
		ends = append(ends, info.Size())
	}
	require.NoError(t, j.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	for cut := int64(0); cut <= int64(len(whole)); cut += 97 {
		steps := 0
		for _, end := range ends {
			if end <= cut {
				steps++
			}
		}
		short := filepath.Join(t.TempDir(), "journal")
		require.NoError(t, os.WriteFile(short, whole[:cut], 0o600))
		again := open(t, short)
		w.Check(t, again, steps, steps)
		require.NoError(t, w.Do(ctx, again, steps))
		w.Check(t, again, steps+1, steps+1)
	}
	whole[ends[1]+20] = '\n' // in the middle, that is no crash
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	_, err = ownstore.Open(path)
	require.Error(t, err)
}
