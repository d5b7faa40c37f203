package catalog

import (
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/law"
)

// matter is what the rules of limits need to know of a matter's name.
type matter struct {
	budget  bool // 部门、单位预算和决算
	service bool // 服务指南
	limit   *statuteLimit
	notice  *noticeRule
}

// statuteLimit is a period that a law or notice sets for a kind of matter.
type statuteLimit struct {
	words []string
	not   []string
	n     int
	unit  deadline.Unit
	what  string
	grave Severity
	cite  law.Citation
}

// statuteLimits are tried in their order; the general rule comes last and binds
// whatever the matter.
var statuteLimits = []statuteLimit{
	{[]string{"部门预算", "部门决算", "单位预算", "单位决算"}, nil, 20, deadline.UnitDay, "批复后20日内（自然日）", Error, law.BudgetLaw2018.Art(14).Para(2)},
	{[]string{"政府预算", "政府决算", "财政预算", "财政决算", "财政预决算", "预算调整"}, nil, 20, deadline.UnitDay, "批准后20日内（自然日）", Error, law.BudgetLaw2018.Art(14).Para(1)},
	{[]string{"行政处罚决定", "处罚决定", "处罚结果", "行政处罚结果", "行政许可决定", "许可决定", "许可结果", "双公示"}, []string{"依据", "程序", "指南"}, 7, deadline.UnitWorkday, "执法决定作出之日起7个工作日内", Warning, law.EnforcementPublicity2018.Sec("六")},
	{[]string{"中标候选人"}, nil, 3, deadline.UnitDay, "收到评标报告之日起3日内", Warning, law.BiddingRegulation2019.Art(54).Para(1)},
	{[]string{"政府采购合同", "采购合同"}, nil, 2, deadline.UnitWorkday, "合同签订之日起2个工作日内", Warning, law.ProcurementRegulation2015.Art(50)},
	{[]string{"中标结果", "成交结果", "采购结果"}, nil, 2, deadline.UnitWorkday, "中标、成交供应商确定之日起2个工作日内", Warning, law.ProcurementRegulation2015.Art(43).Para(1)},
}

// noticeRule is how long something is shown, at least or within bounds.
type noticeRule struct {
	words []string
	n     int
	unit  deadline.Unit
	max   int // 0 = no upper bound
	what  string
	grave Severity
	cite  law.Citation
}

var noticeRules = []noticeRule{
	{[]string{"任前公示", "干部任用公示", "任职前公示", "干部任免", "拟任"}, 5, deadline.UnitWorkday, 0, "不少于5个工作日", Error, law.CadreRegulation2019.Art(42)},
	{[]string{"公务员录用", "拟录用公务员", "公务员拟录用"}, 5, deadline.UnitWorkday, 0, "不少于5个工作日", Error, law.CivilServantLaw2018.Art(32)},
	{[]string{"事业单位招聘", "事业单位公开招聘", "拟聘人员", "拟聘用"}, 7, deadline.UnitDay, 15, "一般为7至15日", Warning, law.InstitutionRecruitment2005.Art(23)},
	{[]string{"中标候选人"}, 3, deadline.UnitDay, 0, "不少于3日", Error, law.BiddingRegulation2019.Art(54).Para(1)},
	{[]string{"单一来源"}, 5, deadline.UnitWorkday, 0, "不少于5个工作日", Error, law.ProcurementRegulation2015.Art(38)},
	{[]string{"征收土地预公告", "征地预公告", "土地征收预公告", "征收启动公告"}, 10, deadline.UnitWorkday, 0, "不少于10个工作日", Error, law.LandRegulation2021.Art(26).Para(3)},
	{[]string{"征地补偿安置公告", "补偿安置公告", "征地补偿安置方案"}, 30, deadline.UnitDay, 0, "不少于30日", Error, law.LandRegulation2021.Art(28).Para(1)},
	{[]string{"房屋征收补偿方案", "征收补偿方案"}, 30, deadline.UnitDay, 0, "不少于30日", Error, law.HousingExpropriation2011.Art(10).Para(2)},
	{[]string{"重大决策草案", "决策草案征求意见", "决策草案"}, 30, deadline.UnitDay, 0, "一般不少于30日", Warning, law.MajorDecisionsRegulation2019.Art(15).Para(1)},
}

// generalNotice is 公示时限一般为2-7天: outside it a reason is due.
var generalNotice = noticeRule{nil, 2, deadline.UnitDay, 7, "一般为2至7天", Warning, bengbu.Sec("四（三）2")}

