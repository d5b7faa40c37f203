package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure"
)

// An order is free from next_at on: its NotUntil, the end of its lease, or what
// Release named. NULL means settled.

const orderColumns = `id, case_id, at_ms, ord, type, carrier, after_ids, bundle, not_until, payload, next_at, token, worker, attempts, fault`

type orderRow struct {
	disclosure.Order
	at, ord, token          int64
	carrier, bundle, worker sql.NullString
	fault                   sql.NullString
	after                   []byte
	nextAt                  sql.NullInt64
	attempts                int
}

func scanOrder(r *orderRow) []any {
	return []any{&r.ID, &r.Case, &r.at, &r.ord, &r.Type, &r.carrier, &r.after, &r.bundle, &r.NotUntil, &r.Payload, &r.nextAt, &r.token, &r.worker, &r.attempts, &r.fault}
}

func (x session) orders(ctx context.Context, condition string, args ...any) ([]orderRow, error) {
	rows, err := query(ctx, x, `SELECT `+orderColumns+` FROM {p}order WHERE tenant = ? AND `+condition, args, scanOrder)
	return rows, cmpErr(err, unpack(rows))
}

func unpack(rows []orderRow) error {
	for i := range rows {
		r := &rows[i]
		r.Carrier, r.Group = r.carrier.String, r.bundle.String
		if len(r.after) > 0 {
			if err := json.Unmarshal(r.after, &r.After); err != nil {
				return fmt.Errorf("sqlstore: order %s: %w", r.ID, err)
			}
		}
	}
	return nil
}

func (x session) insertOrders(ctx context.Context, b disclosure.Batch) error {
	for i, o := range b.Orders {
		var after []byte
		if len(o.After) > 0 {
			var err error
			if after, err = json.Marshal(o.After); err != nil {
				return err
			}
		}
		n, err := x.exec(ctx, `INSERT INTO {p}order (tenant, `+orderColumns+`) VALUES `+places(1, 16)+x.s.dialect.ifAbsent("attempts"),
			b.Tenant, o.ID, o.Case, b.Time, i, o.Type, text(o.Carrier), blob(after), text(o.Group), o.NotUntil, blob(o.Payload), o.NotUntil, 0, nil, 0, nil)
		if err != nil {
			return err
		}
		if n != 1 {
			return fmt.Errorf("%w: there is an order %s", disclosure.ErrConflict, o.ID)
		}
	}
	return nil
}

func (x session) settle(ctx context.Context, tenant, id string) error {
	n, err := x.exec(ctx, `UPDATE {p}order SET next_at = NULL, worker = NULL WHERE tenant = ? AND id = ? AND next_at IS NOT NULL`, tenant, id)
	if err != nil || n == 1 {
		return err
	}
	found, err := x.orders(ctx, `id = ?`, tenant, id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("%w: order %s", disclosure.ErrNotFound, id)
	}
	return fmt.Errorf("%w: order %s is settled", disclosure.ErrConflict, id)
}

// foreseeOrders refuses on the orders that the transaction sees.
func (x session) foreseeOrders(ctx context.Context, b disclosure.Batch) error {
	var ids []string
	for _, o := range b.Orders {
		ids = append(ids, o.ID)
	}
	states, err := x.states(ctx, b.Tenant, append(ids, b.Settle...))
	if err != nil {
		return err
	}
	for _, o := range b.Orders {
		if _, there := states[o.ID]; there {
			return fmt.Errorf("%w: there is an order %s", disclosure.ErrConflict, o.ID)
		}
	}
	for _, id := range b.Settle {
		switch st, there := states[id]; {
		case !there:
			return fmt.Errorf("%w: order %s", disclosure.ErrNotFound, id)
		case st.settled:
			return fmt.Errorf("%w: order %s is settled", disclosure.ErrConflict, id)
		}
	}
	return nil
}

type orderStanding struct {
	settled bool
	group   string
}

func (x session) states(ctx context.Context, tenant string, ids []string) (map[string]orderStanding, error) {
	type row struct {
		id     string
		next   sql.NullInt64
		bundle sql.NullString
	}
	rows, err := among(ctx, x, `SELECT id, next_at, bundle FROM {p}order WHERE tenant = ? AND id IN `, tenant, slices.Clone(ids),
		func(r *row) []any { return []any{&r.id, &r.next, &r.bundle} })
	out := make(map[string]orderStanding, len(rows))
	for _, r := range rows {
		out[r.id] = orderStanding{settled: !r.next.Valid, group: r.bundle.String}
	}
	return out, err
}

