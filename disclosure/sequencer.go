package disclosure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// ErrTampered: the log or its checkpoints are not what they were. The sequencer
// signs nothing more; an audit says what and where.
var ErrTampered = errors.New("disclosure: the log is not as it was signed")

// Sequencer takes the sealed records of one tenant up into its Merkle log, in
// batches and outside the business transaction, and signs checkpoints. Any
// number of processes may run one: a lease lets one at a time work, and where
// two meet all the same (a holder that was slow), the store's comparison of the
// size lets one win, so that nothing is lost and nothing doubled. A process may
// die at any point: the next pass goes on.
//
// Fill Tenant, Store, Suite, Holder and Now. A Sequencer is not safe for
// concurrent use.
type Sequencer struct {
	Tenant string
	Store  interface { // normally the office's Store
		Log
		Leases
	}
	Suite   ledger.Suite // of the log; without a key the log grows and no checkpoint is signed
	Keys    []ledger.Key // past keys, whose checkpoints count too
	Holder  string       // id of this process, not that of another
	Now     func() time.Time
	Lease   time.Duration // how long the lease lasts without a sign of life; default one minute
	Batch   int           // leaves a batch; default 1,000
	Outside ledger.Anchor // where Deposit puts checkpoints; nil = nowhere

	frontier *ledger.Frontier // of the log as this process knows it
}

// Sequenced says what a pass did.
type Sequenced struct {
	Held       bool   // the lease was ours; else another process is at work and nothing was done
	Leaves     int64  // records that got a place in this pass
	Size       int64  // of the log
	Checkpoint []byte // signed for Size, now or before; nil without a signing key or for an empty log
}

const sequencerLease = "sequencer"

// Run takes one pass: it gives every record that waits a place and signs the log
// as it then stands. Call it every second or so.
func (s *Sequencer) Run(ctx context.Context) (Sequenced, error) {
	var done Sequenced
	for conflicts := 0; ; {
		held, err := s.hold(ctx)
		if err != nil || !held {
			done.Held = false
			return done, err
		}
		done.Held = true
		if err := s.catchUp(ctx); err != nil {
			return done, err
		}
		leaves, err := s.Store.Unsequenced(ctx, s.Tenant, s.batch())
		if err != nil {
			return done, err
		}
		if len(leaves) == 0 {
			break
		}
		err = s.Store.Sequence(ctx, s.Tenant, s.frontier.Size(), leaves)
		switch {
		case err == nil:
			for _, l := range leaves {
				s.frontier.Append(l.Hash)
			}
			done.Leaves += int64(len(leaves))
			conflicts = 0
		case errors.Is(err, ErrConflict) && conflicts < 10:
			conflicts++ // another was faster: catch up and see what is left
		case errors.Is(err, ErrUnknown) && conflicts < 10:
			// Written or not: the size tells at the next catchUp. What was
			// written counts as this pass's only if it says so.
			conflicts++
		default:
			return done, err
		}
	}
	done.Size = s.frontier.Size()
	var err error
	done.Checkpoint, err = s.sign(ctx)
	return done, err
}

func (s *Sequencer) batch() int {
	if s.Batch > 0 {
		return s.Batch
	}
	return 1000
}

func (s *Sequencer) hold(ctx context.Context) (bool, error) {
	if s.Now == nil || s.Store == nil || s.Suite == nil || s.Holder == "" {
		return false, fmt.Errorf("%w: a sequencer needs Tenant, Store, Suite, Holder and Now", ErrInvalid)
	}
	lease := s.Lease
	if lease <= 0 {
		lease = time.Minute
	}
	now := s.Now().UnixMilli()
	return s.Store.Acquire(ctx, s.Tenant, sequencerLease, s.Holder, now, now+max(lease.Milliseconds(), 1))
}

// catchUp reads what the log gained since this process last looked, all of it at
// the first time, and holds it against the last checkpoint.
func (s *Sequencer) catchUp(ctx context.Context) error {
	// The checkpoint is read before the size: another sequencer may be at work, and
	// the log that it signed is never larger than the one that is read after.
	at, note, err := s.Store.Checkpoint(ctx, s.Tenant, math.MaxInt64)
	if errors.Is(err, ErrNotFound) {
		at, note = -1, nil
	} else if err != nil {
		return err
	}
	size, err := s.Store.Size(ctx, s.Tenant)
	if err != nil {
		return err
	}
	if s.frontier == nil {
		s.frontier = ledger.NewFrontier(s.Suite)
	}
	switch {
	case size == s.frontier.Size() && size > 0:
		return nil
	case size < s.frontier.Size():
		return fmt.Errorf("%w: it had %d leaves and has %d", ErrTampered, s.frontier.Size(), size)
	}
	if at > size {
		return fmt.Errorf("%w: a checkpoint has %d leaves, the log %d", ErrTampered, at, size)
	}
	next := *s.frontier // kept only if all goes well
	check := func() error {
		if next.Size() != at {
			return nil
		}
		cp, err := s.open(note)
		switch {
		case err != nil:
			return fmt.Errorf("%w: checkpoint of %d leaves: %w", ErrTampered, at, err)
		case cp.Suite != s.Suite.ID(): // of a suite before this one: an audit with both tells
		case cp.Size != at || cp.Root != next.Root():
			return fmt.Errorf("%w: the log of %d leaves does not have the root of its checkpoint", ErrTampered, at)
		}
		return nil
	}
	if err := check(); err != nil {
		return err
	}
	for l, err := range readLeaves(ctx, s.Store, s.Tenant, next.Size(), size) {
		if err != nil {
			return err
		}
		next.Append(l.Hash)
		if err := check(); err != nil {
			return err
		}
	}
	if next.Size() != size {
		return fmt.Errorf("%w: places are missing among its %d leaves", ErrTampered, size)
	}
	s.frontier = &next
	return nil
}

