package catalog

import (
	"fmt"
	"strings"
)

// Field is a column of a catalog, whatever its heading says.
type Field uint8

// The fields, in the order in which a catalog is written.
const (
	FieldNone        Field = iota // not understood: the cell is kept in Entry.Extra
	FieldNumber                   // 序号、编号
	FieldIndex                    // 索引号
	FieldPath                     // 一级事项、类别 …: one field for every level above the name
	FieldName                     // 二级事项、事项名称
	FieldContent                  // 公开内容（要素）
	FieldBasis                    // 公开依据
	FieldYear                     // 年度
	FieldAspects                  // 五公开
	FieldImportance               // 重要程度
	FieldNode                     // 环节、节点
	FieldPhase                    // 事前、事中、事后
	FieldLimit                    // 公开时限
	FieldNotice                   // 公示期
	FieldUpdate                   // 更新频率 beside a 公开时限
	FieldLead                     // 公开主体、责任部门、牵头单位
	FieldCooperating              // 配合单位
	FieldPerson                   // 责任人、联络员
	FieldCarrier                  // 公开渠道和载体
	FieldForm                     // 公开形式
	FieldScope                    // 公开范围
	FieldAudience                 // 公开对象
	FieldMode                     // 公开方式：主动、依申请
	FieldLevel                    // 公开层级
	FieldDocument                 // 文号
	FieldTheme                    // 主题
	FieldGenre                    // 体裁
	FieldIssuer                   // 发布机构 beside a 责任部门
	FieldMade                     // 成文日期、生成日期
	FieldPublished                // 发布日期
	FieldValidity                 // 有效性
	FieldPart                     // the part of the taxonomy it serves
	FieldConcern                  // 公开事由: 条例第十九条
	FieldApproval                 // 审批
	FieldLate                     // 登记方式: 补录
	FieldRemark                   // 备注
	fieldCount
)

type fieldRow struct {
	id    string // frozen
	title string // the heading that is written
	words string // headings that are read, folded, separated by blanks
}

