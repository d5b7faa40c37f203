package catalog

import (
	"strings"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// above reads a line over the table: title, agency, year.
func (r *reader) above(row Row) {
	var texts []string
	for _, c := range row.Cells {
		if c != "" && (len(texts) == 0 || texts[len(texts)-1] != c) {
			texts = append(texts, c)
		}
	}
	if len(texts) == 0 {
		return
	}
	line := strings.Join(texts, " ")
	known := false
	for _, t := range texts {
		key, val, ok := cutColon(t)
		if ok && val != "" {
			switch f := fold(key); {
			case f == "编制年度" || f == "年度" || f == "目录年度":
				if y := yearIn(val); y > 0 && r.cat.Year == 0 {
					r.cat.Year = y
					known = true
				}
				continue
			case strings.HasSuffix(f, "单位") || strings.HasSuffix(f, "部门") || strings.HasSuffix(f, "机关") || strings.HasSuffix(f, "机构"):
				if r.cat.Agency == "" {
					r.cat.Agency = val
					known = true
				}
				continue
			case f == "标题":
				if r.cat.Title == "" {
					r.cat.Title = val
					known = true
				}
				continue
			case f == "施行日期" || f == "有效期至":
				if d, err := deadline.ParseDate(val); err == nil {
					if known = true; f == "施行日期" {
						r.cat.From = d
					} else {
						r.cat.Until = d
					}
				}
				continue
			case f == "分类体系":
				if known = true; r.cat.Taxonomy == "" {
					r.cat.Taxonomy = val
				}
				continue
			case f == "版本":
				if v := atoi(val); v > 0 {
					r.cat.Version = v
					known = true
				}
				continue
			}
		}
		if r.cat.Title == "" && isTitle(t) {
			r.cat.Title = t
			known = true
		}
		if y := yearIn(t); y > 0 && r.cat.Year == 0 {
			r.cat.Year = y
		}
	}
	if !known {
		r.cat.Notes = append(r.cat.Notes, line)
	}
}

func isTitle(t string) bool {
	t = foldText(t)
	for _, w := range []string{"目录", "清单", "一览表", "明细", "台账"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}

func cutColon(s string) (key, val string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i < 0 {
		return "", "", false
	}
	key = s[:i]
	val = strings.TrimLeft(s[i:], ":： ")
	return key, trim(val), true
}

// yearIn finds a year from 1949 to 2100 followed by 年, or standing alone.
func yearIn(s string) int {
	d := 0
	n := 0
	for i, r := range s + " " {
		h := half(r)
		if h >= '0' && h <= '9' {
			n = n*10 + int(h-'0')
			d++
			if d > 8 {
				d, n = 9, 0
			}
			continue
		}
		if d == 4 && n >= 1949 && n <= 2100 && (r == '年' || d == 4 && i <= 4*3 && strings.TrimFunc(s, func(r rune) bool { r = half(r); return r >= '0' && r <= '9' || r == ' ' }) == "") {
			return n
		}
		d, n = 0, 0
	}
	return 0
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		r = half(r)
		if r < '0' || r > '9' || n > 1_000_000 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// aside takes a line that is no matter: one under the table, or a heading in it.
func (r *reader) aside(row Row, filled int) bool {
	first := ""
	at := 0
	for i, c := range row.Cells {
		if c != "" {
			first, at = c, i
			break
		}
	}
	if first == "附注：" && filled == 2 {
		for _, c := range row.Cells[at+1:] {
			if c != "" {
				r.cat.Notes = append(r.cat.Notes, c)
			}
		}
		return true
	}
	if at == 0 && oneText(row.Cells) && len(r.cols) > 3 && len(first) > 150 && len(r.cat.Entries)+len(r.chunks) > 0 || isFoot(first) && at == 0 && (filled == 1 || filled <= 4 && strings.ContainsAny(first, ":：")) {
		r.report(Problem{Code: codeFoot, Row: row.Number, Says: first})
		r.cat.Notes = append(r.cat.Notes, joinCells(row.Cells))
		return true
	}
	if !oneText(row.Cells) || at > 0 || len(r.cols) < 3 || !isEnumerated(first) && !(len(r.cols) > 0 && r.cols[0].field == FieldNumber && atoi(first) == 0 && len(first) > 9) {
		return false
	}
	if f := r.cols[0].field; f != FieldNumber && f != FieldPath {
		return false
	}
	if r.cols[0].field == FieldPath && r.cols[0].slots < 0 {
		return false
	}
	r.report(Problem{Code: codeSection, Row: row.Number, Says: first})
	r.section = first
	if !r.pathless {
		r.cat.Notes = append(r.cat.Notes, first)
		r.heading = first
	}
	return true
}

// oneText reports a row with one text, once or in every cell of a merge.
func oneText(cells []string) bool {
	text := ""
	for _, c := range cells {
		if c == "" {
			continue
		}
		if text == "" {
			text = c
		} else if c != text {
			return false
		}
	}
	return text != ""
}

func joinCells(cells []string) string {
	var w []string
	for _, c := range cells {
		if c != "" && (len(w) == 0 || w[len(w)-1] != c) {
			w = append(w, c)
		}
	}
	return strings.Join(w, " ")
}

func isFoot(s string) bool {
	w := strings.TrimLeft(strings.Map(func(r rune) rune { return hanzi.Simple(half(r)) }, s), " ")
	for _, p := range []string{"备注:", "注:", "注1", "注2", "注3", "注意:", "说明:", "填表说明", "填报说明", "填表人", "填报人", "制表", "审核人", "联系人:", "联系电话:", "单位负责人", "合计", "总计", "填报日期", "填表日期", "备 注:", "注 :", "附注:", "*注", "编制说明", "标准目录要素说明", "要素说明", "目录说明"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// isEnumerated reports 一、 （一） 第一类 and the like at the beginning.
func isEnumerated(s string) bool {
	s = strings.TrimLeft(s, "(（ ")
	rest := strings.TrimLeft(s, "一二三四五六七八九十百")
	if len(rest) < len(s) {
		return strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, ")") || strings.HasPrefix(rest, "）") || strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "．")
	}
	if r, ok := strings.CutPrefix(s, "第"); ok {
		rest = strings.TrimLeft(r, "一二三四五六七八九十百")
		return len(rest) < len(r) && (strings.HasPrefix(rest, "类") || strings.HasPrefix(rest, "部分") || strings.HasPrefix(rest, "章"))
	}
	return false
}

// repeatsHeading reports a heading row inside the table.
func (r *reader) repeatsHeading(row Row) bool {
	if len(r.headRows) == 0 || len(row.Cells) == 0 {
		return false
	}
	for _, h := range r.headRows {
		if h[0] != row.Cells[0] {
			continue
		}
		same, filled := 0, 0
		for i, c := range row.Cells {
			if c == "" {
				continue
			}
			filled++
			if i < len(h) && h[i] == c {
				same++
			}
		}
		if filled >= 2 && same == filled {
			return true
		}
	}
	return false
}

// otherHeading reports a heading row of another shape, which begins a new part.
func (r *reader) otherHeading(row Row) bool {
	for _, c := range row.Cells {
		if c == "" {
			continue
		}
		if len(c) > 60 {
			return false
		}
		if _, ok := headingWords[c]; !ok {
			if pathLevel(c) == 0 {
				return false
			}
		}
		known, filled := isHeadingRow(row.Cells)
		return known >= 4 && known == filled
	}
	return false
}

// date reads a date of the metadata columns.
func (r *reader) date(row Row, i int, s string) deadline.Date {
	d, err := deadline.ParseDate(s)
	if err != nil {
		t := strings.NewReplacer("/", "-", ".", "-").Replace(s)
		d = looseDate(t)
	}
	if d.IsZero() {
		r.report(Problem{Code: codeDate, Row: row.Number, Column: i + 1, Heading: r.cols[i].title, Says: s, Want: "写作 2026-11-21"})
	}
	return d
}

// looseDate reads 2026-1-2, with one or two digits.
func looseDate(s string) deadline.Date {
	s, _, _ = strings.Cut(s, " ")
	p := strings.Split(s, "-")
	if len(p) != 3 || len(p[0]) != 4 {
		return deadline.Date{}
	}
	y, m, d := atoi(p[0]), atoi(p[1]), atoi(p[2])
	if y == 0 || m == 0 || m > 12 || d == 0 {
		return deadline.Date{}
	}
	return deadline.NewDate(y, monthOf(m), d)
}
