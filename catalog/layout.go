package catalog

import (
	"strings"

	"github.com/opengongkai/gongkai/deadline"
)

// column is what one column of the table holds.
type column struct {
	field  Field
	value  uint8  // the option that a tick chooses; 0 = the cell is text
	option string // the carrier or limit that a tick chooses
	level  int    // place among the levels of the path, from 0; the name is last
	title  string // the heading as written, group and all
	group  string // the upper heading, where there are two
	slots  int    // index into Entry.Path, −1 = the name

	strange string // the heading, where it was not understood
	kept    bool   // written by us as it is
}

// spread puts the second of two heading rows under its groups where a web page
// has run its cells together: 序号 公开事项 … 公开层级 over 一级事项 二级事项 全社会 ….
// It returns the rows as they are when they are not of that kind.
func spread(rows [][]string) [][]string {
	if len(rows) != 2 {
		return rows
	}
	upper, lower := trimRight(rows[0]), trimRight(rows[1])
	if len(lower) < 2 || len(lower) >= len(upper) || filledCells(upper) != len(upper) || filledCells(lower) != len(lower) {
		return rows
	}
	// where the columns agree, the second row stands where it should
	if _, _, ok := readHeading(upper[0]); !ok || fold(upper[0]) == fold(lower[0]) {
		return rows
	}
	var a, b []string
	next := 0
	for _, h := range upper {
		g, _, _ := readHeading(h)
		n := 0
		for next+n < len(lower) && under(g, lower[next+n]) {
			n++
		}
		if n == 0 {
			a, b = append(a, h), append(b, "")
			continue
		}
		for k := range n {
			t := ""
			if k == 0 {
				t = h
			}
			a, b = append(a, t), append(b, lower[next+k])
		}
		next += n
	}
	if next != len(lower) {
		return rows
	}
	return [][]string{a, b}
}

// isSpread reports a second heading row that spread puts in its place.
func isSpread(upper, lower []string) bool {
	return len(spread([][]string{upper, lower})[0]) > len(trimRight(upper))
}

// under reports a heading that belongs under a group.
func under(g Field, text string) bool {
	w := fold(text)
	switch g {
	case FieldName, FieldPath:
		return pathLevel(w) > 0
	case FieldAudience, FieldMode, FieldLevel, FieldAspects, FieldPhase:
		if o, ok := optionWords[w]; ok {
			return o.field == g
		}
		_, ok := groupValue(g, text)
		return ok
	}
	return false
}

func trimRight(cells []string) []string {
	n := len(cells)
	for n > 0 && cells[n-1] == "" {
		n--
	}
	return cells[:n]
}

// layout turns heading rows into columns.
func layout(rows, sample [][]string, report func(Problem)) []column {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	at := func(r []string, i int) string {
		if i < len(r) {
			return r[i]
		}
		return ""
	}
	cols := make([]column, width)
	group := make([]string, len(rows))
	for i := range cols {
		c := &cols[i]
		var texts []string
		for k, r := range rows {
			t := at(r, i)
			if t == "" && k < len(rows)-1 {
				// a heading merged over several columns stands over those
				// that have a heading below
				below := false
				for _, r2 := range rows[k+1:] {
					below = below || at(r2, i) != ""
				}
				if below {
					t = group[k]
				}
			} else if t != "" {
				group[k] = t
				for j := k + 1; j < len(rows); j++ {
					group[j] = ""
				}
			}
			if t != "" && (len(texts) == 0 || texts[len(texts)-1] != t) {
				texts = append(texts, t)
			}
		}
		c.resolve(texts, report, i)
	}
	consult(cols, sample)
	for i := range cols {
		if c := &cols[i]; c.strange != "" {
			var want []string
			if n := nearest(c.strange); n != "" {
				want = append(want, "最接近的栏目是「"+n+"」")
			}
			if c.field != FieldNone {
				want = append(want, "按内容读作「"+c.field.Title()+"」")
			}
			report(Problem{Code: codeHeading, Column: i + 1, Heading: c.strange, Want: strings.Join(want, "；")})
		}
	}
	arrange(cols, report)
	return cols
}

// consult lets the first rows decide headings that are used for two things:
// 公开类别 may be 主动公开 or a class of contents, 发布时间 a limit or a day.
func consult(cols []column, sample [][]string) {
	limited := false
	for _, c := range cols {
		limited = limited || c.field == FieldLimit
	}
	for i := range cols {
		c := &cols[i]
		if c.value != 0 || c.option != "" || c.kept {
			continue
		}
		filled, way, day, number := 0, 0, 0, 0
		seen := map[string]bool{} // a cell filled down counts once
		for _, r := range sample {
			if i >= len(r) || r[i] == "" || ditto(r[i]) || dash(r[i]) || seen[r[i]] {
				continue
			}
			seen[r[i]] = true
			filled++
			if _, ok := modes.read(r[i]); ok {
				way++
			}
			if isDay(r[i]) {
				day++
			}
			if digits(r[i]) {
				number++
			}
		}
		if filled == 0 {
			continue
		}
		f := fold(c.title)
		switch c.field {
		case FieldNone:
			if i == 0 && c.title == "" && number == filled {
				c.field = FieldNumber
			}
			// 公开要求 and the like: what the cells say is a limit
			if !limited && c.title != "" && limitCells(sample, i) {
				c.field, limited = FieldLimit, true
			}
		case FieldMode:
			if way == 0 && strings.Contains(f, "类") {
				c.field = FieldPath
			} else if way == 0 && !strings.Contains(f, "属性") {
				c.field = FieldForm
			}
		case FieldPath, FieldForm, FieldScope:
			if way*2 > filled && (c.field != FieldPath || strings.Contains(f, "类") && pathLevel(f) == 0) {
				c.field = FieldMode
			}
		case FieldLimit:
			if day*2 > filled {
				c.field = FieldPublished
				if strings.Contains(f, "生成") || strings.Contains(f, "形成") {
					c.field = FieldMade
				}
			}
		}
	}
}

