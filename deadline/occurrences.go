package deadline

import (
	"slices"
	"time"
)

// maxOccurrences bounds what Occurrences lists.
const maxOccurrences = 200_000

// Occurrences lists the windows of a periodic or fixed-date limit whose last day
// lies in [a, b], ascending. The windows of every other kind are not many: they
// give ErrNoDate. A limit that counts its interval from the last time (每3个月) is
// counted from a.
func (l Limit) Occurrences(cal *Calendar, a, b Date) ([]Due, error) {
	if l.Kind != LimitPeriodic && l.Kind != LimitFixedDate {
		code := noDateCode(l.Kind)
		if code == "DL-308" && l.Kind != LimitUndetermined {
			code = "DL-310"
		}
		return nil, &NoDateError{code, l.Kind}
	}
	if a.IsZero() || b.IsZero() {
		return nil, &NoDateError{"DL-309", l.Kind}
	}
	var out []Due
	for at := a; !at.After(b) && len(out) < maxOccurrences; {
		d, err := l.due(cal, at)
		if err != nil {
			return out, err
		}
		end := d.Bound[1]
		if end.IsZero() || end.After(b) || end.Before(a) {
			break
		}
		out = append(out, d)
		next := end.AddDays(1)
		if l.Kind == LimitPeriodic && l.interval() {
			next = end
		}
		if l.By.Start != (Date{}) || l.By.End != (Date{}) || next.IsZero() || !next.After(at) {
			break
		}
		at = next
	}
	return out, nil
}

// interval reports that the period is counted from the last time, not by the
// calendar: 每3个月, 每2年.
func (l *Limit) interval() bool { return l.N > 1 }

// window is the window of a periodic or fixed-date limit that ends on or after a
// day, the earliest of them.
func (l *Limit) window(cal *Calendar, at Date) (Due, error) {
	if _, ok := cal.index(at); !ok {
		return Due{}, cal.outside(at)
	}
	if l.Kind == LimitFixedDate {
		return l.fixedWindow(cal, at)
	}
	if l.N < 1 {
		return Due{}, &NoDateError{"DL-308", l.Kind}
	}
	if l.interval() {
		r, err := reckon(cal, at, l.N, l.Unit, false, l.Kind)
		d := Due{From: at.AddDays(1)}
		d.take(r)
		return d, err
	}
	if l.Unit == UnitWorkday {
		r, err := rolled(cal, at)
		d := Due{From: r.date}
		d.take(r)
		return d, err
	}
	first, ok := periodStart(at, l.Unit)
	if !ok {
		_, err := reckon(cal, at, 1, l.Unit, false, l.Kind)
		return Due{}, err
	}
	if l.By.Next { // the window for a period lies in the one after it
		first = previousPeriod(first, l.Unit)
	}
	for range 3 {
		d, err := l.inPeriod(cal, first, at)
		if err != nil || !d.Bound[1].IsZero() && !d.Bound[1].Before(at) {
			return d, err
		}
		first = nextPeriod(first, l.Unit)
	}
	return Due{}, cal.outside(Date{})
}

// periodStart is the first day of the period that holds d.
func periodStart(d Date, u Unit) (Date, bool) {
	y, m, day := d.Civil()
	switch u {
	case UnitDay:
		return d, true
	case UnitWeek: // weeks begin on Monday
		return d.AddDays(-((int(d.Weekday()) + 6) % 7)), true
	case UnitHalfMonth:
		if day > 15 {
			return NewDate(y, m, 16), true
		}
		return NewDate(y, m, 1), true
	case UnitMonth:
		return NewDate(y, m, 1), true
	case UnitQuarter:
		return NewDate(y, (m-1)/3*3+1, 1), true
	case UnitHalfYear:
		return NewDate(y, (m-1)/6*6+1, 1), true
	case UnitYear:
		return NewDate(y, time.January, 1), true
	}
	return Date{}, false
}

func nextPeriod(first Date, u Unit) Date {
	switch u {
	case UnitDay:
		return first.AddDays(1)
	case UnitWeek:
		return first.AddDays(7)
	case UnitHalfMonth:
		if first.Day() == 1 {
			return first.AddDays(15)
		}
		return addMonths(first.AddDays(-15), 1)
	case UnitMonth:
		return addMonths(first, 1)
	case UnitQuarter:
		return addMonths(first, 3)
	case UnitHalfYear:
		return addMonths(first, 6)
	}
	return addMonths(first, 12)
}

func previousPeriod(first Date, u Unit) Date {
	d, _ := periodStart(first.AddDays(-1), u)
	return d
}

