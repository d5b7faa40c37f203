package secrecy

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A name has no form: it is told by what stands before it and after it, by the
// characters that given names are made of, and by not being a word. Once found,
// every other mention counts.

type cue struct {
	word []uint16
	n    int // len(word)
	role Role
	weak bool
	verb bool // a weak one that a colon does not make a label
}

// cueIndex holds words by their last (before) or first (after) character.
type cueIndex struct {
	before [1 << 16][]cue
	after  [1 << 16][]cue
	minor  [1 << 16][]cue
}

var cuesOf = sync.OnceValue(func() *cueIndex {
	x := new(cueIndex)
	weak := map[string]bool{}
	for _, w := range weakCues {
		weak[w] = true
	}
	verb := map[string]bool{}
	for _, w := range verbCues {
		verb[w] = true
	}
	for _, w := range nameCues {
		word, role, _ := strings.Cut(w, "=")
		c := cue{word: unitsOf(word), n: utf8.RuneCountInString(word), role: Private, weak: weak[word], verb: verb[word]}
		if role == "official" {
			c.role = Official
		}
		r, _ := utf8.DecodeLastRuneInString(word)
		x.before[r] = append(x.before[r], c)
	}
	for _, w := range nameAfter {
		r, _ := utf8.DecodeRuneInString(w)
		x.after[r] = append(x.after[r], cue{word: unitsOf(w), n: utf8.RuneCountInString(w)})
	}
	for _, w := range minority {
		r, _ := utf8.DecodeRuneInString(w)
		x.minor[r] = append(x.minor[r], cue{word: unitsOf(w), n: utf8.RuneCountInString(w)})
	}
	// The longest first.
	for _, l := range [...]*[1 << 16][]cue{&x.before, &x.after, &x.minor} {
		for i := range l {
			c := l[i]
			for a := 1; a < len(c); a++ {
				for b := a; b > 0 && c[b].n > c[b-1].n; b-- {
					c[b], c[b-1] = c[b-1], c[b]
				}
			}
		}
	}
	return x
})

func unitsOf(s string) []uint16 {
	out := make([]uint16, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		out = append(out, uint16(r))
	}
	return out
}

// spells reports whether the units from i are w.
func (p *page) spells(i int, w []uint16) bool {
	if i < 0 || i+len(w) > len(p.r) {
		return false
	}
	for k, u := range w {
		if p.r[i+k] != u {
			return false
		}
	}
	return true
}

// spellsBefore reports whether the units that end before i are w.
func (p *page) spellsBefore(i int, w []uint16) bool { return p.spells(i-len(w), w) }

// people finds names on the page.
func (s *scan) people(p *page) {
	s.lex, s.cues = names(), cuesOf()
	s.tables(p)
	s.dotted(p)
	for i := 0; i < len(p.r); i++ {
		if s.taken[i] != 0 || p.cls[i]&cHan == 0 {
			continue
		}
		if p.cls[i]&cMinor != 0 {
			if n := s.foreign(p, i); n > 0 {
				i = n - 1
				continue
			}
		}
		if p.cls[i]&cSurname != 0 {
			if n := s.person(p, i); n > 0 {
				i = n - 1
				continue
			}
		}
		if i > 0 && p.r[i-1] == ':' || i > 1 && p.cls[i-1]&cSpace != 0 && p.r[i-2] == ':' {
			if n := s.labelled(p, i); n > 0 {
				i = n - 1
			}
		}
	}
}

// pureSurnames are hardly ever anything else in an office's papers.
const pureSurnames = "李刘陈杨赵黄周吴徐孙朱胡郭罗宋郑谢韩唐冯董萧曹袁邓沈曾彭吕苏卢蒋蔡贾魏薛阎潘杜汪姜范姚谭廖邹熊陆郝崔邱秦邵孟尹黎龚庞樊殷陶翟颜倪俞鲁葛伍韦聂柳邢莫辛祝涂祁耿牟詹靳甄裴屈鲍霍翁隋柯阮闵柴冉饶瞿戚滕苑邬臧褚奚闫佟岑敖屠郁骆窦窦缪仝佘晁晏栾裘郜鄢闻蔺芦虞卞嵇邸仇荀阚谌胥鞠郎宓佴漆晋荆卓稽郦羿苟温穆喻詹丛迟官廉蒙娄邝冼"

