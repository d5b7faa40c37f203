package deadline

import (
	"errors"
	"fmt"
	"time"
)

// ErrNoDate is wrapped when a limit has no date of its own. The detail is a
// *NoDateError.
var ErrNoDate = errors.New("deadline: a limit without a date")

// NoDateError says why a limit has no date. Code is one of
//
//	DL-301 permanent      DL-302 real-time      DL-303 stage
//	DL-304 refer-to-law   DL-305 compound: ask each of All
//	DL-306 hours and minutes: ask DueAt, with an instant
//	DL-307 term, trading-day: no calendar here knows them
//	DL-308 no limit at all, or one that counts nothing
//	DL-309 the day to count from is not set
//	DL-310 counted in days: ask Due
type NoDateError struct {
	Code  string
	Limit LimitKind
}

// Error says kind and code.
func (e *NoDateError) Error() string {
	return fmt.Sprintf("deadline: a limit without a date: %s (%s)", e.Limit, e.Code)
}

// Unwrap gives ErrNoDate.
func (e *NoDateError) Unwrap() error { return ErrNoDate }

// Due is what a limit comes to on a calendar.
type Due struct {
	// From is: of within the day on which counting starts (it is not counted itself);
	// of at-least the first day on which it may end; of between the same, with Date the
	// last; of periodic and fixed-date the first day of the window; of before zero.
	From Date
	// Date is the last day in time; of at-least zero. Zero also when it is not settled
	// on a strict calendar.
	Date Date
	// Bound is the earliest and the latest that Date can be (at-least: From). Both are
	// equal when the day is settled, or exact if the assumptions hold.
	Bound [2]Date
	// Settled reports that every day counted is settled by a notice.
	Settled bool
	// Assumed lists what Bound rests on when it is not settled.
	Assumed []Assumption

	cal   *Calendar
	start Date // as given
	raw   Date // before the roll of 民法典 203
	n     int
	unit  Unit
	kind  LimitKind
}

// reckoned is one day that counting came to.
type reckoned struct {
	date, raw Date
	bound     [2]Date
	settled   bool
	assumed   []Assumption
}

// Due reckons the limit on a calendar from a day: of within, at-least and between
// the day of the event; of before the day of the event ahead; of periodic and
// fixed-date any day, the window that ends on or after it is given.
//
// The start is not counted (民法典 201). Months and years run to the same day of
// the month, or its last (202). A period in days, months or years whose last day is
// a day of rest ends on the next working day (203); not rolled are what must be done
// before an event, fixed days of the year, and times on display that only have a
// most: there a roll would lengthen what the rule keeps short (our reading).
//
// On a day that is not settled the strict calendar gives a zero Date, the filled
// Bound and ErrUnsettled, and both are of use; the projected calendar gives the
// point. Kinds without a date give ErrNoDate.
func (l Limit) Due(cal *Calendar, from Date) (Due, error) { return l.due(cal, from) }

func (l *Limit) due(cal *Calendar, from Date) (Due, error) {
	if from.IsZero() {
		return Due{}, &NoDateError{"DL-309", l.Kind}
	}
	d := Due{cal: cal, start: from, n: l.N, unit: l.Unit, kind: l.Kind}
	switch l.Kind {
	case LimitWithin:
		d.From = from
		r, err := reckon(cal, from, l.N, l.Unit, l.Role == RoleNone, l.Kind)
		d.take(r)
		return d, err
	case LimitAtLeast:
		r, err := reckon(cal, from, l.N, l.Unit, true, l.Kind)
		d.take(r)
		d.From, d.Date = d.Date, Date{}
		return d, err
	case LimitBetween:
		lo, err1 := reckon(cal, from, l.N, l.Unit, l.Role != RoleDisplayMax, l.Kind)
		if l.N == 0 {
			lo, err1 = reckoned{date: from}, nil
		}
		hi, err2 := reckon(cal, from, l.Max, l.Unit, l.Role != RoleDisplayMax, l.Kind)
		d.n = l.Max
		d.take(hi)
		d.From = lo.date
		if err1 != nil {
			return d, err1
		}
		return d, err2
	case LimitBefore:
		r, err := reckon(cal, from, -l.N, l.Unit, false, l.Kind)
		d.take(r)
		return d, err
	case LimitPeriodic, LimitFixedDate:
		w, err := l.window(cal, from)
		if err != nil {
			return d, err
		}
		w.cal, w.start, w.n, w.unit, w.kind = cal, from, l.N, l.Unit, l.Kind
		return w, nil
	}
	return Due{}, &NoDateError{noDateCode(l.Kind), l.Kind}
}

func (d *Due) take(r reckoned) {
	d.Date, d.Bound, d.Settled, d.Assumed, d.raw = r.date, r.bound, r.settled, r.assumed, r.raw
}

func noDateCode(k LimitKind) string {
	switch k {
	case LimitPermanent:
		return "DL-301"
	case LimitRealTime:
		return "DL-302"
	case LimitStage:
		return "DL-303"
	case LimitReferToLaw:
		return "DL-304"
	case LimitCompound:
		return "DL-305"
	case LimitHours:
		return "DL-306"
	}
	return "DL-308"
}

