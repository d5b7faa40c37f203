package disclosure

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// ErrRefused is wrapped by every refusal of this package. A refusal of the
// machine is a *workflow.Refusal, one of the determination a *secrecy.Error.
var ErrRefused = errors.New("disclosure: refused")

// Refusal says which rule an act breaks.
type Refusal struct {
	Code  string       // DI-…
	What  string       // what was asked
	Want  string       // what would be right
	Basis law.Citation // the provision; zero = a rule of this library
}

func (r *Refusal) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "disclosure: refused: %s %s: want %s", r.Code, r.What, r.Want)
	if !r.Basis.IsZero() {
		b.WriteString(" (" + r.Basis.String() + ")")
	}
	return b.String()
}

// Unwrap returns ErrRefused.
func (r *Refusal) Unwrap() error { return ErrRefused }

func refuse(code, what, want string, basis law.Citation) error {
	return &Refusal{Code: code, What: what, Want: want, Basis: basis}
}

// Determination folds the opinions of a case on its attribute.
func (c *Case) Determination(p *Profile) secrecy.Determination {
	d, _ := secrecy.Determine(secrecy.Draft{Policy: c.Policy}, c.Opinions, &p.Determination)
	return d
}

// builtIn computes the five built-in facts.
func (o *Office) builtIn(c *Case, earlier workflow.Value) workflow.Facts {
	attribute := c.Determination(o.cfg.Profile).Attribute
	f := workflow.Facts{
		workflow.FactAttribute: workflow.Value(attribute.String()),
		workflow.FactReview:    workflow.Value(c.Review.State(c.reviewParts()).String()),
		workflow.FactScan:      c.scanOf(attribute == secrecy.Redacted),
		workflow.FactEarlier:   earlier,
		workflow.FactObjection: objectionOf(c),
	}
	return f
}

func objectionOf(c *Case) workflow.Value {
	if c.Objection == "" {
		return workflow.ObjectionNone
	}
	return c.Objection
}

// subsOf is the joint state of sub-cases: failed when one has failed, open while
// one has not ended, passed when all have.
func subsOf(s workflow.Sub, children []*Case) workflow.Value {
	state := workflow.EarlierNone
	for _, c := range children {
		switch {
		case slices.Contains(s.Failed, c.Stage):
			return workflow.EarlierFailed
		case !slices.Contains(s.Passed, c.Stage):
			state = workflow.EarlierOpen
		case state == workflow.EarlierNone:
			state = workflow.EarlierPassed
		}
	}
	return state
}

// earlier is the built-in fact of the node that must come first: the case that
// After names, read by the Sub of the definition where it has one; without one,
// any final stage counts as passed.
func earlier(c *Case, l loaded) workflow.Value {
	if c.After == "" {
		return workflow.EarlierNone
	}
	before := l.others[c.After]
	r := l.procedures[c.After]
	if before == nil || r == nil {
		return workflow.EarlierOpen
	}
	if own := l.procedures[c.ID]; own != nil {
		for _, s := range own.def.Subs {
			switch {
			case s.ID != workflow.FactEarlier:
			case slices.Contains(s.Failed, before.Stage):
				return workflow.EarlierFailed
			case slices.Contains(s.Passed, before.Stage):
				return workflow.EarlierPassed
			case len(s.Passed) > 0:
				return workflow.EarlierOpen
			}
		}
	}
	if final, _ := r.Final(before.Stage); final {
		return workflow.EarlierPassed
	}
	return workflow.EarlierOpen
}

// step asks the machine, on the facts as they are with this change, and writes
// the move into the structure.
func (w *writer) step(m *running, before, after *Case, ch *Change) error {
	var done []workflow.Done
	if before != nil {
		done = before.Done
	}
	facts := w.o.facts(after, w.loaded)
	if before != nil {
		// An objection is weighed as it stood: the act itself decides on it.
		facts[workflow.FactObjection] = objectionOf(before)
	}
	out, err := m.Step(after.Stage, facts, ch.Event, w.act.Actor, done...)
	if err != nil {
		return err
	}
	s := &ch.Structure
	if err := w.effect(out, after, ch); err != nil {
		return err
	}
	w.result.Move, w.result.From, w.result.To, w.result.Basis = out.Move, after.Stage, out.To, out.Basis
	s.Move, s.To = out.Move, out.To
	after.Stage = out.To
	after.Done = append(after.Done, workflow.Done{On: ch.Event, Actor: w.act.Actor.ID})
	for _, op := range out.Clocks {
		if op.Do == workflow.ClockStop && len(s.Release) > 0 {
			// Ordered is not published: the clock stops on the day of the receipt.
			s.Awaits = append(s.Awaits, op.Clock)
			after.Awaits = append(after.Awaits, op.Clock)
			continue
		}
		m := ClockMark{Clock: op.Clock, Do: op.Do, On: w.act.On}
		if after.Clocks == nil {
			after.Clocks = map[workflow.ClockID][]ClockMark{}
		}
		s.Clocks = append(s.Clocks, m)
		after.Clocks[op.Clock] = append(after.Clocks[op.Clock], m)
	}
	return w.o.checkClocks(after, m, s.Clocks)
}

