package deadline_test

import (
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/require"
)

// peer is rickar/cal with the same Chinese days, by its WorkdayFunc.
func peer(b testing.TB) *cal.BusinessCalendar {
	listed := map[[3]int]bool{}
	for _, r := range readCSV(b, "testdata/calendar/state-council-holidays.csv") {
		y, m, d := day(r["date"]).Civil()
		listed[[3]int{y, int(m), d}] = r["kind"] == "work"
	}
	c := cal.NewBusinessCalendar()
	c.WorkdayFunc = func(t time.Time) bool {
		y, m, d := t.Date()
		if w, ok := listed[[3]int{y, int(m), d}]; ok {
			return w
		}
		return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
	}
	return c
}

func some(from deadline.Date) (ds [64]deadline.Date) {
	for i := range ds {
		ds[i] = from.AddDays(i)
	}
	return ds
}

func BenchmarkIsWorkday(b *testing.B) {
	d := day("2024-09-25")
	ds := some(d)
	b.Run("ours", func(b *testing.B) {
		c := deadline.China()
		b.ReportAllocs()
		i, n := 0, 0
		for b.Loop() {
			if ok, _ := c.IsWorkday(ds[i&63]); ok {
				n++
			}
			i++
		}
	})
	b.Run("rickar", func(b *testing.B) {
		c, t := peer(b), d.Time()
		b.ReportAllocs()
		for b.Loop() {
			c.IsWorkday(t)
		}
	})
}

func BenchmarkAddWorkdays(b *testing.B) {
	for _, n := range []int{1, 20, 250, 5000} {
		name := "days=" + map[int]string{1: "1", 20: "20", 250: "250", 5000: "5000"}[n]
		from := day("2004-09-25")
		ds := some(from)
		b.Run(name+"/ours", func(b *testing.B) {
			c := deadline.China()
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := c.AddWorkdays(ds[i&63], n); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
		b.Run(name+"/rickar", func(b *testing.B) {
			c, t := peer(b), from.Time()
			b.ReportAllocs()
			for b.Loop() {
				c.WorkdaysFrom(t, n)
			}
		})
	}
}

func BenchmarkWorkdaysBetween(b *testing.B) {
	a, z := day("2006-01-04"), day("2026-01-04")
	as := some(a)
	b.Run("years=20/ours", func(b *testing.B) {
		c := deadline.China()
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if _, err := c.WorkdaysBetween(as[i&63], z); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
	b.Run("years=20/rickar", func(b *testing.B) {
		c, from, to := peer(b), a.Time(), z.Time()
		b.ReportAllocs()
		for b.Loop() {
			c.WorkdaysInRange(from, to)
		}
	})
}

func BenchmarkBound(b *testing.B) {
	c := deadline.China()
	for _, n := range []int{20, 250} {
		b.Run("days="+map[int]string{20: "20", 250: "250"}[n], func(b *testing.B) {
			b.ReportAllocs()
			from := day("2026-12-20")
			for b.Loop() {
				if _, _, _, err := c.Bound(from, n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkChina(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := deadline.ChinaThrough(2026); err != nil {
			b.Fatal(err)
		}
	}
}

// The benchmark compares like with like.
func TestPeerGivesTheSameDays(t *testing.T) {
	p, c := peer(t), deadline.China()
	for d := day("2010-01-01"); d.Before(day("2025-01-01")); d = d.AddDays(17) {
		got, err := c.AddWorkdays(d, 20)
		require.NoError(t, err)
		require.Equal(t, got, deadline.DateOf(p.WorkdaysFrom(d.Time(), 20)), d)
	}
}
