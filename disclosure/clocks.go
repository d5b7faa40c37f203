package disclosure

import (
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/workflow"
)

// clocks computes the clocks of a case that run, in the order of its definition.
// A due date is a function of the marks, the calendar and the limit; none is
// stored.
func (o *Office) clocks(c *Case, r *running) []DueItem {
	var out []DueItem
	for _, def := range r.def.Clocks {
		limit, start, running := runningLimit(def, c.Clocks[def.ID], o.cfg.Calendar)
		if !running {
			continue
		}
		due, _ := limit.Due(o.cfg.Calendar, start)
		out = append(out, DueItem{
			Case: c.ID, Kind: c.Kind, Unit: c.Unit, Stage: c.Stage, Title: c.Title,
			Clock: def.ID, Name: def.Title, Due: due, Basis: def.Basis,
		})
	}
	return out
}

// runningLimit replays the marks of one clock: the limit as it stands with what
// was added to it, and the day it runs from. running is false before the start,
// after the stop, and while it is paused.
func runningLimit(def workflow.Clock, marks []ClockMark, cal *deadline.Calendar) (limit deadline.Limit, start deadline.Date, running bool) {
	var paused deadline.Date
	limit = def.Limit
	for _, m := range marks {
		switch m.Do {
		case workflow.ClockStart, workflow.ClockRestart:
			if running && m.Do == workflow.ClockStart {
				continue
			}
			limit, start, paused, running = def.Limit, m.On, deadline.Date{}, true
		case workflow.ClockStop:
			running = false
		case workflow.ClockPause:
			if running && paused.IsZero() {
				paused = m.On
			}
		case workflow.ClockResume:
			if running && !paused.IsZero() {
				limit.N += between(cal, limit.Unit, paused, m.On)
				paused = deadline.Date{}
			}
		case workflow.ClockExtend:
			by := def.Extension
			if m.By != nil && m.By.Unit == by.Unit && m.By.N < by.N {
				by = *m.By
			}
			switch {
			case !running || by.Unit != limit.Unit:
			case by.Extended: // 可延长至5日: the whole, not what is added
				limit.N = max(limit.N, by.N)
			default:
				limit.N += by.N
			}
		}
	}
	return limit, start, running && paused.IsZero()
}

// between counts the days of an excluded span in the limit's own unit.
func between(cal *deadline.Calendar, u deadline.Unit, from, to deadline.Date) int {
	if u == deadline.UnitWorkday {
		n, err := cal.Projected().WorkdaysBetween(from, to)
		if err != nil {
			return 0
		}
		return n
	}
	return to.Sub(from)
}