func right0(w int) bool { return w < sideStrong-1 }

// weakSurname: a surname that is far oftener a word of grammar or an ordinary word.
func weakSurname(r uint16) bool {
	switch r {
	case '和', '应', '由', '但', '员', '能', '凡', '第', '都', '查', '申', '向', '法', '初', '后', '要', '有', '是', '时', '从', '全', '经', '同', '支', '来', '年', '原', '便', '过', '当', '令', '公', '国', '台', '党', '部', '种', '用', '化', '相', '门', '计', '连', '强', '信', '步', '首', '问', '校', '介', '因', '未', '各', '续', '旦', '才', '区', '母', '集', '养', '须', '越', '先', '言', '元', '火', '水', '双', '生', '商', '利', '呼', '良', '南', '司', '习', '西', '底', '木', '布', '于', '任', '依', '权', '解', '许', '与', '库', '展', '贡', '爱', '植', '镇', '资', '责', '管', '宣', '通', '居', '空', '红', '开', '益', '满', '敬', '战', '占', '钟', '祖', '直', '隋', '定', '位', '保', '官', '却', '弥', '缴', '交':
		return true
	}
	return false
}

// insideCue: the surname is a character of a word that names follow, or of one
// that follows names: 人员, 来信.
func (s *scan) insideCue(p *page, i, left int) bool {
	for d := 1; d <= 2 && i+d <= len(p.r); d++ {
		for _, c := range s.cues.before[p.r[i+d-1]] {
			if c.n > d && c.n >= 2 && !c.weak && p.spellsBefore(i+d, c.word) {
				return true
			}
		}
	}
	if left >= sideStrong {
		return false
	}
	for _, c := range s.cues.after[p.r[i]] {
		if c.n >= 2 && p.spells(i, c.word) {
			return true
		}
	}
	return false
}

// list reports whether unit i follows a name in a list: 、 or ， after a name.
func (s *scan) list(p *page, i int) (Role, bool) {
	j := i
	for j > 0 && p.cls[j-1]&cSpace != 0 {
		j--
	}
	if j > 0 && (p.r[j-1] == '、' || p.r[j-1] == ',' || p.r[j-1] == ';' || p.r[j-1] == '和' || p.r[j-1] == '与' || p.r[j-1] == '及' || p.r[j-1] == '/') {
		j--
		for j > 0 && p.cls[j-1]&cSpace != 0 {
			j--
		}
		if j > 0 && s.taken[j-1] == byte(KindPerson) {
			return s.lastRole, true
		}
		// A bracket after the name: 张三（男）、李四.
		if j > 0 && p.is(j-1, cClose) {
			for k := j - 1; k > 0 && j-k < 24; k-- {
				if p.is(k, cOpen) {
					return s.lastRole, s.taken[k-1] == byte(KindPerson)
				}
			}
		}
		return 0, false
	}
	// Names apart by blanks.
	if j < i && j > 0 && s.taken[j-1] == byte(KindPerson) && i-j <= 4 {
		return s.lastRole, true
	}
	return 0, false
}

