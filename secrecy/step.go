package secrecy

import "strings"

// Step is who signs on the approval slip (文件审批处理签, 呈批表). Whose turn it is
// belongs to the workflow definition; Step says only whose words these are.
type Step uint8

const (
	Drafter     Step = iota + 1 // 拟稿人
	Section                     // 科室负责人
	Office                      // 办公室
	Institution                 // 政府信息公开工作机构
	Leader                      // 签发领导:分管领导或主要领导
)

var steps = [...]struct{ ascii, zh string }{
	{"unknown", ""}, {"drafter", "拟稿人"}, {"section", "科室"}, {"office", "办公室"},
	{"institution", "政务公开工作机构"}, {"leader", "签发领导"},
}

func (s Step) known() bool { return s >= Drafter && s <= Leader }

// String is the stored name: drafter, section, office, institution, leader.
func (s Step) String() string {
	if !s.known() {
		return steps[0].ascii
	}
	return steps[s].ascii
}

// Chinese is the name as the slip has it.
func (s Step) Chinese() string {
	if !s.known() {
		return ""
	}
	return steps[s].zh
}

// MarshalText writes String; an unknown step is an error.
func (s Step) MarshalText() ([]byte, error) {
	if !s.known() {
		return nil, &Error{Code: codeStep, Category: ErrSyntax, What: "encode step: no such value"}
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads String's values.
func (s *Step) UnmarshalText(b []byte) error {
	for i := Drafter; i <= Leader; i++ {
		if steps[i].ascii == string(b) {
			*s = i
			return nil
		}
	}
	return &Error{Code: codeStep, Category: ErrSyntax, What: "decode step: no such value"}
}

// Stance is what an opinion does to the attribute before it.
type Stance uint8

const (
	Names   Stance = iota + 1 // 此件…: proposes, or decides
	Agrees                    // 同意此件…: confirms the attribute it names
	Changes                   // 此件应…: names another
	Bare                      // 同意: confirms without naming
)

// String is names, agrees, changes or bare.
func (s Stance) String() string {
	switch s {
	case Names:
		return "names"
	case Agrees:
		return "agrees"
	case Changes:
		return "changes"
	case Bare:
		return "bare"
	}
	return "unknown"
}

// MarshalText writes String; an unknown stance is an error.
func (s Stance) MarshalText() ([]byte, error) {
	if s == 0 || s > Bare {
		return nil, &Error{Code: codeStep, Category: ErrSyntax, What: "encode stance: no such value"}
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads String's values.
func (s *Stance) UnmarshalText(b []byte) error {
	for i := Names; i <= Bare; i++ {
		if i.String() == string(b) {
			*s = i
			return nil
		}
	}
	return &Error{Code: codeStep, Category: ErrSyntax, What: "decode stance: no such value"}
}

// Phrase is the wording that this step writes on the slip: 此件公开发布 of the
// drafter and the leader, 同意此件公开发布 and 此件应公开发布 of section and office,
// 同意 of the leader. It is empty where the step has no such wording.
func (s Step) Phrase(st Stance, a Attribute) string {
	if !s.known() {
		return ""
	}
	between := s == Section || s == Office || s == Institution
	switch {
	case st == Bare && s == Leader:
		return "同意"
	case a.IsZero():
		return ""
	case st == Names && !between:
		return "此件" + a.row().paper
	case st == Agrees && between:
		return "同意此件" + a.row().paper
	case st == Changes && between:
		return "此件应" + a.row().paper
	}
	return ""
}

// ParsePhrase reads the words that a step wrote on the slip. A bare 同意 is
// (Bare, undetermined); whether it suffices is for the Determination.
func (s Step) ParsePhrase(text string) (Stance, Attribute, error) {
	if !s.known() {
		return 0, 0, &Error{Code: codeStep, Category: ErrSyntax, What: "parse phrase: unknown step"}
	}
	a, err := ParseAttribute(text)
	f := strings.Trim(foldPhrase(text), "()")
	if err != nil {
		if f == "同意" {
			return Bare, 0, nil
		}
		return 0, 0, err
	}
	between := s == Section || s == Office || s == Institution
	st := Names
	switch {
	case strings.HasPrefix(f, "同意"):
		st = Agrees
	case strings.HasPrefix(f, "此件应"):
		st = Changes
	case between:
		return 0, 0, &Error{Code: codeOpinionPhrase, Category: ErrSyntax, What: "parse phrase: " + s.String() + " writes 同意此件… or 此件应…"}
	}
	if s == Drafter && st != Names {
		return 0, 0, &Error{Code: codeOpinionPhrase, Category: ErrSyntax, What: "parse phrase: the drafter writes 此件…"}
	}
	if s == Leader {
		// 同意此件X and 此件应X of the leader name X, which is all that is asked.
		st = Names
	}
	return st, a, nil
}
