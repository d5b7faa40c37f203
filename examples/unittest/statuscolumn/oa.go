package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// oa stands for the host: a table, a log, and a machine beside them.
type oa struct {
	machine *workflow.Machine
	titles  map[workflow.Event]string
	rows    map[int]*row
}

// row is a row of the host's table. The status column holds the words that the
// host has always had in it.
type row struct {
	title, text string
	status      string
	attribute   string // 主动公开, 依申请公开, …; empty until somebody fills it in
	reviewed    [32]byte
	log         []workflow.Done
}

func open() (*oa, error) {
	m, err := workflow.Compile(procedure)
	if err != nil {
		return nil, err
	}
	o := &oa{machine: m, titles: map[workflow.Event]string{}, rows: map[int]*row{}}
	for _, mv := range procedure.Moves {
		o.titles[mv.On] = mv.Title
	}
	return o, nil
}

func (o *oa) insert(title, text string) int {
	id := len(o.rows) + 1
	o.rows[id] = &row{title: title, text: text, status: string(o.machine.Start())}
	return id
}

// update is UPDATE document SET status = to WHERE id = ? AND status = from: a
// row that somebody else has moved meanwhile is left alone.
func (o *oa) update(id int, from, to string) bool {
	r := o.rows[id]
	if r == nil || r.status != from {
		return false
	}
	changed := *r
	changed.status = to
	o.rows[id] = &changed
	return true
}

var errMoved = errors.New("statuscolumn: somebody else has moved the document meanwhile")

// press is the handler of every button.
func (o *oa) press(id int, a workflow.Actor, button workflow.Event) error {
	r := o.rows[id]
	out, err := o.machine.Step(workflow.Stage(r.status), facts(r), button, a, r.log...)
	if err != nil {
		return err
	}
	if !o.update(id, r.status, string(out.To)) {
		return errMoved
	}
	moved := o.rows[id]
	moved.log = append(moved.log[:len(moved.log):len(moved.log)], workflow.Done{On: button, Actor: a.ID})
	return nil
}

// buttons are those that the person may press now.
func (o *oa) buttons(id int, a workflow.Actor) string {
	r := o.rows[id]
	var open []string
	for _, p := range o.machine.Permitted(workflow.Stage(r.status), facts(r), a, r.log...) {
		if p.Verdict == workflow.VerdictOpen {
			open = append(open, "["+p.Title+"]")
		}
	}
	if len(open) == 0 {
		return "（没有）"
	}
	return strings.Join(open, " ")
}

// facts answers what the machine asks from the host's own columns. The host
// answers for the built-in ones: the review counts for exactly the text that
// was reviewed, and the scan is made anew each time.
func facts(r *row) workflow.Facts {
	f := workflow.Facts{
		workflow.FactReview:    workflow.ReviewNone,
		workflow.FactScan:      workflow.ScanClear,
		workflow.FactEarlier:   workflow.EarlierNone,
		workflow.FactObjection: workflow.ObjectionNone,
	}
	if a, err := secrecy.ParseAttribute(r.attribute); err == nil {
		f[workflow.FactAttribute] = workflow.Value(a.String())
	}
	if len(secrecy.Scan(r.text)) > 0 {
		f[workflow.FactScan] = workflow.ScanFindings
	}
	if r.reviewed != ([32]byte{}) {
		f[workflow.FactReview] = workflow.ReviewStale
		if r.reviewed == sha256.Sum256([]byte(r.text)) {
			f[workflow.FactReview] = workflow.ReviewClear
		}
	}
	return f
}

// review is the secrecy review, found clear.
func (o *oa) review(id int) { o.rows[id].reviewed = sha256.Sum256([]byte(o.rows[id].text)) }

func (o *oa) label(e workflow.Event) string { return o.titles[e] }

// explain says a refusal in the words of the host.
func (o *oa) explain(err error) string {
	var no *workflow.Refusal
	if !errors.As(err, &no) {
		return err.Error()
	}
	var b strings.Builder
	switch no.Code {
	case workflow.CodeNoMove:
		fmt.Fprintf(&b, "要到【%s】才能办，现在可以办的是", no.From[0])
		for i, e := range no.Next {
			if i > 0 {
				b.WriteString("、")
			}
			b.WriteString("“" + o.titles[e] + "”")
		}
	case workflow.CodeEnded:
		b.WriteString("已经办结")
	case workflow.CodeNotRole:
		b.WriteString("须由" + strings.Join(o.roles(no.Roles), "或") + "办")
	case workflow.CodeSamePerson:
		b.WriteString("送签的人不能自己签发")
	case workflow.CodeMissing:
		for i, m := range no.Missing {
			if i > 0 {
				b.WriteString("；")
			}
			b.WriteString(o.name(m.Fact) + "现为“" + o.value(m.Fact, m.Have) + "”")
		}
	default:
		b.WriteString(string(no.Code))
	}
	if len(no.Basis) > 0 {
		b.WriteString("（" + no.Basis[0].String() + "）")
	}
	return b.String()
}

func (o *oa) roles(ids []workflow.Role) []string {
	var names []string
	for _, r := range procedure.Roles {
		for _, id := range ids {
			if r.ID == id {
				names = append(names, r.Title)
			}
		}
	}
	return names
}

func (o *oa) fact(f workflow.Fact) workflow.FactDef {
	for _, d := range o.machine.Facts() {
		if d.ID == f {
			return d
		}
	}
	return workflow.FactDef{}
}

func (o *oa) name(f workflow.Fact) string { return o.fact(f).Title }

func (o *oa) value(f workflow.Fact, v workflow.Value) string {
	d := o.fact(f)
	for i, x := range d.Values {
		if x == v && i < len(d.Labels) {
			return d.Labels[i]
		}
	}
	if v == workflow.Undetermined {
		return "未定"
	}
	return string(v)
}
