package rickarcal_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/rickarcal"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/us"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func day(s string) deadline.Date { return deadline.MustParseDate(s) }

func TestChinaThroughTheOtherLibraryAndBack(t *testing.T) {
	c := deadline.China()
	b, err := rickarcal.Business(c, rickarcal.Weekdays)
	require.NoError(t, err)
	back, err := rickarcal.FromBusiness(b, 2004, 2025)
	require.NoError(t, err)
	for d := day("2004-01-01"); d.Year() < 2026; d = d.AddDays(1) {
		want, err := c.IsWorkday(d)
		require.NoError(t, err)
		assert.Equal(t, want, b.IsWorkday(d.Time()), d)
		got, err := back.IsWorkday(d)
		require.NoError(t, err)
		require.Equal(t, want, got, d)
	}
	for d := day("2005-01-03"); d.Year() < 2025; d = d.AddDays(29) {
		for _, n := range []int{1, 7, 20, -7, -20} {
			want, err := c.AddWorkdays(d, n)
			require.NoError(t, err)
			require.Equal(t, want, deadline.DateOf(b.WorkdaysFrom(d.Time(), n)), "%s %d", d, n)
			got, err := back.AddWorkdays(d, n)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	}
}

func TestHolidaysForTheOtherLibrary(t *testing.T) {
	c := deadline.China()
	b, err := rickarcal.Business(c, rickarcal.Weekdays)
	require.NoError(t, err)
	b.AddHoliday(rickarcal.Holidays(c, day("2026-01-01"), day("2026-11-30"))...)
	_, observed, h := b.IsHoliday(day("2026-10-05").Time())
	require.True(t, observed)
	assert.Equal(t, "国庆节", h.Name)
	assert.Equal(t, cal.ObservanceOther, h.Type)
	_, observed, _ = b.IsHoliday(day("2025-10-05").Time())
	assert.False(t, observed)
	for d := day("2026-01-01"); !d.After(day("2026-11-30")); d = d.AddDays(1) {
		want, err := c.IsWorkday(d)
		require.NoError(t, err)
		require.Equal(t, want, b.IsWorkday(d.Time()), d)
	}
	assert.Empty(t, rickarcal.Holidays(c, day("2027-01-01"), day("2027-12-31")), "not settled")
	assert.Equal(t, 13, statutory(rickarcal.Holidays(c.Projected(), day("2027-01-01"), day("2027-12-31"))))
}

func statutory(hs []*cal.Holiday) int {
	n := 0
	for _, h := range hs {
		if h.Type == cal.ObservancePublic {
			n++
		}
	}
	return n
}

func TestADayThatIsNotSettledIsTheCallersAnswer(t *testing.T) {
	asked := 0
	b, err := rickarcal.Business(deadline.China(), func(time.Time) bool { asked++; return true })
	require.NoError(t, err)
	assert.True(t, b.IsWorkday(time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC)))
	assert.True(t, b.IsWorkday(time.Date(1990, 1, 1, 12, 0, 0, 0, time.UTC)))
	assert.Equal(t, 2, asked)
	assert.False(t, b.IsWorkday(time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)))
	assert.Equal(t, 2, asked)
}

func TestHolidaysOfOtherCountries(t *testing.T) {
	for name, hs := range map[string][]*cal.Holiday{"美国": us.Holidays, "英国": gb.Holidays} {
		t.Run(name, func(t *testing.T) {
			b := cal.NewBusinessCalendar()
			b.AddHoliday(hs...)
			c, err := rickarcal.FromBusiness(b, 2000, 2040)
			require.NoError(t, err)
			plain := &cal.Calendar{}
			plain.AddHoliday(hs...)
			same, err := rickarcal.FromCalendar(plain, nil, 2000, 2040)
			require.NoError(t, err)
			for d := day("2000-01-01"); d.Year() <= 2040; d = d.AddDays(1) {
				want := b.IsWorkday(d.Time())
				got, err := c.IsWorkday(d)
				require.NoError(t, err)
				require.Equal(t, want, got, d)
				got, err = same.IsWorkday(d)
				require.NoError(t, err)
				require.Equal(t, want, got, d)
			}
		})
	}
	b := cal.NewBusinessCalendar()
	b.AddHoliday(us.Holidays...)
	c, err := rickarcal.FromBusiness(b, 2026, 2026)
	require.NoError(t, err)
	assert.Equal(t, "Christmas Day", c.Day(day("2026-12-25")).Festival)
	assert.Equal(t, deadline.DaySpecial, c.Day(day("2026-12-25")).Kind)
	_, err = c.IsWorkday(day("2027-01-01"))
	require.ErrorIs(t, err, deadline.ErrOutOfRange)
}

func TestWeekOfAnotherCountry(t *testing.T) {
	b := cal.NewBusinessCalendar()
	b.SetWorkday(time.Friday, false)
	b.SetWorkday(time.Sunday, true)
	c, err := rickarcal.FromBusiness(b, 2026, 2026)
	require.NoError(t, err)
	got, err := c.AddWorkdays(day("2026-11-19"), 1) // a Thursday
	require.NoError(t, err)
	assert.Equal(t, "2026-11-22", got.String())
	six, err := rickarcal.FromCalendar(&cal.Calendar{}, deadline.Week{1, 2, 3, 4, 5, 6}, 2026, 2026)
	require.NoError(t, err)
	got, err = six.AddWorkdays(day("2026-11-20"), 1)
	require.NoError(t, err)
	assert.Equal(t, "2026-11-21", got.String())
}

func TestConversionsRefused(t *testing.T) {
	_, err := rickarcal.Business(nil, rickarcal.Weekdays)
	require.ErrorIs(t, err, rickarcal.ErrConvert)
	_, err = rickarcal.Business(deadline.China(), nil)
	require.ErrorIs(t, err, rickarcal.ErrConvert)
	_, err = rickarcal.FromBusiness(nil, 2026, 2026)
	require.ErrorIs(t, err, rickarcal.ErrConvert)
	_, err = rickarcal.FromCalendar(nil, nil, 2026, 2026)
	require.ErrorIs(t, err, rickarcal.ErrConvert)
	for _, y := range [][2]int{{2026, 2025}, {0, 2026}, {1900, 2100}, {9999, 10000}} {
		_, err = rickarcal.FromBusiness(cal.NewBusinessCalendar(), y[0], y[1])
		require.ErrorIs(t, err, rickarcal.ErrConvert)
	}
	_, err = rickarcal.FromCalendar(&cal.Calendar{}, deadline.Week{9}, 2026, 2026)
	require.ErrorIs(t, err, rickarcal.ErrConvert)
}

func ExampleBusiness() {
	b, err := rickarcal.Business(deadline.China(), rickarcal.Weekdays)
	if err != nil {
		fmt.Println(err)
		return
	}
	from := time.Date(2026, time.September, 18, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	fmt.Println(b.WorkdaysFrom(from, 20).Format(time.DateOnly))
	// Output: 2026-10-22
}

func ExampleFromBusiness() {
	b := cal.NewBusinessCalendar()
	b.AddHoliday(us.Holidays...)
	c, err := rickarcal.FromBusiness(b, 2020, 2030)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.AddWorkdays(deadline.MustParseDate("2026-11-20"), 5))
	// Output: 2026-11-30 <nil>
}
