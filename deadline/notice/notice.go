package notice

import (
	"errors"
	"fmt"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// Notice is one display as it was, or is to be. Days that are not known stay zero
// and are not judged.
type Notice struct {
	Rule    string          // ID of a built-in rule; "" = General
	Own     *Rule           // the agency's own rule; the higher of the two prevails
	Event   deadline.Date   // approval, decision: from which Publish runs
	Start   deadline.Date   // the day it was put up
	End     deadline.Date   // the last day, as announced
	Changed []deadline.Date // days on which its content was changed while it was up
	Reason  string          // why an ordinary period was shortened, as stated in the notice
	Result  deadline.Date   // the day the result was announced
	Fell    deadline.Date   // the day the decision was changed, revoked or found void
	Copies  []Copy          // where it stood and when it came down
	AsOf    deadline.Date   // the day of the check; zero = what is still open is not judged
}

// Copy is one place where the notice stood.
type Copy struct {
	Where string
	Down  deadline.Date // taken down or masked; zero = it still stands
}

// Severity says how grave a finding is. The zero value is undetermined: days that are
// not settled, or a text that was not read, decide.
type Severity string

// The severities.
const (
	Undetermined Severity = ""
	Warning      Severity = "warning"
	Serious      Severity = "breach"
)

// Breach is one finding.
type Breach struct {
	Code     string // DL-5xx
	Severity Severity
	Rule     string // ID
	Citation law.Citation
	Got      deadline.Date // the day that offends
	Want     deadline.Date // the day that would be right; zero where none can be named
	Where    string        // of a copy
	Detail   string        // Chinese, a sentence
}

// The codes of findings:
//
//	DL-501 shorter than the least       DL-502 longer than the most
//	DL-503 counted in the other unit    DL-504 the first day was counted
//	DL-505 ends on a day of rest        DL-506 changed while it was up, and not shown anew
//	DL-507 taken down before its end    DL-508 taken down late, or still up
//	DL-509 no result followed           DL-510 put up late
//	DL-511 outside the usual 2 to 7 days
//	DL-512 ends before it begins        DL-513 the text sets no number
//	DL-514 days that are not settled decide
const (
	codeShort     = "DL-501"
	codeLong      = "DL-502"
	codeUnit      = "DL-503"
	codeFirst     = "DL-504"
	codeRest      = "DL-505"
	codeChanged   = "DL-506"
	codeEarly     = "DL-507"
	codeStays     = "DL-508"
	codeResult    = "DL-509"
	codePublished = "DL-510"
	codeUsual     = "DL-511"
	codeBackwards = "DL-512"
	codeNumber    = "DL-513"
	codeUnsettled = "DL-514"
)

// check is one judging.
type check struct {
	n    Notice
	cal  *deadline.Calendar
	rule Rule
	out  []Breach
}

// Check judges a notice by the rule that prevails and returns all findings, in the
// order of the life of a notice; none means that nothing is wrong in what is known. An
// unknown rule, or a calendar that does not reach, is an error.
func Check(n Notice, cal *deadline.Calendar) ([]Breach, error) {
	on := n.Start
	if on.IsZero() {
		on = n.Event
	}
	if on.IsZero() {
		on = n.AsOf
	}
	rule, err := ruleOf(n, on)
	if err != nil {
		return nil, err
	}
	c := &check{n: n, cal: cal, rule: rule}
	for _, step := range []func() error{c.published, c.duration, c.changed, c.result, c.copies} {
		if err := step(); err != nil {
			return c.out, err
		}
	}
	return c.out, nil
}

func ruleOf(n Notice, on deadline.Date) (Rule, error) {
	id := n.Rule
	if id == "" {
		id = General
	}
	r, err := Lookup(id, on)
	if err != nil {
		if n.Own != nil && n.Rule == "" {
			return *n.Own, nil
		}
		return Rule{}, err
	}
	if n.Own != nil {
		r, _ = Prevailing(r, *n.Own)
	}
	return r, nil
}

func (c *check) find(code string, sev Severity, got, want deadline.Date, cite law.Citation, detail string, args ...any) {
	if cite.IsZero() {
		cite = c.rule.Citation
	}
	c.out = append(c.out, Breach{Code: code, Severity: sev, Rule: c.rule.ID, Citation: cite, Got: got, Want: want, Detail: fmt.Sprintf(detail, args...)})
}

// grave is the severity of undercutting the rule: what is only ordinarily so, and the general
// habit, is a warning; a text that was not read leaves it undetermined.
func (c *check) grave() Severity {
	switch {
	case c.rule.ID == General:
		return Warning
	case c.rule.Verification == law.FromMemory || c.rule.Verification == law.Unknown:
		return Undetermined
	}
	return Serious
}

// due reckons; settled false means that only a bound is known.
func (c *check) due(l deadline.Limit, from deadline.Date) (d deadline.Due, settled bool, err error) {
	d, err = l.Due(c.cal, from)
	if errors.Is(err, deadline.ErrUnsettled) {
		return d, false, nil
	}
	return d, d.Settled, err
}

// published judges how soon it was put up.
func (c *check) published() error {
	if c.rule.Publish.IsZero() || c.n.Event.IsZero() {
		return nil
	}
	d, _, err := c.due(c.rule.Publish, c.n.Event)
	if err != nil {
		return err
	}
	at := c.n.Start
	if at.IsZero() {
		if c.n.AsOf.IsZero() || !c.n.AsOf.After(d.Bound[0]) {
			return nil
		}
		at = c.n.AsOf
	}
	switch {
	case at.After(d.Bound[1]):
		c.find(codePublished, Serious, at, d.Bound[1], law.Citation{}, "应当%s公开，最后一日是%s，实际是%s", c.rule.Publish, d.Bound[1].Chinese(), at.Chinese())
	case at.After(d.Bound[0]):
		c.find(codeUnsettled, Undetermined, at, d.Bound[0], law.Citation{}, "最后一日在%s与%s之间，取决于尚未发布的放假通知", d.Bound[0].Chinese(), d.Bound[1].Chinese())
	}
	return nil
}

// span is the first and the last day on which the display may end, counted from a day.
func (c *check) span(from deadline.Date) (first, last, raw deadline.Date, settled bool, err error) {
	l := c.rule.Display
	d, settled, err := c.due(l, from)
	if err != nil {
		return
	}
	first, last = d.From, d.Date
	if l.Kind == deadline.LimitAtLeast {
		first = d.Bound[1]
	} else if last.IsZero() {
		last = d.Bound[1]
	}
	raw = first
	if l.Unit == deadline.UnitDay {
		raw = from.AddDays(l.N)
	}
	return first, last, raw, settled, nil
}

// duration judges the length of the display.
func (c *check) duration() error {
	n, l := c.n, c.rule.Display
	if n.Start.IsZero() || n.End.IsZero() {
		return nil
	}
	if n.End.Before(n.Start) {
		c.find(codeBackwards, Serious, n.End, deadline.Date{}, law.Citation{}, "公示的最后一日%s早于公布之日%s", n.End.Chinese(), n.Start.Chinese())
		return nil
	}
	if l.IsZero() {
		if c.rule.Publish.IsZero() {
			c.find(codeNumber, Undetermined, n.End, deadline.Date{}, law.Citation{}, "%s：规定没有写明天数", c.rule.Matter)
		}
		return nil
	}
	first, last, raw, settled, err := c.span(n.Start)
	if err != nil {
		return err
	}
	if !settled {
		d, _, err := c.due(l, n.Start)
		if err != nil {
			return err
		}
		if !n.End.Before(d.Bound[0]) && n.End.Before(d.Bound[1]) {
			c.find(codeUnsettled, Undetermined, n.End, d.Bound[1], law.Citation{}, "最早届满之日在%s与%s之间，取决于尚未发布的放假通知", d.Bound[0].Chinese(), d.Bound[1].Chinese())
			return nil
		}
	}
	switch {
	case n.End.Before(first):
		c.short(first, raw)
	case !last.IsZero() && n.End.After(last) && l.Kind == deadline.LimitBetween:
		c.long(last)
	default:
		if ok, err := c.cal.IsWorkday(n.End); err == nil && !ok {
			next, err := c.cal.OnOrAfter(n.End)
			if err == nil {
				c.find(codeRest, Warning, n.End, next, law.CivilCode.Art(203).Para(1), "最后一日%s是法定休假日，期间至%s届满", n.End.Chinese(), next.Chinese())
			}
		}
	}
	return nil
}

// short names the mistake behind a display that is too short.
func (c *check) short(first, raw deadline.Date) {
	n, l := c.n, c.rule.Display
	if c.rule.ID == General {
		c.find(codeUsual, Warning, n.End, first, law.Citation{}, "公示一般为2至7日，短于通常的期间，应当说明理由；最早应至%s", first.Chinese())
		return
	}
	sev := c.grave()
	if l.Severity != deadline.SeverityStrict {
		if n.Reason != "" {
			return // shortened, with its reason stated
		}
	}
	switch {
	case n.End == raw && raw != first:
		c.find(codeRest, sev, n.End, first, law.CivilCode.Art(203).Para(1), "最后一日%s是法定休假日，应当顺延至%s", n.End.Chinese(), first.Chinese())
		return
	case c.endsAt(l, n.Start.AddDays(-1)):
		c.find(codeFirst, sev, n.End, first, law.CivilCode.Art(201).Para(1), "公布的当日%s不计入，最早应至%s", n.Start.Chinese(), first.Chinese())
		return
	}
	other := l
	other.Unit = deadline.UnitDay
	if l.Unit == deadline.UnitDay {
		other.Unit = deadline.UnitWorkday
	}
	if c.endsAt(other, n.Start) || c.endsAt(other, n.Start.AddDays(-1)) || other.Unit == deadline.UnitDay && n.End == n.Start.AddDays(l.N) {
		word := map[deadline.Unit]string{deadline.UnitDay: "自然日", deadline.UnitWorkday: "工作日"}
		c.find(codeUnit, sev, n.End, first, law.Citation{}, "规定的是%d个%s，按%s计算了；最早应至%s", l.N, word[l.Unit], word[other.Unit], first.Chinese())
		return
	}
	detail := "公示%s，最早应至%s，实际只到%s"
	if l.Severity != deadline.SeverityStrict {
		detail += "；缩短的，应当说明理由"
	}
	c.find(codeShort, sev, n.End, first, law.Citation{}, detail, l, first.Chinese(), n.End.Chinese())
}

// endsAt reports that counting so would end on the announced day.
func (c *check) endsAt(l deadline.Limit, from deadline.Date) bool {
	d, settled, err := c.due(l, from)
	return err == nil && settled && d.From == c.n.End
}

func (c *check) long(last deadline.Date) {
	n, l := c.n, c.rule.Display
	switch {
	case c.rule.ID == General:
		c.find(codeUsual, Warning, n.End, last, law.Citation{}, "公示一般为2至7日，长于通常的期间，应当说明理由")
	case l.Severity != deadline.SeverityStrict && l.Max == l.N:
	case l.Severity != deadline.SeverityStrict:
		if n.Reason == "" {
			c.find(codeLong, Warning, n.End, last, law.Citation{}, "公示%s，最迟至%s，实际到%s", l, last.Chinese(), n.End.Chinese())
		}
	default:
		c.find(codeLong, c.grave(), n.End, last, law.Citation{}, "公示%s，最迟至%s，实际到%s", l, last.Chinese(), n.End.Chinese())
	}
}

// changed holds that a display whose content is changed begins anew (our reading).
func (c *check) changed() error {
	n := c.n
	if n.Start.IsZero() || n.End.IsZero() || c.rule.Display.IsZero() {
		return nil
	}
	var latest deadline.Date
	for _, d := range n.Changed {
		if d.After(n.Start) && !d.After(n.End) && d.After(latest) {
			latest = d
		}
	}
	if latest.IsZero() {
		return nil
	}
	first, _, _, _, err := c.span(latest)
	if err != nil {
		return err
	}
	if n.End.Before(first) {
		c.find(codeChanged, Warning, latest, first, law.Own.Sec("公示期间改变内容的，自改变之日起重新计算公示期"), "%s改变了内容，公示期自该日重新计算，最早应至%s", latest.Chinese(), first.Chinese())
	}
	return nil
}

// result holds that a display that is over is followed by a result.
func (c *check) result() error {
	n := c.n
	if !c.rule.Result || n.End.IsZero() || !n.Result.IsZero() || n.AsOf.IsZero() || !n.AsOf.After(n.End) {
		return nil
	}
	c.find(codeResult, Warning, n.AsOf, deadline.Date{}, law.Own.Sec("公示期满应当有结果"), "公示已于%s届满，没有公布结果", n.End.Chinese())
	return nil
}

// copies judges when each copy came down.
func (c *check) copies() error {
	n := c.n
	var down, fell deadline.Due
	var err error
	if !c.rule.TakeDown.IsZero() && !n.Start.IsZero() {
		if down, _, err = c.due(c.rule.TakeDown, n.Start); err != nil {
			return err
		}
	}
	if !c.rule.Withdraw.IsZero() && !n.Fell.IsZero() {
		if fell, _, err = c.due(c.rule.Withdraw, n.Fell); err != nil {
			return err
		}
	}
	for _, k := range n.Copies {
		at := k.Down
		stays := at.IsZero()
		if stays {
			at = n.AsOf
		}
		before := len(c.out)
		switch {
		case !stays && !n.End.IsZero() && at.Before(n.End) && n.Fell.IsZero():
			c.find(codeEarly, c.grave(), at, n.End, law.Citation{}, "公示至%s，%s即已撤下", n.End.Chinese(), at.Chinese())
		case !fell.Bound[1].IsZero() && at.After(fell.Bound[1]):
			c.find(codeStays, Serious, at, fell.Bound[1], withdrawal(c.rule), "决定已不再有效，应当在%s前撤回", fell.Bound[1].Chinese())
		case !fell.Bound[1].IsZero() && at.After(fell.Bound[0]):
			c.find(codeUnsettled, Undetermined, at, fell.Bound[0], withdrawal(c.rule), "撤回的最后一日取决于尚未发布的放假通知")
		case !down.Bound[1].IsZero() && at.After(down.Bound[1]):
			c.find(codeStays, Serious, at, down.Bound[1], takeDown(c.rule), "公示至%s届满，应当停止公示", down.Bound[1].Chinese())
		case !down.Bound[1].IsZero() && !stays && at.Before(down.Bound[0]) && n.Fell.IsZero() && n.End.IsZero():
			c.find(codeEarly, Warning, at, down.Bound[0], takeDown(c.rule), "公示期至%s，%s即已撤下", down.Bound[0].Chinese(), at.Chinese())
		}
		for i := before; i < len(c.out); i++ {
			c.out[i].Where = k.Where
		}
	}
	return nil
}

func withdrawal(r Rule) law.Citation {
	if len(r.Also) > 1 {
		return r.Also[1]
	}
	return r.Citation
}

func takeDown(r Rule) law.Citation {
	if len(r.Also) > 0 {
		return r.Also[0]
	}
	return r.Citation
}