// fieldTable is the synonym table of headings. Words are compared after
// folding: width, traditional characters, blanks, brackets and what they hold.
var fieldTable = [fieldCount]fieldRow{
	FieldNone:        {"none", "", ""},
	FieldNumber:      {"number", "序号", "序号 编号 序 号 no 项目编号 事项编号 目录编号 事项编码 编码 代码 目录编码 信息编号 事项代码 项目编码 排序"},
	FieldIndex:       {"index", "索引号", "索引号 索引 信息索引号 索引编号 信息索引 政府信息索引号 索取号"},
	FieldPath:        {"path", "一级事项", "类别 分类 类型 大类 中类 小类 子类 信息类别 事项类别 事项类型 信息分类 目录类别 目录分类 公开大类 领域 公开领域 试点领域 具体职责 职责 主要职责 工作职责 业务事项 业务类别 主项 子项 大项 小项 公开类目 类目 内容分类 内容类别 公开内容类别 板块 模块 专题 事项分类 项目类别 主题分类 公开事项类别 公开事项分类 政府信息类别 职权类别 权力类型 工作类别 工作事项 所属类别 所属领域 目录名 公开内容分类 一级 二级 三级 四级"},
	FieldName:        {"name", "事项名称", "事项名称 事项 公开事项 公开事项名称 信息名称 名称 政府信息名称 目录名称 公开项目 公开项目名称 项目名称 项目 公开名称 标题 信息标题 具体事项 主动公开事项 公共服务事项名称 服务事项名称 公开信息名称 公开内容名称 公开信息 信息事项 办事事项 业务名称 具体事项名称 事项标题 职权名称 权力名称 任务 工作任务 主要任务 重点任务 公示事项 公示项目 公开的事项 信息公开事项 公开目录 细目 细项 子目 公开细目 公开条目 条目"},
	FieldContent:     {"content", "公开内容（要素）", "公开内容 公开要素 公开内容要素 内容 要素 内容标准 公开标准 主要内容 内容概述 具体内容 公开的内容 公开信息内容 信息内容 公开内容及要素 公开内容和要素 公开内容要求 公开内容标准 内容要素 内容摘要 内容描述 信息描述 事项内容 公开具体内容 公开的具体内容 公开主要内容 公开内容描述 内容要求 信息要素 工作内容 内容简介 摘要 公开内容概述 公示内容 应公开内容 公开事项内容 公开事项及内容 公开内容说明 公开要点 主动公开内容"},
	FieldBasis:       {"basis", "公开依据", "公开依据 依据 法律依据 政策依据 法律法规依据 法律法规和政策依据 法律法规政策依据 设定依据 公开的依据 文件依据 依据文件 公开依据名称 公开法律依据 公开政策依据 制度依据 政策法规依据 实施依据 公开依据及条款 法定依据 依据条款"},
	FieldYear:        {"year", "年度", "年度 年份 所属年度 目录年度"},
	FieldAspects:     {"aspects", "五公开", "五公开 五公开类别 五公开类型 五公开分类 五公开属性 五公开环节"},
	FieldImportance:  {"importance", "事项性质", "事项性质 重要程度 重要性 事项等级 事项属性 是否重要 是否重要事项 重要等级"},
	FieldNode:        {"node", "公开环节", "环节 节点 公开环节 关键节点 关键环节 公开节点 流程环节 环节节点 节点名称 环节名称 步骤 程序 公开程序 业务环节 重要环节 工作环节 办理环节 公开步骤 环节和节点 环节及节点"},
	FieldPhase:       {"phase", "公开阶段", "公开阶段 阶段 事前事中事后 所处阶段"},
	FieldLimit:       {"limit", "公开时限", "公开时限 时限 公开时间 公开期限 期限 时限要求 公开时限要求 公开时间要求 时间要求 公开频率 更新频率 更新时限 更新周期 公开周期 公开时限及频率 公开频次 更新频次 更新时间 发布时限 发布时间 生成时间 形成时间 完成时限 公开时效 时效 更新要求 公开时点 时间节点 更新期限 公开的时限 信息公开时限 公开时限说明 公开或更新时限 公开更新时限 公开及更新时限 公开更新时间 公布时限 公布时间 公开时限频率 公开时间和频率 公开期限要求 更新时限要求 主动公开时限 时限标准 公开起始时间 公开更新周期 发布频率 公开时间时限 时间"},
	FieldNotice:      {"notice", "公示期", "公示期 公示期限 公示时限 公示时间 公示天数 公示时长"},
	FieldUpdate:      {"update", "更新频率", ""},
	FieldLead:        {"lead", "责任部门", "公开主体 责任部门 责任单位 责任科室 责任处室 责任股室 承办部门 承办单位 承办科室 承办处室 主办部门 主办单位 主办科室 主办处室 公开责任主体 责任主体 公开单位 公开部门 公开机构 公开机关 发布机构 发布单位 发布主体 发布部门 牵头部门 牵头单位 牵头科室 牵头处室 负责部门 负责单位 负责科室 负责处室 提供部门 提供单位 信息提供单位 信息提供部门 公开责任部门 公开责任单位 公开责任科室 公开责任处室 经办科室 经办部门 职能部门 单位 部门 科室 处室 股室 单位名称 部门名称 信息责任部门 信息公开责任主体 信息公开主体 实施主体 实施机构 责任机构 内容提供部门 具体承办部门 具体承办单位 具体责任单位 业务部门 业务科室 公开主体部门 公开责任 责任主体单位 公开的主体 主管部门 主管单位 公开义务主体 信息公开责任单位 公开责任机构 归口部门 归口管理部门 责任部室 主责部门 主责单位 主责处室 牵头责任单位"},
	FieldCooperating: {"cooperating", "配合单位", "配合单位 配合部门 配合科室 配合处室 协办单位 协办部门 协办科室 协同部门 协同单位 参与部门 参与单位 会同部门 会办部门 会办单位 协作部门 协作单位 配合责任单位"},
	FieldPerson:      {"person", "责任人", "责任人 负责人 联系人 联络员 经办人 公开责任人 责任人员 直接责任人 公开工作联络员 信息员 部门负责人 责任领导 分管领导"},
	FieldCarrier:     {"carrier", "公开渠道和载体", "公开渠道和载体 公开渠道及载体 公开渠道载体 公开渠道与载体 公开渠道或载体 公开渠道 公开载体 载体 渠道 公开途径 公开平台 公示载体 公开公示载体 公开载体和渠道 公开载体及渠道 公开载体渠道 公开载体与渠道 发布渠道 发布载体 发布平台 公开场所 公开地点 公开媒介 公开位置 渠道和载体 载体和渠道 公开路径 信息公开载体 公开的载体 公开的渠道 主要载体 公开渠道载体选择 渠道载体 公开渠道途径"},
	FieldForm:        {"form", "公开形式", "公开形式 形式 公开的形式 公示形式 发布形式 公开方法 公开形式及载体 公开形式和载体 公开载体和形式 公开载体形式"},
	FieldScope:       {"scope", "公开范围", "公开范围 范围 公开的范围 公示范围 信息公开范围"},
	FieldAudience:    {"audience", "公开对象", "公开对象 对象 受众 面向对象 公开的对象 公示对象 信息公开对象 公开受众 公开群体 公开人群"},
	FieldMode:        {"mode", "公开方式", "公开方式 公开属性 公开类型 公开类别 公开的方式 信息公开方式 公开方式属性 属性 信息公开属性 信息公开类型 公开性质"},
	FieldLevel:       {"level", "公开层级", "公开层级 层级 公开级别 级别 公开层次 行政层级 适用层级 公开责任层级 公开主体层级 实施层级"},
	FieldDocument:    {"document", "文号", "文号 发文字号 发文文号 文件编号 文件号 文件文号 公文号"},
	FieldTheme:       {"theme", "主题", "主题 主题词 关键词 主题类别"},
	FieldGenre:       {"genre", "体裁", "体裁 文种 公文种类 体裁分类 文件种类"},
	FieldIssuer:      {"issuer", "发布机构", ""},
	FieldMade:        {"made", "生成日期", "生成日期 成文日期 形成日期 产生日期 制作日期 成文时间 签发日期"},
	FieldPublished:   {"published", "发布日期", "发布日期 公开日期 公布日期 发文日期 印发日期 上网日期"},
	FieldValidity:    {"validity", "有效性", "有效性 效力状态 是否有效 效力 时效性 有效状态"},
	FieldPart:        {"part", "目录分类代码", "目录分类代码 分类代码 类目代码 分类号"},
	FieldConcern:     {"concern", "公开事由", "公开事由 主动公开事由 公开必要性 公开理由"},
	FieldLate:        {"late", "登记方式", "登记方式 补录 是否补录"},
	FieldApproval:    {"approval", "审批情况", "审批情况 审批 批准文号 批准日期 审批人 领导小组审核 审核情况"},
	FieldRemark:      {"remark", "备注", "备注 说明 备注说明 其他说明 备考 附注"},
}

