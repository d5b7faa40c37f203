package disclosure

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Release orders the publication of a document, by a move whose effect is to
// publish: the full text of a public one, the renditions and nothing else of a
// redacted one, title and index number at most of one on request. The orders go
// into the outbox with the same commit; Deliver carries them out, and the day of
// each receipt is the day of publication.
type Release struct {
	On       workflow.Event // the event of the move
	Carriers []string       // ids of carriers of the profile
	Operator string         // opaque id of the person who operates the release (指定专人)
	InOrder  bool           // one carrier after the other, in the order given (先党内、后党外)
	Together bool           // all or none are handed to their publishers
}

// Event is r.On.
func (r Release) Event() workflow.Event { return r.On }

// order is the payload of an outbox order. It names the part by id: what it
// holds is looked up when it is delivered.
type order struct {
	Part    string `json:"part,omitempty"`
	Form    Form   `json:"form"`
	Release string `json:"release,omitempty"` // to take down: the order of the release
}

// The types of orders.
const (
	orderPublish  = "publish"
	orderWithdraw = "withdraw"
)

// Decide gives one order for each carrier and part.
func (r Release) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to release", ErrNotFound)
	}
	if len(r.Carriers) == 0 {
		return nil, refuse("DI-34", "a release", "at least one carrier", law.GovInfoRegulation2019.Art(23))
	}
	attribute := v.Case.Determination(v.Profile).Attribute
	form, parts, err := releaseForm(v.Case, attribute)
	if err != nil {
		return nil, err
	}
	ch := Change{MustMove: true, Structure: Structure{Operator: r.Operator}}
	group, before := "", []string(nil)
	if r.Together {
		group = v.NewID()
	}
	for i, carrier := range r.Carriers {
		if _, ok := v.Profile.Carrier(carrier); !ok {
			return nil, refuse("DI-35", "carrier "+carrier, "a carrier of the profile", law.Citation{})
		}
		if slices.Contains(r.Carriers[:i], carrier) {
			return nil, refuse("DI-35", "carrier "+carrier, "each carrier once", law.Citation{})
		}
		var mine []string
		for _, part := range parts {
			id := v.NewID()
			payload, err := json.Marshal(order{Part: part, Form: form})
			if err != nil {
				return nil, err
			}
			o := Order{ID: id, Type: orderPublish, Carrier: carrier, Group: group, Payload: payload}
			if r.InOrder {
				o.After = before
			}
			ch.Orders = append(ch.Orders, o)
			ch.Structure.Release = append(ch.Structure.Release, ReleaseMark{Order: id, Carrier: carrier, Part: part, Form: form})
			mine = append(mine, id)
		}
		before = mine
	}
	return []Change{ch}, nil
}

// TakeDown orders every release of a document that is out, or ordered and not yet
// out, to be taken down.
type TakeDown struct {
	On     workflow.Event
	Reason string
}

// Event is t.On.
func (t TakeDown) Event() workflow.Event { return t.On }

// Decide gives one order a release.
func (t TakeDown) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to take down", ErrNotFound)
	}
	if t.Reason == "" {
		return nil, refuse("DI-56", "a withdrawal", "its reason", law.Citation{})
	}
	var ch Change
	for _, r := range v.Case.Releases {
		if r.TakeDown != "" {
			continue
		}
		id := v.NewID()
		payload, err := json.Marshal(order{Part: r.Part, Form: r.Form, Release: r.Order})
		if err != nil {
			return nil, err
		}
		o := Order{ID: id, Type: orderWithdraw, Carrier: r.Carrier, Payload: payload}
		if r.Published.IsZero() {
			// It is taken back out of the outbox. A worker may have it in hand: once
			// its lease is over, what it put out is taken down.
			ch.Settle = append(ch.Settle, r.Order)
			o.NotUntil = v.Now.Add(leaseFor).UnixMilli()
		}
		ch.Orders = append(ch.Orders, o)
		ch.Structure.Withdraw = append(ch.Structure.Withdraw, WithdrawMark{Order: id, Release: r.Order})
	}
	if len(ch.Orders) == 0 {
		return nil, refuse("DI-55", "a withdrawal", "a document of which something is disclosed", law.Citation{})
	}
	ch.MustMove = true
	return []Change{ch}, nil
}

// releaseForm says what of a document may be shown, by its attribute.
func releaseForm(c *Case, a secrecy.Attribute) (Form, []string, error) {
	var parts []string
	form := FullText
	switch a {
	case secrecy.Public, secrecy.Redacted:
		if a == secrecy.Redacted {
			form = Redaction
		}
		for _, p := range c.releasable(a == secrecy.Redacted) {
			parts = append(parts, p.ID)
		}
		if len(parts) == 0 && a == secrecy.Redacted {
			return "", nil, refuse("DI-36", "a release of a redacted document", "a rendition, made by Redact; the original is not released", law.GovInfoRegulation2019.Art(37))
		}
		if len(parts) == 0 {
			return "", nil, refuse("DI-37", "a release", "a document with at least one part", law.Citation{})
		}
	case secrecy.OnRequest:
		form, parts = TitleOnly, []string{""}
	case secrecy.Withheld:
		return "", nil, refuse("DI-38", "a release of a withheld document", "a document that is public, redacted or on request", law.GovInfoRegulation2019.Art(13).Para(1))
	default:
		return "", nil, refuse("DI-39", "a release", "a document whose attribute is determined", law.OpenGovRules2016.Sec("一（一）"))
	}
	return form, parts, nil
}

// mayRelease holds a release to the window, the person and the gatekeepers of the
// profile.
func (o *Office) mayRelease(a workflow.Actor, c *Case, ch *Change) error {
	p := o.cfg.Profile
	rule := p.Release
	var basis law.Citation
	if len(rule.Basis) > 0 {
		basis = rule.Basis[0]
	}
	if rule.Unit != "" && a.Unit != rule.Unit {
		return refuse("DI-40", fmt.Sprintf("a release by unit %q", a.Unit), fmt.Sprintf("unit %q, through which alone the agency releases", rule.Unit), basis)
	}
	if len(rule.Roles) > 0 && !slices.ContainsFunc(rule.Roles, a.Has) {
		return refuse("DI-41", "a release by "+a.ID, fmt.Sprintf("one of the roles %v", rule.Roles), basis)
	}
	if rule.NamedOperator && ch.Structure.Operator == "" {
		return refuse("DI-42", "a release", "the named person who operates it", basis)
	}
	for _, r := range ch.Structure.Release {
		carrier, _ := p.Carrier(r.Carrier)
		if g := carrier.Gatekeeper; g != "" && string(a.Unit) != g {
			return refuse("DI-43", fmt.Sprintf("a release on %s by unit %q", r.Carrier, a.Unit), fmt.Sprintf("unit %q, its gatekeeper (扎口管理)", g), basis)
		}
	}
	return nil
}
