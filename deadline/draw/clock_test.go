package draw_test

import (
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPictureOfAClock(t *testing.T) {
	c := deadline.China()
	rule, err := deadline.ReplyRule(day("2026-09-01"))
	require.NoError(t, err)
	clock, err := deadline.NewClock(rule, c,
		deadline.Event{Kind: deadline.EventReceived, On: day("2026-09-01"), Channel: deadline.ChannelInPerson},
		deadline.Event{Kind: deadline.EventSpanBegan, On: day("2026-09-08"), Span: deadline.SpanThirdParty, ID: "a"},
		deadline.Event{Kind: deadline.EventSpanEnded, On: day("2026-09-15"), ID: "a"},
		deadline.Event{Kind: deadline.EventSpanBegan, On: day("2026-09-14"), Span: deadline.SpanCoMaker, ID: "b"},
		deadline.Event{Kind: deadline.EventSpanEnded, On: day("2026-09-17"), ID: "b"},
	)
	require.NoError(t, err)
	due, err := clock.Due()
	require.NoError(t, err)
	g, err := draw.Clock(clock, c, draw.Chinese)
	require.NoError(t, err)
	counted, excluded := 0, 0
	for _, m := range g.Marks {
		switch m.Kind {
		case draw.Counted:
			counted++
		case draw.Excluded:
			excluded++
			assert.False(t, m.Date.Before(day("2026-09-09")) || m.Date.After(day("2026-09-17")))
		case draw.Due:
			counted++
			assert.Equal(t, due.Date, m.Date)
			assert.Equal(t, 20, m.Number)
		}
	}
	assert.Equal(t, 20, counted)
	assert.Equal(t, 9, excluded)
	b, err := g.SVG()
	require.NoError(t, err)
	golden(t, "clock.svg", b)
	assert.Contains(t, string(b), "第三方意见")
	assert.Len(t, g.Notes, 3)

	t.Run("没有通知的一段画推算", func(t *testing.T) {
		clock, err := deadline.NewClock(rule, c, deadline.Event{Kind: deadline.EventReceived, On: day("2027-01-04"), Channel: deadline.ChannelInPerson})
		require.NoError(t, err)
		g, err := draw.Clock(clock, c, draw.English)
		require.NoError(t, err)
		assert.Contains(t, g.Notes[0], "as projected: 2027-02-01")
	})
	t.Run("尚未结束的期间没有末日", func(t *testing.T) {
		clock, err := deadline.NewClock(rule, c,
			deadline.Event{Kind: deadline.EventReceived, On: day("2026-09-01"), Channel: deadline.ChannelInPerson},
			deadline.Event{Kind: deadline.EventSpanBegan, On: day("2026-09-08"), Span: deadline.SpanThirdParty, ID: "a"})
		require.NoError(t, err)
		_, err = draw.Clock(clock, c, draw.Chinese)
		require.Error(t, err)
	})
}