// inPeriod is the window in the period that begins on first.
func (l *Limit) inPeriod(cal *Calendar, first, at Date) (Due, error) {
	last := nextPeriod(first, l.Unit).AddDays(-1)
	b := l.By
	if b.Next {
		first = last.AddDays(1)
		last = nextPeriod(first, l.Unit).AddDays(-1)
	}
	whole := func(a, z Date) (Due, error) {
		return Due{From: a, Date: z, Bound: [2]Date{z, z}, Settled: true, raw: z}, nil
	}
	switch {
	case l.Unit == UnitHalfMonth && b.Next:
		// 当月20日、次月5日前: the first half is due on the 20th, the second on the 5th
		first = previousPeriod(first, l.Unit)
		y, m, _ := first.Civil()
		z := clampDay(y, MonthDay{int(m), b.To.Day})
		if first.Day() > 15 {
			n := addMonths(first.AddDays(-15), 1)
			z = clampDay(n.Year(), MonthDay{int(n.Month()), b.Also[0].Day})
		}
		if b.From.IsZero() {
			return whole(first, z)
		}
		return whole(z, z)
	case b.Workday != 0:
		var r reckoned
		var err error
		if b.Workday > 0 {
			r, err = reckon(cal, first.AddDays(-1), b.Workday, UnitWorkday, false, l.Kind)
		} else {
			r, err = reckon(cal, last.AddDays(1), b.Workday, UnitWorkday, false, l.Kind)
		}
		d := Due{From: r.date}
		d.take(r)
		if b.Upto {
			d.From = first
		}
		return d, err
	case b.Week != 0:
		a := first.AddDays(7 * (b.Week - 1)) // weeks of a month are counted from its first day
		z := a.AddDays(6)
		if b.Week < 0 {
			a, z = last.AddDays(-6), last
		}
		if b.Weekday != 0 { // the n-th such weekday
			a = a.AddDays((b.Weekday - (int(a.Weekday())+6)%7 - 1 + 7) % 7)
			z = a
		}
		if b.Upto {
			a = first
		}
		return whole(a, earlier(z, last))
	case b.Weekday != 0:
		z := first.AddDays(b.Weekday - 1)
		if b.Upto {
			return whole(first, z)
		}
		return whole(z, z)
	case b.To.IsZero():
		return whole(first, last) // 期初、期末 without a day: anywhere in the period
	}
	days := []MonthDay{b.To}
	for _, m := range b.Also {
		if !m.IsZero() {
			days = append(days, m)
		}
	}
	for i, m := range days {
		z := inPeriod(first, m)
		if z.Before(at) && i+1 < len(days) {
			continue
		}
		switch {
		case b.From.IsZero():
			return whole(first, z)
		case b.From != b.To && i == 0:
			return whole(inPeriodFirst(first, b.From), z)
		case m.Day == 0:
			return whole(inPeriodFirst(first, m), z)
		}
		return whole(z, z)
	}
	return whole(first, last)
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

// inPeriod is a day of the period that begins on first: its month counts from it.
func inPeriod(first Date, m MonthDay) Date {
	s := addMonths(first, max(m.Month, 1)-1)
	return lastOf(s.Year(), MonthDay{int(s.Month()), m.Day})
}

func inPeriodFirst(first Date, m MonthDay) Date {
	s := addMonths(first, max(m.Month, 1)-1)
	return firstOf(s.Year(), MonthDay{int(s.Month()), m.Day})
}

// fixedWindow is the window of a day of the year, or of one year.
func (l *Limit) fixedWindow(cal *Calendar, at Date) (Due, error) {
	b := l.By
	if !b.End.IsZero() {
		from := b.Start
		if from.IsZero() {
			from = earlier(at, b.End)
		}
		return Due{From: from, Date: b.End, Bound: [2]Date{b.End, b.End}, Settled: true, raw: b.End}, nil
	}
	if b.To.Month < 1 || b.To.Month > 12 {
		return Due{}, &NoDateError{"DL-308", l.Kind}
	}
	var best Due
	take := func(from, to Date) {
		if !to.Before(at) && (best.Date.IsZero() || to.Before(best.Date)) {
			best = Due{From: from, Date: to, Bound: [2]Date{to, to}, Settled: true, raw: to}
		}
	}
	for y := at.Year(); y <= at.Year()+1 && best.Date.IsZero(); y++ {
		for i, m := range slices.Concat([]MonthDay{b.To}, b.Also[:]) {
			if m.IsZero() {
				continue
			}
			to := lastOf(y, m)
			from := firstOf(y, m)
			switch {
			case i == 0 && b.From.IsZero() && m.Day == 0: // 10月前: before it begins
				to = firstOf(y, m).AddDays(-1)
				from = NewDate(y, time.January, 1)
			case b.From.IsZero():
				from = NewDate(y, time.January, 1)
			case i == 0:
				from = firstOf(y, b.From)
				if from.After(to) { // 12月20日至1月10日
					from = firstOf(y-1, b.From)
				}
			}
			take(from, to)
		}
	}
	if best.Date.IsZero() {
		return Due{}, cal.outside(Date{})
	}
	return best, nil
}
