package deadline

import "time"

// point is a day, a month or a part of a year that a phrase names.
type point struct {
	year     int // 0: of every year
	from, to MonthDay
	part     string
	next     bool
	bad      bool // no such day
}

func (pt point) single() bool { return pt.from == pt.to && pt.part == "" }

// point reads a day or a month at j. month is the one that a bare 「15日」 belongs
// to, 0 if a bare day is none.
func (p *parser) point(j, month int) (pt point, end int, ok bool) {
	if j < len(p.s) && isDigit(p.s[j]) {
		return p.numbered(pt, j, j, month)
	}
	if k := p.after(j, "次年度", "次年", "翌年", "第二年", "下一年度", "下一年", "下年"); k >= 0 {
		pt.next, j = true, p.pass(k, "的")
	} else if month == 0 {
		j = p.pass(j, "当年度", "当年", "本年度", "本年")
	}
	if e := p.after(j, "上半年", "下半年"); e >= 0 {
		if _, k := p.num(e); k > e || p.after(e, "次年") >= 0 {
			return pt, j, false // 上半年7月底前: the number says it
		}
	}
	if e := p.after(j, "上半年"); e >= 0 {
		pt.from, pt.to = MonthDay{1, 0}, MonthDay{6, 0}
		return pt, e, true
	}
	if e := p.after(j, "下半年"); e >= 0 {
		pt.from, pt.to = MonthDay{7, 0}, MonthDay{12, 0}
		return pt, e, true
	}
	return p.numbered(pt, j, p.pass(j, "第", "首"), month)
}

// numbered reads the rest of a point, from its number at q on.
func (p *parser) numbered(pt point, j, q, month int) (point, int, bool) {
	n, e := p.num(q)
	if q > j && p.has(j, "首") && p.has(q, "季度") {
		n, e = 1, q
	}
	if e > q || q > j {
		if k := p.after(e, "季度"); k >= 0 && n >= 1 && n <= 4 && (q > j || p.after(k, "一次", "1次", "至少", "不少于") < 0) {
			pt.from, pt.to = MonthDay{3*n - 2, 0}, MonthDay{3 * n, 0}
			if m := p.after(k, "末", "底"); m >= 0 {
				pt.from, pt.to = MonthDay{3 * n, -1}, MonthDay{3 * n, -1}
				k = m
			}
			return pt, k, true
		}
		if q > j {
			return pt, j, false
		}
	}
	if e == j {
		if k := p.after(j, "年底", "年末", "年终"); k >= 0 {
			pt.from, pt.to = MonthDay{12, -1}, MonthDay{12, -1}
			return pt, k, true
		}
		return pt, j, false
	}
	if n >= 1900 && n <= 2200 {
		if pt, k, ok := p.numericDate(j); ok {
			return pt, k, true
		}
		k := p.after(e, "年")
		if k < 0 || p.after(e, "年度", "年级") >= 0 {
			return pt, j, false
		}
		pt.year = n
		if m := p.after(k, "底", "末", "年底"); m >= 0 {
			pt.from, pt.to = MonthDay{12, -1}, MonthDay{12, -1}
			return pt, m, true
		}
		if rest, m, ok := p.point(k, 0); ok && rest.year == 0 {
			rest.year = n
			return rest, m, true
		}
		return pt, j, false
	}
	if k := p.after(e, "月"); k >= 0 {
		if n < 1 || n > 12 {
			pt.bad = n != 0 || p.s[j] == '0'
			return pt, k, pt.bad
		}
		return p.dayOf(pt, n, p.pass(k, "份"))
	}
	if month > 0 {
		if k := p.after(e, "日", "号"); k >= 0 {
			pt.from, pt.to = MonthDay{month, n}, MonthDay{month, n}
			pt.bad = n < 1 || n > daysIn(2024, time.Month(month))
			return pt, k, true
		}
	}
	return pt, j, false
}

