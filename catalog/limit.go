package catalog

import (
	"errors"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

// Limit is the node's limit as LimitText sets it. An error says what was not
// understood (see deadline.ParseLimit); of a compound of which one clause was not
// understood it comes with the limit of the rest. No text gives the zero Limit
// and no error.
func (n *Node) Limit() (deadline.Limit, error) {
	if n.LimitText == "" {
		return deadline.Limit{}, nil
	}
	if n.read != nil && n.read.text == n.LimitText {
		return n.read.limit, n.read.err
	}
	return deadline.ParseLimit(n.LimitText)
}

// readLimit is what a text means, shared by the nodes that say it.
type readLimit struct {
	text  string
	limit deadline.Limit
	err   error
}

// limitCache keeps what equal cells mean: a column of a hundred thousand cells
// holds some dozen phrases.
type limitCache map[string]*readLimit

const maxCachedLimits = 8192

func (c *limitCache) get(text string) *readLimit {
	if l, ok := (*c)[text]; ok {
		return l
	}
	l := &readLimit{text: text}
	l.limit, l.err = deadline.ParseLimit(text)
	if *c == nil {
		*c = limitCache{}
	}
	if len(*c) < maxCachedLimits {
		(*c)[text] = l
	}
	return l
}

// settleLimit reads the limit of a row and reports what is wrong with it, once
// where it is written and not again where it was filled from above.
func (r *reader) settleLimit(s *rowState) {
	n := s.n
	if n.LimitText != "" {
		n.LimitText = r.withUnit(n.LimitText)
		n.read = r.limits.get(n.LimitText)
		if n.read.err != nil && !s.e.Filled.Has(FieldLimit) {
			r.limitProblem(s, FieldLimit, n.read)
		}
	}
	for _, x := range [...]struct {
		f    Field
		text string
	}{{FieldNotice, n.Notice}, {FieldUpdate, n.Update}} {
		if x.text == "" || s.e.Filled.Has(x.f) {
			continue
		}
		if l := r.limits.get(x.text); l.err != nil && !(x.f == FieldNotice && bareDays(l.err)) {
			r.limitProblem(s, x.f, l)
		}
	}
}

// withUnit completes a bare number by the unit that the heading names: 20 under
// 公开时限（工作日） is 20个工作日.
func (r *reader) withUnit(text string) string {
	if len(text) > 9 || atoi(text) == 0 {
		return text
	}
	for _, c := range r.cols {
		if c.field != FieldLimit {
			continue
		}
		for _, u := range [][2]string{{"工作日", "个工作日"}, {"自然日", "日"}, {"天", "日"}, {"个月", "个月"}, {"小时", "小时"}, {"(日)", "日"}} {
			if strings.Contains(foldText(c.title), u[0]) {
				return itoa(atoi(text)) + u[1]
			}
		}
	}
	return text
}

// bareDays: a bare 「7天」 is no limit by itself, but under 公示期 it is one.
func bareDays(err error) bool {
	var le *deadline.LimitError
	return errors.As(err, &le) && le.Code == "DL-205"
}

func (r *reader) limitProblem(s *rowState, f Field, l *readLimit) {
	id := codeLimit
	switch {
	case !l.limit.IsZero():
		id = codeLimitPart
	case f == FieldNotice:
		id = codeNotice
	}
	p := Problem{Code: id, Row: s.row.Number, Heading: f.Title(), Says: l.text, Want: limitAdvice(l.err), Err: l.err}
	for i, c := range r.cols {
		if c.field == f {
			p.Column, p.Heading = i+1, c.title
			break
		}
	}
	r.report(p)
}

// limitAdvice says what to write instead, by the code of the error.
func limitAdvice(err error) string {
	var le *deadline.LimitError
	if !errors.As(err, &le) {
		return "写明期限，如「信息形成或者变更之日起20个工作日内」"
	}
	switch le.Code {
	case "DL-201":
		return "填写期限，如「信息形成或者变更之日起20个工作日内」"
	case "DL-202":
		return "写全期限，不写「同上」"
	case "DL-203":
		return "写明任期起止或者改写「长期公开」"
	case "DL-205":
		return "写明是公开期限、更新周期还是展示期限，如「每年更新」「形成之日起1年内」「公示期1年」"
	case "DL-206":
		return "写明周期，如「每季度」「每半年」"
	case "DL-207":
		return "写明所指文件的具体期限"
	case "DL-209":
		return "数字后写明单位：工作日、日、个月"
	case "DL-210", "DL-211":
		return "核对数字和日期"
	case "DL-212":
		return "写确定的数字"
	case "DL-213":
		return "写明具体时间"
	case "DL-214":
		return "期限一栏只写期限"
	case "DL-215":
		return "下限大于上限，核对两个数字"
	}
	return "写明期限，如「信息形成或者变更之日起20个工作日内」「每年1月31日前」「长期公开」"
}
