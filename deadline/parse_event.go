package deadline

import (
	"strings"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// theEvent is the event of 提前七日 when the phrase does not name it.
const theEvent = "所涉事件发生"

// startsBefore reports that the context names a start: 之日起, 后.
func (p *parser) startsBefore() bool {
	return (p.mask|p.carry)&(bit(wStart)|bit(wAfter)) != 0 || p.pending != ""
}

// event is the event from which a number at token i runs: the text before 之日起
// or 后, or the verb directly before the number.
func (p *parser) event(i int) string {
	mark := -1
	for k := i - 1; k >= p.ctx; k-- {
		if w := p.toks[k].w; w == wStart || w == wAfter {
			mark = k
			break
		}
	}
	if mark < 0 {
		if p.pending != "" {
			return p.pending
		}
		return p.bareEvent(i)
	}
	end := p.toks[mark].start
	if q, ok := p.quoted(mark); ok {
		return q
	}
	left := p.ctxStart
	for _, w := range []word{wSince, wAt} {
		cut := -1
		for k := p.ctx; k < mark; k++ {
			if p.toks[k].w == w {
				cut = k
				if w == wSince {
					break
				}
			}
		}
		if cut >= 0 {
			left = p.toks[cut].end
			break
		}
	}
	if left == p.ctxStart {
		for k := p.ctx; k < mark; k++ {
			switch t := p.toks[k]; t.w {
			case wColon, wLatest, wAtMost, wOrdinarily, wPrinciple:
				left = t.end
			case wOr: // 每月第一周或更改内容后一周内
				if t.start == p.ctxStart {
					left = t.end
				}
			}
			if t := p.toks[k]; t.w == wMust && t.end-t.start >= len("应当") {
				left = t.end
			}
		}
	}
	if left > end {
		return ""
	}
	return cleanEvent(p.s[left:end])
}

// bareEvent is the event of 文件发布3个工作日内: a verb stands before the number.
func (p *parser) bareEvent(i int) string {
	end := p.toks[i].start
	k := i - 1
	text := strings.TrimSuffix(p.s[:end], "的")
	for ; k >= p.ctx; k-- { // 文件发布,最迟不超过3日 keeps its verb
		t := p.toks[k]
		if t.w == wMust || t.w == wOrdinarily || t.w == wPrinciple || t.w == wLatest || t.w == wAtMost {
			text = p.s[:t.start]
			continue
		}
		break
	}
	if k < p.ctx {
		return ""
	}
	ok := false
	switch t := p.toks[k]; {
	case t.w == wEvent && t.end == len(text):
		ok = true
	case strings.HasSuffix(text, "申请"): // 收到申请5个工作日内
		for j := p.ctx; j <= k; j++ {
			ok = ok || p.toks[j].w == wEvent && p.after(p.toks[j].start, "收到", "接到") >= 0
		}
	case t.w == wClose && t.end == len(text): // 信息形成(变更)
		ok = k-2 >= p.ctx
	case strings.HasSuffix(p.s[:end], "的"):
		for j := p.ctx; j <= k; j++ {
			ok = ok || p.toks[j].w == wEvent
		}
	}
	if !ok {
		return ""
	}
	left := p.ctxStart
	for j := p.ctx; j < k; j++ {
		switch t := p.toks[j]; t.w {
		case wSince, wAt, wColon, wLatest, wAtMost, wOr:
			if t.w != wOr || t.start == p.ctxStart {
				left = t.end
			}
		case wMust:
			if t.end-t.start >= len("应当") {
				left = t.end
			}
		}
	}
	if left >= len(text) {
		return ""
	}
	return cleanEvent(text[left:])
}

// eventBefore is the event of 选举日的二十日以前: the text before the number.
func (p *parser) eventBefore(end int) string {
	left := p.ctxStart
	for k := p.ctx; k < p.i; k++ {
		switch t := p.toks[k]; t.w {
		case wSince, wAt, wColon, wLatest, wAtMost, wAtLeast, wMust, wIs, wOrdinarily, wPrinciple:
			left = t.end
		}
	}
	if p.mask&bit(wBefore) != 0 && p.leadsBefore(end) {
		return p.eventLead()
	}
	if left >= end {
		return p.pending
	}
	if q := p.s[left:end]; strings.HasPrefix(q, "“") && strings.HasSuffix(q, "”的") && strings.Count(q, "”") == 1 {
		return q[len("“") : len(q)-len("”的")]
	}
	return cleanEvent(p.s[left:end])
}

// quoted is the literal event of 自“…”之日起 when token k is 之日起.
func (p *parser) quoted(k int) (string, bool) {
	if k-2 < p.ctx || p.toks[k-1].w != wQuote || p.toks[k-1].end != p.toks[k].start || p.toks[k-2].w != wSince || p.toks[k-2].end != p.toks[k-1].start {
		return "", false
	}
	q := p.s[p.toks[k-1].start:p.toks[k-1].end]
	return q[len("“") : len(q)-len("”")], true
}

// eventAhead is the event that 提前 leaves to the context.
func (p *parser) eventAhead() string {
	for k := p.ctx; k < p.i; k++ {
		if p.toks[k].w == wBefore {
			if e := p.eventLead(); e != "" {
				return e
			}
		}
	}
	return theEvent
}

// leadsBefore reports that X前 stands before the number with nothing but small
// words between: 会议召开前至少3日.
func (p *parser) leadsBefore(start int) bool {
	for k := p.i - 1; k >= p.ctx; k-- {
		t := p.toks[k]
		switch t.w {
		case wBefore:
			return true
		case wAtLeast, wAtMost, wMust, wOrdinarily, wPrinciple, wLatest, wAhead:
		default:
			return false
		}
	}
	return false
}

// eventLead is the X of X前N日.
func (p *parser) eventLead() string {
	for k := p.i - 1; k >= p.ctx; k-- {
		if p.toks[k].w != wBefore {
			continue
		}
		left := p.ctxStart
		for j := p.ctx; j < k; j++ {
			switch t := p.toks[j]; t.w {
			case wSince, wAt, wColon, wLatest, wAtMost, wAtLeast, wMust, wOrdinarily, wPrinciple:
				left = t.end
			}
		}
		if left >= p.toks[k].start {
			return theEvent
		}
		return cleanEvent(p.s[left:p.toks[k].start])
	}
	return ""
}

var eventSpeller = strings.NewReplacer("或者", "或", "(变更)", "或变更", "(或变更)", "或变更", "、变更", "或变更", "和变更", "或变更", "及变更", "或变更",
	"信息形式", "信息形成", "做出", "作出", "资讯", "信息", "“", "", "”", "", "变动", "变更", "(或者变更)", "或变更", "/变更", "或变更")

// plainEvent reports that eventSpeller finds nothing in s: characters only, none of
// those that it looks for.
func plainEvent(s string) bool {
	for _, r := range s {
		switch r {
		case '者', '、', '做', '资', '动', '式', '和', '及', '“', '”':
			return false
		}
		if r < 0x4e00 || r >= 0xa000 {
			return false
		}
	}
	return true
}

// cleanEvent writes an event in one way.
func cleanEvent(s string) string {
	switch s {
	case "信息形成或者变更", "信息形成或变更", "该政府信息形成或者变更", "政府信息形成或者变更", "形成或者变更", "该信息形成或者变更":
		return "信息形成或变更"
	case "收到申请", "信息形成", "批准", "受理", "作出决定":
		return s
	}
	plain := plainEvent(s)
	if !plain {
		s = eventSpeller.Replace(strings.ToValidUTF8(s, ""))
	}
	s = strings.Trim(s, ",.;:、。 -[]")
	if strings.Count(s, "(") != strings.Count(s, ")") {
		s = strings.Trim(s, "()")
	}
	for again := true; again; {
		again = false
		for _, head := range []string{"该", "其", "自", "从", "应当", "应", "的", "经", "在", "于", "最迟", "最晚", "主动公开的", "一般", "将", "须", "必须", "由", "并", "且", "但"} {
			if strings.HasPrefix(s, head) && len(s) > len(head) && !(head == "自" && (strings.HasPrefix(s, "自然") || strings.HasPrefix(s, "自主"))) &&
				!(head == "经" && (strings.HasPrefix(s, "经济") || strings.HasPrefix(s, "经营") || strings.HasPrefix(s, "经费"))) && !strings.HasPrefix(s, "应急") && !strings.HasPrefix(s, "其他") && !strings.HasPrefix(s, "其中") {
				s, again = s[len(head):], true
			}
		}
	}
	if s == "的" {
		return ""
	}
	for _, tail := range []string{"之", "的", "当日", "当天", "的次日", "次日"} {
		if len(s) > len(tail) {
			s = strings.TrimSuffix(s, tail)
		}
	}
	if formedOrChanged(s) {
		return "信息形成或变更"
	}
	if plain {
		return s
	}
	return strings.TrimSpace(hanzi.Fold(s, hanzi.Everything).Text)
}

var formedWords = strings.NewReplacer("政府", "", "公开", "", "事项", "", "信息", "", "主动", "", "该", "", "或", "", "及", "", "和", "", "之", "", "的", "", "发生", "",
	"内容", "", "形成", "", "产生", "", "生成", "", "变更", "", "变动", "", "、", "", "(", "", ")", "", "相关", "", "有关", "")

// formedOrChanged reports that the event is 信息形成或者变更 in other words.
func formedOrChanged(s string) bool {
	return len(s) < 100 && strings.Contains(s, "变更") && (strings.Contains(s, "形成") || strings.Contains(s, "产生") || strings.Contains(s, "生成")) &&
		formedWords.Replace(s) == ""
}

// Anchor is the event of a limit as one of a closed list.
type Anchor string

// The anchors. What is none of them is AnchorOther; a limit without an event has
// AnchorNone.
const (
	AnchorNone            Anchor = ""
	AnchorFormedOrChanged Anchor = "formed-or-changed"    // 信息形成或变更
	AnchorFormed          Anchor = "formed"               // 形成, 产生, 制作或获取
	AnchorChanged         Anchor = "changed"              // 变更, 更改
	AnchorApplication     Anchor = "application-received" // 收到申请
	AnchorAccepted        Anchor = "accepted"             // 受理
	AnchorReceived        Anchor = "received"             // 收到, 送达, 下发
	AnchorDecided         Anchor = "decided"              // 作出决定, 确定
	AnchorApproved        Anchor = "approved"             // 批准, 批复, 通过
	AnchorPublished       Anchor = "published"            // 发布, 公开, 印发
	AnchorNotice          Anchor = "notice"               // 公示, 公告
	AnchorOccurred        Anchor = "occurred"             // 事件发生, 发现
	AnchorHeld            Anchor = "held"                 // 会议召开, 选举日, 开庭
	AnchorEnded           Anchor = "ended"                // 结束, 届满, 完成
	AnchorEffective       Anchor = "effective"            // 生效, 施行
	AnchorSigned          Anchor = "signed"               // 签订
	AnchorRegistered      Anchor = "registered"           // 登记, 成立, 立案
	AnchorOther           Anchor = "other"
)

var anchorWords = []struct {
	a Anchor
	w []string
}{
	{AnchorFormed, []string{"形成", "产生", "生成", "制作", "制定", "获取", "形式"}},
	{AnchorChanged, []string{"变更", "变动", "更改", "修改", "调整", "变化"}},
	{AnchorAccepted, []string{"受理"}},
	{AnchorReceived, []string{"收到", "接到", "送达", "下发", "下达", "收悉", "接收"}},
	{AnchorDecided, []string{"作出", "做出", "决定", "确定", "评定", "认定"}},
	{AnchorApproved, []string{"批准", "批复", "通过", "审批", "核准", "审定", "审核程序"}},
	{AnchorPublished, []string{"发布", "公布", "公开", "印发", "颁布", "出台"}},
	{AnchorNotice, []string{"公示", "公告"}},
	{AnchorOccurred, []string{"发生", "发现", "事发"}},
	{AnchorHeld, []string{"召开", "举行", "开庭", "选举日", "会议", "听证"}},
	{AnchorEnded, []string{"结束", "届满", "期满", "截止", "终了", "完成", "办结", "竣工", "验收"}},
	{AnchorEffective, []string{"生效", "施行", "实施"}},
	{AnchorSigned, []string{"签订", "签署", "订立"}},
	{AnchorRegistered, []string{"登记", "成立", "立案", "备案"}},
}

// Anchor maps From to the closed list, by the last verb in it. Text in brackets
// does not count: 收到申请(正式受理) is AnchorApplication.
func (l Limit) Anchor() Anchor {
	s := l.From
	if s == "" {
		return AnchorNone
	}
	if s == "信息形成或变更" {
		return AnchorFormedOrChanged
	}
	if k := strings.IndexAny(s, "(（"); k > 0 && (strings.HasSuffix(s, ")") || strings.HasSuffix(s, "）")) {
		s = s[:k]
	}
	at, found := -1, AnchorOther
	for _, a := range anchorWords {
		for _, w := range a.w {
			if k := strings.LastIndex(s, w); k > at {
				at, found = k, a.a
			}
		}
	}
	if strings.Contains(s, "申请") && (strings.Contains(s, "收到") || strings.Contains(s, "接到")) && (found == AnchorReceived || found == AnchorOther || strings.HasSuffix(s, "申请")) {
		return AnchorApplication
	}
	if found == AnchorChanged && (strings.Contains(s, "形成") || strings.Contains(s, "产生") || strings.Contains(s, "生成")) {
		return AnchorFormedOrChanged
	}
	return found
}