// Lease implements disclosure.Outbox.
func (s *Store) Lease(ctx context.Context, tenant, worker string, now, until int64, max int) (leased []disclosure.Leased, err error) {
	if err := disclosure.CheckLease(tenant, worker, now, until); err != nil {
		return nil, err
	}
	if max <= 0 {
		return nil, nil
	}
	err = s.write(ctx, func(x session) error {
		leased = nil
		chosen, err := x.choose(ctx, tenant, now, max)
		if err != nil {
			return err
		}
		for _, r := range chosen {
			n, err := x.exec(ctx, `UPDATE {p}order SET token = token + 1, attempts = attempts + 1, worker = ?, next_at = ? WHERE tenant = ? AND id = ? AND token = ? AND next_at = ?`,
				worker, until, tenant, r.ID, r.token, r.nextAt.Int64)
			if err != nil {
				return err
			}
			if n != 1 { // another worker was faster: all of it again
				return taken{r.ID}
			}
			leased = append(leased, disclosure.Leased{Order: r.Order, Token: r.token + 1, Worker: worker, Attempts: r.attempts + 1})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return leased, nil
}

// taken is what a race for an order looks like to persist: worth another try.
type taken struct{ id string }

func (t taken) Error() string    { return "sqlstore: order " + t.id + " was taken in between" }
func (t taken) SQLState() string { return "40001" }

// choose picks whole groups of free orders, oldest first, at most max of them.
func (x session) choose(ctx context.Context, tenant string, now int64, max int) ([]orderRow, error) {
	var chosen []orderRow
	seen := map[string]bool{} // groups that were looked at
	at, ord, id := int64(-1), int64(-1), ""
	for {
		page, err := x.orders(ctx, `next_at <= ? AND (at_ms > ? OR at_ms = ? AND (ord > ? OR ord = ? AND id > ?)) ORDER BY at_ms, ord, id LIMIT 200`,
			tenant, now, at, at, ord, ord, id)
		if err != nil || len(page) == 0 {
			return chosen, err
		}
		groups, err := x.groups(ctx, tenant, page)
		if err != nil {
			return nil, err
		}
		ready, err := x.readiness(ctx, tenant, now, page, groups)
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			together := []orderRow{r}
			if r.Group != "" {
				if seen[r.Group] {
					continue
				}
				seen[r.Group] = true
				together = groups[r.Group]
			}
			if slices.ContainsFunc(together, func(r orderRow) bool { return !ready[r.ID] }) {
				continue
			}
			if len(chosen) > 0 && len(chosen)+len(together) > max {
				return chosen, nil
			}
			if chosen = append(chosen, together...); len(chosen) >= max {
				return chosen, nil
			}
		}
		last := page[len(page)-1]
		at, ord, id = last.at, last.ord, last.ID
	}
}

// groups returns the members that are not settled of every group on the page.
func (x session) groups(ctx context.Context, tenant string, page []orderRow) (map[string][]orderRow, error) {
	var names []string
	for _, r := range page {
		if r.Group != "" && !slices.Contains(names, r.Group) {
			names = append(names, r.Group)
		}
	}
	rows, err := among(ctx, x, `SELECT `+orderColumns+` FROM {p}order WHERE tenant = ? AND next_at IS NOT NULL AND bundle IN `, tenant, names, scanOrder)
	if err = cmpErr(err, unpack(rows)); err != nil {
		return nil, err
	}
	out := map[string][]orderRow{}
	for _, r := range rows {
		out[r.Group] = append(out[r.Group], r)
	}
	for _, members := range out {
		slices.SortFunc(members, oldest)
	}
	return out, nil
}

// readiness says which orders are free now and come after settled ones only.
func (x session) readiness(ctx context.Context, tenant string, now int64, page []orderRow, groups map[string][]orderRow) (map[string]bool, error) {
	all := page
	for _, members := range groups {
		all = slices.Concat(all, members)
	}
	var before []string
	for _, r := range all {
		before = append(before, r.After...)
	}
	states, err := x.states(ctx, tenant, slices.Compact(slices.Sorted(slices.Values(before))))
	if err != nil {
		return nil, err
	}
	ready := map[string]bool{}
	for _, r := range all {
		ready[r.ID] = r.nextAt.Valid && r.nextAt.Int64 <= now && !slices.ContainsFunc(r.After, func(id string) bool {
			st, there := states[id]
			return !there || !st.settled && (r.Group == "" || st.group != r.Group)
		})
	}
	return ready, nil
}

// Release implements disclosure.Outbox.
func (s *Store) Release(ctx context.Context, tenant string, l disclosure.Leased, notUntil int64, fault string) error {
	if err := disclosure.CheckIDs("tenant", tenant, "order", l.ID); err != nil {
		return err
	}
	return s.write(ctx, func(x session) error {
		n, err := x.exec(ctx, `UPDATE {p}order SET next_at = ?, worker = NULL, fault = ? WHERE tenant = ? AND id = ? AND token = ? AND worker = ? AND next_at IS NOT NULL`,
			notUntil, text(disclosure.CleanFault(fault)), tenant, l.ID, l.Token, l.Worker)
		if err != nil || n == 1 {
			return err
		}
		found, err := x.orders(ctx, `id = ?`, tenant, l.ID)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("%w: order %s", disclosure.ErrNotFound, l.ID)
		}
		return fmt.Errorf("%w: order %s is not in the hand of %s", disclosure.ErrConflict, l.ID, l.Worker)
	})
}

// Orders implements disclosure.Outbox.
func (s *Store) Orders(ctx context.Context, tenant, caseID string) (out []disclosure.OrderState, err error) {
	if err := disclosure.CheckIDs("tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	err = s.reading(ctx, func(x session) error {
		out = nil
		rows, err := x.orders(ctx, `case_id = ?`, tenant, caseID)
		slices.SortFunc(rows, oldest)
		for _, r := range rows {
			out = append(out, disclosure.OrderState{Order: r.Order, Settled: !r.nextAt.Valid, Attempts: r.attempts, Fault: r.fault.String})
		}
		return err
	})
	return out, err
}
