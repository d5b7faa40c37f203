package secrecy

import (
	"cmp"
	"strings"
)

// Attribute is the public attribute (公开属性) of a document. The zero value is
// undetermined. It is a mark on a document, never a ground for a decision to a
// person: a request is decided by 条例 13–16, whatever the mark.
//
// Redacted (删减后公开) is Public of a rendition: it counts as 主动公开, owes its
// twenty working days, a ground for each cut and an attribute of the original.
type Attribute uint8

const (
	Public    Attribute = iota + 1 // 主动公开
	OnRequest                      // 依申请公开
	Redacted                       // 删减后公开
	Withheld                       // 不予公开
)

var attributes = [...]struct{ fact, zh, paper, note string }{
	0:         {"undetermined", "未确定", "", ""},
	Public:    {"public", "主动公开", "公开发布", "（此件公开发布）"},
	OnRequest: {"on-request", "依申请公开", "依申请公开", "（此件依申请公开）"},
	Redacted:  {"redacted", "删减后公开", "删减后公开", "（此件删减后公开）"},
	Withheld:  {"withheld", "不予公开", "不公开", "（此件不予公开）"},
}

func (a Attribute) row() struct{ fact, zh, paper, note string } {
	if int(a) >= len(attributes) {
		a = 0
	}
	return attributes[a]
}

// String is the value of the workflow fact "attribute": undetermined, public,
// on-request, redacted or withheld.
func (a Attribute) String() string { return a.row().fact }

// Chinese is the name as catalogs and annual reports use it: 主动公开,
// 依申请公开, 删减后公开, 不予公开; 未确定 for the zero value.
func (a Attribute) Chinese() string { return a.row().zh }

// Note is the note at the end of the document (附注, under the date), e.g.
// （此件公开发布）. Empty while undetermined.
func (a Attribute) Note() string { return a.row().note }

// IsZero reports whether the attribute is undetermined.
func (a Attribute) IsZero() bool { return a == 0 || a > Withheld }

// Proactive reports whether the document counts as 主动公开: Public and Redacted.
func (a Attribute) Proactive() bool { return a == Public || a == Redacted }

// MarshalText writes String. It fails on a value that is not one of the five.
func (a Attribute) MarshalText() ([]byte, error) {
	if a > Withheld {
		return nil, &Error{Code: codeAttrEncoding, Category: ErrSyntax, What: "encode attribute: no such value"}
	}
	return []byte(a.String()), nil
}

// UnmarshalText reads String's five values and the empty string, nothing else.
func (a *Attribute) UnmarshalText(b []byte) error {
	s := string(b)
	if s == "" {
		*a = 0
		return nil
	}
	for i, r := range attributes {
		if r.fact == s {
			*a = Attribute(i)
			return nil
		}
	}
	return &Error{Code: codeAttrEncoding, Category: ErrSyntax, What: "decode attribute: no such value"}
}

// attributeWords are the wordings seen in the field, folded, without the
// surrounding 此件/同意/应 and brackets.
var attributeWords = map[string]Attribute{
	"公开": Public, "主动公开": Public, "主动": Public, "公开发布": Public, "向社会公开": Public, "全社会范围主动公开": Public,
	"向社会主动公开": Public, "社会公开": Public, "全部公开": Public, "予以公开": Public, "主动公开发布": Public,
	"依申请": OnRequest, "依申请公开": OnRequest, "依申请公开发布": OnRequest, "申请公开": OnRequest, "依据申请公开": OnRequest,
	"删减后公开": Redacted, "删减公开": Redacted, "删减后公开发布": Redacted, "删减后主动公开": Redacted, "区分处理后公开": Redacted,
	"区分处理": Redacted, "部分公开": Redacted, "删除后公开": Redacted, "删减后予以公开": Redacted,
	"不公开": Withheld, "不予公开": Withheld, "免予公开": Withheld, "不予公布": Withheld, "不予公开发布": Withheld, "非公开": Withheld,
	"不公开发布": Withheld, "不宜公开": Withheld, "免于公开": Withheld,
}

// attributeKeys are field names under which the value stands.
var attributeKeys = []string{"公文公开属性", "信息公开属性", "政府信息公开属性", "公开属性", "公开方式", "公开类别", "公开类型", "公开形式", "公开选项", "公开性质", "属性", "密级"}

// audienceWords say to whom, not whether.
var audienceWords = []string{"校内受众", "校内公开", "内部公开", "全社会", "特定群体", "特定群众", "特定对象", "特定主体", "特定载体", "社会受众", "申请人", "项目单位"}

var tradPhrase = strings.NewReplacer("開", "开", "發", "发", "佈", "布", "刪", "删", "減", "减", "後", "后", "請", "请",
	"應", "应", "動", "动", "屬", "属", "據", "据", "於", "于", "區", "区", "處", "处", "類", "类", "別", "别", "內", "内", "眾", "众", "無", "无", "會", "会", "範", "范", "圍", "围", "據", "据", "見", "见", "審", "审", "機", "机", "絕", "绝", "級", "级")

