package disclosure

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// memoryOrder is an order with the time from which it may be handed out: its
// NotUntil, the end of its lease, or the time that a Release named.
type memoryOrder struct {
	Order
	at       int64 // time of its batch
	ord      int   // place in its batch
	nextAt   int64
	settled  bool
	token    int64
	worker   string
	attempts int
	fault    string
}

type memoryLease struct {
	holder string
	until  int64
}

func (o *memoryOrder) settle() { o.settled, o.worker = true, "" }

func oldest(a, b *memoryOrder) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.ord, b.ord), cmp.Compare(a.ID, b.ID))
}

func (t *memoryTenant) order(id string) *memoryOrder {
	for _, o := range t.orders {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// ready reports whether the order itself may be handed out.
func (t *memoryTenant) ready(o *memoryOrder, now int64) bool {
	if o.settled || o.nextAt > now {
		return false
	}
	for _, id := range o.After {
		before := t.order(id)
		together := before != nil && o.Group != "" && before.Group == o.Group
		if !together && (before == nil || !before.settled) {
			return false
		}
	}
	return true
}

// Lease implements Outbox.
func (m *Memory) Lease(ctx context.Context, tenant, worker string, now, until int64, max int) ([]Leased, error) {
	if err := CheckLease(tenant, worker, now, until); err != nil {
		return nil, err
	}
	if err := m.begin(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	t := m.tenant(tenant)
	var chosen []*memoryOrder
	for _, o := range t.orders {
		if slices.Contains(chosen, o) || !t.ready(o, now) {
			continue
		}
		together := []*memoryOrder{o}
		if o.Group != "" {
			together = together[:0]
			for _, p := range t.orders {
				if p.Group == o.Group && !p.settled {
					together = append(together, p)
				}
			}
			if slices.ContainsFunc(together, func(p *memoryOrder) bool { return !t.ready(p, now) }) {
				continue
			}
		}
		if len(chosen)+len(together) > max && (len(chosen) > 0 || max <= 0) {
			break
		}
		chosen = append(chosen, together...)
	}
	out := make([]Leased, 0, len(chosen))
	for _, o := range chosen {
		o.token++
		o.attempts++
		o.nextAt, o.worker = until, worker
		out = append(out, Leased{Order: cloneOrder(o.Order), Token: o.token, Worker: worker, Attempts: o.attempts})
	}
	return out, nil
}

// Release implements Outbox.
func (m *Memory) Release(ctx context.Context, tenant string, l Leased, notUntil int64, fault string) error {
	if err := m.begin(ctx, "tenant", tenant, "order", l.ID); err != nil {
		return err
	}
	defer m.mu.Unlock()
	o := m.tenant(tenant).order(l.ID)
	if o == nil {
		return fmt.Errorf("%w: order %s", ErrNotFound, l.ID)
	}
	if o.settled || o.worker == "" || o.worker != l.Worker || o.token != l.Token {
		return fmt.Errorf("%w: order %s is not in the hand of %s", ErrConflict, l.ID, l.Worker)
	}
	o.nextAt, o.worker, o.fault = notUntil, "", CleanFault(fault)
	return nil
}

// Orders implements Outbox.
func (m *Memory) Orders(ctx context.Context, tenant, caseID string) ([]OrderState, error) {
	if err := m.begin(ctx, "tenant", tenant, "case", caseID); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	var out []OrderState
	for _, o := range m.tenant(tenant).orders {
		if o.Case == caseID {
			out = append(out, OrderState{Order: cloneOrder(o.Order), Settled: o.settled, Attempts: o.attempts, Fault: o.fault})
		}
	}
	return out, nil
}

// Acquire implements Leases.
func (m *Memory) Acquire(ctx context.Context, tenant, name, holder string, now, until int64) (bool, error) {
	if err := m.begin(ctx, "tenant", tenant, "name", name, "holder", holder); err != nil {
		return false, err
	}
	defer m.mu.Unlock()
	leases := m.tenant(tenant).leases
	if l, ok := leases[name]; ok && l.holder != holder && now < l.until {
		return false, nil
	}
	leases[name] = memoryLease{holder: holder, until: until}
	return true, nil
}
