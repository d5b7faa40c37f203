package profile_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/workflow"
)

// model walks a definition exhaustively: every stage that can be reached, every
// answer to every fact that is asked there, every role, with the earlier events
// done by somebody else and by the same person.
type model struct {
	m     *workflow.Machine
	d     workflow.Definition
	facts map[workflow.Fact][]workflow.Value
}

func newModel(t testing.TB, name string) *model {
	m := procedure(t, name)
	v := &model{m: m, d: m.Definition(), facts: map[workflow.Fact][]workflow.Value{}}
	for _, f := range m.Facts() {
		values := []workflow.Value{workflow.Undetermined}
		for _, x := range f.Values {
			if x != workflow.Undetermined {
				values = append(values, x)
			}
		}
		v.facts[f.ID] = values
	}
	return v
}

// leaving are the moves of the definition that leave a stage, read from the data.
func (v *model) leaving(s workflow.Stage) (moves []workflow.Move) {
	_, halted := s.Base()
	for _, mv := range v.d.Moves {
		if slices.Contains(mv.From, s) || halted && slices.Contains(mv.From, workflow.Suspended) {
			moves = append(moves, mv)
		}
	}
	return moves
}

func (v *model) target(s workflow.Stage, mv workflow.Move) workflow.Stage {
	base, _ := s.Base()
	switch mv.To {
	case workflow.Here:
		return s
	case workflow.Suspended:
		return base.Halted()
	case workflow.Return:
		return base
	}
	return mv.To
}

func (v *model) reachable() []workflow.Stage {
	order := []workflow.Stage{v.d.Start}
	for i := 0; i < len(order); i++ {
		for _, mv := range v.leaving(order[i]) {
			if to := v.target(order[i], mv); !slices.Contains(order, to) {
				order = append(order, to)
			}
		}
	}
	return order
}

// each calls f with every assignment of the facts that are asked at the stage,
// the objection included. The map is reused.
func (v *model) each(s workflow.Stage, f func(workflow.Facts)) {
	asked := map[workflow.Fact]bool{workflow.FactObjection: true}
	for _, mv := range v.leaving(s) {
		for _, t := range mv.When {
			asked[t.Fact] = true
		}
	}
	names := slices.Sorted(maps.Keys(asked))
	facts := workflow.Facts{}
	var assign func(int)
	assign = func(i int) {
		if i == len(names) {
			f(facts)
			return
		}
		for _, x := range v.facts[names[i]] {
			facts[names[i]] = x
			assign(i + 1)
		}
	}
	assign(0)
}

func (v *model) events() (events []workflow.Event) {
	for _, mv := range v.d.Moves {
		if !slices.Contains(events, mv.On) {
			events = append(events, mv.On)
		}
	}
	return events
}

