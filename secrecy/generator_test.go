package secrecy_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A second corpus: passages written for these tests, with other templates, other
// words and other seeds than testdata/dev.jsonl, and disguises of its own. It is
// made here, so that what it measures is not what the scanner was tuned on alone.
// Everything in it is synthetic.

type gen struct {
	r     *rand.Rand
	hard  bool
	b     strings.Builder
	spans []gold
	names map[string]string // {p1} is the same person throughout a passage
}

func (g *gen) pick(s ...string) string { return s[g.r.IntN(len(s))] }
func (g *gen) word(s string) string    { return g.pick(strings.Fields(s)...) }
func (g *gen) n(lo, hi int) int        { return lo + g.r.IntN(hi-lo+1) }

const (
	genSurnames = "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 庞 樊 兰 殷 施 陶 洪 翟 安 颜 倪 严 牛 温 芦 季 俞 章 鲁 葛 伍 韦 申 尤 毕 聂 丛 焦 向 柳 邢 路 岳 齐 梅 莫 庄 辛 管 祝 左 涂 谷 祁 时 舒 耿 牟 卜 詹 关 苗 凌 费 纪 靳 盛 童 欧 甄 项 曲 成 游 阳 裴 席 卫 查 屈 鲍 位 覃 霍 翁 隋 植 甘 景 薄 单 包 司 柏 宁 柯 阮 桂 闵 解 强 柴 华 车 冉 房 边 辜 吉 饶 刁 瞿 戚 丘 古 米 池 滕 晋 苑 邬 臧 畅 宫 来 嵺 苟 全 褚 廉 简 娄 盖 符 奚 木 穆 党 燕 郎 邸 冀 谈 姬 屠 连 郜 晏 栾 郁 商 蒙 计 喻 揭 窦 迟 宇 敖 糜 鄢 冷 卓 花 仇 艾 蓝 都 巩 稽 井 练 仲 乐 虞 卞 封 竺 冼 原 官 衣 楚 佟 栗 匡 宗 应 台 巫 鞠 僧 桑 荆 谌 银 扬 明 沙 薄 伏 岑 习 胥 保 和 蔺"
	genGiven    = "伟 芳 娜 敏 静 磊 洋 艳 勇 杰 娟 涛 超 明 霞 平 刚 桂英 秀兰 建军 志强 海燕 晓东 国庆 春梅 玉兰 文博 思远 雨桐 子轩 梓涵 浩宇 欣怡 俊杰 嘉豪 诗涵 一鸣 永强 大勇 根生 长贵 来福 满仓 秋菊 腊梅 冬生 援朝 卫东 红兵 向阳 跃进 小龙 小芳 美玲 丽君 淑珍 素琴 凤英 金莲 银花 翠花 月娥 巧云 兰芝 爱国 新民 立新 成林 万山 德厚 承志 耀祖 光宗 启明 景行 怀瑾 若愚 清风 沐阳 星辰 宸 睿 铭 昊 彬 斌 旭 晖 煜 琛 璐 瑶 婷 倩 雯 萌 蕾 薇 莹 琳 雪 梅 兰 竹 菊 波 峰 岩 松 柏 林 森 鹏 飞 龙 虎 亮 辉 光 宁 安 康 健 强 凯 旋 胜利 和平 解放 建设 建华 建平 爱华 爱民 学文 学武 正义 正祥 友谅 友德 仁杰 义府 礼贤 智勇 信芳 忠良 孝先 廷玉 世昌 鸿章 之洞 培元 慧敏 慧芳 若兰 婉清 依依 可欣 可儿 佳琪 佳宁 亦菲 语嫣 紫薇 晴雯 宝钗 湘云"
	genCompound = "欧阳 司马 上官 诸葛 皇甫 东方 夏侯 尉迟 端木 公孙 令狐 慕容 轩辕 南宫 宇文 长孙 司徒"
	genMinority = "阿依古丽·买买提 麦麦提·吐尔逊 阿卜杜拉·艾力 古丽米热·阿不都 迪丽努尔·热合曼 帕提古丽·玉素甫 库尔班·司马义 次仁旺堆 扎西平措 白玛拉姆 丹增多吉 德吉措姆 格桑曲珍 乌云其其格 苏日娜 朝克图 娜仁高娃 斯琴图雅 吉克曲木 尼玛次仁"
	genCities   = "云岭市 青屏市 临溪市 东麓市 沧浪市 平川市 雁门市 石桥市 白鹭市 赤水湾市 龙泉港市 望海市"
	genCounties = "金沙县 长丰县 双河县 南塘区 北固区 城关区 高新区 永宁县 清水县 凤台县 桃源区 西陵区 新丰县 沙洼县"
	genTowns    = "柳树镇 石门镇 太平镇 双龙乡 黄泥乡 大湾镇 三岔乡 沿河街道 城东街道 龙王镇 杏花街道"
	genVillages = "小河村 王家村 石头村 东风村 团结村 李家庄村 上坝村 下湾村 杨柳村 新华村 大槐树村"
	genRoads    = "中山路 解放大道 和平街 青年路 滨江大道 育才巷 迎宾路 环城南路 学府街 朝阳北路 幸福里 民主东街 文昌阁路"
	genEstates  = "翠竹苑 阳光花园 金色家园 锦江公寓 书香名邸 紫荆小区 粮食局家属院 春晓花园 龙湖小区 水岸新城 棉纺厂宿舍 安居苑 桃李园小区"
	genProv     = "湖北省 四川省 河南省 江西省 云南省 广西壮族自治区 贵州省 甘肃省 内蒙古自治区 黑龙江省"
)

