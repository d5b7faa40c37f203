package draw

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/opengongkai/gongkai/deadline"
)

// Language is the language of the words in a picture.
type Language uint8

// The languages.
const (
	Chinese Language = iota
	English
)

// MarkKind says what happened to a day in a count.
type MarkKind uint8

// The marks. One day has one mark: the later kind wins over an earlier one.
const (
	Skipped  MarkKind = iota + 1 // not counted: a day of rest, or outside the unit
	Counted                      // counted
	Excluded                     // in an excluded span (不计入): correction, consultation, third party
	Start                        // the day of the event, itself not counted (民法典 201)
	Planned                      // the day to plan with, before the due day
	Due                          // the last day in time (末日)
)

// Mark says what happened to one day.
type Mark struct {
	Date   deadline.Date
	Kind   MarkKind
	Number int    // the how-manieth counted day it is; 0: none
	Why    string // a few characters for the cell; empty: what the calendar says
}

// Grid is a picture of the months from the first to the last day that matters.
type Grid struct {
	Title    string
	Notes    []string // lines under the grid
	Calendar *deadline.Calendar
	Marks    []Mark
	// From and To widen the picture; zero: the months of the marks.
	From, To deadline.Date
	Language Language
}

// ErrGrid is wrapped when there is nothing to draw, or too much.
var ErrGrid = errors.New("draw: no picture")

// maxMonths is the most months in one picture.
const maxMonths = 36

// month is one block of the picture.
type month struct {
	year  int
	month time.Month
	weeks [][7]cell // Monday first
}

// cell is one day of a month, or an empty place.
type cell struct {
	date deadline.Date // zero: an empty place
	day  deadline.Day
	mark Mark
}

// layout puts the days in their weeks.
func (g *Grid) layout() ([]month, error) {
	if g.Calendar == nil {
		return nil, fmt.Errorf("%w: no calendar", ErrGrid)
	}
	from, to := g.From, g.To
	marks := make(map[deadline.Date]Mark, len(g.Marks))
	for _, m := range g.Marks {
		if m.Date.IsZero() {
			continue
		}
		if from.IsZero() || m.Date.Before(from) {
			from = m.Date
		}
		if m.Date.After(to) {
			to = m.Date
		}
		was, ok := marks[m.Date]
		switch {
		case !ok || m.Kind > was.Kind:
			if m.Number == 0 {
				m.Number = was.Number
			}
			if m.Why == "" {
				m.Why = was.Why
			}
			marks[m.Date] = m
		case was.Number == 0:
			was.Number = m.Number
			marks[m.Date] = was
		}
	}
	switch {
	case from.IsZero() || to.IsZero():
		return nil, fmt.Errorf("%w: no day is marked", ErrGrid)
	case to.Before(from):
		return nil, fmt.Errorf("%w: it ends on %s, before it begins on %s", ErrGrid, to, from)
	case (to.Year()-from.Year())*12+int(to.Month())-int(from.Month()) >= maxMonths:
		return nil, fmt.Errorf("%w: %s to %s is more than %d months", ErrGrid, from, to, maxMonths)
	}
	var months []month
	for first := deadline.NewDate(from.Year(), from.Month(), 1); !first.IsZero() && !first.After(to); first = first.AddMonths(1) {
		m := month{year: first.Year(), month: first.Month()}
		var week [7]cell
		for d := first; d.Month() == first.Month() && !d.IsZero(); d = d.AddDays(1) {
			k := (int(d.Weekday()) + 6) % 7
			if k == 0 && d != first {
				m.weeks = append(m.weeks, week)
				week = [7]cell{}
			}
			week[k] = cell{d, g.Calendar.Day(d), marks[d]}
		}
		months = append(months, month{m.year, m.month, append(m.weeks, week)})
	}
	return months, nil
}

// Count marks a count of n working days from a day on (back from it when n < 0):
// the start, every day counted with its number, every day passed over, the
// last. The error is the calendar's.
func Count(c *deadline.Calendar, from deadline.Date, n int) ([]Mark, error) {
	end, err := c.AddWorkdays(from, n)
	if err != nil {
		return nil, err
	}
	marks := []Mark{{Date: from, Kind: Start}}
	step, k := 1, 0
	if n < 0 {
		step = -1
	}
	for d := from; d != end; {
		d = d.AddDays(step)
		works, err := c.IsWorkday(d)
		if err != nil {
			return nil, err
		}
		m := Mark{Date: d, Kind: Skipped}
		if works {
			k++
			m.Kind, m.Number = Counted, k
		}
		if d == end {
			m.Kind = Due
		}
		marks = append(marks, m)
	}
	return marks, nil
}