// effect holds a move to what its effect promises: a release needs orders, and
// nothing else may give any.
func (w *writer) effect(out workflow.Outcome, after *Case, ch *Change) error {
	releases := out.Effect == workflow.EffectPublish || out.Effect == workflow.EffectTitle
	switch {
	case releases && len(ch.Structure.Release) == 0:
		return refuse("DI-21", "move "+string(out.Move)+" releases", "the command Release, which names carriers", law.Citation{})
	case !releases && len(ch.Structure.Release) > 0:
		return refuse("DI-22", "a release by move "+string(out.Move), "a move whose effect is to publish", law.Citation{})
	}
	for _, r := range ch.Structure.Release {
		if out.Effect == workflow.EffectTitle && r.Form != TitleOnly {
			return refuse("DI-23", "a release of "+string(r.Form), "title and index number at most", law.Citation{})
		}
	}
	switch withdraws := len(ch.Structure.Withdraw) > 0; {
	case withdraws && out.Effect != workflow.EffectWithdraw, !withdraws && out.Effect == workflow.EffectWithdraw:
		return refuse("DI-22", "a withdrawal by move "+string(out.Move), "the command TakeDown and a move whose effect is to withdraw", law.Citation{})
	}
	if !releases {
		return nil
	}
	attribute := after.Determination(w.o.cfg.Profile).Attribute
	form, parts, err := releaseForm(after, attribute)
	if err != nil {
		return err
	}
	for _, r := range ch.Structure.Release {
		if r.Form == TitleOnly && r.Part == "" {
			continue
		}
		if r.Form != form || !slices.Contains(parts, r.Part) {
			return refuse("DI-23", "a release of "+string(r.Form), "what a document that is "+attribute.String()+" may show", law.GovInfoRegulation2019.Art(37))
		}
	}
	return w.o.mayRelease(w.act.Actor, after, ch)
}

// allowed checks an act that moves no stage against the profile's rule for it.
func (w *writer) allowed(event workflow.Event) error {
	for _, a := range w.o.cfg.Profile.Acts {
		if a.Event != event {
			continue
		}
		for _, r := range a.Roles {
			if w.act.Actor.Has(r) {
				return nil
			}
		}
		var basis law.Citation
		if len(a.Basis) > 0 {
			basis = a.Basis[0]
		}
		return refuse("DI-24", "act "+string(event)+" by "+w.act.Actor.ID, fmt.Sprintf("one of the roles %v", a.Roles), basis)
	}
	for _, r := range w.act.Actor.Roles {
		if slices.ContainsFunc(w.o.cfg.Profile.Roles, func(p Post) bool { return p.ID == r }) {
			return nil
		}
	}
	if slices.ContainsFunc(w.act.Actor.Roles, func(r workflow.Role) bool { return r == System }) {
		return nil
	}
	return refuse("DI-24", "act "+string(event)+" by "+w.act.Actor.ID, "an actor with a role of the profile", law.Citation{})
}

