package disclosure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/workflow"
)

// Act is one thing that one actor does.
type Act struct {
	// Key makes the act happen once: the same key with the same command returns
	// the first result, with another command it is ErrKeyReused. Take the id of
	// the host's request or form. 1 to MaxID bytes.
	Key   string
	Actor workflow.Actor
	// Case is the case that the command concerns. Where the command opens one,
	// it is the id of the new case, or "" for a random one.
	Case CaseID
	// Expect is the version that the actor has seen; 0 = no expectation.
	Expect int64
	// On is the day the law counts (of receipt, of signature …); zero = today.
	// A day after today is refused.
	On      deadline.Date
	Command Command
}

// Result is what an act did. It is kept with the key, and returned again when
// the act is repeated.
type Result struct {
	Case     CaseID           `json:"case"`
	Version  int64            `json:"version"`
	Versions map[string]int64 `json:"versions"` // of every case that was written
	On       deadline.Date    `json:"on"`
	Move     workflow.MoveID  `json:"move,omitempty"`
	From     workflow.Stage   `json:"from,omitempty"`
	To       workflow.Stage   `json:"to,omitempty"`
	Basis    []law.Citation   `json:"basis,omitempty"`
	Parts    []string         `json:"parts,omitempty"`  // ids of parts that were attached
	Orders   []string         `json:"orders,omitempty"` // ids of outbox orders
	Feedback string           `json:"feedback,omitempty"`
	Replayed bool             `json:"-"` // the key was known: nothing was written now
}

// MaxText is the most bytes of one text that a command brings: 64 MiB.
const MaxText = 64 << 20

const (
	conflictTries = 5
	unknownTries  = 5
)

// Do carries out one act, all or nothing: it loads the case, lets the command
// decide, asks the machine, seals the records and appends them in one batch.
//
// Refusals are *Refusal (errors.Is ErrRefused), of this package or of workflow,
// and of secrecy for an opinion; they name stage, what is missing, and the
// provision. Store errors are those of Store. Without Expect, a conflict with
// another writer is decided anew up to five times.
func (o *Office) Do(ctx context.Context, a Act) (Result, error) {
	if _, ok := a.Command.(Erasure); ok {
		return Result{}, fmt.Errorf("%w: act: an erasure is carried out by Office.Erase", ErrInvalid)
	}
	return o.do(ctx, a)
}

func (o *Office) do(ctx context.Context, a Act) (Result, error) {
	if err := o.check(&a); err != nil {
		return Result{}, err
	}
	fingerprint, err := fingerprintOf(a)
	if err != nil {
		return Result{}, err
	}
	if r, ok, err := o.replay(ctx, a.Key, fingerprint); err != nil || ok {
		return r, err
	}
	var texts []ScannedText
	if b, ok := a.Command.(Bringer); ok {
		if texts, err = o.bring(ctx, b.Brings()); err != nil {
			return Result{}, err
		}
	}
	for try := 1; ; try++ {
		r, err := o.attempt(ctx, a, texts, fingerprint)
		switch {
		case err == nil:
			return r, nil
		case errors.Is(err, ErrKeyReused):
			// Another writer was first with this key: the same act, or not.
			r, ok, rerr := o.replay(ctx, a.Key, fingerprint)
			if rerr != nil {
				return Result{}, rerr
			}
			if ok {
				return r, nil
			}
			return Result{}, err
		case errors.Is(err, ErrConflict) && a.Expect == 0 && !o.joined && try < conflictTries:
			// The other writer may have been this very act, sent twice.
			if r, ok, rerr := o.replay(ctx, a.Key, fingerprint); rerr != nil || ok {
				return r, rerr
			}
			continue
		}
		return Result{}, err
	}
}