// reckon counts n units from a day, back when n < 0. roll moves the last day of
// a period that is not counted in working days to the next working day.
func reckon(cal *Calendar, from Date, n int, u Unit, roll bool, k LimitKind) (reckoned, error) {
	if u == UnitWorkday {
		date, err := cal.AddWorkdays(from, n)
		if err == nil && (date.n-cal.first.n < cal.sure && from.n-cal.first.n <= cal.sure || !cal.projected || cal.sure == cal.size) {
			return reckoned{date: date, raw: date, bound: [2]Date{date, date}, settled: true}, nil
		}
		if err != nil && !errors.Is(err, ErrUnsettled) {
			return reckoned{}, err
		}
		a, b, assumed, err2 := cal.Bound(from, n)
		if err2 != nil {
			return reckoned{}, err2
		}
		return reckoned{date: date, raw: date, bound: [2]Date{a, b}, settled: len(assumed) == 0, assumed: assumed}, err
	}
	raw, ok := addUnits(from, n, u)
	if !ok {
		code := "DL-307"
		switch u {
		case UnitHour, UnitMinute:
			code = "DL-306"
		case UnitNone:
			code = "DL-308"
		}
		return reckoned{}, &NoDateError{code, k}
	}
	if raw.IsZero() {
		return reckoned{}, cal.outside(raw)
	}
	if !roll {
		if _, ok := cal.index(raw); !ok {
			return reckoned{}, cal.outside(raw)
		}
		return reckoned{date: raw, raw: raw, bound: [2]Date{raw, raw}, settled: true}, nil
	}
	return rolled(cal, raw)
}

// rolled applies 民法典 203: 期间的最后一日是法定休假日的,以法定休假日结束的次日为期间的最后一日.
func rolled(cal *Calendar, raw Date) (reckoned, error) {
	i := raw.n - cal.first.n
	if uint32(i) < uint32(cal.size) && i < cal.sure && cal.work.has(i) {
		return reckoned{date: raw, raw: raw, bound: [2]Date{raw, raw}, settled: true}, nil
	}
	date, err := cal.OnOrAfter(raw)
	if err == nil && (!cal.projected || date.n-cal.first.n < cal.sure) {
		return reckoned{date: date, raw: raw, bound: [2]Date{date, date}, settled: true}, nil
	}
	if err != nil && !errors.Is(err, ErrUnsettled) {
		return reckoned{}, err
	}
	a, b, assumed, err2 := cal.BoundOnOrAfter(raw)
	if err2 != nil {
		return reckoned{}, err2
	}
	return reckoned{date: date, raw: raw, bound: [2]Date{a, b}, settled: len(assumed) == 0, assumed: assumed}, err
}

// addUnits adds calendar units. Half a month is fifteen days (our reading:
// 民法典 does not name it).
func addUnits(d Date, n int, u Unit) (Date, bool) {
	switch u {
	case UnitDay:
		return d.AddDays(n), true
	case UnitWeek:
		return d.AddDays(7 * n), true
	case UnitHalfMonth:
		return d.AddDays(15 * n), true
	case UnitMonth:
		return addMonths(d, n), true
	case UnitQuarter:
		return addMonths(d, 3*n), true
	case UnitHalfYear:
		return addMonths(d, 6*n), true
	case UnitYear:
		return addMonths(d, 12*n), true
	}
	return Date{}, false
}

// addMonths applies 民法典 202: 到期月的对应日为期间的最后一日;没有对应日的,月末日为期间的最后一日.
func addMonths(d Date, n int) Date {
	y, m, day := d.Civil()
	k := y*12 + int(m) - 1 + n
	if k < 12 || n > 12*maxYear || n < -12*maxYear {
		return Date{}
	}
	y, m = k/12, time.Month(k%12+1)
	if y > maxYear {
		return Date{}
	}
	return NewDate(y, m, min(day, daysIn(y, m)))
}

// DueAt reckons a limit in hours (or minutes) from an instant: the instant by which
// it must be done, before the given one when the limit is Backward. By 民法典 201,
// second paragraph, hours run from the instant itself; days of rest do not matter.
func (l Limit) DueAt(from time.Time) (time.Time, error) {
	if from.IsZero() {
		return time.Time{}, &NoDateError{"DL-309", l.Kind}
	}
	n := l.N
	if l.Max > n {
		n = l.Max
	}
	if l.Backward || l.Kind == LimitBefore {
		n = -n
	}
	switch l.Kind {
	case LimitHours, LimitWithin, LimitBetween, LimitBefore, LimitAtLeast:
		switch l.Unit {
		case UnitHour:
			return from.Add(time.Duration(n) * time.Hour), nil
		case UnitMinute:
			return from.Add(time.Duration(n) * time.Minute), nil
		}
		return time.Time{}, &NoDateError{"DL-310", l.Kind}
	case LimitPeriodic, LimitFixedDate:
		return time.Time{}, &NoDateError{"DL-310", l.Kind}
	}
	return time.Time{}, &NoDateError{noDateCode(l.Kind), l.Kind}
}

// Safe is the day to plan with: the earliest day that Date can be, moved back to a
// working day where it is a day of rest; of at-least the latest that From can be.
// It is zero for a Due that was not reckoned.
func (d Due) Safe() Date {
	if d.kind == LimitAtLeast {
		return d.Bound[1]
	}
	s := d.Bound[0]
	if d.cal == nil || s.IsZero() {
		return s
	}
	if w, err := d.cal.OnOrBefore(s); err == nil {
		return w
	}
	if e, _, _, err := d.cal.BoundOnOrBefore(s); err == nil {
		return e
	}
	return s
}
