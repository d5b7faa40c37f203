package catalog

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

// Count is how often something stands in a catalog.
type Count struct {
	ID    string // frozen id, "" where there is none
	Title string
	N     int
}

// PartCount is how many entries serve one part of a taxonomy.
type PartCount struct {
	Class Class
	Part  Part
	N     int
}

// Coverage says what a catalog covers.
type Coverage struct {
	Title   string
	Entries int // matters: joined rows are not counted
	Rows    int // entries and further nodes
	Aspects []Count
	Modes   []Count
	Levels  []Count
	Limits  []Count // by kind of limit, most first; missing and unread last
	Leads   []Count // most first
	Places  []Count // carriers by kind, most first
	Parts   []PartCount
	Other   int // matters that no part of the taxonomy claims
}

// Coverage counts what the catalog covers; t may be nil.
func (c *Catalog) Coverage(t *Taxonomy) Coverage {
	v := Coverage{Title: cmp.Or(c.Title, c.Agency+"公开目录")}
	aspectN, modeN, levelN := map[uint8]int{}, map[uint8]int{}, map[uint8]int{}
	limits, leads, places := map[string]int{}, map[string]int{}, map[CarrierKind]int{}
	kinds := map[string]CarrierKind{}
	for _, x := range c.Carriers {
		kinds[x.Name] = x.Kind
	}
	var texts limitCache
	none := 0
	for i := range c.Entries {
		e := &c.Entries[i]
		v.Rows += max(1, len(e.Nodes))
		if e.Joined {
			continue
		}
		v.Entries++
		tally(aspectN, aspects, uint8(e.Aspects))
		tally(modeN, modes, uint8(e.Mode))
		tally(levelN, levels, uint8(e.Level))
		leads[e.Lead]++
		seen := map[CarrierKind]bool{}
		for n := range e.Nodes {
			nd := &e.Nodes[n]
			switch {
			case nd.LimitText == "":
				none++
			default:
				limits[texts.get(nd.LimitText).limit.Kind.String()]++
			}
			for _, name := range nd.Carriers {
				k, ok := kinds[name]
				if !ok {
					k, _ = carrierKindOf(name)
					kinds[name] = k
				}
				if !seen[k] {
					seen[k] = true
					places[k]++
				}
			}
		}
	}
	v.Aspects, v.Modes, v.Levels = counts(aspectN, aspects), counts(modeN, modes), counts(levelN, levels)
	for k := deadline.LimitWithin; k <= deadline.LimitCompound; k++ {
		if n := limits[k.String()]; n > 0 {
			v.Limits = append(v.Limits, Count{k.String(), limitTitles[k], n})
		}
	}
	slices.SortStableFunc(v.Limits, func(a, b Count) int { return b.N - a.N })
	if n := limits[""]; n > 0 {
		v.Limits = append(v.Limits, Count{"unread", "读不懂", n})
	}
	if none > 0 {
		v.Limits = append(v.Limits, Count{"missing", "没有写", none})
	}
	for _, l := range sortedKeys(leads) {
		v.Leads = append(v.Leads, Count{"", cmp.Or(l, "（没有写）"), leads[l]})
	}
	slices.SortStableFunc(v.Leads, func(a, b Count) int { return b.N - a.N })
	for _, r := range carrierTable {
		if n := places[r.kind]; n > 0 && !slices.ContainsFunc(v.Places, func(x Count) bool { return x.ID == string(r.kind) }) {
			v.Places = append(v.Places, Count{string(r.kind), r.kind.Chinese(), n})
		}
	}
	slices.SortStableFunc(v.Places, func(a, b Count) int { return b.N - a.N })
	if t != nil {
		n := map[string]int{}
		for i, ids := range t.Classify(c.Entries) {
			if c.Entries[i].Joined {
				continue
			}
			if ids == nil {
				v.Other++
			}
			for _, id := range ids {
				n[id]++
			}
		}
		for _, cl := range t.Classes {
			for _, p := range cl.Parts {
				v.Parts = append(v.Parts, PartCount{cl, p, n[p.ID]})
			}
		}
	}
	return v
}

var limitTitles = map[deadline.LimitKind]string{
	deadline.LimitWithin: "自事件起若干日内", deadline.LimitAtLeast: "不少于", deadline.LimitBetween: "上下限之间", deadline.LimitBefore: "提前",
	deadline.LimitPeriodic: "周期", deadline.LimitFixedDate: "定日", deadline.LimitPermanent: "长期", deadline.LimitRealTime: "及时、随时",
	deadline.LimitStage: "分阶段", deadline.LimitHours: "小时", deadline.LimitReferToLaw: "从其规定", deadline.LimitCompound: "几项并列",
}

func tally(n map[uint8]int, t *enumTable, v uint8) {
	for _, r := range t.rows {
		if v&r.bit != 0 {
			n[r.bit]++
		}
	}
}

func counts(n map[uint8]int, t *enumTable) []Count {
	var l []Count
	for _, r := range t.rows {
		l = append(l, Count{r.id, r.title, n[r.bit]})
	}
	return l
}

func sortedKeys(m map[string]int) []string {
	l := make([]string, 0, len(m))
	for k := range m {
		l = append(l, k)
	}
	slices.Sort(l)
	return l
}

// Missing lists the parts of the taxonomy without an entry.
func (v Coverage) Missing() []PartCount {
	var l []PartCount
	for _, p := range v.Parts {
		if p.N == 0 {
			l = append(l, p)
		}
	}
	return l
}