// words of a picture.
type words struct{ chinese, english string }

func (w words) in(l Language) string {
	if l == English {
		return w.english
	}
	return w.chinese
}

var (
	weekdayWords = [7]words{{"一", "Mo"}, {"二", "Tu"}, {"三", "We"}, {"四", "Th"}, {"五", "Fr"}, {"六", "Sa"}, {"日", "Su"}}
	monthWords   = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	weekdayLong  = [7]words{{"星期日", "Sunday"}, {"星期一", "Monday"}, {"星期二", "Tuesday"}, {"星期三", "Wednesday"}, {"星期四", "Thursday"}, {"星期五", "Friday"}, {"星期六", "Saturday"}}
	markWords    = map[MarkKind]words{
		Skipped: {"不计", "not counted"}, Counted: {"计入", "counted"}, Excluded: {"扣除", "excluded"},
		Start: {"起始日", "start, not counted"}, Planned: {"计划日", "day to plan with"}, Due: {"末日", "last day"},
	}
	markTags = map[MarkKind]words{Excluded: {"扣", "x"}, Start: {"起", "S"}, Planned: {"★", "P"}, Due: {"末", "D"}}
	kindTags = map[deadline.DayKind]words{
		deadline.DayStatutory: {"法", "H"}, deadline.DayInLieu: {"休", "L"}, deadline.DayMakeup: {"班", "W"},
		deadline.DaySpecial: {"特", "O"}, deadline.DayUndetermined: {"?", "?"},
	}
	festivalWords = map[string]string{
		"元旦": "New Year", "春节": "Spring Fest.", "清明节": "Qingming", "劳动节": "Labour Day", "端午节": "Dragon Boat",
		"中秋节": "Mid-Autumn", "国庆节": "National Day", "国庆节、中秋节": "National Day", "中秋节、国庆节": "National Day",
		"壮族三月三": "Sanyuesan", "黎族苗族三月三": "Sanyuesan", "火把节": "Torch Fest.",
	}
)

func (m month) title(l Language) string {
	if l == English {
		return fmt.Sprintf("%s %d", monthWords[m.month-1], m.year)
	}
	return fmt.Sprintf("%d年%d月", m.year, m.month)
}

// why is the small print of a cell.
func (c cell) why(l Language) string {
	if c.mark.Why != "" {
		return c.mark.Why
	}
	f := c.day.Festival
	if c.day.Kind == deadline.DayMakeup { // what matters of it, the festival is told in full
		return words{"补班", "make-up"}.in(l)
	}
	if l == English {
		if e, ok := festivalWords[f]; ok {
			f = e
		}
	}
	if f == "" {
		switch c.day.Kind {
		case deadline.DayInLieu, deadline.DaySpecial:
			return words{c.day.Kind.Chinese(), c.day.Kind.English()}.in(l)
		}
	}
	return f
}

// tells is the whole story of a cell in one line.
func (c cell) tells(l Language) string {
	s := c.date.String() + " " + weekdayLong[c.date.Weekday()].in(l) + " " + words{c.day.Kind.Chinese(), c.day.Kind.English()}.in(l)
	if c.day.Festival != "" {
		s += " " + c.day.Festival
	}
	if c.mark.Why != "" {
		s += " " + c.mark.Why
	}
	if w, ok := markWords[c.mark.Kind]; ok {
		s += " · " + w.in(l)
	}
	if c.mark.Number > 0 {
		s += words{fmt.Sprintf(" · 第%d日", c.mark.Number), fmt.Sprintf(" · day %d", c.mark.Number)}.in(l)
	}
	if c.day.Projected() {
		s += words{" · 推算", " · projected"}.in(l)
	}
	return s
}

// legend lists the kinds of days and marks that the picture holds.
func legend(months []month) (kinds []deadline.DayKind, marks []MarkKind, projected bool) {
	for _, m := range months {
		for _, w := range m.weeks {
			for _, c := range w {
				if c.date.IsZero() {
					continue
				}
				if !slices.Contains(kinds, c.day.Kind) {
					kinds = append(kinds, c.day.Kind)
				}
				if c.mark.Kind != 0 && !slices.Contains(marks, c.mark.Kind) {
					marks = append(marks, c.mark.Kind)
				}
				projected = projected || c.day.Projected()
			}
		}
	}
	slices.Sort(kinds)
	slices.Sort(marks)
	return kinds, marks, projected
}
