package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Fault is one way in which a store fails.
type Fault uint8

// The faults.
const (
	Sound        Fault = iota // no fault
	BeforeCommit              // ErrUnavailable, nothing written
	AfterCommit               // ErrUnknown although the batch was committed
	Lost                      // ErrUnknown and nothing written
	Late                      // the answer comes after Faults.Delay
	Twice                     // delivered twice, the second answer is returned
	Cancelled                 // the context is cancelled while the call goes on
)

// Faults wraps a store so that calls of Append, Lease and Sequence fail as Plan
// says. The abilities of the store are handed on; a call of an ability that the
// store lacks answers an error. It is safe for concurrent use if Plan is.
type Faults struct {
	disclosure.Store
	Plan  func(call int) Fault // the fault of the call, counted from 0; nil = Sound
	Delay time.Duration        // of Late and Cancelled; default 1 ms
	calls atomic.Int64
}

// Seeded is a plan that lets about one call in two fail, each fault as often as
// the others, the same for the same seed.
func Seeded(seed uint64) func(call int) Fault {
	return func(call int) Fault {
		r := rand.New(rand.NewPCG(seed, uint64(call)))
		if r.IntN(2) == 0 {
			return Sound
		}
		return BeforeCommit + Fault(r.IntN(int(Cancelled)))
	}
}

var (
	errBefore  = fmt.Errorf("%w: fault before the commit", disclosure.ErrUnavailable)
	errAfter   = fmt.Errorf("%w: fault at the commit", disclosure.ErrUnknown)
	errAbility = errors.New("storetest: the store behind Faults lacks the ability")
)

// spoil runs the call with the next fault of the plan.
func spoil[T any](f *Faults, ctx context.Context, call func(context.Context) (T, error)) (T, error) {
	var zero T
	fault := Sound
	n := int(f.calls.Add(1) - 1)
	if f.Plan != nil {
		fault = f.Plan(n)
	}
	delay := f.Delay
	if delay == 0 {
		delay = time.Millisecond
	}
	switch fault {
	case BeforeCommit:
		return zero, errBefore
	case Lost:
		return zero, errAfter
	case AfterCommit:
		if _, err := call(ctx); err != nil {
			return zero, err
		}
		return zero, errAfter
	case Twice:
		if _, err := call(ctx); err != nil {
			return zero, err
		}
	case Late:
		time.Sleep(delay)
	case Cancelled:
		cut, cancel := context.WithTimeout(ctx, delay)
		defer cancel()
		got, err := call(cut)
		if cut.Err() != nil && ctx.Err() == nil && err == nil {
			return zero, errAfter // the answer came too late for the caller to hear
		}
		return got, err
	}
	return call(ctx)
}

// Append implements disclosure.Store.
func (f *Faults) Append(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	if b.Probe() {
		return f.Store.Append(ctx, b)
	}
	return spoil(f, ctx, func(ctx context.Context) (disclosure.Receipt, error) { return f.Store.Append(ctx, b) })
}

// Lease implements disclosure.Outbox.
func (f *Faults) Lease(ctx context.Context, tenant, worker string, now, until int64, max int) ([]disclosure.Leased, error) {
	o, ok := f.Store.(disclosure.Outbox)
	if !ok {
		return nil, errAbility
	}
	return spoil(f, ctx, func(ctx context.Context) ([]disclosure.Leased, error) {
		return o.Lease(ctx, tenant, worker, now, until, max)
	})
}

// Release implements disclosure.Outbox.
func (f *Faults) Release(ctx context.Context, tenant string, l disclosure.Leased, notUntil int64, fault string) error {
	if o, ok := f.Store.(disclosure.Outbox); ok {
		return o.Release(ctx, tenant, l, notUntil, fault)
	}
	return errAbility
}

// Orders implements disclosure.Outbox.
func (f *Faults) Orders(ctx context.Context, tenant, caseID string) ([]disclosure.OrderState, error) {
	if o, ok := f.Store.(disclosure.Outbox); ok {
		return o.Orders(ctx, tenant, caseID)
	}
	return nil, errAbility
}

// Sequence implements disclosure.Log.
func (f *Faults) Sequence(ctx context.Context, tenant string, size int64, leaves []disclosure.Leaf) error {
	l, ok := f.Store.(disclosure.Log)
	if !ok {
		return errAbility
	}
	_, err := spoil(f, ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.Sequence(ctx, tenant, size, leaves)
	})
	return err
}

// Unsequenced implements disclosure.Log.
func (f *Faults) Unsequenced(ctx context.Context, tenant string, max int) ([]disclosure.Leaf, error) {
	if l, ok := f.Store.(disclosure.Log); ok {
		return l.Unsequenced(ctx, tenant, max)
	}
	return nil, errAbility
}

