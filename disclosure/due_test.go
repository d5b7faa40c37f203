package disclosure_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/disclosuretest"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// inquiry is a host's own kind: it lapses when nobody answers in three working days.
func inquiry(t *testing.T) workflow.Definition {
	t.Helper()
	limit, err := deadline.ParseLimit("自收到之日起3个工作日内")
	require.NoError(t, err)
	own := []law.Citation{law.Own.Sec("测试")}
	return workflow.Definition{
		ID: "test/inquiry", Start: "open",
		Stages: []workflow.StageDef{{ID: "open"}, {ID: "asked"}, {ID: "answered", Final: true}, {ID: "lapsed", Final: true}},
		Roles:  []workflow.RoleDef{{ID: "office"}, {ID: disclosure.System}},
		Clocks: []workflow.Clock{{ID: "answer", Title: "答复", Limit: limit, Expires: "lapse", Basis: own}},
		Moves: []workflow.Move{
			{ID: "ask", From: []workflow.Stage{"open"}, On: "ask", To: "asked", By: []workflow.Role{"office"}, Clocks: []workflow.ClockOp{{Do: workflow.ClockStart, Clock: "answer"}}, Basis: own},
			{ID: "answer", From: []workflow.Stage{"asked"}, On: "answer", To: "answered", By: []workflow.Role{"office"}, Clocks: []workflow.ClockOp{{Do: workflow.ClockStop, Clock: "answer"}}, Basis: own},
			{ID: "lapse", From: []workflow.Stage{"asked"}, On: "lapse", To: "lapsed", By: []workflow.Role{disclosure.System}, Basis: own},
		},
		Basis: own,
	}
}

func TestDueListAndSweep(t *testing.T) {
	ctx := context.Background()
	clock := disclosuretest.NewClock("2026-11-09")
	def := inquiry(t)
	o, err := disclosure.Open(disclosure.Config{
		Tenant: "t", Profile: chuxiong(t), Store: disclosure.NewMemory(), Now: clock.Now, Rand: &disclosuretest.Rand{},
		Kinds: []disclosure.CaseKind{{Kind: "inquiry", Definition: &def}},
	})
	require.NoError(t, err)
	n := 0
	do := func(id disclosure.CaseID, c disclosure.Command) disclosure.Result {
		n++
		r, err := o.Do(ctx, disclosure.Act{Key: fmt.Sprint(n), Actor: office, Case: id, Command: c})
		require.NoError(t, err)
		return r
	}
	var ids []disclosure.CaseID
	for _, day := range []string{"2026-11-09", "2026-11-10", "2026-11-11"} {
		clock.Go(day)
		id := do("", disclosure.Register{Kind: "inquiry", Title: "询问"}).Case
		do(id, disclosure.Take{On: "ask"})
		ids = append(ids, id)
	}
	page, err := o.Due(ctx, disclosure.DueQuery{})
	require.NoError(t, err)
	require.Len(t, page.Items, 3)
	for i, want := range []deadline.Date{deadline.NewDate(2026, 11, 12), deadline.NewDate(2026, 11, 13), deadline.NewDate(2026, 11, 16)} {
		assert.Equal(t, ids[i], page.Items[i].Case)
		assert.Equal(t, want, page.Items[i].Due.Date)
	}
	page, err = o.Due(ctx, disclosure.DueQuery{Before: deadline.NewDate(2026, 11, 13)})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)

	clock.Go("2026-11-12")
	out, err := o.Sweep(ctx, 10)
	require.NoError(t, err)
	assert.Empty(t, out, "the last day has not passed")
	clock.Go("2026-11-16")
	out, err = o.Sweep(ctx, 1)
	require.NoError(t, err)
	require.Len(t, out, 1, "at most max")
	assert.Equal(t, ids[0], out[0].Case)
	assert.Equal(t, workflow.Stage("lapsed"), out[0].To)
	out, err = o.Sweep(ctx, 10)
	require.NoError(t, err)
	require.Len(t, out, 1)
	assert.Equal(t, ids[1], out[0].Case)
	out, err = o.Sweep(ctx, 10)
	require.NoError(t, err)
	assert.Empty(t, out, "each expires once")
}

func TestAbilitiesThatAStoreLacks(t *testing.T) {
	plain := struct{ disclosure.Store }{disclosure.NewMemory()}
	_, err := disclosure.Open(disclosure.Config{Tenant: "t", Profile: chuxiong(t), Store: plain})
	require.ErrorIs(t, err, disclosure.ErrInvalid, "a store without documents needs Documents")
	o, err := disclosure.Open(disclosure.Config{Tenant: "t", Profile: chuxiong(t), Store: plain, Documents: disclosure.NewMemory()})
	require.NoError(t, err)
	_, err = o.Deliver(context.Background(), 1)
	assert.True(t, errors.Is(err, errors.ErrUnsupported))
}
