package catalog

import (
	"bufio"
	"fmt"
	"io"
)

// Template is an empty form that departments fill in and ReadCSV or catalog/xlsx
// reads back.
type Template struct {
	ID      string // standard, bengbu-list, bengbu-nodes
	Title   string
	Columns []TemplateColumn
}

// TemplateColumn is one column of a form.
type TemplateColumn struct {
	Group   string // heading over several columns, "" = none
	Heading string
	Width   int      // in characters
	Choices []string // what may be chosen; nil = free text
	Hint    string   // what to write
}

var templates = []Template{
	{"standard", "基层政务公开标准目录", []TemplateColumn{
		{"", "序号", 6, nil, ""},
		{"公开事项", "一级事项", 14, nil, ""},
		{"公开事项", "二级事项", 22, nil, ""},
		{"", "公开内容（要素）", 40, nil, ""},
		{"", "公开依据", 30, nil, ""},
		{"", "公开时限", 26, limitChoices, "如：信息形成或者变更之日起20个工作日内"},
		{"", "公开主体", 18, nil, "一个责任部门"},
		{"", "公开渠道和载体", 30, carrierChoices, "几种载体用顿号分开"},
		{"公开对象", "全社会", 8, tickChoices, ""},
		{"公开对象", "特定群体", 10, nil, "打√或者写明群体"},
		{"公开方式", "主动", 6, tickChoices, ""},
		{"公开方式", "依申请", 8, tickChoices, ""},
		{"公开层级", "县级", 6, tickChoices, ""},
		{"公开层级", "乡级", 6, tickChoices, ""},
	}},
	{"bengbu-list", "办事公开民主管理公开目录（清单）", []TemplateColumn{
		{"", "编号", 14, nil, "不重复、不再用"},
		{"", "类别", 18, bengbuClasses, "五大类之一"},
		{"", "事项名称", 30, nil, ""},
		{"", "承办部门", 16, nil, "一个责任部门"},
		{"", "配合部门", 20, nil, "几个部门用顿号分开"},
		{"", "年度", 8, nil, "四位数字"},
		{"", "事项性质", 10, []string{"常规", "重要", "特殊"}, "由领导小组核定"},
		{"", "五公开", 16, []string{"决策公开", "执行公开", "管理公开", "服务公开", "结果公开"}, "可以几项，用顿号分开"},
		{"", "审批情况", 20, nil, "重要、特殊事项写明领导小组审核的文件或者会议"},
		{"", "登记方式", 14, []string{"事前登记", lateWord}, ""},
		{"", "备注", 20, nil, ""},
	}},
	{"bengbu-nodes", "办事公开民主管理公开目录（明细）", []TemplateColumn{
		{"", "编号", 14, nil, "与清单一致"},
		{"", "类别", 18, bengbuClasses, ""},
		{"", "事项名称", 30, nil, ""},
		{"", "公开环节", 22, nil, "一行一个环节"},
		{"", "公开阶段", 10, []string{"事前", "事中", "事后"}, ""},
		{"", "公开内容", 36, nil, ""},
		{"", "公开载体", 20, []string{"公开平台", "问卷调查平台", "职代会", "公告栏", "会议"}, "几种载体用顿号分开"},
		{"", "公开形式", 14, nil, ""},
		{"", "公开范围", 14, []string{"本单位职工", "全市系统职工", "党内", "社会公众"}, ""},
		{"", "公开时限", 26, limitChoices, "各环节分别设定"},
		{"", "公示期", 12, []string{"2-7天", "不少于5个工作日"}, "一般为2至7天，另有规定的从其规定"},
		{"", "责任部门", 16, nil, ""},
		{"", "责任人", 12, nil, ""},
		{"", "备注", 20, nil, ""},
	}},
}

var (
	tickChoices    = []string{"√"}
	limitChoices   = []string{"信息形成或者变更之日起20个工作日内", "信息形成或者变更之日起7个工作日内", "及时公开", "每季度", "每半年", "每年1月31日前", "长期公开"}
	carrierChoices = []string{"政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心", "便民服务站", "入户/现场", "社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他"}
	bengbuClasses  = []string{"三项工作", "三重一大", "生产经营及专卖管理", "涉及干部职工切身利益的事项", "评议、监督、问责情况"}
)

// Templates returns the built-in forms, fresh copies of the list.
func Templates() []Template { return append([]Template(nil), templates...) }

// LoadTemplate returns a form by its id.
func LoadTemplate(id string) (Template, error) {
	for _, t := range templates {
		if t.ID == id {
			return t, nil
		}
	}
	return Template{}, fmt.Errorf("catalog: no such template: %q", clip(id))
}

// WriteCSV writes the empty form: title, heading row, and nothing below.
func (t Template) WriteCSV(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("\uFEFF")
	writeRecord(b, []string{t.Title}, ',')
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Heading
	}
	writeRecord(b, head, ',')
	return b.Flush()
}
