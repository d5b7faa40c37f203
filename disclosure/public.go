package disclosure

import (
	"context"
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/workflow"
)

// Public is the view from outside. It is made of released things only: its types
// have no field for anything that was not, so nothing withheld can reach a page
// through it.
type Public struct{ o *Office }

// Public is the view from outside.
func (o *Office) Public() Public { return Public{o} }

// PublicItem is one disclosed document.
type PublicItem struct {
	Case      CaseID          `json:"case"`
	Title     string          `json:"title"`
	Number    string          `json:"number,omitempty"` // 索引号
	Unit      string          `json:"unit,omitempty"`   // title of the responsible department
	Published deadline.Date   `json:"published"`        // day of the first receipt
	Releases  []PublicRelease `json:"releases"`
}

// PublicRelease is one release that a carrier has confirmed.
type PublicRelease struct {
	Carrier   string        `json:"carrier"` // title of the carrier
	Form      Form          `json:"form"`
	Part      string        `json:"part,omitempty"` // for Body
	Published deadline.Date `json:"published"`
}

// PublicPage is one page of Items. Next is "" on the last.
type PublicPage struct {
	Items []PublicItem `json:"items"`
	Next  string       `json:"next,omitempty"`
}

// Items lists what is disclosed, latest change first, at most limit cases a page
// (0 = DefaultPage); a page may have fewer items, as cases without a release are
// left out.
func (p Public) Items(ctx context.Context, limit int, cursor string) (PublicPage, error) {
	o := p.o
	page, err := o.cfg.Store.Find(ctx, Query{Tenant: o.cfg.Tenant, Sort: ByUpdated, Limit: limit, Cursor: cursor})
	if err != nil {
		return PublicPage{}, fmt.Errorf("disclosure: public view: %w", err)
	}
	out := PublicPage{Next: page.Next}
	for _, r := range page.Rows {
		if o.personal[Kind(r.Kind)] {
			continue
		}
		c, err := o.load1(ctx, CaseID(r.Case))
		if err != nil {
			return PublicPage{}, err
		}
		if item, ok := o.publicItem(c); ok {
			out.Items = append(out.Items, item)
		}
	}
	return out, nil
}

// Item is one disclosed document; ErrNotFound if there is none or nothing of it
// was released.
func (p Public) Item(ctx context.Context, id CaseID) (PublicItem, error) {
	c, err := p.o.load1(ctx, id)
	if err != nil {
		return PublicItem{}, err
	}
	item, ok := p.o.publicItem(c)
	if !ok || p.o.personal[c.Kind] {
		return PublicItem{}, fmt.Errorf("%w: no disclosed document %s", ErrNotFound, id)
	}
	return item, nil
}

// Body is the text of a part that was released, and of no other part.
func (p Public) Body(ctx context.Context, id CaseID, part string) ([]byte, error) {
	item, err := p.Item(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, r := range item.Releases {
		if r.Part == part && r.Form != TitleOnly {
			c, err := p.o.load1(ctx, id)
			if err != nil {
				return nil, err
			}
			pt, _ := c.Part(part)
			digest, _, _, ok := c.digest(pt)
			if !ok {
				break
			}
			return p.o.open(ctx, digest)
		}
	}
	return nil, fmt.Errorf("%w: no disclosed part %s of document %s", ErrNotFound, part, id)
}

func (o *Office) publicItem(c *Case) (PublicItem, bool) {
	item := PublicItem{Case: c.ID, Title: c.Title, Number: c.Number}
	for _, u := range o.cfg.Profile.Units {
		if u.ID == c.Unit {
			item.Unit = u.Title
		}
	}
	for _, r := range c.Releases {
		if r.Published.IsZero() || !r.Withdrawn.IsZero() {
			continue
		}
		if item.Published.IsZero() || r.Published.Before(item.Published) {
			item.Published = r.Published
		}
		title := r.Carrier
		if cr, ok := o.cfg.Profile.Carrier(r.Carrier); ok {
			title = cr.Name
		}
		item.Releases = append(item.Releases, PublicRelease{Carrier: title, Form: r.Form, Part: r.Part, Published: r.Published})
	}
	return item, len(item.Releases) > 0
}

// Permitted lists every move that leaves the stage of a case: first what the
// actor may do now, then what is closed and why.
func (o *Office) Permitted(ctx context.Context, id CaseID, actor workflow.Actor) ([]workflow.Permission, error) {
	l, err := o.load(ctx, Act{Case: id})
	if err != nil {
		return nil, err
	}
	if l.own == nil {
		return nil, fmt.Errorf("%w: case %s", ErrNotFound, id)
	}
	r := l.procedures[id]
	if r == nil {
		return nil, nil
	}
	return r.Permitted(l.own.Stage, o.facts(l.own, l), actor, l.own.Done...), nil
}
