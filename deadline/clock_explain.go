package deadline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

var channelNames = map[Channel]string{ChannelInPerson: "当面提交", ChannelSignedPost: "需要签收的邮寄", ChannelOrdinaryPost: "平常信函", ChannelInternet: "互联网渠道", ChannelFax: "传真"}

var meansNames = map[Means]string{MeansSigned: "签收", MeansPosted: "交邮", MeansElectronic: "电子方式", MeansCourier: "快递"}

// Explain says in Chinese what every event did to the period, every excluded span,
// and every day from the start to the end with its number or the reason why it is
// not counted.
func (c *Clock) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "期限：%s（%s）。\n", c.rule.Limit, c.rule.Citation)
	for i, e := range c.events {
		fmt.Fprintf(&b, "%s　%s\n", dayAndWeekday(e.On), c.explainEvent(i, e))
	}
	for _, s := range c.spans {
		fmt.Fprintf(&b, "不计入的期间：%s之后至%s（发出之日计入，收到意见之日不计入：本库读法；重叠的合并）。\n", s.a.Chinese(), s.b.Chinese())
	}
	if !c.open.IsZero() {
		fmt.Fprintf(&b, "不计入的期间：自%s之后，尚未结束。\n", c.open.Chinese())
	}
	switch {
	case c.start.IsZero():
		b.WriteString("期限尚未起算。\n")
		return b.String()
	case !c.waiting.IsZero():
		fmt.Fprintf(&b, "自%s起等待申请人，期限没有在进行。\n", c.waiting.Chinese())
		return b.String()
	}
	fmt.Fprintf(&b, "起算：%s，当日不计入，自次日起算（%s）。\n", dayAndWeekday(c.start), law.CivilCode.Art(201).Para(1))
	c.explainDays(&b)
	d := c.due
	d.explainRoll(&b)
	d.explainEnd(&b)
	for _, x := range c.rule.Internal {
		if in, err := c.reckon(c.cal, x.N+c.granted); err == nil {
			fmt.Fprintf(&b, "内部期限（%s，%s）：%s。\n", x.Name, measure(x.N+c.granted, c.rule.Limit.Unit), dayAndWeekday(in.Date))
		}
	}
	return b.String()
}

func (c *Clock) explainEvent(i int, e Event) string {
	if slices.Contains(c.ignored, i) {
		switch e.Kind {
		case EventCorrectionNotice:
			return fmt.Sprintf("告知补正，已超过%s，不停止期限（本库读法；%s）", measure(c.rule.Correction.N, c.rule.Correction.Unit), c.rule.Corrected)
		case EventCorrected:
			return "收到补正；告知逾期，期限不重新起算（本库读法）"
		case EventServed:
			return "以快递寄送，不是邮政企业，不视为送达（" + law.ServiceInterpretation.Sec("二").String() + "）"
		}
		return "没有影响"
	}
	cite := func(s string, x law.Citation) string {
		if x.IsZero() {
			return s
		}
		return s + "（" + x.String() + "）"
	}
	switch e.Kind {
	case EventReceived:
		s := "收到申请"
		if n := channelNames[e.Channel]; n != "" {
			s += "，" + n
		}
		if slices.Contains(c.rule.Confirm, e.Channel) {
			s += "，以确认之日为收到之日"
		}
		return cite(s, c.rule.Start)
	case EventConfirmed:
		return cite("双方确认，为收到申请之日", c.rule.Start)
	case EventCorrectionNotice:
		return cite("告知补正", c.rule.Corrected)
	case EventCorrected:
		return cite("收到补正的申请，期限重新起算", c.rule.Corrected)
	case EventFeeNotice:
		return cite("发出收费通知", c.rule.Fee) + "（凭记忆，未核验）"
	case EventFeePaid:
		return cite("完成缴费，期限自次日起重新计算", c.rule.Fee) + "（凭记忆，未核验）"
	case EventSpanBegan, EventSpanEnded:
		s, verb := c.spanName(e), "开始"
		if e.Kind == EventSpanEnded {
			verb = "结束"
		}
		return cite(s+verb, c.rule.spanCitation(e.Span))
	case EventExtended:
		return cite(fmt.Sprintf("告知延长%s", measure(e.N, c.rule.Limit.Unit)), c.rule.Extension.Citation)
	case EventServed:
		return cite("送达（"+meansNames[e.Means]+"）", c.rule.Service)
	case EventClosed:
		return "终结"
	}
	return string(e.Kind)
}

func (c *Clock) spanName(e Event) string {
	kind := e.Span
	for _, x := range c.events {
		if kind == "" && x.Kind == EventSpanBegan && x.ID == e.ID {
			kind = x.Span
		}
	}
	for _, s := range c.rule.Spans {
		if s.Kind == kind {
			return s.Name
		}
	}
	return string(kind)
}

// explainDays lists the days one by one.
func (c *Clock) explainDays(b *strings.Builder) {
	work := c.rule.Limit.Unit == UnitWorkday
	end := c.due.Date
	if !work {
		end = c.due.raw
	}
	k := 0
	for n, at := 0, c.start.AddDays(1); n < 3*maxExplained; n, at = n+1, at.AddDays(1) {
		if !c.open.IsZero() && at.After(c.open) && (end.IsZero() || !at.Before(end)) {
			fmt.Fprintf(b, "  %s　起不计：期间尚未结束\n", dayAndWeekday(at))
			return
		}
		day := c.cal.Day(at)
		in := slices.ContainsFunc(c.spans, func(s interval) bool { return at.After(s.a) && !at.After(s.b) })
		switch {
		case in:
			fmt.Fprintf(b, "  %s　不计：在不计入的期间内\n", dayAndWeekday(at))
		case work && day.Kind == DayUndetermined:
			fmt.Fprintf(b, "  %s　尚无放假通知，是否工作日未定\n", dayAndWeekday(at))
			return
		case work && !day.Worked():
			fmt.Fprintf(b, "  %s　不计：%s\n", dayAndWeekday(at), whyOff(day))
		case work:
			k++
			fmt.Fprintf(b, "  %s　第%d个工作日%s\n", dayAndWeekday(at), k, why(day))
		default:
			k++
			fmt.Fprintf(b, "  %s　第%d日\n", dayAndWeekday(at), k)
		}
		if !end.IsZero() && !at.Before(end) {
			return
		}
	}
}
