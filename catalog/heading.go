package catalog

import (
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
)

// headingWords maps every folded heading to its field.
var headingWords = func() map[string]Field {
	m := map[string]Field{}
	for f := range fieldCount {
		for w := range strings.FieldsSeq(fieldTable[f].words) {
			m[w] = f
		}
		if t := fold(fieldTable[f].title); t != "" && fieldTable[f].words != "" {
			if _, taken := m[t]; !taken {
				m[t] = f
			}
		}
	}
	return m
}()

// optionRow is a heading under which boxes are ticked.
type optionRow struct {
	field Field
	value uint8
	words string
}

const (
	audienceEveryone = 1
	audienceGroup    = 2
)

var optionTable = []optionRow{
	{FieldAudience, audienceEveryone, "全社会 全社 社会公众 社会 全社会公开 面向社会 全体公众 公众 社会公开 向社会 面向全社会"},
	{FieldAudience, audienceGroup, "特定群体 特定群众 特定对象 特定主体 特定人群 特定载体 特定公众 特定范围 特定个体 特定群体或个人 特定受众"},
	{FieldMode, uint8(Proactive), "主动 主动公开"},
	{FieldMode, uint8(OnRequest), "依申请 依申请公开 申请公开"},
	{FieldMode, uint8(Withheld), "不予公开 不公开"},
	{FieldLevel, uint8(National), "国家级 部级"},
	{FieldLevel, uint8(Provincial), "省级 自治区级"},
	{FieldLevel, uint8(City), "市级 州级 地市级 设区市级 盟级 市州级 地级 盟市级"},
	{FieldLevel, uint8(County), "县级 区级 县区级 区县级 县市区级 旗级 旗县级 县市级 市区级 旗县区级 市县级 县级市 县市区 区县 团级"},
	{FieldLevel, uint8(Township), "乡级 镇级 乡镇级 乡镇街道 乡镇街道级 街道级 乡镇 镇街级 镇街 街道 街镇 苏木级 镇乡级 街道乡镇级 苏木乡镇级 苏木镇级 街镇级"},
	{FieldLevel, uint8(Village), "村级 社区级 村社区级 村社区 村居级 嘎查级 村居 嘎查村级"},
	{FieldAspects, uint8(Decision), "决策公开 决策"},
	{FieldAspects, uint8(Execution), "执行公开 执行"},
	{FieldAspects, uint8(Management), "管理公开 管理"},
	{FieldAspects, uint8(Service), "服务公开"},
	{FieldAspects, uint8(Result), "结果公开"},
	{FieldPhase, uint8(Before), "事前 事前公开"},
	{FieldPhase, uint8(During), "事中 事中公开"},
	{FieldPhase, uint8(After), "事后 事后公开"},
}

// inGroup are words that are options only under a heading of their field.
var inGroup = []optionRow{
	{FieldAspects, uint8(Service), "服务"},
	{FieldAspects, uint8(Result), "结果"},
	{FieldLevel, uint8(National), "国家"},
	{FieldLevel, uint8(Provincial), "省"},
	{FieldLevel, uint8(City), "市 州 盟 地市 市州"},
	{FieldLevel, uint8(County), "县 区 旗 区县 县区"},
	{FieldLevel, uint8(Township), "乡 镇 街道 乡镇 苏木"},
	{FieldLevel, uint8(Village), "村 社区 嘎查"},
}

// knownExtras are headings of columns that are kept as they are without a word:
// they say nothing that the model asks for.
var knownExtras = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("公开栏目 栏目 所属栏目 网站所属栏目 网站栏目 对应栏目 链接 网址 链接地址 公开网址 公开链接 网站链接 联系电话 电话 监督电话 监督渠道 监督方式 投诉渠道 咨询电话 保密审查 审核人 审核部门 是否公开 完成情况 公开情况 标签 地址 附件") {
		m[w] = true
	}
	return m
}()

type option struct {
	field Field
	value uint8
}

