package sqlstore

import (
	"cmp"
	"context"

	"github.com/opengongkai/gongkai/disclosure"
)

func oldest(a, b orderRow) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.ord, b.ord), cmp.Compare(a.ID, b.ID))
}

// Acquire implements disclosure.Leases.
func (s *Store) Acquire(ctx context.Context, tenant, name, holder string, now, until int64) (got bool, err error) {
	if err := disclosure.CheckIDs("tenant", tenant, "name", name, "holder", holder); err != nil {
		return false, err
	}
	type row struct {
		holder       string
		until, epoch int64
	}
	err = s.write(ctx, func(x session) error {
		got = false
		held, err := query(ctx, x, `SELECT holder, until_ms, epoch FROM {p}lease WHERE tenant = ? AND name = ?`, []any{tenant, name},
			func(r *row) []any { return []any{&r.holder, &r.until, &r.epoch} })
		if err != nil {
			return err
		}
		var n int64
		switch {
		case len(held) == 0:
			n, err = x.exec(ctx, `INSERT INTO {p}lease (tenant, name, holder, until_ms, epoch) VALUES (?, ?, ?, ?, 1)`+s.dialect.ifAbsent("epoch"), tenant, name, holder, until)
		case held[0].holder != holder && now < held[0].until:
			return nil
		default:
			n, err = x.exec(ctx, `UPDATE {p}lease SET holder = ?, until_ms = ?, epoch = epoch + 1 WHERE tenant = ? AND name = ? AND epoch = ?`, holder, until, tenant, name, held[0].epoch)
		}
		if err != nil {
			return err
		}
		if n != 1 { // another came in between: look again
			return taken{name}
		}
		got = true
		return nil
	})
	return got && err == nil, err
}
