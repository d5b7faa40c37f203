package disclosure

import (
	"fmt"
	"slices"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// The acts that the Office knows by itself. A definition may use the same event
// for a move of its own: the act then moves the case, and is refused where that
// move is not open.
const (
	EventOpen      workflow.Event = "open"             // 立项登记
	EventAttach    workflow.Event = "attach"           // 附上正文、附件
	EventDrop      workflow.Event = "drop"             // 撤下稿件
	EventRedact    workflow.Event = "redact"           // 制作删减后的文本
	EventResolve   workflow.Event = "resolve-findings" // 处理检测发现
	EventReview    workflow.Event = "secrecy-review"   // 保密审查
	EventPublished workflow.Event = "published"        // 发布回执
	EventFeedback  workflow.Event = "feedback"         // 收到反馈
	EventReply     workflow.Event = "reply"            // 答复反馈
	EventObjection workflow.Event = "objection"        // 认定歧义较大
	EventRead      workflow.Event = "read"             // 查阅个人信息
	EventErase     workflow.Event = "erase"            // 依法删除
	EventCorrect   workflow.Event = "correct"          // 更正记录
)

// Register opens a case: a matter, a document, a node of a matter.
type Register struct {
	Kind    Kind
	Title   string // for lists and releases; never of a person unless the kind is Personal
	Number  string // 索引号, "" = none yet
	Unit    workflow.Unit
	Parent  CaseID   // the matter that a node belongs to
	After   CaseID   // the node that must have passed first
	Regime  Regime   // "" = the agency's
	Entry   string   // number of the catalog entry
	Policy  bool     // a policy document (政策性文件)
	Signers []string // every unit that signs or seals a joint document
	Facts   workflow.Facts
}

// Event is EventOpen.
func (Register) Event() workflow.Event { return EventOpen }

// Reads are Parent and After: both must exist and stand still meanwhile.
func (r Register) Reads() []CaseID {
	return slices.DeleteFunc([]CaseID{r.Parent, r.After}, func(c CaseID) bool { return c == "" })
}

// Decide opens the case.
func (r Register) Decide(v View) ([]Change, error) {
	if v.Case != nil {
		return nil, fmt.Errorf("%w: case %s exists already", ErrConflict, v.Case.ID)
	}
	if r.Title == "" || len(r.Title) > MaxTitle {
		return nil, refuse("DI-30", "a case", fmt.Sprintf("a title of 1 to %d bytes", MaxTitle), law.Citation{})
	}
	if err := noBuiltIn(r.Facts); err != nil {
		return nil, err
	}
	return []Change{{
		Title: r.Title, Number: r.Number,
		Structure: Structure{
			Open: &Opening{
				Kind: r.Kind, Unit: r.Unit, Parent: r.Parent, After: r.After, Regime: r.Regime,
				Entry: r.Entry, Policy: r.Policy, Signers: r.Signers,
			},
			Facts: r.Facts,
		},
	}}, nil
}

// noBuiltIn refuses a command that would set a fact that only the Office supplies.
func noBuiltIn(f workflow.Facts) error {
	for _, b := range workflow.BuiltIn() {
		if _, ok := f[b.ID]; ok {
			return refuse("DI-31", "the built-in fact "+string(b.ID), "to leave it to the Office", law.Citation{})
		}
	}
	return nil
}

// Take raises an event of the definition, with the facts that it settles.
type Take struct {
	On    workflow.Event
	Facts workflow.Facts
	Note  string // what the paper says; private
}

// Event is t.On.
func (t Take) Event() workflow.Event { return t.On }

// Decide moves the case.
func (t Take) Decide(v View) ([]Change, error) {
	if err := noBuiltIn(t.Facts); err != nil {
		return nil, err
	}
	return []Change{{MustMove: true, Structure: Structure{Facts: t.Facts}}}, nil
}
