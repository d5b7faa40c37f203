package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Conn is what a transaction of the host can: *sql.Tx, *sql.Conn, gorm.ConnPool,
// *sqlx.Tx and others have these two methods.
type Conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Joined is the store inside a transaction of the host. It lives as long as that
// and is used by one goroutine at a time, as transactions are.
type Joined struct {
	x    session
	torn error
}

var _ interface {
	disclosure.Store
	disclosure.Eraser
	disclosure.Documents
} = (*Joined)(nil)

// Join returns the store inside the host's transaction, which must be in the
// store's database. On SQLite it should be one that was begun IMMEDIATE.
func (s *Store) Join(tx Conn) *Joined { return &Joined{x: session{s: s, conn: tx}} }

// Append implements disclosure.Store. A batch that is refused on what the
// transaction sees (ErrConflict, ErrKeyReused, ErrInvalid, ErrNotFound) has
// written nothing. One that is refused because another transaction came in
// between, and one that failed, may have written in part: the host must roll
// back, and Err says so.
func (j *Joined) Append(ctx context.Context, b disclosure.Batch) (disclosure.Receipt, error) {
	if err := b.Validate(); err != nil {
		return disclosure.Receipt{}, err
	}
	if j.torn != nil {
		return disclosure.Receipt{}, j.torn
	}
	if err := ctx.Err(); err != nil {
		return disclosure.Receipt{}, err
	}
	receipt, err := j.x.receipt(ctx, b)
	if err == nil || b.Probe() || !isNotFound(err) {
		return receipt, j.classify(err)
	}
	if err := j.x.foresee(ctx, b); err != nil {
		return disclosure.Receipt{}, j.classify(err)
	}
	receipt, err = j.x.append(ctx, b)
	if err != nil {
		err = classified(err, false)
		j.torn = fmt.Errorf("sqlstore: roll back, the transaction holds part of a batch: %w", err)
	}
	return receipt, err
}

// classify gives an error its category; a fault of the database tears the
// transaction, an answer of ours does not.
func (j *Joined) classify(err error) error {
	if err == nil {
		return nil
	}
	if !isVerdict(err) {
		j.torn = fmt.Errorf("sqlstore: roll back, a statement failed: %w", classified(err, false))
	}
	return classified(err, false)
}

// Err is not nil once the transaction must not be committed any more.
func (j *Joined) Err() error { return j.torn }

// Records implements disclosure.Store.
func (j *Joined) Records(ctx context.Context, tenant, caseID string, after int64, limit int) ([]ledger.Record, error) {
	if err := disclosure.CheckIDs("tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	records, err := j.x.records(ctx, tenant, caseID, after, limit)
	return records, j.classify(err)
}

// Find implements disclosure.Store.
func (j *Joined) Find(ctx context.Context, q disclosure.Query) (disclosure.Page, error) {
	if err := q.Validate(); err != nil {
		return disclosure.Page{}, err
	}
	page, err := j.x.find(ctx, q)
	return page, j.classify(err)
}

// Erase implements disclosure.Eraser.
func (j *Joined) Erase(ctx context.Context, tenant, caseID string, seq int64) error {
	if err := disclosure.CheckIDs("tenant", tenant, "case", caseID); err != nil {
		return err
	}
	return j.classify(j.x.erase(ctx, tenant, caseID, seq))
}