var optionWords, groupWords = func() (map[string]option, map[Field]map[string]uint8) {
	all := map[string]option{}
	g := map[Field]map[string]uint8{}
	put := func(r optionRow, w string) {
		if g[r.field] == nil {
			g[r.field] = map[string]uint8{}
		}
		g[r.field][w] = r.value
	}
	for _, r := range optionTable {
		for w := range strings.FieldsSeq(r.words) {
			all[w] = option{r.field, r.value}
			put(r, w)
		}
	}
	for _, r := range inGroup {
		for w := range strings.FieldsSeq(r.words) {
			put(r, w)
		}
	}
	return all, g
}()

// keywords read a heading that no synonym matches, first match first.
var keywords = []struct {
	word  string
	field Field
}{
	{"公示期", FieldNotice}, {"公示时", FieldNotice},
	{"时限", FieldLimit}, {"期限", FieldLimit}, {"频率", FieldLimit}, {"频次", FieldLimit}, {"周期", FieldLimit}, {"公开时间", FieldLimit}, {"更新时间", FieldLimit},
	{"索引号", FieldIndex}, {"文号", FieldDocument}, {"序号", FieldNumber},
	{"载体", FieldCarrier}, {"渠道", FieldCarrier}, {"途径", FieldCarrier}, {"平台", FieldCarrier},
	{"依据", FieldBasis}, {"层级", FieldLevel}, {"对象", FieldAudience},
	{"配合", FieldCooperating}, {"协办", FieldCooperating},
	{"公开主体", FieldLead}, {"责任主体", FieldLead}, {"责任部门", FieldLead}, {"责任单位", FieldLead}, {"责任科室", FieldLead}, {"责任处室", FieldLead},
	{"主体", FieldLead}, {"部门", FieldLead}, {"单位", FieldLead}, {"科室", FieldLead}, {"处室", FieldLead}, {"机构", FieldLead},
	{"责任人", FieldPerson}, {"联系人", FieldPerson},
	{"环节", FieldNode}, {"节点", FieldNode}, {"公开方式", FieldMode}, {"公开属性", FieldMode}, {"公开形式", FieldForm},
	{"公开范围", FieldScope}, {"公开内容", FieldContent}, {"要素", FieldContent},
	{"事项名称", FieldName}, {"类别", FieldPath}, {"分类", FieldPath}, {"事项", FieldName}, {"名称", FieldName}, {"内容", FieldContent}, {"目录", FieldPath},
	{"备注", FieldRemark},
}

// level reads 一级… to 六级…, the number of a path heading; 0 = none.
func pathLevel(f string) int {
	r, n := utf8.DecodeRuneInString(f)
	i := strings.IndexRune("一二三四五六", r)
	if i < 0 || !(strings.HasPrefix(f[n:], "级") || strings.HasPrefix(f[n:], "層級")) {
		return 0
	}
	for _, w := range []string{"事项", "目录", "分类", "类别", "类目", "指标", "栏目", "标题", "主题", "项目", "内容", "名称", "领域", "条目", "任务"} {
		if strings.Contains(f[n:], w) {
			return i/3 + 1
		}
	}
	if f[n:] == "级" {
		return i/3 + 1
	}
	return 0
}

// readHeading finds the field of one heading. sure is false for a key word.
func readHeading(text string) (f Field, sure, ok bool) {
	w := fold(text)
	if w == "" {
		return FieldNone, false, false
	}
	if f, ok := headingWords[w]; ok {
		return f, true, true
	}
	if pathLevel(w) > 0 {
		return FieldPath, true, true
	}
	for _, p := range []string{"政府信息", "政务", "信息", "主动公开", "党务", "村务", "厂务", "办事", "政务公开", "基层政务"} {
		if rest, cut := strings.CutPrefix(w, p); cut && rest != "" {
			if f, ok := headingWords[rest]; ok {
				return f, true, true
			}
		}
	}
	if utf8.RuneCountInString(w) > 20 {
		return FieldNone, false, false
	}
	for _, k := range keywords {
		if strings.Contains(w, k.word) {
			return k.field, false, true
		}
	}
	return FieldNone, false, false
}

