package deadline

import "strings"

// every handles 每…, 按月…, 逐年….
func (p *parser) every(t token) bool {
	text := p.s[t.start:t.end]
	l := Limit{Kind: LimitPeriodic, N: 1, Severity: p.severity()}
	end := t.end
	if !strings.HasPrefix(text, "每") {
		switch text {
		case "按年", "逐年", "按学年":
			l.Unit = UnitYear
		case "按月", "逐月", "各月":
			l.Unit = UnitMonth
		case "按季", "逐季", "逐季度", "各季度":
			l.Unit = UnitQuarter
		case "按周", "逐周":
			l.Unit = UnitWeek
		case "按日", "按天", "逐日":
			l.Unit = UnitDay
		case "按半年":
			l.Unit = UnitHalfYear
		case "按学期":
			l.Unit = UnitTerm
		default: // 旬 has no unit of its own
			p.fail("DL-216", t.start, t.end, strong)
			return true
		}
		end = p.pass(end, "度")
	} else {
		j := p.pass(end, "隔")
		n, e := p.num(j)
		if e > j {
			if n < 1 || n > maxLimit {
				p.fail("DL-210", t.start, e, strong)
				return true
			}
			l.N = n
		}
		u, k := p.periodUnit(e)
		if u == UnitNone {
			if k = p.after(e, "个"); k >= 0 || p.after(e, "届", "任") >= 0 {
				if p.periodWord(e) {
					p.fail("DL-216", t.start, max(k, e), strong)
					return true
				}
			}
			return false
		}
		l.Unit, end = u, k
	}
	c := core{start: t.start, end: end, strength: strong, lim: l}
	p.where(&c)
	p.add(c)
	return true
}

// periodWord reports that 每个… names a period that is none of the calendar.
func (p *parser) periodWord(j int) bool {
	for _, w := range []string{"周期", "阶段", "届", "任期", "批次", "轮次", "开发周期"} {
		if k := strings.Index(p.s[j:], w); k >= 0 && k < 24 {
			return true
		}
	}
	return false
}

// periodUnit reads the unit of a period.
func (p *parser) periodUnit(j int) (Unit, int) {
	g := p.pass(j, "个", "一个", "1个")
	for _, x := range []struct {
		w string
		u Unit
	}{
		{"工作日", UnitWorkday}, {"交易日", UnitTradingDay}, {"小时", UnitHour}, {"分钟", UnitMinute}, {"自然月", UnitMonth}, {"自然年度", UnitYear}, {"自然年", UnitYear},
		{"会计年度", UnitYear}, {"财政年度", UnitYear}, {"半年度", UnitHalfYear}, {"半年", UnitHalfYear}, {"半个月", UnitHalfMonth}, {"半月", UnitHalfMonth},
		{"学期", UnitTerm}, {"学年度", UnitYear}, {"学年", UnitYear}, {"季度", UnitQuarter}, {"年度", UnitYear}, {"月度", UnitMonth}, {"星期", UnitWeek}, {"礼拜", UnitWeek},
	} {
		if p.has(g, x.w) {
			return x.u, g + len(x.w)
		}
	}
	switch {
	case p.has(g, "季") && !p.has(g, "季节"):
		return UnitQuarter, g + 3
	case p.has(g, "年") && !p.has(g, "年龄"):
		return UnitYear, g + 3
	case p.has(g, "月"):
		return UnitMonth, g + 3
	case p.has(g, "周") && !p.has(g, "周期"):
		return UnitWeek, g + 3
	case p.has(g, "日") && !p.has(g, "日历"), p.has(g, "天"):
		return UnitDay, g + 3
	}
	return UnitNone, j
}

// where reads behind a period where in it the limit falls.
func (p *parser) where(c *core) {
	j := p.filler(c.end)
	switch c.lim.Unit {
	case UnitYear:
		if c.lim.N != 1 {
			return
		}
		if p.after(j, "底", "末", "终", "年底", "年末") >= 0 && !p.has(j, "年底薪") {
			e := p.after(j, "年底", "年末", "底", "末", "终")
			c.lim.By.From, c.lim.By.To = MonthDay{12, -1}, MonthDay{12, -1}
			if k := p.after(e, "之前", "以前", "前"); k >= 0 {
				c.lim.By.From, e = MonthDay{}, k
			}
			c.lim.Kind, c.lim.N, c.end = LimitFixedDate, 0, e
			return
		}
		if e := p.after(j, "年初", "初"); e >= 0 {
			c.lim.By.Part, c.end = "early", e
			return
		}
		if e := p.after(j, "年中"); e >= 0 {
			c.lim.By.Part, c.end = "middle", e
			return
		}
		if d, _, _, ok := p.dateAt(j); ok && (d.code != "" || d.lim.Kind == LimitFixedDate) {
			d.start, d.strength = c.start, strong
			d.lim.Severity = c.lim.Severity
			*c = d
		}
	case UnitQuarter:
		p.inQuarter(c, j)
	case UnitMonth:
		p.inMonth(c, j, 0)
	case UnitWeek:
		p.inWeek(c, j)
	case UnitTerm, UnitHalfYear, UnitHalfMonth:
		p.part(c, j)
	}
	p.following(c)
}