func (o *Office) check(a *Act) error {
	switch {
	case a.Command == nil:
		return fmt.Errorf("%w: act: no command", ErrInvalid)
	case a.Key == "" || len(a.Key) > MaxID || !utf8.ValidString(a.Key):
		return fmt.Errorf("%w: act: key: want 1 to %d bytes of UTF-8", ErrInvalid, MaxID)
	case a.Actor.ID == "" || len(a.Actor.ID) > MaxID || !utf8.ValidString(a.Actor.ID):
		return fmt.Errorf("%w: act: actor: want an opaque id of 1 to %d bytes", ErrInvalid, MaxID)
	case len(a.Case) > MaxID || !utf8.ValidString(string(a.Case)):
		return fmt.Errorf("%w: act: case: want an opaque id of at most %d bytes", ErrInvalid, MaxID)
	case a.Expect < 0:
		return fmt.Errorf("%w: act: expected version %d: versions begin at 1, and 0 expects nothing", ErrInvalid, a.Expect)
	}
	today := o.Today()
	if a.On.IsZero() {
		a.On = today
	}
	if a.On.After(today) {
		return fmt.Errorf("%w: act: the day %s has not come yet (today is %s)", ErrInvalid, a.On, today)
	}
	return nil
}

// fingerprintOf is what tells two commands under one key apart. It is hashed
// with the salt of the first record before it is stored.
func fingerprintOf(a Act) ([]byte, error) {
	b, err := json.Marshal(struct {
		Event   workflow.Event
		Type    string
		Actor   string
		Case    CaseID
		Command Command
		Texts   []string
	}{a.Command.Event(), fmt.Sprintf("%T", a.Command), a.Actor.ID, a.Case, a.Command, digestsOf(a.Command)})
	if err != nil {
		return nil, fmt.Errorf("%w: act: the command cannot be written as JSON: %w", ErrInvalid, err)
	}
	return b, nil
}

func digestsOf(c Command) []string {
	b, ok := c.(Bringer)
	if !ok {
		return nil
	}
	var out []string
	for _, t := range b.Brings() {
		d, p := sha256.Sum256(t.Bytes), sha256.Sum256(t.Plain)
		out = append(out, hex.EncodeToString(d[:])+hex.EncodeToString(p[:]))
	}
	return out
}

func salted(salt, fingerprint []byte) ledger.Digest {
	return sha256.Sum256(append(slices.Clone(salt), fingerprint...))
}

// keyOf makes the key of an act of the office's own. Ids of hosts may be long.
func keyOf(parts ...string) string {
	k := strings.Join(parts, "/")
	if len(k) <= MaxID {
		return k
	}
	d := sha256.Sum256([]byte(k))
	return parts[0] + "/" + hex.EncodeToString(d[:])
}

// replay answers an act whose key is known. ok is false if it is not.
func (o *Office) replay(ctx context.Context, key string, fingerprint []byte) (Result, bool, error) {
	rc, err := o.cfg.Store.Append(ctx, Batch{Tenant: o.cfg.Tenant, Key: key, Time: o.cfg.Now().UnixMilli()})
	if errors.Is(err, ErrNotFound) {
		return Result{}, false, nil
	}
	if err != nil {
		return Result{}, false, fmt.Errorf("disclosure: act %s: %w", key, err)
	}
	var r Result
	if err := json.Unmarshal(rc.Data, &r); err != nil {
		return Result{}, false, fmt.Errorf("disclosure: act %s: the key is known, but its receipt was not written by an Office: %w", key, ErrKeyReused)
	}
	rs, err := o.cfg.Store.Records(ctx, o.cfg.Tenant, string(r.Case), r.Versions[string(r.Case)]-1, 1)
	if err != nil {
		return Result{}, false, fmt.Errorf("disclosure: act %s: %w", key, err)
	}
	if len(rs) == 0 || len(rs[0].Salt) == 0 {
		return Result{}, false, fmt.Errorf("%w: act %s was carried out, and what it held has been erased by law: whether this is the same act cannot be known", ErrKeyReused, key)
	}
	if salted(rs[0].Salt, fingerprint) != rc.Fingerprint {
		return Result{}, false, fmt.Errorf("%w: act %s", ErrKeyReused, key)
	}
	r.Replayed = true
	return r, true, nil
}

