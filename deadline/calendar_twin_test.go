package deadline_test

import (
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// dayByDay is the obvious way: one day after the other, against the list.
type dayByDay struct {
	work  map[deadline.Date]bool // listed
	first deadline.Date
	last  deadline.Date // settled
}

func newDayByDay(t testing.TB) *dayByDay {
	w := &dayByDay{map[deadline.Date]bool{}, day("2004-01-01"), day("2026-11-30")}
	for _, r := range readCSV(t, "testdata/calendar/state-council-holidays.csv") {
		w.work[day(r["date"])] = r["kind"] == "work"
	}
	return w
}

func (w *dayByDay) works(d deadline.Date) bool {
	if k, ok := w.work[d]; ok {
		return k
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// Every start day 2004–2026 and every n in −60…120, and the way back.
func TestAddWorkdaysAgreesDayByDay(t *testing.T) {
	c, twin := deadline.China(), newDayByDay(t)
	checked := 0
	for start := twin.first; start.Year() <= 2026; start = start.AddDays(1) {
		check := func(n int, want deadline.Date, werr error) {
			got, err := c.AddWorkdays(start, n)
			checked++
			if werr != nil {
				if got != (deadline.Date{}) {
					t.Fatalf("%s %d: an error and a day %s", start, n, got)
				}
				require.ErrorIs(t, err, werr, "%s %d", start, n)
				return
			}
			if err != nil || got != want {
				t.Fatalf("%s %+d: got %s %v, want %s", start, n, got, err, want)
			}
			if n > 0 || n < 0 && twin.works(start) && !start.After(twin.last) {
				if k, err := c.WorkdaysBetween(start, got); err != nil || k != n {
					t.Fatalf("%s %+d: the way back is %d %v", start, n, k, err)
				}
				if k, err := c.WorkdaysBetween(got, start); err != nil || k != -n {
					t.Fatalf("%s %+d: the way to the start is %d %v", start, n, k, err)
				}
			}
		}
		d, err := start, error(nil)
		check(0, start, nil)
		for n := 1; n <= 120; n++ {
			for err == nil {
				if d = d.AddDays(1); d.After(twin.last) {
					err = deadline.ErrUnsettled
				} else if twin.works(d) {
					break
				}
			}
			check(n, d, err)
		}
		d, err = start, nil
		for n := -1; n >= -60; n-- {
			for err == nil {
				if d = d.AddDays(-1); d.Before(twin.first) {
					err = deadline.ErrOutOfRange
				} else if d.After(twin.last) {
					err = deadline.ErrUnsettled
				} else if twin.works(d) {
					break
				}
			}
			check(n, d, err)
		}
	}
	assert.Equal(t, 8401*181, checked)
}

func TestWorkdaysBetweenAgreesDayByDay(t *testing.T) {
	c, twin := deadline.China(), newDayByDay(t)
	for a := twin.first; a.Before(twin.last); a = a.AddDays(11) {
		n := 0
		for b := a; !b.After(twin.last); b = b.AddDays(1) {
			if b != a && twin.works(b) {
				n++
			}
			got, err := c.WorkdaysBetween(a, b)
			if err != nil || got != n {
				t.Fatalf("(%s, %s]: got %d %v, want %d", a, b, got, err, n)
			}
			back, err := c.WorkdaysBetween(b, a)
			if err != nil || back != -n {
				t.Fatalf("(%s, %s]: got %d %v, want %d", b, a, back, err, -n)
			}
		}
	}
}

func TestNextAndLastWorkdayAgreeDayByDay(t *testing.T) {
	c, twin := deadline.China(), newDayByDay(t)
	for d := day("2004-02-01"); d.Before(day("2026-11-01")); d = d.AddDays(1) {
		up, down := d, d
		for !twin.works(up) {
			up = up.AddDays(1)
		}
		for !twin.works(down) {
			down = down.AddDays(-1)
		}
		got, err := c.OnOrAfter(d)
		require.NoError(t, err)
		require.Equal(t, up, got)
		got, err = c.OnOrBefore(d)
		require.NoError(t, err)
		require.Equal(t, down, got)
	}
}

// The same on the whole projected table, against its own days.
func TestProjectedCountsAgreeWithItsDays(t *testing.T) {
	c := deadline.China().Projected()
	first, last := c.Range()
	prev := first.AddDays(-1)
	n := 0
	for d := first; !d.After(last) && !d.IsZero(); d = d.AddDays(1) {
		works, err := c.IsWorkday(d)
		require.NoError(t, err)
		require.Equal(t, works, c.Day(d).Worked(), d)
		if !works {
			continue
		}
		n++
		if !prev.Before(first) {
			got, err := c.AddWorkdays(prev, 1)
			require.NoError(t, err)
			require.Equal(t, d, got)
			got, err = c.AddWorkdays(d, -1)
			require.NoError(t, err)
			require.Equal(t, prev, got)
		}
		prev = d
	}
	k, err := c.WorkdaysBetween(first, last)
	require.NoError(t, err)
	assert.Equal(t, n, k) // 2004-01-01 is a holiday
}

func FuzzCalendarNeverPanics(f *testing.F) {
	f.Add(2026, 11, 20, 20)
	f.Add(0, 0, 0, 1_000_000)
	f.Add(2004, 1, 1, -1_000_000)
	f.Add(2100, 12, 31, 1)
	f.Add(2024, 2, 29, -1)
	f.Add(9999, 12, 31, -1<<62)
	f.Fuzz(func(t *testing.T, y, m, d, n int) {
		at := deadline.NewDate(y, time.Month(m), d)
		for _, c := range []*deadline.Calendar{deadline.China(), deadline.China().Projected(), {}} {
			_, _ = c.IsWorkday(at)
			r, err := c.AddWorkdays(at, n)
			if err == nil && n > 0 {
				k, err := c.WorkdaysBetween(at, r)
				require.NoError(t, err)
				require.Equal(t, n, k)
			}
			e, l, _, err2 := c.Bound(at, n)
			if err == nil && err2 == nil {
				require.False(t, r.Before(e) || r.After(l))
			}
			_, _, _, _ = c.BoundOnOrAfter(at)
			_, _, _, _ = c.BoundOnOrBefore(at)
			_, _ = c.OnOrAfter(at)
			_, _ = c.OnOrBefore(at)
			_ = c.Day(at)
			_ = c.Awaits(at, r)
		}
	})
}
