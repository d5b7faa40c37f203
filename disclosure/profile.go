package disclosure

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Kind is a kind of case: "document", "matter", "node", "request" …
type Kind string

// Profile is an agency's rule book, as data: its regime, offices, carriers,
// procedures, limits and duties, each with the passage it comes from. What
// higher or later law supersedes stays in it, marked.
//
// A Profile is not changed after it was loaded and is safe for concurrent use.
type Profile struct {
	ID                string                     `json:"id"`
	Edition           string                     `json:"edition"`
	Title             string                     `json:"title"`
	Agency            string                     `json:"agency"`
	Source            law.Instrument             `json:"source"` // the agency's own document
	Regime            Regime                     `json:"regime"`
	FollowsRegulation bool                       `json:"follows_regulation,omitempty"` // 参照执行 where the Regulation does not bind
	Taxonomy          string                     `json:"taxonomy,omitempty"`           // id of a catalog taxonomy
	Units             []Department               `json:"units"`
	Roles             []Post                     `json:"roles"`
	Carriers          []CarrierRule              `json:"carriers"`
	Release           ReleaseRule                `json:"release"`
	Procedures        []Procedure                `json:"procedures"`
	Determination     secrecy.DeterminationRules `json:"determination,omitzero"`
	AttributeSteps    []AttributeStep            `json:"attribute_steps,omitempty"`
	Acts              []ActRule                  `json:"acts,omitempty"`
	Limits            []LimitRule                `json:"limits,omitempty"`
	NoticeRule        *NoticeRule                `json:"notice_rule,omitempty"`
	Duties            []Duty                     `json:"duties,omitempty"`
	Inspection        []InspectionRule           `json:"inspection,omitempty"`
	Accountability    *Accountability            `json:"accountability,omitempty"`
	LocalRules        []LocalRule                `json:"local_rules,omitempty"`

	machines map[Kind]*workflow.Machine
}

// Department is a unit of the agency.
type Department struct {
	ID    workflow.Unit `json:"id"`
	Title string        `json:"title"`
}

// Post is a role in disclosure work and what it may do.
type Post struct {
	ID         workflow.Role  `json:"id"`
	Title      string         `json:"title"`
	Duties     []string       `json:"duties,omitempty"`
	OnePerUnit bool           `json:"one_per_unit,omitempty"` // exactly one holder in each department (联络员)
	Basis      []law.Citation `json:"basis,omitempty"`
}

// CarrierRule is a carrier of the agency and who may publish on it.
type CarrierRule struct {
	ID string `json:"id"`
	catalog.Carrier
}

// ReleaseRule says through which window releases go out.
type ReleaseRule struct {
	Unit          workflow.Unit   `json:"unit,omitempty"`           // 统一公开: only actors of this unit release; "" = any
	Roles         []workflow.Role `json:"roles,omitempty"`          // and of one of these roles; none = any
	NamedOperator bool            `json:"named_operator,omitempty"` // 指定专人: the release names the person who operates
	Basis         []law.Citation  `json:"basis,omitempty"`
}

// Procedure is the definition by which cases of a kind go.
type Procedure struct {
	Kind       Kind                 `json:"kind"`
	File       string               `json:"file,omitempty"` // beside the profile; filled into Definition when loaded
	Definition *workflow.Definition `json:"definition,omitempty"`
}

// AttributeStep says at which step of the attribute an event signs, and in
// which box of the paper its words stand.
type AttributeStep struct {
	Event workflow.Event `json:"event"`
	Step  secrecy.Step   `json:"step"`
	Box   string         `json:"box"`
	Basis []law.Citation `json:"basis,omitempty"`
}

// ActRule says which roles may do an act that moves no stage (attach a part,
// review, redact, reply to feedback …). An act without a rule may be done by any
// role of the profile.
type ActRule struct {
	Event workflow.Event  `json:"event"`
	Roles []workflow.Role `json:"roles"`
	Basis []law.Citation  `json:"basis,omitempty"`
}

// LimitRule is a time limit of the agency's own document.
type LimitRule struct {
	ID    string         `json:"id"`
	Title string         `json:"title"`
	Limit deadline.Limit `json:"limit"`
	Basis []law.Citation `json:"basis"`
}

// NoticeRule is the agency's general notice period (公示期) in calendar days.
type NoticeRule struct {
	Min   int            `json:"min"`
	Max   int            `json:"max"`
	Words string         `json:"words"`
	Basis []law.Citation `json:"basis"`
}