// bring stores and scans the texts of a command, before it is decided. A text
// that is stored and then not used is harmless: it is found by digest only.
func (o *Office) bring(ctx context.Context, texts []Text) ([]ScannedText, error) {
	var out []ScannedText
	for i, t := range texts {
		if len(t.Bytes) > MaxText || len(t.Plain) > MaxText {
			return nil, fmt.Errorf("%w: text %d: more than %d bytes", ErrInvalid, i, MaxText)
		}
		report, err := o.scan(t)
		if err != nil {
			return nil, err
		}
		d, err := o.cfg.Documents.Put(ctx, o.cfg.Tenant, t.Bytes)
		if err != nil {
			return nil, fmt.Errorf("disclosure: text %d: %w", i, err)
		}
		if t.Plain != nil && t.Unreadable == "" {
			if _, err := o.cfg.Documents.Put(ctx, o.cfg.Tenant, t.Plain); err != nil {
				return nil, fmt.Errorf("disclosure: text %d: %w", i, err)
			}
		}
		out = append(out, ScannedText{Text: t, Digest: d.String(), Report: report})
	}
	return out, nil
}

// loaded is what one attempt works on.
type loaded struct {
	own        *Case // nil: the act opens a case
	others     map[CaseID]*Case
	procedures map[CaseID]*running       // of own and others
	subs       map[workflow.Fact][]*Case // sub-cases of own, by the fact that they answer; among others too
}

func (o *Office) load(ctx context.Context, a Act) (loaded, error) {
	l := loaded{others: map[CaseID]*Case{}}
	if a.Case != "" {
		c, err := o.load1(ctx, a.Case)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return l, err
		}
		l.own = c
	}
	if a.Expect != 0 && (l.own == nil || l.own.Version != a.Expect) {
		var have int64
		if l.own != nil {
			have = l.own.Version
		}
		return l, fmt.Errorf("%w: case %s stands at version %d, not %d", ErrConflict, a.Case, have, a.Expect)
	}
	var ids []CaseID
	if r, ok := a.Command.(Reader); ok {
		ids = append(ids, r.Reads()...)
	}
	if l.own != nil && l.own.After != "" {
		ids = append(ids, l.own.After)
	}
	for _, id := range ids {
		if id == "" || id == a.Case || l.others[id] != nil {
			continue
		}
		c, err := o.load1(ctx, id)
		if err != nil {
			return l, err
		}
		l.others[id] = c
	}
	var err error
	if l.subs, err = o.subCases(ctx, l); err != nil {
		return l, err
	}
	l.procedures, err = o.procedures(ctx, append(slices.Collect(maps.Values(l.others)), l.own)...)
	return l, err
}

// subCases loads the cases that the procedure of the own case counts as its
// sub-cases. They are guarded like every case that was read. One that is opened
// between this and the append is not seen.
func (o *Office) subCases(ctx context.Context, l loaded) (map[workflow.Fact][]*Case, error) {
	if l.own == nil {
		return nil, nil
	}
	r, err := o.procedure(ctx, l.own.Opening)
	if err != nil || r == nil {
		return nil, err
	}
	var subs []workflow.Sub
	for _, s := range r.def.Subs {
		if s.ID != workflow.FactEarlier {
			subs = append(subs, s)
		}
	}
	if len(subs) == 0 {
		return nil, nil
	}
	out := map[workflow.Fact][]*Case{}
	for cursor := ""; ; {
		page, err := o.cfg.Store.Find(ctx, Query{Tenant: o.cfg.Tenant, Parent: string(l.own.ID), Limit: MaxPage, Cursor: cursor})
		if err != nil {
			return nil, fmt.Errorf("disclosure: sub-cases of %s: %w", l.own.ID, err)
		}
		for _, row := range page.Rows {
			id := CaseID(row.Case)
			c := l.others[id]
			if c == nil {
				if c, err = o.load1(ctx, id); err != nil {
					return nil, err
				}
			}
			child, err := o.procedure(ctx, c.Opening)
			if err != nil {
				return nil, err
			}
			for _, s := range subs {
				if child != nil && child.def.ID == s.Definition {
					out[s.ID], l.others[id] = append(out[s.ID], c), c
				}
			}
		}
		if cursor = page.Next; cursor == "" {
			return out, nil
		}
	}
}