func (g *gen) name() string {
	switch v := g.r.IntN(20); {
	case v == 0:
		return g.word(genCompound) + g.word(genGiven)
	case v == 1:
		return g.word(genMinority)
	}
	given := g.word(genGiven)
	if len([]rune(given)) == 1 && g.r.IntN(4) == 0 {
		second := g.word(genGiven)
		if len([]rune(second)) == 1 {
			given += second
		}
	}
	return g.word(genSurnames) + given
}

func (g *gen) date() (y, m, d int) { return g.n(1940, 2015), g.n(1, 12), g.n(1, 28) }

var genRegion = strings.Fields("13 14 15 21 22 23 32 33 34 35 36 37 41 42 43 44 45 50 51 52 53 61 62 63 64 65")

func (g *gen) id18() string {
	y, m, d := g.date()
	s := fmt.Sprintf("%s%02d%02d%04d%02d%02d%03d", g.pick(genRegion...), g.n(1, 30), g.n(97, 99), y, m, d, g.n(1, 999))
	if g.r.IntN(25) == 0 {
		s = g.pick("810000", "820000", "830000") + s[6:]
	}
	return s + idCheck(s)
}

func idCheck(s string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11 : sum%11+1]
}

func (g *gen) digits(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + g.r.IntN(10)))
	}
	return b.String()
}

func (g *gen) card() string {
	n := g.pick("16", "19", "19", "18")
	l := map[string]int{"16": 16, "18": 18, "19": 19}[n]
	s := g.pick("622848", "621700", "622202", "621661", "436742", "621483", "625965", "955880") + g.digits(l-7)
	for c := byte('0'); c <= '9'; c++ {
		if luhn(s + string(c)) {
			return s + string(c)
		}
	}
	return s
}

func luhn(s string) bool {
	t := 0
	for i := range s {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		t += d
	}
	return t%10 == 0
}

const creditSet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

func (g *gen) uscc() string {
	s := g.pick("91", "92", "93", "11", "12", "51", "52", "53") + g.pick(genRegion...) + fmt.Sprintf("%02d%02d", g.n(1, 20), g.n(97, 99))
	if g.r.IntN(2) == 0 {
		s += "MA"
	} else {
		s += g.digits(2)
	}
	for len(s) < 17 {
		s += string(creditSet[g.r.IntN(len(creditSet))])
	}
	sum, w := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditSet, s[i]) * w
		w = w * 3 % 31
	}
	return s + string(creditSet[(31-sum%31)%31])
}

