package catalog

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/deadline/draw"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// DutyKind says why a date stands in a schedule.
type DutyKind string

// The kinds of duty.
const (
	DutyPeriodic  DutyKind = "periodic"  // 每季度 …
	DutyFixed     DutyKind = "fixed"     // 每年1月31日前 …
	DutyStatutory DutyKind = "statutory" // set by law, whatever the catalog says
	DutyChange    DutyKind = "change"    // disclosed anew because its content has changed
)

// Duty is one date of a year that the catalog, or the law beside it, obliges to:
// something is to be disclosed in the window From … By, both inside.
type Duty struct {
	Kind    DutyKind
	Entry   int // index into Catalog.Entries, −1 = none
	Node    int // index into Entry.Nodes
	Title   string
	Step    string // the node's name, where there are several
	Lead    string
	Limit   string           // the canonical phrase
	From    deadline.Date    // first day of the window; zero = none is named
	By      deadline.Date    // last day in time; zero = not settled, see Bound
	Bound   [2]deadline.Date // earliest and latest that By can be
	Settled bool
	Cite    law.Citation // of a statutory duty
}

// Standing is an obligation without a date in the year: it runs from an event,
// or is permanent or at once.
type Standing struct {
	Entry int
	Node  int
	Title string
	Lead  string
	Limit deadline.Limit
}

// Schedule is all that a catalog obliges to in a year.
type Schedule struct {
	Agency   string
	Year     int
	Duties   []Duty // by last day, then title
	Standing []Standing
	Unread   int // nodes whose limit was not understood or is missing
}

// ScheduleOptions add what the law obliges an agency to beside its catalog.
type ScheduleOptions struct {
	Department bool // 县级以上人民政府部门: annual report by 31 January (条例第四十九条第一款)
	Government bool // 县级以上地方人民政府: annual report by 31 March (第二款)
	Revision   bool // the catalog is revised once a year
}

// maxDuties bounds a schedule: a hundred thousand entries that are due every
// working day have no calendar that anyone reads.
const maxDuties = 500_000

// Schedule lists every date of a year (1 January … 31 December) to which the
// catalog obliges. Windows are reckoned on the calendar, nil = the built-in one
// with the projection; on a strict calendar a day that is not settled has no By
// but a Bound. Entries joined to one above share its limit and are not repeated.
// The error joins what the calendar refused; the rest of the schedule stands.
func (c *Catalog) Schedule(year int, cal *deadline.Calendar, o *ScheduleOptions) (*Schedule, error) {
	if cal == nil {
		cal = deadline.China().Projected()
	}
	s := &Schedule{Agency: c.Agency, Year: year}
	a, b := deadline.NewDate(year, time.January, 1), deadline.NewDate(year, time.December, 31)
	if a.IsZero() {
		return s, fmt.Errorf("catalog: schedule: no such year: %d", year)
	}
	var opt ScheduleOptions
	if o != nil {
		opt = *o
	}
	k := scheduler{s: s, cal: cal, a: a, b: b, windows: map[string][]deadline.Due{}}
	for i := range c.Entries {
		e := &c.Entries[i]
		if e.Joined && e.Filled.Has(FieldLimit) {
			continue
		}
		for n := range e.Nodes {
			k.node(e, i, n)
		}
	}
	k.statutory(opt)
	slices.SortStableFunc(s.Duties, func(x, y Duty) int {
		return cmp.Or(x.last().Compare(y.last()), x.From.Compare(y.From), strings.Compare(x.Title, y.Title))
	})
	return s, errors.Join(k.errs...)
}

// last is the day by which a duty is sorted and planned.
func (d Duty) last() deadline.Date {
	if !d.By.IsZero() {
		return d.By
	}
	return d.Bound[0]
}

type scheduler struct {
	s       *Schedule
	cal     *deadline.Calendar
	a, b    deadline.Date
	windows map[string][]deadline.Due
	texts   limitCache
	errs    []error
}

func (k *scheduler) node(e *Entry, i, n int) {
	nd := &e.Nodes[n]
	lead := nd.Lead
	if lead == "" {
		lead = e.Lead
	}
	dated := false
	for _, text := range []string{nd.LimitText, nd.Update} {
		if text == "" {
			continue
		}
		l := k.texts.get(text)
		for _, c := range l.limit.Clauses() {
			switch {
			case c.Role != deadline.RoleNone:
			case c.Kind == deadline.LimitPeriodic || c.Kind == deadline.LimitFixedDate:
				dated = k.dates(e, i, n, lead, c) || dated
			case text == nd.LimitText:
				k.s.Standing = append(k.s.Standing, Standing{i, n, e.Title(), lead, c})
			}
		}
	}
	if l := k.texts.get(nd.LimitText); nd.LimitText == "" || l.limit.IsZero() && !dated {
		k.s.Unread++
	}
}

