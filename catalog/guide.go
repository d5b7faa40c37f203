package catalog

import (
	"fmt"
	"io"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

// Guide is the 政府信息公开指南 with the contents that 条例第十二条第二款 names.
type Guide struct {
	Agency         string
	Version        int
	On             deadline.Date // the day of this version
	Classification string        // 分类
	Arrangement    string        // 编排体系
	Obtaining      string        // 获取方式
	Institution    string        // 政府信息公开工作机构
	Address        string
	Hours          string
	Phone          string
	Fax            string
	Internet       string
	Catalog        int // version of the catalog that it describes
}

func (g *Guide) items() [9][2]string {
	return [9][2]string{
		{"政府信息的分类", g.Classification}, {"编排体系", g.Arrangement}, {"获取方式", g.Obtaining}, {"政府信息公开工作机构名称", g.Institution},
		{"办公地址", g.Address}, {"办公时间", g.Hours}, {"联系电话", g.Phone}, {"传真号码", g.Fax}, {"互联网联系方式", g.Internet},
	}
}

// Check lists what the guide lacks, and whether it is older than the catalog
// (nil = do not compare).
func (g *Guide) Check(c *Catalog) Problems { return g.check(c, nil) }

func (g *Guide) check(c *Catalog, off map[string]bool) Problems {
	var ps Problems
	add := func(id, says, want string) {
		if off[id] {
			return
		}
		r := ruleOf(id)
		ps = append(ps, Problem{Code: id, Severity: r.Severity, Says: says, Want: want, Rule: r.Cite})
	}
	for _, it := range g.items() {
		if strings.TrimSpace(it[1]) == "" {
			add(ruleGuideItem, it[0], "写明"+it[0])
		}
	}
	if c == nil {
		return ps
	}
	if !c.From.IsZero() && !g.On.IsZero() && g.On.Before(c.From) {
		add(ruleGuide, g.On.String(), "目录自 "+c.From.String()+" 起施行，指南应当同时更新")
	} else if c.Version > 0 && g.Catalog > 0 && g.Catalog < c.Version {
		add(ruleGuide, "第"+itoa(g.Catalog)+"版目录", "改按第"+itoa(c.Version)+"版目录编写")
	}
	return ps
}

// WriteMarkdown prints the guide. What is missing is printed as （待补）.
func (g *Guide) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s政府信息公开指南\n\n", g.Agency)
	if !g.On.IsZero() {
		fmt.Fprintf(&b, "（%s，第 %d 版）\n\n", g.On.Chinese(), max(g.Version, 1))
	}
	for _, it := range g.items() {
		v := strings.TrimSpace(it[1])
		if v == "" {
			v = "（待补）"
		}
		fmt.Fprintf(&b, "- %s：%s\n", it[0], v)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// InformationList is the 政府信息公开目录 of 条例第十二条第三款: 索引、名称、内容概述、
// 生成日期, one row an entry that carries any metadata, with a heading row.
func (c *Catalog) InformationList() [][]string {
	rows := [][]string{{"索引", "名称", "内容概述", "生成日期", "文号", "主题", "体裁", "发布机构", "发布日期", "公开方式", "有效性"}}
	for i := range c.Entries {
		e := &c.Entries[i]
		if e.Meta == nil && e.Index == "" {
			continue
		}
		m := e.Meta
		if m == nil {
			m = &Meta{}
		}
		rows = append(rows, []string{e.Index, e.Title(), e.Content, m.Made.String(), m.Document, m.Theme, m.Genre, m.Issuer, m.Published.String(), e.Mode.Chinese(), m.Validity})
	}
	return rows
}