// filler passes words that carry nothing between a period and its place.
func (p *parser) filler(j int) int {
	for {
		k := p.pass(j, "的", "应当于", "应当在", "应于", "应在", "应当", "应", "须于", "须在", "须", "于", "在", "要在", "要", "度", "最迟于", "最迟在", "最迟", "最晚")
		if k == j {
			return j
		}
		j = k
	}
}

func (p *parser) part(c *core, j int) {
	if e := p.after(j, "初", "开始", "开学初", "末", "底", "中"); e >= 0 {
		c.lim.By.Part, c.end = map[string]string{"末": "late", "底": "late", "中": "middle"}[p.s[j:e]], e
		if c.lim.By.Part == "" {
			c.lim.By.Part = "early"
		}
		if k := p.after(e, "前", "之前"); k >= 0 {
			c.lim.By.Upto, c.end = true, k
		}
	}
}

// upto passes 前 and reports it.
func (p *parser) upto(j int) (int, bool) {
	if k := p.after(p.pass(j, "的"), "之前", "以前", "前"); k >= 0 && p.after(j, "前款", "前后", "前期") < 0 {
		return k, true
	}
	return j, false
}

func (p *parser) inQuarter(c *core, j int) {
	by := &c.lim.By
	month, e := 0, j
	switch {
	case p.after(j, "首个月", "首月", "第一个月", "第1个月", "第一月", "头一个月", "第1月") >= 0:
		month, e = 1, p.after(j, "首个月", "首月", "第一个月", "第1个月", "第一月", "头一个月", "第1月")
	case p.after(j, "第二个月", "第2个月", "中间月") >= 0:
		month, e = 2, p.after(j, "第二个月", "第2个月", "中间月")
	case p.after(j, "末月", "第三个月", "第3个月", "最后一个月", "最后1个月") >= 0:
		month, e = 3, p.after(j, "末月", "第三个月", "第3个月", "最后一个月", "最后1个月")
	case p.after(j, "末", "底") >= 0 && !p.has(j, "末的次月") && !p.has(j, "末次月"):
		e = p.after(j, "末", "底")
		by.From, by.To = MonthDay{3, -1}, MonthDay{3, -1}
		if k, up := p.upto(e); up {
			by.From, e = MonthDay{}, k
		} else if p.has(e, "后") {
			*by = By{}
			return // 季末后15日内 is read by following
		}
		c.end = e
		return
	case p.has(j, "初"):
		by.Part, c.end = "early", j+3
		return
	case p.after(j, "第一周", "首周") >= 0:
		by.Week, c.end = 1, p.after(j, "第一周", "首周")
		c.end, by.Upto = p.upto(c.end)
		return
	case p.after(j, "最后一周") >= 0:
		by.Week, c.end = -1, p.after(j, "最后一周")
		return
	default:
		p.inMonth(c, j, -1)
		return
	}
	c.end = e
	by.From, by.To = MonthDay{month, 0}, MonthDay{month, 0}
	p.inMonth(c, p.filler(e), month)
}

