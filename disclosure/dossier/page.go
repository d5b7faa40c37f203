package dossier

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/ledger"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// view is what both pages print.
type view struct {
	Title, Agency, Case, Made string
	Personal                  bool
	Summary                   []shown
	Documents                 []shownDocument
	Rows                      []shownRow
	Erased                    int // records whose private part was erased by law before the export
	Head                      string
	Proof                     *shownProof
}

type shown struct{ Label, Value string }

type shownDocument struct {
	No                              int
	Name, Author, Day, Digest, File string
	Note                            string
}

type shownRow struct {
	Seq                                    int64
	On, Written, Event, Actor, Text, Basis string
	Fields                                 []shown
	Erased, Placed                         bool
}

type shownProof struct {
	Size, Time, Root, Note string
	Placed, Records        int
	Keys                   []string
	AnchoredSize           string
	AnchoredTime           string
	AnchoredAt             string
}

func newView(c *Case, o *Options, m *Manifest) *view {
	v := &view{Title: m.Title, Agency: c.Agency, Case: c.ID, Made: clock(c.Made), Personal: o.Personal, Head: m.Head.String()}
	value := func(f Field) shown {
		if f.Personal && !o.Personal {
			return shown{f.Label, mask}
		}
		return shown{f.Label, f.Value}
	}
	for _, f := range c.Summary {
		v.Summary = append(v.Summary, value(f))
	}
	for i, d := range m.Documents {
		s := shownDocument{No: i + 1, Name: d.Name, Author: d.Author, Day: d.Day, File: d.File}
		switch {
		case d.Masked:
			s.Note = "含个人信息，未附"
		case d.File == "":
			s.Note = "正文未附"
		}
		if !d.Masked {
			s.Digest = d.Digest.String()[:16]
		}
		v.Documents = append(v.Documents, s)
	}
	placed := map[int64]bool{}
	for _, p := range c.Proof.Places {
		placed[p.Seq] = true
	}
	records := map[int64]*ledger.Record{}
	for i := range c.Records {
		records[c.Records[i].Seq] = &c.Records[i]
		if c.Records[i].Erased() {
			v.Erased++
		}
	}
	for _, row := range c.rows() {
		s := shownRow{Seq: row.Seq, Event: row.Event, Text: row.Text, Basis: row.Basis, Placed: placed[row.Seq]}
		if r := records[row.Seq]; r != nil {
			s.On, s.Written, s.Actor, s.Erased = r.On, clock(r.Time), c.name(r.Actor), r.Erased()
		}
		for _, f := range row.Fields {
			s.Fields = append(s.Fields, value(f))
		}
		v.Rows = append(v.Rows, s)
	}
	if cp, err := ledger.ParseCheckpoint(string(c.Proof.Checkpoint)); err == nil {
		p := &shownProof{Size: fmt.Sprint(cp.Size), Time: clock(cp.Time), Root: cp.Root.String(), Note: string(c.Proof.Checkpoint), Placed: len(placed), Records: len(c.Records)}
		for _, k := range c.Proof.Keys {
			p.Keys = append(p.Keys, k.String())
		}
		if a, err := ledger.ParseCheckpoint(string(c.Proof.Anchored)); err == nil {
			p.AnchoredSize, p.AnchoredTime, p.AnchoredAt = fmt.Sprint(a.Size), clock(a.Time), c.Proof.AnchoredAt
		}
		v.Proof = p
	}
	return v
}

func (v *view) html() ([]byte, error) {
	var b bytes.Buffer
	err := page.Execute(&b, v)
	return b.Bytes(), err
}

// markdown is the page for readers without a browser. Whatever comes from the
// case is escaped, so that it stays text.
func (v *view) markdown() []byte {
	var b strings.Builder
	p := func(format string, args ...any) {
		for i, a := range args {
			if s, ok := a.(string); ok {
				args[i] = escapeMarkdown(s)
			}
		}
		fmt.Fprintf(&b, format, args...)
	}
	p("# 卷宗：%s\n\n", v.Title)
	if v.Agency != "" {
		p("- 机关：%s\n", v.Agency)
	}
	p("- 卷宗标识：%s\n- 制作时间：%s\n", v.Case, v.Made)
	for _, f := range v.Summary {
		p("- %s:%s\n", f.Label, f.Value)
	}
	if !v.Personal {
		p("\n> 本卷宗不含个人信息：相关内容以 %s 代替，未公开正文未附。\n", mask)
	}
	if v.Erased > 0 {
		p("\n> 有 %d 条记录的非公开部分已依法清除，其余内容仍可核验。\n", v.Erased)
	}
	p("\n## 一、卷内目录\n\n")
	if len(v.Documents) == 0 {
		p("无文件。\n")
	} else {
		p("| 顺序号 | 题名 | 责任者 | 日期 | 摘要（前16位） | 备注 |\n| --- | --- | --- | --- | --- | --- |\n")
		for _, d := range v.Documents {
			name := escapeMarkdown(d.Name)
			if d.File != "" {
				name = "[" + name + "](" + d.File + ")"
			}
			p("| %d | ", d.No)
			b.WriteString(name)
			p(" | %s | %s | %s | %s |\n", d.Author, d.Day, d.Digest, d.Note)
		}
	}
	p("\n## 二、办理过程\n\n| 序号 | 日期 | 环节 | 经手 | 内容 | 依据 | 记录时间 |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, r := range v.Rows {
		p("| %d | %s | %s | %s | ", r.Seq, r.On, r.Event, r.Actor)
		var parts []string
		if r.Text != "" {
			parts = append(parts, escapeMarkdown(r.Text))
		}
		for _, f := range r.Fields {
			parts = append(parts, escapeMarkdown(f.Label)+"："+escapeMarkdown(f.Value))
		}
		if r.Erased {
			parts = append(parts, "（非公开部分已依法清除）")
		}
		b.WriteString(strings.Join(parts, "<br>"))
		p(" | %s | %s |\n", r.Basis, r.Written)
	}
	p("\n## 三、完整性证明\n\n本卷共 %d 条记录，每条记录都含有前一条的摘要。末条记录的摘要：\n\n`%s`\n\n", len(v.Rows), v.Head)
	if v.Proof == nil {
		p("本卷尚未进入机关总账的检查点，因此只能核验其自身是否一致。\n")
	} else {
		p("其中 %d 条已在机关总账中，总账在 %s 共 %s 条，检查点如下（已签名）：\n\n", v.Proof.Placed, v.Proof.Time, v.Proof.Size)
		for l := range strings.Lines(v.Proof.Note) {
			b.WriteString("    " + l)
		}
		if v.Proof.AnchoredSize != "" {
			p("\n该检查点与 %s 的外部存证（%s，共 %s 条）一致的证明见 proof.json。\n", v.Proof.AnchoredTime, or(v.Proof.AnchoredAt, "机关以外"), v.Proof.AnchoredSize)
		}
		for _, k := range v.Proof.Keys {
			b.WriteString("\n签名公钥：`" + strings.ReplaceAll(k, "`", "") + "`\n")
		}
	}
	p("\n核验：`go run ./examples/verify 本目录`。签名公钥须与机关另行公布的核对。\n")
	return []byte(b.String())
}

func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// escapeMarkdown keeps a text a text: no markup, no HTML, no end of a table cell.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '|', '#', '!', '~':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '\n', '\r', '\t':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
