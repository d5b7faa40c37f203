package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/opengongkai/gongkai/catalog"
	"github.com/opengongkai/gongkai/disclosure"
	"github.com/opengongkai/gongkai/disclosure/ledger"
	"github.com/opengongkai/gongkai/disclosure/profile"
	"github.com/opengongkai/gongkai/secrecy"
)

//go:embed testdata/涉农补贴-铁力市.tsv
var catalogFile []byte

// tell plays the whole story on a store, and writes the dossier into dir unless
// that is empty.
func tell(out io.Writer, store disclosure.Store, dir string) error {
	p, err := profile.Load("chuxiong")
	if err != nil {
		return err
	}
	s := &story{out: out, day: &day{}}
	s.day.to("2026-09-24")
	publishers := map[string]disclosure.Publisher{}
	for _, c := range p.Carriers {
		publishers[c.ID] = screen{out: out, name: c.Name, day: s.day}
	}
	suite, err := newSuite()
	if err != nil {
		return err
	}
	s.o, err = disclosure.Open(disclosure.Config{Tenant: "chuxiong", Profile: p, Store: store, Suite: suite, Publishers: publishers, Now: s.day.Now})
	if err != nil {
		return err
	}
	if s.run, err = runID(); err != nil {
		return err
	}
	fmt.Fprintf(out, "规则书：《%s》\n人物和文件内容都是虚构的。\n", p.Title)
	for _, chapter := range []func() error{s.catalog, s.signing, s.screening, s.release, s.feedback, s.proof} {
		if err := chapter(); err != nil {
			return err
		}
	}
	if dir != "" {
		return s.dossier(dir)
	}
	return nil
}

func (s *story) catalog() error {
	s.title("读入公开目录，登记事项")
	c, err := catalog.ReadCSV(bytes.NewReader(catalogFile), nil)
	if err != nil && !errors.Is(err, catalog.ErrProblems) {
		return err
	}
	for _, e := range c.Entries {
		for _, n := range e.Nodes {
			s.say("%s　%s｜时限：%s｜载体：%s", e.Number, e.Title(), n.LimitText, strings.Join(n.Carriers, "、"))
		}
	}
	entry := c.Entries[0]
	s.id = ""
	r, err := s.do("登记“关于下达2026年农产品流通项目补助资金的通知”", drafter, disclosure.Register{
		Kind: "document", Unit: "projects", Title: "关于下达2026年农产品流通项目补助资金的通知", Entry: entry.Number,
	})
	if err != nil {
		return err
	}
	s.id = r.Case
	_, err = s.do("附上正文", drafter, disclosure.Attach{Texts: []disclosure.Text{{Name: "正文.txt", Bytes: []byte(draft)}}})
	return err
}

func (s *story) signing() error {
	s.title("四级审签，确定公开属性")
	if _, err := s.do("在“密级”处填写“此件公开发布”", drafter, disclosure.Opine{On: "propose", Words: "此件公开发布"}); err != nil {
		return err
	}
	if _, err := s.do("“同意此件公开发布”", section, disclosure.Opine{On: "section-opinion", Words: "同意此件公开发布"}); err != nil {
		return err
	}
	if err := s.refused("跳过办公室，领导直接签发", leader, disclosure.Opine{On: "leader-sign", Words: "此件公开发布"}); err != nil {
		return err
	}
	if _, err := s.do("“此件应删减后公开”，理由：附有补助对象的身份证号和电话", office, disclosure.Opine{
		On: "office-opinion", Words: "此件应删减后公开", Reason: "附有补助对象的身份证号和电话",
		Grounds: privacyGround,
	}); err != nil {
		return err
	}
	if err := s.refused("领导只签“同意”", leader, disclosure.Opine{On: "leader-sign", Words: "同意"}); err != nil {
		return err
	}
	if _, err := s.do("“此件删减后公开”，签发", leader, disclosure.Opine{On: "leader-sign", Words: "此件删减后公开"}); err != nil {
		return err
	}
	c, err := s.o.Case(context.Background(), s.id)
	if err != nil {
		return err
	}
	s.say("审批处理签：%s", c.Determination(s.o.Profile()).Line())
	due, err := s.o.Clocks(context.Background(), c)
	if err != nil {
		return err
	}
	for _, d := range due {
		s.say("时限“%s”：最后一日 %s", d.Name, d.Due.Safe().Chinese())
		for _, line := range strings.Split(strings.TrimRight(d.Due.Explain(), "\n"), "\n") {
			s.say("  %s", line)
		}
	}
	return nil
}