// Leaves implements disclosure.Log.
func (f *Faults) Leaves(ctx context.Context, tenant string, from, to int64) ([]disclosure.Leaf, error) {
	if l, ok := f.Store.(disclosure.Log); ok {
		return l.Leaves(ctx, tenant, from, to)
	}
	return nil, errAbility
}

// Places implements disclosure.Log.
func (f *Faults) Places(ctx context.Context, tenant, caseID string) ([]int64, error) {
	if l, ok := f.Store.(disclosure.Log); ok {
		return l.Places(ctx, tenant, caseID)
	}
	return nil, errAbility
}

// Size implements disclosure.Log.
func (f *Faults) Size(ctx context.Context, tenant string) (int64, error) {
	if l, ok := f.Store.(disclosure.Log); ok {
		return l.Size(ctx, tenant)
	}
	return 0, errAbility
}

// PutCheckpoint implements disclosure.Log.
func (f *Faults) PutCheckpoint(ctx context.Context, tenant string, size int64, note []byte) error {
	if l, ok := f.Store.(disclosure.Log); ok {
		return l.PutCheckpoint(ctx, tenant, size, note)
	}
	return errAbility
}

// Checkpoint implements disclosure.Log.
func (f *Faults) Checkpoint(ctx context.Context, tenant string, size int64) (int64, []byte, error) {
	if l, ok := f.Store.(disclosure.Log); ok {
		return l.Checkpoint(ctx, tenant, size)
	}
	return 0, nil, errAbility
}

// Erase implements disclosure.Eraser.
func (f *Faults) Erase(ctx context.Context, tenant, caseID string, seq int64) error {
	if e, ok := f.Store.(disclosure.Eraser); ok {
		return e.Erase(ctx, tenant, caseID, seq)
	}
	return errAbility
}

// Acquire implements disclosure.Leases.
func (f *Faults) Acquire(ctx context.Context, tenant, name, holder string, now, until int64) (bool, error) {
	if l, ok := f.Store.(disclosure.Leases); ok {
		return l.Acquire(ctx, tenant, name, holder, now, until)
	}
	return false, errAbility
}

// Put implements disclosure.Documents.
func (f *Faults) Put(ctx context.Context, tenant string, body []byte) (name ledger.Digest, err error) {
	if d, ok := f.Store.(disclosure.Documents); ok {
		return d.Put(ctx, tenant, body)
	}
	return name, errAbility
}

// Open implements disclosure.Documents.
func (f *Faults) Open(ctx context.Context, tenant string, digest ledger.Digest) ([]byte, error) {
	if d, ok := f.Store.(disclosure.Documents); ok {
		return d.Open(ctx, tenant, digest)
	}
	return nil, errAbility
}

// testFaults: whatever fails on the way, a command that is sent until it is
// acknowledged is carried out once.
func testFaults(t *testing.T, b Backend) {
	for _, fault := range []Fault{BeforeCommit, AfterCommit, Lost, Late, Twice, Cancelled} {
		t.Run(fault.String(), func(t *testing.T) {
			s := b.New(t)
			once := &Faults{Store: s, Plan: func(call int) Fault {
				if call%3 == 2 {
					return Sound
				}
				return fault
			}}
			acknowledge(t, once, Work{Tenant: tenant, Name: "w", Cases: 2}, 0, 12)
			Work{Tenant: tenant, Name: "w", Cases: 2}.Check(t, s, 12, 12)
		})
	}
	t.Run("all faults, three senders", func(t *testing.T) {
		s := b.New(t)
		var fs []func() error
		for i := range 3 {
			f := &Faults{Store: s, Plan: Seeded(uint64(i))}
			fs = append(fs, func() error {
				acknowledge(t, f, Work{Tenant: tenant, Name: fmt.Sprint("w", i), Cases: 2}, 0, 12)
				return nil
			})
		}
		together(fs...)
		for i := range 3 {
			Work{Tenant: tenant, Name: fmt.Sprint("w", i), Cases: 2}.Check(t, s, 12, 12)
		}
	})
}

// acknowledge does the steps of the work, each until it is acknowledged.
func acknowledge(t *testing.T, s disclosure.Store, w Work, from, to int) {
	for n := from; n < to; n++ {
		for try := 0; ; try++ {
			err := w.Do(context.Background(), s, n)
			if err == nil {
				break
			}
			if try > 200 || errors.Is(err, disclosure.ErrInvalid) || errors.Is(err, disclosure.ErrKeyReused) {
				require.NoError(t, err, "step %d does not get through", n)
			}
		}
	}
}

// String names the fault.
func (f Fault) String() string {
	return [...]string{"sound", "before the commit", "after the commit", "lost", "late", "twice", "cancelled"}[min(f, Cancelled)]
}
