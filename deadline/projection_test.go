package deadline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProjectionOf2027(t *testing.T) {
	// start, point, earliest, latest of 20 working days
	table := [][4]string{
		{"2026-12-01", "2026-12-29", "2026-12-28", "2027-01-05"},
		{"2026-12-21", "2027-01-19", "2027-01-19", "2027-01-19"},
		{"2027-01-04", "2027-02-01", "2027-01-30", "2027-02-12"},
		{"2027-01-18", "2027-02-19", "2027-02-19", "2027-02-19"},
		{"2027-02-01", "2027-03-05", "2027-03-01", "2027-03-11"},
		{"2027-03-01", "2027-03-29", "2027-03-29", "2027-03-29"},
		{"2027-03-29", "2027-04-27", "2027-04-25", "2027-05-04"},
		{"2027-04-12", "2027-05-12", "2027-05-12", "2027-05-12"},
		{"2027-05-10", "2027-06-07", "2027-06-05", "2027-06-13"},
		{"2027-06-01", "2027-06-30", "2027-06-30", "2027-06-30"},
		{"2027-07-01", "2027-07-29", "2027-07-29", "2027-07-29"},
		{"2027-08-20", "2027-09-20", "2027-09-16", "2027-09-30"},
		{"2027-09-10", "2027-10-14", "2027-10-14", "2027-10-14"},
		{"2027-09-27", "2027-10-28", "2027-10-22", "2027-11-05"},
		{"2027-10-11", "2027-11-08", "2027-11-08", "2027-11-08"},
		{"2027-11-01", "2027-11-29", "2027-11-29", "2027-11-29"},
	}
	c := deadline.China()
	for _, r := range table {
		t.Run(r[0]+" 起20个工作日", func(t *testing.T) {
			_, err := c.AddWorkdays(day(r[0]), 20)
			require.ErrorIs(t, err, deadline.ErrUnsettled)
			p, err := c.Projected().AddWorkdays(day(r[0]), 20)
			require.NoError(t, err)
			e, l, assumed, err := c.Bound(day(r[0]), 20)
			require.NoError(t, err)
			assert.Equal(t, r[1:], []string{p.String(), e.String(), l.String()})
			assert.Equal(t, []deadline.Assumption{deadline.AssumeLaw, deadline.AssumeNoOneOff, deadline.AssumeReach}, assumed)
		})
	}
	t.Run("2027年全年工作日248天", func(t *testing.T) {
		n, err := c.Projected().WorkdaysBetween(day("2026-12-31"), day("2027-12-31"))
		require.NoError(t, err)
		assert.Equal(t, 248, n)
	})
}

// The back-test: with the notices up to Y−1 and the law of Y, every start from
// 1 December Y−1 to 30 November Y, twenty working days.
func TestProjectionBackTest(t *testing.T) {
	truth := deadline.China().Projected()
	var starts, inside, exact, wrong int
	for y := 2008; y <= 2026; y++ {
		c, err := deadline.ChinaThrough(y - 1)
		require.NoError(t, err)
		require.Equal(t, deadline.NewDate(y-1, time.November, 30), c.SettledThrough())
		for d := deadline.NewDate(y-1, time.December, 1); d.Before(deadline.NewDate(y, time.December, 1)); d = d.AddDays(1) {
			want, err := truth.AddWorkdays(d, 20)
			require.NoError(t, err)
			p, err := c.Projected().AddWorkdays(d, 20)
			require.NoError(t, err)
			e, l, _, err := c.Bound(d, 20)
			require.NoError(t, err)
			require.False(t, p.Before(e) || p.After(l), "%s: %s not in %s..%s", d, p, e, l)
			starts++
			if p != want {
				wrong++
			}
			if !want.Before(e) && !want.After(l) {
				inside++
			} else {
				assert.Contains(t, []int{2015, 2020}, y, "%s: %s not in %s..%s", d, want, e, l)
			}
			if e == l {
				exact++
			}
		}
	}
	assert.Equal(t, "6940 starts, 914 points wrong (13.2 %), 99.47 % inside, 61.4 % one-day",
		fmt.Sprintf("%d starts, %d points wrong (%.1f %%), %.2f %% inside, %.1f %% one-day",
			starts, wrong, 100*float64(wrong)/float64(starts), 100*float64(inside)/float64(starts), 100*float64(exact)/float64(starts)))
}

// boundTwin bounds by walking day by day and looking at every festival anew.
type boundTwin struct {
	settled  *deadline.Calendar
	festival []twinFestival
	lawful   map[deadline.Date]bool
}

type twinFestival struct {
	open              map[deadline.Date]bool // true: a weekday that may be off; false: a rest day that may be worked
	owed, off, makeup int
}

