package catalog

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/opengongkai/gongkai/disclosure/hanzi"
)

// Carrier describes a carrier (载体): the place where something is disclosed.
// The port that publishes there is another thing.
type Carrier struct {
	Name       string      `json:"name"`
	Kind       CarrierKind `json:"kind,omitempty"`
	Scope      Scope       `json:"scope,omitempty"`      // whom it reaches; "" = not said
	Gatekeeper string      `json:"gatekeeper,omitempty"` // the only unit that publishes on it (扎口管理)
	Consent    string      `json:"consent,omitempty"`    // the department whose consent it needs (会商)
	Contents   []string    `json:"contents,omitempty"`   // what it is meant for, by key words; none = anything
}

// CarrierKind is the kind of a carrier, a frozen id.
type CarrierKind string

// The kinds of carriers.
const (
	Website      CarrierKind = "website"       // 政府网站、部门网站
	Gazette      CarrierKind = "gazette"       // 政府公报
	NewMedia     CarrierKind = "new-media"     // 两微一端、政务新媒体
	Press        CarrierKind = "press"         // 发布会、听证会
	Broadcast    CarrierKind = "broadcast"     // 广播电视
	Print        CarrierKind = "print"         // 纸质媒体、报刊
	ReadingPoint CarrierKind = "reading-point" // 公开查阅点、档案馆、图书馆
	ServiceHall  CarrierKind = "service-hall"  // 政务服务中心
	ServicePost  CarrierKind = "service-post"  // 便民服务站
	OnSite       CarrierKind = "on-site"       // 入户、现场
	Board        CarrierKind = "board"         // 公示栏、公告栏、电子屏
	Push         CarrierKind = "push"          // 精准推送
	Hotline      CarrierKind = "hotline"       // 12345 热线
	Platform     CarrierKind = "platform"      // 专门平台
	Meeting      CarrierKind = "meeting"       // 会议
	Congress     CarrierKind = "congress"      // 职代会、职工大会
	Document     CarrierKind = "document"      // 文件、通知、简报
	Intranet     CarrierKind = "intranet"      // 局域网、内网
	Survey       CarrierKind = "survey"        // 问卷调查平台
	OtherCarrier CarrierKind = "other"         // 其他
)

// Scope is whom a carrier or a node reaches (公开范围).
type Scope string

// The scopes, narrow to wide.
const (
	PartyScope   Scope = "party"   // 党内
	InsideScope  Scope = "inside"  // 单位、园区内部
	SocietyScope Scope = "society" // 全社会
)

// Chinese is the name of the scope.
func (s Scope) Chinese() string {
	switch s {
	case PartyScope:
		return "党内"
	case InsideScope:
		return "内部"
	case SocietyScope:
		return everyone
	}
	return ""
}

// UnmarshalText refuses an unknown scope.
func (s *Scope) UnmarshalText(b []byte) error {
	switch v := Scope(b); v {
	case "", PartyScope, InsideScope, SocietyScope:
		*s = v
		return nil
	}
	return fmt.Errorf("catalog: unknown scope: %q", clip(string(b)))
}

// UnmarshalText refuses an unknown kind.
func (k *CarrierKind) UnmarshalText(b []byte) error {
	v := CarrierKind(b)
	if v == "" {
		*k = ""
		return nil
	}
	for _, r := range carrierTable {
		if r.kind == v {
			*k = v
			return nil
		}
	}
	return fmt.Errorf("catalog: unknown kind of carrier: %q", clip(string(b)))
}

// Chinese is the name of the kind.
func (k CarrierKind) Chinese() string {
	for _, r := range carrierTable {
		if r.kind == k {
			return r.title
		}
	}
	return ""
}

