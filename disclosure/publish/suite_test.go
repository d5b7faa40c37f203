package publish_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// newSuite signs with a fresh key under the name.
func newSuite(t testing.TB, name string) ledger.Suite {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	s, err := ledger.NewStandard(name, key)
	require.NoError(t, err)
	return s
}

// into collects what is written in memory.
func into(out fstest.MapFS) dossier.Sink {
	return func(name string, body []byte) error {
		out[name] = &fstest.MapFile{Data: append([]byte(nil), body...)}
		return nil
	}
}
