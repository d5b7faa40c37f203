package deadline_test

import (
	"errors"
	"runtime"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// made2027 is invented for the tests: no notice for 2027 is known.
func made2027() deadline.Arrangement {
	a := deadline.Arrangement{Year: 2027, Source: deadline.Source{Title: "made up for a test"}}
	add := func(name string, off bool, from, to string) {
		for d := day(from); !d.After(day(to)); d = d.AddDays(1) {
			a.Days = append(a.Days, deadline.ArrangedDay{Date: d, Off: off, Festival: name})
		}
	}
	add("元旦", true, "2026-12-31", "2027-01-03")
	add("元旦", false, "2026-12-27", "2026-12-27")
	add("春节", true, "2027-02-05", "2027-02-11")
	add("春节", false, "2027-02-14", "2027-02-14")
	add("清明节", true, "2027-04-03", "2027-04-05")
	add("劳动节", true, "2027-05-01", "2027-05-05")
	add("劳动节", false, "2027-05-08", "2027-05-08")
	add("端午节", true, "2027-06-09", "2027-06-09")
	add("中秋节", true, "2027-09-15", "2027-09-15")
	add("国庆节", true, "2027-10-01", "2027-10-07")
	add("国庆节", false, "2027-09-26", "2027-09-26")
	add("国庆节", false, "2027-10-09", "2027-10-09")
	return a
}

func TestNoticeForTheNextYearSettlesDecemberAndTheYear(t *testing.T) {
	c := deadline.China()
	assert.Equal(t, day("2026-11-30"), c.SettledThrough())
	_, err := c.IsWorkday(day("2026-12-31"))
	var un *deadline.UnsettledError
	require.ErrorAs(t, err, &un)
	assert.Equal(t, &deadline.UnsettledError{Code: "DL-101", Day: day("2026-12-31"), Notice: 2027}, un)
	assert.Equal(t, "DL-101", un.Code)

	with, err := c.With(made2027())
	require.NoError(t, err)
	assert.Equal(t, day("2027-11-30"), with.SettledThrough())
	assert.Equal(t, day("2026-11-30"), c.SettledThrough(), "the old calendar is as it was")
	for s, want := range map[string]bool{
		"2026-12-27": true, "2026-12-31": false, "2027-01-04": true, "2027-02-11": false, "2027-02-14": true,
		"2027-10-09": true, "2027-11-30": true,
	} {
		works, err := with.IsWorkday(day(s))
		require.NoError(t, err, s)
		assert.Equal(t, want, works, s)
	}
	_, err = with.IsWorkday(day("2027-12-01"))
	require.ErrorAs(t, err, &un)
	assert.Equal(t, 2028, un.Notice)
	assert.Equal(t, []deadline.DayKind{deadline.DayMakeup, deadline.DayInLieu, deadline.DayStatutory, deadline.DayWeekend},
		[]deadline.DayKind{with.Day(day("2026-12-27")).Kind, with.Day(day("2026-12-31")).Kind, with.Day(day("2027-01-01")).Kind, with.Day(day("2027-01-02")).Kind})
	assert.Equal(t, "made up for a test", with.Day(day("2027-01-01")).Source.Title)
	assert.True(t, with.Projected().Day(day("2027-12-15")).Projected())
}

func TestStrictCalendarSaysNothingAboutAnUnsettledDay(t *testing.T) {
	c := deadline.China()
	d := c.Day(day("2027-02-06"))
	assert.Equal(t, deadline.DayUndetermined, d.Kind)
	assert.Equal(t, "春节", d.Festival, "the law as it stands")
	assert.False(t, d.Settled || d.Projected() || d.Worked())
	assert.Equal(t, deadline.Day{Date: day("2027-02-09")}, c.Day(day("2027-02-09")), "a substitute is only expected")
	p := c.Projected().Day(day("2027-02-09"))
	assert.Equal(t, deadline.DayInLieu, p.Kind)
	assert.True(t, p.Projected())
	assert.Equal(t, law.HolidayRegulation2024.Art(6), p.Source.Citation)
	assert.Equal(t, deadline.Day{Date: day("2003-12-31")}, c.Day(day("2003-12-31")))
	assert.Equal(t, deadline.Day{}, c.Day(deadline.Date{}))
}

func TestLaterNoticeWithoutTheOneBetween(t *testing.T) {
	a := made2027()
	a.Year = 2028
	a.Days = []deadline.ArrangedDay{{Date: day("2027-12-31"), Off: true, Festival: "元旦"}, {Date: day("2028-01-01"), Off: true, Festival: "元旦"}}
	c, err := deadline.China().With(a)
	require.NoError(t, err)
	assert.Equal(t, day("2026-11-30"), c.SettledThrough())
	works, err := c.IsWorkday(day("2028-03-01"))
	require.NoError(t, err)
	assert.True(t, works)
	_, err = c.AddWorkdays(day("2028-01-10"), -20)
	var un *deadline.UnsettledError
	require.ErrorAs(t, err, &un)
	assert.Equal(t, 2027, un.Notice, "December 2027 waits for both, the first of them is missing")
	e, l, assumed, err := c.Bound(day("2027-11-20"), 40)
	require.NoError(t, err)
	assert.NotEmpty(t, assumed)
	assert.False(t, l.Before(e))
}

func TestWithRefuses(t *testing.T) {
	code := func(err error) string {
		var a *deadline.ArrangementError
		require.ErrorAs(t, err, &a)
		require.ErrorIs(t, err, deadline.ErrArrangement)
		return a.Code
	}
	one := func(year int, d string, off bool) deadline.Arrangement {
		return deadline.Arrangement{Year: year, Days: []deadline.ArrangedDay{{Date: day(d), Off: off}}}
	}
	c := deadline.China()
	for name, k := range map[string]struct {
		as   []deadline.Arrangement
		code string
	}{
		"同一年的第二份通知":       {[]deadline.Arrangement{made2027(), made2027()}, "DL-112"},
		"已有内置通知的年份":       {[]deadline.Arrangement{one(2026, "2026-03-01", false)}, "DL-112"},
		"别的年份的日子":         {[]deadline.Arrangement{one(2027, "2026-11-30", true)}, "DL-114"},
		"一份通知里既放假又上班":     {[]deadline.Arrangement{{Year: 2027, Days: []deadline.ArrangedDay{{Date: day("2027-01-02"), Off: true}, {Date: day("2027-01-02")}}}}, "DL-116"},
		"法定节假日不能上班":       {[]deadline.Arrangement{one(2027, "2027-02-06", false)}, "DL-118"},
		"没有说明是调整的不能与前文抵触": {[]deadline.Arrangement{{Own: true, Days: []deadline.ArrangedDay{{Date: day("2026-10-10"), Off: true}}}}, "DL-117"},
		"年份在表外":           {[]deadline.Arrangement{one(2101, "2101-01-01", true)}, "DL-111"},
		"空的通知":            {[]deadline.Arrangement{{Year: 2027}}, "DL-113"},
		"日子在表外":           {[]deadline.Arrangement{{Own: true, Days: []deadline.ArrangedDay{{}}}}, "DL-115"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.With(k.as...)
			require.Error(t, err)
			assert.Nil(t, got)
			assert.Equal(t, k.code, code(err))
		})
	}
	t.Run("所有问题一次说完", func(t *testing.T) {
		_, err := c.With(one(2027, "2026-11-30", true), one(2028, "2028-01-01", false), one(2026, "2026-03-01", true))
		require.Error(t, err)
		var joined interface{ Unwrap() []error }
		require.True(t, errors.As(err, &joined))
		assert.Len(t, joined.Unwrap(), 3)
	})
	_, err := (&deadline.Calendar{}).With()
	require.ErrorIs(t, err, deadline.ErrOutOfRange)
}

