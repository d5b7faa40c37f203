package catalog

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/deadline"
	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// CheckOptions are what the checks need to know beyond the catalog. nil is the
// zero value, and a zero field turns the checks that need it off.
type CheckOptions struct {
	Regime   string                   // "" = government; another regime turns the rules of the Regulation off
	Taxonomy *Taxonomy                // nil = the one that Catalog.Taxonomy names
	Carriers []Carrier                // the agency's own descriptions, by name before the catalog's
	Level    Level                    // the level that handles the matters
	Guide    *Guide                   // the 公开指南 that stands beside the catalog
	Updated  map[string]deadline.Date // by Entry.Key: when its column was last updated
	Today    deadline.Date            // for Updated
	Skip     []string                 // codes not to check
}

// Check runs the table of rules over the catalog and returns all it finds, in
// the order of the entries, what concerns the whole catalog last. What the reader
// has reported is not reported again.
func (c *Catalog) Check(o *CheckOptions) Problems {
	k := newChecker(c, o)
	k.columns()
	for i := range c.Entries {
		k.entry(i)
	}
	k.whole()
	return k.problems
}

type checker struct {
	o        CheckOptions
	c        *Catalog
	problems Problems
	off      map[string]bool
	rules    map[string]*Rule
	carriers map[string]Carrier
	taxonomy *Taxonomy
	parts    [][]string
	aspects  Aspect
	seed     maphash.Seed
	names    map[uint64]int32
	numbers  map[string]int32
	units    map[string]bool
	limits   map[*readLimit]verdict
	matters  map[string]matter
	texts    limitCache
}

// verdict is what a limit comes to, whatever the matter.
type verdict struct {
	long   bool // longer than twenty working days from formation
	period bool
}

func newChecker(c *Catalog, o *CheckOptions) *checker {
	k := &checker{c: c, off: map[string]bool{}, rules: map[string]*Rule{}, carriers: map[string]Carrier{}, seed: maphash.MakeSeed(),
		names: make(map[uint64]int32, len(c.Entries)), numbers: map[string]int32{}, units: map[string]bool{}, limits: map[*readLimit]verdict{}, matters: map[string]matter{}}
	if o != nil {
		k.o = *o
	}
	if k.o.Regime == "" {
		k.o.Regime = government
	}
	for _, id := range k.o.Skip {
		k.off[id] = true
	}
	for i := range rules {
		r := &rules[i]
		k.rules[r.Code] = r
	}
	for _, x := range c.Carriers {
		k.carriers[x.Name] = x
	}
	for _, x := range k.o.Carriers {
		k.carriers[x.Name] = x
	}
	k.taxonomy = k.o.Taxonomy
	if k.taxonomy == nil && c.Taxonomy != "" {
		k.taxonomy, _ = LoadTaxonomy(c.Taxonomy)
	}
	if k.taxonomy != nil && k.o.Level != 0 {
		k.taxonomy = k.taxonomy.For(k.o.Level)
	}
	if k.taxonomy != nil {
		k.parts = k.taxonomy.Classify(c.Entries)
	}
	return k
}

// add reports a finding about an entry (nil = the catalog) under a field.
func (k *checker) add(id string, e *Entry, f Field, says, want string) {
	if k.skips(id, e) {
		return
	}
	r := k.rules[id]
	p := Problem{Code: id, Severity: r.Severity, Heading: f.Title(), Says: clip(says), Want: want, Rule: r.Cite}
	if k.taxonomy != nil && !r.Local.IsZero() && r.Local.Instrument == k.taxonomy.Basis {
		p.Rule = r.Local
	}
	if e != nil {
		p.Sheet, p.Row = e.Sheet, e.Row
		if p.Says == "" {
			p.Says = clip(e.Title())
		}
	}
	k.problems = append(k.problems, p)
}

// skips reports a rule that is turned off, or that does not bind here: the
// Regulation binds where the regime says so, and what goes to society anywhere
// (需要面向社会公开的信息，按照条例执行).
func (k *checker) skips(id string, e *Entry) bool {
	if k.off[id] {
		return true
	}
	r := k.rules[id]
	return r.Regime != "" && r.Regime != k.o.Regime && (e == nil || !facesSociety(e))
}