func (s *Sequencer) open(note []byte) (ledger.Checkpoint, error) {
	keys := s.Keys
	if k := s.Suite.Key(); !k.IsZero() {
		keys = append(keys[:len(keys):len(keys)], k)
	}
	if len(keys) == 0 {
		return ledger.ParseCheckpoint(string(note))
	}
	cp, _, err := ledger.OpenCheckpoint(note, keys, s.Suite, ledger.Standard())
	if err == nil && cp.Tenant != s.Tenant {
		err = fmt.Errorf("of tenant %q", cp.Tenant)
	}
	return cp, err
}

// sign signs the log as it stands, unless that was done.
func (s *Sequencer) sign(ctx context.Context) ([]byte, error) {
	size := s.frontier.Size()
	if size == 0 || s.Suite.Key().IsZero() {
		return nil, nil
	}
	for range 2 {
		at, note, err := s.Store.Checkpoint(ctx, s.Tenant, size)
		switch {
		case err == nil && at == size:
			cp, err := s.open(note)
			if err != nil || cp.Suite == s.Suite.ID() && cp.Root != s.frontier.Root() {
				return nil, fmt.Errorf("%w: checkpoint of %d leaves", ErrTampered, size)
			}
			return note, nil
		case err != nil && !errors.Is(err, ErrNotFound):
			return nil, err
		}
		note, err = ledger.SignCheckpoint(ctx, s.Suite, ledger.Checkpoint{Tenant: s.Tenant, Size: size, Root: s.frontier.Root(), Time: s.Now().UnixMilli()})
		if err != nil {
			return nil, err
		}
		err = s.Store.PutCheckpoint(ctx, s.Tenant, size, note)
		if err == nil {
			return note, nil
		}
		if !errors.Is(err, ErrConflict) {
			return nil, err
		}
		// Another signed this size a moment ago: look at what it signed.
	}
	return nil, fmt.Errorf("%w: checkpoint of %d leaves", ErrConflict, size)
}

// Deposit hands the last checkpoint, with the leaves since the deposit before,
// to the place outside, and returns its size. It first holds the whole log
// against what is kept there: a log that was rewritten is never deposited. With
// nothing new it does nothing.
func (s *Sequencer) Deposit(ctx context.Context) (int64, error) {
	if s.Outside == nil || s.Store == nil || s.Suite == nil {
		return 0, fmt.Errorf("%w: a deposit needs Tenant, Store, Suite and Outside", ErrInvalid)
	}
	at, note, err := s.Store.Checkpoint(ctx, s.Tenant, math.MaxInt64)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	cp, err := s.open(note)
	if err != nil || cp.Size != at {
		return 0, fmt.Errorf("%w: checkpoint of %d leaves", ErrTampered, at)
	}
	kept, err := s.Outside.Kept(ctx, s.Tenant)
	if err != nil {
		return 0, err
	}
	want := map[int64]ledger.Checkpoint{}
	var from int64
	for _, d := range kept {
		k, err := s.open(d.Note)
		if err != nil || k.Suite != s.Suite.ID() {
			continue // of another key or suite: an audit with all of them tells
		}
		want[k.Size] = k
		from = max(from, k.Size)
	}
	if from > at {
		return 0, fmt.Errorf("%w: %d leaves are kept outside, its last checkpoint has %d", ErrTampered, from, at)
	}
	if cp.Suite == s.Suite.ID() {
		if k, ok := want[at]; ok && k.Root != cp.Root {
			return 0, fmt.Errorf("%w: another log of %d leaves is kept outside", ErrTampered, at)
		}
		want[at] = cp
	}
	f := ledger.NewFrontier(s.Suite)
	leaves := []ledger.Leaf{}
	for l, err := range readLeaves(ctx, s.Store, s.Tenant, 0, at) {
		if err != nil {
			return 0, err
		}
		if f.Size() >= from {
			leaves = append(leaves, l)
		}
		f.Append(l.Hash)
		if k, ok := want[f.Size()]; ok && k.Root != f.Root() {
			return 0, fmt.Errorf("%w: the log of %d leaves does not have the root that was signed", ErrTampered, k.Size)
		}
	}
	if f.Size() != at {
		return 0, fmt.Errorf("%w: a checkpoint has %d leaves, the log %d", ErrTampered, at, f.Size())
	}
	if from == at {
		return at, nil
	}
	return at, s.Outside.Keep(ctx, s.Tenant, ledger.Deposit{Note: note, From: from, Leaves: leaves})
}

// Sequencer is the sequencer of the office's log, to be run by this process as
// holder; outside is where Deposit puts checkpoints (nil = nowhere). A store that
// carries no log, or no leases, is errors.ErrUnsupported.
func (o *Office) Sequencer(holder string, outside ledger.Anchor) (*Sequencer, error) {
	store, ok := o.cfg.Store.(interface {
		Log
		Leases
	})
	if !ok {
		return nil, fmt.Errorf("disclosure: sequencer: the store has no Log and Leases: %w", errors.ErrUnsupported)
	}
	return &Sequencer{Tenant: o.cfg.Tenant, Store: store, Suite: o.cfg.Suite, Holder: holder, Now: o.cfg.Now, Outside: outside}, nil
}