// Duty is something that is owed in every period, whatever matters there are.
type Duty struct {
	ID    string          `json:"id"`
	Title string          `json:"title"`
	Limit deadline.Limit  `json:"limit"`
	Times int             `json:"times,omitempty"` // at least so often in the period; 0 = once
	Roles []workflow.Role `json:"roles,omitempty"`
	Basis []law.Citation  `json:"basis"`
}

// InspectionRule is a point that an inspection looks at and what it costs.
type InspectionRule struct {
	ID     string         `json:"id"`
	Title  string         `json:"title"`
	Points int            `json:"points,omitempty"`
	Basis  []law.Citation `json:"basis"`
}

// Accountability lists measures and triggers.
type Accountability struct {
	Measures []string       `json:"measures,omitempty"`
	Triggers []string       `json:"triggers,omitempty"`
	Basis    []law.Citation `json:"basis"`
}

// Standing says whether a local rule holds. The zero value is undetermined.
type Standing string

// The standings of a local rule.
const (
	InForce    Standing = "in-force"
	Superseded Standing = "superseded" // higher or later law decides; the words are kept
)

// LocalRule is a rule of the agency's document, word for word. One that
// contradicts higher or later law is kept as superseded: the law decides, and an
// inspection reports it.
type LocalRule struct {
	ID           string         `json:"id"`
	Words        string         `json:"words"`
	Basis        law.Citation   `json:"basis"`
	Standing     Standing       `json:"standing"`
	SupersededBy []law.Citation `json:"superseded_by,omitempty"`
	Since        deadline.Date  `json:"since,omitzero"` // the day from which the higher law decides
	Law          string         `json:"law,omitempty"`  // what holds instead
}

// ErrProfile is wrapped by every error of LoadProfile.
var ErrProfile = errors.New("disclosure: profile not usable")

// ProfileFault is one thing that is wrong with a profile.
type ProfileFault struct {
	Code string // DI-…
	Path string // where, e.g. "carriers[2].id"
	Want string // what would be right
}

func (f ProfileFault) Error() string { return f.Code + " " + f.Path + ": " + f.Want }

// LoadProfile reads profile.json in dir of fsys and the procedure files that it
// names, compiles every procedure, and returns all faults at once.
func LoadProfile(fsys fs.FS, dir string) (*Profile, error) {
	b, err := fs.ReadFile(fsys, path.Join(dir, "profile.json"))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProfile, err)
	}
	var p Profile
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return nil, fmt.Errorf("%w: profile.json: %w", ErrProfile, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: profile.json: more than one value", ErrProfile)
	}
	for i := range p.Procedures {
		pr := &p.Procedures[i]
		if pr.File == "" {
			continue
		}
		b, err := fs.ReadFile(fsys, path.Join(dir, pr.File))
		if err != nil {
			return nil, fmt.Errorf("%w: procedures[%d]: %w", ErrProfile, i, err)
		}
		def := new(workflow.Definition)
		if err := json.Unmarshal(b, def); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrProfile, pr.File, err)
		}
		pr.Definition = def
	}
	return NewProfile(p)
}

