package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// leaseFor is how long a worker may hold an order before another may take it.
const leaseFor = 2 * time.Minute

// Delivery is what became of one order.
type Delivery struct {
	Order     string
	Case      CaseID
	Carrier   string
	Published deadline.Date // zero = not yet
	Err       error         // why not
	Final     bool          // the carrier refuses it; a person has to act
}

var errNoPublisher = errors.New("disclosure: no publisher here")

// receive is the Office's own command: an order was carried out.
type receive struct {
	Order   string
	Carrier string
	At      time.Time
	URL     string
}

func (receive) Event() workflow.Event { return EventPublished }

func (r receive) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: the case of order %s", ErrNotFound, r.Order)
	}
	s := Structure{Received: &ReceivedMark{Order: r.Order, Carrier: r.Carrier}}
	for _, clock := range v.Case.Awaits {
		if !v.Case.released(r.Order) {
			break // a withdrawal publishes nothing
		}
		s.Clocks = append(s.Clocks, ClockMark{Clock: clock, Do: workflow.ClockStop, On: v.On})
	}
	return []Change{{Structure: s, Settle: []string{r.Order}}}, nil
}

// Deliver carries out at most max orders that are due, under leases, and records
// each receipt: its day is the day of publication. It answers for each order; an
// error of its own means that the store failed, or has no Outbox
// (errors.ErrUnsupported). Two processes may deliver at the
// same time; run it from a timer.
//
// An order whose carrier has no publisher here stays for another process. One
// whose publisher fails is tried again after 1, 2, 4 … minutes, at most a day.
func (o *Office) Deliver(ctx context.Context, max int) ([]Delivery, error) {
	box, ok := o.cfg.Store.(Outbox)
	if !ok {
		return nil, fmt.Errorf("disclosure: deliver: the store has no Outbox: %w", errors.ErrUnsupported)
	}
	worker, err := o.newID()
	if err != nil {
		return nil, err
	}
	now := o.cfg.Now()
	leased, err := box.Lease(ctx, o.cfg.Tenant, worker, now.UnixMilli(), now.Add(leaseFor).UnixMilli(), max)
	if err != nil {
		return nil, fmt.Errorf("disclosure: deliver: %w", err)
	}
	var out []Delivery
	for _, l := range leased {
		d := o.deliver(ctx, l)
		out = append(out, d)
		if d.Err == nil {
			continue
		}
		wait := time.Minute << min(l.Attempts-1, 10)
		switch {
		case errors.Is(d.Err, errNoPublisher):
			wait = time.Minute // another process has it: it must not be made to wait
		case d.Final:
			wait = 24 * time.Hour
		}
		if err := box.Release(ctx, o.cfg.Tenant, l, now.Add(min(wait, 24*time.Hour)).UnixMilli(), d.Err.Error()); err != nil && !errors.Is(err, ErrConflict) {
			return out, fmt.Errorf("disclosure: deliver: %w", err)
		}
	}
	return out, nil
}

func (o *Office) deliver(ctx context.Context, l Leased) Delivery {
	d := Delivery{Order: l.ID, Case: CaseID(l.Case), Carrier: l.Carrier}
	p, err := o.publication(ctx, l)
	if err != nil {
		d.Err, d.Final = err, errors.Is(err, ErrRefused)
		return d
	}
	publisher := o.cfg.Publishers[l.Carrier]
	if publisher == nil {
		d.Err = fmt.Errorf("%w: carrier %s", errNoPublisher, l.Carrier)
		return d
	}
	do := publisher.Publish
	if l.Type == orderWithdraw {
		w, ok := publisher.(Withdrawer)
		if !ok {
			d.Err, d.Final = fmt.Errorf("disclosure: the publisher of carrier %s cannot take a release down", l.Carrier), true
			return d
		}
		do = w.Withdraw
	}
	got, err := do(ctx, p)
	if err != nil {
		d.Err, d.Final = err, errors.Is(err, ErrRefusedByCarrier)
		return d
	}
	if got.At.IsZero() {
		got.At = o.cfg.Now()
	}
	on := deadline.DateOf(got.At)
	if on.After(o.Today()) {
		on = o.Today()
	}
	_, err = o.Do(ctx, Act{
		Key: keyOf("published", l.ID), Actor: workflow.Actor{ID: string(System), Roles: []workflow.Role{System}},
		Case: CaseID(l.Case), On: on,
		Command: receive{Order: l.ID, Carrier: l.Carrier, At: got.At.UTC(), URL: got.URL},
	})
	// ErrKeyReused: another worker has recorded its receipt of the same order.
	if err != nil && !errors.Is(err, ErrKeyReused) {
		d.Err = err
		return d
	}
	d.Published = on
	return d
}

