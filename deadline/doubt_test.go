package deadline_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every real notice is beyond doubt, read from its text, and gives with the
// acts that changed it the built-in calendar again.
func TestNoticesReadAndAddedGiveTheBuiltInCalendar(t *testing.T) {
	files := map[int][]string{
		2015: {"2015.txt", "2015-amend.txt"}, 2019: {"2019-b.txt", "2019-amend.txt"}, 2020: {"2020.txt", "2020-amend.txt"}, 2013: {"2013-b.txt"},
	}
	for y := 2005; y <= 2026; y++ {
		names := files[y]
		if names == nil {
			names = []string{fmt.Sprintf("%d.txt", y)}
		}
		if y == 2023 || y == 2025 {
			continue // read from their wording in TestOtherWordings
		}
		c, err := deadline.ChinaThrough(y - 1)
		require.NoError(t, err)
		for _, name := range names {
			b, err := os.ReadFile("testdata/notices/" + name)
			require.NoError(t, err)
			a, err := deadline.ParseArrangement(string(b))
			require.NoError(t, err)
			assert.Empty(t, a.Doubts(), name)
			c, err = c.With(a)
			require.NoError(t, err, name)
		}
		for d := deadline.NewDate(y-1, time.December, 1); d.Before(deadline.NewDate(y, time.December, 1)); d = d.AddDays(1) {
			want, got := deadline.China().Day(d), c.Day(d)
			require.True(t, got.Settled)
			require.Equal(t, want.Worked(), got.Worked(), d)
			require.Equal(t, want.Festival != "", got.Festival != "", d)
			if y != 2015 { // what of a one-off act is in lieu the text alone does not say
				require.Equal(t, want.Kind, got.Kind, d)
			}
		}
	}
}

func TestDoubts(t *testing.T) {
	codes := func(a deadline.Arrangement) (out []string) {
		for _, e := range a.Doubts() {
			out = append(out, e.(*deadline.ArrangementError).Code)
		}
		return out
	}
	assert.Empty(t, codes(made2027()))
	short := made2027()
	for k := range short.Days {
		short.Days[k].Off = short.Days[k].Off && short.Days[k].Date != day("2027-10-07")
	}
	assert.Equal(t, []string{"DL-132"}, codes(short))
	lacks := made2027()
	lacks.Days = lacks.Days[:len(lacks.Days)-9] // no 国庆节
	assert.Contains(t, codes(lacks), "DL-131")
	far := made2027()
	far.Days = append(far.Days, deadline.ArrangedDay{Date: day("2027-07-15"), Off: true})
	assert.Contains(t, codes(far), "DL-133")
	own := made2027()
	own.Own = true
	assert.Empty(t, codes(own))
	for y := 2008; y <= 2026; y++ {
		var a deadline.Arrangement
		a.Year = y
		for _, r := range readCSV(t, "testdata/calendar/state-council-holidays.csv") {
			if r["year_of_notice"] == fmt.Sprint(y) && r["festival"] != "抗战胜利70周年纪念日" {
				a.Days = append(a.Days, deadline.ArrangedDay{Date: day(r["date"]), Off: r["kind"] == "off", Festival: r["festival"]})
			}
		}
		if y == 2020 { // the prolongation gave two working days
			assert.Equal(t, []string{"DL-132"}, codes(a))
			continue
		}
		assert.Empty(t, codes(a), y)
	}
}