// carrierTable: the words are parts of folded names, tried in the order of the
// rows, so that 内部网站 is the intranet before it is a website.
var carrierTable = []struct {
	kind  CarrierKind
	scope Scope
	title string
	words string
}{
	{Survey, InsideScope, "问卷调查", "问卷 民意调查"},
	{Congress, InsideScope, "职代会", "职代会 职工代表大会 职工大会 教代会"},
	{Intranet, InsideScope, "内网", "局域网 内网 内部网 内部平台 智慧园区 办公系统 oa系统 办公平台 办公网"},
	{Hotline, SocietyScope, "服务热线", "热线 12345 电话 回复及函询 函询"},
	{Press, SocietyScope, "发布会/听证会", "发布会 听证会 吹风会 通气会 政务论坛 咨询会"},
	{Board, InsideScope, "公示栏", "党建活动栏 党务公开栏 厂务公开栏 宣传版报 宣传板报"},
	{NewMedia, SocietyScope, "两微一端", "两微一端 一微一端 两微 新媒体 微信 微博 公众号 客户端 app 抖音 短视频 小程序"},
	{Broadcast, SocietyScope, "广播电视", "广播 电视 电台 大喇叭 村村响"},
	{Print, SocietyScope, "纸质媒体", "纸质 报刊 报纸 杂志 刊物 宣传册 宣传单 明白纸 新闻媒体 媒体"},
	{Gazette, SocietyScope, "政府公报", "公报"},
	{Push, SocietyScope, "精准推送", "精准推送 推送 短信"},
	{ReadingPoint, SocietyScope, "公开查阅点", "查阅点 查询点 查阅室 查阅中心 查阅场所 资料索取点 档案馆 图书馆 公开专区 文件查阅"},
	{ServicePost, SocietyScope, "便民服务站", "便民 服务站 工作站"},
	{OnSite, SocietyScope, "入户/现场", "入户 人户 现场"},
	{Board, SocietyScope, "公示栏", "公示栏 公开栏 公告栏 电子屏 显示屏 触摸屏 宣传栏 公示牌 橱窗 信息栏 公示公开栏 张贴 电子信息屏 公示墙 展板 政务公开栏"},
	{Website, SocietyScope, "政府网站", "政府网站 门户网站 门户 官网 网站 网页 网上公开 互联网 网络 网址"},
	{ServiceHall, SocietyScope, "政务服务中心", "服务中心 服务大厅 办事大厅 办税服务厅 办税厅 办事窗口 服务窗口 窗口 服务厅 政务大厅 提供政务服务的场所"},
	{Platform, SocietyScope, "专门平台", "平台 服务网 采购网 网上办事 信用中国 公示系统 信息系统 系统 政务网 法律服务网 证券交易所 云平台 信息网"},
	{Meeting, InsideScope, "会议", "会议 党组会 局务会 办公会 案审会 干部大会 座谈会 党员大会 例会 村民大会 代表会议 中层干部会"},
	{Document, InsideScope, "文件", "文件 通知 通报 简报 书面 公文 发文 通告 内部刊物 传阅"},
	{OtherCarrier, "", "其他", "其他 其它"},
}

// carrierKindOf finds the kind of a carrier by its name.
func carrierKindOf(name string) (CarrierKind, bool) {
	k, _, ok := carrierRow(name)
	return k, ok
}

func carrierRow(name string) (CarrierKind, Scope, bool) {
	w := foldText(name)
	for _, r := range carrierTable {
		for word := range strings.FieldsSeq(r.words) {
			if strings.Contains(w, word) {
				return r.kind, r.scope, true
			}
		}
	}
	return OtherCarrier, "", false
}

// NewCarrier describes a carrier by its name alone: its kind, and the scope that
// the kind commonly has.
func NewCarrier(name string) Carrier {
	k, s, _ := carrierRow(name)
	return Carrier{Name: name, Kind: k, Scope: s}
}

// ScopeOf reads 公开范围 as a table writes it; "" when it says neither.
func ScopeOf(text string) Scope {
	if text == "" {
		return ""
	}
	w := foldText(text)
	for _, r := range []struct {
		s     Scope
		words string
	}{
		{PartyScope, "党内 党员 党组织内"},
		{SocietyScope, "社会 公众 公民 群众 对外 不特定 互联网 居民 村民"},
		{InsideScope, "内部 职工 员工 本单位 全局 全系统 系统内 机关 单位内 行业内 园区 全区性 科室 部门内 干部 全市系统 本级 教职工 全校 校内 全体人员"},
	} {
		for word := range strings.FieldsSeq(r.words) {
			if strings.Contains(w, word) {
				return r.s
			}
		}
	}
	return ""
}

// compounds are names that hold a separator.
var compounds = []string{
	"社区/企事业单位/村公示栏(电子屏)", "社区/企事业单位、村公示栏(电子屏)", "社区/企事业单位/村公示栏", "社区/企事业单位、村公示栏", "社区/企事业单位公示栏(电子屏)",
	"社区/企事业单位/村(居)公示栏(电子屏)", "社区/企事业单位/村居公示栏(电子屏)", "社区/企事业单位/村(社区)公示栏(电子屏)", "社区、企事业单位、村公示栏(电子屏)", "社区、企事业单位、村公示栏",
	"村居/企事业单位公示栏(电子屏)", "单位/村委会公示栏(电子屏)", "发布会/听证会", "发布会、听证会", "入户/现场", "入户、现场", "人户/现场", "公开查阅点/政务公开专区",
	"国家档案馆/图书馆", "国家档案馆、图书馆", "国家档案馆、公共图书馆", "回复及函询", "网络与新媒体",
}

// readCarriers reads the cell of 公开渠道和载体. listed counts the boxes; with
// boxes only the chosen ones are named.
func readCarriers(cell string) (names []string, listed int) {
	s := normalizeCarriers(cell)
	marked := false
	for _, r := range s {
		if isMark(r) {
			marked = true
			break
		}
	}
	if !marked {
		return appendPlain(nil, s), 0
	}
	s = boxes(s)
	chosen := true // text before the first mark is chosen
	start := 0
	flush := func(end int) {
		if chosen {
			names = appendPlain(names, s[start:end])
		}
	}
	for i, r := range s {
		if !isMark(r) {
			continue
		}
		flush(i)
		listed++
		chosen = strings.ContainsRune(chosenMarks, r)
		start = i + utf8.RuneLen(r)
	}
	flush(len(s))
	return names, listed
}