// publication builds what leaves the house from released things only. The gates
// are asked once more: what was ordered may have been overtaken.
func (o *Office) publication(ctx context.Context, l Leased) (Publication, error) {
	var want order
	if err := json.Unmarshal(l.Payload, &want); err != nil {
		return Publication{}, fmt.Errorf("disclosure: order %s: %w", l.ID, err)
	}
	c, err := o.load1(ctx, CaseID(l.Case))
	if err != nil {
		return Publication{}, err
	}
	stands := slices.ContainsFunc(c.Releases, func(r Outgoing) bool {
		if l.Type == orderWithdraw {
			return r.TakeDown == l.ID && r.Order == want.Release
		}
		return r.Order == l.ID && r.TakeDown == "" && r.Carrier == l.Carrier && r.Part == want.Part && r.Form == want.Form
	})
	if !stands {
		return Publication{}, refuse("DI-49", "order "+l.ID, "an order that the case still stands by", law.GovInfoRegulation2019.Art(17))
	}
	if o.personal[c.Kind] {
		return Publication{}, refuse("DI-61", "order "+l.ID+" of a personal case", "a case of its own for what is disclosed", law.GovInfoRegulation2019.Art(15))
	}
	if l.Type == orderWithdraw {
		return Publication{Order: want.Release, Carrier: l.Carrier, Case: c.ID, Form: want.Form, Title: c.Title, Number: c.Number}, nil
	}
	p := Publication{Order: l.ID, Carrier: l.Carrier, Case: c.ID, Form: want.Form, Title: c.Title, Number: c.Number}
	attribute := c.Determination(o.cfg.Profile).Attribute
	if want.Form == TitleOnly {
		review := c.Review.State(c.reviewParts()).String()
		switch {
		case attribute == 0 || attribute == secrecy.Withheld:
			return Publication{}, refuse("DI-49", "order "+l.ID+" for the title", "a document that may be listed", law.GovInfoRegulation2019.Art(17))
		case workflow.Value(review) == workflow.ReviewBlocked:
			return Publication{}, refuse("DI-49", "order "+l.ID+" for the title", "a secrecy review that does not stand against it", law.GovInfoRegulation2019.Art(17))
		case p.Title == "":
			return Publication{}, refuse("DI-49", "order "+l.ID+" for the title", "a title that has not been erased", law.Citation{})
		}
		return p, nil
	}
	form, parts, err := releaseForm(c, attribute)
	if err != nil {
		return Publication{}, err
	}
	if form != want.Form {
		return Publication{}, refuse("DI-49", "order "+l.ID+" for the "+string(want.Form), "a new release: the attribute is now "+attribute.Chinese(), law.GovInfoRegulation2019.Art(17))
	}
	found := false
	for _, id := range parts {
		found = found || id == want.Part
	}
	if !found {
		return Publication{}, refuse("DI-49", "order "+l.ID, "a part that still belongs to the document", law.GovInfoRegulation2019.Art(17))
	}
	if f := o.builtIn(c, workflow.EarlierNone); f[workflow.FactReview] != workflow.ReviewClear {
		return Publication{}, refuse("DI-49", "order "+l.ID, "a secrecy review of exactly these parts; it is "+string(f[workflow.FactReview]), law.GovInfoRegulation2019.Art(17))
	}
	part, _ := c.Part(want.Part)
	digest, _, _, ok := c.digest(part)
	if !ok {
		return Publication{}, refuse("DI-49", "order "+l.ID, "a document that has not been erased", law.Citation{})
	}
	if p.Body, err = o.open(ctx, digest); err != nil {
		return Publication{}, err
	}
	p.Digest = o.cfg.Suite.Sum(p.Body)
	return p, nil
}
