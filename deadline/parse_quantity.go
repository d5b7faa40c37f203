package deadline

import (
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// has reports that the folded text goes on with lit at byte j.
func (p *parser) has(j int, lit string) bool { return strings.HasPrefix(p.s[j:], lit) }

// after is the end of the first of the words that stands at j, or -1.
func (p *parser) after(j int, lits ...string) int {
	t := p.s[j:]
	for _, l := range lits {
		if n := len(l); n <= len(t) && t[n-1] == l[n-1] && t[:n] == l { // the last byte tells most apart
			return j + n
		}
	}
	return -1
}

// pass is j, or the end of the first of the words that stands at j.
func (p *parser) pass(j int, lits ...string) int {
	if k := p.after(j, lits...); k >= 0 {
		return k
	}
	return j
}

// num reads a number at j; end = j when there is none.
func (p *parser) num(j int) (n, end int) {
	v, size := hanzi.ReadNumber(p.s[j:])
	return int(min(v, maxLimit+1)), j + size
}

// unitAt reads the unit of a duration at j, with the factor by which its number
// is to be multiplied (a week is seven days).
func (p *parser) unitAt(j int) (u Unit, factor, end int) {
	g := p.pass(p.pass(j, " "), "个", "箇", "個")
	counted := g > j
	g = p.pass(g, "法定", "完整")
	r, _ := utf8.DecodeRuneInString(p.s[g:])
	switch r {
	case '工':
		if e := p.after(g, "工作日", "工作天", "工作曰"); e >= 0 {
			return UnitWorkday, 1, e
		}
	case '交':
		if e := p.after(g, "交易日"); e >= 0 {
			return UnitTradingDay, 1, e
		}
	case '自', '日', '天', '公':
		if e := p.after(g, "自然日", "自然天", "日历日", "日历天"); e >= 0 {
			return UnitDay, 1, e
		}
		if e := p.after(g, "日常", "日期", "日报", "天然", "天气", "日均", "日程"); e >= 0 {
			return UnitNone, 0, j
		}
		if e := p.after(g, "日", "天"); e >= 0 && !counted {
			if k := p.after(e, "(工作日)", "(工作日,", "(指工作日)", "(均为工作日)", "(均指工作日)"); k >= 0 {
				return UnitWorkday, 1, k
			}
			return UnitDay, 1, p.pass(e, "(自然日)", "(日历日)", "(含节假日)")
		}
	case '小', '钟':
		if e := p.after(g, "小时", "钟头"); e >= 0 {
			return UnitHour, 1, e
		}
	case '分':
		if e := p.after(g, "分钟"); e >= 0 {
			return UnitMinute, 1, e
		}
	case '月':
		if counted {
			return UnitMonth, 1, g + len("月")
		}
	case '季':
		if e := p.after(g, "季度"); e >= 0 {
			return UnitQuarter, 1, e
		}
	case '学':
		if e := p.after(g, "学期"); e >= 0 {
			return UnitTerm, 1, e
		}
		if e := p.after(g, "学年"); e >= 0 {
			return UnitYear, 1, e
		}
	case '年':
		if !counted && !p.has(g, "年龄") && !p.has(g, "年级") {
			return UnitYear, 1, p.pass(g, "年度", "年")
		}
	case '周':
		if !p.has(g, "周边") && !p.has(g, "周期") && !p.has(g, "周岁") && !p.has(g, "周转") {
			if e := p.after(g, "周年"); e >= 0 {
				return UnitYear, 1, e
			}
			return UnitDay, 7, g + len("周")
		}
	case '星', '礼':
		if e := p.after(g, "星期", "礼拜"); e >= 0 {
			return UnitDay, 7, e
		}
	}
	return UnitNone, 0, j
}

// halfUnit reads the unit behind 半.
func (p *parser) halfUnit(j int) (Unit, int) {
	switch {
	case p.has(j, "年度"):
		return UnitHalfYear, j + len("年度")
	case p.has(j, "年"):
		return UnitHalfYear, j + len("年")
	case p.has(j, "个月"):
		return UnitHalfMonth, j + len("个月")
	case p.has(j, "月"):
		return UnitHalfMonth, j + len("月")
	}
	return UnitNone, j
}

// number handles a number: a date, a duration, how many times, or nothing.
func (p *parser) number(t token) bool {
	if t.start == p.segStart && t.end < len(p.s) { // 1. 2、 一、
		k := p.pass(t.end, ".", "、", ")")
		if k > t.end && (k == len(p.s) || p.s[k] < '0' || p.s[k] > '9' || p.s[k-1] != '.') && !p.followedByUnit(k) {
			p.item(k)
			p.skipTo(k)
			p.ctx = p.i
			return true
		}
	}
	if p.times(t) {
		return true
	}
	if t.end+1 < len(p.s) && p.s[t.end] == '.' && isDigit(p.s[t.end+1]) {
		if _, e := p.num(t.end + 1); p.followedByUnit(e) {
			p.fail("DL-212", t.start, e, strong)
			return true
		}
	}
	if t.start > 0 && p.s[t.start-1] == '.' || strings.HasSuffix(p.s[:t.start], "第") && p.ordinal(t) {
		return false
	}
	if p.date(t) {
		return true
	}
	return p.quantity(t, t.n, t.end)
}

// ordinal reports that the number counts articles, not time: 第五项.
func (p *parser) ordinal(t token) bool {
	u, _, _ := p.unitAt(t.end)
	return u != UnitWorkday && !p.has(t.end, "季度")
}

// times handles 至少1次, 公布一次.
func (p *parser) times(t token) bool {
	e := p.after(t.end, "次", "期", "轮")
	if e < 0 || p.has(t.end, "次性") || p.has(t.end, "期工程") {
		return false
	}
	c := p.last()
	if c == nil || c.code != "" && !c.bare || !(c.bare || c.lim.Kind == LimitPeriodic) || c.lim.MinTimes > 0 {
		return false
	}
	if c.bare {
		if c.lim.N < 1 {
			return false
		}
		if c.lim.Unit == UnitWorkday || c.lim.Unit == UnitMinute {
			return false
		}
		if c.lim.Unit == UnitDay && c.lim.N%7 == 0 && c.lim.N > 0 {
			c.lim.N, c.lim.Unit = c.lim.N/7, UnitWeek
		}
		c.lim = Limit{Kind: LimitPeriodic, N: c.lim.N, Unit: c.lim.Unit}
		c.bare, c.code = false, ""
	}
	if t.n > maxLimit {
		return false
	}
	if p.seen(wAtLeast) || t.n > 1 {
		c.lim.MinTimes = t.n
	}
	c.end = e
	p.skipTo(e)
	p.ctx, p.ctxStart, p.mask = p.i, e, 0
	return true
}

// quantity handles a duration. For 半 the token is the character and end is 0.
func (p *parser) quantity(t token, n, end int) bool {
	least := n
	var u Unit
	factor := 1
	if end == 0 {
		u, end = p.halfUnit(t.end)
		if u == UnitNone {
			return false
		}
		if k := t.start; k > 0 && p.i > 0 && p.toks[p.i-1].w == wNumber && p.toks[p.i-1].end == k {
			p.fail("DL-205", p.toks[p.i-1].start, end, strong) // 一个半月
			return true
		}
	} else {
		end = p.pass(end, "]", "】", "〕", ")")
		if d := p.dash(end); d > end {
			if m, e := p.num(d); e > d {
				if k, _, _ := p.unitAt(e); k != UnitNone {
					n, end = m, e
				}
			}
		}
		u, factor, end = p.unitAt(end)
		if u == UnitNone {
			return p.unitless(t)
		}
		if n == least {
			if d := p.dash(end); d > end {
				if m, e := p.num(d); e > d {
					if k, _, ke := p.unitAt(e); k == u {
						n, end = m, ke
					}
				}
			}
		}
	}
	start := t.start
	if u == UnitYear && n >= 1900 && n <= 2200 {
		return false // 2018年
	}
	switch {
	case n > maxLimit/factor || least > maxLimit:
		p.fail("DL-210", start, end, strong)
		return true
	case n < least:
		p.fail("DL-215", start, end, strong)
		return true
	case hanzi.Approximate(p.s[start:]), p.after(end, "左右", "上下", "多", "余", "半", "许") >= 0, start >= 3 && p.roughBefore(start),
		p.has(t.end, ".") && t.end < end:
		p.fail("DL-212", start, end, strong)
		return true
	}
	p.decide(quantity{t.start, end, least * factor, n * factor, u})
	return true
}

func (p *parser) roughBefore(j int) bool {
	for _, w := range []string{"约", "大概", "大致", "近"} {
		if strings.HasSuffix(p.s[:j], w) {
			return true
		}
	}
	return false
}

// dash is the end of a mark or word for "to" at j, j if there is none.
func (p *parser) dash(j int) int {
	for k := j; ; {
		r, n := utf8.DecodeRuneInString(p.s[k:])
		switch r {
		case '至', '到':
			if k == j {
				return k + n
			}
			return k
		case '-', '~', '—', '–', '―', '−', '∼', '〜', '‐':
			k += n
		default:
			return k
		}
	}
}

// unitless handles a number without a unit. 「批准后20内」 can only be the 20 days of
// the budget law; elsewhere a missing unit is an error.
func (p *parser) unitless(t token) bool {
	e := p.after(t.end, "内", "以内", "之内")
	if e < 0 || p.after(e, "容", "部", "控", "设", "外") >= 0 {
		if e = p.after(t.end, "个工作内", "个作日", "工作内", "个工日", "个内"); e >= 0 {
			p.fail("DL-209", t.start, e, strong)
			return true
		}
		return false
	}
	if from := p.event(p.i); from != "" && (strings.HasSuffix(from, "批准") || strings.HasSuffix(from, "批复")) {
		p.add(core{lim: Limit{Kind: LimitWithin, N: t.n, Unit: UnitDay, From: from}, start: t.start, end: e, strength: strong})
		return true
	}
	p.fail("DL-209", t.start, e, strong)
	return true
}

type quantity struct {
	start, end int
	n, max     int
	unit       Unit
}

// decide says what a duration is, from the words around it.
func (p *parser) decide(q quantity) {
	mask := p.mask | p.carry
	seen := func(ws ...word) bool {
		for _, w := range ws {
			if mask&bit(w) != 0 {
				return true
			}
		}
		return false
	}
	e := q.end
	e = p.pass(e, "(含)", "(含本日)", "(含当日)")
	e = p.pass(e, "的时间", "的期限", "的工作时间", "期限", "时间", "的")
	within := p.after(e, "之内", "以内", "内", "里", "范围内")
	if within >= 0 && p.after(e, "内容", "内部", "内外", "内控") >= 0 && !p.has(e, "内部公") {
		within = -1
	}
	c := core{start: q.start, end: q.end, strength: strong, display: seen(wDisplay, wNotice, wOpenTime)}
	l := Limit{N: q.n, Unit: q.unit, Severity: p.severity(), From: p.event(p.i)}
	if q.max != q.n {
		l.Max = q.max
	}
	hours := q.unit == UnitHour
	kind := func(k LimitKind) {
		l.Kind = k
		if hours && (k == LimitWithin || k == LimitBefore) {
			l.Kind, l.Backward = LimitHours, k == LimitBefore
		}
	}
	top := func() { // a range that only has a top: the most is what counts
		if l.Max > 0 {
			l.Kind = LimitBetween
		}
	}
	finish := func(end int) {
		c.end = max(end, q.end)
		c.caps = seen(wLatest, wAtMost) && l.Kind == LimitWithin
		if c.caps && l.From == "" && l.Role == RoleNone && !c.extends {
			l.From = p.lastEvent
		}
		if k := p.last(); k != nil && k.code == "" && k.lim.Kind == LimitPeriodic && k.lim.Unit == UnitYear && k.lim.N == 1 && k.lim.By.IsZero() && k.lim.MinTimes == 0 &&
			(l.Kind == LimitWithin || l.Kind == LimitBefore) && l.From != "" {
			p.cores = p.cores[:len(p.cores)-1] // 每年预算批复后20日内
		}
		if l.From == "" && (l.Kind == LimitBefore || l.Backward) {
			l.From = theEvent
		}
		c.lim = l
		if l.Kind == LimitPeriodic && l.N < 1 {
			c.lim, c.code = Limit{}, "DL-210"
		}
		p.add(c)
	}
	over := p.wordBefore(q.start, wOver)
	switch {
	case within >= 0 && p.after(within, "不得", "禁止") >= 0:
		p.fail("DL-208", q.start, within, weak) // 3年内不得担任
		p.skipTo(q.end)
	case over && !seen(wAtMost):
		p.fail("DL-208", q.start, q.end, weak) // 超过20日未答复的 sets no limit
		p.skipTo(q.end)
		return
	case p.after(e, "之前", "以前", "前") >= 0 && p.after(e, "前款", "前期", "前后", "前述") < 0:
		end := p.after(e, "之前", "以前", "前")
		if k := p.after(end, "的"); k >= 0 {
			end = k
		}
		if q.unit == UnitYear || l.Max > 0 {
			p.fail("DL-205", q.start, end, strong)
			return
		}
		l.From = p.eventBefore(q.start)
		if l.From == "" && q.unit == UnitDay && q.n <= 31 && !seen(wAhead, wAtLeast, wAtMost, wLatest) {
			p.fail("DL-205", q.start, end, strong) // 10日前: of the month, or ahead?
			return
		}
		if l.From == "" {
			l.From = theEvent
		}
		kind(LimitBefore)
		finish(end)
	case p.mask&bit(wAhead) != 0:
		if within >= 0 || l.Max > 0 {
			p.fail("DL-205", q.start, max(within, q.end), strong)
			return
		}
		l.From = p.eventAhead()
		kind(LimitBefore)
		finish(q.end)
	case p.mask&bit(wBefore) != 0 && p.leadsBefore(q.start):
		if within >= 0 || l.Max > 0 {
			p.fail("DL-205", q.start, max(within, q.end), strong) // 届满前30日内: a window before an event
			return
		}
		l.From = p.eventLead()
		kind(LimitBefore)
		finish(q.end)
	case p.mask&bit(wExtend) != 0:
		if q.unit == UnitHour {
			kind(LimitWithin)
		} else {
			l.Kind = LimitWithin
		}
		if strings.HasSuffix(l.From, "延长") || strings.HasSuffix(l.From, "延期") {
			l.From = ""
		}
		c.extends = true
		c.total = p.tokenText(wExtend, "至") || strings.HasSuffix(p.s[:q.start], "延长到") || strings.HasSuffix(p.s[:q.start], "延长至")
		top()
		finish(within)
	case p.wordBefore(q.start, wEarly), p.mask&bit(wEarly) != 0:
		p.fail("DL-208", q.start, q.end, weak)
		p.skipTo(q.end)
	case seen(wAtLeast) && within < 0:
		if seen(wDisplay, wOpenTime) && p.mask&bit(wStart) == 0 && p.pending == "" {
			l.From = "" // 批准后公告时间不得少于30日: after it, but counted from the notice
		}
		l.Kind = LimitAtLeast
		top()
		finish(q.end)
	case p.after(e, "之后", "以后", "后") >= 0 && p.after(e, "后续", "后期") < 0:
		l.Kind = LimitAtLeast
		top()
		finish(p.after(e, "之后", "以后", "后"))
	case p.after(e, "以上", "及以上", "或以上", "或者以上") >= 0:
		l.Kind = LimitAtLeast
		top()
		finish(p.after(e, "以上", "及以上", "或以上", "或者以上"))
	case within >= 0:
		switch {
		case seen(wLatest, wAtMost) && l.From == "" && q.unit != UnitWorkday && q.unit != UnitDay && !hours && p.updatesAfter(within):
			l.Kind, c.update = LimitPeriodic, true // 最迟1年内必须有更新
		case seen(wRetain) && seen(wAtMost, wStops):
			l.Kind, l.Role = LimitWithin, RoleRetentionMax
		case p.mask&bit(wDisplay) != 0 && l.From == "":
			l.Kind, l.Max, l.N, l.Role = LimitBetween, q.max, 0, RoleDisplayMax
		default:
			kind(LimitWithin)
			top()
		}
		finish(p.pass(within, "内"))
	case seen(wLatest):
		kind(LimitWithin)
		top()
		finish(q.end)
	case seen(wAtMost) || p.after(e, "以下", "为限") >= 0:
		switch {
		case seen(wCycle, wPeriodic) || p.sentenceHas("DL-206") || p.updatesAfter(q.end):
			l.Kind, c.update = LimitPeriodic, true
			l.From = ""
			p.weeks(&l)
		case seen(wRetain):
			l.Kind, l.Role = LimitWithin, RoleRetentionMax
			if l.From == "" {
				l.From = "公开"
			}
		case seen(wDisplay, wOpenTime, wNotice) && !seen(wTime):
			l.Kind, l.Max, l.N, l.Role = LimitBetween, q.max, 0, RoleDisplayMax
		default:
			kind(LimitWithin)
		}
		top()
		finish(max(q.end, p.after(e, "以下", "为限")))
	case seen(wFull) && p.wordBefore(q.start, wFull), p.after(e, "期满", "届满", "到期") >= 0:
		l.From = strings.TrimSuffix(strings.TrimSuffix(l.From, "满"), "届")
		if p.stopsAfter(q.end) {
			l.Kind, l.Role = LimitWithin, RoleRetentionMax
		} else {
			l.Kind = LimitAtLeast
		}
		finish(q.end)
	case p.stopsAfter(q.end) && l.From != "":
		l.Kind, l.Role = LimitWithin, RoleRetentionMax
		finish(q.end)
	case seen(wCycle):
		l.Kind, c.update = LimitPeriodic, true
		p.weeks(&l)
		l.From = ""
		finish(q.end)
	case seen(wDisplay) && !seen(wTime):
		l.Kind, l.Max = LimitBetween, q.max
		finish(q.end)
	case p.wordBefore(q.start, wNotice):
		l.From = ""
		l.Kind = LimitAtLeast // 公示7个工作日
		top()
		finish(q.end)
	case seen(wTime), p.startsBefore() && (q.unit == UnitWorkday || q.unit == UnitDay || hours):
		kind(LimitWithin)
		top()
		finish(q.end)
	case q.max != q.n:
		if q.unit != UnitWorkday {
			p.fail("DL-205", q.start, q.end, strong)
			return
		}
		l.Kind = LimitBetween
		finish(q.end)
	case q.unit == UnitWorkday && !p.everydayWord(q):
		l.Kind = LimitWithin
		finish(q.end)
	default:
		l = Limit{Kind: LimitWithin, N: q.n, Unit: q.unit}
		c.bare = true
		finish(q.end)
	}
}

// weeks writes the days of whole weeks as weeks again, for what is periodic.
func (p *parser) weeks(l *Limit) {
	if l.Unit == UnitDay && l.N > 0 && l.N%7 == 0 && strings.Contains(p.s[p.ctxStart:], "周") {
		l.N, l.Unit = l.N/7, UnitWeek
	}
}

// everydayWord reports that the working days are no limit: 工作日 as office hours.
func (p *parser) everydayWord(q quantity) bool {
	return p.has(q.end, "上班") || p.has(q.end, "值班")
}

func (p *parser) severity() Severity {
	switch {
	case p.seen(wPrinciple):
		return SeverityInPrinciple
	case p.seen(wOrdinarily):
		return SeverityOrdinarily
	}
	return SeverityStrict
}

// wordBefore reports that the number follows the word directly.
func (p *parser) wordBefore(start int, w word) bool {
	return p.i > p.ctx && p.toks[p.i-1].w == w && start-p.toks[p.i-1].end <= len("了") && p.toks[p.i-1].end <= start
}

func (p *parser) tokenText(w word, suffix string) bool {
	for k := p.i - 1; k >= p.ctx; k-- {
		if t := p.toks[k]; t.w == w {
			return strings.HasSuffix(p.s[t.start:t.end], suffix)
		}
	}
	return false
}

func (p *parser) sentenceHas(code string) bool {
	for k := len(p.cores) - 1; k >= 0 && p.cores[k].sent == p.sent; k-- {
		if p.cores[k].code == code {
			return true
		}
	}
	return false
}

// ahead looks for a word in the rest of the clause, or of the sentence.
func (p *parser) ahead(from int, sentence bool, w word) bool {
	for k := p.i; k < len(p.toks); k++ {
		t := p.toks[k]
		if t.start < from {
			continue
		}
		if t.w == wSemi || t.w == wComma && !sentence {
			return false
		}
		if t.w == w {
			return true
		}
	}
	return false
}

func (p *parser) updatesAfter(from int) bool { return p.ahead(from, false, wUpdate) }
func (p *parser) stopsAfter(from int) bool   { return p.ahead(from, true, wStops) }
