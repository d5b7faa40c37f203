package workflow

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/opengongkai/gongkai/deadline"
)

// ErrRecord is wrapped by the errors of Fold: the records are not those of one
// case from its beginning.
var ErrRecord = errors.New("workflow: records do not fold")

// Record is one thing that happened in a case. A case is its records: nothing
// is changed afterwards, a mistake is put right by a record that corrects.
type Record struct {
	Seq   int64         `json:"seq"` // 1, 2, 3 …
	Event Event         `json:"event"`
	On    deadline.Date `json:"on,omitzero"`    // the day the law counts; zero = none
	Actor string        `json:"actor"`          // opaque id
	Move  MoveID        `json:"move,omitempty"` // empty: a record that only answers facts, or corrects
	From  Stage         `json:"from,omitempty"` // with Move
	To    Stage         `json:"to"`             // with Move, and of the first record the start
	// Facts are the answers that this record gives. The empty value takes an
	// answer back.
	Facts  Facts     `json:"facts,omitempty"`
	Clocks []ClockOp `json:"clocks,omitempty"`
	Effect Effect    `json:"effect,omitempty"`
	// Corrects is the Seq of an earlier record of which Facts and On (where
	// given) were wrong; 0 = none. What it did, its move, is not undone: that
	// takes a move back. The last correction of a record counts.
	Corrects int64 `json:"corrects,omitempty"`
	// Definition pins the definition, in the first record and in one that
	// moves the case to another edition; zero elsewhere.
	Definition Digest `json:"definition,omitzero"`
}

// ClockEvent is one operation on a clock, on the day it counts from.
type ClockEvent struct {
	Seq   int64
	Do    Op
	Clock ClockID
	On    deadline.Date
}

// Case is the state that the records of a case fold to. It is a value of its
// own: folding again gives a fresh one.
type Case struct {
	Definition Digest
	Stage      Stage
	Seq        int64 // of the last record
	Facts      Facts
	Done       []Done       // every event, oldest first
	Clocks     []ClockEvent // every operation on a clock, oldest first
}

// Open is the first record of a case on the machine.
func (m *Machine) Open(event Event, actor Actor, on deadline.Date, facts Facts) Record {
	r := Record{Seq: 1, Event: event, On: on, Actor: actor.ID, To: m.def.Start, Facts: maps.Clone(facts), Definition: m.digest}
	if k := m.def.Stages[m.stages[m.def.Start].def].Clock; k != "" {
		r.Clocks = []ClockOp{{ClockStart, k}}
	}
	return r
}

// Take makes a step of the case and returns its record. The facts given are
// answered together with the step and count for it. Nothing is stored.
func (m *Machine) Take(c Case, event Event, actor Actor, on deadline.Date, facts Facts) (Record, error) {
	if c.Definition != m.digest {
		return Record{}, fmt.Errorf("%w: the case runs on definition %s, this is %s", ErrRecord, c.Definition, m.digest)
	}
	all := c.Facts
	if len(facts) > 0 {
		all = make(Facts, len(c.Facts)+len(facts))
		for f, v := range c.Facts {
			all[f] = v
		}
		for f, v := range facts {
			all[f] = v
		}
	}
	out, err := m.Step(c.Stage, all, event, actor, c.Done...)
	if err != nil {
		return Record{}, err
	}
	return Record{Seq: c.Seq + 1, Event: event, On: on, Actor: actor.ID, Move: out.Move, From: c.Stage, To: out.To,
		Facts: maps.Clone(facts), Clocks: clone(out.Clocks), Effect: out.Effect}, nil
}

// Fold reads the records of a case from the first to the last. It checks that
// they follow on each other; whether each step was allowed was settled when it
// was taken, and Replay checks it again.
func Fold(records []Record) (Case, error) {
	var c Case
	if len(records) == 0 {
		return c, fmt.Errorf("%w: there are none", ErrRecord)
	}
	fixes, err := corrections(records)
	if err != nil {
		return Case{}, err
	}
	c.Facts = make(Facts, 8)
	c.Done = make([]Done, 0, len(records))
	c.Clocks = make([]ClockEvent, 0, len(records))
	for i := range records {
		r := &records[i]
		if err := c.follows(r, i); err != nil {
			return Case{}, err
		}
		var fix *Record
		if fixes != nil {
			fix = fixes[r.Seq]
		}
		c.apply(r, fix)
	}
	return c, nil
}