// dates adds the windows of a periodic or fixed limit in the year.
func (k *scheduler) dates(e *Entry, i, n int, lead string, l deadline.Limit) bool {
	phrase := l.String()
	ws, ok := k.windows[phrase]
	if !ok {
		var err error
		ws, err = l.Occurrences(k.cal, k.a, k.b)
		if errors.Is(err, deadline.ErrUnsettled) {
			ws = k.unsettled(l, ws)
		}
		if err != nil && !errors.Is(err, deadline.ErrUnsettled) && len(k.errs) < 100 {
			k.errs = append(k.errs, fmt.Errorf("catalog: schedule: %s: %w", phrase, err))
		}
		k.windows[phrase] = ws
	}
	kind := DutyPeriodic
	if l.Kind == deadline.LimitFixedDate {
		kind = DutyFixed
	}
	step := ""
	if len(e.Nodes) > 1 {
		step = e.Nodes[n].Name
	}
	for _, w := range ws {
		if len(k.s.Duties) >= maxDuties {
			return true
		}
		k.s.Duties = append(k.s.Duties, Duty{Kind: kind, Entry: i, Node: n, Title: e.Title(), Step: step, Lead: lead, Limit: phrase, From: w.From, By: w.Date, Bound: w.Bound, Settled: w.Settled})
	}
	return true
}

// unsettled goes on where a strict calendar stops: with the bounds that the
// projection gives, and no last day.
func (k *scheduler) unsettled(l deadline.Limit, ws []deadline.Due) []deadline.Due {
	from := k.a
	if n := len(ws); n > 0 {
		from = ws[n-1].Bound[1].AddDays(1)
	}
	more, err := l.Occurrences(k.cal.Projected(), from, k.b)
	if err != nil && len(k.errs) < 100 {
		k.errs = append(k.errs, fmt.Errorf("catalog: schedule: %s: %w", l, err))
	}
	for _, w := range more {
		if !w.Settled {
			w.Date = deadline.Date{}
		}
		ws = append(ws, w)
	}
	return ws
}

func (k *scheduler) statutory(o ScheduleOptions) {
	add := func(title, lead string, m time.Month, day int, cite law.Citation) {
		by := deadline.NewDate(k.s.Year, m, day)
		k.s.Duties = append(k.s.Duties, Duty{Kind: DutyStatutory, Entry: -1, Title: title, Lead: lead, Limit: fmt.Sprintf("每年%d月%d日前", int(m), day), From: k.a, By: by, Bound: [2]deadline.Date{by, by}, Settled: true, Cite: cite})
	}
	if o.Department {
		add("提交并公布上一年度政府信息公开工作年度报告", "政府信息公开工作机构", time.January, 31, law.GovInfoRegulation2019.Art(49).Para(1))
	}
	if o.Government {
		add("公布本级政府上一年度政府信息公开工作年度报告", "政府信息公开工作主管部门", time.March, 31, law.GovInfoRegulation2019.Art(49).Para(2))
	}
	if o.Revision {
		add("修订《公开目录》并经领导小组确认后发布", "公开办", time.December, 31, law.Own.Sec("目录每年修订"))
	}
}

var dutyTitles = map[DutyKind]string{DutyPeriodic: "周期", DutyFixed: "定日", DutyStatutory: "法定", DutyChange: "变更"}

// Chinese is the name of the kind.
func (k DutyKind) Chinese() string { return dutyTitles[k] }

func (d Duty) name() string {
	if d.Step != "" {
		return d.Title + "／" + d.Step
	}
	return d.Title
}

// refresh is what is owed on a change where the catalog sets no period from it.
var refresh = deadline.MustParseLimit("信息形成或者变更之日起20个工作日内")