// person tries the name whose surname begins at unit i.
func (s *scan) person(p *page, i int) int {
	sur := 1
	if i+1 < len(p.r) && s.lex.compound.has(p.r[i], p.r[i+1]) {
		sur = 2
	} else if p.cls[i]&cSurname1 == 0 {
		return 0
	}
	g1 := i + sur
	if g1 >= len(p.r) {
		return 0
	}
	if i > 0 && p.cls[i-1]&cHan != 0 && p.cls[i-1]&cCueEnd == 0 && s.taken[i-1] == 0 && (i < 2 || !s.lex.word.has(p.r[i-2], p.r[i-1])) {
		return 0 // nothing ends here that a name could follow
	}
	a := s.givenScore(p, g1)
	if a < 0 && p.cls[g1]&cSpace == 0 && sur == 1 {
		return 0
	}
	left, role := s.leftOf(p, i)
	if s.insideCue(p, i, left) {
		return 0
	}
	if left < sideStrong && p.cls[i]&cWeakSurname != 0 && p.is(i+1, cSurname) && p.cls[i+1]&cWeakSurname == 0 && s.givenScore(p, i+2) >= 3 {
		return 0 // 由|孔薇, 于|李明: a word of grammar before a name
	}
	inList := false
	if lr, ok := s.list(p, i); ok && left < sideStrong {
		left, role, inList = sideStrong-1, lr, true
	}
	if p.cls[g1]&cSpace != 0 {
		return s.spaced(p, i, sur, left, role)
	}
	if a < 0 && sur == 2 && p.cls[i]&cSurname1 != 0 {
		sur, g1 = 1, i+1
		a = s.givenScore(p, g1)
	}
	if a < 0 {
		return 0
	}
	if left == sideNone && i > 0 && s.taken[i-1] != byte(KindPerson) {
		// Inside a run of characters only a word after it could help; that is too little
		// unless a word ends right before.
		if !s.wordEnds(p, i) {
			return 0
		}
	}
	if p.r[g1] == '某' {
		return 0
	}
	best, bestLen := -100, 0
	for n := 1; n <= 2; n++ {
		end := g1 + n
		if end > len(p.r) {
			break
		}
		q := a * 2 // two characters of evidence either way
		if n == 2 {
			b := s.givenScore(p, g1+1)
			if b < 0 {
				break
			}
			q = a + b
		}
		right := s.rightOf(p, end)
		if right < 0 {
			return 0
		}
		score := q + 3*left + 3*right
		word := s.lex.begin.has(p.r[i], p.r[g1])
		// Between a word that names follow and a sign or another word, little else
		// than a name stands.
		framed := left >= sideStrong-1 && right >= sideEdge || left >= sideEdge && right >= sideStrong-1
		if sur == 2 {
			score += 8
			word = false
		}
		if word && framed && n == 2 && (left >= sideStrong-1 || q >= 11) {
			score -= 4
		} else if word {
			score -= 9
			if n == 1 && left >= sideStrong {
				score -= 2
			} else if n == 1 {
				score -= 7
			}
		}
		if p.cls[i]&cLong != 0 {
			for _, w := range s.lex.long[p.r[i]] {
				if len(w) >= sur+n && p.spells(i, w) {
					score -= 10
					break
				}
			}
		}
		if i > 0 && p.cls[i-1]&cHan != 0 && left < sideStrong && s.lex.end.has(p.r[i-1], p.r[i]) {
			score -= 8
		}
		if right == sideNone {
			score -= 9
			if n == 1 && s.givenScore(p, end) >= 5 {
				score -= 8 // the next character is rather of the name
			}
		}
		if n == 2 && s.lex.word.has(p.r[g1], p.r[g1+1]) {
			// 和相关, 应严格: two characters that are a word, unless of a name's making.
			switch sum := a + s.givenScore(p, g1+1); {
			case sum >= 12:
				score -= 2
			case left >= sideStrong && right >= sideEdge && p.cls[i]&cWeakSurname == 0:
				score -= 3
			case (framed || left >= sideWeak && right >= sideStrong-1) && a >= 3 && sum >= 7 && p.cls[i]&cWeakSurname == 0:
				score -= 3
			default:
				score -= 10
			}
		}
		if n == 1 && right < sideStrong && end < len(p.r) && s.lex.word.has(p.r[g1], p.r[end]) {
			score -= 6 // 员|依法: the word runs on
		}
		if n == 2 {
			// The second character may begin the next word: 张明在, 李华赶到.
			b := s.givenScore(p, g1+1)
			if w := s.rightOf(p, g1+1); w >= sideEdge && right < sideEdge {
				score -= 8
			} else if w > sideNone && right >= w && b >= 4 {
				score += 4 // as good an end, one character later
			} else if w >= sideWeak && b < 5 && right <= sideEdge {
				score -= 8
			}
		}
		if n == 2 {
			score++
		}
		if score > best {
			best, bestLen = score, n
		}
	}
	if bestLen == 0 {
		return 0
	}
	right := s.rightOf(p, g1+bestLen)
	limit := 24
	if sur == 1 && p.cls[i]&cWeakSurname != 0 {
		// A name's characters on both places outweigh it.
		sum := a * 2
		if bestLen == 2 {
			sum = a + s.givenScore(p, g1+1)
		}
		if sum < 12 || right0(s.rightOf(p, g1+bestLen)) {
			best -= 6
			if left < sideStrong {
				best -= 4
			}
		}
	}
	switch {
	case left >= sideStrong-1 && inList:
		limit = 16
	case left >= sideStrong-1:
		limit = 14
	case left >= sideWeak && right >= sideStrong-1:
		limit = 17
	case left >= sideWeak && right >= sideWeak && p.cls[i]&cPureSurname != 0:
		// The character is hardly ever anything but a surname.
		if limit = 20; bestLen == 2 {
			limit = 17
		}
	case left >= sideEdge && right >= sideEdge && bestLen+sur == 3:
		limit = 21
	case left >= sideWeak && right >= sideEdge && bestLen == 2 && p.cls[i]&cWeakSurname == 0 && !s.lex.begin.has(p.r[i], p.r[g1]):
		limit = 20
	}
	if best < limit {
		return 0
	}
	end := g1 + bestLen
	if s.notPerson(p, i, end) {
		return 0
	}
	if left < sideStrong {
		switch p.r[end-1] {
		case '州', '省', '市', '县', '区', '镇', '乡', '村', '局', '厅', '院', '法', '委', '会', '所', '科', '处', '室', '条', '章', '款', '项', '时', '办', '站', '街', '路', '桥', '社', '党', '部', '司', '量', '性', '化', '率', '费', '权', '度', '层', '后', '前', '上', '下', '中', '内', '外', '日', '月', '年', '副', '正':
			return 0
		}
	}
	return s.name(p, i, end-1, s.roleAfter(p, end, role))
}