// String is the frozen id of the field.
func (f Field) String() string {
	if f >= fieldCount {
		return fmt.Sprintf("field(%d)", uint8(f))
	}
	return fieldTable[f].id
}

// Title is the heading under which the field is written.
func (f Field) Title() string {
	if f >= fieldCount {
		return ""
	}
	return fieldTable[f].title
}

// MarshalText writes the id.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads an id; an unknown one is an error.
func (f *Field) UnmarshalText(b []byte) error {
	for i := range fieldTable {
		if fieldTable[i].id == string(b) {
			*f = Field(i)
			return nil
		}
	}
	return fmt.Errorf("catalog: unknown field: %q", clip(string(b)))
}

// Fields is a set of fields.
type Fields uint64

// Has reports whether f is in the set.
func (s Fields) Has(f Field) bool { return s&(1<<f) != 0 }

func (s *Fields) add(f Field) { *s |= 1 << f }

// List returns the fields of the set in order.
func (s Fields) List() []Field {
	var l []Field
	for f := range fieldCount {
		if s.Has(f) {
			l = append(l, f)
		}
	}
	return l
}

// MarshalText writes the ids with commas.
func (s Fields) MarshalText() ([]byte, error) {
	var w []string
	for _, f := range s.List() {
		w = append(w, f.String())
	}
	return []byte(strings.Join(w, ",")), nil
}

// UnmarshalText reads ids with commas.
func (s *Fields) UnmarshalText(b []byte) error {
	*s = 0
	if len(b) == 0 {
		return nil
	}
	for w := range strings.SplitSeq(string(b), ",") {
		var f Field
		if err := f.UnmarshalText([]byte(w)); err != nil {
			return err
		}
		s.add(f)
	}
	return nil
}