func (o *Office) attempt(ctx context.Context, a Act, texts []ScannedText, fingerprint []byte) (Result, error) {
	l, err := o.load(ctx, a)
	if err != nil {
		return Result{}, err
	}
	v := View{On: a.On, Now: o.cfg.Now(), Actor: a.Actor, Case: l.own, Others: l.others, Profile: o.cfg.Profile, Scanner: o.cfg.Scanner, Texts: texts}
	var idErr error
	v.NewID = func() string {
		id, err := o.newID()
		idErr = errors.Join(idErr, err)
		return id
	}
	if l.own != nil {
		if r := l.procedures[l.own.ID]; r != nil {
			v.Machine = r.Machine
		}
		v.Built = o.builtIn(l.own, earlier(l.own, l))
		v.Body = func(part string) ([]byte, error) { return o.text(ctx, l.own, part) }
	}
	if m, ok := a.Command.(Maker); ok {
		made, err := m.Makes(v)
		if err != nil {
			return Result{}, err
		}
		if v.Texts, err = o.bring(ctx, made); err != nil {
			return Result{}, err
		}
	}
	changes, err := a.Command.Decide(v)
	if err = errors.Join(err, idErr); err != nil {
		return Result{}, err
	}
	if len(changes) == 0 {
		return Result{}, fmt.Errorf("%w: act %s: the command decided nothing", ErrInvalid, a.Key)
	}
	w := writer{o: o, act: a, loaded: l, view: v, now: v.Now.UnixMilli()}
	for i := range changes {
		if err := w.write(&changes[i]); err != nil {
			return Result{}, err
		}
	}
	return w.append(ctx, fingerprint)
}

// writer turns changes into one batch.
type writer struct {
	o      *Office
	act    Act
	loaded loaded
	view   View
	now    int64
	batch  Batch
	result Result
	opened []*running // procedures of the cases that are opened
}