// dayOf reads what stands behind a month.
func (p *parser) dayOf(pt point, m, k int) (point, int, bool) {
	switch {
	case p.has(k, "底"), p.has(k, "末"):
		pt.from, pt.to = MonthDay{m, -1}, MonthDay{m, -1}
		return pt, k + 3, true
	case p.has(k, "上旬"):
		pt.from, pt.to = MonthDay{m, 1}, MonthDay{m, 10}
		return pt, k + 6, true
	case p.has(k, "中旬"):
		pt.from, pt.to = MonthDay{m, 11}, MonthDay{m, 20}
		return pt, k + 6, true
	case p.has(k, "下旬"):
		pt.from, pt.to = MonthDay{m, 21}, MonthDay{m, -1}
		return pt, k + 6, true
	case p.has(k, "初"), p.has(k, "中") && !p.has(k, "中央") && !p.has(k, "中国"):
		pt.from, pt.to, pt.part = MonthDay{m, 0}, MonthDay{m, 0}, partOf(p.s[k:k+3])
		return pt, k + 3, true
	}
	if d, e := p.num(k); e > k {
		f := p.after(e, "日", "号")
		if f >= 0 {
			pt.from, pt.to = MonthDay{m, d}, MonthDay{m, d}
			pt.bad = d < 1 || d > p.daysIn(pt.year, m)
			return pt, f, true
		}
		if g := p.dash(e); g > e { // 7月1-15日
			if d2, e2 := p.num(g); e2 > g {
				if f := p.after(e2, "日", "号"); f >= 0 {
					pt.from, pt.to = MonthDay{m, d}, MonthDay{m, d2}
					pt.bad = d < 1 || d2 < d || d2 > p.daysIn(pt.year, m)
					return pt, f, true
				}
			}
		}
	}
	pt.from, pt.to = MonthDay{m, 0}, MonthDay{m, 0}
	return pt, k, true
}

func (p *parser) daysIn(year, m int) int {
	if year == 0 {
		year = 2024
	}
	return daysIn(year, time.Month(m))
}

func partOf(s string) string {
	switch s {
	case "初":
		return "early"
	case "中":
		return "middle"
	}
	return "late"
}

// numericDate reads 2018-07-31, 2018.7.31, 2018/7/31.
func (p *parser) numericDate(j int) (pt point, end int, ok bool) {
	y, e := p.num(j)
	if e-j != 4 || e >= len(p.s) || p.s[e] != '-' && p.s[e] != '.' && p.s[e] != '/' {
		return pt, j, false
	}
	sep := p.s[e]
	m, f := p.num(e + 1)
	if f == e+1 || f >= len(p.s) || p.s[f] != sep || f-e > 3 {
		return pt, j, false
	}
	d, g := p.num(f + 1)
	if g == f+1 || g-f > 3 {
		return pt, j, false
	}
	pt.year, pt.from, pt.to = y, MonthDay{m, d}, MonthDay{m, d}
	pt.bad = NewDate(y, time.Month(m), d).IsZero()
	return pt, g, true
}

// date handles a day, a month, a window of the year or of one year.
func (p *parser) date(t token) bool {
	c, pts, n, ok := p.dateAt(t.start)
	if !ok {
		return false
	}
	_ = pts
	_ = n
	if c.code == "" && c.lim.Kind == LimitUndetermined { // 2020年1月1日起施行
		p.mask |= bit(wNumber)
		p.skipTo(c.end)
		return true
	}
	if l := p.last(); l != nil && c.code == "" && l.code == "" && l.lim.Kind == LimitPeriodic && l.lim.Unit == UnitYear && l.lim.N == 1 &&
		l.lim.MinTimes == 0 && l.lim.By.IsZero() && c.lim.Unit == UnitYear {
		c.start = l.start
		p.cores = p.cores[:len(p.cores)-1]
	}
	p.add(c)
	return true
}

// dateAt reads a date with its range, its list and 前 at j.
func (p *parser) dateAt(j int) (c core, first point, points int, ok bool) {
	a, end, ok := p.point(j, 0)
	if !ok {
		if a, end, ok = p.months(j); !ok {
			return c, a, 0, false
		}
	}
	c = core{start: j, end: end, strength: strong}
	bad := func() (core, point, int, bool) {
		c.code, c.lim = "DL-211", Limit{}
		return c, a, 1, true
	}
	if a.bad {
		c.end = end
		return bad()
	}
	l := Limit{Kind: LimitFixedDate, Unit: UnitYear, Severity: p.severity()}
	b, ranged := a, false
	if d := p.dash(end); d > end {
		if b2, e, ok := p.point(d, a.to.Month); ok {
			if b2.bad {
				c.end = e
				return bad()
			}
			b, end, ranged = b2, e, true
		}
	}
	l.By.From, l.By.To, l.By.Next, l.By.Part = a.from, b.to, a.next, a.part
	if !ranged && a.single() && a.year == 0 {
		list := 0
		for list < len(l.By.Also) {
			k := p.pass(end, "、", "和", "及", "与", "以及", "或", "或者", ",")
			if k == end {
				break
			}
			b2, e, ok := p.point(k, a.to.Month)
			if !ok || b2.bad || !b2.single() || b2.year != 0 || b2.next || p.dash(e) > e {
				break
			}
			l.By.Also[list] = b2.to
			list++
			end = e
		}
		if d, e := p.num(p.pass(end, "的")); a.to.Day == 0 && end < len(p.s) && d >= 1 && d <= 28 {
			if f := p.after(e, "日", "号"); f >= 0 { // 1月、7月的15日前
				l.By.From.Day, l.By.To.Day, end = d, d, f
				for i := range list {
					l.By.Also[i].Day = d
				}
			}
		}
	}
	c.end = end
	e := p.pass(end, "的")
	if k := p.after(e, "之前", "以前", "前"); k >= 0 && p.after(e, "前后", "前款", "前期") < 0 {
		if ranged {
			c.code = "DL-208"
			return c, a, 1, true
		}
		l.By.From = MonthDay{}
		if a.from != a.to && a.to.Day == 0 { // 第一季度前, 上半年前
			l.By.To = MonthDay{a.to.Month, -1}
		}
		c.end = k
	} else if k := p.after(e, "起", "后", "以来", "以后", "之后", "开始", "至今", "始"); k >= 0 {
		c.end, c.lim = k, Limit{}
		return c, a, 1, true
	} else if a.year == 0 && p.after(e, "内", "以内", "之内") >= 0 && !p.yearly() && a.from.Day == 0 {
		c.code, c.end = "DL-205", p.after(e, "内", "以内", "之内") // 三月内: within three months, or in March?
		return c, a, 1, true
	} else {
		c.end = p.pass(e, "期间", "之间", "内", "以内", "之内", "间")
		if c.end == e {
			c.end = end
		}
		if p.seen(wLatest) || p.seen(wAtMost) && !ranged {
			l.By.From = MonthDay{}
		}
	}
	if a.year != 0 || b.year != 0 {
		return p.dated(c, l, a, b)
	}
	if p.cutoff(j) {
		c.lim = Limit{}
		return c, a, 1, true
	}
	c.lim = l
	return c, a, 1, true
}

