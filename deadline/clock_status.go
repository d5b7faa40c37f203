package deadline

import (
	"errors"
	"fmt"
)

// Status is where the period stands at the end of a day. What happens after the
// day is not known on it.
func (c *Clock) Status(today Date) Status {
	switch {
	case today.IsZero():
		return StatusUndetermined
	case !c.served.IsZero() && !c.served.After(today):
		switch {
		case c.dueErr != nil && !errors.Is(c.dueErr, ErrUnsettled):
			if errors.Is(c.dueErr, ErrNotRunning) {
				return StatusMet // answered although the period stood still
			}
			return StatusUndetermined
		case !c.served.After(c.due.Bound[0]):
			return StatusMet
		case c.served.After(c.due.Bound[1]):
			return StatusLate
		}
		return StatusUndetermined
	case !c.closed.IsZero() && !c.closed.After(today):
		return StatusClosed
	case c.start.IsZero() || today.Before(c.start):
		return StatusNotStarted
	case !c.waiting.IsZero() && !c.waiting.After(today):
		return StatusWaiting
	}
	if c.dueErr != nil && !errors.Is(c.dueErr, ErrUnsettled) {
		if errors.Is(c.dueErr, ErrNotRunning) && !c.open.IsZero() {
			if today.After(c.open) {
				return StatusSuspended
			}
			return StatusRunning
		}
		return StatusUndetermined
	}
	switch {
	case today.After(c.due.Bound[1]):
		return StatusOverdue
	case today.After(c.due.Bound[0]):
		return StatusUndetermined
	}
	for _, s := range c.spans {
		if today.After(s.a) && !today.After(s.b) {
			return StatusSuspended
		}
	}
	return StatusRunning
}

// Remaining is how many units are left after a day: 0 on the last day, negative
// when it is over. A limit in months or years is counted in days. Excluded days do not
// count. With an open span it is what was left when the span began.
func (c *Clock) Remaining(today Date) (int, error) {
	if c.start.IsZero() || !c.waiting.IsZero() {
		return 0, fmt.Errorf("%w: nothing to count", ErrNotRunning)
	}
	at := later(today, c.start)
	end := c.due.Date
	if c.dueErr != nil {
		if !errors.Is(c.dueErr, ErrNotRunning) {
			return 0, c.dueErr
		}
		end = c.due.Bound[0]
		if at.After(c.open) {
			at = later(c.open, c.start)
		}
	}
	count := func(a, b Date) (int, error) {
		if c.rule.Limit.Unit == UnitWorkday {
			return c.cal.WorkdaysBetween(a, b)
		}
		return b.Sub(a), nil
	}
	n, err := count(at, end)
	if err != nil || n <= 0 {
		return n, err
	}
	for _, s := range c.spans {
		a, b := later(s.a, at), earlier(s.b, end)
		if b.After(a) {
			k, err := count(a, b)
			if err != nil {
				return 0, err
			}
			n -= k
		}
	}
	return n, nil
}

// Signal is the colour of the period on a day: by the first internal limit if the rule has one, else
// by the statutory one with a fifth of it as warning. It is SignalNone when nothing
// runs.
func (c *Clock) Signal(today Date) Signal {
	switch c.Status(today) {
	case StatusOverdue, StatusLate:
		return SignalRed
	case StatusRunning:
	default:
		return SignalNone
	}
	n, warn := c.rule.Limit.N, max(1, c.rule.Limit.N/5)
	if len(c.rule.Internal) > 0 {
		n, warn = c.rule.Internal[0].N, c.rule.Internal[0].Warn
	}
	in := *c
	in.rule.Limit.N = n
	in.due, in.dueErr = in.reckon(c.cal, n+c.granted)
	left, err := in.Remaining(today)
	switch {
	case err != nil && !errors.Is(err, ErrUnsettled):
		return SignalNone
	case err != nil:
		if today.After(in.due.Bound[0]) {
			return SignalRed
		}
		return SignalGreen
	case left < 0:
		return SignalRed
	case left <= warn:
		return SignalAmber
	}
	return SignalGreen
}

// InternalDue is the last day of each internal limit, in the order of the rule.
func (c *Clock) InternalDue() ([]Due, error) {
	var out []Due
	var errs []error
	for _, x := range c.rule.Internal {
		d, err := c.reckon(c.cal, x.N+c.granted)
		out, errs = append(out, d), append(errs, err)
	}
	return out, errors.Join(errs...)
}

// Ignored lists the events that have no effect: a notice of correction given late
// and what answers it, a fee where the rule knows none, service by a courier.
func (c *Clock) Ignored() []Event {
	var out []Event
	for _, i := range c.ignored {
		out = append(out, c.events[i])
	}
	return out
}
