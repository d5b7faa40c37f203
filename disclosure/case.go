package disclosure

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Case is a matter, a document, a node, a request … as its records make it. It
// is a value of its own: changing it changes nothing that is stored.
type Case struct {
	ID        CaseID
	Version   int64         // of the last record
	Head      ledger.Digest // hash of the last record
	Opening                 // what it was opened as
	Opened    deadline.Date
	Title     string // from the private payload; "" once erased
	Number    string
	Stage     workflow.Stage
	Facts     workflow.Facts // facts that records set; without the built-in ones
	Done      []workflow.Done
	Opinions  []secrecy.Opinion
	Parts     []Part
	Review    secrecy.Review
	Releases  []Outgoing
	Feedback  []Feedback
	Objection workflow.Value
	Clocks    map[workflow.ClockID][]ClockMark // by clock of the definition
	Awaits    []workflow.ClockID               // clocks that stop with the first receipt of a release
	Records   []ledger.Record
	Extra     []json.RawMessage // of every record that had one, in order
}

// Outgoing is one ordered release and whether it was carried out.
type Outgoing struct {
	ReleaseMark
	Ordered   deadline.Date
	Published deadline.Date // zero = not yet
	TakeDown  string        // the order that takes it down, "" = none
	Withdrawn deadline.Date // zero = not taken down
}

// Feedback is an opinion from outside and whether it was answered.
type Feedback struct {
	FeedbackMark
	On       deadline.Date
	Answered deadline.Date // zero = open
}

// private is the envelope of every private payload.
type private struct {
	Command json.RawMessage   `json:"command"` // the command as it was given, without the bodies of texts
	Title   string            `json:"title,omitempty"`
	Number  string            `json:"number,omitempty"`
	Digests map[string]string `json:"digests,omitempty"` // part → hex SHA-256 of its bytes
	Names   map[string]string `json:"names,omitempty"`   // part → file name
	Plain   map[string]string `json:"plain,omitempty"`   // part → hex SHA-256 of its plain text, where that is another
	Data    json.RawMessage   `json:"data,omitempty"`    // what the command adds
}