func (g *gen) mobile() string {
	return g.pick("130", "133", "135", "137", "139", "145", "150", "155", "158", "166", "176", "177", "180", "186", "189", "191", "198", "199") + g.digits(8)
}

func (g *gen) landline() string {
	a := g.pick("010", "021", "028", "0371", "0535", "0756", "0871", "0991", "0431")
	n := g.pick("2", "3", "5", "6", "8") + g.digits(6)
	if g.r.IntN(2) == 0 {
		n += g.digits(1)
	}
	switch g.r.IntN(7) {
	case 0:
		return "(" + a + ")" + n
	case 1:
		return "（" + a + "）" + n
	case 2:
		return a + "—" + n
	case 3:
		return a + " " + n
	case 4:
		return a + "-" + n + g.pick("转8012", "-803", "转分机66", "转1")
	}
	return a + "-" + n
}

func (g *gen) plate() string {
	p := g.pick("豫", "鄂", "川", "云", "桂", "粤", "沪", "京", "贵", "蒙", "甘", "新") + string("ABCDEFGHJKLMNPQ"[g.r.IntN(15)])
	l := "ABCDEFGHJKLMNPQRSTUVWXYZ"
	switch g.r.IntN(6) {
	case 0:
		return p + g.pick("D", "F") + g.digits(5)
	case 1:
		return p + g.digits(4) + g.pick("挂", "学", "警")
	case 2:
		return p + "·" + g.digits(5)
	case 3:
		return p + g.digits(3) + string(l[g.r.IntN(24)]) + g.digits(1)
	case 4:
		return p + string(l[g.r.IntN(24)]) + g.digits(4)
	}
	return p + g.digits(5)
}

func (g *gen) email() string {
	return g.pick("liu", "zhang.wei", "office", "xxgk", "wang_fang", "a.chen", "mayor-box", "sunny") + g.digits(g.n(0, 5)) + "@" + g.pick("example.com", "mail.example.cn", "example.gov.cn", "example.edu.cn", "example.org")
}

func (g *gen) hanNumber(n int) string {
	d := []string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	var b strings.Builder
	for _, c := range fmt.Sprint(n) {
		b.WriteString(d[c-'0'])
	}
	return b.String()
}

func (g *gen) address() string {
	num := func() string { return fmt.Sprint(g.n(1, 300)) }
	if g.r.IntN(8) == 0 {
		num = func() string { return g.hanNumber(g.n(1, 99)) }
	}
	house := func() string {
		switch g.r.IntN(5) {
		case 0:
			return num() + "栋" + fmt.Sprint(g.n(1, 4)) + "单元" + fmt.Sprint(g.n(101, 2206)) + "室"
		case 1:
			return num() + "号楼" + fmt.Sprint(g.n(101, 2206)) + "室"
		case 2:
			return num() + "幢" + fmt.Sprint(g.n(101, 2206)) + "室"
		case 3:
			return g.pick("A", "B", "3") + "座" + fmt.Sprint(g.n(101, 2206)) + "室"
		}
		return num() + "栋" + num() + "号"
	}
	city := ""
	if g.r.IntN(2) == 0 {
		city = g.word(genProv)
	}
	city += g.word(genCities)
	switch g.r.IntN(7) {
	case 0:
		return city + g.word(genCounties) + g.word(genTowns) + g.word(genVillages) + fmt.Sprint(g.n(1, 20)) + "组" + num() + "号"
	case 1:
		return g.word(genCounties) + g.word(genTowns) + g.word(genVillages) + fmt.Sprint(g.n(1, 20)) + "组"
	case 2:
		return city + g.word(genCounties) + g.word(genRoads) + num() + "号" + g.word(genEstates) + house()
	case 3:
		return g.word(genCounties) + g.word(genRoads) + num() + "号"
	case 4:
		return g.word(genEstates) + house()
	case 5:
		return city + g.word(genRoads) + num() + "号院" + num() + "号楼" + fmt.Sprint(g.n(1, 5)) + "单元" + fmt.Sprint(g.n(101, 1806)) + "室"
	}
	return city + g.word(genCounties) + g.word(genTowns) + g.word(genRoads) + num() + "号"
}

