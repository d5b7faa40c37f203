package secrecy

import (
	"errors"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Texts that the fold of opinions implements. What only an agency's scheme says
// is cited as the agency's.
var (
	schemeChuxiong = law.Local("楚雄州商务局政务公开工作实施方案")

	basisException = law.GovInfoRegulation2019.Art(5)
	basisPapers    = law.OpenGovRules2016.Sec("一（一）")
	basisSection   = schemeChuxiong.Sec("四（一）2")
	basisOffice    = schemeChuxiong.Sec("四（一）3")
	basisLeader    = schemeChuxiong.Sec("四（一）4")
)

// Draft is what the fold must know of the document besides the opinions.
type Draft struct {
	// Policy: a policy document (政策性文件). Withheld, it goes to the disclosure
	// institution before it is signed.
	Policy bool `json:"policy,omitempty"`
	// Origin is the attribute of the document that is forwarded (转发);
	// undetermined = not a forwarding.
	Origin Attribute `json:"origin,omitempty"`
	// Lead is what the lead agency determined for a joint document (联合行文);
	// undetermined = not joint, or we lead.
	Lead Attribute `json:"lead,omitempty"`
	// Inside are the attributes of the documents attached or quoted.
	Inside []Attribute `json:"inside,omitempty"`
}

// DeterminationRules are an agency's own rules, not law. The zero value is the
// common scheme.
type DeterminationRules struct {
	// ForwardedKeepOrigin: a forwarded document keeps its origin's attribute.
	ForwardedKeepOrigin bool
	// LeadDecides: a joint document has the attribute the lead agency gave it.
	LeadDecides bool
	// NothingWithheldInside: no Public text while one of Draft.Inside is withheld
	// or on request (不可夹带); the way out is Redacted.
	NothingWithheldInside bool
	// Confirming are the steps that must agree before the leader's bare 同意 is
	// accepted. Default: Section and Office.
	Confirming []Step
}

// Opinion is what one person wrote on the slip. Either Phrase (the words) or
// Attribute with Stance is given; Phrase wins.
type Opinion struct {
	By        Step      `json:"by"`
	Actor     string    `json:"actor,omitempty"` // opaque id
	Phrase    string    `json:"phrase,omitempty"`
	Stance    Stance    `json:"stance,omitempty"`
	Attribute Attribute `json:"attribute,omitempty"`
	// Reason is owed for every change, Grounds for what is withheld, wholly or in
	// part; each ground cites a provision.
	Reason  string         `json:"reason,omitempty"`
	Grounds []law.Citation `json:"grounds,omitempty"`
	// Original is the attribute of the uncut document when Attribute is Redacted;
	// undetermined is taken as Withheld.
	Original Attribute `json:"original,omitempty"`
	// Return sends the draft back (退文) for Reason.
	Return bool `json:"return,omitempty"`
}

// Progress is how far a Determination has come.
type Progress uint8

const (
	Open     Progress = iota // no draft with an attribute yet
	Proposed                 // under way
	Returned                 // sent back to the drafter (退文)
	Final                    // the leader has signed
)

// String is open, proposed, returned or final.
func (p Progress) String() string {
	switch p {
	case Proposed:
		return "proposed"
	case Returned:
		return "returned"
	case Final:
		return "final"
	}
	return "open"
}

// Determination is the state that the opinions so far fold to. It is a value;
// Take returns a new one. The zero value has no opinion.
type Determination struct {
	// Attribute is undetermined until the leader has signed.
	Attribute Attribute
	// Standing is the attribute as the last opinion left it.
	Standing Attribute
	Progress Progress
	// Original is the attribute of the uncut document when Attribute is Redacted.
	Original Attribute
	Reason   string
	Grounds  []law.Citation
	// Return says why the draft was sent back, while Progress is Returned.
	Return *Error

	said [Leader + 1]Attribute
}

// Said is the attribute that a step holds, undetermined if it has not spoken
// since the draft was last submitted.
func (d Determination) Said(s Step) Attribute {
	if !s.known() {
		return 0
	}
	return d.said[s]
}

// Determine folds the opinions in order. A refused opinion changes nothing; the
// refusals of all are joined in the error, and the Determination is usable.
func Determine(draft Draft, opinions []Opinion, rules *DeterminationRules) (Determination, error) {
	var d Determination
	var errs []error
	for _, o := range opinions {
		next, err := d.Take(draft, o, rules)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		d = next
	}
	return d, errors.Join(errs...)
}

func refuse(code, what string, basis law.Citation) *Error {
	return &Error{Code: code, Category: ErrRefused, What: "determine attribute: " + what, Basis: basis}
}

// Take folds one opinion in. On a refusal it returns d unchanged and an *Error
// that says what is missing and which text asks for it. A draft that must go
// back to the drafter is not a refusal: Progress is then Returned.
func (d Determination) Take(draft Draft, o Opinion, rules *DeterminationRules) (Determination, error) {
	if rules == nil {
		rules = &DeterminationRules{}
	}
	if !o.By.known() {
		return d, refuse(codeStep, "unknown step", law.Citation{})
	}
	if d.Progress == Final {
		return d, refuse(codeOpinionFinal, "the leader has signed; a later change is a new determination", basisLeader)
	}
	if o.Return {
		if o.Reason == "" {
			return d, refuse(codeOpinionReason, "a draft is returned with a reason", basisPapers)
		}
		if d.Progress != Proposed {
			return d, refuse(codeOpinionNoDraft, "nothing was submitted", basisPapers)
		}
		return returned(refuse(codeReturnBy, "returned to the drafter", basisPapers), o.Reason), nil
	}
	stance, attr, err := o.read()
	if o.By == Drafter {
		return d.submit(draft, o, attr, err, rules)
	}
	if err != nil {
		return d, err
	}
	if d.Progress != Proposed {
		return d, refuse(codeOpinionNoDraft, "no draft with an attribute was submitted", basisPapers)
	}
	if o.By == Leader {
		return d.sign(draft, o, stance, attr, rules)
	}
	basis := basisSection
	switch o.By {
	case Office:
		basis = basisOffice
	case Institution:
		basis = basisPapers
	}
	switch stance {
	case Bare, 0:
		return d, refuse(codeOpinionBare, "a bare 同意 names no attribute; write one of "+fourPhrases(o.By), basis)
	case Agrees:
		if attr != d.Standing {
			return d, refuse(codeOpinionDisagrees, "同意 names another attribute than the one before it; a change is written 此件应… with its reason", basis)
		}
	default:
		if attr == d.Standing {
			return d, refuse(codeOpinionSame, "此件应… changes nothing; agreement is written 同意此件…", basis)
		}
		if err := d.change(draft, o, attr, rules); err != nil {
			return d, err
		}
		d.adopt(o, attr)
	}
	d.said[o.By] = attr
	return d, nil
}

// read takes the words apart, or the values where no words are given.
func (o Opinion) read() (Stance, Attribute, error) {
	if o.Phrase != "" {
		return o.By.ParsePhrase(o.Phrase)
	}
	if o.Stance == Bare {
		return Bare, 0, nil
	}
	if o.Attribute.IsZero() {
		return 0, 0, refuse(codeAttrUnknown, "the opinion names no attribute", basisPapers)
	}
	return o.Stance, o.Attribute, nil
}

// submit takes the drafter's proposal. The attribute is fixed at the source: a
// draft without one, or withheld without a lawful reason, goes back.
func (d Determination) submit(draft Draft, o Opinion, attr Attribute, err error, rules *DeterminationRules) (Determination, error) {
	if err != nil {
		return returned(refuse(codeReturnNoAttr, "the draft names no attribute", basisPapers), ""), nil
	}
	if err := bound(draft, attr, rules); err != nil {
		return d, err
	}
	if withholds(attr) && !grounded(o) {
		return returned(refuse(codeReturnNoGround, "withheld without a lawful reason: a ground with its provision is owed", basisPapers), ""), nil
	}
	n := Determination{Progress: Proposed}
	n.adopt(o, attr)
	n.said[Drafter] = attr
	return n, nil
}

func returned(why *Error, reason string) Determination {
	return Determination{Progress: Returned, Return: why, Reason: reason}
}

// sign takes the leader's word, which is final.
func (d Determination) sign(draft Draft, o Opinion, stance Stance, attr Attribute, rules *DeterminationRules) (Determination, error) {
	if stance == Bare {
		// 「如同意科室意见，则填写“同意”」: the bare word confirms the section's opinion.
		// Where the office changed it, the word would leave open which of the two holds.
		confirming := rules.Confirming
		if len(confirming) == 0 {
			confirming = []Step{Section, Office}
		}
		attr = d.said[confirming[0]]
		for _, s := range confirming {
			if !s.known() || d.said[s] == 0 || d.said[s] != attr {
				return d, refuse(codeOpinionSplit, "「同意」 confirms the section's attribute and is accepted only where section and office agree; write one of "+fourPhrases(Leader), basisLeader)
			}
		}
		if attr != d.Standing {
			return d, refuse(codeOpinionSplit, "「同意」 would pass over a later opinion; write one of "+fourPhrases(Leader), basisLeader)
		}
	}
	held := attr == d.Standing
	for s := Drafter; s < Leader; s++ {
		held = held || d.said[s] == attr && (s == Section || s == Office)
	}
	if attr != d.Standing {
		if held && o.Reason == "" {
			// The leader sides with the section against the office, or the reverse; the
			// one that changed it has given the reason.
			o.Reason = "采纳已签署的意见"
		}
		if err := d.change(draft, o, attr, rules); err != nil {
			return d, err
		}
		d.adopt(o, attr)
	} else if err := bound(draft, attr, rules); err != nil {
		return d, err
	}
	if draft.Policy && attr == Withheld && d.said[Institution] == 0 {
		return d, refuse(codeOpinionPolicy, "a policy document that is not to be disclosed goes to the disclosure institution before it is signed", basisPapers)
	}
	d.said[Leader] = attr
	d.Attribute, d.Progress = attr, Final
	return d, nil
}

// change checks what a change of the attribute owes.
func (d Determination) change(draft Draft, o Opinion, attr Attribute, rules *DeterminationRules) error {
	if err := bound(draft, attr, rules); err != nil {
		return err
	}
	if o.Reason == "" {
		return refuse(codeOpinionReason, "a change of the attribute needs its reason", basisException)
	}
	if withholds(attr) && !grounded(o) {
		return refuse(codeOpinionGround, "withholding needs a ground that cites a provision", basisPapers)
	}
	return nil
}

func (d *Determination) adopt(o Opinion, attr Attribute) {
	d.Standing, d.Reason = attr, o.Reason
	d.Grounds = append([]law.Citation(nil), o.Grounds...)
	d.Original = 0
	if attr == Redacted {
		d.Original = o.Original
		if d.Original != OnRequest {
			d.Original = Withheld
		}
	}
}

// withholds: wholly or in part. OnRequest is a way of disclosing (条例 13), not a
// withholding.
func withholds(a Attribute) bool { return a == Withheld || a == Redacted }

func grounded(o Opinion) bool {
	for _, g := range o.Grounds {
		if g.IsZero() || g.Instrument == law.Own {
			return false
		}
	}
	return len(o.Grounds) > 0
}

// bound applies the agency's own rules on forwarded, joint and composed documents.
func bound(draft Draft, attr Attribute, rules *DeterminationRules) error {
	if rules.ForwardedKeepOrigin && draft.Origin != 0 && attr != draft.Origin {
		return refuse(codeOpinionOrigin, "a forwarded document keeps its origin's attribute", law.Own.Sec("转发文件沿用原文属性"))
	}
	if rules.LeadDecides && draft.Lead != 0 && attr != draft.Lead {
		return refuse(codeOpinionLead, "the lead agency's attribute holds for a joint document", law.Own.Sec("联合行文从主办机关"))
	}
	if rules.NothingWithheldInside && attr == Public {
		for _, in := range draft.Inside {
			if in != Public {
				return refuse(codeOpinionInside, "something that is not public stands inside a public text", law.Own.Sec("主动公开文件不夹带不公开内容"))
			}
		}
	}
	return nil
}

// fourPhrases lists the wordings open to a step, for the refusal.
func fourPhrases(s Step) string {
	var out []string
	for _, a := range []Attribute{Public, Withheld, OnRequest, Redacted} {
		for _, st := range []Stance{Names, Agrees, Changes} {
			if p := s.Phrase(st, a); p != "" {
				out = append(out, p)
			}
		}
	}
	return strings.Join(out, "、")
}

// Line is the slip's line for this state: 「公开属性：此件依申请公开（理由：…）」. While
// nothing is signed it says 拟 (proposed); a returned draft says 退文.
func (d Determination) Line() string {
	var b strings.Builder
	b.WriteString("公开属性：")
	switch d.Progress {
	case Final:
		b.WriteString("此件" + d.Attribute.row().paper)
	case Proposed:
		b.WriteString("拟定为此件" + d.Standing.row().paper)
	case Returned:
		b.WriteString("退文")
		if d.Return != nil {
			switch d.Return.Code {
			case codeReturnNoAttr:
				b.WriteString("（未注明公开属性）")
			case codeReturnNoGround:
				b.WriteString("（未依法依规说明不公开理由）")
			}
		}
	default:
		b.WriteString("未确定")
	}
	if d.Reason != "" {
		b.WriteString("（理由：" + d.Reason + "）")
	}
	return b.String()
}

// Note is the note at the end of the document; empty until the leader has signed.
func (d Determination) Note() string { return d.Attribute.Note() }

// SlipBox prints the box 「密级」 of the approval slip, in which the secrecy level
// and the public attribute stand side by side though they are two fields. term is
// the term of secrecy as marked (5年, 长期); empty with a level means none stated.
// A classified document marked for any disclosure is refused.
func SlipBox(l Level, term string, a Attribute) (string, error) {
	if l == 0 {
		if a.IsZero() {
			return "", nil
		}
		return "此件" + a.row().paper, nil
	}
	if !a.IsZero() && a != Withheld {
		return "", &Error{Code: codeLevelConflict, Category: ErrRefused,
			What: "print slip: a classified document is not disclosed while it is classified", Basis: law.GovInfoRegulation2019.Art(14)}
	}
	s := l.Chinese()
	if term != "" {
		s += "★" + term
	}
	if a.IsZero() {
		return s, nil
	}
	return s + "　此件" + a.row().paper, nil
}
