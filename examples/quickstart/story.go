package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"golang.org/x/text/language"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/law"
	"github.com/opengongkai/gongkai/workflow"
)

// The people are invented, and so is everything that the document says.
var (
	drafter   = person("起草人", "projects", "drafter")
	section   = person("科室负责人", "projects", "section-head")
	office    = person("办公室", "office", "office")
	leader    = person("分管领导", "leadership", "leader")
	reviewer  = person("保密审查人员", "office", "reviewer")
	publisher = person("商务运行科", "operations", "publisher")
)

func person(id string, unit workflow.Unit, role workflow.Role) workflow.Actor {
	return workflow.Actor{ID: id, Unit: unit, Roles: []workflow.Role{role}}
}

// draft names a made-up recipient under a number whose county code was never
// assigned, so that it can belong to nobody.
const draft = `关于下达2026年农产品流通项目补助资金的通知

各县市商务局：
经公示无异议，现下达农产品流通项目补助资金。补助对象：张三，公民身份号码532398198503072211，联系电话13900000000，补助金额20000元。
请于本月底前拨付到位。

楚雄州商务局
2026年9月25日
`

// day is the clock of the story: it stands at nine in the morning.
type day struct{ now time.Time }

func (d *day) Now() time.Time { return d.now }
func (d *day) to(date string) { d.now = deadline.MustParseDate(date).Time().Add(9 * time.Hour) }

// screen is a carrier of this example: it shows what it is given.
type screen struct {
	out  io.Writer
	name string
	day  *day
}

func (s screen) Publish(_ context.Context, p disclosure.Publication) (disclosure.Published, error) {
	fmt.Fprintf(s.out, "    %s收到《%s》（%s，%d 字节）\n", s.name, p.Title, forms[p.Form], len(p.Body))
	return disclosure.Published{At: s.day.Now()}, nil
}

var forms = map[disclosure.Form]string{disclosure.FullText: "全文", disclosure.Redaction: "删减后的文本", disclosure.TitleOnly: "标题和索引号"}

type story struct {
	out   io.Writer
	o     *disclosure.Office
	day   *day
	run   string // makes the keys of this run differ from those of another on the same file
	id    disclosure.CaseID
	acts  int
	steps int
}

func (s *story) title(text string) {
	s.steps++
	fmt.Fprintf(s.out, "\n%d、%s\n", s.steps, text)
}

func (s *story) say(format string, a ...any) { fmt.Fprintf(s.out, "    "+format+"\n", a...) }

func (s *story) try(who workflow.Actor, c disclosure.Command) (disclosure.Result, error) {
	s.acts++
	return s.o.Do(context.Background(), disclosure.Act{
		Key: fmt.Sprintf("%s-%d", s.run, s.acts), Actor: who, Case: s.id, Command: c,
	})
}

// refused tries what must not succeed and shows the rule.
func (s *story) refused(what string, who workflow.Actor, c disclosure.Command) error {
	if _, err := s.try(who, c); err != nil {
		s.say("%s %s", mark(false), what)
		s.say("  被拒绝：%s", s.o.Profile().Say(err, language.SimplifiedChinese))
		return nil
	}
	return fmt.Errorf("%s: 应当被拒绝而没有被拒绝", what)
}

func mark(ok bool) string {
	if ok {
		return "✓"
	}
	return "✗"
}

// do does what must succeed.
func (s *story) do(what string, who workflow.Actor, c disclosure.Command) (disclosure.Result, error) {
	r, err := s.try(who, c)
	if err != nil {
		return r, fmt.Errorf("%s: %w", what, err)
	}
	s.say("%s %s：%s", mark(true), who.ID, what)
	return r, nil
}

// privacyGround: what would harm a third party's privacy is not disclosed, and
// what can be told apart is disclosed without it.
var privacyGround = []law.Citation{law.GovInfoRegulation2019.Art(15), law.GovInfoRegulation2019.Art(37)}

func runID() (string, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return "quickstart-" + hex.EncodeToString(b[:]), nil
}