// AllAspects reports whether each of the five disclosures is served; the second
// result is false when no entry says which it serves, and then nothing is known.
func (v Coverage) AllAspects() (all, known bool) {
	all = len(v.Aspects) > 0
	for _, a := range v.Aspects {
		known = known || a.N > 0
		all = all && a.N > 0
	}
	return all && known, known
}

// WriteMarkdown prints the coverage as tables.
func (v Coverage) WriteMarkdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "## %s：覆盖情况\n\n事项 %d 个，共 %d 行。\n", cellText(v.Title), v.Entries, v.Rows)
	table := func(title string, l []Count, limit int) {
		if sum(l) == 0 {
			return
		}
		fmt.Fprintf(b, "\n| %s | 数量 |\n| --- | --- |\n", title)
		for i, c := range l {
			if i == limit {
				fmt.Fprintf(b, "| 其余 %d 个 | %d |\n", len(l)-limit, sum(l[limit:]))
				break
			}
			fmt.Fprintf(b, "| %s | %d |\n", cellText(c.Title), c.N)
		}
	}
	table("五公开", v.Aspects, 5)
	table("公开方式", v.Modes, 3)
	table("公开层级", v.Levels, 6)
	table("公开时限", v.Limits, 20)
	table("载体", v.Places, 20)
	table("责任部门", v.Leads, 20)
	if len(v.Parts) > 0 {
		b.WriteString("\n| 类 | 应公开的内容 | 事项数 |\n| --- | --- | --- |\n")
		for _, p := range v.Parts {
			n := itoa(p.N)
			if p.N == 0 {
				n = "缺"
			}
			fmt.Fprintf(b, "| %s | %s | %s |\n", cellText(p.Class.Title), cellText(p.Part.Title), n)
		}
		fmt.Fprintf(b, "\n未归入分类体系的事项 %d 个。\n", v.Other)
	}
	return b.Flush()
}

func sum(l []Count) int {
	n := 0
	for _, c := range l {
		n += c.N
	}
	return n
}

// SVG draws the coverage as bars; what is missing is hatched and says so.
func (v Coverage) SVG() []byte {
	type bar struct {
		label, tip string
		n          int
		head       bool
		need       bool // nothing is a gap
	}
	var bars []bar
	section := func(title string, l []Count, limit int, need bool) {
		if sum(l) == 0 {
			return
		}
		bars = append(bars, bar{label: title, head: true})
		for i, c := range l {
			if i == limit {
				bars = append(bars, bar{label: fmt.Sprintf("其余 %d 个", len(l)-limit), n: sum(l[limit:])})
				break
			}
			bars = append(bars, bar{label: c.Title, n: c.N, need: need})
		}
	}
	section("五公开", v.Aspects, 5, true)
	class := ""
	for _, p := range v.Parts {
		if p.Class.ID != class {
			class = p.Class.ID
			bars = append(bars, bar{label: p.Class.Title, head: true})
		}
		bars = append(bars, bar{label: p.Part.Title, tip: p.Part.Cite.String(), n: p.N, need: true})
	}
	section("公开时限", v.Limits, 12, false)
	section("载体", v.Places, 12, false)
	section("责任部门", v.Leads, 15, false)
	most := 1
	for _, r := range bars {
		most = max(most, r.n)
	}
	const (
		gutter = 300
		span   = 420
		rowH   = 22
		top    = 64
	)
	width, height := gutter+span+90, top+len(bars)*rowH+24
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif" font-size="12">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title>%s：覆盖情况</title>\n", xmlText(v.Title))
	b.WriteString(`<defs><pattern id="gap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/><line x1="0" y1="0" x2="0" y2="7" stroke="#b3261e" stroke-width="2"/></pattern></defs>` + "\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/><text x="16" y="30" font-size="18" font-weight="bold">%s</text><text x="16" y="50" fill="#444">事项 %d 个，共 %d 行</text>`+"\n", width, height, xmlText(fit(v.Title, 40)+"：覆盖情况"), v.Entries, v.Rows)
	for i, r := range bars {
		y := top + i*rowH
		if r.head {
			fmt.Fprintf(&b, `<text x="16" y="%d" font-weight="bold">%s</text><line x1="16" y1="%d" x2="%d" y2="%d" stroke="#999"/>`+"\n", y+16, xmlText(fit(r.label, 40)), y+20, width-16, y+20)
			continue
		}
		fmt.Fprintf(&b, `<g><title>%s</title><text x="%d" y="%d" text-anchor="end">%s</text>`, xmlText(strings.TrimSpace(r.label+" "+r.tip)), gutter-8, y+15, xmlText(fit(r.label, 21)))
		switch {
		case r.n == 0 && r.need:
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="60" height="12" fill="url(#gap)" stroke="#b3261e"/><text x="%d" y="%d" fill="#b3261e" font-weight="bold">缺</text>`, gutter, y+5, gutter+68, y+15)
		case r.n == 0:
			fmt.Fprintf(&b, `<text x="%d" y="%d" fill="#666">0</text>`, gutter+2, y+15)
		default:
			w := max(float64(span)*float64(r.n)/float64(most), 3)
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.1f" height="12" fill="#7a9cc6" stroke="#1f4e79" stroke-width="0.6"/><text x="%.1f" y="%d">%d</text>`, gutter, y+5, w, gutter+w+6, y+15, r.n)
		}
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}
