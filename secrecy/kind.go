package secrecy

import "strings"

// Kind is what a finding is. The zero value is not a kind.
type Kind uint8

const (
	KindID18           Kind = iota + 1 // 公民身份号码, also residence permits of 港澳台居民
	KindID15                           // the 15-digit number of before 1999
	KindUSCC                           // 统一社会信用代码
	KindMobile                         // 手机号
	KindLandline                       // 座机, with its extension
	KindBankCard                       // 银行卡
	KindPassport                       // 护照
	KindPermitHKMO                     // 往来港澳通行证
	KindPermitHome                     // 港澳居民来往内地通行证 (回乡证)
	KindPermitTW                       // 台湾居民来往大陆通行证 (台胞证)
	KindPermitToTW                     // 往来台湾通行证
	KindPlate                          // 机动车号牌
	KindEmail                          // 电子邮箱
	KindAddress                        // 住址、地址
	KindPerson                         // 姓名
	KindSocialSecurity                 // 社保个人编号
	KindOfficerID                      // 军官证、士兵证
	KindStudentNo                      // 学籍号
	KindStateSecret                    // 密级标志
	KindWorkSecret                     // 工作秘密、内部 marks: a person resolves it to a lawful ground
	KindDisclosure                     // 公开属性 marks
	KindCopyNo                         // 份号
	KindUrgency                        // 紧急程度
	KindWord                           // a word of the caller's lists
	KindPattern                        // a pattern of the caller's
	KindUnreadable                     // bytes that are not text: not scanned
)

const kindCount = int(KindUnreadable)

var kinds = [...]struct{ label, zh string }{
	{"", ""},
	{"cn_id18", "公民身份号码"}, {"cn_id15", "旧身份证号码"}, {"uscc", "统一社会信用代码"}, {"mobile", "手机号码"},
	{"landline", "固定电话"}, {"bank_card", "银行卡号"}, {"passport", "护照号码"}, {"permit_hkmo", "往来港澳通行证"},
	{"permit_home", "港澳居民来往内地通行证"}, {"permit_tw", "台湾居民来往大陆通行证"}, {"permit_to_tw", "往来台湾通行证"},
	{"plate", "机动车号牌"}, {"email", "电子邮箱"}, {"address", "住址"}, {"person", "姓名"},
	{"social_security", "社保个人编号"}, {"officer_id", "军人证件号"}, {"student_no", "学籍号"},
	{"mark_state_secret", "国家秘密标志"}, {"mark_work_secret", "工作秘密标志"}, {"mark_disclosure", "公开属性标注"},
	{"copy_no", "份号"}, {"urgency", "紧急程度"}, {"word", "词表"}, {"pattern", "自定义规则"}, {"unreadable", "无法识别的内容"},
}

// Kinds lists every kind in order.
func Kinds() []Kind {
	out := make([]Kind, kindCount)
	for i := range out {
		out[i] = Kind(i + 1)
	}
	return out
}

// String is the label, e.g. cn_id18, mark_state_secret; empty for no kind.
func (k Kind) String() string {
	if int(k) >= len(kinds) {
		return ""
	}
	return kinds[k].label
}

// Chinese is the name for people.
func (k Kind) Chinese() string {
	if int(k) >= len(kinds) {
		return ""
	}
	return kinds[k].zh
}

// Mark reports whether the kind is a mark on the document rather than a
// person's datum: secrecy, disclosure, copy number, urgency.
func (k Kind) Mark() bool { return k >= KindStateSecret && k <= KindUrgency }

// MarshalText writes the label; it fails for no kind.
func (k Kind) MarshalText() ([]byte, error) {
	if k == 0 || int(k) >= len(kinds) {
		return nil, &Error{Code: codeKind, Category: ErrSyntax, What: "encode kind: no such value"}
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads a label.
func (k *Kind) UnmarshalText(b []byte) error {
	for i := 1; i < len(kinds); i++ {
		if kinds[i].label == string(b) {
			*k = Kind(i)
			return nil
		}
	}
	return &Error{Code: codeKind, Category: ErrSyntax, What: "decode kind: no such value"}
}

// Role says whose datum it is. It is set on persons, addresses, phones and mail
// boxes, and is a guess from the words around; the zero value says nothing.
type Role uint8

const (
	Private  Role = iota + 1 // a natural person's own
	Official                 // a post-holder or an office's line, normally published
	Org                      // an organisation's
)

var roles = [...]string{"", "private", "official", "org"}

// String is private, official, org or empty.
func (r Role) String() string {
	if int(r) >= len(roles) {
		return ""
	}
	return roles[r]
}

// MarshalText writes String.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads String's values.
func (r *Role) UnmarshalText(b []byte) error {
	for i, s := range roles {
		if s == string(b) {
			*r = Role(i)
			return nil
		}
	}
	return &Error{Code: codeKind, Category: ErrSyntax, What: "decode role: no such value"}
}

// Evidence is why something was found; bits add up.
type Evidence uint8

const (
	ByShape    Evidence = 1 << iota // the form alone
	ByChecksum                      // a right check character
	ByCue                           // words before or after it (申请人, 手机, 先生)
	ByPlace                         // where it stands: alone on a line, under a column head
	ByRepeat                        // another mention of what was found elsewhere
	ByList                          // the caller's list or pattern
)

// String joins shape, checksum, cue, place, repeat and list with +.
func (e Evidence) String() string {
	var b strings.Builder
	for i, s := range []string{"shape", "checksum", "cue", "place", "repeat", "list"} {
		if e&(1<<i) != 0 {
			if b.Len() > 0 {
				b.WriteByte('+')
			}
			b.WriteString(s)
		}
	}
	return b.String()
}

// Finding is one stretch of a text: text[Start:End], bytes, on rune borders (an
// unreadable stretch apart). It holds no text, so that a report of findings may
// itself be kept and shown.
type Finding struct {
	Start    int      `json:"start"`
	End      int      `json:"end"`
	Kind     Kind     `json:"kind"`
	Role     Role     `json:"role,omitempty"`
	Evidence Evidence `json:"evidence,omitempty"`
	// Level is the level that a state-secret mark states.
	Level Level `json:"level,omitempty"`
	// Rule names the caller's list or pattern.
	Rule string `json:"rule,omitempty"`
}

// Certain reports whether the finding needs no person to believe it: a right
// checksum, a state-secret mark, or a caller's rule.
func (f Finding) Certain() bool {
	return f.Evidence&(ByChecksum|ByList) != 0 || f.Kind == KindStateSecret
}
