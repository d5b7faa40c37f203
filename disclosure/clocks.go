package disclosure

import (
	"strconv"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// spanPaused is the excluded span of a clock that a move paused.
const spanPaused deadline.SpanKind = "paused"

// clocks computes the clocks of a case that run, in the order of its definition.
// A due date is a function of the marks, the calendar and the limit; none is
// stored.
func (o *Office) clocks(c *Case, r *running) []DueItem {
	var out []DueItem
	for _, def := range r.def.Clocks {
		item := DueItem{
			Case: c.ID, Kind: c.Kind, Unit: c.Unit, Stage: c.Stage, Title: c.Title,
			Clock: def.ID, Name: def.Title, Basis: def.Basis,
		}
		events, start := periodOf(def, c.Clocks[def.ID])
		if start.IsZero() {
			continue
		}
		if p, err := deadline.NewClock(ruleOf(def), o.cfg.Calendar, events...); err == nil {
			item.Period = p
			item.Due, _ = p.Due()
		} else {
			// Hours, windows and the like are no periods: they have their date at once.
			item.Due, _ = def.Limit.Due(o.cfg.Calendar, start)
		}
		out = append(out, item)
	}
	return out
}

// ruleOf is the rule by which a clock of a definition runs.
func ruleOf(def workflow.Clock) deadline.ClockRule {
	basis := law.Own.Sec("办理程序规定的时限")
	if len(def.Basis) > 0 {
		basis = def.Basis[0]
	}
	return deadline.ClockRule{
		ID: string(def.ID), Limit: def.Limit, Citation: basis, Start: basis,
		Spans:     []deadline.SpanRule{{Kind: spanPaused, Name: "暂停", Citation: basis}},
		Extension: deadline.ExtensionRule{Most: added(def.Limit, def.Extension), Citation: basis},
	}
}

// added is by how much an extension lengthens a limit: 可延长2日 says it, 可延长至5日
// names the whole.
func added(limit, by deadline.Limit) int {
	switch {
	case by.Unit != limit.Unit:
		return 0
	case by.Extended:
		return max(0, by.N-limit.N)
	}
	return by.N
}

// periodOf replays the marks of one clock as the events of a running period. The
// start is zero before it begins and after it stops.
func periodOf(def workflow.Clock, marks []ClockMark) (events []deadline.Event, start deadline.Date) {
	spans, paused := 0, false
	for _, m := range marks {
		switch m.Do {
		case workflow.ClockStart, workflow.ClockRestart:
			if !start.IsZero() && m.Do == workflow.ClockStart {
				continue
			}
			start, paused = m.On, false
			events = []deadline.Event{{Kind: deadline.EventReceived, On: m.On}}
		case workflow.ClockStop:
			events, start, paused = nil, deadline.Date{}, false
		case workflow.ClockPause:
			if !start.IsZero() && !paused {
				spans++
				paused = true
				events = append(events, deadline.Event{Kind: deadline.EventSpanBegan, On: m.On, Span: spanPaused, ID: strconv.Itoa(spans)})
			}
		case workflow.ClockResume:
			if paused {
				paused = false
				events = append(events, deadline.Event{Kind: deadline.EventSpanEnded, On: m.On, ID: strconv.Itoa(spans)})
			}
		case workflow.ClockExtend:
			by := def.Extension
			if m.By != nil {
				by = *m.By
			}
			if !start.IsZero() {
				events = append(events, deadline.Event{Kind: deadline.EventExtended, On: m.On, N: added(def.Limit, by)})
			}
		}
	}
	return events, start
}

// checkClocks refuses what the law of a period does not allow: an extension after
// expiry or beyond the most, a pause that ends before it began.
func (o *Office) checkClocks(c *Case, r *running, touched []ClockMark) error {
	for _, m := range touched {
		def := r.clocks[m.Clock]
		if def.Limit.Kind != deadline.LimitWithin {
			continue
		}
		if events, start := periodOf(def, c.Clocks[m.Clock]); !start.IsZero() {
			if _, err := deadline.NewClock(ruleOf(def), o.cfg.Calendar, events...); err != nil {
				return err
			}
		}
	}
	return nil
}