// disguise changes the surface of a number; ordinary ways only unless hard.
func (g *gen) disguise(kind, v string) string {
	group := func(sep string, sizes ...int) string {
		var parts []string
		rest := v
		for _, n := range sizes {
			if len(rest) > n {
				parts, rest = append(parts, rest[:n]), rest[n:]
			}
		}
		return strings.Join(append(parts, rest), sep)
	}
	sizes := map[string][]int{"cn_id18": {6, 8}, "cn_id15": {6, 6}, "mobile": {3, 4}, "bank_card": {4, 4, 4, 4}, "uscc": {2, 6, 9}}[kind]
	full := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7F {
				return r + 0xFEE0
			}
			return r
		}, s)
	}
	if !g.hard {
		switch g.r.IntN(12) {
		case 0:
			return full(v)
		case 1:
			return group(" ", sizes...)
		case 2:
			return group("-", sizes...)
		case 3:
			return strings.ToLower(v)
		case 4:
			if kind == "mobile" {
				return g.pick("+86", "+86 ", "86-", "0086 ") + v
			}
		}
		return v
	}
	mapDigits := func(set string) string {
		d := []rune(set)
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return d[r-'0']
			}
			return r
		}, v)
	}
	some := func(f func(rune) string, one int) string {
		var b strings.Builder
		for _, r := range v {
			if r >= '0' && r <= '9' && g.r.IntN(one) == 0 {
				b.WriteString(f(r))
			} else {
				b.WriteRune(r)
			}
		}
		return b.String()
	}
	switch g.r.IntN(22) {
	case 0:
		return group("\u200b", sizes...)
	case 1:
		return group("\u00a0", sizes...)
	case 2:
		return group("\n", sizes...)
	case 3:
		return group(" - ", sizes...)
	case 4:
		return group("·", sizes...)
	case 5:
		return group(".", sizes...)
	case 6:
		return mapDigits("〇一二三四五六七八九")
	case 7:
		return mapDigits("零壹贰叁肆伍陆柒捌玖")
	case 8:
		return mapDigits("⓪①②③④⑤⑥⑦⑧⑨")
	case 9:
		return mapDigits("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
	case 10:
		return strings.Join(strings.Split(v, ""), " ")
	case 11:
		return full(group("－", sizes...))
	case 12:
		return some(func(r rune) string { return string(r + 0xFEE0) }, 2)
	case 13:
		return some(func(r rune) string { return string([]rune("〇一二三四五六七八九")[r-'0']) }, 3)
	case 14:
		return group("\u3000", sizes...)
	case 15:
		return group("\u2009", sizes...)
	case 16:
		return group("\r\n", sizes...)
	case 17:
		return strings.Join(strings.Split(v, ""), "\u200d")
	case 18:
		return group("–", sizes...)
	case 19:
		n := g.n(4, len(v)-3)
		return v[:n] + "\n" + v[n:]
	case 20:
		return strings.Join(strings.Split(full(v), ""), " ")
	}
	return group("/", sizes...)
}

// put writes a value as a span.
func (g *gen) put(kind, role, v string) {
	at := g.b.Len()
	g.b.WriteString(v)
	g.spans = append(g.spans, gold{Start: at, End: g.b.Len(), Type: kind, Role: role})
}

