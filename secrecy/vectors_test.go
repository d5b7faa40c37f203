package secrecy_test

import (
	"testing"

	"github.com/opengongkai/gongkai/secrecy"
	"github.com/stretchr/testify/assert"
)

// The forms a value is written in, kind by kind: what must be found whole, and what
// must not be taken for it.
func TestForms(t *testing.T) {
	cases := []struct {
		kind     secrecy.Kind
		cue      string
		yes, not []string
	}{
		{secrecy.KindID18, "证件", []string{"11010519491231002X", "440524188001010014", "431197201702189335", "32029820180112660X", "34029919670117896x", "810000200103203941", "130898 19410912 1591", "５１１２９７１９８３０７０９１６５４"},
			[]string{"130899194904170723", "621199198942529769", "993991200704092600", "3***************18", "1775149916604633638002"}},
		{secrecy.KindID15, "", []string{"320398840928517", "531098671206459", "530399790124946", "530198 380623 516", "３４１１９９４３１０２６１４２"},
			[]string{"201580004966507", "340199991301123", "340199990230123", "20240404103000123", "YJ340199900101123"}},
		{secrecy.KindUSCC, "", []string{"91350100M000100Y43", "91330100799655058B", "9144030071526726XG", "914403001922038216", "91110000802100433B", "51430199MAABM1EN5E", "52 431299 MAY5XAQT3 Y", "１１５１０３９７４０００４６８７６G", "51430199maabm1en5e"},
			[]string{"91530697MAL7H8QE6F", "925101975613733098", "511098024601GB45920", "91340I99MA00000000"}},
		{secrecy.KindMobile, "", []string{"19500056256", "199 0007 0966", "188-0001-3987", "+86 16600098402", "１９５０００３９９８９", "一五二〇〇〇七四九六二"},
			[]string{"15200039258元", "20158000496650707", "135XXXX2949", "1701323398731", "12012345678"}},
		{secrecy.KindLandline, "", []string{"0316-6795320", "（0316）69507099", "(0551)3090990", "010-81912532转711", "0731—86539487"},
			[]string{"12345", "400-820-1234", "2024-0101", "0551", "3401-02-04-01-123456"}},
		{secrecy.KindBankCard, "", []string{"6288990252351699", "6218974292695201258", "6288 9914 5695 2601 656", "6288-9975-6546-6445", "４０００００８４６２９６５５０５６７"},
			[]string{"4000006356957930", "5299991170630996675", "24342000000554583936", "400000*********1707", "20210510084529"}},
		{secrecy.KindPassport, "护照", []string{"E07654233", "EG0441914", "G81623397", "SE5455396", "E５４９０９４４２"}, []string{"E2024", "G42", "EN1234567890", "EI1234567", "E0765423"}},
		{secrecy.KindPermitHKMO, "港澳通行证", []string{"C52524952", "CJ4287142"}, []string{"C919", "C5252495"}},
		{secrecy.KindPermitHome, "回乡证", []string{"H79000602", "M9835007802", "H 79000602"}, []string{"H7N9", "M50", "H2024010100001"}},
		{secrecy.KindPermitTW, "台胞证号", []string{"05049977", "０３３１７７５２", "0504997701(B)"}, nil},
		{secrecy.KindPermitTW, "项目编号", nil, []string{"05049977"}},
		{secrecy.KindPermitTW, "日期", nil, []string{"20240115"}},
		{secrecy.KindPermitToTW, "往来台湾通行证", []string{"L66512935"}, nil},
		{secrecy.KindPlate, "", []string{"甘L72J85", "云N·75G49", "云ND37183", "云N52225F", "湘B0091警", "云N0744挂"}, []string{"皖A1标段", "苏E02地块", "沪A股", "G42高速", "皖AIO123", "川A"}},
		{secrecy.KindEmail, "", []string{"wang.lm12@example.com", "zhangsan_88@example.cn", "li.hong@mail.example.com.cn", "qq1003＠example.net", "HR-OFFICE@EXAMPLE.ORG"}, []string{"@所有人", "综合@科", "a@b", "user@localhost", "3@5元"}},
		{secrecy.KindAddress, "住址：", []string{"四川省昌庆市清源县人民中路261号锦绣家园19幢4单元1756室", "云江市白塔县大塘镇前进村6组10号", "阳光新城小区27栋3单元1157室", "云江市白塔县滨河东路三十六号锦绣家园六栋三单元一〇一室", "河北省望川市桐湖区滨河东路１０３号金桂苑９幢４单元２５８室"}, nil},
		{secrecy.KindAddress, "", nil, []string{"桃园路与学府大道交叉口", "清源县12号地块", "G42高速云江段", "第3号令", "人民路社区居民委员会"}},
		{secrecy.KindPerson, "申请人", []string{"平丽海", "皇甫建国", "古丽努尔·艾合买提", "朱永"}, nil},
		{secrecy.KindPerson, "姓名：", []string{"杨　秀"}, nil},
		{secrecy.KindPerson, "", nil, []string{"高度重视", "平安", "严格", "马路市场", "江河安澜"}},
		{secrecy.KindSocialSecurity, "个人编号", []string{"4097763127"}, nil},
		{secrecy.KindSocialSecurity, "社保编号", []string{"5048742481"}, nil},
		{secrecy.KindSocialSecurity, "醫保編號", []string{"2275448295"}, nil},
		{secrecy.KindSocialSecurity, "", nil, []string{"1234567890"}},
		{secrecy.KindSocialSecurity, "单位编号", nil, []string{"4097763127"}},
		{secrecy.KindSocialSecurity, "参保人数", nil, []string{"4097763人"}},
		{secrecy.KindSocialSecurity, "基金总额", nil, []string{"4097763127元"}},
		{secrecy.KindOfficerID, "军官证", []string{"海字第56157857号", "南字第67844077号", "士字第71352688号"}, nil},
		{secrecy.KindOfficerID, "", nil, []string{"皖政字第12号", "国字第三号", "军字第某号", "某房权证海字第56157857号", "海字号钻井平台"}},
		{secrecy.KindStudentNo, "学籍号", []string{"G130297195002010029", "G511198199406105770", "L430198198807124270", "L320397195003263859"}, []string{"G13029719500201", "G130297195002010028", "GB130297195002010029", "L2024-001"}},
		{secrecy.KindStateSecret, "", []string{"秘密★5年", "绝密★", "秘 密 ★ 1年", "秘密★３年", "机密★2027年5月11日", "絕密★13年", "机密☆1年", "机　密"}, []string{"保守国家秘密法", "商业秘密", "秘密写票", "机密级事项", "五星★★★★★"}},
		{secrecy.KindWorkSecret, "", []string{"内部★", "工作秘密★3年", "内部资料 注意保存", "内部事项 注意保管", "内部使用 不得外传"}, []string{"内部控制", "工作秘密管理办法", "内部事务信息", "内部审计", "资料内部结构"}},
		{secrecy.KindCopyNo, "", []string{"000123", "０００１２３"}, []string{"邮编230001", "股票000001"}},
		{secrecy.KindUrgency, "", []string{"特急", "特 急", "加急", "特提", "平急"}, []string{"可加急办理", "特急件", "加急费", "急件已送", "十万火急"}},
	}
	for _, c := range cases {
		for _, v := range c.yes {
			t.Run(c.kind.String()+" 是 "+v, func(t *testing.T) {
				text := c.cue + v
				for _, f := range secrecy.Scan(text) {
					if f.Kind == c.kind && f.Start == len(c.cue) && f.End == len(text) {
						return
					}
				}
				t.Errorf("not found in %q: %v", text, secrecy.Scan(text))
			})
		}
		for _, v := range c.not {
			t.Run(c.kind.String()+" 不是 "+v, func(t *testing.T) {
				for _, f := range secrecy.Scan(c.cue + v) {
					assert.NotEqual(t, c.kind, f.Kind, "%q", (c.cue + v)[f.Start:f.End])
				}
			})
		}
	}
}