func facesSociety(e *Entry) bool {
	if e.Audience.Everyone {
		return true
	}
	for i := range e.Nodes {
		if ScopeOf(e.Nodes[i].Scope) == SocietyScope {
			return true
		}
	}
	return false
}

func (k *checker) entry(i int) {
	e := &k.c.Entries[i]
	k.aspects |= e.Aspects
	k.lead(e)
	k.duplicate(i, e)
	k.approval(e)
	k.modes(e)
	m := k.matterOf(e)
	for n := range e.Nodes {
		k.node(e, &e.Nodes[n], m)
	}
	if len(e.Nodes) == 0 && !e.Joined {
		k.add(ruleNoLimit, e, FieldLimit, "", "每个事项至少写一个时限")
	}
	if len(e.Nodes) > 1 {
		k.steps(e)
	}
	if k.needsPhases(i, e) {
		k.phases(e)
	}
	if !e.Joined {
		k.detail(i, e, m)
	}
	k.meta(e)
	k.media(e)
	if want := k.o.Level; want != 0 && e.Level != 0 && !e.Level.Has(want) {
		k.add(ruleLevel, e, FieldLevel, e.Level.Chinese(), "哪一级办事就在哪一级公开："+want.Chinese())
	}
	k.upkeep(e)
}

// columns reports a column that the whole table lacks, once.
func (k *checker) columns() {
	var lead, limit, carrier bool
	for i := range k.c.Entries {
		e := &k.c.Entries[i]
		lead = lead || e.Lead != ""
		for n := range e.Nodes {
			limit = limit || e.Nodes[n].LimitText != ""
			carrier = carrier || len(e.Nodes[n].Carriers) > 0 || e.Nodes[n].Form != ""
		}
		if lead && limit && carrier {
			return
		}
	}
	for _, x := range []struct {
		has   bool
		rule  string
		field Field
	}{{lead, ruleNoLead, FieldLead}, {limit, ruleNoLimit, FieldLimit}, {carrier, ruleNoCarrier, FieldCarrier}} {
		if !x.has && len(k.c.Entries) > 1 {
			k.add(x.rule, nil, x.field, "全表", "补上「"+x.field.Title()+"」一栏")
			k.off[x.rule] = true
		}
	}
}

func (k *checker) lead(e *Entry) {
	switch {
	case e.Lead == "" && len(e.Cooperating) > 0:
		k.add(ruleLeadMissing, e, FieldLead, strings.Join(e.Cooperating, "、"), "写明一个牵头单位")
	case e.Lead == "":
		k.add(ruleNoLead, e, FieldLead, "", "写明责任部门")
	case !e.Filled.Has(FieldLead) && k.severalUnits(e.Lead):
		k.add(ruleTwoLeads, e, FieldLead, e.Lead, "写一个牵头单位，其余写入配合单位")
	}
}

// severalUnits reports a cell with two units or more.
func (k *checker) severalUnits(s string) bool {
	v, ok := k.units[s]
	if ok {
		return v
	}
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == '、' || r == ',' || r == '，' || r == ';' || r == '；' || r == '/' || unicode.IsSpace(r)
	}) {
		if i := strings.IndexAny(w, "(（"); i > 0 {
			w = w[:i]
		}
		r := []rune(w)
		if len(r) >= 2 && strings.ContainsRune("科室局处部办会中院站所股委队厅司府组园校校心馆社台庭", r[len(r)-1]) {
			n++
		}
	}
	v = n > 1
	k.units[s] = v
	return v
}

// duplicate finds entries that say the same after folding, and numbers twice.
func (k *checker) duplicate(i int, e *Entry) {
	var h maphash.Hash
	h.SetSeed(k.seed)
	for _, p := range e.Path {
		hashFolded(&h, p)
	}
	hashFolded(&h, e.Name)
	hashFolded(&h, e.Content)
	hashFolded(&h, e.Lead)
	sum := h.Sum64()
	if j, twice := k.names[sum]; twice {
		o := &k.c.Entries[j]
		if !e.Joined {
			k.add(ruleDuplicate, e, FieldName, e.Title(), "与第 "+itoa(o.Row)+" 行相同，合并或者写明区别")
		}
	} else {
		k.names[sum] = int32(i)
	}
	if e.Number == "" || e.Joined || e.Filled.Has(FieldNumber) {
		return
	}
	key := e.Sheet + "\x00" + e.Number
	if k.c.Entries[0].Sheet == e.Sheet {
		key = e.Number
	}
	if j, twice := k.numbers[key]; twice {
		if o := &k.c.Entries[j]; !slices.Equal(o.Path, e.Path) || e.code() != "" {
			k.add(ruleNumberTwice, e, FieldNumber, e.Number, "与第 "+itoa(o.Row)+" 行相同")
		}
		return
	}
	k.numbers[key] = int32(i)
}

