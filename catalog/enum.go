package catalog

import (
	"fmt"
	"strings"
)

// An enumeration's values are frozen ASCII ids; words are what catalogs write.
type enumRow struct {
	bit   uint8
	id    string
	title string
	words string
}

type enumTable struct {
	name string
	rows []enumRow
	word map[string]uint8
}

func newEnum(name string, rows ...enumRow) *enumTable {
	t := &enumTable{name: name, rows: rows, word: map[string]uint8{}}
	for _, r := range rows {
		for w := range strings.FieldsSeq(r.words) {
			t.word[w] = r.bit
		}
		t.word[fold(r.title)] = r.bit
	}
	return t
}

// ids joins the ids of the bits of a set.
func (t *enumTable) ids(v uint8, sep string, title bool) string {
	var b strings.Builder
	for _, r := range t.rows {
		if v&r.bit == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		if title {
			b.WriteString(r.title)
		} else {
			b.WriteString(r.id)
		}
	}
	return b.String()
}

func (t *enumTable) encode(v uint8) ([]byte, error) {
	rest := v
	for _, r := range t.rows {
		rest &^= r.bit
	}
	if rest != 0 {
		return nil, fmt.Errorf("catalog: unknown %s: %d", t.name, v)
	}
	return []byte(t.ids(v, ",", false)), nil
}

func (t *enumTable) decode(b []byte) (uint8, error) {
	var v uint8
	if len(b) == 0 {
		return 0, nil
	}
next:
	for w := range strings.SplitSeq(string(b), ",") {
		for _, r := range t.rows {
			if r.id == w {
				v |= r.bit
				continue next
			}
		}
		return 0, fmt.Errorf("catalog: unknown %s: %q", t.name, clip(w))
	}
	return v, nil
}

// read takes the words of a cell apart; ok is false when one is not known.
func (t *enumTable) read(cell string) (v uint8, ok bool) {
	f := fold(cell)
	if b, found := t.word[f]; found {
		return b, true
	}
	for w := range strings.FieldsFuncSeq(spaceMarks(cell), isSeparator) {
		sel, chosen := trimMark(trim(w))
		if !chosen {
			continue
		}
		b, found := t.word[fold(sel)]
		if !found {
			return v, false
		}
		v |= b
	}
	return v, v != 0
}

// Level is a set of levels of government (公开层级).
type Level uint8

// The levels, from the state to the village.
const (
	National   Level = 1 << iota // 国家级
	Provincial                   // 省级
	City                         // 市级
	County                       // 县级
	Township                     // 乡级
	Village                      // 村级
)

var levels = newEnum("level",
	enumRow{uint8(National), "national", "国家级", "国家级 国家 中央 部级 国级"},
	enumRow{uint8(Provincial), "provincial", "省级", "省级 省 自治区级 区直 省部级 省市级 省区市级 兵团级"},
	enumRow{uint8(City), "city", "市级", "市级 市 地级 州级 州 地市级 设区市级 设区的市级 盟级 市州级 地州级 盟市级 市本级 地市州级 州市级 师级"},
	enumRow{uint8(County), "county", "县级", "县级 县 区级 县区级 区县级 县市区级 旗级 旗县级 市区级 市区县级 县市级 区 旗县区级 县区 县市区 区县 团级 县本级 区本级 县区市级 区县市级 县级及以上"},
	enumRow{uint8(Township), "township", "乡级", "乡级 乡 镇级 镇 乡镇级 乡镇 乡镇街道 乡镇街道级 街道级 街道 镇街级 镇街 街镇级 街镇 苏木级 镇乡级 镇乡街道 街道乡镇 街乡镇 街乡镇级 苏木乡镇 苏木镇级 园区级"},
	enumRow{uint8(Village), "village", "村级", "村级 村 社区级 社区 村社区级 村社区 村居级 村居 嘎查级 嘎查村级 嘎查村 连队级"},
)

// Has reports whether every level of m is in l.
func (l Level) Has(m Level) bool             { return l&m == m }
func (l Level) String() string               { return levels.ids(uint8(l), ",", false) }
func (l Level) Chinese() string              { return levels.ids(uint8(l), "、", true) }
func (l Level) IsZero() bool                 { return l == 0 }
func (l Level) MarshalText() ([]byte, error) { return levels.encode(uint8(l)) }
func (l *Level) UnmarshalText(b []byte) error {
	v, err := levels.decode(b)
	*l = Level(v)
	return err
}

// Aspect is a set of the five disclosures (五公开).
type Aspect uint8

// The five disclosures.
const (
	Decision   Aspect = 1 << iota // 决策公开
	Execution                     // 执行公开
	Management                    // 管理公开
	Service                       // 服务公开
	Result                        // 结果公开
	allAspects = Decision | Execution | Management | Service | Result
)

var aspects = newEnum("aspect",
	enumRow{uint8(Decision), "decision", "决策公开", "决策公开 决策 行政决策公开 重大决策公开 决策类"},
	enumRow{uint8(Execution), "execution", "执行公开", "执行公开 执行 执行类"},
	enumRow{uint8(Management), "management", "管理公开", "管理公开 管理 管理类"},
	enumRow{uint8(Service), "service", "服务公开", "服务公开 服务 服务类"},
	enumRow{uint8(Result), "result", "结果公开", "结果公开 结果 结果类"},
)

// Has reports whether every disclosure of b is in a.
func (a Aspect) Has(b Aspect) bool            { return a&b == b }
func (a Aspect) String() string               { return aspects.ids(uint8(a), ",", false) }
func (a Aspect) Chinese() string              { return aspects.ids(uint8(a), "、", true) }
func (a Aspect) IsZero() bool                 { return a == 0 }
func (a Aspect) MarshalText() ([]byte, error) { return aspects.encode(uint8(a)) }
func (a *Aspect) UnmarshalText(b []byte) error {
	v, err := aspects.decode(b)
	*a = Aspect(v)
	return err
}

