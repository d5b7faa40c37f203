package disclosure_test

import (
	"context"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Whatever stands in a store, folding it gives a case or an error.
func FuzzFoldCase(f *testing.F) {
	s := disclosuretest.New(f, chuxiong(f), "2026-09-22")
	signed(s, "此件公开发布", "同意此件公开发布")
	for _, r := range s.Current().Records {
		f.Add(r.Structure, r.Private, r.On, r.Seq)
	}
	f.Fuzz(func(t *testing.T, structure, private []byte, on string, seq int64) {
		c, err := disclosure.FoldCase([]ledger.Record{{Case: "c", Seq: seq, On: on, Type: "open", Structure: structure, Private: private}})
		if err == nil {
			require.Equal(t, int64(1), c.Version)
		}
	})
}

// Whatever a profile file holds, it is loaded or refused.
func FuzzLoadProfile(f *testing.F) {
	for _, id := range []string{"chuxiong", "haikou"} {
		b, err := os.ReadFile("profile/" + id + "/profile.json")
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := disclosure.LoadProfile(fstest.MapFS{"p/profile.json": {Data: b}}, "p")
		if err != nil {
			require.ErrorIs(t, err, disclosure.ErrProfile)
			return
		}
		o, err := disclosure.Open(disclosure.Config{Tenant: "t", Profile: p, Store: disclosure.NewMemory()})
		require.NoError(t, err)
		_, _ = o.Do(context.Background(), disclosure.Act{Key: "k", Actor: drafter, Command: disclosure.Register{Kind: "document", Title: "t"}})
	})
}
