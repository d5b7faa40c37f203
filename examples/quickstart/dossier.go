package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"os"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/dossier"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// newSuite signs with a key that everybody can read here. An office makes its own
// at random, keeps it, and publishes the public half.
func newSuite() (ledger.Suite, error) {
	seed := sha256.Sum256([]byte("quickstart"))
	return ledger.NewStandard("quickstart.example", ed25519.NewKeyFromSeed(seed[:]))
}

// dossier takes the records up into the office's log, signs it, and writes the
// dossier of the matter into a folder.
func (s *story) dossier(dir string) error {
	s.title("制作卷宗")
	q, err := s.o.Sequencer("quickstart", nil)
	if err != nil {
		return err
	}
	ctx := context.Background()
	c, err := dossier.Of(ctx, s.o, disclosure.Act{Key: s.run + "-dossier", Actor: office, Case: s.id, Command: disclosure.Look{Why: "归档"}}, s.day.Now().UnixMilli(), nil, "")
	if err != nil {
		return err
	}
	if _, err := q.Run(ctx); err != nil {
		return err
	}
	log, suite := s.o.Log()
	if c.Proof, err = dossier.FromLog(ctx, log, suite, c.Tenant, c.Records, nil, ""); err != nil {
		return err
	}
	if err := dossier.Write(ctx, dossier.ToFolder(dir), c, &dossier.Options{Suite: suite}); err != nil {
		return err
	}
	if err := os.WriteFile(dir+".key", []byte(suite.Key().String()+"\n"), 0o644); err != nil {
		return err
	}
	s.say("%s 卷宗：%s/index.html（个人信息未附；制作卷宗本身也记了一条查阅）", mark(true), dir)
	s.say("  核验：go run ./examples/verify -key %s.key %s", dir, dir)
	return nil
}