func isMark(r rune) bool {
	if r < utf8.RuneSelf {
		return false
	}
	return strings.ContainsRune(chosenMarks, r) || strings.ContainsRune(unchosenMarks, r)
}

// normalizeCarriers brings the cell to simplified characters without the readings
// of converters: the names of carriers are compared, and CarrierText keeps what
// the cell says.
func normalizeCarriers(s string) string {
	s = hanzi.Fold(s, hanzi.Script|hanzi.Readings|hanzi.Invisible).Text
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r == '\uFE0F' || r == '\u200b' || r == '\uFEFF' {
			continue
		}
		if r == '\r' || r == '\n' || r == '\t' {
			r = '\n'
		}
		b.WriteRune(half(r))
	}
	return b.String()
}

// boxes turns 口 and t that stand for boxes into boxes: before a known carrier,
// at the beginning or after a blank, a mark or a name.
func boxes(s string) string {
	if !strings.ContainsAny(s, "口t") {
		return s
	}
	var b strings.Builder
	prev := ' '
	for i, r := range s {
		switch {
		case r == '口' && prev != '窗' && startsCarrier(s[i+len("口"):]):
			r = '□'
		case r == 't' && (prev >= utf8.RuneSelf || prev == ' ' || prev == '\n' || prev == ')') && startsCarrier(s[i+1:]):
			r = '■'
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

func startsCarrier(s string) bool {
	s = strings.TrimLeft(s, " \n")
	for _, w := range []string{"政府", "两微", "发布会", "广播", "纸质", "公开", "政务", "便民", "入户", "社区", "精准", "其他", "其它", "村", "网站"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// appendPlain takes a stretch without marks apart.
func appendPlain(names []string, s string) []string {
	for {
		s = strings.TrimLeft(s, " \n、,;；，。.:|_+")
		if s == "" {
			return names
		}
		if name, rest, ok := compound(s); ok {
			names = addName(names, name)
			s = rest
			continue
		}
		end, depth := len(s), 0
	scan:
		for i, r := range s {
			switch r {
			case '(':
				depth++
			case ')':
				depth--
			case '、', ',', ';', '|', '\n', '+', '。':
				if depth <= 0 && (r != '\n' || breaksName(s, i)) {
					end = i
					break scan
				}
			case '/', ' ', '和', '及', '或':
				if depth <= 0 && i > 0 && parts(s[:i], s[i+utf8.RuneLen(r):]) {
					end = i
					break scan
				}
			}
		}
		names = addName(names, s[:end])
		s = s[end:]
		if r, n := utf8.DecodeRuneInString(s); r == '/' || r == '和' || r == '及' || r == '或' {
			s = s[n:]
		}
	}
}

// breaksName: a line break separates two names unless it only wraps one.
func breaksName(s string, i int) bool {
	_, left := carrierKindOf(s[:i])
	rest := s[i+1:]
	if j := strings.IndexAny(rest, "\n、,;"); j >= 0 {
		rest = rest[:j]
	}
	_, right := carrierKindOf(rest)
	return left && right
}

// parts reports that both sides are carriers of their own.
func parts(a, b string) bool {
	if j := strings.IndexAny(b, "\n 、,;/"); j >= 0 {
		b = b[:j]
	}
	_, left := carrierKindOf(a)
	_, right := carrierKindOf(b)
	return left && right
}

// compound matches a name that holds separators, blanks ignored.
func compound(s string) (name, rest string, ok bool) {
	for _, c := range compounds {
		if r, ok := cutBlanks(s, c); ok {
			return c, r, true
		}
	}
	return "", s, false
}

func cutBlanks(s, prefix string) (rest string, ok bool) {
	for _, want := range prefix {
		for s != "" && (s[0] == ' ' || s[0] == '\n') {
			s = s[1:]
		}
		r, n := utf8.DecodeRuneInString(s)
		if r != want {
			return "", false
		}
		s = s[n:]
	}
	return s, true
}

func addName(names []string, s string) []string {
	s = cleanName(s)
	if s == "" {
		return names
	}
	for _, n := range names {
		if n == s {
			return names
		}
	}
	return append(names, s)
}

// cleanName drops numbering, the 其他 before what is really meant, and blanks.
func cleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == ' ' {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, "、,;。.:|_-+/ ")
	if i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }); i > 0 && i <= 2 && (s[i] == '.' || strings.HasPrefix(s[i:], "、") || s[i] == ')') {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	for _, p := range []string{"其他", "其它"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			rest = strings.Trim(rest, ":_-\"")
			if in, ok := strings.CutPrefix(rest, "("); ok && strings.HasSuffix(in, ")") {
				rest = strings.Trim(strings.TrimSuffix(in, ")"), "\"_ ")
			}
			if rest != "" && rest != "请注明" && rest != "渠道" && rest != "载体" && rest != "方式" && rest != "形式" {
				return rest
			}
			return "其他"
		}
	}
	return s
}
