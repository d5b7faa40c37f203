package dossier

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// FromLog makes the Proof of a case from the log that a store carries: the place
// of each record in the last checkpoint, and the growth from the latest of kept,
// which are checkpoints kept outside the office (at says where, for people). A
// case or office without a checkpoint gives an empty Proof. suite is the log's.
//
// It reads the whole log and holds about 64 bytes a leaf while it works.
func FromLog(ctx context.Context, log disclosure.Log, suite ledger.Suite, tenant string, records []ledger.Record, kept []ledger.Deposit, at string) (Proof, error) {
	_, note, err := log.Checkpoint(ctx, tenant, math.MaxInt64)
	if errors.Is(err, disclosure.ErrNotFound) || len(records) == 0 {
		return Proof{}, nil
	}
	if err != nil {
		return Proof{}, err
	}
	cp, err := ledger.ParseCheckpoint(string(note))
	if err != nil {
		return Proof{}, err
	}
	if cp.Suite != suite.ID() {
		return Proof{}, fmt.Errorf("dossier: proof: the checkpoint is of suite %q, not %q", cp.Suite, suite.ID())
	}
	places, err := log.Places(ctx, tenant, records[0].Case)
	if err != nil {
		return Proof{}, err
	}
	tree, err := readTree(ctx, log, suite, tenant, cp)
	if err != nil {
		return Proof{}, err
	}
	place := map[ledger.Digest]int64{}
	for i := range records {
		if n := records[i].Seq; n >= 1 && n <= int64(len(places)) {
			place[records[i].Hash] = places[n-1]
		}
	}
	p := Proof{Checkpoint: note}
	if k := suite.Key(); !k.IsZero() {
		p.Keys = []ledger.Key{k}
	}
	var old *ledger.Checkpoint
	for _, d := range kept {
		c, err := ledger.ParseCheckpoint(string(d.Note))
		if err == nil && c.Tenant == tenant && c.Suite == cp.Suite && c.Size <= cp.Size && (old == nil || c.Size > old.Size) {
			old, p.Anchored, p.AnchoredAt = &c, d.Note, at
		}
	}
	p.Places, p.Growth, err = Prove(tree, cp, records, func(d ledger.Digest) (int64, bool) { at, ok := place[d]; return at, ok }, old)
	return p, err
}

func readTree(ctx context.Context, log disclosure.Log, suite ledger.Suite, tenant string, cp ledger.Checkpoint) (*ledger.Tree, error) {
	const page = 4096
	tree := ledger.NewTree(suite)
	for at := int64(0); at < cp.Size; at += page {
		leaves, err := log.Leaves(ctx, tenant, at, min(at+page, cp.Size))
		if err != nil {
			return nil, err
		}
		for _, l := range leaves {
			tree.Append(l.Hash)
		}
	}
	if root, err := tree.Root(cp.Size); err != nil || root != cp.Root {
		return nil, fmt.Errorf("dossier: proof: %w", disclosure.ErrTampered)
	}
	return tree, nil
}
