package deadline

import (
	"strings"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

const (
	maxLimit  = 100_000 // the largest number a limit may have
	maxPhrase = 4096    // bytes of the longest phrase that is read
)

// ParseLimit reads a time limit as offices write it: 「自信息形成或者变更之日起20个
// 工作日内」, 「每季度首月20日前」, 「公示期不少于5个工作日」. Width, script, the pinyin
// notes of converters, stray blanks and Chinese numerals do not matter.
//
// What is not understood is an error that wraps ErrLimit, with its code and its
// offset in s (*LimitError); several come joined. When only a clause of several
// is not understood, both the Limit of the rest and the error are returned. A
// phrase is never guessed at: 「1年」 alone is an error.
func ParseLimit(s string) (Limit, error) {
	if len(s) > maxPhrase {
		return Limit{}, &LimitError{Code: "DL-214", Offset: maxPhrase, Text: clip(s)}
	}
	var p parser
	p.f = hanzi.Fold(s, hanzi.Everything)
	p.s = p.f.Text
	p.toks = lex(p.s, p.tokBuf[:0])
	p.cores = p.coreBuf[:0]
	p.run()
	return p.assemble()
}

// MustParseLimit is ParseLimit for constants; it panics on an error.
func MustParseLimit(s string) Limit {
	l, err := ParseLimit(s)
	if err != nil {
		panic(err)
	}
	return l
}

// strength says which of several finds in one clause gives way.
type strength uint8

const (
	weak   strength = iota // gives way to a number in its clause: 及时 in 「20日内及时公开」
	middle                 // stands beside another without a number: 长期公开
	strong                 // a number, a period or a date
)

// core is one find: a limit, or an error in its place.
type core struct {
	lim        Limit
	code       string // of an error
	start, end int    // bytes of the folded text
	seg, sent  int    // clause between commas, sentence between semicolons
	strength   strength
	bracket    bool
	display    bool // its subject is a time on display
	update     bool // an interval between updates
	bare       bool // a duration without 内, 每, …: what it is shows later
	extends    bool // an extension on top of the limit before
	total      bool // 延长至: the number is the whole
	drop       bool
	caps       bool // 最迟, 不超过: the top of what stands before
	segStart   int  // byte where its clause begins
	acts       bool // 及时 stands with a verb of disclosure
	own        bool // a clause of its own, though weak: 或按…规定
}

type parser struct {
	s     string
	f     hanzi.Folded
	toks  []token
	i     int // token at hand
	cores []core

	seg, sent int
	segStart  int // byte where the clause begins
	segCores  int // cores before the clause
	ctx       int // token where the context of the next number begins
	ctxStart  int // its byte
	mask      uint64
	bracket   bool
	carry     uint64 // words of the clause before, when it only names the event
	lastEvent string // event of 及时 in the clause before: 形成后及时公开
	pending   string // event named by the clause before
	partial   bool

	tokBuf  [20]token
	coreBuf [2]core
}

func bit(w word) uint64 { return 1 << w }

func (p *parser) seen(ws ...word) bool {
	for _, w := range ws {
		if p.mask&bit(w) != 0 {
			return true
		}
	}
	return false
}

// run reads the tokens from left to right.
func (p *parser) run() {
	for p.i < len(p.toks) {
		t := p.toks[p.i]
		switch t.w {
		case wComma:
			p.endClause(t.start, t.end)
		case wSemi:
			p.endClause(t.start, t.end)
			p.sent++
			p.pending, p.carry = "", 0
		case wOpen:
			if !p.open() {
				continue
			}
		case wClose:
			if p.bracket {
				p.endClause(t.start, t.end)
				p.bracket = false
			}
		case wNumber:
			if p.number(t) {
				continue
			}
			p.mask |= bit(t.w)
		case wHalf:
			if p.quantity(t, 1, 0) {
				continue
			}
		case wEvery:
			if p.every(t) {
				continue
			}
		case wNext, wThis, wSameDay, wNextDay:
			if p.relative(t) {
				continue
			}
			p.mask |= bit(t.w)
		case wYearPart:
			if k := p.last(); (t.start == p.segStart || k != nil && k.end == t.start || p.i > p.ctx && p.toks[p.i-1].w == wAt && p.toks[p.i-1].end == t.start ||
				p.has(t.end, "前")) && p.date(t) {
				continue
			}
		case wSole:
			if p.sole(t) {
				continue
			}
		case wReal, wDynamic, wPermanent, wStage, wPhase, wSync, wElse, wLawful, wPeriodic, wTerm, wDitto, wTimed, wPartial:
			p.plain(t)
			p.mask |= bit(t.w)
		case wExcluded:
			p.fail("DL-208", p.segStart, t.end, middle)
			p.mask |= bit(t.w)
		case wRule, wAsTold:
			if p.seen(wPer) && !p.seen(wExcluded) {
				p.perRule(t)
			}
			p.mask |= bit(t.w)
		default:
			p.mask |= bit(t.w)
		}
		p.i++
	}
	p.endClause(len(p.s), len(p.s))
}

// add keeps a find and starts a new context behind it.
func (p *parser) add(c core) {
	c = p.placed(c)
	p.cores = append(p.cores, c)
	if c.strength == strong {
		p.skipTo(c.end)
		p.ctx, p.ctxStart, p.mask = p.i, c.end, 0
		p.pending, p.carry = "", 0
	}
}

// skipTo moves to the first token that begins at or behind byte end.
func (p *parser) skipTo(end int) {
	for p.i < len(p.toks) && p.toks[p.i].start < end {
		p.i++
	}
}

func (p *parser) fail(code string, start, end int, s strength) {
	p.add(core{code: code, start: start, end: end, strength: s})
}

// last is the last core, if it stands in the clause at hand.
func (p *parser) last() *core {
	if len(p.cores) == p.segCores {
		return nil
	}
	return &p.cores[len(p.cores)-1]
}

// endClause settles what the clause leaves open.
func (p *parser) endClause(end, next int) {
	p.lastEvent = ""
	if l := p.last(); l == nil {
		p.leftover(end)
	} else if l.lim.Kind == LimitRealTime && len(p.cores) == p.segCores+1 && p.seen(wAfter, wStart) {
		p.lastEvent = p.event(p.i)
	} else if l.code == "" && l.lim.Kind == LimitPeriodic && l.lim.By.IsZero() && l.lim.MinTimes == 0 && p.seen(wBefore) {
		l.code, l.lim, l.end = "DL-208", Limit{}, end // 每年春节前
	}
	p.seg++
	p.segStart, p.ctxStart, p.ctx, p.mask = next, next, p.i+1, 0
	p.segCores = len(p.cores)
}

// leftover judges a clause in which nothing was found.
func (p *parser) leftover(end int) {
	if end <= p.segStart {
		return
	}
	var lastTok token
	if p.i > p.ctx && p.i <= len(p.toks) {
		lastTok = p.toks[p.i-1]
	}
	if (lastTok.w == wStart || lastTok.w == wAfter) && lastTok.end == end && lastTok.start > p.segStart {
		if k := len(p.cores) - 1; p.bracket && k >= 0 {
			if c := &p.cores[k]; c.code == "" && c.lim.From == "" && c.strength == strong {
				c.lim.From = p.event(p.i)
				return
			}
		}
		p.pending, p.carry = p.event(p.i), p.mask
		return
	}
	p.pending, p.carry = "", 0
	if p.seen(wExcluded) || p.seen(wAsTold) && p.seen(wPer) || p.seen(wSpeaks, wTime) || p.seen(wDisplay) && !p.label(end) || p.seen(wNumber) && p.speaksOfTime() {
		p.fail("DL-208", p.segStart, end, weak)
	}
}

// label reports that the clause is only the head of what follows: 公示期:
func (p *parser) label(end int) bool { return end < len(p.s) && p.s[end] == ':' }

func (p *parser) speaksOfTime() bool {
	return p.seen(wExtend, wAtLeast, wAtMost, wLatest)
}

// open handles a bracket and reports whether its mark is to be passed over as a
// clause of its own. A bracket without any find is a part of the text around it:
// 信息形成(变更)20个工作日内.
func (p *parser) open() bool {
	depth, k := 0, p.i
	finds := false
	for ; k < len(p.toks); k++ {
		switch p.toks[k].w {
		case wOpen:
			depth++
		case wClose:
			depth--
		case wNumber, wHalf, wEvery, wReal, wDynamic, wPermanent, wStage, wElse, wLawful, wStart, wPhase, wTerm, wDitto, wPeriodic, wSame:
			finds = true
		case wSemi:
			depth = 0
		}
		if depth == 0 {
			break
		}
	}
	if k == len(p.toks) || p.toks[k].w != wClose { // never closed
		return true
	}
	inner := p.s[p.toks[p.i].end:p.toks[k].start]
	if k == p.i+2 && p.toks[k-1].w == wNumber && p.toks[k-1].start == p.toks[p.i].end && p.toks[k-1].end == p.toks[k].start {
		if p.toks[p.i].start == p.segStart && !p.followedByUnit(p.toks[k].end) { // (1) the number of an item
			p.item(p.toks[k].end)
			p.i = k + 1
			p.ctx = p.i
			return false
		}
		p.i++ // 不少于[7]日
		return false
	}
	if strings.HasPrefix(inner, "含") || strings.HasPrefix(inner, "不含") || strings.HasPrefix(inner, "包含") || strings.HasPrefix(inner, "包括") || strings.Contains(inner, "不算") || strings.Contains(inner, "不计") {
		finds = false // (含5个工作日) says nothing new
	}
	if !finds {
		p.i = k + 1
		return false
	}
	p.endClause(p.toks[p.i].start, p.toks[p.i].end)
	p.bracket = true
	return true
}

const wSame = wSameDay

// item begins a new entry of a numbered list.
func (p *parser) item(next int) {
	p.endClause(p.segStart, next)
	p.sent++
	p.pending, p.carry = "", 0
}

func (p *parser) followedByUnit(j int) bool {
	u, _, _ := p.unitAt(j)
	return u != UnitNone
}

// plain handles the words that are a limit, or an error, by themselves.
func (p *parser) plain(t token) {
	c := core{start: t.start, end: t.end, strength: weak}
	switch t.w {
	case wReal, wDynamic:
		c.lim = Limit{Kind: LimitRealTime}
		c.acts = p.discloses(t)
		if t.w == wDynamic && p.seen(wPer) && p.seen(wAsTold) {
			c.lim, c.code = Limit{}, "DL-207"
		}
		if l := p.last(); l != nil && l.lim.Kind == LimitRealTime && l.code == "" && !p.apart(l.end, t.start) {
			return // 及时更新、随时… of one verb: 及时动态更新
		}
	case wSync:
		c.lim = Limit{Kind: LimitRealTime}
		c.acts = true
		if e := p.company(t); e != "" && p.after(t.end, "公开", "发布", "公布", "更新", "公示", "解读", "在", "向", "上网", "进行公", "予以公", "推送", "印发", "组织", "主动公") >= 0 {
			c.lim = Limit{Kind: LimitWithin, Unit: UnitDay, From: e}
			c.strength = middle
		}
	case wPermanent:
		if l := p.last(); l != nil && l.lim.Kind == LimitPermanent {
			return
		}
		c.lim, c.strength = Limit{Kind: LimitPermanent}, middle
		if p.has(t.end, "公开的") || strings.HasSuffix(p.s[t.start:t.end], "公开") && p.has(t.end, "的") {
			c.strength = weak // 长期公开的事项每半年公布一次
		}
	case wStage:
		if l := p.last(); l != nil && l.lim.Kind == LimitStage {
			return
		}
		c.lim = Limit{Kind: LimitStage}
	case wPhase:
		if !p.seen(wPhase) {
			return
		}
		if l := p.last(); l != nil && l.lim.Kind == LimitStage {
			return
		}
		c.lim = Limit{Kind: LimitStage}
	case wElse:
		if l := p.lastLaw(); l != nil {
			l.strength, l.own, l.end = middle, true, t.end
			return
		}
		c.lim, c.strength, c.own = Limit{Kind: LimitReferToLaw}, middle, true
	case wLawful:
		if p.seen(wExcluded) {
			return
		}
		if l := p.lastLaw(); l != nil && l.seg == p.seg {
			return
		}
		c.lim, c.own = Limit{Kind: LimitReferToLaw}, p.seen(wOr)
	case wPeriodic:
		c.code = "DL-206"
	case wTerm:
		c.code, c.strength = "DL-203", middle
	case wDitto:
		c.code, c.strength = "DL-202", middle
	case wTimed:
		c.code = "DL-213"
	case wPartial:
		p.partial = true
		return
	}
	p.cores = append(p.cores, p.placed(c))
}

// discloses reports that the word says when to disclose, and not when to act.
func (p *parser) discloses(t token) bool {
	text := p.s[t.start:]
	if k := strings.IndexAny(text, ",;。"); k >= 0 {
		text = text[:k]
	}
	if t.end-t.start == len(text) {
		return true
	}
	for _, v := range []string{"公开", "公布", "公示", "公告", "更新", "发布", "更", "调整", "解读", "回应", "披露", "上网", "维护"} {
		if strings.Contains(text, v) {
			return true
		}
	}
	return false
}

func (p *parser) placed(c core) core {
	c.seg, c.sent, c.bracket, c.segStart = p.seg, p.sent, p.bracket, p.segStart
	return c
}

// lastLaw is a find of 另有规定 or the like in this sentence: 从其规定 says it again.
func (p *parser) lastLaw() *core {
	if k := len(p.cores) - 1; k >= 0 && p.cores[k].sent == p.sent && p.cores[k].lim.Kind == LimitReferToLaw {
		return &p.cores[k]
	}
	return nil
}

// apart reports that two finds of the same kind are two statements: 及时公开随时公开.
func (p *parser) apart(a, b int) bool {
	for _, v := range []string{"公开", "公布", "公示", "更新", "发布"} {
		if strings.Contains(p.s[a:b], v) {
			return true
		}
	}
	return false
}

// company is the event of 与政策文件同步发布: what is published together with it.
func (p *parser) company(t token) string {
	text := p.s[p.ctxStart:t.start]
	for _, w := range []string{"与", "和", "随", "跟", "同"} {
		if k := strings.LastIndex(text, w); k >= 0 && len(text[k+len(w):]) > 3 {
			return cleanEvent(strings.TrimSuffix(text[k+len(w):], "一并")) + "发布"
		}
	}
	return ""
}

// perRule handles 按…规定 and 按…要求.
func (p *parser) perRule(t token) {
	if t.w == wRule {
		if l := p.lastLaw(); l != nil {
			if l.seg == p.seg {
				l.end = t.end
			}
			return
		}
		p.cores = append(p.cores, p.placed(core{lim: Limit{Kind: LimitReferToLaw}, start: p.ctxStart, end: t.end, own: p.seen(wOr)}))
		return
	}
	if l := p.last(); l != nil && (l.code == "DL-207" || l.lim.Kind == LimitRealTime) {
		return
	}
	p.cores = append(p.cores, p.placed(core{code: "DL-207", start: p.ctxStart, end: t.end}))
}

// sole handles 季度公开, 年度公开: an adverb at the beginning of a clause.
func (p *parser) sole(t token) bool {
	if t.start != p.segStart {
		return false
	}
	rest := p.s[t.end:]
	for _, v := range []string{"公开", "公布", "公示", "更新", "发布", "一次", "1次"} {
		if strings.HasPrefix(rest, v) && !strings.HasPrefix(rest, "公开报告") && !strings.HasPrefix(rest, "发布会") {
			rest = ""
			break
		}
	}
	if rest != "" && (rest[0] >= 0x80 || rest[0] == ':') {
		return false
	}
	u := map[string]Unit{"月度": UnitMonth, "季度": UnitQuarter, "年度": UnitYear, "半年度": UnitHalfYear}[p.s[t.start:t.end]]
	p.add(core{lim: Limit{Kind: LimitPeriodic, N: 1, Unit: u}, start: t.start, end: t.end, strength: strong})
	return true
}