// nearest is the known heading that differs least, or "".
func nearest(text string) string {
	w := []rune(fold(text))
	if len(w) == 0 || len(w) > 24 {
		return ""
	}
	best, bestD := FieldNone, len(w)
	bestWord := ""
	for f := FieldNone + 1; f < fieldCount; f++ {
		for s := range strings.FieldsSeq(fieldTable[f].words) {
			if d := distance(w, []rune(s)); d < bestD {
				best, bestD, bestWord = f, d, s
			}
		}
	}
	if best == FieldNone {
		return ""
	}
	return bestWord
}

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

// isHeadingRow scores a row: known headings and filled cells.
func isHeadingRow(cells []string) (known, filled int) {
	for _, c := range cells {
		if c == "" {
			continue
		}
		filled++
		if len(c) > 120 {
			continue
		}
		w := fold(c)
		if _, ok := headingWords[w]; ok {
			known++
		} else if _, ok := optionWords[w]; ok {
			known++
		} else if pathLevel(w) > 0 {
			known++
		} else if _, sure, ok := readHeading(c); ok && sure {
			known++
		}
	}
	return known, filled
}

// isSubHeading reports whether a row under a heading row is one more: every
// filled cell is a heading, an option or a carrier, and at least two or a cell
// under a blank or grouped heading is.
func isSubHeading(upper, cells []string) bool {
	filled, known, carriers, strange := 0, 0, 0, 0
	group := ""
	for i, c := range cells {
		if i < len(upper) && upper[i] != "" {
			group = upper[i]
		}
		if c == "" {
			continue
		}
		filled++
		if i < len(upper) && c == upper[i] { // a merged cell written twice
			known++
			continue
		}
		w := fold(c)
		if w == "" || len(c) > 90 {
			return false
		}
		if o, ok := optionWords[w]; ok {
			if i < len(upper) && upper[i] != "" {
				if f, _, ok := readHeading(upper[i]); !ok || f != o.field {
					return false // the value of a column, not its heading
				}
			}
			known++
			continue
		}
		if g, _, ok := readHeading(group); ok {
			if _, ok := groupValue(g, c); ok {
				known++
				continue
			}
			if g == FieldCarrier || g == FieldForm {
				if _, ok := carrierKindOf(c); ok {
					carriers++
					continue
				}
			}
			if g == FieldLimit && limitOption(w) {
				known++
				continue
			}
		}
		if f, sure, ok := readHeading(c); ok && sure && f != FieldNone {
			known++
			continue
		}
		// a word of its own under a group, such as a kind of audience
		if i < len(upper) && upper[i] == "" && group != "" && utf8.RuneCountInString(c) <= 12 {
			strange++
			continue
		}
		return false
	}
	if known+carriers+strange < filled || filled == 0 || strange*2 > known+carriers {
		return false
	}
	// A row of data may consist of carriers; boxes are told by their number.
	return known > 0 || carriers >= 2
}

// groupValue is what a tick means under a heading of a field: one option, or a
// few (乡、村级).
func groupValue(g Field, text string) (uint8, bool) {
	if v, ok := groupWords[g][fold(text)]; ok {
		return v, true
	}
	var t *enumTable
	switch g {
	case FieldLevel:
		t = levels
	case FieldMode:
		t = modes
	case FieldAspects:
		t = aspects
	case FieldPhase:
		t = phases
	default:
		return 0, false
	}
	return t.read(text)
}

func limitOption(w string) bool {
	switch w {
	case "长期", "长期公开", "定期", "定期公开", "及时", "及时公开", "适时", "适时公开", "随时", "常年", "常年公开", "年", "季", "月", "每年", "每季度", "每月", "实时", "永久":
		return true
	}
	return false
}

// isNumbering reports a row like 1 2 3 4 or （一）（二） under the headings.
func isNumbering(cells []string) bool {
	n := 0
	for i, c := range cells {
		w := fold(c)
		if w == "" {
			w = strings.Trim(c, "()（）")
		}
		if w == "" || len(w) > 6 {
			return false
		}
		n++
		if w != itoa(n) && w != itoa(i+1) && w != string(rune('a'+i)) && (i > 0 || w != "栏次") {
			return false
		}
	}
	return n >= 3
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
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