func hashFolded(h *maphash.Hash, s string) {
	for _, r := range s {
		r = half(r)
		if r == ' ' || r == '\n' || r == '\u200b' || r == '、' || r == ',' || r == '。' {
			continue
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		} else if r >= utf8.RuneSelf {
			r = hanzi.Simple(r)
		}
		h.WriteByte(byte(r))
		h.WriteByte(byte(r >> 8))
		h.WriteByte(byte(r >> 16))
	}
	h.WriteByte(0)
	h.WriteByte(0xff)
}

func (k *checker) approval(e *Entry) {
	if e.Importance&(Important|Special) == 0 || e.Joined {
		return
	}
	if e.Late {
		k.add(ruleLate, e, FieldLate, e.Title(), "重要、特殊事项须在办事发起前审核")
	}
	if e.Approval == "" {
		k.add(ruleUnapproved, e, FieldApproval, e.Title(), "写明领导小组审核的文件或者会议")
	}
}

func (k *checker) modes(e *Entry) {
	if e.Mode.Has(Withheld) && e.Basis == "" && e.Remark == "" {
		k.add(ruleWithheld, e, FieldMode, e.Title(), "写明条例第十四条、第十五条或者第十六条的情形和依据")
	}
	if e.Concerns != 0 && !e.Mode.Has(Proactive) {
		k.add(ruleConcern, e, FieldMode, e.Concerns.Chinese(), "列为主动公开")
	}
}

// steps checks a matter with several nodes.
func (k *checker) steps(e *Entry) {
	first := e.Nodes[0].LimitText
	same := first != ""
	for i := range e.Nodes {
		same = same && e.Nodes[i].LimitText == first
	}
	if same {
		k.add(ruleSameLimit, e, FieldLimit, first, "对于同一事项不同环节的公开应分别设定公开时限")
	}
	end := e.Nodes[len(e.Nodes)-1].Carriers
	if len(end) == 0 {
		return
	}
	for _, c := range e.Nodes[0].Carriers {
		if !slices.Contains(end, c) {
			k.add(ruleContinuity, e, FieldCarrier, c, "末一环节仍在这一载体公开，做到有始有终")
		}
	}
}

// needsPhases: matters whose nodes name phases, important ones, and 三项工作.
func (k *checker) needsPhases(i int, e *Entry) bool {
	if e.Joined {
		return false
	}
	for n := range e.Nodes {
		if e.Nodes[n].Phase != 0 && len(e.Nodes) > 1 {
			return true
		}
	}
	if e.Importance&(Important|Special) != 0 && len(e.Nodes) > 1 {
		return true
	}
	return k.taxonomy != nil && k.taxonomy.ID == TaxonomyBengbu && slices.ContainsFunc(k.parts[i], func(id string) bool { return strings.HasPrefix(id, "1.") })
}

func (k *checker) phases(e *Entry) {
	var have Phase
	for n := range e.Nodes {
		have |= e.Nodes[n].Phase
	}
	if miss := (Before | During | After) &^ have; miss != 0 {
		k.add(rulePhases, e, FieldPhase, e.Title(), "补上"+miss.Chinese()+"的环节")
	}
}

// media: important releases also go out through the media.
func (k *checker) media(e *Entry) {
	if e.Importance&Important == 0 || e.Joined || k.taxonomy == nil || k.taxonomy.ID != TaxonomyNanning {
		return
	}
	for n := range e.Nodes {
		for _, c := range e.Nodes[n].Carriers {
			switch k.carrier(c).Kind {
			case Press, Broadcast, Print, NewMedia:
				return
			}
		}
	}
	k.add(ruleMedia, e, FieldCarrier, e.Title(), "加新闻发布会、报刊、广播电视或者新媒体")
}

