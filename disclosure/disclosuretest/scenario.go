package disclosuretest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/workflow"
)

// Clock is the time source of a test: it stands still until it is moved.
type Clock struct{ now time.Time }

// NewClock stands at 09:00 in UTC+08:00 on the day; it panics on a day that does
// not exist.
func NewClock(day string) *Clock {
	return &Clock{deadline.MustParseDate(day).Time().Add(9 * time.Hour)}
}

// Now is what Config.Now takes.
func (c *Clock) Now() time.Time { return c.now }

// Go moves to 09:00 on the day.
func (c *Clock) Go(day string) { c.now = NewClock(day).now }

// Sleep moves on by d.
func (c *Clock) Sleep(d time.Duration) { c.now = c.now.Add(d) }

// Rand gives the bytes of a counter, so that ids and salts of a test are the same
// in every run. Never use it outside a test.
type Rand struct{ n uint64 }

// Read never fails.
func (r *Rand) Read(p []byte) (int, error) {
	for i := range p {
		r.n = r.n*6364136223846793005 + 1442695040888963407
		p[i] = byte(r.n >> 56)
	}
	return len(p), nil
}

// Outside is a Publisher that remembers what left the house.
type Outside struct {
	Out   []disclosure.Publication
	Gone  []disclosure.Publication // taken down again
	Fault error                    // returned instead, while it is set
	clock *Clock
	seen  map[string]disclosure.Published
}

// Publish keeps the publication; the same order is kept once.
func (p *Outside) Publish(_ context.Context, x disclosure.Publication) (disclosure.Published, error) {
	if p.Fault != nil {
		return disclosure.Published{}, p.Fault
	}
	if r, ok := p.seen[x.Order]; ok {
		return r, nil
	}
	r := disclosure.Published{At: p.clock.Now(), URL: "https://example.invalid/" + x.Order}
	if p.seen == nil {
		p.seen = map[string]disclosure.Published{}
	}
	p.seen[x.Order] = r
	p.Out = append(p.Out, x)
	return r, nil
}

// Withdraw remembers what was taken down.
func (p *Outside) Withdraw(_ context.Context, x disclosure.Publication) (disclosure.Published, error) {
	if p.Fault != nil {
		return disclosure.Published{}, p.Fault
	}
	p.Gone = append(p.Gone, x)
	return disclosure.Published{At: p.clock.Now()}, nil
}

// Scenario is an office in memory with a clock that stands still, for tests that
// read like a file: Given what happened, When somebody acts, Then it is so.
type Scenario struct {
	*disclosure.Office
	Clock   *Clock
	Outside *Outside
	Case    disclosure.CaseID // the case of the last act that succeeded
	Last    disclosure.Result
	Err     error // of the last When

	t testing.TB
	n int
}

// New opens an office in memory on the profile at 09:00 on the day. Every
// carrier of the profile publishes to Outside.
func New(t testing.TB, p *disclosure.Profile, day string) *Scenario {
	t.Helper()
	clock := NewClock(day)
	out := &Outside{clock: clock}
	publishers := map[string]disclosure.Publisher{}
	for _, c := range p.Carriers {
		publishers[c.ID] = out
	}
	o, err := disclosure.Open(disclosure.Config{
		Tenant: "test", Profile: p, Store: disclosure.NewMemory(), Now: clock.Now, Rand: &Rand{}, Publishers: publishers,
	})
	if err != nil {
		t.Fatalf("open office: %v", err)
	}
	return &Scenario{Office: o, Clock: clock, Outside: out, t: t}
}

// Person is an actor for a test: an id, a unit and roles.
func Person(id string, unit workflow.Unit, roles ...workflow.Role) workflow.Actor {
	return workflow.Actor{ID: id, Unit: unit, Roles: roles}
}

func (s *Scenario) act(who workflow.Actor, c disclosure.Command) (disclosure.Result, error) {
	s.n++
	id := s.Case
	if _, opens := c.(disclosure.Register); opens {
		id = ""
	}
	return s.Do(context.Background(), disclosure.Act{Key: fmt.Sprintf("test-%d", s.n), Actor: who, Case: id, Command: c})
}

// Given does what must have happened before; the test ends if it is refused.
// A Register makes its case the case of what follows.
func (s *Scenario) Given(who workflow.Actor, commands ...disclosure.Command) disclosure.Result {
	s.t.Helper()
	for _, c := range commands {
		r, err := s.act(who, c)
		if err != nil {
			s.t.Fatalf("given: %s by %s: %v", c.Event(), who.ID, err)
		}
		s.Case, s.Last = r.Case, r
	}
	return s.Last
}

// When does what the test is about, and keeps the outcome for Then and Refused.
func (s *Scenario) When(who workflow.Actor, c disclosure.Command) *Scenario {
	s.t.Helper()
	r, err := s.act(who, c)
	if s.Err = err; err == nil {
		s.Case, s.Last = r.Case, r
	}
	return s
}

// Then fails the test unless the act succeeded and the case now stands in stage.
func (s *Scenario) Then(stage workflow.Stage) *Scenario {
	s.t.Helper()
	if s.Err != nil {
		s.t.Fatalf("then: want stage %s, but the act was refused: %v", stage, s.Err)
	}
	if c := s.Current(); c.Stage != stage {
		s.t.Fatalf("then: want stage %s, have %s", stage, c.Stage)
	}
	return s
}

// Refused fails the test unless the act was refused, and returns the refusal.
func (s *Scenario) Refused() error {
	s.t.Helper()
	if s.Err == nil {
		s.t.Fatalf("want a refusal, but the case went to stage %s", s.Current().Stage)
	}
	return s.Err
}

// Current loads the case.
func (s *Scenario) Current() *disclosure.Case {
	s.t.Helper()
	c, err := s.Office.Case(context.Background(), s.Case)
	if err != nil {
		s.t.Fatalf("case: %v", err)
	}
	return c
}

// Delivered carries out the outbox and fails the test if an order could not be.
func (s *Scenario) Delivered() []disclosure.Delivery {
	s.t.Helper()
	var all []disclosure.Delivery
	for {
		ds, err := s.Deliver(context.Background(), 100)
		if err != nil {
			s.t.Fatalf("deliver: %v", err)
		}
		for _, d := range ds {
			if d.Err != nil {
				s.t.Fatalf("deliver order %s on %s: %v", d.Order, d.Carrier, d.Err)
			}
		}
		if all = append(all, ds...); len(ds) == 0 {
			return all
		}
	}
}