// cutoff reports that the day is that of the data: 截至12月31日的.
func (p *parser) cutoff(j int) bool {
	for _, w := range []string{"截至", "截止", "截止到", "截至到", "截止至"} {
		if j >= len(w) && p.s[j-len(w):j] == w {
			return true
		}
	}
	return false
}

// yearly reports that 每年 stands before.
func (p *parser) yearly() bool {
	l := p.last()
	return l != nil && l.lim.Kind == LimitPeriodic && l.lim.Unit == UnitYear
}

// dated makes the window of one year.
func (p *parser) dated(c core, l Limit, a, b point) (core, point, int, bool) {
	if a.year == 0 {
		a.year = b.year
	}
	year := b.year
	if year == 0 {
		year = a.year
		if b.to.Month < a.from.Month || b.to.Month == a.from.Month && b.to.Day > 0 && b.to.Day < a.from.Day {
			year++ // 2026年12月30日至1月5日
		}
	}
	l.Unit = UnitDay
	if a.from.Day > 0 && a.from.Day > daysIn(a.year, time.Month(a.from.Month)) || b.to.Day > 0 && b.to.Day > daysIn(year, time.Month(b.to.Month)) {
		c.code, c.lim = "DL-211", Limit{}
		return c, a, 1, true
	}
	start, end := l.By.From, l.By.To
	l.By = By{End: lastOf(year, end)}
	if !start.IsZero() {
		l.By.Start = firstOf(a.year, start)
	}
	if l.By.End.IsZero() || l.By.Start.After(l.By.End) {
		c.code, c.lim = "DL-211", Limit{}
		return c, a, 1, true
	}
	c.lim = l
	return c, a, 1, true
}

// months reads 1-2月.
func (p *parser) months(j int) (pt point, end int, ok bool) {
	n, e := p.num(j)
	d := p.dash(e)
	if e == j || d == e || n < 1 || n > 12 {
		return pt, j, false
	}
	m, f := p.num(d)
	k := p.after(f, "月")
	if f == d || k < 0 || m < 1 || m > 12 {
		return pt, j, false
	}
	pt.from, pt.to = MonthDay{n, 0}, MonthDay{m, 0}
	return pt, p.pass(k, "份"), true
}

// firstOf and lastOf are the first and the last day of a MonthDay in a year.
func firstOf(year int, m MonthDay) Date {
	switch {
	case m.Day == -1:
		return lastOf(year, m)
	case m.Day == 0:
		return NewDate(year, time.Month(m.Month), 1)
	}
	return clampDay(year, m)
}

func lastOf(year int, m MonthDay) Date {
	if m.Day <= 0 {
		if m.Month < 1 || m.Month > 12 {
			return Date{}
		}
		return NewDate(year, time.Month(m.Month), daysIn(year, time.Month(m.Month)))
	}
	return clampDay(year, m)
}

// clampDay gives 28 February for the 29th of a common year (民法典 202: 没有对应日的,
// 月末日为期间的最后一日).
func clampDay(year int, m MonthDay) Date {
	if m.Month < 1 || m.Month > 12 || m.Day < 1 {
		return Date{}
	}
	return NewDate(year, time.Month(m.Month), min(m.Day, daysIn(year, time.Month(m.Month))))
}
