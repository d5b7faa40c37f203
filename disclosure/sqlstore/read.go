package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Records implements disclosure.Store.
func (s *Store) Records(ctx context.Context, tenant, caseID string, after int64, limit int) (records []ledger.Record, err error) {
	if err := disclosure.CheckIDs("tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	err = s.reading(ctx, func(x session) (err error) {
		records, err = x.records(ctx, tenant, caseID, after, limit)
		return err
	})
	return records, err
}

func (x session) records(ctx context.Context, tenant, caseID string, after int64, limit int) ([]ledger.Record, error) {
	type row struct {
		r                      ledger.Record
		suite, on, actor       sql.NullString
		commitment, prev, hash []byte
	}
	statement := `SELECT seq, suite, type, at_ms, on_day, actor, structure, commitment, prev, hash, salt, private FROM {p}record
		WHERE tenant = ? AND case_id = ? AND seq > ? ORDER BY seq`
	args := []any{tenant, caseID, max(after, 0)}
	if limit > 0 {
		statement += ` LIMIT ?`
		args = append(args, limit)
	}
	rows, err := query(ctx, x, statement, args, func(v *row) []any {
		return []any{&v.r.Seq, &v.suite, &v.r.Type, &v.r.Time, &v.on, &v.actor, &v.r.Structure, &v.commitment, &v.prev, &v.hash, &v.r.Salt, &v.r.Private}
	})
	if err != nil {
		return nil, err
	}
	records := make([]ledger.Record, 0, len(rows))
	for _, v := range rows {
		v.r.Tenant, v.r.Case, v.r.Suite, v.r.On, v.r.Actor = tenant, caseID, v.suite.String, v.on.String, v.actor.String
		v.r.Commitment, v.r.Prev, v.r.Hash = hash(v.commitment), hash(v.prev), hash(v.hash)
		if v.r.Private == nil && v.r.Salt != nil {
			v.r.Private = []byte{} // drivers do not agree on NULL and empty; an erased record has no salt
		}
		records = append(records, v.r)
	}
	return records, nil
}

// Find implements disclosure.Store.
func (s *Store) Find(ctx context.Context, q disclosure.Query) (page disclosure.Page, err error) {
	if err := q.Validate(); err != nil {
		return disclosure.Page{}, err
	}
	err = s.reading(ctx, func(x session) (err error) {
		page, err = x.find(ctx, q)
		return err
	})
	return page, err
}

func (x session) find(ctx context.Context, q disclosure.Query) (disclosure.Page, error) {
	where, args := []string{"tenant = ?", "version > 0"}, []any{q.Tenant}
	and := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	for _, list := range []struct {
		column string
		values []string
	}{{"kind", q.Kind}, {"stage", q.Stage}, {"unit", q.Unit}} {
		if len(list.values) > 0 {
			var values []any
			for _, v := range list.values {
				values = append(values, v)
			}
			and(list.column+" IN "+places(1, len(values)), values...)
		}
	}
	if q.Parent != "" {
		and("parent = ?", q.Parent)
	}
	if q.Number != "" {
		and("number = ?", q.Number)
	}
	if q.DueBefore != 0 {
		and("open_due_at < ?", q.DueBefore)
	}
	if q.Open {
		and("is_open = 1")
	}
	order := "case_id"
	mark := q.Mark()
	first := mark == disclosure.Mark{}
	switch q.Sort {
	case disclosure.ByDue:
		order = "open_due_at, case_id"
		and("open_due_at IS NOT NULL")
		if !first { // the first half lets the index find the place
			and("open_due_at >= ? AND (open_due_at > ? OR case_id > ?)", mark.Value, mark.Value, mark.Case)
		}
	case disclosure.ByUpdated:
		order = "updated_at DESC, case_id"
		if !first {
			and("updated_at <= ? AND (updated_at < ? OR case_id > ?)", mark.Value, mark.Value, mark.Case)
		}
	default:
		if !first {
			and("case_id > ?", mark.Case)
		}
	}
	size := q.PageSize()
	type row struct {
		disclosure.Row
		stage, unit, parent, number, title sql.NullString
		due                                sql.NullInt64
		open                               int64
	}
	rows, err := query(ctx, x, fmt.Sprintf(`SELECT case_id, version, updated_at, kind, stage, unit, parent, number, title, open_due_at, is_open FROM {p}case
		WHERE %s ORDER BY %s LIMIT %d`, strings.Join(where, " AND "), order, size+1), args, func(r *row) []any {
		return []any{&r.Case, &r.Version, &r.Updated, &r.Kind, &r.stage, &r.unit, &r.parent, &r.number, &r.title, &r.due, &r.open}
	})
	if err != nil {
		return disclosure.Page{}, err
	}
	page := disclosure.Page{Rows: make([]disclosure.Row, 0, len(rows))}
	for _, r := range rows {
		r.Stage, r.Unit, r.Parent, r.Number, r.Title = r.stage.String, r.unit.String, r.parent.String, r.number.String, r.title.String
		r.DueAt, r.Open = r.due.Int64, r.open != 0
		page.Rows = append(page.Rows, r.Row)
	}
	if len(page.Rows) > size {
		page.Rows = page.Rows[:size]
		page.Next = page.Rows[size-1].Cursor(q.Sort)
	}
	return page, nil
}

// Erase implements disclosure.Eraser.
func (s *Store) Erase(ctx context.Context, tenant, caseID string, seq int64) error {
	if err := disclosure.CheckIDs("tenant", tenant, "case", caseID); err != nil {
		return err
	}
	return s.write(ctx, func(x session) error { return x.erase(ctx, tenant, caseID, seq) })
}

func (x session) erase(ctx context.Context, tenant, caseID string, seq int64) error {
	// Looked for first: where drivers count changed rows, erasing twice counts none.
	found, err := query(ctx, x, `SELECT seq FROM {p}record WHERE tenant = ? AND case_id = ? AND seq = ?`, []any{tenant, caseID, seq}, func(n *int64) []any { return []any{n} })
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("%w: case %s, record %d", disclosure.ErrNotFound, caseID, seq)
	}
	_, err = x.exec(ctx, `UPDATE {p}record SET salt = NULL, private = NULL WHERE tenant = ? AND case_id = ? AND seq = ?`, tenant, caseID, seq)
	return err
}
