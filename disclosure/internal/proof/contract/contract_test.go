// Package contract compiles against the names and signatures that the library
// promises, from outside its module, as a user's program does.
package contract

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/secrecy"
	"github.com/opengongkai/gongkai/workflow"
)

// deadline
var (
	_ func(int, time.Month, int) deadline.Date                                                       = deadline.NewDate
	_ func(string) (deadline.Date, error)                                                            = deadline.ParseDate
	_ func(time.Time) deadline.Date                                                                  = deadline.DateOf
	_ func(deadline.Date) string                                                                     = deadline.Date.String
	_ func(deadline.Date) time.Weekday                                                               = deadline.Date.Weekday
	_ func() *deadline.Calendar                                                                      = deadline.China
	_ func(*deadline.Calendar, deadline.Date) (bool, error)                                          = (*deadline.Calendar).IsWorkday
	_ func(*deadline.Calendar, deadline.Date, int) (deadline.Date, error)                            = (*deadline.Calendar).AddWorkdays
	_ func(*deadline.Calendar, deadline.Date, deadline.Date) (int, error)                            = (*deadline.Calendar).WorkdaysBetween
	_ func(*deadline.Calendar, deadline.Date) deadline.Day                                           = (*deadline.Calendar).Day
	_ func(*deadline.Calendar) deadline.Date                                                         = (*deadline.Calendar).SettledThrough
	_ func(*deadline.Calendar, ...deadline.Arrangement) (*deadline.Calendar, error)                  = (*deadline.Calendar).With
	_ func(*deadline.Calendar) *deadline.Calendar                                                    = (*deadline.Calendar).Projected
	_ error                                                                                          = deadline.ErrUnsettled
	_ error                                                                                          = deadline.ErrOutOfRange
	_ error                                                                                          = deadline.ErrNoDate
	_ func(string) (deadline.Arrangement, error)                                                     = deadline.ParseArrangement
	_ func(io.Reader) (deadline.Arrangement, error)                                                  = deadline.ReadHolidayCN
	_                                                                                                = deadline.Arrangement{Year: 2026, Days: []deadline.ArrangedDay{{Date: deadline.Date{}, Off: true, Festival: "元旦"}}}
	_ func(string) (deadline.Limit, error)                                                           = deadline.ParseLimit
	_ func(deadline.LimitKind) string                                                                = deadline.LimitKind.String
	_ func(deadline.Unit) string                                                                     = deadline.Unit.String
	_ func(deadline.Limit) string                                                                    = deadline.Limit.String
	_ func(deadline.Limit, *deadline.Calendar, deadline.Date) (deadline.Due, error)                  = deadline.Limit.Due
	_ func(deadline.Limit, time.Time) (time.Time, error)                                             = deadline.Limit.DueAt
	_ func(deadline.Limit, *deadline.Calendar, deadline.Date, deadline.Date) ([]deadline.Due, error) = deadline.Limit.Occurrences
	_ func(deadline.Due) deadline.Date                                                               = deadline.Due.Safe
	_ deadline.DayKind
)

func limitFields(l deadline.Limit) (deadline.LimitKind, int, int, deadline.Unit, string, []deadline.Limit) {
	_ = l.Equal(l)
	_ = l.Anchor()
	return l.Kind, l.N, l.Max, l.Unit, l.From, l.All
}

func dueFields(d deadline.Due) (deadline.Date, deadline.Date, [2]deadline.Date, bool, []deadline.Assumption) {
	return d.From, d.Date, d.Bound, d.Settled, d.Assumed
}

// secrecy
var (
	_                                                                  = []secrecy.Attribute{secrecy.Public, secrecy.OnRequest, secrecy.Redacted, secrecy.Withheld}
	_ func(string) (secrecy.Attribute, error)                          = secrecy.ParseAttribute
	_ func(string) []secrecy.Finding                                   = secrecy.Scan
	_ func(*secrecy.ScannerOptions) (*secrecy.Scanner, error)          = secrecy.NewScanner
	_ func(string, *secrecy.RedactOptions) (*secrecy.Rendition, error) = secrecy.Redact
	_ func(secrecy.Facts) secrecy.Assessment                           = secrecy.Assess
	_ secrecy.Determination
	_ secrecy.Review
	_ secrecy.Report
)

func findingFields(f secrecy.Finding) (int, int, secrecy.Kind) { return f.Start, f.End, f.Kind }

func renditionFields(r *secrecy.Rendition) (string, []secrecy.Cut) { return r.Text, r.Cuts }

// workflow
var (
	_ func(workflow.Definition) (*workflow.Machine, error) = workflow.Compile
	_                                                      = workflow.Actor{ID: "u", Unit: "d", Roles: []workflow.Role{"r"}}
	_                                                      = workflow.Done{On: "e", Actor: "u"}
)

