package secrecy

import "github.com/opengongkai/gongkai/disclosure/law"

// Context says for what the information is assessed. The zero Context is
// undetermined.
type Context uint8

// The contexts.
const (
	Proactive   Context = iota + 1 // before the agency publishes it (主动公开)
	Application                    // because somebody applied for it (依申请公开)
)

var contexts = [...]string{"undetermined", "proactive", "application"}

// String is the stored name.
func (c Context) String() string { return nameOf(contexts[:], c) }

// MarshalText writes String; an unknown value is an error.
func (c Context) MarshalText() ([]byte, error) { return marshalName(contexts[:], c, "context") }

// UnmarshalText reads String's values and the empty text.
func (c *Context) UnmarshalText(b []byte) error {
	return unmarshalName(contexts[:], c, b, "context")
}

// Classified says whether the information is lawfully classified. The zero
// value is undetermined.
type Classified uint8

// The states of classification.
const (
	NotClassified   Classified = iota + 1
	InTerm                     // 依法确定为国家秘密，在保密期限内
	TermOver                   // 保密期限已满，自行解密: not yet public, 条例 17 still applies
	ClassifyUnclear            // 是否属于国家秘密或者属于何种密级不明确
)

var classifieds = [...]string{"undetermined", "not-classified", "in-term", "term-over", "unclear"}

// String is the stored name.
func (c Classified) String() string { return nameOf(classifieds[:], c) }

// MarshalText writes String; an unknown value is an error.
func (c Classified) MarshalText() ([]byte, error) {
	return marshalName(classifieds[:], c, "classification")
}

// UnmarshalText reads String's values and the empty text.
func (c *Classified) UnmarshalText(b []byte) error {
	return unmarshalName(classifieds[:], c, b, "classification")
}

// Consultation is how far asking somebody has come. The zero value: not asked.
type Consultation uint8

// The states of a consultation.
const (
	NotAsked          Consultation = iota
	Waiting                        // asked, the period runs
	Silent                         // asked, the period is over, no answer
	Consents                       // consents, confirms
	Refuses                        // refuses with good reason, objects
	RefusesGroundless              // refuses without good reason
)

var consultations = [...]string{"not-asked", "waiting", "silent", "consents", "refuses", "refuses-groundless"}

// String is the stored name.
func (c Consultation) String() string { return nameOf(consultations[:], c) }

// MarshalText writes String; an unknown value is an error.
func (c Consultation) MarshalText() ([]byte, error) {
	return marshalName(consultations[:], c, "consultation")
}

// UnmarshalText reads String's values and the empty text.
func (c *Consultation) UnmarshalText(b []byte) error {
	return unmarshalName(consultations[:], c, b, "consultation")
}

// Discretion is what the agency decided where 条例 16 says 可以不予公开. The zero
// value: not decided.
type Discretion uint8

// The decisions.
const (
	ToWithhold Discretion = iota + 1
	ToDisclose
)

var discretions = [...]string{"undecided", "withhold", "disclose"}

// String is the stored name.
func (d Discretion) String() string { return nameOf(discretions[:], d) }

// MarshalText writes String; an unknown value is an error.
func (d Discretion) MarshalText() ([]byte, error) {
	return marshalName(discretions[:], d, "discretion")
}

// UnmarshalText reads String's values and the empty text.
func (d *Discretion) UnmarshalText(b []byte) error {
	return unmarshalName(discretions[:], d, b, "discretion")
}

// Named is a text that forbids, requires or regulates something: a provision of
// an instrument that package law lists, or, where it lists none, a title with
// its class. The zero Named names nothing.
type Named struct {
	Citation law.Citation `json:"citation,omitzero"`
	Title    string       `json:"title,omitempty"` // 《…》第…条, when Citation is zero
	Class    law.Class    `json:"class,omitempty"` // of Title; that of Citation is looked up
}

// IsZero reports whether no text is named.
func (n Named) IsZero() bool { return n.Citation.IsZero() && n.Title == "" }

// class is what kind of text is named, "" when none is or its kind is unknown.
func (n Named) class() law.Class {
	switch {
	case !n.Citation.IsZero():
		return n.Citation.Instrument.Class()
	case n.Title != "":
		return n.Class
	}
	return ""
}

// String is the text as it is cited.
func (n Named) String() string {
	if n.Citation.IsZero() {
		return n.Title
	}
	return n.Citation.String()
}

// Facts is what has been established about one piece of information: a document,
// or one passage of it where the passages differ. Every field's zero value means
// that it has not been established. A public attribute is no fact: on an
// application a document is assessed anew, whatever stands on it.
type Facts struct {
	Context Context `json:"context,omitempty"`

	Classified Classified `json:"classified,omitempty"` // 条例 14
	// Forbidden: a law or administrative regulation forbids disclosure (条例 14).
	Forbidden   Answer `json:"forbidden,omitempty"`
	ForbiddenBy Named  `json:"forbidden_by,omitzero"`
	// Danger: disclosure may endanger 国家安全、公共安全、经济安全、社会稳定 (条例 14).
	Danger       Answer `json:"danger,omitempty"`
	DangerReason string `json:"danger_reason,omitempty"`

	// Harm: disclosure would harm a third party's lawful rights, e.g. its trade
	// secret or privacy (条例 15), as the agency finds it now.
	Harm       Answer       `json:"harm,omitempty"`
	ThirdParty Consultation `json:"third_party,omitempty"`
	// PublicInterest: withholding would gravely affect it (条例 15, 32). Decider is
	// the opaque id of who decided so, Notice that of the written notice to the
	// third party: what is disclosed and why.
	PublicInterest Answer `json:"public_interest,omitempty"`
	Decider        string `json:"decider,omitempty"`
	Notice         string `json:"notice,omitempty"`

	Internal        Answer `json:"internal,omitempty"`         // 条例 16(1): 人事管理、后勤管理、内部工作流程
	Process         Answer `json:"process,omitempty"`          // 条例 16(2): 讨论记录、过程稿、磋商信函、请示报告
	EnforcementFile Answer `json:"enforcement_file,omitempty"` // 条例 16(2): 行政执法案卷信息
	// Discretion is decided, and to withhold is reasoned, never automatic.
	Discretion       Discretion `json:"discretion,omitempty"`
	DiscretionReason string     `json:"discretion_reason,omitempty"`
	// Required: a law, regulation or rule requires its disclosure (条例 16(2)).
	Required   Answer `json:"required,omitempty"`
	RequiredBy Named  `json:"required_by,omitzero"`

	// Registry: 工商、不动产登记资料 and the like, to which a law or administrative
	// regulation gives access of its own (条例 36(7)).
	Registry   Answer `json:"registry,omitempty"`
	RegistryBy Named  `json:"registry_by,omitzero"`

	// Severable: what may not be disclosed can be taken out (条例 37).
	Severable Answer `json:"severable,omitempty"`

	// CoMade: made together with other agencies, we lead (条例 10(3), 34).
	CoMade   Answer       `json:"co_made,omitempty"`
	CoMakers Consultation `json:"co_makers,omitempty"`
	// Concerns: it concerns other organs, with whom it is agreed and confirmed
	// first (条例 11(1)).
	Concerns Answer       `json:"concerns,omitempty"`
	Organs   Consultation `json:"organs,omitempty"`
	// NeedsApproval by law, regulation or the state's rules; Approved: given
	// (条例 11(2)).
	NeedsApproval Answer `json:"needs_approval,omitempty"`
	Approved      Answer `json:"approved,omitempty"`
}
