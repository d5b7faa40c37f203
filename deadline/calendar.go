package deadline

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"time"
)

// ErrUnsettled is wrapped when an answer rests on a day whose status no notice
// of the State Council has fixed yet. The detail is an *UnsettledError.
var ErrUnsettled = errors.New("deadline: the day is not settled")

// ErrOutOfRange is wrapped when a day lies outside the table of the calendar
// (China: before 2004-01-01 or after 2100-12-31), also on a projected calendar.
// The detail is a *RangeError.
var ErrOutOfRange = errors.New("deadline: the day is outside the calendar")

// UnsettledError names the first day that is not settled and the year of the
// notice (国务院办公厅关于…年部分节假日安排的通知) that would settle it.
type UnsettledError struct {
	Code   string // DL-101
	Day    Date
	Notice int
}

// Error says which day waits for which notice.
func (e *UnsettledError) Error() string {
	return fmt.Sprintf("deadline: unsettled day: %s waits for the notice of %d", e.Day, e.Notice)
}

// Unwrap gives ErrUnsettled.
func (e *UnsettledError) Unwrap() error { return ErrUnsettled }

// RangeError names the day asked for (zero when the result has no day that can
// be written) and the first and last day of the table.
type RangeError struct {
	Code             string // DL-102
	Day, First, Last Date
}

// Error says which day lies outside which table.
func (e *RangeError) Error() string {
	d := e.Day.String()
	if d == "" {
		d = "the result"
	}
	return fmt.Sprintf("deadline: outside the calendar: %s is not in %s to %s", d, e.First, e.Last)
}

// Unwrap gives ErrOutOfRange.
func (e *RangeError) Unwrap() error { return ErrOutOfRange }

// Calendar says which days are working days (工作日). It is immutable and safe
// for any number of goroutines. Get one from China or NewCalendar; With and
// Projected return new ones. The zero Calendar has no days: every question is
// ErrOutOfRange.
type Calendar struct {
	first Date // index 0 of the table
	size  int32
	sure  int32 // days with an index below it are settled without looking at gaps
	*table
	projected bool
}

// table is what calendars share: the strict one and its projection differ only
// in what they dare to answer.
type table struct {
	work  bitmap
	nth   []uint16 // index of the k-th working day, k from 0
	gaps  []gap    // unsettled stretches, ascending
	marks []mark   // days about which there is more to say, ascending
	plain bitmap   // as work, without the days that only the projection expects off
	open  []reach
	names []string // festivals
	acts  []Source
	week  [7]bool
	china bool
	years map[int]bool // announced
	given []given      // all arrangements in the order in which they were applied
}

// bitmap is a set of days with running counts.
type bitmap struct {
	words []uint64 // bit i: day i is a working day
	ranks []int32  // working days before word w
}

type gap struct {
	lo, hi int32 // both inside
	notice int32
}

type mark struct {
	i    int32
	kind DayKind
	flag flag
	name uint16
	act  uint16
}

type flag uint8

const (
	listed   flag = 1 << iota // by an arrangement; else by the law or the projection alone
	official                  // the law puts the festival on this day
	own                       // the arrangement adds days of its own
)

func (f flag) has(g flag) bool { return f&g != 0 }

// given is one listed day with the act that lists it.
type given struct {
	date Date
	name uint16
	act  uint16
	off  bool
	own  bool
}

// Week lists the days that are worked when nothing else is said.
type Week []time.Weekday

// CalendarConfig describes a calendar that is not the built-in one. All of it
// is taken as settled.
type CalendarConfig struct {
	Week Week // zero: Monday to Friday
	// Days are the exceptions: Off days that are not worked, others that are.
	// Two entries for one day must agree.
	Days []ArrangedDay
	// First and Last bound the table, both inside, at most 65,535 days; zero:
	// 1990-01-01 and 2100-12-31.
	First, Last Date
	Source      Source // of the exceptions
}

