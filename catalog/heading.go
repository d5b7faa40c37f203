package catalog

import (
	"strings"
	"unicode/utf8"
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