// FoldCase makes the case from its records, oldest first, from Seq 1 on. An
// erased private payload leaves the case foldable: Title, Number and the names
// of parts are then missing. It fails on records that are not of one case or not
// in order, and on a structure that it cannot read.
func FoldCase(records []ledger.Record) (*Case, error) {
	if len(records) == 0 {
		return nil, fmt.Errorf("%w: a case without records", ErrNotFound)
	}
	c := &Case{ID: CaseID(records[0].Case)}
	for i := range records {
		if err := c.apply(&records[i]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Case) apply(r *ledger.Record) error {
	if r.Case != string(c.ID) || r.Seq != c.Version+1 {
		return fmt.Errorf("disclosure: fold: case %s: record %s/%d does not follow %d", c.ID, r.Case, r.Seq, c.Version)
	}
	s, err := decodeStructure(r.Structure)
	if err != nil {
		return fmt.Errorf("case %s record %d: %w", r.Case, r.Seq, err)
	}
	var on deadline.Date
	if err := on.UnmarshalText([]byte(r.On)); err != nil {
		return fmt.Errorf("disclosure: fold: case %s record %d: %w", r.Case, r.Seq, err)
	}
	c.Version, c.Head = r.Seq, r.Hash
	c.Records = append(c.Records, *r)
	if s.Open != nil && r.Seq != 1 || s.Open == nil && r.Seq == 1 {
		return fmt.Errorf("disclosure: fold: case %s record %d: only the first record opens a case", r.Case, r.Seq)
	}
	c.mark(workflow.Event(r.Type), r.Actor, r.Seq, on, &s)
	if len(r.Private) > 0 {
		var p private
		if err := json.Unmarshal(r.Private, &p); err != nil {
			return fmt.Errorf("disclosure: fold: case %s record %d: private payload: %w", r.Case, r.Seq, err)
		}
		if p.Title != "" {
			c.Title = p.Title
		}
		if p.Number != "" {
			c.Number = p.Number
		}
	}
	return nil
}

// mark applies what a structure says, without the record around it.
func (c *Case) mark(event workflow.Event, actor string, seq int64, on deadline.Date, s *Structure) {
	if s.Open != nil {
		c.Opening, c.Opened = *s.Open, on
	}
	if s.To != "" {
		c.Stage = s.To
	}
	if s.Move != "" {
		c.Done = append(c.Done, workflow.Done{On: event, Actor: actor})
	}
	if len(s.Facts) > 0 && c.Facts == nil {
		c.Facts = workflow.Facts{}
	}
	for k, v := range s.Facts {
		c.Facts[k] = v
	}
	for _, m := range s.Clocks {
		if c.Clocks == nil {
			c.Clocks = map[workflow.ClockID][]ClockMark{}
		}
		c.Clocks[m.Clock] = append(c.Clocks[m.Clock], m)
	}
	if s.Opinion != nil {
		c.Opinions = append(c.Opinions, *s.Opinion)
	}
	for _, id := range s.Drop {
		c.Parts = slices.DeleteFunc(c.Parts, func(p Part) bool { return p.ID == id || p.Of == id })
	}
	for _, p := range s.Parts {
		p.Seq = seq
		c.Parts = append(c.Parts, p)
	}
	for _, id := range s.Resolved {
		for i := range c.Parts {
			if c.Parts[i].ID == id && c.Parts[i].Scan == workflow.ScanFindings {
				c.Parts[i].Scan = workflow.ScanClear
			}
		}
	}
	if s.Review != nil {
		c.Review = *s.Review
	}
	for _, m := range s.Release {
		c.Releases = append(c.Releases, Outgoing{ReleaseMark: m, Ordered: on})
	}
	for _, m := range s.Withdraw {
		for i := range c.Releases {
			if c.Releases[i].Order == m.Release {
				c.Releases[i].TakeDown = m.Order
			}
		}
	}
	c.Awaits = append(c.Awaits, s.Awaits...)
	if s.Received != nil {
		if c.released(s.Received.Order) {
			c.Awaits = nil
		}
		for i := range c.Releases {
			switch s.Received.Order {
			case c.Releases[i].Order:
				c.Releases[i].Published = on
			case c.Releases[i].TakeDown:
				c.Releases[i].Withdrawn = on
			}
		}
	}
	if s.Feedback != nil {
		c.Feedback = append(c.Feedback, Feedback{FeedbackMark: *s.Feedback, On: on})
	}
	if s.Reply != "" {
		for i := range c.Feedback {
			if c.Feedback[i].ID == s.Reply && c.Feedback[i].Answered.IsZero() {
				c.Feedback[i].Answered = on
			}
		}
	}
	if s.Objection != "" {
		c.Objection = s.Objection
	}
	if len(s.Extra) > 0 {
		c.Extra = append(c.Extra, s.Extra)
	}
}

// released reports whether the order is that of a release, not of a withdrawal.
func (c *Case) released(order string) bool {
	return slices.ContainsFunc(c.Releases, func(r Outgoing) bool { return r.Order == order })
}

// clone copies what mark changes.
func (c *Case) clone() *Case {
	n := *c
	n.Facts = maps.Clone(c.Facts)
	n.Clocks = make(map[workflow.ClockID][]ClockMark, len(c.Clocks))
	for k, v := range c.Clocks {
		n.Clocks[k] = slices.Clone(v)
	}
	n.Done = slices.Clone(c.Done)
	n.Opinions = slices.Clone(c.Opinions)
	n.Parts = slices.Clone(c.Parts)
	n.Releases = slices.Clone(c.Releases)
	n.Awaits = slices.Clone(c.Awaits)
	n.Feedback = slices.Clone(c.Feedback)
	n.Records = slices.Clip(c.Records)
	n.Extra = slices.Clip(c.Extra)
	return &n
}

// Part finds a part by id.
func (c *Case) Part(id string) (Part, bool) {
	i := slices.IndexFunc(c.Parts, func(p Part) bool { return p.ID == id })
	if i < 0 {
		return Part{}, false
	}
	return c.Parts[i], true
}

// scanOf is the built-in fact scan over the parts that a release shows: the
// originals for a full text, the renditions and nothing else for a redaction.
func (c *Case) scanOf(redacted bool) workflow.Value {
	parts := c.releasable(redacted)
	if len(parts) == 0 {
		return workflow.ScanNone
	}
	worst := workflow.ScanClear
	for _, p := range parts {
		switch p.Scan {
		case workflow.ScanClear:
		case workflow.ScanFindings:
			worst = workflow.ScanFindings
		default:
			return workflow.ScanPartial
		}
	}
	return worst
}

// releasable are the parts that a release shows.
func (c *Case) releasable(redacted bool) []Part {
	var out []Part
	for _, p := range c.Parts {
		if p.Kind == Rendition && redacted && p.Audience == "" || p.Kind != Rendition && !redacted {
			out = append(out, p)
		}
	}
	return out
}

// payload reads the private payload of a record; ok is false once it is erased.
func payload(r *ledger.Record) (p private, ok bool) {
	if len(r.Private) == 0 || json.Unmarshal(r.Private, &p) != nil {
		return private{}, false
	}
	return p, true
}

// digest is the hex digest and file name of a part; ok is false once erased.
func (c *Case) digest(part Part) (digest, plain, name string, ok bool) {
	for i := range c.Records {
		if c.Records[i].Seq != part.Seq {
			continue
		}
		p, ok := payload(&c.Records[i])
		if !ok || p.Digests[part.ID] == "" {
			return "", "", "", false
		}
		return p.Digests[part.ID], p.Plain[part.ID], p.Names[part.ID], true
	}
	return "", "", "", false
}