// admit holds a change to what its command may write, whoever made the change:
// the Office alone moves cases, scans parts, takes receipts and supplies the
// built-in facts, and what speaks for a step of the attribute or for a reviewer
// comes by the event whose roles the profile names.
func (w *writer) admit(m *running, ch *Change) error {
	s := &ch.Structure
	s.Move, s.To, s.Awaits = "", "", nil
	if err := noBuiltIn(s.Facts); err != nil {
		return err
	}
	if m != nil {
		for id, v := range s.Facts {
			if !m.knows(id, v) {
				return fmt.Errorf("%w: act %s: the definition has no fact %q with value %q to be set", ErrInvalid, w.act.Key, id, v)
			}
		}
	}
	if _, ok := w.act.Command.(receive); s.Received != nil && !ok {
		return refuse("DI-22", "a receipt by event "+string(ch.Event), "to leave it to Deliver", law.Citation{})
	}
	if _, ok := w.act.Command.(Erasure); s.Erased != 0 && !ok {
		return fmt.Errorf("%w: act %s: a record is erased by Office.Erase", ErrInvalid, w.act.Key)
	}
	switch {
	case s.Review != nil && ch.Event != EventReview:
		return refuse("DI-24", "a secrecy review by event "+string(ch.Event), "the event "+string(EventReview), law.GovInfoRegulation2019.Art(17))
	case len(s.Resolved) > 0 && ch.Event != EventResolve:
		return refuse("DI-24", "findings resolved by event "+string(ch.Event), "the event "+string(EventResolve), law.GovInfoRegulation2019.Art(17))
	}
	if op := s.Opinion; op != nil {
		signs := func(a AttributeStep) bool { return a.Event == ch.Event && a.Step == op.By }
		if op.Actor != w.act.Actor.ID || !slices.ContainsFunc(w.o.cfg.Profile.AttributeSteps, signs) {
			return refuse("DI-44", "an opinion by event "+string(ch.Event), "one of the profile's attribute_steps, signed by the actor", law.Citation{})
		}
	}
	s.Parts = slices.Clone(s.Parts)
	for i := range s.Parts {
		// A part is as the Office scanned it, or not scanned at all.
		scanned := ScannedText{}.part(s.Parts[i].ID, s.Parts[i].Kind)
		if i < len(ch.Texts) {
			t := ch.Texts[i]
			k := slices.IndexFunc(w.view.Texts, func(x ScannedText) bool {
				return x.Digest == t.Digest && x.Unreadable == t.Unreadable && bytes.Equal(x.Plain, t.Plain)
			})
			if k >= 0 {
				scanned = w.view.Texts[k].part(s.Parts[i].ID, s.Parts[i].Kind)
			}
		}
		s.Parts[i].Scan, s.Parts[i].Findings = scanned.Scan, scanned.Findings
	}
	return nil
}

// knows reports whether a record may set the fact to the value: one of the
// definition that is not the state of sub-cases.
func (r *running) knows(id workflow.Fact, v workflow.Value) bool {
	if slices.ContainsFunc(r.def.Subs, func(s workflow.Sub) bool { return s.ID == id }) {
		return false
	}
	return slices.ContainsFunc(r.def.Facts, func(f workflow.FactDef) bool {
		return f.ID == id && (v == "" || v == workflow.Undetermined || slices.Contains(f.Values, v))
	})
}

// ordered holds orders and marks to each other: what Deliver carries out is what
// the record says, and nothing else.
func (w *writer) ordered(ch *Change) error {
	wrong := func(what string) error {
		return refuse("DI-22", what, "one order for each release or withdrawal that the record names", law.Citation{})
	}
	marks := map[string]order{}
	carriers := map[string]string{}
	for _, r := range ch.Structure.Release {
		if _, ok := w.o.cfg.Profile.Carrier(r.Carrier); !ok {
			return refuse("DI-35", "carrier "+r.Carrier, "a carrier of the profile", law.Citation{})
		}
		marks[r.Order], carriers[r.Order] = order{Part: r.Part, Form: r.Form}, r.Carrier
	}
	for _, x := range ch.Structure.Withdraw {
		marks[x.Order] = order{Release: x.Release}
	}
	n := 0
	for _, o := range ch.Orders {
		if o.Type != orderPublish && o.Type != orderWithdraw {
			continue // of the host's own workers
		}
		n++
		var have order
		want, ok := marks[o.ID]
		if err := json.Unmarshal(o.Payload, &have); err != nil || !ok {
			return wrong("order " + o.ID)
		}
		if (o.Type == orderPublish) != (want.Release == "") || have.Release != want.Release {
			return wrong("order " + o.ID)
		}
		if o.Type == orderPublish && (have != want || o.Carrier != carriers[o.ID]) {
			return wrong("order " + o.ID)
		}
	}
	if n != len(marks) || n != len(ch.Structure.Release)+len(ch.Structure.Withdraw) {
		return wrong("a release")
	}
	return nil
}

// System is the role of the office's own acts: receipts and expired clocks.
const System workflow.Role = "system"