// foldPhrase brings a phrase to one spelling: half width, simplified, no blanks,
// zero-width marks, quotes or ticks.
func foldPhrase(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		switch r {
		case ' ', '\t', '\n', '\r', 0xA0, 0x3000, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xAD, 0xFFFD:
			continue
		case '√', '✓', '✔', '☑', '■', '●', '“', '”', '"', '「', '」', '『', '』', '\'', '‘', '’', '.', '。':
			continue
		case '〔', '【', '[', '〖':
			r = '('
		case '〕', '】', ']', '〗':
			r = ')'
		}
		b.WriteRune(r)
	}
	return tradPhrase.Replace(b.String())
}

// ParseAttribute reads the public attribute from the words of a form, a note or
// a catalog cell: 公开, 主动公开, 依申请公开, 不公开, 不予公开, 删减后公开; with 此件,
// 同意此件, 此件应 before them, in brackets or after a field name (公开属性：…).
//
// It refuses what names no attribute (a bare 同意, an audience such as 全社会, a
// secrecy level), and what names several. It never returns a value and an error.
func ParseAttribute(s string) (Attribute, error) {
	if len(s) > 1024 {
		return 0, &Error{Code: codeAttrUnknown, Category: ErrSyntax, What: "parse attribute: longer than 1024 bytes"}
	}
	f := foldPhrase(s)
	var got Attribute
	var firstErr, asideErr error
	for _, part := range strings.FieldsFunc(f, func(r rune) bool { return strings.ContainsRune("/;、,|", r) }) {
		key, val := splitField(part)
		if val == "无" || val == "" {
			continue
		}
		a, code := attributeOf(val)
		if code != "" {
			err := &Error{Code: code, Category: ErrSyntax, What: "parse attribute: " + attributeFaults[code]}
			if key == fieldAside {
				asideErr = cmp.Or[error](asideErr, err)
			} else {
				firstErr = cmp.Or[error](firstErr, err)
			}
			continue
		}
		if got != 0 && got != a {
			return 0, &Error{Code: codeAttrSeveral, Category: ErrSyntax, What: "parse attribute: " + attributeFaults[codeAttrSeveral]}
		}
		got = a
	}
	switch {
	case firstErr != nil:
		return 0, firstErr
	case got != 0:
		return got, nil
	case asideErr != nil:
		return 0, asideErr
	}
	return 0, &Error{Code: codeAttrUnknown, Category: ErrSyntax, What: "parse attribute: " + attributeFaults[codeAttrUnknown]}
}

var attributeFaults = map[string]string{
	codeAttrBare:     "a bare 同意 names no attribute",
	codeAttrAudience: "an audience is not an attribute",
	codeAttrSecrecy:  "a secrecy level is another field",
	codeAttrUnknown:  "no attribute named",
	codeAttrSeveral:  "several attributes named",
}

// fieldKind says what the words before a colon announce.
type fieldKind uint8

const (
	fieldNone  fieldKind = iota // no field name
	fieldOurs                   // the attribute
	fieldAside                  // something beside it: the way of release, another column
)

// splitField cuts a leading field name off a folded part.
func splitField(p string) (fieldKind, string) {
	for _, k := range attributeKeys {
		if rest, ok := strings.CutPrefix(p, k); ok {
			kind := fieldOurs
			if k == "公开方式" || k == "公开形式" {
				// 公开方式 is the attribute in the national guide and the way of
				// release (全文发布) in some catalogs.
				kind = fieldAside
			}
			return kind, strings.TrimLeft(rest, ":=为是")
		}
	}
	if k, v, ok := strings.Cut(p, "="); ok && k != "" {
		return fieldAside, v
	}
	if k, v, ok := strings.Cut(p, ":"); ok && !strings.HasSuffix(k, "此件") {
		return fieldAside, v
	}
	return fieldNone, p
}

// attributeOf reads one folded phrase; code is "" when it was understood.
func attributeOf(p string) (a Attribute, code string) {
	for {
		q := strings.TrimSuffix(strings.TrimPrefix(p, "("), ")")
		if q == p {
			break
		}
		p = q
	}
	// 主动公开(社会受众) and 主动公开+社会受众 still mean the public at large.
	for _, w := range []string{"+社会受众", "(社会受众", "(全社会", "-社会受众"} {
		if rest, ok := strings.CutSuffix(p, w); ok {
			p = rest
		}
	}
	switch p {
	case "同意", "已阅", "阅", "拟同意":
		return 0, codeAttrBare
	case "秘密", "机密", "绝密", "涉密", "非涉密", "内部", "工作秘密":
		return 0, codeAttrSecrecy
	}
	for _, w := range audienceWords {
		if p == w || strings.HasSuffix(p, w) {
			return 0, codeAttrAudience
		}
	}
	q := p
	for _, pre := range []string{"经审查", "经研究", "同意", "拟", "建议", "此件", "本件", "该件", "此文", "本文件", "该文件", "此文件", "拟", "应当", "应", "可以", "可"} {
		q = strings.TrimPrefix(q, pre)
	}
	q = strings.TrimPrefix(q, ":")
	if a, ok := attributeWords[q]; ok {
		return a, ""
	}
	if a, ok := attributeWords[p]; ok {
		return a, ""
	}
	return 0, codeAttrUnknown
}
