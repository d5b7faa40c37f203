package disclosure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// DueItem is one running clock of one case.
type DueItem struct {
	Case  CaseID
	Kind  Kind
	Unit  workflow.Unit
	Stage workflow.Stage
	Title string
	Clock workflow.ClockID
	Name  string // title of the clock
	Due   deadline.Due
	// Period is the running period, for its status, what remains of it, and its
	// explanation with every span; nil where the limit is none (hours, windows).
	Period *deadline.Clock
	Basis  []law.Citation
}

// Late reports whether the last day has passed on the given day. While the
// calendar of the last days is not settled it answers by the earliest possible
// last day.
func (d DueItem) Late(on deadline.Date) bool { return on.After(d.Due.Safe()) }

// Clocks computes every running clock of a case, in the order of the definition.
func (o *Office) Clocks(ctx context.Context, c *Case) ([]DueItem, error) {
	r, err := o.procedure(ctx, c.Opening)
	if err != nil || r == nil {
		return nil, err
	}
	return o.clocks(c, r), nil
}

// endOf is the last instant of a day, as a store keeps it: the first millisecond
// of the next day.
func endOf(d deadline.Date) int64 {
	if d.IsZero() {
		return 0
	}
	return d.Time().Add(24 * time.Hour).UnixMilli()
}

// index is the row by which a case is found.
func (o *Office) index(c *Case, m *running) Index {
	x := Index{Kind: string(c.Kind), Stage: string(c.Stage), Unit: string(c.Unit), Parent: string(c.Parent), Title: c.Title, Number: c.Number, Open: true}
	if o.personal[c.Kind] {
		x.Title = ""
	}
	if m == nil {
		return x
	}
	if final, _ := m.Final(c.Stage); final {
		x.Open = false
		return x
	}
	for _, d := range o.clocks(c, m) {
		if at := endOf(d.Due.Safe()); at != 0 && (x.DueAt == 0 || at < x.DueAt) {
			x.DueAt = at
		}
	}
	return x
}

// DueQuery selects from the due list.
type DueQuery struct {
	Kinds  []Kind
	Units  []workflow.Unit
	Before deadline.Date // last day before this one; zero = no bound
	Limit  int           // cases a page; 0 = DefaultPage
	Cursor string
}

// DuePage is one page of the due list, earliest first. Next is "" on the last.
type DuePage struct {
	Items []DueItem
	Next  string
}

// Due lists what is owed, earliest first: every running clock of every open case.
// The dates are computed from the records and the calendar, not read from the
// index, so a new notice counts at once; the order is that of the index.
func (o *Office) Due(ctx context.Context, q DueQuery) (DuePage, error) {
	query := Query{Tenant: o.cfg.Tenant, Open: true, Sort: ByDue, Limit: q.Limit, Cursor: q.Cursor}
	for _, k := range q.Kinds {
		query.Kind = append(query.Kind, string(k))
	}
	for _, u := range q.Units {
		query.Unit = append(query.Unit, string(u))
	}
	if !q.Before.IsZero() {
		query.DueBefore = endOf(q.Before.AddDays(-1)) + 1
	}
	page, err := o.cfg.Store.Find(ctx, query)
	if err != nil {
		return DuePage{}, fmt.Errorf("disclosure: due list: %w", err)
	}
	out := DuePage{Next: page.Next}
	for _, r := range page.Rows {
		c, err := o.load1(ctx, CaseID(r.Case))
		if err != nil {
			return DuePage{}, err
		}
		items, err := o.Clocks(ctx, c)
		if err != nil {
			return DuePage{}, err
		}
		out.Items = append(out.Items, items...)
	}
	slices.SortStableFunc(out.Items, func(a, b DueItem) int { return a.Due.Safe().Compare(b.Due.Safe()) })
	return out, nil
}

// expire is the Office's own command: a clock ran out.
type expire struct {
	On    workflow.Event
	Clock workflow.ClockID
	Due   deadline.Date
}

func (e expire) Event() workflow.Event { return e.On }

func (e expire) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: the case of clock %s", ErrNotFound, e.Clock)
	}
	return []Change{{MustMove: true}}, nil
}

// Expiry is one clock that ran out and what came of it.
type Expiry struct {
	Case  CaseID
	Clock workflow.ClockID
	Event workflow.Event
	To    workflow.Stage
	Err   error // the event could not be raised
}

// Sweep raises the Expires events of clocks whose last day has passed, at most
// max of them. A clock expires once: its key is made of the case, the clock and
// the last day. An event that is refused is reported each time and stands in
// nobody's way. Two processes may sweep at the same time; run it from a timer
// after midnight.
func (o *Office) Sweep(ctx context.Context, max int) ([]Expiry, error) {
	today := o.Today()
	var out []Expiry
	cursor := ""
	for raised := 0; raised < max; {
		page, err := o.cfg.Store.Find(ctx, Query{
			Tenant: o.cfg.Tenant, Open: true, Sort: ByDue, DueBefore: today.Time().UnixMilli() + 1,
			Limit: MaxPage, Cursor: cursor,
		})
		if err != nil {
			return out, fmt.Errorf("disclosure: sweep: %w", err)
		}
		for _, r := range page.Rows {
			c, err := o.load1(ctx, CaseID(r.Case))
			if err != nil {
				return out, err
			}
			m, err := o.procedure(ctx, c.Opening)
			if err != nil {
				out = append(out, Expiry{Case: c.ID, Err: err})
				continue
			}
			if m == nil {
				continue
			}
			items, seen := o.clocks(c, m), map[workflow.ClockID]bool{}
			for i := 0; i < len(items); i++ {
				d := items[i]
				last := d.Due.Date
				if last.IsZero() || !today.After(last) {
					continue
				}
				event := m.clocks[d.Clock].Expires
				if event == "" || raised >= max || seen[d.Clock] {
					continue
				}
				seen[d.Clock] = true
				res, err := o.Do(ctx, Act{
					Key:  keyOf("expired", string(c.ID), string(d.Clock), last.String()),
					Case: c.ID, Expect: c.Version, Actor: workflow.Actor{ID: string(System), Roles: []workflow.Role{System}},
					Command: expire{On: event, Clock: d.Clock, Due: last},
				})
				if res.Replayed {
					continue
				}
				if errors.Is(err, ErrUnavailable) {
					return out, err
				}
				if errors.Is(err, ErrConflict) {
					break // somebody has just worked on it: what has run out is looked at again next time
				}
				out = append(out, Expiry{Case: c.ID, Clock: d.Clock, Event: event, To: res.To, Err: err})
				if err != nil {
					continue
				}
				raised++
				// The move may have stopped other clocks of the case.
				if c, err = o.load1(ctx, CaseID(r.Case)); err != nil {
					return out, err
				}
				items, i = o.clocks(c, m), -1
			}
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	return out, nil
}
