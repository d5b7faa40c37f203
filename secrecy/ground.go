package secrecy

import (
	"errors"
	"slices"
	"strings"

	"github.com/opengongkai/gongkai/disclosure/law"
)

// Ground is one of the eight reasons that the annual report's table counts under
// 不予公开, in its order. The zero Ground is none.
type Ground uint8

// The grounds.
const (
	GroundSecret     Ground = iota + 1 // 属于国家秘密
	GroundStatute                      // 其他法律行政法规禁止公开
	GroundDanger                       // 危及“三安全一稳定”
	GroundThirdParty                   // 保护第三方合法权益
	GroundInternal                     // 属于三类内部事务信息
	GroundProcess                      // 属于四类过程性信息
	GroundFile                         // 属于行政执法案卷
	GroundRegistry                     // 属于行政查询事项
)

var grounds = [...]struct {
	name, zh  string
	basis     law.Citation
	mandatory bool
}{
	{"none", "", law.Citation{}, false},
	{"state-secret", "属于国家秘密", law.GovInfoRegulation2019.Art(14), true},
	{"other-statute", "其他法律行政法规禁止公开", law.GovInfoRegulation2019.Art(14), true},
	{"three-securities", "危及“三安全一稳定”", law.GovInfoRegulation2019.Art(14), true},
	{"third-party", "保护第三方合法权益", law.GovInfoRegulation2019.Art(15), true},
	{"internal-affairs", "属于三类内部事务信息", law.GovInfoRegulation2019.Art(16).Para(1), false},
	{"process-info", "属于四类过程性信息", law.GovInfoRegulation2019.Art(16).Para(2), false},
	{"enforcement-file", "属于行政执法案卷", law.GovInfoRegulation2019.Art(16).Para(2), false},
	{"admin-query", "属于行政查询事项", law.GovInfoRegulation2019.Art(36).Item(7), false},
}

func (g Ground) known() bool { return g >= GroundSecret && int(g) < len(grounds) }

func (g Ground) row() int {
	if !g.known() {
		return 0
	}
	return int(g)
}

// String is the stored name.
func (g Ground) String() string { return grounds[g.row()].name }

// Chinese is the line of the annual report's table.
func (g Ground) Chinese() string { return grounds[g.row()].zh }

// Basis is the provision.
func (g Ground) Basis() law.Citation { return grounds[g.row()].basis }

// Mandatory: 不予公开, 不得公开; otherwise 可以不予公开, decided and reasoned.
func (g Ground) Mandatory() bool { return grounds[g.row()].mandatory }

// FormatOnly: it counts as 不予公开 because the report's format says so, and is
// none of the grounds of 条例 14–16 (行政查询事项).
func (g Ground) FormatOnly() bool { return g == GroundRegistry }

// Line is the row of table 2 of the annual report's format (附表二), 5 … 12; 0 for
// no ground.
func (g Ground) Line() int {
	if !g.known() {
		return 0
	}
	return int(g) + 4
}

// MarshalText writes String; an unknown ground is an error.
func (g Ground) MarshalText() ([]byte, error) {
	if !g.known() {
		return nil, enumError("encode ground")
	}
	return []byte(g.String()), nil
}

// UnmarshalText reads String's values.
func (g *Ground) UnmarshalText(b []byte) error {
	for i := GroundSecret; i.known(); i++ {
		if i.String() == string(b) {
			*g = i
			return nil
		}
	}
	return enumError("decode ground")
}

// CheckGrounds says whether a decision to a person not to disclose rests on what
// it must: at least one provision, each of 条例 14–16, and a reason of its own.
// A public attribute (公开属性), 工作秘密, an agency's own document or a reading of
// ours is never a ground. All faults are joined in the error.
func CheckGrounds(reason string, cited []law.Citation) error {
	var faults []error
	refuse := func(code, what string) {
		faults = append(faults, &Error{Code: code, Category: ErrRefused, What: "grounds: " + what, Basis: law.GovInfoRegulation2019.Art(36).Item(3)})
	}
	if len(cited) == 0 {
		refuse(codeGroundsNone, "no provision is cited")
	}
	for _, c := range cited {
		switch {
		case !isGround(c):
			refuse(codeGroundsOther, "not one of 条例 14–16: "+c.String())
		case law.Resolve(c) != nil:
			refuse(codeGroundsOther, "no such provision: "+c.String())
		}
	}
	switch folded := foldPhrase(reason); {
	case folded == "":
		refuse(codeGroundsReason, "no reason is given")
	case restsOnAttribute(folded):
		refuse(codeGroundsAttribute, "an attribute of the document is no reason")
	}
	return errors.Join(faults...)
}

// attributeReason are the words of a reason that says no more than what stands
// on the document. Taken away, nothing is left.
var attributeReason = []string{
	"政府信息公开属性", "信息公开属性", "公文公开属性", "公开属性", "主动公开", "依申请公开", "不予公开", "不公开", "删减后公开", "非公开", "属性", "密级", "标注", "标明", "注明", "确定", "认定",
	"您申请公开的", "你申请公开的", "您申请的", "你申请的", "申请公开的", "所申请的", "政府信息", "该信息", "该件", "此件", "本件", "该文件", "此文件", "该公文", "文件", "公文", "信息", "故", "因此", "因",
	"为", "是", "属于", "系", "已被", "已", "被", "的", "其", "该", "经查", "经审查", "经", "审查", "由于", "所以", "决定", "我局", "我单位", "本机关", "本单位", "我机关", "依法", "根据", "按照", "规定", "有关", "类", "范围", "范畴", "不能提供", "不予提供",
}

// restsOnAttribute: the words name an attribute and nothing else.
func restsOnAttribute(folded string) bool {
	if !strings.Contains(folded, "公开") && !strings.Contains(folded, "属性") {
		return false
	}
	rest := folded
	words := slices.Clone(attributeReason)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return strings.Trim(rest, "，,;；:：()《》 ") == ""
}
