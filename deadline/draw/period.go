package draw

import (
	"errors"
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
)

// Period is the picture of a limit reckoned from a day: Limit.Due, every day
// counted on the way, and in the notes the words of the limit, the last day and
// whether it is settled. When the calendar is strict and the days are not settled
// the picture is that of the projection, and the notes say between which days the
// last one lies. Of a limit that must be kept before an event the count runs
// back. A limit without a date gives the error of Due.
func Period(l deadline.Limit, c *deadline.Calendar, from deadline.Date, lang Language) (Grid, error) {
	due, err := l.Due(c, from)
	if errors.Is(err, deadline.ErrUnsettled) {
		c = c.Projected()
		due, err = l.Due(c, from)
	}
	if err != nil {
		return Grid{}, err
	}
	g := Grid{Title: l.String(), Calendar: c, Language: lang}
	end := due.Date
	if l.Kind == deadline.LimitAtLeast {
		end = due.From
	}
	switch l.Kind {
	case deadline.LimitPeriodic, deadline.LimitFixedDate:
		g.From, g.To = due.From, end
		g.Marks = []Mark{{Date: due.From, Kind: Planned, Why: words{"起", "from"}.in(lang)}, {Date: end, Kind: Due}}
	default:
		g.Marks = days(l, from, end, c, lang)
	}
	if !due.Settled && due.Safe() != end && !due.Safe().IsZero() {
		g.Marks = append(g.Marks, Mark{Date: due.Safe(), Kind: Planned})
	}
	g.Notes = notes(due, end, lang)
	return g, nil
}

// days marks the way from the start to the end: working days by their number
// and the others passed over; calendar days by their number, and those by which
// the end was put off (民法典 203) passed over.
func days(l deadline.Limit, from, end deadline.Date, c *deadline.Calendar, lang Language) []Mark {
	marks := []Mark{{Date: from, Kind: Start}}
	step := 1
	if end.Before(from) {
		step = -1
	}
	n := l.N
	if l.Max > n {
		n = l.Max
	}
	last := end // the last day counted, before it is put off
	switch l.Unit {
	case deadline.UnitDay:
		last = from.AddDays(step * n)
	case deadline.UnitWeek:
		last = from.AddDays(step * 7 * n)
	case deadline.UnitHalfMonth:
		last = from.AddDays(step * 15 * n)
	case deadline.UnitMonth:
		last = from.AddMonths(step * n)
	case deadline.UnitQuarter:
		last = from.AddMonths(step * 3 * n)
	case deadline.UnitHalfYear:
		last = from.AddMonths(step * 6 * n)
	case deadline.UnitYear:
		last = from.AddMonths(step * 12 * n)
	}
	k := 0
	for d := from; d != end && !d.IsZero() && len(marks) < maxMonths*31; {
		d = d.AddDays(step)
		m := Mark{Date: d, Kind: Skipped}
		switch {
		case l.Unit == deadline.UnitWorkday:
			if c.Day(d).Worked() {
				k++
				m.Kind, m.Number = Counted, k
			}
		case step > 0 && d.After(last):
			m.Why = words{"顺延", "put off"}.in(lang)
		default:
			k++
			m.Kind, m.Number = Counted, k
		}
		if d == end {
			m.Kind = Due
		}
		marks = append(marks, m)
	}
	return marks
}

func notes(due deadline.Due, end deadline.Date, lang Language) []string {
	day := func(d deadline.Date) string {
		if lang == English {
			return fmt.Sprintf("%s (%s)", d, weekdayLong[d.Weekday()].english)
		}
		return fmt.Sprintf("%s（%s）", d.Chinese(), weekdayLong[d.Weekday()].chinese)
	}
	if due.Settled {
		return []string{words{"末日：", "Last day: "}.in(lang) + day(end)}
	}
	out := []string{words{"末日推算为：", "Last day as projected: "}.in(lang) + day(end)}
	if due.Bound[0] != due.Bound[1] {
		out = append(out, words{"最早 ", "Earliest "}.in(lang)+day(due.Bound[0])+words{"，最晚 ", ", latest "}.in(lang)+day(due.Bound[1]))
	}
	for _, a := range due.Assumed {
		out = append(out, words{"假定：", "Assumed: "}.in(lang)+words{a.Chinese(), a.English()}.in(lang))
	}
	return out
}