const wordEndRunes = "人员者长户名与和由向对将及系为给被子女妻父母叫称从让请即至于是成到致属生民机师工主方后时在因了经兵友亲警官匠徒犯客手星丁模"

var wordEndUnits = sync.OnceValue(func() []uint16 { return unitsOf(wordEndRunes) })

// wordEnds: a word that a name may follow without a sign ends before unit i.
func (s *scan) wordEnds(p *page, i int) bool {
	for _, r := range wordEndUnits() {
		if p.r[i-1] == r {
			return true
		}
	}
	return false
}

// notPerson: what follows makes it the name of a place or an organisation.
func (s *scan) notPerson(p *page, i, end int) bool {
	for _, w := range [...]string{"省", "市", "县", "镇", "乡", "村", "街道", "街", "路", "大道", "区", "小区", "公司", "集团", "医院", "学校", "中学", "小学", "大学", "学院", "工程", "项目", "大厦", "广场", "花园", "水库", "河", "山", "桥", "站", "州", "厂", "酒店", "饭店", "法院", "检察院", "派出所", "支行", "银行", "超市", "商行", "经营部", "合作社", "餐饮店", "社区", "居委", "村委", "政府", "机关", "委员会", "管委", "办事处", "高速", "新城", "新区", "开发区", "工业园", "园区", "苑", "花苑", "府邸", "胡同", "小镇"} {
		if p.has(end, w) {
			return !p.has(end, "银行卡") && !p.has(end, "银行账") && !p.has(end, "银行帐") && !p.has(end, "山东") && !p.has(end, "河南") && !p.has(end, "项目负责")
		}
	}
	return false
}

