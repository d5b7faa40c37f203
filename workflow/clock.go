package workflow

import (
	"fmt"
	"strconv"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// limitless reports that no limit is set.
func limitless(l *deadline.Limit) bool { return l.Kind == deadline.LimitUndetermined }

// limitText is the limit as a document writes it.
func limitText(l *deadline.Limit) string { return l.String() }

// spanPaused is why days between a pause and its resumption are not counted.
const spanPaused deadline.SpanKind = "paused"

// rule is the clock as deadline runs it.
func (k *Clock) rule() deadline.ClockRule {
	var basis law.Citation
	if len(k.Basis) > 0 {
		basis = k.Basis[0]
	}
	r := deadline.ClockRule{ID: string(k.ID), Limit: k.Limit, Citation: basis,
		Spans: []deadline.SpanRule{{Kind: spanPaused, Name: "停止计算", Citation: basis}}}
	if x := k.Extension; !limitless(&x) && x.Unit == k.Limit.Unit {
		r.Extension = deadline.ExtensionRule{Most: x.N, Citation: basis}
		if x.Extended { // 可延长至5日 is the whole
			r.Extension.Most = x.N - k.Limit.N
		}
	}
	return r
}

// Period is the running period of a clock of the case: what deadline reckons
// from the operations since it was last started, each on the day the law counts.
// An extension is the whole that the definition allows, once. It is for limits
// of the kind within; the error is then that of deadline.NewClock, for any other
// kind as well (ask Limit.Due). A clock that was never started, or that the
// machine's definition does not have, is deadline.ErrNotRunning.
func (c Case) Period(m *Machine, id ClockID, cal *deadline.Calendar) (*deadline.Clock, error) {
	var k *Clock
	for i := range m.def.Clocks {
		if m.def.Clocks[i].ID == id {
			k = &m.def.Clocks[i]
		}
	}
	if k == nil {
		return nil, fmt.Errorf("workflow: no clock %s: %w", quote(id), deadline.ErrNotRunning)
	}
	rule := k.rule()
	var events []deadline.Event
	running, paused, extended := false, "", false
	for _, o := range c.Clocks {
		if o.Clock != id {
			continue
		}
		switch {
		case o.Do == ClockRestart, o.Do == ClockStart && !running:
			events = append(events[:0], deadline.Event{Kind: deadline.EventReceived, On: o.On})
			running, paused, extended = true, "", false
		case !running:
		case o.Do == ClockPause && paused == "":
			paused = strconv.FormatInt(o.Seq, 10)
			events = append(events, deadline.Event{Kind: deadline.EventSpanBegan, Span: spanPaused, ID: paused, On: o.On})
		case o.Do == ClockResume && paused != "":
			events = append(events, deadline.Event{Kind: deadline.EventSpanEnded, Span: spanPaused, ID: paused, On: o.On})
			paused = ""
		case o.Do == ClockExtend && !extended && rule.Extension.Most > 0:
			events = append(events, deadline.Event{Kind: deadline.EventExtended, N: rule.Extension.Most, On: o.On})
			extended = true
		case o.Do == ClockStop:
			events = append(events, deadline.Event{Kind: deadline.EventClosed, On: o.On})
			running = false
		}
	}
	if len(events) == 0 {
		return nil, fmt.Errorf("workflow: clock %s was never started: %w", quote(id), deadline.ErrNotRunning)
	}
	return deadline.NewClock(rule, cal, events...)
}
