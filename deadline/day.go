package deadline

import (
	"errors"
	"fmt"
	"slices"
)

// DayKind says what a day is. The zero DayKind is undetermined: the calendar is
// strict and the day is not settled, or the day lies outside the table.
type DayKind uint8

// The kinds of days.
const (
	DayUndetermined DayKind = iota
	DayWorkday              // 工作日
	DayWeekend              // 公休日, the weekly day of rest
	DayStatutory            // 法定节假日, named by 全国年节及纪念日放假办法 art. 2
	DayInLieu               // 调休、补休: a weekday off that is not itself statutory
	DayMakeup               // 补班: a day of rest made a working day
	DaySpecial              // a day off by a one-off act, a local government or an agency
)

var dayKinds = [...]struct{ name, chinese, english string }{
	{"undetermined", "未定", "undetermined"},
	{"workday", "工作日", "working day"},
	{"weekend", "公休日", "weekend"},
	{"statutory-holiday", "法定节假日", "statutory holiday"},
	{"in-lieu-day-off", "调休", "day off in lieu"},
	{"make-up-workday", "补班", "make-up working day"},
	{"special-day-off", "特别放假", "special day off"},
}

// ErrDayKind is wrapped when a text names no DayKind.
var ErrDayKind = errors.New("deadline: not a kind of day")

func (k DayKind) worked() bool { return k == DayWorkday || k == DayMakeup }

// String is the name that is stored, e.g. make-up-workday.
func (k DayKind) String() string {
	if int(k) < len(dayKinds) {
		return dayKinds[k].name
	}
	return fmt.Sprintf("DayKind(%d)", uint8(k))
}

// Chinese is the word of the notices, e.g. 补班; English its translation.
func (k DayKind) Chinese() string {
	if int(k) < len(dayKinds) {
		return dayKinds[k].chinese
	}
	return ""
}

// English is the kind in plain words.
func (k DayKind) English() string {
	if int(k) < len(dayKinds) {
		return dayKinds[k].english
	}
	return ""
}

// MarshalText writes String; an unknown kind is an error.
func (k DayKind) MarshalText() ([]byte, error) {
	if int(k) >= len(dayKinds) {
		return nil, fmt.Errorf("%w: %d", ErrDayKind, uint8(k))
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what String writes; anything else is an error.
func (k *DayKind) UnmarshalText(b []byte) error {
	for i, n := range dayKinds {
		if n.name == string(b) {
			*k = DayKind(i)
			return nil
		}
	}
	return fmt.Errorf("%w: %q", ErrDayKind, clip(string(b)))
}

// Day is what the calendar knows about one day.
type Day struct {
	Date Date    `json:"date,omitzero"`
	Kind DayKind `json:"kind"`
	// Festival is the festival to which a listed day belongs (国庆节、中秋节
	// where a notice puts two together), and on an unsettled day the festival
	// that the law as it stands puts there; else empty.
	Festival string `json:"festival,omitempty"`
	// Source is the notice that lists the day, or the law when only the law
	// names it; zero for an ordinary day.
	Source Source `json:"source,omitzero"`
	// Settled: every notice that can touch the day is in the calendar. A day
	// with a Kind that is not settled is projected.
	Settled bool `json:"settled"`
}

// Worked reports a working day; an undetermined day is not one.
func (d Day) Worked() bool { return d.Kind.worked() }

// Projected reports that the kind is expected, not settled.
func (d Day) Projected() bool { return !d.Settled && d.Kind != DayUndetermined }

// Day says what kind of day d is and why. It has no error: outside the table,
// and on a day that is not settled when the projection is off, the kind is
// DayUndetermined.
func (c *Calendar) Day(d Date) Day {
	day := Day{Date: d}
	i, ok := c.index(d)
	if !ok {
		return day
	}
	day.Settled = !c.inGap(i)
	k, found := slices.BinarySearchFunc(c.marks, i, func(m mark, i int32) int { return int(m.i - i) })
	if found {
		m := c.marks[k]
		day.Kind, day.Festival, day.Source = m.kind, c.names[m.name], c.acts[m.act]
		if !day.Settled && !c.projected && !m.flag.has(listed|official) {
			day.Festival, day.Source = "", Source{}
		}
	} else if c.week[d.Weekday()] {
		day.Kind = DayWorkday
	} else {
		day.Kind = DayWeekend
	}
	if !day.Settled && !c.projected {
		day.Kind = DayUndetermined
	}
	return day
}

func (c *Calendar) inGap(i int32) bool {
	for _, g := range c.gaps {
		if g.lo <= i && i <= g.hi {
			return true
		}
	}
	return false
}
