package catalog

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/workflow"
)

//go:embed revision.json
var revisionJSON []byte

// RevisionDefinition is the procedure by which a version of a catalog comes into
// being and is changed: 部门编制 → 公开办汇总 → 领导小组审核 → 发布 → 备案, once a
// year; changes, withdrawals and late registrations in between. A version is a
// case of kind catalog that runs on it.
func RevisionDefinition() workflow.Definition {
	var d workflow.Definition
	if err := json.Unmarshal(revisionJSON, &d); err != nil {
		panic(err) // a built-in table
	}
	return d
}

// AmendmentKind says what an amendment does to an entry.
type AmendmentKind string

// The kinds of amendment.
const (
	Amend     AmendmentKind = "amend"     // 变更
	Withdraw  AmendmentKind = "withdraw"  // 撤销: the entry should not stand in the catalog
	Terminate AmendmentKind = "terminate" // 终止: the matter itself has ended
	Register  AmendmentKind = "register"  // 登记: a matter that was not foreseen
)

// Amendment is one change of a catalog in force, with the papers it needs: a
// statement of the department, the approval of the leading group, and the filing
// with the disclosure office and the supervision office. A routine matter may be
// registered without approval, also while it runs (边公开边补录).
type Amendment struct {
	Kind       AmendmentKind
	Key        string // Entry.Key of the entry concerned; "" for Register
	Entry      Entry  // the entry as it shall stand; unused by Withdraw and Terminate
	Department string
	Statement  string        // 情况说明
	Approval   string        // the paper of the leading group
	Approved   deadline.Date // zero = not approved
	Started    deadline.Date // of Register: the day the matter began; zero = it has not
	On         deadline.Date // the day it takes effect
	Filed      []string      // with whom: 公开办, 整顿办
}

// The offices with which an amendment is filed.
var filingOffices = []string{"公开办", "整顿办"}

// Unfiled lists the offices with which it has yet to be filed.
func (a Amendment) Unfiled() []string {
	var l []string
	for _, o := range filingOffices {
		if !slices.ContainsFunc(a.Filed, func(f string) bool { return strings.Contains(foldText(f), o) }) {
			l = append(l, o)
		}
	}
	return l
}

// Check lists what keeps the amendment from taking effect.
func (a Amendment) Check() Problems {
	var ps Problems
	add := func(id, says, want string) {
		r := ruleOf(id)
		ps = append(ps, Problem{Code: id, Severity: r.Severity, Says: clip(says), Want: want, Rule: r.Cite})
	}
	name := a.Key
	if name == "" {
		name = a.Entry.Title()
	}
	routine := a.Kind == Register && a.Entry.Importance == Routine
	switch a.Kind {
	case Amend, Withdraw, Terminate:
		if strings.TrimSpace(a.Statement) == "" {
			add(ruleStatement, name, "由业务相关职能（承办）部门提交情况说明")
		}
	case Register:
		if a.Entry.Importance == 0 {
			add(ruleImportance, name, "由领导小组核定为常规、重要或者特殊")
		}
	default:
		add(ruleAmendmentKind, string(a.Kind), "变更、撤销、终止或者登记")
	}
	if a.Department == "" {
		add(ruleNoLead, name, "写明承办部门")
	}
	if !routine {
		switch {
		case a.Approved.IsZero() || a.Approval == "":
			add(ruleApproval, name, "经领导小组审核通过后实施")
		case !a.On.IsZero() && a.On.Before(a.Approved):
			add(ruleApproval, name, "审核通过之日（"+a.Approved.String()+"）前不得实施")
		case a.Kind == Register && !a.Started.IsZero() && a.Started.Before(a.Approved):
			add(ruleBeforeStart, name, "重要、特殊事项应在办事发起前审核")
		}
	}
	return ps
}

// Apply returns the catalog with the amendments made, in their order; the
// catalog itself is left as it is. An amendment whose papers are not in order,
// or whose entry is not found, is not made and reported; the others are.
func (c *Catalog) Apply(as ...Amendment) (*Catalog, error) {
	d := *c
	d.Entries = slices.Clone(c.Entries)
	d.Problems = nil
	var ps Problems
	for _, a := range as {
		if bad := a.Check(); bad.Err() != nil {
			ps = append(ps, bad...)
			continue
		}
		if a.Kind == Register {
			e := a.Entry
			e.Late = !a.Started.IsZero() && !a.On.IsZero() && a.Started.Before(a.On) || e.Late
			if e.Lead == "" {
				e.Lead = a.Department
			}
			if a.Approval != "" {
				e.Approval = a.Approval
			}
			d.Entries = append(d.Entries, e)
			continue
		}
		i := slices.IndexFunc(d.Entries, func(e Entry) bool { return e.Key() == a.Key })
		if i < 0 {
			r := ruleOf(ruleNotFound)
			ps = append(ps, Problem{Code: r.Code, Severity: r.Severity, Says: clip(a.Key), Want: "核对事项名称或者索引号", Rule: r.Cite})
			continue
		}
		if a.Kind == Amend {
			e := a.Entry
			e.Approval = a.Approval
			d.Entries[i] = e
			continue
		}
		n := i + 1
		for n < len(d.Entries) && d.Entries[n].Joined {
			n++
		}
		d.Entries = slices.Delete(d.Entries, i, n)
	}
	return &d, ps.Err()
}

// InForce is the version that was in force on a day: of those whose From is not
// after it and whose Until is not before it, the one with the latest From, and of
// equal ones the highest Version. nil when none was; versions without From are
// drafts.
func InForce(versions []*Catalog, on deadline.Date) *Catalog {
	var best *Catalog
	for _, v := range versions {
		if v == nil || v.From.IsZero() || v.From.After(on) || !v.Until.IsZero() && v.Until.Before(on) {
			continue
		}
		if best == nil || v.From.After(best.From) || v.From == best.From && v.Version > best.Version {
			best = v
		}
	}
	return best
}

// CheckYearly lists the years from the first version's to year in which no
// version came into force: 《公开目录》每年修订一次.
func CheckYearly(versions []*Catalog, year int) Problems {
	first := 0
	have := map[int]bool{}
	for _, v := range versions {
		if v == nil || v.From.IsZero() {
			continue
		}
		y := v.From.Year()
		have[y] = true
		if first == 0 || y < first {
			first = y
		}
	}
	var ps Problems
	r := ruleOf(ruleYearly)
	for y := first; first > 0 && y <= year && y-first < 200; y++ {
		if !have[y] {
			ps = append(ps, Problem{Code: r.Code, Severity: r.Severity, Says: itoa(y) + "年", Want: "修订并经领导小组确认后以正式文件发布", Rule: r.Cite})
		}
	}
	return ps
}

// bengbuTitle is the scheme from which the rules of revision are taken.
const bengbuTitle = "蚌埠市烟草专卖局(公司)推进办事公开民主管理同业务工作深度融合实施细则"
