package disclosure

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/workflow"
)

// running is a compiled procedure with what the Office asks of it often.
type running struct {
	*workflow.Machine
	def    workflow.Definition
	events map[workflow.Event]bool
	clocks map[workflow.ClockID]workflow.Clock
}

func run(m *workflow.Machine) *running {
	r := &running{Machine: m, def: m.Definition(), events: map[workflow.Event]bool{}, clocks: map[workflow.ClockID]workflow.Clock{}}
	for _, mv := range r.def.Moves {
		r.events[mv.On] = true
	}
	for _, c := range r.def.Clocks {
		r.clocks[c.ID] = c
	}
	return r
}

// definitionTag stands before the canonical JSON of a definition, so that the
// digest of the document is the digest that pins it.
const definitionTag = "gongkai workflow definition 1\n"

// keepDefinition puts the definition that a case is pinned to beside the bodies
// of documents, where a later edition of the profile finds it.
func (o *Office) keepDefinition(ctx context.Context, r *running) error {
	b, err := r.def.JSON()
	if err != nil {
		return err
	}
	d, err := o.cfg.Documents.Put(ctx, o.cfg.Tenant, append([]byte(definitionTag), b...))
	if err != nil {
		return fmt.Errorf("disclosure: keep definition %s: %w", r.def.ID, err)
	}
	if d.String() != r.Digest().String() {
		return fmt.Errorf("disclosure: keep definition %s: the documents gave digest %s, not %s: want SHA-256", r.def.ID, d, r.Digest())
	}
	return nil
}

// procedure is what the case is pinned to: nil if its kind has none. An edition
// that the profile no longer has is read from the documents; one that is nowhere
// is an error, not a guess.
func (o *Office) procedure(ctx context.Context, open Opening) (*running, error) {
	if open.Definition == "" {
		return nil, nil
	}
	if r := o.digests[open.Definition]; r != nil {
		return r, nil
	}
	d, err := ledger.ParseDigest(open.Definition)
	if err != nil {
		return nil, fmt.Errorf("disclosure: kind %s: definition: %w", open.Kind, err)
	}
	b, err := o.cfg.Documents.Open(ctx, o.cfg.Tenant, d)
	if errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("disclosure: kind %s: the definition %.12s… that the case is pinned to is neither in profile %s nor among the documents: %w",
			open.Kind, open.Definition, o.cfg.Profile.ID, err)
	}
	if err != nil {
		return nil, err
	}
	b, ok := bytes.CutPrefix(b, []byte(definitionTag))
	var def workflow.Definition
	if !ok {
		err = errors.New("not a definition")
	} else {
		err = json.Unmarshal(b, &def)
	}
	if err != nil {
		return nil, fmt.Errorf("disclosure: definition %.12s…: %w", open.Definition, err)
	}
	m, err := workflow.Compile(def)
	if err != nil {
		return nil, fmt.Errorf("disclosure: definition %.12s…: %w", open.Definition, err)
	}
	return run(m), nil
}

// of resolves the procedures of cases for one attempt.
func (o *Office) procedures(ctx context.Context, cases ...*Case) (map[CaseID]*running, error) {
	out := map[CaseID]*running{}
	for _, c := range cases {
		if c == nil {
			continue
		}
		r, err := o.procedure(ctx, c.Opening)
		if err != nil {
			return nil, err
		}
		out[c.ID] = r
	}
	return out, nil
}