// corrections finds the last correction of each record; nil when there is none.
func corrections(records []Record) (map[int64]*Record, error) {
	var fixes map[int64]*Record
	for i := range records {
		r := &records[i]
		if r.Corrects == 0 {
			continue
		}
		switch {
		case r.Corrects < 0 || r.Corrects >= r.Seq || r.Corrects > int64(i):
			return nil, fmt.Errorf("%w: record %d corrects %d, which is not before it", ErrRecord, r.Seq, r.Corrects)
		case records[r.Corrects-1].Corrects != 0:
			return nil, fmt.Errorf("%w: record %d corrects the correction %d: correct the record itself", ErrRecord, r.Seq, r.Corrects)
		case r.Move != "" || len(r.Clocks) > 0 || r.Effect != EffectNone:
			return nil, fmt.Errorf("%w: record %d corrects and moves at once", ErrRecord, r.Seq)
		}
		if fixes == nil {
			fixes = make(map[int64]*Record)
		}
		fixes[r.Corrects] = r
	}
	return fixes, nil
}

func (c *Case) follows(r *Record, i int) error {
	switch {
	case r.Seq != int64(i)+1:
		return fmt.Errorf("%w: record %d stands at place %d", ErrRecord, r.Seq, i+1)
	case i == 0 && (r.Definition.IsZero() || r.To == "" || r.Move != "" || r.Corrects != 0):
		return fmt.Errorf("%w: the first record does not open a case", ErrRecord)
	case i == 0:
		return nil
	case r.Move == "" && r.Definition.IsZero() && r.To != "":
		return fmt.Errorf("%w: record %d changes the stage without a move", ErrRecord, r.Seq)
	case (r.Move != "" || !r.Definition.IsZero()) && (r.From != c.Stage || r.To == ""):
		return fmt.Errorf("%w: record %d leaves %s, the case stands at %s", ErrRecord, r.Seq, quote(r.From), quote(c.Stage))
	}
	return nil
}

// apply folds one record, as corrected by fix.
func (c *Case) apply(r, fix *Record) {
	c.Seq = r.Seq
	if r.Corrects != 0 {
		return // it counts where the record stands that it corrects
	}
	if !r.Definition.IsZero() {
		c.Definition = r.Definition
	}
	if r.To != "" {
		c.Stage = r.To
	}
	on := r.On
	if fix != nil && !fix.On.IsZero() {
		on = fix.On
	}
	for f, v := range r.Facts {
		c.answer(f, v)
	}
	if fix != nil {
		for f, v := range fix.Facts {
			c.answer(f, v)
		}
	}
	for _, o := range r.Clocks {
		c.Clocks = append(c.Clocks, ClockEvent{r.Seq, o.Do, o.Clock, on})
	}
	c.Done = append(c.Done, Done{r.Event, r.Actor})
}

func (c *Case) answer(f Fact, v Value) {
	if v == "" {
		delete(c.Facts, f)
		return
	}
	c.Facts[f] = v
}

// Replay folds the records and checks each step again with the machine of its
// definition; who gives the roles that an actor had at that record. The error
// of a step that the definition does not allow wraps a *Refusal, that of a
// record that says something else than its step is an ErrRecord.
func Replay(records []Record, machine func(Digest) *Machine, who func(Record) Actor) (Case, error) {
	var c Case
	stale := true // c has to be folded anew
	for i := range records {
		r := &records[i]
		if r.Move != "" {
			if stale {
				before, err := Fold(records[:i])
				if err != nil {
					return Case{}, err
				}
				c, stale = before, false
			}
			m := machine(c.Definition)
			if m == nil {
				return Case{}, fmt.Errorf("%w: record %d: no definition %s", ErrRecord, r.Seq, c.Definition)
			}
			again, err := m.Take(c, r.Event, who(*r), r.On, r.Facts)
			if err != nil {
				return Case{}, fmt.Errorf("workflow: record %d: %w", r.Seq, err)
			}
			if again.Move != r.Move || again.To != r.To || again.Effect != r.Effect || !slices.Equal(again.Clocks, r.Clocks) {
				return Case{}, fmt.Errorf("%w: record %d says move %s to %s, the definition says %s to %s", ErrRecord, r.Seq,
					quote(r.Move), quote(r.To), quote(again.Move), quote(again.To))
			}
		}
		if r.Corrects != 0 {
			stale = true
		}
		if !stale {
			if err := c.follows(r, i); err != nil {
				return Case{}, err
			}
			c.apply(r, nil)
		}
	}
	return Fold(records)
}
