package deadline

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// maxExplained is the longest period that is explained day by day; a longer one
// in days, months or years is explained by its ends.
const maxExplained = 400

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

func dayAndWeekday(d Date) string { return d.Chinese() + "（" + weekdays[d.Weekday()] + "）" }

// Explain says in Chinese how the day was reached, so that a court can follow it:
// the start that is not counted, every day with its number or the reason why it is
// skipped, the roll at the end, and what an unsettled answer assumes. One line for
// each, each ended by a line break; "" for a Due that was not reckoned.
func (d Due) Explain() string {
	if d.cal == nil {
		return ""
	}
	var b strings.Builder
	switch d.kind {
	case LimitPeriodic, LimitFixedDate:
		d.explainWindow(&b)
		d.explainEnd(&b)
		return b.String()
	case LimitBefore:
		fmt.Fprintf(&b, "所涉事件：%s，当日不计入，向前倒数（本库读法：参照%s）。\n", dayAndWeekday(d.start), law.CivilCode.Art(201).Para(1))
	default:
		fmt.Fprintf(&b, "起算事由发生：%s，当日不计入，自次日起算（%s）。\n", dayAndWeekday(d.start), law.CivilCode.Art(201).Para(1))
	}
	switch {
	case d.unit == UnitWorkday:
		d.explainWorkdays(&b)
	case d.unit == UnitDay || d.unit == UnitWeek || d.unit == UnitHalfMonth:
		d.explainDays(&b)
	default:
		fmt.Fprintf(&b, "期间%s，到期月的对应日为最后一日，没有对应日的为月末日（%s）：%s。\n", measure(d.n, d.unit), law.CivilCode.Art(202), dayAndWeekday(d.raw))
	}
	d.explainRoll(&b)
	d.explainEnd(&b)
	return b.String()
}

// explainWorkdays lists the days one by one; on a strict calendar it stops
// before the first day that is not settled.
func (d Due) explainWorkdays(b *strings.Builder) {
	n, step := d.n, 1
	if d.kind == LimitBefore {
		step = -1
	}
	if n > maxExplained && !d.Date.IsZero() {
		fmt.Fprintf(b, "按工作日计算，第%d个工作日为%s。\n", n, dayAndWeekday(d.Date))
		return
	}
	n = min(n, maxExplained)
	fmt.Fprintf(b, "按工作日计算，共%d个工作日：\n", n)
	cal := d.cal
	end := d.Date
	if end.IsZero() && d.kind == LimitAtLeast {
		end = d.From
	}
	k := 0
	for at := d.start.AddDays(step); k < n; at = at.AddDays(step) {
		day := cal.Day(at)
		if day.Kind == DayUndetermined {
			fmt.Fprintf(b, "  %s　尚无放假通知，是否工作日未定\n", dayAndWeekday(at))
			return
		}
		if day.Worked() {
			k++
			fmt.Fprintf(b, "  %s　第%d个工作日%s\n", dayAndWeekday(at), k, why(day))
		} else {
			fmt.Fprintf(b, "  %s　不计：%s\n", dayAndWeekday(at), whyOff(day))
		}
		if at == end && k >= n || at.IsZero() {
			return
		}
	}
}

// why adds to a counted day what is not plain about it.
func why(day Day) string {
	s := ""
	if day.Kind == DayMakeup {
		s = "（补班" + sourceNote(day) + "）"
	}
	if day.Projected() {
		s += "（推定）"
	}
	return s
}

func whyOff(day Day) string {
	s := day.Kind.Chinese()
	if day.Festival != "" {
		s = day.Festival + s
	}
	s += sourceNote(day)
	if day.Projected() {
		s += "（推定）"
	}
	return s
}

func sourceNote(day Day) string {
	if n := day.Source.Number; n != "" {
		return "，" + n
	}
	return ""
}

func (d Due) explainDays(b *strings.Builder) {
	n := d.n
	switch d.unit {
	case UnitWeek:
		n *= 7
	case UnitHalfMonth:
		n *= 15
	}
	fmt.Fprintf(b, "按自然日计算，共%d日，休息日、节假日计入", n)
	if n > maxExplained {
		fmt.Fprintf(b, "：第%d日为%s。\n", n, dayAndWeekday(d.raw))
		return
	}
	b.WriteString("：\n")
	step := 1
	if d.kind == LimitBefore {
		step = -1
	}
	for k := 1; k <= n; k++ {
		at := d.start.AddDays(step * k)
		note := ""
		if day := d.cal.Day(at); !day.Worked() && day.Kind != DayUndetermined {
			note = "（" + whyOff(day) + "，计入）"
		}
		fmt.Fprintf(b, "  %s　第%d日%s\n", dayAndWeekday(at), k, note)
	}
}

func (d Due) explainRoll(b *strings.Builder) {
	end := d.Date
	if d.kind == LimitAtLeast {
		end = d.From
	}
	if d.unit == UnitWorkday || end.IsZero() || end == d.raw {
		return
	}
	fmt.Fprintf(b, "最后一日%s是法定休假日，以休假日结束的次日为最后一日（%s）：\n", dayAndWeekday(d.raw), law.CivilCode.Art(203).Para(1))
	for at := d.raw; at.Before(end); at = at.AddDays(1) {
		fmt.Fprintf(b, "  %s　顺延：%s\n", dayAndWeekday(at), whyOff(d.cal.Day(at)))
	}
}

func (d Due) explainWindow(b *strings.Builder) {
	if d.From == d.Date || d.From.IsZero() {
		fmt.Fprintf(b, "固定的日期：%s。\n", dayAndWeekday(d.Bound[1]))
		return
	}
	fmt.Fprintf(b, "自%s至%s的期间内。\n", dayAndWeekday(d.From), dayAndWeekday(d.Bound[1]))
}

func (d Due) explainEnd(b *strings.Builder) {
	switch {
	case d.kind == LimitAtLeast && !d.From.IsZero():
		fmt.Fprintf(b, "最早可于%s届满。\n", dayAndWeekday(d.From))
	case d.kind == LimitBetween && !d.Date.IsZero():
		if d.From != d.start {
			fmt.Fprintf(b, "最早可于%s届满，", dayAndWeekday(d.From))
		}
		fmt.Fprintf(b, "最迟至%s届满。\n", dayAndWeekday(d.Date))
	case !d.Date.IsZero():
		fmt.Fprintf(b, "最后一日：%s二十四时；有业务时间的，至停止业务活动时止（%s）。\n", dayAndWeekday(d.Date), law.CivilCode.Art(203).Para(2))
	}
	if d.Settled || d.Bound[0].IsZero() {
		return
	}
	if d.Bound[0] == d.Bound[1] {
		fmt.Fprintf(b, "涉及尚未发布放假通知的日期；在下列前提下为%s：\n", dayAndWeekday(d.Bound[0]))
	} else {
		fmt.Fprintf(b, "涉及尚未发布放假通知的日期；在下列前提下不早于%s、不晚于%s，安排工作以%s为准：\n",
			dayAndWeekday(d.Bound[0]), dayAndWeekday(d.Bound[1]), dayAndWeekday(d.Safe()))
	}
	for i, a := range d.Assumed {
		b.WriteString("  " + strconv.Itoa(i+1) + ". " + a.Chinese() + "\n")
	}
}
