package deadline_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func holidayCN(t testing.TB, year int, days []deadline.ArrangedDay) string {
	type day struct {
		Name     string `json:"name"`
		Date     string `json:"date"`
		IsOffDay bool   `json:"isOffDay"`
	}
	f := struct {
		Schema string   `json:"$schema"`
		Year   int      `json:"year"`
		Papers []string `json:"papers"`
		Days   []day    `json:"days"`
	}{"schema.json", year, []string{"https://www.gov.cn/example"}, []day{}}
	for _, d := range days {
		f.Days = append(f.Days, day{d.Festival, d.Date.String(), d.Off})
	}
	b, err := json.Marshal(f)
	require.NoError(t, err)
	return string(b)
}

func TestHolidayCNOfEveryYearGivesTheSameCalendar(t *testing.T) {
	for y := 2007; y <= 2026; y++ {
		var days []deadline.ArrangedDay
		for _, r := range readCSV(t, "testdata/calendar/state-council-holidays.csv") {
			if r["year_of_notice"] == fmt.Sprint(y) {
				days = append(days, deadline.ArrangedDay{Date: day(r["date"]), Off: r["kind"] == "off", Festival: r["festival"]})
			}
		}
		if y == 2020 { // an ordinary Monday that the project lists
			days = append(days, deadline.ArrangedDay{Date: day("2020-02-03"), Festival: "春节"})
		}
		a, err := deadline.ReadHolidayCN(strings.NewReader(holidayCN(t, y, days)))
		require.NoError(t, err)
		assert.Equal(t, y, a.Year)
		assert.Equal(t, "https://www.gov.cn/example", a.Source.URL)
		before, err := deadline.ChinaThrough(y - 1)
		require.NoError(t, err)
		c, err := before.With(a)
		require.NoError(t, err)
		for d := deadline.NewDate(y-1, 12, 1); d.Before(deadline.NewDate(y, 12, 1)); d = d.AddDays(1) {
			want, err := deadline.China().IsWorkday(d)
			require.NoError(t, err)
			got, err := c.IsWorkday(d)
			require.NoError(t, err)
			require.Equal(t, want, got, d)
		}
	}
}

func TestHolidayCNRefused(t *testing.T) {
	for name, k := range map[string]struct{ text, code string }{
		"年份没有通知，名单是空的":    {`{"year": 2027, "papers": [], "days": []}`, "DL-113"},
		"日期读不懂":           {`{"year": 2027, "days": [{"name": "元旦", "date": "2027-02-30", "isOffDay": true}]}`, "DL-122"},
		"没有说放不放假":         {`{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01"}]}`, "DL-120"},
		"别的年份的日子":         {`{"year": 2027, "days": [{"name": "元旦", "date": "2028-01-01", "isOffDay": true}]}`, "DL-114"},
		"同一天两种说法":         {`{"year": 2027, "days": [{"date": "2027-01-02", "isOffDay": true}, {"date": "2027-01-02", "isOffDay": false}]}`, "DL-116"},
		"没有年份":            {`{"days": [{"date": "2027-01-02", "isOffDay": true}]}`, "DL-111"},
		"不是 JSON":         {`元旦`, ""},
		"太长":              {strings.Repeat(" ", 1<<20+1), "DL-110"},
		"year 是文字而不是数字":   {`{"year": "2027", "days": []}`, ""},
		"前一年十一月的日子不属于这一年": {`{"year": 2027, "days": [{"date": "2026-11-30", "isOffDay": true}]}`, "DL-114"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := deadline.ReadHolidayCN(strings.NewReader(k.text))
			require.ErrorIs(t, err, deadline.ErrArrangement)
			var ae *deadline.ArrangementError
			if k.code != "" {
				require.ErrorAs(t, err, &ae)
				assert.Equal(t, k.code, ae.Code, err)
			}
		})
	}
	_, err := deadline.ReadHolidayCN(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

func FuzzReadHolidayCN(f *testing.F) {
	f.Add(`{"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		a, err := deadline.ReadHolidayCN(strings.NewReader(s))
		if err != nil {
			require.Empty(t, a.Days)
			return
		}
		if c, err := deadline.China().With(a); err == nil {
			_, err = c.IsWorkday(a.Days[0].Date)
			require.NoError(t, err)
		}
	})
}