// open fills in what the Office knows of a new case.
func (w *writer) open(s *Structure) error {
	open := *s.Open
	if open.Kind == "" {
		return fmt.Errorf("%w: a case is opened with a kind", ErrInvalid)
	}
	open.Profile = w.o.cfg.Profile.ID + "/" + w.o.cfg.Profile.Edition
	open.Definition = ""
	if m := w.o.machines[open.Kind]; m != nil {
		open.Definition = m.Digest().String()
	} else if _, ok := w.o.personal[open.Kind]; !ok {
		return refuse("DI-25", "kind "+string(open.Kind), "a kind of the profile or of Config.Kinds", law.Citation{})
	}
	if open.Regime == "" {
		open.Regime = w.o.cfg.Profile.Regime
	}
	if !open.Regime.valid() {
		return refuse("DI-02", "regime "+string(open.Regime), "one of the regimes", law.Citation{})
	}
	if u := open.Unit; u != "" && !slices.ContainsFunc(w.o.cfg.Profile.Units, func(d Department) bool { return d.ID == u }) {
		return refuse("DI-26", "unit "+string(u), "a unit of the profile", law.Citation{})
	}
	s.Open = &open
	return nil
}

func (w *writer) seal(id CaseID, seq int64, before *Case, ch *Change) (ledger.Record, error) {
	structure, err := ch.Structure.encode()
	if err != nil {
		return ledger.Record{}, err
	}
	p := private{Title: ch.Title, Number: ch.Number}
	if p.Command, err = json.Marshal(w.act.Command); err != nil {
		return ledger.Record{}, fmt.Errorf("%w: the command cannot be written as JSON: %w", ErrInvalid, err)
	}
	if ch.Private != nil {
		if p.Data, err = json.Marshal(ch.Private); err != nil {
			return ledger.Record{}, fmt.Errorf("%w: the private payload cannot be written as JSON: %w", ErrInvalid, err)
		}
	}
	for i, part := range ch.Structure.Parts {
		if i >= len(ch.Texts) {
			break
		}
		if p.Digests == nil {
			p.Digests, p.Names = map[string]string{}, map[string]string{}
		}
		t := ch.Texts[i]
		p.Digests[part.ID], p.Names[part.ID] = t.Digest, t.Name
		if t.Plain != nil && t.Unreadable == "" {
			if p.Plain == nil {
				p.Plain = map[string]string{}
			}
			d := ledger.Standard().Sum(t.Plain)
			p.Plain[part.ID] = hex.EncodeToString(d[:])
		}
	}
	body, err := json.Marshal(p)
	if err != nil {
		return ledger.Record{}, fmt.Errorf("disclosure: private payload: %w", err)
	}
	if n := len(structure) + len(body); n > MaxPayload {
		return ledger.Record{}, fmt.Errorf("%w: act %s: a record of %d bytes: at most %d; longer texts are brought as Text", ErrInvalid, w.act.Key, n, MaxPayload)
	}
	r := ledger.Record{
		Tenant: w.o.cfg.Tenant, Case: string(id), Seq: seq, Type: string(ch.Event), Time: w.now, On: w.act.On.String(),
		Actor: w.act.Actor.ID, Structure: structure, Private: body,
	}
	var prev ledger.Digest
	if before != nil {
		prev = before.Head
	}
	if err := ledger.Seal(w.o.cfg.Suite, prev, &r, w.o.cfg.Rand); err != nil {
		return ledger.Record{}, fmt.Errorf("disclosure: seal: %w", err)
	}
	return r, nil
}

// text is what a reader sees of a part.
func (o *Office) text(ctx context.Context, c *Case, id string) ([]byte, error) {
	part, ok := c.Part(id)
	if !ok {
		return nil, fmt.Errorf("%w: part %s of case %s", ErrNotFound, id, c.ID)
	}
	digest, plain, _, ok := c.digest(part)
	if !ok {
		return nil, fmt.Errorf("%w: part %s of case %s has been erased by law", ErrNotFound, id, c.ID)
	}
	if plain != "" {
		digest = plain
	}
	return o.open(ctx, digest)
}

func (o *Office) open(ctx context.Context, digest string) ([]byte, error) {
	d, err := ledger.ParseDigest(digest)
	if err != nil {
		return nil, fmt.Errorf("disclosure: document: %w", err)
	}
	return o.cfg.Documents.Open(ctx, o.cfg.Tenant, d)
}