// limitCells reports a column of which most cells set a limit.
func limitCells(sample [][]string, i int) bool {
	filled, limits := 0, 0
	seen := map[string]bool{}
	for _, r := range sample {
		if i >= len(r) || seen[r[i]] || r[i] == "" || len(r[i]) > 600 || ditto(r[i]) || isDay(r[i]) {
			continue
		}
		seen[r[i]] = true
		filled++
		if l, _ := deadline.ParseLimit(r[i]); !l.IsZero() {
			limits++
		}
	}
	return filled > 0 && limits*2 > filled
}

func isDay(s string) bool {
	if _, err := deadline.ParseDate(s); err == nil {
		return true
	}
	return !looseDate(strings.NewReplacer("/", "-", ".", "-").Replace(s)).IsZero()
}

func (c *column) resolve(texts []string, report func(Problem), i int) {
	if len(texts) == 0 {
		return
	}
	last := texts[len(texts)-1]
	if h, ok := strings.CutPrefix(last, keepMark); ok {
		c.title, c.kept = h, true
		return
	}
	c.title = last
	w := fold(last)
	if len(texts) > 1 {
		c.group = texts[len(texts)-2]
		c.title = c.group + "·" + last
		if g, _, ok := readHeading(c.group); ok {
			if v, ok := groupValue(g, last); ok {
				c.field, c.value = g, v
				return
			}
			if g == FieldMode {
				if o, ok := optionWords[w]; ok {
					c.field, c.value = o.field, o.value
					return
				}
			}
			_, sure, known := readHeading(last)
			switch {
			case g == FieldCarrier || g == FieldForm:
				if f, sure, ok := readHeading(last); !ok || !sure || f == FieldCarrier || f == FieldForm {
					if f == FieldForm || f == FieldCarrier {
						c.field = f
						return
					}
					c.field, c.option = FieldCarrier, last
					return
				}
			case g == FieldLimit && limitOption(w):
				c.field, c.option = FieldLimit, last
				return
			case g == FieldAudience && !(known && sure):
				c.field, c.value, c.option = FieldAudience, audienceGroup, last
				return
			}
		}
	}
	if o, ok := optionWords[w]; ok {
		c.field, c.value = o.field, o.value
		return
	}
	f, sure, ok := readHeading(last)
	if !ok && len(texts) > 1 {
		f, sure, ok = readHeading(c.group)
	}
	switch {
	case !ok:
		if !knownExtras[w] {
			c.strange = last
		}
	case !sure:
		report(Problem{Code: codeHeadingRead, Column: i + 1, Heading: last, Want: "按「" + f.Title() + "」读入"})
	}
	c.field = f
}

// arrange settles what depends on the other columns: the order of levels, the
// name, and second columns of one field.
func arrange(cols []column, report func(Problem)) {
	seen := map[Field]int{}
	ticks := map[string]bool{}
	for i := range cols {
		c := &cols[i]
		if c.value != 0 || c.option != "" {
			key := c.field.String() + itoa(int(c.value)) + c.option
			if ticks[key] {
				report(Problem{Code: codeTwice, Severity: Info, Column: i + 1, Heading: c.title})
				*c = column{title: c.title}
			}
			ticks[key] = true
			continue
		}
		if c.field == FieldNone || c.field == FieldPath {
			continue
		}
		first, twice := seen[c.field]
		if !twice {
			seen[c.field] = i
			continue
		}
		f := fold(c.title)
		switch {
		case c.field == FieldLimit && (strings.Contains(f, "更新") || strings.Contains(f, "频") || strings.Contains(f, "周期")):
			c.field = FieldUpdate
		case c.field == FieldLimit && strings.Contains(fold(cols[first].title), "更新"):
			cols[first].field, seen[FieldLimit] = FieldUpdate, i
		case c.field == FieldLead && strings.Contains(f, "发布") && strings.Contains(f, "机构"):
			c.field = FieldIssuer
		case c.field == FieldLead && strings.Contains(fold(cols[first].title), "发布机构"):
			cols[first].field, seen[FieldLead] = FieldIssuer, i
		case c.field == FieldName:
			// the wider of two names is a level above the other
			cols[first].field, seen[FieldName] = FieldPath, i
		default:
			report(Problem{Code: codeTwice, Severity: Info, Column: i + 1, Heading: c.title})
			c.field = FieldNone
		}
	}
	// levels: 一级 before 二级 wherever they stand, the others as they stand
	var path []int
	for i := range cols {
		if cols[i].field == FieldPath {
			path = append(path, i)
		}
	}
	for a := 1; a < len(path); a++ {
		for b := a; b > 0; b-- {
			la, lb := pathLevel(fold(last(cols[path[b-1]].title))), pathLevel(fold(last(cols[path[b]].title)))
			if la == 0 || lb == 0 || la <= lb {
				break
			}
			path[b-1], path[b] = path[b], path[b-1]
		}
	}
	_, named := seen[FieldName]
	for k, i := range path {
		cols[i].level = k
		cols[i].slots = k
	}
	switch {
	case named:
		cols[seen[FieldName]].level = len(path)
		cols[seen[FieldName]].slots = -1
	case len(path) > 0:
		p := path[len(path)-1]
		cols[p].slots = -1
	}
}

func last(title string) string {
	if i := strings.LastIndex(title, "·"); i >= 0 {
		return title[i+len("·"):]
	}
	return title
}
