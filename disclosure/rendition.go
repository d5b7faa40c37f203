package disclosure

import (
	"encoding/json"
	"fmt"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Redact makes the rendition (删减稿) of one part: what the scanner finds private
// and what a person decides is cut, and the result is scanned again before it is
// kept. It is refused while a referral of the review is open, and for a text with
// a secret in it that nobody resolved. A part may have renditions for several
// audiences; a new one for the same audience takes the place of the old.
type Redact struct {
	Part      string             // the original
	Basis     law.Citation       // the ground of cuts that no Decision names; zero = 条例第三十七条
	Decisions []secrecy.Decision // a person's word on stretches of the text
	Names     []string           // names that are known to stand in it
	Masking   *secrecy.Profile   // nil = strict: removal
	Audience  string             // "" = the public
	Label     string             // printed where something was removed
}

// Event is EventRedact.
func (Redact) Event() workflow.Event { return EventRedact }

// Makes are the rendition and the ledger of its cuts.
func (r Redact) Makes(v View) ([]Text, error) {
	if v.Case == nil {
		return nil, fmt.Errorf("%w: a case to redact", ErrNotFound)
	}
	part, ok := v.Case.Part(r.Part)
	if !ok {
		return nil, fmt.Errorf("%w: part %s", ErrNotFound, r.Part)
	}
	if part.Kind == Rendition {
		return nil, refuse("DI-58", "a rendition of a rendition", "the original, with all that is to be cut", law.GovInfoRegulation2019.Art(37))
	}
	if part.Scan != workflow.ScanClear && part.Scan != workflow.ScanFindings {
		return nil, refuse("DI-54", "a rendition of part "+r.Part, "a part that was scanned; one that could not be read needs its text", law.GovInfoRegulation2019.Art(17))
	}
	if err := v.Case.Review.MayRender(); err != nil {
		return nil, err
	}
	body, err := v.Body(r.Part)
	if err != nil {
		return nil, err
	}
	ground := r.Basis
	if ground.IsZero() {
		ground = law.GovInfoRegulation2019.Art(37)
	}
	made, err := secrecy.Redact(string(body), &secrecy.RedactOptions{
		Scanner: v.Scanner, Profile: r.Masking, Names: r.Names, Decisions: r.Decisions,
		Ground: ground, By: v.Actor.ID, On: v.On, Label: r.Label, Audience: r.Audience,
	})
	if err != nil {
		return nil, err
	}
	cuts, err := json.Marshal(made.Cuts)
	if err != nil {
		return nil, fmt.Errorf("disclosure: redact: %w", err)
	}
	_, _, name, _ := v.Case.digest(part)
	return []Text{
		{Name: name + "（删减）", Bytes: []byte(made.Text)},
		{Name: "删减清单.json", Bytes: cuts, Unreadable: "ledger of cuts: offsets and grounds, no text"},
	}, nil
}

// Decide keeps the rendition.
func (r Redact) Decide(v View) ([]Change, error) {
	if len(v.Texts) != 2 {
		return nil, fmt.Errorf("%w: redact: the rendition was not made", ErrInvalid)
	}
	p := v.Texts[0].part(v.NewID(), Rendition)
	p.Of, p.Audience = r.Part, r.Audience
	ch := Change{
		Texts:   v.Texts[:1],
		Private: map[string]string{"cuts": v.Texts[1].Digest},
	}
	ch.Structure.Parts = []Part{p}
	for _, old := range v.Case.Parts {
		if old.Kind == Rendition && old.Of == r.Part && old.Audience == r.Audience {
			ch.Structure.Drop = append(ch.Structure.Drop, old.ID)
		}
	}
	return []Change{ch}, nil
}
