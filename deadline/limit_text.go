package deadline

import (
	"fmt"
	"strconv"
	"strings"
)

var unitWords = [...]string{"", "个工作日", "日", "小时", "个月", "个季度", "个半年", "年", "周", "个半月", "个学期", "个交易日", "分钟"}

// measure is 20个工作日.
func measure(n int, u Unit) string {
	switch u {
	case UnitHalfYear, UnitHalfMonth:
		if n == 1 {
			return map[Unit]string{UnitHalfYear: "半年", UnitHalfMonth: "半个月"}[u]
		}
	}
	if int(u) < len(unitWords) {
		return strconv.Itoa(n) + unitWords[u]
	}
	return ""
}

// String is the canonical Chinese phrase; ParseLimit reads it back to an equal
// limit. It is "" for no limit. A limit that no phrase can set (made by hand)
// gives a phrase that does not read back.
func (l Limit) String() string {
	s := l.phrase()
	if l.From == "" || l.Kind == LimitCompound {
		return s
	}
	if m, err := ParseLimit(s); err == nil && m.Equal(l) {
		return s
	}
	q := l
	q.From = "“" + l.From + "”"
	return q.phrase()
}

func (l Limit) phrase() string {
	sev := map[Severity]string{SeverityOrdinarily: "一般", SeverityInPrinciple: "原则上"}[l.Severity]
	since := ""
	if l.From != "" {
		since = "自" + l.From + "之日起"
	}
	most := measure(l.N, l.Unit)
	if l.Max > 0 {
		most = strconv.Itoa(l.N) + "至" + measure(l.Max, l.Unit)
	}
	switch l.Kind {
	case LimitWithin, LimitHours:
		switch {
		case l.Role == RoleRetentionMax:
			return since + sev + "届满" + most + "的不再公开"
		case l.Extended:
			return since + sev + "可延长至" + most
		case l.Backward && l.From == theEvent:
			return sev + "提前" + most
		case l.Backward:
			return sev + "在" + l.From + "的" + most + "前"
		}
		return since + sev + most + "内"
	case LimitAtLeast:
		return since + sev + "不少于" + most
	case LimitBetween:
		if l.Role == RoleDisplayMax && l.N == 0 {
			return "公示期" + since + sev + "不超过" + measure(l.Max, l.Unit)
		}
		if l.N == l.Max {
			most = measure(l.N, l.Unit)
		}
		return "公示期" + since + sev + "为" + most
	case LimitBefore:
		if l.From == theEvent {
			return sev + "提前" + most
		}
		return sev + "在" + l.From + "的" + most + "前"
	case LimitPeriodic:
		return sev + l.periodic()
	case LimitFixedDate:
		return sev + l.By.fixed(l.Unit)
	case LimitPermanent:
		return "长期公开"
	case LimitRealTime:
		return "及时公开"
	case LimitStage:
		return "分阶段公开"
	case LimitReferToLaw:
		return "法律法规另有规定的从其规定"
	case LimitCompound:
		parts := make([]string, 0, len(l.All)+1)
		for _, c := range l.All {
			parts = append(parts, c.String())
		}
		if l.Partial {
			parts = append(parts, "其余未识别")
		}
		return strings.Join(parts, "；")
	}
	return ""
}

func (l Limit) periodic() string {
	every := "每" + measure(l.N, l.Unit)
	if l.N == 1 {
		every = "每" + strings.TrimPrefix(unitWords[min(int(l.Unit), len(unitWords)-1)], "个")
	}
	times := ""
	if l.MinTimes > 0 {
		times = "至少" + strconv.Itoa(l.MinTimes) + "次"
	}
	return every + l.By.within(l.Unit) + times
}

var digits = []string{"", "一", "二", "三", "四", "五", "六", "日"}

