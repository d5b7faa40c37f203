package deadline

import "strings"

// relative handles 次月10日前, 当月20日, 次周三, 当日, 次日.
func (p *parser) relative(t token) bool {
	text := p.s[t.start:t.end]
	c := core{start: t.start, end: t.end, strength: strong}
	switch {
	case t.w == wSameDay:
		if p.has(t.end, "值班") || p.has(t.end, "为") || p.has(t.end, "的") && p.ahead(t.end, false, wNumber) {
			return false
		}
		c.lim = Limit{Kind: LimitWithin, Unit: UnitDay, From: p.bareEvent(p.i)}
		if c.lim.From == "" {
			c.lim.From = p.eventText(t.start)
		}
		c.end = p.pass(t.end, "内", "之内")
		p.add(c)
		return true
	case t.w == wNextDay:
		if p.has(t.end, "起") {
			return false
		}
		c.lim = Limit{Kind: LimitWithin, N: 1, Unit: UnitDay, From: p.eventText(t.start)}
		c.end = p.pass(t.end, "内", "之内", "前")
		p.add(c)
		return true
	}
	next := t.w == wNext
	l := Limit{Kind: LimitPeriodic, N: 1, Severity: p.severity()}
	switch {
	case strings.Contains(text, "年"):
		d, _, _, ok := p.dateAt(t.start)
		if !ok || d.code == "" && d.lim.Kind != LimitFixedDate {
			return false
		}
		d.strength = strong
		if k := p.last(); k != nil && k.code == "" && k.lim.Kind == LimitPeriodic && k.lim.Unit == UnitYear && k.lim.By.IsZero() && k.lim.MinTimes == 0 {
			d.start = k.start
			p.cores = p.cores[:len(p.cores)-1]
		}
		p.add(d)
		return true
	case strings.Contains(text, "月"):
		l.Unit = UnitMonth
	case strings.Contains(text, "季"):
		l.Unit = UnitQuarter
	default:
		l.Unit = UnitWeek
	}
	if prev := p.unplaced(l.Unit); prev != nil && next { // 每月更新,次月10日前公布
		d := *prev
		d.end = t.end
		d.lim.By.Next = true
		m := 0
		if d.lim.Unit != UnitMonth && d.lim.Unit != UnitWeek {
			m = 1
		}
		if l.Unit == UnitWeek {
			p.inWeek(&d, t.end)
		} else if l.Unit == UnitQuarter {
			p.inQuarter(&d, p.filler(t.end))
		} else {
			p.inMonth(&d, p.filler(t.end), m)
		}
		if d.end > t.end {
			*prev = d
			p.skipTo(d.end)
			p.ctx, p.ctxStart, p.mask = p.i, d.end, 0
			return true
		}
	}
	c.lim = l
	c.lim.By.Next = next
	switch l.Unit {
	case UnitMonth:
		p.inMonth(&c, p.filler(t.end), 0)
	case UnitQuarter:
		p.inQuarter(&c, p.filler(t.end))
	default:
		p.inWeek(&c, t.end)
	}
	if c.end == t.end {
		return false
	}
	if k := p.last(); k != nil && k.code == "" && c.code == "" && next && l.Unit == UnitMonth && k.lim.Kind == LimitPeriodic && k.lim.Unit == UnitMonth &&
		!k.lim.By.Next && k.lim.By.To.Day > 0 && p.has(k.start, "当月") && c.lim.By.To.Day > 0 {
		// 当月20号、次月5号前
		k.lim.Unit = UnitHalfMonth
		k.lim.By = By{From: k.lim.By.From, To: k.lim.By.To, Also: [3]MonthDay{c.lim.By.To}, Next: true}
		if c.lim.By.From.IsZero() {
			k.lim.By.From = MonthDay{}
		}
		k.end = c.end
		if n := len(p.cores) - 2; n >= 0 && p.cores[n].sent == p.sent && p.cores[n].lim.Kind == LimitPeriodic && p.cores[n].lim.Unit == UnitHalfMonth && p.cores[n].lim.By.IsZero() {
			p.cores = append(p.cores[:n], p.cores[n+1:]...)
		}
		p.skipTo(c.end)
		p.ctx, p.ctxStart, p.mask = p.i, c.end, 0
		return true
	}
	p.add(c)
	return true
}

// unplaced is a periodic find of this sentence that does not yet say where in
// its period it falls.
func (p *parser) unplaced(u Unit) *core {
	k := len(p.cores) - 1
	if k < 0 || p.cores[k].sent != p.sent {
		return nil
	}
	c := &p.cores[k]
	if c.code == "" && c.lim.Kind == LimitPeriodic && c.lim.By.IsZero() && (c.lim.Unit == u || u == UnitMonth && (c.lim.Unit == UnitQuarter || c.lim.Unit == UnitHalfYear)) {
		return c
	}
	return nil
}

// eventText is the event that stands before 当日 or 次日.
func (p *parser) eventText(end int) string {
	left := p.ctxStart
	verb := false
	for k := p.ctx; k < p.i; k++ {
		switch t := p.toks[k]; t.w {
		case wSince, wAt, wColon, wLatest, wMust:
			left = t.end
		case wEvent, wNotice:
			verb = true
		}
	}
	if !verb || left >= end {
		return p.pending
	}
	return cleanEvent(p.s[left:end])
}