func (s *story) screening() error {
	s.title("印制、移交，检测与删减，保密审查")
	for _, x := range []struct {
		what string
		who  int
		cmd  disclosure.Command
	}{
		{"印制", 0, disclosure.Take{On: "print"}},
		{"编号登记", 1, disclosure.Take{On: "register"}},
		{"用印", 1, disclosure.Take{On: "seal"}},
		{"持审批单移交商务运行科", 0, disclosure.Take{On: "hand-over"}},
	} {
		who := drafter
		if x.who == 1 {
			who = office
		}
		if _, err := s.do(x.what, who, x.cmd); err != nil {
			return err
		}
	}
	s.say("检测发现：")
	for _, f := range secrecy.Scan(draft) {
		s.say("  第 %d—%d 字节　%s", f.Start, f.End, f.Kind.Chinese())
	}
	if err := s.refused("没有删减就发布", publisher, disclosure.Release{On: "publish", Carriers: []string{"website", "new-media"}}); err != nil {
		return err
	}
	c, err := s.o.Case(context.Background(), s.id)
	if err != nil {
		return err
	}
	made, err := s.do("制作删减后的文本", reviewer, disclosure.Redact{Part: c.Parts[0].ID, Basis: privacyGround[0]})
	if err != nil {
		return err
	}
	text, err := s.o.Text(context.Background(), s.id, made.Parts[0])
	if err != nil {
		return err
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		s.say("  │ %s", line)
	}
	if err := s.refused("没有保密审查就发布", publisher, disclosure.Release{On: "publish", Carriers: []string{"website", "new-media"}}); err != nil {
		return err
	}
	_, err = s.do("逐项保密审查：可以公开", reviewer, disclosure.Review{Checks: disclosure.NothingFound(), Verdict: secrecy.Clear})
	return err
}

func (s *story) release() error {
	s.title("发布：先提交，再出门，回执之日才是公开之日")
	if _, err := s.do("指令在两个载体同时发布", publisher, disclosure.Release{On: "publish", Carriers: []string{"website", "new-media"}, Together: true}); err != nil {
		return err
	}
	s.day.to("2026-09-28")
	if _, err := s.o.Deliver(context.Background(), 10); err != nil {
		return err
	}
	c, err := s.o.Case(context.Background(), s.id)
	if err != nil {
		return err
	}
	for _, r := range c.Releases {
		carrier, _ := s.o.Profile().Carrier(r.Carrier)
		s.say("%s：%s公开", carrier.Name, r.Published.Chinese())
	}
	due, err := s.o.Clocks(context.Background(), c)
	if err != nil {
		return err
	}
	s.say("还在计算的时限：%d 个", len(due))
	return nil
}

func (s *story) feedback() error {
	s.title("反馈、答复、归档（楚雄的方案没有写这两步，按本库的读法）")
	s.day.to("2026-09-30")
	f, err := s.do("收到电话反馈：“拨付到哪一天为止？”", publisher, disclosure.Hear{On: "opinion", Channel: "电话", Text: "拨付到哪一天为止？"})
	if err != nil {
		return err
	}
	if _, err := s.do("答复：“本月底前。”", section, disclosure.Answer{On: "answer", Feedback: f.Feedback, Text: "本月底前。"}); err != nil {
		return err
	}
	_, err = s.do("归档", drafter, disclosure.Take{On: "archive"})
	return err
}

func (s *story) proof() error {
	s.title("校验记录，再改动一个字节")
	faults, err := s.o.Verify(context.Background(), s.id)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("记录校验不过：%v", faults)
	}
	c, err := s.o.Case(context.Background(), s.id)
	if err != nil {
		return err
	}
	s.say("%s %d 条记录，环环相扣，末条摘要 %.16s…", mark(true), len(c.Records), hex.EncodeToString(c.Head[:]))
	seq := len(c.Records) / 2
	c.Records[seq].Private = bytes.Clone(c.Records[seq].Private)
	c.Records[seq].Private[20] ^= 1
	s.say("把第 %d 条记录（%s）改动一个字节：", c.Records[seq].Seq, c.Records[seq].Type)
	for _, f := range ledger.VerifyChain("chuxiong", string(s.id), c.Records, ledger.Standard()) {
		s.say("%s %s", mark(false), f.Explain())
	}
	return nil
}
