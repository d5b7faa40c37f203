package deadline

import (
	"errors"
	"fmt"
	"slices"
)

// LimitKind says what sort of time limit (公开时限、期限) a phrase sets. The zero
// value is no limit.
type LimitKind uint8

// The kinds of limit.
const (
	LimitUndetermined LimitKind = iota
	LimitWithin                 // 20个工作日内: at most so long after an event
	LimitAtLeast                // 不少于30日: no shorter than that
	LimitBetween                // 7至15日; 公示期为5日: no shorter and no longer
	LimitBefore                 // 提前7日, 选举日的二十日以前: so long before an event, or longer
	LimitPeriodic               // 每季度: again and again
	LimitFixedDate              // 每年1月31日前, 2026年7月1日至15日: a day or a window of the calendar
	LimitPermanent              // 长期公开
	LimitRealTime               // 及时公开, 随时更新
	LimitStage                  // 分阶段公开: stage by stage of the work
	LimitHours                  // 24小时内; before an event when Backward is set
	LimitReferToLaw             // 从其规定: another law or rule sets it
	LimitCompound               // several of these in one cell, see All
)

var limitKinds = []string{"", "within", "at-least", "between", "before", "periodic", "fixed-date", "permanent", "real-time", "stage", "hours", "refer-to-law", "compound"}

// String is the ASCII name of the kind (within, at-least, …), "" for no limit.
func (k LimitKind) String() string {
	if int(k) < len(limitKinds) {
		return limitKinds[k]
	}
	return fmt.Sprintf("LimitKind(%d)", uint8(k))
}