func (k *checker) carrier(name string) Carrier {
	if c, ok := k.carriers[name]; ok {
		return c
	}
	c := NewCarrier(name)
	k.carriers[name] = c
	return c
}

// meta checks the metadata of listed documents.
func (k *checker) meta(e *Entry) {
	m := e.Meta
	if m == nil {
		return
	}
	if e.Index == "" {
		k.add(ruleMeta, e, FieldIndex, e.Title(), "写明索引号")
	}
	if m.Made.IsZero() && m.Published.IsZero() {
		k.add(ruleMeta, e, FieldMade, e.Title(), "写明生成日期")
	}
	if !m.Made.IsZero() && !m.Published.IsZero() && m.Published.Before(m.Made) {
		k.add(ruleMeta, e, FieldPublished, m.Published.String(), "发布日期早于生成日期 "+m.Made.String())
	}
	if _, ok := m.Valid(); !ok && m.Validity != "" {
		k.add(ruleMeta, e, FieldValidity, m.Validity, "填有效、失效、废止或者已修改")
	}
}

// Valid reads 有效性; ok is false when it is empty or no known word.
func (m *Meta) Valid() (valid, ok bool) {
	if m == nil {
		return false, false
	}
	switch foldText(m.Validity) {
	case "有效", "现行有效", "继续有效", "是", "生效", "有效期内", "部分有效", "已修改", "修改":
		return true, true
	case "失效", "无效", "废止", "已废止", "已失效", "否", "宣布失效", "过期", "全文失效", "全文废止":
		return false, true
	}
	return false, false
}

// whole checks what concerns the catalog.
func (k *checker) whole() {
	c := k.c
	if c.Year == 0 && len(c.Entries) > 0 {
		k.add(ruleNoYear, nil, FieldYear, "", "写明年度")
	}
	if k.aspects != 0 || k.taxonomy != nil && k.taxonomy.ID == TaxonomyBengbu {
		for _, r := range aspects.rows {
			if uint8(k.aspects)&r.bit == 0 {
				k.add(ruleAspects, nil, FieldAspects, r.title, "补充属于"+r.title+"的事项")
			}
		}
	}
	if k.taxonomy != nil {
		have := map[string]bool{}
		for _, ids := range k.parts {
			for _, id := range ids {
				have[id] = true
			}
		}
		for _, cl := range k.taxonomy.Classes {
			for _, p := range cl.Parts {
				if !have[p.ID] {
					k.add(rulePart, nil, FieldPart, p.Title, "补充"+p.ID+"「"+p.Title+"」的事项")
					if n := len(k.problems); n > 0 && !k.off[rulePart] {
						k.problems[n-1].Rule = p.Cite
					}
				}
			}
		}
	}
	if g := k.o.Guide; g != nil {
		if k.o.Regime == government {
			k.problems = append(k.problems, g.check(c, k.off)...)
		}
	}
}

// upkeep finds columns that were not updated within their period.
func (k *checker) upkeep(e *Entry) {
	if k.o.Updated == nil || k.o.Today.IsZero() || e.Joined || k.off[ruleStale] {
		return
	}
	at, known := k.o.Updated[e.Key()]
	for n := range e.Nodes {
		months, text := k.period(&e.Nodes[n])
		if months == 0 {
			continue
		}
		switch {
		case !known:
			k.add(ruleStale, e, FieldLimit, text, "没有更新记录")
		case addMonths(at, months).Before(k.o.Today):
			k.add(ruleStale, e, FieldLimit, text, "上次更新 "+at.String()+"，应不迟于 "+addMonths(at, months).String()+" 再更新")
		}
		return
	}
}

// addMonths goes to the corresponding day, or the last of a shorter month.
func addMonths(d deadline.Date, n int) deadline.Date {
	y, m, day := d.Civil()
	t := int(m) - 1 + n
	y, t = y+t/12, t%12
	for ; day > 0; day-- {
		if r := deadline.NewDate(y, monthOf(t+1), day); !r.IsZero() {
			return r
		}
	}
	return deadline.Date{}
}