func newBoundTwin(t *testing.T, c *deadline.Calendar, years ...int) *boundTwin {
	b := &boundTwin{settled: c, lawful: map[deadline.Date]bool{}}
	cols := map[string]map[string]string{}
	for _, r := range readCSV(t, "testdata/calendar/festivals-1990-2100.csv") {
		cols[r["year"]] = r
	}
	type blocks = [][]deadline.Date
	for _, y := range years {
		r := cols[fmt.Sprint(y)]
		at := func(m time.Month, d, n int) (s []deadline.Date) {
			for k := range n {
				s = append(s, deadline.NewDate(y, m, d+k))
			}
			return s
		}
		one := func(col string, n int) (s []deadline.Date) {
			for k := range n {
				s = append(s, day(r[col]).AddDays(k))
			}
			return s
		}
		add := func(bs blocks, h [6]int) {
			f := twinFestival{open: map[deadline.Date]bool{}, off: h[4] + 2, makeup: h[5] + 2}
			seen := map[deadline.Date]bool{}
			for _, bl := range bs {
				for _, d := range bl {
					if seen[d] || weekend(d) {
						f.owed++
					}
					seen[d], b.lawful[d] = true, true
				}
			}
			for _, bl := range bs {
				for d := bl[0].AddDays(-30); d.Before(bl[len(bl)-1].AddDays(30)); d = d.AddDays(1) {
					before, after := bl[0].Sub(d), d.Sub(bl[len(bl)-1])
					if !seen[d] && !weekend(d) && before <= h[0]+2 && after <= h[1]+2 {
						f.open[d] = true
					}
					if !seen[d] && weekend(d) && before <= h[2]+2 && after <= h[3]+2 {
						f.open[d] = false
					}
				}
			}
			b.festival = append(b.festival, f)
		}
		add(blocks{at(1, 1, 1)}, [6]int{1, 2, 3, 5, 2, 2})
		add(blocks{one("chuxi", 4)}, [6]int{1, 4, 6, 9, 4, 2})
		add(blocks{one("qingming", 1)}, [6]int{2, 2, 4, 3, 2, 2})
		add(blocks{at(5, 1, 2)}, [6]int{2, 4, 8, 10, 3, 2})
		add(blocks{one("duanwu", 1)}, [6]int{2, 2, 4, 3, 2, 2})
		add(blocks{one("zhongqiu", 1), at(10, 1, 3)}, [6]int{2, 5, 5, 9, 6, 4})
	}
	return b
}

