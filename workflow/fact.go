package workflow

// Facts are the answers known of a case. An absent fact is undetermined, and so
// is one with the empty value. Step only reads the map.
type Facts map[Fact]Value

// Undetermined is the value of a fact that nobody has answered. It belongs to
// every fact.
const Undetermined Value = "undetermined"

// The built-in facts. In an Office only the Office supplies them; on a bare
// Machine the host does, and answers for them.
const (
	FactAttribute Fact = "attribute" // 公开属性
	FactReview    Fact = "review"    // 保密审查 of exactly these parts
	FactScan      Fact = "scan"      // scan of exactly these parts
	FactEarlier   Fact = "earlier"   // 上一个环节: the nodes that must come first
	FactObjection Fact = "objection" // 歧义较大: a serious objection
)

// The values of FactAttribute.
const (
	AttributePublic    Value = "public"     // 公开
	AttributeOnRequest Value = "on-request" // 依申请公开
	AttributeRedacted  Value = "redacted"   // 删减后公开
	AttributeWithheld  Value = "withheld"   // 不公开
)

// The values of FactReview.
const (
	ReviewNone    Value = "none"
	ReviewClear   Value = "clear"
	ReviewBlocked Value = "blocked"
	ReviewStale   Value = "stale" // the parts changed after the review
)

// The values of FactScan.
const (
	ScanNone     Value = "none"
	ScanPartial  Value = "partial" // a part could not be read
	ScanClear    Value = "clear"
	ScanFindings Value = "findings"
)

// The values of FactEarlier and of every Sub.
const (
	EarlierNone   Value = "none"
	EarlierOpen   Value = "open"
	EarlierPassed Value = "passed"
	EarlierFailed Value = "failed"
)

// The values of FactObjection.
const (
	ObjectionNone   Value = "none"
	ObjectionRaised Value = "raised"
	ObjectionUpheld Value = "upheld"
)

// BuiltIn returns the built-in facts with their values.
func BuiltIn() []FactDef {
	return []FactDef{
		{ID: FactAttribute, Title: "公开属性",
			Values: []Value{Undetermined, AttributePublic, AttributeOnRequest, AttributeRedacted, AttributeWithheld},
			Labels: []string{"未定", "公开", "依申请公开", "删减后公开", "不公开"}},
		{ID: FactReview, Title: "保密审查",
			Values: []Value{ReviewNone, Undetermined, ReviewClear, ReviewBlocked, ReviewStale},
			Labels: []string{"未审", "未定", "通过", "不予通过", "内容已变、须重审"}},
		{ID: FactScan, Title: "敏感信息检测",
			Values: []Value{ScanNone, ScanPartial, ScanClear, ScanFindings},
			Labels: []string{"未检测", "部分未检测", "未发现", "有发现"}},
		{ID: FactEarlier, Title: "上一环节",
			Values: []Value{EarlierNone, EarlierOpen, EarlierPassed, EarlierFailed},
			Labels: []string{"无", "进行中", "已通过", "未通过"}},
		{ID: FactObjection, Title: "重大异议",
			Values: []Value{ObjectionNone, ObjectionRaised, ObjectionUpheld},
			Labels: []string{"无", "已提出", "已认定"}},
	}
}