// NewProfile checks a profile that was built in Go and compiles its procedures.
// It returns all faults at once, joined, each a ProfileFault or a fault of
// workflow.Compile. The profile is copied shallowly: leave its slices alone.
func NewProfile(p Profile) (*Profile, error) {
	var faults []error
	add := func(code, path, want string) { faults = append(faults, ProfileFault{code, path, want}) }
	if p.ID == "" || p.Agency == "" {
		add("DI-01", "id, agency", "a profile names itself and its agency")
	}
	if !p.Regime.valid() {
		add("DI-02", "regime", "one of government-info, party-affairs, enterprise, mass-org, public-service")
	}
	roles := map[workflow.Role]bool{}
	for i, r := range p.Roles {
		if r.ID == "" || roles[r.ID] {
			add("DI-03", fmt.Sprintf("roles[%d].id", i), "an id that no other role has")
		}
		roles[r.ID] = true
	}
	units := map[workflow.Unit]bool{}
	for i, u := range p.Units {
		if u.ID == "" || units[u.ID] {
			add("DI-04", fmt.Sprintf("units[%d].id", i), "an id that no other unit has")
		}
		units[u.ID] = true
	}
	carriers := map[string]bool{}
	for i, c := range p.Carriers {
		if c.ID == "" || carriers[c.ID] {
			add("DI-05", fmt.Sprintf("carriers[%d].id", i), "an id that no other carrier has")
		}
		carriers[c.ID] = true
		if c.Gatekeeper != "" && !units[workflow.Unit(c.Gatekeeper)] {
			add("DI-06", fmt.Sprintf("carriers[%d].gatekeeper", i), "a unit of the profile")
		}
	}
	if p.Release.Unit != "" && !units[p.Release.Unit] {
		add("DI-06", "release.unit", "a unit of the profile")
	}
	p.machines = make(map[Kind]*workflow.Machine, len(p.Procedures))
	for i, pr := range p.Procedures {
		at := fmt.Sprintf("procedures[%d]", i)
		if pr.Kind == "" || p.machines[pr.Kind] != nil {
			add("DI-07", at+".kind", "a kind that no other procedure has")
			continue
		}
		if pr.Definition == nil {
			add("DI-08", at, "a definition or a file that holds one")
			continue
		}
		m, err := workflow.Compile(*pr.Definition)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", at, err))
			continue
		}
		p.machines[pr.Kind] = m
		for _, r := range pr.Definition.Roles {
			if !roles[r.ID] {
				add("DI-09", at+".roles: "+string(r.ID), "a role of the profile")
			}
		}
	}
	for i, l := range p.LocalRules {
		at := fmt.Sprintf("local_rules[%d]", i)
		switch {
		case l.Standing != InForce && l.Standing != Superseded:
			add("DI-10", at+".standing", "in-force or superseded")
		case l.Standing == Superseded && (len(l.SupersededBy) == 0 || l.Law == ""):
			add("DI-11", at, "the citation that supersedes it and what holds instead")
		}
	}
	for i, a := range p.Acts {
		for _, r := range a.Roles {
			if !roles[r] {
				add("DI-09", fmt.Sprintf("acts[%d].roles: %s", i, r), "a role of the profile")
			}
		}
	}
	for _, r := range p.Release.Roles {
		if !roles[r] {
			add("DI-09", "release.roles: "+string(r), "a role of the profile")
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrProfile, errors.Join(faults...))
	}
	return &p, nil
}

// Machine is the compiled procedure of a kind of case; false if the profile has
// none.
func (p *Profile) Machine(k Kind) (*workflow.Machine, bool) {
	m, ok := p.machines[k]
	return m, ok
}

// Carrier finds a carrier by id.
func (p *Profile) Carrier(id string) (CarrierRule, bool) {
	i := slices.IndexFunc(p.Carriers, func(c CarrierRule) bool { return c.ID == id })
	if i < 0 {
		return CarrierRule{}, false
	}
	return p.Carriers[i], true
}

// Limit finds a limit of the agency's document by id.
func (p *Profile) Limit(id string) (LimitRule, bool) {
	i := slices.IndexFunc(p.Limits, func(l LimitRule) bool { return l.ID == id })
	if i < 0 {
		return LimitRule{}, false
	}
	return p.Limits[i], true
}

// SupersededRules lists the local rules that higher or later law supersedes on
// the given day, in the order of the document.
func (p *Profile) SupersededRules(on deadline.Date) []LocalRule {
	var out []LocalRule
	for _, l := range p.LocalRules {
		if l.Standing == Superseded && !on.Before(l.Since) {
			out = append(out, l)
		}
	}
	return out
}

// Appointment is the holder of a role in a unit.
type Appointment struct {
	Actor string
	Unit  workflow.Unit
	Role  workflow.Role
}

// Staffing checks appointments against the roles of the profile: a role or unit
// that the profile does not know, and a role of which a unit has exactly one
// holder but has none or several (每个部门确定一名联络员). It returns all faults.
func (p *Profile) Staffing(as []Appointment) []ProfileFault {
	var out []ProfileFault
	count := map[workflow.Role]map[workflow.Unit]int{}
	for i, a := range as {
		at := fmt.Sprintf("appointments[%d]", i)
		if !slices.ContainsFunc(p.Roles, func(r Post) bool { return r.ID == a.Role }) {
			out = append(out, ProfileFault{"DI-09", at + ".role: " + string(a.Role), "a role of the profile"})
		}
		if !slices.ContainsFunc(p.Units, func(u Department) bool { return u.ID == a.Unit }) {
			out = append(out, ProfileFault{"DI-06", at + ".unit: " + string(a.Unit), "a unit of the profile"})
		}
		if count[a.Role] == nil {
			count[a.Role] = map[workflow.Unit]int{}
		}
		count[a.Role][a.Unit]++
	}
	for _, r := range p.Roles {
		if !r.OnePerUnit {
			continue
		}
		for _, u := range p.Units {
			if n := count[r.ID][u.ID]; n != 1 {
				out = append(out, ProfileFault{"DI-12", "unit " + string(u.ID) + ", role " + string(r.ID), fmt.Sprintf("exactly one holder, not %d", n)})
			}
		}
	}
	return out
}