func TestModel(t *testing.T) {
	stop := []workflow.Effect{workflow.EffectPublish, workflow.EffectTitle, workflow.EffectAnswer, workflow.EffectArchive}
	for _, name := range procedures {
		t.Run(name, func(t *testing.T) {
			v := newModel(t, name)
			stages := v.reachable()
			assert.ElementsMatch(t, v.m.Stages(), stages, "every stage can be reached, and no other")
			var others []workflow.Done
			for _, e := range v.events() {
				others = append(others, workflow.Done{On: e, Actor: "somebody else"})
			}
			// Hot loop: require only on failure.
			check := func(ok bool, rule string, s workflow.Stage, f workflow.Facts, e workflow.Event, r workflow.Role) {
				if !ok {
					require.Fail(t, rule, "%s at %s by %s on %v", e, s, r, f)
				}
			}
			opened := map[workflow.MoveID]bool{}
			for _, s := range stages {
				leaving := v.leaving(s)
				v.each(s, func(f workflow.Facts) {
					for _, role := range v.d.Roles {
						a := workflow.Actor{ID: "me", Roles: []workflow.Role{role.ID}}
						for _, mv := range leaving {
							if !slices.Contains(mv.By, role.ID) {
								continue
							}
							e := mv.On
							out, err := v.m.Step(s, f, e, a, others...)
							if err != nil {
								continue
							}
							opened[out.Move] = true
							k := slices.IndexFunc(v.d.Moves, func(x workflow.Move) bool { return x.ID == out.Move })
							taken := v.d.Moves[k]
							check(slices.Contains(taken.By, role.ID), "the role may", s, f, e, role.ID)
							check(out.To == v.target(s, taken), "the stage is the definition's", s, f, e, role.ID)
							if out.Effect == workflow.EffectPublish || out.Effect == workflow.EffectTitle {
								attribute := f[workflow.FactAttribute]
								check(attribute == workflow.AttributePublic || attribute == workflow.AttributeRedacted ||
									out.Effect == workflow.EffectTitle && attribute == workflow.AttributeOnRequest,
									"what is withheld or undetermined is never released, what is on request by its title at most", s, f, e, role.ID)
								check(f[workflow.FactReview] == workflow.ReviewClear, "先审查后公开", s, f, e, role.ID)
								check(f[workflow.FactScan] == workflow.ScanClear, "scanned whole and clear", s, f, e, role.ID)
								check(f[workflow.FactEarlier] == workflow.EarlierNone || f[workflow.FactEarlier] == workflow.EarlierPassed, "上一环节", s, f, e, role.ID)
							}
							if out.Effect == workflow.EffectAdvance {
								check(f[workflow.FactEarlier] == workflow.EarlierNone || f[workflow.FactEarlier] == workflow.EarlierPassed, "上一环节未通过", s, f, e, role.ID)
								check(f[workflow.FactObjection] == workflow.ObjectionNone || f[workflow.FactObjection] == workflow.ObjectionRaised, "an upheld objection stops business", s, f, e, role.ID)
							}
							if slices.Contains(stop, out.Effect) && f[workflow.FactObjection] == workflow.ObjectionNone {
								upheld := maps.Clone(f)
								upheld[workflow.FactObjection] = workflow.ObjectionUpheld
								same, err := v.m.Step(s, upheld, e, a, others...)
								check(err == nil && same.Move == out.Move, "an upheld objection never stops publishing, answering, archiving", s, f, e, role.ID)
							}
							if len(taken.Apart) > 0 {
								_, err := v.m.Step(s, f, e, a, append(others[:len(others):len(others)], workflow.Done{On: taken.Apart[0], Actor: "me"})...)
								check(err != nil, "the same person may not", s, f, e, role.ID)
								_, err = v.m.Step(s, f, e, a)
								check(err != nil, "nobody on record is undetermined", s, f, e, role.ID)
							}
							_, err = v.m.Step(s, f, e, workflow.Actor{ID: "stranger"}, others...)
							check(err != nil, "a stranger may do nothing", s, f, e, role.ID)
							_, err = v.m.Step(s, f, e, workflow.Actor{Roles: a.Roles}, others...)
							check(err != nil, "nobody may do nothing", s, f, e, role.ID)
						}
					}
				})
			}
			assert.Len(t, opened, len(v.d.Moves), "every move is open to somebody, some time")
		})
	}
}

// No way leads to a release but through every level that the text names.
func TestNoLevelIsSkipped(t *testing.T) {
	for name, levels := range map[string][]workflow.Event{
		"bengbu/disclosure":  {"propose", "approve"},
		"chuxiong/document":  {"propose", "section-opinion", "office-opinion", "leader-sign", "print", "register", "seal", "hand-over"},
		"haikou/disclosure":  {"collect", "examine", "approve"},
		"taizhou/disclosure": {"form", "propose"},
		"nanning/decision":   {"draft", "clear"},
		"chuxiong/decision":  {"draft", "clear"},
	} {
		m := procedure(t, name)
		require.True(t, reaches(m, workflow.EffectPublish, ""), name)
		for _, level := range levels {
			assert.False(t, reaches(m, workflow.EffectPublish, level), "%s without %s", name, level)
		}
	}
}
