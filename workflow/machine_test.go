package workflow_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// small is a procedure in which a proposal is approved by somebody else, and
// then published.
func small() workflow.Definition {
	own := []law.Citation{law.Own.Sec("test")}
	return workflow.Definition{
		ID: "test/small", Edition: "1", Title: "小流程", Start: "draft",
		Stages: []workflow.StageDef{
			{ID: "draft", Title: "起草"},
			{ID: "review", Title: "审核"},
			{ID: "ready", Title: "待发布"},
			{ID: "out", Title: "已公开", Final: true},
		},
		Roles: []workflow.RoleDef{{ID: "clerk", Title: "经办人"}, {ID: "head", Title: "负责人"}},
		Moves: []workflow.Move{
			{ID: "propose", From: []workflow.Stage{"draft"}, On: "propose", To: "review", By: []workflow.Role{"clerk"}, Basis: own},
			{ID: "approve", From: []workflow.Stage{"review"}, On: "approve", To: "ready", By: []workflow.Role{"head"},
				Apart: []workflow.Event{"propose"}, Basis: own},
			{ID: "return", From: []workflow.Stage{"review"}, On: "return", To: "draft", By: []workflow.Role{"head"}, Basis: own},
			{ID: "publish", From: []workflow.Stage{"ready"}, On: "publish", To: "out", By: []workflow.Role{"clerk"},
				Effect: workflow.EffectPublish, When: released(), Basis: own},
		},
	}
}

func released() []workflow.Test {
	return []workflow.Test{
		{Fact: workflow.FactAttribute, In: []workflow.Value{workflow.AttributePublic, workflow.AttributeRedacted}},
		{Fact: workflow.FactReview, In: []workflow.Value{workflow.ReviewClear}},
		{Fact: workflow.FactScan, In: []workflow.Value{workflow.ScanClear}},
		{Fact: workflow.FactEarlier, In: []workflow.Value{workflow.EarlierNone, workflow.EarlierPassed}},
		{Fact: workflow.FactObjection, In: []workflow.Value{workflow.ObjectionNone, workflow.ObjectionRaised, workflow.ObjectionUpheld}},
	}
}

func clear() workflow.Facts {
	return workflow.Facts{
		workflow.FactAttribute: workflow.AttributePublic,
		workflow.FactReview:    workflow.ReviewClear,
		workflow.FactScan:      workflow.ScanClear,
		workflow.FactEarlier:   workflow.EarlierNone,
		workflow.FactObjection: workflow.ObjectionNone,
	}
}

func compile(t testing.TB, d workflow.Definition) *workflow.Machine {
	t.Helper()
	m, err := workflow.Compile(d)
	require.NoError(t, err)
	return m
}

func as(id string, roles ...workflow.Role) workflow.Actor {
	return workflow.Actor{ID: id, Roles: roles}
}

func refused(t testing.TB, err error) *workflow.Refusal {
	t.Helper()
	var r *workflow.Refusal
	require.True(t, errors.As(err, &r), "want a refusal, have %v", err)
	require.ErrorIs(t, err, workflow.ErrRefused)
	return r
}

func TestStep(t *testing.T) {
	m := compile(t, small())
	t.Run("一步一步走到公开", func(t *testing.T) {
		out, err := m.Step("draft", nil, "propose", as("u1", "clerk"))
		require.NoError(t, err)
		assert.Equal(t, workflow.Stage("review"), out.To)
		out, err = m.Step(out.To, nil, "approve", as("u2", "head"), workflow.Done{On: "propose", Actor: "u1"})
		require.NoError(t, err)
		out, err = m.Step(out.To, clear(), "publish", as("u1", "clerk"))
		require.NoError(t, err)
		assert.Equal(t, workflow.EffectPublish, out.Effect)
		final, ok := m.Final(out.To)
		assert.True(t, final && ok)
	})
	t.Run("越级被拒绝,并指出依据", func(t *testing.T) {
		_, err := m.Step("draft", clear(), "publish", as("u1", "clerk"))
		r := refused(t, err)
		assert.Equal(t, workflow.CodeNoMove, r.Code)
		assert.Equal(t, []workflow.Stage{"ready"}, r.From)
		assert.Equal(t, []workflow.Event{"propose"}, r.Next)
		assert.NotEmpty(t, r.Basis)
	})
	t.Run("未经保密审查不得公开", func(t *testing.T) {
		f := clear()
		delete(f, workflow.FactReview)
		f[workflow.FactScan] = workflow.ScanPartial
		_, err := m.Step("ready", f, "publish", as("u1", "clerk"))
		r := refused(t, err)
		assert.Equal(t, workflow.CodeMissing, r.Code)
		assert.Equal(t, []workflow.Missing{
			{Fact: workflow.FactReview, Want: []workflow.Value{workflow.ReviewClear}, Have: workflow.Undetermined},
			{Fact: workflow.FactScan, Want: []workflow.Value{workflow.ScanClear}, Have: workflow.ScanPartial},
		}, r.Missing)
	})
	t.Run("提出人不得审批自己的提出", func(t *testing.T) {
		_, err := m.Step("review", nil, "approve", as("u1", "clerk", "head"), workflow.Done{On: "propose", Actor: "u1"})
		assert.Equal(t, workflow.CodeSamePerson, refused(t, err).Code)
	})
	t.Run("提出人没有记录即未定,不得审批", func(t *testing.T) {
		_, err := m.Step("review", nil, "approve", as("u2", "head"))
		r := refused(t, err)
		assert.Equal(t, workflow.CodeNotDone, r.Code)
		assert.Equal(t, []workflow.Event{"propose"}, r.Apart)
	})
}