// catalog
var (
	_ func(io.Reader, *catalog.ReadOptions) (*catalog.Catalog, error) = catalog.ReadCSV
	_ catalog.Carrier
	_ catalog.Level
)

func entries(c *catalog.Catalog) ([]catalog.Entry, []catalog.Node) {
	return c.Entries, c.Entries[0].Nodes
}

// disclosure
var (
	_ func(disclosure.Config) (*disclosure.Office, error)                                  = disclosure.Open
	_ func(*disclosure.Office, context.Context, disclosure.Act) (disclosure.Result, error) = (*disclosure.Office).Do
	_ func(*disclosure.Office, disclosure.Store) *disclosure.Office                        = (*disclosure.Office).In
	_ func(*disclosure.Office, context.Context, int) ([]disclosure.Delivery, error)        = (*disclosure.Office).Deliver
	_ disclosure.Store                                                                     = disclosure.NewMemory()
	_ []error                                                                              = []error{disclosure.ErrConflict, disclosure.ErrKeyReused, disclosure.ErrUnavailable, disclosure.ErrUnknown}
	_ disclosure.Publisher
	_ disclosure.Documents
	_ disclosure.Command
	_ ledger.Suite
)

func config(p *disclosure.Profile, r io.Reader) disclosure.Config {
	m := disclosure.NewMemory()
	return disclosure.Config{
		Tenant: "t", Profile: p, Store: m, Documents: m, Calendar: deadline.China(), Scanner: nil, Suite: ledger.Standard(),
		Publishers: nil, Names: nil, Now: time.Now, Rand: r, Kinds: nil,
	}
}

// A definition written as a literal, as a user writes it.
func literal() workflow.Definition {
	basis := []workflow.Move(nil)
	_ = basis
	return workflow.Definition{
		ID: "d", Edition: "1", Revision: 1, Title: "t", Start: "a",
		Stages: []workflow.StageDef{{ID: "a"}, {ID: "b", Final: true}},
		Roles:  []workflow.RoleDef{{ID: "r"}},
	}
}

func TestContract(t *testing.T) {
	t.Run("a due date", func(t *testing.T) {
		l, err := deadline.ParseLimit("自收到申请之日起20个工作日内")
		require.NoError(t, err)
		kind, n, _, unit, from, _ := limitFields(l)
		assert.Equal(t, "within 20 workday 收到申请", fmt.Sprint(kind, " ", n, " ", unit, " ", from))
		d, err := l.Due(deadline.China(), deadline.NewDate(2026, 9, 25))
		require.NoError(t, err)
		_, date, _, settled, _ := dueFields(d)
		assert.Equal(t, "2026-10-29", date.String())
		assert.True(t, settled)
		assert.NotEmpty(t, d.Explain())
		b, err := json.Marshal(l)
		require.NoError(t, err)
		assert.Equal(t, `"`+l.String()+`"`, string(b))
	})
	t.Run("a finding", func(t *testing.T) {
		text := "身份证号：532398198503072211。"
		fs := secrecy.Scan(text)
		require.Len(t, fs, 1)
		start, end, kind := findingFields(fs[0])
		assert.Equal(t, "532398198503072211", text[start:end])
		assert.Equal(t, "cn_id18", kind.String())
		r, err := secrecy.Redact(text, nil)
		require.NoError(t, err)
		out, cuts := renditionFields(r)
		assert.NotContains(t, out, "532398")
		assert.Len(t, cuts, 1)
	})
	t.Run("a catalog", func(t *testing.T) {
		c, _ := catalog.ReadCSV(strings.NewReader("序号,事项,公开时限\n1,预算,20个工作日内\n"), nil)
		es, ns := entries(c)
		assert.Len(t, es, 1)
		assert.Len(t, ns, 1)
	})
	t.Run("a faulty definition", func(t *testing.T) {
		_, err := workflow.Compile(literal())
		require.Error(t, err)
	})
	t.Run("an office", func(t *testing.T) {
		p, err := profile.Load("chuxiong")
		require.NoError(t, err)
		o, err := disclosure.Open(config(p, nil))
		require.NoError(t, err)
		r, err := o.Do(context.Background(), disclosure.Act{
			Key: "k", Actor: workflow.Actor{ID: "u", Roles: []workflow.Role{"drafter"}}, Case: "c1", Expect: 0, On: deadline.Date{},
			Command: disclosure.Register{Kind: "document", Title: "通知"},
		})
		require.NoError(t, err)
		assert.Equal(t, disclosure.CaseID("c1"), r.Case)
	})
}
