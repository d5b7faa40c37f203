package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/workflow"
)

func TestPeriod(t *testing.T) {
	m := compile(t, rich())
	cal := deadline.China()
	// From 2026-03-02, a Monday; the limit is 20 working days.
	mark := func(seq int64, do workflow.Op, on string) workflow.ClockEvent {
		return workflow.ClockEvent{Seq: seq, Do: do, Clock: "answer", On: day(on)}
	}
	due := func(t *testing.T, marks ...workflow.ClockEvent) string {
		t.Helper()
		p, err := workflow.Case{Clocks: marks}.Period(m, "answer", cal)
		require.NoError(t, err)
		d, err := p.Due()
		require.NoError(t, err)
		return d.Date.String()
	}
	start := mark(1, workflow.ClockStart, "2026-03-02")
	plain, err := cal.AddWorkdays(day("2026-03-02"), 20)
	require.NoError(t, err)
	t.Run("自起算之日的次日起计算", func(t *testing.T) { assert.Equal(t, plain.String(), due(t, start)) })
	t.Run("已经起算的不再起算,重新起算的重来", func(t *testing.T) {
		assert.Equal(t, plain.String(), due(t, start, mark(2, workflow.ClockStart, "2026-03-09")))
		later, err := cal.AddWorkdays(day("2026-03-09"), 20)
		require.NoError(t, err)
		assert.Equal(t, later.String(), due(t, start, mark(2, workflow.ClockRestart, "2026-03-09")))
	})
	t.Run("停止计算的期间不计入", func(t *testing.T) {
		later, err := cal.AddWorkdays(plain, 5)
		require.NoError(t, err)
		assert.Equal(t, later.String(), due(t, start, mark(2, workflow.ClockPause, "2026-03-09"), mark(3, workflow.ClockPause, "2026-03-10"), mark(4, workflow.ClockResume, "2026-03-16")))
	})
	t.Run("停而未复,没有届满之日", func(t *testing.T) {
		p, err := workflow.Case{Clocks: []workflow.ClockEvent{start, mark(2, workflow.ClockPause, "2026-03-09")}}.Period(m, "answer", cal)
		require.NoError(t, err)
		assert.Equal(t, deadline.StatusSuspended, p.Status(day("2026-03-20")))
	})
	t.Run("延长一次", func(t *testing.T) {
		later, err := cal.AddWorkdays(plain, 20)
		require.NoError(t, err)
		assert.Equal(t, later.String(), due(t, start, mark(2, workflow.ClockExtend, "2026-03-20"), mark(3, workflow.ClockExtend, "2026-03-23")))
	})
	t.Run("届满之后不得延长", func(t *testing.T) {
		_, err := workflow.Case{Clocks: []workflow.ClockEvent{start, mark(2, workflow.ClockExtend, "2026-05-20")}}.Period(m, "answer", cal)
		assert.ErrorIs(t, err, deadline.ErrClock)
	})
	t.Run("终结之后再起算", func(t *testing.T) {
		p, err := workflow.Case{Clocks: []workflow.ClockEvent{start, mark(2, workflow.ClockStop, "2026-03-09")}}.Period(m, "answer", cal)
		require.NoError(t, err)
		assert.Equal(t, deadline.StatusClosed, p.Status(day("2026-06-01")))
		later, err := cal.AddWorkdays(day("2026-03-16"), 20)
		require.NoError(t, err)
		assert.Equal(t, later.String(), due(t, start, mark(2, workflow.ClockStop, "2026-03-09"), mark(3, workflow.ClockStart, "2026-03-16")))
	})
	t.Run("从未起算", func(t *testing.T) {
		_, err := workflow.Case{}.Period(m, "answer", cal)
		assert.ErrorIs(t, err, deadline.ErrNotRunning)
		_, err = workflow.Case{Clocks: []workflow.ClockEvent{start}}.Period(m, "no-such-clock", cal)
		assert.ErrorIs(t, err, deadline.ErrNotRunning)
	})
	t.Run("更正的日期使届满之日随之而变", func(t *testing.T) {
		records := history(t, m)[:2]
		c, err := workflow.Fold(append(records[:2:2], workflow.Record{Seq: 3, Event: "correct", Actor: "u1", Corrects: 2, On: day("2026-03-02")}))
		require.NoError(t, err)
		p, err := c.Period(m, "answer", cal)
		require.NoError(t, err)
		d, err := p.Due()
		require.NoError(t, err)
		assert.Equal(t, plain, d.Date)
	})
	t.Run("可延长至是总数,不是增加数", func(t *testing.T) {
		d := rich()
		d.Clocks[0].Limit, d.Clocks[0].Extension = limit("自文件制作之日起3日内"), limit("可延长至5日")
		m := compile(t, d)
		p, err := workflow.Case{Clocks: []workflow.ClockEvent{mark(1, workflow.ClockStart, "2026-03-02"), mark(2, workflow.ClockExtend, "2026-03-04")}}.Period(m, "answer", cal)
		require.NoError(t, err)
		got, err := p.Due()
		require.NoError(t, err)
		assert.Equal(t, day("2026-03-09"), got.Date, "the 7th is a Saturday: the last day rolls")
	})
}
