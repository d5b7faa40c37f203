package deadline

import (
	"errors"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// ErrNotRunning is wrapped by Due and Remaining of a clock that has no day to come
// to: it has not started, or waits for a correction, a fee or an open consultation.
var ErrNotRunning = errors.New("deadline: the period is not running")

// Status is where a period stands on a day. The zero value is undetermined: days
// that are not settled decide.
type Status string

// The statuses.
const (
	StatusUndetermined Status = ""
	StatusNotStarted   Status = "not-started" // nothing received, or not confirmed yet
	StatusRunning      Status = "running"
	StatusSuspended    Status = "suspended" // the day lies in an excluded span
	StatusWaiting      Status = "waiting"   // for a correction or a fee
	StatusOverdue      Status = "overdue"
	StatusMet          Status = "met"  // served in time
	StatusLate         Status = "late" // served late
	StatusClosed       Status = "closed"
)

// Signal is the colour of a period on the due list.
type Signal string

// The signals. They follow the internal limit where there is one.
const (
	SignalNone  Signal = ""
	SignalGreen Signal = "green"
	SignalAmber Signal = "amber"
	SignalRed   Signal = "red"
)

// Clock is a running period: a rule, a calendar and the events so far. It is
// immutable and safe for concurrent use. What it says follows from these three
// alone; a stored due date is a cache.
type Clock struct {
	rule   ClockRule
	cal    *Calendar
	events []Event

	start   Date // counting starts behind it; zero = not started
	pending Date // received, but not confirmed
	waiting Date // since when for a correction or a fee; zero = not
	served  Date
	means   Means
	closed  Date
	granted int // extension
	spans   []interval
	open    Date // begin of the earliest span without an end; zero = none
	ignored []int
	due     Due
	dueErr  error

	spanBuf [8]interval
}

// interval is the days after a, up to and including b, that are not counted: the
// day a consultation goes out still counts, the day its answer comes does not
// (our reading of 所需时间).
type interval struct{ a, b Date }

// NewClock runs a rule over its events, which may come in any order of writing;
// those of one day are taken as they stand. What the law does not allow is
// refused, all of it at once (ErrClock); the clock is then nil. The clock keeps
// the slice: it is not to be changed afterwards.
func NewClock(rule ClockRule, cal *Calendar, events ...Event) (*Clock, error) {
	c := &Clock{rule: rule, cal: cal, events: events}
	c.spans = c.spanBuf[:0]
	var errs []error
	l := rule.Limit
	if _, ok := addUnits(NewDate(2000, 1, 1), 1, l.Unit); l.Kind != LimitWithin || !ok && l.Unit != UnitWorkday || cal == nil {
		return nil, &ClockError{Code: "DL-412", Index: -1}
	}
	if !slices.IsSortedFunc(c.events, func(a, b Event) int { return a.On.Compare(b.On) }) {
		c.events = slices.Clone(events)
		slices.SortStableFunc(c.events, func(a, b Event) int { return a.On.Compare(b.On) })
	}
	f := folding{Clock: c}
	for i := range c.events {
		if err := f.take(i); err != nil {
			err.Index = indexOf(events, c.events[i])
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	f.settleSpans()
	c.due, c.dueErr = c.reckon(cal, l.N+c.granted)
	return c, nil
}

func indexOf(events []Event, e Event) int { return slices.Index(events, e) }

type openSpan struct {
	kind SpanKind
	id   string
	on   Date
}

// folding is a clock while its events are read.
type folding struct {
	*Clock
	opened   []openSpan
	buf      [8]openSpan
	received bool
	noticed  bool // a notice of correction in time
	fee      bool
}

// take reads event i.
func (f *folding) take(i int) *ClockError {
	e := &f.events[i]
	bad := func(code string) *ClockError { return &ClockError{Code: code, Event: *e} }
	if e.On.IsZero() {
		return bad("DL-401")
	}
	if e.Kind != EventReceived && !f.received {
		err := bad("DL-411")
		err.Citation = f.rule.Start
		return err
	}
	switch e.Kind {
	case EventReceived:
		if f.received {
			return bad("DL-409")
		}
		switch e.Channel {
		case "", ChannelInPerson, ChannelSignedPost, ChannelOrdinaryPost, ChannelInternet, ChannelFax:
		default:
			return bad("DL-402")
		}
		f.received = true
		if slices.Contains(f.rule.Confirm, e.Channel) {
			f.pending = e.On
		} else {
			f.start = e.On
		}
	case EventConfirmed:
		if f.start.IsZero() {
			f.start, f.pending = e.On, Date{}
		}
	case EventCorrectionNotice:
		if f.rule.Correction.IsZero() || f.start.IsZero() || !f.noticeInTime(e.On) {
			f.ignored = append(f.ignored, i) // a notice on the eighth day does not stop the period (our reading)
			return nil
		}
		f.noticed, f.waiting = true, e.On
	case EventCorrected:
		if !f.noticed {
			for _, k := range f.ignored {
				if f.events[k].Kind == EventCorrectionNotice {
					f.ignored = append(f.ignored, i)
					return nil
				}
			}
			err := bad("DL-410")
			err.Citation = f.rule.Corrected
			return err
		}
		f.restart(e.On)
		f.noticed = false
	case EventFeeNotice:
		if f.rule.Fee.IsZero() || f.start.IsZero() {
			f.ignored = append(f.ignored, i)
			return nil
		}
		f.fee, f.waiting = true, e.On
	case EventFeePaid:
		if !f.fee {
			err := bad("DL-410")
			err.Citation = f.rule.Fee
			return err
		}
		f.restart(e.On)
		f.fee = false
	case EventSpanBegan:
		k := slices.IndexFunc(f.rule.Spans, func(s SpanRule) bool { return s.Kind == e.Span })
		if k < 0 {
			err := bad("DL-405")
			err.Citation = f.rule.Citation
			return err
		}
		if slices.ContainsFunc(f.opened, func(s openSpan) bool { return s.kind == e.Span && s.id == e.ID }) {
			err := bad("DL-413")
			err.Citation = f.rule.Spans[k].Citation
			return err
		}
		if f.opened == nil {
			f.opened = f.buf[:0]
		}
		f.opened = append(f.opened, openSpan{e.Span, e.ID, e.On})
	case EventSpanEnded:
		k := slices.IndexFunc(f.opened, func(s openSpan) bool { return s.id == e.ID && (e.Span == "" || s.kind == e.Span) })
		if k < 0 {
			err := bad("DL-404")
			for _, later := range f.events[i+1:] { // sorted by day: its beginning lies behind it
				if later.Kind == EventSpanBegan && later.ID == e.ID {
					err.Code = "DL-403"
				}
			}
			err.Citation = f.rule.spanCitation(e.Span)
			return err
		}
		f.spans = append(f.spans, interval{f.opened[k].on, e.On})
		f.opened = slices.Delete(f.opened, k, k+1)
	case EventExtended:
		return f.extend(e)
	case EventServed:
		switch e.Means {
		case MeansSigned, MeansPosted, MeansElectronic:
			if f.served.IsZero() {
				f.served, f.means = e.On, e.Means
			}
		case MeansCourier:
			f.ignored = append(f.ignored, i)
		default:
			return bad("DL-402")
		}
	case EventClosed:
		if f.closed.IsZero() {
			f.closed = e.On
		}
	default:
		return bad("DL-402")
	}
	return nil
}

func (r *ClockRule) spanCitation(k SpanKind) (c law.Citation) {
	for _, s := range r.Spans {
		if s.Kind == k || k == "" {
			return s.Citation
		}
	}
	return r.Citation
}

// noticeInTime reports that a notice of correction on a day stops the period. Where
// days that are not settled decide, it does not.
func (f *folding) noticeInTime(on Date) bool {
	d, err := f.rule.Correction.due(f.cal, f.start)
	if err != nil && !errors.Is(err, ErrUnsettled) {
		return false
	}
	return !on.After(d.Bound[0])
}

// restart begins the whole period anew from a day; open spans go on.
func (f *folding) restart(on Date) {
	f.start, f.waiting, f.granted = on, Date{}, 0
	f.spans = f.spans[:0]
	for i := range f.opened {
		if f.opened[i].on.Before(on) {
			f.opened[i].on = on
		}
	}
}

// extend applies 延长: by the role that may, within the most, told before expiry.
func (f *folding) extend(e *Event) *ClockError {
	x := f.rule.Extension
	bad := func(code string) *ClockError { return &ClockError{Code: code, Event: *e, Citation: x.Citation} }
	switch {
	case x.Most == 0 || e.N < 1 || f.granted+e.N > x.Most:
		return bad("DL-407")
	case x.By != "" && e.By != x.By:
		return bad("DL-408")
	case f.start.IsZero():
		return bad("DL-411")
	}
	save := f.spans
	open := f.open
	f.settleSpans()
	d, err := f.reckon(f.cal, f.rule.Limit.N+f.granted)
	f.spans, f.open = save, open
	if (err == nil || errors.Is(err, ErrUnsettled)) && f.waiting.IsZero() && e.On.After(d.Bound[1]) {
		return bad("DL-406")
	}
	f.granted += e.N
	return nil
}

// settleSpans sorts and merges the spans and finds the earliest open one.
func (f *folding) settleSpans() {
	c := f.Clock
	c.open = Date{}
	for _, s := range f.opened {
		if c.open.IsZero() || s.on.Before(c.open) {
			c.open = s.on
		}
	}
	if len(c.spans) < 2 {
		return
	}
	apart := true
	for i := 1; i < len(c.spans); i++ {
		apart = apart && c.spans[i].a.After(c.spans[i-1].b)
	}
	if apart {
		return
	}
	s := slices.Clone(c.spans)
	slices.SortFunc(s, func(a, b interval) int { return a.a.Compare(b.a) })
	out := s[:1]
	for _, x := range s[1:] {
		if last := &out[len(out)-1]; !x.a.After(last.b) {
			if x.b.After(last.b) {
				last.b = x.b
			}
			continue
		}
		out = append(out, x)
	}
	c.spans = out
}

// Rule is the rule the clock runs by.
func (c *Clock) Rule() ClockRule { return c.rule }

// Events is a fresh copy of the events by day.
func (c *Clock) Events() []Event { return slices.Clone(c.events) }

// Start is the day behind which counting starts, zero when the period has not started.
func (c *Clock) Start() Date { return c.start }

// Due is the last day in time. On days that are not settled it answers as Limit.Due
// does. A clock that waits, is not started, or has an open span before its end gives
// ErrNotRunning; with an open span Bound[0] is the day it would be if the span ended
// at once.
func (c *Clock) Due() (Due, error) { return c.due, c.dueErr }

// Safe is the day to plan with, zero when there is none.
func (c *Clock) Safe() Date { return c.due.Safe() }

// reckon counts n units from the start around the spans.
func (c *Clock) reckon(cal *Calendar, n int) (Due, error) {
	d := Due{cal: cal, start: c.start, n: n, unit: c.rule.Limit.Unit, kind: LimitWithin, From: c.start}
	if c.start.IsZero() {
		return Due{}, fmt.Errorf("%w: not started", ErrNotRunning)
	}
	if !c.waiting.IsZero() {
		return Due{From: c.start}, fmt.Errorf("%w: waits since %s", ErrNotRunning, c.waiting)
	}
	if c.rule.Limit.Unit == UnitWorkday {
		return c.reckonWorkdays(cal, n, d)
	}
	raw, open := c.calendarEnd(n)
	if raw.IsZero() {
		return Due{}, cal.outside(raw)
	}
	r, err := rolled(cal, raw)
	d.take(r)
	if open && (err == nil || errors.Is(err, ErrUnsettled)) {
		d.Date, d.Bound[1], d.Settled = Date{}, Date{}, false
		err = fmt.Errorf("%w: a span is open since %s", ErrNotRunning, c.open)
	}
	return d, err
}

// calendarEnd is the last day of a period in days, months or years: its own end,
// moved by the days excluded up to there.
func (c *Clock) calendarEnd(n int) (end Date, open bool) {
	base, _ := addUnits(c.start, n, c.rule.Limit.Unit)
	end = base
	for !end.IsZero() {
		out := 0
		for _, s := range c.spans {
			if a := later(s.a, c.start); a.Before(end) && s.b.After(a) {
				out += s.b.Sub(a)
			}
		}
		next := base.AddDays(out)
		if next == end {
			break
		}
		end = next
	}
	return end, !c.open.IsZero() && c.open.Before(end)
}

func later(a, b Date) Date {
	if a.After(b) {
		return a
	}
	return b
}

func (c *Clock) reckonWorkdays(cal *Calendar, n int, d Due) (Due, error) {
	pos, rest := c.start, n
	var err error
	for i := 0; i <= len(c.spans); i++ {
		a, b := c.open, Date{}
		if i < len(c.spans) {
			a, b = c.spans[i].a, c.spans[i].b
			if !c.open.IsZero() && c.open.Before(a) {
				a, b, i = c.open, Date{}, len(c.spans)
			}
		}
		if a.IsZero() || !b.IsZero() && !b.After(pos) {
			continue
		}
		a = later(a, pos)
		w := 0
		if w, err = cal.WorkdaysBetween(pos, a); err != nil {
			break
		}
		if w >= rest {
			break
		}
		rest -= w
		if pos = b; b.IsZero() { // open
			e, err := cal.AddWorkdays(a, rest)
			if err != nil {
				if e, _, _, err = cal.Bound(a, rest); err != nil {
					return d, err
				}
			}
			d.Bound[0] = e
			return d, fmt.Errorf("%w: a span is open since %s", ErrNotRunning, c.open)
		}
	}
	if err == nil {
		var r reckoned
		if r, err = reckon(cal, pos, rest, UnitWorkday, false, LimitWithin); err == nil && r.settled && (r.date.n-cal.first.n < cal.sure || !cal.projected) {
			d.take(r)
			return d, nil
		}
		d.take(r)
		if err != nil && !errors.Is(err, ErrUnsettled) {
			return d, err
		}
	} else if !errors.Is(err, ErrUnsettled) {
		return d, err
	}
	lo, _, as1, err1 := c.bound(cal, n, true)
	_, hi, as2, err2 := c.bound(cal, n, false)
	if e := errors.Join(err1, err2); e != nil {
		return Due{}, e
	}
	d.Bound, d.Settled = [2]Date{lo, hi}, len(as1)+len(as2) == 0
	if d.Assumed = as1; as1 == nil {
		d.Assumed = as2
	}
	return d, err
}

// bound is the earliest or the latest that the day can be around the spans.
func (c *Clock) bound(cal *Calendar, n int, early bool) (lo, hi Date, assumed []Assumption, err error) {
	pos, rest := c.start, n
	for _, s := range c.spans {
		if !s.b.After(pos) {
			continue
		}
		a := later(s.a, pos)
		least, most, as, err := cal.CountBound(pos, a)
		if err != nil {
			return lo, hi, nil, err
		}
		if as != nil {
			assumed = as
		}
		w := least
		if early {
			w = most
		}
		if w >= rest {
			break
		}
		rest -= w
		pos = s.b
	}
	lo, hi, as, err := cal.Bound(pos, rest)
	if as != nil {
		assumed = as
	}
	return lo, hi, assumed, err
}
