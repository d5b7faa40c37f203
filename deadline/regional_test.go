package deadline_test

import (
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRegionalHolidays(t *testing.T) {
	for name, k := range map[string]struct {
		region deadline.Region
		year   int
		days   []string
		amends bool
	}{
		"广西2025年 三月三按农历推算":       {deadline.Guangxi, 2025, []string{"2025-03-31 off", "2025-04-01 off"}, false},
		"广西2026年 逢周日，通知前后各补一天":   {deadline.Guangxi, 2026, []string{"2026-04-17 off", "2026-04-18 off", "2026-04-19 off", "2026-04-20 off"}, true},
		"广西2018年 通知另有调休":         {deadline.Guangxi, 2018, []string{"2018-04-18 off", "2018-04-19 off", "2018-04-20 off", "2018-04-15 work"}, true},
		"海南2027年 只取初三":           {deadline.Hainan, 2027, []string{"2027-04-09 off"}, false},
		"楚雄2024年 火把节通知三天":        {deadline.Chuxiong, 2024, []string{"2024-07-29 off", "2024-07-30 off", "2024-07-31 off"}, true},
		"楚雄2026年 火把节只有六月二十四是确定的": {deadline.Chuxiong, 2026, []string{"2026-08-06 off"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := k.region.Holiday(k.year)
			require.NoError(t, err)
			assert.Equal(t, k.days, flat(a.Days))
			assert.Equal(t, k.amends, a.Amends)
			assert.True(t, a.Own)
			assert.False(t, a.Source.Verified)
			assert.NotEmpty(t, a.Source.Note)
			assert.Equal(t, 4, a.Source.Citation.Article)
			c, err := deadline.China().With(a)
			require.NoError(t, err)
			for _, d := range a.Days {
				day := c.Projected().Day(d.Date)
				assert.Equal(t, !d.Off, day.Worked(), d.Date)
				assert.Equal(t, d.Festival, day.Festival)
				assert.Equal(t, a.Source, day.Source)
				assert.NotEqual(t, day, deadline.China().Projected().Day(d.Date), "the built-in calendar does not have it")
			}
			assert.Equal(t, deadline.China().SettledThrough(), c.SettledThrough())
		})
	}
}

func TestRegionalHolidayThatCannotBeSaid(t *testing.T) {
	for _, k := range []struct {
		region deadline.Region
		year   int
	}{{"xinjiang", 2026}, {deadline.Guangxi, 2013}, {deadline.Guangxi, 2101}, {deadline.Chuxiong, 2036}, {deadline.Hainan, -1}} {
		_, err := k.region.Holiday(k.year)
		require.ErrorIs(t, err, deadline.ErrRegion)
	}
}

// Every year of the table, on every calendar: added, or refused because the
// day is a make-up day of the State Council.
func TestRegionalHolidaysOfEveryYear(t *testing.T) {
	for _, r := range []deadline.Region{deadline.Guangxi, deadline.Hainan, deadline.Chuxiong} {
		added := 0
		for y := 2014; y <= 2100; y++ {
			a, err := r.Holiday(y)
			if err != nil {
				require.ErrorIs(t, err, deadline.ErrRegion)
				continue
			}
			require.NotEmpty(t, a.Days)
			if _, err := deadline.China().With(a); err != nil {
				require.ErrorIs(t, err, deadline.ErrArrangement)
				continue
			}
			added++
		}
		assert.Greater(t, added, 70, r)
	}
}