// field writes what a placeholder stands for.
func (g *gen) field(f string) {
	switch f {
	case "p", "p1", "p2", "p3":
		n := g.names[f]
		if n == "" {
			n = g.name()
			g.names[f] = n
		}
		if f == "p" {
			delete(g.names, f)
		}
		if g.hard && len([]rune(n)) == 2 && g.r.IntN(6) == 0 {
			r := []rune(n)
			n = string(r[0]) + "\u3000" + string(r[1])
		}
		g.put("person", "private", n)
	case "po":
		g.put("person", "official", g.name())
	case "id":
		g.put("cn_id18", "", g.disguise("cn_id18", g.id18()))
	case "id15":
		y, m, d := g.date()
		g.put("cn_id15", "", g.disguise("cn_id15", fmt.Sprintf("%s%02d%02d%02d%02d%02d%03d", g.pick(genRegion...), g.n(1, 30), g.n(97, 99), y%100, m, d, g.n(1, 999))))
	case "mob":
		g.put("mobile", "private", g.disguise("mobile", g.mobile()))
	case "tel":
		g.put("landline", "official", g.landline())
	case "card":
		g.put("bank_card", "", g.disguise("bank_card", g.card()))
	case "uscc":
		g.put("uscc", "", g.disguise("uscc", g.uscc()))
	case "plate":
		v := g.plate()
		if g.hard {
			switch g.r.IntN(4) {
			case 0:
				v = strings.Map(func(r rune) rune {
					if r > ' ' && r < 0x7F {
						return r + 0xFEE0
					}
					return r
				}, v)
			case 1:
				r := []rune(v)
				v = string(r[:2]) + " " + strings.TrimPrefix(string(r[2:]), "·")
			case 2:
				r := []rune(v)
				v = string(r[:2]) + "-" + strings.TrimPrefix(string(r[2:]), "·")
			}
		}
		g.put("plate", "", v)
	case "mail":
		v := g.email()
		if g.hard {
			v = g.pick(v, strings.Replace(v, "@", "＠", 1), strings.Replace(v, "@", " @ ", 1), strings.Replace(v, "@", "(at)", 1))
		}
		g.put("email", "private", v)
	case "addr":
		v := g.address()
		if g.hard && g.r.IntN(4) == 0 {
			v = strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r + 0xFEE0
				}
				return r
			}, v)
		}
		g.put("address", "private", v)
	case "addro":
		g.put("address", "org", g.address())
	case "pass":
		g.put("passport", "", g.pick("E"+g.digits(8), "EA"+g.digits(7), "EJ"+g.digits(7), "PE"+g.digits(7), "DE"+g.digits(7)))
	case "hkmo":
		g.put("permit_hkmo", "", g.pick("C"+g.digits(8), "CB"+g.digits(7)))
	case "home":
		g.put("permit_home", "", g.pick("H"+g.digits(8), "M"+g.digits(8), "H"+g.digits(10)))
	case "tw":
		g.put("permit_tw", "", "0"+g.digits(7))
	case "totw":
		g.put("permit_to_tw", "", g.pick("L", "T")+g.digits(8))
	case "ss":
		g.put("social_security", "", g.pick("2", "3", "4", "5", "6")+g.digits(9))
	case "off":
		g.put("officer_id", "", g.pick("军", "南", "北", "海", "空", "士", "兵", "政")+"字第"+g.digits(8)+"号")
	case "stu":
		g.put("student_no", "", "G"+g.id18())
	case "secret":
		v := g.pick("秘密", "机密", "绝密")
		if g.hard {
			r := []rune(v)
			v = g.pick(v+"★", string(r[0])+"　"+string(r[1])+"★"+g.pick("5年", "10年"), v+"☆20年", v+"★２年", v+" ★ 6个月", v+"*1年", v+"★长期", v+"★2030年6月30日", v+"★公布前")
		} else {
			v += g.pick("★1年", "★5年", "★10年", "★20年", "★6个月", "★")
		}
		g.put("mark_state_secret", "", v)
	case "secret0":
		g.put("mark_state_secret", "", g.pick("秘密", "机密", "绝密", "秘　密", "机 密"))
	case "work":
		g.put("mark_work_secret", "", g.pick("内部资料 注意保存", "内部事项 注意保管", "内部资料，不得外传", "工作秘密★5年", "内部★", "工作秘密", "内部文件 严禁外传", "内部使用 注意保密"))
	case "disc":
		g.put("mark_disclosure", "", g.pick("此件公开发布", "此件主动公开", "此件依申请公开", "此件不予公开", "此件删减后公开"))
	case "copy":
		g.put("copy_no", "", fmt.Sprintf("%06d", g.n(1, 999)))
	case "urg":
		g.put("urgency", "", g.pick("特急", "加急", "特　急", "平急"))
	// Decoys: nothing to be found.
	case "amt":
		g.b.WriteString(g.pick("13", "15", "18") + g.digits(9) + "元")
	case "money":
		fmt.Fprintf(&g.b, "%d,%03d,%03d.%02d元", g.n(1, 99), g.n(0, 999), g.n(0, 999), g.n(0, 99))
	case "no":
		fmt.Fprintf(&g.b, "%s〔%d〕%d号", g.pick("云政发", "青环函", "临建规", "教督"), g.n(2015, 2025), g.n(1, 300))
	case "case":
		fmt.Fprintf(&g.b, "（%d）%s%d%s初%d号", g.n(2018, 2025), g.pick("鄂", "川", "豫"), g.n(1, 9999), g.pick("行", "民", "刑"), g.n(1, 3000))
	case "badid":
		s := g.id18()
		c := s[17:]
		for c == s[17:] {
			c = fmt.Sprint(g.r.IntN(10))
		}
		g.b.WriteString(s[:17] + c)
	case "badcard":
		s := g.card()
		g.b.WriteString(s[:len(s)-1] + fmt.Sprint((int(s[len(s)-1]-'0')+3)%10))
	case "date":
		fmt.Fprintf(&g.b, "%d年%d月%d日", g.n(2012, 2025), g.n(1, 12), g.n(1, 28))
	case "date8":
		fmt.Fprintf(&g.b, "%d%02d%02d", g.n(2012, 2025), g.n(1, 12), g.n(1, 28))
	case "ser":
		g.b.WriteString(g.pick("XK", "SB", "HT", "CG") + g.digits(10))
	case "long":
		g.b.WriteString("20" + g.digits(20))
	case "city":
		g.b.WriteString(g.word(genCities))
	case "county":
		g.b.WriteString(g.word(genCounties))
	case "num":
		fmt.Fprint(&g.b, g.n(2, 480))
	default:
		panic("no field " + f)
	}
}