// matterOf reads the name of a matter; equal names are read once.
func (k *checker) matterOf(e *Entry) matter {
	key := e.Name
	if key == "" {
		key = e.Title()
	}
	m, ok := k.matters[key]
	if !ok && telling(key) {
		w := foldText(key)
		m.budget = containsAny(w, "部门预算", "部门决算", "单位预算", "单位决算", "部门预决算", "单位预决算")
		m.service = containsAny(w, "服务指南", "办事指南")
		for i := range statuteLimits {
			if s := &statuteLimits[i]; containsAny(w, s.words...) && !containsAny(w, s.not...) {
				m.limit = s
				break
			}
		}
		for i := range noticeRules {
			if n := &noticeRules[i]; containsAny(w, n.words...) {
				m.notice = n
				break
			}
		}
		if len(k.matters) < 1<<14 {
			k.matters[key] = m
		}
	}
	if len(e.Path) > 0 && m.limit == nil && !m.budget {
		// 财政预决算／部门预算／资金信息: the class may say what the name does not
		for _, p := range e.Path {
			if len(p) > 60 {
				continue
			}
			pm := k.pathMatter(p)
			m.budget = m.budget || pm.budget
			if m.limit == nil {
				m.limit = pm.limit
			}
		}
	}
	return m
}

// telling reports a name that may hold one of the words of the tables: each of
// them has one of these characters.
func telling(name string) bool {
	for _, r := range name {
		switch r {
		case '预', '預', '决', '決', '罚', '罰', '许', '許', '双', '雙', '选', '選', '采', '採', '购', '購', '标', '標', '交', '指', '员', '員', '聘', '源', '征', '徵', '补', '補', '草', '拟', '擬', '任':
			return true
		}
	}
	return false
}