func (w *writer) write(ch *Change) error {
	id := ch.Case
	if id == "" {
		id = w.act.Case
	}
	own := id == w.act.Case
	before := w.loaded.own
	if !own {
		before = w.loaded.others[id]
	}
	opening := ch.Structure.Open != nil
	switch {
	case id == "" && !opening:
		return fmt.Errorf("%w: act %s: no case is named", ErrInvalid, w.act.Key)
	case id == "":
		fresh, err := w.o.newID()
		if err != nil {
			return err
		}
		id, w.act.Case, own = CaseID(fresh), CaseID(fresh), true
	case opening && before != nil:
		return fmt.Errorf("%w: case %s exists already", ErrConflict, id)
	case !opening && before == nil:
		return fmt.Errorf("%w: case %s", ErrNotFound, id)
	}
	for _, done := range w.batch.Writes {
		if done.Case == string(id) {
			return fmt.Errorf("%w: act %s: two changes to case %s", ErrInvalid, w.act.Key, id)
		}
	}
	if ch.Event == "" {
		ch.Event = w.act.Command.Event()
	}
	machine := w.loaded.procedures[id]
	if opening {
		machine = w.o.machines[ch.Structure.Open.Kind]
	}
	if err := w.admit(machine, ch); err != nil {
		return err
	}
	s := &ch.Structure
	var after *Case
	if opening {
		if err := w.open(s); err != nil {
			return err
		}
		after = &Case{ID: id}
	} else {
		after = before.clone()
	}
	seq := after.Version + 1
	if opening {
		w.opened = append(w.opened, machine)
	}
	after.mark(ch.Event, w.act.Actor.ID, seq, w.act.On, s)
	if opening && machine != nil {
		s.To = machine.Start()
		after.Stage = s.To
	}
	moves := !opening && machine != nil && machine.events[ch.Event]
	if !moves && (len(s.Release) > 0 || len(s.Withdraw) > 0) {
		return refuse("DI-22", "a release or withdrawal by event "+string(ch.Event), "a move of the definition whose effect it is", law.Citation{})
	}
	if err := w.ordered(ch); err != nil {
		return err
	}
	switch {
	case opening:
	case moves:
		if err := w.step(machine, before, after, ch); err != nil {
			return err
		}
	case ch.MustMove:
		return refuse("DI-20", "event "+string(ch.Event), "an event of the definition of this case", law.Citation{})
	default:
		if err := w.allowed(ch.Event); err != nil {
			return err
		}
	}
	record, err := w.seal(id, seq, before, ch)
	if err != nil {
		return err
	}
	after.Version, after.Head = seq, record.Hash
	after.Records = append(after.Records, record)
	if ch.Title != "" {
		after.Title = ch.Title
	}
	if ch.Number != "" {
		after.Number = ch.Number
	}
	for i := range ch.Orders {
		ch.Orders[i].Case = string(id)
		w.result.Orders = append(w.result.Orders, ch.Orders[i].ID)
	}
	w.batch.Orders = append(w.batch.Orders, ch.Orders...)
	w.batch.Settle = append(w.batch.Settle, ch.Settle...)
	w.batch.Writes = append(w.batch.Writes, Write{
		Case: string(id), Expect: seq - 1, Records: []ledger.Record{record}, Index: w.o.index(after, machine),
	})
	if own {
		w.result.Case, w.result.Version = id, seq
		for _, p := range s.Parts {
			w.result.Parts = append(w.result.Parts, p.ID)
		}
		if s.Feedback != nil {
			w.result.Feedback = s.Feedback.ID
		}
	}
	return nil
}

func (w *writer) append(ctx context.Context, fingerprint []byte) (Result, error) {
	o, b := w.o, &w.batch
	b.Tenant, b.Key, b.Time = o.cfg.Tenant, w.act.Key, w.now
	written := map[string]bool{}
	w.result.Versions = map[string]int64{}
	for _, x := range b.Writes {
		written[x.Case] = true
		w.result.Versions[x.Case] = x.Expect + int64(len(x.Records))
	}
	if w.result.Case == "" || !written[string(w.result.Case)] {
		w.result.Case = CaseID(b.Writes[0].Case)
		w.result.Version = w.result.Versions[b.Writes[0].Case]
	}
	for _, id := range slices.Sorted(maps.Keys(w.loaded.others)) {
		if !written[string(id)] {
			b.Guards = append(b.Guards, Guard{Case: string(id), Version: w.loaded.others[id].Version})
		}
	}
	if w.loaded.own != nil && !written[string(w.act.Case)] {
		b.Guards = append(b.Guards, Guard{Case: string(w.act.Case), Version: w.loaded.own.Version})
	}
	w.result.On = w.act.On
	data, err := json.Marshal(w.result)
	if err != nil {
		return Result{}, fmt.Errorf("disclosure: act %s: %w", b.Key, err)
	}
	b.Receipt = data
	for _, r := range w.opened {
		if r == nil {
			continue
		}
		if err := o.keepDefinition(ctx, r); err != nil {
			return Result{}, err
		}
	}
	i := slices.IndexFunc(b.Writes, func(x Write) bool { return x.Case == string(w.result.Case) })
	b.Fingerprint = salted(b.Writes[i].Records[0].Salt, fingerprint)
	for try := 1; ; try++ {
		_, err = o.cfg.Store.Append(ctx, *b)
		if err == nil || !errors.Is(err, ErrUnknown) || o.joined || try == unknownTries || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return Result{}, fmt.Errorf("disclosure: act %s: %w", b.Key, err)
	}
	return w.result, nil
}
