package disclosure

import (
	"crypto/sha256"
	"fmt"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Attach adds parts to the document of a case: its text, or attachments. Every
// part gets a random id; a review made before is stale from then on.
type Attach struct {
	Kind  PartKind // Body (the default) or Attachment
	Texts []Text
}

// Event is EventAttach.
func (Attach) Event() workflow.Event { return EventAttach }

// Brings are the texts.
func (a Attach) Brings() []Text { return a.Texts }

// Decide adds one part a text.
func (a Attach) Decide(v View) ([]Change, error) {
	kind := a.Kind
	if kind == "" {
		kind = Body
	}
	if kind != Body && kind != Attachment {
		return nil, refuse("DI-32", "a part of kind "+string(kind), "body or attachment; renditions are made by Redact", law.GovInfoRegulation2019.Art(37))
	}
	if len(v.Texts) == 0 {
		return nil, refuse("DI-33", "an empty attachment", "at least one text", law.Citation{})
	}
	ch := Change{Texts: v.Texts}
	for _, t := range v.Texts {
		ch.Structure.Parts = append(ch.Structure.Parts, t.part(v.NewID(), kind))
	}
	return []Change{ch}, nil
}

// part is the part that a scanned text becomes.
func (t ScannedText) part(id string, kind PartKind) Part {
	p := Part{ID: id, Kind: kind, Scan: workflow.Value(t.Report.State().String())}
	for _, r := range t.Report.Parts() {
		for _, f := range r.Findings {
			if f.Open() {
				p.Findings++
			}
		}
	}
	return p
}

// Drop takes parts back out of the draft, with the renditions made from them.
// The record of them stays.
type Drop struct {
	Parts []string
	Note  string
}

// Event is EventDrop.
func (Drop) Event() workflow.Event { return EventDrop }

// Decide drops them.
func (d Drop) Decide(v View) ([]Change, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to drop parts from", ErrNotFound)
	}
	for _, id := range d.Parts {
		if _, ok := v.Case.Part(id); !ok {
			return nil, fmt.Errorf("%w: part %s", ErrNotFound, id)
		}
	}
	return []Change{{Structure: Structure{Drop: d.Parts}}}, nil
}

// scan scans one text, before it is kept anywhere. One that bears a state-secret
// mark is refused: it is not to be processed here.
func (o *Office) scan(t Text) (secrecy.Report, error) {
	part := secrecy.Part{ID: "part", Digest: sha256.Sum256(t.Bytes), Unreadable: t.Unreadable}
	text := t.Plain
	if text == nil {
		text = t.Bytes
	}
	switch {
	case t.Unreadable != "":
	case !utf8.Valid(text):
		part.Unreadable = "not UTF-8 text"
	default:
		part.Text = string(text)
	}
	r, err := o.cfg.Scanner.Report([]secrecy.Part{part})
	if err != nil {
		return r, err
	}
	if level := r.Level(); level != 0 {
		return r, refuse("DI-57", "a text that bears the mark "+level.Chinese(), "a system approved for state secrets", law.StateSecretsLaw2024.Art(31).Item(3))
	}
	return r, nil
}