func weekend(d deadline.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// span counts in [a, b].
func (w *boundTwin) span(a, b deadline.Date) (least, most int) {
	for d := a; !d.After(b); d = d.AddDays(1) {
		works, err := w.settled.IsWorkday(d)
		if err != nil {
			works = !weekend(d) && !w.lawful[d]
		}
		if works {
			least++
		}
	}
	most = least
	for _, f := range w.festival {
		off, mk := 0, 0
		for d, weekday := range f.open {
			if d.Before(a) || d.After(b) {
				continue
			}
			if weekday {
				off++
			} else {
				mk++
			}
		}
		if off+mk == len(f.open) {
			least, most = least-f.owed, most-f.owed
		} else {
			least, most = least-min(off, f.off), most+min(mk, f.makeup)
		}
	}
	return least, most
}

func TestBoundAgreesWithTheSlowTwin(t *testing.T) {
	c := deadline.China()
	twin := newBoundTwin(t, c, 2027, 2028)
	starts := []string{"2026-11-20", "2026-12-05", "2026-12-28", "2027-01-10", "2027-01-29", "2027-02-06", "2027-03-30", "2027-04-16", "2027-05-28", "2027-08-30", "2027-09-12", "2027-09-30", "2027-10-09"}
	for _, s := range starts {
		for _, n := range []int{1, 2, 3, 5, 10, 15, 20, 30, 60, -1, -2, -5, -10, -20, -30} {
			d := day(s)
			e, l, _, err := c.Bound(d, n)
			require.NoError(t, err)
			// earliest: before it the count can never reach n again; latest: the first at which it must have
			var we, wl deadline.Date
			if n > 0 {
				for x := d.AddDays(n*2 + 60); ; x = x.AddDays(-1) {
					if _, most := twin.span(d.AddDays(1), x); most < n {
						we = x.AddDays(1)
						break
					}
				}
				for wl = d.AddDays(1); ; wl = wl.AddDays(1) {
					if least, _ := twin.span(d.AddDays(1), wl); least >= n {
						break
					}
				}
			} else {
				for x := d.AddDays(n*2 - 60); ; x = x.AddDays(1) {
					if _, most := twin.span(x, d.AddDays(-1)); most < -n {
						wl = x.AddDays(-1)
						break
					}
				}
				for we = d.AddDays(-1); ; we = we.AddDays(-1) {
					if least, _ := twin.span(we, d.AddDays(-1)); least >= -n {
						break
					}
				}
			}
			assert.Equal(t, [2]deadline.Date{we, wl}, [2]deadline.Date{e, l}, "%s n=%d", s, n)
		}
	}
}

func TestBoundOfSettledAndOutside(t *testing.T) {
	c := deadline.China()
	e, l, assumed, err := c.Bound(day("2026-10-01"), 20)
	require.NoError(t, err)
	want, err := c.AddWorkdays(day("2026-10-01"), 20)
	require.NoError(t, err)
	assert.Equal(t, [2]deadline.Date{want, want}, [2]deadline.Date{e, l})
	assert.Empty(t, assumed)
	t.Run("零个工作日就是当日", func(t *testing.T) {
		e, l, assumed, err := c.Bound(day("2027-02-06"), 0)
		require.NoError(t, err)
		assert.Equal(t, day("2027-02-06"), e)
		assert.Equal(t, e, l)
		assert.Empty(t, assumed)
	})
	for _, n := range []int{1_000_000, -1_000_000} {
		_, _, _, err = c.Bound(day("2027-02-06"), n)
		require.ErrorIs(t, err, deadline.ErrOutOfRange)
	}
	_, _, _, err = c.Bound(deadline.Date{}, 1)
	require.ErrorIs(t, err, deadline.ErrOutOfRange)
	for d := day("2100-09-01"); !d.IsZero() && d.Year() == 2100; d = d.AddDays(1) {
		for _, n := range []int{1, 20, 60, -20} {
			e, l, _, err := c.Bound(d, n)
			if err != nil {
				require.ErrorIs(t, err, deadline.ErrOutOfRange)
				continue
			}
			assert.False(t, l.Before(e))
		}
	}
}

func TestBoundOfTheLastDayRolled(t *testing.T) {
	c := deadline.China()
	e, l, assumed, err := c.BoundOnOrAfter(day("2026-11-21"))
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-11-23", "2026-11-23"}, []string{e.String(), l.String()})
	assert.Empty(t, assumed)
	e, l, assumed, err = c.BoundOnOrAfter(day("2027-02-06"))
	require.NoError(t, err)
	assert.Equal(t, []string{"2027-02-09", "2027-02-15"}, []string{e.String(), l.String()})
	assert.Len(t, assumed, 3)
	p, err := c.Projected().OnOrAfter(day("2027-02-06"))
	require.NoError(t, err)
	assert.Equal(t, "2027-02-11", p.String())
	_, err = c.OnOrAfter(day("2027-02-06"))
	require.ErrorIs(t, err, deadline.ErrUnsettled)
	e, l, _, err = c.BoundOnOrBefore(day("2027-02-06"))
	require.NoError(t, err)
	assert.False(t, l.After(day("2027-02-06")) || l.Before(e))
}

func TestCountBoundHoldsTheProjectedCount(t *testing.T) {
	c := deadline.China()
	for d := day("2026-11-01"); d.Year() < 2028; d = d.AddDays(5) {
		for _, k := range []int{0, 1, 7, 30, 100, 400, -30} {
			x := d.AddDays(k)
			least, most, assumed, err := c.CountBound(d, x)
			require.NoError(t, err)
			p, err := c.Projected().WorkdaysBetween(d, x)
			require.NoError(t, err)
			assert.True(t, least <= p && p <= most, "%s..%s: %d not in %d..%d", d, x, p, least, most)
			_, err = c.WorkdaysBetween(d, x)
			assert.Equal(t, err != nil, len(assumed) > 0, "%s..%s", d, x)
		}
	}
}

func TestAwaits(t *testing.T) {
	c := deadline.China()
	assert.Empty(t, c.Awaits(day("2026-01-01"), day("2026-11-30")))
	assert.Equal(t, []int{2027}, c.Awaits(day("2026-11-30"), day("2027-11-30")))
	assert.Equal(t, []int{2027, 2028}, c.Awaits(day("2026-11-30"), day("2028-11-30")))
}

// Every year to 2100 has the reaches of its festivals apart, so that the exact
// balance of each can be used.
func TestProjectionToTheEndOfTheTable(t *testing.T) {
	c := deadline.China().Projected()
	for y := 2027; y <= 2100; y++ {
		days := 365
		if deadline.NewDate(y, 2, 29) != (deadline.Date{}) {
			days++
		}
		n, err := c.WorkdaysBetween(deadline.NewDate(y-1, 12, 31), deadline.NewDate(y, 12, 31))
		require.NoError(t, err)
		rest, off := 0, 0
		for d := deadline.NewDate(y, 1, 1); d.Year() == y; d = d.AddDays(1) {
			if weekend(d) {
				rest++
			}
			if c.Day(d).Kind == deadline.DayInLieu || c.Day(d).Kind == deadline.DayStatutory && !weekend(d) {
				off++
			}
		}
		assert.Equal(t, 13, off, y)
		assert.Equal(t, days-rest-13, n, y)
	}
}

func TestAssumptionText(t *testing.T) {
	for _, a := range []deadline.Assumption{deadline.AssumeLaw, deadline.AssumeNoOneOff, deadline.AssumeReach} {
		assert.NotEmpty(t, a.Chinese())
		assert.NotEmpty(t, a.English())
		var back deadline.Assumption
		require.NoError(t, back.UnmarshalText([]byte(a)))
		assert.Equal(t, a, back)
	}
	var a deadline.Assumption
	require.ErrorIs(t, a.UnmarshalText([]byte("hope")), deadline.ErrAssumption)
	assert.Empty(t, deadline.Assumption("hope").Chinese())
	assert.True(t, slices.Contains(strings.Split(deadline.AssumeReach.Chinese(), ""), "两"))
}