func (s *scan) roleAfter(p *page, end int, role Role) Role {
	for _, w := range [...]string{"局长", "副局长", "主任", "副主任", "科长", "处长", "书记", "县长", "市长", "副市长", "副县长", "镇长", "院长", "校长", "所长", "部长", "厅长", "委员"} {
		if p.has(end, w) {
			return Official
		}
	}
	if role == 0 {
		role = Private
	}
	// 请与某某联系, with nothing private said of the person.
	if p.has(end, "联系") && !p.has(end, "联系电话") && !p.has(end, "联系方式") {
		role = Official
	}
	return role
}

// name emits units from…to as a person and remembers it.
func (s *scan) name(p *page, from, to int, role Role) int {
	next := s.emitAs(p, from, to, KindPerson, role, ByCue)
	s.lastRole = role
	return next
}

// spaced reads 成　鑫 and 张 建 国, where a label or a list supports it.
func (s *scan) spaced(p *page, i, sur, left int, role Role) int {
	if left < sideEdge {
		return 0
	}
	j := i + sur
	k := p.skipBlank(j, 3)
	if k-j > 2 || s.givenScore(p, k) < 0 {
		return 0
	}
	q := s.givenScore(p, k)
	end := k
	if p.is(k+1, cSpace) {
		m := p.skipBlank(k+1, 3)
		if m-k <= 3 && s.givenScore(p, m) >= 3 && (m+1 >= len(p.r) || p.cls[m+1]&cHan == 0) && left >= sideStrong {
			end = m
		}
	}
	right := s.rightOf(p, end+1)
	if right < sideEdge {
		if end != k || right < sideWeak || left < sideStrong {
			return 0
		}
	}
	wide := p.r[j] == 0x3000
	if left < sideStrong-1 && (!wide || q < 5 || sur == 1 && s.lex.begin.has(p.r[i], p.r[k])) {
		return 0
	}
	if left < sideStrong && !wide && k-j < 1 {
		return 0
	}
	return s.name(p, i, end, s.roleAfter(p, end+1, role))
}

// labelled: a label that names a person, a colon, and a few characters to an edge,
// whatever they are.
func (s *scan) labelled(p *page, i int) int {
	left, role := s.leftOf(p, i)
	if left < sideStrong {
		return 0
	}
	j := i
	for j < len(p.r) && (p.cls[j]&cHan != 0 || p.r[j] == '·') && s.taken[j] == 0 && j-i < 13 {
		if p.r[j] == '某' {
			return 0
		}
		j++
	}
	n := j - i
	if n < 2 || s.rightOf(p, j) < sideEdge && s.rightOf(p, j) != sideStrong {
		return 0
	}
	dots := false
	for k := i; k < j; k++ {
		dots = dots || p.r[k] == '·'
	}
	if n > 4 && !dots || s.notPerson(p, i, i) {
		return 0
	}
	if !dots {
		good := 0
		for k := i; k < j; k++ {
			v := s.givenScore(p, k)
			if v < 0 {
				return 0
			}
			if v >= 4 {
				good++
			}
		}
		if good < 1 || n == 4 && good < 3 {
			return 0
		}
	}
	for _, w := range [...]string{"无", "同上", "详见", "不详", "待定", "公司", "单位", "政府", "办公", "本人", "填写", "签字", "签名", "盖章"} {
		if p.has(i, w) {
			return 0
		}
	}
	switch p.r[j-1] {
	case '局', '委', '部', '厅', '科', '处', '所', '院', '校', '社', '会', '厂', '店', '村', '镇', '乡', '办', '组', '站', '队', '行', '司':
		return 0
	}
	return s.name(p, i, j-1, role)
}