// Disclosures are what changes make due (保鲜): each entry that is new or has
// changed is disclosed within its own limit from the day of the change, or within
// twenty working days where it has none that runs from a change (条例第二十六条).
// cal nil = the built-in one with the projection.
func (cs Changes) Disclosures(cal *deadline.Calendar, on deadline.Date) ([]Duty, error) {
	if cal == nil {
		cal = deadline.China().Projected()
	}
	var l []Duty
	var errs []error
	for _, c := range cs {
		e := c.New
		if e == nil || e.Joined {
			continue
		}
		for n := range e.Nodes {
			limit, cite := refresh, law.GovInfoRegulation2019.Art(26)
			read, _ := e.Nodes[n].Limit() // what was not understood leaves twenty days
			for _, x := range read.Clauses() {
				if x.Kind == deadline.LimitWithin && x.Role == deadline.RoleNone && fromFormation(x.From) {
					limit, cite = x, law.Citation{}
					break
				}
			}
			d, err := limit.Due(cal, on)
			if err != nil && !errors.Is(err, deadline.ErrUnsettled) {
				errs = append(errs, fmt.Errorf("catalog: disclosure of %q: %w", e.Title(), err))
				continue
			}
			lead := cmp.Or(e.Nodes[n].Lead, e.Lead)
			l = append(l, Duty{Kind: DutyChange, Entry: -1, Node: n, Title: e.Title(), Step: e.Nodes[n].Name, Lead: lead, Limit: limit.String(), From: d.From, By: d.Date, Bound: d.Bound, Settled: d.Settled, Cite: cite})
		}
	}
	return l, errors.Join(errs...)
}

// WriteCSV writes one line a duty: 起, 止, 最早, 最迟, 事项, 责任部门, 时限, 种类.
func (s *Schedule) WriteCSV(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("\uFEFF")
	writeRecord(b, []string{"起始日", "截止日", "最早", "最迟", "事项", "责任部门", "公开时限", "种类", "依据"}, ',')
	for _, d := range s.Duties {
		cite := ""
		if !d.Cite.IsZero() {
			cite = d.Cite.String()
		}
		writeRecord(b, []string{d.From.String(), d.By.String(), d.Bound[0].String(), d.Bound[1].String(), d.name(), d.Lead, d.Limit, d.Kind.Chinese(), cite}, ',')
	}
	return b.Flush()
}

// WriteICal writes the duties as whole-day events on their last day, with a
// reminder of so many days (0 = none). stamp is when the file is made.
func (s *Schedule) WriteICal(w io.Writer, stamp time.Time, reminder int) error {
	f := draw.File{Name: fmt.Sprintf("%s%d年公开日程", s.Agency, s.Year), Stamp: stamp}
	used := map[string]int{}
	for _, d := range s.Duties {
		if d.last().IsZero() {
			continue
		}
		text := "时限：" + d.Limit
		if d.Lead != "" {
			text = "责任部门：" + d.Lead + "\n" + text
		}
		if !d.From.IsZero() && d.From != d.last() {
			text += "\n可以公开的时段：" + d.From.Chinese() + "至" + d.last().Chinese()
		}
		if !d.Settled {
			text += "\n该日尚未由放假通知确定，以最早的一日安排"
		}
		uid := fmt.Sprintf("%s-%d-%d-%s@catalog", d.last(), d.Entry, d.Node, shortHash(d.name()+d.Limit))
		if used[uid]++; used[uid] > 1 {
			continue
		}
		f.Events = append(f.Events, draw.Event{UID: uid, Date: d.last(), Summary: "公开：" + d.name(), Description: text, Category: d.Kind.Chinese(), AlarmDays: reminder})
	}
	_, err := f.WriteTo(w)
	return err
}

func shortHash(s string) string {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return fmt.Sprintf("%016x", h)
}

// WriteMarkdown prints the schedule as a work plan (年度工作计划): month by month
// what is due, by whom, then what runs from events.
func (s *Schedule) WriteMarkdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s%d年信息公开工作计划\n", s.Agency, s.Year)
	month := time.Month(0)
	for _, d := range s.Duties {
		if m := d.last().Month(); m != month {
			month = m
			fmt.Fprintf(b, "\n## %d月\n\n| 截止日 | 事项 | 责任部门 | 时限 |\n| --- | --- | --- | --- |\n", int(m))
		}
		day := d.By.String()
		if day == "" {
			day = d.Bound[0].String() + " 至 " + d.Bound[1].String()
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", day, cellText(d.name()), cellText(d.Lead), cellText(d.Limit))
	}
	if len(s.Duties) == 0 {
		b.WriteString("\n没有按日期公开的事项。\n")
	}
	if len(s.Standing) > 0 {
		type key struct{ lead, limit string }
		count := map[key]int{}
		var order []key
		for _, x := range s.Standing {
			id := key{x.Lead, x.Limit.String()}
			if count[id]++; count[id] == 1 {
				order = append(order, id)
			}
		}
		b.WriteString("\n## 随事办理\n\n| 责任部门 | 时限 | 事项数 |\n| --- | --- | --- |\n")
		for _, id := range order {
			fmt.Fprintf(b, "| %s | %s | %d |\n", cellText(id.lead), cellText(id.limit), count[id])
		}
	}
	if s.Unread > 0 {
		fmt.Fprintf(b, "\n另有 %d 处时限没有写明或者读不懂，未列入计划。\n", s.Unread)
	}
	return b.Flush()
}
