package disclosure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/workflow"
)

// Account is a case laid out for people, record by record: what its dossier
// (卷宗) prints. See Office.Account.
type Account struct {
	Tenant     string
	Agency     string
	Title      string // "" where titles name persons
	Number     string
	Stage      string // as people know it
	Attribute  string // 公开属性, as determined
	Case       *Case  // with the private payloads
	Definition []byte // JSON of the definition that the case is pinned to; nil = none
	Lines      []AccountLine
	Bodies     []AccountBody
}

// AccountLine is what one record shows.
type AccountLine struct {
	Seq   int64
	Event string // as people know it
	Notes []AccountNote
	Basis string // citation of the move, "" = none
}

// AccountNote is a labelled text of a line.
type AccountNote struct {
	Label    string
	Text     string
	Personal bool // may show who a private person is
}

// AccountBody is a part of the document of the case.
type AccountBody struct {
	Part
	Name     string
	On       string // day of its record
	Author   string // opaque id
	Digest   ledger.Digest
	Personal bool // of a kind whose cases are personal, or findings were left in it
	Open     func() ([]byte, error)
}

// Account lays a case out for its dossier. It shows everything, so it is a look
// at personal data: the command of the act is a Look, whose record is written
// first and is the last of the account.
func (o *Office) Account(ctx context.Context, a Act) (*Account, error) {
	k, ok := a.Command.(Look)
	if !ok || len(k.Seqs) > 0 {
		return nil, fmt.Errorf("%w: account: the command is %T, want Look at all records", ErrInvalid, a.Command)
	}
	looked, err := o.Do(ctx, a)
	if err != nil {
		return nil, err
	}
	// Of a look that is repeated: what it looked at, and nothing written since.
	rs, err := o.cfg.Store.Records(ctx, o.cfg.Tenant, string(looked.Case), 0, int(looked.Version))
	if err != nil {
		return nil, fmt.Errorf("disclosure: account: %w", err)
	}
	c, err := FoldCase(rs)
	if err != nil {
		return nil, err
	}
	r, err := o.procedure(ctx, c.Opening)
	if err != nil {
		return nil, err
	}
	p := o.cfg.Profile
	say := sayer{p: p, printer: message.NewPrinter(language.SimplifiedChinese, message.Catalog(messages))}
	personal := o.personal[c.Kind]
	out := &Account{Tenant: o.cfg.Tenant, Agency: p.Agency, Case: c, Stage: say.stage(c.Stage)}
	if !personal {
		out.Title, out.Number = c.Title, c.Number
	}
	if at := c.Determination(p).Attribute; !at.IsZero() {
		out.Attribute = at.Chinese()
	}
	moves := map[workflow.MoveID]workflow.Move{}
	if r != nil {
		if out.Definition, err = r.def.JSON(); err != nil {
			return nil, err
		}
		for _, m := range r.def.Moves {
			moves[m.ID] = m
		}
	}
	for i := range c.Records {
		rec := &c.Records[i]
		s, err := decodeStructure(rec.Structure)
		if err != nil {
			return nil, err
		}
		line := AccountLine{Seq: rec.Seq, Event: accountEvents[workflow.Event(rec.Type)]}
		if m, ok := moves[s.Move]; ok {
			line.Basis = citations(m.Basis)
			if m.Title != "" {
				line.Event = m.Title
			}
		}
		if line.Event == "" {
			line.Event = say.event(workflow.Event(rec.Type))
		}
		line.Notes = o.notes(ctx, c, rec, &s, personal)
		out.Lines = append(out.Lines, line)
	}
	for _, part := range c.Parts {
		out.Bodies = append(out.Bodies, o.accountBody(ctx, c, part, personal))
	}
	return out, nil
}

// accountEvents names the events that move no stage.
var accountEvents = map[workflow.Event]string{
	EventOpen: "立项登记", EventAttach: "附上文件", EventDrop: "撤下稿件", EventRedact: "制作删减后的文本",
	EventResolve: "处理检测发现", EventReview: "保密审查", EventPublished: "发布回执", EventFeedback: "收到反馈",
	EventReply: "答复反馈", EventObjection: "认定异议", EventRead: "查阅", EventErase: "依法清除", EventCorrect: "更正",
}

