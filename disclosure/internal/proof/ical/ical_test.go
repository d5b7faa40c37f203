package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, f draw.File) []*ics.VEvent {
	t.Helper()
	var b bytes.Buffer
	_, err := f.WriteTo(&b)
	require.NoError(t, err)
	c, err := ics.ParseCalendar(&b)
	require.NoError(t, err)
	require.Len(t, c.Events(), len(f.Events))
	return c.Events()
}

func same(t *testing.T, want draw.Event, got *ics.VEvent) {
	t.Helper()
	start, err := got.GetAllDayStartAt()
	require.NoError(t, err)
	end, err := got.GetAllDayEndAt()
	require.NoError(t, err)
	last := want.Through
	if last.IsZero() {
		last = want.Date
	}
	assert.Equal(t, want.Date.String(), start.Format(time.DateOnly))
	assert.Equal(t, last.AddDays(1).String(), end.Format(time.DateOnly))
	text := func(p ics.ComponentProperty) string {
		v := got.GetProperty(p)
		if v == nil {
			return ""
		}
		return ics.FromText(v.Value)
	}
	assert.Equal(t, want.Summary, text(ics.ComponentPropertySummary))
	assert.Equal(t, want.Description, text(ics.ComponentPropertyDescription))
	assert.Equal(t, want.Category, text(ics.ComponentPropertyCategories))
	if want.UID != "" {
		assert.Equal(t, want.UID, got.Id())
	}
	assert.Len(t, got.Alarms(), min(want.AlarmDays, 1))
}

func TestDuesReadBack(t *testing.T) {
	events := []draw.Event{
		{UID: "case-1@example", Date: deadline.NewDate(2026, 10, 22), Summary: "答复末日；甲,乙;丙\\丁", Description: "一\n二" + strings.Repeat("第三方意见期间不计入，", 30), Category: "期限", AlarmDays: 3, Busy: true},
		{UID: "case-2@example", Date: deadline.NewDate(2026, 9, 25), Through: deadline.NewDate(2026, 9, 27), Summary: strings.Repeat("a", 200)},
		{Date: deadline.NewDate(2024, 2, 29), Summary: "闰日"},
	}
	for k, got := range read(t, draw.File{Name: "期限", Events: events, Stamp: time.Date(2026, 11, 21, 1, 0, 0, 0, time.UTC)}) {
		same(t, events[k], got)
	}
}

func TestTheCalendarOfEveryYearReadBack(t *testing.T) {
	c := deadline.China()
	for _, l := range []draw.Language{draw.Chinese, draw.English} {
		events := draw.Holidays(c, deadline.NewDate(2004, 1, 1), deadline.NewDate(2026, 11, 30), l)
		require.Greater(t, len(events), 200)
		off, work := 0, 0
		for k, got := range read(t, draw.File{Name: "节假日", Events: events, Language: l}) {
			same(t, events[k], got)
			last := events[k].Through
			if last.IsZero() {
				last = events[k].Date
			}
			for d := events[k].Date; !d.After(last); d = d.AddDays(1) {
				works, err := c.IsWorkday(d)
				require.NoError(t, err)
				assert.Equal(t, events[k].Busy, works, d)
				if works {
					work++
				} else {
					off++
				}
			}
		}
		assert.Equal(t, 615, off)
		assert.Equal(t, 151, work)
	}
}
