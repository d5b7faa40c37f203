package deadline_test

import (
	"encoding/csv"
	"os"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func day(s string) deadline.Date { return deadline.MustParseDate(s) }

func readCSV(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, h := range rows[0] {
			m[h] = r[i]
		}
		out = append(out, m)
	}
	return out
}

// Every listed day of every notice, and every other day by its weekday.
func TestChinaAgreesWithTheNotices(t *testing.T) {
	c := deadline.China()
	listed := map[string]string{}
	for _, r := range readCSV(t, "testdata/calendar/state-council-holidays.csv") {
		listed[r["date"]] = r["kind"]
	}
	require.Len(t, listed, 766)
	days := 0
	for d := day("2004-01-01"); d.Before(day("2026-12-01")); d = d.AddDays(1) {
		want := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if k, ok := listed[d.String()]; ok {
			want = k == "work"
		}
		got, err := c.IsWorkday(d)
		require.NoError(t, err)
		require.Equal(t, want, got, d)
		require.True(t, c.Day(d).Settled)
		require.Equal(t, want, c.Day(d).Worked())
		days++
	}
	assert.Equal(t, 8370, days)
}

func TestDayNamesTheClassOfEveryDayOff(t *testing.T) {
	c := deadline.China()
	classes := map[string]deadline.DayKind{
		"statutory": deadline.DayStatutory, "in_lieu": deadline.DayInLieu, "weekend": deadline.DayWeekend,
		"special": deadline.DaySpecial, "extension": deadline.DaySpecial,
	}
	n := 0
	for _, r := range readCSV(t, "testdata/calendar/statutory_days.csv") {
		d := day(r["date"])
		want := classes[r["class"]]
		if want == deadline.DaySpecial && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday) {
			want = deadline.DayWeekend // the prolongation gave back two days of rest
		}
		got := c.Day(d)
		assert.Equal(t, want, got.Kind, "%s %s", d, r["note"])
		assert.Equal(t, r["festival"], got.Festival, d)
		assert.NotEmpty(t, got.Source.Title, d)
		n++
	}
	assert.Equal(t, 615, n)
}