func (k *checker) pathMatter(p string) matter {
	key := "\x00" + p
	m, ok := k.matters[key]
	if ok {
		return m
	}
	w := foldText(p)
	m.budget = containsAny(w, "部门预算", "部门决算", "单位预算", "单位决算", "部门预决算")
	if strings.Contains(w, "预算") || strings.Contains(w, "决算") {
		for i := range statuteLimits[:2] {
			if s := &statuteLimits[i]; containsAny(w, s.words...) {
				m.limit = s
				break
			}
		}
	}
	if len(k.matters) < 1<<14 {
		k.matters[key] = m
	}
	return m
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// node checks limit, notice and carriers of one step.
func (k *checker) node(e *Entry, n *Node, m matter) {
	if n.LimitText == "" {
		if !e.Joined {
			says := e.Title()
			if n.Name != "" {
				says += "／" + n.Name
			}
			k.add(ruleNoLimit, e, FieldLimit, says, "对于同一事项不同环节的公开应分别设定公开时限")
		}
	} else {
		k.limit(e, n, m)
	}
	k.notice(e, n, m)
	if len(n.Carriers) == 0 && n.Form == "" && !e.Joined {
		k.add(ruleNoCarrier, e, FieldCarrier, "", "写明一个或者多个载体")
	}
	if len(n.Carriers) > 0 {
		k.places(e, n)
	}
}

func (k *checker) limit(e *Entry, n *Node, m matter) {
	r := n.read
	if r == nil || r.text != n.LimitText {
		r = k.texts.get(n.LimitText)
		if r.err != nil && !e.Filled.Has(FieldLimit) {
			id := codeLimit
			if !r.limit.IsZero() {
				id = codeLimitPart
			}
			c := codeRow(id)
			k.problems = append(k.problems, Problem{Code: id, Severity: c.severity, Sheet: e.Sheet, Row: e.Row, Heading: FieldLimit.Title(), Says: clip(n.LimitText), Want: limitAdvice(r.err), Err: r.err})
		}
	}
	if e.Filled.Has(FieldLimit) && e.Joined {
		return
	}
	v, ok := k.limits[r]
	if !ok {
		v = judge(r.limit)
		k.limits[r] = v
	}
	if v.long && !(e.Mode != 0 && !e.Mode.Has(Proactive)) {
		k.add(ruleOverlong, e, FieldLimit, n.LimitText, "不得长于信息形成或者变更之日起20个工作日")
	}
	if v.period && !e.Filled.Has(FieldLimit) {
		k.add(rulePeriod, e, FieldLimit, n.LimitText, "")
	}
	if s := m.limit; s != nil && !k.skips(ruleOverlong, e) && !e.Joined && exceeds(r.limit, s) {
		k.add(ruleOverlong, e, FieldLimit, n.LimitText, s.what)
		p := &k.problems[len(k.problems)-1]
		p.Rule, p.Severity = s.cite, s.grave
	}
}

// judge weighs a limit against 条例第二十六条. Calendar days: twenty working
// days are at least 26 days.
func judge(l deadline.Limit) verdict {
	var v verdict
	for _, c := range l.Clauses() {
		if c.Role != deadline.RoleNone {
			continue
		}
		switch c.Kind {
		case deadline.LimitWithin:
			if !fromFormation(c.From) {
				continue
			}
			switch c.Unit {
			case deadline.UnitWorkday:
				v.long = v.long || c.N > 20
			case deadline.UnitDay:
				v.long = v.long || c.N > 28
			case deadline.UnitWeek:
				v.long = v.long || c.N > 4
			case deadline.UnitMonth, deadline.UnitQuarter, deadline.UnitHalfYear, deadline.UnitYear:
				v.long = v.long || c.N > 0
			}
		case deadline.LimitPeriodic:
			v.period = v.period || periodMonths(c) > 1
		}
	}
	return v
}

// fromFormation reports an event that is 形成或者变更, or none at all.
func fromFormation(from string) bool {
	if from == "" {
		return true
	}
	return containsAny(from, "形成", "变更", "产生", "制作", "获取", "生成", "制定", "更新", "变动")
}

// exceeds reports a limit that is surely longer than the statute's.
func exceeds(l deadline.Limit, s *statuteLimit) bool {
	for _, c := range l.Clauses() {
		if c.Kind != deadline.LimitWithin || c.Role != deadline.RoleNone {
			continue
		}
		if c.Unit == s.unit {
			if c.N > s.n {
				return true
			}
			continue
		}
		least, _ := span(c.N, c.Unit)
		if _, most := span(s.n, s.unit); least > most && least > 0 {
			return true
		}
	}
	return false
}

// span is the least and the most calendar days that a period may take: no more
// than seven working days follow each other, and no ten days pass without one.
func span(n int, u deadline.Unit) (least, most int) {
	switch u {
	case deadline.UnitDay:
		return n, n
	case deadline.UnitWorkday:
		return n + (n-1)/7, 7*((n+4)/5) + 9
	case deadline.UnitWeek:
		return 7 * n, 7 * n
	case deadline.UnitMonth:
		return 28 * n, 31 * n
	case deadline.UnitQuarter:
		return 90 * n, 92 * n
	case deadline.UnitHalfYear:
		return 181 * n, 184 * n
	case deadline.UnitYear:
		return 365 * n, 366 * n
	}
	return 0, 0
}

// periodMonths is the length of a period in months, 0 = shorter or none.
func periodMonths(c deadline.Limit) int {
	n := max(c.N, 1)
	switch c.Unit {
	case deadline.UnitMonth:
		return n
	case deadline.UnitQuarter:
		return 3 * n
	case deadline.UnitHalfYear:
		return 6 * n
	case deadline.UnitYear:
		return 12 * n
	}
	return 0
}

// period is the period of a node in months, from its update column or limit.
func (k *checker) period(n *Node) (months int, text string) {
	for _, t := range []string{n.Update, n.LimitText} {
		if t == "" {
			continue
		}
		for _, c := range k.texts.get(t).limit.Clauses() {
			if c.Kind == deadline.LimitPeriodic {
				if m := periodMonths(c); m > 0 {
					return m, t
				}
			}
			if c.Kind == deadline.LimitFixedDate && c.Unit == deadline.UnitYear {
				return 12, t
			}
		}
	}
	return 0, ""
}

// notice checks 公示期, from its own column or as a clause of the limit.
func (k *checker) notice(e *Entry, n *Node, m matter) {
	if k.off[ruleNotice] || n.Notice == "" && m.notice == nil {
		return
	}
	text := n.Notice
	if text == "" {
		if !strings.Contains(n.LimitText, "公示") && !strings.Contains(n.LimitText, "征求意见") && !strings.Contains(n.LimitText, "公告") {
			return
		}
		text = n.LimitText
	}
	lo, hi, unit, ok := k.noticeSpan(text, n.Notice != "")
	if !ok {
		return
	}
	r := m.notice
	if r == nil {
		if k.taxonomy == nil || k.taxonomy.ID != TaxonomyBengbu {
			return
		}
		r = &generalNotice
	}
	bad := short(lo, unit, r) || r.max > 0 && long(hi, unit, r)
	if !bad {
		return
	}
	k.add(ruleNotice, e, FieldNotice, text, "公示期"+r.what)
	p := &k.problems[len(k.problems)-1]
	p.Rule, p.Severity = r.cite, r.grave
}

// noticeSpan reads a notice period: least and most, 0 = no bound.
func (k *checker) noticeSpan(text string, own bool) (lo, hi int, u deadline.Unit, ok bool) {
	if own && !strings.Contains(text, "公示") {
		text = "公示期" + text
	}
	for _, c := range k.texts.get(text).limit.Clauses() {
		switch c.Kind {
		case deadline.LimitAtLeast:
			return c.N, 0, c.Unit, true
		case deadline.LimitBetween:
			return c.N, c.Max, c.Unit, true
		case deadline.LimitWithin:
			if own || c.Role == deadline.RoleDisplayMax {
				return 0, c.N, c.Unit, true
			}
		}
	}
	return 0, 0, 0, false
}

func short(n int, u deadline.Unit, r *noticeRule) bool {
	if n == 0 {
		return false // an upper bound alone does not say how short it may be
	}
	if u == r.unit || u == deadline.UnitWorkday {
		return n < r.n
	}
	if u == deadline.UnitDay && r.unit == deadline.UnitWorkday {
		return n < r.n // N days hold at most N working days
	}
	return false
}

func long(n int, u deadline.Unit, r *noticeRule) bool {
	if n == 0 {
		return false
	}
	switch u {
	case deadline.UnitMonth, deadline.UnitYear, deadline.UnitQuarter, deadline.UnitHalfYear:
		return true
	}
	return n > r.max
}

// places checks the carriers of a node against its scope, and each carrier's
// gatekeeper, contents and consent.
func (k *checker) places(e *Entry, n *Node) {
	scope := ScopeOf(n.Scope)
	if scope == "" && e.Audience.Everyone {
		scope = SocietyScope
	}
	reached := false
	for _, name := range n.Carriers {
		c := k.carrier(name)
		if c.Scope == "" || c.Scope == SocietyScope || scope == "" {
			reached = true
		}
		if wider(c.Scope, scope) {
			k.add(ruleScope, e, FieldCarrier, name, "范围是"+scope.Chinese()+"，不得用面向"+c.Scope.Chinese()+"的载体")
		}
		if c.Gatekeeper != "" && !sameUnit(c.Gatekeeper, e.Lead) && !sameUnit(c.Gatekeeper, n.Lead) {
			k.add(ruleGatekeeper, e, FieldCarrier, name, "由"+c.Gatekeeper+"具体操作")
		}
		if len(c.Contents) > 0 && !k.meantFor(c, e) {
			k.add(ruleContents, e, FieldCarrier, name, "该载体用于："+strings.Join(c.Contents, "、"))
		}
		if c.Consent != "" && !sameUnit(c.Consent, e.Lead) && !slices.ContainsFunc(e.Cooperating, func(u string) bool { return sameUnit(c.Consent, u) }) {
			k.add(ruleConsent, e, FieldCarrier, name, "会商"+c.Consent+"，写入配合单位")
		}
	}
	if scope == SocietyScope && !reached {
		k.add(ruleScope, e, FieldCarrier, strings.Join(n.Carriers, "、"), "面向全社会的事项至少用一种面向社会的载体")
	}
}

func wider(c, scope Scope) bool {
	rank := func(s Scope) int {
		switch s {
		case PartyScope:
			return 1
		case InsideScope:
			return 2
		case SocietyScope:
			return 3
		}
		return 0
	}
	return rank(c) > 0 && rank(scope) > 0 && rank(c) > rank(scope)
}

func sameUnit(a, b string) bool {
	return a != "" && b != "" && (strings.Contains(foldText(b), foldText(a)) || strings.Contains(foldText(a), foldText(b)))
}

func (k *checker) meantFor(c Carrier, e *Entry) bool {
	text := foldText(strings.Join(e.Path, "、") + "、" + e.Name + "、" + e.Content)
	for _, w := range c.Contents {
		if strings.Contains(text, foldText(w)) {
			return true
		}
	}
	return false
}

// detail checks what the contents of a matter must name. The rows joined to an
// entry belong to its contents.
func (k *checker) detail(i int, e *Entry, m matter) {
	if !m.budget && !m.service {
		return
	}
	text := foldText(e.Content)
	for j := i + 1; j < len(k.c.Entries) && k.c.Entries[j].Joined; j++ {
		text += foldText(k.c.Entries[j].Content)
	}
	if m.budget {
		var miss []string
		if !(strings.Contains(text, "功能") && strings.Contains(text, "项")) {
			miss = append(miss, "支出公开到功能分类项级科目")
		}
		if !(strings.Contains(text, "经济") && strings.Contains(text, "款")) {
			miss = append(miss, "基本支出公开到经济分类款级科目")
		}
		if len(miss) > 0 {
			k.add(ruleBudget, e, FieldContent, e.Content, strings.Join(miss, "；"))
		}
	}
	if m.service {
		var miss []string
		for _, x := range serviceElements {
			if !containsAny(text, x.words...) {
				miss = append(miss, x.title)
			}
		}
		if len(miss) > 0 {
			k.add(ruleService, e, FieldContent, e.Content, "补充"+strings.Join(miss, "、"))
		}
	}
}

// serviceElements are what 条例第二十条第（五）项 wants known of a service.
var serviceElements = []struct {
	title string
	words []string
}{
	{"依据", []string{"依据", "法规", "政策"}},
	{"条件", []string{"条件", "对象"}},
	{"程序", []string{"程序", "流程", "步骤", "要素"}},
	{"办理结果", []string{"结果", "办结", "要素"}},
}
