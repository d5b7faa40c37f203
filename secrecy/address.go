package secrecy

import "unicode/utf8"

// An address is anchored on its right end, a number and 号, 室, 组 or the like, and
// read leftwards to its first administrative name. Two levels and a number make
// one; so does a word such as 现住 before it.

var provinceNames = []string{"内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区", "香港特别行政区", "澳门特别行政区",
	"河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "台湾省",
	"北京市", "天津市", "上海市", "重庆市", "内蒙古", "广西", "西藏", "宁夏", "新疆", "北京", "天津", "上海", "重庆",
	"河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "香港", "澳门"}

// addressCues stand before an address. org marks an organisation's.
var addressCues = []struct {
	word string
	role Role
	soft bool // also an ordinary word: no proof by itself
}{
	{"经营场所", Org, false}, {"经营地址", Org, false}, {"注册地址", Org, false}, {"单位地址", Org, false}, {"办公地址", Org, false}, {"公司地址", Org, false}, {"生产地址", Org, false}, {"营业场所", Org, false}, {"住所地", 0, false}, {"机构地址", Org, false}, {"厂址", Org, false}, {"办公地点", Org, false}, {"企业地址", Org, false}, {"生产场所", Org, false}, {"仓库地址", Org, false}, {"项目地址", Org, false}, {"建设地点", Org, false}, {"店址", Org, false}, {"办事地点", Org, false}, {"受理地址", Org, false}, {"接待地点", Org, false}, {"来访地址", Org, false},
	{"户籍所在地", Private, false}, {"户籍地址", Private, false}, {"户籍地", Private, false}, {"户口所在地", Private, false}, {"户口地址", Private, false}, {"经常居住地", Private, false}, {"居住地址", Private, false}, {"家庭住址", Private, false}, {"家庭地址", Private, false}, {"现住址", Private, false}, {"现住地址", Private, false}, {"住址", Private, false}, {"居住地", Private, false}, {"现居住", Private, false}, {"居住在", Private, false}, {"居住于", Private, false}, {"现居住于", Private, false}, {"现住在", Private, false}, {"现住", Private, false}, {"现居", Private, false}, {"家住", Private, false}, {"租住在", Private, false}, {"租住于", Private, false}, {"租住", Private, false}, {"暂住地", Private, false}, {"暂住", Private, false}, {"寄住", Private, false}, {"借住", Private, false}, {"入住", Private, false}, {"搬至", Private, false}, {"搬到", Private, false}, {"迁至", Private, false}, {"迁往", Private, false}, {"迁入", Private, false}, {"落户", Private, false}, {"住于", Private, false}, {"住在", Private, false}, {"住所", Private, false}, {"住处", Private, false}, {"户籍", Private, false}, {"老家", Private, false}, {"出生地", Private, false}, {"籍贯", Private, false}, {"原住", Private, false}, {"祖籍", Private, false}, {"常住", Private, false}, {"新居", Private, false}, {"房屋", Private, false}, {"房产", Private, false}, {"房屋坐落", Private, false}, {"不动产坐落", Private, false}, {"地址", 0, false}, {"通讯地址", Private, false}, {"通信地址", Private, false}, {"联系地址", Private, false}, {"收货地址", Private, false}, {"收件地址", Private, false}, {"邮寄地址", Private, false}, {"送达地址", Private, false}, {"寄送地址", Private, false}, {"坐落于", 0, false}, {"坐落在", 0, false}, {"坐落", 0, false}, {"座落于", 0, false}, {"座落", 0, false}, {"位于", 0, false}, {"地处", 0, false}, {"住", Private, false}, {"寄往", Private, false}, {"寄到", Private, false}, {"寄至", Private, false}, {"送至", Private, true}, {"送达至", Private, true}, {"邮寄至", Private, false}, {"在位于", 0, false}, {"位置", 0, true}, {"地点", 0, true}, {"途经", 0, true}, {"行至", 0, true}, {"前往", 0, true}, {"来到", 0, true}, {"赶到", 0, true}, {"到达", 0, true}, {"抵达", 0, true}, {"途径", 0, true}, {"返回", 0, true}, {"回到", 0, true}, {"进入", 0, true}, {"窜至", 0, true}, {"行驶至", 0, true}, {"来自", 0, true}, {"所有的", 0, true}, {"名下", 0, true}, {"购买", 0, true}, {"出租", 0, true}, {"承租", 0, true}, {"反映", 0, true}, {"看见", 0, true}, {"看到", 0, true}, {"走出", 0, true}, {"离开", 0, true}, {"搬离", 0, true}, {"巡查", 0, true}, {"发现", 0, true}, {"出售", 0, true}, {"查封", 0, true}, {"占用", 0, true}, {"拆除", 0, true},
	{"在", 0, true}, {"于", 0, true}, {"为", 0, true}, {"是", 0, true}, {"至", 0, true}, {"到", 0, true}, {"从", 0, true}, {"系", 0, true}, {"由", 0, true}, {"将", 0, true}, {"对", 0, true}, {"及", 0, true}, {"和", 0, true}, {"与", 0, true}, {"向", 0, true}, {"的", 0, true}, {"地", 0, true}, {"即", 0, true}, {"居", Private, true}, {"址", 0, true}, {"经", 0, true}, {"有", 0, true}, {"坐", 0, true},
}

// adminSuffix are the levels, coarse to fine.
var adminSuffix = []string{"自治区", "自治州", "自治县", "自治旗", "特别行政区", "地区", "省", "市", "盟", "州", "县", "区", "旗", "街道办事处", "街道", "办事处", "镇", "乡", "苏木", "开发区", "高新区", "新区", "工业园区", "产业园区", "园区", "工业园", "产业园", "经开区", "农场", "林场", "牧场", "社区居委会", "社区", "村委会", "行政村", "自然村", "嘎查", "新村", "村", "庄", "屯", "寨", "湾", "坪", "沟", "塬", "岭", "里", "营", "堡", "店", "家属院", "家属区", "大院", "大道", "大街", "公路", "国道", "省道", "路", "街", "巷", "弄", "胡同", "道", "条", "段", "线", "小区", "花园", "家园", "名苑", "佳苑", "花苑", "雅苑", "新苑", "嘉苑", "公寓", "公馆", "小镇", "新城", "宿舍", "大厦", "广场", "中心", "大楼", "商城", "市场", "名城", "名都", "名邸", "官邸", "华庭", "豪庭", "苑", "园", "邸", "墅", "岸", "府", "郡", "城", "湾", "居", "院", "坊", "庭", "墅", "台", "阁", "轩", "楼", "厦", "城关"}

// firstSuffixes are those by which the first name of an address ends.
var firstSuffixes = []string{"自治区", "自治州", "自治县", "地区", "省", "市", "盟", "州", "县", "区", "旗", "街道", "镇", "乡", "苏木", "农场", "林场", "村", "庄", "屯", "寨", "大道", "路", "街", "巷", "弄", "胡同", "公路", "花园", "家园", "苑", "公寓", "宿舍", "大厦", "广场", "家属院", "大院", "新城", "华庭", "豪庭", "名都", "名城", "名邸", "府", "园", "邸", "大楼", "公馆"}

// addresses finds addresses on the page.
func (s *scan) addresses(p *page) {
	for i := 1; i < len(p.r); i++ {
		if p.cls[i]&cTail == 0 && p.r[i] != '单' || s.taken[i] != 0 {
			continue
		}
		if n := s.address(p, i); n > 0 {
			i = n - 1
		}
	}
	s.unnumbered(p)
}

func (p *page) numeralAt(i int) bool {
	if i < 0 || i >= len(p.r) {
		return false
	}
	return p.cls[i]&cNum != 0 || p.r[i] == '十' || p.r[i] == '百' || p.r[i] == '廿'
}

// address tries the anchor at unit i, a number's unit: 号, 室, 栋 ….
func (s *scan) address(p *page, i int) int {
	b := i
	for b > 0 && p.cls[b-1]&cSpace != 0 && i-b < 2 {
		b--
	}
	if !p.numeralAt(b-1) && !(p.is(b-1, cLetter) && i > 1 && (p.r[i] == '座' || p.r[i] == '栋' || p.r[i] == '幢' || p.r[i] == '室' || p.r[i] == '号' || p.r[i] == '区')) && p.r[b-1] != '甲' && p.r[b-1] != '乙' && p.r[b-1] != '丙' {
		return 0
	}
	if p.r[i] == '单' && !p.has(i, "单元") {
		return 0
	}
	// The run to the left: characters, digits, and few signs.
	lo := b
	for lo > 0 && b-lo < 70 {
		c := p.cls[lo-1]
		u := p.r[lo-1]
		switch {
		case s.taken[lo-1] != 0 && s.taken[lo-1] != byte(KindSocialSecurity):
			goto stop
		case c&(cHan|cAlnum) != 0 || u == '-' || u == '—' || u == '#':
		case c&cSpace != 0 && lo > 1 && p.cls[lo-2]&(cHan|cNum) != 0 && p.r[lo-1] != '\t' && b-lo < 60 && s.spaceInAddress(p, lo-1):
		case c&cBreak != 0 && lo > 1 && p.cls[lo-2]&cHan != 0 && s.spaceInAddress(p, lo-1):
		case u == '(' || u == ')':
			// 某某村（原某某村）3组: brackets stay outside.
			goto stop
		default:
			goto stop
		}
		lo--
	}
stop:
	for lo < b && p.cls[lo]&cBlank != 0 {
		lo++
	}
	from, role, cued := s.addressStart(p, lo, i)
	if from < 0 {
		return 0
	}
	end := s.addressEnd(p, i)
	levels := s.levels(p, from, i)
	admin, finer := levels&1 != 0, levels&^1 != 0
	ok := admin && finer || cued && levels != 0 || s.detail(p, from, end) >= 2 && levels != 0
	if !ok {
		return 0
	}
	// 第3号令, 5号文件, 12号地块, 3号线.
	if p.r[i] == '号' || p.r[i] == '组' || p.r[i] == '队' {
		if s.notHouse(p, b, i, end) {
			return 0
		}
	}
	if role == 0 {
		role = s.addressRole(p, from, end)
	}
	return s.emit(p, from, end-1, KindAddress, role, ByShape)
}

// spaceInAddress: the blank at unit i stands between two parts.
func (s *scan) spaceInAddress(p *page, i int) bool {
	for _, w := range adminSuffix {
		if p.hasBefore(i, w) {
			return true
		}
	}
	u := p.r[i-1]
	return p.cls[i-1]&cTail != 0 && i > 1 && p.numeralAt(i-2) || u == '元' || p.is(i+1, cNum) && p.cls[i-1]&cHan != 0 && p.is(i-2, cHan) && s.suffixBefore(p, i)
}

func (s *scan) suffixBefore(p *page, i int) bool {
	for _, w := range adminSuffix {
		if p.hasBefore(i, w) {
			return true
		}
	}
	return false
}

// addressStart finds where in [lo, i) the address begins. cued says that a word
// that only stands before addresses is there.
func (s *scan) addressStart(p *page, lo, i int) (from int, role Role, cued bool) {
	from = -1
	// A province, from the left.
	for j := lo; j < i && from < 0; j++ {
		for _, w := range provinceNames {
			if p.has(j, w) {
				n := utf8.RuneCountInString(w)
				full := w[len(w)-3:] == "省" || w[len(w)-3:] == "市" || n > 3
				if full || s.suffixWithin(p, j+n, min(i, j+n+6)) {
					from = j
					break
				}
			}
		}
	}
	limit := i
	if from >= 0 {
		limit = from
	} else {
		limit = s.firstSuffix(p, lo, i)
	}
	// The last cue before it.
	at := -1
	for j := limit; j > lo-1 && j >= 0; j-- {
		for _, c := range addressCues {
			if !p.hasBefore(j, c.word) {
				continue
			}
			if c.soft {
				if from < 0 && at < 0 && limit-j >= 1 && s.cutsWell(p, j, c.word) && limit-j <= 9 {
					at = j
					role = c.role
				}
				continue
			}
			if from >= 0 && j < from-6 {
				continue
			}
			if c.word == "住" && (p.hasBefore(j, "居住") || p.has(j, "户") || p.has(j, "宅") || p.has(j, "院") || p.has(j, "房")) {
				continue
			}
			if from < 0 {
				at = j
			}
			role, cued = c.role, true
			break
		}
		if cued || at >= 0 {
			break
		}
	}
	if !cued && from >= 0 {
		if b := p.skipBack(from); b < from || from == lo {
			for _, c := range addressCues {
				if !c.soft && p.hasBefore(b, c.word) {
					role, cued = c.role, true
					break
				}
			}
		}
	}
	if from >= 0 {
		return from, role, cued
	}
	if at < 0 && !cued {
		// At the edge of the run; a label may stand before the sign.
		b := p.skipBack(lo)
		for _, c := range addressCues {
			if !c.soft && p.hasBefore(b, c.word) {
				role, cued = c.role, true
				break
			}
		}
		at = lo
	}
	from = at
	for from < i && (p.cls[from]&cBlank != 0 || p.r[from] == '了') {
		from++
	}
	// 为, 在 after a cue: 住址为…, 住在….
	for _, w := range [...]string{"均为", "均在", "为", "在", "是", "于", "系", "位于"} {
		if cued && p.has(from, w) {
			from += utf8.RuneCountInString(w)
			break
		}
	}
	// 反映城关区…, 看见…: a word of the sentence before the first name.
	if !cued && from+4 <= s.firstSuffix(p, from, i) && s.lex0().word.has(p.r[from], p.r[from+1]) {
		from += 2
	}
	// Nothing is named by more than eight characters before its first suffix.
	if first := s.firstSuffix(p, from, i); first-from > 9 && !cued {
		return -1, 0, false
	}
	if from >= i {
		return -1, 0, false
	}
	return from, role, cued
}

// cutsWell: a soft cue such as 在 is a word here, not a character of a name.
func (s *scan) cutsWell(p *page, j int, w string) bool {
	if utf8.RuneCountInString(w) > 1 {
		return true
	}
	switch w {
	case "地", "有", "为", "坐", "经", "和", "向", "居":
		return s.suffixWithin(p, j, j+5) && j >= 2 && !s.lex0().begin.has(p.r[j-1], p.r[min(j, len(p.r)-1)])
	}
	return true
}

func (s *scan) lex0() *lexicon {
	if s.lex == nil {
		s.lex = names()
	}
	return s.lex
}

// firstSuffix is the unit of the first suffix of a level in [a, b), b if none.
func (s *scan) firstSuffix(p *page, a, b int) int {
	for j := a + 1; j < b; j++ {
		if p.cls[j]&cSuffix == 0 {
			continue
		}
		for _, w := range firstSuffixes {
			if p.has(j, w) && j-a >= 1 {
				return j
			}
		}
	}
	return b
}

func (s *scan) suffixWithin(p *page, a, b int) bool { return s.firstSuffix(p, a-1, b) < b }

// levels of [a, b): bit 0 administrative, 1 road or village, 2 estate.
func (s *scan) levels(p *page, a, b int) int {
	out := 0
	for j := a + 1; j < b; j++ {
		switch p.r[j] {
		case '省', '市', '县', '区', '州', '盟', '旗', '镇', '乡':
			if p.r[j] == '区' && p.r[j-1] == '小' {
				out |= 4
			} else {
				out |= 1
			}
		case '路', '街', '巷', '弄', '道', '村', '庄', '屯', '寨', '社', '里', '沟', '坪', '队', '场', '组':
			out |= 2
		case '苑', '园', '厦', '邸', '墅', '岸', '城', '院', '舍', '府', '寓', '庭', '湾', '居', '郡', '栋', '幢', '座', '楼', '坊', '馆', '号':
			out |= 4
		}
	}
	return out
}

// detail counts numbered parts in [a, b): 19幢, 4单元, 1756室.
func (s *scan) detail(p *page, a, b int) int {
	n := 0
	for j := a + 1; j < b; j++ {
		if (p.cls[j]&cTail != 0 || p.has(j, "单元")) && p.numeralAt(j-1) {
			n++
		}
	}
	return n
}

// addressEnd extends from the anchor at unit i over what follows of the address.
// It returns the unit after.
func (s *scan) addressEnd(p *page, i int) int {
	end := i + 1
	if p.has(i, "单元") {
		end = i + 2
	}
	for {
		k := end
		// 号楼, 号院, 号附3号, 号之二, 号-3, 楼东, 室A.
		for _, w := range [...]string{"大院", "号楼", "楼", "院", "房间", "房", "室", "户", "座", "幢", "栋", "厅", "商铺", "门面房", "门面", "铺"} {
			if k == end && p.has(k, w) && !p.partOfWord(k, w) {
				m := k + utf8.RuneCountInString(w)
				if w == "楼" || w == "院" || p.r[k-1] == '号' || p.r[k-1] == '元' {
					k = m
				}
				break
			}
		}
		j := p.skipBlank(k, 2)
		for _, w := range [...]string{"附", "之", "-", "－"} {
			if p.has(j, w) && p.numeralAt(j+1) {
				m := j + 1
				for p.numeralAt(m) && m-j < 6 {
					m++
				}
				for m < len(p.r) && p.r[m] == '-' && p.numeralAt(m+1) {
					m++
					for p.numeralAt(m) {
						m++
					}
				}
				if p.has(m, "号") || p.has(m, "室") || p.has(m, "户") {
					m++
				}
				k = m
				break
			}
		}
		// An estate's or a building's name of up to ten characters, then a number.
		j = p.skipBlank(k, 2)
		if j < len(p.r) && (p.cls[j]&cBreak != 0) {
			j++
		}
		if p.is(j, cOpen) && (p.numeralAt(j+1) || p.is(j+1, cHan)) {
			// （502室）
			m := j + 1
			for m < len(p.r) && m-j < 14 && p.cls[m]&(cHan|cNum|cLetter) != 0 {
				m++
			}
			if p.is(m, cClose) && m > j+1 && (p.cls[m-1]&cTail != 0 && p.numeralAt(m-2)) {
				end = m + 1
				continue
			}
		}
		m := j
		for m < len(p.r) && m-j < 12 && p.cls[m]&cHan != 0 && !p.numeralAt(m) && s.taken[m] == 0 && p.r[m] != '第' {
			m++
		}
		m = p.skipBlank(m, 1)
		q := m
		if p.is(q, cLetter) && q-m < 1 {
			q++
		}
		for p.numeralAt(q) && q-m < 8 && s.taken[q] == 0 {
			q++
		}
		for q < len(p.r) && (p.r[q] == '-' || p.r[q] == '#') && (p.numeralAt(q+1) || p.r[q] == '#') && q-m < 14 {
			q++
			for p.numeralAt(q) && q-m < 14 {
				q++
			}
		}
		q0 := q
		q = p.skipBlank(q, 1)
		if q0 > m && q < len(p.r) {
			if p.has(q, "单元") {
				end = q + 2
				continue
			}
			if p.cls[q]&cTail != 0 && !(m > j && s.breaksAddress(p, j, m)) {
				end = q + 1
				continue
			}
		}
		// 2单元502 without 室, 3栋1-302.
		if q0 > m && m == j && (p.r[k-1] == '元' || p.r[k-1] == '栋' || p.r[k-1] == '幢' || p.r[k-1] == '座' || p.r[k-1] == '楼' || p.r[k-1] == '#') && q0-m >= 2 && q0-m <= 8 && !p.is(q0, cAlnum) && !p.has(q0, "年") && !p.has(q0, "元") && !p.has(q0, "人") && !p.has(q0, "月") {
			return q0
		}
		return k
	}
}

// partOfWord: 楼道, 院内, 室内: the suffix begins another word.
func (p *page) partOfWord(i int, w string) bool {
	if w != "楼" && w != "院" && w != "室" && w != "户" && w != "房" && w != "厅" && w != "座" {
		return false
	}
	for _, x := range [...]string{"道", "梯", "顶", "下", "内", "前", "后", "面", "长", "落", "主", "型", "外", "门口", "屋", "产", "籍", "口", "东", "西", "房"} {
		if p.has(i+1, x) {
			return true
		}
	}
	return false
}

// breaksAddress: the characters between two numbered parts are other words.
func (s *scan) breaksAddress(p *page, a, b int) bool {
	for j := a; j < b; j++ {
		for _, w := range [...]string{"电话", "手机", "身份", "居民", "附近", "的", "户主", "住", "至", "到", "等", "从", "对", "被", "以及", "位于", "购买", "共有", "共计"} {
			if p.has(j, w) {
				return true
			}
		}
	}
	return false
}

// notHouse tells 第3号令, 5号文件, 12号地块 and 3号线 from house numbers.
func (s *scan) notHouse(p *page, b, i, end int) bool {
	j := b
	for j > 0 && p.numeralAt(j-1) {
		j--
	}
	if j > 0 && (p.r[j-1] == '第' && p.r[i] != '组' && p.r[i] != '队' || p.r[j-1] == '字' || p.r[j-1] == '年') {
		return true
	}
	if end > i+1 {
		return false
	}
	for _, w := range [...]string{"令", "文", "公告", "通告", "地块", "线", "议案", "提案", "决议", "决定", "宗地", "标段", "批复", "工程", "台风", "车", "机组", "泵站", "闸", "井", "矿", "桥墩", "资格", "国道", "批次", "指标", "高炉", "仓库"} {
		if p.has(end, w) {
			return true
		}
	}
	if p.r[i] == '组' && (p.has(end, "成员") || p.has(end, "织") || p.has(end, "长") || p.has(end, "建")) {
		return p.has(end, "织") || p.has(end, "建") || p.has(end, "成员")
	}
	if p.r[i] == '户' || p.r[i] == '号' && p.has(end, "召") {
		return true
	}
	return false
}

// addressRole guesses from the words around.
func (s *scan) addressRole(p *page, from, end int) Role {
	lo := max(0, from-24)
	home := p.r[end-1] == '室' || p.r[end-1] == '户' || p.r[end-1] == '元'
	for j := from - 1; j >= lo; j-- {
		if p.r[j] == '。' || p.cls[j]&cBreak != 0 {
			break
		}
		for _, w := range [...]string{"公司", "企业", "许可", "经营", "门店", "厂", "单位", "机构", "办事", "窗口", "大厅", "商行", "饭店", "超市", "餐饮"} {
			if p.has(j, w) && !home {
				return Org
			}
		}
	}
	return Private
}

// unnumbered takes an address without a number after a word that only stands
// before addresses: 家住云江市白塔县大塘镇前进村。
func (s *scan) unnumbered(p *page) {
	for i := 1; i < len(p.r); i++ {
		switch p.r[i-1] {
		case '住', '址', '地', '居':
		default:
			continue
		}
		cued := false
		var role Role
		for _, c := range addressCues {
			if !c.soft && c.word != "住" && c.word != "户籍" && p.hasBefore(i, c.word) {
				cued, role = true, c.role
				break
			}
		}
		if !cued {
			continue
		}
		from := i
		for from < len(p.r) && from-i < 3 && (p.cls[from]&cSpace != 0 || p.r[from] == ':' || p.r[from] == '为' || p.r[from] == '在' || p.r[from] == '于' || p.r[from] == '是') {
			from++
		}
		j := from
		for j < len(p.r) && p.cls[j]&cHan != 0 && s.taken[j] == 0 && j-from < 40 {
			j++
		}
		if j < len(p.r) && s.taken[j] != 0 || j-from < 6 {
			continue
		}
		// The last suffix of a level in the run.
		last, n := -1, 0
		for k := from + 1; k < j; k++ {
			switch p.r[k] {
			case '省', '市', '县', '区', '镇', '乡', '村', '州', '旗', '路', '街', '巷', '苑', '园', '社':
				if p.has(k, "社区") {
					continue
				}
				last = k
				n++
			}
		}
		if j < len(p.r) && (p.r[j] == '*' || p.r[j] == '■' || p.r[j] == '★') {
			continue // masked
		}
		if n >= 3 && last >= 0 && j-last <= 4 {
			if role == 0 {
				role = Private
			}
			s.emit(p, from, last, KindAddress, role, ByCue)
			i = last
		}
	}
}
