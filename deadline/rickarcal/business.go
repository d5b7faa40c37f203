package rickarcal

import (
	"errors"
	"fmt"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/rickar/cal/v2"
)

// ErrConvert is wrapped by the errors of this package.
var ErrConvert = errors.New("rickarcal: cannot convert")

// Weekdays is the guess that other calendars make: a day that is not known is
// worked from Monday to Friday.
func Weekdays(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday }

// Business makes a business calendar that asks c. Where c has no answer
// (ErrUnsettled, ErrOutOfRange) unknown is asked; it must not be nil, and must
// not answer false for ever, for that library would search for ever. Weekdays
// is one choice, c.Projected() another. The hours are that library's defaults.
// The result is as safe for goroutines as unknown is, as long as no holiday is
// added and nothing is cached.
func Business(c *deadline.Calendar, unknown func(time.Time) bool) (*cal.BusinessCalendar, error) {
	switch {
	case c == nil:
		return nil, fmt.Errorf("%w: no calendar", ErrConvert)
	case unknown == nil:
		return nil, fmt.Errorf("%w: it is not said what a day that is not settled shall be", ErrConvert)
	}
	b := cal.NewBusinessCalendar()
	b.Name, b.Description = "gongkai", "working days of a deadline.Calendar"
	b.WorkdayFunc = func(t time.Time) bool {
		works, err := c.IsWorkday(civil(t))
		if err != nil {
			return unknown(t)
		}
		return works
	}
	return b, nil
}

func civil(t time.Time) deadline.Date {
	y, m, d := t.Date()
	return deadline.NewDate(y, m, d)
}

// Holidays lists the days from a to b, both inside, that the calendar gives off
// beyond its week, one holiday a day, for cal.Calendar.AddHoliday: what
// IsHoliday and HolidaysInRange of that library need. They make its IsWorkday
// slower, each by a little. Days that are not settled are left out on a strict
// calendar.
func Holidays(c *deadline.Calendar, a, b deadline.Date) []*cal.Holiday {
	var out []*cal.Holiday
	first, last := c.Range()
	if a.Before(first) {
		a = first
	}
	if b.After(last) {
		b = last
	}
	for d := a; !d.IsZero() && !d.After(b); d = d.AddDays(1) {
		day := c.Day(d)
		switch day.Kind {
		case deadline.DayStatutory, deadline.DayInLieu, deadline.DaySpecial:
		default:
			continue
		}
		y, m, n := d.Civil()
		name := day.Festival
		if name == "" {
			name = day.Kind.Chinese()
		}
		kind := cal.ObservancePublic
		if day.Kind != deadline.DayStatutory {
			kind = cal.ObservanceOther
		}
		out = append(out, &cal.Holiday{Name: name, Description: day.Source.Title, Type: kind, StartYear: y, EndYear: y, Month: m, Day: n, Func: cal.CalcDayOfMonth})
	}
	return out
}

// FromBusiness makes a deadline.Calendar of the years first to last, both
// inside, by asking b about every day. All of it counts as settled. A weekday
// that is worked more often than not is of the week; the other days are its
// exceptions, with the holiday's name. At most 170 years.
func FromBusiness(b *cal.BusinessCalendar, first, last int) (*deadline.Calendar, error) {
	if b == nil {
		return nil, fmt.Errorf("%w: no calendar", ErrConvert)
	}
	return from(&b.Calendar, b.IsWorkday, first, last)
}

// FromCalendar is FromBusiness for a calendar that knows holidays only: a day is
// worked when it is of the week (nil: Monday to Friday) and no holiday is
// observed on it.
func FromCalendar(c *cal.Calendar, week deadline.Week, first, last int) (*deadline.Calendar, error) {
	if c == nil {
		return nil, fmt.Errorf("%w: no calendar", ErrConvert)
	}
	var of [7]bool
	for _, w := range week {
		if w < time.Sunday || w > time.Saturday {
			return nil, fmt.Errorf("%w: there is no weekday %d", ErrConvert, int(w))
		}
		of[w] = true
	}
	if week == nil {
		of = [7]bool{false, true, true, true, true, true, false}
	}
	return from(c, func(t time.Time) bool {
		if !of[t.Weekday()] {
			return false
		}
		_, observed, _ := c.IsHoliday(t)
		return !observed
	}, first, last)
}

func from(c *cal.Calendar, works func(time.Time) bool, first, last int) (*deadline.Calendar, error) {
	a, b := deadline.NewDate(first, time.January, 1), deadline.NewDate(last, time.December, 31)
	if a.IsZero() || b.IsZero() || last < first || last-first >= 170 {
		return nil, fmt.Errorf("%w: the years %d to %d", ErrConvert, first, last)
	}
	place := time.UTC
	if len(c.Locations) > 0 && c.Locations[0] != nil {
		place = c.Locations[0]
	}
	at := func(d deadline.Date) time.Time {
		y, m, n := d.Civil()
		return time.Date(y, m, n, 12, 0, 0, 0, place)
	}
	answers := make([]bool, 0, b.Sub(a)+1)
	var worked [7]int
	for d := a; !d.IsZero() && !d.After(b); d = d.AddDays(1) {
		w := works(at(d))
		answers = append(answers, w)
		if w {
			worked[d.Weekday()]++
		} else {
			worked[d.Weekday()]--
		}
	}
	week := deadline.Week{}
	for w, n := range worked {
		if n > 0 {
			week = append(week, time.Weekday(w))
		}
	}
	conf := deadline.CalendarConfig{Week: week, First: a, Last: b, Source: deadline.Source{Title: c.Name, Note: c.Description}}
	for k, w := range answers {
		d := a.AddDays(k)
		if w == (worked[d.Weekday()] > 0) {
			continue
		}
		name := ""
		if _, observed, h := c.IsHoliday(at(d)); observed && h != nil {
			name = h.Name
		}
		conf.Days = append(conf.Days, deadline.ArrangedDay{Date: d, Off: !w, Festival: name})
	}
	return deadline.NewCalendar(conf)
}