// inMonth reads a day of a month. month is its number in a longer period, 0 when
// the period is the month itself, -1 when only what counts from the edge of the
// period is meant (前5个工作日).
func (p *parser) inMonth(c *core, j, month int) {
	by := &c.lim.By
	set := func(from, to MonthDay, e int) {
		by.From, by.To = from, to
		if k, up := p.upto(e); up {
			by.From, e = MonthDay{}, k
		}
		c.end = e
	}
	if k := p.after(j, "前", "头"); k >= 0 {
		if n, e := p.num(k); e > k {
			if u, f, end := p.unitAt(e); u == UnitWorkday {
				by.Workday, by.Upto, c.end = n, true, p.pass(end, "之内", "以内", "内")
			} else if u == UnitDay && f == 1 && month >= 0 && n >= 1 && n <= 31 {
				by.From, by.To = MonthDay{month, 1}, MonthDay{month, n}
				c.end = p.pass(end, "之内", "以内", "内")
			}
		}
		return
	}
	if k := p.after(j, "第", "首"); k >= 0 {
		n, e := p.num(k)
		if p.has(j, "首") {
			n, e = 1, p.pass(k, "个")
			e = p.pass(e, "个")
		}
		if f := p.after(e, "个工作日", "工作日"); f >= 0 && n > 0 {
			by.Workday = n
			c.end, by.Upto = p.upto(f)
			if !by.Upto {
				if g := p.after(f, "之内", "以内", "内"); g >= 0 {
					c.end, by.Upto = g, true
				}
			}
			return
		}
		if f := p.after(e, "个星期", "星期", "周"); f >= 0 && n > 0 && n <= 5 {
			by.Week, c.end = n, f
			if d, g, ok := p.weekday(f, true); ok {
				by.Weekday, c.end = d, g
			}
			c.end, by.Upto = p.upto(c.end)
		}
		return
	}
	if k := p.after(j, "倒数第"); k >= 0 {
		n, e := p.num(k)
		if f := p.after(e, "个工作日", "工作日"); f >= 0 && n > 0 && n <= 20 {
			by.Workday = -n
			c.end, by.Upto = p.upto(f)
		} else {
			c.code, c.lim, c.end = "DL-208", Limit{}, max(e, k)
		}
		return
	}
	if k := p.after(j, "最后一个工作日", "最后1个工作日"); k >= 0 {
		by.Workday = -1
		c.end, by.Upto = p.upto(k)
		return
	}
	if month < 0 {
		return
	}
	if k := p.after(j, "最后一周"); k >= 0 {
		by.Week, c.end = -1, k
		return
	}
	if k := p.after(j, "最后一日", "最后一天", "最后1日"); k >= 0 {
		set(MonthDay{month, -1}, MonthDay{month, -1}, k)
		return
	}
	j = p.pass(j, "月")
	switch {
	case p.after(j, "底", "末") >= 0:
		set(MonthDay{month, -1}, MonthDay{month, -1}, j+3)
		return
	case p.has(j, "初"):
		by.Part, c.end = "early", j+3
		return
	case p.has(j, "中") && !p.has(j, "中旬"):
		return
	case p.after(j, "上旬", "中旬", "下旬") >= 0:
		pt, e, _ := p.dayOf(point{}, 1, j)
		from, to := pt.from.Day, pt.to.Day
		by.From, by.To, c.end = MonthDay{month, from}, MonthDay{month, to}, e
		if k, up := p.upto(e); up {
			by.From, c.end = MonthDay{}, k
		}
		return
	}
	n, e := p.num(j)
	if e == j {
		return
	}
	f := p.after(e, "日", "号")
	d := e
	if f >= 0 {
		d = f
	}
	if g := p.dash(d); g > d {
		if k := p.after(g, "月底", "月末", "底"); k >= 0 && f >= 0 && n >= 1 && n <= 31 {
			by.From, by.To, c.end = MonthDay{month, n}, MonthDay{month, -1}, k
			return
		}
		if m, e2 := p.num(g); e2 > g {
			if f2 := p.after(e2, "日", "号"); f2 >= 0 {
				if n < 1 || m > 31 || m < n {
					c.code, c.lim, c.end = "DL-211", Limit{}, f2
					return
				}
				by.From, by.To, c.end = MonthDay{month, n}, MonthDay{month, m}, p.pass(f2, "期间", "之间", "间", "内")
				return
			}
		}
	}
	if f < 0 {
		return
	}
	if n < 1 || n > 31 {
		c.code, c.lim, c.end = "DL-211", Limit{}, f
		return
	}
	if p.after(f, "内", "以内", "之内") >= 0 { // 每月10日内: the first ten days
		by.To = MonthDay{month, n}
		c.end = p.after(f, "之内", "以内", "内")
		return
	}
	days := [4]MonthDay{{month, n}}
	k := 1
	for k < 4 { // 5日、20日
		g := p.pass(f, "、", "和", "及", "与")
		if g == f {
			break
		}
		m, e2 := p.num(g)
		f2 := -1
		if e2 > g {
			f2 = p.after(e2, "日", "号")
		}
		if f2 < 0 || m < 1 || m > 31 {
			break
		}
		days[k] = MonthDay{month, m}
		k, f = k+1, f2
	}
	copy(by.Also[:], days[1:])
	set(days[0], days[0], f)
	if p.seen(wLatest) {
		by.From = MonthDay{}
	}
}