// MarshalText writes String.
func (k LimitKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText takes the names that String writes.
func (k *LimitKind) UnmarshalText(b []byte) error {
	i := slices.Index(limitKinds, string(b))
	if i < 0 {
		return fmt.Errorf("deadline: not a kind of limit: %q", clip(string(b)))
	}
	*k = LimitKind(i)
	return nil
}

// Unit is the unit in which a limit counts. The zero value is none.
type Unit uint8

// The units. 个工作日 and 日 are different units: only what says 工作日 counts
// working days, unless a statute says otherwise (see Statute).
const (
	UnitNone       Unit = iota
	UnitWorkday         // 工作日
	UnitDay             // 日、天: calendar days
	UnitHour            // 小时
	UnitMonth           // 个月
	UnitQuarter         // 季度
	UnitHalfYear        // 半年
	UnitYear            // 年
	UnitWeek            // 周, only of what is periodic: 「一周内」 is 7 days
	UnitHalfMonth       // 半月
	UnitTerm            // 学期: no date without a school calendar
	UnitTradingDay      // 交易日: no date without the exchange's calendar
	UnitMinute          // 分钟: no date
)

var unitNames = []string{"", "workday", "day", "hour", "month", "quarter", "half-year", "year", "week", "half-month", "term", "trading-day", "minute"}

// String is the ASCII name of the unit, "" for none.
func (u Unit) String() string {
	if int(u) < len(unitNames) {
		return unitNames[u]
	}
	return fmt.Sprintf("Unit(%d)", uint8(u))
}

// MarshalText writes String.
func (u Unit) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText takes the names that String writes.
func (u *Unit) UnmarshalText(b []byte) error {
	i := slices.Index(unitNames, string(b))
	if i < 0 {
		return fmt.Errorf("deadline: not a unit: %q", clip(string(b)))
	}
	*u = Unit(i)
	return nil
}

// Role says what comes about at the end of a limit that is not a time to act.
type Role string

// The roles.
const (
	RoleNone         Role = ""              // the time to act
	RoleRetentionMax Role = "retention-max" // what was published comes down after it: 届满5年的不再公示
	RoleDisplayMax   Role = "display-max"   // the display lasts no longer: 公示期不超过7日
)

// Severity says how firmly a phrase sets its number.
type Severity string

// The severities, from the firmest.
const (
	SeverityStrict      Severity = ""             // 应当, 不少于, or nothing said
	SeverityOrdinarily  Severity = "ordinarily"   // 一般: an exception has its reason stated
	SeverityInPrinciple Severity = "in-principle" // 原则上: a reason lifts it
)

// MonthDay is a day of a year or of a period. Month counts from 1 within the year,
// or within the period of a periodic limit (首个月 of a quarter is 1), 0 = not
// named. Day counts from 1; -1 is the last day of the month (月底), 0 = the whole
// month.
type MonthDay struct{ Month, Day int }

// IsZero reports that neither is named.
func (m MonthDay) IsZero() bool { return m == MonthDay{} }

// By says where in its period, or in the year, a periodic or fixed-date limit
// falls. From = To is one day (or month); From zero is "up to and including To"
// (前, 底前); both zero: anywhere in the period.
type By struct {
	From, To MonthDay
	Also     [3]MonthDay // further days of a list: 6月10日和12月20日
	Next     bool        // counted in the period that follows: 次月10日前, 次年1月
	Weekday  int         // 1 Monday … 7 Sunday, of a week
	Upto     bool        // the weekday, week or working day is the last: 周三前
	Week     int         // week of the month or quarter: 第一周; -1 the last
	Workday  int         // working day of the period: 前5个工作日; -1 the last, -2 the one before
	Part     string      // early, middle, late: 学期初, 年中, 期末, with no day
	Start    Date        // of a window with years; zero when only its end is named
	End      Date
}

// IsZero reports that the phrase does not say where.
func (b By) IsZero() bool { return b == By{} }

// Limit is a time limit as a phrase sets it. It is a plain value; treat All as
// read-only. Two limits are compared with Equal.
type Limit struct {
	Kind     LimitKind
	N        int      // how many of Unit; of between the least; of periodic the step
	Max      int      // of between the most
	Unit     Unit     // of fixed-date: year, or day for a window with years
	From     string   // the event it runs from (or before), folded, "" when the phrase names none; compare by Anchor
	Backward bool     // of hours: before the event
	Role     Role     // "" or what comes after
	Severity Severity // how firm
	MinTimes int      // of periodic: at least so often in a period, 0 = not said
	By       By       // of periodic and fixed-date
	All      []Limit  // of compound, in the order of the phrase
	Extended bool     // N is the longest with the extension (延长) that the phrase allows
	Partial  bool     // of compound: a clause was not understood
}

// IsZero reports that nothing is set.
func (l Limit) IsZero() bool { return l.Kind == LimitUndetermined }

// Equal reports whether both say the same, events compared by their wording.
func (l Limit) Equal(m Limit) bool {
	return l.Kind == m.Kind && l.N == m.N && l.Max == m.Max && l.Unit == m.Unit && l.From == m.From && l.Backward == m.Backward &&
		l.Role == m.Role && l.Extended == m.Extended && l.Severity == m.Severity && l.MinTimes == m.MinTimes && l.By == m.By && l.Partial == m.Partial &&
		slices.EqualFunc(l.All, m.All, Limit.Equal)
}

// Clauses is All of a compound and the limit itself of any other kind; nothing
// for no limit.
func (l Limit) Clauses() []Limit {
	switch l.Kind {
	case LimitUndetermined:
		return nil
	case LimitCompound:
		return slices.Clone(l.All)
	}
	return []Limit{l}
}

// ErrLimit is wrapped by every error of ParseLimit. The detail is a *LimitError.
var ErrLimit = errors.New("deadline: not a limit")

// LimitError says what in a phrase was not understood. Code is one of
//
//	DL-201 the cell is empty, or holds a dash
//	DL-202 同上: as the row above
//	DL-203 任期内, 每届: as long as a term of office
//	DL-204 nothing in it sets a time
//	DL-205 a bare duration: 「1年」 may be a period, a time to act or a time on display
//	DL-206 定期 without a period
//	DL-207 it refers to another text: 按通知要求
//	DL-208 a clause speaks of a period but does not set it
//	DL-209 a number without a unit
//	DL-210 a number that is too large
//	DL-211 no such day
//	DL-212 an approximate number: 两三天, 20日左右
//	DL-213 限时 or 按时 without a time
//	DL-214 too long to be a limit (more than 4,096 bytes)
//	DL-215 the most is less than the least
//	DL-216 a period that is not one of the calendar: 每个开发周期
type LimitError struct {
	Code   string // DL-2xx
	Offset int    // bytes into the phrase as given, where the trouble begins
	Text   string // the words not understood, folded, clipped
}

// Error says code, offset and words.
func (e *LimitError) Error() string {
	return fmt.Sprintf("deadline: not a limit: %s at byte %d: %s: %q", e.Code, e.Offset, limitTroubles[e.Code], e.Text)
}

// Unwrap gives ErrLimit.
func (e *LimitError) Unwrap() error { return ErrLimit }

var limitTroubles = map[string]string{
	"DL-201": "empty",
	"DL-202": "as the row above",
	"DL-203": "a term of office",
	"DL-204": "sets no time",
	"DL-205": "a bare duration",
	"DL-206": "periodic without a period",
	"DL-207": "refers to another text",
	"DL-208": "a clause that sets no time",
	"DL-209": "a number without a unit",
	"DL-210": "a number too large",
	"DL-211": "no such day",
	"DL-212": "an approximate number",
	"DL-213": "a time that is not named",
	"DL-214": "too long",
	"DL-215": "the most is less than the least",
	"DL-216": "not a period of the calendar",
}
