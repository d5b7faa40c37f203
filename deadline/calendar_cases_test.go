package deadline_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notOurs lists the rules of deadline-cases.csv that Chinese law does not have.
var notOurs = map[string]string{
	"WD_DAY1":                          "counts the first day; 民法典 201: 开始的当日不计入",
	"STATUS_AT":                        "asks for a status at an instant of another zone; a running period answers that, not a calendar",
	"CLOCK_STOP_TOTAL_DAYS":            "sums pauses that replace each other; excluded spans here are merged",
	"PAUSE_CD_THEN_ROLL":               "a pause of no days moves the date there; it moves nothing here",
	"RECEIPT_ADVANCE_PLUS1_MONTH_ROLL": "a German receipt rule: a fictitious day of receipt, due at midnight after the last day",
	"RECEIPT_CUTOFF_22H":               "a German receipt rule: a letter after 22:00 counts for the next day",
	"DATE_PLUS_PERIOD_ROUND_UP":        "民法典 202: 没有对应日的，月末日为期间的最后一日, which rounds down",
}

func TestCasesOfOtherSystems(t *testing.T) {
	ran, listed := 0, 0
	for _, r := range readCSV(t, "testdata/calendar/deadline-cases.csv") {
		rule, _, _ := strings.Cut(r["rule"], " ")
		if why, ok := notOurs[rule]; ok {
			require.NotEmpty(t, why)
			listed++
			continue
		}
		t.Run(r["id"]+" "+r["rule"], func(t *testing.T) { replay(t, r) })
		ran++
	}
	assert.Equal(t, 169, ran+listed)
	assert.Equal(t, 28, listed)
}

func dayIn(s string) deadline.Date { return day(s[:10]) } // a date-time input is cut to its date

func caseCalendar(t *testing.T, r map[string]string) *deadline.Calendar {
	var days []deadline.ArrangedDay
	for _, s := range strings.FieldsFunc(r["holidays_in_window"], func(c rune) bool { return c == ';' }) {
		days = append(days, deadline.ArrangedDay{Date: day(s), Off: true})
	}
	for _, s := range strings.FieldsFunc(r["makeup_workdays_in_window"], func(c rune) bool { return c == ';' }) {
		days = append(days, deadline.ArrangedDay{Date: day(s)})
	}
	conf := deadline.CalendarConfig{Days: days}
	if strings.Contains(r["jurisdiction"], "missing") {
		conf.Last = day("2010-12-31") // the list ends there; what comes after must not be guessed
	}
	if r["expected"] == "error_no_data" {
		conf.First = day("2004-01-01")
	}
	c, err := deadline.NewCalendar(conf)
	require.NoError(t, err)
	return c
}

func replay(t *testing.T, r map[string]string) {
	c := caseCalendar(t, r)
	n, _ := strconv.Atoi(strings.TrimPrefix(r["n"], "to "))
	start, want := dayIn(r["start"]), r["expected"]
	negative := strings.Contains(r["jurisdiction"], "missing") || want == "error_no_data"
	switch r["rule"] {
	case "WD_DAY0", "WD_BACK":
		if r["rule"] == "WD_BACK" {
			n = -n
		}
		got, err := c.AddWorkdays(start, n)
		if negative {
			require.ErrorIs(t, err, deadline.ErrOutOfRange)
			return
		}
		require.NoError(t, err)
		assert.Equal(t, want, got.String(), r["note"])
		if strings.HasPrefix(r["jurisdiction"], "China") && !got.After(deadline.China().SettledThrough()) {
			built, err := deadline.China().AddWorkdays(start, n)
			require.NoError(t, err)
			assert.Equal(t, got, built, "the built-in calendar")
		}
	case "IS_WORKING_DAY":
		works, err := c.IsWorkday(start)
		if negative {
			require.ErrorIs(t, err, deadline.ErrOutOfRange)
			return
		}
		require.NoError(t, err)
		assert.Equal(t, want == "working", works, r["note"])
	case "CD_PLAIN":
		assert.Equal(t, want, start.AddDays(n).String())
	case "CD_ROLL_FWD":
		got, err := c.OnOrAfter(start.AddDays(n))
		require.NoError(t, err)
		assert.Equal(t, want, got.String(), r["note"])
	case "CM_CLAMP_ROLL_FWD":
		got, err := c.OnOrAfter(start.AddMonths(n))
		require.NoError(t, err)
		assert.Equal(t, want, got.String(), r["note"])
	case "WD_COUNT_INCL_BOTH", "WD_COUNT_EXCL_START":
		end := dayIn(strings.TrimPrefix(r["n"], "to "))
		from := start
		if r["rule"] == "WD_COUNT_INCL_BOTH" {
			from = start.AddDays(-1)
		}
		got, err := c.WorkdaysBetween(from, end)
		require.NoError(t, err)
		if end.Before(start) { // a reversed range is nothing there and negative here
			assert.Equal(t, "0", want)
			assert.Negative(t, got)
			return
		}
		assert.Equal(t, want, fmt.Sprint(got), r["note"])
	case "CD_COUNT_INCL_BOTH", "CD_COUNT_EXCL_START":
		got := dayIn(strings.TrimPrefix(r["n"], "to ")).Sub(start)
		if r["rule"] == "CD_COUNT_INCL_BOTH" {
			got++
		}
		assert.Equal(t, want, fmt.Sprint(got))
	case "DATE_PLUS_PERIOD_EXACT", "DATE_PLUS_PERIOD_ROUND_DOWN":
		var y, m, d int
		_, err := fmt.Sscanf(r["n"], "[%d years, %d months, %d days]", &y, &m, &d)
		require.NoError(t, err)
		assert.Equal(t, want, start.AddMonths(12*y+m).AddDays(d).String(), r["note"])
	default:
		t.Fatalf("a rule that is neither replayed nor listed: %q", r["rule"])
	}
}
