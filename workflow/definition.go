package workflow

import (
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// The identifiers of a definition. They are stored and sent, so they are frozen
// once a definition is in force: at most MaxID bytes of letters, digits and
// ".", "_", "-", "/", ":", "#", "+", without blanks. The definitions of this
// library use ASCII; a host's own status column may hold Chinese.
type (
	// Stage (环节) is where a case stands.
	Stage string
	// Event is what somebody wants to do, or what a clock does when it runs out.
	Event string
	// Role is the capacity in which somebody acts.
	Role string
	// Fact names a question whose answer decides whether a move is open.
	Fact string
	// Value is one of the answers to a Fact.
	Value string
	// Unit names an organisational unit.
	Unit string
	// MoveID names a move within its definition.
	MoveID string
	// ClockID names a clock within its definition.
	ClockID string
)

// Bounds of a definition. What exceeds them is a fault, not a panic.
const (
	MaxID     = 120  // bytes of an identifier
	MaxFacts  = 16   // facts, the built-in ones in use included
	MaxValues = 63   // values of one fact
	MaxStages = 4096 // stages
	MaxMoves  = 8192 // moves
	MaxRoles  = 512  // roles
	MaxList   = 64   // roles, events kept apart or provisions of one move
	MaxClocks = 64   // clocks
)

// Three targets are not stages. A move with To Here leaves the case where it
// stands (an opinion comes in, a limit is extended). A move with To Suspended
// halts whatever stage the case stands in (中止, 暂缓); a move From Suspended
// applies to every halted stage, and with To Return it goes back to the stage
// that was halted. A halted stage has an identifier of its own, Stage.Halted, so
// that a host keeps nothing but its status column.
const (
	Here      Stage = "*here"
	Suspended Stage = "*suspended"
	Return    Stage = "*return"
)

const haltMark = "~"

// Halted is the identifier of the stage while it is suspended.
func (s Stage) Halted() Stage { return s + haltMark }

// Base is the stage that a suspended case goes back to, and whether s is a
// suspended stage at all; of any other stage it is the stage itself.
func (s Stage) Base() (base Stage, halted bool) {
	if n := len(s) - len(haltMark); n > 0 && s[n:] == haltMark {
		return s[:n], true
	}
	return s, false
}

// Definition is a procedure as data. It holds no function, map or interface, so
// that it can be kept, compared, printed and signed. Compile checks it.
type Definition struct {
	ID       string         `json:"id"`                // e.g. "chuxiong/document"
	Edition  string         `json:"edition,omitempty"` // of the text it encodes, e.g. "2018"
	Revision int            `json:"revision,omitempty"`
	InForce  deadline.Date  `json:"inForce,omitzero"` // first day; zero = not stated
	Title    string         `json:"title,omitempty"`
	Start    Stage          `json:"start"`
	Stages   []StageDef     `json:"stages"`
	Facts    []FactDef      `json:"facts,omitempty"` // the built-in facts need not be listed
	Roles    []RoleDef      `json:"roles,omitempty"`
	Clocks   []Clock        `json:"clocks,omitempty"`
	Subs     []Sub          `json:"subs,omitempty"`
	Moves    []Move         `json:"moves"`
	Basis    []law.Citation `json:"basis,omitempty"`
}

// StageDef declares a stage.
type StageDef struct {
	ID    Stage  `json:"id"`
	Title string `json:"title,omitempty"`
	// Final: the case ends here and no move leaves.
	Final bool `json:"final,omitempty"`
	// Clock is the limit of the stage itself: it starts when a case enters the
	// stage, pauses while the stage is suspended and stops when it is left.
	// Empty = none.
	Clock ClockID `json:"clock,omitempty"`
	// Answers says who answers for the stage on each of the three lines
	// (三线并举). All empty = not shown in the responsibility diagram.
	Answers Answers `json:"answers,omitzero"`
	// Basis is where the text names the stage.
	Basis []law.Citation `json:"basis,omitempty"`
}

// Answers names who answers for a stage for the business (业务), for disclosing
// it (公开) and for supervising both (监督).
type Answers struct {
	Business    Role `json:"business,omitempty"`
	Disclosure  Role `json:"disclosure,omitempty"`
	Supervision Role `json:"supervision,omitempty"`
}

// FactDef declares a fact with its closed set of values. Undetermined is a value
// of every fact and need not be listed.
type FactDef struct {
	ID     Fact     `json:"id"`
	Title  string   `json:"title,omitempty"`
	Values []Value  `json:"values"`
	Labels []string `json:"labels,omitempty"` // titles of Values, in their order; empty = none
}

// RoleDef declares a role.
type RoleDef struct {
	ID    Role           `json:"id"`
	Title string         `json:"title,omitempty"`
	Basis []law.Citation `json:"basis,omitempty"`
}

// Sub declares sub-cases (the nodes of a matter, an inquiry) whose joint state
// is a fact of this case: none, open, passed or failed. Step does not load
// them: whoever calls it computes the fact.
type Sub struct {
	// ID is the fact: earlier for the built-in one, or a fact of its own that
	// is declared hereby.
	ID         Fact   `json:"id"`
	Title      string `json:"title,omitempty"`
	Definition string `json:"definition"` // ID of the definition that the sub-cases run on
	// Passed and Failed are the final stages of that definition that count as
	// passed and as failed.
	Passed []Stage        `json:"passed,omitempty"`
	Failed []Stage        `json:"failed,omitempty"`
	Basis  []law.Citation `json:"basis,omitempty"`
}

// Clock declares a time limit that moves start and stop.
type Clock struct {
	ID    ClockID        `json:"id"`
	Title string         `json:"title,omitempty"`
	Limit deadline.Limit `json:"limit"`
	// Extension is how far it may be extended: 「20个工作日内」 is added, 「可延长至5日」
	// is the whole. Zero = never.
	Extension deadline.Limit `json:"extension,omitzero"`
	// Expires is raised when the clock runs out; a move on it stops the clock.
	// Empty = it is only late.
	Expires Event          `json:"expires,omitempty"`
	Basis   []law.Citation `json:"basis,omitempty"`
}

// Op is what a move does to a clock.
type Op string

// The operations on a clock.
const (
	ClockStart   Op = "start"   // from the day the law counts of this event; a running one is left as it is
	ClockRestart Op = "restart" // anew from that day
	ClockPause   Op = "pause"   // the days from here are not counted (不计入)
	ClockResume  Op = "resume"  // counted again
	ClockExtend  Op = "extend"  // by at most Extension
	ClockStop    Op = "stop"    // done, in time or late
)

// ClockOp is one operation on one clock.
type ClockOp struct {
	Do    Op      `json:"do"`
	Clock ClockID `json:"clock"`
}

// Effect is what a move does outside the case. It marks the moves that have
// gates nobody may forget.
type Effect string

// The effects. The zero Effect is none.
const (
	EffectNone Effect = ""
	// EffectPublish releases the text, or the rendition of a redacted one.
	EffectPublish Effect = "publish"
	// EffectTitle releases title and index number, nothing more.
	EffectTitle Effect = "publish-title"
	// EffectAdvance lets the business go on to its next node.
	EffectAdvance Effect = "advance"
	// EffectAnswer answers somebody who gave an opinion.
	EffectAnswer Effect = "answer"
	// EffectWithdraw takes down what was published.
	EffectWithdraw Effect = "withdraw"
	// EffectArchive hands the case over to the archive.
	EffectArchive Effect = "archive"
)

// Test holds when the fact has one of the values.
type Test struct {
	Fact Fact    `json:"fact"`
	In   []Value `json:"in"`
}

// Move is one way from stages to a stage.
type Move struct {
	ID    MoveID  `json:"id"`
	Title string  `json:"title,omitempty"`
	From  []Stage `json:"from"`
	On    Event   `json:"on"`
	To    Stage   `json:"to"`
	// When is a conjunction: all tests must hold. An absent fact is
	// undetermined and meets only a test that lists Undetermined.
	When []Test `json:"when,omitempty"`
	// By lists the roles of which one is needed; empty = anybody, and a move
	// that only a clock makes.
	By []Role `json:"by,omitempty"`
	// Apart lists events whose doers may not make this move (不相容岗位): each
	// of them must have been done, and by somebody else.
	Apart  []Event        `json:"apart,omitempty"`
	Clocks []ClockOp      `json:"clocks,omitempty"`
	Effect Effect         `json:"effect,omitempty"`
	Basis  []law.Citation `json:"basis"`
}

// Clone returns a copy that shares no memory with d.
func (d Definition) Clone() Definition {
	d.Stages = cloneEach(d.Stages, func(s *StageDef) { s.Basis = clone(s.Basis) })
	d.Facts = cloneEach(d.Facts, func(f *FactDef) { f.Values, f.Labels = clone(f.Values), clone(f.Labels) })
	d.Roles = cloneEach(d.Roles, func(r *RoleDef) { r.Basis = clone(r.Basis) })
	d.Clocks = cloneEach(d.Clocks, func(c *Clock) { c.Basis = clone(c.Basis) })
	d.Subs = cloneEach(d.Subs, func(s *Sub) {
		s.Passed, s.Failed, s.Basis = clone(s.Passed), clone(s.Failed), clone(s.Basis)
	})
	d.Moves = cloneEach(d.Moves, func(m *Move) {
		m.From, m.By, m.Apart = clone(m.From), clone(m.By), clone(m.Apart)
		m.Clocks, m.Basis = clone(m.Clocks), clone(m.Basis)
		m.When = cloneEach(m.When, func(t *Test) { t.In = clone(t.In) })
	})
	d.Basis = clone(d.Basis)
	return d
}

// clone copies a slice; an empty one becomes nil, so that a definition written
// as a literal and the same one read from JSON are equal.
func clone[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	c := make([]T, len(s))
	copy(c, s)
	return c
}

func cloneEach[T any](s []T, deep func(*T)) []T {
	c := clone(s)
	for i := range c {
		deep(&c[i])
	}
	return c
}
