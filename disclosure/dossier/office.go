package dossier

import (
	"context"
	"slices"

	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
)

// Of lays out a case of an office for Write. The act is that of whoever asks for
// the dossier: its command is a disclosure.Look, whose record is written first
// and stands in the dossier. kept are the checkpoints kept outside, and at says
// where, for people; both may be empty. made is printed, in Unix milliseconds.
func Of(ctx context.Context, o *disclosure.Office, act disclosure.Act, made int64, kept []ledger.Deposit, at string) (*Case, error) {
	a, err := o.Account(ctx, act)
	if err != nil {
		return nil, err
	}
	c := &Case{
		Tenant: a.Tenant, ID: string(a.Case.ID), Title: a.Title, Agency: a.Agency, Made: made,
		Records: a.Case.Records, Definition: a.Definition,
		Names: func(id string) string {
			if id == string(disclosure.System) {
				return "系统"
			}
			return o.Name(ctx, id)
		},
	}
	for _, f := range []Field{{Label: "编号", Value: a.Number}, {Label: "公开属性", Value: a.Attribute}, {Label: "办理环节", Value: a.Stage}, {Label: "立项日期", Value: a.Case.Opened.String()}} {
		if f.Value != "" {
			c.Summary = append(c.Summary, f)
		}
	}
	for _, l := range a.Lines {
		row := Row{Seq: l.Seq, Event: l.Event, Basis: l.Basis}
		for _, n := range l.Notes {
			row.Fields = append(row.Fields, Field{Label: n.Label, Value: n.Text, Personal: n.Personal})
		}
		c.Rows = append(c.Rows, row)
	}
	for _, b := range a.Bodies {
		c.Documents = append(c.Documents, Document{Name: b.Name, Author: o.Name(ctx, b.Author), Day: b.On, Digest: b.Digest, Personal: b.Personal, Open: b.Open})
	}
	c.Documents = slices.DeleteFunc(c.Documents, func(d Document) bool { return d.Name == "" && d.Open == nil }) // erased by law
	log, suite := o.Log()
	if log == nil {
		return c, nil
	}
	c.Proof, err = FromLog(ctx, log, suite, a.Tenant, a.Case.Records, kept, at)
	return c, err
}