func citations(list []law.Citation) string {
	var out []string
	for _, c := range list {
		if !c.IsZero() {
			out = append(out, c.String())
		}
	}
	return strings.Join(out, "、")
}

// notes are what a record shows: first what its structure says, then what the
// command said in words.
func (o *Office) notes(ctx context.Context, c *Case, rec *ledger.Record, s *Structure, personal bool) []AccountNote {
	var out []AccountNote
	add := func(label, text string, private bool) {
		if text != "" {
			out = append(out, AccountNote{label, text, private || personal})
		}
	}
	p, there := payload(rec)
	var said struct {
		Words, Reason, Text, From, Why, Note, Number string
	}
	if there {
		_ = json.Unmarshal(p.Command, &said) // a host's command may have other fields
	}
	if s.Opinion != nil && !s.Opinion.Attribute.IsZero() {
		add("公开属性", s.Opinion.Attribute.Chinese(), false)
	}
	add("意见", said.Words, false)
	add("理由", said.Reason, s.Feedback != nil)
	if s.Review != nil && len(s.Review.Conclusions) > 0 {
		last := s.Review.Conclusions[len(s.Review.Conclusions)-1]
		add("审查结论", last.Verdict.Chinese(), false)
	}
	for _, part := range s.Parts {
		add("文件", p.Names[part.ID], c.personal(part))
	}
	var carriers []string
	for _, m := range s.Release {
		if t := o.carrierTitle(m.Carrier); !slices.Contains(carriers, t) {
			carriers = append(carriers, t)
		}
	}
	add("载体", strings.Join(carriers, "、"), false)
	if s.Operator != "" {
		add("发布人", o.cfg.Names(ctx, s.Operator), false)
	}
	if s.Received != nil {
		add("载体", o.carrierTitle(s.Received.Carrier), false)
	}
	if s.Feedback != nil {
		add("渠道", s.Feedback.Channel, false)
		add("提出人", said.From, true)
	}
	if s.Feedback != nil || s.Reply != "" {
		add("内容", said.Text, true)
	}
	add("用途", said.Why, false)
	if s.Corrects > 0 {
		add("更正", fmt.Sprintf("第%d条", s.Corrects), false)
	}
	add("说明", said.Note, true)
	if s.Erased > 0 {
		add("清除", fmt.Sprintf("第%d条的非公开部分", s.Erased), false)
	}
	return out
}

func (o *Office) carrierTitle(id string) string {
	if r, ok := o.cfg.Profile.Carrier(id); ok && r.Name != "" {
		return r.Name
	}
	return id
}

func (o *Office) accountBody(ctx context.Context, c *Case, part Part, personal bool) AccountBody {
	b := AccountBody{Part: part, Personal: personal || c.personal(part)}
	for i := range c.Records {
		if c.Records[i].Seq == part.Seq {
			b.On, b.Author = c.Records[i].On, c.Records[i].Actor
		}
	}
	digest, _, name, ok := c.digest(part)
	if !ok {
		return b
	}
	d, err := ledger.ParseDigest(digest)
	if err != nil {
		return b
	}
	b.Name, b.Digest = name, d
	b.Open = func() ([]byte, error) { return o.cfg.Documents.Open(ctx, o.cfg.Tenant, d) }
	return b
}

// personal reports whether a part may show who a private person is: something was
// found in it, or cut out of it.
func (c *Case) personal(part Part) bool {
	return part.Kind != Rendition && (part.Findings > 0 || slices.ContainsFunc(c.Parts, func(p Part) bool { return p.Kind == Rendition && p.Of == part.ID }))
}

// Name is the name that forms print for an opaque id.
func (o *Office) Name(ctx context.Context, id string) string { return o.cfg.Names(ctx, id) }

// Log is the office's log and the suite that hashes it; nil if the store carries
// none.
func (o *Office) Log() (Log, ledger.Suite) {
	l, _ := o.cfg.Store.(Log)
	return l, o.cfg.Suite
}
