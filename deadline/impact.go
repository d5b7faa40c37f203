package deadline

import (
	"errors"
	"iter"
	"slices"
)

// Moved is one open period whose last day another calendar moves.
type Moved struct {
	Index    int  // of the clock, in the order given
	From, To Date // the last day before and after; zero where the calendar leaves it open
	// Bounds before and after, where the day is not settled; else both are the day.
	FromBound, ToBound [2]Date
	// Days are the days of the period that the two calendars see differently, as the
	// new one has them, ascending: why. The slice is shared; do not change it.
	Days []Day
}

// Impact tells which open periods move when one calendar takes the place of
// another, e.g. when the notice for a year comes out, and why. Periods that are served, closed, waiting or not
// started do not move. The clocks themselves are not changed. Periods that stay
// cost little: only the days on which the calendars differ matter.
func Impact(old, new *Calendar, clocks iter.Seq[*Clock]) []Moved {
	lo, hi, days, differ := difference(old, new)
	var out []Moved
	i := -1
	for c := range clocks {
		i++
		if c == nil || !differ || !c.served.IsZero() || !c.closed.IsZero() || c.start.IsZero() || !c.waiting.IsZero() || c.start.After(hi) {
			continue
		}
		a, err1 := c.due, c.dueErr
		if old != c.cal && (old.table != c.cal.table || old.projected != c.cal.projected) {
			a, err1 = c.reckon(old, c.rule.Limit.N+c.granted)
		}
		if err1 == nil && a.Bound[1].Before(lo) {
			continue
		}
		b, err2 := c.reckon(new, c.rule.Limit.N+c.granted)
		if !known(err1) || !known(err2) || a.Date == b.Date && a.Bound == b.Bound {
			continue
		}
		m := Moved{Index: i, From: a.Date, To: b.Date, FromBound: a.Bound, ToBound: b.Bound}
		from, _ := slices.BinarySearchFunc(days, c.start.AddDays(1), byDate)
		to, _ := slices.BinarySearchFunc(days, later(a.Bound[1], b.Bound[1]).AddDays(1), byDate)
		if from < to {
			m.Days = days[from:to:to]
		}
		out = append(out, m)
	}
	return slices.Clip(out)
}

func known(err error) bool {
	return err == nil || errors.Is(err, ErrUnsettled) || errors.Is(err, ErrNotRunning)
}

func byDate(d Day, at Date) int { return d.Date.Compare(at) }

// difference is the first and the last day on which two calendars can answer
// differently, in the range of both, and the days of another kind.
func difference(a, b *Calendar) (lo, hi Date, days []Day, differ bool) {
	if a == nil || b == nil || a.size == 0 || b.size == 0 {
		return Date{}, Date{}, nil, false
	}
	first, last := later(a.first, b.first), earlier(a.last(), b.last())
	for d := first; !d.After(last); d = d.AddDays(1) {
		i, j := d.n-a.first.n, d.n-b.first.n
		if a.work.has(i) == b.work.has(j) && a.inGap(i) == b.inGap(j) {
			continue
		}
		if !differ {
			lo, differ = d, true
		}
		hi = d
		if x, y := a.Day(d), b.Day(d); x.Kind != y.Kind {
			days = append(days, y)
		}
	}
	return lo, hi, days, differ
}