// within says where in its period a limit falls.
func (b By) within(u Unit) string {
	before := ""
	if b.Upto || b.From.IsZero() && !b.To.IsZero() {
		before = "前"
	}
	switch {
	case b.Part != "":
		s := map[string]string{"early": "初", "middle": "中", "late": "末"}[b.Part]
		if u == UnitYear {
			s = "年" + s
		}
		if b.Upto {
			s += "前"
		}
		return s
	case u == UnitHalfMonth && b.Next:
		return fmt.Sprintf("，当月%d日、次月%d日%s", b.To.Day, b.Also[0].Day, before)
	case b.Workday != 0 && b.Next:
		return fmt.Sprintf("结束后%d个工作日内", b.Workday)
	case b.Workday < -1:
		return fmt.Sprintf("倒数第%d个工作日%s", -b.Workday, before)
	case b.Workday == -1:
		return "最后一个工作日" + before
	case b.Workday != 0:
		return fmt.Sprintf("第%d个工作日%s", b.Workday, before)
	case b.Weekday != 0 && b.Week == 0:
		s := digits[min(b.Weekday, 7)]
		if b.Next {
			s = "，次周" + s
		}
		return s + before
	case b.Week == -1:
		return "最后一周"
	case b.Week != 0:
		s := fmt.Sprintf("第%d周", b.Week)
		if b.Weekday != 0 {
			s += "周" + digits[min(b.Weekday, 7)]
		}
		if b.Next {
			s = "次月" + s
		}
		return s + before
	case b.To.IsZero():
		return ""
	}
	s := ""
	switch {
	case b.Next && u == UnitMonth:
		s = "次月"
	case b.Next && b.To.Month == 0:
		return fmt.Sprintf("结束后%d日内", b.To.Day)
	case b.Next && b.To.Month > 0 && b.To.Day == -1:
		return fmt.Sprintf("结束后%d个月内", b.To.Month)
	case b.Next:
		s = "，次月"
	case u == UnitQuarter && b.To.Month == 3 && b.To.Day == -1 && (b.From == b.To || b.From.IsZero()):
		return "末" + before
	case b.To.Month > 0:
		s = []string{"", "第1个月", "第2个月", "第3个月"}[min(b.To.Month, 3)]
	}
	if b.From != b.To && !b.From.IsZero() {
		if b.To.Day == -1 && b.From.Day == 21 {
			return s + "下旬"
		}
		if b.To.Day == -1 {
			return s + fmt.Sprintf("%d日至月底", b.From.Day)
		}
		return s + fmt.Sprintf("%d日至%d日", b.From.Day, b.To.Day)
	}
	s += dayWord(b.To.Day)
	for _, m := range b.Also {
		if !m.IsZero() {
			s += "、" + dayWord(m.Day)
		}
	}
	return s + before
}

func dayWord(d int) string {
	switch {
	case d == -1:
		return "底"
	case d == 0:
		return ""
	}
	return strconv.Itoa(d) + "日"
}

// fixed says a day or window of the year.
func (b By) fixed(u Unit) string {
	if u == UnitDay {
		switch {
		case b.Start.IsZero():
			return b.End.Chinese() + "前"
		case b.Start == b.End:
			return b.Start.Chinese()
		}
		return b.Start.Chinese() + "至" + b.End.Chinese()
	}
	s := "每年"
	if b.Next {
		s = "次年"
	}
	if b.Part != "" {
		return s + strconv.Itoa(b.To.Month) + "月" + map[string]string{"early": "初", "middle": "中", "late": "末"}[b.Part]
	}
	if !b.From.IsZero() && b.From != b.To {
		if b.From.Month == b.To.Month && b.From.Day > 0 && b.To.Day > 0 {
			return s + b.From.chinese() + "至" + dayWord(b.To.Day)
		}
		return s + b.From.chinese() + "至" + b.To.chinese()
	}
	s += b.To.chinese()
	for _, m := range b.Also {
		if !m.IsZero() {
			s += "、" + m.chinese()
		}
	}
	if b.From.IsZero() {
		s += "前"
	}
	return s
}

func (m MonthDay) chinese() string { return strconv.Itoa(m.Month) + "月" + dayWord(m.Day) }

// MarshalText writes String.
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what ParseLimit reads without an error; an empty text is no
// limit. JSON of a Limit is this phrase as a string.
func (l *Limit) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*l = Limit{}
		return nil
	}
	m, err := ParseLimit(string(b))
	if err != nil {
		return err
	}
	*l = m
	return nil
}