func (g *gen) passage(id, tmpl string) passage {
	g.b.Reset()
	g.spans, g.names = nil, map[string]string{}
	rest := tmpl
	for {
		i := strings.IndexByte(rest, '{')
		if i < 0 {
			g.b.WriteString(rest)
			break
		}
		j := strings.IndexByte(rest, '}')
		g.b.WriteString(rest[:i])
		g.field(rest[i+1 : j])
		rest = rest[j+1:]
	}
	return passage{ID: id, Text: g.b.String(), Spans: g.spans}
}

// templates are passages of offices' papers in our own words.
var templates = strings.Split(strings.TrimSpace(`
关于{p}申请法律援助的决定：经审查，{p1}（公民身份号码{id}）家庭人均收入低于当地标准，决定给予法律援助，承办律师将与其电话（{mob}）联系。
询问笔录　时间：{date}　被询问人：{p1}，性别：女，身份证件号码：{id}，现住址：{addr}，联系电话：{mob}。问：你是否清楚{county}的规定？{p1}答：清楚。
工伤认定决定书　申请人：{p1}　用人单位：{city}宏达建材有限公司（统一社会信用代码：{uscc}）。{p1}于{date}在车间作业时受伤，经诊断为右手骨折。
调解协议：甲方{p1}，身份证号{id}，住{addr}；乙方{p2}，身份证号{id}，住{addr}。双方自愿达成协议，{p2}于{date}前支付{p1}人民币{money}。
低保公示：序号	户主	身份证号	保障人数	月保障金
1	{p}	{id}	3	{num}
2	{p}	{id}	1	{num}
3	{p}	{id}	2	{num}
农业补贴清册|姓名|身份证号|一卡通账号|面积
1|{p}|{id}|{card}|{num}亩
2|{p}|{id}|{card}|{num}亩
经查明，{p1}驾驶{plate}号小型轿车行驶至{county}中山路口时，与{p2}驾驶的{plate}发生碰撞，造成{p2}受伤。{p1}负事故全部责任。
投诉人{p}来电反映，其在{county}某商场购物时权益受损，要求退款，联系方式：{mob}，电子邮箱：{mail}。
任前公示：{p}，男，1980年5月生，大学学历，现任{county}财政局办公室副主任，拟任{county}审计局党组成员。公示期间受理电话：{tel}。
采购公告：采购人联系人：{p}，电话：{tel}；代理机构：某某咨询有限公司，联系人：{p}，手机：{mob}，邮箱：{mail}。项目编号：{ser}，预算{money}。
死者{p1}，男，52岁，系{county}村民；伤者{p2}，女，37岁，现在{county}人民医院治疗。{p1}之子{p3}已到场配合善后。
证明：兹证明{p1}系我村村民，身份证号码为{id}，家住{addr}，家庭成员有妻子{p2}、儿子{p3}。特此证明。
收款账户信息：户名：{p}；开户行：某银行{city}分行；账号：{card}；金额：{money}。
退还保证金通知：请{p1}携带本人身份证（{id}）到一楼大厅办理，或来电{tel}咨询。逾期未办的，将按{p1}预留账户{card}退回。
拆迁补偿明细：产权人{p1}，房屋坐落{addr}，补偿款{money}，已转入{p1}银行卡{card}。
不动产登记申请书　权利人：{p}　证件号：{id}　共有人：{p}　证件号：{id}　坐落：{addr}
考生{p1}（准考证号{date8}，身份证号{id}）在面试中违纪，取消成绩。{p1}如有异议可于5日内书面申诉。
学生{p}，学籍号{stu}，由{county}第二小学转入，监护人{p}，联系电话{mob}。
出国人员备案：{p1}，护照号{pass}；{p2}，护照号{pass}；{p3}，往来港澳通行证号{hkmo}。
台湾居民{p}，台胞证号{tw}；澳门居民{p}，回乡证号{home}；赴台人员{p}，往来台湾通行证号{totw}。
退役士兵{p}，士兵证号{off}，安置地{county}，个人编号：{ss}，手机{mob}。
参保人{p1}的社保编号为{ss}，缴费至{date}，{p1}已于次月办理退休。
劳动仲裁：申请人{p1}与被申请人{city}顺通物流有限公司（{uscc}）因工资发生争议。{p1}称，其自{date}入职，每月工资{num}0元，至今未付。委托代理人{p2}到庭。
{p1}、{p2}、{p3}等3人反映{county}柳树镇水渠损坏问题，经核查属实，已于{date}修复。
信访答复：{p}同志：您反映的问题收悉。经与{county}住建局核实，现答复如下。如不服，可自收到之日起30日内提出复查。联系电话：{tel}。
检查人员{p}、{p}于{date}对{city}老街饭馆（统一社会信用代码{uscc}，经营者{p1}，住所：{addr}）进行检查，{p1}在场。
行政处罚决定书　当事人：{p1}　身份证号：{id}　住址：{addr}。{p1}于{date}在禁渔区使用电鱼工具捕捞，违反了《渔业法》第三十条，罚款{num}元。
车辆登记表：车主{p}，号牌{plate}，联系手机{mob}；车主{p}，号牌{plate}，联系手机{mob}。
捐赠人名单：{p}、{p}、{p}、{p}，共计{money}。
获奖名单（排名不分先后）：{p}　{p}　{p}　{p}
举报人称{p1}长期占用公共绿地。我局派员到{addr}现场核查，{p1}承认上述事实，并签署承诺书。
紧急联系人：{p}（母子），手机：{mob}，固话：{tel}，住址：{addr}
旧证号码{id15}，新证号码{id}，姓名{p}，户籍地{addr}。
{county}人民法院：原告{p1}诉被告{p2}民间借贷纠纷一案，案号{case}。{p1}请求判令{p2}偿还借款{money}及利息。审判员{po}，书记员{po}。
快递单：寄件人{p}，{mob}，{addr}；收件人{p}，{mob}，{addr}。
会议由{p}主持，{p}、{p}出席，{p}列席。会议听取了{p}关于防汛工作的汇报。
村民{p1}家中失火，消防员{p2}赶到{addr}施救，{p1}一家三口脱险。
请于{date}前将材料发至{mail}，联系人：{p}，电话{tel}。
关于给予{p1}行政警告处分的决定。{p1}，男，汉族，{date}出生，{county}交通运输局职工。经查，{p1}工作日中午饮酒。
死亡证明办理人{p}（身份证{id}）系死者{p}之女，关系属实。
该宅基地由{p1}申请，面积{num}平方米，位于{addr}，四至清楚，{p1}与邻居{p2}无争议。
复查意见：维持原处理意见。经办人：{po}　审核人：{po}　{date}
患者{p1}，住院号{date8}，家属{p2}电话{mob}，于{date}由{county}中医院转入。
公司基本情况：名称{city}绿源农业有限公司，统一社会信用代码{uscc}，法定代表人{p1}，注册地址{addro}。{p1}持股60%，{p2}持股40%。
{copy}
{secret}
{urg}
{city}人民政府文件
{secret0}
{county}应急管理局
关于报送隐患台账的报告
{work}
{county}信访局 第12期
{city}教育局关于做好开学工作的通知
各学校：请认真落实。
{date}
（{disc}）
通知全文如下。
{date}
({disc})
本办法所称国家秘密，是指依法确定的事项。各单位应当加强保密管理，不得泄露工作秘密和商业秘密，机密级文件由专人保管。
本项目总投资{money}，其中{amt}由省级补助。合同编号{ser}，文号{no}，验收时间{date}，批次{long}。
系统提示：交易流水{badid}不存在，请核对；退款单{badcard}已撤销。
安全生产事关重大，高度重视、严格管理、平稳有序、成效明显，时间安排、路线规划、方案制定、温度监测、单位自查、程序规范、金额核对、万众一心。
于是，各地连续召开会议，马上部署，向各镇通报，江河水位、石料储备、牛羊防疫、金融支持、方便群众，常态推进。
全县共有12个乡镇、5个街道，3号楼建设工程、2号线工程、1号文件精神得到落实；第3组讨论热烈，5号台风影响减弱。
{county}人民路、解放大道施工，绕行G42高速。沪A股市场平稳，皖B标段完工，苏E03地块挂牌。
服务器地址192.168.10.25，版本v2.13.0，序列号{ser}，端口8080，时间戳17013233987310。
内部审计、内部控制、内部管理制度由办公室负责；特急件按加急流程办理；公开发布的信息应当经过审查。
依据GB/T 9704—2012、GB 32100—2015，客服热线12345、400-820-8820，邮编430070，股票代码600519。
责任编辑：{po}　投稿邮箱：{mail}
附件：补助人员名单
姓名	性别	金额
{p}	男	{num}
{p}	女	{num}
合计		{num}
领取人签字：{p}　日期：{date}
`), "\n")

// passages makes n passages; templates of several lines are kept together where a
// line does not begin a new one.
func passages(seed uint64, n int, hard bool) []passage {
	g := &gen{r: rand.New(rand.NewPCG(seed, 7)), hard: hard}
	var units []string
	for i := 0; i < len(templates); i++ {
		u := templates[i]
		take := 0
		switch {
		case strings.HasPrefix(u, "低保公示"):
			take = 3
		case strings.HasPrefix(u, "农业补贴"):
			take = 2
		case u == "{copy}", u == "附件：补助人员名单":
			take = 3
			if u != "{copy}" {
				take = 4
			}
		case u == "{secret0}":
			take = 2
		case u == "{work}":
			take = 1
		case strings.HasSuffix(u, "开学工作的通知"):
			take = 3
		case strings.HasPrefix(u, "通知全文"):
			take = 2
		}
		for range take {
			i++
			u += "\n" + templates[i]
		}
		units = append(units, u)
	}
	var out []passage
	for i := range n {
		out = append(out, g.passage(fmt.Sprintf("G%04d", i), units[i%len(units)]))
	}
	return out
}
