package disclosure

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// Structure is the payload of a record from which a case is folded. It holds
// ids, marks and days, never personal data: it is hashed in the clear and is
// never erased. Everything else a command knows goes into the private payload.
type Structure struct {
	Open      *Opening           `json:"open,omitempty"`     // first record of a case
	Move      workflow.MoveID    `json:"move,omitempty"`     // id of the move that was taken
	To        workflow.Stage     `json:"to,omitempty"`       // the stage after it
	Facts     workflow.Facts     `json:"facts,omitempty"`    // facts that this record sets
	Clocks    []ClockMark        `json:"clocks,omitempty"`   // what happened to the clocks
	Opinion   *secrecy.Opinion   `json:"opinion,omitempty"`  // an opinion on the attribute
	Parts     []Part             `json:"parts,omitempty"`    // parts that were attached
	Drop      []string           `json:"drop,omitempty"`     // parts that were withdrawn from the draft
	Resolved  []string           `json:"resolved,omitempty"` // parts whose findings a person resolved
	Review    *secrecy.Review    `json:"review,omitempty"`
	Release   []ReleaseMark      `json:"release,omitempty"`  // orders given to the outbox
	Awaits    []workflow.ClockID `json:"awaits,omitempty"`   // clocks that stop on the day of the first receipt
	Operator  string             `json:"operator,omitempty"` // of a release: who operates it
	Withdraw  []WithdrawMark     `json:"withdraw,omitempty"` // orders to take releases down
	Received  *ReceivedMark      `json:"received,omitempty"` // an order was carried out
	Feedback  *FeedbackMark      `json:"feedback,omitempty"`
	Reply     string             `json:"reply,omitempty"`     // id of the feedback that is answered
	Objection workflow.Value     `json:"objection,omitempty"` // none, raised, upheld
	Corrects  int64              `json:"corrects,omitempty"`  // seq of the record that this one corrects
	Erased    int64              `json:"erased,omitempty"`    // seq of the record whose private part is erased by law
	Read      []int64            `json:"read,omitempty"`      // seqs whose personal data was looked at
	Extra     json.RawMessage    `json:"extra,omitempty"`     // for kinds that hosts bring
}

// Opening is what a case is from its first record on.
type Opening struct {
	Kind       Kind          `json:"kind"`
	Profile    string        `json:"profile"`              // id and edition of the profile
	Definition string        `json:"definition,omitempty"` // digest of the definition, pinned
	Unit       workflow.Unit `json:"unit,omitempty"`
	Parent     CaseID        `json:"parent,omitempty"`
	After      CaseID        `json:"after,omitempty"` // the earlier node that must have passed
	Regime     Regime        `json:"regime,omitempty"`
	Entry      string        `json:"entry,omitempty"`   // number of the catalog entry
	Policy     bool          `json:"policy,omitempty"`  // a policy or normative document
	Signers    []string      `json:"signers,omitempty"` // every unit that signs a joint document
}

// ClockMark is what happened to one clock of the definition on a day.
type ClockMark struct {
	Clock workflow.ClockID `json:"clock"`
	Do    workflow.Op      `json:"do"`
	On    deadline.Date    `json:"on"`
	By    *deadline.Limit  `json:"by,omitempty"` // extend: by how much; nil = all that the clock allows
}

// PartKind tells the parts of a document apart.
type PartKind string

// The kinds of part.
const (
	Body       PartKind = "body"       // 正文
	Attachment PartKind = "attachment" // 附件
	Rendition  PartKind = "rendition"  // 删减后的文本: made from Of
)

// Part is one part of the document of a case. Its id is random: the digest of
// what it holds, and its name, stand in the private payload.
type Part struct {
	ID       string         `json:"id"`
	Kind     PartKind       `json:"kind"`
	Of       string         `json:"of,omitempty"`       // a rendition: the part it was made from
	Audience string         `json:"audience,omitempty"` // of a rendition; "" = the public
	Scan     workflow.Value `json:"scan,omitempty"`     // partial, clear, findings
	Findings int            `json:"findings,omitempty"`
	Seq      int64          `json:"-"` // of the record that attached it
}

// Form is how much of a document a release shows.
type Form string

// The forms of a release.
const (
	FullText  Form = "text"      // 全文
	Redaction Form = "rendition" // 删减后的文本
	TitleOnly Form = "title"     // 标题、索引号 (依申请公开的文件至多如此)
)

// ReleaseMark is an order that the outbox carries out.
type ReleaseMark struct {
	Order   string `json:"order"`
	Carrier string `json:"carrier"`
	Part    string `json:"part,omitempty"`
	Form    Form   `json:"form"`
}

// ReceivedMark is the receipt of an order: its day is the day of publication, or
// of the withdrawal.
type ReceivedMark struct {
	Order   string `json:"order"`
	Carrier string `json:"carrier"`
}

// WithdrawMark is the order to take one release down.
type WithdrawMark struct {
	Order   string `json:"order"`
	Release string `json:"release"` // the order of the release
}

// FeedbackMark is an opinion from outside on what was disclosed.
type FeedbackMark struct {
	ID      string `json:"id"`
	Channel string `json:"channel,omitempty"` // 电话、书信、网络、面谈、载体
	Serious bool   `json:"serious,omitempty"` // 歧义较大, as alleged; see Objection
}

func (s Structure) encode() ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("disclosure: structure: %w", err)
	}
	return b, nil
}

func decodeStructure(b []byte) (Structure, error) {
	var s Structure
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("disclosure: structure: %w", err)
	}
	return s, nil
}