func TestAmendmentChangesWhatWasArranged(t *testing.T) {
	a := deadline.Arrangement{Year: 2026, Amends: true, Days: []deadline.ArrangedDay{
		{Date: day("2026-10-10"), Off: true, Festival: "国庆节"}, {Date: day("2026-10-08"), Off: true, Festival: "国庆节"}, {Date: day("2026-10-11"), Festival: "国庆节"},
	}}
	c, err := deadline.China().With(a)
	require.NoError(t, err)
	assert.Equal(t, deadline.DayWeekend, c.Day(day("2026-10-10")).Kind)
	assert.Equal(t, deadline.DayInLieu, c.Day(day("2026-10-08")).Kind)
	assert.Equal(t, deadline.DayMakeup, c.Day(day("2026-10-11")).Kind)
	assert.Equal(t, day("2026-11-30"), c.SettledThrough(), "an amendment settles no year")
}

func TestOwnDayOfAnAgency(t *testing.T) {
	a := deadline.Arrangement{Own: true, Source: deadline.Source{Title: "某局关于停电停办公一日的通知", Verified: true}, Days: []deadline.ArrangedDay{
		{Date: day("2026-08-12"), Off: true, Festival: "停电"}, {Date: day("2026-08-15"), Festival: "停电"},
	}}
	c, err := deadline.China().With(a)
	require.NoError(t, err)
	assert.Equal(t, deadline.DaySpecial, c.Day(day("2026-08-12")).Kind)
	assert.Equal(t, deadline.DayMakeup, c.Day(day("2026-08-15")).Kind)
	assert.Equal(t, a.Source, c.Day(day("2026-08-12")).Source)
	n, err := c.WorkdaysBetween(day("2026-08-11"), day("2026-08-15"))
	require.NoError(t, err)
	assert.Equal(t, 3, n)
}

