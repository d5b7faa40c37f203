package deadline

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Date is a civil day in China: a year, a month and a day, with no time of day
// and no time zone. It is comparable with ==; the zero Date means "not set".
// Days from 0001-01-01 to 9999-12-31 can be written.
type Date struct {
	n int32 // days since 0000-12-31, so that 0001-01-01 is 1 and 0 is "not set"
}

// ErrDate is wrapped by every error of ParseDate.
var ErrDate = errors.New("deadline: not a date")

// beijing is the one zone in which an instant becomes a civil day. China has
// had no summer time since 1991 and the rules here begin in 2004.
var beijing = time.FixedZone("UTC+8", 8*60*60)

const (
	minYear = 1
	maxYear = 9999
)

// NewDate returns the given day. A day that does not exist (29 February of a
// common year, month 13, a year outside 1…9999) gives the zero Date.
func NewDate(year int, month time.Month, day int) Date {
	if year < minYear || year > maxYear || month < time.January || month > time.December || day < 1 || day > daysIn(year, month) {
		return Date{}
	}
	return Date{dayNumber(year, int(month), day)}
}

// DateOf returns the civil day of an instant in the fixed zone UTC+08:00. It is
// the only way from an instant to a day. The zero time.Time gives the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.In(beijing).Date()
	return NewDate(y, m, d)
}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y int, m time.Month) int {
	switch m {
	case time.February:
		if leap(y) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	}
	return 31
}

// dayNumber counts days with the year beginning in March, so that the leap day
// is the last of its year.
func dayNumber(y, m, d int) int32 {
	if m <= 2 {
		y--
		m += 12
	}
	return int32(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - 305)
}

// Civil returns the year, month and day; three zeros for the zero Date.
func (d Date) Civil() (year int, month time.Month, day int) {
	if d.n <= 0 {
		return 0, 0, 0
	}
	n := int(d.n) + 305 // days since 0000-03-01
	era := n / 146097
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	y := yoe + era*400
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	m := mp + 3
	if m > 12 {
		m -= 12
		y++
	}
	return y, time.Month(m), day
}

// Year is the calendar year, 0 for the zero Date.
func (d Date) Year() int { y, _, _ := d.Civil(); return y }

// Month is the month, 0 for the zero Date.
func (d Date) Month() time.Month { _, m, _ := d.Civil(); return m }

// Day is the day of the month, 0 for the zero Date.
func (d Date) Day() int { _, _, n := d.Civil(); return n }

// IsZero reports whether the date is not set.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is -1, 0 or +1 as d is before, equal to or after e. The zero Date is
// before every day.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Before reports d < e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports d > e.
func (d Date) After(e Date) bool { return d.n > e.n }

// AddDays returns the day n calendar days later (earlier when n < 0), and the
// zero Date when d is zero or the result lies outside the years 1…9999.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	s := int64(d.n) + int64(n)
	if s < 1 || s > int64(lastDay.n) || (n > 0 && s < int64(d.n)) {
		return Date{}
	}
	return Date{int32(s)}
}

// AddMonths returns the same day of the month n months later (earlier when
// n < 0), and the last day of that month where it has no such day (民法典 202).
// The zero Date when d is zero or the result lies outside the years 1…9999.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || n > 12*maxYear || n < -12*maxYear {
		return Date{}
	}
	y, m, day := d.Civil()
	k := 12*y + int(m) - 1 + n
	if k < 12*minYear {
		return Date{}
	}
	y, m = k/12, time.Month(k%12+1)
	return NewDate(y, m, min(day, daysIn(y, m)))
}

var lastDay = NewDate(maxYear, time.December, 31)

// Sub is the number of calendar days from e to d: d = e.AddDays(d.Sub(e)).
func (d Date) Sub(e Date) int { return int(d.n) - int(e.n) }

// Weekday is the day of the week. The zero Date answers Sunday.
func (d Date) Weekday() time.Weekday {
	if d.IsZero() {
		return time.Sunday
	}
	return time.Weekday(d.n % 7) // 0001-01-01 is a Monday
}

// Time is the first instant of the day, 00:00 in UTC+08:00; the zero Time for
// the zero Date.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, n := d.Civil()
	return time.Date(y, m, n, 0, 0, 0, 0, beijing)
}

// String is 2006-01-02, and "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.append(make([]byte, 0, 10)))
}

func (d Date) append(b []byte) []byte {
	y, m, n := d.Civil()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+n/10), byte('0'+n%10))
}

// Chinese is 2006年1月2日, as a document writes it, and "" for the zero Date. The
// year has four digits, so that ParseDate reads it back.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	y, m, n := d.Civil()
	return fmt.Sprintf("%04d年%d月%d日", y, int(m), n)
}

// ParseDate reads 2026-11-21, 2026年11月21日 (one or two digits for month and
// day) and 20261121, in half or full width, with surrounding blanks. Anything
// else, and a day that does not exist, is an error that wraps ErrDate.
func ParseDate(s string) (Date, error) {
	t := strings.TrimSpace(halve(s))
	y, m, d, ok := splitDate(t)
	if !ok {
		return Date{}, fmt.Errorf("%w: %q: want 2006-01-02, 2006年1月2日 or 20060102", ErrDate, clip(s))
	}
	date := NewDate(y, time.Month(m), d)
	if date.IsZero() {
		return Date{}, fmt.Errorf("%w: %q: there is no such day", ErrDate, clip(s))
	}
	return date, nil
}

// MustParseDate is ParseDate for constants; it panics on an error.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func clip(s string) string {
	r := []rune(s)
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func halve(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, s)
}

func splitDate(t string) (y, m, d int, ok bool) {
	if len(t) == 8 && allDigits(t) {
		return number(t[:4]), number(t[4:6]), number(t[6:]), true
	}
	if len(t) == 10 && t[4] == '-' && t[7] == '-' && allDigits(t[:4]) && allDigits(t[5:7]) && allDigits(t[8:]) {
		return number(t[:4]), number(t[5:7]), number(t[8:]), true
	}
	ys, rest, ok1 := strings.Cut(t, "年")
	ms, rest, ok2 := strings.Cut(rest, "月")
	ds, rest, ok3 := strings.Cut(rest, "日")
	ys, ms, ds = strings.TrimSpace(ys), strings.TrimSpace(ms), strings.TrimSpace(ds)
	if !ok1 || !ok2 || !ok3 || rest != "" || len(ys) != 4 || len(ms) < 1 || len(ms) > 2 || len(ds) < 1 || len(ds) > 2 ||
		!allDigits(ys) || !allDigits(ms) || !allDigits(ds) {
		return 0, 0, 0, false
	}
	return number(ys), number(ms), number(ds), true
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// MarshalText writes String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads; an empty text is the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores the date as text, and the zero Date as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads text, bytes, NULL, and a time.Time whose own civil day is taken
// (drivers give DATE columns as midnight in a zone of their choice).
func (d *Date) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		y, m, n := v.Date()
		if *d = NewDate(y, m, n); d.IsZero() {
			return fmt.Errorf("%w: the column holds %v, outside the years 1 to 9999", ErrDate, v)
		}
		return nil
	}
	return fmt.Errorf("%w: a column of type %T", ErrDate, v)
}
