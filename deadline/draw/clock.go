package draw

import (
	"errors"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

// Clock is the picture of a running period: every day counted with its number,
// every excluded span with its name, the last day. Where days are not settled
// it is that of the projection, as in Period. A clock that is not running gives
// the error of its Due.
func Clock(c *deadline.Clock, cal *deadline.Calendar, lang Language) (Grid, error) {
	due, err := c.Due()
	if errors.Is(err, deadline.ErrUnsettled) && cal != nil {
		cal = cal.Projected()
		if c, err = deadline.NewClock(c.Rule(), cal, c.Events()...); err == nil {
			due, err = c.Due()
		}
	}
	if err != nil {
		return Grid{}, err
	}
	g := Grid{Title: c.Rule().Limit.String(), Calendar: cal, Language: lang, Notes: notes(due, due.Date, lang)}
	spans := spansOf(c, lang)
	g.Marks = []Mark{{Date: c.Start(), Kind: Start}}
	n := c.Rule().Limit.N
	for _, e := range c.Events() {
		if e.Kind == deadline.EventExtended {
			n += e.N
		}
	}
	for _, s := range spans {
		g.Notes = append(g.Notes, s.tells(lang))
	}
	byWorkday := c.Rule().Limit.Unit == deadline.UnitWorkday
	k := 0
	for d := c.Start().AddDays(1); !d.IsZero() && !d.After(due.Date) && len(g.Marks) < maxMonths*31; d = d.AddDays(1) {
		m := Mark{Date: d, Kind: Skipped}
		out := ""
		for _, s := range spans {
			if s.holds(d) {
				out = s.name
			}
		}
		switch {
		case out != "":
			m.Kind, m.Why = Excluded, strings.TrimPrefix(out, "征求")
		case byWorkday && cal.Day(d).Worked(), !byWorkday && (k < n || c.Rule().Limit.Unit != deadline.UnitDay):
			k++
			m.Kind, m.Number = Counted, k
		case !byWorkday:
			m.Why = words{"顺延", "put off"}.in(lang)
		}
		if d == due.Date {
			m.Kind = Due
		}
		g.Marks = append(g.Marks, m)
	}
	if safe := due.Safe(); !due.Settled && safe != due.Date && !safe.IsZero() {
		g.Marks = append(g.Marks, Mark{Date: safe, Kind: Planned})
	}
	return g, nil
}

// excludedSpan is (began, ended]; ended zero: open.
type excludedSpan struct {
	name         string
	began, ended deadline.Date
}

func (s excludedSpan) holds(d deadline.Date) bool {
	return d.After(s.began) && (s.ended.IsZero() || !d.After(s.ended))
}

func (s excludedSpan) tells(l Language) string {
	end := s.ended.Chinese()
	if l == English {
		if s.ended.IsZero() {
			return fmt.Sprintf("Excluded after %s, not ended: %s", s.began, s.name)
		}
		return fmt.Sprintf("Excluded after %s up to %s: %s", s.began, s.ended, s.name)
	}
	if s.ended.IsZero() {
		return fmt.Sprintf("不计入：%s之后，尚未结束（%s）", s.began.Chinese(), s.name)
	}
	return fmt.Sprintf("不计入：%s之后至%s（%s）", s.began.Chinese(), end, s.name)
}

// spansOf lists the excluded spans that lie after the start.
func spansOf(c *deadline.Clock, l Language) []excludedSpan {
	names := map[deadline.SpanKind]string{}
	for _, r := range c.Rule().Spans {
		names[r.Kind] = r.Name
	}
	var spans []excludedSpan
	open := map[string]int{}
	for _, e := range c.Events() {
		switch e.Kind {
		case deadline.EventSpanBegan:
			name := names[e.Span]
			if name == "" || l == English {
				name = string(e.Span)
			}
			open[e.ID] = len(spans)
			spans = append(spans, excludedSpan{name: name, began: e.On})
		case deadline.EventSpanEnded:
			if k, ok := open[e.ID]; ok {
				spans[k].ended = e.On
				delete(open, e.ID)
			}
		}
	}
	kept := spans[:0]
	for _, s := range spans {
		if s.ended.IsZero() || s.ended.After(c.Start()) {
			kept = append(kept, s)
		}
	}
	return kept
}
