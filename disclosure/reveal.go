package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/workflow"
)

// Look is the reading of personal data: which records of a case, and why.
type Look struct {
	Seqs []int64 // none = all
	Why  string
}

// Event is EventRead.
func (Look) Event() workflow.Event { return EventRead }

// Decide records who looked.
func (k Look) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to look at", ErrNotFound)
	}
	if k.Why == "" {
		return nil, refuse("DI-50", "a look at personal data", "its purpose", law.Citation{})
	}
	seqs := k.Seqs
	if len(seqs) == 0 {
		for s := int64(1); s <= v.Case.Version; s++ {
			seqs = append(seqs, s)
		}
	}
	for _, s := range seqs {
		if s < 1 || s > v.Case.Version {
			return nil, fmt.Errorf("%w: record %d of case %s", ErrNotFound, s, v.Case.ID)
		}
	}
	return []Change{{Structure: Structure{Read: seqs}}}, nil
}

// Reveal carries out an act whose command is a Look and returns the private
// payloads that it names, by Seq, as they were written; nil for one that has been
// erased. The look itself is a record of the case, written before anything is
// shown.
func (o *Office) Reveal(ctx context.Context, a Act) (map[int64]json.RawMessage, error) {
	k, ok := a.Command.(Look)
	if !ok {
		return nil, fmt.Errorf("%w: reveal: the command is %T, want Look", ErrInvalid, a.Command)
	}
	r, err := o.Do(ctx, a)
	if err != nil {
		return nil, err
	}
	rs, err := o.cfg.Store.Records(ctx, o.cfg.Tenant, string(a.Case), 0, 0)
	if err != nil {
		return nil, fmt.Errorf("disclosure: reveal: %w", err)
	}
	out := map[int64]json.RawMessage{}
	for _, x := range rs {
		if x.Seq < r.Version && (len(k.Seqs) == 0 || slices.Contains(k.Seqs, x.Seq)) {
			out[x.Seq] = x.Private
		}
	}
	return out, nil
}

// Erasure is the erasure of the private part of one record by law.
type Erasure struct {
	Seq    int64
	Basis  law.Citation // the law that demands it
	Reason string
}

// Event is EventErase.
func (Erasure) Event() workflow.Event { return EventErase }

// Decide records that it is erased, and by which law.
func (e Erasure) Decide(v View) ([]Change, error) {
	switch {
	case v.Case == nil || e.Seq < 1 || e.Seq > v.Case.Version:
		return nil, fmt.Errorf("%w: record %d", ErrNotFound, e.Seq)
	case e.Basis.IsZero() || e.Basis.Instrument == law.Own:
		return nil, refuse("DI-51", "an erasure", "the law that demands it", law.Citation{})
	}
	return []Change{{Structure: Structure{Erased: e.Seq}}}, nil
}

// Erase carries out an act whose command is an Erasure: the record of it first,
// then salt and private payload of the record it names. The chain still
// verifies and the case still folds. If it is interrupted in between, do the same
// act again. A store that cannot erase is errors.ErrUnsupported.
func (o *Office) Erase(ctx context.Context, a Act) (Result, error) {
	e, ok := a.Command.(Erasure)
	if !ok {
		return Result{}, fmt.Errorf("%w: erase: the command is %T, want Erasure", ErrInvalid, a.Command)
	}
	eraser, ok := o.cfg.Store.(Eraser)
	if !ok {
		return Result{}, fmt.Errorf("disclosure: erase: the store has no Eraser: %w", errors.ErrUnsupported)
	}
	r, err := o.do(ctx, a)
	if err != nil {
		return Result{}, err
	}
	if err := eraser.Erase(ctx, o.cfg.Tenant, string(a.Case), e.Seq); err != nil {
		return Result{}, fmt.Errorf("disclosure: erase: %w", err)
	}
	return r, o.refresh(ctx, a.Case)
}

// refresh rewrites the index row of a case from its records as they are now. One
// that moves on meanwhile writes its own.
func (o *Office) refresh(ctx context.Context, id CaseID) error {
	c, err := o.load1(ctx, id)
	if err != nil {
		return err
	}
	r, err := o.procedure(ctx, c.Opening)
	if err != nil {
		return err
	}
	_, err = o.cfg.Store.Append(ctx, Batch{
		Tenant: o.cfg.Tenant, Key: keyOf("index", string(id), strconv.FormatInt(c.Version, 10)), Time: o.cfg.Now().UnixMilli(),
		Writes: []Write{{Case: string(id), Expect: c.Version, Index: o.index(c, r)}},
	})
	if err != nil && !errors.Is(err, ErrConflict) {
		return fmt.Errorf("disclosure: erase: index row: %w", err)
	}
	return nil
}

// Correct is a correction: a record that says what another should have said. The
// other one stays as it is.
type Correct struct {
	Seq  int64  // the record that is corrected
	Note string // what is right; private
}

// Event is EventCorrect.
func (Correct) Event() workflow.Event { return EventCorrect }

// Decide records it.
func (c Correct) Decide(v View) ([]Change, error) {
	if v.Case == nil || c.Seq < 1 || c.Seq > v.Case.Version {
		return nil, fmt.Errorf("%w: record %d", ErrNotFound, c.Seq)
	}
	if c.Note == "" {
		return nil, refuse("DI-52", "a correction", "what is right", law.Citation{})
	}
	return []Change{{Structure: Structure{Corrects: c.Seq}}}, nil
}

// Verify checks the chain of a case as it stands in the store. No fault means
// that it is unbroken; that it was not rewritten as a whole, only the log and a
// checkpoint kept outside can show.
func (o *Office) Verify(ctx context.Context, id CaseID) ([]ledger.Fault, error) {
	rs, err := o.cfg.Store.Records(ctx, o.cfg.Tenant, string(id), 0, 0)
	if err != nil {
		return nil, fmt.Errorf("disclosure: verify case %s: %w", id, err)
	}
	if len(rs) == 0 {
		return nil, fmt.Errorf("%w: case %s", ErrNotFound, id)
	}
	return ledger.VerifyChain(o.cfg.Tenant, string(id), rs, o.cfg.Suite), nil
}
