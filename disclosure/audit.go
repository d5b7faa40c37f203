package disclosure

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Audit verifies everything that a store holds of a tenant: each chain of
// records, the log, and both against the checkpoints. The caller fills Tenant,
// Keys, Suites and Deposits of b; Chains, Leaves and Checkpoints are read from
// the store, while others may write. See ledger.Audit.
func Audit(ctx context.Context, store interface {
	Store
	Log
}, b ledger.Books) (*ledger.Report, error) {
	// The log first: each of its records is then there to be read.
	size, err := store.Size(ctx, b.Tenant)
	if err != nil {
		return nil, err
	}
	b.Leaves = readLeaves(ctx, store, b.Tenant, 0, size)
	b.Checkpoints = nil
	for at := int64(math.MaxInt64); at >= 0; {
		n, note, err := store.Checkpoint(ctx, b.Tenant, at)
		if errors.Is(err, ErrNotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		if n <= size { // a later one speaks of leaves that came after we looked
			b.Checkpoints = append(b.Checkpoints, note)
		} else if cut, err := cutOff(ctx, store, b.Tenant, n); err != nil {
			return nil, err
		} else if cut {
			b.Checkpoints = append(b.Checkpoints, note)
		}
		at = n - 1
	}
	b.Chains = readChains(ctx, store, b.Tenant)
	return ledger.Audit(b)
}

// cutOff reports whether the log is still shorter than a checkpoint says.
func cutOff(ctx context.Context, log Log, tenant string, n int64) (bool, error) {
	size, err := log.Size(ctx, tenant)
	return size < n, err
}

// leafPage is how many leaves are read at once.
const leafPage = 4096

// readLeaves reads the places [from, to) of a log, a page at a time. Places that
// are missing are passed over: the caller counts.
func readLeaves(ctx context.Context, log Log, tenant string, from, to int64) iter.Seq2[ledger.Leaf, error] {
	return func(yield func(ledger.Leaf, error) bool) {
		for at := from; at < to; at += leafPage {
			page, err := log.Leaves(ctx, tenant, at, min(at+leafPage, to))
			if err != nil {
				yield(ledger.Leaf{}, err)
				return
			}
			for _, l := range page {
				if !yield(ledger.Leaf(l), nil) {
					return
				}
			}
		}
	}
}

// readChains reads every case, in the order of its id.
func readChains(ctx context.Context, store Store, tenant string) iter.Seq2[ledger.Chain, error] {
	return func(yield func(ledger.Chain, error) bool) {
		for cursor := ""; ; {
			page, err := store.Find(ctx, Query{Tenant: tenant, Sort: ByCase, Limit: MaxPage, Cursor: cursor})
			if err != nil {
				yield(ledger.Chain{}, err)
				return
			}
			for _, row := range page.Rows {
				c := ledger.Chain{Case: row.Case, Version: row.Version}
				if c.Records, err = store.Records(ctx, tenant, row.Case, 0, 0); err == nil && int64(len(c.Records)) > c.Version {
					// Written between the two reads, or a row whose version is wrong.
					c.Version, err = versionNow(ctx, store, tenant, cursor, row)
				}
				if !yield(c, err) || err != nil {
					return
				}
			}
			if page.Next == "" {
				return
			}
			cursor = page.Next
		}
	}
}

// versionNow reads a row again, which stands on the page of the cursor or, if
// cases came between, on one after it.
func versionNow(ctx context.Context, store Store, tenant, cursor string, row Row) (int64, error) {
	for {
		page, err := store.Find(ctx, Query{Tenant: tenant, Sort: ByCase, Limit: MaxPage, Cursor: cursor})
		if err != nil {
			return 0, err
		}
		for _, r := range page.Rows {
			if r.Case == row.Case {
				return r.Version, nil
			}
		}
		n := len(page.Rows)
		if page.Next == "" || n > 0 && page.Rows[n-1].Case > row.Case {
			return row.Version, nil
		}
		cursor = page.Next
	}
}

// Audit verifies everything that the office has written against what was kept
// outside. keys are those whose signatures count besides the office's own: past
// ones and witnesses'. A store that carries no log is errors.ErrUnsupported.
func (o *Office) Audit(ctx context.Context, kept []ledger.Deposit, keys ...ledger.Key) (*ledger.Report, error) {
	store, ok := o.cfg.Store.(interface {
		Store
		Log
	})
	if !ok {
		return nil, fmt.Errorf("disclosure: audit: the store has no Log: %w", errors.ErrUnsupported)
	}
	if k := o.cfg.Suite.Key(); !k.IsZero() {
		keys = append(keys[:len(keys):len(keys)], k)
	}
	return Audit(ctx, store, ledger.Books{Tenant: o.cfg.Tenant, Keys: keys, Suites: []ledger.Suite{o.cfg.Suite}, Deposits: kept})
}