// Mode is a set of the ways of disclosing (公开方式; 条例第十三条第二款). It is a
// mark on a catalog, never a ground for a decision to a person.
type Mode uint8

// The ways of disclosing.
const (
	Proactive Mode = 1 << iota // 主动公开
	OnRequest                  // 依申请公开
	Withheld                   // 不予公开
)

var modes = newEnum("mode",
	enumRow{uint8(Proactive), "proactive", "主动公开", "主动公开 主动 全社会范围主动公开 公开 此件公开发布 此件主动公开 公开发布 主动公开类 全文公开 全部公开 社会公开 向社会主动公开 主动公示 删减后公开 部分公开"},
	enumRow{uint8(OnRequest), "on-request", "依申请公开", "依申请公开 依申请 申请公开 此件依申请公开 依申请公开类 依法申请公开 申请"},
	enumRow{uint8(Withheld), "withheld", "不予公开", "不予公开 不公开 免予公开 此件不公开 此件不予公开 免于公开 非公开"},
)

// Has reports whether every way of n is in m.
func (m Mode) Has(n Mode) bool              { return m&n == n }
func (m Mode) String() string               { return modes.ids(uint8(m), ",", false) }
func (m Mode) Chinese() string              { return modes.ids(uint8(m), "、", true) }
func (m Mode) IsZero() bool                 { return m == 0 }
func (m Mode) MarshalText() ([]byte, error) { return modes.encode(uint8(m)) }
func (m *Mode) UnmarshalText(b []byte) error {
	v, err := modes.decode(b)
	*m = Mode(v)
	return err
}

// Phase is a set of 事前、事中、事后.
type Phase uint8

// The phases of a matter.
const (
	Before Phase = 1 << iota // 事前
	During                   // 事中
	After                    // 事后
)

var phases = newEnum("phase",
	enumRow{uint8(Before), "before", "事前", "事前 事前公开 事前阶段 办事前 决策前"},
	enumRow{uint8(During), "during", "事中", "事中 事中公开 事中阶段 办事中 过程 实施中"},
	enumRow{uint8(After), "after", "事后", "事后 事后公开 事后阶段 办事后 结果"},
)

// Has reports whether every phase of q is in p.
func (p Phase) Has(q Phase) bool             { return p&q == q }
func (p Phase) String() string               { return phases.ids(uint8(p), ",", false) }
func (p Phase) Chinese() string              { return phases.ids(uint8(p), "、", true) }
func (p Phase) IsZero() bool                 { return p == 0 }
func (p Phase) MarshalText() ([]byte, error) { return phases.encode(uint8(p)) }
func (p *Phase) UnmarshalText(b []byte) error {
	v, err := phases.decode(b)
	*p = Phase(v)
	return err
}

// Importance says how a matter is registered: important and special ones are
// registered and approved before they start, routine ones may be registered as
// they run. Zero = not decided; the leading group decides.
type Importance uint8

// The kinds of matter.
const (
	Routine   Importance = 1 << iota // 常规
	Important                        // 重要
	Special                          // 特殊
)

var importances = newEnum("importance",
	enumRow{uint8(Routine), "routine", "常规", "常规 常规类 一般 常态化 常态 日常 普通 否 常规事项 一般事项 常态化事项"},
	enumRow{uint8(Important), "important", "重要", "重要 重要类 重大 是 重要事项 重大事项 重点 重点事项"},
	enumRow{uint8(Special), "special", "特殊", "特殊 特殊类 特别 特殊事项 敏感"},
)

func (i Importance) String() string               { return importances.ids(uint8(i), ",", false) }
func (i Importance) Chinese() string              { return importances.ids(uint8(i), "、", true) }
func (i Importance) IsZero() bool                 { return i == 0 }
func (i Importance) MarshalText() ([]byte, error) { return importances.encode(uint8(i)) }
func (i *Importance) UnmarshalText(b []byte) error {
	v, err := importances.decode(b)
	*i = Importance(v)
	return err
}

// Concern is a set of the reasons for which the Regulation wants information
// disclosed of the agency's own accord (条例第十九条).
type Concern uint8

// The three reasons.
const (
	Adjusts      Concern = 1 << iota // 涉及公众利益调整
	WidelyKnown                      // 需要公众广泛知晓
	Participates                     // 需要公众参与决策
)

var concerns = newEnum("concern",
	enumRow{uint8(Adjusts), "adjusts", "涉及公众利益调整", "公众利益调整 利益调整 涉及公众利益"},
	enumRow{uint8(WidelyKnown), "widely-known", "需要公众广泛知晓", "广泛知晓 公众广泛知晓 需要公众知晓"},
	enumRow{uint8(Participates), "participates", "需要公众参与决策", "参与决策 公众参与决策 公众参与 需要公众参与"},
)

// Has reports whether every reason of d is in c.
func (c Concern) Has(d Concern) bool           { return c&d == d }
func (c Concern) String() string               { return concerns.ids(uint8(c), ",", false) }
func (c Concern) Chinese() string              { return concerns.ids(uint8(c), "、", true) }
func (c Concern) IsZero() bool                 { return c == 0 }
func (c Concern) MarshalText() ([]byte, error) { return concerns.encode(uint8(c)) }
func (c *Concern) UnmarshalText(b []byte) error {
	v, err := concerns.decode(b)
	*c = Concern(v)
	return err
}
