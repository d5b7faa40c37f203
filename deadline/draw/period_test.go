package draw_test

import (
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPictureOfALimit(t *testing.T) {
	c := deadline.China()
	for name, k := range map[string]struct {
		limit, from string
		due         string
		number      int
		marks       int
		notes       int
	}{
		"20个工作日":    {"自收到申请之日起20个工作日内", "2026-09-18", "2026-10-22", 20, 35, 1},
		"15日，末日顺延":  {"自收到之日起15日内", "2026-09-20", "2026-10-08", 0, 19, 1},
		"事前5个工作日":   {"会议召开前5个工作日", "2026-10-12", "2026-09-29", 5, 14, 1},
		"没有通知的一段":   {"自收到申请之日起20个工作日内", "2027-01-04", "2027-02-01", 20, 30, 5},
		"一个月":       {"自受理之日起1个月内", "2026-08-31", "2026-09-30", 30, 31, 1},
		"两个月，节日里顺延": {"自受理之日起2个月内", "2026-08-01", "2026-10-08", 0, 69, 1},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := deadline.ParseLimit(k.limit)
			require.NoError(t, err)
			g, err := draw.Period(l, c, day(k.from), draw.Chinese)
			require.NoError(t, err)
			due := draw.Mark{}
			for _, m := range g.Marks {
				if m.Kind == draw.Due {
					due = m
				}
			}
			assert.Equal(t, k.due, due.Date.String())
			assert.Equal(t, k.number, due.Number)
			assert.Len(t, g.Marks, k.marks)
			assert.Len(t, g.Notes, k.notes, g.Notes)
			_, err = g.SVG()
			require.NoError(t, err)
			_, err = g.Text()
			require.NoError(t, err)
		})
	}
	l, err := deadline.ParseLimit("长期公开")
	require.NoError(t, err)
	_, err = draw.Period(l, c, day("2026-09-18"), draw.Chinese)
	require.ErrorIs(t, err, deadline.ErrNoDate)
}

func TestPictureOfAnUnsettledPeriodNamesItsAssumptions(t *testing.T) {
	l, err := deadline.ParseLimit("自收到申请之日起20个工作日内")
	require.NoError(t, err)
	g, err := draw.Period(l, deadline.China(), day("2027-01-04"), draw.English)
	require.NoError(t, err)
	text := strings.Join(g.Notes, "\n")
	for _, want := range []string{"as projected: 2027-02-01 (Monday)", "Earliest 2027-01-30 (Saturday), latest 2027-02-12 (Friday)", "the law on public holidays is not changed"} {
		assert.Contains(t, text, want)
	}
	s, err := g.Text()
	require.NoError(t, err)
	assert.Contains(t, s, "29~P(19)", "the day to plan with is the Friday before the earliest")
}
