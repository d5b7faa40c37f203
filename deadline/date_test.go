package deadline_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDateAgreesWithTimePackage(t *testing.T) {
	start := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < 9999*365; i += 13 {
		u := start.AddDate(0, 0, i)
		d := deadline.NewDate(u.Date())
		y, m, n := d.Civil()
		uy, um, un := u.Date()
		if y != uy || m != um || n != un || d.Weekday() != u.Weekday() || d.String() != u.Format(time.DateOnly) {
			t.Fatalf("%v: got %v %v", u, d, d.Weekday())
		}
	}
}

func TestDateThatDoesNotExistIsZero(t *testing.T) {
	for _, d := range []deadline.Date{
		deadline.NewDate(2026, 2, 29), deadline.NewDate(0, 1, 1), deadline.NewDate(2026, 13, 1),
		deadline.NewDate(10000, 1, 1), deadline.NewDate(2026, 4, 31), deadline.NewDate(2026, 1, 0),
	} {
		assert.True(t, d.IsZero())
		assert.Equal(t, "", d.String())
	}
	assert.False(t, deadline.NewDate(2024, 2, 29).IsZero())
}

func TestParseDate(t *testing.T) {
	want := deadline.NewDate(2026, 11, 21)
	for _, s := range []string{"2026-11-21", "2026年11月21日", "20261121", "２０２６年１１月２１日", " 2026－11－21 ", "２０２６１１２１"} {
		d, err := deadline.ParseDate(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, d, s)
	}
	for _, s := range []string{"", "2026-2-30", "2026-02-30", "26-11-21", "2026/11/21", "2026年11月", "2026-11-21T00:00", "年月日"} {
		_, err := deadline.ParseDate(s)
		require.ErrorIs(t, err, deadline.ErrDate, s)
	}
}

func TestDateOfUsesBeijing(t *testing.T) {
	assert.Equal(t, deadline.NewDate(2026, 1, 1), deadline.DateOf(time.Date(2025, 12, 31, 16, 0, 0, 0, time.UTC)))
	assert.Equal(t, deadline.NewDate(2025, 12, 31), deadline.DateOf(time.Date(2025, 12, 31, 15, 59, 59, 0, time.UTC)))
	assert.True(t, deadline.DateOf(time.Time{}).IsZero())
}

func TestDateTextJSONAndSQL(t *testing.T) {
	type row struct {
		D deadline.Date `json:"d,omitzero"`
	}
	b, err := json.Marshal(row{deadline.NewDate(2026, 1, 2)})
	require.NoError(t, err)
	assert.JSONEq(t, `{"d":"2026-01-02"}`, string(b))
	var r row
	require.NoError(t, json.Unmarshal(b, &r))
	assert.Equal(t, deadline.NewDate(2026, 1, 2), r.D)
	require.Error(t, json.Unmarshal([]byte(`{"d":"2026-02-30"}`), &r))
	v, err := r.D.Value()
	require.NoError(t, err)
	var back deadline.Date
	require.NoError(t, back.Scan(v))
	assert.Equal(t, r.D, back)
	require.NoError(t, back.Scan(nil))
	assert.True(t, back.IsZero())
	require.Error(t, back.Scan(42))
}

func TestDateArithmeticStaysInside(t *testing.T) {
	d := deadline.NewDate(2026, 1, 1)
	assert.True(t, d.AddDays(1_000_000_000).IsZero())
	assert.True(t, d.AddDays(-1_000_000).IsZero())
	assert.Equal(t, d, d.AddDays(365).AddDays(-365))
	assert.Equal(t, 365, d.AddDays(365).Sub(d))
}

func TestMonthsEndOnTheLastDayWhereThereIsNoSuchDay(t *testing.T) {
	d := deadline.NewDate(2024, 1, 31)
	assert.Equal(t, "2024-02-29", d.AddMonths(1).String())
	assert.Equal(t, "2023-02-28", d.AddMonths(-11).String())
	assert.Equal(t, "2024-01-31", d.AddMonths(0).String())
	assert.Equal(t, "2025-02-28", deadline.NewDate(2024, 2, 29).AddMonths(12).String())
	assert.True(t, deadline.NewDate(1, 1, 31).AddMonths(-1).IsZero())
	assert.True(t, d.AddMonths(1_000_000).IsZero())
	assert.True(t, d.AddMonths(-1_000_000).IsZero())
	assert.True(t, deadline.Date{}.AddMonths(1).IsZero())
}

func FuzzParseDate(f *testing.F) {
	f.Add("2026-11-21")
	f.Add("２０２６年１１月２１日")
	f.Add("00010101")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := deadline.ParseDate(s)
		if err != nil {
			assert.True(t, d.IsZero())
			return
		}
		again, err := deadline.ParseDate(d.String())
		require.NoError(t, err)
		assert.Equal(t, d, again)
		again, err = deadline.ParseDate(d.Chinese())
		require.NoError(t, err)
		assert.Equal(t, d, again)
	})
}