// NewCalendar builds a calendar for another working week and other lists of
// days: a six-day week, another jurisdiction, a test. The error names every
// entry that is wrong.
func NewCalendar(c CalendarConfig) (*Calendar, error) {
	if c.First.IsZero() {
		c.First = NewDate(1990, time.January, 1)
	}
	if c.Last.IsZero() {
		c.Last = NewDate(2100, time.December, 31)
	}
	b := &table{}
	if c.Week == nil {
		c.Week = Week{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	}
	var errs []error
	for _, w := range c.Week {
		if w < time.Sunday || w > time.Saturday {
			errs = append(errs, &ArrangementError{Code: "DL-119", Problem: fmt.Sprintf("there is no weekday %d", int(w))})
			continue
		}
		b.week[w] = true
	}
	if c.Last.Before(c.First) {
		errs = append(errs, &ArrangementError{Code: "DL-119", Day: c.Last, Problem: "the table ends before it begins"})
	}
	if c.Last.Sub(c.First) >= 1<<16-1 {
		errs = append(errs, &ArrangementError{Code: "DL-119", Day: c.Last, Problem: "the table is longer than 65,535 days"})
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	cal := &Calendar{first: c.First, size: int32(c.Last.Sub(c.First)) + 1, table: b}
	b.acts = []Source{c.Source}
	for _, d := range c.Days {
		b.given = append(b.given, given{date: d.Date, name: b.name(d.Festival), off: d.Off})
	}
	if err := cal.contradictions(b.given, nil); err != nil {
		return nil, err
	}
	cal.build()
	return cal, nil
}

// index is the place of d in the table; ok is false outside.
func (c *Calendar) index(d Date) (int32, bool) {
	i := d.n - c.first.n
	return i, uint32(i) < uint32(c.size)
}

func (c *Calendar) date(i int32) Date { return Date{c.first.n + i} }

func (c *Calendar) last() Date { return c.date(c.size - 1) }

func (c *Calendar) outside(d Date) error {
	if c.size == 0 {
		return &RangeError{Code: "DL-102", Day: d}
	}
	return &RangeError{Code: "DL-102", Day: d, First: c.first, Last: c.last()}
}

// unsettled is the error when a day with an index in [lo, hi] is not settled.
func (c *Calendar) unsettled(lo, hi int32) error {
	if hi < c.sure || c.projected {
		return nil
	}
	for _, g := range c.gaps {
		if g.lo <= hi && lo <= g.hi {
			return &UnsettledError{Code: "DL-101", Day: c.date(max(g.lo, lo)), Notice: int(g.notice)}
		}
	}
	return nil
}

// rank counts the working days with an index of at most i; rank(-1) is 0.
func (b *bitmap) rank(i int32) int32 {
	w := uint32(i+1) >> 6
	return b.ranks[w] + int32(bits.OnesCount64(b.words[w]&(1<<(uint32(i+1)&63)-1)))
}

func (b *bitmap) has(i int32) bool { return b.words[uint32(i)>>6]>>(uint32(i)&63)&1 != 0 }

// sum makes the running counts from the words and returns the total.
func (b *bitmap) sum() int32 {
	b.ranks = make([]int32, len(b.words))
	n := int32(0)
	for k, w := range b.words {
		b.ranks[k] = n
		n += int32(bits.OnesCount64(w))
	}
	return n
}

// IsWorkday reports whether d is a working day.
func (c *Calendar) IsWorkday(d Date) (bool, error) {
	i := d.n - c.first.n
	if uint32(i) >= uint32(c.size) {
		return false, c.outside(d)
	}
	if i >= c.sure {
		if err := c.unsettled(i, i); err != nil {
			return false, err
		}
	}
	return c.work.has(i), nil
}

// AddWorkdays returns the n-th working day after d; d itself is not counted
// (民法典 201: 开始的当日不计入). A negative n counts back from the day before
// d; 0 gives d itself, whatever day it is. The answer is given when it rests on
// settled days only, else ErrUnsettled; when d or the result lies outside the
// table, ErrOutOfRange.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, error) {
	i := d.n - c.first.n
	if uint32(i) >= uint32(c.size) {
		return Date{}, c.outside(d)
	}
	var j int32
	switch {
	case n > 0:
		k := int(c.work.rank(i)) + n - 1
		if uint(k) >= uint(len(c.nth)) {
			return Date{}, c.outside(Date{})
		}
		if j = int32(c.nth[k]); j >= c.sure {
			if err := c.unsettled(i+1, j); err != nil {
				return Date{}, err
			}
		}
	case n < 0:
		k := int(c.work.rank(i-1)) + n
		if k < 0 {
			return Date{}, c.outside(Date{})
		}
		if j = int32(c.nth[k]); i > c.sure {
			if err := c.unsettled(j, i-1); err != nil {
				return Date{}, err
			}
		}
	default:
		return d, nil
	}
	return Date{c.first.n + j}, nil
}

// WorkdaysBetween counts the working days in (a, b]: after a, up to and
// including b. When b is before a it is −WorkdaysBetween(b, a). So
// WorkdaysBetween(d, AddWorkdays(d, n)) is n for n ≥ 0, and for n < 0 when d is
// a working day.
func (c *Calendar) WorkdaysBetween(a, b Date) (int, error) {
	i, j := a.n-c.first.n, b.n-c.first.n
	if uint32(i) >= uint32(c.size) {
		return 0, c.outside(a)
	}
	if uint32(j) >= uint32(c.size) {
		return 0, c.outside(b)
	}
	if max(i, j) >= c.sure && i != j {
		if err := c.unsettled(min(i, j)+1, max(i, j)); err != nil {
			return 0, err
		}
	}
	return int(c.work.rank(j) - c.work.rank(i)), nil
}

// OnOrAfter is d when it is a working day, else the next one (顺延: 民法典 203).
func (c *Calendar) OnOrAfter(d Date) (Date, error) {
	i, ok := c.index(d)
	if !ok {
		return Date{}, c.outside(d)
	}
	k := c.work.rank(i - 1)
	if int(k) >= len(c.nth) {
		return Date{}, c.outside(Date{})
	}
	j := int32(c.nth[k])
	if err := c.unsettled(i, j); err != nil {
		return Date{}, err
	}
	return c.date(j), nil
}

// OnOrBefore is d when it is a working day, else the one before.
func (c *Calendar) OnOrBefore(d Date) (Date, error) {
	i, ok := c.index(d)
	if !ok {
		return Date{}, c.outside(d)
	}
	k := c.work.rank(i)
	if k == 0 {
		return Date{}, c.outside(Date{})
	}
	j := int32(c.nth[k-1])
	if err := c.unsettled(j, i); err != nil {
		return Date{}, err
	}
	return c.date(j), nil
}

// Range is the first and the last day of the table, both inside.
func (c *Calendar) Range() (first, last Date) {
	if c.size == 0 {
		return Date{}, Date{}
	}
	return c.first, c.last()
}

// SettledThrough is the last day up to which, from the first day of the table
// on, every day is settled. With the notice for 2026 it is 2026-11-30: December
// of a year waits for the notice of the next year, which may take days from it.
func (c *Calendar) SettledThrough() Date {
	switch {
	case c.size == 0:
		return Date{}
	case len(c.gaps) == 0:
		return c.last()
	}
	return c.date(c.gaps[0].lo - 1)
}

// Projected returns the same calendar with the projection switched on: days
// that are not settled are answered as they are expected (statutory days off,
// each day owed for one on a weekend given on the next free weekday). What that
// rests on, and how far off it may be, is said by Bound.
func (c *Calendar) Projected() *Calendar {
	p := *c
	p.projected = true
	return &p
}

// IsProjected reports whether the projection is switched on.
func (c *Calendar) IsProjected() bool { return c.projected }

// build fills the table from the week, the law and the arrangements given: the
// later word on a day replaces the earlier one.
func (c *Calendar) build() {
	t := c.table
	marks := make([]mark, 0, len(t.given)+1400)
	if t.china {
		marks = c.statutory(marks)
	}
	for _, g := range t.given {
		if i, ok := c.index(g.date); ok {
			m := mark{i: i, kind: DayWorkday, flag: listed, name: g.name, act: g.act}
			if g.off {
				m.kind = DayInLieu
			}
			if g.own {
				m.flag |= own
			}
			marks = append(marks, m)
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return int(a.i - b.i) })
	last := 0
	for k, m := range marks {
		rest := !t.week[c.date(m.i).Weekday()]
		if k > 0 && marks[last].i == m.i {
			if was := marks[last]; was.flag.has(official) && m.kind == DayInLieu {
				m.flag, m.name = m.flag|official, was.name
			}
		} else if k > 0 {
			last++
		}
		switch {
		case !m.flag.has(listed):
		case m.kind == DayWorkday:
			if rest {
				m.kind = DayMakeup
			}
		case m.flag.has(official):
			m.kind = DayStatutory
		case rest && t.china:
			m.kind = DayWeekend
		case m.flag.has(own) || !t.china:
			m.kind = DaySpecial
		}
		marks[last] = m
	}
	t.marks = slices.Clip(marks[:min(len(marks), last+1)])
	c.count()
	c.settle()
	c.reaches()
}

// count lays the bitmaps and their running counts.
func (c *Calendar) count() {
	t := c.table
	n := int(c.size)
	words := make([]uint64, n/64+1)
	w := int(c.first.Weekday())
	for i := range n {
		if t.week[w] {
			words[i>>6] |= 1 << (i & 63)
		}
		if w++; w == 7 {
			w = 0
		}
	}
	t.plain = bitmap{words: slices.Clone(words)}
	for _, m := range t.marks {
		bit := uint64(1) << (m.i & 63)
		switch {
		case m.kind.worked():
			words[m.i>>6] |= bit
			t.plain.words[m.i>>6] |= bit
		case m.flag.has(listed | official):
			t.plain.words[m.i>>6] &^= bit
			fallthrough
		default:
			words[m.i>>6] &^= bit
		}
	}
	t.work = bitmap{words: words}
	t.plain.sum()
	t.nth = make([]uint16, 0, t.work.sum())
	for k, word := range words {
		for ; word != 0; word &= word - 1 {
			t.nth = append(t.nth, uint16(k<<6+bits.TrailingZeros64(word)))
		}
	}
}

func (t *table) name(s string) uint16 {
	if i := slices.Index(t.names, s); i >= 0 {
		return uint16(i)
	}
	if len(t.names) == 1<<16-1 {
		return 0
	}
	t.names = append(t.names, s)
	return uint16(len(t.names) - 1)
}

// settle finds the stretches without a notice.
func (c *Calendar) settle() {
	t := c.table
	t.gaps = nil
	if t.china {
		t.gaps = make([]gap, 0, 2*(chinaLast-chinaKnown)+1)
		for y := c.first.Year(); y <= c.last().Year(); y++ {
			jan, dec := NewDate(y, time.January, 1), NewDate(y, time.December, 1)
			if !t.years[y] {
				t.add(c, jan, dec.AddDays(-1), y)
				t.add(c, dec, dec.AddDays(30), y)
			} else if !t.years[y+1] {
				t.add(c, dec, dec.AddDays(30), y+1)
			}
		}
	}
	c.sure = c.size
	if len(t.gaps) > 0 {
		c.sure = t.gaps[0].lo
	}
}

func (t *table) add(c *Calendar, a, b Date, notice int) {
	t.gaps = append(t.gaps, gap{a.n - c.first.n, b.n - c.first.n, int32(notice)})
}