// Surfaces of one number, each of which hides the same person.
func TestDisguises(t *testing.T) {
	for _, v := range []string{
		"110105 1949 1231 002X", "110105-19491231-002X", "1101 0519 4912 3100 2X", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "110105\u00a019491231\u00a0002X",
		"110105\u200b19491231\u200b002X", "110105\n19491231002X", "1101051949\r\n1231002X", "110105．19491231．002X", "110105·19491231·002X", "110105/19491231/002X",
		"１１０１０５１９４９１２３１００２Ｘ", "一一〇一〇五一九四九一二三一〇〇二X", "壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰X", "①①⓪①⓪⑤①⑨④⑨①②③①⓪⓪②X", "𝟏𝟏𝟎𝟏𝟎𝟓𝟏𝟗𝟒𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟐X",
		"110105(19491231)002X", "110105【19491231】002X", "11O1O5194912310O2X", "1l0l0519491231002x", "110105\u206019491231\u2060002X", "1\ufe0f\u20e310105194912310" + "02X", "110105 – 19491231 – 002X", "1一01零5194九1231002X", "110105\u202e19491231\u202c002X", "110105194912310０２Ｘ", "110105_19491231_002X", "110105  19491231  002X", "110105\u300019491231\u3000002Х",
	} {
		t.Run(v, func(t *testing.T) {
			text := "持" + v + "号证件"
			got := secrecy.Scan(text)
			if assert.Len(t, got, 1) {
				assert.Equal(t, secrecy.KindID18, got[0].Kind)
				assert.Equal(t, v, text[got[0].Start:got[0].End])
			}
		})
	}
	for _, v := range []string{"138 0013 8000", "138-0013-8000", "138.0013.8000", "1380013 8000", "138 00138000", "+86-138-0013-8000", "(+86)13800138000", "（86）13800138000", "86 13800138000", "0086-13800138000", "1 3 8 0 0 1 3 8 0 0 0", "一三八零零一三八零零零", "幺三八〇〇幺三八〇〇〇", "138\u200b0013\u200b8000", "13800\n138000", "138 O013 8OOO", "①③⑧⓪⓪①③⑧⓪⓪⓪", "1３8〇0一38000", "(138)0013-8000", "138—0013—8000"} {
		t.Run(v, func(t *testing.T) {
			text := "手机：" + v + "。"
			for _, f := range secrecy.Scan(text) {
				if f.Kind == secrecy.KindMobile && text[f.Start:f.End] == v {
					return
				}
			}
			t.Errorf("%q: %+v", text, secrecy.Scan(text))
		})
	}
}