func TestNewCalendarOfAnotherWeek(t *testing.T) {
	c, err := deadline.NewCalendar(deadline.CalendarConfig{
		Week: deadline.Week{1, 2, 3, 4, 5, 6},
		Days: []deadline.ArrangedDay{{Date: day("2026-11-25"), Off: true}, {Date: day("2026-11-29")}},
	})
	require.NoError(t, err)
	got, err := c.AddWorkdays(day("2026-11-21"), 7) // 23 24 26 27 28 29(a worked Sunday) 30
	require.NoError(t, err)
	assert.Equal(t, "2026-11-30", got.String())
	first, last := c.Range()
	assert.Equal(t, []string{"1990-01-01", "2100-12-31", "2100-12-31"}, []string{first.String(), last.String(), c.SettledThrough().String()})
	assert.Equal(t, deadline.DaySpecial, c.Day(day("2026-11-25")).Kind)

	for name, conf := range map[string]deadline.CalendarConfig{
		"表的末日在首日之前": {First: day("2026-01-02"), Last: day("2026-01-01")},
		"没有的星期":     {Week: deadline.Week{7}},
		"表外的日子":     {Days: []deadline.ArrangedDay{{Date: day("1989-12-31"), Off: true}}},
		"表太长":       {First: day("0001-01-01"), Last: day("9999-12-31")},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := deadline.NewCalendar(conf)
			require.ErrorIs(t, err, deadline.ErrArrangement)
		})
	}
	t.Run("一天的表", func(t *testing.T) {
		c, err := deadline.NewCalendar(deadline.CalendarConfig{First: day("2026-11-20"), Last: day("2026-11-20")})
		require.NoError(t, err)
		ok, err := c.IsWorkday(day("2026-11-20"))
		require.NoError(t, err)
		assert.True(t, ok)
		_, err = c.AddWorkdays(day("2026-11-20"), 1)
		require.ErrorIs(t, err, deadline.ErrOutOfRange)
		_, err = c.AddWorkdays(day("2026-11-20"), -1)
		require.ErrorIs(t, err, deadline.ErrOutOfRange)
	})
	t.Run("从不上班的一周", func(t *testing.T) {
		c, err := deadline.NewCalendar(deadline.CalendarConfig{Week: deadline.Week{}})
		require.NoError(t, err)
		_, err = c.AddWorkdays(day("2026-11-20"), 1)
		require.ErrorIs(t, err, deadline.ErrOutOfRange)
		_, err = c.OnOrAfter(day("2026-11-20"))
		require.ErrorIs(t, err, deadline.ErrOutOfRange)
	})
}

func TestZeroCalendarHasNoDays(t *testing.T) {
	var c deadline.Calendar
	_, err := c.IsWorkday(day("2026-11-20"))
	require.ErrorIs(t, err, deadline.ErrOutOfRange)
	assert.True(t, c.SettledThrough().IsZero())
	assert.Equal(t, deadline.DayUndetermined, c.Day(day("2026-11-20")).Kind)
	_, err = c.Projected().AddWorkdays(day("2026-11-20"), 3)
	require.ErrorIs(t, err, deadline.ErrOutOfRange)
}

func TestChinaIsSmall(t *testing.T) {
	_, err := deadline.ChinaThrough(2026)
	require.NoError(t, err)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c, err := deadline.ChinaThrough(2026)
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	runtime.KeepAlive(c)
	assert.LessOrEqual(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<10), "all that is allocated to build it")
}

func TestDayKindText(t *testing.T) {
	for k := deadline.DayUndetermined; k <= deadline.DaySpecial; k++ {
		b, err := k.MarshalText()
		require.NoError(t, err)
		var back deadline.DayKind
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, k, back)
		assert.NotEmpty(t, k.Chinese())
		assert.NotEmpty(t, k.English())
	}
	var k deadline.DayKind
	require.ErrorIs(t, k.UnmarshalText([]byte("holiday")), deadline.ErrDayKind)
	_, err := deadline.DayKind(99).MarshalText()
	require.ErrorIs(t, err, deadline.ErrDayKind)
	assert.Empty(t, deadline.DayKind(99).Chinese()+deadline.DayKind(99).English())
	assert.Equal(t, "DayKind(99)", deadline.DayKind(99).String())
}