// weekday reads 周三, 星期三, or, when bare, 三 alone.
func (p *parser) weekday(j int, prefixed bool) (day, end int, ok bool) {
	k := j
	if prefixed {
		if k = p.after(j, "周", "星期", "礼拜", "的周", "的星期"); k < 0 {
			return 0, j, false
		}
	}
	for d, w := range []string{"一", "二", "三", "四", "五", "六", "日"} {
		if p.has(k, w) && p.after(k+3, "次", "期", "更", "周", "个") < 0 {
			return d + 1, k + 3, true
		}
	}
	if p.has(k, "天") {
		return 7, k + 3, true
	}
	return 0, j, false
}

func (p *parser) inWeek(c *core, j int) {
	if c.lim.N != 1 {
		return
	}
	d, e, ok := p.weekday(c.end, false)
	if !ok {
		d, e, ok = p.weekday(j, true)
	}
	if !ok {
		if k := p.after(j, "末", "内"); k >= 0 {
			c.end = k
		} else if k := p.after(j, "最后一个工作日"); k >= 0 {
			c.lim.By.Workday = -1
			c.end, c.lim.By.Upto = p.upto(k)
		} else if k := p.after(j, "第一个工作日", "首个工作日"); k >= 0 {
			c.lim.By.Workday = 1
			c.end, c.lim.By.Upto = p.upto(k)
		}
		return
	}
	if k := p.dash(e); k > e || p.has(e, "、") {
		c.code, c.lim, c.end = "DL-208", Limit{}, max(k, e) // 每周一至周五
		return
	}
	c.lim.By.Weekday = d
	c.end, c.lim.By.Upto = p.upto(e)
}

// following reads what counts from the end of a period: 每季度结束后15日内, 每月…次月10日前.
func (p *parser) following(c *core) {
	if c.code != "" || c.lim.Kind != LimitPeriodic || !c.lim.By.IsZero() {
		return
	}
	j := c.end
	k := p.after(j, "结束后的", "结束后", "终了后的", "终了后", "末后", "后的", "后", "终了之日起", "结束之日起", "终结后", "期满后", "届满后", "末的次月", "末次月", "结束次月", "结束后次月", "终了后次月")
	if k >= 0 && !strings.HasSuffix(p.s[:k], "次月") {
		if p.has(j, "后续") {
			return
		}
		k = p.pass(k, "的", ",", "第")
		if e := p.after(k, "次月"); e >= 0 {
			p.nextMonth(c, e)
			return
		}
		n, e := p.num(k)
		if e == k {
			return
		}
		u, f, end := p.unitAt(e)
		w := p.after(end, "之内", "以内", "内")
		switch {
		case w < 0:
			return
		case u == UnitWorkday:
			c.lim.By.Workday, c.lim.By.Upto, c.lim.By.Next, c.end = n, true, true, w
		case u == UnitDay && n*f >= 1 && n*f <= 31:
			c.lim.By.To, c.lim.By.Next, c.end = MonthDay{0, n * f}, true, w
		case u == UnitMonth && n >= 1 && n <= 6:
			c.lim.By.To, c.lim.By.Next, c.end = MonthDay{n, -1}, true, w
		}
		return
	}
	if k >= 0 {
		p.nextMonth(c, k)
		return
	}
	k = p.pass(j, "的", "于", "应于", "应当于", ",", "应在", "在")
	if e := p.after(k, "次月", "下月", "下个月", "翌月", "下一个月", "下季度首月", "下季度第一个月", "下一季度首月", "下一季度第一个月", "次季度首月", "下季首月", "次季首月"); e >= 0 {
		p.nextMonth(c, e)
	}
}

func (p *parser) nextMonth(c *core, e int) {
	save := *c
	c.lim.By.Next = true
	m := 0
	if c.lim.Unit == UnitQuarter || c.lim.Unit == UnitHalfYear || c.lim.Unit == UnitYear {
		m = 1
	}
	end := c.end
	p.inMonth(c, p.filler(e), m)
	if c.code == "" && c.end == end {
		if c.lim.By.Workday == 0 && c.lim.By.Week == 0 {
			*c = save
		}
	}
}
