package deadline_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notice2027 is an invented arrangement for the tests.
func notice2027(t testing.TB) *deadline.Calendar {
	off := func(s ...string) (out []deadline.ArrangedDay) {
		for _, d := range s {
			out = append(out, deadline.ArrangedDay{Date: date(d), Off: true, Festival: "春节"})
		}
		return out
	}
	days := append(off("2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-02-12"),
		deadline.ArrangedDay{Date: date("2027-01-30"), Festival: "春节"}, deadline.ArrangedDay{Date: date("2027-02-20"), Festival: "春节"},
		deadline.ArrangedDay{Date: date("2027-01-01"), Off: true, Festival: "元旦"})
	cal, err := deadline.China().With(deadline.Arrangement{Year: 2027, Days: days, Source: deadline.Source{Title: "测试用的放假安排", Number: "测试〔2026〕1号"}})
	require.NoError(t, err)
	return cal
}

func clockFrom(t testing.TB, on deadline.Date, more ...deadline.Event) *deadline.Clock {
	c, err := deadline.NewClock(reply(t), deadline.China().Projected(), append([]deadline.Event{{Kind: deadline.EventReceived, Channel: deadline.ChannelInPerson, On: on}}, more...)...)
	require.NoError(t, err)
	return c
}

func TestImpact(t *testing.T) {
	old, now := deadline.China().Projected(), notice2027(t)
	t.Run("放假通知公布后哪些期限移动、从哪天到哪天、为什么", func(t *testing.T) {
		clocks := []*deadline.Clock{
			clockFrom(t, date("2026-03-02")),
			clockFrom(t, date("2027-01-11")),
			clockFrom(t, date("2027-01-11"), deadline.Event{Kind: deadline.EventServed, Means: deadline.MeansSigned, On: date("2027-01-20")}),
			nil,
		}
		ms := deadline.Impact(old, now, slices.Values(clocks))
		require.Len(t, ms, 1)
		m := ms[0]
		assert.Equal(t, 1, m.Index)
		a, err := clocks[1].Due()
		require.NoError(t, err)
		assert.Equal(t, a.Date, m.From)
		want, err := deadline.NewClock(reply(t), now, deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInPerson, On: date("2027-01-11")})
		require.NoError(t, err)
		b, err := want.Due()
		require.NoError(t, err)
		assert.Equal(t, b.Date, m.To)
		assert.True(t, a.Date != b.Date || a.Bound != b.Bound)
		require.NotEmpty(t, m.Days)
		assert.Equal(t, "2027-01-30", m.Days[0].Date.String(), "the make-up Saturday")
	})
	t.Run("逐个重新计算的孪生", func(t *testing.T) {
		var clocks []*deadline.Clock
		for d := date("2026-11-01"); d.Before(date("2027-12-01")); d = d.AddDays(1) {
			clocks = append(clocks, clockFrom(t, d))
		}
		got := map[int]deadline.Moved{}
		for _, m := range deadline.Impact(old, now, slices.Values(clocks)) {
			got[m.Index] = m
		}
		for i, c := range clocks {
			a, _ := c.Due()
			d, err := deadline.NewClock(reply(t), now, c.Events()...)
			require.NoError(t, err)
			b, _ := d.Due()
			m, moved := got[i]
			require.Equal(t, a.Date != b.Date || a.Bound != b.Bound, moved, "%s", c.Start())
			if moved {
				require.Equal(t, [2]deadline.Date{a.Date, b.Date}, [2]deadline.Date{m.From, m.To})
			}
		}
		assert.NotEmpty(t, got)
	})
	t.Run("同一个日历不移动任何期限", func(t *testing.T) {
		assert.Empty(t, deadline.Impact(old, old, slices.Values([]*deadline.Clock{clockFrom(t, date("2027-01-11"))})))
	})
}

func BenchmarkImpact(b *testing.B) {
	old, now := deadline.China().Projected(), notice2027(b)
	var clocks []*deadline.Clock
	for i := range 1000 {
		clocks = append(clocks, clockFrom(b, date("2026-10-01").AddDays(i%150)))
	}
	million := func(yield func(*deadline.Clock) bool) {
		for range 1000 {
			for _, c := range clocks {
				if !yield(c) {
					return
				}
			}
		}
	}
	b.Run("clocks=1000000", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			deadline.Impact(old, now, million)
		}
	})
}

func ExampleImpact() {
	rule, _ := deadline.ReplyRule(deadline.MustParseDate("2026-09-10"))
	clock, _ := deadline.NewClock(rule, deadline.China(), deadline.Event{Kind: deadline.EventReceived, Channel: deadline.ChannelInPerson, On: deadline.MustParseDate("2026-09-10")})
	typhoon, _ := deadline.China().With(deadline.Arrangement{Year: 2026, Own: true, Days: []deadline.ArrangedDay{{Date: deadline.MustParseDate("2026-09-16"), Off: true, Festival: "台风停工"}}})
	for _, m := range deadline.Impact(deadline.China(), typhoon, slices.Values([]*deadline.Clock{clock})) {
		fmt.Println(m.From, "→", m.To, m.Days[0].Date, m.Days[0].Festival)
	}
	// Output: 2026-10-14 → 2026-10-15 2026-09-16 台风停工
}
